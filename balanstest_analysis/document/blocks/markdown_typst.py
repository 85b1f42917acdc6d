"""Markdown tokens as Typst markup in which raw HTML, pictures and links are only words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from balanstest_analysis.document.blocks.markdown import Token, link_words
from balanstest_analysis.document.blocks.typst_text import typst_string, words


def tokens_typst(tokens: Iterable[Token]) -> str:
    r"""Return the tokens as Typst markup, everything escaped.

    Examples:
        >>> from balanstest_analysis.document.blocks.markdown import prose_tokens
        >>> tokens_typst(prose_tokens("een *woord* <b>"))
        '#par[#"een ";#emph[#"woord";]#" ";#"<b>";]\n\n'
    """
    return "".join(_token(token) for token in tokens)


def _token(token: Token) -> str:
    render = _RENDERERS.get(token.kind)
    if render is not None:
        return render(token)
    return tokens_typst(token.children) if token.children else _raw(token)


def _raw(token: Token) -> str:
    return words(token.raw)


def _wrap(function: str, after: str = "") -> Callable[[Token], str]:
    return lambda token: f"#{function}[{tokens_typst(token.children)}]{after}"


def _heading(token: Token) -> str:
    return f"#heading(level: {token.level})[{tokens_typst(token.children)}]\n\n"


def _list(token: Token) -> str:
    function = "enum" if token.ordered else "list"
    tight = "true" if token.tight else "false"
    items = "".join(f"[{tokens_typst(item.children)}], " for item in token.children)
    return f"#{function}(tight: {tight}, {items})\n\n"


def _link(token: Token) -> str:
    address = link_words(token)
    return tokens_typst(token.children) + (words(address) if address else "")


def _table(token: Token) -> str:
    head, *bodies = token.children
    cells = "".join(_cells(row) for body in bodies for row in body.children)
    count = len(head.children)
    return f"#plain-table({count}, table.header({_cells(head)}), {cells})\n\n"


def _cells(row: Token) -> str:
    return "".join(f"[{tokens_typst(cell.children)}], " for cell in row.children)


_RENDERERS: dict[str, Callable[[Token], str]] = {
    "paragraph": _wrap("par", "\n\n"),
    "heading": _heading,
    "list": _list,
    "block_quote": _wrap("quote(block: true)", "\n\n"),
    "block_code": lambda token: f"#raw(block: true, {typst_string(token.raw)})\n\n",
    "thematic_break": lambda _: "#rule\n\n",
    "emphasis": _wrap("emph"),
    "strong": _wrap("strong"),
    "codespan": lambda token: f"#raw({typst_string(token.raw)});",
    "linebreak": lambda _: "#linebreak();",
    "softbreak": lambda _: '#" ";',
    "link": _link,
    "table": _table,
}
