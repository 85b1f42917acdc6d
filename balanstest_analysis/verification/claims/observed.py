"""Sentences about counted rows: totals, first and last months, and what their intervals allow."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, compiled, demand
from balanstest_analysis.verification.claims.facts import Facts, Row, are_mixed
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    ANY_UNITS,
    NONES,
    NOUNS,
    PLURAL_UNITS,
    RATES,
    RESULTS,
    TERMS,
    UNITS,
    outcome_called,
)

LEVEL = "{level:percentage}-interval"


def outcome_at(at: Passage) -> str:
    """Return the outcome of the section in which a sentence stands.

    Raises:
        KeyError: it stands under no outcome.
    """
    for outcome, terms in TERMS.items():
        if at.section.startswith(terms.question):
            return outcome
    raise KeyError(at.section)


def agrees_with_section(outcome: str, at: Passage) -> Iterator[str]:
    """Yield a fault where a sentence about an outcome stands in the section of another."""
    if at.section[:3] in {f"{terms.question}." for terms in TERMS.values()}:
        yield from demand(outcome == outcome_at(at), f"this stands in section {at.section}")


def total_of(facts: Facts, outcome: str) -> Row:
    """Return all rows of an outcome together.

    Raises:
        KeyError: the result has no total.
    """
    total = facts.total(outcome)
    if total is None or are_mixed(facts.rows(outcome)):
        raise KeyError(f"total of {outcome}")
    return total


def agrees_in_number(said: Said, count: str, noun: str) -> Iterator[str]:
    """Yield a fault where one thing is called many, or many one."""
    singular = {terms.one for terms in TERMS.values()} | {one for one, _ in UNITS.values()}
    is_one = said.whole(count) == 1
    yield from demand(is_one == (said[noun] in singular), f"{said[count]} {said[noun]}")


def counted_unit(said: Said, facts: Facts) -> Iterator[str]:
    """Yield a fault where contacts are called what the settings do not count."""
    yield from demand(
        said["unit"] in UNITS[facts.settings["denominator"]],
        f"the result counts {facts.settings['denominator']}",
    )


@claim(
    "observed",
    f"Over alle maanden samen {{=waren|was}} er {{events:count}} {{noun={NOUNS}}} op "
    f"{{contacts:count}} {{unit={ANY_UNITS}}}.",
)
def total(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the total of an outcome."""
    outcome = outcome_called(said["noun"])
    row = total_of(facts, outcome)
    yield from agrees_with_section(outcome, at)
    yield from agrees_in_number(said, "events", "noun")
    yield from counted_unit(said, facts)
    yield from said.is_whole("events", row.events)
    yield from said.is_whole("contacts", row.contacts)


@claim(
    "observed",
    f"Dat is {{rate:percentage}} ({LEVEL}: {{lower:percentage}} tot {{upper:percentage}}).",
)
def rate_of_total(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the rate and the interval of a total, which is that of its section."""
    row = total_of(facts, outcome_at(at))
    yield from said.shows_rate("rate", row.rate)
    yield from said.shows_rate("level", facts.level)
    yield from said.shows_rate("lower", row.lower)
    yield from said.shows_rate("upper", row.upper)
    if row.events is not None and row.contacts:
        yield from said.shows_rate("rate", row.events / row.contacts)


@claim("observed", "Dat is ten hoogste {upper:percentage}.")
def total_at_most(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check a total whose rate is only known to be at most so much."""
    row = total_of(facts, outcome_at(at))
    yield from demand(row.rate is None, f"the rate is {row.rate}")
    yield from said.shows_rate("upper", row.upper)


@claim(
    "observed",
    f"Over alle maanden samen waren er minder dan {{least:count}} {{noun={NOUNS}}} op "
    f"{{contacts:count}} {{unit={ANY_UNITS}}}; de bovengrens van het {{name={RATES}}} is "
    "{upper:percentage}.",
)
def few_in_total(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check a total that is too small to tell."""
    outcome = outcome_called(said["noun"])
    row = total_of(facts, outcome)
    yield from agrees_with_section(outcome, at)
    yield from demand(outcome == outcome_called(said["name"]), "two outcomes in one sentence")
    yield from hidden_as(row, "few")
    yield from said.is_whole("least", facts.minimum)
    yield from said.is_whole("contacts", row.contacts)
    yield from said.shows_rate("upper", row.upper)


@claim(
    "observed",
    f"Over alle maanden samen werden alle {{contacts:count}} {{unit={ANY_UNITS}}} op minder dan "
    f"{{least:count}} na gevolgd door {{result={RESULTS}}}; daarom wordt het aantal niet "
    "gepubliceerd.",
    f"Over alle maanden samen wordt het aantal {{noun={NOUNS}}} op {{contacts:count}} "
    f"{{unit={ANY_UNITS}}} niet gepubliceerd, omdat daaruit een klein aantal zou volgen.",
)
def hidden_total(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check a total that is hidden for its complement, or because it tells another count."""
    is_complement = "least" in said.fields
    outcome = outcome_called(said["result"] if is_complement else said["noun"])
    row = total_of(facts, outcome)
    yield from agrees_with_section(outcome, at)
    yield from said.is_whole("contacts", row.contacts)
    if is_complement:
        yield from hidden_as(row, "few_others")
        yield from said.is_whole("least", facts.minimum)
    else:
        yield from hidden_as(row, "tells_another", "not_recorded", "unknown")


@claim(
    "observed",
    "De aantallen over alle maanden samen worden niet gepubliceerd, omdat daaruit een klein aantal "
    "zou volgen.",
)
def no_total(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the contacts of a total are hidden, and not because they are few."""
    row = total_of(facts, outcome_at(at))
    yield from demand(row.contacts is None, f"the contacts are {row.contacts}")
    yield from demand(row.contacts_hidden != "few", "the contacts are few")


@claim(
    "observed",
    f"Over alle maanden samen was er op {{contacts:count}} {{unit={ANY_UNITS}}} {{none={NONES}}}.",
)
def none_in_total(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that an outcome never occurred."""
    outcome = outcome_called(said["none"])
    row = total_of(facts, outcome)
    yield from agrees_with_section(outcome, at)
    yield from demand(row.events == 0, f"the result has {row.events} events")
    yield from said.is_whole("contacts", row.contacts)


@claim(
    "observed",
    f"Dat sluit {{noun=conversies|verzet|klachten}} niet uit: het werkelijke {{name={RATES}}} kan "
    f"tot {{upper:percentage}} zijn (bovengrens van het {LEVEL}).",
)
def not_ruled_out(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the upper limit of an outcome that never occurred."""
    row = total_of(facts, outcome_at(at))
    yield from demand(outcome_called(said["name"]) == outcome_at(at), "of another outcome")
    yield from said.shows_rate("upper", row.upper)
    yield from said.shows_rate("level", facts.level)


def hidden_as(row: Row, *reasons: str) -> Iterator[str]:
    """Yield a fault where the events of a row are told, or hidden for another reason."""
    if row.events is not None:
        yield f"the result tells the {row.events} events"
    elif row.events_hidden not in reasons:
        yield f"the events are hidden as {row.events_hidden!r}"


VERBS = "volgde op|was er op|waren het er|werden alle|wordt het aantal"
LIMITS = "[ ({lower:percentage} tot {upper:percentage})]"
CLAUSES = (
    f"volgde op {{rate:percentage}} van de {{unit={PLURAL_UNITS}}} {{result={RESULTS}}}{LIMITS}",
    f"volgde op ten hoogste {{most:percentage}} van de {{unit={PLURAL_UNITS}}} "
    f"{{result={RESULTS}}}",
    f"was dat {{rate:percentage}}{LIMITS}",
    "was dat ten hoogste {most:percentage}",
    f"was er op {{contacts:count}} {{unit={ANY_UNITS}}} {{none={NONES}}} (het werkelijke "
    f"{{name={RATES}}} kan tot {{most:percentage}} zijn)",
    "waren het er minder dan {least:count}, met een bovengrens van {most:percentage}",
    f"werden alle {{contacts:count}} {{unit={ANY_UNITS}}} op minder dan {{least:count}} na gevolgd "
    f"door {{result={RESULTS}}}",
    "wordt het aantal niet gepubliceerd",
)


@claim(
    "observed",
    f"In {{first:months}} {{verb={VERBS}}} {{one:text}}; in {{last:months}} "
    f"{{second=was dat|{VERBS}}} {{other:text}}.",
)
def first_and_last(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the first and the last row of an outcome."""
    outcome = outcome_at(at)
    rows = facts.rows(outcome)
    yield from said.is_stretch("first", rows[0].first, rows[0].last)
    yield from said.is_stretch("last", rows[-1].first, rows[-1].last)
    yield from clause(f"{said['verb']} {said['one']}", rows[0], outcome, facts)
    yield from clause(f"{said['second']} {said['other']}", rows[-1], outcome, facts)


def clause(text: str, row: Row, outcome: str, facts: Facts) -> Iterator[str]:
    """Yield what of a clause about a row does not hold."""
    found = next(filter(None, (compiled(one).fullmatch(text) for one in CLAUSES)), None)
    if found is None:
        yield f"{text!r} cannot be read"
        return
    said = Said({name: word for name, word in found.groupdict().items() if word is not None})
    for name in ("result", "none", "name"):
        if name in said:
            yield from demand(outcome_called(said[name]) == outcome, f"{said[name]}")
    if "unit" in said:
        yield from counted_unit(said, facts)
    yield from _numbers(said, row, facts)
    if text.startswith("wordt"):
        yield from demand(row.events is None, f"the result tells {row.events} events")
    if text.startswith("waren het er"):
        yield from hidden_as(row, "few")
    if text.startswith("werden alle"):
        yield from hidden_as(row, "few_others")
    if text.startswith("was er op"):
        yield from demand(row.events == 0, f"the result has {row.events} events")


def _numbers(said: Said, row: Row, facts: Facts) -> Iterator[str]:
    exact = {"rate": row.rate, "lower": row.lower, "upper": row.upper, "most": row.upper}
    for name, value in exact.items():
        if name in said:
            yield from said.shows_rate(name, value)
    if "contacts" in said:
        yield from said.is_whole("contacts", row.contacts)
    if "least" in said:
        yield from said.is_whole("least", facts.minimum)
