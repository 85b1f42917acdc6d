"""Histories that are counted by more than one engine, and how two counts are compared."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.compliance.purchases_after import ask_purchases
from balanstest_analysis.history.compliance.review import ReviewedHistory
from balanstest_analysis.history.exposure import Exposure, ask_ledger
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.history.sources import open_history, queries_on
from balanstest_analysis.validation.simulate import simulate_history, write_history
from tests.few_draws import with_few_draws
from tests.slow_reference import World

SECRET = b"a secret for tests"
VARIABLE = "BALANSTEST_TEST_DB"
KEYS: Mapping[str, Callable[[str], str]] = {
    "text": lambda name: f"K-{name}",
    "bigint": lambda name: str(9_000_000_000 + int(name)),
    "numeric(12,0)": lambda name: str(int(name) + 1),
    "uuid": lambda name: str(UUID(int=int(name) + 2**100)),
    "char(12)": lambda name: f"K{name}",
}
TYPES = {
    "called_at": "timestamp",
    "net_contact": "boolean",
    "converted": "boolean",
    "occurred_on": "date",
    "ends_on": "date",
    "amount": "numeric(10,2)",
    "objected_on": "date",
    "complained_on": "date",
    "months_since_purchase": "smallint",
    "reference_date": "date",
}
Table = tuple[list[str], list[list[str]]]
ARROW = {
    "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "numeric(10,2)": pa.decimal128(10, 2),
    "smallint": pa.int16(),
    "bigint": pa.int64(),
    "numeric(12,0)": pa.decimal128(12, 0),
}
WORLDS: dict[str, dict[str, Any]] = {
    "text": {
        "has_kind": True,
        "has_ends_on": True,
        "with_call_ids": True,
        "own_term": 30,
        "sectors": ("charity",),
        "report_on": dt.date(2026, 12, 31),  # contracts and purchases count no more
    },
    "bigint": {
        "has_kind": True,
        "count_calls": True,
        "sectors": ("charity",),
        "report_on": dt.date(2026, 12, 31),
    },
    "numeric(12,0)": {"age": "months"},
    "uuid": {"has_kind": False, "has_ends_on": False, "objection_days": 300},
    "char(12)": {"age": "reference", "with_complaints": False},
}


def files_of(folder: Path) -> dict[str, Table]:
    """Return the header and the rows of every CSV file in a folder."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        cells = rows.replace({"ja": "true", "nee": "false"}).to_numpy().tolist()
        found[path.stem] = (list(rows.columns), cells)
    return found


def with_keys(world: World, kind: str) -> World:
    """Return a world whose customers have another key."""
    new = KEYS[kind]
    renamed = {
        name: [dataclasses.replace(row, customer=new(row.customer)) for row in rows]
        for name in ("calls", "events", "objections", "complaints")
        if (rows := getattr(world, name)) is not None
    }
    return dataclasses.replace(world, **renamed)


def same(one: ReviewedHistory, other: ReviewedHistory) -> None:
    """Compare cell by cell, with the sums over customers."""
    same_exposure(one.exposure, other.exposure)
    assert one.compliance == other.compliance


def purchases_of(dossier: Dossier) -> pd.DataFrame | None:
    """Return what follows the contacts of a history with events, by month and by calendar month."""
    with closing(open_history(dossier, SECRET)) as history:
        queries = queries_on(history)
        asked = ask_purchases(queries, ask_ledger(queries, dossier), dossier)
        queries.finish()
        if asked is None:
            return None
        return asked.value.sort_values(["called_in", "month"], ignore_index=True)


def same_purchases(one: Dossier, other: Dossier) -> None:
    """Compare what follows contacts, where there are events."""
    here, there = purchases_of(one), purchases_of(other)
    assert (here is None) == (there is None)
    if here is not None:
        assert here[["followed", "soon", "later"]].sum().gt(0).any()
        pd.testing.assert_frame_equal(here, there)


def same_exposure(one: Exposure, other: Exposure) -> None:
    """Compare what came of the rows, cell by cell, with the sums over customers."""
    pd.testing.assert_frame_equal(one.month_table.frame, other.month_table.frame)
    same_products(one.month_table, other.month_table)
    assert one.bridge == other.bridge
    assert one.findings == other.findings
    for outcome, lives in one.life_table.items():
        pd.testing.assert_frame_equal(lives, other.life_table[outcome])
    for here, there in zip(one.recounts, other.recounts, strict=True):
        assert (here.choice, here.value) == (there.choice, there.value)
        keys = ["campaign", "month"]
        sums = [r.table.frame.astype({"campaign": str}).groupby(keys).sum() for r in (here, there)]
        pd.testing.assert_frame_equal(*sums)


def same_products(one: MonthTable, other: MonthTable) -> None:
    """Compare the sums over customers, and over each customer's campaigns."""
    assert one.customers is not None
    assert (one.cells is None) == (other.cells is None)
    for here, there in ((one.customers, other.customers), (one.cells, other.cells)):
        sums, others = (None if found is None else found.sums for found in (here, there))
        np.testing.assert_equal(sums, others)


def without_place(result: dict[str, Any]) -> dict[str, Any]:
    """Return the internal result without what tells where the data came from."""
    return {key: value for key, value in result.items() if key not in {"fingerprints", "readings"}}


def write_parquet(folder: Path, key: str = "text") -> list[Path]:
    """Write every CSV file in a folder once more, as typed Parquet beside it."""
    written = []
    for name, (header, rows) in files_of(folder).items():
        columns = {}
        for place, column in enumerate(header):
            kind = ARROW.get({**TYPES, "customer_id": key}.get(column, "text"), pa.string())
            cells = [row[place] or None for row in rows]
            columns[column] = pc.cast(pa.array(cells, pa.string()), kind)
        written.append(folder / f"{name}.parquet")
        pq.write_table(pa.table(columns), written[-1])
    return written


def in_parquet(dossier: Dossier, key: str = "text") -> Dossier:
    """Return the dossier of the same tables in typed Parquet, for Spark."""
    write_parquet(dossier.path.parent, key)
    text = dossier.path.read_text("utf-8").replace(".csv", ".parquet")
    path = dossier.path.with_name("spark.toml")
    path.write_text(text.replace("[data]\n", '[data]\nengine = "spark"\n'), "utf-8")
    return load_dossier(path, quarter=dossier.quarter)


def simulated_dossier(folder: Path) -> Dossier:
    """Return a history with every table, large enough for a term."""
    path = write_history(simulate_history("sample", contacts=3000, seed=7), folder)
    with_few_draws(path)
    return load_dossier(path)
