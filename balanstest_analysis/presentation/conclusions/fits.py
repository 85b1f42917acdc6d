"""How well the curves fit."""

from __future__ import annotations

from collections.abc import Sequence

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
        return (
            f"**{words.label}.** Er is {words.none} waargenomen; daarbij is geen kromme te "
            "schatten."
        )
    weighed = [fit for fit in entry.fits if fit.weight]
    if not weighed:
        return ""
    leading = max(weighed, key=lambda fit: fit.weight)
    family, share = wording.FAMILIES[leading.family], wording.percentage(leading.weight, 0)
    first = f"**{words.label}.** De kromme ‘{family}’ telt het zwaarst mee, voor ongeveer {share}."
    failed = _failed(entry.fits)
    if entry.fit_warning:
        return (
            f"{first}{failed} Geen enkele eenvoudige kromme beschrijft deze gegevens goed (zie "
            f"vraag {words.question})."
        )
    return " ".join(filter(None, (first, f"{_fit_of(leading)}{failed}".strip())))


def all_fitted(result: PublishedResult) -> bool:
    """Return whether every kind of curve could be fitted for every outcome."""
    return all(fit.status == "ok" for entry in result.outcomes.values() for fit in entry.fits)


def _failed(fits: Sequence[FittedCurve]) -> str:
    """Return how many curves were fitted and which were not; empty where all were."""
    failed = [f"‘{wording.FAMILIES[fit.family]}’" for fit in fits if fit.status != "ok"]
    if not failed:
        return ""
    noun, verb = ("kromme", "was") if len(failed) == 1 else ("krommen", "waren")
    return (
        f" Van de {_NUMBERS[len(fits)]} soorten krommen zijn er "
        f"{_NUMBERS[len(fits) - len(failed)]} geschat; de {noun} {wording.enumerated(failed)} "
        f"{verb} niet te schatten."
    )


_NUMBERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht")


def _fit_of(fit: FittedCurve) -> str:
    if fit.p_value is None:
        return ""
    if fit.p_value < POOR_FIT:
        return f"Die kromme past niet goed bij de gegevens (p = {wording.number(fit.p_value, 3)})."
    return (
        "Dat die kromme de gegevens niet goed beschrijft, is niet gebleken "
        f"(p = {wording.number(fit.p_value, 2)})."
    )
