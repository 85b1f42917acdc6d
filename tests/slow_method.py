"""The method once more, slowly, written from `docs/method.md` alone: the draws and the term.

Nothing here comes from the package: two independent readings of one page that agree to a
hundredth of a month show that the page says everything. The counts and the curves (sections 2
and 3) are in `slow_curves.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import ceil, floor, inf, isfinite, log10, nan
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from tests.slow_curves import (
    PARAMETERS,
    SHARES,
    Array,
    Fit,
    Months,
    Outcome,
    average,
    counted,
    fit_family,
    fits_badly,
    pearson,
)

OUTCOMES = ("conversion", "objection", "complaint")


# --- Section 4: draws ----------------------------------------------------------------------------


@dataclass
class Curve:
    """An outcome with its averaged curve, at the point and in every draw."""

    outcome: Outcome
    point: Array
    draws: Array
    drawn: Array
    undescribed: bool
    curveless: bool


def _widening(outcome: Outcome, fits: Mapping[str, Fit]) -> float:
    """The square of w: by campaigns where they count, else by dispersion."""
    groups = outcome.campaigns
    if groups >= 10:
        return 1.0
    if groups >= 3:
        wide = stats.t.ppf(outcome.level, groups - 1) / stats.norm.ppf(outcome.level)
        return float(wide) ** 2
    names = [name for name in fits if name in SHARES] or list(fits)
    if not names:
        return 1.0
    best = max(names, key=lambda name: fits[name].likelihood[0] - PARAMETERS[name])
    statistic, bins = pearson(outcome, fits[best].rates[0])
    freedom = bins - PARAMETERS[best]
    return max(1.0, statistic / freedom) if freedom > 0 else 1.0


def _lower_root(covariance: Array, chance: Array) -> Array:
    """L with LL' = R, the correlation matrix; a pivot of nothing has an empty column."""
    variance = np.diag(covariance)
    moving = (chance > 0) & (variance > 0)
    scale = np.divide(1, np.sqrt(variance), out=np.zeros_like(variance), where=moving)
    rest = covariance * np.outer(scale, scale)
    root = np.zeros_like(rest)
    for j in range(len(rest)):
        if rest[j, j] > 1e-10:
            root[j:, j] = rest[j:, j] / np.sqrt(rest[j, j])
            rest = rest - np.outer(root[:, j], root[:, j])
    return np.asarray(root)


def _draw(outcome: Outcome, y: Array, wide: float) -> Array:
    """Drawn counts, from correlated normal numbers."""
    drawn = np.repeat(outcome.k[None, :], len(y), axis=0)
    for m in outcome.with_contacts:
        phi = wide * outcome.covariance[m, m] / outcome.chance[m] if outcome.chance[m] > 0 else 0
        if phi > 1e-6:
            trials = max(1, round(outcome.n[m] / phi))
            uniform = stats.norm.cdf(y[:, m])
            counted = stats.binom.ppf(uniform, trials, outcome.rate[m])
            drawn[:, m] = outcome.n[m] / trials * counted
    return drawn


def _curves(rows: Sequence[Outcome], whole: Array, draws: int, seed: int) -> list[Curve]:
    """Outcomes that are drawn together, fitted and averaged."""
    months = len(rows[0].n)
    streams = [np.random.default_rng([seed, crc32(row.name.encode())]) for row in rows]
    z = np.hstack([stream.standard_normal((draws, months)) for stream in streams])
    y = z @ _lower_root(whole, np.concatenate([row.chance for row in rows])).T
    blocks = [y[:, i * months : (i + 1) * months] for i in range(len(rows))]
    return [_curve(row, block) for row, block in zip(rows, blocks, strict=True)]


def _curve(outcome: Outcome, y: Array) -> Curve:
    k = outcome.k[None, :]
    fits = {}
    for name in PARAMETERS:
        fit = fit_family(outcome, name, k)
        if fit.fitted[0]:
            fits[name] = fit
    simple = [name for name in fits if name not in SHARES]
    splines = [name for name in fits if name in SHARES]
    bad = bool(simple) and all(fits_badly(outcome, name, fits[name]) for name in simple)
    undescribed = bad and all(fits_badly(outcome, name, fits[name]) for name in splines)
    used = splines if bad and splines else simple + splines
    drawn = _draw(outcome, y, _widening(outcome, fits))
    point = average(outcome, [(name, fits[name]) for name in used], k, 2)[0]
    again = [(name, fit_family(outcome, name, drawn, fits[name])) for name in used]
    averaged = average(outcome, again, drawn, 4)
    return Curve(outcome, point, averaged, drawn, undescribed, bad and not splines)


# --- Section 5: criteria -------------------------------------------------------------------------


@dataclass
class Criterion:
    """A margin: `base` plus weights times rates, with all that decides about it."""

    name: str
    kind: str
    curves: list[Curve]
    weights: list[float]
    base: float
    level: float
    factor: float = nan
    reference: tuple[int, int] | None = None

    @property
    def outside(self) -> NDArray[np.bool_]:
        """The months that a criterion speaks of: for a ratio, those outside its reference."""
        months = self.curves[0].outcome.all_months
        if self.reference is None:
            return np.ones(len(months), dtype=bool)
        return (months < self.reference[0]) | (months > self.reference[1])

    @property
    def inside(self) -> Months:
        return np.flatnonzero(~self.outside)

    def run(self, first: int, last: int) -> Months:
        """The months first..last, within the data."""
        months = self.curves[0].outcome.all_months
        return np.flatnonzero((months >= first) & (months <= last))

    def contacts(self, run: Months) -> float:
        return float(self.curves[0].outcome.n[run].sum())

    def _start_at(self, rate: float) -> float:
        return self.factor * rate if self.reference is not None else self.base

    def own(self, run: Months) -> float:
        """The margin at the observed rates of a run; a reference is at its upper limit."""
        base = self._start_at(self.curves[0].outcome.limit(self.inside, upper=True))
        return base + sum(
            w * c.outcome.own(run) for w, c in zip(self.weights, self.curves, strict=True)
        )

    def at_limit(self, run: Months, *, favourable: bool) -> float:
        """The margin with every rate of a run at its more, or less, favourable exact limit."""
        reference = self.curves[0].outcome
        at = reference.limit(self.inside, upper=True) if favourable else reference.own(self.inside)
        base = self._start_at(at)
        return base + sum(
            w * c.outcome.limit(run, upper=(w > 0) == favourable)
            for w, c in zip(self.weights, self.curves, strict=True)
        )

    def wrong(self, run: Months) -> bool:
        """Whether the limit of a run lies on the wrong side; it begins outside the reference."""
        return self._looked_at(run) and self.at_limit(run, favourable=True) < 0

    def shown(self, run: Months) -> bool:
        return self._looked_at(run) and self.at_limit(run, favourable=False) >= 0

    def _looked_at(self, run: Months) -> bool:
        return self.contacts(run) > 0 and bool(self.outside[run[0]])

    @property
    def curveless(self) -> bool:
        return any(c.curveless for c in self.curves)

    @property
    def undescribed(self) -> bool:
        return any(c.undescribed for c in self.curves)

    def margins(self) -> tuple[Array, Array, Array]:
        """The margin per month, and its quantiles at 1-c and c over the draws."""
        if self.curveless:
            return self._margins_by_month()
        first = self.curves[0]
        point = np.full(len(first.point), self._start_at(first.outcome.own(self.inside)))
        draws = np.full_like(first.draws, self.base)
        if self.reference is not None:
            share = first.drawn[:, self.inside].sum(axis=1)
            share = share / first.outcome.n[self.inside].sum()
            draws = np.repeat(self.factor * share[:, None], len(point), axis=1)
        for w, c in zip(self.weights, self.curves, strict=True):
            if w < 0 and c.outcome.k.sum() == 0:
                highest = w * c.outcome.limit(c.outcome.all_months, upper=True)
                point, draws = point + highest, draws + highest
            else:
                point, draws = point + w * c.point, draws + w * c.draws
        low, high = (np.quantile(draws, q, axis=0) for q in (1 - self.level, self.level))
        for row in (point, low, high):
            row[~self.outside] = inf
        return point, low, high

    def _margins_by_month(self) -> tuple[Array, Array, Array]:
        months = len(self.curves[0].point)
        low = np.full(months, inf)
        for m in range(months):
            if self._looked_at(self.run(m, m)):
                runs = (self.run(m, m), self.run(m, m + 2))
                low[m] = max(self.at_limit(run, favourable=False) for run in runs)
        return np.full(months, inf), low, np.full(months, inf)

    # The start, the evidence and the contacts needed.

    def needed(self) -> int:
        first = self.curves[0].outcome
        if self.kind in ("maximum_rate", "maximum_overall_rate"):
            return _needed_for_maximum(self.base, self.level)
        if self.kind == "maximum_ratio":
            return _needed_for_maximum(self.factor * first.own(self.inside), self.level)
        if self.kind == "minimum_rate":
            return _needed_for_minimum(first.pooled, self.level)
        return max(_needed_of(outcome) for outcome in self.asked())

    def leading(self) -> Outcome:
        """The outcome whose contacts count: the one that asks for more of them."""
        return max(self.asked(), key=_needed_of)

    def asked(self) -> list[Outcome]:
        """The outcomes that contacts are needed for: complaints only when they stand alone."""
        outcomes = [c.outcome for c in self.curves]
        return [o for o in outcomes if "complaint" not in o.name] or outcomes

    def start(self, not_before: int | None) -> int:
        n = self.leading().n
        months = np.flatnonzero(n > 0)
        before = np.cumsum(n) - n
        start = int(months[before[months] <= 0.01 * n.sum()][-1])
        if not_before is not None:
            later = months[months >= not_before]
            start = max(start, int(later[0])) if len(later) else len(n)
        return start

    def before_gap(self, start: int) -> int:
        """The first month after a gap of more than three months, from the start on."""
        last = start
        for m in self.leading().with_contacts:
            if m > start:
                if m - last > 4:
                    return last + 1
                last = int(m)
        return last + 1

    def evidence(self, start: int, needed: int) -> int | None:
        outcome = self.leading()
        counting = outcome.n * self.outside
        last = None
        for m in range(start, self.before_gap(start)):
            contacts = counting[self.run(max(start, m - 5), m)].sum()
            effect = outcome.effect(self.run(m - 5, m))
            if counting[m] > 0 and contacts / effect >= needed:
                last = m
        return last

    def refuted(self, start: int) -> bool:
        runs = [self.run(m, m) for m in range(start + 1)]
        runs += [self.run(m, m + 2) for m in range(start - 2)]
        six = self.run(start, start + 5)
        later = self.kind == "maximum_overall_rate" or not self.shown(self.run(start, start))
        runs += [six] if self.outside[six].all() and later else []
        return any(self.wrong(run) for run in runs)

    # The brakes.

    def contradictions(self) -> set[int]:
        months = range(len(self.curves[0].point))
        found = {m for m in months if self.wrong(self.run(m, m))}
        for m in months:
            run = self.run(m, m + 2)
            if self.wrong(run):
                outside = [int(i) for i in run if self.outside[i]]
                found |= {i for i in outside if self.own(self.run(i, i)) < 0}
        return found

    def not_shown(self) -> set[int]:
        """For undescribed data: the months with contacts that do not show it by themselves."""
        if not self.undescribed:
            return set()
        return {
            m
            for m in range(len(self.curves[0].point))
            if self._looked_at(self.run(m, m))
            and not self.shown(self.run(m, m))
            and not self.shown(self.run(m, m + 2))
        }

    def end_run(self, last: int) -> Months:
        """The shortest run that ends at a month with ten events expected."""
        first = last
        for outcome in self.asked():
            low = last
            while low > 0 and outcome.n[self.run(low, last)].sum() * outcome.pooled < 10:
                low -= 1
            first = min(first, low)
        return self.run(first, last)

    def own_wrong(self, last: int) -> bool:
        return bool(self.outside[last]) and self.own(self.end_run(last)) < 0


def _needed_of(outcome: Outcome) -> int:
    if "conversion" in outcome.name:
        return _needed_for_minimum(outcome.pooled, outcome.level)
    rate = outcome.pooled or outcome.limit(outcome.all_months, upper=True)
    return _needed_for_maximum(2 * rate, outcome.level)


@cache
def _needed_for_maximum(threshold: float, level: float) -> int:
    threshold = min(max(threshold, 1e-5), 0.95)
    j = floor(60 * log10(threshold))
    grid = [10 ** (i / 60) for i in range(j, j + 16)]
    return max(_fewest_maximum(min(t, 0.95), 1 - level) for t in grid if t <= 1)


def _fewest_maximum(t: float, error: float) -> int:
    """The fewest contacts with which a rate of t/2 is shown to be at most t, in 80 %."""
    for k in range(65):
        n = _first(partial(_rules_out, k, t, error))
        if stats.binom.cdf(k, n, t / 2) >= 0.8:
            return n
    return 2**31


@cache
def _needed_for_minimum(pooled: float, level: float) -> int:
    rate = min(max(pooled, 2e-5), 0.95)
    return _fewest_minimum(round(rate / 2, 6), round(rate, 6), 1 - level)


def _fewest_minimum(t: float, rate: float, error: float) -> int:
    for k in range(1, 65):
        n = _first(partial(_gives, k, rate))
        if stats.binom.sf(k - 1, n, t) <= error:
            return n
    return 2**31


def _rules_out(k: int, t: float, error: float, n: int) -> bool:
    """Whether k events among n contacts rule out a rate of t."""
    return bool(stats.binom.cdf(k, n, t) <= error)


def _gives(k: int, rate: float, n: int) -> bool:
    """Whether n contacts give k events or more, in 80 %."""
    return bool(stats.binom.sf(k - 1, n, rate) >= 0.8)


def _first(holds: Callable[[int], bool]) -> int:
    high = 1
    while not holds(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _crossing(margin: Array, start: int, evidence: int) -> float | None:
    """Where a margin first falls below zero, from the start to the end of the evidence."""
    for b in range(start, evidence + 1):
        if margin[b] < 0:
            if b == start:
                return None
            x, y = margin[b - 1], margin[b]
            share = x / (x - y) if isfinite(x) else 1.0
            return float(min(b - 1 + share, b - 1e-9))
    return None


# --- The term of one criterion -------------------------------------------------------------------


ANSWERS = (
    "name",
    "status",
    "term_months",
    "crossing",
    "lower",
    "upper",
    "start",
    "last_month_with_evidence",
    "contacts_needed",
    "holds_from_month",
)


def _answer(
    c: Criterion, start: int | None, evidence: int | None, needed: int
) -> dict[str, object]:
    return dict.fromkeys(ANSWERS) | {
        "name": c.name,
        "status": "too_little_data",
        "start": start,
        "last_month_with_evidence": evidence,
        "contacts_needed": needed,
    }


def _by_month(c: Criterion, not_before: int | None) -> dict[str, object]:
    start, needed = c.start(not_before), c.needed()
    if start >= len(c.leading().n):
        return _answer(c, None, None, needed)
    evidence = c.evidence(start, needed)
    answer = _answer(c, start, evidence, needed)
    point, low, high = c.margins()
    stops = c.contradictions() | c.not_shown()
    if c.refuted(start):
        last = -1 if evidence is None else evidence
        later = [
            m
            for m in range(start + 1, last + 1)
            if low[m] >= 0 and m not in stops and not c.own_wrong(m)
        ]
        answer["status"] = "holds_between" if later else "fails_from_start"
        answer["holds_from_month"] = later[0] if later else None
        return answer
    if evidence is None or low[start] < 0:
        return answer
    limit = _crossing(low, start, evidence)
    term = evidence + 1 if limit is None else floor(limit) + 1
    stop = min((m for m in stops if m >= start), default=inf)
    if stop <= term:
        term = int(stop)
        limit = min(limit if limit is not None else inf, float(term - 1))
    while term > start and c.own_wrong(term - 1):
        term -= 1
        limit = float(term - 1)
    if term <= start:
        return answer
    answer["term_months"] = term
    if term == evidence + 1:
        answer["status"] = "not_reached_in_data"
        return answer
    answer["status"], answer["lower"] = "reached", limit
    answer["crossing"] = _crossing(point, start, evidence)
    answer["upper"] = _crossing(high, start, evidence)
    return answer


def _overall(c: Criterion, not_before: int | None) -> dict[str, object]:
    """`maximum_overall_rate`: by term."""
    start, needed = c.start(not_before), c.needed()
    if start >= len(c.leading().n):
        return _answer(c, None, None, needed)
    outcome = c.curves[0].outcome
    tested = int(np.argmax(np.cumsum(outcome.n) >= outcome.n.sum() / 2)) + 1
    answer = _answer(c, start, None, needed)
    if c.wrong(c.run(0, tested - 1)) or c.refuted(start):
        answer["status"] = "fails_from_start"
        return answer
    gap = c.before_gap(start)
    end = min([gap, *(m for m in c.contradictions() if m >= start)])
    term = tested - 1
    for t in range(tested, end + 1):
        run = c.run(0, t - 1)
        enough = outcome.n[run].sum() / outcome.effect(run) >= needed
        if not (enough and c.shown(run)):
            break
        term = t
    while term >= tested:
        third = c.run(term - ceil(term / 3), term - 1)
        if not (c.own(third) < 0 or c.own_wrong(term - 1)):
            break
        term -= 1
    if term < tested or term <= start:
        return answer
    answer["term_months"], answer["last_month_with_evidence"] = term, gap - 1
    answer["status"] = "not_reached_in_data" if term == gap else "reached"
    return answer


def _untested(name: str) -> dict[str, object]:
    """The answer for an outcome that was not delivered."""
    return dict.fromkeys(ANSWERS) | {"name": name, "status": "no_outcome_data"}


def _horizon(one: Mapping[str, object]) -> dict[str, object]:
    """A stated number of months: nothing is tested."""
    term = int(str(one["months"]))
    return _untested(str(one["name"])) | {"status": "reached", "term_months": term}


# --- The proposal --------------------------------------------------------------------------------


def _numbers(one: Mapping[str, object]) -> dict[str, float]:
    return {key: float(value) for key, value in one.items() if isinstance(value, int | float)}


def _weights(one: Mapping[str, object]) -> dict[str, float]:
    """The outcomes that a criterion weighs against each other; none for other kinds."""
    number = _numbers(one)
    if one["kind"] == "burden_per_conversion":
        weights = [number["threshold"], -1.0]
    elif one["kind"] == "net_benefit":
        weights = [number["value_per_conversion"], -number.get("objection_weight", 0.0)]
    else:
        return {}
    weights.append(-number.get("complaint_weight", 0.0))
    return {name: w for name, w in zip(OUTCOMES, weights, strict=True) if w}


def _criterion(
    one: Mapping[str, object], curves: Mapping[str, Curve], level: float
) -> Criterion | None:
    """A criterion with its curves; none where an outcome was not delivered."""
    kind, name, number, weights = str(one["kind"]), str(one["name"]), _numbers(one), _weights(one)
    if weights:
        names = ["joint_" + outcome for outcome in weights]
        base = -number.get("cost_per_contact", 0.0)
        signs = list(weights.values())
    else:
        names = [str(one["outcome"])]
        signs = [1.0 if kind == "minimum_rate" else -1.0]
        base = -signs[0] * number.get("threshold", nan)
    if not set(names) <= set(curves):
        return None
    criterion = Criterion(name, kind, [curves[n] for n in names], signs, base, level)
    if kind == "maximum_ratio":
        months = one["reference_months"]
        assert isinstance(months, Sequence)
        criterion.factor = number["factor"]
        criterion.reference = (int(months[0]), int(months[1]))
    return criterion


def _tested(
    one: Mapping[str, object], curves: Mapping[str, Curve], level: float, not_before: int | None
) -> dict[str, object]:
    if one["kind"] == "horizon":
        return _horizon(one)
    criterion = _criterion(one, curves, level)
    if criterion is None:
        return _untested(str(one["name"]))
    if not len(criterion.curves[0].outcome.with_contacts):
        return _untested(criterion.name) | {"status": "too_little_data"}
    overall = criterion.kind == "maximum_overall_rate"
    return (_overall if overall else _by_month)(criterion, not_before)


def method(
    counts: pd.DataFrame,
    *,
    customers_known: bool,
    criteria: Sequence[Mapping[str, object]],
    draws: int,
    level: float,
    seed: int,
    not_before: int | None,
    available: Sequence[str] = OUTCOMES,
) -> dict[str, object]:
    """The proposal and the answer per criterion, from counts per customer, campaign and month.

    An outcome that is not `available`, or has no columns, was not delivered.
    """
    delivered = [o for o in OUTCOMES if o in available and f"{o}_exposure" in counts]
    exposures = [f"{name}_exposure" for name in delivered]
    exposures += ["joint_exposure"] if "joint_exposure" in counts else []
    exposed = counts[exposures].sum(axis=1) > 0
    months = int(counts.loc[exposed, "month"].max()) + 1 if exposed.any() else 0
    named = {str(one["outcome"]) for one in criteria if "outcome" in one}
    weighed = {name for one in criteria for name in _weights(one)}
    groups = [{o: (f"{o}_exposure", f"{o}_events")} for o in delivered if o in named]
    joint = {f"joint_{o}": ("joint_exposure", f"joint_{o}") for o in delivered if o in weighed}
    curves = {}
    for group in [*groups, joint] if joint else groups:
        rows, whole = counted(counts, group, level, customers_known, months)
        for curve in _curves(rows, whole, draws, seed):
            curves[curve.outcome.name] = curve
    answers = [_tested(one, curves, level, not_before) for one in criteria]
    return {**_proposal(answers, criteria), "criteria": answers, "months": months}


def _proposal(
    answers: Sequence[Mapping[str, object]], criteria: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    statuses = {str(answer["status"]) for answer in answers}
    terms = [int(str(a["term_months"])) for a in answers if a["term_months"] is not None]
    argued = {str(one["name"]) for one in criteria if one["kind"] == "horizon"}
    by_data = [a for a in answers if a["term_months"] is not None and a["name"] not in argued]
    tested = min(terms) if by_data else None
    if statuses & {"fails_from_start", "holds_between"}:
        return {"status": "no_term", "uncapped_term_months": None, "tested_term_months": None}
    if statuses & {"too_little_data", "no_outcome_data"}:
        status, term = "undetermined", None
    else:
        status, term = "proposed", min(terms, default=None)
    return {"status": status, "uncapped_term_months": term, "tested_term_months": tested}
