"""Blocks as plain text, for terminals and notebooks that show neither HTML nor Typst."""

from __future__ import annotations

from collections.abc import Iterable

from balanstest_analysis.document.blocks.inline import inline_runs
from balanstest_analysis.document.blocks.model import (
    Block,
    BulletList,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Prose,
    SignatureLines,
    Table,
)
from balanstest_analysis.document.blocks.reference import reference_words
from balanstest_analysis.document.visible import visible_text


def plain_of(blocks: Iterable[Block]) -> str:
    r"""Return the blocks as plain text, a picture as its words.

    Examples:
        >>> plain_of((Heading(level=1, text="Voorstel"), Paragraph(text="**36** maanden")))
        'Voorstel\n\n36 maanden'
    """
    return visible_text("\n\n".join(filter(None, map(_plain, blocks))))


def _plain(block: Block) -> str:
    match block:
        case Heading(text=text):
            return text
        case Paragraph(text=text):
            return words_of(text)
        case Prose(markdown=markdown):
            return markdown.strip()
        case BulletList(items=items):
            return "\n".join(f"- {words_of(item)}" for item in items)
        case Definitions(items=pairs):
            return "\n".join(f"{words_of(term)}: {words_of(words)}" for term, words in pairs)
        case _:
            return _plain_composed(block)


def _plain_composed(block: Block) -> str:
    match block:
        case Table():
            lines = ("\t".join(cells) for cells in (block.columns, *block.rows))
            return "\n".join((block.caption, *lines, *filter(None, [words_of(block.note)])))
        case Picture():
            return f"{block.caption}\n{block.alt}"
        case Notice():
            return f"{block.title}\n{plain_of(block.blocks)}"
        case SignatureLines(roles=roles):
            return "\n".join(f"{role}: naam, datum, handtekening" for role in roles)
        case _:
            return ""


def words_of(text: str) -> str:
    """Return a sentence of ours without its inline marks.

    Examples:
        >>> words_of("hooguit **36** maanden")
        'hooguit 36 maanden'
    """
    return "".join(
        reference_words(words) if kind == "reference" else words
        for kind, words in inline_runs(text)
    )
