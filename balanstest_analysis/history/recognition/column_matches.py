"""How well the columns of an export fit ours: by their names, and by totals over their cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.casts import FALSE, TRUE, cast, text_of
from balanstest_analysis.history.columns.column_names import ours_of
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.notations import decided, evidence
from balanstest_analysis.history.columns.privacy import (
    looks_personal,
    may_be_a_name,
    may_be_personal,
)
from balanstest_analysis.history.engines.engine import Engine, first_row, frame, totals_of

CODES_AT_MOST: Final = 40
_DATE: Final = r"^(\d{4}-\d\d-\d\d|\d{1,2}[-/]\d{1,2}[-/]\d{4})([ T]\d.*)?$"
_NUMBER: Final = r"^(€ ?)?[+-]?\d[\d.,]*$"


@dataclass(frozen=True, kw_only=True)
class Match:
    """A column of an export that is probably one of ours.

    Attributes:
        ours: our name.
        theirs: the name in the export.
        why: the reason, in Dutch.
        certain: recognised by its name and fitting by its content.
    """

    ours: str
    theirs: str
    why: str
    certain: bool


def matches_by_name(engine: Engine, rows: ir.Table, columns: Sequence[Column]) -> Iterator[Match]:
    """Yield the columns that are recognised by their name, the first where there are several."""
    known = {column.name: column for column in columns}
    matched: set[str] = set()
    for theirs in rows.columns:
        for ours in ours_of(theirs):
            if ours in known and ours not in matched:
                matched.add(ours)
                yield _match(engine, rows, theirs, known[ours])


def matches_by_content(
    engine: Engine, rows: ir.Table, column: Column, used: Collection[str]
) -> list[Match]:
    """Return the columns that hold days throughout; if there is one, it is certain."""
    texts = {name: text_of(rows[name]) for name in rows.columns if name not in used}
    totals = {f"filled {name}": text.count() for name, text in texts.items()}
    totals |= {f"fits {n}": rows.count(where=_fits(text, column)) for n, text in texts.items()}
    counts = totals_of(engine, rows.aggregate(**totals)) if totals else {}
    dated = [n for n in texts if counts[f"filled {n}"] == counts[f"fits {n}"] > 0]
    certain = len(dated) == 1
    why = "de enige kolom met datums" if len(dated) == 1 else "een van de kolommen met datums"
    return [Match(ours=column.name, theirs=name, why=why, certain=certain) for name in dated]


def last_day_of(
    engine: Engine, rows: ir.Table, columns: Sequence[Column], matches: Sequence[Match]
) -> dt.date | None:
    """Return the last day on which something happened, or None where its order is not clear."""
    column = next((column for column in columns if column.required and column.dated), None)
    theirs = [m.theirs for m in matches if column and m.ours == column.name and m.certain]
    if column is None or not theirs:
        return None
    asked = Request(table="", source=TableSource(path="-"), columns=(column,))
    found = totals_of(engine, rows.aggregate(**evidence(text_of(rows[theirs[0]]), column)))
    try:
        notation = decided(asked, column, found, "")
    except DataError:
        return None
    last = cast(rows[theirs[0]], column, notation).value.max().name("last").as_table()
    moment = first_row(engine, last).get("last")
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _match(engine: Engine, rows: ir.Table, theirs: str, column: Column) -> Match:
    text = text_of(rows[theirs])
    totals = totals_of(
        engine,
        rows.aggregate(
            filled=text.count(),
            fitting=rows.count(where=_fits(text, column)),
            personal=rows.count(where=looks_personal(text)),
            rows=rows.count(),
        ),
    )
    filled, fitting = totals["filled"], totals["fitting"]
    running = totals["rows"] - filled if column.name == "ends_on" else 0
    if totals["personal"]:
        why = "de inhoud lijkt op telefoonnummers, e-mailadressen of rekeningnummers"
    elif not filled:
        why = "de naam past, maar de kolom is leeg"
    elif fitting < filled:
        why = f"de naam past, maar {filled - fitting} van de {filled} cellen passen er niet bij"
    elif running:
        why = f"naam en inhoud passen; let op: {running} zonder einddatum gelden als nog lopend"
    else:
        why = "naam en inhoud passen"
    certain = bool(filled) and fitting == filled and not totals["personal"]
    return Match(ours=column.name, theirs=theirs, why=why, certain=certain)


def _fits(text: ir.StringValue, column: Column) -> ir.BooleanValue:
    lowered = text.lower()
    match column.kind:
        case "flag":
            fits = lowered.isin(TRUE + FALSE)
        case "code":
            fits = lowered.isin(column.codes)
        case "moment" | "day":
            fits = text.re_search(_DATE)
        case "amount" | "count":
            fits = text.re_search(_NUMBER)
        case _:
            fits = text.notnull()
    return fits.fill_null(False)


def codes_of(engine: Engine, rows: ir.Table, dialler: str) -> dict[str, int]:
    """Return rows per result code; none where they are too many or may be about a person."""
    cells = rows.select(code=text_of(rows[dialler]))
    cells = cells.filter(cells.code.notnull())
    counted = cells.group_by("code").agg(number=cells.count())
    found = frame(engine, counted.limit(CODES_AT_MOST + 1))
    codes = dict(zip(found["code"], map(int, found["number"]), strict=True))
    if len(codes) > CODES_AT_MOST or any(may_be_personal(text) for text in codes):
        return {}
    codes = {code: number for code, number in codes.items() if not may_be_a_name(code, number)}
    return dict(sorted(codes.items(), key=lambda item: (-item[1], item[0])))
