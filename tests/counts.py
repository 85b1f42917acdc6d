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
from balanstest_analysis.history.month_table import COUNT_COLUMNS, MonthTable

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
    """Return a table in which every outcome follows its curve, up to campaign and group effects."""
    shape = (campaigns, groups, months)
    exposure = rng.multinomial(contacts, np.full(np.prod(shape), 1 / np.prod(shape))).reshape(shape)
    campaign, group, month = (axis.ravel() for axis in np.indices(shape))
    frame = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, exposure.ravel()))
    frame.insert(0, "campaign", [f"c{index:02d}" for index in campaign])
    frame.insert(1, "month", month)
    frame.insert(2, "customer_group", group)
    effect = rng.normal(0, campaign_sd, (campaigns, 1, 1)) + rng.normal(0, group_sd, (groups, 1))
    for outcome in ("conversion", "objection", "complaint"):
        events = np.zeros(shape, dtype=np.int64)
        if outcome in curves:
            rate = np.clip(curves[outcome](np.arange(months, dtype=float)), 1e-12, 1 - 1e-12)
            events = rng.binomial(exposure, expit(logit(rate) + effect))
        frame[f"{outcome}_events"] = frame[f"joint_{outcome}"] = events.ravel()
    seen = frame[frame["calls"] > 0].reset_index(drop=True)
    return MonthTable(frame=seen, available=frozenset(curves), has_groups=groups > 1)


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
