"""What is wrong in any real export, in small numbers; none of it touches the truth.

Every row here belongs to an analysis' exclusions, so that the rates of what remains stay true.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from balanstest_analysis.validation.simulate.calling_days import LAST_DAY, Days, Ints, quarter_names

# Rows per 60,000 calls.
DUPLICATES: Final = 40
AFTER_OBJECTION: Final = 30
TO_RUNNING_DONORS: Final = 60
WITHOUT_RELATION: Final = 50
ON_ANOTHER_BASIS: Final = {"consent": 60, "requested": 25}
CALLBACKS: Final = 75
LATE_HOURS: Final = 12
FREE_ORDERS: Final = 70

_PER_CALLS: Final = 60_000
_REACHED: Final = 0.4


def scaled(number: int, calls: int) -> int:
    """Return how many rows of a defect belong to a history of this many calls, at least one."""
    return max(1, round(number * calls / _PER_CALLS))


def defective_calls(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame], days: Days
) -> pd.DataFrame:
    """Return calls to add: after an objection, to running donors, without a relation, and others.

    Args:
        rng: source of chance.
        tables: the history so far, with customers as numbers.
        days: days on which calling is allowed.
    """
    calls = len(tables["calls"])
    parts = [
        _after_objection(rng, tables, days, scaled(AFTER_OBJECTION, calls)),
        _to_running_donors(rng, tables, days, scaled(TO_RUNNING_DONORS, calls)),
        _without_relation(rng, tables, days, scaled(WITHOUT_RELATION, calls)),
        *(
            _not_on_the_relation(rng, tables, days, scaled(number, calls)).assign(basis=basis)
            for basis, number in ON_ANOTHER_BASIS.items()
        ),
    ]
    return pd.concat(parts, ignore_index=True)


def with_callbacks(rng: np.random.Generator, calls: pd.DataFrame) -> pd.DataFrame:
    """Return the calls with their basis; some later attempts were made by appointment."""
    later = np.flatnonzero(calls.duplicated(["customer", "campaign"]))
    basis = np.full(len(calls), "relation", dtype=object)
    number = min(scaled(CALLBACKS, len(calls)), later.size)
    basis[rng.choice(later, number, replace=False)] = "callback"
    return calls.assign(basis=basis)


def free_orders(rng: np.random.Generator, events: pd.DataFrame, calls: int) -> pd.DataFrame:
    """Return orders of nothing (amount zero) by people whose relation had ended.

    Args:
        rng: source of chance.
        events: the events so far.
        calls: size of the history.
    """
    ended = events[events["ends_on"].notna() & (events["kind"] == "donation")]
    latest = ended.groupby("customer", sort=True)["ends_on"].max()
    chosen = latest.sample(scaled(FREE_ORDERS, calls), random_state=rng, replace=True)
    after = rng.integers(20, 700, len(chosen)).astype("m8[D]")
    rows = pd.DataFrame({"customer": chosen.index, "occurred_on": chosen.to_numpy() + after})
    rows = rows.assign(kind="purchase", ends_on=np.datetime64("NaT"), amount=0.0)
    return rows[rows["occurred_on"] <= LAST_DAY]


def _after_objection(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame], days: Days, number: int
) -> pd.DataFrame:
    objections = tables["objections"]
    told = objections["objected_on"] <= LAST_DAY - np.timedelta64(90, "D")
    calm = ~objections["customer"].isin(tables["complaints"]["customer"])
    pool = objections[told & calm]
    chosen = pool.sample(min(number, len(pool)), random_state=rng)
    wait = rng.integers(3, 88, len(chosen)).astype("m8[D]")
    return _rows(rng, chosen["customer"], _next(days, chosen["objected_on"].to_numpy() + wait))


def _to_running_donors(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame], days: Days, number: int
) -> pd.DataFrame:
    events = tables["events"]
    ends_on = events["ends_on"].fillna(pd.Timestamp(LAST_DAY))
    long_enough = (events["kind"] == "donation") & (events["occurred_on"] < days[0])
    pool = events[long_enough & (ends_on > days[0] + np.timedelta64(120, "D"))]
    chosen = pool.sample(min(number, len(pool)), random_state=rng)
    final = ends_on[chosen.index].to_numpy().astype("M8[D]") - np.timedelta64(60, "D")
    last = np.searchsorted(days, final)
    return _rows(rng, chosen["customer"], days[rng.integers(0, last)])


def _without_relation(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame], days: Days, number: int
) -> pd.DataFrame:
    new = int(tables["events"]["customer"].max()) + 1
    return _rows(rng, np.arange(new, new + number), rng.choice(days, number))


def _not_on_the_relation(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame], days: Days, number: int
) -> pd.DataFrame:
    gone = pd.concat([tables["objections"]["customer"], tables["complaints"]["customer"]])
    calls = tables["calls"]
    pool = calls[~calls["customer"].isin(gone) & ~calls["converted"]]
    chosen = pool.sample(min(number, len(pool)), random_state=rng)
    later = rng.integers(30, 61, len(chosen)).astype("m8[D]")
    day = _next(days, chosen["day"].to_numpy() + later)
    return _rows(rng, chosen["customer"], day)


def _next(days: Days, wanted: Days) -> Days:
    index = np.searchsorted(days, wanted.astype("M8[D]"))
    return days[np.minimum(index, days.size - 1)]


def _rows(rng: np.random.Generator, customer: Ints | pd.Series[int], day: Days) -> pd.DataFrame:
    columns = {
        "customer": np.asarray(customer),
        "day": day,
        "net_contact": rng.random(len(day)) < _REACHED,
        "converted": False,
        "campaign": quarter_names(day.astype("M8[D]")),
        "basis": "relation",
    }
    return pd.DataFrame(columns)
