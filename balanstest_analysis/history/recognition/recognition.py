"""What an export probably is: its tables, their columns, and which of their rows count.

Only totals and short lists of codes leave the file; no row is copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.column_names import (
    is_dialler,
    is_known,
    ours_of,
    says_little,
)
from balanstest_analysis.history.columns.columns import TABLES, Column
from balanstest_analysis.history.columns.privacy import is_personal_name, is_unread_name
from balanstest_analysis.history.columns.row_status import may_decide
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.recognition.clock_columns import Clock, with_times
from balanstest_analysis.history.recognition.code_counts import Codes, codes_of
from balanstest_analysis.history.recognition.column_matches import Match, matches_of
from balanstest_analysis.history.recognition.deciding_columns import (
    RowFilter,
    counting,
    filters_of,
)
from balanstest_analysis.history.recognition.exports import (
    Layout,
    layouts_of,
    opened,
    without_totals,
)
from balanstest_analysis.history.recognition.last_days import LastDay, last_day_of
from balanstest_analysis.history.recognition.lost_zeros import KeyDigits, key_digits
from balanstest_analysis.history.recognition.table_choice import Choice, likely_table, says_which

STATED = "as stated"
_FLAGS = frozenset({"net_contact", "converted"})


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """What one table of an export probably is.

    Attributes:
        path: the file.
        table: the table it probably is, or empty.
        why: what it was taken for that by, or why nothing can be said of it; in English.
        sheet: the sheet of a workbook.
        names_sheet: whether the sheet must be named, as there are several.
        rows: its number of rows.
        matches: columns that were recognised.
        dialler: the column with result codes of a dialler, or None.
        filters: columns that tell which rows count.
        words: the words of a column that should hold codes of ours and holds others, by our name.
        clocks: columns called after the time of the day, of which none is clearly that of a call.
        ignored: columns that look personal; they are never read.
        missing: columns that the table must have and that were not recognised, by name here.
        optional: columns that the table can have and that were not recognised, by name here.
        others: the columns that were not recognised, from which these can be chosen.
        last_day: until when it runs, where the order of day and month is clear.
        key_digits: how many digits the keys of customers have, where all are numbers.
    """

    path: Path
    table: str
    why: str = ""
    sheet: str = ""
    names_sheet: bool = False
    rows: int = 0
    matches: tuple[Match, ...] = ()
    dialler: Codes | None = None
    filters: tuple[RowFilter, ...] = ()
    words: Mapping[str, Codes] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    last_day: LastDay | None = None
    key_digits: KeyDigits | None = None

    @property
    def place(self) -> str:
        """The file, and the sheet where there are several, as messages name them."""
        return f"{self.path.name}, sheet {self.sheet}" if self.names_sheet else self.path.name

    @property
    def every_name(self) -> tuple[str, ...]:
        """The columns that are shown, or that were found by their name."""
        times = (match.time for match in self.matches if match.time)
        return (*(match.theirs for match in self.matches), *times, *self.others, *self.ignored)

    @property
    def names_may_be_people(self) -> bool:
        """Whether no column name is known, so that the first row may be a row of people."""
        given = (*(match.theirs for match in self.matches), *self.others)
        personal = any(map(is_personal_name, self.ignored))
        return not (personal or any(is_known(name) for name in given))


Roles = Mapping[tuple[Path, str], str]


def sketches_of(path: Path, roles: Roles | None = None) -> tuple[Sketch, ...]:
    """Return what the tables in an export probably are.

    Args:
        path: a CSV, Excel or Parquet file.
        roles: the tables that were stated, by resolved path and sheet; an empty sheet stands for
            every sheet.

    Raises:
        DataError: the file cannot be read.
    """
    layouts = layouts_of(path)
    with closing(DuckDBEngine()) as engine:
        return tuple(_read(engine, layout, _role(layout, roles or {})) for layout in layouts)


def _role(layout: Layout, roles: Roles) -> str:
    path = layout.path.resolve()
    return roles.get((path, layout.sheet)) or roles.get((path, ""), "")


def _read(engine: Engine, layout: Layout, role: str) -> Sketch:
    """Return a sketch, also of a table that cannot be read: then it says why."""
    bare = Sketch(
        path=layout.path,
        table="",
        sheet=layout.sheet,
        names_sheet=layout.sheets > 1,
        ignored=_personal(layout),
    )
    try:
        found = opened(engine, layout)
        rows, number = without_totals(engine, found, is_text=layout.header is not None)
        return _sketched(engine, layout, rows, role, replace(bare, rows=number))
    except DataError as error:
        if layout.sheets > 1:
            return replace(bare, why=str(error))
        raise


def _personal(layout: Layout) -> tuple[str, ...]:
    names = layout.header.names if layout.header else ()
    return tuple(name for name in names if is_unread_name(name))


def _sketched(engine: Engine, layout: Layout, rows: ir.Table, role: str, bare: Sketch) -> Sketch:
    codes = _codes(engine, rows)
    choice = _choice(layout, rows, role, codes)
    if not choice.table:
        others = tuple(rows.columns)
        return replace(bare, others=others, why="its columns are those of no table")
    columns = TABLES[choice.table]
    matches, clocks = with_times(engine, rows, columns, matches_of(engine, rows, columns))
    dialler = _dialler(rows, matches, codes) if choice.table == "calls" else None
    used = {name for m in matches for name in (m.theirs, m.time)}
    used |= {dialler.column} if dialler else set()
    filters = filters_of(engine, rows, choice.table, codes, matches, used)
    matches = [m for m in matches if m.theirs not in {f.column for f in filters}]
    absent = _absent(columns, matches, dialler)
    return replace(
        bare,
        table=choice.table,
        why=choice.why,
        matches=tuple(matches),
        dialler=dialler,
        filters=filters,
        words=_words(engine, rows, columns, matches),
        clocks=clocks,
        others=tuple(n for n in rows.columns if n not in used | {f.column for f in filters}),
        key_digits=key_digits(engine, rows, matches),
        last_day=last_day_of(engine, counting(rows, filters), columns, matches),
        missing=tuple(c.name for c in absent if c.required),
        optional=tuple(c.name for c in absent if c.read and not c.required),
    )


def _choice(layout: Layout, rows: ir.Table, role: str, codes: Mapping[str, Codes]) -> Choice:
    if role:
        return Choice(table=role, why=STATED)
    cells = {name: list(found.numbers) for name, found in codes.items()}
    title = layout.title if says_which(layout.title) else layout.path.stem
    choice = likely_table(title, [*rows.columns, *_personal(layout)], cells)
    if layout.sheets > 1 and title != layout.title and "`" not in choice.why:
        return Choice(table="")
    return choice


def _absent(
    columns: Sequence[Column], matches: Sequence[Match], dialler: Codes | None
) -> list[Column]:
    found = {match.ours for match in matches} | (_FLAGS if dialler else set())
    return [column for column in columns if column.name not in found]


def _codes(engine: Engine, rows: ir.Table) -> dict[str, Codes]:
    """Return the codes of the columns that may hold results, or tell which rows count."""
    names = [
        name
        for name in rows.columns
        if is_dialler(name)
        or may_decide("events", name)
        or may_decide("calls", name)
        or "kind" in ours_of(name)
    ]
    return {name: codes_of(engine, rows, name) for name in names}


def _dialler(rows: ir.Table, matches: Sequence[Match], codes: Mapping[str, Codes]) -> Codes | None:
    """Return the column with results: one whose name says so, and that is not empty."""
    used = {match.theirs for match in matches if match.certain}
    names = [name for name in rows.columns if is_dialler(name) and name not in used]
    ordered = sorted(names, key=lambda name: (not codes[name].numbers, says_little(name)))
    return codes[ordered[0]] if ordered else None


def _words(
    engine: Engine, rows: ir.Table, columns: Sequence[Column], matches: Sequence[Match]
) -> dict[str, Codes]:
    coded = {column.name for column in columns if column.kind == "code"}
    found = {
        match.ours: codes_of(engine, rows, match.theirs)
        for match in matches
        if match.ours in coded and not match.certain
    }
    return {ours: codes for ours, codes in found.items() if codes.numbers}
