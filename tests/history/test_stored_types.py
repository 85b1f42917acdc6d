"""Parquet with any type that can hold a column."""

from __future__ import annotations

import decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balanstest_analysis.errors import DataError
from tests.awkward_exports import CALLS
from tests.small_history import assert_right, exposure_of_calls, typed_calls

KEYS = [row[0] for row in CALLS]
MOMENTS = pd.to_datetime([row[1] for row in CALLS])
FLAGS = [[cell == "true" for cell in column] for column in list(zip(*CALLS, strict=True))[2:]]
TYPED = sorted(zip(KEYS, [moment.to_pydatetime() for moment in MOMENTS], *FLAGS, strict=True))
PLAIN = {
    "customer_id": pa.array(KEYS),
    "called_at": pa.array(MOMENTS),
    "net_contact": pa.array(FLAGS[0]),
    "converted": pa.array(FLAGS[1]),
}


def write(folder: Path, **columns: pa.Array) -> None:
    pq.write_table(pa.table(PLAIN | columns), folder / "calls.parquet")


ZONES = {
    "s": "UTC",
    "ms": "Europe/Amsterdam",
    "us": "America/New_York",
    "ns": "+03:00",
}


@pytest.mark.parametrize("unit", ZONES)
def test_moments_of_every_unit_and_zone_are_read(unit: str, tmp_path: Path) -> None:
    write(tmp_path, called_at=pa.array(MOMENTS).cast(pa.timestamp(unit)))
    assert typed_calls(tmp_path, "calls.parquet") == TYPED
    zone = ZONES[unit]
    moments = MOMENTS.tz_localize("Europe/Amsterdam").tz_convert(zone)
    write(tmp_path, called_at=pa.array(moments).cast(pa.timestamp(unit, zone)))
    assert typed_calls(tmp_path, "calls.parquet") == TYPED


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (pa.string(), pa.int8()),
        (pa.large_string(), pa.uint8()),
        (pa.string_view(), pa.int64()),
        (pa.binary(), pa.float32()),
        (pa.large_binary(), pa.float64()),
        (pa.dictionary(pa.int32(), pa.string()), pa.decimal128(3, 0)),
    ],
    ids=str,
)
def test_every_kind_of_text_and_number_is_read(
    text: pa.DataType, number: pa.DataType, tmp_path: Path
) -> None:
    flags = [pa.array([decimal.Decimal(flag) for flag in flags]).cast(number) for flags in FLAGS]
    keys = pa.array(KEYS)
    keys = keys.dictionary_encode() if pa.types.is_dictionary(text) else keys.cast(text)
    write(tmp_path, customer_id=keys, net_contact=flags[0], converted=flags[1])
    assert typed_calls(tmp_path, "calls.parquet") == TYPED


def test_a_zone_and_nanoseconds_end_in_the_right_months(tmp_path: Path) -> None:
    moments = MOMENTS.tz_localize("Europe/Amsterdam").tz_convert("UTC")
    write(tmp_path, called_at=pa.array(moments).cast(pa.timestamp("ns", "UTC")))
    assert_right(exposure_of_calls(tmp_path, "calls.parquet"))


@pytest.mark.parametrize("kind", [pa.int64(), pa.uint16(), pa.decimal128(9, 0)], ids=str)
def test_keys_that_are_whole_numbers_are_read(kind: pa.DataType, tmp_path: Path) -> None:
    write(tmp_path, customer_id=pa.array([decimal.Decimal(key) for key in KEYS]).cast(kind))
    found = typed_calls(tmp_path, "calls.parquet", ["customer_id"])
    assert found == sorted((str(int(key)),) for key in KEYS)


def test_a_column_that_is_not_read_may_be_of_any_type(tmp_path: Path) -> None:
    other = pa.array([[{"a": 1}]] * 5)
    empty = pa.nulls(5)
    write(tmp_path, lijst=other, leeg=empty, reference_date=empty)
    assert typed_calls(tmp_path, "calls.parquet") == TYPED


@pytest.mark.parametrize(
    ("column", "values", "sentence"),
    [
        ("called_at", pa.array([[1]] * 5), "which cannot hold it. Store it as a timestamp, or as"),
        (
            "customer_id",
            pa.array([[1]] * 5),
            "is stored as a list, which cannot hold it. Store it as text.",
        ),
        ("converted", pa.array([{"a": 1}] * 5), "which cannot hold it. Store it as true and false"),
        ("campaign", pa.array([1.5] * 5), "in which a long key loses digits and any key may"),
    ],
)
def test_a_type_that_cannot_hold_a_column_is_refused_in_words(
    column: str, values: pa.Array, sentence: str, tmp_path: Path
) -> None:
    write(tmp_path, **{column: values})
    with pytest.raises(DataError) as refused:
        exposure_of_calls(tmp_path, "calls.parquet")
    assert sentence in str(refused.value)
    assert "DType" not in str(refused.value)


def test_files_with_other_types_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    table = pa.table(PLAIN)
    pq.write_table(table.slice(0, 2), folder / "a.parquet")
    other = table.slice(2).set_column(1, "called_at", pa.array(CALLS_TEXT[2:]))
    pq.write_table(other, folder / "b.parquet")
    assert typed_calls(tmp_path, "calls") == TYPED


CALLS_TEXT = [row[1] for row in CALLS]
