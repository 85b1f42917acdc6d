"""Sentences about what the organisation decided, and what others think of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand, elsewhere
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage

OPINIONS = (
    "akkoord",
    "akkoord onder voorwaarden",
    "niet akkoord",
    "gevraagd, nog niet ontvangen",
    "de organisatie heeft geen FG",
    "niet gevraagd",
)


def decided(facts: Facts) -> int:
    """Return the term that was decided; 0 where nobody is called.

    Raises:
        KeyError: nothing is decided.
    """
    found = facts.content["decision"]
    if found["status"] != "decided":
        raise KeyError(f"the decision is {found['status']}")
    return int(found["term_months"])


def supported(facts: Facts) -> int:
    """Return what the data support: more than is proposed where the cap holds it back."""
    return facts.uncapped if facts.uncapped is not None else facts.term or 0


def standing(facts: Facts) -> str:
    """Return how the decision stands to the proposal."""
    term = decided(facts)
    if term == 0:
        return "nobody"
    if facts.proposal["status"] == "not_allowed":
        return "impossible"
    if facts.term is None:
        return "argued"
    if term > supported(facts):
        return "longer"
    if term > facts.term:
        return "above the cap"
    return "as proposed" if term == facts.term else "shorter"


def _stands(facts: Facts, due: str) -> Iterator[str]:
    yield from demand(standing(facts) == due, f"the decision is {standing(facts)}")


LEAD = "Besluit van de organisatie: "
TERM = "een klanttermijn van {term:count} {=maanden|maand}"


@claim("words", f"{LEAD}{TERM}, gelijk aan het voorstel.")
def as_proposed(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the proposal was followed."""
    yield from said.is_whole("term", decided(facts))
    yield from _stands(facts, "as proposed")


@claim(
    "words",
    f"{LEAD}{TERM}, {{fewer:count}} {{=maanden|maand}} korter dan het voorstel van "
    "{proposed:count} {=maanden|maand}.",
)
def shorter(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check by how much the decision is shorter than the proposal."""
    yield from said.is_whole("term", decided(facts))
    yield from said.is_whole("proposed", facts.term)
    yield from said.is_whole("fewer", (facts.term or 0) - decided(facts))
    yield from _stands(facts, "shorter")


@claim("words", f"{LEAD}{TERM}.")
def bare(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check a decision of which the next sentence says how it stands to the proposal."""
    yield from said.is_whole("term", decided(facts))
    found = standing(facts)
    yield from demand(found in {"argued", "impossible", "above the cap"}, f"it is {found}")


LONGER = (
    "{more:count} {=maanden|maand} langer dan de gegevens onderbouwen ({supported:count} "
    "{=maanden|maand})"
)


@claim("words", f"{LEAD}{TERM}, {LONGER}.")
@claim("words", f"Het besluit van de organisatie, {{term:count}} {{=maanden|maand}}, is {LONGER}.")
def longer(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check by how much the decision goes beyond the data."""
    yield from said.is_whole("term", decided(facts))
    yield from said.is_whole("supported", supported(facts))
    yield from said.is_whole("more", decided(facts) - supported(facts))
    yield from _stands(facts, "longer")


@claim(
    "words",
    "De organisatie besloot tot {term:count} {=maanden|maand}; dat is korter dan de {asked:count} "
    "maanden die zij aanvraagt.",
)
def less_than_asked(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that less was decided than is asked for."""
    yield from said.is_whole("term", decided(facts))
    yield from said.is_whole("asked", facts.asked)
    yield from demand(facts.is_request and decided(facts) < (facts.asked or 0), "it is not less")


@claim("words", f"{LEAD}oud-klanten worden niet gebeld.")
def nobody(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that nobody is to be called."""
    yield from _stands(facts, "nobody")


@claim(
    "words",
    "Het besluit van de organisatie, {term:count} {=maanden|maand}, {how=is langer dan het "
    "voorstel|berust op redenering: de gegevens leiden niet tot een voorstel}.",
)
def against(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check a decision that goes beyond the proposal, or has none beside it."""
    yield from said.is_whole("term", decided(facts))
    yield from _stands(facts, "above the cap" if said["how"].startswith("is") else "argued")


@claim("words", "Dit besluit berust op redenering: er is geen voorstel.")
def argued(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is a decision without a proposal."""
    yield from _stands(facts, "argued")


@claim(
    "rule",
    "Op grond van de klantrelatie is dat niet mogelijk.",
    "Een termijn kan de voorafgaande toestemming niet vervangen.",
)
def impossible(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the decided term has no ground."""
    yield from _stands(facts, "impossible")


@claim(
    "rule",
    "Voor meer dan {cap:count} {=maanden|maand} is vooraf een positief advies van het Compliance "
    "Comité nodig.",
)
def advice(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the decision goes beyond the cap."""
    yield from said.is_whole("cap", facts.cap)
    yield from demand(decided(facts) > (facts.cap or 0), f"decided are {decided(facts)} months")


@claim("words", "Genomen op {day:date}[{late=, na de rapportdatum,}] door: {who:text}.")
def taken(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check when and by whom the decision was taken, and whether that was after the report."""
    found = facts.content["decision"]
    yield from said.is_day("day", found["decided_on"])
    late = found["decided_on"] > facts.content["report_date"]
    yield from demand(
        late == bool(said.fields.get("late")), f"the report is of {facts.content['report_date']}"
    )
    yield from said.is_text("who", " ".join(str(found["decided_by"]).split()).rstrip("."))


@claim(
    "words",
    "De aanvraag voor een termijn van {asked:count} {=maanden|maand} gaat verder dan dit besluit.",
)
def below_request(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that more is asked than was decided."""
    asked = facts.proposal["requested_term_months"]
    yield from said.is_whole("asked", asked)
    yield from demand(facts.proposal["route"] == "request", "no advice is asked")
    yield from demand(decided(facts) < (asked or 0), f"decided are {decided(facts)} months")


@claim(
    "words",
    "Dat is vóór de laatste dag van deze gegevens; het besluit berust er dus niet op.",
    "Op {that=die} dag golden de toegepaste regels niet meer.",
)
def outdated(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the decision is older than the data, or younger than the rules."""
    taken_on, later = facts.content["decision"]["decided_on"], facts.content["later_rules"]
    if "that" in said:
        yield from demand(later is not None and taken_on >= later["starts_on"], f"{later}")
    else:
        through = facts.content["data_through"]
        yield from demand(taken_on < through, f"taken on {taken_on}, data through {through}")


@claim("words", f"{LEAD}nog niet genomen.")
def undecided(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that nothing is decided."""
    found = facts.content["decision"]["status"]
    yield from demand(found == "undecided", f"the decision is {found}")


@claim("words", f"{{opinion={'|'.join(OPINIONS)}}}", where="definition")
def opinion(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that an opinion stands where it belongs: which it is, only the dossier knows."""
    yield from demand(at.term == "Oordeel van de FG", f"this is {at.term!r}")
    is_open = "review.dpo_status" in facts.content["gaps"]
    yield from demand(not is_open, "the result says that the opinion is still to be filled in")


@claim("words", "{followed=ja|nee}", where="definition")
def followed(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that what was done with an opinion stands where it belongs."""
    yield from demand(at.term == "Opgevolgd", f"this is {at.term!r}")
    yield from demand("review.dpo_followed" not in facts.content["gaps"], "that is open")


@claim(
    "words",
    "De functionaris voor gegevensbescherming is niet akkoord[ ({day:date})].",
    "De organisatie volgt dat oordeel niet op.",
)
def disagrees(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is an opinion; which it is, only the dossier knows."""
    is_open = "review.dpo_status" in facts.content["gaps"]
    yield from demand(not is_open, "the result says that the opinion is still to be filled in")


@claim("words", "Reden voor een langere termijn:")
def reason_for_longer(_said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a reason that only the dossier holds stands with the decision."""
    yield from demand(at.section == "Besluit en vaststelling", elsewhere(at))


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield where a point about the officer's opinion says other than the opinion itself.

    Args:
        page: of the report.
        facts: of its result; without a term or a decision there are no points.
    """
    told = {one.term: one.text for one in page.passages if one.kind == "definition"}
    points = " ".join(one.text for one in page.passages if one.section.startswith("Wat tegen "))
    if not points or facts.proposal["status"] == "not_allowed":
        return
    lead = "De functionaris voor gegevensbescherming is niet akkoord"
    refused = told.get("Oordeel van de FG") == "niet akkoord"
    if refused != (lead in points):
        yield f"the opinion is {told.get('Oordeel van de FG')!r}, the points say: {points[:80]!r}"
    day = re.search(rf"{lead} \((.*?)\)", points)
    if day is not None and day[1] != told.get("Datum van het oordeel"):
        yield f"the opinion is of {told.get('Datum van het oordeel')}, not of {day[1]}"
    against = "De organisatie volgt dat oordeel niet op." in points
    if against != (refused and told.get("Opgevolgd") == "nee"):
        yield f"followed is {told.get('Opgevolgd')!r}"
