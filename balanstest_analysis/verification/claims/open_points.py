"""What is still open, in one list: what is told is open, and what is open is told."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.breaches import contacts_beyond_cap
from balanstest_analysis.verification.claims.cards import CHANGED, FIRST
from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.decision import decided
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_counts
from balanstest_analysis.verification.claims.page import Page, Passage

SECTION = "Wat nog openstaat"


def _stands_there(at: Passage) -> Iterator[str]:
    yield from demand(at.section == SECTION, f"this stands in {at.section!r}")


@claim(
    "rule",
    "Het advies van het Compliance Comité over de aanvraag voor een termijn van {asked:count} "
    "maanden.",
)
def advice(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that an advice is asked for, and for which term."""
    yield from _stands_there(at)
    yield from demand(facts.is_request, "nothing is asked for")
    yield from said.is_whole("asked", facts.asked)


@claim(
    "words",
    "Een besluit over de gevraagde termijn: het besluit van de organisatie gaat niet verder dan "
    "{term:count} {=maanden|maand}.",
)
def decision(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that more is asked for than was decided."""
    yield from _stands_there(at)
    yield from said.is_whole("term", decided(facts))
    yield from demand(_is_below(facts), f"{facts.asked} months are asked for")


def _is_below(facts: Facts) -> bool:
    found = facts.content["decision"]
    if not facts.is_request or found["status"] != "decided":
        return False
    return decided(facts) < (facts.asked or 0)


@claim("observed", "Cijfers over {months:months}, die onder de gevraagde termijn vallen.")
def unseen(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check which of the months that are asked for lie beyond the rows."""
    yield from _stands_there(at)
    yield from said.is_stretch("months", *_unseen(facts))


def _unseen(facts: Facts) -> tuple[int, int]:
    last = facts.common_ends[-1] if facts.common_ends else facts.starts
    return last + 1, (facts.asked or 0) - 1


@claim("rule", "Of een lidmaatschap in de zin van de wet een gift is, staat niet vast.")
def membership(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that memberships are taken for gifts."""
    yield from _stands_there(at)
    reason = facts.content["relations"]["membership_reason"]
    yield from demand(reason is not None, "memberships do not count as gifts")


@claim(
    "rule",
    "Of een latere versie van de Code Telemarketing de grens van {cap:count} maanden wijzigt, is "
    "niet nagegaan.",
)
def cap(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the cap, and that its source could not be verified."""
    yield from _stands_there(at)
    yield from said.is_whole("cap", facts.cap)
    yield from demand(not facts.regime["cap_verified"], "the cap is verified")


@claim("words", "Hoe de aangeleverde aantallen zijn geteld, is niet nagegaan.")
def as_delivered(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that counts were delivered."""
    yield from _stands_there(at)
    yield from demand(from_counts(facts), "calls were delivered")


BEFORE = "gesteld voordat de uitkomsten bekend waren, is niet na te gaan: "
NONE_EARLIER = "er is geen eerder rapport gevonden"


@claim(
    "words",
    f"Of het {{one=criterium}} {{names:text}} is {BEFORE}{{=er is geen eerder rapport gevonden|in "
    "het vorige rapport stond deze eis niet, of anders}.",
    f"Of de criteria[ {{names:text}}] zijn {BEFORE}{{=er is geen eerder rapport gevonden|in het "
    "vorige rapport stonden deze eisen niet, of anders}.",
)
def stated_when(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that these are criteria; of which it is open, the cards tell."""
    yield from _stands_there(at)
    names = {item.name for item in facts.criteria}
    if "names" in said:
        told = said["names"].replace("’ en ‘", "’, ‘").removeprefix("‘").removesuffix("’")
        found = [told] if told in names else told.split("’, ‘")
        yield from demand(set(found) <= names, f"there are {sorted(names)}")
        yield from demand((len(found) == 1) == ("one" in said), f"there are {len(found)}")


@claim("words", "Over welke jaren de aangeleverde aantallen gaan, is niet vermeld.")
def years_of_counts(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that counts were delivered, which have months and no years."""
    yield from _stands_there(at)
    yield from demand(from_counts(facts), "calls were delivered")


@claim(
    "observed",
    "Of er een positief advies van het Compliance Comité was om in maand {first:count} of later te "
    "bellen, is niet bekend.",
)
def advice_unknown(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that printed rows of counts lie beyond the cap, and with which month they begin."""
    yield from _stands_there(at)
    found = contacts_beyond_cap(facts)
    yield from said.is_whole("first", None if found is None else found.first)


@claim("words", "Zie ‘De gevraagde maanden’.")
def see_requested(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that something is asked for."""
    yield from demand(facts.is_request, "nothing is asked for")


@claim("words", "De ondertekening; zie ‘Besluit en vaststelling’.")
@claim("words", "Er staat niets meer open.")
def signatures(_said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check where it stands; whether it is so, the page tells."""
    yield from _stands_there(at)


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield what is open and not in the list, and a list that says two things.

    Args:
        page: of the report.
        facts: of its result.
    """
    listed = [one.text for one in page.passages if one.section == SECTION][1:]
    due = {
        "Het advies van het Compliance": facts.is_request,
        "Een besluit over de gevraagde": _is_below(facts),
        "Cijfers over": facts.is_request and _unseen(facts)[0] <= _unseen(facts)[1],
        "Of een lidmaatschap": facts.content["relations"]["membership_reason"] is not None,
        "Of een latere versie": _is_cap_open(facts),
        "Hoe de aangeleverde aantallen": from_counts(facts),
        "Over welke jaren": from_counts(facts),
        "Of er een positief advies": contacts_beyond_cap(facts) is not None,
        "NOG IN TE VULLEN": bool(facts.content["gaps"]),
        "De ondertekening": "review.signatories" not in facts.content["gaps"],
        "Er staat niets meer open": not listed or (len(listed) == 1 and listed[0].startswith("Er")),
    }
    yield from _as_on_the_cards(page, facts, listed)
    for words, is_open in due.items():
        if any(line.startswith(words) for line in listed) != is_open:
            yield f"of what is open, {words!r} is {'not ' if is_open else ''}told"


def _as_on_the_cards(page: Page, facts: Facts, listed: list[str]) -> Iterator[str]:
    """Yield where the list names other criteria than the cards find in no earlier report."""
    found: dict[str, str] = {}
    name = ""
    for one in page.passages:
        name = one.text if one.kind == "card" else name
        if one.term == "Eis geldt sinds" and one.text in (FIRST, CHANGED):
            found[name] = one.text
    told = [line for line in listed if BEFORE in line]
    if bool(found) != bool(told):
        yield f"stated in no earlier report are {sorted(found)}, that is told: {told}"
    for line in told:
        named = {item.name for item in facts.criteria if f"‘{item.name}’" in line}
        named = named or {item.name for item in facts.criteria}
        if named != set(found) or (FIRST in found.values()) != line.endswith(f"{NONE_EARLIER}."):
            yield f"stated in no earlier report are {sorted(found)}, told is {line!r}"


def _is_cap_open(facts: Facts) -> bool:
    return facts.cap is not None and facts.term is not None and not facts.regime["cap_verified"]
