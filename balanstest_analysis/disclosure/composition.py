"""What may be published of the composition: the contacts of the rates, and coarse shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from balanstest_analysis.disclosure.binning import Bin
from balanstest_analysis.disclosure.earlier_counts import summed
from balanstest_analysis.disclosure.outcomes import PublishableCounts
from balanstest_analysis.disclosure.rate_rows import WITHHELD, kept_count
from balanstest_analysis.history.month_composition import MonthComposition
from balanstest_analysis.published.account import AccountLine
from balanstest_analysis.published.counts import Exact, Few
from balanstest_analysis.published.people import CompositionRow
from balanstest_analysis.published.report_counts import ReportCounts

UNREACHED = "no_net_contact"
STEPS = (0.01, 0.05, 0.1)


def published_composition(
    months: Sequence[MonthComposition],
    publishable: PublishableCounts,
    bridge: Sequence[AccountLine] = (),
) -> tuple[CompositionRow, ...]:
    """Return contacts, reach and campaigns per bin.

    The contacts are those of the rates: all contacts would differ from them by the few that are
    too young. Shares are of all calls and contacts, in steps so wide that each stands for a range
    of at least the minimum.

    Args:
        months: exact.
        publishable: the counts that may be told, and their bins.
        bridge: the account as published; where it joins unanswered calls with few others, the
            reach must not tell how many of both there are.
    """
    rows = tuple(_row(part, months, publishable) for part in publishable.base)
    several = [line for line in bridge if len(line.codes) > 1 and UNREACHED in line.codes]
    if several and _reveals_rest(months, rows, several[0].count, publishable.minimum):
        return tuple(replace(row, reached_share=None) for row in rows)
    return rows


def _reveals_rest(
    months: Sequence[MonthComposition], rows: Sequence[CompositionRow], joined: int, minimum: int
) -> bool:
    """Return whether the shares bound the unanswered calls closely enough to tell the others."""
    least = most = 0.0
    for row in rows:
        inside = [month for month in months if row.month_from <= month.month <= row.month_to]
        calls = sum(month.calls for month in inside)
        contacts = sum(month.net_contacts for month in inside)
        share = row.reached_share
        if share is None:
            return False
        half = _step(calls, minimum) / 2
        least += contacts / min(1.0, share + half) - contacts
        most += contacts / max(half, share - half) - contacts
    return joined - least < 2 * minimum or joined - most > 0


def _step(total: int, minimum: int) -> float:
    return next((step for step in STEPS if step * total >= minimum), 1.0)


def _row(
    part: Bin, months: Sequence[MonthComposition], publishable: PublishableCounts
) -> CompositionRow:
    report = publishable.earlier.latest(lambda found: bool(found.composition))
    if part in publishable.recent and report is not None:
        return _kept(part, report)
    minimum = publishable.minimum
    inside = [month for month in months if part.first <= month.month <= part.last]
    calls = sum(month.calls for month in inside)
    reached = sum(month.net_contacts for month in inside)
    contacts = part.total(publishable.exposures[0])
    large = [count for count in _campaigns(inside).values() if count >= minimum]
    return CompositionRow(
        month_from=part.first,
        month_to=part.last,
        contacts=Exact(contacts) if contacts >= minimum else Few(),
        reached_share=coarse_share(reached, calls, minimum),
        campaigns=min(len(large), contacts // minimum),
        largest_campaign_share=coarse_share(max(large, default=0), reached, minimum),
    )


def _campaigns(months: Sequence[MonthComposition]) -> Mapping[str, int]:
    total = Counter[str]()
    for month in months:
        total.update(month.by_campaign)
    return total


def _kept(part: Bin, report: ReportCounts) -> CompositionRow:
    rows = report.composition
    same = [row for row in rows if (row.month_from, row.month_to) == part.ends]
    if same:
        since = same[0].kept_from or report.period
        return replace(same[0], contacts=kept_count(same[0].contacts, since), kept_from=since)
    contacts = summed(rows, part, lambda row: row.contacts)
    told = WITHHELD if contacts is None else Exact(contacts)
    return CompositionRow(
        month_from=part.first,
        month_to=part.last,
        contacts=kept_count(told, report.period),
        reached_share=None,
        campaigns=0,
        largest_campaign_share=None,
        kept_from=report.period,
    )


def coarse_share(count: int, total: int, minimum: int) -> float | None:
    """Return a share in the finest step that stands for a range of at least the minimum.

    None where count or rest is small, or where no step is wide enough.

    Examples:
        >>> coarse_share(333, 1000, 10), coarse_share(333, 999, 10), coarse_share(95, 100, 10)
        (0.33, 0.35, None)
    """
    rest = total - count
    if not total or count < minimum or 0 < rest < minimum:
        return None
    steps = [step for step in STEPS if step * total >= minimum]
    return round(steps[0] * round(count / total / steps[0]), 2) if steps else None
