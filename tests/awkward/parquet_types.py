"""Parquet with any type of column."""

from __future__ import annotations

import datetime as dt
import decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.awkward.export import (
    CALLS,
    EVENT_HEADER,
    EVENTS,
    HEADER,
    PLAIN,
    Export,
    Write,
    all_of,
    text,
)

TYPES = "parquet-tz-ns"

MOMENTS = [dt.datetime.fromisoformat(row[1]) for row in CALLS]

UTC_MOMENTS = [
    (at - dt.timedelta(hours=2 if at.month == 4 else 1)).replace(tzinfo=dt.UTC) for at in MOMENTS
]


def _typed(**columns: Any) -> Write:
    """Return what writes the calls as Parquet, with columns of other types."""

    def write(folder: Path) -> None:
        known = dict(zip(HEADER, zip(*CALLS, strict=True), strict=True))
        pq.write_table(pa.table({**known, **columns}), folder / "calls.parquet")

    return write


def _typed_gifts(**columns: Any) -> Write:
    def write(folder: Path) -> None:
        known = dict(zip(EVENT_HEADER, zip(*EVENTS, strict=True), strict=True))
        pq.write_table(pa.table({**known, **columns}), folder / "events.csv")

    return all_of(text(PLAIN), write)


def _moments(unit: str, zone: str | None) -> pa.Array:
    return pa.array(UTC_MOMENTS if zone else MOMENTS, pa.timestamp(unit, zone))


GIFT_DAYS = [dt.date.fromisoformat(row[1]) for row in EVENTS]

SUMS = [decimal.Decimal(row[2]) for row in EVENTS]

KEYS = [row[0] for row in CALLS]

CALL_TYPES: dict[str, dict[str, Any]] = {
    "nanoseconds of a zone": {"called_at": _moments("ns", "Europe/Amsterdam")},
    "nanoseconds of another zone": {"called_at": _moments("ns", "America/New_York")},
    "microseconds of UTC": {"called_at": _moments("us", "UTC")},
    "milliseconds without a zone": {"called_at": _moments("ms", None)},
    "seconds with an offset": {"called_at": _moments("s", "+05:30")},
    "nanoseconds without a zone": {"called_at": _moments("ns", None)},
    "keys from a dictionary": {"customer_id": pa.array(KEYS).dictionary_encode()},
    "keys of large text": {"customer_id": pa.array(KEYS, pa.large_string())},
    "keys of text by view": {"customer_id": pa.array(KEYS, pa.string_view())},
    "flags of truth with a dictionary": {
        "net_contact": pa.array([row[2] for row in CALLS]).dictionary_encode()
    },
    "flags of bytes": {"converted": pa.array([0, 1, 0, 0, 0], pa.int8())},
    "a list in a column of which nothing is asked": {"notities": pa.array([["a"]] * 5)},
}

GIFT_TYPES: dict[str, dict[str, Any]] = {
    "days of 32 bits": {"occurred_on": pa.array(GIFT_DAYS, pa.date32())},
    "days of 64 bits": {"occurred_on": pa.array(GIFT_DAYS, pa.date64())},
    "days as whole numbers": {
        "occurred_on": pa.array([int(f"{day:%Y%m%d}") for day in GIFT_DAYS], pa.int32())
    },
    "moments of nanoseconds for days": {
        "occurred_on": pa.array(
            [dt.datetime.combine(d, dt.time()) for d in GIFT_DAYS], pa.timestamp("ns")
        )
    },
    "amounts of decimals": {"amount": pa.array(SUMS, pa.decimal128(12, 2))},
    "amounts of many decimals": {"amount": pa.array(SUMS, pa.decimal256(40, 10))},
    "amounts of half precision": {"amount": pa.array([25.0, 12.5, 1234.0, 0.0], pa.float16())},
}

REFUSED_TYPES: dict[str, tuple[dict[str, Any], str]] = {
    "a list for the customer": ({"customer_id": pa.array([[key] for key in KEYS])}, "customer_id"),
    "a time without a day": ({"called_at": pa.array([dt.time(10)] * 5)}, "called_at"),
    "a duration": ({"called_at": pa.array([dt.timedelta(hours=1)] * 5)}, "called_at"),
    "bytes for a flag": ({"net_contact": pa.array([b"\xff"] * 5, pa.binary())}, "net_contact"),
    "a moment that is not there": (
        {"called_at": pa.array([*MOMENTS[:4], None], pa.timestamp("ns"))},
        "called_at",
    ),
}

EXPORTS = (
    *(
        Export(name=f"Parquet with {name}", kind=TYPES, write=_typed(**columns), suffix="parquet")
        for name, columns in CALL_TYPES.items()
    ),
    *(
        Export(name=f"Parquet with {name}", kind=TYPES, write=_typed_gifts(**columns))
        for name, columns in GIFT_TYPES.items()
    ),
    *(
        Export(
            name=f"Parquet with {name}",
            kind=TYPES,
            write=_typed(**columns),
            suffix="parquet",
            refused=("`calls.parquet`", column),
        )
        for name, (columns, column) in REFUSED_TYPES.items()
    ),
)
