"""Exploring an analysis in a notebook: what if, and what of it goes into the dossier."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from balanstest_analysis.analysis.explorer.choices import Choices, Other, with_value
from balanstest_analysis.analysis.explorer.exploration import Exploration, Explored
from balanstest_analysis.analysis.explorer.words import static_blocks
from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.document.blocks import Fragment

if TYPE_CHECKING:
    from balanstest_analysis.analysis.explorer.panel import Explorer

__all__ = ["Choices", "Exploration", "Explored", "Other", "explore", "with_value"]


def explore(analysis: Analysis) -> Explorer | Fragment:
    """Return the explorer of an analysis, or the picture of it where there are no widgets.

    The explorer needs the packages of the extra ``lab``. Where a notebook is only shown, as on
    GitHub, and where it is run without a screen, its static picture is shown.

    Args:
        analysis: from `analyse`.
    """
    if all(find_spec(name) for name in ("anywidget", "ipywidgets")):
        panel = import_module("balanstest_analysis.analysis.explorer.panel")
        explorer: Explorer = panel.Explorer(analysis)
        return explorer
    explored = Exploration(analysis).see(Choices.of(analysis.dossier))
    return Fragment(blocks=static_blocks(explored))
