"""Who was called in which month: selective calling shows here before it misleads the curves."""

from __future__ import annotations

from typing import Any

import pandas as pd

from balanstest_analysis.history.month_table import MonthTable


def composition_by_month(table: MonthTable) -> list[dict[str, Any]]:
    """Return calls, net contacts and campaigns behind every month with calls.

    Args:
        table: the month table; ready-made counts have as many calls as contacts.

    Returns:
        One row per month: ``month_from``, ``month_to``, ``calls``, ``net_contacts``, and
        ``by_campaign`` with the net contacts of each campaign.
    """
    frame = table.frame
    totals = frame.groupby("month")[["calls", "net_contacts"]].sum()
    by_campaign = frame.pivot_table(
        index="month", columns="campaign", values="net_contacts", aggfunc="sum", fill_value=0
    ).reindex(totals.index, fill_value=0)
    return [_row(int(month), totals.loc[month], by_campaign.loc[month]) for month in totals.index]


def _row(month: int, totals: pd.Series[int], by_campaign: pd.Series[int]) -> dict[str, Any]:
    return {
        "month_from": month,
        "month_to": month,
        "calls": int(totals["calls"]),
        "net_contacts": int(totals["net_contacts"]),
        "by_campaign": {str(name): int(count) for name, count in by_campaign.items() if count},
    }
