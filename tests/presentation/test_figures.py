"""Figures and the words that replace them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from balanstest_analysis.document.blocks import Picture
from balanstest_analysis.presentation import figures
from balanstest_analysis.presentation.figures.criteria import bars
from balanstest_analysis.presentation.figures.sensitivity import spreads
from balanstest_analysis.presentation.figures.style import (
    SideLabel,
    drawing_settings,
    new_figure,
    side_labels,
)
from tests.example_results import (
    EXAMPLES,
    counts_only,
    holds_between,
    incomplete,
    no_term,
    not_before,
    other_choice,
    overall_rate,
    proposed,
    published,
    request,
    undetermined,
)

PICTURES = {
    "conversion": lambda result: figures.rate_picture(result, "conversion"),
    "objection": lambda result: figures.rate_picture(result, "objection"),
    "complaint": lambda result: figures.rate_picture(result, "complaint"),
    "criteria": figures.criteria_picture,
    "weighing": figures.weighing_picture,
    "sensitivity": figures.sensitivity_picture,
    "composition": figures.composition_picture,
}


FIGURES = {
    "conversion": lambda result: figures.rate_figure(result, "conversion"),
    "objection": lambda result: figures.rate_figure(result, "objection"),
    "complaint": lambda result: figures.rate_figure(result, "complaint"),
    "criteria": figures.criteria_figure,
    "sensitivity": figures.sensitivity_figure,
    "composition": figures.composition_figure,
}


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", FIGURES)
def test_every_word_of_a_figure_lies_within_its_edges(name: str, example: str) -> None:
    figure: Figure = FIGURES[name](published(EXAMPLES[example]()))
    FigureCanvasAgg(figure)
    with drawing_settings():
        drawn = figure.get_tightbbox()
    width, height = figure.get_size_inches()
    assert min(drawn.x0, drawn.y0) >= -0.01
    assert drawn.x1 <= width + 0.01
    assert drawn.y1 <= height + 0.01


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", FIGURES)
def test_no_words_of_a_figure_stand_on_other_words(name: str, example: str) -> None:
    words_apart(FIGURES[name](published(EXAMPLES[example]())))


def words_apart(figure: Figure) -> None:
    FigureCanvasAgg(figure)
    with drawing_settings():
        figure.draw_without_rendering()
        panels = [
            [
                (text.get_text(), text.get_window_extent())
                for text in (*axes.texts, *_shown_ticks(axes))
                if text.get_text() and text.get_visible()
            ]
            for axes in figure.axes
        ]
    for boxes in panels:
        for (one, box), (other, beside) in itertools.combinations(boxes, 2):
            assert not _covers(box, beside), f"{one!r} and {other!r}"


def test_words_of_two_lines_have_room_in_the_figure_of_other_choices() -> None:
    result = proposed()
    names = [f"Een criterium met een lange naam over {what}" for what in ("baten", "verzet")]
    result["sensitivity"] = []
    for place, name in enumerate(names):
        result["criteria"][place]["name"] = name
        open_ = {**other_choice("threshold", 0.5, None, name), "status": "undetermined"}
        rows = [other_choice("threshold", factor, 12 + 9 * place, name) for factor in (0.75, 2.0)]
        result["sensitivity"] += [open_, *rows, other_choice("threshold", 1.25, 25, name)]
    words_apart(figures.sensitivity_figure(published(result)))


def _shown_ticks(axes: Axes) -> Iterator[Text]:
    """Yield the words at ticks within the ends of an axis; those beyond are not drawn."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        yield from (tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high)


def _covers(box: Bbox, other: Bbox) -> bool:
    """Return whether two boxes have more in common than the space around letters, in pixels."""
    width = min(box.x1, other.x1) - max(box.x0, other.x0)
    height = min(box.y1, other.y1) - max(box.y0, other.y0)
    return width > 1 and height > 4.5


@pytest.mark.parametrize("name", PICTURES)
def test_the_same_numbers_give_the_same_drawing(name: str) -> None:
    first, second = (PICTURES[name](published(proposed())) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_needs_no_font_and_carries_no_date(name: str) -> None:
    picture: Picture = PICTURES[name](published(proposed()))
    assert "<text" not in picture.svg
    assert "<dc:date>" not in picture.svg
    assert len(picture.svg) < 150_000


@pytest.mark.parametrize("name", PICTURES)
def test_alt_texts_are_dutch_and_made_of_the_numbers(name: str) -> None:
    alt = PICTURES[name](published(proposed())).alt
    assert ("42%" if name == "composition" else "22 maanden") in alt
    assert not re.search(r"\d\.\d(?!\d\d)", alt)
    assert not re.search(r"[a-z]_[a-z]|None|\*\*", alt)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_of_result_can_be_drawn(name: str) -> None:
    result = published(EXAMPLES[name]())
    assert isinstance(figures.criteria_figure(result), Figure)
    assert isinstance(figures.sensitivity_figure(result), Figure)
    assert isinstance(figures.composition_figure(result), Figure)
    assert isinstance(figures.rate_figure(result, "conversion"), Figure)


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    before = dict(mpl.rcParams)
    figures.criteria_picture(published(proposed()))
    assert dict(mpl.rcParams) == before


def test_the_proposed_term_is_a_line_in_every_panel() -> None:
    figure = figures.rate_figure(published(proposed()), "conversion")
    for axes in figure.axes:
        assert any(line.get_xdata()[0] == 22 for line in axes.lines)  # type: ignore[index]


def test_a_threshold_is_drawn_and_named() -> None:
    figure = figures.rate_figure(published(proposed()), "conversion")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "minimum\n3%" in words


def test_bars_show_contacts_so_that_thin_data_look_thin() -> None:
    figure = figures.rate_figure(published(proposed()), "conversion")
    heights = [patch.get_height() for patch in figure.axes[1].patches]  # type: ignore[attr-defined]
    assert heights[0] == pytest.approx(5632 / 3)
    assert heights[0] > 5 * heights[-1]


def test_a_suppressed_row_says_so_in_the_figure() -> None:
    figure = figures.rate_figure(published(proposed()), "complaint")
    words = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "minder dan 10\n(bovengrens 0,25%)" in words


def test_a_row_that_hides_how_few_had_no_event_shows_its_limit_alone() -> None:
    result = proposed()
    hidden = result["outcomes"]["complaint"]["rates"][2]
    hidden.update(rate_upper=1.0, hidden={"k": "few_others"})
    figure = figures.rate_figure(published(result), "complaint")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "bovengrens 100%" in words


def test_the_criteria_figure_has_a_bar_per_criterion_and_one_for_the_cap() -> None:
    lines = bars(published(proposed()))
    assert [line.term for line in lines] == [37, 22, 36, 36]
    assert [line.binds for line in lines] == [False, True, False, False]
    assert lines[1].words == "22 maanden (volgens de schatting 25)"


def test_an_untested_criterion_has_words_instead_of_a_bar() -> None:
    lines = bars(published(undetermined()))
    assert lines[1].term is None
    assert lines[2].words == "niet getoetst: geen gegevens"
    assert bars(published(incomplete()))[1].words == "te weinig gegevens; terzijde gelegd"


def test_a_requested_term_gets_its_own_bar() -> None:
    assert bars(published(request(48, 40)))[-1].words == "48 maanden (gevraagd)"


def test_where_nobody_is_called_at_first_the_bars_start_later() -> None:
    assert [line.start for line in bars(published(not_before()))] == [6, 6, 6, 0]
    assert [line.start for line in bars(published(proposed()))] == [0, 0, 0, 0]


def test_a_criterion_that_holds_later_has_words_instead_of_a_bar() -> None:
    [line, *_] = bars(published(holds_between()))
    assert (line.term, line.words) == (None, "pas later gehaald")


def test_without_a_proposal_no_line_is_promised() -> None:
    for make in (no_term, undetermined):
        picture = figures.criteria_picture(published(make()))
        assert "doorslaggevend" not in picture.caption
        assert "Er is geen voorstel." in picture.alt
        assert "oorstel: " not in picture.alt


def test_a_maximum_over_all_months_is_named_as_a_mean_in_the_rates() -> None:
    figure = figures.rate_figure(published(overall_rate()), "complaint")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "maximum\ngemiddeld 0,2%" in words


def test_much_rarer_outcomes_get_a_panel_of_their_own() -> None:
    assert len(figures.weighing_figure(published(proposed())).axes) == 3
    assert len(figures.weighing_figure(published(counts_only())).axes) == 2


def test_labels_at_the_side_never_overlap() -> None:
    with drawing_settings():
        axes = new_figure(2.0).add_axes((0.1, 0.1, 0.7, 0.8))
        labels = [SideLabel(height=0.5, text=f"label\n{index}") for index in range(3)]
        side_labels(axes, labels)
    heights = sorted(text.xy[1] for text in axes.texts)  # type: ignore[attr-defined]
    panel_points = 2.0 * 0.8 * 72
    gaps = [(b - a) * panel_points for a, b in itertools.pairwise(heights)]
    assert min(gaps) >= 20


def test_other_choices_that_are_no_outcome_are_told_apart() -> None:
    lines = {line.name: line for line in spreads(published(proposed()))}
    factor = lines["Factor van ‘Verzet neemt niet te sterk toe’"]
    assert factor.terms == (9, 30, 36)
    assert (factor.incomplete, factor.none) == ((36,), 1)
    assert factor.words == "9 tot 36 maanden, soms voorlopig of geen termijn"
    assert lines["Andere noemer"].words == "23 maanden"


def test_a_choice_without_any_term_says_only_that() -> None:
    lines = [other_choice("year", "2024", None, None, "no_term")]
    [line] = spreads(published({**proposed(), "sensitivity": lines}))
    assert line.words == "geen termijn"


def test_a_choice_without_a_proposal_has_a_square_and_no_number() -> None:
    lines = [
        other_choice("year", "2024", 20),
        other_choice("year", "2025", None, None, "undetermined"),
        other_choice("year", "2026", None, None, "no_term"),
    ]
    result = published({**proposed(), "sensitivity": lines})
    [line] = spreads(result)
    assert (line.terms, line.untested, line.none) == ((20,), 1, 1)
    assert line.words == "20 maanden, soms nog geen voorstel of geen termijn"
    assert "vierkant: nog geen voorstel" in figures.sensitivity_picture(result).caption


def test_the_square_of_no_proposal_stands_left_of_the_axis_and_is_no_term_of_zero() -> None:
    lines = [
        other_choice("year", "2025", None, None, "undetermined"),
        other_choice("year", "2026", None, None, "no_term"),
    ]
    figure = figures.sensitivity_figure(published({**proposed(), "sensitivity": lines}))
    [axes] = figure.axes
    places = {
        line.get_marker(): line.get_transform().transform(line.get_xydata())[0][0]
        for line in axes.lines
        if len(line.get_xydata()) == 1
    }
    zero = axes.transData.transform((0, 0))[0]
    assert places["x"] == zero
    assert axes.bbox.x0 < places["s"] < zero - 5


def test_the_signs_for_no_outcome_are_explained_only_where_they_are_drawn() -> None:
    plain = [line for line in proposed()["sensitivity"] if line["status"] == "proposed"]
    assert "open stip" in figures.sensitivity_picture(published(proposed())).caption
    caption = figures.sensitivity_picture(published({**proposed(), "sensitivity": plain})).caption
    assert caption == "De termijn bij andere keuzes, met een stip per waarde"


def test_a_term_under_another_choice_is_no_proposal_where_there_is_none() -> None:
    words = "een stip is hier geen voorstel"
    assert words not in figures.sensitivity_picture(published(proposed())).caption
    assert words in figures.sensitivity_picture(published(no_term())).caption
    none = [other_choice("year", "2024", None, None, "no_term")]
    lost = published({**no_term(), "sensitivity": none})
    assert words not in figures.sensitivity_picture(lost).caption


@pytest.mark.parametrize("name", ["rate", "criteria", "weighing", "composition", "sensitivity"])
def test_a_figure_draws_in_an_axes_of_somebody_else(name: str) -> None:
    own = Figure(figsize=(12, 4))
    left, right = own.subplots(1, 2)
    draw = getattr(figures, f"{name}_figure")
    given = [published(proposed()), *(["objection"] if name == "rate" else [])]
    assert draw(*given, ax=left) is own
    drawn = [left, *left.child_axes]
    assert any(axes.lines or axes.patches or axes.collections for axes in drawn)
    assert not [*right.lines, *right.patches, *right.child_axes]


def test_where_evidence_ends_only_the_shortest_criterion_is_dark() -> None:
    result = proposed()
    result["proposal"].update(uncapped_term_months=36, binding="last_month_with_evidence")
    result["criteria"][1].update(status="not_reached_in_data", lower=None, term_months=40)
    assert [line.binds for line in bars(published(result))] == [False, False, True, False]


def test_where_nothing_occurred_no_curve_is_drawn_or_promised() -> None:
    result = proposed()
    assert "geen kromme geschat" not in figures.weighing_picture(published(result)).caption
    for fit in result["outcomes"]["complaint"]["fits"]:
        fit.update(status="zero_events", converged=False, weight=0.0)
    bare = published(result)
    assert figures.weighing_picture(bare).caption.endswith("Voor klachten is geen kromme getekend.")
    axes = figures.rate_figure(bare, "complaint").axes[0]
    assert "geschatte\nkromme" not in [text.get_text() for text in axes.texts]
