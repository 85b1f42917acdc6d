"""Which term every criterion supports, beside the cap and the proposal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation.conclusions import (
    deciding_names,
    estimated_last_month,
    last_month,
)
from balanstest_analysis.presentation.conclusions.rows import no_or_too_few
from balanstest_analysis.presentation.figures.style import (
    INK,
    MUTED,
    drawing_settings,
    font,
    month_axis,
    new_figure,
    picture,
    root_figure,
    term_line,
    term_line_words,
)
from balanstest_analysis.published.criteria import Argued, PublishedCriterion
from balanstest_analysis.published.result import PublishedResult

NAME_WIDTH = 27
WORDS_WIDTH = 26  # letters beside a bar, within the width of the figure
BAR = 0.46
LINES = 0.82  # close, so that rows stand apart
BINDING = "#174a72"
OTHER = "#9fb0c0"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of the figure.

    Attributes:
        name: of the criterion or of the cap.
        start: first month in which anybody is called.
        term: months it supports, or None.
        estimate: months by the point estimate where that is longer, or None.
        words: printed at the end of the bar.
        binds: whether it decides the proposal.
    """

    name: str
    start: int
    term: int | None
    estimate: int | None
    words: str
    binds: bool


def bars(result: PublishedResult) -> list[Bar]:
    """Return the lines of the figure: every criterion in the dossier's order, and the cap.

    Args:
        result: the published result.
    """
    proposal = result.proposal
    deciding = set(deciding_names(result))
    found = [_criterion_bar(item, result, item.name in deciding) for item in result.criteria]
    cap, asked = result.regime.cap_months, proposal.requested_term_months
    if cap is not None:
        found.append(_plain_bar(_cap_name(cap), cap, "vaste grens", binds=proposal.cap_binds))
    if proposal.route == "request" and asked is not None:
        found.append(_plain_bar("Gevraagde termijn", asked, "gevraagd", binds=False))
    return found


def _cap_name(cap: int) -> str:
    return wording.capital(wording.cap(cap).removeprefix("de "))


def _plain_bar(name: str, term: int, what: str, *, binds: bool) -> Bar:
    words = f"{wording.months(term)} ({what})"
    return Bar(name=name, start=0, term=term, estimate=None, words=words, binds=binds)


def _criterion_bar(criterion: PublishedCriterion, result: PublishedResult, binds: bool) -> Bar:
    term, last = criterion.term_months, estimated_last_month(criterion)
    estimate = None if last is None or term is None or last + 1 <= term else last + 1
    return Bar(
        name=criterion.name,
        start=0 if result.not_before is None else min(result.not_before.month, term or 0),
        term=term,
        estimate=estimate,
        words=_words(criterion, result, estimate),
        binds=binds,
    )


def _words(criterion: PublishedCriterion, result: PublishedResult, estimate: int | None) -> str:
    if criterion.term_months is None:
        words = wording.CRITERION_STATUSES[criterion.status]
        aside = any(item.criterion == criterion.name for item in result.proposal.set_aside)
        return f"{words}; terzijde gelegd" if aside else words
    words = wording.months(criterion.term_months)
    if criterion.status == "not_reached_in_data":
        return f"{words} (daarna {no_or_too_few(result, criterion.term_months)} gegevens)"
    if isinstance(criterion.support, Argued):
        return f"{words} (redenering)"
    return words if estimate is None else f"{words} (volgens de schatting {estimate})"


def criteria_figure(result: PublishedResult, ax: Axes | None = None) -> Figure:
    """Return a bar per criterion: as long as the term it supports, hatched up to the estimate.

    Args:
        result: the published result.
        ax: where to draw, in a figure of your own; by default a figure is made.
    """
    lines = bars(result)
    height = 0.78 + _row_inches(lines) * len(lines)
    with drawing_settings():
        figure = new_figure(height) if ax is None else root_figure(ax)
        room = (0.265, 0.48 / height, 0.435, 1 - 0.74 / height)
        axes = figure.add_axes(room) if ax is None else ax
        axes.set_ylim(len(lines) - 0.5, -0.5)
        month_axis(axes, _last_shown(result, lines), result.relations.counted)
        for place, line in enumerate(lines):
            _draw_bar(axes, place, line)
        axes.set_yticks(range(len(lines)))
        names = [wrapped(line.name, NAME_WIDTH) for line in lines]
        axes.set_yticklabels(names, color=INK, linespacing=LINES)
        for label in axes.get_yticklabels():
            label.set_fontproperties(font(8.5))
        axes.tick_params(axis="y", length=0)
        axes.spines.left.set_color(INK)
        term_line([axes], result)
    return figure


def _row_inches(lines: Sequence[Bar]) -> float:
    """Return the height of a row: more where the words beside one take two lines."""
    broken = any(
        "\n" in wrapped(line.name, NAME_WIDTH) or len(line.words) > WORDS_WIDTH for line in lines
    )
    return 0.31 if broken else 0.29


def wrapped(name: str, width: int) -> str:
    """Return a name on at most two lines.

    Args:
        name: of a criterion or choice.
        width: letters on a line.
    """
    return "\n".join(textwrap.wrap(name, width, max_lines=2, placeholder=" …"))


def _last_shown(result: PublishedResult, lines: list[Bar]) -> int:
    ends = [month for line in lines for month in (line.term, line.estimate) if month is not None]
    requested = result.proposal.requested_term_months or 0
    return max([last_month(result), requested, *ends]) + 1


def _draw_bar(axes: Axes, place: int, line: Bar) -> None:
    colour = BINDING if line.binds else OTHER
    if line.term is not None:
        axes.barh(place, line.term - line.start, BAR, line.start, color=colour, linewidth=0)
    if line.estimate is not None and line.term is not None:
        axes.barh(
            place,
            line.estimate - line.term,
            BAR,
            line.term,
            facecolor="white",
            edgecolor=colour,
            hatch="/////",
            linewidth=0.6,
        )
    axes.annotate(
        "\n".join(textwrap.wrap(line.words, WORDS_WIDTH)),
        (1, place),
        xycoords=("axes fraction", "data"),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        linespacing=LINES,
        color=INK if line.term is not None else MUTED,
        fontproperties=font(8.5, bold=line.binds),
        annotation_clip=False,
    )


def criteria_picture(result: PublishedResult) -> Picture:
    """Return the figure of the criteria with the words that replace it."""
    level = wording.level(result.settings.confidence_level)
    caption = (
        f"Termijn per criterium. Gevuld: aangetoond (betrouwbaarheid {level}), tenzij er iets "
        "anders bij staat"
    )
    if any(line.estimate is not None for line in bars(result)):
        caption += "; gearceerd: volgens de schatting"
    if result.proposal.term_months is not None:
        caption += "; donker: doorslaggevend"
    return picture(criteria_figure(result), alt=_alt(result), caption=f"{caption}.")


def _alt(result: PublishedResult) -> str:
    parts = [
        f"{line.name}: {line.words}{', doorslaggevend' if line.binds else ''}"
        for line in bars(result)
    ]
    closing = " ".join(term_line_words(result)) or "Er is geen voorstel."
    return f"Staafdiagram van de termijn per criterium. {'; '.join(parts)}. {closing}"
