"""Which column of an export is probably what, by its name and by what stands in it.

Only totals and short lists of codes leave the file; no row is copied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.sources.casts import FALSE, TRUE, text_of
from balanstest_analysis.sources.columns import TABLES, Column
from balanstest_analysis.sources.encodings import encoding_of
from balanstest_analysis.sources.engine import (
    Connection,
    connect,
    first_row,
    frame,
    open_parquet,
)
from balanstest_analysis.sources.headers import DELIMITERS, Header, names_of, top_rows
from balanstest_analysis.sources.parts import text_table
from balanstest_analysis.sources.privacy import is_personal_name, looks_personal, may_be_personal
from balanstest_analysis.sources.workbooks import sheet_tops
from balanstest_analysis.tables_on_disk import kind_of

CODES_AT_MOST: Final = 40
_SYNONYMS: Final[Mapping[str, str]] = {
    "customer_id": r"(klant|relatie|customer|contact|donateur|lid|debiteur|abonnee|client|member)"
    r"_?(id|nr|nummer|number|no|code|key)|client|relatie",
    "called_at": r"(bel|call|gespreks?|contact)_?(datum|moment|tijd|tijdstip|date|time|datumtijd)"
    r"|called?_?(at|on)|(datum|tijdstip)_?(gesprek|belpoging|call)|start_?(tijd|time)|timestamp",
    "net_contact": r"net(to)?_?contact|gesproken|reached|contact_?gehad",
    "converted": r"convert(ed)?|conversie|conversion|verkocht|sale|geworven|succes(s|vol)?",
    "call_id": r"(call|gespreks?|belpoging)_?(id|nr|nummer)",
    "campaign": r"campagne_?(naam|code)?|campaign_?(name|code|id)?|actie_?(naam|code)?",
    "basis": r"basis|grondslag",
    "reference_date": r"reference_date|referentie_?datum|laatste_?(aankoop|gift|bestelling)"
    r"(_?datum)?|last_?(purchase|order|gift)(_?date)?",
    "months_since_purchase": r"months_since_purchase|maanden(_?(sinds|geleden).*)?",
    "occurred_on": r"occurred_on|(aankoop|bestel|order|gift|start|ingangs?|factuur|transactie"
    r"|donatie|betaal)_?(datum|date)|(purchase|transaction|payment)_?date",
    "kind": r"kind|soort|type|gebeurtenis",
    "ends_on": r"ends?_?(on|date)|eind_?datum|opzeg_?datum|einde",
    "amount": r"amount|bedrag|waarde|totaal(bedrag)?",
    "objected_on": r"objected_on|(verzet|afmeld|bezwaar|objection)_?(datum|date)",
    "complained_on": r"complained_on|(klacht|complaint)_?(datum|date)",
    "channel": r"channel|kanaal",
    "contacts": r"contacts|(netto_?)?contacten",
    "conversions": r"conversions|conversies",
    "objections": r"objections|verzetten",
    "complaints": r"complaints|klachten",
    "group": r"group|groep",
}
_RESULT: Final = re.compile(
    r"(gespreks?|bel|call|contact)?_?(resultaat|uitkomst|result|outcome|disposition|status)"
    r"(_?code)?"
)
_DATE: Final = r"^(\d{4}-\d\d-\d\d|\d{1,2}[-/]\d{1,2}[-/]\d{4})([ T]\d.*)?$"
_NUMBER: Final = r"^(€ ?)?[+-]?\d[\d.,]*$"
_FILE_NAMES: Final = {
    "calls": "bel|call|gesprek|dial",
    "events": "event|gift|donat|order|aankoop|contract|bestel|transact|betaal",
    "objections": "verzet|bezwaar|afmeld|objection|blokk",
    "complaints": "klacht|complaint",
    "counts": "count|aantal",
}
_MAIN: Final = {
    "calls": "called_at",
    "events": "occurred_on",
    "objections": "objected_on",
    "complaints": "complained_on",
    "counts": "months_since_purchase",
}


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
    """

    path: Path
    table: str
    sheet: str = ""
    matches: tuple[Match, ...] = ()
    dialler: str = ""
    codes: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


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
    known = sum(bool(our_names(name)) or _is_dialler(name) for name in header.names)
    return known, -header.skipped, len(header.names)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _is_dialler(name: str) -> bool:
    return _RESULT.fullmatch(_plain(name)) is not None


def our_names(name: str) -> list[str]:
    """Return our names that a column of an export may stand for."""
    plain = _plain(name)
    return [
        ours
        for ours, pattern in _SYNONYMS.items()
        if plain == ours or re.fullmatch(pattern, plain) is not None
    ]


def _sketched(connection: Connection, path: Path, header: Header, rows: ir.Table) -> Sketch:
    dialler = next((name for name in rows.columns if _is_dialler(name)), "")
    table = _likely_table(path, rows.columns, dialler)
    columns = {column.name: column for column in TABLES.get(table, ())}
    matches: dict[str, Match] = {}
    for theirs in rows.columns:
        for ours in our_names(theirs):
            if ours in columns and ours not in matches:
                matches[ours] = _match(connection, rows, theirs, columns[ours])
    return Sketch(
        path=path,
        table=table,
        sheet=header.sheet,
        matches=tuple(matches.values()),
        dialler=dialler if table == "calls" else "",
        codes=_codes(connection, rows, dialler) if dialler and table == "calls" else {},
        ignored=tuple(name for name in header.names if is_personal_name(name)),
    )


def _likely_table(path: Path, names: Sequence[str], dialler: str) -> str:
    """Return the table of which most is found; the name of the file helps."""
    found = {ours for name in names for ours in our_names(name)} - {"customer_id", "call_id"}
    scores = {
        table: sum(column.name in found for column in columns)
        + 2 * (_MAIN[table] in found)
        + 2 * bool(re.search(_FILE_NAMES[table], path.stem.lower()))
        + 2 * (table == "calls" and bool(dialler))
        for table, columns in TABLES.items()
    }
    best = max(scores, key=lambda table: scores[table])
    return best if scores[best] > 1 else ""


def _match(connection: Connection, rows: ir.Table, theirs: str, column: Column) -> Match:
    text = text_of(rows[theirs])
    totals = first_row(
        connection,
        rows.aggregate(
            filled=text.count(),
            fitting=rows.count(where=_fits(text, column)),
            personal=rows.count(where=looks_personal(text)),
        ),
    )
    filled, fitting = int(totals["filled"]), int(totals["fitting"])
    if totals["personal"]:
        why = "de inhoud lijkt op telefoonnummers, e-mailadressen of rekeningnummers"
    elif not filled:
        why = "de naam past, maar de kolom is leeg"
    elif fitting < filled:
        why = f"de naam past, maar {filled - fitting} van de {filled} cellen passen er niet bij"
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
    if len(codes) > CODES_AT_MOST or any(may_be_personal(text) for text in codes):
        return {}
    return dict(sorted(codes.items(), key=lambda item: (-item[1], item[0])))
