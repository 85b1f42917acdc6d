"""The month table and the findings as an analyst would write them in pandas."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.generated import DATA_THROUGH
from benchmarks.sql import CAP_MONTHS, COMPLAINT_DAYS, LATE_DAYS, OBJECTION_DAYS, OFTEN, Counts

Hours = dict[dt.date, tuple[int, int] | None]
CALL = ["customer_id", "called_at"]
WINDOWS = {"objection": OBJECTION_DAYS, "complaint": COMPLAINT_DAYS}
DAYS = {"objection": "objected_on", "complaint": "complained_on"}


def counted(folder: Path, *, hours: Hours) -> tuple[pd.DataFrame, Counts]:
    """Return the cells of the calls, and the counts of the findings; see `sql.counted`."""
    every = pd.read_parquet(folder / "calls.parquet")
    every["net_contact"] |= every["converted"]
    grouped = every.groupby(CALL, sort=False)
    calls = grouped.agg(
        campaign=("campaign", "first"),
        net_contact=("net_contact", "max"),
        converted=("converted", "max"),
    )
    calls = calls.reset_index()
    counts: Counts = {"duplicate_call": len(every) - len(calls)}
    del every, grouped
    calls["day"] = calls["called_at"].dt.normalize()
    calls = _aged(calls, folder, counts)
    calls = _objected(calls, folder)
    for outcome in WINDOWS:
        calls = _reported(calls, folder, outcome, counts)
    _findings(calls, folder, hours, counts)
    return _cells(calls), counts


def _aged(calls: pd.DataFrame, folder: Path, counts: Counts) -> pd.DataFrame:
    events = pd.read_parquet(folder / "events.parquet")
    events["since"] = pd.to_datetime(events["occurred_on"]).astype("datetime64[us]")
    counts["zero_amount_event"] = int((events["amount"] <= 0).sum())
    known = events["customer_id"].unique()
    counts["calls_without_events"] = int(
        (~pd.Series(calls["customer_id"].unique()).isin(known)).sum()
    )
    paid = events.loc[events["amount"] > 0, ["customer_id", "since"]].sort_values("since")
    merged = pd.merge_asof(
        calls.sort_values("day"),
        paid,
        left_on="day",
        right_on="since",
        by="customer_id",
        allow_exact_matches=False,
    )
    day, since = merged["day"].dt, merged["since"].dt
    month = 12 * (day.year - since.year) + day.month - since.month
    merged["month"] = month - (day.day < since.day)
    return merged


def _objected(calls: pd.DataFrame, folder: Path) -> pd.DataFrame:
    objections = pd.read_parquet(folder / "objections.parquet")
    first = pd.to_datetime(objections["objected_on"]).groupby(objections["customer_id"]).min()
    calls["objected"] = calls["customer_id"].map(first) < calls["day"]
    return calls


def _reported(calls: pd.DataFrame, folder: Path, outcome: str, counts: Counts) -> pd.DataFrame:
    rows = pd.read_parquet(folder / f"{outcome}s.parquet")
    customers = calls["customer_id"].unique()
    unknown = ~pd.Series(rows["customer_id"].unique()).isin(customers)
    counts[f"{outcome}s_without_calls"] = int(unknown.sum())
    rows["reported"] = pd.to_datetime(rows[DAYS[outcome]]).astype("datetime64[us]")
    units = rows.groupby(["customer_id", "reported"]).size().rename("reports").reset_index()
    contacts = calls.loc[calls["net_contact"], [*CALL, "day"]].sort_values(["day", "called_at"])
    found = pd.merge_asof(
        units.sort_values("reported"),
        contacts,
        left_on="reported",
        right_on="day",
        by="customer_id",
        tolerance=pd.Timedelta(days=WINDOWS[outcome]),
    ).dropna(subset=["day"])
    counts[f"{outcome}_attributed"] = int(found["reports"].sum())
    per_call = found.groupby(CALL)["reports"].sum().rename(f"{outcome}s").reset_index()
    return calls.merge(per_call, on=CALL, how="left")


def _findings(calls: pd.DataFrame, folder: Path, hours: Hours, counts: Counts) -> None:
    old = (calls["month"] >= CAP_MONTHS) & (calls["day"] >= "2020-06-01")
    counts["after_objection"] = int(calls["objected"].sum())
    counts["beyond_cap"] = int(old.sum())
    counts["no_earlier_event"] = int(calls["month"].isna().sum())
    limits = pd.DataFrame(
        [(day, *(limit or (np.nan, np.nan))) for day, limit in hours.items()],
        columns=["day", "opens", "closes"],
    )
    limits.index = pd.to_datetime(limits["day"])
    opens, closes = (calls["day"].map(limits[side]) for side in ("opens", "closes"))
    second = (calls["called_at"] - calls["day"]).dt.total_seconds()
    counts["forbidden_day"] = int(opens.isna().sum())
    counts["outside_hours"] = int(((second < opens) | (second >= closes)).sum())
    per_year = calls.groupby(["customer_id", calls["day"].dt.year]).size()
    often = per_year[per_year > OFTEN].index.get_level_values(0)
    counts["customers_called_often"] = int(often.nunique())
    last = calls.groupby("customer_id")["day"].max()
    rows = pd.read_parquet(folder / "objections.parquet").drop_duplicates(
        ["customer_id", "objected_on"]
    )
    after = (rows["customer_id"].map(last) - pd.to_datetime(rows["objected_on"])).dt.days
    counts["objection_then_called"] = int((after > 0).sum())
    counts["objection_processed_late"] = int((after > LATE_DAYS).sum())


def _cells(calls: pd.DataFrame) -> pd.DataFrame:
    through = pd.Timestamp(DATA_THROUGH)
    old = (calls["month"] >= CAP_MONTHS) & (calls["day"] >= "2020-06-01")
    conditions = [calls["month"].isna(), calls["objected"], old, ~calls["net_contact"]]
    codes = ["no_earlier_event", "after_objection", "beyond_cap", "no_net_contact"]
    calls["code"] = np.select(conditions, codes, "in_exposure")
    columns: dict[str, Any] = {"calls": 1, "conversion_events": calls["converted"]}
    for outcome, days in WINDOWS.items():
        followed = calls["day"] <= through - pd.Timedelta(days=days)
        columns[f"{outcome}_exposure"] = followed
        columns[f"{outcome}_events"] = followed & (calls[f"{outcome}s"] > 0)
    counted = calls.assign(**columns)
    keys = ["code", "campaign", "month"]
    return counted.groupby(keys, dropna=False)[list(columns)].sum().reset_index()
