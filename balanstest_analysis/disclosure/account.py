"""What may be published of the account of the calls, and of what was found in the history.

Every call is in exactly one line of the account, and a finding counts every call it applies to:
lines, findings and their differences are counts that all have to be zero or large enough, and so
have their differences from an earlier report. A finding that counts months or files counts no
persons, and is told as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from balanstest_analysis.disclosure.earlier_counts import EarlierCounts, reveals_small_count
from balanstest_analysis.disclosure.outcomes import PublishableCounts
from balanstest_analysis.history.findings import BridgeLine, Finding, all_guides
from balanstest_analysis.published.account import (
    JOINT,
    AccountLine,
    PublishedFinding,
    told_finding,
)
from balanstest_analysis.published.counts import Count, Exact, Few, Kept, Withheld, number
from balanstest_analysis.published.report_counts import ReportCounts

FIRST, LAST = "rows_in", "in_exposure"
ENDS = (FIRST, LAST)
JOINED_MINIMA = 2
YOUNG = "incomplete_follow_up_"
Group = tuple[str, ...]
LINE_OF = {
    "after_data_through_calls": "after_data_through",
    "placeholder_keys_calls": "placeholder_key",
    "rows_left_out_by_where_calls": "left_out_by_where",
}
# A finding, and another one that it is part of or that is part of it: the first is left out.
NESTED = (
    ("objection_then_called", "objection_processed_late"),
    ("incomplete_follow_up_objection", "incomplete_follow_up_complaint"),
    ("objection_on_young_call", "incomplete_follow_up_objection"),
    ("complaint_on_young_call", "incomplete_follow_up_complaint"),
)


def account_of(
    bridge: Sequence[BridgeLine], findings: Sequence[Finding], publishable: PublishableCounts
) -> Account:
    """Return account and findings, ready to be published.

    Args:
        bridge: exact; empty for counts that were delivered.
        findings: exact.
        publishable: the counts that may be told.
    """
    return Account(
        lines={line.code: line.count for line in bridge},
        findings={finding.code: finding.count for finding in findings},
        earlier=publishable.earlier,
        contacts=[int(exposure.sum()) for exposure in publishable.exposures],
        closed=bool(publishable.recent),
    )


@dataclass(frozen=True, kw_only=True)
class Account:
    """Account and findings, exact, beside those of earlier reports.

    Attributes:
        lines: calls by code, with both ends.
        findings: rows by code.
        earlier: reports of the same series.
        contacts: contacts told, of each outcome.
        closed: whether the account has to be withheld.
    """

    lines: Mapping[str, int]
    findings: Mapping[str, int]
    earlier: EarlierCounts
    contacts: Sequence[int]
    closed: bool = False

    def published(self) -> tuple[tuple[AccountLine, ...], tuple[PublishedFinding, ...]]:
        """Return the account and the findings as they may be published.

        Small lines are joined to others, so that the sum still holds. The account is withheld, or
        kept as it was, where its ends differ by a small count from the contacts told or from an
        earlier account, or where one small line is left.
        """
        groups = self._joined() if self.lines and self._is_open() else None
        if groups is None:
            report = self.earlier.latest(lambda found: bool(found.bridge)) if self.lines else None
            kept = () if report is None else report.bridge
            return kept, _findings(self, ())
        between = [AccountLine(code=JOINT.join(g), count=self._total(g)) for g in groups]
        ends = [AccountLine(code=code, count=self.lines[code]) for code in ENDS]
        bridge = (*ends[:1], *between, *ends[1:])
        return bridge, _findings(self, bridge)

    @property
    def minimum(self) -> int:
        """Least publishable count."""
        return self.earlier.minimum

    def _is_open(self) -> bool:
        small = [0 < self.lines[code] < self.minimum for code in ENDS]
        few = [n < self.minimum for n in self.contacts]
        young = [reveals_small_count(self.lines[LAST], n, self.minimum) for n in self.contacts]
        return not (self.closed or any((*small, *few, *young, *self._news_at_the_ends())))

    def _news_at_the_ends(self) -> Iterator[bool]:
        for report in self.earlier.reports:
            before = {line.code: line.count for line in report.bridge}
            for code in ENDS:
                yield reveals_small_count(self.lines[code], before.get(code), self.minimum)
        now = {self.lines[LAST] - n for n in self.contacts}
        for young in self._young_before():
            yield any(reveals_small_count(number, young, self.minimum) for number in now)

    def _young_before(self) -> Iterator[int]:
        """Yield how many contacts were too young in earlier reports."""
        for report in self.earlier.reports:
            ends = [line.count for line in report.bridge if line.code == LAST]
            shown = (outcome for outcome in report.outcomes.values() if outcome.rows)
            told = {number(outcome.contacts) for outcome in shown}
            yield from (end - n for end in ends for n in told if n is not None)
            found = [f.count for f in report.findings if f.code.startswith(YOUNG)]
            yield from (value for count in found if (value := number(count)) is not None)

    # ---- lines

    def _total(self, group: Group) -> int:
        return sum(self.lines[code] for code in group)

    def _joined(self) -> list[Group] | None:
        """Return the codes of each line, or None where one small line is left."""
        told = {line_of(code) for code, count in self.findings.items() if self._tells(code, count)}
        groups = [group for group in self._begun() if self._total(group) or self._before(group)]
        while small := [group for group in groups if self._is_small(group, told)]:
            if len(groups) < 2:
                return None
            smallest = min(small, key=self._order)
            others = [group for group in groups if group != smallest]
            partner = min(others, key=lambda group: (bool(told & {*group}), self._order(group)))
            both = tuple(code for code in self.lines if code in {*partner, *smallest})
            groups = [both if group == partner else group for group in others]
        return [group for group in groups if self._total(group)]

    def _tells(self, code: str, count: int) -> bool:
        """Return whether the count of a finding gives that of its line."""
        line = self.lines.get(line_of(code))
        close = line is not None and abs(count - line) < self.minimum
        return close and count >= self.minimum and not self.is_news(code, count)

    def _begun(self) -> list[Group]:
        """Return the codes between the ends; what an earlier account joined stays joined."""
        groups: list[Group] = [(code,) for code in self.lines if code not in ENDS]
        for report in self.earlier.reports:
            for line in report.bridge:
                codes = {*line.codes}
                touched = [group for group in groups if codes & {*group}]
                taken = {code for group in touched for code in group}
                groups = [group for group in groups if group not in touched]
                if touched:
                    groups.append(tuple(code for code in self.lines if code in taken))
        return groups

    def _order(self, group: Group) -> tuple[int, Group]:
        return self._total(group), group

    def _before(self, group: Group) -> list[int]:
        """Return what each earlier report counts under these codes."""
        accounts = [
            sum(line.count for line in report.bridge if {*line.codes} & {*group})
            for report in self.earlier.reports
            if report.bridge
        ]
        found = self._findings_before(group[0]) if len(group) == 1 else []
        return [*accounts, *found]

    def _findings_before(self, line: str) -> list[int]:
        found = (f for report in self.earlier.reports for f in report.findings)
        counts = (number(f.count) for f in found if line_of(f.code) == line)
        return [count for count in counts if count is not None]

    def _is_small(self, group: Group, told: set[str]) -> bool:
        """Return whether a small count follows from a line, or from what no finding tells of it."""
        total = self._total(group)
        rest = [code for code in group if code not in told]
        left = self._total(tuple(rest)) if len(group) > 1 else total
        least = self.minimum if len(group) == 1 else JOINED_MINIMA * self.minimum
        small = [0 < count < least for count in (total, left)]
        news = (reveals_small_count(total, n, self.minimum) for n in self._before(group))
        return any(small) or any(news)

    def is_news(self, code: str, count: int) -> bool:
        """Return whether few calls came in since an earlier report."""
        reports = self.earlier.reports
        before = [number(f.count) for r in reports for f in r.findings if f.code == code]
        lines = [line.count for r in reports for line in r.bridge if line.code == line_of(code)]
        return any(reveals_small_count(count, n, self.minimum) for n in (*before, *lines))


# ---- findings


def _findings(account: Account, bridge: Sequence[AccountLine]) -> tuple[PublishedFinding, ...]:
    found = (_finding(account, code, bridge) for code in account.findings)
    return tuple(finding for finding in found if finding is not None)


def _finding(account: Account, code: str, bridge: Sequence[AccountLine]) -> PublishedFinding | None:
    """Return a finding with the count that may be told; None where it is left out."""
    if not _counts_persons(code):
        return _told(account, code, Exact(account.findings[code]), None)
    count = _beside_its_line(account, code, bridge)
    if account.is_news(code, count):
        return _kept(account, code)
    young = code.startswith(YOUNG) and bool(account.lines) and not bridge
    if _is_part(account, code, count) or (young and count >= account.minimum):
        return None
    small = 0 < count < account.minimum
    return _told(account, code, Few() if small else Exact(count), None)


def _counts_persons(code: str) -> bool:
    guide = all_guides().get(code)
    return guide is None or guide.counts_persons


def _told(account: Account, code: str, count: Count, period: str | None) -> PublishedFinding:
    return told_finding(code, count, minimum=account.minimum, kept_from=period)


def _kept(account: Account, code: str) -> PublishedFinding | None:
    now = account.findings[code]
    report = account.earlier.latest(lambda found: any(f.code == code for f in found.findings))
    if report is None:
        return None
    finding = next(found for found in report.findings if found.code == code)
    if isinstance(finding.count, Withheld):  # told then, and too small to be told again
        return _told(account, code, Few(), None) if 0 < now < account.minimum else None
    return _told(account, code, *_as_kept(finding, report, now))


def _as_kept(finding: PublishedFinding, report: ReportCounts, now: int) -> tuple[Count, str | None]:
    """Return the earlier count, and its period where it is not the present one as well."""
    period = finding.kept_from or report.period
    value = number(finding.count)
    if value is None:
        return finding.count, period
    return (Exact(now), None) if value == now else (Kept(value, period), period)


def _beside_its_line(account: Account, code: str, bridge: Sequence[AccountLine]) -> int:
    """Return the count, or that of its line where the difference is small."""
    count = account.findings[code]
    line = account.lines.get(code, count)
    single = any(row.code == code for row in bridge)
    return line if single and reveals_small_count(count, line, account.minimum) else count


def _is_part(account: Account, code: str, count: int) -> bool:
    """Return whether a small count follows from this one and what it is a part of."""
    others = [account.findings.get(other, 0) for left_out, other in NESTED if left_out == code]
    if line_of(code) in account.lines:
        others.append(account.lines[FIRST])
    return any(_are_close(count, number, account.minimum) for number in others)


def line_of(finding: str) -> str:
    """Return the code of the line that a finding tells, if there is one."""
    return LINE_OF.get(finding, finding)


def _are_close(one: int, other: int, minimum: int) -> bool:
    """Return whether a small difference follows, also where one is told as below the minimum."""
    least, most = sorted((one, other))
    if least < minimum:
        return least > 0 and most == minimum
    return reveals_small_count(one, other, minimum)
