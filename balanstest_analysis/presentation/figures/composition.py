"""Who was called in which month: reach, campaigns and contacts above one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import (
    ShareName,
    composition_sentences,
    share_of,
    shown_shares,
)
from balanstest_analysis.presentation.figures.rates import draw_exposure
from balanstest_analysis.presentation.figures.style import (
    SideLabel,
    drawing_settings,
    in_place,
    month_axis,
    new_figure,
    picture,
    rate_axis,
    side_labels,
)
from balanstest_analysis.published.people import CompositionRow
from balanstest_analysis.published.result import PublishedResult

_NAMES: Mapping[ShareName, str] = {
    "reached_share": "bereik",
    "largest_campaign_share": "aandeel van de grootste campagne",
}
_STYLES: Mapping[ShareName, tuple[str, str, str]] = {
    "reached_share": ("bereik", "#174a72", "-"),
    "largest_campaign_share": ("grootste\ncampagne", "#b4530a", "--"),
}


def composition_figure(result: PublishedResult, ax: Axes | None = None) -> Figure:
    """Return reach and the share of the largest campaign above the contacts per month.

    Args:
        result: the published result, with its composition.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    rows, shown = result.composition, shown_shares(result)
    with drawing_settings():
        figure, (top, bottom) = _two_panels() if ax is None else in_place(ax, [0.45, 0.16])
        shares = (share_of(row, name) or 0.0 for row in rows for name in shown)
        rate_axis(top, max(shares, default=0.0), 3)
        labels = [_steps(top, rows, name) for name in shown]
        draw_exposure(bottom, rows, wording.NET_CONTACTS)
        month_axis(bottom, rows[-1].month_to, result.relations.counted)
        top.tick_params(bottom=False, labelbottom=False)
        side_labels(top, labels)
    return figure


def _two_panels() -> tuple[Figure, list[Axes]]:
    figure = new_figure(1.75)
    top = figure.add_axes((0.085, 0.5, 0.76, 0.45))
    return figure, [top, figure.add_axes((0.085, 0.27, 0.76, 0.16), sharex=top)]


def _steps(axes: Axes, rows: Sequence[CompositionRow], name: ShareName) -> SideLabel:
    text, colour, style = _STYLES[name]
    known = [(row, share) for row in rows if (share := share_of(row, name)) is not None]
    corners = [(month, share) for row, share in known for month in _ends(row)]
    axes.plot(*zip(*corners, strict=True), style, color=colour, linewidth=1.6)
    return SideLabel(height=known[-1][1], text=text, colour=colour)


def _ends(row: CompositionRow) -> tuple[int, int]:
    return row.month_from, row.month_to + 1


def composition_picture(result: PublishedResult) -> Picture:
    """Return the figure of the composition with the words that replace it."""
    event = wording.reference_event(result.relations.counted)
    shown = wording.enumerated([_NAMES[name] for name in shown_shares(result)])
    caption = f"{wording.capital(shown)}, boven het aantal netto contacten per maand"
    alt = (
        f"Grafiek van {shown} ten opzichte van de maanden sinds {event}. "
        f"{' '.join(composition_sentences(result)[1:])}"
    )
    return picture(composition_figure(result), alt=alt.strip(), caption=caption)
