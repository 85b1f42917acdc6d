"""Whether the calling kept to the rules of its day, and whether the tables fit together.

Everything is an aggregate that the engine computes; no row of a person reaches Python.
"""

from __future__ import annotations

from balanstest_analysis.history.compliance.examples import with_examples
from balanstest_analysis.history.compliance.former import CallingAfterwards
from balanstest_analysis.history.compliance.frequency import Frequency, YearOfCalling
from balanstest_analysis.history.compliance.review import (
    Compliance,
    ReviewedHistory,
    refuse_blocking,
    review_history,
)
from balanstest_analysis.history.compliance.rules import RuleCheck, YearCount

__all__ = [
    "CallingAfterwards",
    "Compliance",
    "Frequency",
    "ReviewedHistory",
    "RuleCheck",
    "YearCount",
    "YearOfCalling",
    "refuse_blocking",
    "review_history",
    "with_examples",
]
