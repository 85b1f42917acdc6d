"""From text to the Markdown of a dossier: it reads back the same, and no word is lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balanstest_analysis.report.answers.markdown_writer import markdown_of
from balanstest_analysis.report.answers.rich_text import (
    Grid,
    Line,
    RichText,
    Span,
    plain_words,
    rich_text,
    tidied,
)

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "balanstest.toml"
TEXTS = st.text(st.sampled_from("ab é.*_`[]<>|\\#-+1.) \n!&;:=~'\"€"), max_size=12)
SPANS = st.builds(
    lambda text, bold, italic, code: Span(
        text=text, bold=bold and not code, italic=italic and not code, code=code
    ),
    TEXTS,
    st.booleans(),
    st.booleans(),
    st.integers(0, 9).map(lambda number: number == 0),
)
LINES = st.builds(
    lambda spans, level, ordered, quoted: Line(
        spans=tuple(spans), level=level, ordered=ordered and level > 0, quoted=quoted and level == 0
    ),
    st.lists(SPANS, max_size=4),
    st.integers(0, 1),
    st.booleans(),
    st.booleans(),
)
GRIDS = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.lists(SPANS, max_size=2).map(tuple), min_size=width, max_size=width).map(tuple),
        min_size=2,
        max_size=3,
    ).map(lambda rows: Grid(rows=tuple(rows)))
)
RICH = st.lists(st.one_of(LINES, LINES, GRIDS), max_size=5).map(tidied)
PLAIN = st.text("abc déë ,", min_size=1, max_size=30)


def words(text: RichText) -> str:
    return "".join(plain_words(text).split())


@settings(max_examples=300, deadline=None)
@given(RICH)
def test_no_word_is_ever_lost(text: RichText) -> None:
    written, whole = markdown_of(text)

    assert words(rich_text(written)) == words(text)
    assert not whole or rich_text(written) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PLAIN, st.booleans(), st.integers(0, 1)), max_size=6))
def test_marked_words_between_spaces_keep_their_marks(parts) -> None:
    text = tidied(
        Line(spans=(Span(text="een "), Span(text=f"{w} ", bold=b), Span(text="x")), level=level)
        for w, b, level in parts
    )
    written, whole = markdown_of(text)

    assert whole
    assert rich_text(written) == text


@settings(deadline=None)
@given(RICH)
def test_a_tidy_text_is_tidy(text: RichText) -> None:
    assert tidied(text) == text


def test_the_answers_of_the_sample_read_back_the_same() -> None:
    for answer in tomllib.loads(SAMPLE.read_text("utf-8"))["answers"].values():
        written, whole = markdown_of(rich_text(answer))
        assert whole
        assert rich_text(written) == rich_text(answer)


@pytest.mark.parametrize(
    "markdown",
    [
        "1. een\n2. twee\n\n   vervolg\n3. drie",
        "- een\n  1. a\n  2. b\n- twee",
        "- a\n1. b\n2. c",
        "> een *citaat*",
        "een\\\ntwee",
        "| a | b\\|c |\n|---|---|\n| **1** |  |",
        "`code` en ***beide***",
        "1\\. geen lijst",
    ],
)
def test_what_is_written_plainly_stays_written_so(markdown: str) -> None:
    assert markdown_of(rich_text(markdown)) == (markdown, True)


def test_a_long_paragraph_is_folded_where_that_makes_no_list() -> None:
    long = "woord " * 30 + "- streepje 1. punt " * 12
    written, _ = markdown_of(rich_text(long))

    assert max(map(len, written.splitlines())) <= 100 or "\n" not in written
    assert rich_text(written) == rich_text(long)


def test_half_a_bold_word_becomes_plain_and_is_told() -> None:
    text = (Line(spans=(Span(text="woord.", bold=True), Span(text="deel"))),)

    assert markdown_of(text) == ("woord.deel", False)
