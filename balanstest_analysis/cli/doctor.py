"""The command `balanstest doctor`: what stands in the way on this machine, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from balanstest_analysis.cli.console import notes
from balanstest_analysis.errors import RunError

_MARKS = {"good": "good ", "note": "note ", "wrong": "WRONG"}


def doctor(
    dossier: Annotated[
        Path | None, typer.Argument(help="A dossier, whose key and folder are looked at too.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder under which reports are kept.")] = Path(
        "reports"
    ),
    git_filter: Annotated[
        bool,
        typer.Option(
            "--git-filter",
            help="Have this clone of git leave the outputs of notebooks out of what is committed.",
        ),
    ] = False,
) -> None:
    """Look at all that a report needs on this machine; exit 4 where something is wrong."""
    from balanstest_analysis.report.doctor import examined, set_git_filter

    if git_filter:
        file = set_git_filter()
        notes.print(f"Set: git leaves the outputs of notebooks out here ({file}).", markup=False)
    out = Console(highlight=False, soft_wrap=True)
    faults = 0
    for sign in examined(dossier, output):
        out.print(f"{_MARKS[sign.state]}  {sign.subject}: {sign.told}", markup=False)
        faults += sign.state == "wrong"
    if faults:
        many = "1 thing is" if faults == 1 else f"{faults} things are"
        raise RunError(f"{many} wrong; what to do stands behind WRONG.")
