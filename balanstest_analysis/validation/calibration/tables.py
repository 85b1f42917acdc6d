"""Month tables of simulated counts, with the sums over customers that belong to them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from balanstest_analysis.history.month_table import COUNT_COLUMNS, MonthTable
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.customer_products import CountProducts, Products
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import Counts

Both = Mapping[tuple[Outcome, Outcome], Counts]


def month_table(
    exposure: Counts,
    events: Mapping[Outcome, Counts],
    customers: CountProducts,
    cells: CountProducts | None = None,
) -> MonthTable:
    """Return counts as the table that leaves an engine.

    Args:
        exposure: contacts, all followed to the end, shape (campaigns, months).
        events: by outcome, each of the same shape.
        customers: sums over customers.
        cells: sums over each customer's campaigns; by default those over customers.
    """
    campaign, month = np.nonzero(exposure)
    made = exposure[campaign, month]
    frame = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, np.zeros(len(made), dtype=np.int64)))
    frame["calls"] = frame["net_contacts"] = frame["joint_exposure"] = made
    for outcome, counted in events.items():
        frame[f"{outcome}_exposure"] = made
        frame[f"{outcome}_events"] = frame[f"joint_{outcome}"] = counted[campaign, month]
    frame.insert(
        0, "campaign", np.array([f"campagne {n:02d}" for n in range(len(exposure))])[campaign]
    )
    frame.insert(1, "month", month)
    return MonthTable(
        frame=frame,
        available=frozenset(events),
        customers=customers,
        cells=customers if cells is None else cells,
    )


def called_once(
    exposure: Counts, events: Mapping[Outcome, Counts], both: Both | None = None
) -> CountProducts:
    """Return the sums over customers of whom each has one contact.

    Args:
        exposure: contacts per month, shape (months,).
        events: events per month by outcome, same shape.
        both: contacts with two outcomes, by those two; none by default.

    Examples:
        >>> once = called_once(np.array([2, 1]), {"conversion": np.array([1, 0])})
        >>> once.sums["conversion_exposure", "conversion_events"]
        array([[1., 0.],
               [0., 0.]])
    """
    contacts = np.diag(exposure.astype(float))
    sums = {("joint_exposure", "joint_exposure"): contacts}
    for outcome, counted in events.items():
        square = np.diag(counted.astype(float))
        sums |= _named(outcome, Products(contacts=contacts, mixed=square, events=square))
        sums["joint_exposure", f"joint_{outcome}"] = square
        for other in events:
            shared = square if other == outcome else _shared(both or {}, outcome, other, square)
            sums[f"joint_{outcome}", f"joint_{other}"] = shared
    return CountProducts(sums=sums)


def _shared(both: Both, first: Outcome, second: Outcome, like: Floats) -> Floats:
    known = both.get((first, second), both.get((second, first)))
    return np.zeros_like(like) if known is None else np.diag(known.astype(float))


def called_again(
    outcome: Outcome, cluster: Counts, month: Counts, event: Counts, months: int
) -> CountProducts:
    """Return the sums over customers, or over each customer's campaigns, who are called again.

    Args:
        outcome: that is counted.
        cluster: number of the customer of every contact, shape (contacts,).
        month: of every contact, same shape.
        event: whether it followed, same shape.
        months: number of months.
    """
    known, place = np.unique(cluster, return_inverse=True)
    cell, size = place * months + month, len(known) * months
    made, followed = (np.bincount(cell, weights, size).astype(float) for weights in (None, event))
    shape = len(known), months
    return CountProducts(
        sums=_named(outcome, Products.of(made.reshape(shape), followed.reshape(shape)))
    )


def _named(outcome: Outcome, products: Products) -> dict[tuple[str, str], Floats]:
    exposure, events = f"{outcome}_exposure", f"{outcome}_events"
    return {
        (exposure, exposure): products.contacts,
        (exposure, events): products.mixed,
        (events, events): products.events,
    }
