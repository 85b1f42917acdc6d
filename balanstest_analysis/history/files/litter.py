"""Files that programs leave in a folder and that hold no rows."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    "icon\r",
    "_success",
    "_metadata",
    "_common_metadata",
    ".gitkeep",
    ".gitignore",
)
_STARTS: Final = ("~$", "._", ".~lock.", "_committed_", "_started_")


def is_litter(name: str) -> bool:
    """Return whether a file was left there by a program: a lock, a mark, a picture of the folder.

    Examples:
        >>> is_litter("~$calls.xlsx"), is_litter("._calls.csv"), is_litter("calls.csv")
        (True, True, False)
    """
    low = name.lower()
    return low in _NAMES or low.startswith(_STARTS) or low.endswith((".crc", ".lock"))
