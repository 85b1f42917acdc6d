"""Sentences about the law, the code and the relations of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import KINDS, SECTORS, enumerated

UNREAD = "die grens wijzigt, is niet nagegaan."


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


SALES = frozenset({"purchase", "contract", "service"})
# of the kinds that gave a ground before, those that give one from a day on
STAY: Mapping[str, Mapping[str, frozenset[str]]] = {
    "2026-07-01": {
        "charity": frozenset({"donation", "volunteer", "public_event"}),
        "charity_lottery": SALES,
        "publisher": SALES,
    }
}


@claim("rule", "Vanaf {day:date} gelden andere regels.")
def rules_from(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check from which day other rules hold that leave a ground."""
    later = facts.content["later_rules"]
    yield from said.is_day("day", later["starts_on"])
    yield from demand(bool(later["has_ground"]), "no ground is left")


@claim(
    "rule",
    "{kinds:text} zijn dan voor deze sector geen grond meer om te bellen; dit rapport telt ze nog "
    "mee.",
    "Dezelfde soorten relaties blijven dan een grond om te bellen.",
)
def grounds_later(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which kinds of relation give no ground any more."""
    stay = STAY.get(facts.content["later_rules"]["starts_on"], {})
    counted = [cell["kind"] for cell in facts.content["relations"]["grounds"] if cell["ground"]]
    left = frozenset().union(
        *(stay.get(sector, frozenset()) for sector in facts.content["sectors"])
    )
    gone = [kind for kind in counted if stay and kind not in left]
    due = enumerated([KINDS[kind] for kind in gone])
    yield from demand(bool(gone) == ("kinds" in said.fields), f"no ground any more: {gone}")
    if "kinds" in said.fields:
        yield from said.is_text("kinds", due[:1].upper() + due[1:])


@claim("rule", "Dit rapport gaat uit van de {name:text}.")
def regime(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the name of the rules, of which a law tells from when it holds."""
    law, since, day = facts.regime["name"].removesuffix(".").partition(" vanaf ")
    yield from said.is_text("name", f"{law} zoals die vanaf {day} geldt" if since else law)


@claim(
    "rule",
    "Bron van deze regels: {source:text}.",
    "Ontleend aan[ de] {source:text}; de tekst daarvan is {unread=niet} ingezien.",
)
def source(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the source of the rules, and whether it was read."""
    yield from said.is_text("source", facts.regime["source"])
    read = "unread" not in said
    yield from demand(facts.regime["verified"] == read, f"verified: {facts.regime['verified']}")


@claim("rule", "De regels van de {name:text} konden niet in een bron worden nagegaan.")
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


@claim("rule", f"Of {{which:text}} {UNREAD}")
def cap_unread(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the cap was not read in a later version: that which is applied, where unread."""
    regime = facts.regime
    later = "een latere versie van de Code" if regime["verified"] else f"de {regime['name']}"
    yield from said.is_text("which", later)
    yield from demand(not regime["cap_verified"], "the cap is verified")


@claim(
    "rule",
    "{which=Niet al die regels|Die regel|Die regels} {=konden|kon}[ {none=niet}] voor de hele "
    "periode in een bron worden nagegaan.",
)
def not_read(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many of the rules about days and hours that were broken were not read."""
    found = {item["code"] for item in facts.content["findings"]}
    broken = [
        rule["verified"]
        for rule in facts.content["compliance"]["rules"]
        if rule["code"] in found & {"forbidden_day", "outside_hours"}
    ]
    yield from demand(not all(broken), "all were read")
    yield from demand(("none" in said) == (not any(broken)), f"read: {broken}")
    yield from demand((said["which"] == "Die regel") == (len(broken) == 1), f"{len(broken)} rules")


@claim("rule", "Nee: niet voor de hele periode waarin is gebeld.")
def not_wholly(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that some rule was not read for every day of the calls."""
    rules = facts.content["compliance"]["rules"]
    yield from demand(any(rule["verified"] is False for rule in rules), "every rule was read")


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
    "Er is daarom geen klanttermijn te bepalen, en dit rapport stelt er geen voor.",
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


@claim(
    "rule",
    f"{{first={'|'.join(KINDS.values())}}}[{{others:text}}]: {{paragraph:text}}",
    where="item",
)
def ground(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check which kinds of relation count or do not, and why."""
    counts = not at.subject.startswith("Deze relaties tellen niet")
    alike = [
        KINDS[cell["kind"]]
        for cell in facts.content["relations"]["grounds"]
        if cell["ground"] == counts and cell["paragraph"] == said["paragraph"]
    ]
    named = f"{said['first']}{said.fields.get('others') or ''}"
    yield from demand(named == enumerated(alike), f"for this reason: {enumerated(alike)}")


@claim(
    "rule",
    "Dit voorstel geldt niet voor belpogingen vanaf {day:date}: vanaf die dag {then=is "
    "voorafgaande toestemming nodig|gelden andere regels}.",
    "De toegepaste regels gelden niet voor belpogingen vanaf {day:date}: vanaf die dag {then=is "
    "voorafgaande toestemming nodig|gelden andere regels}.",
)
def later_rules(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check from which day other rules hold, and whether they leave a ground."""
    later = facts.content["later_rules"]
    yield from said.is_day("day", later["starts_on"])
    told = said["then"] == "gelden andere regels"
    yield from demand(later["has_ground"] == told, f"ground: {later['has_ground']}")
    has_term = at.text.startswith("Dit voorstel")
    yield from demand(has_term == (facts.term is not None), f"the term is {facts.term}")


@claim(
    "rule",
    "Welke relaties meetellen, is niet na te gaan: uit de aangeleverde gegevens blijkt niet om "
    "welke soorten relaties het gaat[, en niet elke soort is een grond om te bellen].",
    "Dat is aangenomen; uit de gegevens blijkt niet welke relaties zijn geteld.",
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
