"""The method once more, slowly, written from `docs/method.md` alone: the counts and the curves.

Sections 2 and 3 of the page, and the covariance of section 4. See `slow_method.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from scipy.special import expit, logit, xlogy

Array = NDArray[np.float64]
Months = NDArray[np.int64]
Box = tuple[float, float]

SHARES = {"spline4": [0.05, 0.35, 0.65, 0.95], "spline6": [0.05, 0.23, 0.41, 0.59, 0.77, 0.95]}
PARAMETERS = {
    "constant": 1,
    "exponential": 2,
    "floor": 3,
    "power": 2,
    "logistic": 2,
    "loglogistic": 2,
    "spline4": 4,
    "spline6": 6,
}
EDGE = float(expit(-12.0))


# --- Section 2: counts, design effects, exact limits ---------------------------------------------


@dataclass
class Outcome:
    """Counts per month of one outcome, with the covariance of its events.

    `campaigns` is the number of campaigns, 0 where they do not count.
    """

    name: str
    level: float
    n: Array
    k: Array
    campaigns: int
    covariance: Array = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def rate(self) -> Array:
        return np.divide(self.k, self.n, out=np.zeros_like(self.k), where=self.n > 0)

    @property
    def chance(self) -> Array:
        """The binomial variance of the events per month."""
        return self.n * self.rate * (1 - self.rate)

    @property
    def pooled(self) -> float:
        return self.own(self.all_months)

    @property
    def all_months(self) -> Months:
        return np.arange(len(self.n))

    @property
    def with_contacts(self) -> Months:
        return np.flatnonzero(self.n > 0)

    @property
    def one_sided(self) -> bool:
        """Whether there is no event at all, or nothing but events."""
        return not 0 < self.k.sum() < self.n.sum()

    @property
    def single_effect(self) -> float:
        """The design effect of single months, d-bar."""
        below = self.chance.sum()
        return max(1.0, float(np.trace(self.covariance) / below)) if below > 0 else 1.0

    def effect(self, run: Months) -> float:
        """The design effect of the months of a run together."""
        below = self.chance[run].sum()
        above = self.covariance[np.ix_(run, run)].sum()
        usual = self.usual(len(run))
        return max(float(above / below), usual) if below > 0 else usual

    def usual(self, length: int) -> float:
        """The design effect of all runs of a length together, at least 1."""
        above = below = 0.0
        for first in range(len(self.n) - length + 1):
            run = np.arange(first, first + length)
            above += self.covariance[np.ix_(run, run)].sum()
            below += self.chance[run].sum()
        return max(1.0, above / below) if below > 0 else 1.0

    def own(self, run: Months) -> float:
        """The observed rate of a run, not a number without contacts."""
        n = self.n[run].sum()
        return float(self.k[run].sum() / n) if n > 0 else nan

    def limit(self, run: Months, *, upper: bool) -> float:
        """The exact one-sided limit of the months of a run together."""
        effect = self.effect(run)
        n, k = self.n[run].sum() / effect, self.k[run].sum() / effect
        if upper:
            return float(stats.beta.ppf(self.level, k + 1, n - k)) if n - k > 1e-9 else 1.0
        return float(stats.beta.ppf(1 - self.level, k, n - k + 1)) if k > 1e-9 else 0.0


def _table(counts: pd.DataFrame, keys: list[str], column: str, months: int) -> Array:
    """Sums of a column, a row per cluster and a column per month."""
    wide = counts.pivot_table(index=keys, columns="month", values=column, aggfunc="sum")
    return wide.reindex(columns=range(months)).fillna(0.0).to_numpy(dtype=float)


def _contacts_per_campaign(counts: pd.DataFrame, exposure: str) -> Array:
    """The contacts of each campaign that has any."""
    sums = counts.groupby("campaign")[exposure].sum().to_numpy(dtype=float)
    return np.asarray(sums[sums > 0])


def _campaign_weights(contacts: Array) -> tuple[float, float] | None:
    """f and h for the contacts per campaign; none where campaigns do not count."""
    share = contacts / contacts.sum() if contacts.sum() > 0 else contacts
    h = float((share**2).sum())
    if len(contacts) < 3 or 1 / h < 2:
        return None
    f = (contacts**2).sum() / (contacts**2 * (1 - 2 * share + h)).sum()
    return float(f), h


def _covariance(
    counts: pd.DataFrame, rows: Sequence[Outcome], columns: Sequence[tuple[str, str]], known: bool
) -> Array:
    """C of section 4, for outcomes whose months stand in one row of numbers."""

    def squares(keys: list[str]) -> Array:
        parts = []
        for outcome, (exposure, events) in zip(rows, columns, strict=True):
            n = _table(counts, keys, exposure, len(outcome.n))
            parts.append(_table(counts, keys, events, len(outcome.n)) - n * outcome.rate)
        e = np.hstack(parts)
        return e.T @ e

    chance = np.diag(np.concatenate([outcome.chance for outcome in rows]))
    total = squares(["customer"]) if known else chance
    weights = _campaign_weights(_contacts_per_campaign(counts, columns[0][0]))
    if weights is not None:
        f, h = weights
        both = squares(["customer", "campaign"]) if known else chance
        total = total + f * (squares(["campaign"]) - (1 - h) * both)
    values, vectors = np.linalg.eigh((total + total.T) / 2)
    return np.asarray((vectors * np.maximum(values, 0)) @ vectors.T)


def counted(
    counts: pd.DataFrame,
    columns: Mapping[str, tuple[str, str]],
    level: float,
    known: bool,
    months: int,
) -> tuple[list[Outcome], Array]:
    """The outcomes that are drawn together, and their covariance in one row of numbers.

    Each outcome keeps the covariance of its own months alone.
    """
    rows = []
    for name, pair in columns.items():
        sums = counts.groupby("month")[list(pair)].sum().reindex(range(months)).fillna(0.0)
        n, k = (sums[column].to_numpy(dtype=float) for column in pair)
        contacts = _contacts_per_campaign(counts, pair[0])
        groups = len(contacts) if _campaign_weights(contacts) is not None else 0
        outcome = Outcome(name, level, n, k, groups)
        outcome.covariance = _covariance(counts, [outcome], [pair], known)
        rows.append(outcome)
    return rows, _covariance(counts, rows, list(columns.values()), known)


# --- Section 3: curves ---------------------------------------------------------------------------


@dataclass
class Fit:
    """One family fitted to a batch of counts: rates in all months, and what there is to say."""

    rates: Array
    likelihood: Array
    fitted: NDArray[np.bool_]
    log_b: Array | None = None


def _likelihood(k: Array, n: Array, p: Array) -> Array:
    return np.asarray((xlogy(k, p) + xlogy(n - k, 1 - p)).sum(axis=-1))


def _knots(outcome: Outcome, name: str) -> Array:
    months = outcome.with_contacts
    u = np.sqrt(outcome.n[months])
    return np.interp(SHARES[name], (np.cumsum(u) - u / 2) / u.sum(), months)


def _spline(x: Array, knots: Array) -> Array:
    """The truncated powers of a natural cubic spline: a constant, a line, and knots less two."""
    scale = knots[-1] - knots[0]
    cube = [np.maximum((x - knot) / scale, 0) ** 3 for knot in knots]
    last, before = knots[-1], knots[-2]
    columns = [np.ones_like(x), x]
    for j in range(len(knots) - 2):
        slope = (cube[-2] * (last - knots[j]) - cube[-1] * (before - knots[j])) / (last - before)
        columns.append(cube[j] - slope)
    return np.column_stack(columns)


def _design(outcome: Outcome, name: str) -> Array:
    x = outcome.all_months.astype(float)
    if name == "constant":
        return np.ones((len(x), 1))
    if name in SHARES:
        return _spline(x, _knots(outcome, name))
    return np.column_stack(
        [np.ones_like(x), np.log1p(x) if name in ("power", "loglogistic") else x]
    )


def _value(eta: Array, n: Array, k: Array, log_link: bool) -> Array:
    """The log-likelihood, minus infinity where a rate would pass 1."""
    with np.errstate(all="ignore"):
        if not log_link:
            return np.asarray((k * eta - n * np.logaddexp(0, eta)).sum(axis=1))
        inside = (n - k) * np.log(-np.expm1(np.minimum(eta, -1e-300)))
        bad = (eta >= 0) & (n - k > 0) | (eta > 0)
        return np.asarray(np.where(bad, -inf, k * eta + inside).sum(axis=1))


def _step(q: Array, eta: Array, n: Array, k: Array, log_link: bool) -> tuple[Array, Array]:
    """A Newton step for every draw, and twice what it promises to win."""
    if log_link:
        odds = np.exp(eta) / -np.expm1(np.minimum(eta, -1e-15))
        slope, curve = k - (n - k) * odds, (n - k) * odds * (1 + odds)
    else:
        p = expit(eta)
        slope, curve = k - n * p, n * p * (1 - p)
    gradient = slope @ q
    hessian = np.einsum("dm,mi,mj->dij", curve, q, q)
    ridge = 1e-13 * np.trace(hessian, axis1=1, axis2=2) + 1e-200
    hessian = hessian + ridge[:, None, None] * np.eye(q.shape[1])
    step = np.linalg.solve(hessian, gradient[..., None])[..., 0]
    return step, (gradient * step).sum(axis=1)


def _newton(q: Array, n: Array, k: Array, log_link: bool) -> tuple[Array, NDArray[np.bool_]]:
    """Damped Newton steps for a batch of counts, on an orthonormal design."""
    mean = np.clip(k.sum(axis=1) / n.sum(), 1e-12, 1 - 1e-12)
    level = np.log(mean) if log_link else logit(mean)
    beta = level[:, None] * (np.linalg.lstsq(q, np.ones(len(q)), rcond=None)[0])[None, :]
    ended = np.zeros(len(k), dtype=bool)
    best = _value(beta @ q.T, n, k, log_link)
    for _ in range(200):
        step, win = _step(q, beta @ q.T, n, k, log_link)
        ended |= win < 1e-9
        if ended.all():
            break
        size = np.where(ended, 0.0, 1.0)
        for _ in range(40):
            new = _value((beta + size[:, None] * step) @ q.T, n, k, log_link)
            worse = (new < best - 1e-12 * (1 + np.abs(best))) & (size > 0)
            if not worse.any():
                break
            size[worse] /= 2
        beta = beta + np.where(worse, 0, size)[:, None] * step
        best = np.where(worse, best, new)
    return beta, ended


def _fit_link(outcome: Outcome, name: str, k: Array, at_point: bool) -> Fit:
    """A family that is linear on the scale of its link.

    At the point a large parameter excludes it; in a draw only its rates and its search do.
    """
    if name in SHARES and (np.diff(_knots(outcome, name)) <= 0).any():
        return _failed(k)
    design = _design(outcome, name)
    at = outcome.with_contacts
    n = outcome.n[at]
    log_link = name in ("exponential", "power")
    q, r = np.linalg.qr(design[at])
    beta, ended = _newton(q, n, k[:, at], log_link)
    coefficients = np.linalg.solve(r, beta.T).T
    eta = coefficients @ design.T
    with np.errstate(over="ignore"):
        rates = np.exp(eta) if log_link else expit(eta)
    inside = rates[:, at]
    proper = ((inside > 1e-9) & (inside < 1 - 1e-9)).all(axis=1)
    size = _knot_values(outcome, name, coefficients) if name in SHARES else coefficients
    small = (np.abs(size) <= 15).all(axis=1) if at_point else True
    return Fit(rates, _likelihood(k[:, at], n, np.clip(inside, 0, 1)), ended & proper & small)


def _knot_values(outcome: Outcome, name: str, coefficients: Array) -> Array:
    knots = _knots(outcome, name)
    return coefficients @ _spline(knots, knots).T


def _floor_ends(e: Array, n: Array, k: Array, a: Array, f: Array) -> tuple[Array, Array, Array]:
    """The best a and f in their box for given e^{-bx}: projected Newton, as it is concave."""

    def value(a: Array, f: Array) -> Array:
        p = f[:, None] * (1 - e) + a[:, None] * e
        return _likelihood(k, n, p)

    best = value(a, f)
    for _ in range(60):
        p = f[:, None] * (1 - e) + a[:, None] * e
        slope = k / p - (n - k) / (1 - p)
        curve = k / p**2 + (n - k) / (1 - p) ** 2
        ga, gf = (slope * e).sum(axis=1), (slope * (1 - e)).sum(axis=1)
        haa, hff = (curve * e * e).sum(axis=1), (curve * (1 - e) ** 2).sum(axis=1)
        haf = (curve * e * (1 - e)).sum(axis=1)
        stuck_a = (a <= EDGE) & (ga < 0) | (a >= 1 - EDGE) & (ga > 0)
        stuck_f = (f <= EDGE) & (gf < 0) | (f >= 1 - EDGE) & (gf > 0)
        ga, gf = np.where(stuck_a, 0, ga), np.where(stuck_f, 0, gf)
        haf = np.where(stuck_a | stuck_f, 0, haf)
        determinant = np.maximum(haa * hff - haf**2, 1e-14 * haa * hff + 1e-300)
        da, df = (hff * ga - haf * gf) / determinant, (haa * gf - haf * ga) / determinant
        if (np.abs(ga * da + gf * df) < 1e-12).all():
            break
        size = np.ones(len(a))
        for _ in range(30):
            na = np.clip(a + size * da, EDGE, 1 - EDGE)
            nf = np.clip(f + size * df, EDGE, 1 - EDGE)
            new = value(na, nf)
            worse = new < best - 1e-12 * (1 + np.abs(best))
            if not worse.any():
                break
            size[worse] /= 2
        a, f = np.where(worse, a, na), np.where(worse, f, nf)
        best = np.where(worse, best, new)
    return a, f, best


def _climb(likelihood: Array, first: int) -> NDArray[np.int64]:
    """The top of a grid in whose basin a first row lies, for every column."""
    columns = np.arange(likelihood.shape[1])
    best = np.full(len(columns), first)
    padded = np.pad(likelihood, ((1, 1), (0, 0)), constant_values=-inf)
    for _ in range(len(likelihood)):
        around = np.array([padded[best + i, columns] for i in (1, 0, 2)])
        best = best + np.array([0, -1, 1])[np.argmax(around, axis=0)]
    return best


def _fit_floor(outcome: Outcome, k: Array, begin: Fit | None) -> Fit:
    """The floor: the best log b by a grid and a golden section, a and f within.

    At the point (without a fit to begin at) the highest top counts, and an edge of the box
    excludes it. In a draw it is the top that a climb from the fit of the data reaches, and an
    edge keeps its weight.
    """
    at = outcome.with_contacts
    x, n, k = at.astype(float), outcome.n[at], k[:, at]
    low, high = np.log(0.1 / max(x[-1] - x[0], 1.0)), np.log(3.0)
    grid = np.linspace(low, high, 41)
    mean = np.clip(k.sum(axis=1) / n.sum(), 2 * EDGE, 1 - 2 * EDGE)

    def profile(log_b: Array, a: Array, f: Array) -> tuple[Array, Array, Array]:
        return _floor_ends(np.exp(-np.exp(log_b)[:, None] * x), n, k, a, f)

    if begin is not None and begin.log_b is not None:
        grid = np.unique(np.append(grid, begin.log_b[0]))
    found = [profile(np.full(len(k), value), mean, mean) for value in grid]
    heights = np.array([one[2] for one in found])
    if begin is None or begin.log_b is None:
        best = np.argmax(heights, axis=0)
    else:
        best = _climb(heights, int(np.searchsorted(grid, begin.log_b[0])))
    a, f = (np.array([found[b][i][d] for d, b in enumerate(best)]) for i in (0, 1))
    left, right = grid[np.maximum(best - 1, 0)], grid[np.minimum(best + 1, len(grid) - 1)]
    ratio = (np.sqrt(5) - 1) / 2
    for _ in range(34):
        first, second = right - ratio * (right - left), left + ratio * (right - left)
        a, f, one = profile(first, a, f)
        a, f, two = profile(second, a, f)
        left, right = np.where(one < two, first, left), np.where(one < two, right, second)
    log_b = (left + right) / 2
    a, f, likelihood = profile(log_b, a, f)
    edge = (log_b < low + 1e-4) | (log_b > high - 1e-4)
    for end in (a, f):
        edge |= (np.abs(logit(end)) > 12 - 1e-4) | ~np.isfinite(likelihood)
    e = np.exp(-np.exp(log_b)[:, None] * outcome.all_months)
    rates = f[:, None] + (a - f)[:, None] * e
    inside = rates[:, at]
    proper = ((inside > 1e-9) & (inside < 1 - 1e-9)).all(axis=1)
    return Fit(rates, likelihood, proper & (~edge if begin is None else True), log_b)


def _failed(k: Array) -> Fit:
    return Fit(np.zeros_like(k), np.full(len(k), -inf), np.zeros(len(k), dtype=bool))


def fit_family(outcome: Outcome, name: str, k: Array, begin: Fit | None = None) -> Fit:
    """A family, fitted to a batch of counts in all months (a row per draw).

    Draws begin at the fit of the data.
    """
    events, contacts = k.sum(axis=1), outcome.n.sum()
    mixed = (events > 1e-12) & (events < contacts - 1e-12)
    count = len(outcome.with_contacts)
    if not mixed.any() or (name != "constant" and PARAMETERS[name] >= count):
        return _failed(k)
    if name == "constant":
        share = events / contacts
        rates = np.repeat(share[:, None], k.shape[1], axis=1)
        return Fit(rates, _likelihood(k, outcome.n, rates), mixed)
    safe = np.where(mixed[:, None], k, outcome.k)
    fit = (
        _fit_floor(outcome, safe, begin)
        if name == "floor"
        else _fit_link(outcome, name, safe, begin is None)
    )
    fit.fitted &= mixed
    return fit


def average(outcome: Outcome, fits: Sequence[tuple[str, Fit]], k: Array, price: float) -> Array:
    """The average of the families' rates, weighed by AIC; the pooled rate if all fail."""
    pooled = np.repeat((k.sum(axis=1) / outcome.n.sum())[:, None], k.shape[1], axis=1)
    if not fits:
        return pooled
    scores = np.array(
        [
            np.where(
                fit.fitted,
                -2 * fit.likelihood / outcome.single_effect + price * PARAMETERS[name],
                inf,
            )
            for name, fit in fits
        ]
    )
    lowest = scores.min(axis=0)
    some = np.isfinite(lowest)
    weights = np.exp(-(scores - np.where(some, lowest, 0)) / 2)
    weights /= np.where(some, weights.sum(axis=0), 1)
    total = np.zeros_like(k)
    for weight, (_, fit) in zip(weights, fits, strict=True):
        total += np.where(weight[:, None] > 0, weight[:, None] * fit.rates, 0)
    return np.where(some[:, None], total, pooled)


def pearson(outcome: Outcome, p: Array) -> tuple[float, int]:
    """Pearson's X2 over merged months, divided by d-bar, and the number of bins."""
    bins: list[Array] = []
    current = np.zeros(3)
    for m in outcome.with_contacts:
        current = current + np.array([outcome.n[m], outcome.k[m], outcome.n[m] * p[m]])
        if min(current[2], current[0] - current[2]) >= 5:
            bins.append(current)
            current = np.zeros(3)
    if current[0] > 0:
        if bins:
            bins[-1] = bins[-1] + current
        else:
            bins.append(current)
    total = sum(float((k - e) ** 2 * (1 / e + 1 / (n - e))) for n, k, e in bins)
    return total / outcome.single_effect, len(bins)


def fits_badly(outcome: Outcome, name: str, fit: Fit) -> bool:
    statistic, bins = pearson(outcome, fit.rates[0])
    freedom = bins - PARAMETERS[name]
    return freedom > 0 and bool(stats.chi2.sf(statistic, freedom) < 0.01)
