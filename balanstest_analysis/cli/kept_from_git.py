"""What git may see of the folder of a dossier: the dossier, and neither its key nor any data.

A dossier asks for no personal data and is worth its versions; beside it come exports, the key of
the fingerprints, and perhaps reports. So a new folder brings a list of what git may see, rather
than of what it may not: a file nobody thought of stays out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import content_of

GIT_IGNORE: Final = ".gitignore"
SEEN: Final = """\
# Git ziet hier alleen het dossier; de sleutel (.balanstest-key), exports en rapporten blijven
# erbuiten. Moet er meer mee, zoals een logo, zet dat er dan bij: !logo.svg
*
!.gitignore
!*.toml
!balanstest.schema.json
"""


def seen_by_git(folder: Path) -> dict[str, str]:
    """Return the file that tells git what it may see, by its name; none where one is there.

    Args:
        folder: of the dossier; it need not exist yet.
    """
    return {} if (folder / GIT_IGNORE).exists() else {GIT_IGNORE: SEEN}


def told_of_git(folder: Path) -> str:
    """Return in one sentence what git sees of a new dossier; nothing outside of a work tree.

    Args:
        folder: of the dossier, made.
    """
    whole = folder.resolve()
    if not any((place / ".git").exists() for place in (whole, *whole.parents)):
        return ""
    if not _is_ours(folder / GIT_IGNORE):
        return (
            f"`{folder}` lies in a git work tree and has a {GIT_IGNORE} of its own: have it leave "
            "out .balanstest-key, exports and reports."
        )
    return (
        f"`{folder}` lies in a git work tree: its {GIT_IGNORE} lets git see the dossier and its "
        "schema only, so that no key, export or report is committed."
    )


def _is_ours(file: Path) -> bool:
    expected = SEEN.encode()
    try:
        return content_of(file, len(expected)) == expected
    except OSError:
        return False
