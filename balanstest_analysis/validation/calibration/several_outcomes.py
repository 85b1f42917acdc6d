"""Histories of customers who are called once: campaigns that age, mixed files, several outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.validation.calibration.tables import called_once, month_table
from balanstest_analysis.validation.calibration.truth import averaged_over_effects

MONTHS = 36


def _spread(contacts: int, shares: Floats, rng: np.random.Generator) -> Counts:
    """Return contacts in months of equal size, split by the shares of each; months last."""
    per_month = np.full(MONTHS, contacts // MONTHS)
    return np.asarray(rng.multinomial(per_month, shares).T)


def _conversions(exposure: Counts, events: Counts) -> MonthTable:
    products = called_once(exposure.sum(axis=0), {"conversion": events.sum(axis=0)})
    return month_table(exposure, {"conversion": events}, products)


@dataclass(frozen=True, kw_only=True)
class CampaignsThatAge:
    """Campaigns whose conversion falls at different speeds.

    Attributes:
        contacts: in all.
        campaigns: number of them, of sizes 1 : 2 : 3 and so on.
        slope_sd: standard deviation of their effects on the logit in the first and last month.
        start: conversion in month 0 of an average campaign.
        slope: of its logarithm per month.
    """

    contacts: int
    campaigns: int
    slope_sd: float
    start: float
    slope: float

    @property
    def rates(self) -> Mapping[Outcome, Floats]:
        """True rate per month, averaged over campaigns."""
        return {"conversion": averaged_over_effects(self._average, self.slope_sd * abs(self._age))}

    @property
    def _average(self) -> Floats:
        return np.asarray(self.start * np.exp(self.slope * np.arange(MONTHS)))

    @property
    def _age(self) -> Floats:
        """Month, from -1 for the first to 1 for the last."""
        return np.linspace(-1, 1, MONTHS)

    def draw(self, rng: np.random.Generator) -> MonthTable:
        """Return one history."""
        shares = 1.0 + np.arange(self.campaigns) % 3
        exposure = _spread(self.contacts, np.tile(shares / shares.sum(), (MONTHS, 1)), rng)
        slopes = rng.normal(0, self.slope_sd, self.campaigns)[:, None]
        events = rng.binomial(exposure, expit(logit(self._average) + slopes * self._age))
        return _conversions(exposure, events)


@dataclass(frozen=True, kw_only=True)
class DifferentialReach:
    """Two kinds of customers of whom the willing are reached ever less often.

    Attributes:
        contacts: in all.
        willing: their conversion.
        others: that of the others.
        first_share: share of the willing among those reached in month 0.
        last_share: the same in the last month.
    """

    contacts: int
    willing: float
    others: float
    first_share: float
    last_share: float

    @property
    def rates(self) -> Mapping[Outcome, Floats]:
        """True rate per month among those who are reached."""
        return {"conversion": self._share * self.willing + (1 - self._share) * self.others}

    @property
    def _share(self) -> Floats:
        return np.linspace(self.first_share, self.last_share, MONTHS)

    def draw(self, rng: np.random.Generator) -> MonthTable:
        """Return one history."""
        kinds = np.column_stack([self._share, 1 - self._share])
        exposure = _spread(self.contacts, kinds, rng)
        events = rng.binomial(exposure, np.array([[self.willing], [self.others]]))
        return _conversions(exposure.sum(axis=0)[None], events.sum(axis=0)[None])


@dataclass(frozen=True, kw_only=True)
class SeveralOutcomes:
    """Conversion falls, objection rises; who buys does not object, either may complain.

    Attributes:
        outcomes: that are delivered.
        contacts: in all.
        conversion: in month 0.
        objection: in month 0.
        complaint: in every month.
        slope: of the logarithm of both, down and up, per month.
    """

    outcomes: tuple[Outcome, ...] = OUTCOMES
    contacts: int = 40_000
    conversion: float = 0.14
    objection: float = 0.025
    complaint: float = 0.002
    slope: float = 0.035

    @property
    def rates(self) -> Mapping[Outcome, Floats]:
        """True rates per month."""
        change = np.exp(self.slope * np.arange(MONTHS))
        rates: dict[Outcome, Floats] = {
            "conversion": self.conversion / change,
            "objection": self.objection * change,
            "complaint": np.full(MONTHS, self.complaint),
        }
        return {outcome: rates[outcome] for outcome in self.outcomes}

    def draw(self, rng: np.random.Generator) -> MonthTable:
        """Return one history."""
        change = np.exp(self.slope * np.arange(MONTHS))
        bought, objected = self.conversion / change, self.objection * change
        shares = np.column_stack([bought, objected, 1 - bought - objected])
        exposure = rng.multinomial(self.contacts, np.full(MONTHS, 1 / MONTHS))
        contacts = rng.multinomial(exposure, shares).T
        complaints = rng.binomial(contacts, self.complaint)
        counted: dict[Outcome, Counts] = {
            "conversion": contacts[0],
            "objection": contacts[1],
            "complaint": complaints.sum(axis=0),
        }
        events = {outcome: counted[outcome] for outcome in self.outcomes}
        both: dict[tuple[Outcome, Outcome], Counts] = {
            ("conversion", "complaint"): complaints[0],
            ("objection", "complaint"): complaints[1],
        }
        products = called_once(exposure, events, both)
        return month_table(exposure[None], {o: k[None] for o, k in events.items()}, products)
