"""Who was called in which month: reach, campaigns and contacts above one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import Result, composition_sentences, shown_shares
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

Row = Mapping[str, Any]

_NAMES = {
    "reached_share": "bereik",
    "largest_campaign_share": "aandeel van de grootste campagne",
}
_STYLES = {
    "reached_share": ("bereik", "#174a72", "-"),
    "largest_campaign_share": ("grootste\ncampagne", "#b4530a", "--"),
}


def composition_figure(result: Result, ax: Axes | None = None) -> Figure:
    """Return reach and the share of the largest campaign above the contacts per month.

    Args:
        result: the published result, with its composition.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    rows = result["composition"]
    with drawing_settings():
        figure, (top, bottom) = _two_panels() if ax is None else in_place(ax, [0.45, 0.16])
        rate_axis(
            top,
            max((row[key] or 0.0 for row in rows for key in shown_shares(result)), default=0.0),
            3,
        )
        labels = [_steps(top, rows, key, *_STYLES[key]) for key in shown_shares(result)]
        contacts = [{**row, "n": row["net_contacts"]} for row in rows]
        draw_exposure(bottom, contacts, wording.DENOMINATORS["net_contact"][1])
        month_axis(bottom, rows[-1]["month_to"], result["sector"])
        top.tick_params(bottom=False, labelbottom=False)
        side_labels(top, labels)
    return figure


def _two_panels() -> tuple[Figure, list[Axes]]:
    figure = new_figure(1.75)
    top = figure.add_axes((0.085, 0.5, 0.76, 0.45))
    return figure, [top, figure.add_axes((0.085, 0.27, 0.76, 0.16), sharex=top)]


def _steps(
    axes: Axes, rows: Sequence[Row], key: str, name: str, colour: str, style: str
) -> SideLabel:
    known = [row for row in rows if row[key] is not None]
    corners = [(month, row[key]) for row in known for month in _ends(row)]
    axes.plot(*zip(*corners, strict=True), style, color=colour, linewidth=1.6)
    return SideLabel(height=float(known[-1][key]), text=name, colour=colour)


def _ends(row: Row) -> tuple[int, int]:
    return row["month_from"], row["month_to"] + 1


def composition_picture(result: Result) -> Picture:
    """Return the figure of the composition with the words that replace it."""
    event = wording.reference_event(result["sector"])
    shown = wording.enumerated([_NAMES[key] for key in shown_shares(result)])
    caption = f"{wording.capital(shown)}, boven het aantal netto contacten per maand"
    alt = (
        f"Grafiek van {shown} tegenover de maanden sinds {event}. "
        f"{' '.join(composition_sentences(result)[1:])}"
    )
    return picture(composition_figure(result), alt=alt.strip(), caption=caption)
