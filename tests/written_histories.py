"""One history written in random notations and formats, split over random files and sources.

Whatever is drawn, it is the same history: the same months, and as many findings about the calls.
"""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import io
import lzma
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure import Exposure, build_exposure
from tests.awkward_workbooks import write_workbook
from tests.histories import crowded_world, tables, world_tables, write_dossier
from tests.workbook_formats import WRITERS

SECRET = b"a secret for tests"
DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d)(:\d\d)?)?$")
WORDS = {
    "plain": {},
    "Dutch": {"true": "WAAR", "false": "ONWAAR", "ja": "J", "nee": "N"},
    "numbers": {"true": "1", "false": "0", "ja": "1", "nee": "0"},
    "PostgreSQL": {"true": "t", "false": "f", "ja": "t", "nee": "f"},
    "pandas": {"true": "1.0", "false": "0.0", "ja": "1.0", "nee": "0.0"},
}
TRUE = {"true", "ja"}
DUTCH = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAYS: dict[str, Callable[[re.Match[str]], str]] = {
    "iso": lambda m: m[0],
    "T": lambda m: m[0].replace(" ", "T"),
    "day-first": lambda m: f"{m[3]}-{m[2]}-{m[1]}" + (f" {m[4]}" if m[4] else ""),
    "slashes": lambda m: f"{int(m[3])}/{int(m[2])}/{m[1]}" + (f" {m[4]}:00" if m[4] else ""),
    "month-first": lambda m: f"{m[2]}/{m[3]}/{m[1]}" + (f" {m[4]}" if m[4] else ""),
    "year and slashes": lambda m: f"{m[1]}/{m[2]}/{m[3]}" + (f" {m[4]}" if m[4] else ""),
    "compact": lambda m: m[1] + m[2] + m[3] + (m[4].replace(":", "") + "00" if m[4] else ""),
    "dots": lambda m: f"{m[3]}.{m[2]}.{m[1]}" + (f" {m[4]}" if m[4] else ""),
    "Dutch": lambda m: f"{int(m[3])} {DUTCH[int(m[2]) - 1]} {m[1]}" + (f" {m[4]}" * bool(m[4])),
    "Oracle": lambda m: f"{m[3]}-{ENGLISH[int(m[2]) - 1]}-{m[1]}" + (f" {m[4]}" * bool(m[4])),
    "AM and PM": lambda m: f"{m[2]}/{m[3]}/{m[1]}" + (f" {twelve(m[4])}" if m[4] else ""),
    "place": lambda m: m[0] + (" Europe/Amsterdam" if m[4] else ""),
    "fractions": lambda m: m[0] + (":00,0000000" if m[4] and not m[5] else ""),
}
# In a part of a history no day need be over 12, so that the order is asked.
ORDERS = {
    "day-first": "day-first",
    "slashes": "day-first",
    "dots": "day-first",
    "month-first": "month-first",
    "AM and PM": "month-first",
}
AMOUNTS: dict[str, Callable[[str], str]] = {
    "point": lambda text: text,
    "comma": lambda text: text.replace(".", ","),
    "sign": lambda text: f"€ {float(text):.2f}".replace(".", ","),
    "name": lambda text: f"{float(text):.2f} EUR".replace(".", ","),
    "dash": lambda text: f"€ {float(text):.0f},-" if float(text).is_integer() else text,
}


def twelve(time: str) -> str:
    """Return a time of the day as a clock with AM and PM shows it."""
    hour, minute = map(int, time.split(":"))
    return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'p.m.'}"


TIMES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "seconds": lambda time: f"{time[:5]}:00",
    "dots": lambda time: time.replace(":", "."),
    "short": lambda time: time.removeprefix("0"),
    "AM and PM": lambda time: twelve(time[:5]),
    "no day": lambda time: f"30-12-1899 {time[:5]}:00",
}
EMPTY = ("", "NULL", "\\N")
NO_END = (*EMPTY, "1900-01-01", "0000-00-00", "9999-12-31")
KEYS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "blank": lambda key: f" {key}\u00a0",
    "apostrophe": lambda key: f"'{key}",
    "formula": lambda key: f'="{key}"',
}
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
FORMATS = ("csv", "csv", "txt", *PACKERS, "zip", *WRITERS, "stored", "parquet", "parquet")
ROWS_OF_XLS = 100
# Findings about the way a history is written, and not about what happened.
OF_WRITING = {"sentinel_dates"}
# The columns of a call of which the day and the time stand apart.
DAY_OF_CALL, TIME = MOMENT = ("day", "time")
Table = tuple[list[str], list[list[str]]]


@dataclass(frozen=True, kw_only=True)
class Notation:
    """How the cells of a source are written: names of the choices above."""

    days: str = "iso"
    words: str = "plain"
    amounts: str = "point"
    no_end: str = ""
    keys: str = "plain"
    times: str = "plain"


def drawn(rng: random.Random) -> Notation:
    """Return a random notation."""
    days = rng.choice(list(DAYS))
    return Notation(
        days=days,
        words=rng.choice(list(WORDS)),
        amounts=rng.choice(list(AMOUNTS)),
        no_end=rng.choice(EMPTY if days in ORDERS else NO_END),
        keys=rng.choice(list(KEYS)),
        times=rng.choice(list(TIMES)),
    )


def written(table: Table, notation: Notation) -> Table:
    """Return a table in another notation."""
    header, rows = table

    def cell(name: str, text: str) -> str:
        if name == "customer_id":
            return KEYS[notation.keys](text)
        if name == TIME:
            return TIMES[notation.times](text)
        if name == "amount":
            return AMOUNTS[notation.amounts](text) if text else text
        if name == "ends_on" and not text:
            return notation.no_end
        found = DAY.match(text)
        return DAYS[notation.days](found) if found else WORDS[notation.words].get(text, text)

    return header, [list(map(cell, header, row)) for row in rows]


# ---------------------------------------------------------------- files


def csv_bytes(table: Table, rng: random.Random) -> bytes:
    """Return a table as CSV of some kind."""
    header, rows = table
    text = io.StringIO()
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    end = rng.choice(["\n", "\n", "\r\n", "\r\n", "\r", "\r\r\n"])
    writer = csv.writer(text, delimiter=rng.choice(",;\t|"), quoting=quoting, lineterminator=end)
    writer.writerows([*rng.choice([[], [], [["Export"], []]]), header, *rows])
    return text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a source is laid out.

    Attributes:
        notation: of its cells.
        prefix: before the names of its columns.
    """

    notation: Notation
    prefix: str

    def names(self, header: Sequence[str]) -> list[str]:
        """Return our names as the files write them."""
        return [self.prefix + name for name in header]


def write_file(place: Path, form: str, table: Table, layout: Layout, rng: random.Random) -> None:
    """Write a table into a file of a format; the place is without suffix."""
    header, rows = table
    names = layout.names(header)
    if form == "parquet":
        arrow = arrow_table(table, rng).rename_columns(names)
        pq.write_table(arrow, place.with_suffix(".parquet"))
    elif form == "stored":
        sheet = [["Titel"], [], names, *(list(map(stored, header, row)) for row in rows)]
        write_workbook(place.with_suffix(".xlsx"), {"Blad1": sheet})
    elif form in WRITERS:
        kind = "xlsb" if form == "xls" and len(rows) > ROWS_OF_XLS else form
        cells = written(table, layout.notation)[1]
        WRITERS[kind](place.with_suffix(f".{kind}"), [names, *cells])
    else:
        content = csv_bytes((names, written(table, layout.notation)[1]), rng)
        _write_text(place, form, content)


def _write_text(place: Path, form: str, content: bytes) -> None:
    if form in PACKERS:
        place.with_suffix(f".csv.{form}").write_bytes(PACKERS[form](content))
    elif form == "zip":
        with zipfile.ZipFile(place.with_suffix(".zip"), "w") as archive:
            archive.writestr(f"{place.name}.csv", content)
    else:
        place.with_suffix(f".{form}").write_bytes(content)


def stored(name: str, text: str) -> str | dt.datetime | float | bool | None:
    """Return a cell of text as a workbook stores it."""
    if not text:
        return None
    if name in {"net_contact", "converted"}:
        return text in TRUE
    if name == "amount":
        return float(text)
    return dt.datetime.fromisoformat(text) if DAY.match(text) else text


def arrow_table(table: Table, rng: random.Random) -> pa.Table:
    """Return a table as Arrow, each column in one of the types that can hold it."""
    header, rows = table
    columns = {name: [row[n] or None for row in rows] for n, name in enumerate(header)}
    return pa.table({name: _arrow(name, cells, rng) for name, cells in columns.items()})


def _arrow(name: str, cells: Sequence[str | None], rng: random.Random) -> pa.Array:
    if name in {"net_contact", "converted"}:
        flags = pa.array([cell in TRUE for cell in cells])
        return flags.cast(rng.choice([pa.bool_(), pa.int8(), pa.int64(), pa.uint8()]))
    if name == "amount":
        kind = rng.choice([pa.float64(), pa.float32(), pa.decimal128(12, 2), pa.string()])
        numbers = [None if cell is None else Decimal(cell) for cell in cells]
        if pa.types.is_decimal(kind):
            return pa.array(numbers, kind)
        return pa.array([None if n is None else float(n) for n in numbers]).cast(kind)
    if name == "called_at":
        zone = rng.choice([None, None, "Europe/Amsterdam", "UTC"])
        moments = pd.Series(pd.to_datetime(list(cells)))
        if zone:
            moments = moments.dt.tz_localize("Europe/Amsterdam").dt.tz_convert(zone)
        unit = rng.choice(["ms", "us", "ns"])
        return pa.Array.from_pandas(moments).cast(pa.timestamp(unit, tz=zone))
    if name == TIME:
        kind = rng.choice([pa.string(), pa.time32("s"), pa.time64("us")])
        times = [None if cell is None else dt.time.fromisoformat(cell) for cell in cells]
        return pa.array(cells) if kind == pa.string() else pa.array(times, kind)
    if name in {"occurred_on", "ends_on", "objected_on", "complained_on", DAY_OF_CALL}:
        days = pa.array([None if cell is None else dt.date.fromisoformat(cell) for cell in cells])
        return days.cast(rng.choice([pa.date32(), pa.date64(), pa.timestamp("us"), pa.string()]))
    text = pa.array(cells, pa.string())
    kinds = (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()))
    return text.cast(rng.choice(kinds))


# ---------------------------------------------------------------- sources


def _parts(
    rows: list[list[str]], most: int, least: int, rng: random.Random
) -> list[list[list[str]]]:
    """Divide rows at random over some parts, none with less than the least."""
    number = min(rng.choice(range(1, most + 1)), max(1, len(rows) // (3 * least)))
    parts: list[list[list[str]]] = [rows[n * least : (n + 1) * least] for n in range(number)]
    for row in rows[number * least :]:
        rng.choice(parts).append(row)
    return parts


def with_time_apart(table: Table) -> Table:
    """Return calls of which the day and the time stand in two columns."""
    header, rows = table
    at = header.index("called_at")
    moments = [row[at].partition(" ") for row in rows]
    names = [*header[:at], *MOMENT, *header[at + 1 :]]
    return names, [
        [*row[:at], day, time, *row[at + 1 :]]
        for row, (day, _, time) in zip(rows, moments, strict=True)
    ]


def write_source(folder: Path, name: str, table: Table, rng: random.Random) -> str:
    """Return what the dossier states of a source, after writing its rows over files."""
    apart = "called_at" in table[0] and rng.random() < 0.4
    header, rows = with_time_apart(table) if apart else table
    layout = Layout(notation=drawn(rng), prefix=rng.choice(["", "", "k_"]))
    parts = _parts(rows, 3, 8, rng)
    (folder / name).mkdir()
    is_hive = rng.random() < 0.3
    for number, part in enumerate(parts):
        place = folder / name / f"deel={number}" if is_hive else folder / name
        place.mkdir(exist_ok=True)
        form = rng.choice(FORMATS)
        write_file(place / f"deel{number}", form, (header, part), layout, rng)
    lines = [f'path = "{name}"']
    if layout.notation.days in ORDERS:
        lines.append(f'dates = "{ORDERS[layout.notation.days]}"')
    names = dict(zip(header, layout.names(header), strict=True))
    pairs = [f'{ours} = "{theirs}"' for ours, theirs in names.items() if ours not in MOMENT]
    if apart:
        pairs.append(f'called_at = ["{names[DAY_OF_CALL]}", "{names[TIME]}"]')
    if layout.prefix or apart:
        lines.append(f"columns = {{ {', '.join(pairs)} }}")
    return "\n".join(lines)


def write_history(folder: Path, made: dict[str, Table], rng: random.Random) -> Dossier:
    """Return the dossier of a history, every table of which is written in a way of its own."""
    data = []
    for table, (header, rows) in made.items():
        order = rng.sample(rows, len(rows))
        sources = _parts(order, 2, 20, rng)
        for number, part in enumerate(sources):
            lines = write_source(folder, f"{table}{number}", (header, part), rng)
            heading = f"[[data.{table}]]" if len(sources) > 1 else f"[data.{table}]"
            data.append(f"{heading}\n{lines}")
    return write_dossier(folder, "\n".join(data))


def told_of_calls(exposure: Exposure) -> dict[str, int]:
    """Return how often each finding is told that is not about how the history is written."""
    return {f.code: f.count for f in exposure.findings if f.code not in OF_WRITING}


def difference(folder: Path, seed: int) -> str:
    """Return in what a history differs once it is written otherwise; empty where in nothing."""
    rng = random.Random(seed)
    choices = {"has_kind": rng.random() < 0.5, "has_ends_on": rng.random() < 0.5}
    made = world_tables(crowded_world(seed=seed, with_call_ids=True, **choices))
    plain, other = folder / "plain", folder / "other"
    for place in (plain, other):
        place.mkdir()
    for name, (header, rows) in made.items():
        with (plain / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    first = build_exposure(write_dossier(plain, tables(*made)), SECRET)
    again = build_exposure(write_history(other, made, rng), SECRET)
    pairs = {
        "months": (first.month_table.frame.to_csv(), again.month_table.frame.to_csv()),
        "bridge": (first.bridge, again.bridge),
        "findings": (told_of_calls(first), told_of_calls(again)),
    }
    return "; ".join(f"{name}: {a} and {b}" for name, (a, b) in pairs.items() if a != b)
