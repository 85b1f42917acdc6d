"""What two independent checkers find in a PDF for readers who hear it: `outloud` and `pdfua`.

Neither finds everything: of seven planted faults each found six, and together they found all. None
of them proves conformance.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf

ORDER = "ORD-001"


def reading_faults(pdf: bytes) -> list[str]:
    """Return what either checker finds, in its own words.

    Args:
        pdf: the document.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        heard = outloud.check(str(path))
        told = pdfua.validate(str(path))
    crashed = [f"outloud: {heard.error}"] if heard.error else []
    findings = [found for found in heard.findings if found.rule != ORDER]
    by_ear = [f"outloud {found.rule}: {found.message}" for found in findings]
    by_ear += [f"{ORDER}: page {page} is painted in another order" for page in out_of_order(pdf)]
    by_rule = [f"pdfua {found.rule_id}: {found.message}" for found in told.findings]
    return crashed + by_ear + by_rule


def out_of_order(pdf: bytes) -> list[int]:
    """Return the pages on which content is painted in another order than the tags have it.

    `outloud` takes all content of an element before that of the elements inside it, so that a
    paragraph with words in bold counts as out of order; here each piece has its own place. The
    caption of a figure is read before it and stands below it.

    Args:
        pdf: the document.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/StructTreeRoot" not in document.Root:
            return []  # the checkers tell that
        tagged: dict[tuple[int, int], list[int]] = {}
        for page, mark in _marks(document.Root.StructTreeRoot.K, None):
            tagged.setdefault(page, []).append(mark)
        return [
            number
            for number, page in enumerate(document.pages, start=1)
            if _painted(page) != tagged.get(page.obj.objgen, [])
        ]


def _marks(node: Any, page: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield page and number of every piece of content below a node, in reading order."""
    if isinstance(node, int):
        yield page, node
    elif isinstance(node, pikepdf.Array):
        children = [*node]
        if any(_holds_figure(child) for child in children):
            children.sort(key=lambda child: _tag(child) == "/Caption")
        for child in children:
            yield from _marks(child, page)
    elif isinstance(node, pikepdf.Dictionary):
        here = node.Pg.objgen if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            yield here, int(node.MCID)
        elif "/K" in node:
            yield from _marks(node.K, here)


def _holds_figure(node: Any) -> bool:
    """Return whether an element is a figure, or a part of a division with nothing else in it."""
    if _tag(node) != "/Div":
        return _tag(node) == "/Figure"
    inside = node.get("/K")
    return any(map(_holds_figure, inside if isinstance(inside, pikepdf.Array) else [inside]))


def _tag(node: Any) -> str:
    return str(node.get("/S", "")) if isinstance(node, pikepdf.Dictionary) else ""


def _painted(page: pikepdf.Page) -> list[int]:
    """Return the numbers of the tagged content of a page, in the order in which it is painted."""
    return [
        int(operands[1]["/MCID"])
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC"
        and isinstance(operands[1], pikepdf.Dictionary)
        and "/MCID" in operands[1]
    ]
