"""Sentences that weigh: what is observed near the end of the term, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.decision import decided
from balanstest_analysis.verification.claims.facts import Criterion, Facts, Stretch
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.rate_sheets import asked_for
from balanstest_analysis.verification.claims.vocabulary import (
    NOUNS,
    RATES,
    SUBJECTS,
    TERMS,
    outcome_called,
)

MANY_TIMES = 3
PARTS = {0.75: "driekwart", 0.5: "de helft"}
ENDS = (
    "Aan het einde van de gegevens|Rond het einde van de termijn|Rond het einde van de gevraagde "
    "termijn|Rond het einde van de termijn die uit de criteria volgt"
)


@claim(
    "observed",
    f"In {{late:months}} stonden tegenover elke 100 conversies {{at_end:count}} {{noun={NOUNS}}}.",
    f"In {{late:months}} stonden tegenover elke 100 conversies {{at_end:count}} {{noun={NOUNS}}}; "
    "in {early:months} waren dat er {at_start:count}.",
    f"{{end={ENDS}}}, in {{late:months}}, stonden tegenover elke 100 conversies {{at_end:count}} "
    f"{{noun={NOUNS}}}[; in {{early:months}} waren dat er {{at_start:count}}].",
)
def per_100(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check counted objections beside counted conversions, in the months that are due."""
    late = facts.stretch(*said.months("late"))
    yield from said.shows("at_end", late.objections_per_100)
    yield from demand((said.whole("at_end") == 1) == (said["noun"] == "melding van verzet"), "one")
    if "early" in said:
        early = facts.stretch(*said.months("early"))
        yield from said.shows("at_start", early.objections_per_100)
    if at.section != "De gevraagde maanden":
        yield from _at_end_of_term(said, facts)
        return
    before, beyond = asked_for(facts)
    yield from said.is_stretch("late", beyond.first, beyond.last)
    if "early" in said:
        yield from said.is_stretch("early", before.first, before.last)


def _at_end_of_term(said: Said, facts: Facts) -> Iterator[str]:
    ends = [facts.starts - 1, *facts.common_ends]
    blocks = [(before + 1, end) for before, end in pairwise(ends)]
    last = (facts.evaluated or 0) - 1
    due = next((block for block in blocks if block[1] >= last), blocks[-1])
    yield from said.is_stretch("late", *due)
    yield from demand((due == blocks[0]) == ("end" not in said.fields), "where it stands is due")
    if "end" in said.fields:
        yield from said.is_text("end", _end_of(facts, due[1]))
    if "early" in said:
        yield from said.is_stretch("early", *blocks[0])


def _end_of(facts: Facts, month: int) -> str:
    """Return what ends with a month: the data, or the term at which all is weighed."""
    data, own, asked, follows = ENDS.split("|")
    if month < (facts.evaluated or 0) - 1:
        return data
    if not facts.is_request:
        return own
    return asked if facts.evaluated == facts.asked else follows


@claim(
    "observed",
    "Een kortere termijn van {months:count} {=maanden|maand} {=is een alternatief|hoort als "
    "alternatief in de weging}.",
    "De kortere termijn van het {own=voorstel}, {months:count} {=maanden|maand}, {=is een "
    "alternatief|hoort als alternatief in de weging}.",
)
def shorter(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the shorter term is one that rows end at, and that it is the one due."""
    yield from said.is_whole("months", _cut(facts))
    own = _cut(facts) == facts.term
    yield from demand(own == ("own" in said), f"it is that of the proposal: {own}")


@claim(
    "words",
    "De organisatie besloot al tot {same=die} termijn.",
    "De organisatie besloot al tot een nog kortere: {term:count} {=maanden|maand}.",
    "De organisatie besloot om oud-klanten niet te bellen.",
)
def decided_already(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no more was decided than the shorter term that is offered."""
    term, cut = decided(facts), _cut(facts)
    yield from demand(term <= cut, f"decided are {term} months")
    yield from demand((term == cut) == ("same" in said), f"decided are {term} months of {cut}")
    if "same" not in said:
        yield from demand((term == 0) == ("term" not in said), f"decided are {term} months")
    if "term" in said:
        yield from said.is_whole("term", term)


def _cut(facts: Facts) -> int:
    term, ends = facts.evaluated or 0, facts.common_ends
    last = max((end for end in ends if end < term), default=ends[0])
    wanted = (term - 1) // 12 * 12 or term // 2
    return min((end for end in ends if end < last), key=lambda end: abs(end + 1 - wanted)) + 1


@claim(
    "observed",
    "Van de meldingen van verzet in {whole:months} viel {spared:percentage} in {late:months}, van "
    "de conversies {missed:percentage}.",
)
def spared(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which share lies in the months that a shorter term leaves out."""
    term, cut = facts.evaluated or 0, _cut(facts)
    last = max((end for end in facts.common_ends if end < term), default=facts.common_ends[0])
    yield from said.is_stretch("whole", facts.starts, last)
    yield from said.is_stretch("late", cut, last)
    whole, late = facts.stretch(facts.starts, last), facts.stretch(cut, last)
    yield from said.shows_rate("spared", _share(late, whole, "objection"))
    yield from said.shows_rate("missed", _share(late, whole, "conversion"))


def _share(part: Stretch, whole: Stretch, outcome: str) -> float | None:
    some, every = part.events.get(outcome), whole.events.get(outcome)
    return None if some is None or not every else some / every


@claim(
    "rule",
    f"Er zijn gegevens over {{subject={SUBJECTS}}} aangeleverd, maar er is geen criterium over "
    "{same:text} gesteld.",
)
def unweighed(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that an outcome was delivered and that no criterion is about it."""
    outcome = outcome_called(said["subject"])
    yield from said.is_text("same", said["subject"])
    yield from demand(bool(facts.outcome(outcome)["available"]), f"no data on {outcome}")
    about = [item.name for item in facts.criteria if item.outcome == outcome]
    yield from demand(not about, f"{about} are about it")


@claim(
    "observed",
    "De drempelwaarde van het criterium {name:quoted} ({threshold:percentage}) is "
    f"{{how=ongeveer|ten minste}} {{times:number}} keer zo hoog als het waargenomen "
    f"{{rate={RATES}}} over alle maanden samen "
    "({most=ten hoogste |}{seen:percentage}).",
)
def lenient(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check a threshold beside the rate that was observed."""
    item = facts.criterion(said["name"][1:-1])
    if item is None or item.outcome is None:
        yield "the result has no such criterion"
        return
    total = facts.total(item.outcome)
    rate = None if total is None else total.upper if total.rate is None else total.rate
    yield from said.shows_rate("threshold", item.threshold)
    yield from demand(outcome_called(said["rate"]) == item.outcome, f"about {item.outcome}")
    yield from said.shows_rate("seen", rate)
    yield from said.shows("times", (item.threshold or 0) / rate if rate else None)
    yield from demand(said.number("times").value >= MANY_TIMES, "that is not many times")
    hidden = total is not None and total.rate is None
    yield from demand(hidden == bool(said["most"]), f"the rate is hidden: {hidden}")
    yield from demand(hidden == (said["how"] == "ten minste"), f"the rate is hidden: {hidden}")


@claim(
    "tested",
    "Bij {part=driekwart|de helft} van die drempelwaarde is er geen termijn.",
    "Bij {part=driekwart|de helft} van die drempelwaarde is de termijn {term:count} "
    "{=maanden|maand}.",
    "Ook bij {part=driekwart|de helft} van die drempelwaarde is de termijn {as_long=niet korter}.",
)
def with_less(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the term with part of a threshold, and that no more of it makes the term shorter."""
    own = facts.evaluated or 0
    lines = {
        float(line["value"]): line
        for line in facts.content["sensitivity"]
        if line["choice"] == "threshold"
        and line["criterion"] == at.subject
        and line["status"] != "undetermined"
    }
    found = [(PARTS[part], lines[part]["term_months"]) for part in PARTS if part in lines]
    shorter_ones = [(words, term) for words, term in found if (term or 0) < own]
    words, term = shorter_ones[0] if shorter_ones else found[-1]
    yield from said.is_text("part", words)
    yield from demand(bool(shorter_ones) != ("as_long" in said), f"shorter are {shorter_ones}")
    if "as_long" not in said:
        yield from demand(term == (said.whole("term") if "term" in said else None), f"it is {term}")


@claim(
    "observed",
    "Er zijn geen gegevens over {subject:text} aangeleverd; over vraag {question:text} kan dit "
    "rapport daarom niets zeggen.",
    "De aantallen over {small:text} zijn te klein om te publiceren; over vraag {question:text} kan "
    "dit rapport daarom niets zeggen.",
)
def nothing_about(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that an outcome was not delivered, or has no rows to publish."""
    name = "subject" if "subject" in said else "small"
    outcome = outcome_called(said[name])
    yield from said.is_text("question", TERMS[outcome].question)
    available = bool(facts.outcome(outcome)["available"])
    yield from demand(available == (name == "small"), f"{outcome} was delivered: {available}")
    yield from demand(not facts.rows(outcome), f"{outcome} has rows")


@claim(
    "observed",
    "De voorgestelde termijn is langer dan de huidige van {current:count} {=maanden|maand}.",
)
def longer_than_current(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the present term, and that the proposed one is longer."""
    current = facts.proposal["current_term_months"]
    yield from said.is_whole("current", current)
    yield from demand((facts.term or 0) > (current or 0), f"the term is {facts.term}")


@claim(
    "rule",
    "De termijn loopt door zolang het conversiepercentage[, na aftrek van {points:number} "
    "procentpunt voor de kosten (criterium {name:quoted}),] opweegt tegen het verzetpercentage"
    "[{complaints= en het klachtpercentage} samen, elk vermenigvuldigd met het eigen gewicht]"
    "[{alone=, vermenigvuldigd met het gewicht}].",
    where="note",
)
def weight_rule(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what a contact costs, that of the first criterion that says so, and the burdens."""
    both = bool(facts.outcome("complaint")["available"])
    yield from demand(both == ("complaints" in said), f"complaints were delivered: {both}")
    yield from demand(both != ("alone" in said), f"complaints were delivered: {both}")
    known = [(item, _cost(item)) for item in facts.criteria]
    stated = next(((item, cost) for item, cost in known if cost), None)
    yield from demand((stated is not None) == ("points" in said), f"the cost is {stated}")
    if stated is not None and "points" in said:
        yield from said.is_text("name", f"‘{stated[0].name}’")
        yield from said.shows("points", 100 * stated[1])


def _cost(item: Criterion) -> float:
    if item.kind == "minimum_rate" and item.outcome == "conversion":
        return item.threshold or 0.0
    if item.kind != "net_benefit":
        return 0.0
    return float(item.parameters["cost_per_contact"] / item.parameters["value_per_conversion"])


@claim(
    "rule",
    "Het criterium {name:quoted} is niet getoetst[ ({why:text})]; de organisatie laat het buiten "
    "beschouwing.",
)
def left_out(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a criterion is set aside, and why it is untested."""
    name = said["name"][1:-1]
    aside = [item["criterion"] for item in facts.proposal["set_aside"]]
    yield from demand(name in aside, f"set aside are {aside}")
    item = facts.criterion(name)
    if "why" in said and item is not None:
        yield from said.is_text("why", _WHY.get(item.status, item.status))


_WHY = {"no_outcome_data": "geen gegevens", "too_little_data": "te weinig gegevens"}


@claim("rule", "De organisatie heeft het criterium {name:quoted} terzijde gelegd.")
def put_aside(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a criterion is set aside."""
    aside = [item["criterion"] for item in facts.proposal["set_aside"]]
    yield from demand(said["name"][1:-1] in aside, f"set aside are {aside}")


@claim("rule", "Het is niet getoetst ({why:text}); of eraan wordt voldaan, is niet bekend.")
def why_aside(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check why a criterion is untested."""
    item = facts.criterion(at.subject)
    yield from said.is_text("why", None if item is None else _WHY.get(item.status))
