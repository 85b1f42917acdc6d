"""Who was called in which month: selective calling shows here before it misleads the curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from balanstest_analysis.history.month_table import MonthTable


@dataclass(frozen=True, kw_only=True)
class MonthComposition:
    """The calls behind one month: internal.

    Attributes:
        month: completed months since the last purchase.
        calls: attempts.
        net_contacts: among them.
        by_campaign: net contacts of each campaign that has any.
    """

    month: int
    calls: int = field(repr=False)
    net_contacts: int = field(repr=False)
    by_campaign: Mapping[str, int] = field(repr=False)


def composition_by_month(table: MonthTable) -> tuple[MonthComposition, ...]:
    """Return calls, net contacts and campaigns behind every month with calls.

    Args:
        table: the month table; ready-made counts have as many calls as contacts.
    """
    frame = table.frame
    totals = frame.groupby("month")[["calls", "net_contacts"]].sum()
    by_campaign = frame.pivot_table(
        index="month", columns="campaign", values="net_contacts", aggfunc="sum", fill_value=0
    ).reindex(totals.index, fill_value=0)
    return tuple(
        MonthComposition(
            month=int(month),
            calls=int(totals.loc[month, "calls"]),
            net_contacts=int(totals.loc[month, "net_contacts"]),
            by_campaign={
                str(name): int(count) for name, count in by_campaign.loc[month].items() if count
            },
        )
        for month in totals.index
    )
