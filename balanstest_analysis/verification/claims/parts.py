"""What only the page as a whole tells: a list that is not complete, a reference that is not due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from balanstest_analysis.verification.claims import (
    against,
    breaches,
    data_end,
    decision,
    doubts,
    late_events,
    notices,
    open_points,
    people,
    recalculation,
    rules,
    untested_months,
)
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page

PartReader: TypeAlias = Callable[[Page, Facts], Iterator[str]]
PARTS: tuple[PartReader, ...] = (
    against.page_faults,
    breaches.page_faults,
    data_end.page_faults,
    decision.page_faults,
    doubts.page_faults,
    late_events.page_faults,
    notices.page_faults,
    open_points.page_faults,
    people.page_faults,
    recalculation.page_faults,
    rules.page_faults,
    untested_months.page_faults,
)
