"""The calling: who is selected, which attempts are made, and what a net contact leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from balanstest_analysis.validation.simulate.calling_days import (
    Campaign,
    Days,
    Ints,
    completed_months,
)
from balanstest_analysis.validation.simulate.customers import CustomerFile, Flags, new_donations
from balanstest_analysis.validation.simulate.shapes import Floats, expit, logit

TERM_MONTHS: Final = 36
_OVERRUN: Final = {"2022-K3": 38}
_REST_DAYS: Final = 120
_QUIET_DAYS: Final = 7
_ANSWERED: Final = 0.35
_MOST_ATTEMPTS: Final = (2, 3, 4, 5)
_MOST_ATTEMPTS_SHARES: Final = (0.55, 0.27, 0.12, 0.06)
_OBJECTS_UNREACHED: Final = 0.006
_COMPLAINS_UNREACHED: Final = 0.0008
_OBJECTS_LATE: Final = 0.0015
_CHANNELS: Final = ("e-mail", "telefoon", "webformulier", "brief")


@dataclass(frozen=True, kw_only=True)
class World:
    """What stays the same during a campaign.

    Attributes:
        days: days on which calling is allowed, in order.
        rates: true rate per outcome, each of shape (months,), campaign effect included.
        weights: how readily a customer is selected per month, shape (months,).
        records: how many customers the campaign calls.
    """

    days: Days
    rates: Mapping[str, Floats]
    weights: Floats
    records: int


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """The calls of one campaign, one row per called customer.

    Attributes:
        customer: shape (records,).
        day: day of every possible attempt, shape (records, attempts).
        made: whether the attempt was made, same shape.
        reached: whether the last attempt reached the customer, shape (records,).
    """

    customer: Ints
    day: Days
    made: Flags
    reached: Flags

    @property
    def last_day(self) -> Days:
        """Day of the last attempt that was made, shape (records,)."""
        last = self.made.sum(axis=1) - 1
        return np.asarray(self.day[np.arange(last.size), last])


def reach_of_record() -> float:
    """Return the share of called customers who are reached in the end.

    Examples:
        >>> round(reach_of_record(), 3)
        0.665
    """
    missed = (1 - _ANSWERED) ** np.array(_MOST_ATTEMPTS)
    return float(np.dot(_MOST_ATTEMPTS_SHARES, 1 - missed))


def campaign_rates(rates: Mapping[str, Floats], effects: Mapping[str, float]) -> dict[str, Floats]:
    """Return the true rates shifted by a campaign's effects on the logit scale."""
    return {name: expit(logit(rate) + effects[name]) for name, rate in rates.items()}


def run_campaign(
    rng: np.random.Generator, customers: CustomerFile, campaign: Campaign, world: World
) -> dict[str, pd.DataFrame]:
    """Return the rows of one campaign per table, and move the customers on.

    Args:
        rng: source of chance.
        customers: where every customer stands; changed here.
        campaign: which quarter.
        world: what stays the same.
    """
    attempts = _attempts(rng, customers, campaign, world)
    months = completed_months(customers.reference[attempts.customer], attempts.last_day)
    outcomes = _outcomes(rng, attempts.reached, months, world.rates)
    events = _conversions(rng, customers, attempts, outcomes["conversion"])
    objections = _objections(rng, attempts, outcomes)
    complaints = _complaints(rng, attempts, outcomes["complaint"])
    for gone in (objections, complaints):
        customers.blocked[gone["customer"]] = True
    customers.last_call[attempts.customer] = attempts.last_day
    calls = _call_rows(attempts, outcomes["conversion"]).assign(campaign=campaign.name)
    return {"calls": calls, "events": events, "objections": objections, "complaints": complaints}


def _attempts(
    rng: np.random.Generator, customers: CustomerFile, campaign: Campaign, world: World
) -> Attempts:
    longest = _OVERRUN.get(campaign.name, TERM_MONTHS)
    first, final = np.searchsorted(world.days, [campaign.first_day, campaign.last_day])
    start = rng.integers(first, final, customers.reference.size)
    chosen = _selected(rng, customers, world.days[start], longest, world)
    gaps = rng.integers(1, 5, (chosen.size, _MOST_ATTEMPTS[-1] - 1)).cumsum(axis=1)
    index = start[chosen, None] + np.insert(gaps, 0, 0, axis=1)
    day = world.days[np.minimum(index, world.days.size - 1)]
    months = completed_months(customers.reference[chosen, None], day)
    allowed = (index < world.days.size) & (months < longest)
    made, reached = _dialled(rng, allowed)
    return Attempts(customer=chosen, day=day, made=made, reached=reached)


def _selected(
    rng: np.random.Generator, customers: CustomerFile, start: Days, longest: int, world: World
) -> Ints:
    """Draw customers without replacement (the smallest of exponential keys, by weight)."""
    rested = customers.last_call + np.timedelta64(_REST_DAYS, "D") <= start
    ended = customers.reference + np.timedelta64(_QUIET_DAYS, "D") <= start
    months = completed_months(customers.reference, start)
    open_ = np.flatnonzero(rested & ended & (months < longest) & ~customers.blocked)
    keys = rng.exponential(size=open_.size) / world.weights[months[open_]]
    return np.sort(open_[np.argsort(keys)[: world.records]])


def _dialled(rng: np.random.Generator, allowed: Flags) -> tuple[Flags, Flags]:
    """Return which attempts are made, and whether the last one reaches the customer."""
    number = allowed.shape[0]
    most = rng.choice(_MOST_ATTEMPTS, number, p=_MOST_ATTEMPTS_SHARES)
    most = np.minimum(most, allowed.sum(axis=1))
    answered = rng.geometric(_ANSWERED, number)
    made = np.arange(allowed.shape[1]) < np.minimum(most, answered)[:, None]
    return made, answered <= most


def _outcomes(
    rng: np.random.Generator, reached: Flags, months: Ints, rates: Mapping[str, Floats]
) -> dict[str, Flags]:
    """Draw the outcomes so that each has its true rate, and nobody both converts and objects."""
    conversion, objection = rates["conversion"][months], rates["objection"][months]
    complaint = rates["complaint"][months] / (1 - conversion)
    first, second, third = rng.random((3, reached.size))
    converted = reached & (first < conversion)
    objected = reached & ~converted & (first < conversion + objection)
    complained = reached & ~converted & (second < complaint)
    late = reached & ~converted & ~objected & ~complained & (third < _OBJECTS_LATE)
    return {
        "conversion": converted,
        "objection": objected | (~reached & (third < _OBJECTS_UNREACHED)),
        "complaint": complained | (~reached & (second < _COMPLAINS_UNREACHED)),
        "late_objection": late,
    }


def _conversions(
    rng: np.random.Generator, customers: CustomerFile, attempts: Attempts, converted: Flags
) -> pd.DataFrame:
    events = new_donations(rng, attempts.customer[converted], attempts.last_day[converted])
    customers.reference[events["customer"]] = events["ends_on"]
    return events


def _objections(
    rng: np.random.Generator, attempts: Attempts, outcomes: Mapping[str, Flags]
) -> pd.DataFrame:
    soon, late = outcomes["objection"], outcomes["late_objection"]
    pace = rng.random(soon.size)
    days = np.where(pace < 0.75, 0, rng.integers(1, 8, soon.size))
    days = np.where(pace > 0.95, rng.integers(8, 29, soon.size), days)
    days = np.where(late, rng.integers(31, 91, soon.size), days)
    return _dated(attempts, soon | late, days, "objected_on")


def _complaints(rng: np.random.Generator, attempts: Attempts, complained: Flags) -> pd.DataFrame:
    days = np.minimum(rng.geometric(0.15, complained.size) - 1, 45)
    rows = _dated(attempts, complained, days, "complained_on")
    return rows.assign(channel=rng.choice(_CHANNELS, len(rows), p=(0.5, 0.25, 0.15, 0.1)))


def _dated(attempts: Attempts, chosen: Flags, days: Ints, column: str) -> pd.DataFrame:
    date = attempts.last_day[chosen] + days[chosen].astype("m8[D]")
    return pd.DataFrame({"customer": attempts.customer[chosen], column: date})


def _call_rows(attempts: Attempts, converted: Flags) -> pd.DataFrame:
    row, attempt = np.nonzero(attempts.made)
    final = attempt == attempts.made.sum(axis=1)[row] - 1
    columns = {
        "customer": attempts.customer[row],
        "day": attempts.day[row, attempt],
        "net_contact": final & attempts.reached[row],
        "converted": final & converted[row],
    }
    return pd.DataFrame(columns)
