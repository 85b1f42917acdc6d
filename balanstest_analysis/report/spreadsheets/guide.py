"""The page that says what the table files are, and what their words and empty cells mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.blocks.plain import words_of

EMPTY_CELL = (
    "Een lege cel staat voor de punt in het rapport: het getal is te klein om te publiceren of is "
    "niet te geven. Leeg betekent nooit nul."
)


@dataclass(frozen=True, kw_only=True)
class About:
    """What the guide tells of the report.

    Attributes:
        facts: such as organisation, period and status, each with its value.
        terms: words of the overviews with their meaning.
    """

    facts: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()


def guide_lines(about: About, named: tuple[tuple[str, Table], ...]) -> tuple[tuple[str, str], ...]:
    """Return subject and explanation, line by line.

    Args:
        about: of the report.
        named: each table with the name of its CSV file.
    """
    return (
        ("Wat dit is", _WHAT),
        *about.facts,
        *((words_of(term), words_of(words)) for term, words in about.terms),
        ("Lege cel", EMPTY_CELL),
        ("Getallen", _NUMBERS),
        ("CSV-bestanden", _NOTATION),
        *_contents(named),
    )


_WHAT = (
    "De genummerde tabellen van de onderbouwing van de klanttermijn, met dezelfde nummers en "
    "getallen als in het rapport."
)
_NUMBERS = (
    "Elk getal is zoals het rapport het afdrukt; resultaat.json bevat dezelfde uitkomsten met meer "
    "cijfers. Een interval en een getal tussen haakjes hebben een eigen kolom."
)
_NOTATION = (
    "Puntkomma als scheidingsteken, komma als decimaalteken, tekens in UTF-8. Zo opent een "
    "Nederlandse Excel ze goed."
)


def _contents(named: tuple[tuple[str, Table], ...]) -> Iterator[tuple[str, str]]:
    for number, (name, table) in enumerate(named, start=1):
        note = f" {words_of(table.note)}" if table.note else ""
        yield f"Tabel {number}", f"{table.caption} ({name}).{note}"
