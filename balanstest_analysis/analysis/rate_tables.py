"""Rates per month from what somebody has in Python: two columns, or a frame of counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
from numpy.typing import ArrayLike

from balanstest_analysis.errors import FitError
from balanstest_analysis.statistics import rates
from balanstest_analysis.statistics.checked_counts import checked_counts

_MONTHS: Final = ("months_since_purchase", "month_from", "month", "months")
_CONTACTS: Final = ("contacts", "exposure", "n")
_EVENTS: Final = ("conversions", "objections", "complaints", "events", "k")


def rate_table(
    exposure: ArrayLike | pd.DataFrame,
    events: ArrayLike | str | None = None,
    *,
    months: ArrayLike | None = None,
    confidence_level: float = 0.95,
    design_effect: ArrayLike = 1.0,
) -> pd.DataFrame:
    """Return one row per month with contacts: counts, rate and interval.

    Args:
        exposure: contacts per month, shape (months,); or a frame with columns as in `counts.csv`:
            ``months_since_purchase``, ``contacts`` and ``conversions``, ``objections`` or
            ``complaints``. Rows of one month are added up.
        events: events per month, same shape; of a frame, the name of their column, which may be
            left out where there is one only.
        months: completed months since the last purchase; by default 0, 1, 2, ...
        confidence_level: of the two-sided interval, between 0 and 1.
        design_effect: at least 1, of all months or of each; see `rates.rate_interval`.

    Returns:
        Columns ``month_from``, ``month_to`` (inclusive), ``n``, ``k``, ``rate``, ``rate_lower``
        and ``rate_upper``.

    Raises:
        FitError: counts that are no counts, or a frame without their columns.

    Examples:
        >>> frame = pd.DataFrame({"contacts": [20, 0, 29], "objections": [0, 0, 1]})
        >>> rate_table(frame).round(4)
           month_from  month_to   n  k    rate  rate_lower  rate_upper
        0           0         0  20  0  0.0000      0.0000      0.1684
        1           2         2  29  1  0.0345      0.0009      0.1776
    """
    if isinstance(exposure, pd.DataFrame):
        months, exposure, events = _columns(exposure, events)
    if events is None or isinstance(events, str):
        raise FitError("`events` is missing. Give as many as there are contacts.")
    if not 0 < confidence_level < 1:
        raise FitError(f"`confidence_level` is {confidence_level}; allowed is between 0 and 1.")
    checked = (pd.Series(values) for values in checked_counts(exposure, events, months))
    x, n, k = (_whole(values) for values in checked)
    return rates.rate_table(
        n, k, months=x, confidence_level=confidence_level, design_effect=design_effect
    )


def _whole(values: pd.Series[float]) -> ArrayLike:
    """Return counts as whole numbers, where all of them are."""
    return (values.astype("int64") if (values % 1 == 0).all() else values).to_numpy()


def _columns(
    frame: pd.DataFrame, events: ArrayLike | str | None
) -> tuple[ArrayLike | None, ArrayLike, ArrayLike]:
    """Return months, contacts and events of a frame, a row per month."""
    if events is not None and not isinstance(events, str):
        raise FitError("`events` is no name. With a frame, give the name of the column of events.")
    contacts = _one_of(frame, _CONTACTS, "contacts")
    counted = _named(frame, events) if events else _one_of(frame, _EVENTS, "events")
    month = next((name for name in _MONTHS if name in frame.columns), None)
    if month is None:
        return None, frame[contacts], frame[counted]
    checked_counts(frame[contacts], frame[counted], frame[month])
    added = frame.groupby(month, as_index=False)[[contacts, counted]].sum()
    return added[month], added[contacts], added[counted]


def _named(frame: pd.DataFrame, name: str) -> str:
    if name not in frame.columns:
        raise FitError(f"The frame has no column `{name}`; it has {_told(frame)}.")
    return name


def _one_of(frame: pd.DataFrame, known: Sequence[str], what: str) -> str:
    found = [name for name in known if name in frame.columns]
    if not found:
        raise FitError(
            f"The frame has no column of {what}; it has {_told(frame)}. Name it {known[0]}."
        )
    if len(found) > 1:
        raise FitError(
            f"The frame has several columns of {what}: {', '.join(found)}. Name the one that is "
            f'meant, as rate_table(frame, "{found[0]}"), or leave the others out.'
        )
    return found[0]


def _told(frame: pd.DataFrame) -> str:
    return ", ".join(map(str, frame.columns)) or "none"
