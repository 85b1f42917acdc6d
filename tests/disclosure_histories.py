"""Invented histories at the level of counts, with the exact result that they give.

Every count that a report can be made from is drawn, the small ones on purpose often: rare events,
one-off exclusions, tiny campaigns, few persons. `later` lets time pass: much, little or nothing
comes in, and old rows are corrected.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from balanstest_analysis.analysis.exact_outcomes import incidence_months
from balanstest_analysis.disclosure.exact_result import ExactOutcome, ExactResult, IncidenceMonth
from balanstest_analysis.history.compliance.records import (
    Compliance,
    Frequency,
    RuleCheck,
    YearCheck,
)
from balanstest_analysis.history.exposure.lifetimes import followed_table
from balanstest_analysis.history.month_composition import MonthComposition
from balanstest_analysis.published.outcomes import FittedPoint
from balanstest_analysis.statistics.cumulative_incidence import cumulative_incidence
from tests.exact_results import (
    REGIME,
    exact_outcome,
    exact_result,
    findings,
    lines,
    proposal,
    settings,
)

Ints = NDArray[np.int64]
OUTCOMES = ("conversion", "objection", "complaint")
REPORTED = ("objection", "complaint")
LINES = (
    "after_data_through",
    "placeholder_key",
    "left_out_by_where",
    "duplicate_call",
    "legs_of_one_call",
    "requested_call",
    "consent",
    "running_customer",
    "reference_on_or_after_call",
    "no_earlier_event",
    "after_objection",
    "beyond_cap",
    "beyond_own_term",
)
# Lines of which a finding tells the same count.
TOLD_LINES = {
    "after_data_through_calls": "after_data_through",
    "placeholder_keys_calls": "placeholder_key",
    "rows_left_out_by_where_calls": "left_out_by_where",
    "duplicate_call": "duplicate_call",
    "legs_of_one_call": "legs_of_one_call",
    "running_customer": "running_customer",
    "reference_on_or_after_call": "reference_on_or_after_call",
    "no_earlier_event": "no_earlier_event",
}
NOT_RELATED = (*LINES[:5], "requested_call", "consent")
NOT_FORMER = ("running_customer", "reference_on_or_after_call")
YEARS = (2024, 2025, 2026)
CALLED = (1, 2, 3, 5, 10)  # least calls in a year
PASSING = ("busy", "quiet", "still", "corrected", "mixed")


@dataclass(kw_only=True)
class History:
    """True counts.

    Attributes:
        contacts: followed up for every outcome, per month.
        events: among them, by outcome and month.
        middle: contacts followed up for an objection but not for a complaint, per month.
        young: contacts not followed up, per month.
        unreached: calls that reached nobody, per month.
        lines: calls by exclusion.
        findings: other counts by code.
        years: what broke a rule, by rule and year.
        checked: what a rule applies to, where the account does not tell.
        leaving: persons with an event, by outcome and month since their first contact.
        exits: persons who left without, likewise; the same persons in all for every outcome.
        campaigns: number of campaigns.
        buckets: people by the least number of calls in a year.
        request: the cap and the longer term that is asked for; None where none is.
    """

    contacts: Ints
    events: dict[str, Ints]
    middle: Ints
    young: Ints
    unreached: Ints
    lines: dict[str, int]
    findings: dict[str, int]
    years: dict[str, Ints]
    checked: dict[str, int]
    leaving: dict[str, Ints]
    exits: dict[str, Ints]
    campaigns: int
    period: int = 0
    minimum: int = 10
    buckets: dict[int, int] = field(default_factory=dict)
    by_campaign: Ints = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    request: tuple[int, int] | None = None

    @property
    def all_contacts(self) -> Ints:
        return self.contacts + self.middle + self.young

    @property
    def rows_in(self) -> int:
        return int(sum(self.lines.values()) + self.unreached.sum() + self.all_contacts.sum())

    def bridge(self) -> dict[str, int]:
        ends = int(self.unreached.sum()), int(self.all_contacts.sum())
        lines = {**self.lines, "no_net_contact": ends[0], "in_exposure": ends[1]}
        return {"rows_in": self.rows_in, **lines}

    def all_findings(self) -> dict[str, int]:
        """Return every finding; those that tell a line of the account as well."""
        young, middle = int(self.young.sum()), int(self.middle.sum())
        return {
            **{finding: self.lines[line] for finding, line in TOLD_LINES.items()},
            **self.findings,
            "incomplete_follow_up_objection": young,
            "incomplete_follow_up_complaint": young + middle,
            **{code: int(years.sum()) for code, years in self.years.items()},
        }

    def all_checked(self) -> dict[str, int]:
        """Return what each rule applies to."""
        related = self.rows_in - sum(self.lines[code] for code in NOT_RELATED)
        former = related - sum(self.lines[code] for code in NOT_FORMER)
        found = {"after_objection": related, "no_earlier_event": former}
        return {**found, **self.checked}

    @property
    def people(self) -> int:
        return int((self.leaving["objection"] + self.exits["objection"]).sum())

    def risk(self, outcome: str) -> Ints:
        found: Ints = followed_table(self.leaving[outcome], self.exits[outcome])["at_risk"]
        return found.to_numpy()


def draw(rng: np.random.Generator) -> History:
    """Return a history of any size."""
    months = int(rng.choice([1, 3, 8, 14, 24, 36]))
    size = float(rng.choice([2, 6, 20, 60, 300]))
    decay = np.exp(-rng.choice([0, 0.05, 0.15]) * np.arange(months))
    contacts = rng.poisson(size * decay) + (np.arange(months) == 0)
    rates = {
        "conversion": rng.choice([0.002, 0.05, 0.2, 0.9]),
        "objection": rng.choice([0.0005, 0.01, 0.08]),
        "complaint": rng.choice([0.0, 0.0003, 0.004, 0.03]),
    }
    history = History(
        contacts=contacts,
        events={name: rng.binomial(contacts, rate) for name, rate in rates.items()},
        middle=rng.poisson(rng.choice([0, 0.1, 2]), months),
        young=rng.poisson(rng.choice([0, 0.1, 2]), months),
        unreached=rng.poisson(contacts * rng.choice([0, 0.02, 1.5])),
        lines={code: _small(rng) for code in LINES},
        findings={},
        years={},
        checked={},
        leaving={},
        exits={},
        campaigns=int(rng.integers(1, 6)),
    )
    _draw_found(rng, history)
    _draw_persons(rng, history)
    history.by_campaign = _split(rng, history)
    history.buckets = _called(history)
    history.request = _request(history)
    return history


def _small(rng: np.random.Generator) -> int:
    return int(rng.choice([0, 0, 1, 3, rng.integers(1, 25), rng.integers(10, 200)]))


def _draw_found(rng: np.random.Generator, history: History) -> None:
    late, lines = _small(rng), history.lines
    taken = sum(lines[code] for code in (*NOT_FORMER, "no_earlier_event"))
    history.findings = {
        "after_objection": lines["after_objection"] + min(taken, int(rng.choice([0, 2, 15]))),
        "beyond_cap": lines["beyond_cap"] + min(lines["after_objection"], int(rng.choice([0, 4]))),
        "objection_unattributed": _small(rng),
        "objection_on_young_call": int(rng.binomial(history.young.sum(), 0.5)),
        "complaint_on_young_call": int(rng.binomial((history.young + history.middle).sum(), 0.3)),
        "objection_processed_late": late,
        "objection_then_called": late + _small(rng),
    }
    calls = int(history.unreached.sum() + history.all_contacts.sum())
    history.checked = {
        "forbidden_day": calls + history.lines["consent"],
        "outside_hours": calls,
    }
    for code in ("forbidden_day", "outside_hours"):
        number = min(_small(rng), history.checked[code])
        history.years[code] = rng.multinomial(number, [0.2, 0.3, 0.5])


def _called(history: History) -> dict[int, int]:
    people = history.people
    rng = np.random.default_rng(people)  # of its own, so that nothing else is drawn otherwise
    shares = rng.dirichlet(np.array([8, 4, 2, 1, 0.3]) * rng.choice([0.3, 2]))
    return dict(zip(CALLED, rng.multinomial(people, shares).tolist(), strict=True))


def _request(history: History) -> tuple[int, int] | None:
    """Return a cap within the months and a longer term, in half of the histories that have room."""
    months = len(history.contacts)
    rng = np.random.default_rng([months, int(history.contacts.sum())])  # as for `_called`
    if months < 8 or rng.random() < 0.5:
        return None
    cap = int(rng.integers(2, months - 2))
    return cap, int(rng.integers(cap + 1, months + 6))


def _draw_persons(rng: np.random.Generator, history: History) -> None:
    """Draw who was followed how long: most report in the first conversation, many leave early."""
    people = int(rng.binomial(history.all_contacts.sum(), 0.7))
    followed = int(rng.choice([1, 4, 9, 14, 26, 40]))
    leaves = float(rng.choice([0.0, 0.01, 0.05, 0.2]))
    for outcome in REPORTED:
        own = int(history.events[outcome].sum())
        hazard = rng.binomial(own, rng.choice([0.3, 0.9])) + rng.poisson(0.2, followed)
        hazard = np.where(np.arange(followed), hazard // max(followed, 1), hazard)
        history.leaving[outcome], history.exits[outcome] = _lives(rng, people, hazard, leaves)


def _lives(rng: np.random.Generator, people: int, wanted: Ints, leaves: float) -> tuple[Ints, Ints]:
    """Return events and exits per month, of persons of whom the last leave in the last month."""
    events, exits = np.zeros((2, len(wanted)), dtype=np.int64)
    risk = people
    for month, number in enumerate(wanted):
        events[month] = min(risk, int(number))
        risk -= int(events[month])
        gone = risk if month == len(wanted) - 1 else int(rng.binomial(risk, leaves))
        exits[month] = gone
        risk -= gone
    return events, exits


def _split(rng: np.random.Generator, history: History) -> Ints:
    shares = rng.dirichlet(np.full(history.campaigns, 0.4))
    drawn = [rng.multinomial(n, shares) for n in history.all_contacts]
    return np.array(drawn, dtype=np.int64).T


def later(rng: np.random.Generator, history: History, passing: str) -> History:
    """Return the history a quarter later."""
    new = copy.deepcopy(history)
    new.period += 1
    level = {"busy": 1.0, "quiet": 0.02, "still": 0.0, "corrected": 0.0, "mixed": 0.1}[passing]
    months = len(new.contacts)
    more = rng.poisson(level * (new.contacts + 1))
    if passing in ("quiet", "mixed"):
        more = more * (rng.random(months) < 0.5)
    new.contacts += more
    for name in OUTCOMES:
        rate = new.events[name].sum() / max(new.contacts.sum(), 1)
        new.events[name] += rng.binomial(more, min(1, rate))
    new.unreached += rng.poisson(more * 0.5)
    for code in new.lines:
        new.lines[code] += int(rng.poisson(level * 5))
    if level:
        new.young, new.middle = rng.poisson(new.young), rng.poisson(new.middle)
    if passing in ("corrected", "mixed"):
        _correct(rng, new)
    _draw_found(rng, new)
    if passing == "still":
        new.findings, new.years = copy.deepcopy((history.findings, history.years))
        new.checked = dict(history.checked)
    _draw_more_persons(rng, new, more)
    new.by_campaign = _split(rng, new)
    if passing in ("busy", "mixed"):
        new.request = _request(new)
    if passing != "still":
        own = np.random.default_rng(int(new.contacts.sum()))
        new.buckets = {c: n + int(own.poisson(level * n + 0.5)) for c, n in new.buckets.items()}
    return new


def _correct(rng: np.random.Generator, history: History) -> None:
    """Take a few contacts and events away, and move one between lines."""
    for month in rng.integers(0, len(history.contacts), 3):
        free = history.contacts[month] - max(k[month] for k in history.events.values())
        history.contacts[month] -= min(int(rng.integers(0, 4)), max(int(free), 0))
        name = OUTCOMES[rng.integers(3)]
        history.events[name][month] = max(0, history.events[name][month] - 1)
    code = LINES[rng.integers(len(LINES))]
    history.lines[code] = max(0, history.lines[code] + int(rng.integers(-3, 4)))


def _draw_more_persons(rng: np.random.Generator, history: History, more: Ints) -> None:
    """Let new persons come in, and those who were followed to the end be followed on."""
    came = int(rng.binomial(more.sum(), 0.5))
    most = int(history.all_contacts.sum())
    came = max(0, min(came, most - history.people))
    for outcome in REPORTED:
        events, exits = history.leaving[outcome], history.exits[outcome]
        events[0] += (new := int(rng.binomial(came, 0.05)))
        exits[0] += (left := int(rng.binomial(came - new, 0.3)))
        exits[-1] += came - new - left
        late = min(int(exits[-1]), int(rng.poisson(0.3)))
        events[-1] += late
        exits[-1] -= late


# ---------------------------------------------------------------- the exact result


def internal(history: History) -> ExactResult:
    """Return the exact result of a history, as far as publication looks at it."""
    year, quarter = 2024 + history.period // 4, 1 + history.period % 4
    cap, asked = history.request or (REGIME.cap_months, None)
    return exact_result(
        {name: _outcome(history, name) for name in OUTCOMES},
        period=f"{year}-Q{quarter}",
        data_through=f"{year}-{3 * quarter:02}-30",
        settings=settings(history.minimum),
        incidence_since_contact={
            name: found for name in REPORTED if (found := _incidence(history, name))
        },
        composition=_composition(history),
        bridge=lines(history.bridge()),
        findings=findings(history.all_findings()),
        compliance=_compliance(history),
        regime=replace(REGIME, cap_months=cap),
        proposal=replace(proposal(), requested_term_months=asked),
    )


def _outcome(history: History, name: str) -> ExactOutcome:
    n, k = history.contacts, history.events[name]
    longer = {"conversion": history.middle + history.young, "objection": history.middle}
    own = n + longer.get(name, 0 * n)
    rate = float(k.sum() / max(n.sum(), 1))
    return exact_outcome(
        _months(own, k),
        followed=_months(n, k),
        curve=[
            FittedPoint(month=m, rate=rate, rate_lower=0.8 * rate, rate_upper=1.2 * rate)
            for m in range(len(n))
        ],
        design_effect=1.2345,
    )


def _months(n: Ints, k: Ints) -> list[tuple[int, int, int]]:
    return [(m, int(n[m]), int(k[m])) for m in np.flatnonzero(n).tolist()]


def _incidence(history: History, name: str) -> tuple[IncidenceMonth, ...]:
    table = followed_table(history.leaving[name], history.exits[name])
    return incidence_months(cumulative_incidence(table[table["at_risk"] > 0]))


def _composition(history: History) -> tuple[MonthComposition, ...]:
    contacts, unreached = history.all_contacts, history.unreached
    return tuple(
        MonthComposition(
            month=m,
            calls=int(contacts[m] + unreached[m]),
            net_contacts=int(contacts[m]),
            by_campaign={
                f"c{i}": int(count) for i, count in enumerate(history.by_campaign[:, m]) if count
            },
        )
        for m in np.flatnonzero(contacts + unreached).tolist()
    )


def _compliance(history: History) -> Compliance:
    found, checked = history.all_findings(), history.all_checked()
    rules = []
    for code, number in checked.items():
        years = history.years.get(code, np.array([0, 0, found.get(code, 0)]))
        applied = _spread(number, years)
        by_year = tuple(
            YearCheck(year=year, count=int(k), checked=int(n))
            for year, k, n in zip(YEARS, years, applied, strict=True)
            if n
        )
        rules.append(
            RuleCheck(
                code=code,
                unit="calls",
                status="checked",
                count=sum(year.count for year in by_year),
                checked=number,
                by_year=by_year,
                verified=True,
                sources=(),
            )
        )
    return Compliance(
        rules=tuple(rules),
        regimes=(),
        called_after_objection=found["objection_then_called"],
        frequency=Frequency(years=(), buckets=history.buckets, many=0, limit=12),
        afterwards=None,
    )


def _spread(number: int, years: Ints) -> Ints:
    """Return what a rule applies to in each year: at least what broke it."""
    rest = max(0, number - int(years.sum()))
    return years + np.array([rest // 3, rest // 3, rest - 2 * (rest // 3)])
