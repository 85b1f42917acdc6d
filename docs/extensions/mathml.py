"""Formulas as MathML, which browsers show by themselves: no script and no outside address."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx


def show_inline(page: Any, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    page.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def show_displayed(page: Any, node: nodes.math_block) -> None:
    """Write a formula on a line of its own."""
    page.body.append(f'<div class="formula">{tex2mathml(node.astext(), as_block=True)}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Make this the renderer of formulas."""
    app.add_html_math_renderer("mathml", (show_inline, None), (show_displayed, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
