"""A report of an earlier quarter, as it was published."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.published.result import PublishedResult


@dataclass(frozen=True, kw_only=True)
class EarlierReport:
    """One published report of an earlier quarter.

    Attributes:
        period: such as ``"2026-Q2"``.
        result: what it published.
    """

    period: str
    result: PublishedResult
