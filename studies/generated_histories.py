"""Histories of any size and shape, customer by customer, for studies of what may not matter."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).parents[1]))

from balanstest_analysis.history.month_table import COUNT_COLUMNS, MonthTable
from balanstest_analysis.published.names import OUTCOMES, Outcome
from tests.counts import summed

Floats = NDArray[np.float64]
LOG_ODDS: dict[Outcome, tuple[float, float]] = {  # in month 0, and how much more in the last
    "conversion": (-2.0, -3.0),
    "objection": (-4.0, 1.8),
    "complaint": (-7.0, 0.9),
}


def draw_contacts(seed: int) -> pd.DataFrame:
    """Return a history, one row per contact: campaign, month, customer and `COUNT_COLUMNS`.

    300 to 100 thousand contacts in 6 to 47 months, some without any; one to six campaigns;
    customers called once or some eight times; curves that bend and wave.

    Args:
        seed: the only source of chance.
    """
    rng = np.random.default_rng(seed)
    months, contacts = int(rng.integers(6, 48)), int(10 ** rng.uniform(2.5, 5))
    campaigns, calls = int(rng.choice([1, 1, 3, 6])), int(rng.choice([1, 1, 8]))
    customers = max(contacts // calls, 1)
    customer = np.arange(contacts) if calls == 1 else rng.integers(customers, size=contacts)
    rows = pd.DataFrame(
        {
            "campaign": rng.choice(campaigns, size=contacts, p=rng.dirichlet([3.0] * campaigns)),
            "month": rng.choice(months, size=contacts, p=_profile(months, rng)),
            "customer": customer,
        }
    )
    rows = rows.assign(**dict.fromkeys(COUNT_COLUMNS, 1))
    month, campaign = rows["month"].to_numpy(), rows["campaign"].to_numpy()
    for outcome in OUTCOMES:
        own = rng.normal(0, 0.8 if calls > 1 else 0.0, customers)[customer]
        log_odds = _curves(outcome, campaigns, months, rng)[campaign, month] + own
        event = rng.random(contacts) < expit(log_odds)
        rows[f"{outcome}_events"] = rows[f"joint_{outcome}"] = event.astype(np.int64)
    return rows.assign(campaign=np.array([*"abcdef"])[campaign])


def _profile(months: int, rng: np.random.Generator) -> Floats:
    """Return the share of the contacts in each month, at times with months without any."""
    shares = rng.dirichlet(np.full(months, rng.uniform(0.3, 5)))
    if rng.random() < 0.3:
        shares[rng.integers(months, size=months // 4)] = 0
    return np.asarray(shares / shares.sum())


def _curves(outcome: Outcome, campaigns: int, months: int, rng: np.random.Generator) -> Floats:
    """Return log-odds of shape (campaigns, months)."""
    start, change = LOG_ODDS[outcome]
    month = np.arange(months)
    level = start + rng.normal(0, 0.5) + rng.normal(0, 0.2, campaigns)[:, None]
    slope = change * rng.uniform(0, 1.5) / months
    return np.asarray(level + slope * month + 0.3 * np.sin(month / rng.uniform(2, 8)))


def table_of(rows: pd.DataFrame, available: Collection[Outcome] = OUTCOMES) -> MonthTable:
    """Return the month table of a history, with the sums over its customers."""
    return summed(rows, "customer", frozenset(available))


def rarely_recorded(
    rows: pd.DataFrame, outcome: Outcome, share: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the history with an outcome recorded for a share of the contacts only."""
    kept = (rng.random(len(rows)) < share).astype(np.int64)
    joint = [f"joint_{name}" for name in OUTCOMES]
    lost = [f"{outcome}_exposure", f"{outcome}_events", "joint_exposure", *joint]
    return rows.assign(**{name: rows[name] * kept for name in lost})
