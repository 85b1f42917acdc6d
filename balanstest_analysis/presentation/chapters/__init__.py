"""Builders of the report's chapters: published result and dossier in, blocks out."""

from balanstest_analysis.presentation.chapters.account import findings, limits, processing
from balanstest_analysis.presentation.chapters.appendix import (
    all_fits,
    provenance,
    sensitivity,
)
from balanstest_analysis.presentation.chapters.composition import composition
from balanstest_analysis.presentation.chapters.contents import contents
from balanstest_analysis.presentation.chapters.front import TITLE, front_page
from balanstest_analysis.presentation.chapters.history import earlier_quarters, warned
from balanstest_analysis.presentation.chapters.method import method
from balanstest_analysis.presentation.chapters.opinions import review
from balanstest_analysis.presentation.chapters.questions import (
    answers,
    argument,
    overview,
)
from balanstest_analysis.presentation.chapters.reading_guide import reading_guide
from balanstest_analysis.presentation.chapters.recalculation import recalculation
from balanstest_analysis.presentation.chapters.scope import organisation
from balanstest_analysis.presentation.chapters.weighing import against, curves, weighing

__all__ = [
    "TITLE",
    "against",
    "all_fits",
    "answers",
    "argument",
    "composition",
    "contents",
    "curves",
    "earlier_quarters",
    "findings",
    "front_page",
    "limits",
    "method",
    "organisation",
    "overview",
    "processing",
    "provenance",
    "reading_guide",
    "recalculation",
    "review",
    "sensitivity",
    "warned",
    "weighing",
]
