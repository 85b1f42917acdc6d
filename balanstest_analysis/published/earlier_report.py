"""A report of an earlier quarter, as it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class EarlierReport:
    """One published report of an earlier quarter.

    Attributes:
        period: Such as `2026-Q2`.
        result: Its `resultaat.json`.
    """

    period: str
    result: dict[str, Any]
