"""The same five calls in many forms: whatever form, the same months, or one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.columns.requests import requests
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.exposure import Exposure, load_exposure
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources.checks import typed
from balanstest_analysis.history.sources.file_layouts import open_parts
from balanstest_analysis.history.sources.part_notations import written_parts
from balanstest_analysis.history.sources.parts import Part, Place
from tests.awkward_exports import (
    CALLS,
    DOSSIER,
    EVENT_HEADER,
    EVENTS,
    HEADER,
    RIGHT,
    csv_text,
)

SECRET = b"a secret for tests"
TABLE = [list(HEADER), *(list(row) for row in CALLS)]
TEXT = csv_text(TABLE)
ROWS = sorted(tuple(row) for row in CALLS)


def dossier_of_calls(folder: Path, path: str, calls: str = "", events: str = "") -> Dossier:
    """Return a dossier of the calls at a path, with the plain events beside it."""
    if not (folder / "events.csv").exists():
        (folder / "events.csv").write_text(csv_text([EVENT_HEADER, *EVENTS]), "utf-8")
    dossier = DOSSIER.format(events=events, calls=calls, suffix="csv")
    dossier = dossier.replace('path = "calls.csv"', f"path = '{path}'")
    (folder / "balanstest.toml").write_text(dossier, "utf-8")
    return load_dossier(folder / "balanstest.toml")


def exposure_of_calls(folder: Path, path: str, calls: str = "", events: str = "") -> Exposure:
    """Return the exposure of the calls at a path; it takes a second, `read_calls` a tenth."""
    return load_exposure(dossier_of_calls(folder, path, calls, events), SECRET)


@dataclass(frozen=True, kw_only=True)
class ReadCalls:
    """The calls of files as they are stored there, without the rows that are none of the table.

    Attributes:
        rows: their cells, sorted.
        parts: the files, by layout.
    """

    rows: list[tuple[Any, ...]]
    parts: tuple[Part, ...]

    @property
    def below(self) -> int:
        """Rows that were left out."""
        return sum(part.seen.below for part in self.parts)

    @property
    def first_below(self) -> Place | None:
        """The first of them."""
        return next((part.seen.first_below for part in self.parts if part.seen.below), None)

    @property
    def hidden(self) -> list[Place]:
        """Rows that are hidden in their sheet."""
        return [place for part in self.parts for place in part.seen.hidden]


@lru_cache(maxsize=1)
def _engine() -> DuckDBEngine:
    return DuckDBEngine()


def read_calls(folder: Path, path: str, calls: str = "") -> ReadCalls:
    """Return the calls of files as they are stored there."""
    dossier = dossier_of_calls(folder, path, calls)
    parts = tuple(
        part
        for asked in requests(dossier, "calls")
        for part in open_parts(_engine(), dossier, asked)
    )
    stored = [part.stored.select(*HEADER) for part in parts]
    return ReadCalls(rows=_fetched(stored), parts=parts)


def typed_calls(folder: Path, path: str, names: Sequence[str] = HEADER) -> list[tuple[Any, ...]]:
    """Return columns of the calls with the types in which they are counted, sorted."""
    dossier = dossier_of_calls(folder, path)
    [asked] = requests(dossier, "calls")
    values = [
        part.stored.select(
            **{c.name: typed(part, part.stored, c).value for c in part.columns if c.name in names}
        ).select(*names)
        for part in written_parts(_engine(), dossier, asked)
    ]
    return _fetched(values)


def _fetched(tables: Sequence[Any]) -> list[tuple[Any, ...]]:
    rows = [row for table in tables for row in _engine().fetch(table).to_pylist()]
    return sorted(tuple(row.values()) for row in rows)


def months_of(exposure: Exposure) -> dict[int, tuple[int, int]]:
    """Return net contacts and conversions per month."""
    frame = exposure.month_table.frame.groupby("month")
    found = frame[["conversion_exposure", "conversion_events"]].sum()
    return {int(m): (int(a), int(b)) for m, a, b in found.itertuples() if a}


def found(exposure: Exposure, code: str) -> Finding | None:
    """Return a finding, or None."""
    return next((one for one in exposure.findings if one.code == code), None)


def assert_right(exposure: Exposure) -> None:
    """Assert that the months are those of the five calls."""
    assert months_of(exposure) == RIGHT


def halves() -> tuple[Sequence[Sequence[Any]], Sequence[Sequence[Any]]]:
    """Return the calls in two tables with the same header."""
    return TABLE[:4], [TABLE[0], *TABLE[4:]]
