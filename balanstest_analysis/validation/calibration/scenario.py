"""One curve, one criterion, and what is required of the method there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from balanstest_analysis.dossier.criteria import Criterion, MaximumRate, MinimumRate
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.floats import Floats

Profile = Literal["flat", "decaying", "thin_tail"]
LEAST_COVERAGE = 0.925
REASON = "ijking van de methode"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One simulated world with one criterion.

    Attributes:
        name: identifier.
        shape: name of the true curve in `shapes.SHAPES`, that of an average customer.
        parameters: of the shape.
        kind: of the criterion.
        outcome: conversion, objection or complaint.
        threshold: rate of the criterion.
        contacts: net contacts in the history.
        months: months from 0 that are called.
        profile: how contacts spread over months: flat, decaying (half every 12 months), or
            thin_tail (flat until `tail_from`, then `tail_contacts` a month).
        tail_from: first month of a thin tail.
        tail_contacts: contacts a month in it.
        calls_per_customer: net contacts per customer, in months drawn from the profile.
        customer_sd: standard deviation of the customers' effects on the logit.
        campaigns: number of campaigns, of sizes 1 : 2 : 3 : 1 : 2 : 3 and so on.
        campaign_sd: standard deviation of the campaigns' effects on the logit.
        campaign_spread: standard deviation, in months, of the contacts of each campaign about a
            centre of its own; 0 where all campaigns run through all months.
        in_turn: whether each campaign has months of its own, one after the other.
        month_sd: standard deviation of the months' effects on the logit.
        least_coverage: the requirement on the coverage, or None where the report itself names,
            from the data, what it cannot see.
        named: what it names then.
        most_shortfall_months: the requirement on the mean shortfall, or None where there is none.
    """

    name: str
    shape: str
    parameters: Mapping[str, float]
    kind: Literal["minimum_rate", "maximum_rate"] = "minimum_rate"
    outcome: Outcome = "conversion"
    threshold: float
    contacts: int = 75_000
    months: int = 36
    profile: Profile = "flat"
    tail_from: int = 0
    tail_contacts: int = 0
    calls_per_customer: int = 1
    customer_sd: float = 0.0
    campaigns: int = 1
    campaign_sd: float = 0.0
    campaign_spread: float = 0.0
    in_turn: bool = False
    month_sd: float = 0.0
    least_coverage: float | None = LEAST_COVERAGE
    named: str = ""
    most_shortfall_months: float | None = None

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The one criterion."""
        kind = MaximumRate if self.kind == "maximum_rate" else MinimumRate
        stated = {"outcome": self.outcome, "threshold": self.threshold, "reason": REASON}
        return (kind.model_validate({"name": self.name, "kind": self.kind, **stated}),)

    @property
    def month_shares(self) -> Floats:
        """Share of the contacts per month, shape (months,)."""
        month = np.arange(self.months)
        if self.profile == "decaying":
            weights = np.exp2(-month / 12)
        elif self.profile == "thin_tail":
            left = self.contacts - self.tail_contacts * (self.months - self.tail_from)
            weights = np.where(month < self.tail_from, left / self.tail_from, self.tail_contacts)
        else:
            weights = np.ones(self.months)
        return np.asarray(weights / weights.sum())

    @property
    def campaign_shares(self) -> Floats:
        """Share of the contacts per campaign, shape (campaigns,)."""
        weights = 1.0 + np.arange(self.campaigns) % 3
        return np.asarray(weights / weights.sum())

    @property
    def shares(self) -> Floats:
        """Share of the contacts per campaign and month, shape (campaigns, months)."""
        held = self.campaign_shares[:, None] * np.ones(self.months)
        month, place = np.arange(self.months), np.arange(self.campaigns)[:, None]
        if self.in_turn:
            held = (month * self.campaigns // self.months == place).astype(float)
        elif self.campaign_spread:
            centre = place * (self.months - 1) / (self.campaigns - 1)
            held = np.exp(-(((month - centre) / self.campaign_spread) ** 2) / 2)
        return np.asarray(held / held.sum(axis=0) * self.month_shares)
