"""The small table of counts on which everything after the engine works."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.statistics.customer_products import CountProducts
from balanstest_analysis.statistics.outcome_counts import Counts, OutcomeCounts

KEYS = ("campaign", "month")
# What stands, with an ordinal, for the name of a campaign that may hold a person.
CAMPAIGN = "campagne"
JOINT_OUTCOMES = tuple(f"joint_{outcome}" for outcome in OUTCOMES)
COUNT_COLUMNS = (
    "calls",
    "net_contacts",
    *(f"{outcome}_{part}" for outcome in OUTCOMES for part in ("exposure", "events")),
    "joint_exposure",
    *JOINT_OUTCOMES,
)
EXPOSURES = tuple(name for name in COUNT_COLUMNS if name.endswith("_exposure"))


@dataclass(frozen=True, kw_only=True)
class MonthTable:
    """Counts per campaign and month: internal, and still personal data.

    Attributes:
        frame: columns `KEYS` and `COUNT_COLUMNS`; months are completed months since the last
            purchase; ``joint_*`` counts contacts with complete follow-up for all outcomes.
        available: outcomes for which data were delivered.
        customers: sums over customers of products of these counts, or None where customers are
            not known, as in ready-made counts.
        cells: the same sums over each customer's campaigns, or None likewise.
    """

    frame: pd.DataFrame = field(repr=False)
    available: frozenset[str]
    customers: CountProducts | None = field(default=None, repr=False)
    cells: CountProducts | None = field(default=None, repr=False)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes there are, delivered or not, in the order of the report."""
        return OUTCOMES

    @cached_property
    def months(self) -> int:
        """Number of months, from month 0 through the last one with exposure to any outcome."""
        exposed = self.frame[list(EXPOSURES)].to_numpy().any(axis=1)
        months = self.frame["month"].to_numpy()[exposed]
        return int(months.max()) + 1 if len(months) else 0

    @cached_property
    def campaigns(self) -> tuple[str, ...]:
        """Names of the campaigns, in an order that follows from their counts alone."""
        if self.frame.empty:
            return ()
        positions, labels = pd.factorize(self.frame["campaign"], sort=True)
        width = int(self.frame["month"].max()) + 1
        cells = positions * width + self.frame["month"].to_numpy()
        size = len(labels) * width
        counted = [np.bincount(cells, self.frame[name], size) for name in COUNT_COLUMNS]
        by_label = np.stack(counted).reshape(len(COUNT_COLUMNS), len(labels), width)
        keys = by_label.swapaxes(0, 1).reshape(len(labels), -1).T
        return tuple(labels[position] for position in np.lexsort(keys[::-1]).tolist())

    def counts(self, exposure: str, *events: str) -> OutcomeCounts:
        """Return columns as arrays of shape (campaigns, months).

        Args:
            exposure: column with contacts.
            events: column with events; the months of several lie one after the other.
        """
        contacts = self._array(exposure)
        customers, cells = (
            products.of(exposure, events, self.months)
            if products is not None and products.hold(exposure, events)
            else None
            for products in (self.customers, self.cells)
        )
        return OutcomeCounts(
            exposure=np.hstack([contacts] * len(events)),
            events=np.hstack([self._array(name) for name in events]),
            customers=customers,
            cells=cells,
        )

    def outcome(self, outcome: str) -> OutcomeCounts:
        """Return exposure and events of an outcome."""
        return self.counts(f"{outcome}_exposure", f"{outcome}_events")

    def series(self, name: str) -> OutcomeCounts:
        """Return an outcome, or a ``joint_`` outcome among contacts followed for all of them."""
        return self.counts("joint_exposure", name) if name in JOINT_OUTCOMES else self.outcome(name)

    def _array(self, column: str) -> Counts:
        shape = (len(self.campaigns), self.months)
        cells, inside = self._cells
        counted = np.bincount(cells, self.frame[column].to_numpy()[inside], math.prod(shape))
        return counted.astype(np.int64).reshape(shape)

    @cached_property
    def _cells(self) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return the place of every row in an array, and which rows have one."""
        month = self.frame["month"].to_numpy()
        inside = month < self.months
        campaign = _places(self.frame["campaign"], self.campaigns)[inside]
        return campaign * self.months + month[inside], inside


@dataclass(frozen=True, kw_only=True)
class Recount:
    """The same history, counted under one other choice.

    Attributes:
        choice: what was changed, such as ``"denominator"`` or ``"year"``.
        value: what it was changed to.
        table: the counts; rows of one cell need not be added up.
        changed: series that can differ from the dossier's own counting, or None for all.
    """

    choice: str
    value: float | str
    table: MonthTable = field(repr=False)
    changed: frozenset[str] | None = None


def _places(labels: pd.Series[Any], order: tuple[Any, ...]) -> NDArray[np.intp]:
    """Return for each label its place in an order."""
    positions, known = pd.factorize(labels)
    place = {label: place for place, label in enumerate(order)}
    return np.array([place[label] for label in known], dtype=np.intp)[positions]
