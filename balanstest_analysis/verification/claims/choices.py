"""What other choices are called, which give the shortest term, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.data_end import ends_with_data
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    CHOICES,
    EXCLUSIONS,
    FAMILIES,
    KINDS,
    LAST_EVENTS,
    SCALED,
    SINGLE_UNITS,
    UNITS,
    enumerated,
)

LISTED = 3
NOT_ALIKE = ("threshold", "denominator")
WINDOWS = ("objection_window_days", "complaint_window_days")
_EXCLUDED = {
    "beyond_cap": "buiten de grens van 36 maanden (Code)",
    "beyond_own_term": "buiten de eigen termijn",
}


def choice_name(line: Mapping[str, Any], facts: Facts) -> str:
    """Return what a choice is called, with the criterion that it changes."""
    code = line["choice"]
    name = CHOICES.get(code, f"Andere keuze ({code.replace('_', ' ')})")
    if line["criterion"] is None:
        return name
    item = facts.criterion(line["criterion"])
    if code == "threshold" and item is not None:
        name = SCALED.get(item.kind, name)
    return f"{name} van ‘{line['criterion']}’"


def value_name(line: Mapping[str, Any]) -> str:
    """Return what was chosen instead."""
    code, value = line["choice"], line["value"]
    if value is None or isinstance(value, bool):
        return "alle samen"
    if code in WINDOWS:
        return f"{int(value)} {'dag' if int(value) == 1 else 'dagen'}"
    if code == "threshold":
        return f"× {float(value):g}".replace(".", ",")
    return _named(code, value) if isinstance(value, str) else f"{float(value):g}"


def _named(code: str, value: str) -> str:
    parts = value.split("+")
    match code:
        case "reference_months":
            first, _, last = value.partition("-")
            return f"maand {first}" + (f" tot en met {last}" if last not in {"", first} else "")
        case "denominator":
            return UNITS[value][0]
        case "with_excluded_calls":
            names = [_EXCLUDED.get(part, EXCLUSIONS.get(part, part)) for part in parts]
            return " of ".join(name[0].lower() + name[1:] for name in names)
        case "reference_event":
            return " of ".join(LAST_EVENTS[part] for part in parts)
        case "kind_without_ground":
            return f"ook {enumerated([KINDS[part] for part in parts])}"
        case "family":
            return FAMILIES[value]
        case _:
            return value


def shortest_choices(facts: Facts) -> list[Mapping[str, Any]]:
    """Return the choices of counting or of curve under which the term is shortest."""
    lines = [
        line
        for line in facts.content["sensitivity"]
        if line["choice"] not in NOT_ALIKE and line["status"] != "undetermined"
    ]
    none = [line for line in lines if line["term_months"] is None]
    least = min((line["term_months"] or 0 for line in lines), default=0)
    return none or [line for line in lines if line["term_months"] == least]


def shortest_words(facts: Facts) -> str:
    """Return what those choices are called."""
    found: dict[str, list[str]] = {}
    for line in shortest_choices(facts):
        found.setdefault(choice_name(line, facts), []).append(value_name(line))
    return enumerated([f"‘{name}’ ({_few(values)})" for name, values in found.items()])


def _few(values: list[str]) -> str:
    more = len(values) - LISTED
    return enumerated([*values[:LISTED], *([f"{more} andere"] if more > 0 else [])])


@claim(
    "tested",
    "Bij {shorter:text} andere {=keuzes|keuze} in bijlage C{scaled=, waaronder andere "
    "drempelwaarden,|} is de termijn korter{least_is=, namelijk|; de kortste is} {least:count} "
    "{=maanden|maand}.",
    "Bij {gone:text} andere {=keuzes|keuze} in bijlage C{scaled=, waaronder andere "
    "drempelwaarden,|} blijft er geen termijn over.",
    "Bij {none:word} van die {all:count} blijft er geen termijn over.",
    "Bij {alike:word} van die {all:count} blijft de termijn {term:count} {=maanden|maand}: "
    "daarna zijn er te weinig gegevens.",
    "Bij {untested:word} andere {=keuzes|keuze} is er nog geen voorstel: of aan een criterium "
    "wordt voldaan, staat dan niet vast.",
)
def other_choices(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how short the term becomes elsewhere; another denominator stands apart."""
    lines = [line for line in facts.content["sensitivity"] if line["choice"] != "denominator"]
    none = sum(line["status"] == "no_term" for line in lines)
    if "untested" in said:
        yield from said.is_whole("untested", sum(x["status"] == "undetermined" for x in lines))
        return
    if "all" in said:
        yield from said.is_whole("all", len(lines))
    if "scaled" in said.fields:
        scaled = len(lines) > 1 and any(line["choice"] == "threshold" for line in lines)
        yield from demand(scaled == bool(said["scaled"]), f"other thresholds: {scaled}")
    if "alike" in said:
        yield from demand(ends_with_data(facts), "the term does not end with the data")
        yield from said.is_whole("term", facts.uncapped)
        alike = sum(line["term_months"] == facts.uncapped for line in lines)
        yield from said.is_whole("alike", alike)
        return
    if "gone" in said:
        yield from said.is_text("gone", _of_all(none, len(lines)))
        return
    if "none" in said:
        yield from said.is_whole("none", none)
        return
    terms = [line["term_months"] for line in lines if line["term_months"] is not None]
    shorter_ones = [term for term in terms if term < (facts.evaluated or 0)]
    yield from said.is_whole("least", min(shorter_ones, default=None))
    yield from said.is_text("shorter", _of_all(len(shorter_ones), len(lines)))
    one = said["least_is"] == ", namelijk"
    yield from demand((len(shorter_ones) == 1) == one, f"{len(shorter_ones)} are shorter")


def _of_all(number: int, every: int) -> str:
    """Return how many of the other choices, as the sentence begins."""
    if number == every:
        return {1: "de enige", 2: "beide"}.get(every, f"alle {every}")
    return f"{'één' if number == 1 else number} van de {every}"


@claim(
    "tested",
    "De kortste hoort bij {choices:text}.",
    "De kortste volgt uit één soort kromme in plaats van het gemiddelde van alle "
    "krommen{where=; zie bijlage C|}.",
    "De kortste volgt uit één kromme ({curves:text}) in plaats van alle krommen samen{where=; zie "
    "bijlage C|}.",
    "Geen van de {none=overige|andere} rekenwijzen geeft een kortere termijn.",
    where="note",
)
def shortest_choice(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check under which choices the term is shortest, and whether all are of one curve.

    Where none gives a shorter term than is shown, none is named.
    """
    found = shortest_choices(facts)
    shown = (facts.uncapped if facts.is_request else facts.term) or 0
    least = min((line["term_months"] or 0 for line in found), default=shown)
    yield from demand((least < shown) != ("none" in said), f"{least} months, shown are {shown}")
    if "none" in said:
        yield from demand(bool(found), "there are no other ways to count")
        rest = any(line["status"] == "undetermined" for line in _alike(facts))
        yield from demand(rest == (said["none"] == "overige"), f"some give no proposal: {rest}")
        return
    of_curves = {line["choice"] for line in found} == {"family"}
    yield from demand(of_curves == ("choices" not in said.fields), f"shortest are {found}")
    if "choices" in said.fields:
        yield from said.is_text("choices", shortest_words(facts))
        return
    yield from demand((len(found) <= LISTED - 1) == ("curves" in said), f"{len(found)} curves")
    if "curves" in said:
        yield from said.is_text("curves", " of ".join(map(value_name, found)))
    others = {line["choice"] for line in facts.content["sensitivity"]} & {*NOT_ALIKE}
    yield from demand(bool(others) != bool(said["where"]), f"the appendix is named for {others}")


@claim(
    "tested",
    f"Wordt per {{unit={SINGLE_UNITS}}} gerekend in plaats van per {{own={SINGLE_UNITS}}}, dan "
    f"volgt er {{term:text}}; de drempelwaarden zijn gesteld per {{same={SINGLE_UNITS}}}.",
)
def other_denominator(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check a shorter term with another denominator."""
    lines = [line for line in facts.content["sensitivity"] if line["choice"] == "denominator"]
    found = [line for line in lines if value_name(line) == said["unit"]]
    yield from demand(len(found) == 1, f"the result has {len(found)} such choices")
    for name in ("own", "same"):
        yield from said.is_text(name, UNITS[facts.settings["denominator"]][0])
    for line in found:
        term = line["term_months"]
        months = f"een termijn van {term} {'maand' if term == 1 else 'maanden'}"
        due = "geen termijn" if term is None else months
        yield from said.is_text("term", due)
        yield from demand((term or 0) < (facts.evaluated or 0), f"{term} months are not shorter")


@claim(
    "tested",
    "Bij {untested:word} andere {=rekenwijzen|rekenwijze} is er nog geen voorstel.",
    where="note",
)
def untested_choices(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check under how many choices there is no proposal yet."""
    due = sum(line["status"] == "undetermined" for line in _alike(facts))
    yield from said.is_whole("untested", due)


def _alike(facts: Facts) -> list[Mapping[str, Any]]:
    lines = facts.content["sensitivity"]
    return [line for line in lines if line["choice"] not in NOT_ALIKE]
