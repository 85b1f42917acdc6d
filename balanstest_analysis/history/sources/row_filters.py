"""Which rows of a table count, where the dossier says so by the codes of a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.columns import TOLD, WHERE, Request
from balanstest_analysis.history.engines.engine import Engine, numbers_of, totals_of

CODES_COUNTED: Final = 200


@dataclass(frozen=True, kw_only=True)
class Filtered:
    """What the codes of the dossier left out of some files.

    Attributes:
        left_out: rows that do not count.
        hits: rows with a code that counts, by column of the file.
        others: rows per code that is not listed, by column of the file; the most frequent ones.
    """

    left_out: int = 0
    hits: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


NOT_FILTERED = Filtered()


def that_count(stored: ir.Table, request: Request) -> ir.BooleanValue:
    """Return where a row has a listed code in every column that decides.

    Args:
        stored: with the columns beside.
        request: with ``where``.
    """
    marks = [_listed(stored, n, codes) for n, codes in enumerate(request.where.values())]
    return ibis.and_(*marks) if marks else ibis.literal(True)


def _listed(stored: ir.Table, number: int, codes: Sequence[str]) -> ir.BooleanValue:
    return _code(stored, f"{WHERE}{number}").isin(_tidied(codes))


def _tidied(codes: Sequence[str]) -> list[str]:
    """Return codes as cells are compared: without spaces around them."""
    return [code.strip() for code in codes]


def _code(stored: ir.Table, name: str) -> ir.StringValue:
    return text_of(stored[name]).fill_null("")


def filtered(engine: Engine, stored: ir.Table, request: Request) -> Filtered:
    """Return what the codes of the dossier leave out of rows.

    Args:
        engine: where they are read.
        stored: all rows of the table, with the columns beside.
        request: with ``where``.
    """
    names = list(request.where)
    hits = {
        f"hits_{number}": stored.count(where=_listed(stored, number, request.where[name]))
        for number, name in enumerate(names)
    }
    left_out = stored.count(where=~that_count(stored, request))
    totals = totals_of(engine, stored.aggregate(left_out=left_out, **hits))
    return Filtered(
        left_out=totals["left_out"],
        hits={name: totals[f"hits_{number}"] for number, name in enumerate(names)},
        others={
            name: _others(engine, stored, number, request.where[name])
            for number, name in enumerate(names)
        },
    )


def _others(engine: Engine, stored: ir.Table, number: int, codes: Sequence[str]) -> dict[str, int]:
    cells = stored.select(code=_code(stored, f"{WHERE}{number}"))
    other = cells.filter(~cells.code.isin(_tidied(codes)))
    counted = other.group_by("code").agg(rows=other.count())
    most = counted.order_by([counted.rows.desc(), counted.code]).limit(CODES_COUNTED)
    return numbers_of(engine, most)


def together(found: Collection[Filtered]) -> Filtered:
    """Return what was left out of all files of a source."""
    hits, others = Counter[str](), dict[str, Counter[str]]()
    for one in found:
        hits.update(one.hits)
        for name, codes in one.others.items():
            others.setdefault(name, Counter()).update(codes)
    return Filtered(left_out=sum(one.left_out for one in found), hits=hits, others=others)


def refuse_codes_that_nothing_has(name: str, request: Request, found: Filtered) -> None:
    """Refuse a column of which no row has a listed code: a slip that would leave out everything.

    Args:
        name: of the file or table, to be named.
        request: with ``where``.
        found: what was left out.

    Raises:
        DataError: with the codes of the dossier.
    """
    for column, codes in request.where.items():
        if found.left_out and not found.hits.get(column):
            raise DataError(
                f"`{name}`: `{column}` never holds any of the codes "
                f"{', '.join(map(repr, codes))}. Correct `[data.{request.table}.where]`."
            )


def refuse_absent(name: str, request: Request, columns: Collection[str]) -> None:
    """Refuse a file without a column that decides which rows count.

    Args:
        name: of the file or table, to be named.
        request: with ``where``.
        columns: that it has.

    Raises:
        DataError: with the column.
    """
    absent = [f"`{column}`" for column in request.where if column not in columns]
    if absent:
        raise DataError(
            f"`{name}` has no column {' or '.join(absent)}, by which `[data.{request.table}.where]`"
            " decides which rows count. Correct the name, or give every file the column."
        )


def tells_objection(stored: ir.Table, request: Request) -> ir.BooleanValue:
    """Return where a code of a call tells of an objection.

    Args:
        stored: with the columns beside.
        request: of the calls.
    """
    marks = _told_marks(stored, request)
    return ibis.or_(*marks.values()) if marks else ibis.literal(False)


def _told_marks(stored: ir.Table, request: Request) -> dict[str, ir.BooleanValue]:
    """Return where a code tells of an objection, per column of the file that has any."""
    columns = {f"{TOLD}{number}": name for number, name in enumerate(request.told)}
    return {
        name: _code(stored, column).isin(_tidied(request.told[name]))
        for column, name in columns.items()
        if column in stored.columns
    }


def told_hits(engine: Engine, stored: ir.Table, request: Request) -> dict[str, int]:
    """Return the rows with a code that tells of an objection, per column that the files have."""
    marks = _told_marks(stored, request)
    names = list(marks)
    counts = {f"hits_{number}": stored.count(where=marks[n]) for number, n in enumerate(names)}
    totals = totals_of(engine, stored.aggregate(**counts)) if counts else {}
    return {name: totals[f"hits_{number}"] for number, name in enumerate(names)}
