"""The customers: when their relation began and ended, and where each stands while calls go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.validation.simulate.calling_days import FIRST_DAY, LAST_DAY, Days, Ints
from balanstest_analysis.validation.simulate.shapes import Floats

Flags = NDArray[np.bool_]

_CUSTOMERS_PER_CONTACT: Final = 0.62
_MONTHS_BEFORE: Final = 37
_MONTHS_AFTER: Final = 15
_DAYS_PER_MONTH: Final = 30.4375
_KINDS: Final = ("structural", "one_off", "volunteer", "public_event")
_KIND_SHARES: Final = (0.74, 0.19, 0.04, 0.03)
_MEAN_MONTHS: Final = 60
_MEAN_MONTHS_WON_BACK: Final = 30
_ONE_OFF_SHARE: Final = 0.3
_PER_MONTH: Final = (3.0, 5.0, 7.5, 10.0, 15.0)
_ONE_OFF: Final = (10.0, 15.0, 25.0, 50.0)


@dataclass(kw_only=True)
class CustomerFile:
    """Where every customer stands; the only thing here that changes while campaigns go by.

    Attributes:
        reference: end of the last relation; a running donor's lies ahead. Shape (customers,).
        last_call: day of the last call.
        blocked: whether the customer objected or complained, and is not to be called.
    """

    reference: Days
    last_call: Days
    blocked: Flags


def draw_customers(rng: np.random.Generator, contacts: float) -> tuple[CustomerFile, pd.DataFrame]:
    """Return the customers before the first campaign and the events that made them customers.

    Args:
        rng: source of chance.
        contacts: net contacts that the calling would yield, about, were all months called alike.
    """
    number = max(50, round(contacts * _CUSTOMERS_PER_CONTACT))
    first = FIRST_DAY - np.timedelta64(round(_MONTHS_BEFORE * _DAYS_PER_MONTH), "D")
    last = LAST_DAY + np.timedelta64(round(_MONTHS_AFTER * _DAYS_PER_MONTH), "D")
    reference = first + rng.integers(0, (last - first).astype(int), number).astype("m8[D]")
    events = _first_events(rng, reference)
    never = np.full(number, np.datetime64("1970-01-01"))
    blocked = ~np.isin(np.arange(number), events["customer"])
    return CustomerFile(reference=reference, last_call=never, blocked=blocked), events


def _first_events(rng: np.random.Generator, reference: Days) -> pd.DataFrame:
    kind = rng.choice(_KINDS, reference.size, p=_KIND_SHARES)
    structural = kind == "structural"
    began = reference - _durations(rng, reference.size, _MEAN_MONTHS)
    events = pd.DataFrame(
        {
            "customer": np.arange(reference.size),
            "kind": np.where(np.isin(kind, ("structural", "one_off")), "donation", kind),
            "occurred_on": np.where(structural, began, reference),
            "ends_on": np.where(np.isin(kind, _KINDS[2:]), np.datetime64("NaT"), reference),
            "amount": _amounts(rng, kind),
        }
    )
    return seen_events(pd.concat([events, _earlier_gifts(rng, events)], ignore_index=True))


def _earlier_gifts(rng: np.random.Generator, events: pd.DataFrame) -> pd.DataFrame:
    """Return a gift in the two years before the relation for one in twelve customers."""
    chosen = events[rng.random(len(events)) < 1 / 12]
    before = rng.integers(30, 720, len(chosen)).astype("m8[D]")
    occurred_on = chosen["occurred_on"].to_numpy() - before
    amount = rng.choice(_ONE_OFF, len(chosen))
    gifts = {"kind": "donation", "occurred_on": occurred_on, "ends_on": occurred_on}
    return chosen.assign(**gifts, amount=amount)


def _amounts(rng: np.random.Generator, kind: NDArray[np.str_]) -> Floats:
    """Draw euros; helping and attending cost nothing, recorded as nothing or as zero."""
    helped = np.where(rng.random(kind.size) < 0.25, 0.0, np.nan)
    gift = np.where(
        kind == "structural", rng.choice(_PER_MONTH, kind.size), rng.choice(_ONE_OFF, kind.size)
    )
    return np.where(np.isin(kind, _KINDS[2:]), helped, gift)


def new_donations(rng: np.random.Generator, customer: Ints, day: Days) -> pd.DataFrame:
    """Return the donations that calls lead to, from the day of the call.

    Args:
        rng: source of chance.
        customer: who converted, shape (conversions,).
        day: day of the call, same shape.
    """
    one_off = rng.random(customer.size) < _ONE_OFF_SHARE
    kind = np.where(one_off, "one_off", "structural")
    ends_on = day + _durations(rng, customer.size, _MEAN_MONTHS_WON_BACK)
    columns = {
        "customer": customer,
        "kind": "donation",
        "occurred_on": day,
        "ends_on": np.where(one_off, day, ends_on),
        "amount": _amounts(rng, kind),
    }
    return pd.DataFrame(columns)


def _durations(
    rng: np.random.Generator, number: int, mean_months: float
) -> NDArray[np.timedelta64]:
    months = np.clip(rng.gamma(2, mean_months / 2, number), 2, 240)
    return (months * _DAYS_PER_MONTH).astype(np.int64).astype("m8[D]")


def seen_events(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events as known on the last day: none later, and a later end is still open."""
    known = events[events["occurred_on"] <= LAST_DAY]
    return known.assign(ends_on=known["ends_on"].where(known["ends_on"] <= LAST_DAY))
