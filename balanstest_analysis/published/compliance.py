"""The calling history against the rules of its day, as it is published."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.published.counts import Count
from balanstest_analysis.published.names import RuleStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """Calls against a rule in one calendar year."""

    year: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRule:
    """One rule, and how often the history went against it.

    Attributes:
        code: of the rule.
        unit: what is counted: ``"calls"`` or ``"objections"``.
        status: whether it was checked, or why not.
        count: against the rule; not delivered where it was not checked.
        by_year: all years or none.
        verified: whether a source that could be read confirms it; None where it does not apply.
        sources: in Dutch.
        share: of what the rule applies to; None where it would tell a small count.
    """

    code: str
    unit: str
    status: RuleStatus
    count: Count
    by_year: tuple[YearCount, ...]
    verified: bool | None
    sources: tuple[str, ...]
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfCalls:
    """Median and 95 % point of calls and contacts per person in one year."""

    year: int
    calls_median: int
    calls_high: int
    contacts_median: int
    contacts_high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsShare:
    """Share of the people called at least so often in a year, up to the next bucket."""

    calls_from: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFrequency:
    """How often one person is called.

    Attributes:
        years: with enough people.
        buckets: of people by calls in a year; none where too few were called.
        many: people called more often than the limit in a year.
        limit: calls in a year.
    """

    years: tuple[YearOfCalls, ...]
    buckets: tuple[CallsShare, ...]
    many: Count
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsAfterwards:
    """When and how often people are called after the relation ended: points of distributions.

    Attributes:
        first_low: month of the first call, 5 % point; then the median and the 95 % point.
        calls_median: calls per year; then the 95 % point, and the same of contacts.
    """

    first_low: int
    first_median: int
    first_high: int
    calls_median: int
    calls_high: int
    contacts_median: int
    contacts_high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEvents:
    """From when on is known what came before a call, where the events begin too late for some.

    Attributes:
        begins_on: ISO date, first day of the month with which the events begin.
        reaches_from: ISO date, first day of the month from which on they reach back far enough.
    """

    begins_on: str
    reaches_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCompliance:
    """What the calling history was checked against.

    Attributes:
        rules: in the order of the report.
        regimes: names of those in force on the days of the calls.
        called_after_objection: people who were called after they objected.
        frequency: how often one person is called.
        afterwards: None where too few former customers were called.
        late_events: None where the events do not begin too late.
    """

    rules: tuple[PublishedRule, ...]
    regimes: tuple[str, ...]
    called_after_objection: Count
    frequency: PublishedFrequency
    afterwards: CallsAfterwards | None
    late_events: LateEvents | None = None
