"""What the checks of a history give: records, exact and internal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from balanstest_analysis.dossier.regimes import Regime
from balanstest_analysis.history.compliance.late_events import LateEvents
from balanstest_analysis.published.names import RuleStatus


@dataclass(frozen=True, kw_only=True)
class YearCheck:
    """One calendar year of a check.

    Attributes:
        year: of the call, or of the objection.
        count: against the rule.
        checked: to which the rule applies.
    """

    year: int
    count: int
    checked: int


@dataclass(frozen=True, kw_only=True)
class RuleCheck:
    """How often the history went against one rule.

    Attributes:
        code: the rule, also the code of the finding.
        unit: ``"calls"`` or ``"objections"``.
        status: ``"checked"``, ``"no_data"`` (what it needs was not delivered) or ``"no_rule"``
            (nothing to check against, such as an own term that was not stated).
        count: against the rule; None unless checked.
        checked: to which the rule applies; None unless checked.
        by_year: the same per calendar year, where there was something to check.
        verified: whether a published source confirms the rule; None where that has no meaning.
        sources: where it was read, in Dutch.
    """

    code: str
    unit: str
    status: RuleStatus
    count: int | None
    checked: int | None
    by_year: tuple[YearCheck, ...]
    verified: bool | None
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the check with plain values."""
        values = asdict(self)
        return {**values, "by_year": list(values["by_year"]), "sources": list(self.sources)}


@dataclass(frozen=True, kw_only=True)
class YearOfCalling:
    """How often the customers called in one calendar year were called in it.

    Attributes:
        year: calendar year.
        customers: called at least once.
        calls_median: calls to the middle customer.
        calls_high: the fewest calls that 95 % of the customers do not exceed.
        calls_most: calls to the customer called most.
        contacts_median: net contacts of the middle customer.
        contacts_high: the fewest net contacts that 95 % do not exceed.
    """

    year: int
    customers: int
    calls_median: int
    calls_high: int
    calls_most: int
    contacts_median: int
    contacts_high: int


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often customers are called in a calendar year.

    Attributes:
        years: one by one.
        buckets: customers, summed over the years, by least number of calls in a year
            (the bucket ends before the next one).
        many: customers called more often in some year than the limit.
        limit: that number of calls.
    """

    years: tuple[YearOfCalling, ...]
    buckets: Mapping[int, int]
    many: int
    limit: int

    def to_dict(self) -> dict[str, Any]:
        """Return the frequency with plain values."""
        buckets = [{"calls_from": least, "customers": n} for least, n in self.buckets.items()]
        years = [asdict(year) for year in self.years]
        return {"years": years, "buckets": buckets, "many": self.many, "limit": self.limit}


@dataclass(frozen=True, kw_only=True)
class CallingAfterwards:
    """How former customers were called on the ground of their relation.

    Attributes:
        people: called at least once as a former customer.
        first_low: month, since the last purchase, in or before which 5 % were called first.
        first_median: in or before which half were.
        first_high: in or before which 95 % were.
        person_years: people, summed over the calendar years in which they were called.
        calls_median: calls in a year to the middle one of them.
        calls_high: the fewest calls in a year that 95 % do not exceed.
        contacts_median: net contacts in a year of the middle one.
        contacts_high: the fewest net contacts that 95 % do not exceed.
    """

    people: int
    first_low: int
    first_median: int
    first_high: int
    person_years: int
    calls_median: int
    calls_high: int
    contacts_median: int
    contacts_high: int

    def to_dict(self) -> dict[str, int]:
        """Return the numbers by name."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """Whether the calling kept to the rules of its day.

    Attributes:
        rules: one check per rule, in the order of ``rules.toml``.
        regimes: those in force on the days of the calls.
        called_after_objection: objections after which their maker was called at all.
        frequency: how often one customer is called in a year.
        afterwards: when and how often former customers are called; None where none was.
        late_events: what is not known because the events begin late; None where they do not.
    """

    rules: tuple[RuleCheck, ...]
    regimes: tuple[Regime, ...]
    called_after_objection: int
    frequency: Frequency
    afterwards: CallingAfterwards | None
    late_events: LateEvents | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the checks with plain values."""
        return {
            "rules": [check.to_dict() for check in self.rules],
            "regimes": [regime.id for regime in self.regimes],
            "called_after_objection": self.called_after_objection,
            "frequency": self.frequency.to_dict(),
            "afterwards": None if self.afterwards is None else self.afterwards.to_dict(),
            "late_events": None if self.late_events is None else self.late_events.to_dict(),
        }
