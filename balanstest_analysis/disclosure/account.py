"""What may be published of the account of the calls, and of what was found in the history.

Every call is in exactly one line of the account, and a finding counts every call it applies to:
lines, findings and their differences are counts that all have to be zero or large enough, and so
have their differences from an earlier report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from balanstest_analysis.disclosure.earlier_counts import EarlierCounts, tells
from balanstest_analysis.document.wording import finding_text

Entry = dict[str, Any]
ENDS = ("rows_in", "in_exposure")
JOINED_MINIMA = 2
YOUNG = "incomplete_follow_up_"
Group = tuple[str, ...]
LINE_OF = {"after_data_through_calls": "after_data_through"}
# A finding, and another one that it is part of or that is part of it: the first is left out.
NESTED = (
    ("objection_then_called", "objection_processed_late"),
    ("incomplete_follow_up_objection", "incomplete_follow_up_complaint"),
    ("objection_on_young_call", "incomplete_follow_up_objection"),
    ("complaint_on_young_call", "incomplete_follow_up_complaint"),
)


@dataclass(frozen=True, kw_only=True)
class Account:
    """Account and findings of an internal result, beside those of earlier reports.

    Attributes:
        lines: calls by code, with both ends.
        findings: of the internal result.
        earlier: reports of the same series.
        contacts: contacts told, of each outcome.
        closed: whether the account has to be withheld.
    """

    lines: Mapping[str, int]
    findings: Sequence[Entry]
    earlier: EarlierCounts
    contacts: Sequence[int]
    closed: bool = False

    def published(self) -> tuple[list[Entry], list[Entry]]:
        """Return the account and the findings as they may be published.

        Small lines are joined to others, so that the sum still holds. The account is withheld, or
        kept as it was, where its ends differ by a small count from the contacts told or from an
        earlier account, or where one small line is left.
        """
        groups = self._joined() if self.lines and self._is_open() else None
        if groups is None:
            found = self.earlier.latest("bridge") if self.lines else None
            return (list(found[1]) if found else []), self._findings([])
        between = [{"code": "+".join(group), "count": self._total(group)} for group in groups]
        ends = [{"code": code, "count": self.lines[code]} for code in ENDS]
        bridge = [*ends[:1], *between, *ends[1:]]
        return bridge, self._findings(bridge)

    @property
    def _minimum(self) -> int:
        return self.earlier.minimum

    def _is_open(self) -> bool:
        small = [0 < self.lines[code] < self._minimum for code in ENDS]
        few = [n < self._minimum for n in self.contacts]
        young = [tells(self.lines["in_exposure"], n, self._minimum) for n in self.contacts]
        return not (self.closed or any((*small, *few, *young, *self._news_at_the_ends())))

    def _news_at_the_ends(self) -> Iterator[bool]:
        for lines in self.earlier.tables("bridge"):
            before = {line["code"]: line["count"] for line in lines}
            for code in ENDS:
                yield tells(self.lines[code], before[code], self._minimum)
        now = {self.lines["in_exposure"] - n for n in self.contacts}
        for young in self._young_before():
            yield any(tells(number, young, self._minimum) for number in now)

    def _young_before(self) -> Iterator[int]:
        """Yield how many contacts were too young in earlier reports."""
        for report in self.earlier.reports:
            ends = [x["count"] for x in report["bridge"] if x["code"] == "in_exposure"]
            told = {o["exposure"] for o in report["outcomes"].values() if o["rates"]}
            yield from (end - n for end in ends for n in told if n is not None)
            found = [f["count"] for f in report["findings"] if f["code"].startswith(YOUNG)]
            yield from (count for count in found if count is not None)

    # ---- lines

    def _total(self, group: Group) -> int:
        return sum(self.lines[code] for code in group)

    def _joined(self) -> list[Group] | None:
        """Return the codes of each line, or None where one small line is left."""
        told = {line_of(f["code"]) for f in self.findings if self._tells_line(f)}
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

    def _tells_line(self, finding: Entry) -> bool:
        """Return whether the count of a finding gives that of its line."""
        count, line = finding["count"], self.lines.get(line_of(finding["code"]))
        close = line is not None and abs(count - line) < self._minimum
        return close and count >= self._minimum and not self._is_news(finding["code"], count)

    def _begun(self) -> list[Group]:
        """Return the codes between the ends; what an earlier account joined stays joined."""
        groups: list[Group] = [(code,) for code in self.lines if code not in ENDS]
        for lines in self.earlier.tables("bridge"):
            for line in lines:
                codes = {*line["code"].split("+")}
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
            sum(line["count"] for line in lines if {*line["code"].split("+")} & {*group})
            for lines in self.earlier.tables("bridge")
        ]
        found = self._findings_before(group[0]) if len(group) == 1 else []
        return [*accounts, *(count for count in found if count is not None)]

    def _findings_before(self, line: str) -> list[int | None]:
        reports = self.earlier.reports
        return [f["count"] for r in reports for f in r["findings"] if line_of(f["code"]) == line]

    def _is_small(self, group: Group, told: set[str]) -> bool:
        """Return whether a small count follows from a line, or from what no finding tells of it."""
        total = self._total(group)
        rest = [code for code in group if code not in told]
        left = self._total(tuple(rest)) if len(group) > 1 else total
        least = self._minimum if len(group) == 1 else JOINED_MINIMA * self._minimum
        small = [0 < number < least for number in (total, left)]
        return any(small) or any(tells(total, n, self._minimum) for n in self._before(group))

    # ---- findings

    def _findings(self, bridge: Sequence[Entry]) -> list[Entry]:
        shown = [(finding, self._shown(finding, bridge)) for finding in self.findings]
        return [self._finding(finding, *told) for finding, told in shown if told]

    def _finding(self, finding: Entry, count: int | None, period: str | None) -> Entry:
        if count == finding["count"]:
            return finding
        text = finding_text(finding["code"], count, minimum=self._minimum)
        told = {**finding, "count": count, "text": text}
        return {**told, "kept_from": period} if period else told

    def _shown(
        self, finding: Entry, bridge: Sequence[Entry]
    ) -> tuple[int | None, str | None] | None:
        """Return the count and the period it is kept from; None where the finding is left out."""
        code, count = finding["code"], self._beside_its_line(finding, bridge)
        if self._is_news(code, count):
            return self._kept(code)
        young = code.startswith(YOUNG) and bool(self.lines) and not bridge
        if self._is_part(code, count) or (young and count >= self._minimum):
            return None
        return (None if 0 < count < self._minimum else count), None

    def _kept(self, code: str) -> tuple[int | None, str | None] | None:
        for report in reversed(self.earlier.reports):
            for finding in report["findings"]:
                if finding["code"] == code:
                    return finding["count"], finding.get("kept_from", report["period"])
        return None

    def _is_news(self, code: str, count: int) -> bool:
        """Return whether few calls came in since an earlier report."""
        before = [
            f["count"] for r in self.earlier.reports for f in r["findings"] if f["code"] == code
        ]
        lines = [x for r in self.earlier.reports for x in r["bridge"] if x["code"] == line_of(code)]
        counts = [*before, *(line["count"] for line in lines)]
        return any(tells(count, number, self._minimum) for number in counts)

    def _beside_its_line(self, finding: Entry, bridge: Sequence[Entry]) -> int:
        """Return the count, or that of its line where the difference is small."""
        count: int = finding["count"]
        line = self.lines.get(finding["code"], count)
        single = any(row["code"] == finding["code"] for row in bridge)
        return line if single and tells(count, line, self._minimum) else count

    def _is_part(self, code: str, count: int) -> bool:
        """Return whether a small count follows from this one and what it is a part of."""
        counts = {finding["code"]: finding["count"] for finding in self.findings}
        others = [counts.get(other, 0) for left_out, other in NESTED if left_out == code]
        if line_of(code) in self.lines:
            others.append(self.lines["rows_in"])
        return any(_are_close(count, number, self._minimum) for number in others)


def line_of(finding: str) -> str:
    """Return the code of the line that a finding tells, if there is one."""
    return LINE_OF.get(finding, finding)


def _are_close(one: int, other: int, minimum: int) -> bool:
    """Return whether a small difference follows, also where one is told as below the minimum."""
    least, most = sorted((one, other))
    if least < minimum:
        return least > 0 and most == minimum
    return tells(one, other, minimum)
