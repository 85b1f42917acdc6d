"""The search finds an English page by the Dutch words for what it is about."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

WORDS = Path(__file__).resolve().parents[1] / "search_words.toml"


def add_words(app: Sphinx, page: nodes.document) -> None:
    """Add the words of a page, which the index reads and nobody sees."""
    words = tomllib.loads(WORDS.read_text("utf-8")).get(app.env.docname, [])
    if words:
        page.append(nodes.meta("", name="keywords", content=", ".join(words)))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the words before the page is indexed."""
    app.connect("doctree-read", add_words)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
