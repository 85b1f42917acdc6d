"""Benefit and burden on one time axis."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import draws_curve, last_month, yearly_blocks
from balanstest_analysis.presentation.figures.rates import draw_curve, draw_exposure, plural_of
from balanstest_analysis.presentation.figures.style import (
    OUTCOME_COLOURS,
    SideLabel,
    drawing_settings,
    in_place,
    month_axis,
    new_figure,
    picture,
    rate_axis,
    side_labels,
    term_line,
    term_line_words,
)
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult

LINES = {"conversion": "-", "objection": "--", "complaint": "-."}
COMPARABLE = 0.2
BOTTOM_INCHES = 0.48
TOP_INCHES = 0.24
LARGE_INCHES, SMALL_INCHES, EXPOSURE_INCHES = 1.25, 0.45, 0.32
GAP_INCHES = 0.14


def weighing_figure(result: PublishedResult, ax: Axes | None = None) -> Figure:
    """Return the curves of all outcomes above one axis of months.

    Outcomes of the same size share a panel and so a scale; a much rarer one gets its own.

    Args:
        result: the published result, with at least one outcome.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    shared, apart = _panels(result)
    heights = [
        LARGE_INCHES,
        *(SMALL_INCHES for _ in apart),
        EXPOSURE_INCHES,
    ]
    with drawing_settings():
        figure, axes = _stacked(heights) if ax is None else in_place(ax, heights)
        for panel, outcomes in zip(axes, [shared, *([name] for name in apart)], strict=False):
            _draw_panel(panel, result, outcomes, 5 if outcomes is shared else 2)
        draw_exposure(axes[-1], result.outcomes[shared[0]].rows, plural_of(result))
        month_axis(axes[-1], last_month(result), result.relations.counted)
        for panel in axes[:-1]:
            panel.tick_params(bottom=False, labelbottom=False)
        term_line(axes, result)
        for panel, outcomes in zip(axes, [shared, *([name] for name in apart)], strict=False):
            side_labels(panel, _labels(result, outcomes))
    return figure


def _panels(result: PublishedResult) -> tuple[list[Outcome], list[Outcome]]:
    """Return the outcomes that share the first panel, and those that are much rarer."""
    shown = [name for name in result.shown_outcomes if draws_curve(result, name)]
    highest = {name: _highest(result, name) for name in shown}
    most = max(highest.values(), default=0.0)
    shared = [name for name in shown if highest[name] >= COMPARABLE * most]
    return shared, [name for name in shown if name not in shared]


def _highest(result: PublishedResult, outcome: Outcome) -> float:
    return max((point.rate_upper for point in result.outcomes[outcome].curve), default=0.0)


def _stacked(heights: Sequence[float]) -> tuple[Figure, list[Axes]]:
    total = sum(heights) + GAP_INCHES * (len(heights) - 1) + BOTTOM_INCHES + TOP_INCHES
    figure = new_figure(total)
    axes: list[Axes] = []
    top = total - TOP_INCHES
    for height in heights:
        place = (0.085, (top - height) / total, 0.76, height / total)
        axes.append(figure.add_axes(place, sharex=axes[0] if axes else None))
        top -= height + GAP_INCHES
    return figure, axes


def _draw_panel(
    axes: Axes, result: PublishedResult, outcomes: Sequence[Outcome], ticks: int
) -> None:
    rate_axis(axes, max(_highest(result, name) for name in outcomes), ticks)
    for name in outcomes:
        draw_curve(axes, result.outcomes[name].curve, OUTCOME_COLOURS[name], LINES[name])


def _labels(result: PublishedResult, outcomes: Sequence[Outcome]) -> list[SideLabel]:
    return [
        SideLabel(
            height=result.outcomes[name].curve[-1].rate,
            text=wording.OUTCOME_WORDS[name].label,
            colour=OUTCOME_COLOURS[name],
        )
        for name in outcomes
        if result.outcomes[name].curve
    ]


def weighing_picture(result: PublishedResult) -> Picture:
    """Return the figure of benefit and burden with the words that replace it."""
    level = wording.level(result.settings.confidence_level)
    caption = (
        "Opbrengst en hinder op één tijdas: geschatte percentages per contact, met een band van "
        f"{wording.band_level(result.settings.confidence_level)} (onder- en bovengrens elk "
        f"eenzijdig {level}).{_without_curve(result)}"
    )
    return picture(weighing_figure(result), alt=_alt(result), caption=caption)


def _without_curve(result: PublishedResult) -> str:
    """Return for which outcome there is no line, as rows or events are too few; or nothing."""
    bare = [name for name in result.shown_outcomes if not draws_curve(result, name)]
    if not bare:
        return ""
    named = wording.enumerated([wording.OUTCOME_WORDS[name].subject for name in bare])
    return f" Voor {named} is geen kromme getekend."


def _alt(result: PublishedResult) -> str:
    blocks = yearly_blocks(result)
    parts = ["Grafiek van conversie, verzet en klachten boven dezelfde as van maanden."]
    for outcome in OUTCOMES:
        known = [block for block in blocks if block.rate(outcome) is not None]
        ends = known[:1] + known[1:][-1:]
        words = [
            f"{wording.percentage(block.rate(outcome))} "
            f"{wording.in_months(block.month_from, block.month_to)}"
            for block in ends
        ]
        if words:
            rate = wording.capital(wording.OUTCOME_WORDS[outcome].rate)
            parts.append(f"{rate}: {wording.enumerated(words)}.")
    return " ".join([*parts, *term_line_words(result)])
