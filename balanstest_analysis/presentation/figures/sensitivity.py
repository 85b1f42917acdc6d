"""The term under other choices: one line per choice, one dot per value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import changed, other_choices
from balanstest_analysis.presentation.figures.criteria import BINDING, OTHER, wrapped
from balanstest_analysis.presentation.figures.style import (
    HAIRLINE,
    INK,
    drawing_settings,
    font,
    new_figure,
    picture,
    root_figure,
    term_line,
    term_line_words,
)
from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.published.names import ProposalStatus
from balanstest_analysis.published.result import PublishedResult

LINE_INCHES, TWO_LINES_INCHES = 0.2, 0.28
TOP_INCHES = 0.26
BOTTOM_INCHES = 0.46
NAME_WIDTH = 34
WORDS_WIDTH = 44
APART, ROOM_APART = 0.05, 0.16  # of the width: a square is no term, and stands left of month 0


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One line of the figure.

    Attributes:
        name: what is changed.
        terms: those of the full proposals, ascending.
        incomplete: terms without a criterion that the organisation sets aside.
        none: how often no term is left.
        untested: how often there is no proposal yet.
    """

    name: str
    terms: tuple[int, ...]
    incomplete: tuple[int, ...]
    none: int
    untested: int

    @property
    def words(self) -> str:
        """The line in words."""
        lacking = [
            words
            for words, found in (
                ("voorlopig", self.incomplete),
                ("nog geen voorstel", self.untested),
                ("geen termijn", self.none),
            )
            if found
        ]
        if not self.terms:
            return " of ".join(lacking)
        return f"{_span(self.terms)}, soms {' of '.join(lacking)}" if lacking else _span(self.terms)


def _span(terms: Sequence[int]) -> str:
    first, last = terms[0], terms[-1]
    return wording.months(first) if first == last else f"{first} tot {last} maanden"


def spreads(result: PublishedResult) -> list[Spread]:
    """Return the lines of the figure: every choice with the terms it leads to.

    Args:
        result: the published result.
    """
    return [
        _spread(changed(result, code, criterion), lines)
        for (code, criterion), lines in other_choices(result).items()
    ]


def _spread(name: str, lines: Sequence[OtherChoice]) -> Spread:
    return Spread(
        name=name,
        terms=_terms(lines, "proposed"),
        incomplete=_terms(lines, "proposed_incomplete"),
        none=sum(line.status in {"no_term", "not_allowed"} for line in lines),
        untested=sum(line.status == "undetermined" for line in lines),
    )


def _terms(lines: Sequence[OtherChoice], status: ProposalStatus) -> tuple[int, ...]:
    found = (line.term_months for line in lines if line.status == status)
    return tuple(sorted(term for term in found if term is not None))


def sensitivity_figure(result: PublishedResult, ax: Axes | None = None) -> Figure:
    """Return the terms under other choices around the proposal.

    Args:
        result: the published result, with at least one other choice.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    lines = spreads(result)
    rows = _inches(lines)
    height = TOP_INCHES + rows + BOTTOM_INCHES
    with drawing_settings():
        figure = new_figure(height) if ax is None else root_figure(ax)
        place = (0.3, BOTTOM_INCHES / height, 0.3, rows / height)
        axes = figure.add_axes(place) if ax is None else ax
        axes.set_ylim(len(lines) - 0.5, -0.5)
        _axes(axes, result, lines)
        for row, line in enumerate(lines):
            _draw(axes, row, line)
        term_line([axes], result)
    return figure


def _inches(lines: Sequence[Spread]) -> float:
    """Return the height of the rows: all are higher where the words of one take two lines."""
    broken = any(
        "\n" in wrapped(line.name, NAME_WIDTH) + wrapped(line.words, WORDS_WIDTH) for line in lines
    )
    return len(lines) * (TWO_LINES_INCHES if broken else LINE_INCHES)


def _axes(axes: Axes, result: PublishedResult, lines: Sequence[Spread]) -> None:
    found = [term for line in lines for term in (*line.terms, *line.incomplete)]
    longest = max([*found, result.proposal.evaluated_term_months or 0, 12])
    step = 6 if longest < 48 else 12
    end = step * -(-longest // step)
    apart = any(line.untested for line in lines)
    axes.set_xlim(-ROOM_APART * end if apart else -2, end + 1)
    axes.set_xticks(range(0, end + 1, step))
    axes.set_xlabel("Termijn in maanden", fontproperties=font(), color=INK)
    axes.grid(axis="x", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_yticks(range(len(lines)))
    axes.set_yticklabels([wrapped(line.name, NAME_WIDTH) for line in lines], linespacing=0.82)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(8))


def _draw(axes: Axes, row: int, line: Spread) -> None:
    if line.terms:
        axes.plot([line.terms[0], line.terms[-1]], [row] * 2, color=OTHER, linewidth=3.5)
        axes.plot(line.terms, [row] * len(line.terms), "o", color=BINDING, markersize=4)
    hollow = [row] * len(line.incomplete)
    axes.plot(line.incomplete, hollow, "o", color=BINDING, markersize=4.5, markerfacecolor="white")
    if line.untested:
        square = axes.plot([APART], [row], "s", color=INK, markersize=6, markerfacecolor="none")
        square[0].set_transform(axes.get_yaxis_transform())
    if line.none:
        axes.plot([0], [row], "x", color=INK, markersize=5, clip_on=False)
    axes.annotate(
        wrapped(line.words, WORDS_WIDTH),
        (1, row),
        xycoords=("axes fraction", "data"),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        color=INK,
        fontproperties=font(8),
        linespacing=0.82,
        annotation_clip=False,
    )


NO_PROPOSAL = "een stip is hier geen voorstel, want met de eigen keuzes volgt er geen termijn"


def sensitivity_picture(result: PublishedResult) -> Picture:
    """Return the figure of the other choices with the words that replace it."""
    lines = spreads(result)
    signs = [
        *(["open stip: voorlopig"] if any(line.incomplete for line in lines) else []),
        *(["vierkant: nog geen voorstel"] if any(line.untested for line in lines) else []),
        *(["kruis: geen termijn"] if any(line.none for line in lines) else []),
    ]
    explained = f" ({'; '.join(signs)})" if signs else ""
    some = any(line.terms or line.incomplete for line in lines)
    none = "" if result.has_term or not some else f"; {NO_PROPOSAL}"
    caption = f"De termijn bij andere keuzes, met een stip per waarde{explained}{none}"
    parts = "; ".join(f"{line.name}: {line.words}" for line in lines)
    closing = " ".join(term_line_words(result)) or "Er is geen voorstel."
    return picture(
        sensitivity_figure(result),
        alt=f"Figuur van de termijn bij andere keuzes. {parts}. {closing}",
        caption=caption,
    )
