"""The calibration in one figure: how often the term was not too long, and how much too short."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.document.wording.calibration import SCENARIO_NAMES
from balanstest_analysis.presentation.figures.style import (
    HAIRLINE,
    INK,
    MUTED,
    drawing_settings,
    font,
    new_figure,
    picture,
)

LINE_INCHES = 0.2
MARGIN_INCHES = 0.75
REQUIRED = "#b4530a"
LOWEST_SHOWN = 0.9


def calibration_figure(table: pd.DataFrame) -> Figure:
    """Return coverage and mean shortfall, one line per scenario, with what is required.

    Args:
        table: rows of `summarise`, or `studies/calibration.csv`.
    """
    with drawing_settings():
        figure = new_figure(LINE_INCHES * len(table) + MARGIN_INCHES)
        left, right = figure.subplots(1, 2, sharey=True)
        figure.subplots_adjust(left=0.40, right=0.98, top=0.97, bottom=0.09, wspace=0.08)
        _draw_coverage(left, table)
        _draw_shortfall(right, table)
        _name_lines(left, table.scenario)
    return figure


def calibration_picture(table: pd.DataFrame) -> Picture:
    """Return the figure with its words; see `calibration_figure`."""
    required = table.least_coverage.notna()
    met = int((table.coverage >= table.least_coverage).sum())
    return picture(
        calibration_figure(table),
        alt=f"Per scenario het aandeel historieën waarin de termijn niet te lang is, en hoeveel "
        f"maanden hij gemiddeld te kort is. Waar een eis geldt, is die in {met} van de "
        f"{int(required.sum())} scenario's gehaald.",
        caption="De uitkomst van de proef per scenario, met de eisen.",
    )


def _draw_coverage(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the coverage as a dot and its requirement as a stroke."""
    lines = pd.Series(range(len(table)), index=table.index)
    axes.plot(table.coverage, lines, "o", color=INK, markersize=4)
    required = table.least_coverage.notna()
    axes.plot(table.least_coverage[required], lines[required], "|", color=REQUIRED, markersize=8)
    lowest = min(table.coverage.min(), table.least_coverage.min())
    axes.set_xlim(min(LOWEST_SHOWN, lowest - 0.01), 1.005)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: wording.percentage(share, 0)))
    _finish(axes, "termijn niet te lang (streepje: de eis)")


def _draw_shortfall(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the shortfall as a dot and its requirement as a stroke; none where no term is right."""
    lines = pd.Series(range(len(table)), index=table.index)
    shown = table.mean_shortfall_months > -1
    axes.plot(table.mean_shortfall_months[shown], lines[shown], "o", color=INK, markersize=4)
    required = table.most_shortfall_months.notna()
    colour = REQUIRED
    axes.plot(
        table.most_shortfall_months[required], lines[required], "|", color=colour, markersize=8
    )
    axes.set_xlim(-0.5, max(6.0, table.mean_shortfall_months.max() + 0.5))
    _finish(axes, "maanden te kort (streepje: de eis)")


def _finish(axes: Axes, label: str) -> None:
    axes.set_xlabel(label, fontproperties=font(), color=INK)
    axes.grid(axis="y", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    for words in axes.get_xticklabels():
        words.set_fontproperties(font(8))


def _name_lines(axes: Axes, scenarios: pd.Series) -> None:
    axes.set_yticks(range(len(scenarios)), [SCENARIO_NAMES[name] for name in scenarios])
    axes.set_ylim(len(scenarios) - 0.5, -0.5)
    for words in axes.get_yticklabels():
        words.set_fontproperties(font(8))
        words.set_color(MUTED)
