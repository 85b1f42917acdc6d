"""The overview of one outcome against time: observed rates, curve, contacts and threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import Result, outcome_sentences
from balanstest_analysis.presentation.figures.style import (
    HAIRLINE,
    INK,
    MUTED,
    OUTCOME_COLOURS,
    SideLabel,
    count_axis,
    drawing_settings,
    font,
    in_place,
    month_axis,
    new_figure,
    picture,
    rate_axis,
    side_labels,
    term_line,
)

LARGEST_DOT = 70.0
SMALLEST_DOT = 4.0
THRESHOLD_KINDS = frozenset({"minimum_rate", "maximum_rate", "maximum_ratio"})

Row = Mapping[str, Any]


def rate_figure(result: Result, outcome: str, ax: Axes | None = None) -> Figure:
    """Return observed rates, averaged curve and contacts per month of one outcome.

    Args:
        result: the published result.
        outcome: an outcome with rows.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    entry = result["outcomes"][outcome]
    colour = OUTCOME_COLOURS[outcome]
    with drawing_settings():
        figure, (top, bottom) = _two_panels() if ax is None else in_place(ax, [3.6, 1])
        rate_axis(top, _highest(result, outcome))
        draw_curve(top, entry["curve"], colour)
        _draw_rows(top, entry["rates"], colour, result["settings"]["disclosure_minimum"])
        labels = [*_threshold_labels(top, result, outcome), *curve_label(entry["curve"], colour)]
        draw_exposure(bottom, entry["rates"], plural_of(result))
        month_axis(bottom, last_month(result), result["sector"])
        top.tick_params(bottom=False)
        term_line([top, bottom], result["proposal"]["term_months"])
        side_labels(top, labels)
    return figure


def _two_panels() -> tuple[Figure, list[Axes]]:
    figure = new_figure(2.8)
    top, bottom = figure.subplots(
        2, 1, sharex=True, gridspec_kw={"height_ratios": [3.6, 1], "hspace": 0.12}
    )
    figure.subplots_adjust(left=0.085, right=0.845, top=0.92, bottom=0.175)
    return figure, [top, bottom]


def last_month(result: Result) -> int:
    """Return the last month with a published row in any outcome."""
    rows = [row for entry in result["outcomes"].values() for row in entry["rates"]]
    return max((int(row["month_to"]) for row in rows), default=0)


def _highest(result: Result, outcome: str) -> float:
    entry = result["outcomes"][outcome]
    rates = [row["rate_upper"] for row in entry["rates"] if _is_solid(row, entry["rates"])]
    curve = [point["rate_upper"] for point in entry["curve"] if point["rate_upper"] is not None]
    limits = [height for height, _ in _thresholds(result, outcome)]
    return float(max([*rates, *curve[:-1], *limits], default=0.01))


def _is_solid(row: Row, rows: Sequence[Row]) -> bool:
    """Rows with very few contacts may run out of the panel; their limits would flatten it."""
    contacts = [other["n"] or 0 for other in rows]
    return (row["n"] or 0) >= 0.02 * max(contacts, default=0)


def draw_curve(
    axes: Axes, curve: Sequence[Mapping[str, Any]], colour: str, style: str = "-"
) -> None:
    """Draw the averaged curve and its band, each month in its middle."""
    points = [point for point in curve if point["rate"] is not None]
    middle = [point["month"] + 0.5 for point in points]
    lower = [point["rate_lower"] for point in points]
    upper = [point["rate_upper"] for point in points]
    axes.fill_between(middle, lower, upper, color=colour, alpha=0.16, linewidth=0)
    axes.plot(middle, [point["rate"] for point in points], style, color=colour, linewidth=1.4)


def curve_label(curve: Sequence[Mapping[str, Any]], colour: str) -> list[SideLabel]:
    """Return the label at the end of the curve."""
    points = [point for point in curve if point["rate"] is not None]
    if not points:
        return []
    return [SideLabel(height=points[-1]["rate"], text="geschatte\nkromme", colour=colour)]


def _draw_rows(axes: Axes, rows: Sequence[Row], colour: str, minimum: int) -> None:
    largest = max((row["n"] or 0 for row in rows), default=1) or 1
    for row in rows:
        if row["k"] is None:
            _draw_hidden(axes, row, minimum)
        else:
            _draw_row(axes, row, colour, row["n"] / largest)


def _draw_row(axes: Axes, row: Row, colour: str, size: float) -> None:
    start, end = row["month_from"], row["month_to"] + 1
    middle = (start + end) / 2
    axes.plot([start, end], [row["rate"]] * 2, color=colour, linewidth=0.7, alpha=0.6)
    axes.plot([middle] * 2, [row["rate_lower"], row["rate_upper"]], color=colour, linewidth=0.8)
    axes.scatter(
        [middle],
        [row["rate"]],
        s=SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * size,
        facecolor="white",
        edgecolor=colour,
        linewidth=1.1,
        zorder=3,
        clip_on=False,
    )


def _draw_hidden(axes: Axes, row: Row, minimum: int) -> None:
    """A count below the minimum is a hatched area up to the limit that is published."""
    start, end = row["month_from"], row["month_to"] + 1
    top = axes.get_ylim()[1]
    height = min(row["rate_upper"], top)
    axes.fill_between(
        [start, end], 0, height, facecolor="none", edgecolor=HAIRLINE, hatch="////", linewidth=0.6
    )
    if end - start >= 6:
        inside = height > 0.5 * top
        axes.annotate(
            f"{wording.fewer_than(minimum)}\n(bovengrens {wording.percentage(row['rate_upper'])})",
            ((start + end) / 2, height),
            xytext=(0, -3 if inside else 3),
            textcoords="offset points",
            ha="center",
            va="top" if inside else "bottom",
            color=MUTED,
            fontproperties=font(8),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
            zorder=5,
        )


def _thresholds(result: Result, outcome: str) -> list[tuple[float, str]]:
    found = []
    for criterion in result["criteria"]:
        height = criterion["threshold"]
        if criterion["outcome"] != outcome or criterion["kind"] not in THRESHOLD_KINDS:
            continue
        if height is not None:
            side = "minimum" if criterion["kind"] == "minimum_rate" else "maximum"
            about = "ca. " if criterion["kind"] == "maximum_ratio" else ""
            found.append((float(height), f"{side}\n{about}{wording.threshold(height)}"))
    return found


def _threshold_labels(axes: Axes, result: Result, outcome: str) -> list[SideLabel]:
    thresholds = _thresholds(result, outcome)
    for height, _ in thresholds:
        axes.axhline(height, color=INK, linewidth=0.9, linestyle=(0, (5, 3)))
    return [SideLabel(height=height, text=text) for height, text in thresholds]


def plural_of(result: Result) -> str:
    """Return what is counted, in the plural."""
    return wording.DENOMINATORS[result["settings"]["denominator"]][1]


def draw_exposure(axes: Axes, rows: Sequence[Row], plural: str) -> None:
    """Draw contacts per month as bars, so that thin data look thin.

    Args:
        axes: where to draw.
        rows: with ``month_from``, ``month_to`` and ``n``.
        plural: what is counted.
    """
    shown = [row for row in rows if row["n"] is not None]
    widths = [row["month_to"] + 1 - row["month_from"] for row in shown]
    axes.bar(
        [row["month_from"] for row in shown],
        [row["n"] / width for row, width in zip(shown, widths, strict=True)],
        width=widths,
        align="edge",
        facecolor="#d5dbe1",
        edgecolor="white",
        linewidth=0.6,
    )
    count_axis(axes)
    axes.annotate(
        f"{plural}\nper maand",
        (1, 0.5),
        xycoords="axes fraction",
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        color=MUTED,
        fontproperties=font(8),
        linespacing=1.0,
        annotation_clip=False,
    )


def rate_picture(result: Result, outcome: str) -> Picture:
    """Return the figure of one outcome with the words that replace it."""
    words = wording.OUTCOME_WORDS[outcome]
    event = wording.reference_event(result["sector"])
    caption = f"{words.label} tegenover de maanden sinds {event}"
    return picture(rate_figure(result, outcome), alt=_alt(result, outcome), caption=caption)


def _alt(result: Result, outcome: str) -> str:
    words = wording.OUTCOME_WORDS[outcome]
    parts = [f"Grafiek van het {words.rate} per maand.", *outcome_sentences(result, outcome)]
    parts += [
        f"De streeplijn geeft het {text.replace(chr(10), ' van ')} aan."
        for _, text in _thresholds(result, outcome)
    ]
    term = result["proposal"]["term_months"]
    if term is not None:
        parts.append(f"De verticale lijn staat bij het voorstel van {wording.months(term)}.")
    return " ".join(parts)
