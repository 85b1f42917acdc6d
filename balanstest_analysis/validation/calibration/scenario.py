"""One world of the calibration, and what is required of the method in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from balanstest_analysis.statistics.curves import Floats

Profile = Literal["flat", "decaying", "thin_tail"]


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
        most_shortfall_months: the requirement on the mean shortfall, or None where there is none.
    """

    name: str
    shape: str
    parameters: Mapping[str, float]
    kind: Literal["minimum_rate", "maximum_rate"] = "minimum_rate"
    outcome: str = "conversion"
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
    most_shortfall_months: float | None = None

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
