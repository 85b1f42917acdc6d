"""The name of a series of reports: one, however organisation and category were typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from balanstest_analysis.document.operating_system import name_for_any_system

# Letters that are drawn as nothing, and marks that only choose how another is drawn.
_DRAWN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_CONTROL, _FORMAT = "Cc", "Cf"


@dataclass(frozen=True, slots=True, order=True)
class SeriesName:
    """What the reports of one organisation about one category have in common.

    Two names are one where only capitals, spaces, invisible characters or the way in which letters
    are stored differ: nobody reading them sees two. Make one with `series_name`.

    Attributes:
        organisation: normalised.
        category: normalised.
    """

    organisation: str
    category: str

    @property
    def folder(self) -> PurePath:
        """Where the reports of the series are kept, under the folder of all reports."""
        return PurePath(slug(self.organisation), slug(self.category))


def series_name(organisation: object, category: object) -> SeriesName:
    """Return the name of the series that a report of an organisation about a category is in.

    Args:
        organisation: as a dossier or a report names it; what is no text names nobody.
        category: likewise.

    Examples:
        >>> series_name("Stichting  Één", "Giften") == series_name("stichting één", "giften\u200b")
        True
        >>> series_name("Stichting Eén", "Giften") == series_name("Stichting Een", "Giften")
        False
    """
    return SeriesName(organisation=normalised(organisation), category=normalised(category))


def normalised(name: object) -> str:
    """Return a name as it is compared: folded, composed, spaces collapsed, nothing invisible.

    Args:
        name: as it was typed; what is no text gives an empty name.

    Examples:
        >>> normalised("\u00a0Zonne\u00adbloem  B.V.\u200b")
        'zonnebloem b.v.'
    """
    if not isinstance(name, str):
        return ""
    spaced = " ".join(name.split())
    seen = "".join(c for c in _DRAWN_AS_NOTHING.sub("", spaced) if not _is_invisible(c))
    folded = unicodedata.normalize("NFKC", seen).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in (_CONTROL, _FORMAT)


def slug(name: str) -> str:
    """Return a name as part of a path: lower case letters, digits and hyphens.

    Examples:
        >>> slug("Stichting Één & Twee")
        'stichting-een-twee'
        >>> slug("../..")
        'naamloos'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return name_for_any_system(short or "naamloos")
