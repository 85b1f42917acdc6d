"""What may be published of the compliance of a history: no small count, and none by subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from balanstest_analysis.disclosure.binning import is_publishable
from balanstest_analysis.disclosure.composition import coarse_share
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts, reveals_small_count
from balanstest_analysis.disclosure.rate_rows import WITHHELD
from balanstest_analysis.history.compliance.records import (
    CallingAfterwards,
    Compliance,
    Frequency,
    RuleCheck,
    YearCheck,
)
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import (
    CallsAfterwards,
    CallsShare,
    LateEvents,
    PublishedCompliance,
    PublishedFrequency,
    PublishedRule,
    YearCount,
    YearOfCalls,
)
from balanstest_analysis.published.counts import (
    Count,
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    number,
)
from balanstest_analysis.published.report_counts import ReportCounts

JOINED_MINIMA = 2
PEOPLE_PER_POINT = 20  # so that at least the minimum lies at or above the 95 % point
CALLED_AFTER = "objection_then_called"
CALLED_OFTEN = "customers_called_often"
Told = Mapping[str, Count]


def publish_compliance(
    compliance: Compliance | None,
    findings: Sequence[PublishedFinding],
    earlier: EarlierCounts,
    *,
    is_quiet: bool = False,
) -> PublishedCompliance | None:
    """Return the checks with shares instead of denominators, and without small counts.

    Denominators of different rules differ by few calls; a share has so few digits that it stands
    for a wide range of denominators.

    Args:
        compliance: exact; None where there is no history.
        findings: as published; what both tell must be the same.
        earlier: reports of the same series.
        is_quiet: whether few calls came in since one of them; how often people were called is then
            told as it was, because the difference would tell of those few.
    """
    if compliance is None:
        return None
    told = {finding.code: _told(finding) for finding in findings}
    before = earlier.latest(lambda report: report.compliance is not None) if is_quiet else None
    kept = None if before is None else before.compliance
    frequency = _frequency(compliance.frequency, told, earlier.minimum)
    afterwards = _afterwards(compliance.afterwards, earlier.minimum)
    return PublishedCompliance(
        rules=tuple(_rule(rule, told, earlier) for rule in compliance.rules),
        regimes=tuple(regime.id for regime in compliance.regimes),
        called_after_objection=_of_finding(told, CALLED_AFTER, compliance.called_after_objection),
        frequency=frequency if kept is None else replace(kept.frequency, many=frequency.many),
        afterwards=afterwards if kept is None else kept.afterwards,
        late_events=_late_events(compliance),
    )


def _told(finding: PublishedFinding) -> Count:
    """Return the count of a finding; one that was few in an earlier report need not be so now."""
    if finding.kept_from is not None and isinstance(finding.count, Few):
        return WITHHELD
    return finding.count


def _of_finding(told: Told, code: str, count: int) -> Count:
    """Return a count as its finding tells it; one that is left out is told nowhere."""
    if code in told:
        return told[code]
    return Few() if count == 0 else WITHHELD


def _rule(rule: RuleCheck, told: Told, earlier: EarlierCounts) -> PublishedRule:
    shown = _count(rule, told, earlier.minimum)
    fresh = number(shown) == rule.count
    return PublishedRule(
        code=rule.code,
        unit=rule.unit,
        status=rule.status,
        count=shown,
        by_year=_years(rule, earlier) if fresh else (),
        verified=rule.verified,
        sources=rule.sources,
        share=_rule_share(rule, shown, earlier),
    )


def _rule_share(rule: RuleCheck, shown: Count, earlier: EarlierCounts) -> float | None:
    """Return the share that goes with a count: of an earlier report where the count is."""
    match shown:
        case Exact(value):
            return _share(value, rule.checked or 0, earlier.minimum)
        case Kept():
            return _kept_share(rule, shown, earlier)
        case _:
            return None


def _kept_share(rule: RuleCheck, shown: Kept, earlier: EarlierCounts) -> float | None:
    report = earlier.latest(lambda found: found.period == shown.period)
    told = () if report is None or report.compliance is None else report.compliance.rules
    return next((found.share for found in told if found.code == rule.code), None)


def _count(rule: RuleCheck, told: Told, minimum: int) -> Count:
    if rule.status != "checked" or rule.count is None or rule.checked is None:
        return NotDelivered()
    if rule.count == 0:
        return Exact(0) if is_publishable(0, rule.checked, minimum) else Few()
    shown, rest = told.get(rule.code, WITHHELD), rule.checked - rule.count
    if isinstance(shown, Few) or (rule.checked >= minimum and not 0 < rest < minimum):
        return shown
    return FewOthers() if rule.count >= minimum else WITHHELD


def _share(count: int, checked: int, minimum: int) -> float | None:
    """Return a share in two digits or one, whichever stands for enough different denominators.

    The true one lies at least twice the minimum from either end of that range: who knows the
    account knows the denominator up to the few calls that its joined lines hide.

    Examples:
        >>> _share(113, 58_000, 10), _share(113, 2030, 10), _share(50, 90, 10)
        (0.0019, 0.06, None)
    """
    if count == 0:
        return 0.0
    for digits in (2, 1):
        share = float(f"{count / checked:.{digits}g}")
        half = 10.0 ** (np.floor(np.log10(share)) + 1 - digits) / 2
        least, most = count / (share + half), count / (share - half)
        if min(checked - least, most - checked) >= JOINED_MINIMA * minimum:
            return share
    return None


def _years(rule: RuleCheck, earlier: EarlierCounts) -> tuple[YearCount, ...]:
    """Return the counts of all years or of none: one that is missing follows from the total."""
    large = all(_is_open(year, earlier.minimum) for year in rule.by_year)
    if large and not any(_reveals_year(rule, found, earlier.minimum) for found in earlier.reports):
        return tuple(YearCount(year=year.year, count=year.count) for year in rule.by_year)
    return ()


def _is_open(year: YearCheck, minimum: int) -> bool:
    rest = year.checked - year.count
    return is_publishable(year.count, year.checked, minimum) and not 0 < rest < minimum


def _reveals_year(rule: RuleCheck, report: ReportCounts, minimum: int) -> bool:
    before = () if report.compliance is None else report.compliance.rules
    told = {y.year: y.count for found in before if found.code == rule.code for y in found.by_year}
    return any(
        reveals_small_count(year.count, told.get(year.year), minimum) for year in rule.by_year
    )


def _frequency(frequency: Frequency, told: Told, minimum: int) -> PublishedFrequency:
    return PublishedFrequency(
        years=tuple(
            YearOfCalls(
                year=year.year,
                calls_median=year.calls_median,
                calls_high=year.calls_high,
                contacts_median=year.contacts_median,
                contacts_high=year.contacts_high,
            )
            for year in frequency.years
            if year.customers >= PEOPLE_PER_POINT * minimum
        ),
        buckets=_shares(frequency.buckets, minimum),
        many=_of_finding(told, CALLED_OFTEN, frequency.many),
        limit=frequency.limit,
    )


def _shares(buckets: Mapping[int, int], minimum: int) -> tuple[CallsShare, ...]:
    """Return people by least calls, in the finest of a fixed row of groupings that may be told.

    The most often called are joined first, whatever their number: which grouping is told then
    tells only that with one more some group would have been small. Shares are in steps of at
    least the minimum of people.
    """
    people, least = sum(buckets.values()), [*buckets]
    if people < minimum * PEOPLE_PER_POINT:
        return ()
    for kept in range(len(least), 1, -1):
        counts = [buckets[calls] for calls in least[: kept - 1]]
        counts.append(people - sum(counts))
        shares = [coarse_share(count, people, minimum) for count in counts]
        if all(share is not None for share in shares):
            return tuple(
                CallsShare(calls_from=calls, share=share)
                for calls, share in zip(least[:kept], shares, strict=True)
                if share is not None
            )
    return ()


def _afterwards(afterwards: CallingAfterwards | None, minimum: int) -> CallsAfterwards | None:
    """Return the points of the distribution without the numbers of people behind them."""
    if afterwards is None or afterwards.people < PEOPLE_PER_POINT * minimum:
        return None
    return CallsAfterwards(
        first_low=afterwards.first_low,
        first_median=afterwards.first_median,
        first_high=afterwards.first_high,
        calls_median=afterwards.calls_median,
        calls_high=afterwards.calls_high,
        contacts_median=afterwards.contacts_median,
        contacts_high=afterwards.contacts_high,
    )


def _late_events(compliance: Compliance) -> LateEvents | None:
    """Return the two months; the first has events of many, and the other follows from it."""
    late = compliance.late_events
    if late is None:
        return None
    return LateEvents(
        begins_on=late.begins_on.isoformat(), reaches_from=late.reaches_from.isoformat()
    )
