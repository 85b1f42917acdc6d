"""From text with lists and tables to the Markdown that a dossier holds, which reads back the same.

Whatever is written is read again; marks that Markdown cannot express, such as half a word in bold
beside a full stop, are left out, and no word ever is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from balanstest_analysis.report.answers.rich_text import (
    Grid,
    Line,
    Part,
    RichText,
    Span,
    rich_text,
    tidied,
)

_FEW_ESCAPES: Final = re.compile(r"([\\`*])")
_ALL_ESCAPES: Final = re.compile(r"([\\`*_\[\]<>|~!])")
_WAYS: Final = ((100, _FEW_ESCAPES), (100, _ALL_ESCAPES), (0, _ALL_ESCAPES))
_AT_START: Final = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|[=-]+|>|:)")
_NUMBERED: Final = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


def markdown_of(text: RichText) -> tuple[str, bool]:
    r"""Return a text as Markdown, and whether all of its marks are in it.

    Args:
        text: tidied.

    Examples:
        >>> markdown_of((Line(spans=(Span(text="Eén * sterretje", bold=True),)),))
        ('**Eén \\* sterretje**', True)
    """
    written = _read_back(text)
    if written is not None:
        return written, True
    bare = tidied(map(_without_marks, text))
    written = _read_back(bare)
    return _written(bare, *_WAYS[-1]) if written is None else written, False


def _read_back(text: RichText) -> str | None:
    """Return the plainest Markdown that reads back as a text, or None where none does."""
    tried = (_written(text, width, escapes) for width, escapes in _WAYS)
    return next((written for written in tried if rich_text(written) == text), None)


def _without_marks(part: Part) -> Part:
    """Return a part without the marks that Markdown cannot express beside its words."""
    if _read_back(tidied([part])) is not None:
        return part
    if isinstance(part, Line):
        return replace(part, spans=tuple(Span(text=span.text) for span in part.spans))
    rows = tuple(tuple(tuple(Span(text=s.text) for s in c) for c in row) for row in part.rows)
    return Grid(rows=rows)


def _written(text: RichText, width: int, escapes: re.Pattern[str]) -> str:
    blocks: list[str] = []
    margins = _Margins()
    for before, part in zip((None, *text), text, strict=False):
        if isinstance(part, Grid):
            lines = _table(part, escapes)
        else:
            lines = _lines(part, width, escapes, margins)
        blocks.append(_apart(before, part) + "\n".join(lines))
    return "".join(blocks)


def _apart(before: Part | None, part: Part) -> str:
    """Points of one list stand close together; everything else is parted by an empty line."""
    if before is None:
        return ""
    close = (
        isinstance(before, Line)
        and isinstance(part, Line)
        and before.level > 0
        and part.level > 0
        and not part.continued
    )
    return "\n" if close else "\n\n"


def _lines(line: Line, width: int, escapes: re.Pattern[str], margins: _Margins) -> Iterator[str]:
    first, rest = margins.of(line)
    pieces = _inline(line.spans, escapes).split("\n")
    for place, piece in enumerate(pieces, start=1):
        begin = first if place == 1 else rest
        broken = "\\" if place < len(pieces) else ""
        yield from _wrapped(_safe_start(piece) + broken, begin, rest, width)


class _Margins:
    """What stands before the lines of paragraphs and points, as the lists before them ask."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._widths: dict[int, int] = {}
        self._ordered: dict[int, bool] = {}

    def of(self, line: Line) -> tuple[str, str]:
        """Return what stands before the first, and before the other lines."""
        quote = "> " if line.quoted else ""
        if line.level == 0:
            self._numbers.clear()
            return quote, quote
        outer = quote + " " * sum(self._widths.get(n, 2) for n in range(1, line.level))
        inner = outer + " " * self._widths.get(line.level, 2)
        if line.continued:
            return inner, inner
        for deeper in [level for level in self._numbers if level > line.level]:
            del self._numbers[deeper]
        if self._ordered.get(line.level) != line.ordered:
            self._numbers.pop(line.level, None)
        self._ordered[line.level] = line.ordered
        number = self._numbers[line.level] = self._numbers.get(line.level, 0) + 1
        mark = f"{number}. " if line.ordered else "- "
        self._widths[line.level] = len(mark)
        return outer + mark, outer + " " * len(mark)


def _wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    if not width:
        return [f"{first}{text}"]
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )


def _safe_start(text: str) -> str:
    """Return a line that begins no list, heading or table where it stands."""
    text = _AT_START.sub(r"\1\\\2", text)
    return _NUMBERED.sub(r"\1\\\2", text)


def _table(grid: Grid, escapes: re.Pattern[str]) -> Iterator[str]:
    width = max(map(len, grid.rows))
    rows = [[_in_cell(cell, escapes) for cell in row] for row in grid.rows]
    head, *others = (row + [""] * (width - len(row)) for row in rows)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * width}"
    for row in others:
        yield f"| {' | '.join(row)} |"


def _in_cell(spans: tuple[Span, ...], escapes: re.Pattern[str]) -> str:
    words = _inline(spans, escapes)
    return words if escapes is _ALL_ESCAPES else words.replace("|", "\\|")


def _inline(spans: tuple[Span, ...], escapes: re.Pattern[str]) -> str:
    return "".join(_span(span, escapes) for span in spans)


def _span(span: Span, escapes: re.Pattern[str]) -> str:
    if span.code and not {"`", "\n"} & set(span.text):
        return f"`{span.text}`"
    mark = "*" * (2 * span.bold + span.italic)
    return f"{mark}{escapes.sub(_ESCAPED, span.text)}{mark}"


_ESCAPED: Final = r"\\\1"
