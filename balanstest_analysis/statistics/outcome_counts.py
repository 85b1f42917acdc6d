"""Exposure and events of one outcome: the sufficient statistics of everything that is estimated."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class OutcomeCounts:
    """Exposure and events of one outcome.

    Attributes:
        exposure: contacts, shape (campaigns, customer groups, months).
        events: events among them, same shape.
    """

    exposure: Counts = field(repr=False)
    events: Counts = field(repr=False)

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
