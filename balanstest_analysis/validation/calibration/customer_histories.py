"""Histories of customers who are called again and again, and leave or start anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.customer_products import CountProducts, Products
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.validation.calibration.restart_rates import TRUE_RATES
from balanstest_analysis.validation.calibration.tables import called_again, month_table

STRATA = 20_001  # of the customers' propensity, in the true rates
FARTHEST = 6.0  # standard deviations


@dataclass(frozen=True, kw_only=True)
class ObjectorsLeave:
    """Customers called once a month until they object, each with a propensity of their own.

    Attributes:
        customers: number of them.
        months: that each is called at most.
        intercept: log-odds of an objection of the average customer in month 0.
        slope: of the log-odds per month.
        customer_sd: standard deviation of the customers' effects on the logit.
    """

    customers: int
    months: int
    intercept: float
    slope: float
    customer_sd: float

    @property
    def rates(self) -> Mapping[Outcome, Floats]:
        """True rate among those still called, integrated over the customers' effects."""
        z = np.linspace(-FARTHEST, FARTHEST, STRATA)
        left, rates = np.exp(-(z**2) / 2), []
        for month in range(self.months):
            objects = self._rate(month, self.customer_sd * z)
            rates.append((left * objects).sum() / left.sum())
            left = left * (1 - objects)
        return {"objection": np.array(rates)}

    def _rate(self, month: int, effects: Floats) -> Floats:
        return np.asarray(expit(self.intercept + self.slope * month + effects))

    def draw(self, rng: np.random.Generator) -> MonthTable:
        """Return one history."""
        effects = rng.normal(0, self.customer_sd, self.customers)
        called = np.zeros((self.customers, self.months))
        objected = np.zeros_like(called)
        left = np.ones(self.customers, dtype=bool)
        for month in range(self.months):
            leaves = left & (rng.random(self.customers) < self._rate(month, effects))
            called[:, month], objected[:, month] = left, leaves
            left = left & ~leaves
        products = Products.of(called, objected)
        exposure, events = (cells.sum(axis=0).astype(np.int64) for cells in (called, objected))
        sums = {
            ("objection_exposure", "objection_exposure"): products.contacts,
            ("objection_exposure", "objection_events"): products.mixed,
            ("objection_events", "objection_events"): products.events,
        }
        return month_table(exposure[None], {"objection": events[None]}, CountProducts(sums=sums))


@dataclass(frozen=True, kw_only=True)
class BuyersRestart:
    """Customers whose clock starts again when they buy, and who leave when they object.

    Attributes:
        outcome: that is counted.
        customers: number of them.
        trend: change of the log-odds of conversion per calendar month.
        cohort: whether all start within a year, so that age and calendar go together; every
            quarter is a campaign then.
    """

    outcome: Outcome
    customers: int
    trend: float = 0.0
    cohort: bool = False

    MONTHS = 36
    CALENDAR = 48
    CALLED = 0.15

    @property
    def rates(self) -> Mapping[Outcome, Floats]:
        """True rate per month of the clock, from a large simulation; see `restart_rates`."""
        return {self.outcome: np.array(TRUE_RATES[self.outcome, self.trend, self.cohort])}

    def draw(self, rng: np.random.Generator) -> MonthTable:
        """Return one history."""
        columns = zip(*self.calls(rng), strict=True)
        customer, quarter, month, event = (np.concatenate(column) for column in columns)
        campaign = quarter if self.cohort else np.zeros_like(quarter)
        campaigns = self.CALENDAR // 3 if self.cohort else 1
        clusters = customer, customer * campaigns + campaign
        sums = [called_again(self.outcome, one, month, event, self.MONTHS) for one in clusters]
        cell, shape = campaign * self.MONTHS + month, (campaigns, self.MONTHS)
        exposure, events = (
            np.bincount(cells, minlength=campaigns * self.MONTHS).reshape(shape)
            for cells in (cell, cell[event])
        )
        return month_table(exposure, {self.outcome: events}, *sums)

    def calls(self, rng: np.random.Generator) -> Iterator[tuple[Counts, Counts, Counts, Counts]]:
        """Yield customer, quarter, month of the clock and event of the calls of every month."""
        wish = rng.normal(0, 1.0, self.customers)
        dislike = -0.5 * wish + rng.normal(0, 1.0, self.customers)
        clock = rng.integers(12 if self.cohort else self.MONTHS, size=self.customers)
        left = np.ones(self.customers, dtype=bool)
        for now in range(self.CALENDAR):
            called = left & (clock < self.MONTHS) & (rng.random(self.customers) < self.CALLED)
            who = np.flatnonzero(called)
            month = clock[who]
            buys = expit(-2.0 - 0.04 * month + wish[who] + self.trend * now)
            objects = expit(-4.0 + 0.035 * month + dislike[who])
            chance = rng.random(len(who))
            bought = chance < buys
            objected = ~bought & (chance < buys + objects)
            yield (
                who,
                np.full_like(who, now // 3),
                month,
                (bought if self.outcome == "conversion" else objected),
            )
            clock = clock + 1
            clock[who[bought]] = 0
            left[who[objected]] = False
