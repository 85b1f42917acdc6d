"""What stands where on the pages of a PDF."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PageObject, PdfReader

POINTS_PER_MM = 72 / 25.4
TOP, BOTTOM = 23 * POINTS_PER_MM, 20 * POINTS_PER_MM


def placed(sheet: PageObject) -> list[tuple[str, float, float]]:
    """Return the pieces of text of a page with their place, in points from the corner."""
    found: list[tuple[str, float, float]] = []

    def note(text: str, matrix: Any, inner: Any, _font: Any, _size: Any) -> None:
        a, b, c, d, e, f = matrix
        x, y = inner[4], inner[5]
        found.append((text.strip(), a * x + c * y + e, b * x + d * y + f))

    sheet.extract_text(visitor_text=note)
    return [piece for piece in found if piece[0]]


def emptied(sheet: PageObject) -> float:
    """Return which share of a page is empty below its last text."""
    room = float(sheet.mediabox.height) - TOP - BOTTOM
    heights = [y for _, _, y in placed(sheet) if y > BOTTOM]
    return (min(heights, default=room + BOTTOM) - BOTTOM) / room


def emptiest(pdf: bytes) -> int:
    """Return how much of the emptiest page is empty below its text, in per cent; not of the last.

    Args:
        pdf: the document.
    """
    sheets = PdfReader(io.BytesIO(pdf)).pages
    return max((round(100 * emptied(sheet)) for sheet in sheets[:-1]), default=0)
