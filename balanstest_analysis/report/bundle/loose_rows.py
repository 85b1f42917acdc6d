"""Recognises rows of data by their shape: a key and a day, or a month and counts, row after row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

_DAY: Final = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d(?: .*)?"
    r"|(?:19|20)\d\d[01]\d[0-3]\d"
)
_KEY: Final = re.compile(r"[A-Za-z]{0,10}[-_]?\d{5,20}|(?=[a-z-]*\d)[0-9a-f-]{16,64}", re.I)
_NUMBER: Final = re.compile(r"\d{1,9}")
_SEPARATORS: Final = (";", ",", "\t", "|", None)
_FEWEST_ROWS: Final = 20
_FEWEST_MONTHS: Final = 12
_MOST_LINES: Final = 200_000
_LONGEST: Final = 400
_DIFFERENT: Final = 0.3


def rows_of_people(text: str) -> bool:
    """Return whether lines have a key and a day in the same places, many times.

    Args:
        text: in one of its forms.
    """
    lines = [line for line in text.splitlines()[:_MOST_LINES] if len(line) <= _LONGEST]
    return any(_has_people([_cells(line, mark) for line in lines]) for mark in _SEPARATORS)


def months_with_counts(text: str) -> bool:
    """Return whether lines are the months from 0 on with whole numbers beside them.

    Args:
        text: a file of text; the tables of the report have names above their columns.
    """
    for mark in _SEPARATORS[:-1]:
        expected = 0
        for line in text.splitlines()[:_MOST_LINES]:
            cells = _cells(line[:_LONGEST], mark)
            if len(cells) > 1 and all(map(_NUMBER.fullmatch, cells)) and int(cells[0]) == expected:
                expected += 1
        if expected >= _FEWEST_MONTHS:
            return True
    return False


def _cells(line: str, mark: str | None) -> Sequence[str]:
    return [cell.strip(" \"'") for cell in line.split(mark)]


def _has_people(rows: Sequence[Sequence[str]]) -> bool:
    shapes = Counter[tuple[int, int]]()
    keys: dict[tuple[int, int], set[str]] = {}
    for row in rows:
        for shape in _shapes(row):
            shapes[shape] += 1
            keys.setdefault(shape, set()).add(row[shape[0]])
    return any(
        count >= _FEWEST_ROWS and len(keys[shape]) >= _DIFFERENT * count
        for shape, count in shapes.items()
    )


def _shapes(row: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of a key and of a day; a day without marks is no key too."""
    if not 1 < len(row) <= 60:
        return
    days = [at for at, cell in enumerate(row) if _DAY.fullmatch(cell)]
    for key in (at for at, cell in enumerate(row) if _KEY.fullmatch(cell)) if days else ():
        yield from ((key, day) for day in days if day != key)
