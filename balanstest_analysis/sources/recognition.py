"""Which column of an export is probably what, by its name and by what stands in it.

Only totals and short lists of codes leave the file; no row is copied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.dossier import TableSource
from balanstest_analysis.errors import DataError
from balanstest_analysis.sources.casts import FALSE, TRUE, cast, text_of
from balanstest_analysis.sources.column_names import (
    is_dialler,
    is_known,
    likely_table,
    ours_of,
)
from balanstest_analysis.sources.columns import TABLES, Column, Request
from balanstest_analysis.sources.encodings import encoding_of
from balanstest_analysis.sources.engine import (
    Connection,
    connect,
    first_row,
    frame,
    open_parquet,
)
from balanstest_analysis.sources.headers import DELIMITERS, Header, names_of, top_rows
from balanstest_analysis.sources.notations import decided, evidence
from balanstest_analysis.sources.parts import text_table
from balanstest_analysis.sources.privacy import (
    is_personal_name,
    looks_personal,
    may_be_a_name,
    may_be_personal,
)
from balanstest_analysis.sources.workbooks import sheet_tops
from balanstest_analysis.tables_on_disk import kind_of

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


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """What an export probably is.

    Attributes:
        path: the file.
        table: the table it probably is, or empty.
        sheet: the sheet of a workbook.
        matches: columns that were recognised.
        dialler: the column with result codes of a dialler, or empty.
        codes: rows per result code; empty where they are too many or may be about a person.
        ignored: columns that look personal; they are never read.
        missing: columns that the table must have and that were not recognised, by name here.
        optional: columns that the table can have and that were not recognised, by name here.
        others: the columns that were not recognised, from which these can be chosen.
        last_day: the last day on which something happened, where the order of day and month is
            clear.
    """

    path: Path
    table: str
    sheet: str = ""
    matches: tuple[Match, ...] = ()
    dialler: str = ""
    codes: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    last_day: dt.date | None = None


def sketch_of(path: Path) -> Sketch:
    """Return what an export probably is, from its column names and from totals over its cells.

    Args:
        path: a CSV, Excel or Parquet file.

    Raises:
        DataError: the file cannot be read.
    """
    if not path.is_file():
        raise DataError(f"There is no file `{path}`. Give the path of an export.")
    connection = connect()
    with closing(connection.con):
        header, rows = _opened(connection, path)
        return _sketched(connection, path, header, rows)


def _opened(connection: Connection, path: Path) -> tuple[Header, ir.Table]:
    """Return the layout of an export, and its columns as text; personal ones are left out."""
    if kind_of(path) == "parquet":
        stored = open_parquet(connection, [path])
        header = Header("", tuple(stored.columns))
        kept = [name for name in header.names if not is_personal_name(name)]
        return header, stored.select(**{name: stored[name].cast("string") for name in kept})
    header = _likely_header(path)
    needed = {
        index: Column(name=name, kind="text")
        for index, name in enumerate(header.names)
        if name and header.names.count(name) == 1 and not is_personal_name(name)
    }
    if not needed:
        raise DataError(f"`{path.name}` has no row that can be read as column names.")
    rows = text_table(connection, [path], header, needed)
    return header, rows.select(**{c.name: rows[f"c{index}"] for index, c in needed.items()})


def _likely_header(path: Path) -> Header:
    """Return the layout in which most column names are recognised; the first row otherwise."""
    if kind_of(path) == "xlsx":
        tops = sheet_tops(path)
        layouts = [
            Header("", names_of(row), skipped=number, sheet=sheet)
            for sheet, rows in tops.items()
            for number, row in enumerate(rows)
        ]
    elif kind_of(path) == "csv":
        encoding = encoding_of(path, None)
        layouts = [
            Header(delimiter, names_of(row), encoding, number)
            for delimiter in DELIMITERS
            for number, row in enumerate(top_rows(path, delimiter, encoding, None))
        ]
    else:
        raise DataError(f"`{path.name}` is not of a kind that can be read. Save it as CSV (UTF-8).")
    if not layouts:
        raise DataError(f"`{path.name}` is empty. Export it again.")
    return max(layouts, key=_likelihood)


def _likelihood(header: Header) -> tuple[int, int, int]:
    known = sum(is_known(name) for name in header.names)
    return known, -header.skipped, len(header.names)


def _sketched(connection: Connection, path: Path, header: Header, rows: ir.Table) -> Sketch:
    named = any(is_known(name) or is_personal_name(name) for name in header.names)
    table = likely_table(path.stem, rows.columns) if named else ""
    columns = TABLES.get(table, ())
    matches = list(_by_name(connection, rows, columns))
    for column in columns:
        if column.required and column.dated and column.name not in {m.ours for m in matches}:
            matches += _by_content(connection, rows, column, {m.theirs for m in matches})
    dialler = next((name for name in rows.columns if is_dialler(name)), "")
    dialler = dialler if table == "calls" else ""
    found = {match.ours for match in matches} | ({"net_contact", "converted"} if dialler else set())
    used = {match.theirs for match in matches} | {dialler}
    return Sketch(
        path=path,
        table=table,
        sheet=header.sheet,
        matches=tuple(matches),
        dialler=dialler,
        codes=_codes(connection, rows, dialler) if dialler else {},
        ignored=tuple(name for name in header.names if is_personal_name(name)),
        missing=tuple(c.name for c in columns if c.required and c.name not in found),
        optional=tuple(
            c.name for c in columns if c.read and not c.required and c.name not in found
        ),
        others=tuple(name for name in rows.columns if name not in used),
        last_day=_last_day(connection, rows, columns, matches),
    )


def _by_name(connection: Connection, rows: ir.Table, columns: Sequence[Column]) -> Iterator[Match]:
    known = {column.name: column for column in columns}
    matched: set[str] = set()
    for theirs in rows.columns:
        for ours in ours_of(theirs):
            if ours in known and ours not in matched:
                matched.add(ours)
                yield _match(connection, rows, theirs, known[ours])


def _by_content(
    connection: Connection, rows: ir.Table, column: Column, used: Collection[str]
) -> list[Match]:
    """Return the columns that hold days throughout; if there is one, it is certain."""
    texts = {name: text_of(rows[name]) for name in rows.columns if name not in used}
    totals = {f"filled {name}": text.count() for name, text in texts.items()}
    totals |= {f"fits {n}": rows.count(where=_fits(text, column)) for n, text in texts.items()}
    counts = first_row(connection, rows.aggregate(**totals)) if totals else {}
    dated = [n for n in texts if counts[f"filled {n}"] == counts[f"fits {n}"] > 0]
    certain = len(dated) == 1
    why = "de enige kolom met datums" if len(dated) == 1 else "een van de kolommen met datums"
    return [Match(ours=column.name, theirs=name, why=why, certain=certain) for name in dated]


def _last_day(
    connection: Connection, rows: ir.Table, columns: Sequence[Column], matches: Sequence[Match]
) -> dt.date | None:
    column = next((column for column in columns if column.required and column.dated), None)
    theirs = [m.theirs for m in matches if column and m.ours == column.name and m.certain]
    if column is None or not theirs:
        return None
    asked = Request(table="", source=TableSource(path="-"), columns=(column,))
    found = first_row(connection, rows.aggregate(**evidence(text_of(rows[theirs[0]]), column)))
    try:
        notation = decided(asked, column, found, "")
    except DataError:
        return None
    last = cast(rows[theirs[0]], column, notation).value.max().name("last").as_table()
    moment = first_row(connection, last).get("last")
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _match(connection: Connection, rows: ir.Table, theirs: str, column: Column) -> Match:
    text = text_of(rows[theirs])
    totals = first_row(
        connection,
        rows.aggregate(
            filled=text.count(),
            fitting=rows.count(where=_fits(text, column)),
            personal=rows.count(where=looks_personal(text)),
            rows=rows.count(),
        ),
    )
    filled, fitting = int(totals["filled"]), int(totals["fitting"])
    running = int(totals["rows"]) - filled if column.name == "ends_on" else 0
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


def _codes(connection: Connection, rows: ir.Table, dialler: str) -> dict[str, int]:
    cells = rows.select(code=text_of(rows[dialler]))
    cells = cells.filter(cells.code.notnull())
    counted = cells.group_by("code").agg(number=cells.count())
    found = frame(connection, counted.limit(CODES_AT_MOST + 1))
    codes = dict(zip(found["code"], map(int, found["number"]), strict=True))
    codes = {code: number for code, number in codes.items() if not may_be_a_name(code, number)}
    if len(codes) > CODES_AT_MOST or any(may_be_personal(text) for text in codes):
        return {}
    return dict(sorted(codes.items(), key=lambda item: (-item[1], item[0])))
