"""Sentences about fitted curves: which weighs most, which were not fitted, how well they fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    FAMILIES,
    TERMS,
    enumerated,
    outcome_called,
)


@claim(
    "fitted",
    "{label=Conversie|Verzet|Klachten}: geen enkele eenvoudige kromme beschrijft deze "
    "gegevens goed, zodat het verloop tussen de waarnemingen minder zeker is.",
)
def misfit(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no simple curve fits an outcome."""
    warned = facts.outcome(outcome_called(said["label"]))["fit_warning"]
    yield from demand(bool(warned), "the result has no warning about its curves")


@claim(
    "fitted",
    "De kromme {families:text} telt het zwaarst mee, voor ongeveer {weight:percentage}.",
    "De krommen {families:text} tellen het zwaarst mee, elk voor ongeveer {weight:percentage}.",
)
def heaviest(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check which curves weigh most, all that are told with the same share."""
    most = _heaviest(facts, at)
    names = enumerated([f"‘{FAMILIES[fit['family']]}’" for fit in most])
    yield from said.is_text("families", names)
    yield from said.shows_rate("weight", most[0]["weight"])


def _heaviest(facts: Facts, at: Passage) -> list[dict[str, Any]]:
    fits = facts.outcome(outcome_called(at.subject))["fits"]
    most = max(_share(fit) for fit in fits)
    return [fit for fit in fits if _share(fit) == most]


def _share(fit: Mapping[str, Any]) -> Decimal:
    """Return the weight as it is printed, in whole percents."""
    return (100 * Decimal(str(fit["weight"] or 0))).quantize(Decimal(1), ROUND_HALF_UP)


@claim(
    "fitted",
    "Dat die kromme de gegevens niet goed beschrijft, is niet {good=gebleken} (p = {p:number}).",
    "Dat de kromme {name:quoted} de gegevens niet goed beschrijft, is niet {good=gebleken} "
    "(p = {p:number}).",
    "Die kromme past niet goed bij de gegevens (p = {p:number}).",
    "De kromme {name:quoted} past niet goed bij de gegevens (p = {p:number}).",
)
def fit_of_heaviest(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check how well the heaviest curve fits, or each of those that weigh the same."""
    most = _heaviest(facts, at)
    name = said.fields.get("name")
    yield from demand((name is None) == (len(most) == 1), f"{len(most)} curves weigh most")
    found = [fit for fit in most if name in (None, f"‘{FAMILIES[fit['family']]}’")]
    if not found:
        yield f"{name} is none of those that weigh most"
        return
    p = found[0]["p_value"]
    yield from said.shows("p", p)
    yield from demand((p >= 0.01) == ("good" in said), f"p is {p}")


@claim(
    "fitted",
    "Van de {all:word} soorten krommen zijn er {fitted:word} geschat; de {noun=krommen|kromme} "
    "{names:text} {=waren|was} niet te schatten.",
)
def not_fitted(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check how many curves were fitted, and which were not."""
    fits = facts.outcome(outcome_called(at.subject))["fits"]
    failed = [f"‘{FAMILIES[fit['family']]}’" for fit in fits if fit["status"] != "ok"]
    yield from said.is_whole("all", len(fits))
    yield from said.is_whole("fitted", len(fits) - len(failed))
    yield from said.is_text("names", enumerated(failed))


@claim(
    "fitted",
    "Bij {outcomes:text} zijn {fitted:word} van de {all:word} soorten krommen geschat; de "
    "{noun=krommen|kromme} {names:text} {=waren|was} niet te schatten.",
)
def not_fitted_in_all(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that of each outcome with curves the same ones were fitted."""
    entries = {name: facts.outcome(name)["fits"] for name in TERMS}
    fits = {name: found for name, found in entries.items() if any(f["weight"] for f in found)}
    yield from said.is_text("outcomes", enumerated([TERMS[name].subject for name in fits]))
    for found in fits.values():
        failed = [f"‘{FAMILIES[fit['family']]}’" for fit in found if fit["status"] != "ok"]
        yield from said.is_whole("all", len(found))
        yield from said.is_whole("fitted", len(found) - len(failed))
        yield from said.is_text("names", enumerated(failed))


@claim("fitted", "{what=Alle krommen|De vorm en het gewicht van elke kromme} staan in bijlage B.")
def where_curves_stand(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check whether the parameters of all curves are published."""
    entries = [facts.outcome(name)["fits"] for name in TERMS]
    whole = all(any(fit["parameters"] for fit in fits) for fits in entries if fits)
    yield from demand(whole == (said["what"] == "Alle krommen"), f"all parameters: {whole}")
    yield from demand(not _silent(facts), "of some outcome no curve is published")


@claim("fitted", "Wat daarvan te publiceren is, staat in bijlage B.")
def where_some_stand(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that nothing is published of the curves of some outcome."""
    yield from demand(bool(_silent(facts)), "the curves of all outcomes are published")


@claim(
    "fitted",
    "Bij {names:text} staan hier geen krommen: uit hun gewichten, en uit welke krommen te "
    "schatten waren, zou een klein aantal af te leiden zijn.",
)
def unpublished(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check of which outcomes no curve is published."""
    due = [TERMS[name].head.lower() for name in _silent(facts)]
    yield from said.is_text("names", enumerated(due))


def _silent(facts: Facts) -> list[str]:
    """Return the outcomes with rates of which no curve is published."""
    return [name for name in TERMS if facts.rows(name) and not facts.outcome(name)["fits"]]


@claim(
    "fitted",
    "Geen enkele eenvoudige kromme beschrijft deze gegevens goed (zie vraag {question:text}).",
)
def poor_fit(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that an outcome has a warning about its curves."""
    outcome = outcome_called(at.subject)
    yield from said.is_text("question", TERMS[outcome].question)
    yield from demand(bool(facts.outcome(outcome)["fit_warning"]), "there is no warning")


@claim(
    "fitted",
    "Voor de percentages per maand zijn {all:word} soorten krommen {how=geschat|uitgeprobeerd}, "
    "van een vlakke lijn (‘de tijd maakt geen verschil’) tot een soepele kromme (spline) zonder "
    "vooraf gekozen vorm.",
)
def families(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many kinds of curves were tried, and whether all could be fitted."""
    outcomes = [facts.outcome(name) for name in TERMS]
    numbers = {len(entry["fits"]) for entry in outcomes if entry["fits"]} or {8}
    yield from demand(said.whole("all") in numbers, f"the result has {numbers}")
    every = all(fit["status"] == "ok" for entry in outcomes for fit in entry["fits"])
    every &= not _silent(facts)
    yield from demand(every == (said["how"] == "geschat"), f"all were fitted: {every}")


@claim("fitted", "Voor {subjects:text} is geen kromme getekend.")
def without_curve(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the outcomes with rows, and without a curve, are named."""
    bare = [name for name in facts.shown if _is_bare(facts, name)]
    yield from said.is_text("subjects", enumerated([TERMS[name].subject for name in bare]))


def _is_bare(facts: Facts, outcome: str) -> bool:
    fits = facts.outcome(outcome)["fits"]
    without = bool(fits) and all(fit["status"] == "zero_events" for fit in fits)
    return without or len(facts.rows(outcome)) < 2


@claim("fitted", "Er is {none:text} waargenomen; daarbij is geen kromme te schatten.")
def no_events(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that no curve could be fitted for want of events."""
    fits = facts.outcome(outcome_called(at.subject))["fits"]
    yield from said.is_text("none", TERMS[outcome_called(at.subject)].none)
    yield from demand(all(fit["status"] == "zero_events" for fit in fits), "curves were fitted")
