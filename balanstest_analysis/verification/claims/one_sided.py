"""Exact one-sided limits, computed again from what a row prints (Clopper and Pearson)."""

from __future__ import annotations

from typing import NamedTuple

from scipy.stats import beta

from balanstest_analysis.verification.claims.facts import Row


class Limits(NamedTuple):
    """A lower and an upper limit, each by itself; None where the row does not tell it."""

    lower: float | None
    upper: float | None


def lower_limit(events: float, contacts: float, level: float) -> float:
    """Return the exact lower limit.

    Examples:
        >>> round(lower_limit(50, 1000, 0.95), 4), lower_limit(0, 1000, 0.95)
        (0.0392, 0.0)
    """
    return float(beta.ppf(1 - level, events, contacts - events + 1)) if events else 0.0


def upper_limit(events: float, contacts: float, level: float) -> float:
    """Return the exact upper limit.

    Examples:
        >>> round(upper_limit(50, 1000, 0.95), 4), upper_limit(10, 10, 0.95)
        (0.0629, 1.0)
    """
    return float(beta.ppf(level, events + 1, contacts - events)) if events < contacts else 1.0


def one_sided(row: Row, level: float, minimum: int) -> Limits:
    """Return the limits of a row; of few hidden events the upper one of the most they can be.

    Args:
        row: as the result has it.
        level: confidence level of each limit.
        minimum: least publishable count.
    """
    if not row.contacts:
        return Limits(None, None)
    if row.events is None:
        most = min(minimum - 1, row.contacts)
        few = row.events_hidden == "few"
        return Limits(None, upper_limit(most, row.contacts, level) if few else 1.0)
    if row.stated_effect is None:
        return Limits(None, None)
    events, contacts = row.events / row.stated_effect, row.contacts / row.stated_effect
    return Limits(lower_limit(events, contacts, level), upper_limit(events, contacts, level))
