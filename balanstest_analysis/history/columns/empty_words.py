"""Words and days that stand for an empty cell: what systems write where nothing is known."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.word_lists import pattern_of

_WORDS: Final = (
    *("null", "(null)", "<null>", "[null]", "\\n", "nan", "nat", "none", "nil", "<na>", "na"),
    *("n/a", "nvt", "n.v.t.", "n.v.t", "nvt.", "-", "--", "---", "leeg", "(leeg)", "(blank)"),
    *("empty", "(empty)", "(none)", "geen", "undefined", "–", "—", "''", '""'),
    # A missing value of SAS and Stata; then those of German and French systems.
    *(".", "k.a.", "k. a.", "k.A.", "k. A.", "(leer)", "leer", "keine", "keine angabe", "entf."),
    *("(vide)", "vide", "aucun", "aucune", "néant", "s.o.", "n.d.", "n/d", "n.c."),
)
# In the end of a relation they say what an empty cell says: it still runs.
_STILL_RUNS: Final = (
    *("lopend", "doorlopend", "loopt", "loopt door", "onbepaald", "onbepaalde tijd", "heden"),
    *("onbeperkt", "laufend", "unbefristet", "unbestimmt", "ongoing", "indefinite", "present"),
    *("open ended", "open-ended", "open end", "en cours", "indéterminé", "indéterminée"),
)
# A campaign or a group may well be called NA, "-" or "geen".
_WORDS_OF_TEXT: Final = (
    *("null", "(null)", "<null>", "[null]", "\\n", "nan", "nat", "none", "<na>"),
    *("(leeg)", "(blank)", "(empty)", "undefined", "(leer)", "(vide)", "''", '""'),
)
_ZERO_DAY: Final = r"^0{1,4}[-/.]?0{1,2}[-/.]?0{1,4}([ T][0:.]*)?$"
# What is left of a form for a day that nobody filled in: __-__-____
_BARE_MASK: Final = r"^[_ ]*([-/.][_ ]*){2}$|^_+$"
_LONG_AGO: Final = (
    *("0001-01-01", "1582-10-15", "1601-01-01", "1753-01-01", "1800-01-01", "1858-11-17"),
    *("1899-12-30", "1899-12-31", "1900-01-01", "1900-01-02", "1901-01-01", "1904-01-01"),
)
EPOCH: Final = dt.date(1970, 1, 1)
FAR_AHEAD: Final = dt.date(2099, 12, 31)
LONG_AGO: Final = tuple(map(dt.date.fromisoformat, _LONG_AGO))


def _spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    spelled = [form for w in words for form in (w, w.upper(), w.capitalize(), w.title())]
    return tuple(dict.fromkeys([*spelled, "NaN", "NaT"]))


EMPTY_WORDS: Final = _spelled(_WORDS)
_EMPTY_TEXTS: Final = _spelled(_WORDS_OF_TEXT)
_NO_END: Final = (*EMPTY_WORDS, *_spelled(_STILL_RUNS))


def empty_words(column: Column) -> tuple[str, ...]:
    """Return the words that stand for an empty cell in a column; a key has none here."""
    if column.kind == "key":
        return ()
    if column.name == "ends_on":
        return _NO_END
    return _EMPTY_TEXTS if column.kind == "text" else EMPTY_WORDS


def says_empty(text: ir.StringValue, column: Column) -> ir.BooleanValue:
    """Return where a text, without spaces around it, is a word for an empty cell.

    Args:
        text: the cells.
        column: what they should be.
    """
    words = empty_words(column)
    if not words:
        return text.isnull() & text.notnull()
    pattern = pattern_of(words)
    if column.kind in {"day", "moment"}:
        pattern = f"{pattern}|{_ZERO_DAY}|{_BARE_MASK}"
    return text.re_search(pattern).fill_null(False)


def is_empty_word(text: str) -> bool:
    """Return whether a cell is a word for an empty one, or a day of zeros.

    Examples:
        >>> is_empty_word("NULL"), is_empty_word("geen gehoor")
        (True, False)
    """
    return text.strip() in EMPTY_WORDS


def means_no_day(text: str, column: Column) -> bool:
    """Return whether a cell is a day that systems write where they know none.

    Args:
        text: the cell.
        column: what it should be.

    Examples:
        >>> from balanstest_analysis.history.columns.columns import TABLES
        >>> means_no_day("01-01-1900", TABLES["events"][1])
        True
    """
    is_day = column.kind in {"day", "moment"}
    parts = re.split(r"[-/.]", re.split("[ T]", text.strip())[0])
    days = {"-".join(parts), "-".join(reversed(parts))}
    return is_day and bool(days & {*_LONG_AGO, "0000-00-00"})


def stands_for_none(day: ir.DateValue, *, ahead: bool) -> ir.BooleanValue:
    """Return where a day is one that systems write for no day at all.

    Args:
        day: the cells.
        ahead: whether days in the far future are so as well, such as the end of a contract.
    """
    found = day.isin([*LONG_AGO, EPOCH])
    if ahead:
        found = found | (day >= FAR_AHEAD)
    return found.fill_null(False)
