"""What this installation brings along beside its code: the sample, the notebooks, the calibration.

In a checkout these stand at its root, where people look for them. The wheel carries the same files
inside the package, as `pyproject.toml` maps them; so there is one copy of each.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from balanstest_analysis.errors import RunError

Brought = Literal["notebooks", "sample", "studies"]
_IN_CHECKOUT: Final[dict[Brought, str]] = {
    "notebooks": "notebooks",
    "sample": "data/sample",
    "studies": "studies",
}


def brought_along(name: Brought, file: str) -> Path:
    """Return a file that this installation brings along, from a wheel or from a checkout.

    Args:
        name: of the folder.
        file: in it.

    Raises:
        RunError: the installation does not have it.

    Examples:
        >>> brought_along("sample", "balanstest.toml").parent.name
        'sample'
    """
    package = Path(str(files("balanstest_analysis")))
    for folder in (package / name, package.parent / _IN_CHECKOUT[name]):
        if (folder / file).is_file():
            return folder / file
    raise RunError(f"This installation has no `{file}`. Install `balanstest-analysis` again.")
