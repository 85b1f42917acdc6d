"""How well the curves fit."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import FittedCurve
from balanstest_analysis.published.result import PublishedResult

POOR_FIT = 0.01


def fit_sentence(result: PublishedResult, outcome: Outcome, *, told: bool = False) -> str:
    """Return which curve weighs most and whether it fits; empty without fits.

    Args:
        result: published.
        outcome: delivered or not.
        told: whether it was said already which curves could not be fitted.
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
    leading = _leading(weighed)
    first = f"**{words.label}.** {_weightiest(leading)}"
    failed = "" if told else _failed(entry.fits)
    if entry.fit_warning:
        return (
            f"{first}{failed} Geen enkele eenvoudige kromme beschrijft deze gegevens goed (zie "
            f"vraag {words.question})."
        )
    fit = " ".join(filter(None, (_fit_of(fit, alone=len(leading) == 1) for fit in leading)))
    return " ".join(filter(None, (first, f"{fit}{failed}".strip())))


def _leading(weighed: Sequence[FittedCurve]) -> list[FittedCurve]:
    """Return the curves that weigh most; those that are told with the same share are as heavy."""
    most = wording.percentage(max(fit.weight for fit in weighed), 0)
    return [fit for fit in weighed if wording.percentage(fit.weight, 0) == most]


def _weightiest(leading: Sequence[FittedCurve]) -> str:
    share = wording.percentage(leading[0].weight, 0)
    names = wording.enumerated([f"‘{wording.FAMILIES[fit.family]}’" for fit in leading])
    if len(leading) == 1:
        return f"De kromme {names} telt het zwaarst mee, voor ongeveer {share}."
    return f"De krommen {names} tellen het zwaarst mee, elk voor ongeveer {share}."


def all_fitted(result: PublishedResult) -> bool:
    """Return whether every kind of curve is known to be fitted for every outcome."""
    fits = [fit for entry in result.outcomes.values() for fit in entry.fits]
    return all(fit.status == "ok" for fit in fits) and not without_fits(result)


def without_fits(result: PublishedResult) -> tuple[Outcome, ...]:
    """Return the outcomes of which curves were tried, and nothing of them is published.

    Args:
        result: published.
    """
    entries = {name: result.outcomes[name] for name in OUTCOMES}
    return tuple(name for name, entry in entries.items() if entry.rows and not entry.fits)


def tells_fit(result: PublishedResult) -> bool:
    """Return whether of any outcome is published how well its curves fit."""
    entries = result.outcomes.values()
    known = any(fit.p_value is not None for entry in entries for fit in entry.fits)
    return known or any(entry.fit_warning for entry in entries)


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


def failed_in_all(result: PublishedResult) -> str:
    """Return which curves could not be fitted, where that is alike for several outcomes."""
    entries = {name: result.outcomes[name].fits for name in OUTCOMES}
    fitted = {name: fits for name, fits in entries.items() if any(fit.weight for fit in fits)}
    failed = {tuple(fit.family for fit in fits if fit.status != "ok") for fits in fitted.values()}
    if len(fitted) < 2 or len(failed) > 1 or not all(failed):
        return ""
    fits = next(iter(fitted.values()))
    (families,) = failed
    noun, verb = ("kromme", "was") if len(families) == 1 else ("krommen", "waren")
    outcomes = wording.enumerated([wording.OUTCOME_WORDS[name].subject for name in fitted])
    return (
        f" Bij {outcomes} zijn {_NUMBERS[len(fits) - len(families)]} van de "
        f"{_NUMBERS[len(fits)]} soorten krommen geschat; de {noun} "
        f"{wording.enumerated([f'‘{wording.FAMILIES[name]}’' for name in families])} {verb} niet "
        "te schatten."
    )


_NUMBERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht")


def _fit_of(fit: FittedCurve, *, alone: bool) -> str:
    if fit.p_value is None:
        return ""
    which = "die kromme" if alone else f"de kromme ‘{wording.FAMILIES[fit.family]}’"
    if fit.p_value < POOR_FIT:
        p = wording.number(fit.p_value, 3)
        return f"{wording.capital(which)} past niet goed bij de gegevens (p = {p})."
    p = wording.number(fit.p_value, 2)
    return f"Dat {which} de gegevens niet goed beschrijft, is niet gebleken (p = {p})."
