"""The commands that bring what a wheel carries: the sample, the notebooks and the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

_DOSSIER: Final = "balanstest.toml"
_TABLES: Final = ("calls.csv", "events.csv", "objections.csv", "complaints.csv")


def sample(
    directory: Annotated[
        Path, typer.Argument(help="Folder to make, or one that has none of these files.")
    ],
) -> None:
    """Bring the sample: the dossier and history of a charity that does not exist."""
    from balanstest_analysis.document.brought_along import brought_along
    from balanstest_analysis.document.new_files import write_new_files
    from balanstest_analysis.history.key_file import KEY_FILE

    names = (_DOSSIER, *_TABLES, KEY_FILE)
    contents = {name: brought_along("sample", name).read_bytes() for name in names}
    write_new_files(directory, contents, private=(KEY_FILE,))
    typer.echo(f"Made {directory / _DOSSIER} (fictitious). Make its report:")
    typer.echo(f"  balanstest report {directory / _DOSSIER}")


def notebooks(
    directory: Annotated[
        Path, typer.Argument(help="Folder to make, or one that has no such notebooks.")
    ],
    dossier: Annotated[
        Path | None,
        typer.Option(
            help="The dossier that they open; default `balanstest.toml` in the same folder."
        ),
    ] = None,
    reports: Annotated[
        Path, typer.Option(help="Folder of reports, which `kwartalen.ipynb` opens.")
    ] = Path("reports"),
) -> None:
    """Bring the notebooks, set to open a dossier and a folder of reports."""
    from balanstest_analysis.cli.console import notes
    from balanstest_analysis.report.notebook_copies import copy_notebooks

    opens = dossier or directory / _DOSSIER
    for path in copy_notebooks(directory, dossier=opens, reports=reports):
        typer.echo(path)
    if not opens.is_file():
        notes.print(
            f"They open {opens}, which is not there yet: make it with `balanstest init` or "
            "`balanstest sample`, or correct the first cell.",
            markup=False,
        )


def schema(
    output: Annotated[
        Path | None,
        typer.Option(help="Write it here, such as in `balanstest.schema.json` beside a dossier."),
    ] = None,
) -> None:
    """Print the JSON schema of the dossier, by which editors complete and check it."""
    from balanstest_analysis.cli.console import notes
    from balanstest_analysis.dossier.json_schema import schema_text, write_schema

    if output is None:
        typer.echo(schema_text(), nl=False)
        return
    write_schema(output)
    notes.print(f"Begin the dossier with the line:  #:schema ./{output.name}", markup=False)
    typer.echo(output)
