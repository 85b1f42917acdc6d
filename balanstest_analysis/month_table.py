"""The small table of counts on which everything after the engine works."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.criteria import OUTCOMES

Counts = NDArray[np.int64]
KEYS = ("campaign", "month", "customer_group")
CUSTOMER_GROUPS = 64
COUNT_COLUMNS = (
    "calls",
    "net_contacts",
    *(f"{outcome}_{part}" for outcome in OUTCOMES for part in ("exposure", "events")),
    "joint_exposure",
    *(f"joint_{outcome}" for outcome in OUTCOMES),
)


@dataclass(frozen=True, kw_only=True)
class OutcomeCounts:
    """Exposure and events of one outcome.

    Attributes:
        exposure: contacts, shape (campaigns, customer groups, months).
        events: events among them, same shape.
    """

    exposure: Counts
    events: Counts

    @property
    def exposure_by_month(self) -> Counts:
        """Contacts per month, shape (months,)."""
        return np.asarray(self.exposure.sum(axis=(0, 1)))

    @property
    def events_by_month(self) -> Counts:
        """Events per month, shape (months,)."""
        return np.asarray(self.events.sum(axis=(0, 1)))

    def without_campaign(self, position: int) -> OutcomeCounts:
        """Return the counts without the campaign at a position on the first axis."""
        return OutcomeCounts(
            exposure=np.delete(self.exposure, position, axis=0),
            events=np.delete(self.events, position, axis=0),
        )


@dataclass(frozen=True, kw_only=True)
class MonthTable:
    """Counts per campaign, month and customer group: internal, and still personal data.

    Attributes:
        frame: columns `KEYS` and `COUNT_COLUMNS`; months are completed months since the last
            purchase; ``joint_*`` counts contacts with complete follow-up for all outcomes.
        available: outcomes for which data were delivered.
        has_groups: whether customer groups are known (they are not in ready-made counts).
    """

    frame: pd.DataFrame
    available: frozenset[str]
    has_groups: bool

    @property
    def months(self) -> int:
        """Number of months, from month 0 through the last one with a contact."""
        return int(self.frame["month"].max()) + 1 if len(self.frame) else 0

    @cached_property
    def campaigns(self) -> tuple[str, ...]:
        """Names of the campaigns, in an order that follows from their counts alone."""
        return tuple(self._ordered("campaign"))

    @cached_property
    def groups(self) -> tuple[int, ...]:
        """The customer groups that occur, in an order that follows from their counts alone."""
        return tuple(self._ordered("customer_group"))

    def _ordered(self, key: str) -> list[Any]:
        """Return the labels of a key, sorted by what was counted: names must change nothing."""
        counted = (
            self.frame.groupby([key, "month"])[list(COUNT_COLUMNS)].sum().unstack(fill_value=0)
        )
        if counted.empty:
            return []
        return [counted.index[place] for place in np.lexsort(counted.to_numpy().T[::-1])]

    def counts(self, exposure: str, events: str) -> OutcomeCounts:
        """Return two columns as arrays of shape (campaigns, customer groups, months)."""
        return OutcomeCounts(exposure=self._cube(exposure), events=self._cube(events))

    def outcome(self, outcome: str) -> OutcomeCounts:
        """Return exposure and events of an outcome."""
        return self.counts(f"{outcome}_exposure", f"{outcome}_events")

    def _cube(self, column: str) -> Counts:
        cube = np.zeros((len(self.campaigns), len(self.groups), self.months), dtype=np.int64)
        campaign = pd.Categorical(self.frame["campaign"], categories=list(self.campaigns)).codes
        group = pd.Categorical(self.frame["customer_group"], categories=list(self.groups)).codes
        np.add.at(cube, (campaign, group, self.frame["month"].to_numpy()), self.frame[column])
        return cube
