"""Markdown read into tokens, for the words of the organisation and for notebook cells."""

from __future__ import annotations

from functools import cache
from typing import Any

import mistune

Token = dict[str, Any]


def prose_tokens(text: str) -> list[Token]:
    r"""Return paragraphs, lists and emphasis; every other construct becomes plain words.

    Examples:
        >>> [token["type"] for token in prose_tokens("# Kop\n\n- punt")]
        ['paragraph', 'list']
    """
    tokens = _parsed(text, tables=False)
    return [_tamed(token) for token in tokens if token["type"] != "thematic_break"]


def cell_tokens(text: str) -> list[Token]:
    """Return the tokens of a notebook's own markdown cell, headings and tables included."""
    return _parsed(text, tables=True)


def _parsed(text: str, *, tables: bool) -> list[Token]:
    tokens, _ = _parser(tables).parse(text)
    return [token for token in tokens if isinstance(token, dict) and token["type"] != "blank_line"]


@cache
def _parser(tables: bool) -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table"] if tables else [])


def _tamed(token: Token) -> Token:
    if token["type"] == "heading":
        return _paragraph([{"type": "strong", "children": token["children"]}])
    if token["type"] in ("block_code", "block_html"):
        return _paragraph([{"type": "text", "raw": token["raw"].strip()}])
    return token


def _paragraph(children: list[Token]) -> Token:
    return {"type": "paragraph", "children": children}


def link_words(token: Token) -> str:
    """Return the address to print behind a link's words, or nothing when they are the same."""
    address = str(token["attrs"]["url"])
    words = "".join(str(child.get("raw", "")) for child in token.get("children", []))
    return "" if address in (words, f"mailto:{words}") else f" ({address})"
