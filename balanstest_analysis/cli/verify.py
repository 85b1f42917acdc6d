"""The command that checks a report which somebody else sent, and needs nothing of theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from balanstest_analysis.cli.console import notes
from balanstest_analysis.errors import RunError

UNSOUND = 7


def verify(
    path: Annotated[
        Path, typer.Argument(help="The PDF of a report, the zip of a bundle, or a run directory.")
    ],
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--earlier", help="An earlier report of the series; may be repeated."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write what was found here, in Dutch.")
    ] = None,
) -> None:
    """Check a report that you were sent: whole, one story, and does it follow? Exit 0 or 7."""
    from balanstest_analysis.document.files import write_atomically
    from balanstest_analysis.verification import verify as run
    from balanstest_analysis.verification.dutch_page import dutch_page
    from balanstest_analysis.verification.terminal import lines_of

    found = run(path, earlier=earlier or ())
    out = Console(highlight=False, soft_wrap=True, markup=False)
    for line in lines_of(found):
        out.print(line)
    if html is not None:
        try:
            write_atomically(html, dutch_page(found).encode())
        except OSError as error:
            raise RunError(f"`{html}` cannot be written: {error.strerror}.") from None
        notes.print(f"Written: {html}", markup=False)
    if not found.sound:
        raise typer.Exit(UNSOUND)
