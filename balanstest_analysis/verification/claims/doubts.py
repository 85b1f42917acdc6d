"""Sentences about what makes the outcome doubtful: findings about the data as delivered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import enumerated

DOUBTFUL = "De uitkomst is twijfelachtig door"
DOUBTS: Final = {
    "few_customer_match_events": "gebelde klanten die bij de aankopen of giften ontbreken",
    "few_customer_match_objections": "mensen met verzet die in de belhistorie ontbreken",
    "few_customer_match_complaints": "mensen met een klacht die in de belhistorie ontbreken",
    "months_without_events": "aankopen of giften die te vroeg lijken te eindigen",
    "events_begin_late": "aankopen of giften die te laat lijken te beginnen",
    "months_without_objections": "maanden vrijwel zonder verzet",
    "months_without_told_objections": "maanden vrijwel zonder resultaatcodes van verzet",
    "months_without_complaints": "maanden vrijwel zonder klachten",
    "months_without_contacts": "maanden vrijwel zonder netto contacten",
    "months_without_conversions": "maanden vrijwel zonder conversies",
    "some_conversions_left_out": "conversies die opvallend vaak niet meetellen",
    "some_objections_left_out": "meldingen van verzet die opvallend vaak niet meetellen",
    "only_who_came_back": "mensen die lijken te zijn verwijderd omdat zij niet terugkwamen",
    "silent_campaigns": "campagnes vrijwel zonder conversie, verzet of klacht",
    "codes_that_changed": "resultaatcodes waarvan het gebruik sterk verandert",
    "sources_that_differ": "bronnen van belpogingen waarvan de uitkomsten sterk afwijken",
    "ends_on_one_day_of_year": "veel relaties die op dezelfde dag van het jaar eindigden",
    "contacts_still_customer": "gesprekken met mensen die volgens de resultaatcode nog klant waren",
    "months_stand_still": "maanden die tussen twee gesprekken niet oplopen",
    "months_begin_at_one": "maanden die bij 1 beginnen in plaats van bij 0",
    "conversions_without_purchase": "conversies waarop geen aankoop of gift volgt",
    "purchases_without_conversion": "aankopen of giften na gesprekken zonder conversie",
    "one_call_per_customer": "klanten die elk maar één keer voorkomen",
    "calls_on_one_weekday": "belpogingen die vrijwel alle op dezelfde dag van de week staan",
    "dates_batched_objections": "meldingen van verzet die op enkele dagen staan",
    "dates_batched_complaints": "klachten die op enkele dagen staan",
    "objections_dated_late": "meldingen van verzet lang na het laatste contact",
    "complaints_dated_late": "klachten lang na het laatste contact",
    "no_rows_at_the_end": "weken zonder gegevens aan het einde",
}
MOST_NAMED = 2
FRONT = "Onderbouwing van de klanttermijn"


@claim("observed", f"{DOUBTFUL} wat over de gegevens is gevonden: {{names:text}}.")
def named(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that each finding that makes the outcome doubtful is named, and no other."""
    found = doubts(facts)
    yield from said.is_text("names", enumerated(found))
    few = len(found) <= MOST_NAMED or at.section != FRONT
    yield from demand(few, f"page one names {len(found)}")


@claim("observed", f"{DOUBTFUL} {{number:word}} bevindingen over de gegevens.")
def numbered(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many findings make the outcome doubtful."""
    found = len(doubts(facts))
    yield from said.is_whole("number", found)
    yield from demand(found > MOST_NAMED, f"there are {found}")


@claim(
    "words",
    "Zijn de gegevens daar onjuist of onvolledig, dan staan maanden of percentages verkeerd en kan "
    "de termijn te lang of te kort zijn.",
    "De aantallen staan bij ‘Bevindingen over de belhistorie’.",
)
def what_follows(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that something makes the outcome doubtful."""
    yield from demand(bool(doubts(facts)), "nothing makes the outcome doubtful")


def doubts(facts: Facts) -> list[str]:
    """Return what each finding that makes the outcome doubtful is called."""
    found = {item["code"] for item in facts.content["findings"]}
    return [name for code, name in DOUBTS.items() if code in found]


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield where page one is silent about what makes the outcome doubtful.

    Args:
        page: of the report.
        facts: of its result.
    """
    lines = [one.text for one in page.passages if one.kind == "item" and one.section == FRONT]
    if not lines or facts.proposal["status"] == "not_allowed":
        return
    told = any(line.startswith(DOUBTFUL) for line in lines)
    shortened = any(line.startswith("Nog ") for line in lines)
    if bool(doubts(facts)) != told and not shortened:
        yield f"that the outcome is doubtful is {'told' if told else 'not told'} on page one"
