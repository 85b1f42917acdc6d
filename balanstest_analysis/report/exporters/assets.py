"""The files that give the report its look: templates, stylesheet and fonts."""

from __future__ import annotations

import base64
from importlib.abc import Traversable
from importlib.resources import files

_FACES = (
    ("Source Serif 4", 400, "normal", "source-serif-4-latin-400-normal.woff2"),
    ("Source Serif 4", 400, "italic", "source-serif-4-latin-400-italic.woff2"),
    ("Source Serif 4", 600, "normal", "source-serif-4-latin-600-normal.woff2"),
    ("Source Sans 3", 400, "normal", "source-sans-3-latin-400-normal.woff2"),
    ("Source Sans 3", 400, "italic", "source-sans-3-latin-400-italic.woff2"),
    ("Source Sans 3", 600, "normal", "source-sans-3-latin-600-normal.woff2"),
)


def font_folder() -> Traversable:
    """Return the folder with the fonts that the PDF may use."""
    return files("balanstest_analysis.document") / "templates" / "fonts"


def template(name: str) -> str:
    """Return the text of a template."""
    return (files("balanstest_analysis.document") / "templates" / name).read_text("utf-8")


def stylesheet() -> str:
    """Return the style of the HTML page, its fonts embedded."""
    faces = "\n".join(_face(*face) for face in _FACES)
    return f"{faces}\n{template('rapport.css')}"


def _face(family: str, weight: int, style: str, file: str) -> str:
    font = base64.b64encode((font_folder() / file).read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f"src: url(data:font/woff2;base64,{font}) format('woff2'); }}"
    )
