"""The folder in which the reports of one series are kept, under the folder of all reports."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

INVISIBLE = "Cf"  # Unicode's format characters: zero-width, soft hyphen, direction


def series_folder(organisation: str, category: str) -> PurePath:
    """Return the folder of the reports of one organisation and category.

    Examples:
        >>> series_folder("Stichting Voorbeeld", "giften").as_posix()
        'stichting-voorbeeld/giften'
    """
    return PurePath(slug(organisation), slug(category))


def series_name(name: str) -> str:
    """Return the name by which a series is known, however it is spelled.

    Case, kinds and numbers of spaces, composed or decomposed accents, and characters that cannot
    be seen make no other series: its earlier reports would not be minded.

    Examples:
        >>> series_name("Giften  aan de\u00a0Vuurtoren") == series_name("giften aan de vuurtoren")
        True
        >>> series_name("Cafe\u0301") == series_name("CAFÉ"), series_name("gif\u200bten")
        (True, 'giften')
    """
    seen = "".join(c for c in name if unicodedata.category(c) != INVISIBLE)
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def is_same_series(one: tuple[object, object], other: tuple[object, object]) -> bool:
    """Return whether two pairs of organisation and category are one series.

    Args:
        one: organisation and category.
        other: the same of another report.
    """
    pairs = zip(one, other, strict=True)
    return all(
        isinstance(a, str) and isinstance(b, str) and series_name(a) == series_name(b)
        for a, b in pairs
    )


def slug(name: str) -> str:
    """Return a name as part of a path: lower case letters, digits and hyphens.

    Examples:
        >>> slug("Stichting Één & Twee")
        'stichting-een-twee'
        >>> slug("../..")
        'naamloos'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "naamloos"
