"""Counts per month, as curves are fitted to them."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.statistics.customer_products import Products
from balanstest_analysis.statistics.floats import Floats


@dataclass(frozen=True, kw_only=True)
class FitData:
    """Counts per month, without the months that have no contacts.

    Attributes:
        months: shape (months,), increasing.
        exposure: contacts > 0, shape (months,).
        events: shape (months,).
        customers: sums over customers, of these months, or None where they are not known.
        design_effect: of all months together, at least 1.
        month_effect: of single months, on average; at least 1.
    """

    months: Floats
    exposure: Floats
    events: Floats
    customers: Products | None = None
    design_effect: float = 1.0
    month_effect: float = 1.0
