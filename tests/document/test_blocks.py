"""The document model: what may stand in a report, and that no words escape as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from balanstest_analysis.document.blocks import (
    Block,
    BlockError,
    BulletList,
    Definitions,
    Fragment,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    SignatureLines,
    Table,
    literal,
)
from balanstest_analysis.document.blocks.fragment import TABLES
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.document.blocks.plain import plain_of
from balanstest_analysis.document.blocks.typst import typst_of

SVG = (
    "<?xml version='1.0'?><!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg' width='8' "
    "height='8'><metadata>2026-01-01</metadata><rect width='8' height='8'/></svg>"
)
HOSTILE = '<script>alert(1)</script> #panic("x") \\ "]; $x$ @y `z` //'


class Tags(HTMLParser):
    """Collects start tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def table(**changes: object) -> Table:
    given: dict[str, object] = {
        "columns": ("Maand", "n"),
        "rows": (("0", "120"), ("1", "98")),
        "caption": "Contacten per maand",
    }
    return Table(**(given | changes))  # type: ignore[arg-type]


def every_block(words: str) -> tuple[Block, ...]:
    return (
        Heading(level=1, text=words),
        Paragraph(text=literal(words)),
        Prose(markdown=words),
        BulletList(items=(words,)),
        Definitions(items=((words, words),)),
        table(columns=(words, "n"), rows=((words, words),), caption=words, note=words),
        Picture(svg=SVG, alt=words, caption=words),
        Notice(kind="warning", title=words, blocks=(Paragraph(text=words),)),
        SignatureLines(roles=(words,)),
        PageBreak(),
    )


UNFIT = {
    "picture without alt": lambda: Picture(svg=SVG, alt=" ", caption="Figuur"),
    "picture without caption": lambda: Picture(svg=SVG, alt="Een vlak", caption=""),
    "picture that is no drawing": lambda: Picture(svg="<p>", alt="Een vlak", caption="Figuur"),
    "picture too small": lambda: Picture(svg=SVG, alt="Vlak", caption="Figuur", width_percent=5),
    "table without caption": lambda: table(caption=""),
    "table without columns": lambda: table(columns=()),
    "table with a short row": lambda: table(rows=(("0",),)),
    "table with an unknown side": lambda: table(align="lx"),
    "table that stresses a row it lacks": lambda: table(emphasise=(2,)),
    "heading too deep": lambda: Heading(level=5, text="Te diep"),
    "heading without text": lambda: Heading(level=2, text=""),
    "notice of no kind": lambda: Notice(kind="fout", title="Titel", blocks=()),
    "notice without title": lambda: Notice(kind="info", title="", blocks=()),
    "empty list": lambda: BulletList(items=()),
    "empty definitions": lambda: Definitions(items=()),
    "no signatories": lambda: SignatureLines(roles=()),
}


@pytest.mark.parametrize("unfit", UNFIT)
def test_a_block_that_lacks_its_words_cannot_be_made(unfit: str) -> None:
    with pytest.raises(BlockError):
        UNFIT[unfit]()


def test_no_word_becomes_markup_in_html() -> None:
    page = Tags(html_of(every_block(HOSTILE)))

    assert page.named("script") == []
    assert page.text.count("<script>") >= 9


def test_no_word_becomes_markup_in_typst() -> None:
    markup = typst_of(every_block(HOSTILE))

    outside = re.sub(r'"(?:\\.|[^"\\])*"', "", markup)
    assert "panic" in markup
    assert "panic" not in outside
    assert "script" not in outside


def test_a_table_has_a_caption_and_headers_for_columns_and_rows() -> None:
    page = Tags(html_of((table(emphasise=(1,)),)))

    scopes = [attributes["scope"] for attributes in page.named("th")]
    assert scopes == ["col", "col", "row", "row"]
    assert len(page.named("caption")) == 1
    assert [attributes.get("class") for attributes in page.named("tr")] == [
        None,
        None,
        "emphasised",
    ]


def test_tables_and_pictures_scroll_on_a_narrow_screen_and_are_reached_by_keyboard() -> None:
    drawn = Picture(svg=SVG, alt="Een vlak", caption="Vlak")
    for block in (table(wide=True), table(), drawn):
        frame = Tags(html_of((block,))).named("div")[0]
        assert (frame["tabindex"], frame["aria-label"]) == ("0", block.caption)


def test_a_picture_carries_its_words_and_no_prologue_date_or_address() -> None:
    block = Picture(svg=SVG, alt="Een vlak", caption="Vlak")
    page = Tags(html_of((block,)))

    assert page.named("img")[0]["alt"] == "Een vlak"
    assert "DOCTYPE" not in typst_of((block,))
    assert "2026-01-01" not in typst_of((block,))
    assert 'alt: "Een vlak"' in typst_of((block,))


@pytest.mark.parametrize(
    ("percent", "style"), [(100, "height:auto"), (60, "width:60%;height:auto")]
)
def test_a_drawing_keeps_its_room_until_it_is_seen(percent: int, style: str) -> None:
    sized = SVG.replace("<svg", '<svg width="447.84pt" height="160.56pt"', 1)
    block = Picture(svg=sized, alt="Een vlak", caption="Vlak", width_percent=percent)
    image = Tags(html_of((block,))).named("img")[0]

    assert (image["width"], image["height"], image["style"]) == ("597", "214", style)


def test_prose_keeps_paragraphs_lists_and_emphasis_and_shows_the_rest_as_text() -> None:
    prose = Prose(markdown="# Kop\n\nEen *woord*.\n\n- punt\n\n[hier](http://x.nl) ![foto](y.png)")
    page = Tags(html_of((prose,)))

    names = {name for name, _ in page.tags}
    assert names == {"div", "span", "p", "strong", "em", "ul", "li"}
    assert "hier (http://x.nl)" in page.text


def test_our_own_sentences_know_three_marks_and_literal_text_knows_none() -> None:
    sentence = Paragraph(text="**vet** *schuin* `code` " + literal("2*3*4 `x`"))

    assert html_of((sentence,)) == (
        "<p><strong>vet</strong> <em>schuin</em> <code>code</code> 2*3*4 `x`</p>"
    )
    assert plain_of((sentence,)) == "vet schuin code 2*3*4 `x`"


def test_a_character_without_a_glyph_is_shown_as_missing_on_paper_only() -> None:
    smile = Paragraph(text="blij \U0001f600")

    assert "\U0001f600" in html_of((smile,))
    assert "[?]" in typst_of((smile,))


def test_long_numbers_may_break_on_paper_and_words_may_not() -> None:
    markup = typst_of(
        (Paragraph(text="0123456789abcdef0123456789 verwerkingsverantwoordelijkheid"),)
    )

    assert "01234567\u200b89abcdef" in markup
    assert "verwerkingsverantwoordelijkheid" in markup


def test_a_heading_moves_with_the_wide_table_below_it() -> None:
    markup = typst_of((Heading(level=2, text="Bijlage"), table(wide=True)))

    assert markup.startswith("#data-table(")
    assert 'lead: [#heading(level: 2)[#"Bijlage";]]' in markup


def test_in_a_box_no_page_turns() -> None:
    box = Notice(kind="info", title="Ter info", blocks=(table(wide=True), PageBreak()))

    assert "wide: true" not in typst_of((box,))
    assert "pagebreak" not in typst_of((box,))


def test_a_fragment_shows_itself_in_three_forms() -> None:
    bundle = Fragment(blocks=every_block("woorden"))._repr_mimebundle_()

    assert set(bundle) == {"text/html", "text/x-typst", "text/plain", TABLES}
    assert bundle["text/plain"].startswith("woorden")


# ---------------------------------------------------------------- whose words they are


def test_the_margin_says_whose_words_they_are_and_a_reader_hears_it_before_them() -> None:
    spoken = (
        Paragraph(text="Er is een grens.", voice="rule"),
        BulletList(items=("Het percentage daalt.",), voice="computed"),
        Prose(markdown="Wij bellen."),
        Paragraph(text="Een uitleg."),
    )
    page, markup = html_of(spoken), typst_of(spoken)

    for sign, words in (
        ("regel", "Er is een grens."),
        ("berekend", "Het percentage daalt."),
        ("organisatie", "Wij bellen."),
    ):
        assert page.index(f'<span class="voice">{sign}</span>') < page.index(words)
        assert markup.index(f'#voiced("{sign}")') < markup.index(words)
    assert page.endswith("<p>Een uitleg.</p>")
    assert plain_of(spoken[:1]) == "Er is een grens."


def test_a_paragraph_that_introduces_the_next_never_stands_on_a_page_without_it() -> None:
    first, last = Paragraph(text="Zwaarste eerst.", introduces=True), Paragraph(text="1. Dit.")
    assert typst_of((first, last)).startswith("#lead-in[")
    assert "lead-in" not in typst_of((last, first))
