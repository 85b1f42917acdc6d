"""Maximum likelihood for a whole batch of binomial curves at once, by damped Fisher scoring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balanstest_analysis.statistics.curves import BoundCurve, Bounds
from balanstest_analysis.statistics.floats import Floats

Flags = NDArray[np.bool_]

MAX_ITERATIONS = 60
MAX_HALVINGS = 20
DECREMENT = 1e-7  # on the log-likelihood: what the last step promises; it is still taken
LONGEST_STEP = 3.0  # beyond, on a log or logit scale, the quadratic approximation means nothing
EXTREME = 1e-9  # a fitted rate this near to 0 or 1 on months with contacts means separation
LOST = 1e-12  # nearer, scoring does not tell one rate from another, and no step leads back


@dataclass(frozen=True, kw_only=True)
class BatchFit:
    """Fits of one family to a batch of counts.

    Attributes:
        parameters: shape (batch, p).
        rates: fitted rates, shape (batch, months).
        log_likelihood: without the binomial coefficients, shape (batch,).
        converged: shape (batch,); False where no finite maximum was found.
    """

    parameters: Floats
    rates: Floats
    log_likelihood: Floats
    converged: Flags


@dataclass(frozen=True, kw_only=True)
class _Search:
    """The state of a search; its arrays are updated in place, row by row."""

    curve: BoundCurve
    exposure: Floats
    events: Floats
    parameters: Floats
    value: Floats
    rates: Floats
    bounds: Bounds | None


def fit_batch(
    curve: BoundCurve,
    exposure: Floats,
    events: Floats,
    start: Floats | None = None,
    bounds: Bounds | None = None,
    decrement: float = DECREMENT,
) -> BatchFit:
    """Return the maximum likelihood fits of a curve to every row of a batch.

    Fisher scoring with the step halved wherever it would lower the likelihood or leave the range
    of rates; rows that have converged are left alone. Within bounds a parameter that is pushed
    against its bound stays there while the others move (projected Newton, Bertsekas 1982, SIAM
    Journal on Control and Optimization 20:221).

    Args:
        curve: a family bound to the months.
        exposure: contacts, shape (batch, months); zeros are allowed.
        events: events, same shape.
        start: starting parameters, shape (p,) or (batch, p); by default the curve's own for the
            summed counts.
        bounds: the box to stay in, or None.
        decrement: a row has converged once its step promises less on the log-likelihood.
    """
    if start is None:
        start = curve.start(exposure.sum(axis=0), events.sum(axis=0))
    if bounds is not None:
        start = np.clip(start, bounds.low, bounds.high)
    parameters = np.broadcast_to(start, (len(exposure), start.shape[-1])).copy()
    value, rates = log_likelihood(curve, parameters, exposure, events)
    search = _Search(
        curve=curve,
        exposure=exposure,
        events=events,
        parameters=parameters,
        value=value,
        rates=rates,
        bounds=bounds,
    )
    converged = _climb(search, decrement) & ~_extreme(rates, exposure)
    return BatchFit(parameters=parameters, rates=rates, log_likelihood=value, converged=converged)


def _climb(search: _Search, enough: float) -> Flags:
    """Move every row to its maximum; tell which rows got there."""
    converged = np.zeros(len(search.value), dtype=bool)
    active = np.flatnonzero(np.isfinite(search.value))
    for _ in range(MAX_ITERATIONS):
        if not len(active):
            break
        step, decrement = _step(search, active)
        moved = _move(search, active, step)
        done = decrement < enough
        converged[active[done]] = True
        active = _not_lost(search, active[moved & ~done])
    return converged


def _not_lost(search: _Search, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the rows that may still get to a finite maximum; the others would climb for ever."""
    rates = _rows(search.rates, rows)
    if rates.min(initial=1.0) >= LOST and rates.max(initial=0.0) <= 1 - LOST:
        return rows
    near = np.flatnonzero((rates.min(axis=1) < LOST) | (rates.max(axis=1) > 1 - LOST))
    lost = _extreme(rates[near], search.exposure[rows[near]], LOST)
    return np.delete(rows, near[lost])


def log_likelihood(
    curve: BoundCurve, parameters: Floats, exposure: Floats, events: Floats
) -> tuple[Floats, Floats]:
    """Return the log-likelihood of each row without the binomial coefficients, and the rates.

    Args:
        curve: bound to the months.
        parameters: shape (batch, p).
        exposure: contacts, shape (batch, months).
        events: events, same shape.

    Returns:
        Shapes (batch,) and (batch, months); minus infinity where a rate is impossible.
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        rates = curve.rates(parameters)
        inside = np.clip(rates, 1e-300, 1 - 1e-16)
        value = _row_sums(events, np.log(inside))
        np.negative(inside, out=inside)
        value += _row_sums(exposure - events, np.log1p(inside, out=inside))
        # a log link may leave the range of rates, where there is no likelihood
        if not rates.max(initial=0.0) < 1:
            possible = np.isfinite(rates) & ((rates < 1) | (exposure == 0))
            value[~possible.all(axis=1)] = -np.inf
    return value, rates


def _row_sums(one: Floats, other: Floats) -> Floats:
    """Return the sum of products of each row, shape (rows,), without making the products."""
    return np.asarray(np.einsum("bm,bm->b", one, other))


def _rows(values: Floats, rows: NDArray[np.intp]) -> Floats:
    """Return rows of an array: the array itself, not a copy, where it is all of them."""
    return values if len(rows) == len(values) else values[rows]


def _step(search: _Search, active: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return the scoring step, shape (active, p), and twice what it promises to gain."""
    exposure, events = _rows(search.exposure, active), _rows(search.events, active)
    inside = np.clip(_rows(search.rates, active), LOST, 1 - LOST)
    precision = 1 - inside
    precision *= inside
    np.reciprocal(precision, out=precision)
    residual = exposure * inside
    np.subtract(events, residual, out=residual)
    residual *= precision
    precision *= exposure
    score, information = search.curve.moments(
        search.parameters[active], inside, residual, precision
    )
    diagonal = np.einsum("bii->bi", information)
    diagonal += 1e-10 * diagonal + 1e-12
    if search.bounds is not None:
        # where the information about one parameter vanishes, its step must not drown the others
        diagonal += np.abs(score) / LONGEST_STEP
        _hold_at_bounds(search.bounds, search.parameters[active], score, information)
    step = _solved(information, score)
    decrement = np.asarray((step * score).sum(axis=1))
    longest = np.abs(step).max(axis=1, keepdims=True)
    return step * (LONGEST_STEP / np.maximum(longest, LONGEST_STEP)), decrement


def _solved(matrices: Floats, sides: Floats) -> Floats:
    """Return the solutions of small symmetric systems, shape (batch, p).

    By L D L', written out over the batch: of some thousand systems of two to five unknowns, which
    LAPACK solves one by one, it takes a fifth of the time. Their ridge keeps the pivots positive.

    Args:
        matrices: positive definite, shape (batch, p, p).
        sides: shape (batch, p).
    """
    rows, found = np.ascontiguousarray(matrices.transpose(1, 2, 0)), sides.T.copy()
    size = len(found)
    for pivot in range(size):
        for row in range(pivot + 1, size):
            factor = rows[row, pivot] / rows[pivot, pivot]
            found[row] -= factor * found[pivot]
            for column in range(pivot + 1, row + 1):
                rows[row, column] -= factor * rows[column, pivot]
    for row in reversed(range(size)):
        for column in range(row + 1, size):
            found[row] -= rows[column, row] * found[column]
        found[row] /= rows[row, row]
    return found.T


def _hold_at_bounds(bounds: Bounds, parameters: Floats, score: Floats, information: Floats) -> None:
    """Take parameters that are pushed out of their box out of the step, in place."""
    held = (parameters <= bounds.low) & (score < 0) | (parameters >= bounds.high) & (score > 0)
    score[held] = 0.0
    information[held] = 0.0
    information.transpose(0, 2, 1)[held] = 0.0
    np.einsum("bii->bi", information)[held] = 1.0


def _move(search: _Search, active: NDArray[np.intp], step: Floats) -> Flags:
    """Move the active rows, halving steps that lower the likelihood; tell which moved."""
    moved = np.zeros(len(active), dtype=bool)
    for halvings in range(MAX_HALVINGS):
        waiting = np.flatnonzero(~moved)
        if not len(waiting):
            break
        rows = active[waiting]
        trial = search.parameters[rows] + step[waiting] / 2**halvings
        if search.bounds is not None:
            trial = np.clip(trial, search.bounds.low, search.bounds.high)
        value, rates = log_likelihood(
            search.curve, trial, _rows(search.exposure, rows), _rows(search.events, rows)
        )
        better = value >= search.value[rows] - 1e-12 * np.abs(search.value[rows])
        chosen = np.flatnonzero(better)
        accepted = rows[chosen]
        for kept, found in (
            (search.parameters, trial),
            (search.rates, rates),
            (search.value, value),
        ):
            kept[accepted] = _rows(found, chosen)
        moved[waiting[chosen]] = True
    return moved


def _extreme(rates: Floats, exposure: Floats, nearest: float = EXTREME) -> Flags:
    edge = (rates < nearest) | (rates > 1 - nearest)
    return np.asarray((edge & (exposure > 0)).any(axis=1))
