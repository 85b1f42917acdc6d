"""Figures for paper: each is a matplotlib Figure, and a picture with words for a report."""

from balanstest_analysis.presentation.figures.composition import (
    composition_figure,
    composition_picture,
)
from balanstest_analysis.presentation.figures.criteria import criteria_figure, criteria_picture
from balanstest_analysis.presentation.figures.rates import rate_figure, rate_picture
from balanstest_analysis.presentation.figures.sensitivity import (
    sensitivity_figure,
    sensitivity_picture,
)
from balanstest_analysis.presentation.figures.weighing import weighing_figure, weighing_picture

__all__ = [
    "composition_figure",
    "composition_picture",
    "criteria_figure",
    "criteria_picture",
    "rate_figure",
    "rate_picture",
    "sensitivity_figure",
    "sensitivity_picture",
    "weighing_figure",
    "weighing_picture",
]
