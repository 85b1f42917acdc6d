"""The month table and the findings as an analyst would write them in polars."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.generated import DATA_THROUGH
from benchmarks.pandas_way import DAYS, WINDOWS, Hours
from benchmarks.sql import CAP_MONTHS, LATE_DAYS, OFTEN, Counts

CALL = ["customer_id", "called_at"]


def counted(folder: Path, *, hours: Hours) -> tuple[pl.DataFrame, Counts]:
    """Return the cells of the calls, and the counts of the findings; see `sql.counted`."""
    every = pl.scan_parquet(folder / "calls.parquet")
    answered = pl.col("net_contact") | pl.col("converted")
    calls = (
        every.group_by(*CALL)
        .agg(
            pl.col("campaign").first(),
            answered.any().alias("net_contact"),
            pl.col("converted").any(),
            pl.len().alias("n"),
        )
        .with_columns(day=pl.col("called_at").dt.date())
        .collect()
    )
    counts: Counts = {"duplicate_call": int(calls["n"].sum()) - len(calls)}
    calls = _objected(_aged(calls, folder, counts), folder)
    for outcome in WINDOWS:
        calls = _reported(calls, folder, outcome, counts)
    _findings(calls, folder, hours, counts)
    return _cells(calls), counts


def _aged(calls: pl.DataFrame, folder: Path, counts: Counts) -> pl.DataFrame:
    events = pl.read_parquet(folder / "events.parquet")
    counts["zero_amount_event"] = events.filter(pl.col("amount") <= 0).height
    unknown = calls.select("customer_id").unique().join(events, on="customer_id", how="anti")
    counts["calls_without_events"] = unknown.height
    paid = events.filter(pl.col("amount") > 0).select("customer_id", since="occurred_on")
    merged = calls.sort("day").join_asof(
        paid.sort("since"),
        left_on="day",
        right_on="since",
        by="customer_id",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    day, since = pl.col("day").dt, pl.col("since").dt
    years = day.year().cast(pl.Int64) - since.year()
    months = day.month().cast(pl.Int64) - since.month()
    return merged.with_columns(month=12 * years + months - (day.day() < since.day()).cast(pl.Int64))


def _objected(calls: pl.DataFrame, folder: Path) -> pl.DataFrame:
    rows = pl.read_parquet(folder / "objections.parquet")
    first = rows.group_by("customer_id").agg(first=pl.col("objected_on").min())
    joined = calls.join(first, on="customer_id", how="left")
    return joined.with_columns(objected=(pl.col("first") < pl.col("day")).fill_null(value=False))


def _reported(calls: pl.DataFrame, folder: Path, outcome: str, counts: Counts) -> pl.DataFrame:
    rows = pl.read_parquet(folder / f"{outcome}s.parquet").rename({DAYS[outcome]: "reported"})
    customers = calls.select("customer_id").unique()
    unknown = rows.select("customer_id").unique().join(customers, on="customer_id", how="anti")
    counts[f"{outcome}s_without_calls"] = unknown.height
    units = rows.group_by("customer_id", "reported").agg(reports=pl.len())
    contacts = calls.filter(pl.col("net_contact")).select(*CALL, "day")
    found = units.sort("reported").join_asof(
        contacts.sort("called_at"),
        left_on="reported",
        right_on="day",
        by="customer_id",
        tolerance=f"{WINDOWS[outcome]}d",
        check_sortedness=False,
    )
    found = found.filter(pl.col("called_at").is_not_null())
    counts[f"{outcome}_attributed"] = int(found["reports"].sum())
    per_call = found.group_by(*CALL).agg(pl.col("reports").sum().alias(f"{outcome}s"))
    return calls.join(per_call, on=CALL, how="left")


def _findings(calls: pl.DataFrame, folder: Path, hours: Hours, counts: Counts) -> None:
    limits = pl.DataFrame(
        [(day, *(limit or (None, None))) for day, limit in hours.items()],
        schema={"day": pl.Date, "opens": pl.Int64, "closes": pl.Int64},
        orient="row",
    )
    second = (pl.col("called_at") - pl.col("day").cast(pl.Datetime("us"))).dt.total_seconds()
    outside = (second < pl.col("opens")) | (second >= pl.col("closes"))
    found = calls.join(limits, on="day", how="left").select(
        after_objection=pl.col("objected").sum(),
        beyond_cap=_too_old().sum(),
        no_earlier_event=pl.col("month").is_null().sum(),
        forbidden_day=pl.col("opens").is_null().sum(),
        outside_hours=outside.sum(),
    )
    counts |= {name: int(number) for name, number in found.row(0, named=True).items()}
    per_year = calls.group_by("customer_id", pl.col("day").dt.year().alias("year")).len()
    often = per_year.filter(pl.col("len") > OFTEN)
    counts["customers_called_often"] = often["customer_id"].n_unique()
    last = calls.group_by("customer_id").agg(last=pl.col("day").max())
    rows = pl.read_parquet(folder / "objections.parquet").unique(["customer_id", "objected_on"])
    after = (pl.col("last") - pl.col("objected_on")).dt.total_days()
    late = rows.join(last, on="customer_id", how="left").select(
        objection_then_called=(after > 0).sum(), objection_processed_late=(after > LATE_DAYS).sum()
    )
    counts |= {name: int(number) for name, number in late.row(0, named=True).items()}


def _too_old() -> pl.Expr:
    capped = pl.col("day") >= pl.date(2020, 6, 1)
    return ((pl.col("month") >= CAP_MONTHS) & capped).fill_null(value=False)


def _cells(calls: pl.DataFrame) -> pl.DataFrame:
    code = (
        pl.when(pl.col("month").is_null())
        .then(pl.lit("no_earlier_event"))
        .when(pl.col("objected"))
        .then(pl.lit("after_objection"))
        .when(_too_old())
        .then(pl.lit("beyond_cap"))
        .when(~pl.col("net_contact"))
        .then(pl.lit("no_net_contact"))
        .otherwise(pl.lit("in_exposure"))
    )
    counted = {"calls": pl.len(), "conversion_events": pl.col("converted").sum()}
    for outcome, days in WINDOWS.items():
        followed = pl.col("day") <= pl.lit(DATA_THROUGH).dt.offset_by(f"-{days}d")
        counted[f"{outcome}_exposure"] = followed.sum()
        counted[f"{outcome}_events"] = (followed & (pl.col(f"{outcome}s") > 0)).sum()
    keys = ["campaign", "month"]
    return calls.group_by(code.alias("code"), *keys).agg(**counted)
