"""How a table is laid out on paper: widths from its words, so that nothing is clipped."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document.blocks.model import Table

_SIDES = {"l": "left", "r": "right", "c": "center"}
_LINES_KEPT_TOGETHER = 18
_SHORT_CELL = 14
_COMPACT_CELL = 20
_PROSE_CELL = 30
_LONGEST_WORD = 24
_MARGIN = 3
_BOLD = 2
# what goes on a line of the smaller type, beside what goes on one of the ordinary
_MORE_SMALL_LETTERS, _SMALL_MARGIN = 1.13, 2
_PORTRAIT_LETTERS, _LANDSCAPE_LETTERS = 96, 150


def table_layout(table: Table) -> str:
    """Return the arguments of `data-table` that depend on how long the cells are."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    widths = "".join(f"{width}, " for width in _widths(columns))
    sides = "".join(f"{_SIDES[letter]}, " for letter in table.alignment)
    available = _LANDSCAPE_LETTERS if table.wide else _PORTRAIT_LETTERS
    together = not table.may_split and _lines(table, columns, available) <= _LINES_KEPT_TOGETHER
    return (
        f"widths: ({widths}), sides: ({sides}), compact: {flag(_is_full(columns, available))}, "
        f"hyphenate: {flag(_is_tight(columns, available))}, "
        f"together: {flag(together)}"
    )


def _lines(table: Table, columns: Sequence[Sequence[str]], available: int) -> int:
    """About how many lines of text the rows take."""
    shares = list(map(_share, columns))
    letters = [max(1, share * available // sum(shares)) for share in shares]
    return sum(
        max(-(-len(cell) // wide) for cell, wide in zip(row, letters, strict=True))
        for row in table.rows
    )


def flag(condition: bool) -> str:
    """Return a truth value as Typst writes it."""
    return "true" if condition else "false"


def _widths(columns: Sequence[Sequence[str]]) -> list[str]:
    """Beside columns of prose the short ones take just what they need."""
    prose = max(map(_longest, columns)) > _PROSE_CELL
    return [
        "auto" if prose and _longest(column) <= _COMPACT_CELL else f"{_share(column)}fr"
        for column in columns
    ]


def _longest(column: Sequence[str]) -> int:
    return max(map(len, column))


def _share(column: Sequence[str]) -> int:
    """The share of the measure that a column asks for, in letters."""
    head, *others = column
    unbroken = max(map(_unbroken, others), default=0)
    longest = max(map(len, others), default=0)
    return _MARGIN + max(
        unbroken, _unbroken(head) + _BOLD, round(min(longest, 20 + longest / 4, 60))
    )


def _unbroken(cell: str) -> int:
    """Letters that should stay on one line: a short cell, or the longest word."""
    return len(cell) if len(cell) <= _SHORT_CELL else min(_longest_word([cell]), _LONGEST_WORD)


def _longest_word(column: Sequence[str]) -> int:
    return max((len(word) for cell in column for word in cell.split()), default=0)


def _is_tight(columns: Sequence[Sequence[str]], available: int) -> bool:
    """Whether some word is longer than the width its column will get."""
    asked = sum(map(_share, columns))
    fitting, margin = available, _MARGIN
    if _is_full(columns, available):
        fitting, margin = round(available * _MORE_SMALL_LETTERS), _SMALL_MARGIN
    return any(
        _longest_word(column) + margin > _share(column) * fitting / asked for column in columns
    )


def _is_full(columns: Sequence[Sequence[str]], available: int) -> bool:
    """Whether the columns ask for more than there is, so that letters have to be smaller."""
    return sum(map(_share, columns)) > available
