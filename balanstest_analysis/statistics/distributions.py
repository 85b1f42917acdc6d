"""Quantiles and tails of distributions, from the special functions that they are.

`scipy.stats` gives the same numbers to the last bit, and takes half a second to import, which
every command would wait for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from balanstest_analysis.statistics.floats import Floats


def beta_quantile(level: float, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return the quantile of a beta distribution; not a number where a or b is not above 0.

    Args:
        level: between 0 and 1.
        a: shape (rows,).
        b: same shape.
    """
    return np.asarray(special.betaincinv(a, b, level))


def beta_upper_quantile(tail: float, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return the value that a beta distribution exceeds with a probability; see `beta_quantile`.

    Args:
        tail: between 0 and 1.
        a: shape (rows,).
        b: same shape.
    """
    return np.asarray(special.betainccinv(a, b, tail))


def normal_quantile(level: float) -> float:
    """Return the quantile of the standard normal distribution.

    Examples:
        >>> round(normal_quantile(0.95), 4)
        1.6449
    """
    return float(special.ndtri(level))


def t_quantile(level: float, df: float) -> float:
    """Return the quantile of Student's t.

    Examples:
        >>> round(t_quantile(0.95, 2), 4)
        2.92
    """
    return float(special.stdtrit(df, level))


def chi2_quantile(level: float, df: float) -> float:
    """Return the quantile of chi-squared.

    Examples:
        >>> round(chi2_quantile(0.9, 1), 4)
        2.7055
    """
    return float(2 * special.gammaincinv(df / 2, level))


def chi2_tail(value: float, df: float) -> float:
    """Return the probability that chi-squared exceeds a value.

    Examples:
        >>> round(chi2_tail(2.7055, 1), 4)
        0.1
    """
    return float(special.chdtrc(df, value))


def binomial_at_most(events: ArrayLike, contacts: ArrayLike, rate: float) -> Floats:
    """Return the probability of at most so many events, shape (rows,).

    Args:
        events: k >= 0, shape (rows,).
        contacts: n, same shape.
        rate: of each contact, between 0 and 1.
    """
    k, n = np.asarray(events, dtype=float), np.asarray(contacts, dtype=float)
    return np.where(k >= n, 1.0, special.betaincc(k + 1, np.maximum(n - k, 1), rate))


def binomial_more_than(events: ArrayLike, contacts: ArrayLike, rate: float) -> Floats:
    """Return the probability of more than so many events; see `binomial_at_most`.

    Args:
        events: k >= 0, shape (rows,).
        contacts: n, same shape.
        rate: of each contact, between 0 and 1.
    """
    k, n = np.asarray(events, dtype=float), np.asarray(contacts, dtype=float)
    return np.where(k >= n, 0.0, special.betainc(k + 1, np.maximum(n - k, 1), rate))
