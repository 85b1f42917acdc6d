"""Markdown read into tokens, for the words of the organisation and for notebook cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import mistune


@dataclass(frozen=True, kw_only=True)
class Token:
    """One construct of a text.

    Attributes:
        kind: what it is, in mistune's words.
        raw: its text, where it holds no other constructs.
        children: what it holds.
        level: of a heading.
        ordered: whether a list is numbered.
        tight: whether the points of a list stand close together.
        head: whether a cell stands in the head of its table.
        url: where a link leads.
    """

    kind: str
    raw: str = ""
    children: tuple[Token, ...] = ()
    level: int = 1
    ordered: bool = False
    tight: bool = True
    head: bool = False
    url: str = ""


def prose_tokens(text: str) -> list[Token]:
    r"""Return paragraphs, lists, tables and emphasis; every other construct becomes plain words.

    Examples:
        >>> [token.kind for token in prose_tokens("# Kop\n\n- punt")]
        ['paragraph', 'list']
    """
    tokens = _parsed(text)
    return [_tamed(token) for token in tokens if token.kind != "thematic_break"]


def cell_tokens(text: str) -> list[Token]:
    """Return the tokens of a notebook's own markdown cell, headings and tables included."""
    return _parsed(text)


def _parsed(text: str) -> list[Token]:
    found, _ = _parser().parse(text)
    tokens = [_token_of(token) for token in found if isinstance(token, dict)]
    return [token for token in tokens if token.kind != "blank_line"]


@cache
def _parser() -> mistune.Markdown:
    import mistune  # noqa: PLC0415 - only where there are words to read

    return mistune.create_markdown(renderer=None, plugins=["table"])


def _token_of(found: Mapping[str, Any]) -> Token:
    about = found.get("attrs", {})
    return Token(
        kind=found["type"],
        raw=found.get("raw", ""),
        children=tuple(_token_of(child) for child in found.get("children", [])),
        level=about.get("level", 1),
        ordered=about.get("ordered", False),
        tight=found.get("tight", True),
        head=about.get("head", False),
        url=about.get("url", ""),
    )


def _tamed(token: Token) -> Token:
    if token.kind == "heading":
        return _paragraph(Token(kind="strong", children=token.children))
    if token.kind in ("block_code", "block_html"):
        return _paragraph(Token(kind="text", raw=token.raw.strip()))
    return token


def _paragraph(child: Token) -> Token:
    return Token(kind="paragraph", children=(child,))


def link_words(token: Token) -> str:
    """Return the address to print behind a link's words, or nothing when they are the same."""
    words = "".join(child.raw for child in token.children)
    return "" if token.url in (words, f"mailto:{words}") else f" ({token.url})"
