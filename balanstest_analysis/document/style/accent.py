"""The colour of an organisation: dark enough for words, on white and on every tint of a report.

The boxes that take the colour get a tint of it. How much two colours differ is the contrast ratio
of WCAG 2.1, success criterion 1.4.3; the tints are those of the stylesheet itself.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from balanstest_analysis.errors import BlockError

LEAST_CONTRAST: Final = 4.5
_WHITE: Final = "#ffffff"
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_BOX, _CARD = 0.08, 0.03
_TAKES_THE_ACCENT: Final = {"proposal", "card"}
_TINT: Final = re.compile(
    r"(?:\.notice(?:\.(\w+))?|:root) \{[^}]*?--(?:light|tint): (#[0-9a-f]{6})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accent:
    """A colour in which words can be read, and its tints.

    Attributes:
        colour: as `#rrggbb`, in small letters.
        box: the tint behind the proposal.
        card: the tint behind a card.
    """

    colour: str
    box: str
    card: str


def accent_of(text: str) -> Accent:
    """Return a colour that words of a report can have.

    Args:
        text: as `#rrggbb`.

    Raises:
        BlockError: it is written otherwise, or has too little contrast.

    Examples:
        >>> accent_of("#174A72")
        Accent(colour='#174a72', box='#ecf1f4', card='#f8fafb')
        >>> accent_of("#e87722")
        Traceback (most recent call last):
            ...
        balanstest_analysis.errors.BlockError: the colour '#e87722' has a contrast of 2.96 to 1 \
against white; allowed is 4.5 to 1 or more (WCAG 2.1), so choose a darker colour
    """
    colour = text.lower()
    if not _COLOUR.fullmatch(colour):
        raise BlockError(f"the colour is {text!r}; write it as `#rrggbb`, such as `#174a72`")
    accent = Accent(colour=colour, box=tinted(colour, _BOX), card=tinted(colour, _CARD))
    for ground in (_WHITE, *sorted({accent.box, accent.card, *tints()})):
        ratio = contrast(colour, ground)
        if ratio < LEAST_CONTRAST:
            against = "white" if ground == _WHITE else f"the tint {ground} of its boxes and rows"
            raise BlockError(
                f"the colour {text!r} has a contrast of {math.floor(ratio * 100) / 100} to 1 "
                f"against {against}; allowed is {LEAST_CONTRAST} to 1 or more (WCAG 2.1), so "
                "choose a darker colour"
            )
    return accent


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    Examples:
        >>> contrast("#ffffff", "#000000"), round(contrast("#777777", "#ffffff"), 2)
        (21.0, 4.48)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tinted(colour: str, share: float) -> str:
    """Return a colour thinned with white.

    Args:
        colour: as `#rrggbb`.
        share: of the colour in what comes out.

    Examples:
        >>> tinted("#000000", 0.5)
        '#808080'
    """
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in _parts(colour))


@cache
def tints() -> frozenset[str]:
    """Return the tints of the stylesheet on which the colour can stand, but for its own."""
    folder = files("balanstest_analysis.document") / "templates"
    found: list[tuple[str, str]] = _TINT.findall((folder / "rapport.css").read_text("utf-8"))
    return frozenset(tint for kind, tint in found if kind not in _TAKES_THE_ACCENT)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
