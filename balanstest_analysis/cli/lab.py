"""The command `balanstest lab`: JupyterLab of this installation, with the options of JupyterLab."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.process_settings import let_in

PASSED_ON = {"ignore_unknown_options": True, "allow_extra_args": True}


def lab(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="Folder with notebooks, in which JupyterLab opens.")
    ] = Path("notebooks"),
) -> None:
    """Open JupyterLab on notebooks; every other option is JupyterLab's, such as --no-browser."""
    if find_spec("jupyterlab") is None:
        from balanstest_analysis.history.engines.extras import adding, in_a_clone

        raise UsageError(
            "JupyterLab is not installed. Run "
            f"{'`make lab` in the clone, or ' if in_a_clone() else ''}`{adding('lab')}`."
        )
    if not folder.is_dir():
        raise UsageError(f"There is no folder `{folder}`. Give the folder that holds notebooks.")
    let_in()
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(argv=[str(folder), *context.args])
