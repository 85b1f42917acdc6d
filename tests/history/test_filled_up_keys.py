"""Keys that lost their zeros, or are empty, are read as the dossier states, and that is told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.compliance.review import (
    ReviewedHistory,
    refuse_blocking,
    review_history,
)
from tests.histories import crowded_world, tables, write_csv, write_dossier, write_world

SECRET = b"a secret for tests"
TABLES = ("calls", "events", "objections", "complaints")
DIGITS = "customer_id_digits = 3"


def reviewed(dossier: Dossier) -> ReviewedHistory:
    return review_history(dossier, SECRET)


def stripped(folder: Path, names: tuple[str, ...], *, suffix: str = "csv") -> None:
    """Write tables again with their keys as numbers, as a spreadsheet saves them."""
    for name in names:
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str)
        if suffix == "csv":
            frame["customer_id"] = frame["customer_id"].str.lstrip("0")
            frame.to_csv(folder / f"{name}.csv", index=False)
        else:
            frame["customer_id"] = frame["customer_id"].astype(float)
            frame.to_parquet(folder / f"{name}.parquet")


def stated(names: tuple[str, ...], *, suffix: str = "csv") -> str:
    """Return the tables of a dossier that states the digits of some."""
    return "\n".join(
        tables(name, suffix=suffix if name in names else "csv")
        + (f"\n{DIGITS}" if name in names else "")
        for name in TABLES
    )


@pytest.mark.parametrize(
    ("names", "suffix"),
    [(("objections",), "csv"), (("calls", "complaints"), "csv"), (("events",), "parquet")],
)
def test_keys_without_their_zeros_count_as_those_with_them(
    tmp_path: Path, names: tuple[str, ...], suffix: str
) -> None:
    world = crowded_world(seed=11, has_kind=False)
    before = reviewed(write_world(tmp_path, world))
    stripped(tmp_path, names, suffix=suffix)
    after = reviewed(write_dossier(tmp_path, stated(names, suffix=suffix)))
    pd.testing.assert_frame_equal(
        before.exposure.month_table.frame, after.exposure.month_table.frame
    )
    assert before.exposure.bridge == after.exposure.bridge
    assert before.exposure.findings == after.exposure.findings
    assert before.compliance == after.compliance
    said = {reading.table: reading.describe() for reading in after.exposure.readings}
    for table in TABLES:
        assert ("customer_id with zeros in front up to 3 digits in " in said[table]) == (
            table in names
        )


def test_without_the_statement_they_block_and_the_remedy_names_it(tmp_path: Path) -> None:
    write_world(tmp_path, crowded_world(seed=11, has_kind=False))
    stripped(tmp_path, ("objections",))
    with pytest.raises(DataError) as found:
        refuse_blocking(reviewed(write_dossier(tmp_path, tables(*TABLES))).exposure.findings)
    assert "`customer_id_digits = 3` under [data.objections] puts the zeros back" in str(
        found.value
    )


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_rows_without_a_customer_are_left_out_and_counted_where_that_is_stated(
    tmp_path: Path, suffix: str
) -> None:
    write_world(tmp_path, crowded_world(seed=11, has_kind=False))
    calls = pd.read_csv(tmp_path / "calls.csv", dtype=str)
    calls = calls[~calls["customer_id"].isin(["003", "004"])]
    calls.to_csv(tmp_path / "calls.csv", index=False)
    before = reviewed(write_dossier(tmp_path, tables(*TABLES)))
    extra = calls.head(7).assign(customer_id=None, called_at="2024-05-06 11:00")
    extra.loc[extra.index[:2], "customer_id"] = ["  ", "onbekend"]
    both = pd.concat([calls, extra])
    both.to_parquet(tmp_path / "calls.parquet", index=False)
    both.to_csv(tmp_path / "calls.csv", index=False)
    others = tables(*TABLES[1:])
    refused = f"{tables('calls', suffix=suffix)}\n{others}"
    with pytest.raises(DataError, match="is empty; every row needs it"):
        reviewed(write_dossier(tmp_path, refused))
    left_out = f'empty_customer_id = "left-out"\n{tables("calls", suffix=suffix)}\n{others}'
    after = review_history(write_dossier(tmp_path, left_out), SECRET, examples=True)
    pd.testing.assert_frame_equal(
        before.exposure.month_table.frame, after.exposure.month_table.frame
    )
    found = {finding.code: finding for finding in after.exposure.findings}
    told = found["placeholder_keys_calls"]
    assert told.count == 7
    assert "empty, in rows that the dossier leaves out (6)" in str(told.detail)
    assert told.example_row == len(calls) + (2 if suffix == "csv" else 1)


def two_tables(folder: Path, calls: list[str], events: list[str]) -> Dossier:
    rows = [[key, "2024-03-04 10:00", "true", "false"] for key in calls]
    write_csv(folder / "calls.csv", ["customer_id", "called_at", "net_contact", "converted"], rows)
    known = [[key, "2023-06-01"] for key in events]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], known)
    return write_dossier(folder, f"{tables('calls')}\n{DIGITS}\n{tables('events')}")


def test_longer_numbers_and_other_keys_stay_as_they_are(tmp_path: Path) -> None:
    dossier = two_tables(tmp_path, ["1", "1234", "A1", "0"], ["001", "1234", "A1", "000"])
    counts = {line.code: line.count for line in reviewed(dossier).exposure.bridge}
    assert (counts["no_earlier_event"], counts["rows_in"]) == (0, 4)


def test_keys_that_differ_in_zeros_alone_are_never_made_one(tmp_path: Path) -> None:
    with pytest.raises(DataError) as found:
        reviewed(two_tables(tmp_path, ["12", "012", "7"], ["012"]))
    assert "`calls.csv`: `customer_id` has 1 key that differs from another in nothing but" in str(
        found.value
    )
    assert "Leave it out" in str(found.value)


@pytest.mark.parametrize(
    "data",
    [
        f'[data.counts]\npath = "counts.csv"\n{DIGITS}',
        f'{tables("calls")}\n[data.objections]\n{DIGITS}\nfrom_calls = {{ r = ["x"] }}',
        f"{tables('calls')}\ncustomer_id_digits = 1",
    ],
)
def test_digits_are_stated_where_customers_are(tmp_path: Path, data: str) -> None:
    with pytest.raises(DossierError) as found:
        write_dossier(tmp_path, data)
    assert "customer_id_digits" in str(found.value)
