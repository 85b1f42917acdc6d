"""How packages are added to the environment that this one runs in: as that one was made."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Final, Literal, TypeAlias

from packaging.requirements import Requirement

Manager: TypeAlias = Literal["pip", "pipx", "uv", "uvx"]

DISTRIBUTION: Final = "balanstest-analysis"
# What each leaves in an environment that is its own.
_MARKS: Final[dict[str, Manager]] = {"pipx_metadata.json": "pipx", "uv-receipt.toml": "uv"}
# An environment that uvx makes is a folder of the cache of uv, by its contents.
_CACHE: Final = "archive-v"


def manager(prefix: Path | None = None) -> Manager:
    """Return what made an environment for this package alone, or pip, which goes with all others.

    Args:
        prefix: folder of the environment; that of this Python unless given.
    """
    folder = Path(sys.prefix) if prefix is None else prefix
    if folder.parent.name.startswith(_CACHE):
        return "uvx"
    found = (name for mark, name in _MARKS.items() if (folder / mark).is_file())
    return next(found, "pip")


def adding(extra: str, prefix: Path | None = None) -> str:
    """Return the command that adds an extra, without looking for this package on an index.

    pip finds the package in the environment. pipx adds packages by their names, and uv makes the
    environment again from the wheel, for it takes the packages of a receipt only. One of uvx is
    there for a single command, which asks for the extra itself.

    Args:
        extra: ``"lab"``, ``"postgres"`` or ``"spark"``.
        prefix: as for `manager`.

    Examples:
        >>> adding("lab", Path("/nowhere"))
        'pip install "balanstest-analysis[lab]"'
    """
    made_by = manager(prefix)
    if made_by == "pipx":
        return f"pipx inject {DISTRIBUTION} {' '.join(map(_quoted, _packages_of(extra)))}"
    if made_by == "uv":
        return f'uv tool install --force "{_wheel()}[{extra}]"'
    if made_by == "uvx":
        return f'uvx --from "{_wheel()}[{extra}]" balanstest'
    return f'pip install "{DISTRIBUTION}[{extra}]"'


def setting_up_again(prefix: Path | None = None) -> str:
    """Return the command that makes the environment anew.

    Args:
        prefix: as for `manager`.

    Examples:
        >>> setting_up_again(Path("/nowhere"))
        'pip install --upgrade balanstest-analysis'
    """
    return {
        "pip": f"pip install --upgrade {DISTRIBUTION}",
        "pipx": f"pipx reinstall {DISTRIBUTION}",
        "uv": f"uv tool upgrade --reinstall {DISTRIBUTION}",
        "uvx": f"uvx --refresh --from {_wheel()} balanstest",
    }[manager(prefix)]


def in_a_clone() -> bool:
    """Return whether ``make`` may do as well: the environment is nobody's own."""
    return manager() == "pip"


def _packages_of(extra: str) -> list[str]:
    needed = [Requirement(line) for line in metadata.requires(DISTRIBUTION) or ()]
    asked = [one for one in needed if one.marker and not one.marker.evaluate({"extra": ""})]
    return [_named(one) for one in asked if one.marker and one.marker.evaluate({"extra": extra})]


def _named(one: Requirement) -> str:
    extras = f"[{','.join(sorted(one.extras))}]" if one.extras else ""
    return f"{one.name}{extras}"


def _quoted(name: str) -> str:
    return f'"{name}"' if "[" in name else name


def _wheel() -> str:
    name = DISTRIBUTION.replace("-", "_")
    return f"{name}-{metadata.version(DISTRIBUTION)}-py3-none-any.whl"
