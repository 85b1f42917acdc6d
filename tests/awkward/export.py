"""What an awkward export is, the two histories that all of them tell, and how one is written."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.awkward.plain_count import Months, called, count_months, given

HEADER = ("customer_id", "called_at", "net_contact", "converted")
CALLS = (
    ("001", "2024-12-31 14:05", "true", "false"),
    ("002", "2025-01-02 09:30", "true", "true"),
    ("003", "2025-02-03 23:30", "false", "false"),
    ("004", "2025-03-04 10:00", "true", "false"),
    ("001", "2025-04-05 11:15", "true", "false"),
)
EVENT_HEADER = ("customer_id", "occurred_on", "amount")
EVENTS = (
    ("001", "2023-12-31", "25.00"),
    ("002", "2024-06-13", "12.50"),
    ("003", "2024-02-01", "1234.50"),
    ("004", "2024-11-04", "0.00"),
)
RIGHT: Months = {6: (1, 1), 12: (1, 0), 15: (1, 0)}
Write = Callable[[Path], None]
Row = Sequence[Any]
Table = Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Export:
    """One export and what must become of it.

    Attributes:
        name: as a sentence about the export.
        kind: what is awkward about it.
        write: writes the calls, and the events where they differ from the plain ones.
        calls: extra lines under ``[data.calls]``.
        events: extra lines under ``[data.events]``.
        suffix: of the calls.
        path: of the calls, where they are no single file.
        data: the tables of the dossier, in place of calls and events.
        refused: parts of the message when it must be refused; empty for the right numbers.
        months: what comes out when it is read, where that is not `RIGHT`.
        findings: what must be found beside what every small history has; nothing else may be.
    """

    name: str
    kind: str
    write: Write
    calls: str = ""
    events: str = ""
    suffix: str = "csv"
    path: str = ""
    data: str = ""
    refused: tuple[str, ...] = ()
    months: Months | None = None
    findings: tuple[str, ...] = ()

    @property
    def right(self) -> Months:
        """Net contacts and conversions per month when it is read."""
        return RIGHT if self.months is None else self.months


DOSSIER = """\
schema = 1
template = "opt-in"
organisation = {{ name = "Voorbeeld", sector = "charity", fictitious = true }}
scope = {{ category = "giften" }}
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
[data]
data_through = 2026-09-30
[data.events]
path = "events.csv"
{events}
[data.calls]
path = "calls.{suffix}"
{calls}
"""


def write_export(folder: Path, export: Export) -> Path:
    """Return the dossier of an export, after writing its files."""
    put(folder, "events.csv", csv_text([EVENT_HEADER, *EVENTS]))
    export.write(folder)
    dossier = DOSSIER.format(events=export.events, calls=export.calls, suffix=export.suffix)
    if export.path:
        dossier = dossier.replace(f'path = "calls.{export.suffix}"', f'path = "{export.path}"')
    if export.data:
        dossier = f"{dossier.split('[data.events]', 1)[0]}{export.data}\n"
    put(folder, "balanstest.toml", dossier)
    return folder / "balanstest.toml"


# ---------------------------------------------------------------- writing


def put(folder: Path, name: str, content: bytes | str) -> None:
    """Write a file, and the folders that it is in."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def files(**contents: bytes | str) -> Write:
    """Return what writes files; a double underscore stands for a point, three for a slash."""
    names = {n: n.replace("___", "/").replace("__", ".") for n in contents}
    return all_of(*(raw(contents[n], names[n]) for n in contents))


def raw(content: bytes | str, name: str = "calls.csv") -> Write:
    """Return what writes one file."""
    return lambda folder: put(folder, name, content)


def text(content: str, encoding: str = "utf-8") -> Write:
    """Return what writes this text as the calls."""
    return raw(content.encode(encoding))


def all_of(*writes: Write) -> Write:
    """Return what writes one after the other."""

    def write(folder: Path) -> None:
        for one in writes:
            one(folder)

    return write


def csv_text(table: Table, delimiter: str = ",", end: str = "\n") -> str:
    """Return a table as CSV."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(table)
    return file.getvalue()


def rows(change: Callable[[tuple[str, ...]], Row] = lambda row: row) -> list[list[Any]]:
    """Return header and calls as text, every call changed."""
    return [list(HEADER), *(list(change(row)) for row in CALLS)]


def beside(column: str, *cells: Any, table: Table | None = None) -> list[list[Any]]:
    """Return the calls, or another table, with one more column."""
    known = rows() if table is None else table
    return [[*row, cell] for row, cell in zip(known, [column, *cells], strict=True)]


def event_rows(change: Callable[[tuple[str, ...]], Row] = lambda row: row) -> list[list[Any]]:
    """Return header and events as text, every event changed."""
    return [list(EVENT_HEADER), *(list(change(row)) for row in EVENTS)]


def with_events(table: Table, delimiter: str = ",") -> Write:
    """Return what writes the plain calls, and these events."""
    return all_of(text(PLAIN), raw(csv_text(table, delimiter), "events.csv"))


def dated(pattern: str) -> list[list[Any]]:
    """Return the calls with moments written by a pattern of y, m, d, H and M."""

    def change(row: tuple[str, ...]) -> tuple[str, ...]:
        y, m, d, hour, minute = (
            row[1][a:b] for a, b in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16))
        )
        names = {"y": y, "m": m, "d": d, "H": hour, "M": minute, "j": str(int(d)), "n": str(int(m))}
        return (row[0], pattern.format(**names, h=int(hour), yy=y[2:]), *row[2:])

    return rows(change)


def flagged(true: Any, false: Any) -> list[list[Any]]:
    """Return the calls with flags written otherwise."""
    words = {"true": true, "false": false}
    return rows(lambda row: (*row[:2], words[row[2]], words[row[3]]))


def amounts(*texts: str, delimiter: str = ";") -> Write:
    """Return what writes the plain calls, and events with these amounts."""
    table = [EVENT_HEADER, *((*row[:2], amount) for row, amount in zip(EVENTS, texts, strict=True))]
    return with_events(table, delimiter)


PLAIN = csv_text(rows())
SEMICOLON = csv_text(rows(), ";")
DUTCH = csv_text(dated("{d}-{m}-{y} {H}:{M}"), ";")
FIRST = csv_text(rows()[:3])
SECOND = csv_text([HEADER, *rows()[3:]])
OF_FIRST = count_months(called(*CALLS[:2]), given(*EVENTS))


# ---------------------------------------------------------------- a history of more rows


def _many() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return calls and events of forty donors, the same ones every time."""
    rng = random.Random(15)
    calls, events = [], []
    for number in range(40):
        key = f"K{7301 + 13 * number}"
        gift = dt.date(2023, 6, 1) + dt.timedelta(days=rng.randrange(360))
        events.append((key, gift.isoformat(), f"{rng.choice((10, 12.5, 25, 50)):.2f}"))
        day = gift + dt.timedelta(days=rng.randrange(20, 200))
        for _ in range(rng.randrange(1, 4)):
            day += dt.timedelta(days=rng.randrange(3, 90))
            day += dt.timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())
            reached = rng.random() < 0.7
            flags = (reached, reached and rng.random() < 0.3)
            moment = f"{day} {rng.randrange(10, 17)}:{rng.randrange(60):02d}"
            calls.append((key, moment, *(str(flag).lower() for flag in flags)))
    return sorted(calls, key=lambda call: call[1]), events


MANY_CALLS, MANY_EVENTS = _many()
MANY_RIGHT = count_months(called(*MANY_CALLS), given(*MANY_EVENTS))
MANY_TEXT = csv_text([HEADER, *MANY_CALLS])
MANY_GIFTS = raw(csv_text([EVENT_HEADER, *MANY_EVENTS]), "events.csv")
