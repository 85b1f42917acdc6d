"""Arguments and options that several commands have, and those of `balanstest` itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CellLimit = Annotated[
    int, typer.Option(min=1, help="Seconds after which one cell of a notebook is given up.")
]
RunLimit = Annotated[
    int, typer.Option(min=1, help="Seconds after which the cells of one report are given up.")
]
LogFile = Annotated[
    Path | None, typer.Option("--log", help="Add each step to this file, one JSON object a line.")
]
DossierPath = Annotated[Path, typer.Argument(help="The dossier, usually `balanstest.toml`.")]
Quarter = Annotated[
    str, typer.Option(help="Analyse up to the end of this quarter, such as 2026-Q3.")
]
ReportsFolder = Annotated[
    Path,
    typer.Option(
        help="Folder under which reports are kept, made where you give the command; of the next "
        "quarters too."
    ),
]


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib import metadata

        typer.echo(f"balanstest {metadata.version('balanstest-analysis')}")
        raise typer.Exit


def balanstest(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_tell_version,
            is_eager=True,
            help="Tell the version, and nothing else.",
        ),
    ] = False,
) -> None:
    """From calling history to an argued maximum term for calling former customers."""
