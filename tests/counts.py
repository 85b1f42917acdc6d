"""Month tables with a known truth, made from an explicit generator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.month_table import COUNT_COLUMNS, KEYS, MonthTable
from balanstest_analysis.history.multiplied_columns import multiplied_columns
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.statistics.customer_products import count_products

Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def month_table(
    rng: np.random.Generator,
    curves: Mapping[str, Curve],
    *,
    contacts: int,
    months: int = 36,
    campaigns: int = 1,
    groups: int = 64,
    campaign_sd: float = 0.0,
    group_sd: float = 0.0,
) -> MonthTable:
    """Return a table in which every outcome follows its curve, up to effects.

    With more than one group, each is called again and again as one customer is.
    """
    shape = (campaigns, groups, months)
    exposure = rng.multinomial(contacts, np.full(np.prod(shape), 1 / np.prod(shape))).reshape(shape)
    campaign, group, month = (axis.ravel() for axis in np.indices(shape))
    frame = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, exposure.ravel()))
    frame.insert(0, "campaign", [f"c{index:02d}" for index in campaign])
    frame.insert(1, "month", month)
    effect = rng.normal(0, campaign_sd, (campaigns, 1, 1)) + rng.normal(0, group_sd, (groups, 1))
    for outcome in OUTCOMES:
        events = np.zeros(shape, dtype=np.int64)
        if outcome in curves:
            rate = np.clip(curves[outcome](np.arange(months, dtype=float)), 1e-12, 1 - 1e-12)
            events = rng.binomial(exposure, expit(logit(rate) + effect))
        frame[f"{outcome}_events"] = frame[f"joint_{outcome}"] = events.ravel()
    seen = frame.assign(group=group)[frame["calls"] > 0]
    return summed(seen, "group" if groups > 1 else None, available=frozenset(curves))


def summed(counts: pd.DataFrame, customer: str | None, available: frozenset[str]) -> MonthTable:
    """Return the month table of counts by campaign, month and customer."""
    frame = counts.groupby([*KEYS], as_index=False)[[*COUNT_COLUMNS]].sum()
    if customer is None:
        return MonthTable(frame=frame, available=available)
    pairs = multiplied_columns(OUTCOMES, jointly=True)
    return MonthTable(
        frame=frame,
        available=available,
        customers=count_products(counts, [customer], pairs),
        cells=count_products(counts, [customer, "campaign"], pairs),
    )


def dossier(criteria: list[dict[str, Any]], **settings: Any) -> Dossier:
    """Return a dossier that holds these criteria; its tables do not exist."""
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Stichting Voorbeeld", "sector": "charity"},
            "scope": {"category": "donaties"},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": [{"reason": "voorbeeld", **criterion} for criterion in criteria],
            "settings": {"resamples": 400, **settings},
        }
    )
