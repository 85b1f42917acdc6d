"""How every figure looks, and how it becomes a drawing: the same bytes for the same numbers."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.typing import RcKeyType

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions.requested import evaluated
from balanstest_analysis.published.result import PublishedResult

LINE_POINTS = 10.5
SHORT_LABEL = 24  # letters beside a line late in the months, within the width of the figure
WIDTH_INCHES = 6.22  # the text width of the page, so that nothing is scaled
INK = "#1c2530"
MUTED = "#55606e"
HAIRLINE = "#c9d0d8"
OUTCOME_COLOURS = {"conversion": "#174a72", "objection": "#b4530a", "complaint": "#5b3a8c"}
SETTINGS: dict[RcKeyType, str | float | bool] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "balanstest",
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "hatch.linewidth": 0.5,
    "figure.dpi": 100,
}


@contextmanager
def drawing_settings() -> Iterator[None]:
    """Apply the settings of the report inside a block, and leave matplotlib as it was."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        yield


@cache
def _font_file(name: str) -> str:
    return str(resources.files("balanstest_analysis.document") / "templates" / "fonts" / name)


def font(size: float = 8.5, *, bold: bool = False, italic: bool = False) -> FontProperties:
    """Return the report's own font, which is nowhere registered.

    Args:
        size: in points.
        bold: semibold.
        italic: italic, of normal weight.
    """
    name = "It" if italic else "Semibold" if bold else "Regular"
    return FontProperties(fname=_font_file(f"SourceSans3-{name}.ttf"), size=size)


def picture(figure: Figure, *, alt: str, caption: str) -> Picture:
    """Return a figure as a picture with its words.

    Args:
        figure: drawn by this package.
        alt: what the figure shows, for who cannot see it.
        caption: printed below it.
    """
    buffer = io.BytesIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with drawing_settings():
        figure.savefig(buffer, format="svg", metadata=nothing)
    return Picture(svg=buffer.getvalue().decode(), alt=alt, caption=caption)


def new_figure(height_inches: float) -> Figure:
    """Return an empty figure as wide as the text."""
    return Figure(figsize=(WIDTH_INCHES, height_inches))


def in_place(ax: Axes, shares: Sequence[float], gap: float = 0.05) -> tuple[Figure, list[Axes]]:
    """Return a figure and panels above each other that fill one axes of it.

    Args:
        ax: gives its place and disappears itself.
        shares: of the height, from top to bottom.
        gap: between two panels, as a share of the height.
    """
    ax.set_axis_off()
    free = 1 - gap * (len(shares) - 1)
    panels: list[Axes] = []
    top = 1.0
    for share in shares:
        height = free * share / sum(shares)
        place = (0.0, top - height, 1.0, height)
        panels.append(ax.inset_axes(place, sharex=panels[0] if panels else None))
        top -= height + gap
    return root_figure(ax), panels


def root_figure(ax: Axes) -> Figure:
    """Return the figure that an axes is drawn in."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def month_axis(axes: Axes, last_month: int, kinds: Collection[str]) -> None:
    """Draw the axis of months, with a tick at every half year or year.

    Args:
        axes: where to draw.
        last_month: last month shown; it ends at ``last_month + 1``.
        kinds: of event that the months are counted from.
    """
    step = 6 if last_month < 48 else 12
    axes.set_xlim(0, last_month + 1)
    axes.set_xticks(range(0, last_month + 2, step))
    axes.set_xlabel(f"Maanden sinds {wording.reference_event(kinds)}", fontproperties=font())
    axes.xaxis.label.set_color(INK)
    _set_tick_font(axes)


def rate_axis(axes: Axes, highest: float, ticks: int = 5) -> None:
    """Draw the axis of percentages from zero, with a decimal comma.

    Args:
        axes: where to draw.
        highest: highest rate to be shown, between 0 and 1.
        ticks: about how many; a low panel has room for few.
    """
    axes.set_ylim(0, highest * 1.08 if highest > 0 else 0.01)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: wording.threshold(value)))
    axes.grid(axis="y", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    _set_tick_font(axes)


def count_axis(axes: Axes) -> None:
    """Draw an axis of counts with few ticks and Dutch thousands."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: wording.number(value)))
    _set_tick_font(axes)


def _set_tick_font(axes: Axes) -> None:
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(8))


@dataclass(frozen=True, kw_only=True)
class SideLabel:
    """Words at the right of a panel.

    Attributes:
        height: where they belong, in data units.
        text: one or two lines.
        colour: of the words.
    """

    height: float
    text: str
    colour: str = INK


def side_labels(axes: Axes, labels: Sequence[SideLabel]) -> None:
    """Write labels at the right of a panel, moved apart where they would overlap.

    Args:
        axes: a panel whose limits are final.
        labels: in any order.
    """
    ordered = sorted(labels, key=lambda label: label.height)
    low, high = axes.get_ylim()
    panel_points = axes.bbox.height * 72 / axes.figure.dpi
    wanted = [(label.height - low) / (high - low) * panel_points for label in ordered]
    room = [LINE_POINTS * (1 + label.text.count("\n")) + 3 for label in ordered]
    for label, place in zip(ordered, _apart(wanted, room, panel_points), strict=True):
        axes.annotate(
            label.text,
            (1, place / panel_points),
            xycoords="axes fraction",
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=label.colour,
            fontproperties=font(8),
            linespacing=1.0,
            annotation_clip=False,
        )


def _apart(wanted: Sequence[float], room: Sequence[float], top: float) -> list[float]:
    """Return ascending places near the wanted ones that leave each label its room."""
    places: list[float] = []
    least = -math.inf
    for place, height in zip(wanted, room, strict=True):
        places.append(max(place, least + height / 2))
        least = places[-1] + height / 2
    most = top
    for index in reversed(range(len(places))):
        places[index] = min(places[index], most - room[index] / 2)
        most = places[index] - room[index] / 2
    return places


def term_line(axes: Iterable[Axes], result: PublishedResult) -> None:
    """Draw the term through panels that share their months; its name stands on top.

    A term of T months ends where month T begins. Nothing is drawn where there is none, or where
    it lies beyond the panels.

    Args:
        axes: from top to bottom.
        result: published.
    """
    panels = list(axes)
    term = result.proposal.evaluated_term_months
    if term is None or term > panels[0].get_xlim()[1]:
        return
    for panel in panels:
        panel.axvline(term, color=INK, linewidth=1.3, zorder=4)
    words = f"{_term_name(result)}: {wording.months(term)}"
    is_late = len(words) > SHORT_LABEL and term > panels[0].get_xlim()[1] / 2
    panels[0].annotate(
        words,
        (term, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="right" if is_late else "center",
        va="bottom",
        color=INK,
        fontproperties=font(8.5, bold=True),
        annotation_clip=False,
    )


def _term_name(result: PublishedResult) -> str:
    """Return what the line stands for: the proposal, or under a request what is evaluated."""
    cap = wording.months(result.regime.cap_months or 0)
    return {
        "proposal": "voorstel",
        "request": "aanvraag",
        "uncapped": f"zonder de grens van {cap}",
    }[evaluated(result)]


def term_line_words(result: PublishedResult) -> Iterator[str]:
    """Yield where the line of the term stands, for who cannot see it; nothing without a term.

    Args:
        result: published.
    """
    term = result.proposal.evaluated_term_months
    if term is None:
        return
    what = {
        "proposal": "het voorstel van",
        "request": "de gevraagde termijn van",
        "uncapped": "de termijn die zonder de grens uit de criteria volgt:",
    }[evaluated(result)]
    yield f"De verticale lijn staat bij {what} {wording.months(term)}."
