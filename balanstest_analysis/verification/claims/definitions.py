"""Sentences that define what is counted, from which day and within how many days."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.counted_from import ENDS, EVENT, ends_of, event_of
from balanstest_analysis.verification.claims.dutch_numbers import whole
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_counts, from_events
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    DEFINITIONS,
    PLURAL_UNITS,
    UNITS,
    enumerated,
)


@claim(
    "rule",
    f"Voltooide maanden sinds {EVENT} (de peildatum{ENDS}), "
    "{how=zoals de organisatie ze heeft geteld|naar de opgave van de organisatie bij elke "
    "belpoging|van dag tot dag gerekend}.",
    f"De maanden zijn geteld vanaf {EVENT}{ENDS}.",
)
def counted_from(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from what the months are counted, and by whom."""
    yield from said.is_text("event", event_of(facts))
    yield from said.is_text("ends", ends_of(facts))
    if "how" in said:
        yield from said.is_text("how", _reckoned(facts))


def _reckoned(facts: Facts) -> str:
    if from_counts(facts):
        return "zoals de organisatie ze heeft geteld"
    if from_events(facts):
        return "van dag tot dag gerekend"
    return "naar de opgave van de organisatie bij elke belpoging"


@claim(
    "rule",
    "Wie opnieuw {what=geeft|geeft of deelneemt|iets koopt of een dienst afneemt|koopt of geeft}, "
    "begint weer bij maand 0.",
)
def anew(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check who begins again, by what the months are counted from."""
    due = {"gift": "geeft", "gift of deelname": "geeft of deelneemt"}
    due["aankoop of afgenomen dienst"] = "iets koopt of een dienst afneemt"
    yield from said.is_text("what", due.get(event_of(facts), "koopt of geeft"))


@claim(
    "rule",
    "De {number:word} overzichten tellen dezelfde contacten: die waarvan de opvolgtermijnen "
    "({windows:text}) op {through:date} voorbij waren.",
    "Geteld zijn contacten waarvan de opvolgtermijnen ({windows:text}) op {through:date} voorbij "
    "waren.",
    "De overzichten tellen contacten waarvan de opvolgtermijnen ({windows:text}) op {through:date} "
    "voorbij waren.",
)
def follow_up(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the windows, and that the overviews do count the same contacts."""
    names = {"objection": "verzet", "complaint": "klachten"}
    given = [name for name in names if facts.outcome(name)["available"]]
    days = {name: facts.settings[f"{name}_window_days"] for name in names}
    due = [f"{days[n]} {'dag' if days[n] == 1 else 'dagen'} voor {names[n]}" for n in given]
    yield from said.is_text("windows", enumerated(due))
    yield from said.is_day("through", facts.content["data_through"])
    if "number" in said:
        shown = len(facts.shown)
        yield from demand(whole(said["number"]) == shown, f"{shown} overviews are shown")
        sums = [facts.total(name) for name in facts.shown]
        totals = {row.contacts for row in sums if row is not None}
        yield from demand(len(totals - {None}) <= 1, f"the contacts are {totals}")


@claim(
    "rule",
    f"Conversiepercentage: het deel van de {{unit={PLURAL_UNITS}}} waarop een {{event=verkoop of "
    "toezegging|gift, deelname of toezegging|verkoop, gift, deelname of toezegging} volgde "
    "({how:text}).",
)
def conversion(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how conversions are defined, and that they are of relations that count."""
    due = {"aankoop of afgenomen dienst": "verkoop", "aankoop of gift": "verkoop, gift, deelname"}
    event = due.get(event_of(facts), "gift, deelname")
    yield from said.is_text("event", f"{event} of toezegging")
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
    yield from said.is_text("how", DEFINITIONS[facts.settings["conversion_definition"]])


@claim(
    "rule",
    f"{{rate=Verzetpercentage|Klachtpercentage}}: het deel van de {{unit={PLURAL_UNITS}}} waarop "
    "{within=binnen|volgens de telling van de organisatie}[ {days:count} {=dagen|dag}] "
    "{what=verzet|een klacht} volgde.",
)
def burden(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check within how many days an objection or a complaint counts."""
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
    name = "objection" if said["rate"].startswith("Verzet") else "complaint"
    yield from demand((name == "objection") == (said["what"] == "verzet"), f"about {name}")
    if "days" in said:
        yield from said.is_whole("days", facts.settings[f"{name}_window_days"])
    yield from demand(("days" in said) == (said["within"] == "binnen"), "days without a window")


@claim(
    "rule",
    "Verzet is toegeschreven aan het laatste contact in de {objection:count} {=dagen|dag} ervoor, "
    "een klacht aan dat in de {complaint:count} {=dagen|dag} ervoor.",
)
def attribution(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check both windows."""
    yield from said.is_whole("objection", facts.settings["objection_window_days"])
    yield from said.is_whole("complaint", facts.settings["complaint_window_days"])


@claim(
    "rule",
    "Contacten waarbij die [{objection:count} of ]{complaint:count} {=dagen|dag} op de laatste dag "
    "van de gegevens nog niet voorbij waren, tellen voor die uitkomst niet mee.",
)
def young(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check both windows, of which one is told where they are the same."""
    objection, complaint = (
        facts.settings[f"{name}_window_days"] for name in ("objection", "complaint")
    )
    yield from said.is_whole("complaint", complaint)
    yield from demand((objection != complaint) == ("objection" in said), f"{objection} days")
    if "objection" in said:
        yield from said.is_whole("objection", objection)


@claim(
    "rule",
    f"De peildatum is de dag van {EVENT} die volgens de toegepaste regels meetelt en die vóór de "
    f"dag van het gesprek ligt{ENDS}.",
)
def reference_day(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check of which relations the end counts, in a report about calls."""
    yield from said.is_text("event", event_of(facts))
    yield from said.is_text("ends", ends_of(facts))
    yield from demand(from_events(facts), "no events were delivered")


@claim(
    "rule",
    "Een {event:text} op de dag van het gesprek zelf telt pas mee voor latere gesprekken.",
)
def same_day(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from what the months are counted, in a report about calls."""
    yield from said.is_text("event", event_of(facts))
    yield from demand(from_events(facts), "no events were delivered")


@claim(
    "rule",
    "Het conversiepercentage overschat de opbrengst waarschijnlijk: een deel van de mensen zou ook "
    "zonder gesprek weer {what=hebben gegeven of deelgenomen|hebben gegeven|hebben gekocht of "
    "gegeven|iets hebben gekocht of een dienst hebben afgenomen}.",
)
def anyway(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what people do again, by what the months are counted from; there is a term."""
    due = {
        "gift": "hebben gegeven",
        "gift of deelname": "hebben gegeven of deelgenomen",
        "aankoop of afgenomen dienst": "iets hebben gekocht of een dienst hebben afgenomen",
        "aankoop of gift": "hebben gekocht of gegeven",
    }
    yield from said.is_text("what", due[event_of(facts)])
    yield from demand(facts.term is not None, "there is no term")


@claim(
    "rule",
    f"Geteld worden {{unit={PLURAL_UNITS}}}.",
    f"De organisatie leverde per maand het aantal {{unit={PLURAL_UNITS}}} aan.",
)
def unit(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what is counted."""
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
