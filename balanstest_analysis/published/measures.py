"""Breaches found in a history, each with what the organisation does about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import PublishedCompliance, PublishedRule
from balanstest_analysis.published.counts import Count, FewOthers, Withheld, number
from balanstest_analysis.published.names import BREACHES, Breach


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is done about one kind of breach.

    Attributes:
        finding: the breach.
        measure: empty where it is still to be written.
        owner: a function, not a name; empty likewise.
        by: ISO date by which it is to be done, or None where none is stated.
        done_on: ISO date on which it was done, or None where it was not.
    """

    finding: Breach
    measure: str
    owner: str
    by: str | None
    done_on: str | None

    def is_overdue(self, day: str) -> bool:
        """Return whether it should have been done before a day, and was not.

        Args:
            day: ISO date.
        """
        return self.done_on is None and self.by is not None and self.by < day

    def is_complete(self, day: str) -> bool:
        """Return whether it says what, who, and when: done, or to be done on a day or later.

        Args:
            day: ISO date of the report.
        """
        dated = self.done_on is not None or (self.by is not None and self.by >= day)
        return bool(self.measure and self.owner and dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBreach:
    """A breach that was found, with the measures that are stated for it.

    Attributes:
        code: of the breach.
        count: as published; a hidden count stays hidden.
        measures: in the order of the dossier.
    """

    code: Breach
    count: Count
    measures: tuple[Measure, ...]

    def is_open(self, day: str) -> bool:
        """Return whether no measure is stated, or one of them is incomplete.

        Args:
            day: ISO date of the report.
        """
        return not self.measures or not all(one.is_complete(day) for one in self.measures)


def found_breaches(
    findings: Sequence[PublishedFinding],
    compliance: PublishedCompliance | None,
    measures: Sequence[Measure],
) -> tuple[FoundBreach, ...]:
    """Return the breaches that a report tells of, in the order of the rules.

    Args:
        findings: as published.
        compliance: as published; None where no history was delivered.
        measures: of the dossier.
    """
    told = {finding.code: finding.count for finding in findings}
    rules = {} if compliance is None else {rule.code: rule for rule in compliance.rules}
    return tuple(
        FoundBreach(
            code=code,
            count=rules[code].count if _is_broken(rules.get(code)) else told[code],
            measures=tuple(one for one in measures if one.finding == code),
        )
        for code in BREACHES
        if code in told or _is_broken(rules.get(code))
    )


def open_breaches(breaches: Sequence[FoundBreach], report_date: str) -> Iterator[str]:
    """Yield a gap for every breach that is told of and has no measure, owner and date.

    Args:
        breaches: as published, so that a gap tells of none that is left out.
        report_date: ISO date; a measure that was to be done before it and was not is overdue.
    """
    yield from (f"measures.{one.code}" for one in breaches if one.is_open(report_date))


def _is_broken(rule: PublishedRule | None) -> bool:
    """Return whether a rule tells of a breach; few may be none, where few calls were checked."""
    if rule is None or rule.status != "checked":
        return False
    return isinstance(rule.count, FewOthers | Withheld) or bool(number(rule.count))
