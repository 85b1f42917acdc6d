"""Draw the pictures of `docs/method.md`: how a term is found, and what each brake is for.

`tools/draw_ideas.py` draws them. Each picture is a history with a known rate, judged by the code
that judges a real one; only the seed is chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from balanstest_analysis.dossier.criteria import MinimumRate
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.month_table import COUNT_COLUMNS, MonthTable
from balanstest_analysis.statistics.evidence import WINDOW, run_sums
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.judging import crossing_from, judge, months_at
from balanstest_analysis.term.margins import Margin
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import OutcomeAnalysis, analyse_outcomes
from balanstest_analysis.term.rate_margins import rate_margin

LEVEL, THRESHOLD = 0.95, 0.06
BLUE, ORANGE, GREY = "#1f4e79", "#c55a11", "#7f7f7f"
MONTHS = np.arange(36)
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A history with a known rate, and what its criterion supports."""

    truth: Floats
    series: OutcomeSeries
    margin: Margin
    result: CriterionResult

    @property
    def curve_term(self) -> int:
        """Term that the curve alone would give."""
        start = self.margin.evidence.start or 0
        return months_at(crossing_from(self.margin.lower, start, len(MONTHS) - 1), len(MONTHS) - 1)


CRITERION = MinimumRate(
    name="conversion",
    kind="minimum_rate",
    outcome="conversion",
    threshold=THRESHOLD,
    reason="cost of a contact over value of a conversion",
)


def analysed(truth: Floats, contacts: Floats, seed: int) -> OutcomeAnalysis:
    """Return a history drawn once, with its curves and draws.

    Args:
        truth: rate per month, shape (36,).
        contacts: per month, same shape.
        seed: of the draw.
    """
    events = np.random.default_rng(seed).binomial(contacts.astype(int), truth)
    frame = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, contacts.astype(int)))
    frame = frame.assign(campaign="", month=MONTHS, conversion_events=events)
    table = MonthTable(frame=frame, available=frozenset({"conversion"}))
    return analyse_outcomes(_dossier(CRITERION), table)["conversion"]


def judged(truth: Floats, contacts: Floats, seed: int) -> Judged:
    """Return a history drawn once, judged against a minimum of 6 %.

    Args:
        truth: rate per month, shape (36,).
        contacts: per month, same shape.
        seed: of the draw.
    """
    series = analysed(truth, contacts, seed).on_axis(len(MONTHS))
    margin = rate_margin(CRITERION, series, LEVEL)
    return Judged(truth=truth, series=series, margin=margin, result=judge(CRITERION, margin))


def _dossier(criterion: MinimumRate) -> Dossier:
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Example", "sector": "charity"},
            "scope": {"category": "gifts"},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": [criterion.model_dump()],
        }
    )


def canvas(rows: int = 1) -> tuple[Figure, list[Axes]]:
    """Return a figure of some rows with the months below it, and its axes."""
    figure = Figure(figsize=(7.2, 2.9 * rows), layout="constrained")
    axes = figure.subplots(rows, 1, sharex=True, squeeze=False)[:, 0]
    for one in axes:
        one.spines[["top", "right"]].set_visible(False)
    axes[-1].set_xlabel("months since the last purchase")
    return figure, list(axes)


def _rates(axes: Axes, one: Judged) -> None:
    """Draw rates with exact limits, the averaged curve and the threshold."""
    rate = one.series.events / np.maximum(one.series.exposure, 1)
    (low, high), _ = one.series.limits(LEVEL)
    axes.vlines(MONTHS, 100 * low, 100 * high, color=GREY, lw=1)
    axes.plot(MONTHS, 100 * rate, "o", color=GREY, ms=3.5, label="month, with its exact limits")
    axes.plot(MONTHS, 100 * one.series.rate, color=BLUE, label="averaged curve")
    lower = one.margin.lower + THRESHOLD
    axes.plot(MONTHS, 100 * lower, color=BLUE, lw=1, ls="--", label="its lower limit")
    axes.axhline(100 * THRESHOLD, color=ORANGE, lw=1)
    axes.text(0, 100 * THRESHOLD, " minimum", color=ORANGE, va="bottom", fontsize=8)
    axes.set_ylabel("conversion, %")
    axes.set_ylim(0, 100 * float(np.max(high)) * 1.05)


def _term(axes: Axes, months: float, text: str, colour: str, height: float) -> None:
    axes.axvline(months - 0.5, color=colour, lw=1.2)
    axes.annotate(
        text,
        (months - 0.5, height),
        xycoords=("data", "axes fraction"),
        xytext=(4, 0),
        textcoords="offset points",
        color=colour,
        fontsize=8,
        va="top",
    )


def _braked(one: Judged, without: str) -> Figure:
    figure, (axes,) = canvas()
    _rates(axes, one)
    term = one.result.term_months or 0
    _term(axes, term, f"term: {term} months", "black", 0.98)
    if one.curve_term != term:
        _term(axes, one.curve_term, f"{without}: {one.curve_term}", BLUE, 0.86)
    axes.legend(fontsize=8, frameon=False, loc="lower left")
    return figure


def fixed_sequence() -> Figure:
    """Return the lower margin per month, and the first month in which it fails."""
    truth = 0.15 * np.exp(-0.045 * MONTHS)
    one = judged(truth, np.full(36, 600), seed=3)
    figure, (axes,) = canvas()
    _rates(axes, one)
    axes.plot(MONTHS, 100 * truth, color="black", lw=1, ls=":", label="truth")
    term = one.result.term_months or 0
    _term(axes, term, f"shown through month {term - 1}: term {term}", "black", 0.98)
    axes.legend(fontsize=8, frameon=False, loc="lower left")
    return figure


def evidence() -> Figure:
    """Return the contacts per month, and where the last window with enough of them ends."""
    contacts = np.where(MONTHS < 16, 700, np.maximum(2, 60 - 9 * (MONTHS - 16)))
    one = judged(0.16 * np.exp(-0.012 * MONTHS), contacts.astype(float), seed=5)
    figure, (rates, counts) = canvas(rows=2)
    _rates(rates, one)
    term = one.result.term_months or 0
    rates.set_ylim(0, 30)
    _term(rates, term, f"evidence ends: term {term}", "black", 0.98)
    needed = one.margin.evidence.contacts_needed
    window = run_sums(one.series.exposure[::-1], WINDOW)[::-1]
    counts.bar(MONTHS, np.maximum(window, 0.5), color=GREY, width=0.8)
    counts.set_yscale("log")
    counts.axhline(needed, color=ORANGE, lw=1)
    counts.text(
        35.5, needed, f"needed: {needed} ", color=ORANGE, va="bottom", ha="right", fontsize=8
    )
    counts.set_ylabel("contacts in the\nsix months to here")
    _term(counts, term, "", "black", 0.98)
    return figure


def _first(truth: Floats, contacts: float, decides: Callable[[Judged], bool]) -> Judged:
    """Return the first history in which a brake shortens the term that the curve would give."""
    for seed in range(300):
        one = judged(truth, np.full(36, contacts), seed=seed)
        if one.result.term_months and one.curve_term > one.result.term_months and decides(one):
            return one
    raise AssertionError("no history in which this brake decides")


def contradiction() -> Figure:
    """Return a step that the curve smooths over, and a month that contradicts it."""
    truth = np.where(MONTHS < 17, 0.09, 0.045)
    found = _first(
        truth, 900, lambda one: one.result.contradicted_from_month == one.result.term_months
    )
    return _braked(found, "curve alone")


def undescribed() -> Figure:
    """Return a wave that no curve follows."""
    truth = 0.13 * np.exp(-0.03 * MONTHS + 0.19 * np.sin(2 * np.pi * MONTHS / 9))
    found = _first(
        truth, 12_000, lambda one: one.result.unshown_from_month == one.result.term_months
    )
    return _braked(found, "curve alone")


def own_rate() -> Figure:
    """Return a mild step just past the threshold."""
    truth = np.where(MONTHS < 12, 0.080, 0.054)
    found = _first(truth, 900, lambda one: bool(one.margin.wrong_end[one.curve_term - 1]))
    return _braked(found, "curve alone")


BRAKES: dict[str, Callable[[], Figure]] = {
    "fixed-sequence.png": fixed_sequence,
    "brake-evidence.png": evidence,
    "brake-contradiction.png": contradiction,
    "brake-undescribed.png": undescribed,
    "brake-own-rate.png": own_rate,
}
