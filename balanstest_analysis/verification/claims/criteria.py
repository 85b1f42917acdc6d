"""Sentences about criteria: what they demand, what was shown, and what was estimated."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.data_end import few_or_none
from balanstest_analysis.verification.claims.facts import OVERALL, Criterion, Facts
from balanstest_analysis.verification.claims.norms import norm_faults
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    SUBJECTS,
    TERMS,
)


def criterion_at(facts: Facts, at: Passage) -> Criterion:
    """Return the criterion that the sentences before are about.

    Raises:
        KeyError: they are about none.
    """
    found = facts.criterion(at.subject)
    if found is None:
        raise KeyError(f"no criterion is named before: {at.subject!r}")
    return found


def shown_through(said: Said, facts: Facts, item: Criterion) -> Iterator[str]:
    """Yield what does not hold of a month up to which a criterion is shown."""
    yield from demand(item.is_tested, f"the criterion is {item.status}")
    yield from said.is_whole("shown", None if item.term is None else item.term - 1)
    yield from said.shows_rate("level", facts.level)


@claim("rule", "De eis: {norm:text}.")
def the_demand(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check what a criterion demands."""
    yield from norm_faults(said["norm"], criterion_at(facts, at), facts)


@claim(
    "argued",
    "Dit criterium berust op een redenering en niet op gegevens; er volgt een termijn van "
    "{term:count} {=maanden|maand} uit.",
)
def argued(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check a term that rests on words."""
    item = criterion_at(facts, at)
    yield from demand(item.is_argued, f"the criterion is of kind {item.kind}")
    yield from said.is_whole("term", item.term)


@claim(
    "tested",
    "Aangetoond (betrouwbaarheid {level:percentage}) is dat hieraan wordt voldaan tot en met maand "
    "{shown:count}.",
)
def shown(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check up to which month a criterion is shown, and that no estimate was left out."""
    yield from shown_through(said, facts, criterion_at(facts, at))


@claim(
    "fitted",
    "Volgens de schatting wordt hieraan voldaan tot en met maand {estimate:count}; aangetoond "
    "(betrouwbaarheid {level:percentage}) is dat tot en met maand {shown:count}.",
    "Volgens de schatting wordt hieraan voldaan tot en met maand {estimate:count}; dat is ook "
    "aangetoond (betrouwbaarheid {level:percentage}).",
    "Volgens de schatting wordt hieraan voldaan in {all=alle} maanden met voldoende gegevens; "
    "aangetoond (betrouwbaarheid {level:percentage}) is dat tot en met maand {shown:count}.",
)
def estimated(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check up to which month the estimate satisfies a criterion, and up to which it is shown."""
    item = criterion_at(facts, at)
    if "all" in said:
        yield from demand(item.holds_throughout, f"crossing is {item.content['crossing']}")
    else:
        yield from said.is_whole("estimate", item.estimated_last)
    if "shown" in said:
        yield from shown_through(said, facts, item)
    else:
        yield from demand(item.estimated_last == (item.term or 0) - 1, f"shown is {item.term} - 1")
        yield from said.shows_rate("level", facts.level)


@claim(
    "tested",
    "Voor latere maanden zijn er {few=te weinig|geen} contacten om dat aan te tonen.",
    "Voor een langere termijn zijn er geen gegevens.",
)
def data_end(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the data end before the criterion fails, and whether there are any after it."""
    item = criterion_at(facts, at)
    yield from demand(item.status == "not_reached_in_data", f"the criterion is {item.status}")
    if "few" in said:
        yield from said.is_text("few", few_or_none(facts, item.term))


@claim(
    "tested",
    "Over {months:months}{=| samen} is aangetoond (betrouwbaarheid {level:percentage}) dat hieraan "
    "wordt voldaan.",
)
def shown_overall(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check over which months together a criterion is shown."""
    item = criterion_at(facts, at)
    yield from demand(item.kind == OVERALL and item.is_tested, f"{item.kind}, {item.status}")
    yield from said.is_stretch("months", 0, (item.term or 0) - 1)
    yield from said.shows_rate("level", facts.level)


@claim(
    "tested",
    f"Dit is niet getoetst: er zijn geen gegevens over {{subject={SUBJECTS}|een van de "
    f"uitkomsten}} aangeleverd.",
)
def not_tested(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a criterion is untested for want of an outcome."""
    item = criterion_at(facts, at)
    yield from demand(item.status == "no_outcome_data", f"the criterion is {item.status}")
    due = TERMS[item.outcome].subject if item.outcome else "een van de uitkomsten"
    yield from said.is_text("subject", due)
    if item.outcome:
        available = facts.outcome(item.outcome)["available"]
        yield from demand(not available, f"{item.outcome} was delivered")


@claim(
    "tested",
    "Er zijn te weinig gegevens om aan te tonen (betrouwbaarheid {level:percentage}) dat hieraan "
    "wordt voldaan; dat er niet aan wordt voldaan, volgt daar niet uit.",
)
def too_little(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a criterion is untested for want of data."""
    item = criterion_at(facts, at)
    yield from demand(item.status == "too_little_data", f"the criterion is {item.status}")
    yield from said.shows_rate("level", facts.level)


@claim(
    "tested",
    "Een toets vraagt {about=ongeveer|ten minste ongeveer} {needed:count} {=contacten|contact} "
    "{how=binnen hooguit zes opeenvolgende maanden|in de eerste maanden die samen de helft "
    "van alle contacten bevatten, en meer naarmate wat is waargenomen dichter bij de grens ligt}.",
)
def needed(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check how many contacts a test takes."""
    item = criterion_at(facts, at)
    yield from said.is_whole("needed", item.content["contacts_needed"])
    overall = item.kind == OVERALL
    yield from demand(overall == said["how"].startswith("in de"), f"kind {item.kind}")
    more = overall or item.content["last_month_with_evidence"] is not None
    yield from demand(more == said["about"].startswith("ten"), f"more are needed: {more}")


@claim(
    "tested",
    "Contacten die samenhangen, zoals die met dezelfde persoon of binnen één campagne, tellen "
    "daarbij voor minder.",
)
def counted_for_less(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that it follows on a number of contacts that may seem to be there."""
    item = criterion_at(facts, at)
    there = item.kind != OVERALL and item.content["last_month_with_evidence"] is not None
    yield from demand(not there, "enough contacts are there, however they are counted")


@claim(
    "observed",
    "De {contacts:count} contacten van alle maanden samen tellen zo voor ongeveer {less:count}.",
)
def count_for(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check for how many contacts those of all months count, by the design effect that is told."""
    item = criterion_at(facts, at)
    total = facts.total(item.outcome or "")
    effect = None if total is None else total.stated_effect
    if total is None or total.contacts is None or effect is None or effect <= 1:
        yield "no contacts with a design effect are told"
        return
    yield from said.is_whole("contacts", total.contacts)
    yield from said.is_whole("less", int(float(f"{total.contacts / effect:.2g}")))


@claim(
    "observed",
    "Die zijn er, maar wat is waargenomen ligt zo dicht bij de grens dat meer contacten nodig "
    "zijn.",
)
def close(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the contacts that a test takes are there."""
    last = criterion_at(facts, at).content["last_month_with_evidence"]
    yield from demand(last is not None, "they are not there")


@claim("tested", "Voor het criterium {name:quoted} zijn er te weinig gegevens.")
def too_little_for(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a criterion is untested for want of data."""
    item = facts.criterion(said["name"][1:-1])
    yield from demand(item is not None and item.status == "too_little_data", f"{item}")


@claim("tested", "Uit dit criterium volgt daarom geen termijn.")
def no_term_follows(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a criterion gives no term."""
    item = criterion_at(facts, at)
    yield from demand(item.term is None, f"a term of {item.term} follows")


@claim(
    "observed",
    "De waarnemingen in de rij vanaf maand {month:count} spreken dit criterium zelf tegen.",
    "Geen enkele kromme beschrijft deze gegevens, en in de rij vanaf maand {unshown:count} laten "
    "de waarnemingen zelf niet zien dat nog aan het criterium wordt voldaan.",
)
def brake(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the row in which a term ends."""
    name = "month" if "month" in said.fields else "unshown"
    key = {"month": "contradicted_from_month", "unshown": "unshown_from_month"}[name]
    yield from said.is_whole(name, criterion_at(facts, at).content[key])


# where a reason is that of a change of the criteria, and a criterion is named before
CHANGES = (
    "Wat tegen het voorstel pleit",
    "Wat tegen de aanvraag pleit",
    "Wat tegen het besluit pleit",
    "Wijzigingen van de criteria",
)


@claim("argued", "Reden van de organisatie: {reason:text}", where="item paragraph")
def reason(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a reason is that of the criterion, or another one that was given."""
    item = facts.criterion(at.subject)
    if item is None or at.section in CHANGES:
        yield from demand(said["reason"] in facts.own_words, "the result has no such reason")
    else:
        yield from said.is_text("reason", " ".join(str(item.content["reason"]).split()))
