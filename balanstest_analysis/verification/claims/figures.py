"""The words that replace figures: bars, curves and other choices, part by part."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.choices import choice_name
from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.counted_from import EVENT, event_of
from balanstest_analysis.verification.claims.data_end import few_or_none
from balanstest_analysis.verification.claims.facts import OVERALL, Criterion, Facts
from balanstest_analysis.verification.claims.observed import outcome_at
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    CHOICES,
    CRITERION_STATUS,
    RATES,
    TERMS,
    outcome_called,
)

SIDES = {
    "minimum_rate": "minimum",
    "maximum_rate": "maximum",
    "maximum_ratio": "maximum",
    OVERALL: "maximum",
}


SIGNS = {
    "proposed_incomplete": "open stip: voorlopig",
    "undetermined": "vierkant: nog geen voorstel",
    "no_term not_allowed": "kruis: geen termijn",
}


def months(value: int) -> str:
    """Return a number of months with its noun."""
    return f"{value} {'maand' if value == 1 else 'maanden'}"


@claim("tested", "Staafdiagram van de termijn per criterium.", where="alt")
@claim("words", "Figuur van de termijn bij andere keuzes.", where="alt")
@claim(
    "words", "Grafiek van conversie, verzet en klachten boven dezelfde as van maanden.", where="alt"
)
def title(_said: Said, _facts: Facts, _at: Passage) -> Iterator[str]:
    """Take the title of a figure."""
    yield from ()


@claim("tested", "{bars:text}.", where="bars")
def bars(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check every bar: the term, what is estimated, and whether it decides."""
    due = [_bar(item, facts) for item in facts.criteria]
    if facts.cap is not None:
        binds = ", doorslaggevend" if facts.proposal["binding"] == "regime_cap" else ""
        due.append(
            f"Grens van {months(facts.cap)} (Code): {months(facts.cap)} (vaste grens){binds}"
        )
    if facts.is_request and facts.asked is not None:
        due.append(f"Gevraagde termijn: {months(facts.asked)} (gevraagd)")
    yield from _parts(said["bars"], due)


def _parts(text: str, due: list[str]) -> Iterator[str]:
    if text != "; ".join(due):
        told = text.split("; ")
        wrong = [part for part in due if part not in text] or [
            f"more than {len(due)} parts: {told}"
        ]
        yield f"due is {'; '.join(wrong)}"


def _bar(item: Criterion, facts: Facts) -> str:
    binds = ", doorslaggevend" if item.name in facts.deciding else ""
    return f"{item.name}: {_bar_words(item, facts)}{binds}"


def _bar_words(item: Criterion, facts: Facts) -> str:
    if item.term is None:
        aside = item.name in {one["criterion"] for one in facts.proposal["set_aside"]}
        return CRITERION_STATUS[item.status] + ("; terzijde gelegd" if aside else "")
    if item.status == "not_reached_in_data":
        return f"{months(item.term)} (daarna {few_or_none(facts, item.term)} gegevens)"
    if item.is_argued:
        return f"{months(item.term)} (redenering)"
    last = item.estimated_last
    if last is None or last + 1 <= item.term:
        return months(item.term)
    return f"{months(item.term)} (volgens de schatting {last + 1})"


@claim(
    "tested",
    "De verticale lijn staat bij {what=het voorstel van|de gevraagde termijn van|de termijn die "
    "zonder de grens uit de criteria volgt:} {term:count} {=maanden|maand}.",
    where="alt",
)
def line(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check where the line of the term stands, and what it is."""
    yield from said.is_whole("term", facts.evaluated)
    due = "het voorstel van"
    if facts.is_request and facts.evaluated == facts.asked:
        due = "de gevraagde termijn van"
    elif facts.is_request and facts.proposal["binding"] == "regime_cap":
        due = "de termijn die zonder de grens uit de criteria volgt:"
    yield from said.is_text("what", due)


@claim("tested", "Er is geen voorstel.", where="alt")
def no_line(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is no term."""
    yield from demand(facts.term is None, f"the term is {facts.term}")


@claim("words", f"Grafiek van het {{rate={RATES}}} per maand.", where="alt")
def rate_title(said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the figure stands under its own question."""
    yield from demand(outcome_called(said["rate"]) == outcome_at(at), f"in {at.section}")


@claim(
    "rule",
    "De streeplijn geeft het {side=minimum|maximum} van {about=ca. |gemiddeld |}"
    "{threshold:percentage} aan.",
    where="alt",
)
def threshold(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check a dashed line: one of the thresholds of this outcome."""
    outcome = outcome_at(at)
    about = {"maximum_ratio": "ca. ", OVERALL: "gemiddeld "}
    due = [
        (SIDES[item.kind], about.get(item.kind, ""), item.threshold)
        for item in facts.criteria
        if item.outcome == outcome and item.kind in SIDES and item.threshold is not None
    ]
    fits = [
        side == said["side"]
        and sign == said["about"]
        and abs(100 * height - said.number("threshold").value) < 1e-6
        for side, sign, height in due
    ]
    yield from demand(any(fits), f"thresholds are {due}")


@claim(
    "observed",
    f"{{rate={'|'.join(terms.rate.capitalize() for terms in TERMS.values())}}}: "
    "{first:percentage} in {first_months:months}[ en {last:percentage} in {last_months:months}].",
    where="alt",
)
def first_and_last_year(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the observed rate in the first and the last year that is told."""
    outcome = outcome_called(said["rate"])
    known = [year for year in facts.years if year.rate(outcome) is not None]
    for name, year in (("first", known[0]), ("last", known[-1])):
        if name in said:
            yield from said.shows_rate(name, year.rate(outcome))
            yield from said.is_stretch(f"{name}_months", year.first, year.last)


@claim("tested", "{choices:text}.", where="choices")
def choices(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the terms of every other choice."""
    yield from _parts(said["choices"], [f"{n}: {w}" for n, w in spreads(facts).items()])


def spreads(facts: Facts) -> dict[str, str]:
    """Return every other choice with the terms it leads to, in words."""
    order = list(CHOICES)
    lines = sorted(
        facts.content["sensitivity"],
        key=lambda one: order.index(one["choice"]) if one["choice"] in order else len(order),
    )
    found: dict[str, list[dict[str, object]]] = {}
    for one in lines:
        found.setdefault(choice_name(one, facts), []).append(one)
    return {name: _spread(some) for name, some in found.items()}


def _spread(lines: list[dict[str, object]]) -> str:
    terms = sorted(int(str(x["term_months"])) for x in lines if x["status"] == "proposed")
    statuses = {str(one["status"]) for one in lines}
    words = {"proposed_incomplete": "voorlopig", "undetermined": "nog geen voorstel"}
    lacking = [text for status, text in words.items() if status in statuses]
    if statuses & {"no_term", "not_allowed"}:
        lacking.append("geen termijn")
    if not terms:
        return " of ".join(lacking)
    span = months(terms[0]) if terms[0] == terms[-1] else f"{terms[0]} tot {terms[-1]} maanden"
    return f"{span}, soms {' of '.join(lacking)}" if lacking else span


@claim(
    "words",
    f"Grafiek van {{what:text}} ten opzichte van de maanden sinds {EVENT}.",
    where="alt",
)
@claim(
    "words",
    f"Figuur {{number:count}} {{what:text}} ten opzichte van de maanden sinds {EVENT}",
    where="caption",
)
def since(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from what the months are counted."""
    yield from said.is_text("event", event_of(facts))


@claim("words", "Figuur {number:count} Termijn per criterium.", where="caption")
@claim(
    "words",
    "Figuur {number:count} {what=Bereik|Bereik en aandeel van de grootste campagne|Aandeel van de "
    "grootste campagne}, boven het aantal netto contacten per maand",
    where="caption",
)
def caption(_said: Said, _facts: Facts, _at: Passage) -> Iterator[str]:
    """Take a caption that holds no number but its own."""
    yield from ()


@claim(
    "words",
    "Figuur {number:count} De termijn bij andere keuzes, met een stip per waarde[ ({signs:text})]"
    "[; een stip is hier geen {none=voorstel}, want met de eigen keuzes volgt er geen termijn]",
    where="caption",
)
def signs(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that each sign that is drawn is explained, and what a term is without a proposal."""
    terms = any(line["term_months"] is not None for line in facts.content["sensitivity"])
    without = terms and facts.term is None
    yield from demand(without == ("none" in said), f"terms without a proposal: {without}")
    statuses = {line["status"] for line in facts.content["sensitivity"]}
    due = [words for found, words in SIGNS.items() if statuses & set(found.split())]
    yield from demand((said.fields["signs"] or "") == "; ".join(due), f"due are {due}")


@claim(
    "rule",
    "Gevuld: aangetoond (betrouwbaarheid {level:percentage}), tenzij er iets anders bij staat"
    "{hatched=; gearceerd: volgens de schatting|}{binds=; donker: doorslaggevend|}.",
    where="caption",
)
def legend(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the level, and that something is hatched and decides where the legend says so."""
    hatched = [
        i for i in facts.criteria if i.term is not None and (i.estimated_last or 0) >= i.term
    ]
    yield from demand(bool(hatched) == bool(said["hatched"]), f"hatched are {len(hatched)}")
    yield from said.shows_rate("level", facts.level)
    yield from demand((facts.term is not None) == bool(said["binds"]), f"the term is {facts.term}")
