"""Markdown tokens as HTML in which raw HTML, pictures and links are only words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from balanstest_analysis.document.blocks.inline import anchor_of
from balanstest_analysis.document.blocks.markdown import Token, link_words


def tokens_html(tokens: Iterable[Token]) -> str:
    """Return the tokens as HTML, everything escaped.

    Examples:
        >>> from balanstest_analysis.document.blocks.markdown import prose_tokens
        >>> tokens_html(prose_tokens("een *woord* <b>"))
        '<p>een <em>woord</em> &lt;b&gt;</p>'
    """
    return "".join(_token(token) for token in tokens)


def _token(token: Token) -> str:
    render = _RENDERERS.get(token.kind)
    if render is not None:
        return render(token)
    return tokens_html(token.children) if token.children else _raw(token)


def _raw(token: Token) -> str:
    return escape(token.raw)


def _wrap(tag: str) -> Callable[[Token], str]:
    return lambda token: f"<{tag}>{tokens_html(token.children)}</{tag}>"


def _heading(token: Token) -> str:
    level, words = token.level, tokens_html(token.children)
    plain = "".join(child.raw for child in token.children)
    return f'<h{level} id="{anchor_of(plain)}">{words}</h{level}>\n'


def _list(token: Token) -> str:
    return _wrap("ol" if token.ordered else "ul")(token)


def _link(token: Token) -> str:
    return tokens_html(token.children) + escape(link_words(token))


def _cell(token: Token) -> str:
    tag = "th" if token.head else "td"
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope}>{tokens_html(token.children)}</{tag}>"


def _table(token: Token) -> str:
    """A table that may scroll sideways, as those of the report itself."""
    return (
        '<div class="table" tabindex="0" role="group" aria-label="Tabel">'
        f"<table>{tokens_html(token.children)}</table></div>"
    )


def _head(token: Token) -> str:
    return f"<thead><tr>{tokens_html(token.children)}</tr></thead>"


_RENDERERS: dict[str, Callable[[Token], str]] = {
    "paragraph": _wrap("p"),
    "heading": _heading,
    "list": _list,
    "list_item": _wrap("li"),
    "block_quote": _wrap("blockquote"),
    "block_code": lambda token: f"<pre><code>{_raw(token)}</code></pre>",
    "thematic_break": lambda _: "<hr>",
    "emphasis": _wrap("em"),
    "strong": _wrap("strong"),
    "codespan": lambda token: f"<code>{_raw(token)}</code>",
    "linebreak": lambda _: "<br>",
    "softbreak": lambda _: " ",
    "link": _link,
    "table": _table,
    "table_head": _head,
    "table_body": _wrap("tbody"),
    "table_row": _wrap("tr"),
    "table_cell": _cell,
}
