"""The codes in a column of an export, with their numbers; nothing that may be about a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.privacy import may_be_a_name, may_be_personal
from balanstest_analysis.history.columns.uncounted_rows import is_known_code
from balanstest_analysis.history.engines.engine import Engine, rows_of

CODES_AT_MOST: Final = 40
_PLAIN_WORD: Final = re.compile(
    r"^(geen|niet|nu niet|no|not|nee|ja|al|bel me|in gesprek|do not|left|answering|wrong|nummer)\b"
    r"|\b(donateur|donatie|machtiging|sale|gift|verzet|gehoor|voicemail|terugbellen|uitschrijven"
    r"|interesse|interested|call|answer|number|overleden|verhuisd)\b"
)


@dataclass(frozen=True, kw_only=True)
class Codes:
    """The codes of a column.

    Attributes:
        column: its name in the export.
        numbers: rows per code, most frequent first; empty where they are too many or may be about
            a person.
        empty: rows without a code.
        hidden: codes that may be names, and are not among them.
    """

    column: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    empty: int = 0
    hidden: int = 0


def codes_of(engine: Engine, rows: ir.Table, column: str) -> Codes:
    """Return the codes of a column of an export.

    Args:
        engine: that reads the export.
        rows: the export.
        column: a column of it.
    """
    cells = rows.select(code=text_of(rows[column]))
    counted = cells.group_by("code").agg(number=cells.count())
    found = rows_of(engine, counted.limit(CODES_AT_MOST + 2))
    codes = {row["code"]: int(row["number"]) for row in found if row["code"] is not None}
    empty = sum(int(row["number"]) for row in found if row["code"] is None)
    if len(codes) > CODES_AT_MOST or any(may_be_personal(text) for text in codes):
        return Codes(column=column)
    shown = {
        code: n for code, n in codes.items() if not may_be_a_name(code, n, is_known=_is_known(code))
    }
    ordered = dict(sorted(shown.items(), key=lambda item: (-item[1], item[0])))
    return Codes(column=column, numbers=ordered, empty=empty, hidden=len(codes) - len(shown))


def _is_known(code: str) -> bool:
    """Return whether the words of a code are those of a result, a status or a subject, no name."""
    return _PLAIN_WORD.search(code.lower()) is not None or is_known_code(code)
