"""Sentences about the law, the code, the relations and the dates of a report."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_counts
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import KINDS, SECTORS, enumerated

UNREAD = "Of een latere versie van de Code die grens wijzigt, is niet nagegaan."


@claim("rule", "Gegevens tot en met {through:date}; rapportdatum {reported:date}.")
def dates(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the last day of the data and the report date."""
    yield from said.is_day("through", facts.content["data_through"])
    yield from said.is_day("reported", facts.content["report_date"])


@claim("rule", "Onderbouwing van de klanttermijn · {quarter:quarter} · {reported:date}")
def foot(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check quarter and report date at the foot."""
    yield from said.is_quarter("quarter", facts.content["period"])
    yield from said.is_day("reported", facts.content["report_date"])


@claim(
    "rule",
    "{what=de hele aangeleverde historie|alle aangeleverde tellingen}, tot en met {through:date}",
    where="definition",
)
def history(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the last day of the data, and whether they are calls or counts."""
    yield from said.is_day("through", facts.content["data_through"])
    counts = from_counts(facts)
    yield from demand(counts == said["what"].startswith("alle"), f"counts: {counts}")
    yield from demand(counts == (at.term == "Tellingen"), f"counts: {counts}")


@claim("rule", "{quarter:quarter}", where="definition")
def quarter(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the quarter."""
    yield from said.is_quarter("quarter", facts.content["period"])


@claim("rule", "{day:date}", where="definition")
def a_day(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the report date; when the term is looked at again, only the dossier knows."""
    if at.term == "Rapportdatum":
        yield from said.is_day("day", facts.content["report_date"])


@claim("rule", "{months:count} {=maanden|maand}", where="definition")
def a_term(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the present term, or that which is asked for."""
    current = facts.proposal["current_term_months"]
    due = {"Huidige termijn": current, "Gevraagde termijn": facts.asked}
    yield from said.is_whole("months", due[at.term])


@claim("rule", "niet vóór maand {month:count}.", where="definition")
def not_before(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from which month anybody is called."""
    yield from said.is_whole("month", facts.content["not_before"]["month"])


@claim("rule", "{sectors:text} (opgave van de organisatie)", where="definition")
def sector(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the sector."""
    yield from said.is_text("sectors", sectors_of(facts))


def sectors_of(facts: Facts) -> str:
    """Return what the organisation is."""
    return enumerated([SECTORS[name] for name in facts.content["sectors"]])


@claim(
    "rule",
    "Balanstest klanttermijn telemarketing ({version=nieuwe versie, opt-in|oude versie, "
    "Bel-me-niet Register})",
    where="definition",
)
def template(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the version of the template."""
    is_new = facts.content["template"] == "opt-in"
    yield from demand(is_new == said["version"].startswith("nieuwe"), facts.content["template"])


@claim("rule", "Dit rapport gaat uit van de {name:text}.")
def regime(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the name of the rules."""
    yield from said.is_text("name", facts.regime["name"].removesuffix("."))


@claim("rule", "Bron: {source:text} ({state=in een bron nagegaan|niet in een bron nagegaan}).")
def source(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the source of the rules, and whether it was read."""
    yield from said.is_text("source", facts.regime["source"])
    read = said["state"].startswith("in")
    yield from demand(facts.regime["verified"] == read, f"verified: {facts.regime['verified']}")


@claim("rule", "De regels konden niet in een bron worden nagegaan ({name:text}).")
def unverified(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the rules could not be read."""
    yield from said.is_text("name", facts.regime["name"])
    yield from demand(not facts.regime["verified"], "the rules are verified")


@claim("rule", "Voor oud-klanten gaat dit rapport uit van een grens van {cap:count} maanden.")
def cap(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the cap."""
    yield from said.is_whole("cap", facts.cap)


@claim(
    "rule",
    "Die grens staat in de {source:text}, niet in de wet.",
)
def cap_source(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check where the cap was read; whether it was, is a sentence of its own."""
    yield from said.is_text("source", facts.regime["cap_source"])


@claim("rule", UNREAD)
def cap_unread(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the source of the cap was not read."""
    yield from demand(not facts.regime["cap_verified"], "the cap is verified")


@claim(
    "rule",
    "Deze regels geven deze sector geen grond om oud-klanten zonder voorafgaande toestemming te "
    "bellen; een grens in maanden is er daarom niet.",
)
def no_ground(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the sector has no ground."""
    yield from demand(not facts.regime["sector_allowed"], "the sector has a ground")


@claim(
    "rule",
    "De organisatie is opgegeven als {sectors:text}.",
    "Voor een {sectors:text}{comma=,|} tellen deze relaties mee:",
)
def declared(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the sector, and the comma after one that ends with a clause."""
    told = said["sectors"]
    if "comma" in said.fields:
        clause = sectors_of(facts).endswith("verschijnen")
        told = told.removesuffix(",")
        found = said["sectors"].endswith(",") or bool(said["comma"])
        yield from demand(found == clause, f"a comma is due: {clause}")
    yield from demand(told == sectors_of(facts), f"the sectors are {sectors_of(facts)}")


@claim(
    "rule",
    "Volgens de toegepaste regels ({name:text}) kan zij zich niet op de klantrelatie beroepen: "
    "bellen mag alleen met voorafgaande toestemming.",
)
def no_relation(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check under which rules the sector has no ground."""
    yield from said.is_text("name", facts.regime["name"])
    yield from demand(not facts.regime["sector_allowed"], "the sector has a ground")


@claim(
    "rule",
    "Er is daarom geen klanttermijn te bepalen, en dit rapport noemt er geen.",
    "De cijfers in dit rapport laten alleen zien wat is waargenomen.",
    "Omdat de organisatie zich niet op de klantrelatie kan beroepen, is uit de criteria geen "
    "termijn afgeleid.",
    "Omdat de organisatie zich niet op de klantrelatie kan beroepen, berust er geen termijn op "
    "krommen.",
    "Zonder klantrelatie waarop de organisatie zich kan beroepen, is er geen termijn.",
    "Zij zijn daarom niet afgedrukt.",
)
def nothing_to_judge(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is no ground to call."""
    yield from demand(facts.proposal["status"] == "not_allowed", facts.proposal["status"])
    yield from demand(facts.term is None, f"the term is {facts.term}")


@claim("rule", f"{{kind={'|'.join(KINDS.values())}}}: {{paragraph:text}}", where="item")
def ground(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check whether a kind of relation counts, and why."""
    kind = next(code for code, name in KINDS.items() if name == said["kind"])
    cells = [cell for cell in facts.content["relations"]["grounds"] if cell["kind"] == kind]
    yield from demand(bool(cells), "the result has no such kind")
    for cell in cells:
        yield from said.is_text("paragraph", cell["paragraph"])
        counts = not at.subject.startswith("Deze relaties tellen niet")
        yield from demand(cell["ground"] == counts, f"counts: {cell['ground']}")


@claim(
    "rule",
    "Dit voorstel geldt niet voor belpogingen vanaf {day:date}{then=; vanaf die dag is "
    "voorafgaande toestemming nodig|}.",
    "De toegepaste regels gelden niet voor belpogingen vanaf {day:date}{then=; vanaf die dag is "
    "voorafgaande toestemming nodig|}.",
)
def later_rules(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check from which day other rules hold, and whether they leave a ground."""
    later = facts.content["later_rules"]
    yield from said.is_day("day", later["starts_on"])
    yield from demand(later["has_ground"] != bool(said["then"]), f"ground: {later['has_ground']}")
    has_term = at.text.startswith("Dit voorstel")
    yield from demand(has_term == (facts.term is not None), f"the term is {facts.term}")


@claim(
    "rule",
    "Niet na te gaan is welke relaties meetellen.",
    "De aangeleverde gegevens zeggen niet van welke soort de relaties zijn, en niet elke soort "
    "geeft een grond om te bellen.",
    "De aangeleverde gegevens zeggen niet van welke soort de relaties zijn.",
    "Het is daarom niet na te gaan welke relaties meetellen.",
)
def unknown_kinds(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the kinds of relation are unknown."""
    relations = facts.content["relations"]
    yield from demand(relations["kinds_from"] == "unknown", relations["kinds_from"])


@claim(
    "rule",
    "Volgens het dossier gaan de aangeleverde gegevens over {kinds:text}; dat is niet uit die "
    "gegevens af te leiden.",
)
def stated_kinds(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the kinds that the dossier states."""
    stated = facts.content["relations"]["stated"]
    yield from said.is_text("kinds", enumerated([KINDS[kind] for kind in stated]))


@claim("rule", "Waar de gegevens geen soort noemen, is aangenomen dat het om {kinds:text} gaat.")
def assumed_kind(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the kind that is assumed."""
    yield from said.is_text("kinds", KINDS[facts.content["relations"]["assumed"]])


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield where organisation, category or what is known of the cap is not that of the result.

    Args:
        page: of the report.
        facts: of its result.
    """
    limited = [one.text for one in page.passages if "Die grens staat in de " in one.text]
    for text in limited:
        if (UNREAD in text) == facts.regime["cap_verified"]:
            yield f"whether the cap was verified: {text!r}"
    keys = {"Organisatie": "organisation", "Categorie": "category"}
    for one in page.passages:
        if one.kind == "definition" and one.term in keys and one.text != "NOG IN TE VULLEN":
            due = " ".join(str(facts.content[keys[one.term]]).split())
            yield from demand(one.text == due, f"{one.term} is {one.text!r}, due is {due!r}")
