"""An attacker with a solver: what do the published counts of one or more reports prove?

The attacker has every report of a series (`resultaat.json` holds every number that a report
shows), knows how they are counted, and knows this package. Unknown to them are the true counts
behind the reports: whole numbers of at least zero, per group of months and per line of the
account. Every published number is a linear relation between these: a row of the rates is a sum
over months, a line of the account a sum of calls, a share or percentage an interval. Relations
that follow from the method are given too: an event is a contact, a finding contains its line, who
is at risk has entered and is not gone, every call is in one line.

A count is *proven small* where every solution gives it a value of 1 to 9 (below the minimum), or
the same for its change between two reports. What is published as "minder dan 10" tells just that,
and nothing more: there every value of 1 to 9 must remain possible.

The attacker also concludes from the number of rows that was chosen (`disclosure_choice.py`). Not
given: conclusions from the fact that something was kept, what they know of single persons, and the
shape of the curves (`tests/disclosure/test_publish.py` has those).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tests.disclosure_choice import relate_choice
from tests.disclosure_histories import (
    LINES,
    NOT_FORMER,
    NOT_RELATED,
    OUTCOMES,
    REPORTED,
    TOLD_LINES,
    YEARS,
    History,
    draw,
    internal,
    later,
)
from tests.disclosure_persons import PersonTable
from tests.exact_results import published

Terms = Mapping[str, float]
Atom = tuple[int, int]
ELSEWHERE = (-1, -1)
EPSILON = 1e-6


@dataclass(kw_only=True)
class Relations:
    """Linear relations over whole numbers, and what the truth is."""

    names: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)

    def unknown(self, name: str, truth: int) -> str:
        self.names.setdefault(name, len(self.names))
        self.truth[name] = int(truth)
        return name

    def hold(self, terms: Terms, low: float, high: float = np.inf) -> None:
        self.rows.append((terms, low, high))

    def equal(self, terms: Terms, value: float) -> None:
        self.hold(terms, value, value)

    def value(self, terms: Terms) -> float:
        return sum(factor * self.truth[name] for name, factor in terms.items())

    def broken(self) -> list[tuple[Terms, float, float]]:
        """Return relations that the truth does not meet: a mistake of this model."""
        return [
            row for row in self.rows if not row[1] - 1e-6 <= self.value(row[0]) <= row[2] + 1e-6
        ]

    def matrix(self) -> LinearConstraint:
        data = [
            (i, self.names[n], f) for i, (t, _, _) in enumerate(self.rows) for n, f in t.items()
        ]
        rows, columns, factors = zip(*data, strict=True)
        shape = (len(self.rows), len(self.names))
        _, low, high = zip(*self.rows, strict=True)
        return LinearConstraint(csr_array((factors, (rows, columns)), shape=shape), low, high)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A count that must not be proven small.

    Attributes:
        name: for the message.
        terms: the count as a sum of unknowns.
        declared: whether it is published as smaller than the minimum.
        difference: whether it is a change between two reports, which can be negative.
    """

    name: str
    terms: Terms
    declared: bool = False
    difference: bool = False


def proven_small(
    relations: Relations, targets: Sequence[Target], minimum: int = 10
) -> list[tuple[str, int, int]]:
    """Return the targets that are proven small, each with the range that remains."""
    limits = relations.matrix()
    found = []
    for target in targets:
        actual = abs(relations.value(target.terms))
        # the truth solves the relations: a count that is not small is not proven to be
        if 0 < actual < minimum:
            low, high = _range(relations, limits, target, minimum)
            if _is_small(low, high, target, minimum):
                found.append((target.name, low, high))
    return found


def _is_small(low: int, high: int, target: Target, minimum: int) -> bool:
    within = (low >= 1 and high < minimum) or (-minimum < low and high <= -1)
    whole = abs(low) + abs(high) == minimum and abs(high - low) == minimum - 2
    return within and not (target.declared and whole)


def _range(
    relations: Relations, limits: LinearConstraint, target: Target, minimum: int
) -> tuple[int, int]:
    """Return the least and the most that the target can be; coarse as soon as it is not small."""
    for integral in (0, 1):
        low = _extreme(relations, limits, target, 1, integral)
        high = _extreme(relations, limits, target, -1, integral)
        least, most = int(np.ceil(low - EPSILON)), int(np.floor(high + EPSILON))
        outside = least <= 0 <= most or most >= 4 * minimum or least <= -4 * minimum
        if outside or _is_small(least, most, target, minimum):
            break
    return least, most


def _extreme(
    relations: Relations, limits: LinearConstraint, target: Target, sign: int, integral: int
) -> float:
    costs = np.zeros(len(relations.names))
    for name, factor in target.terms.items():
        costs[relations.names[name]] += sign * factor
    for presolve in (True, False):  # its own reductions can call a solvable problem infeasible
        solved = milp(
            costs,
            constraints=limits,
            bounds=Bounds(0, np.inf),
            integrality=np.full(len(costs), integral),
            options={"time_limit": 20.0, "presolve": presolve},
        )
        if solved.status == 3:  # without bound
            return sign * -1e9
        if solved.x is not None:
            return sign * float(solved.fun)
    raise AssertionError(f"no solution: {solved.message}")


# ---------------------------------------------------------------- from reports to relations


@dataclass(kw_only=True)
class Attack:
    """Everything that follows from the reports of one series.

    Attributes:
        reports: as published, in the order in which they came out.
        histories: the truth behind each.
        choice: what the attacker knows of how rows are chosen.
        step_of_people: in which shares of people are rounded; by default as the rules do.
    """

    reports: Sequence[Mapping[str, Any]]
    histories: Sequence[History]
    choice: Callable[[Any, str], None] = relate_choice
    step_of_people: float | None = None
    relations: Relations = field(default_factory=Relations)
    targets: list[Target] = field(default_factory=list)

    def run(self) -> list[tuple[str, int, int]]:
        """Return what is proven small."""
        self.atoms = _atoms(self.reports)
        for number, (report, history) in enumerate(zip(self.reports, self.histories, strict=True)):
            _Report(number, report, history, self).relate()
        for earlier, now in combinations(range(len(self.reports)), 2):
            self._compare(earlier, now)
        assert not self.relations.broken(), self.relations.broken()[:3]
        return proven_small(self.relations, self.targets)

    def aim(self, name: str, terms: Terms, *, declared: bool = False) -> None:
        self.targets.append(Target(name=name, terms=terms, declared=declared))

    def _compare(self, earlier: int, now: int) -> None:
        old, new = f"{earlier}:", f"{now}:"
        same = [name[len(new) :] for name in self.relations.names if name.startswith(new)]
        for name in same:
            known = old + name in self.relations.names
            if known and not name.startswith(("share", "choice", "risk")):
                self._difference(name, {new + name: 1.0, old + name: -1.0})
        for outcome in OUTCOMES:
            for atom in self.atoms:
                free = {f"N {atom}": 1.0, f"K {outcome} {atom}": -1.0}
                terms = {new + key: f for key, f in free.items()}
                self._difference(
                    f"without {outcome} {atom}", {**terms, **{old + k: -f for k, f in free.items()}}
                )
        for what in ("N", "Y", "U", *(f"K {outcome}" for outcome in OUTCOMES)):
            atoms = [*self.atoms, ELSEWHERE] if what in ("Y", "U") else self.atoms
            terms = {f"{new}{what} {atom}": 1.0 for atom in atoms}
            before = {f"{old}{what} {atom}": -1.0 for atom in atoms}
            if self._is_still(what, earlier, now):
                self._difference(f"all {what}", {**terms, **before})

    def _is_still(self, what: str, earlier: int, now: int) -> bool:
        """Return whether nothing was taken away: else a sum of changes counts nobody."""
        changes = [
            self.relations.truth[f"{now}:{what} {atom}"]
            - self.relations.truth[f"{earlier}:{what} {atom}"]
            for atom in self.atoms
        ]
        return all(change >= 0 for change in changes)

    def _difference(self, name: str, terms: Terms) -> None:
        self.targets.append(Target(name=f"change of {name}", terms=terms, declared=True))


def _atoms(reports: Sequence[Mapping[str, Any]]) -> list[Atom]:
    """Return the finest groups of months between all published bounds."""
    bounds: set[int] = set()
    for report in reports:
        tables = [outcome["rates"] for outcome in report["outcomes"].values()]
        tables += [report["composition"]]
        for rows in tables:
            bounds |= {row["month_from"] for row in rows} | {row["month_to"] + 1 for row in rows}
    ordered = sorted(bounds)
    return [(first, last - 1) for first, last in pairwise(ordered)]


def _groups(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the shares of people by calls in a year."""
    return (report["compliance"] or {"frequency": {"buckets": []}})["frequency"]["buckets"]


class _Report:
    """The relations of one report."""

    def __init__(self, number: int, report: Any, history: History, attack: Attack) -> None:
        self.number, self.report, self.history, self.attack = number, report, history, attack
        self.relations, self.atoms = attack.relations, attack.atoms
        self.everywhere = [*self.atoms, ELSEWHERE]

    def _new(self, name: str, truth: int) -> str:
        return self.relations.unknown(f"{self.number}:{name}", truth)

    def _aim(self, name: str, terms: Terms, *, declared: bool = False) -> None:
        self.attack.aim(f"report {self.number}: {name}", terms, declared=declared)

    def relate(self) -> None:
        self._cells()
        self._rates()
        self._composition()
        self._account()
        self._findings()
        self._rules()
        self._persons()
        self._frequency()
        self._choices()

    # ---- contacts

    def _cells(self) -> None:
        truth = self.history
        for first, last in self.atoms:
            months = slice(first, last + 1)
            atom = (first, last)
            n = self._new(f"N {atom}", truth.contacts[months].sum())
            self._new(f"Y {atom}", (truth.young + truth.middle)[months].sum())
            self._new(f"U {atom}", truth.unreached[months].sum())
            for outcome in OUTCOMES:
                k = self._new(f"K {outcome} {atom}", truth.events[outcome][months].sum())
                self.relations.hold({n: 1, k: -1}, 0)
        self._new(f"N {ELSEWHERE}", 0)
        self.relations.equal({f"{self.number}:N {ELSEWHERE}": 1.0}, 0)
        for what, values in (("Y", truth.young + truth.middle), ("U", truth.unreached)):
            within = sum(values[first : last + 1].sum() for first, last in self.atoms)
            self._new(f"{what} {ELSEWHERE}", values.sum() - within)
        for first, last in self._ranges():
            inside = [atom for atom in self.atoms if first <= atom[0] and atom[1] <= last]
            for what in ("N", "Y", "U", *(f"K {outcome}" for outcome in OUTCOMES)):
                declared = what.startswith("K") and self._is_hidden(what[2:], (first, last))
                everything = inside == self.atoms and what == "Y"
                declared |= everything and self._is_small_finding("incomplete_follow_up_complaint")
                terms = self._sum(what, inside)
                self._aim(f"{what} in {first}-{last}", terms, declared=declared)
            for outcome in OUTCOMES:
                events = dict.fromkeys(self._sum(f"K {outcome}", inside), -1.0)
                self._aim(
                    f"without {outcome} in {first}-{last}",
                    {**self._sum("N", inside), **events},
                    declared=self._is_hidden(outcome, (first, last), "few_others"),
                )

    def _ranges(self) -> Iterator[Atom]:
        """Yield single groups, neighbours, everything, and everything up to or from a bound."""
        firsts, lasts = [a for a, _ in self.atoms], [b for _, b in self.atoms]
        pairs = {*self.atoms, *zip(firsts, lasts[1:], strict=False)}
        pairs |= {(firsts[0], last) for last in lasts} | {(first, lasts[-1]) for first in firsts}
        yield from sorted(pairs)

    def _is_hidden(self, outcome: str, months: Atom, reason: str = "few") -> bool:
        """Return whether all contacts in these months are those of a row that hides its events."""
        first, last = months
        told = self.history.contacts
        for row in self.report["outcomes"][outcome]["rates"]:
            inside = slice(max(first, row["month_from"]), min(last, row["month_to"]) + 1)
            why = row.get("hidden", {}).get("k")
            hidden = why == reason and first <= row["month_from"] and row["month_to"] <= last
            if hidden and told[inside].sum() == told[first : last + 1].sum():
                return True
        return False

    def _sum(self, what: str, atoms: Sequence[Atom]) -> dict[str, float]:
        return {f"{self.number}:{what} {atom}": 1.0 for atom in atoms}

    def _inside(self, row: Mapping[str, Any]) -> list[Atom]:
        return [a for a in self.atoms if row["month_from"] <= a[0] and a[1] <= row["month_to"]]

    def _rates(self) -> None:
        for outcome in OUTCOMES:
            for row in self.report["outcomes"][outcome]["rates"]:
                if "kept_from" not in row:
                    self._row(outcome, row)

    def _row(self, outcome: str, row: Mapping[str, Any]) -> None:
        inside = self._inside(row)
        contacts, events = self._sum("N", inside), self._sum(f"K {outcome}", inside)
        if row["n"] is None:
            self.relations.hold(contacts, 0, 9)
            return
        self.relations.equal(contacts, row["n"])
        if row["k"] is not None:
            self.relations.equal(events, row["k"])
        elif row["hidden"]["k"] == "few":
            self.relations.hold(events, 0 if row["n"] < 100 else 1, 9)
        elif row["hidden"]["k"] == "few_others":
            self.relations.hold({**contacts, **dict.fromkeys(events, -1.0)}, 1, 9)

    def _composition(self) -> None:
        for row in self.report["composition"]:
            if "kept_from" in row:
                continue
            inside = self._inside(row)
            contacts = {**self._sum("N", inside), **self._sum("Y", inside)}
            calls = {**contacts, **self._sum("U", inside)}
            if row["net_contacts"] is not None:
                self.relations.equal(self._sum("N", inside), row["net_contacts"])
            self._share(contacts, calls, row["reached_share"])
            months = slice(row["month_from"], row["month_to"] + 1)
            sizes = self.history.by_campaign[:, months].sum(axis=1)
            large = self._new(f"share {row['month_from']}", sizes.max(initial=0))
            self.relations.hold({**contacts, large: -1.0}, 0)
            self._share({large: 1.0}, contacts, row["largest_campaign_share"])
            if row["largest_campaign_share"] is not None:
                self._aim(f"largest campaign {inside}", {large: 1.0})
                self._aim(f"other campaigns {inside}", {**contacts, large: -1.0})

    def _share(
        self, part: Terms, whole: Terms, share: float | None, step: float | None = None
    ) -> None:
        """Relate a share; the attacker is granted the step in which it was rounded."""
        if share is None:
            return
        total, least = self.relations.value(whole), self.history.minimum
        half = (step or next(s for s in (0.01, 0.05, 0.1) if s * total >= least)) / 2
        for sign in (1, -1):
            terms = dict.fromkeys(whole, -sign * (share + sign * half))
            for name, factor in part.items():
                terms[name] = terms.get(name, 0.0) + sign * factor
            self.relations.hold(terms, -np.inf, 0)

    # ---- calls

    def _account(self) -> None:
        truth = self.history
        for code in LINES:
            line = self._new(f"line {code}", truth.lines[code])
            self._aim(f"line {code}", {line: 1.0}, declared=self._is_small_finding(code))
        self.codes = {code: {f"{self.number}:line {code}": 1.0} for code in LINES}
        contacts = {**self._sum("N", self.everywhere), **self._sum("Y", self.everywhere)}
        self.codes["no_net_contact"] = self._sum("U", self.everywhere)
        self.codes["in_exposure"] = contacts
        self.codes["rows_in"] = {
            name: 1.0
            for code in (*LINES, "no_net_contact", "in_exposure")
            for name in self.codes[code]
        }
        before = [report["bridge"] for report in self.attack.reports[: self.number]]
        bridge = self.report["bridge"]
        if bridge in before:
            return
        for line in bridge:
            codes = line["code"].split("+")
            self.relations.equal(
                {name: 1.0 for code in codes for name in self.codes[code]}, line["count"]
            )
        told = {code for line in bridge for code in line["code"].split("+")}
        for code in LINES:
            if bridge and code not in told:
                self.relations.equal(self.codes[code], 0)

    def _is_small_finding(self, code: str) -> bool:
        code = next((finding for finding, line in TOLD_LINES.items() if line == code), code)
        return any(f["code"] == code and f["count"] is None for f in self.report["findings"])

    def _findings(self) -> None:
        true = self.history.all_findings()
        middle = self._new("middle", self.history.middle.sum())
        self._aim("contacts followed for objections only", {middle: 1.0})
        young = self._sum("Y", self.everywhere)
        self.relations.hold({**young, middle: -1.0}, 0)
        equal = {
            **{finding: self.codes[line] for finding, line in TOLD_LINES.items()},
            "incomplete_follow_up_complaint": young,
            "incomplete_follow_up_objection": {**young, middle: -1.0},
        }
        for code, count in true.items():
            finding = self._new(f"finding {code}", count)
            if code in equal:
                self._equals(finding, equal[code])
        for code in ("after_objection", "beyond_cap"):
            self._contains(f"finding {code}", f"line {code}")
        self._contains("finding objection_then_called", "finding objection_processed_late")
        self._contains("finding incomplete_follow_up_objection", "finding objection_on_young_call")
        self._contains("finding incomplete_follow_up_complaint", "finding complaint_on_young_call")
        for finding in self.report["findings"]:
            self._finding(finding)

    def _equals(self, finding: str, terms: Terms) -> None:
        self.relations.equal({finding: 1.0, **{name: -f for name, f in terms.items()}}, 0)

    def _contains(self, whole: str, part: str) -> None:
        whole, part = f"{self.number}:{whole}", f"{self.number}:{part}"
        terms = {whole: 1.0, part: -1.0}
        self.relations.hold(terms, 0)
        few = self._is_small_finding(whole.partition("finding ")[2])
        self._aim(f"{whole} without {part}", terms, declared=few)

    def _finding(self, finding: Mapping[str, Any]) -> None:
        if "kept_from" in finding:
            return
        name = f"{self.number}:finding {finding['code']}"
        lines = {"after_objection", "beyond_cap"}
        truth = self.relations.truth[name]
        if finding["count"] is None:
            self.relations.hold({name: 1.0}, 1, 9)
            self._aim(name, {name: 1.0}, declared=True)
        elif finding["code"] in lines and finding["count"] != truth:
            pass  # the line is told instead
        else:
            self.relations.equal({name: 1.0}, finding["count"])

    def _rules(self) -> None:
        rules = (self.report["compliance"] or {"rules": []})["rules"]
        checked = self.history.all_checked()
        for rule in rules:
            code = rule["code"]
            total = self._new(f"checked {code}", checked[code])
            broken = f"{self.number}:finding {code}"
            self.relations.hold({total: 1.0, broken: -1.0}, 0)
            why = rule.get("hidden", {}).get("count")
            kept_to = {total: 1.0, broken: -1.0}
            self._aim(f"{code} kept to", kept_to, declared=why == "few_others")
            if why == "few":
                self.relations.hold({broken: 1.0}, 0, 9)
            if why == "few_others":
                self.relations.hold(kept_to, 1, 9)
            self._rule(rule, total, broken)
        related = {f"{self.number}:checked after_objection": -1.0, **self.codes["rows_in"]}
        for code in NOT_RELATED:
            del related[f"{self.number}:line {code}"]
        former = {f"{self.number}:checked no_earlier_event": -1.0, **related}
        del former[f"{self.number}:checked after_objection"]
        for code in NOT_FORMER:
            del former[f"{self.number}:line {code}"]
        self.relations.equal(related, 0)
        self.relations.equal(former, 0)

    def _rule(self, rule: Mapping[str, Any], total: str, broken: str) -> None:
        found = [f for f in self.report["findings"] if f["code"] == rule["code"]]
        if rule["count"] is None or (found and "kept_from" in found[0]):
            return
        if rule["count"] != self.relations.truth[broken]:
            return  # the line is told instead
        self.relations.equal({broken: 1.0}, rule["count"])
        if rule["share"]:
            low, high = self._rounded_from(rule, self.relations.truth[total])
            self.relations.hold({broken: 1.0, total: -high}, -np.inf, 1e-4)
            self.relations.hold({broken: 1.0, total: -low}, -1e-4)
        years = []
        for index, year in enumerate(YEARS):
            told = [entry["count"] for entry in rule["by_year"] if entry["year"] == year]
            if told and rule["code"] in self.history.years:
                truth = int(self.history.years[rule["code"]][index])
                years.append(self._new(f"{rule['code']} in {year}", truth))
                self.relations.equal({years[-1]: 1.0}, told[0])
                self._aim(f"{rule['code']} in {year}", {years[-1]: 1.0})

    @staticmethod
    def _rounded_from(rule: Mapping[str, Any], checked: int) -> tuple[float, float]:
        """Return between which shares the exact one lies; two digits show only where they may."""
        for digits in (2, 1):
            half = 10.0 ** (np.floor(np.log10(rule["share"])) + 1 - digits) / 2
            low, high = rule["share"] - half, rule["share"] + half
            if rule["count"] / high + 20 <= checked <= rule["count"] / low - 20:
                break
        return low, high

    # ---- persons

    def _persons(self) -> None:
        for outcome in REPORTED:
            rows = self.report["incidence_since_contact"].get(outcome, [])
            if rows and "kept_from" not in rows[0]:
                PersonTable(report=self, outcome=outcome, rows=rows).relate()

    def _frequency(self) -> None:
        """Relate how often people were called: shares in steps of at least the minimum."""
        buckets = self.history.buckets
        least = [*buckets]
        for calls, people in buckets.items():
            name = self._new(f"people called {calls}", people)
            self._aim(f"people called {calls}", {name: 1.0})
        everybody = {f"{self.number}:people called {calls}": 1.0 for calls in least}
        # the number of people is granted: other tables bound it closely
        self.relations.equal(everybody, sum(buckets.values()))
        earlier, shown = self.attack.reports[: self.number], _groups(self.report)
        if not shown or shown in map(_groups, earlier):
            return  # none, or kept
        ends = [group["calls_from"] for group in shown]
        for start, end, group in zip(ends, [*ends[1:], math.inf], shown, strict=True):
            part = {
                f"{self.number}:people called {calls}": 1.0
                for calls in least
                if start <= calls < end
            }
            self._share(part, everybody, group["share"], self.attack.step_of_people)
            self._aim(f"people called from {start}", part)

    def _choices(self) -> None:
        first = self.number == 0
        for outcome in OUTCOMES:
            if first:
                self.attack.choice(self, outcome)

    # ---- for the tables that stand in modules of their own

    def new(self, name: str, truth: int) -> str:
        return self._new(name, truth)

    def aim(self, name: str, terms: Terms, *, declared: bool = False) -> None:
        self._aim(name, terms, declared=declared)

    def inside(self, row: Mapping[str, Any]) -> list[Atom]:
        return self._inside(row)

    def sum_of(self, what: str, atoms: Sequence[Atom]) -> dict[str, float]:
        return self._sum(what, atoms)


def series_of(seed: int, passings: Sequence[str]) -> list[History]:
    """Return a history and how it went on.

    Args:
        seed: of all chance.
        passings: how time passed before each next report.
    """
    rng = np.random.default_rng(seed)
    histories = [draw(rng)]
    for passing in passings:
        histories.append(later(rng, histories[-1], passing))
    return histories


def attack_on(histories: Sequence[History], *, as_series: bool = True, **knowledge: Any) -> Attack:
    """Return the attack on the reports of a series, published one after the other.

    Args:
        histories: the truth behind each report.
        as_series: whether each minds those before it.
        knowledge: of the attacker; see `Attack`.
    """
    reports: list[dict[str, Any]] = []
    for history in histories:
        reports.append(published(internal(history), reports if as_series else ()))
    return Attack(reports=reports, histories=histories, **knowledge)
