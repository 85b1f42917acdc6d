"""Text with lists and tables, as both Markdown and Word have it, and its way from Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from balanstest_analysis.document.blocks.markdown import Token, link_words, prose_tokens
from balanstest_analysis.document.visible import visible_text

_SPACES: Final = re.compile(r"[ \t\r\f\v]+")
_AT_BREAK: Final = re.compile(r" ?\n ?")


@dataclass(frozen=True, kw_only=True)
class Span:
    r"""Words with the same marks; a line break in them is `\n`."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph, or a point of a list.

    Attributes:
        spans: its words.
        level: of the list it stands in; 0 outside any.
        ordered: whether that list is numbered.
        continued: whether it is a further paragraph of the point before it.
        quoted: whether it is a quotation.
    """

    spans: tuple[Span, ...]
    level: int = 0
    ordered: bool = False
    continued: bool = False
    quoted: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table, whose first row is its head."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]


Part: TypeAlias = Line | Grid
RichText: TypeAlias = tuple[Part, ...]


def rich_text(markdown: str) -> RichText:
    r"""Return what a report shows of Markdown: paragraphs, lists, tables and marks.

    Args:
        markdown: of a dossier.

    Examples:
        >>> [(line.level, line.spans[0].text) for line in rich_text("Eerst:\n\n- een\n- twee")]
        [(0, 'Eerst:'), (1, 'een'), (1, 'twee')]
    """
    return tidied(_parts(prose_tokens(visible_text(markdown)), Line(spans=())))


def _parts(tokens: Iterable[Token], inside: Line) -> Iterator[Part]:
    for token in tokens:
        match token.kind:
            case "list":
                within = replace(inside, level=inside.level + 1, ordered=token.ordered)
                for item in token.children:
                    yield from _item(item, within)
            case "block_quote":
                yield from _parts(token.children, replace(inside, quoted=True))
            case "table":
                yield Grid(rows=tuple(map(_row, _rows(token))))
            case "blank_line" | "thematic_break":
                pass
            case _:
                yield replace(inside, spans=tuple(_spans(token, Span(text=""))))


def _item(item: Token, within: Line) -> Iterator[Part]:
    """Yield what stands in a point: its own words, then what belongs to it."""
    begun = False
    for part in _parts(item.children, within):
        own = isinstance(part, Line) and part.level == within.level
        yield replace(part, continued=True) if begun and own and isinstance(part, Line) else part
        begun = begun or own


def _rows(table: Token) -> Iterator[Token]:
    for part in table.children:
        yield from [part] if part.kind == "table_head" else part.children


def _row(row: Token) -> tuple[tuple[Span, ...], ...]:
    return tuple(tuple(_spans(cell, Span(text=""))) for cell in row.children)


def _spans(token: Token, marks: Span) -> Iterator[Span]:
    marks = _marked(token, marks)
    if token.kind in _BREAKS:
        yield replace(marks, text=_BREAKS[token.kind])
    for child in token.children:
        yield from _spans(child, marks)
    if not token.children and token.raw:
        yield replace(marks, text=token.raw)
    if token.kind == "link" and link_words(token):
        yield replace(marks, text=link_words(token))


_BREAKS: Final = {"linebreak": "\n", "softbreak": " "}


def _marked(token: Token, marks: Span) -> Span:
    match token.kind:
        case "strong":
            return replace(marks, bold=True)
        case "emphasis":
            return replace(marks, italic=True)
        case "codespan":
            return replace(marks, code=True)
    return marks


def tidied(parts: Iterable[Part]) -> RichText:
    """Return parts in the one form in which the same text is equal to itself.

    Spaces are single, spans of the same marks are one, a head has no marks of its own, and what is
    empty is gone.
    """
    return tuple(part for one in parts if (part := _tidied(one)) is not None)


def _tidied(part: Part) -> Part | None:
    if isinstance(part, Line):
        spans = tidy_spans(part.spans)
        ordered = part.ordered and not part.continued
        return replace(part, spans=spans, ordered=ordered) if spans else None
    head, *rows = (tuple(tidy_spans(cell, in_cell=True) for cell in row) for row in part.rows)
    bare = tuple(tidy_spans(Span(text=s.text) for s in cell) for cell in head)
    empty = not any(any(row) for row in (bare, *rows))
    return None if empty else Grid(rows=(bare, *rows))


def tidy_spans(spans: Iterable[Span], *, in_cell: bool = False) -> tuple[Span, ...]:
    """Return spans with single spaces, none at the ends, and as few spans as can be."""
    flat = [replace(s, text=s.text.replace("\n", " ")) for s in spans] if in_cell else [*spans]
    single = [replace(span, text=_SPACES.sub(" ", span.text)) for span in flat]
    apart = [part for span in _joined(single) for part in _spaces_outside(span)]
    return _trimmed(_joined(apart))


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in filter(lambda span: span.text, spans):
        if joined and replace(joined[-1], text="") == replace(span, text=""):
            joined[-1] = replace(span, text=joined[-1].text + span.text)
        else:
            joined.append(span)
    return joined


def _spaces_outside(span: Span) -> tuple[Span, ...]:
    """Put the space at the ends of marked words outside of their marks, where Markdown wants it."""
    words = span.text.strip(" \n")
    before, _, after = span.text.partition(words) if words else (span.text, "", "")
    return Span(text=before), replace(span, text=words), Span(text=after)


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    cleaned = [replace(s, text=_AT_BREAK.sub("\n", _SPACES.sub(" ", s.text))) for s in spans]
    while cleaned and not (first := cleaned[0].text.lstrip(" \n")):
        del cleaned[0]
    if cleaned:
        cleaned[0] = replace(cleaned[0], text=first)
    while cleaned and not (last := cleaned[-1].text.rstrip(" \n")):
        del cleaned[-1]
    if cleaned:
        cleaned[-1] = replace(cleaned[-1], text=last)
    return tuple(cleaned)


def plain_words(text: RichText) -> str:
    """Return the words of a text without marks, a paragraph or point a line."""
    return "\n".join(filter(None, map(_plain, text)))


def _plain(part: Part) -> str:
    if isinstance(part, Line):
        return "".join(span.text for span in part.spans)
    return "\n".join(
        " | ".join("".join(span.text for span in cell) for cell in row) for row in part.rows
    )
