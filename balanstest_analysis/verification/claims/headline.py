"""Sentences that tell the outcome: titles of the proposal, its meaning, and the route."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.counted_from import ENDS, EVENT, ends_of, event_of
from balanstest_analysis.verification.claims.facts import UNTESTED, Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import CONDITIONS


def open_conditions(facts: Facts) -> bool:
    """Return whether a condition of the exception is unanswered."""
    return bool(_open(facts))


def _open(facts: Facts) -> list[str]:
    return [code for code in facts.content["gaps"] if code.startswith("conditions.")]


def for_a_lawyer(facts: Facts) -> list[str]:
    """Return the conditions that are left to a lawyer."""
    if not facts.regime["needs_ground"]:
        return []
    answers = facts.content["conditions"].items()
    return [name for name, answer in answers if answer == "for_a_lawyer"]


def is_provisional(facts: Facts) -> bool:
    """Return whether something open may end the term."""
    rests = facts.content["relations"]["membership_reason"] is not None
    return facts.proposal["status"] == "proposed_incomplete" or open_conditions(facts) or rests


@claim(
    "tested",
    "{kind=Voorlopig voorstel|Voorstel}: een klanttermijn van ten hoogste {term:count} "
    "{noun=maanden|maand}{lawyer=, onder voorbehoud van een juridisch oordeel|}",
    where="title",
)
def proposed(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the proposed term, and whether it is preliminary."""
    yield from said.is_whole("term", facts.term)
    yield from demand((facts.term == 1) == (said["noun"] == "maand"), f"the term is {facts.term}")
    provisional = is_provisional(facts)
    yield from demand(provisional == said["kind"].startswith("Voorl"), f"open: {provisional}")
    lawyer = bool(for_a_lawyer(facts))
    yield from demand(lawyer == bool(said["lawyer"]), f"for a lawyer: {lawyer}")
    yield from demand(not facts.is_request, "a longer term is asked for")
    yield from demand(facts.proposal["status"].startswith("proposed"), facts.proposal["status"])


@claim("rule", "Geen klanttermijn: bellen zonder voorafgaande toestemming is niet toegestaan")
def not_allowed(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is no ground to call."""
    yield from demand(facts.proposal["status"] == "not_allowed", facts.proposal["status"])


@claim(
    "rule",
    "Geen balanstest vereist: het belbestand is ontdubbeld met het Bel-me-niet Register",
    "Zolang met het Bel-me-niet Register wordt ontdubbeld, is er geen termijn vast te leggen of "
    "aan te vragen.",
    "Volgens het dossier belt de organisatie niemand die in het Bel-me-niet Register staat.",
    "Wie zo ontdubbelt, hoeft volgens de oude versie van het sjabloon geen balanstest te doen.",
    "De uitkomst hieronder geldt als daarvan wordt afgeweken.",
    "De organisatie verklaart dat zij met het register ontdubbelt; dat is niet aan de aangeleverde "
    "gegevens getoetst.",
)
def register(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the register takes the place of a test."""
    yield from demand(facts.regime["needs_no_test"], "these rules ask for a test")


@claim(
    "tested",
    "Uit de criteria volgt dan een klanttermijn van ten hoogste {term:count} {=maanden|maand}.",
)
def term_otherwise(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the term that would follow without the register."""
    yield from said.is_whole("term", facts.term)


@claim("tested", "Een voorstel is er dan nog niet.")
def none_yet_otherwise(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a criterion is untested."""
    yield from demand(facts.proposal["status"] == "undetermined", facts.proposal["status"])


@claim(
    "tested",
    "Geen voorstel: de gegevens onderbouwen geen klanttermijn",
    "De gegevens onderbouwen dan geen klanttermijn.",
    "Dit rapport stelt daarom geen termijn voor.",
    "Met deze criteria onderbouwen de gegevens geen enkele termijn.",
    "De organisatie kan zich bij het bellen van oud-klanten dan niet op deze test beroepen.",
)
def no_term(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the data refute a criterion."""
    yield from demand(facts.proposal["status"] == "no_term", facts.proposal["status"])
    yield from demand(facts.term is None, f"the term is {facts.term}")


@claim("tested", "Nog geen voorstel: het criterium {name:quoted} kon niet worden getoetst")
def one_untested(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that one criterion is untested."""
    yield from demand(facts.proposal["status"] == "undetermined", facts.proposal["status"])
    untested = facts.proposal["untested"]
    yield from demand(untested == [said["name"][1:-1]], f"untested are {untested}")


@claim(
    "tested",
    "Nog geen voorstel: {which=geen enkel criterium kon|niet alle criteria konden} worden getoetst",
)
def several_untested(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many criteria are untested."""
    yield from demand(facts.proposal["status"] == "undetermined", facts.proposal["status"])
    yield from demand(len(facts.proposal["untested"]) != 1, f"{facts.proposal['untested']}")
    untested = sum(item.status in UNTESTED for item in facts.criteria)
    every = untested == len(facts.criteria)
    yield from demand(every == said["which"].startswith("geen"), f"{untested} are untested")


@claim(
    "tested",
    "Aanvraag voor {asked:count} {=maanden|maand}: "
    "{how=de gegevens onderbouwen deze termijn niet|"
    "de gegevens onderbouwen deze termijn volgens de eigen criteria|"
    "de aanvraag berust alleen op een redenering|"
    "onderbouwd voor zover getoetst, maar niet alles is getoetst|"
    "voorlopig onderbouwd; niet alle voorwaarden zijn beantwoord|"
    "voorlopig onderbouwd; geen van de vijf voorwaarden is beantwoord|"
    "voorlopig onderbouwd; een uitleg van de wet staat niet vast}",
    where="title",
)
def asked(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what is asked for, and whether the criteria without the cap support it."""
    yield from said.is_whole("asked", facts.asked)
    yield from demand(facts.is_request, "nothing beyond the cap is asked for")
    due = _support(facts)
    yield from demand(said["how"] == due, f"due is {due!r}")


def _support(facts: Facts) -> str:
    carried = (facts.uncapped or 0) >= (facts.asked or 0)
    if not carried:
        return "de gegevens onderbouwen deze termijn niet"
    if not any(item.is_tested for item in facts.criteria):
        return "de aanvraag berust alleen op een redenering"
    if facts.proposal["status"] == "proposed_incomplete":
        return "onderbouwd voor zover getoetst, maar niet alles is getoetst"
    if open_conditions(facts):
        every = len(_open(facts)) == len(CONDITIONS)
        told = "geen van de vijf voorwaarden is" if every else "niet alle voorwaarden zijn"
        return f"voorlopig onderbouwd; {told} beantwoord"
    if is_provisional(facts):
        return "voorlopig onderbouwd; een uitleg van de wet staat niet vast"
    return "de gegevens onderbouwen deze termijn volgens de eigen criteria"


@claim(
    "words",
    f"Een termijn van {{term:count}} {{=maanden|maand}} omvat {{=alleen maand|de maanden}} "
    f"{{first:count}}[ tot en met {{last:count}}], geteld vanaf {EVENT}{ENDS}.",
)
def meaning(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which months a term is."""
    yield from said.is_whole("term", facts.term)
    yield from said.is_whole("first", 0)
    last = said.whole("last") if "last" in said else 0
    yield from demand(last == (facts.term or 0) - 1, f"the last month is {(facts.term or 0) - 1}")
    yield from said.is_text("event", event_of(facts))
    yield from said.is_text("ends", ends_of(facts))


@claim(
    "observed",
    "Dat is gelijk aan de huidige termijn van {current:count} {=maanden|maand}.",
    "Dat is {months:count} {=maanden|maand} {way=korter|langer} dan de huidige termijn van "
    "{current:count} {=maanden|maand}"
    "{=; voor een langere termijn is een nieuwe motivering nodig|}.",
)
def compared(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the proposed term beside the present one."""
    current = facts.proposal["current_term_months"]
    yield from said.is_whole("current", current)
    difference = (facts.term or 0) - current
    if "months" not in said.fields:
        yield from demand(difference == 0, f"the difference is {difference}")
        return
    yield from said.is_whole("months", abs(difference))
    yield from demand((difference > 0) == (said["way"] == "langer"), f"it differs {difference}")


@claim("rule", "De organisatie vraagt een termijn van {asked:count} {=maanden|maand} aan.")
def what_is_asked(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the term asked for."""
    yield from said.is_whole("asked", facts.asked)


@claim(
    "tested",
    "Uit de criteria volgt {how=een termijn van|niet meer dan} {months:count} {=maanden|maand}.",
)
def follows(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what the criteria support without the cap."""
    yield from said.is_whole("months", facts.uncapped)
    carried = (facts.uncapped or 0) >= (facts.asked or 0)
    yield from demand(carried == said["how"].startswith("een"), f"asked is {facts.asked}")


@claim(
    "rule",
    "Het voorstel {way=zelf is|is daarom} ten hoogste {term:count} {=maanden|maand}.",
)
def without_advice(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the term without an advice."""
    yield from said.is_whole("term", facts.term)
    more = (facts.uncapped or 0) > (facts.term or 0)
    yield from demand(more == (said["way"] == "zelf is"), f"uncapped is {facts.uncapped}")


@claim(
    "rule",
    "Volgens haar opgave is maand m het aantal voltooide maanden sinds de laatste "
    "{event:text} (de peildatum).",
)
def counted_from(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the event that the months of delivered counts begin with."""
    yield from said.is_text("event", event_of(facts))


@claim(
    "rule",
    "Voor een termijn van {how=ten hoogste|meer dan} {cap:count} {=maanden|maand} is "
    "{what=geen advies van het Compliance Comité nodig: de balanstest blijft in het eigen dossier|"
    "vooraf een positief advies van het Compliance Comité nodig; aan een aanvraag zijn kosten "
    "verbonden}.",
)
def route(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the cap, and whether an advice is needed."""
    yield from said.is_whole("cap", facts.cap)
    yield from demand(facts.is_request == (said["how"] == "meer dan"), facts.proposal["route"])
    yield from demand(facts.is_request == said["what"].startswith("vooraf"), "the route")


@claim(
    "rule",
    "Deze regels kennen geen vaste grens.",
    "Deze regels kennen geen vaste grens in maanden.",
    "De balanstest blijft in het eigen dossier; het komt erop aan of redelijkerwijs nog van een "
    "klantrelatie kan worden gesproken.",
)
def no_cap(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the rules have no cap."""
    yield from demand(facts.cap is None, f"the cap is {facts.cap}")


@claim("rule", "Een aanvraag bij het Compliance Comité verandert daar niets aan.")
def no_request(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that nothing may be asked for."""
    yield from demand(facts.proposal["route"] == "not_allowed", facts.proposal["route"])


@claim("rule", "Zonder voorstel is er geen termijn om vast te leggen of aan te vragen.")
def nothing_to_lay_down(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is no term."""
    yield from demand(facts.term is None, f"the term is {facts.term}")


@claim(
    "words",
    "De afweging maakt de organisatie zelf{where=, in onderdeel 4|; onderdeel 4, waarin zij hoort "
    "te staan, is nog niet ingevuld}.",
)
def decides(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is a proposal to decide upon, and whether section 4 is filled in."""
    yield from demand(facts.term is not None, "there is no proposal")
    is_open = "4" in facts.content["gaps"]
    yield from demand(is_open == said["where"].startswith(";"), f"section 4 is open: {is_open}")


@claim(
    "rule",
    "{which=Niet alle voorwaarden zijn|Geen van de vijf voorwaarden is} beantwoord.",
    "Is aan één daarvan niet voldaan, dan kan de organisatie zich niet op de klantrelatie beroepen "
    "en is er geen termijn.",
)
def unanswered(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a condition is unanswered, and none answered where that is said."""
    yield from demand(open_conditions(facts), "all conditions are answered")
    if "which" in said:
        yield from demand(
            said["which"].startswith("Geen") == (len(_open(facts)) == len(CONDITIONS)),
            f"unanswered are {_open(facts)}",
        )
