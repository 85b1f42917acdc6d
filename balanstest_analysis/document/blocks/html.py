"""Blocks as semantic HTML: every word escaped, no style, no address, no script."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import singledispatch
from html import escape

from balanstest_analysis.document.blocks.inline import anchor_of, inline_runs
from balanstest_analysis.document.blocks.markdown import prose_tokens
from balanstest_analysis.document.blocks.markdown_html import tokens_html
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
from balanstest_analysis.document.blocks.reference import reference_of, reference_words
from balanstest_analysis.document.visible import visible_text

_TAGS = {"bold": "strong", "emphasis": "em", "code": "code"}
_SIDES = {"l": "start", "r": "end", "c": "middle"}

_SIZE = re.compile(r'<svg\b[^>]*? width="([\d.]+)pt" height="([\d.]+)pt"')
_PIXELS_PER_POINT = 4 / 3

CONTENTS_PLACE = '<div class="contents"></div>'


def html_of(blocks: Iterable[Block]) -> str:
    """Return the blocks as HTML, everything escaped."""
    return visible_text("\n".join(_html(block) for block in blocks))


def inline_html(text: str) -> str:
    """Return a sentence of ours with its marks as HTML.

    Examples:
        >>> inline_html("minder dan **10** & meer")
        'minder dan <strong>10</strong> &amp; meer'
    """
    return "".join(_run_html(kind, words) for kind, words in inline_runs(text))


def _run_html(kind: str, words: str) -> str:
    if kind == "reference":
        return _reference(words)
    tag = _TAGS.get(kind)
    return f"<{tag}>{escape(words)}</{tag}>" if tag else escape(words)


def _reference(mark: str) -> str:
    reference = reference_of(mark)
    if reference is None:
        return escape(reference_words(mark))
    numbered = " data-number" if reference.form == "number" else ""
    return (
        f'<a class="reference" href="#{reference.anchor}"{numbered}>{escape(reference.words)}</a>'
    )


@singledispatch
def _html(block: Block) -> str:
    raise TypeError(f"No HTML for {type(block).__name__}.")


@_html.register
def _heading(block: Heading) -> str:
    anchor = escape(block.anchor or anchor_of(block.text))
    return f'<h{block.level} id="{anchor}">{escape(block.text)}</h{block.level}>'


@_html.register
def _paragraph(block: Paragraph) -> str:
    text = inline_html(block.text)
    if block.voice is None:
        return f"<p>{text}</p>"
    return f'<p class="voiced">{_sign(block.voice)} {text}</p>'


def _sign(voice: Voice) -> str:
    """The sign in the margin that says whose words these are; it is read aloud before them."""
    return f'<span class="voice">{VOICES[voice]}</span>'


@_html.register
def _prose(block: Prose) -> str:
    words = tokens_html(prose_tokens(block.markdown))
    return f'<div class="prose voiced">\n{_sign("organisation")}\n{words}\n</div>'


@_html.register
def _bullet_list(block: BulletList) -> str:
    items = "".join(f"<li>{inline_html(item)}</li>\n" for item in block.items)
    listed = f"<ul>\n{items}</ul>"
    if block.voice is None:
        return listed
    return f'<div class="voiced">\n{_sign(block.voice)}\n{listed}\n</div>'


@_html.register
def _definitions(block: Definitions) -> str:
    pairs = "".join(
        f"<div><dt>{inline_html(term)}</dt><dd>{inline_html(words)}</dd></div>\n"
        for term, words in block.items
    )
    return f"<dl>\n{pairs}</dl>"


@_html.register
def _table(block: Table) -> str:
    head = "".join(
        f'<th scope="col" class="{side}">{escape(text)}</th>'
        for text, side in zip(block.columns, _sides(block), strict=True)
    )
    body = "".join(_row(block, index) for index in range(len(block.rows)))
    note = f'\n<p class="note">{inline_html(block.note)}</p>' if block.note else ""
    return (
        f'<div class="table{" wide" if block.wide else ""}"{_identified(block)}'
        f"{_reachable(block)}><table>\n"
        f"<caption>{_number('Tabel')} {escape(block.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>{note}</div>"
    )


def _identified(block: Table | Picture) -> str:
    return f' id="{escape(block.anchor)}"' if block.anchor else ""


def _sides(block: Table) -> list[str]:
    return [_SIDES[letter] for letter in block.alignment]


def _row(block: Table, index: int) -> str:
    first, *others = zip(block.rows[index], _sides(block), strict=True)
    cells = "".join(f'<td class="{side}">{escape(text)}</td>' for text, side in others)
    strong = ' class="emphasised"' if index in block.emphasise else ""
    return f'<tr{strong}><th scope="row" class="{first[1]}">{escape(first[0])}</th>{cells}</tr>\n'


def _reachable(block: Table) -> str:
    """A table that scrolls sideways on a narrow screen can be reached with the keyboard."""
    return f' tabindex="0" role="group" aria-label="{escape(block.caption)}"'


def _number(series: str) -> str:
    return f'<span class="number" data-series="{series}">{series}</span>'


@_html.register
def _picture(block: Picture) -> str:
    drawing = base64.b64encode(bare_svg(block.svg).encode()).decode()
    width = "" if block.width_percent == 100 else f"width:{block.width_percent}%;"
    return (
        f"<figure{_identified(block)}>\n"
        f'<div class="drawing" tabindex="0" role="group" aria-label="{escape(block.caption)}">'
        f'<img src="data:image/svg+xml;base64,{drawing}" '
        f'alt="{escape(block.alt)}"{_room(block.svg)} style="{width}height:auto"></div>\n'
        f"<figcaption>{_number('Figuur')} {escape(block.caption)}</figcaption>\n</figure>"
    )


def _room(svg: str) -> str:
    """Return the size of a drawing in pixels: its room is kept, so that no text jumps."""
    size = _SIZE.search(svg)
    if size is None:
        return ""
    width, height = (round(float(side) * _PIXELS_PER_POINT) for side in size.groups())
    return f' width="{width}" height="{height}"'


def bare_svg(svg: str) -> str:
    """Return a drawing without prologue and metadata, which hold dates and addresses.

    Examples:
        >>> bare_svg("<?xml version='1.0'?><svg><metadata>x</metadata><g/></svg>")
        '<svg><g/></svg>'
    """
    drawing = svg[svg.index("<svg") :].strip()
    return re.sub(r"\s*<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)


@_html.register
def _notice(block: Notice) -> str:
    return (
        f'<div class="notice {block.kind}" role="note" aria-label="{escape(block.title)}">\n'
        f'<p class="notice-title">{escape(block.title)}</p>\n{html_of(block.blocks)}\n</div>'
    )


@_html.register
def _signature_lines(block: SignatureLines) -> str:
    lines = "".join(
        f"<li><strong>{escape(role)}</strong>"
        "<span>Naam</span><span>Datum</span><span>Handtekening</span></li>\n"
        for role in block.roles
    )
    return f'<ul class="signatures">\n{lines}</ul>'


@_html.register
def _page_break(_block: PageBreak) -> str:
    return '<div class="page-break"></div>'


@_html.register
def _contents(_block: Contents) -> str:
    """The place for them: only the whole document knows its sections."""
    return CONTENTS_PLACE
