"""What of a report does not hold beside its sentences: cells, numbers of tables, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balanstest_analysis.verification.claims.page import Page
from balanstest_analysis.verification.claims.phrase import Phrase, both

_SIGNS = both("the signs of who speaks", "de aanduiding van wie iets zegt")
VOICES = ("", "organisatie", "berekend", "regel")


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """What of a table, or of a report as a whole, does not hold.

    Attributes:
        place: where.
        said: what is so instead; in English alone it is for who looks into the reader.
        unread: whether it is that nobody reads the table.
    """

    place: Phrase
    said: str
    unread: bool = False

    def __str__(self) -> str:
        """Return the fault in English."""
        return f"{self.place}: {self.said}"


def misplaced_words(page: Page) -> Iterator[CellFault]:
    """Yield what has the sign of the organisation and is not its own words, or the reverse.

    Args:
        page: of the report.
    """
    for one in page.passages:
        if one.voice and (one.voice == "organisatie") != one.of_organisation:
            said = both(
                "the sign {!r} stands before {!r}", "“{}” staat voor: {}", one.voice, one.text
            )
            yield CellFault(place=_SIGNS, said=said)
        if one.voice not in VOICES:
            said = both(
                "there is no sign {!r}", "“{}” is geen aanduiding van een rapport", one.voice
            )
            yield CellFault(place=_SIGNS, said=said)


def misnumbered(page: Page) -> Iterator[CellFault]:
    """Yield where tables or figures are not numbered one after the other.

    Args:
        page: of the report.
    """
    found = {
        both("the numbers of the tables", "de nummers van de tabellen"): [
            re.match(r"(\d+) ", sheet.caption) for sheet in page.sheets
        ],
        both("the numbers of the figures", "de nummers van de figuren"): [
            re.match(r"Figuur (\d+) ", one.text) for one in page.passages if one.kind == "caption"
        ],
    }
    for kind, matches in found.items():
        numbers = [int(match[1]) for match in matches if match is not None]
        if numbers != list(range(1, len(matches) + 1)):
            said = both("they are {}", "de nummers zijn {}", numbers)
            yield CellFault(place=kind, said=said)
