"""Exposure and events of one outcome: the sufficient statistics of everything that is estimated."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from balanstest_analysis.statistics.customer_products import Products

Counts = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class OutcomeCounts:
    """Exposure and events of one outcome.

    Attributes:
        exposure: contacts, shape (campaigns, months).
        events: events among them, same shape.
        customers: sums over customers, or None where these are not known.
        cells: sums over the campaigns of each customer, or None likewise.
    """

    exposure: Counts = field(repr=False)
    events: Counts = field(repr=False)
    customers: Products | None = field(default=None, repr=False)
    cells: Products | None = field(default=None, repr=False)

    def without_campaign(self, position: int) -> OutcomeCounts:
        """Return the counts without the campaign at a position; sums over customers are left."""
        return OutcomeCounts(
            exposure=np.delete(self.exposure, position, axis=0),
            events=np.delete(self.events, position, axis=0),
        )

    @property
    def exposure_by_month(self) -> Counts:
        """Contacts per month, shape (months,)."""
        return np.asarray(self.exposure.sum(axis=0))

    @property
    def events_by_month(self) -> Counts:
        """Events per month, shape (months,)."""
        return np.asarray(self.events.sum(axis=0))
