"""The column with the time of the day, where a column with days alone says when calls were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.column_names import holds_clock_times
from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.day_and_time import can_hold, day_and_time
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.recognition.column_matches import Match, filled_and_wrong

_PAIR: Final = "pair"
# People are called by day; what a call lasted is mostly written as a time in the small hours.
_EARLY: Final = r"^0?[0-6][:.uUhH][^pP]*$|^0[0-6][0-9]{2}$"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A column that by its name has the time of the day, and that is not read.

    Attributes:
        day: the column with the day.
        theirs: its name in the export.
        filled: cells in which something stands.
        wrong: rows in which day and time are together no moment.
        early: cells with a time before seven in the morning.
    """

    day: str
    theirs: str
    filled: int
    wrong: int
    early: int = 0

    @property
    def fits(self) -> bool:
        """Whether its cells are times, so that it may be the one that is looked for."""
        return self.filled > 0 and not self.wrong

    @property
    def may_be_duration(self) -> bool:
        """Whether most of its cells may tell how long a call took."""
        return 2 * self.early > self.filled


def with_times(
    engine: Engine, rows: ir.Table, columns: Sequence[Column], matches: Sequence[Match]
) -> tuple[list[Match], tuple[Clock, ...]]:
    """Return the matches, each moment with the column of its time; and such columns that are left.

    A moment gets its time where its own cells hold days alone, exactly one other column is called
    after a time of the day, all its cells are times, or empty, and most of them are from seven in
    the morning on: others may tell how long a call took.

    Args:
        engine: that reads the export.
        rows: the export, with the names of its columns.
        columns: of the table that it was taken for.
        matches: of these columns.
    """
    found, left = list[Match](), list[Clock]()
    used = {match.theirs for match in matches if match.certain}
    moments = {column.name: column for column in columns if column.kind == "moment"}
    for match in matches:
        clocks: list[Clock] = []
        if match.ours in moments and match.certain and not match.clock:
            clocks = list(_clocks(engine, rows, moments[match.ours], match.theirs, used))
        fitting = [clock for clock in clocks if clock.fits]
        is_clear = len(fitting) == 1 and not fitting[0].may_be_duration
        found.append(_with_time(engine, rows, match, fitting[0]) if is_clear else match)
        left += [] if is_clear else clocks
    return found, tuple(left)


def _clocks(
    engine: Engine, rows: ir.Table, column: Column, day: str, used: set[str]
) -> Iterator[Clock]:
    for name in rows.columns:
        if name in used or not holds_clock_times(name):
            continue
        halves = {day: False, name: True}
        if not all(can_hold(rows[n].type(), is_time=is_time) for n, is_time in halves.items()):
            continue
        together = rows.select(**{_PAIR: day_and_time(rows[day], rows[name])})
        _, wrong = filled_and_wrong(engine, together, column, _PAIR)
        filled, early = _filled_and_early(engine, rows, name)
        yield Clock(day=day, theirs=name, wrong=wrong, filled=filled, early=early)


def _filled_and_early(engine: Engine, rows: ir.Table, name: str) -> tuple[int, int]:
    text = text_of(rows[name])
    filled, early = rows.count(where=text.notnull()), rows.count(where=text.re_search(_EARLY))
    found = totals_of(engine, rows.aggregate(filled=filled, early=early))
    return found["filled"], found["early"]


def _with_time(engine: Engine, rows: ir.Table, match: Match, clock: Clock) -> Match:
    number = totals_of(engine, rows.aggregate(rows=rows.count()))["rows"]
    why = f"{match.why}; de tijd staat in een eigen kolom"
    if empty := number - clock.filled:
        why += f", die in {empty} van de {number} rijen leeg is"
    return replace(match, time=clock.theirs, why=why)
