"""Markdown from values: the little that the pages of the reference need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return a table.

    Args:
        header: names of the columns.
        rows: cells in Markdown; a bar in a cell is escaped.

    Examples:
        >>> print(table(["a", "b"], [["1", "x|y"]]))
        | a | b |
        |---|---|
        | 1 | x\|y |
    """
    lines = [_row(header), "|" + "---|" * len(header), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: object) -> str:
    """Return a text as code.

    Examples:
        >>> code("calls")
        '`calls`'
    """
    return f"`{text}`"


def choices(values: Iterable[object]) -> str:
    """Return values that may be chosen from.

    Examples:
        >>> choices(["gross", "net"])
        '`gross`, `net`'
    """
    return ", ".join(code(value) for value in values)


def page(title: str, *parts: str) -> str:
    """Return a page: title and parts, with an empty line between them."""
    return "\n\n".join([f"# {title}", *parts]) + "\n"
