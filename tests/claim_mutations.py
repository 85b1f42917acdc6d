"""Reports in which one number, direction, month or status was changed: what a reader must find."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from balanstest_analysis.verification.claims.page import Page
from balanstest_analysis.verification.claims.reader import generated

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SWAPS = (
    ("lager", "hoger"),
    ("korter", "langer"),
    ("stijgt", "daalt"),
    ("steeg", "daalde"),
    ("meer", "minder"),
    ("ja", "nee"),
    ("juli", "juni"),
    ("september", "oktober"),
    ("oktober", "november"),
    ("Voorstel:", "Voorlopig voorstel:"),
    ("geen termijn", "24"),
    (", doorslaggevend", ""),
    ("aangetoond", "geschat"),
    ("niet ", ""),
)


class Change(NamedTuple):
    """A piece of text before and after."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A changed report.

    Attributes:
        page: with the change.
        words: what was changed, and where.
    """

    page: Page
    words: str


def mutations(page: Page, number: int, seed: int) -> list[Mutation]:
    """Return a random choice of changes of one report.

    Args:
        page: of the report.
        number: how many.
        seed: of the choice.
    """
    every = [*_of_passages(page), *_of_cells(page)]
    return [made() for made in random.Random(seed).sample(every, number)]


def changes(text: str) -> Iterator[Change]:
    """Yield a text with the first or the last digit of one number, or one word, changed.

    Examples:
        >>> [after for _, after in changes("21 is lager")]
        ['51 is lager', '24 is lager', '21 is hoger']
    """
    for found in NUMBER.finditer(text):
        for place in sorted({found.start(), found.end() - 1}):
            digit = str((int(text[place]) + 3) % 10)
            yield Change(text, f"{text[:place]}{digit}{text[place + 1 :]}")
    for pair in SWAPS:
        for one, other in (pair, pair[::-1]):
            if one and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text):
                yield Change(text, re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, text, count=1))


def _of_passages(page: Page) -> Iterator[Callable[[], Mutation]]:
    for place, passage in enumerate(page.passages):
        if generated(passage):
            for change in changes(passage.text):
                yield partial(_with_passage, page, place, change)


def _with_passage(page: Page, place: int, change: Change) -> Mutation:
    passages = list(page.passages)
    passages[place] = replace(passages[place], text=change.after)
    at = passages[place]
    words = f"{at.kind} {at.term}: {_difference(*change)}"
    return Mutation(page=Page(passages=passages, sheets=page.sheets), words=words)


def _of_cells(page: Page) -> Iterator[Callable[[], Mutation]]:
    for place, sheet in enumerate(page.sheets):
        for row, line in enumerate(sheet.rows):
            for column, cell in enumerate(line):
                for change in changes(cell):
                    yield partial(_with_cell, page, (place, row, column), change)


def _with_cell(page: Page, at: tuple[int, int, int], change: Change) -> Mutation:
    place, row, column = at
    sheets = list(page.sheets)
    rows = [list(line) for line in sheets[place].rows]
    rows[row][column] = change.after
    sheets[place] = replace(sheets[place], rows=tuple(tuple(line) for line in rows))
    words = f"cell of {sheets[place].caption}: {_difference(*change)}"
    return Mutation(page=Page(passages=page.passages, sheets=sheets), words=words)


def _difference(before: str, after: str) -> str:
    same = (one == other for one, other in zip(before, after, strict=False))
    start = next((place for place, alike in enumerate(same) if not alike), 0)
    around = slice(max(0, start - 30), start + 30)
    return f"{before[around]!r} became {after[around]!r}"
