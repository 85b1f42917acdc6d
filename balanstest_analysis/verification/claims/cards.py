"""The card of a criterion: demand, reason, what was observed, since when, and what if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.criteria import criterion_at
from balanstest_analysis.verification.claims.dutch_numbers import quarter
from balanstest_analysis.verification.claims.facts import OUTCOMES, Criterion, Facts, Row, are_mixed
from balanstest_analysis.verification.claims.norms import norm_faults
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import PLURAL_UNITS, UNITS

CARD = ("Eis", "Reden", "Waargenomen", "Eis geldt sinds", "Resultaat", "Andere drempelwaarde")
FIRST = "Dit rapport; er is geen eerder rapport gevonden."
CHANGED = "Dit rapport; in het vorige stond deze eis niet, of anders."


def at_line(at: Passage, term: str) -> Iterator[str]:
    """Yield a fault where a sentence stands in another line of a card."""
    yield from demand(at.term == term, f"this stands under {at.term!r}")


@claim("words", "{name:text}", where="card")
def title(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a card is that of a criterion."""
    yield from demand(facts.criterion(said["name"]) is not None, "there is no such criterion")


@claim("rule", "{norm:text}.", where="demand")
def card_demand(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check what a criterion demands."""
    norm = said["norm"]
    yield from norm_faults(norm[0].lower() + norm[1:], criterion_at(facts, at), facts)


@claim("argued", "{reason:text}", where="reason")
def card_reason(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a reason is that of the criterion."""
    stated = " ".join(str(criterion_at(facts, at).content["reason"]).split())
    yield from said.is_text("reason", stated)


def total_at(facts: Facts, at: Passage) -> Row:
    """Return all rows together of the outcome that a criterion is about.

    Raises:
        KeyError: there are none.
    """
    item = criterion_at(facts, at)
    found = None if item.outcome is None else facts.total(item.outcome)
    if found is None:
        raise KeyError(f"no total belongs to {item.name}")
    return found


@claim(
    "observed",
    f"{{most=Ten hoogste |}}{{rate:percentage}} van de {{unit={PLURAL_UNITS}}} over alle maanden "
    "samen[ ({events:text} op {contacts:count})].",
    where="definition",
)
def seen(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the rate over all months with its counts."""
    total = total_at(facts, at)
    yield from at_line(at, "Waargenomen")
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
    yield from said.shows_rate("rate", total.upper if total.rate is None else total.rate)
    yield from demand((total.rate is None) == bool(said["most"]), f"the rate is {total.rate}")
    yield from demand((total.contacts is None) == ("contacts" not in said), "counts are due")
    if "contacts" in said:
        yield from said.is_whole("contacts", total.contacts)
        yield from said.is_text("events", _events(total, facts))


def _events(row: Row, facts: Facts) -> str:
    if row.events is not None:
        return f"{row.events:,}".replace(",", ".")
    return f"minder dan {facts.minimum}" if row.events_hidden == "few" else "niet gepubliceerd"


@claim(
    "observed",
    "De drempelwaarde is {least=ten minste |}{times:number} keer zo hoog als dat percentage.",
    "De drempelwaarde is {about=ten minste|ongeveer} {part:percentage} van dat percentage.",
    where="definition",
)
def times(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check how many times as high as what was observed a threshold is."""
    total, item = total_at(facts, at), criterion_at(facts, at)
    rate = total.upper if total.rate is None else total.rate
    yield from at_line(at, "Waargenomen")
    exact = (item.threshold or 0) / rate
    at_least = bool(said["least"]) if "times" in said else said["about"] == "ten minste"
    yield from demand((total.rate is None) == at_least, f"the rate is {total.rate}")
    yield from demand((exact < 1) == ("part" in said), f"it is {exact} times as high")
    yield from said.shows_rate("part", exact) if "part" in said else said.shows("times", exact)


@claim(
    "observed",
    "Over alle maanden samen is geen percentage te geven, omdat de rijen uit verschillende "
    "rapporten van deze reeks komen.",
    where="definition",
)
def mixed(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the rows come from several reports."""
    item = criterion_at(facts, at)
    yield from at_line(at, "Waargenomen")
    yield from demand(are_mixed(facts.rows(item.outcome or "")), "the rows are of one report")


@claim(
    "observed",
    "{burden:number} meldingen van verzet per conversie over alle maanden samen[, elke klacht "
    "geteld als {weight:number}].",
    "De drempelwaarde is {times:number} keer zo hoog.",
    "De drempelwaarde is ongeveer {part:percentage} daarvan.",
    where="definition",
)
def burden(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the burden per conversion over all months, or how many times that the threshold is."""
    item = criterion_at(facts, at)
    yield from at_line(at, "Waargenomen")
    yield from demand(item.kind == "burden_per_conversion", f"the criterion is {item.kind}")
    totals = [facts.total(name) for name in OUTCOMES]
    conversions, objections, complaints = (row and row.events for row in totals)
    weight = float(item.parameters.get("complaint_weight", 0))
    exact = ((objections or 0) + weight * (complaints or 0)) / (conversions or 1)
    if "times" in said or "part" in said:
        times_ = (item.threshold or 0) / exact
        yield from demand((times_ < 1) == ("part" in said), f"it is {times_} times as high")
        yield from (
            said.shows_rate("part", times_) if "part" in said else said.shows("times", times_)
        )
        return
    yield from said.shows("burden", exact)
    yield from demand(bool(weight) == ("weight" in said), f"the weight is {weight}")
    if "weight" in said:
        yield from said.shows("weight", weight)


@claim(
    "rule",
    "{day:date}, gewijzigd nadat de uitkomsten bekend waren.",
    "De eis geldt niet als {how=vooraf} vastgesteld.",
    where="definition",
)
def changed(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a demand was changed after the outcomes were known, and when."""
    yield from at_line(at, "Eis geldt sinds")
    found = _changes(criterion_at(facts, at), facts)
    yield from demand(bool(found), "this demand was not changed")
    if "day" in said and found:
        yield from said.is_day("day", found[-1]["date"])


def _changes(item: Criterion, facts: Facts) -> list[Mapping[str, Any]]:
    return [
        change
        for change in facts.content["criteria_changes"]
        if any(f"‘{item.name}’" in words for words in change["changed"])
    ]


@claim(
    "rule",
    FIRST,
    CHANGED,
    "Het rapport over het {quarter:quarter}; sindsdien niet gewijzigd.",
    where="definition",
)
def since(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a demand was not changed afterwards, and that an earlier report is earlier."""
    yield from at_line(at, "Eis geldt sinds")
    found = _changes(criterion_at(facts, at), facts)
    yield from demand(not found, f"it was changed: {found}")
    if "quarter" in said:
        told = quarter(said["quarter"])
        yield from demand(told < facts.content["period"], f"{told} is not earlier")


OUTCOME = (
    "is er geen termijn|is er volgens alle criteria samen geen termijn|"
    "is er nog geen voorstel, omdat dan niet vaststaat of aan een criterium wordt voldaan|"
    "is de termijn|is de termijn volgens alle criteria samen"
)
TOGETHER = " volgens alle criteria samen"
HALF, TWICE = (
    f"{{{name}={OUTCOME}}}[, {{{name}_side=met|zonder}} de grens van {{{name}_cap:count}} "
    f"{{=maanden|maand}} (Code),][{{{name}_open= voorlopig|}} {{{name}_term:count}} "
    "{=maanden|maand}]"
    for name in ("half", "twice")
)


@claim(
    "tested",
    f"Bij de helft van de drempelwaarde {HALF}[; bij het dubbele {TWICE}].",
    f"Bij het dubbele van de drempelwaarde {TWICE}.",
    f"Zowel bij de helft als bij het dubbele van de drempelwaarde {{both=|}}{HALF}.",
    where="definition",
)
def other_limits(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check what follows from half the threshold, and from twice as much."""
    yield from at_line(at, "Andere drempelwaarde")
    item = criterion_at(facts, at)
    lines = {
        float(line["value"]): line
        for line in facts.content["sensitivity"]
        if line["choice"] == "threshold" and line["criterion"] == item.name
    }
    alone = len(facts.criteria) < 2
    for name, factor in (("half", 0.5), ("twice", 2.0)):
        told = "half" if "both" in said else name
        yield from demand((factor in lines) == (told in said), f"computed are {sorted(lines)}")
        if told in said and factor in lines:
            before = told == "twice" and TOGETHER in (said.fields.get("half") or "")
            together = "" if alone or before else TOGETHER
            yield from _term(said, told, lines[factor], together)
            first = told == "half" or "half_term" not in said
            yield from _capped(said, told, facts, is_due=first and f"{told}_term" in said)


def _capped(said: Said, name: str, facts: Facts, *, is_due: bool) -> Iterator[str]:
    """Yield what does not hold of the cap; with or without it is told of the first term."""
    told, due = f"{name}_cap" in said, is_due and facts.cap is not None
    yield from demand(told == due, f"the cap of {facts.cap} months is due: {due}")
    if told:
        yield from said.is_whole(f"{name}_cap", facts.cap)
        yield from said.is_text(f"{name}_side", "zonder" if facts.is_request else "met")


def _term(said: Said, name: str, line: Mapping[str, Any], together: str) -> Iterator[str]:
    """Yield what does not hold of one outcome; that it is of all criteria is said once."""
    status, term = line["status"], line["term_months"]
    words = f"is de termijn{together}" if term is not None else f"is er{together} geen termijn"
    if status == "undetermined":
        words = (
            "is er nog geen voorstel, omdat dan niet vaststaat of aan een criterium wordt voldaan"
        )
    yield from said.is_text(name, words)
    told = f"{name}_term" in said
    yield from demand(told == (term is not None), f"the term is {term}")
    if told:
        yield from said.is_whole(f"{name}_term", term)
        is_open = status == "proposed_incomplete"
        yield from demand(is_open == bool(said[f"{name}_open"]), f"the status is {status}")
