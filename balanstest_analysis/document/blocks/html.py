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
    Block,
    BulletList,
    Definitions,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    SignatureLines,
    Table,
)
from balanstest_analysis.document.visible import visible_text

_TAGS = {"bold": "strong", "emphasis": "em", "code": "code"}
_SIDES = {"l": "start", "r": "end", "c": "middle"}
_MANY_COLUMNS = 3


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
    tag = _TAGS.get(kind)
    return f"<{tag}>{escape(words)}</{tag}>" if tag else escape(words)


@singledispatch
def _html(block: Block) -> str:
    raise TypeError(f"No HTML for {type(block).__name__}.")


@_html.register
def _heading(block: Heading) -> str:
    anchor = escape(block.anchor or anchor_of(block.text))
    return f'<h{block.level} id="{anchor}">{escape(block.text)}</h{block.level}>'


@_html.register
def _paragraph(block: Paragraph) -> str:
    return f"<p>{inline_html(block.text)}</p>"


@_html.register
def _prose(block: Prose) -> str:
    return f'<div class="prose">\n{tokens_html(prose_tokens(block.markdown))}\n</div>'


@_html.register
def _bullet_list(block: BulletList) -> str:
    items = "".join(f"<li>{inline_html(item)}</li>\n" for item in block.items)
    return f"<ul>\n{items}</ul>"


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
        f'<div class="table{" wide" if block.wide else ""}"{_reachable(block)}><table>\n'
        f"<caption>{_number('Tabel')} {escape(block.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>{note}</div>"
    )


def _sides(block: Table) -> list[str]:
    return [_SIDES[letter] for letter in block.alignment]


def _row(block: Table, index: int) -> str:
    first, *others = zip(block.rows[index], _sides(block), strict=True)
    cells = "".join(f'<td class="{side}">{escape(text)}</td>' for text, side in others)
    strong = ' class="emphasised"' if index in block.emphasise else ""
    return f'<tr{strong}><th scope="row" class="{first[1]}">{escape(first[0])}</th>{cells}</tr>\n'


def _reachable(block: Table) -> str:
    """A table that may scroll sideways can be reached with the keyboard."""
    if not block.wide and len(block.columns) <= _MANY_COLUMNS:
        return ""
    return f' tabindex="0" role="group" aria-label="{escape(block.caption)}"'


def _number(series: str) -> str:
    return f'<span class="number" data-series="{series}">{series}</span>'


@_html.register
def _picture(block: Picture) -> str:
    drawing = base64.b64encode(bare_svg(block.svg).encode()).decode()
    width = "" if block.width_percent == 100 else f' style="width:{block.width_percent}%"'
    return (
        f'<figure>\n<img src="data:image/svg+xml;base64,{drawing}" '
        f'alt="{escape(block.alt)}"{width}>\n'
        f"<figcaption>{_number('Figuur')} {escape(block.caption)}</figcaption>\n</figure>"
    )


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
