"""One table of a dossier, from one source or several: found fit to be taken in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError, Problems
from balanstest_analysis.history.columns.columns import AGE_COLUMNS, Request
from balanstest_analysis.history.columns.day_numbers import Span
from balanstest_analysis.history.columns.requests import requests
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.sources.checks import (
    refuse_codes_that_never_occur,
    refuse_late,
    refuse_personal,
    refuse_wrong,
    tally,
    unmapped_codes,
)
from balanstest_analysis.history.sources.codes_in_vain import codes_in_vain
from balanstest_analysis.history.sources.error_cells import (
    refuse_error_codes,
    refuse_error_filters,
)
from balanstest_analysis.history.sources.filled_up_keys import with_keys_filled_up
from balanstest_analysis.history.sources.ignored_columns import Ignored, ignored_columns
from balanstest_analysis.history.sources.key_checks import (
    Evidence,
    need_a_look,
    refuse_keys,
    with_keys_read,
)
from balanstest_analysis.history.sources.keys_seen import KEY
from balanstest_analysis.history.sources.part_notations import written_parts
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.row_filters import (
    Filtered,
    refuse_codes_that_nothing_has,
    together,
    told_hits,
)
from balanstest_analysis.history.sources.surroundings import (
    NOTHING_AROUND,
    Surroundings,
    surroundings_of,
)
from balanstest_analysis.history.sources.unread_ends import UnreadEnd, unread_ends

_OF_MONTHS: Final = frozenset({"ends_on", *AGE_COLUMNS})


@dataclass(frozen=True, kw_only=True)
class CheckedSource:
    """One source of a table that can be taken in as it stands.

    Attributes:
        parts: the files, by layout.
        totals: from `checks.tally`.
        unmapped: rows per code that the dossier maps to nothing, by column of the file.
        in_vain: codes that the dossier lists and that never occur, likewise.
        days: the first and last day of its rows; None where it has none.
        ignored: columns that seem to tell which rows count, and that the dossier does not name.
        unread_ends: columns that seem to tell when relations ended, likewise.
    """

    parts: tuple[Part, ...]
    totals: Counter[str]
    unmapped: Mapping[str, Mapping[str, int]]
    in_vain: Mapping[str, tuple[str, ...]]
    days: Span | None = None
    ignored: tuple[Ignored, ...] = ()
    unread_ends: tuple[UnreadEnd, ...] = ()

    @property
    def filtered(self) -> Filtered:
        """What the codes of the dossier leave out."""
        return together([part.filtered for part in self.parts])

    @property
    def never_filled(self) -> tuple[str, ...]:
        """The columns, by name here, that hold nothing in any row, against what is expected.

        Something is expected where the dossier names the column, and where months depend on it.
        """
        asked = self.parts[0].request.names.keys() | _OF_MONTHS
        names = dict.fromkeys(c.name for part in self.parts for c in part.columns if not c.filled)
        empty = (n for n in names if n in asked and not self.totals[f"filled.{n}"])
        return tuple(empty) if self.totals["rows"] else ()

    @property
    def rows(self) -> int:
        """Number of rows in the files."""
        left_out = self.filtered.left_out + sum(part.keys.left_out for part in self.parts)
        return self.totals["rows"] + left_out


@dataclass(frozen=True, kw_only=True)
class CheckedTable:
    """One table that can be taken in as it stands.

    Attributes:
        table: its name.
        through: the last day that is taken in.
        sources: where its rows come from; none for objections that only the calls tell.
        surroundings: what lies around the files.
    """

    table: str
    through: dt.date
    sources: tuple[CheckedSource, ...]
    surroundings: Surroundings = NOTHING_AROUND

    @property
    def parts(self) -> tuple[Part, ...]:
        """The files of all sources, by layout."""
        return tuple(part for source in self.sources for part in source.parts)

    @property
    def totals(self) -> Counter[str]:
        """The totals of all sources."""
        found = Counter[str]()
        for source in self.sources:
            found.update(source.totals)
        return found

    @property
    def names(self) -> frozenset[str]:
        """The columns that any of the files has, by name here."""
        return frozenset(column.name for part in self.parts for column in part.columns)

    @property
    def rows(self) -> int:
        """Number of rows in the files."""
        return sum(source.rows for source in self.sources)

    @property
    def nobody(self) -> Mapping[str, int]:
        """Rows that are left out because their key stands for nobody, by kind of word."""
        found = Counter[str]()
        for part in self.parts:
            found.update(part.keys.nobody)
        return found


def checked_table(engine: Engine, dossier: Dossier, table: str) -> CheckedTable:
    """Return one table of a dossier, after every cell has been looked at.

    Args:
        engine: where it is read and kept.
        dossier: where the table is and how it is written.
        table: its name.

    Raises:
        DataError: the table cannot be accepted as it stands; one sentence per defect.
    """
    problems, sources = Problems(), list[CheckedSource]()
    for asked in requests(dossier, table):
        with problems.gathered():
            sources.append(_checked(engine, dossier, asked))
    problems.refuse()
    checked = CheckedTable(
        table=table,
        through=dossier.data_through,
        sources=tuple(sources),
        surroundings=surroundings_of(dossier, table),
    )
    _refuse_nothing(checked)
    _refuse_other_ages(checked)
    if table == "calls":
        _refuse_told_by_nothing(engine, dossier, checked)
    return checked


def _checked(engine: Engine, dossier: Dossier, asked: Request) -> CheckedSource:
    refuse_zone(engine, asked)
    parts = written_parts(engine, dossier, asked)
    filtered = together([part.filtered for part in parts])
    refuse_codes_that_nothing_has(parts[0].name, asked, filtered)
    refuse_error_filters(engine, parts, filtered)
    parts, totals, days, keys = _tallied(engine, parts, dossier.data_through)
    _refuse_defects(engine, dossier, parts, totals, keys)
    parts = with_keys_filled_up(engine, parts)
    some = (name for name in asked.diallers if totals[f"unmapped.{name}"])
    unmapped = {name: unmapped_codes(engine, parts, name) for name in some}
    refuse_error_codes(engine, parts, unmapped)
    return CheckedSource(
        parts=parts,
        totals=totals,
        unmapped=unmapped,
        in_vain=codes_in_vain(engine, parts, filtered) if totals["rows"] else {},
        days=days,
        ignored=tuple(ignored_columns(engine, parts)),
        unread_ends=tuple(unread_ends(engine, parts)),
    )


def _tallied(
    engine: Engine, parts: tuple[Part, ...], through: dt.date
) -> tuple[tuple[Part, ...], Counter[str], Span | None, Evidence]:
    """Return the parts without the rows of nobody, their totals, and the evidence about keys."""
    totals, days = tally(engine, parts, through)
    if KEY not in parts[0].stored.columns or not need_a_look(engine, parts):
        return parts, totals, days, ()
    read, about_keys, evidence = with_keys_read(engine, parts)
    if any(part.keys.nobody for part in read):
        totals, days = tally(engine, read, through)
    return read, totals | about_keys, days, evidence


def _refuse_defects(
    engine: Engine,
    dossier: Dossier,
    parts: tuple[Part, ...],
    totals: Counter[str],
    keys: Evidence,
) -> None:
    problems = Problems()
    with problems.gathered():
        refuse_keys(engine, parts, keys)
    with problems.gathered():
        refuse_personal(parts, totals)
    with problems.gathered():
        refuse_wrong(engine, parts, totals)
    with problems.gathered():
        refuse_codes_that_never_occur(parts, totals)
    if not dossier.quarter and parts[0].request.table != "events":
        # what only begins later, such as a subscription that is paid already, is no mistake
        with problems.gathered():
            refuse_late(engine, parts, totals, dossier.data_through)
    problems.refuse()


def _refuse_nothing(checked: CheckedTable) -> None:
    """Refuse calls or counts of which there is not one."""
    if checked.table not in {"calls", "counts"} or checked.totals["rows"] or checked.nobody:
        return
    name = checked.parts[0].name
    if checked.rows:
        raise DataError(
            f"`{name}`: not one row counts, as no row has a listed code in every column of "
            f"`[data.{checked.table}.where]`. Correct the codes."
        )
    raise DataError(f"`{name}` has no rows below its header. Export again.")


def _refuse_other_ages(checked: CheckedTable) -> None:
    """Refuse calls of which some state their month in another way than others."""
    first, *others = checked.parts or (None,)
    for other in others:
        here, there = ({c.name for c in p.columns} & {*AGE_COLUMNS} for p in (first, other) if p)
        if here != there and checked.table == "calls":
            raise DataError(
                f"`{other.name}` and `{checked.parts[0].name}` do not both have "
                f"`{'` and `'.join(sorted(here ^ there))}`. Give all calls the same columns for "
                "their month."
            )


def _refuse_told_by_nothing(engine: Engine, dossier: Dossier, calls: CheckedTable) -> None:
    """Refuse objections by codes that no call has, or in a column that no file has."""
    hits = Counter[str]()
    found = set[str]()
    for part in calls.parts:
        of_part = told_hits(engine, part.cells, part.request)
        ours = {theirs: name for name, theirs in part.request.names.items()}
        hits.update(of_part | {ours[n]: count for n, count in of_part.items() if n in ours})
        found |= {*of_part, *(ours[name] for name in of_part if name in ours)}
    told = {name for source in dossier.data.objections or () for name in source.from_calls}
    for name in sorted(told):
        if name not in found:
            raise DossierError(
                f"`{dossier.path.name}`: `data.objections.from_calls` names `{name}`, and no file "
                "of the calls has that column. Correct the name."
            )
        if not hits[name]:
            raise DataError(
                f"`{calls.parts[0].name}`: `{name}` never holds any of the codes of "
                "`[data.objections]` from_calls. Correct the codes."
            )


def refuse_zone(engine: Engine, asked: Request) -> None:
    """Refuse a time zone that the engine does not know.

    Raises:
        DataError: with an example of a zone.
    """
    zone = asked.source.timezone
    if zone is not None and not engine.knows_zone(zone):
        raise DataError(
            f"`[data.{asked.table}]`: `timezone` is {zone!r}, which is not known. Write it as "
            "Europe/Amsterdam or UTC."
        )
