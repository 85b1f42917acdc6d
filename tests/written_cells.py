"""Cells as people and systems write them, with what they mean; one at a time and in histories."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.columns.casts import cast, text_of
from balanstest_analysis.history.columns.columns import TABLES, Column
from balanstest_analysis.history.columns.moment_casts import moment_of_simple, simple_text
from balanstest_analysis.history.columns.notations import Notation
from balanstest_analysis.history.engines.engine import Engine
from tests.engine_histories import files_of
from tests.histories import crowded_world, write_csv, write_world

AT = dt.datetime(2023, 12, 4, 10, 49)
AFTERNOON = dt.datetime(2023, 12, 4, 22, 49)
MIDNIGHT = dt.datetime(2023, 12, 4)
DAY_FIRST = {
    "04-12-2023 10:49": AT,
    "4/12/2023 10:49:00": AT,
    "04.12.2023 10:49": AT,
    "04.12.2023 um 10:49 Uhr": AT,
    "4-12-2023, 10:49:00": AT,
    "04-12-2023T10:49": AT,
    "4-12-2023 10.49": AT,
    "4-12-2023 10u49": AT,
    "4-12-2023 10.49 uur": AT,
    "10:49 04-12-2023": AT,
    "04122023": MIDNIGHT,
    "04122023 1049": AT,
    "4/12/2023 10:49 p.m.": AFTERNOON,
    "4/12/2023 10:49PM": AFTERNOON,
    "4/12/2023 12:05 am": dt.datetime(2023, 12, 4, 0, 5),
    "4/12/2023 12:05 P.M.": dt.datetime(2023, 12, 4, 12, 5),
    "4/12/2023 10 PM": dt.datetime(2023, 12, 4, 22),
    "28/12/2023": dt.datetime(2023, 12, 28),
    "04-12-23 10:49": AT,
    "04/12/98": dt.datetime(1998, 12, 4),
}
MONTH_FIRST = {
    "12/04/2023 10:49 AM": AT,
    "12/4/2023 10:49:00 PM": AFTERNOON,
    "12-04-2023": MIDNIGHT,
    "12/04/23 10:49": AT,
}
ONE_WAY = {
    "2023/12/04 10:49": AT,
    "2023.12.04 10:49": AT,
    "2023-12-4 10:49": AT,
    "20231204": MIDNIGHT,
    "20231204104900": AT,
    "202312041049": AT,
    "20231204T104900": AT,
    "20231204 10:49": AT,
    "20231204T104900Z": dt.datetime(2023, 12, 4, 11, 49),
    "2023-12-04 10:49:00.1234567": dt.datetime(2023, 12, 4, 10, 49, 0, 123456),
    "2023-12-04 10:49:00,500": dt.datetime(2023, 12, 4, 10, 49, 0, 500_000),
    "2023-12-04T10:49:00.123456789+01:00": dt.datetime(2023, 12, 4, 10, 49, 0, 123456),
    "2023-12-04 09:49:00 UTC": AT,
    "2023-12-04 09:49 GMT": AT,
    "2023-12-04 09:49:00 z": AT,
    "2023-12-04 10:49:00 +0100": AT,
    "2023-12-04 10:49:00 +01": AT,
    "2023-12-04 10:49:00+01": AT,
    "2023-12-04 10:49 UTC+1": AT,
    "2023-12-04 10:49:00 CET": AT,
    "2023-12-04 10:49 MEZ": AT,
    "2023-12-04T10:49:00+01:00[Europe/Brussels]": AT,
    "2023-12-04T10:49:00.123456789 Europe/Amsterdam": dt.datetime(2023, 12, 4, 10, 49, 0, 123456),
    "4 dec 2023\u00a010:49": AT,
    "2023-12-04T10:49:00+01:00[Europe/Amsterdam]": AT,
    "2023-12-04 10:49 Europe/Amsterdam": AT,
    "2023-12-04-10.49.00.000000": AT,
    "2023-12-04 10:49 PM": AFTERNOON,
    "4 dec 2023 10:49": AT,
    "4 december 2023 om 10:49": AT,
    "04-Dec-2023": MIDNIGHT,
    "04-DEC-23": MIDNIGHT,
    "04/Dec/2023:10:49:00 +0100": AT,
    "Dec 4, 2023 10:49 PM": AFTERNOON,
    "Monday, December 4, 2023": MIDNIGHT,
    "maandag 4 december 2023 10:49": AT,
    "ma 4 dec. 2023": MIDNIGHT,
    "Mon Dec  4 10:49:00 2023": AT,
    "Mon, 04 Dec 2023 09:49:00 GMT": AT,
    "Mon Dec 04 2023 10:49:00 GMT+0100 (CET)": AT,
    "2023-dec-04": MIDNIGHT,
    "1 mrt 2023": dt.datetime(2023, 3, 1),
    "20231204.0": MIDNIGHT,
    "20231204,00": MIDNIGHT,
    "/Date(1701683340000)/": AT,
    "/Date(1701683340000+0100)/": AT,
    "Montag, 4. Dezember 2023 10:49": AT,
    "Mo 4. Dez. 2023 um 10:49 Uhr": AT,
    "4. Mai 2023": dt.datetime(2023, 5, 4),
    "05-Mär-2023": dt.datetime(2023, 3, 5),
    "5 März 2023": dt.datetime(2023, 3, 5),
    "lundi 4 décembre 2023 à 10h49": AT,
    "4 déc. 2023 10:49": AT,
    "1er août 2023": dt.datetime(2023, 8, 1),
    "3 févr. 2023": dt.datetime(2023, 2, 3),
    "3 juin 2023": dt.datetime(2023, 6, 3),
    "14 juillet 2023": dt.datetime(2023, 7, 14),
    "mardi 14 mars 2023": dt.datetime(2023, 3, 14),
    "zo 5 maart 2023": dt.datetime(2023, 3, 5),
    "3 mei 2023": dt.datetime(2023, 5, 3),
    "3 okt 2023": dt.datetime(2023, 10, 3),
    "5-Sept-2023": dt.datetime(2023, 9, 5),
    "vr 3 nov 2023": dt.datetime(2023, 11, 3),
    "2023-02-30": None,
    "2023-12-04 25:00": None,
    "2023-12-04 13:49 AM": None,
    "2023-12-04 0:49 PM": None,
    "2023-12": None,
    "2023": None,
    "10:49": None,
    "2023-W49-1": None,
    "2023-12-04 10:49 - 10:55": None,
    "2023-12-04 10:49 EST": None,
    "dec 2023": None,
    "/Date(1701683)/": None,
    "20231304.0": None,
    "99 dec 2023": None,
    "2023-12-04 10:49 Europe/London": None,
    "#N/A": None,
    "0001-01-01": None,
    "1900-01-01": None,
    "1899-12-30 00:00:00": None,
}
UNIX = {
    "1701683340": AT,
    "1701683340.25": AT,
    "1701683340000": AT,
    "1701683340000000": AT,
    "170168": None,
}
ENDS = {
    "2023-12-04": dt.date(2023, 12, 4),
    "2098-12-31": dt.date(2098, 12, 31),
    **dict.fromkeys(
        (
            *("1900-01-01", "1899-12-30", "1899-12-31 00:00:00", "1901-01-01", "1753-01-01"),
            *("0001-01-01", "0000-00-00", "0000-00-00 00:00:00", "1970-01-01", "9999-12-31"),
            *("2999-12-31", "2099-12-31", "9999-12-31 23:59:59", "NULL", "null", "\\N", "NaT"),
            *("None", "n/a", "nvt", "N.V.T.", "-", "--", "(leeg)", "", " "),
            *(".", "''", "—", "__-__-____", "-   -", "_/_/_", "k.A.", "(Leer)", "(Vide)", "n.d."),
            *("lopend", "Onbepaalde tijd", "unbefristet", "en cours", "HEDEN"),
        ),
        None,
    ),
}
AMOUNTS = {
    **dict.fromkeys(
        (
            *("25,00 EUR", "EUR 25,00", "€ 25,-", "25,00 €", "€25", "25.-", "€ 25,--", "25 euro"),
            *("25,=", "25.00", "25,00", "25", "25.000000", "€\u00a025,00"),
            *("25,00+", "25 +", "+25"),
        ),
        25.0,
    ),
    **dict.fromkeys(
        ("1 234,50", "1\u00a0234,50", "1\u202f234,50", "1.234,50", "1'234.50", "1,234.50"), 1234.5
    ),
    **dict.fromkeys((",50", "0,50", "€ 0,50"), 0.5),
    **dict.fromkeys(("-25,00", "25,00-", "(25,00)", "€ (25,00)", "-€ 25", "− 25,00"), -25.0),
    **dict.fromkeys(("\u201025,00", "\u2011 25", "\uff0d25.00"), -25.0),
    **dict.fromkeys(
        ("25,00 CR", "25,00 D", "[25,00]", "<25,00>", "25,00 +-", "\uff12\uff15"), None
    ),
    **dict.fromkeys(
        ("25,00 p/m", "10%", "1e3", "#NULL!", "12,3,4", "1.23.4", "vijf", "25 26", "$ 25"),
        None,
    ),
}
FLAGS = {
    **dict.fromkeys(("t", "T", "true", "1", "1.0", "1,00", "Ja", "J", "YES", "waar", "aan"), True),
    **dict.fromkeys(("WAHR", "Vrai", "OUI", ".T.", "✓", "✔"), True),
    **dict.fromkeys(("Falsch", "FAUX", "non", "Nein", ".F.", "✗", "✘"), False),
    **dict.fromkeys(("f", "F", "false", "0", "0.0", "nee", "N", "ONWAAR", "uit", "off"), False),
    **dict.fromkeys(("X", "2", "1.5", "10", "-1", "v", "misschien"), None),
}
COUNTS = {
    **dict.fromkeys(("12", "12.0", "12,0", "12.00", " 12 "), 12),
    **dict.fromkeys(("12.5", "12.000", "-1", "1e3", "twaalf", "1.000", "12.", "+12"), None),
}

WORDS = {"gift": "donation", "los nummer": "purchase"}
CODES = {
    **dict.fromkeys(("Gift", " gift ", "donation", "DONATION"), "donation"),
    "Los nummer": "purchase",
    "NULL": "",
    "machtiging": "",
}


def column(table: str, name: str) -> Column:
    return next(column for column in TABLES[table] if column.name == name)


MOMENT, END, AMOUNT = column("calls", "called_at"), column("events", "ends_on"), "amount"
KINDS: Sequence[tuple[str, Column, Notation, Mapping[str, Any]]] = [
    ("day", MOMENT, Notation(dates="day-first", is_odd=True, clock=1, short=1), DAY_FIRST),
    ("month", MOMENT, Notation(dates="month-first", is_odd=True, clock=1, short=1), MONTH_FIRST),
    ("one way", MOMENT, Notation(is_odd=True, clock=1, with_offset=1), ONE_WAY),
    ("unix", MOMENT, Notation(dates="unix"), UNIX),
    ("ends", END, Notation(is_odd=True), ENDS),
    ("ends plainly", END, Notation(), ENDS),
    ("amounts", column("events", AMOUNT), Notation(decimal=",", is_odd=True), AMOUNTS),
    ("flags", column("calls", "net_contact"), Notation(), FLAGS),
    ("codes", column("events", "kind"), Notation(), CODES),
    ("counts", column("calls", "months_since_purchase"), Notation(), COUNTS),
]


def assert_read(engine: Engine) -> None:
    """Read every cell, and tell all that are read otherwise at once."""
    wrong = []
    for name, kind, notation, cells in KINDS:
        rows = engine.put(
            f"cells_{name.replace(' ', '_')}",
            pa.table({"number": range(len(cells)), "cell": pa.array(cells, pa.string())}),
        )
        moment = None
        if notation.is_odd and kind.kind != "amount":
            rows = rows.mutate(text=simple_text(text_of(rows.cell), notation))
            rows = rows.mutate(moment=moment_of_simple(rows["text"], notation))
            moment = rows.moment
        found = rows.select("number", value=cast(rows.cell, kind, notation, WORDS, moment).value)
        values = engine.fetch(found.order_by("number"))["value"].to_pylist()
        read = zip(cells.items(), values, strict=True)
        wrong += [(name, cell, value) for (cell, right), value in read if value != right]
    assert wrong == [], wrong


Spelling = Callable[[str, int], str]
Table = tuple[list[str], list[list[str]]]
MOMENTS = (
    "%Y/%m/%d %H:%M",
    "%Y%m%d%H%M%S",
    "%d %b %Y %I:%M %p",
    "%Y-%m-%d %H:%M:00.0000000",
    "%Y-%m-%dT%H:%M:00 Europe/Amsterdam",
)
DAYS = ("%Y%m%d", "%d-%b-%Y", "%A, %B %d, %Y", "%Y.%m.%d", "%Y-%m-%dT00:00:00.0000000")
NO_END = ("", "NULL", "1900-01-01", "9999-12-31 00:00:00", "0001-01-01", "n.v.t.")
EUROS = {
    "12.5": ("€ 12,50", "12,50 EUR", "12.5", "12,500000", "€\u00a012,50"),
    "-10.0": ("(10,00)", "10,00-", "€ -10,00"),
    "0.0": ("€ 0,-", "0.00"),
    "": ("NULL", "n.v.t.", "", "nan"),
}
KINDS_OF_THEIRS = {"donation": "Periodieke gift", "purchase": "los nummer", "": "\\N"}
VALUES = """
[data.events.values]
kind = { donation = ["periodieke gift"], purchase = ["Los nummer"] }
"""


def _turns(*words: str) -> Spelling:
    return lambda _, turn: words[turn % len(words)]


def _when(patterns: Sequence[str]) -> Spelling:
    def spelled(text: str, turn: int) -> str:
        pattern = patterns[turn % len(patterns)]
        return dt.datetime.fromisoformat(text).strftime(pattern) if text else text

    return spelled


def _flag(text: str, turn: int) -> str:
    word = _turns(*(("t", "1.0", "Ja", "WAAR") if text == "true" else ("f", "0,0", "nee ", "uit")))
    return word(text, turn)


SPELLINGS: Mapping[str, Spelling] = {
    "called_at": _when(MOMENTS),
    "net_contact": _flag,
    "converted": _flag,
    "campaign": lambda text, turn: text or ("NULL", "(leeg)", " ")[turn % 3],
    "occurred_on": _when(DAYS),
    "objected_on": _when(DAYS),
    "complained_on": _when(DAYS),
    "ends_on": lambda text, turn: text or NO_END[turn % len(NO_END)],
    "amount": lambda text, turn: _turns(*EUROS[text])(text, turn),
    "kind": lambda text, _: KINDS_OF_THEIRS.get(text, text.upper()),
    "months_since_purchase": lambda text, turn: (
        f"{text}{('.0', '', ',00')[turn % 3]}" if text else ""
    ),
}


def oddly(table: Table) -> Table:
    """Return a table in which every column is written in one-way notations, by turns."""
    header, rows = table
    plain = [(name, SPELLINGS.get(name, lambda text, _: text)) for name in header]
    return header, [
        [
            spell(cell, turn + place)
            for place, ((_, spell), cell) in enumerate(zip(plain, row, strict=True))
        ]
        for turn, row in enumerate(rows)
    ]


def write_odd_world(folder: Path) -> Dossier:
    """Return the dossier of a history with every table, after writing its cells oddly."""
    world = crowded_world(
        seed=5, customers=25, has_kind=True, has_ends_on=True, with_complaints=False
    )
    ends = [
        dataclasses.replace(event, ends_on=None) if place % 3 else event
        for place, event in enumerate(world.events or ())
    ]
    dossier = write_world(folder, dataclasses.replace(world, events=ends))
    for name, table in files_of(folder).items():
        write_csv(folder / f"{name}.csv", *oddly(table))
    text = dossier.path.read_text("utf-8").replace("[settings]", f"{VALUES}[settings]")
    dossier.path.write_text(text, "utf-8")
    return load_dossier(dossier.path)


def half_swapped(text: str) -> str:
    """Return a moment as Excel leaves it where it takes the day of a Dutch moment for a month."""
    when = dt.datetime.fromisoformat(text)
    if when.day > 12:
        return f"{when:%d-%m-%Y %H:%M}"
    return f"{when.replace(month=when.day, day=when.month):%Y-%m-%d %H:%M}"
