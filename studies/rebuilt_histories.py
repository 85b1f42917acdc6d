"""Random histories, and criteria of every kind that are near enough to be in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A history and what is asked of it.

    Attributes:
        counts: per customer, campaign and month.
        customers_known: whether customers may be told apart.
        criteria: as in a dossier.
        not_before: month before which nobody is called, or None.
        seed: of history and draws.
    """

    counts: pd.DataFrame
    customers_known: bool
    criteria: Sequence[Mapping[str, object]]
    not_before: int | None
    seed: int


def asked(seed: int) -> Asked:
    """Return a random history with one to three criteria.

    Args:
        seed: the only source of chance.
    """
    rng = np.random.default_rng(seed)
    months = int(rng.integers(3, 49))
    counts = _counted(_contacts(months, rng), rng)
    kinds = _criteria(counts, months, rng)
    chosen = sorted(rng.choice(len(kinds), size=int(rng.integers(1, 4)), replace=False))
    late = rng.random() < 0.15 and months > 2
    return Asked(
        counts=counts,
        customers_known=bool(rng.random() < 0.75),
        criteria=[kinds[place] for place in chosen],
        not_before=int(rng.integers(1, months)) if late else None,
        seed=seed,
    )


def _contacts(months: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return single contacts: customer, campaign, month and an effect on the log-odds."""
    size, campaigns = int(10 ** rng.uniform(2.6, 4.8)), int(rng.choice([1, 1, 2, 3, 5, 12]))
    shares = rng.dirichlet(np.full(months, rng.uniform(0.4, 5)))
    if rng.random() < 0.25:
        shares[rng.integers(months, size=max(1, months // 5))] = 0
    if rng.random() < 0.15 and months > 12:
        shares[months // 2 : months // 2 + 5] = 0
    customers = max(1, size // int(rng.choice([1, 3, 10])))
    customer = rng.integers(customers, size=size)
    campaign = rng.choice(campaigns, size=size, p=rng.dirichlet(np.full(campaigns, 4.0)))
    own = rng.normal(0, rng.choice([0, 0.8]), customers)[customer]
    shared = rng.normal(0, rng.choice([0, 0.2]), campaigns)[campaign]
    return pd.DataFrame(
        {
            "customer": customer,
            "campaign": campaign,
            "month": rng.choice(months, size=size, p=shares / shares.sum()),
            "effect": own + shared,
        }
    )


def _counted(contacts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the columns of a month table per customer, campaign and month."""
    month, size = contacts["month"].to_numpy(), len(contacts)

    def happens(level: float, change: float) -> np.ndarray:
        wave = rng.choice([0, 0.4]) * np.sin(month / rng.uniform(1.5, 6))
        odds = level + change * month / max(month.max(), 1) + wave + contacts["effect"]
        return rng.random(size) < expit(odds.to_numpy())

    bought = happens(rng.normal(-2, 0.4), rng.uniform(-2.5, 0.3))
    if rng.random() < 0.06:
        bought = month < month.max() / 2
    objected = ~bought & happens(rng.normal(-3.6, 0.4), rng.uniform(-0.2, 1.5))
    complained = happens(float(rng.choice([-6.0, -20.0])), 0.2)
    followed = rng.random(size) < 0.95
    for_all = followed & (rng.random(size) < 0.95)
    columns = {
        "calls": np.ones(size, dtype=bool),
        "net_contacts": np.ones(size, dtype=bool),
        "conversion_exposure": np.ones(size, dtype=bool),
        "conversion_events": bought,
        "objection_exposure": followed,
        "objection_events": followed & objected,
        "complaint_exposure": for_all,
        "complaint_events": for_all & complained,
        "joint_exposure": for_all,
        "joint_conversion": for_all & bought,
        "joint_objection": for_all & objected,
        "joint_complaint": for_all & complained,
    }
    rows = contacts.drop(columns="effect").assign(**{n: v.astype(int) for n, v in columns.items()})
    named = rows.assign(campaign=[f"c{number:02d}" for number in rows["campaign"]])
    return named.groupby(["customer", "campaign", "month"], as_index=False).sum()


def _criteria(
    counts: pd.DataFrame, months: int, rng: np.random.Generator
) -> list[dict[str, object]]:
    """Return one criterion of every kind, near enough to the rates to be in doubt."""
    by_month = _on_rates(counts, months, rng)
    weighed = _weighed(rng)
    horizon = {"name": "h", "kind": "horizon", "months": int(rng.integers(1, 60))}
    return [*by_month, *weighed, horizon]


def _one_of(rng: np.random.Generator, *values: float) -> float:
    return float(rng.choice(values))


def _on_rates(
    counts: pd.DataFrame, months: int, rng: np.random.Generator
) -> list[dict[str, object]]:
    def near(outcome: str) -> float:
        events, contacts = counts[f"{outcome}_events"].sum(), counts[f"{outcome}_exposure"].sum()
        rate = events / max(contacts, 1) * np.exp(rng.normal(0, 0.5))
        return float(np.clip(rate, 2e-4, 0.6))

    rate = {"kind": "maximum_rate"}
    return [
        {
            "name": "a",
            "kind": "minimum_rate",
            "outcome": "conversion",
            "threshold": near("conversion"),
        },
        {"name": "b", **rate, "outcome": "objection", "threshold": 1.3 * near("objection")},
        {
            "name": "c",
            **rate,
            "outcome": "complaint",
            "threshold": _one_of(rng, 0.001, 0.003, 0.01, 0.03),
        },
        {
            "name": "d",
            "kind": "maximum_overall_rate",
            "outcome": str(rng.choice(["objection", "complaint"])),
            "threshold": _one_of(rng, 0.003, 0.01, 0.03, 0.06),
        },
        {
            "name": "e",
            "kind": "maximum_ratio",
            "outcome": "objection",
            "factor": float(rng.uniform(1.1, 4)),
            "reference_months": [0, int(rng.integers(0, max(months // 2, 1)))],
        },
    ]


def _weighed(rng: np.random.Generator) -> list[dict[str, object]]:
    return [
        {
            "name": "f",
            "kind": "burden_per_conversion",
            "threshold": float(rng.uniform(0.3, 3)),
            "complaint_weight": _one_of(rng, 0, 3),
        },
        {
            "name": "g",
            "kind": "net_benefit",
            "value_per_conversion": 60.0,
            "cost_per_contact": float(rng.uniform(0.5, 6)),
            "objection_weight": _one_of(rng, 0, 30),
            "complaint_weight": _one_of(rng, 0, 80),
        },
    ]
