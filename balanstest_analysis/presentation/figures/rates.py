"""The overview of one outcome against time: observed rates, curve, contacts and threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import (
    draws_curve,
    last_month,
    outcome_sentences,
)
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
    term_line_words,
)
from balanstest_analysis.published.counts import (
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
    number,
)
from balanstest_analysis.published.names import OVERALL_RATE, RATE_LIMITS, CriterionKind, Outcome
from balanstest_analysis.published.outcomes import AtMost, FittedPoint, Observed, RateRow
from balanstest_analysis.published.people import CompositionRow
from balanstest_analysis.published.result import PublishedResult

LARGEST_DOT = 70.0
SMALLEST_DOT = 4.0
THRESHOLD_KINDS: frozenset[CriterionKind] = frozenset({"minimum_rate", *RATE_LIMITS})

MonthContacts: TypeAlias = RateRow | CompositionRow


def rate_figure(result: PublishedResult, outcome: Outcome, ax: Axes | None = None) -> Figure:
    """Return observed rates, averaged curve and contacts per month of one outcome.

    Args:
        result: the published result.
        outcome: an outcome with rows.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    entry = result.outcomes[outcome]
    colour = OUTCOME_COLOURS[outcome]
    with drawing_settings():
        figure, (top, bottom) = _two_panels() if ax is None else in_place(ax, [3.6, 1])
        rate_axis(top, _highest(result, outcome))
        curve = entry.curve if draws_curve(result, outcome) else ()
        draw_curve(top, curve, colour)
        _draw_rows(top, entry.rows, colour, result.settings.disclosure_minimum)
        labels = [*_threshold_labels(top, result, outcome), *curve_label(curve, colour)]
        draw_exposure(bottom, entry.rows, plural_of(result))
        month_axis(bottom, last_month(result), result.relations.counted)
        top.tick_params(bottom=False)
        term_line([top, bottom], result)
        side_labels(top, labels)
    return figure


def _two_panels() -> tuple[Figure, list[Axes]]:
    figure = new_figure(2.25)
    top, bottom = figure.subplots(
        2, 1, sharex=True, gridspec_kw={"height_ratios": [3.6, 1], "hspace": 0.12}
    )
    figure.subplots_adjust(left=0.085, right=0.845, top=0.9, bottom=0.22)
    return figure, [top, bottom]


def _highest(result: PublishedResult, outcome: Outcome) -> float:
    entry = result.outcomes[outcome]
    rates = [row.upper for row in entry.rows if _is_solid(row, entry.rows)]
    points = entry.curve if draws_curve(result, outcome) else ()
    curve = [point.rate_upper for point in points[:-1]]
    limits = [height for height, _ in _thresholds(result, outcome)]
    return max([*rates, *curve, *limits], default=0.01)


def _is_solid(row: RateRow, rows: Sequence[RateRow]) -> bool:
    """Rows with very few contacts may run out of the panel; their limits would flatten it."""
    return _contacts(row) >= 0.02 * max(_contacts(other) for other in rows)


def _contacts(row: RateRow) -> int:
    return number(row.contacts) or 0


def draw_curve(axes: Axes, curve: Sequence[FittedPoint], colour: str, style: str = "-") -> None:
    """Draw the averaged curve and its band, each month in its middle."""
    middle = [point.month + 0.5 for point in curve]
    lower = [point.rate_lower for point in curve]
    upper = [point.rate_upper for point in curve]
    axes.fill_between(middle, lower, upper, color=colour, alpha=0.16, linewidth=0)
    axes.plot(middle, [point.rate for point in curve], style, color=colour, linewidth=1.4)


def curve_label(curve: Sequence[FittedPoint], colour: str) -> list[SideLabel]:
    """Return the label at the end of the curve."""
    if not curve:
        return []
    return [SideLabel(height=curve[-1].rate, text="geschatte\nkromme", colour=colour)]


def _draw_rows(axes: Axes, rows: Sequence[RateRow], colour: str, minimum: int) -> None:
    largest = max((_contacts(row) for row in rows), default=1) or 1
    for row in rows:
        match row.rate:
            case Observed() as known:
                _draw_known(axes, row, known, colour, _contacts(row) / largest)
            case AtMost():
                _draw_hidden(axes, row, minimum)


def _draw_known(axes: Axes, row: RateRow, known: Observed, colour: str, size: float) -> None:
    start, end = row.month_from, row.month_to + 1
    middle = (start + end) / 2
    axes.plot([start, end], [known.rate] * 2, color=colour, linewidth=0.7, alpha=0.6)
    axes.plot([middle] * 2, [known.lower, known.upper], color=colour, linewidth=0.8)
    axes.scatter(
        [middle],
        [known.rate],
        s=SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * size,
        facecolor="white",
        edgecolor=colour,
        linewidth=1.1,
        zorder=3,
        clip_on=False,
    )


def _draw_hidden(axes: Axes, row: RateRow, minimum: int) -> None:
    """A hidden count is a hatched area up to the limit that is published."""
    start, end = row.month_from, row.month_to + 1
    top = axes.get_ylim()[1]
    height = min(row.upper, top)
    axes.fill_between(
        [start, end], 0, height, facecolor="none", edgecolor=HAIRLINE, hatch="////", linewidth=0.6
    )
    if end - start >= 6:
        inside = height > 0.5 * top
        axes.annotate(
            _hidden_words(row, minimum),
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


def _hidden_words(row: RateRow, minimum: int) -> str:
    limit = f"bovengrens {wording.percentage(row.upper)}"
    match row.events:
        case Few():
            return f"{wording.fewer_than(minimum)}\n({limit})"
        case FewOthers() | Withheld() | NotDelivered() | Exact() | Kept():
            return limit


def _thresholds(result: PublishedResult, outcome: Outcome) -> list[tuple[float, str]]:
    found = []
    for criterion in result.criteria:
        height = criterion.threshold
        if criterion.outcome != outcome or criterion.kind not in THRESHOLD_KINDS:
            continue
        if height is not None:
            side = "minimum" if criterion.kind == "minimum_rate" else "maximum"
            about = _ABOUT.get(criterion.kind, "")
            found.append((height, f"{side}\n{about}{wording.threshold(height)}"))
    return found


_ABOUT: Mapping[CriterionKind, str] = {"maximum_ratio": "ca. ", OVERALL_RATE: "gemiddeld "}


def _threshold_labels(axes: Axes, result: PublishedResult, outcome: Outcome) -> list[SideLabel]:
    thresholds = _thresholds(result, outcome)
    for height, _ in thresholds:
        axes.axhline(height, color=INK, linewidth=0.9, linestyle=(0, (5, 3)))
    return [SideLabel(height=height, text=text) for height, text in thresholds]


def plural_of(result: PublishedResult) -> str:
    """Return what is counted, in the plural."""
    return wording.DENOMINATORS[result.settings.denominator][1]


def draw_exposure(axes: Axes, rows: Sequence[MonthContacts], plural: str) -> None:
    """Draw contacts per month as bars, so that thin data look thin.

    Args:
        axes: where to draw.
        rows: those whose contacts are not told get no bar.
        plural: what is counted.
    """
    shown = [(row, told) for row in rows if (told := number(row.contacts)) is not None]
    widths = [row.month_to + 1 - row.month_from for row, _ in shown]
    axes.bar(
        [row.month_from for row, _ in shown],
        [told / width for (_, told), width in zip(shown, widths, strict=True)],
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


def rate_picture(result: PublishedResult, outcome: Outcome) -> Picture:
    """Return the figure of one outcome with the words that replace it."""
    words = wording.OUTCOME_WORDS[outcome]
    event = wording.reference_event(result.relations.counted)
    caption = f"{words.label} ten opzichte van de maanden sinds {event}"
    return picture(rate_figure(result, outcome), alt=_alt(result, outcome), caption=caption)


def _alt(result: PublishedResult, outcome: Outcome) -> str:
    words = wording.OUTCOME_WORDS[outcome]
    parts = [f"Grafiek van het {words.rate} per maand.", *outcome_sentences(result, outcome)]
    parts += [
        f"De streeplijn geeft het {text.replace(chr(10), ' van ')} aan."
        for _, text in _thresholds(result, outcome)
    ]
    return " ".join([*parts, *term_line_words(result)])
