"""What a cell of a table has to say, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from balanstest_analysis.verification.claims.dutch_numbers import month_range, printed, quarter
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.phrase import Phrase, both
from balanstest_analysis.verification.claims.phrase import value as told

HIDDEN = "."


@dataclass(frozen=True)
class Due:
    """What a cell has to say.

    Attributes:
        words: for who reads the fault, in two languages.
        fits: whether a text says it.
    """

    words: Phrase
    fits: Callable[[str], bool]


def text(expected: str) -> Due:
    """Return that a cell is some text."""
    return Due(_quoted(expected), lambda cell: cell == expected)


def anything() -> Due:
    """Return that a cell is not known to the result."""
    return Due(both("words of the organisation", "woorden van de organisatie"), lambda _: True)


def number(value: float | None, *, hidden: str = HIDDEN, around: str = "") -> Due:
    """Return that a cell is a number, rounded as printed, or hidden.

    Args:
        value: None where it is hidden.
        hidden: what stands there then.
        around: words before and after it, with ``{}`` in place of the number.
    """
    if value is None:
        return text(hidden)
    before, _, after = (around or "{}").partition("{}")
    exact = value if isinstance(value, int) else float(f"{value:.6g}")
    words = both(around or "{}", around or "{}", exact)
    return Due(words, lambda cell: _shows(cell, value, before, after))


def _shows(cell: str, value: float, before: str, after: str) -> bool:
    bare = cell.removeprefix(before).removesuffix(after)
    return cell == f"{before}{bare}{after}" and printed(bare).shows(value)


def count(value: int | None, hidden: str = HIDDEN) -> Due:
    """Return that a cell is a whole number, or hidden."""
    if value is None:
        return text(hidden)
    return Due(told(value), lambda cell: printed(cell).value == value and not printed(cell).digits)


def rate(value: float | None) -> Due:
    """Return that a cell is a percentage, or hidden."""
    return number(None if value is None else 100 * value, around="{}%")


def interval(lower: float | None, upper: float | None) -> Due:
    """Return that a cell is an interval, an upper limit alone, or hidden."""
    if upper is None:
        return text(HIDDEN)
    if lower is None:
        return number(100 * upper, around="tot {}%")
    return Due(
        both("{} to {}", "{} tot {}", lower, upper), lambda cell: _within(cell, lower, upper)
    )


def _within(cell: str, lower: float, upper: float) -> bool:
    first, _, last = cell.partition(" tot ")
    return printed(first).shows(100 * lower) and printed(last).shows(100 * upper)


def stretch(first: int, last: int) -> Due:
    """Return that a cell is a stretch of months."""
    words = both("months {} to {}", "maand {} tot en met {}", first, last)
    return Due(words, lambda cell: month_range(cell) == (first, last))


def months(value: int) -> Due:
    """Return that a cell is a number of months."""
    return text(f"{value} {'maand' if value == 1 else 'maanden'}")


def report_of(kept: str | None) -> Due:
    """Return that a cell names the report that a row is of."""
    if kept is None:
        return text("dit rapport")
    return Due(told(kept), lambda cell: quarter(cell) == kept)


def counted_rate(events: int | None, share: float | None) -> Due:
    """Return that a cell is a count with its percentage, or hidden."""
    if share is None or events is None:
        return text(HIDDEN)
    return Due(
        both("{} ({})", "{} ({})", events, share), lambda cell: _counted(cell, events, share)
    )


def _counted(cell: str, events: int, share: float) -> bool:
    whole, _, part = cell.removesuffix(")").partition(" (")
    return printed(whole).value == events and printed(part).shows(100 * share)


def cells(sheet: Sheet, due: Sequence[Sequence[Due]]) -> Iterator[str]:
    """Yield every cell that does not say what is due, and rows or columns too few or too many.

    Args:
        sheet: the table.
        due: of every row and every column.
    """
    for place, (row, expected) in enumerate(zip_longest(sheet.rows, due), start=1):
        if row is None or expected is None or len(row) != len(expected):
            words = [one.words for one in expected or ()]
            yield both(
                "row {} is {}, and should be {}",
                "rij {} luidt: {}; er hoort te staan: {}",
                place,
                row,
                words,
            )
            continue
        for head, cell, one in zip(sheet.columns, row, expected, strict=False):
            if not _holds(cell, one):
                yield both(
                    "row {}, column {}: it says {}, and should say {}",
                    "rij {}, kolom {}: er staat {}, en er hoort te staan {}",
                    *map(_quoted, (row[0], head, cell)),
                    one.words,
                )


def heads(sheet: Sheet, due: Sequence[str]) -> Iterator[str]:
    """Yield a fault where the heads of a table are others."""
    if tuple(due) != sheet.columns:
        yield both(
            "the heads are {}, due are {}",
            "de koppen zijn {}; het horen te zijn {}",
            sheet.columns,
            tuple(due),
        )


def _quoted(words: str) -> Phrase:
    return Phrase(repr(words), f"‘{words}’")


def _holds(cell: str, due: Due) -> bool:
    try:
        return due.fits(cell)
    except ValueError:
        return False
