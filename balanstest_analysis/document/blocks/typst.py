"""Blocks as Typst markup that calls the functions of `templates/rapport.typ`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import zip_longest

from balanstest_analysis.document.blocks.html import bare_svg
from balanstest_analysis.document.blocks.markdown import prose_tokens
from balanstest_analysis.document.blocks.markdown_typst import tokens_typst
from balanstest_analysis.document.blocks.model import (
    VOICES,
    Block,
    BulletList,
    Contents,
    Definitions,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    SignatureLines,
    Table,
    Voice,
)
from balanstest_analysis.document.blocks.typst_tables import flag, table_layout
from balanstest_analysis.document.blocks.typst_text import (
    drawing_string,
    inline_typst,
    typst_string,
    words,
)

PAGE_TURN = "#pagebreak(weak: true)"
_LETTERS_KEPT_TOGETHER = 1200
_LETTERS_OF_A_LEAD = 420


def typst_of(blocks: Iterable[Block]) -> str:
    """Return the blocks as Typst markup, everything escaped.

    Examples:
        >>> typst_of((Heading(level=1, text="Voorstel"),))
        '#heading(level: 1)[#"Voorstel";]'
    """
    return "\n\n".join(_with_leads(list(blocks)))


def _with_leads(blocks: list[Block]) -> Iterator[str]:
    """A heading right above a wide table moves to the table's own page."""
    lead: list[str] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        wide = isinstance(following, Table) and following.wide
        if isinstance(block, Heading) and (wide or isinstance(following, Heading)):
            lead.append(_typst(block))
        elif lead and isinstance(block, Table) and block.wide:
            yield _table(block, lead="\n".join(lead))
            lead = []
        else:
            yield from (*lead, _lead_in(block) if _introduces(block, following) else _typst(block))
            lead = []
    yield from lead


def _introduces(block: Block, following: Block | None) -> bool:
    """Whether a paragraph is short and leads to what makes no sense on a page without it."""
    if not isinstance(block, Paragraph) or len(block.text) > _LETTERS_OF_A_LEAD:
        return False
    if block.introduces:
        return following is not None
    return isinstance(following, Table | BulletList | Definitions | Prose | Notice | SignatureLines)


def _lead_in(block: Block) -> str:
    return f"#lead-in[{_typst(block)}]"


@singledispatch
def _typst(block: Block) -> str:
    raise TypeError(f"No Typst for {type(block).__name__}.")


@_typst.register
def _heading(block: Heading) -> str:
    return f"#heading(level: {block.level})[{words(block.text)}]{_label(block.anchor)}"


def _label(anchor: str) -> str:
    return f" #label({typst_string(anchor)})" if anchor else ""


@_typst.register
def _paragraph(block: Paragraph) -> str:
    return _voiced(f"#par[{inline_typst(block.text)}]", block.voice)


def _voiced(markup: str, voice: Voice | None) -> str:
    return f"#voiced({typst_string(VOICES[voice])})[{markup}]" if voice else markup


@_typst.register
def _prose(block: Prose) -> str:
    return _voiced(f"#prose[{tokens_typst(prose_tokens(block.markdown))}]", "organisation")


@_typst.register
def _bullet_list(block: BulletList) -> str:
    items = _array(_content(inline_typst(item)) for item in block.items)
    return _voiced(f"#list({items})", block.voice)


@_typst.register
def _definitions(block: Definitions, column: str = "46mm") -> str:
    pairs = (
        f"terms.item([{inline_typst(term)}], [{inline_typst(meaning)}])"
        for term, meaning in block.items
    )
    return f"#definitions(column: {column}, {_array(pairs)})"


@_typst.register
def _table(block: Table, lead: str = "") -> str:
    rows = _array(_tuple(map(words, cells)) for cells in block.rows)
    emphasised = f"({_array(map(str, block.emphasise))})"
    return (
        f"#data-table({table_layout(block)}, lead: {_content(lead) if lead else 'none'}, "
        f"caption: [{words(block.caption)}], note: {_note(block)}, wide: {flag(block.wide)}, "
        f"anchor: {typst_string(block.anchor)}, emphasised: {emphasised}, "
        f"head: {_tuple(map(words, block.columns))}, rows: ({rows}))"
    )


def _note(block: Table) -> str:
    return f"[{inline_typst(block.note)}]" if block.note else "none"


@_typst.register
def _picture(block: Picture) -> str:
    return (
        f"#drawing(source: {drawing_string(bare_svg(block.svg))}, "
        f"alt: {typst_string(block.alt)}, width: {block.width_percent}%, "
        f"anchor: {typst_string(block.anchor)}, caption: [{words(block.caption)}])"
    )


@_typst.register
def _notice(block: Notice) -> str:
    body = "\n\n".join(_boxed(inner, block.kind) for inner in block.blocks)
    together = flag(len(body) <= _LETTERS_KEPT_TOGETHER or block.kind == "proposal")
    return (
        f'#notice(kind: "{block.kind}", title: [{words(block.title)}], '
        f"together: {together})[{body}]"
    )


def _boxed(block: Block, kind: str) -> str:
    """In a box no page can turn or break; on a card the terms take little room."""
    if isinstance(block, PageBreak):
        return ""
    if isinstance(block, Definitions) and kind == "card":
        return _definitions(block, column="38mm")
    return _typst(block).replace("wide: true", "wide: false", 1)


@_typst.register
def _signature_lines(block: SignatureLines) -> str:
    return f"#signature-lines({_array(_content(words(role)) for role in block.roles)})"


@_typst.register
def _contents(_block: Contents) -> str:
    return "#contents()"


@_typst.register
def _page_break(_block: PageBreak) -> str:
    return PAGE_TURN


def _content(markup: str) -> str:
    return f"[{markup}]"


def _array(items: Iterable[str]) -> str:
    return "".join(f"{item}, " for item in items)


def _tuple(markups: Iterable[str]) -> str:
    return _tuple_of(map(_content, markups))


def _tuple_of(items: Iterable[str]) -> str:
    return f"({_array(items)})"
