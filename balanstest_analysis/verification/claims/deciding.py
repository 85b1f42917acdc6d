"""Sentences about what decides the proposal, how sure it is, and what is left open."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.data_end import few_or_none
from balanstest_analysis.verification.claims.facts import OVERALL, Criterion, Facts
from balanstest_analysis.verification.claims.headline import for_a_lawyer
from balanstest_analysis.verification.claims.norms import norm_faults
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import CONDITIONS, enumerated

BURDENS = ("objection", "complaint")


@claim(
    "rule",
    "Doorslaggevend is de grens van {cap:count} {=maanden|maand} (Code Telemarketing, "
    "zelfregulering; niet de wet).",
)
def cap_decides(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the cap decides."""
    yield from said.is_whole("cap", facts.cap)
    yield from demand(facts.proposal["binding"] == "regime_cap", facts.proposal["binding"])


@claim(
    "tested",
    "Zonder die grens zou uit de criteria een termijn van {months:count} {=maanden|maand} volgen.",
)
def without_cap(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the term without the cap."""
    yield from said.is_whole("months", facts.uncapped)


@claim(
    "tested",
    "Zonder die grens is doorslaggevend dat er na maand {month:count} {few=te weinig|geen} "
    "gegevens zijn om {=het criterium|de criteria} {names:text} te toetsen.",
    "Zonder die grens {=is het criterium|zijn de criteria} {names:text} doorslaggevend.",
)
def decides_without_cap(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which criteria decide without the cap: all that support the shortest term."""
    terms = [item.term for item in facts.criteria if item.term is not None]
    shortest = [item for item in facts.criteria if terms and item.term == min(terms)]
    yield from said.is_text("names", enumerated([f"‘{item.name}’" for item in shortest]))
    is_open = all(item.status == "not_reached_in_data" for item in shortest)
    yield from demand(is_open == ("month" in said.fields), "the data end for all of them")
    if "month" in said.fields:
        yield from said.is_whole("month", (facts.uncapped or 0) - 1)
        yield from said.is_text("few", few_or_none(facts, facts.uncapped))


@claim(
    "tested",
    "Doorslaggevend is dat er na maand {month:count} {few=te weinig|geen} gegevens zijn"
    "[ om {=het criterium|de criteria} {names:text} te toetsen]; de krommen worden niet verder "
    "doorgetrokken.",
)
def evidence_decides(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the data end, and about which criteria."""
    binding = facts.proposal["binding"]
    yield from demand(binding == "last_month_with_evidence", binding)
    yield from said.is_whole("month", (facts.uncapped or 0) - 1)
    yield from said.is_text("few", few_or_none(facts, facts.uncapped))
    due = enumerated([f"‘{name}’" for name in facts.deciding])
    yield from demand((said.fields["names"] or "") == due, f"deciding are {due}")


@claim(
    "tested",
    "Een toets vraagt ten minste {needed:count} {=contacten|contact} binnen hooguit zes maanden.",
)
def needed_after(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many contacts a test takes of the criterion whose evidence ends."""
    found = [item for item in facts.criteria if item.name in facts.deciding]
    yield from demand(len(found) == 1, f"{len(found)} criteria decide")
    for item in found:
        yield from demand(item.kind != OVERALL, f"kind {item.kind}")
        yield from said.is_whole("needed", item.content["contacts_needed"])
    yield from demand(few_or_none(facts, facts.uncapped) == "te weinig", "no data follow")


@claim("rule", "Doorslaggevend is het criterium {name:quoted}: {norm:text}.")
def criterion_decides(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which criterion decides, and what it demands."""
    name = said["name"][1:-1]
    yield from demand(name == facts.proposal["binding"], facts.proposal["binding"])
    found = facts.criterion(name)
    if found is not None:
        yield from norm_faults(said["norm"], found, facts)


@claim(
    "rule",
    "Geen criterium over verzet of klachten heeft de voorgestelde termijn bepaald.",
    "Geen criterium over verzet of klachten heeft de voorgestelde termijn bepaald: zij volgt "
    "{cause:text}.",
)
def privacy(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no criterion about objections or complaints decides, and what does."""
    if "cause" in said:
        yield from said.is_text("cause", _cause(facts))
    yield from demand(not facts.proposal["privacy_binds"], "a criterion on the burden decides")
    found = [facts.criterion(name) for name in facts.deciding]
    on_burden = [item.name for item in found if item is not None and is_on_burden(item)]
    alone = bool(on_burden) and len(on_burden) == len(found)
    yield from demand(not alone, f"{on_burden} decides")


def _cause(facts: Facts) -> str:
    """Return what a term follows from: the cap, the end of the data, an argument, an interest."""
    by_cap = facts.proposal["binding"] == "regime_cap"
    cap = f"uit de grens van {facts.cap} maanden (Code)"
    if by_cap and not facts.is_request:
        return cap
    terms = [item.term for item in facts.criteria if item.term is not None]
    least = [item for item in facts.criteria if item.term == min(terms)]
    ended = facts.proposal["binding"] == "last_month_with_evidence"
    burden = [f"‘{item.name}’" for item in least if is_on_burden(item)]
    if ended or (by_cap and {item.status for item in least} == {"not_reached_in_data"}):
        enough = "voldoende " if few_or_none(facts, facts.uncapped) == "te weinig" else ""
        told = f"uit het ontbreken van {enough}gegevens na maand {(facts.uncapped or 0) - 1}"
    elif by_cap and burden:
        told = f"uit {'de criteria' if burden[1:] else 'het criterium'} {enumerated(burden)}"
    elif all(item.is_argued for item in least):
        told = "uit een redenering"
    else:
        told = "uit het belang van de organisatie"
    return f"{cap} en, zonder die grens, {told}" if by_cap else told


def is_on_burden(item: Criterion) -> bool:
    """Return whether a criterion is about objections or complaints."""
    if item.kind == "net_benefit":
        weights = ("objection_weight", "complaint_weight")
        return any(item.parameters.get(name) for name in weights)
    return item.outcome in BURDENS or item.kind == "burden_per_conversion"


@claim(
    "rule",
    "Er is geen criterium gesteld over verzet of klachten.",
    "De weging is daarmee eenzijdig.",
)
def one_sided(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no criterion is about the burden."""
    found = [item.name for item in facts.criteria if is_on_burden(item)]
    yield from demand(not found, f"about the burden: {found}")


@claim(
    "rule",
    "Over {subject=verzet|klachten} is geen criterium gesteld, hoewel er gegevens over zijn.",
)
def free(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there are data about an outcome, and a criterion about the other alone."""
    outcome = {"verzet": "objection", "klachten": "complaint"}[said["subject"]]
    yield from demand(bool(facts.outcome(outcome)["available"]), f"no data on {outcome}")
    about = [item.name for item in facts.criteria if item.outcome == outcome]
    yield from demand(not about, f"{about} are about it")
    yield from demand(any(is_on_burden(item) for item in facts.criteria), "none is on the burden")


def _terms_of_burden(said: Said, facts: Facts, burden: list[Criterion]) -> Iterator[str]:
    """Check the terms that follow from the burden, and whether the data end before them."""
    terms = [item.term or 0 for item in burden]
    is_open = any(item.status == "not_reached_in_data" for item in burden)
    yield from demand(is_open == ("far" in said), f"the data end first: {is_open}")
    if "terms" in said:
        yield from said.is_text("terms", enumerated([str(term) for term in terms]))
    elif "longer" in said:
        yield from demand({*terms} == {said.whole("longer")}, f"the terms are {terms}")
        yield from demand(said.whole("longer") > (facts.term or 0), "that is not longer")
    else:
        yield from demand({*terms} == {facts.term}, f"the terms are {terms}")


FAR = "[{far=, voor zover er gegevens zijn,}]"


@claim(
    "rule",
    "De organisatie heeft de criteria over verzet en klachten terzijde gelegd.",
    "Van de criteria over verzet en klachten heeft de organisatie een deel terzijde gelegd; uit "
    "het {rest=andere} deel volgt een even lange of langere termijn.",
    f"Uit {{which=het criterium|de criteria}} {{names:text}} volgt{FAR} {{more=een even lange "
    "termijn}.",
    f"Uit {{which=het criterium|de criteria}} {{names:text}} volgt{FAR} {{more=een langere "
    "termijn}: {longer:count} {=maanden|maand}.",
    f"Uit {{which=het criterium|de criteria}} {{names:text}} volgen{FAR} {{more=termijnen}} van "
    "{terms:text} maanden.",
)
def burden_criteria(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many of the criteria about the burden are set aside, and what the rest gives."""
    aside = {item["criterion"] for item in facts.proposal["set_aside"]}
    burden = [item for item in facts.criteria if is_on_burden(item)]
    left = [item for item in burden if item.name not in aside]
    due = "rest" if left and len(left) < len(burden) else "more" if left else ""
    told = next((name for name in ("rest", "more") if name in said.fields), "")
    yield from demand(told == due, f"set aside: {sorted(aside)}")
    if "names" in said:
        yield from said.is_text("names", enumerated([f"‘{item.name}’" for item in burden]))
        one = said["which"] == "het criterium"
        yield from demand((len(burden) == 1) == one, f"there are {len(burden)}")
        yield from _terms_of_burden(said, facts, burden)
    terms = [item.term for item in left if item.term is not None]
    shorter = [term for term in terms if term < (facts.term or 0)]
    yield from demand(not shorter, f"{shorter} months follow")


@claim(
    "rule",
    "Vóór maand {month:count} wordt niemand gebeld; alle criteria zijn vanaf die maand getoetst.",
)
def called_from(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from which month anybody is called, and that no criterion is tested before."""
    yield from said.is_whole("month", facts.content["not_before"]["month"])
    for item in facts.criteria:
        first = item.content["first_month_with_evidence"]
        yield from demand(first is None or first >= said.whole("month"), f"{item.name}: {first}")


@claim("rule", "{=De reden van de organisatie|Haar reden}: {reason:quotation}")
@claim("rule", "Reden van de organisatie: {reason:quotation}", where="definition")
def quoted_reason(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a quotation is one of the reasons of the organisation."""
    words = " ".join(said["reason"][1:-1].split())
    yield from demand(words in facts.own_words, "the result has no such reason")


@claim(
    "rule",
    "Aan de {noun=voorwaarden|voorwaarde} {names:text} is volgens het dossier niet voldaan voor "
    "telefoonnummers die vóór 1 juli 2021 zijn verkregen; of deze nummers zonder toestemming mogen "
    "worden gebeld, moet een jurist beoordelen.",
    "Het oordeel van een jurist over {names:text} bij telefoonnummers van vóór 1 juli 2021.",
    "Voor telefoonnummers van vóór 1 juli 2021 is niet voldaan aan {names:text}; of die gebeld "
    "mogen worden, staat niet vast.",
)
def lawyer(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which conditions are left to a lawyer."""
    due = enumerated([f"‘{CONDITIONS[name]}’" for name in for_a_lawyer(facts)])
    yield from said.is_text("names", due)


@claim(
    "rule",
    "Aan de {noun=voorwaarden|voorwaarde} {names:text} is volgens het dossier niet voldaan.",
)
def not_met(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which conditions are not met."""
    answers = facts.content["conditions"]
    unmet = [name for name in CONDITIONS if answers.get(name) == "not_met"]
    due = enumerated([f"‘{CONDITIONS[name]}’" for name in unmet])
    yield from said.is_text("names", due)
    yield from demand((len(unmet) == 1) == (said["noun"] == "voorwaarde"), f"{len(unmet)}")


@claim(
    "tested",
    "Uit de {which=wel getoetste|overige} criteria volgt niet meer dan {months:count} "
    "{=maanden|maand}.",
)
def follows_from_others(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what the tested criteria give."""
    months = facts.proposal["tested_term_months"]
    yield from said.is_whole("months", months)
    tested = any(item.is_tested and item.term == months for item in facts.criteria)
    yield from demand(tested == said["which"].startswith("wel"), f"from a test: {tested}")


@claim("rule", "Daarnaast geldt de grens van {cap:count} {=maanden|maand}.")
def cap_too(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the cap."""
    yield from said.is_whole("cap", facts.cap)


@claim(
    "rule",
    "Over de gevraagde termijn van {asked:count} {=maanden|maand} is daarom nog niets te zeggen.",
)
def nothing_about_asked(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the term asked for."""
    yield from said.is_whole("asked", facts.asked)
