"""A process of ours runs what this installation brings along, whatever lies around it.

Python would import from the folder in which somebody works, from `PYTHONPATH` and from a user's
own packages, and run start-up files of a user; Jupyter would take a user's kernels and settings.
A process that is started with `command` and `environment` does none of that. This file is itself
what Python is given to run: it finds this package without any of those places, and then runs the
module that is asked for.
"""

from __future__ import annotations

import importlib.util
import os
import runpy
import site
import sys
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parents[2]
_TURNED_BY: Final = ("PYTHON", "IPYTHON", "JUPYTER", "NBFORMAT", "PYDEVD")
SAFE: Final = {"PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module in a process of ours.

    Args:
        module: of this package, or installed beside it.
        arguments: for the module.

    Examples:
        >>> command("ipykernel_launcher", "-f", "kernel.json")[-3:]
        ['ipykernel_launcher', '-f', 'kernel.json']
    """
    return [sys.executable, "-P", str(Path(__file__)), module, *arguments]


def environment() -> dict[str, str]:
    """Return the environment of a process of ours: this one's, without what turns Python.

    Where this package itself is among a user's own packages, those are still found.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(_TURNED_BY)
    }
    safe = dict(SAFE)
    if _PACKAGE.is_relative_to(site.getusersitepackages()):
        del safe["PYTHONNOUSERSITE"]
    return kept | safe


def _main() -> None:
    """Run the module named first, with this package as it lies around this very file."""
    place = _PACKAGE / "__init__.py"
    found = importlib.util.spec_from_file_location(
        _PACKAGE.name, place, submodule_search_locations=[str(_PACKAGE)]
    )
    assert found is not None
    assert found.loader is not None
    package = sys.modules[_PACKAGE.name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(package)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
