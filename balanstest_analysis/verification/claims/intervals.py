"""The printed intervals, computed again from printed counts and their printed design effect."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import OUTCOMES, Facts, Row
from balanstest_analysis.verification.claims.page import Passage

FEW = 5
CLOSE = 1e-5


def wilson(events: float, contacts: float, level: float) -> tuple[float, float]:
    """Return the two-sided interval of Wilson.

    Examples:
        >>> low, high = wilson(908, 5632, 0.95)
        >>> round(low, 4), round(high, 4)
        (0.1518, 0.1711)
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate, spread = events / contacts, z * z / contacts
    middle = (rate + spread / 2) / (1 + spread)
    half = math.sqrt(spread * (rate * (1 - rate) + spread / 4)) / (1 + spread)
    return middle - half, middle + half


def none_of(contacts: float, level: float) -> tuple[float, float]:
    """Return the two-sided interval of Clopper and Pearson where nothing occurred.

    Examples:
        >>> round(none_of(1000, 0.95)[1], 5)
        0.00368
    """
    return 0.0, 1 - ((1 - level) / 2) ** (1 / contacts)


@claim(
    "observed",
    "Bij elk percentage staat een tweezijdig {level:percentage}-interval: dat van Wilson, en bij "
    "minder dan vijf gebeurtenissen dat van Clopper en Pearson.",
)
def two_sided(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the level, and the limits of every row of which the counts are told."""
    yield from said.shows_rate("level", facts.level)
    for outcome in OUTCOMES:
        total = facts.total(outcome)
        for row in (*facts.rows(outcome), *([] if total is None else [total])):
            yield from _limits(row, outcome, facts.level)


def _limits(row: Row, outcome: str, level: float) -> Iterator[str]:
    known = row.events is not None and row.stated_effect is not None
    if not known or not row.contacts or row.lower is None:
        return
    events, contacts = (row.events or 0) / row.effect, row.contacts / row.effect
    if row.events == 0:
        due = none_of(contacts, level)
    elif min(events, contacts - events) >= FEW:
        due = wilson(events, contacts, level)
    else:
        return  # the limits of Clopper and Pearson have no closed form here
    holds = abs(due[0] - row.lower) < CLOSE and abs(due[1] - row.upper) < CLOSE
    where = f"{outcome}, months {row.first} to {row.last}"
    yield from demand(holds, f"{where}: {row.lower} to {row.upper}, where {due} follows")
