"""How well the curves fit."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import FittedCurve
from balanstest_analysis.published.result import PublishedResult

POOR_FIT = 0.01


def fit_sentence(result: PublishedResult, outcome: Outcome) -> str:
    """Return which curve weighs most and whether it fits; empty without fits.

    Args:
        result: published.
        outcome: delivered or not.
    """
    entry = result.outcomes[outcome]
    words = wording.OUTCOME_WORDS[outcome]
    if entry.fits and all(fit.status == "zero_events" for fit in entry.fits):
        return f"**{words.label}.** Er is {words.none} waargenomen; daar past geen kromme bij."
    weighed = [fit for fit in entry.fits if fit.weight]
    if not weighed:
        return ""
    leading = max(weighed, key=lambda fit: fit.weight)
    family, share = wording.FAMILIES[leading.family], wording.percentage(leading.weight, 0)
    first = f"**{words.label}.** Het zwaarst weegt de vorm ‘{family}’, voor {share}."
    if entry.fit_warning:
        return (
            f"{first} Geen enkele eenvoudige kromme past bij deze gegevens (zie vraag "
            f"{words.question})."
        )
    return " ".join(filter(None, (first, _fit_of(leading))))


def _fit_of(fit: FittedCurve) -> str:
    if fit.p_value is None:
        return ""
    if fit.p_value < POOR_FIT:
        return f"Zij past niet goed bij de gegevens (p = {wording.number(fit.p_value, 3)})."
    return (
        "Dat zij de gegevens niet goed beschrijft, is niet gebleken "
        f"(p = {wording.number(fit.p_value, 2)})."
    )
