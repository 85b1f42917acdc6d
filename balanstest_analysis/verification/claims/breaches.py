"""Sentences about calls that went against a rule, each with its count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts, are_mixed
from balanstest_analysis.verification.claims.fixed import from_counts
from balanstest_analysis.verification.claims.late_events import (
    PERHAPS,
    doubted,
    late_events,
    wholly_doubted,
)
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import (
    PLURAL_UNITS,
    RULES,
    UNITS,
    enumerated,
)

BREACHES = {
    "after_objection": "nadat verzet was aangetekend",
    "beyond_cap": "na afloop van de maximale termijn (36 maanden)",
    "beyond_own_term": "na de eigen termijn, maar binnen de maximale termijn",
    "without_ground": "zonder toestemming waar een klantrelatie niet meer volstaat",
    "no_earlier_event": "zonder bekende klantrelatie",
}
LATE = "objection_processed_late"
COUNTED = (*BREACHES, LATE)
WRONG = (
    "In de belhistorie zijn belpogingen gevonden die volgens de toegepaste regels niet mochten: er "
    "is "
)
RULES_BROKEN = "In de belhistorie zijn overtredingen gevonden van"
CAP_WORDS = "maanden (Code); of daarvoor een positief advies"
LATER = (
    f"in maand {{first:count}} of later, buiten de grens van {{cap:count}} {CAP_WORDS} van het "
    "Compliance Comité was, is niet bekend."
)
BEYOND = f"{{=vallen|valt}} er {{contacts:count}} {LATER}"
UNDERMINES = "Dat ondermijnt het vertrouwen dat de waarborgen in de praktijk werken."


@claim(
    "rule",
    "Van {names:text} kan niet van elk jaar een aantal worden gepubliceerd; ook die {=regels "
    "staan|regel staat} er niet in.",
)
def not_by_year(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that every rule with a count, but without one per year, is named."""
    rules = facts.content["compliance"]["rules"]
    left = [RULES[one["code"]] for one in rules if one["count"] and not one["by_year"]]
    yield from said.is_text("names", enumerated([f"‘{name}’" for name in left]))


@claim("observed", f"{WRONG}{{found:text}}.")
def breaches(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check every breach by a call with its count."""
    parts: list[str] = []
    for item in facts.content["findings"]:
        if item["code"] in BREACHES and item is not doubted(facts):
            parts.append(_times(item, facts, first=not parts))
    yield from said.is_text("found", enumerated(parts))
    yield from _as_in_table(facts)


@claim(
    "observed",
    "Er is {found:text}; of dat een overtreding is, staat voor belpogingen vóór {day:date} niet "
    "vast, omdat de aangeleverde aankopen en giften daarvoor niet ver genoeg teruggaan.",
)
def perhaps(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many calls may be breaches, and from which day on that is known."""
    item, late = doubted(facts), late_events(facts)
    if item is None or late is None:
        yield "the events do not begin late"
        return
    yield from said.is_text("found", _times(item, facts, first=True))
    yield from said.is_day("day", late["reaches_from"])
    yield from _as_in_table(facts)


@claim(
    "observed",
    "In {number:text} {=gevallen|geval} was verzet na vier weken nog niet verwerkt.",
    "Niet elk verzet was na vier weken verwerkt (aantal niet {hidden=gepubliceerd}).",
)
def processed_late(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many objections were not processed in time."""
    found = [item for item in facts.content["findings"] if item["code"] == LATE]
    yield from demand(len(found) == 1, "no objection was processed late")
    for item in found:
        due = _how_often(item, facts).removesuffix(" keer")
        told = "aantal niet gepubliceerd" if "hidden" in said else said["number"]
        yield from demand(told == due, f"due is {due!r}")


@claim(
    "observed",
    f"Van de {{every:count}} {{unit={PLURAL_UNITS}}} {BEYOND}",
    f"Er {{=vallen|valt}} {{same:count}} {{unit={PLURAL_UNITS}}} {LATER}",
)
def beyond_cap(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many of the delivered contacts lie in rows beyond the cap as a whole."""
    found = contacts_beyond_cap(facts)
    if found is None:
        yield "no printed row of counts lies beyond the cap"
        return
    yield from said.is_whole("cap", facts.cap)
    yield from said.is_whole("first", found.first)
    yield from said.is_whole("same" if "same" in said else "contacts", found.contacts)
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
    yield from demand(("every" in said) == (found.every is not None), f"all are {found.every}")
    if "every" in said:
        yield from said.is_whole("every", found.every)


class BeyondCap(NamedTuple):
    """Contacts in rows beyond the cap, the month they begin with, and those in all rows."""

    first: int
    contacts: int
    every: int | None


def contacts_beyond_cap(facts: Facts) -> BeyondCap | None:
    """Return the delivered contacts beyond the cap; None of a history, or where no row has them.

    Args:
        facts: of a published result.
    """
    if not from_counts(facts) or facts.cap is None:
        return None
    for name in facts.shown:
        rows = [row for row in facts.rows(name) if row.first >= facts.cap]
        contacts = [row.contacts for row in rows]
        told = [count for count in contacts if count is not None]
        if are_mixed(facts.rows(name)) or not told or len(told) < len(contacts) or not sum(told):
            continue
        total = facts.total(name)
        return BeyondCap(rows[0].first, sum(told), None if total is None else total.contacts)
    return None


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield a fault where calls, objections processed late, or days and hours are left out.

    Args:
        page: of the report.
        facts: of its result.
    """
    beyond = contacts_beyond_cap(facts) is not None
    if any(one.text.count(f"{CAP_WORDS} ") for one in page.passages) != beyond:
        yield f"contacts beyond the cap: {beyond}"
    found = {one["code"] for one in facts.content["findings"] if one is not doubted(facts)}
    when = bool(_when(facts))
    for one in page.passages:
        if one.text.startswith(RULES_BROKEN) and ("Ook is gebeld op " in one.text) != when:
            yield f"of days and hours: {one.text!r}"
        if one.text.startswith(RULES_BROKEN) and (PERHAPS in one.text) != bool(
            wholly_doubted(facts)
        ):
            yield f"of calls without a known relation: {one.text!r}"
        if UNDERMINES in one.text and not one.of_organisation:
            if (WRONG in one.text) != bool(found & set(BREACHES)):
                yield f"of the calls against a rule: {one.text!r}"
            if ("na vier weken" in one.text) != (LATE in found):
                yield f"of the objections processed late: {one.text!r}"


@claim(
    "observed",
    f"{RULES_BROKEN} {{rules:word}} {{noun=regels|regel}}.",
    f"{RULES_BROKEN} {{rules:word}} {{noun=regels|regel}}: {{names:text}}.",
)
def broken_rules(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check of how many rules breaches were found; one or two are told by their names."""
    items = [item for item in facts.content["findings"] if item is not wholly_doubted(facts)]
    found = {item["code"] for item in items} & {*COUNTED}
    broken = len(found)
    named = [f"‘{name[0].lower()}{name[1:]}’" for code, name in RULES.items() if code in found]
    yield from said.is_whole("rules", broken)
    yield from demand((broken == 1) == (said["noun"] == "regel"), f"{broken} rules")
    yield from demand((broken <= 2) == ("names" in said), f"{broken} rules are broken")
    if "names" in said:
        yield from said.is_text("names", enumerated(named))
    yield from said.is_whole("rules", broken)
    yield from demand((broken == 1) == (said["noun"] == "regel"), f"{broken} rules")


WHEN = {"forbidden_day": "dagen", "outside_hours": "tijdstippen"}


def _when(facts: Facts) -> set[str]:
    compliance = facts.content["compliance"]
    rules = [] if compliance is None else compliance["rules"]
    found = {item["code"] for item in facts.content["findings"]}
    return {rule["code"] for rule in rules if rule["code"] in WHEN} & found


@claim(
    "observed",
    "Ook is gebeld op {when=dagen en tijdstippen|dagen|tijdstippen} waarop dat volgens de "
    "toegepaste regels niet mag.",
)
def also_when(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check whether calls fell on forbidden days, at forbidden hours, or both."""
    due = " en ".join(word for code, word in WHEN.items() if code in _when(facts))
    yield from said.is_text("when", due)


LEFT_OUT = {
    "after_unanswered_calls": "na belpogingen zonder netto contact",
    "unattributed": "die aan geen enkele belpoging waren toe te schrijven",
}


@claim(
    "observed",
    "Niet meegeteld zijn {parts:text}.",
    "Hoort zo’n {those=melding} toch bij een contact dat meetelt, dan kan het percentage hoger "
    "zijn dan hier staat.",
)
def reports_left_out(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many objections and complaints are in no rate, and why."""
    found = {item["code"]: item for item in facts.content["findings"]}
    reasons: dict[str, list[str]] = {}
    for code, why in LEFT_OUT.items():
        for outcome, noun in (("objection", "meldingen van verzet"), ("complaint", "klachten")):
            item = found.get(f"{outcome}_{code}")
            if item is not None:
                reasons.setdefault(why, []).append(f"{_how_many(item, facts)} {noun}")
    yield from demand(bool(reasons), "every report counts")
    if "those" not in said:
        due = ", en ".join(f"{enumerated(counts)} {why}" for why, counts in reasons.items())
        yield from said.is_text("parts", due)


def _how_many(item: dict[str, object], facts: Facts) -> str:
    if item["count"] is not None:
        return f"{int(str(item['count'])):,}".replace(",", ".")
    hidden = item.get("hidden")
    reason = hidden.get("count") if isinstance(hidden, dict) else "few"
    return f"minder dan {facts.minimum}" if reason == "few" else "een niet gepubliceerd aantal"


def _as_in_table(facts: Facts) -> Iterator[str]:
    """Yield which breaches are counted otherwise in the table of rules."""
    compliance = facts.content["compliance"]
    rules = {} if compliance is None else {rule["code"]: rule for rule in compliance["rules"]}
    for item in facts.content["findings"]:
        rule = rules.get(item["code"])
        if rule is not None and item["code"] in COUNTED:
            same = rule["count"] == item["count"]
            yield from demand(same, f"{item['code']}: the table of rules has {rule['count']}")


def _times(item: Mapping[str, Any], facts: Facts, *, first: bool) -> str:
    rule = f"{'gebeld ' * first}{BREACHES[str(item['code'])]}"
    if item["count"] is not None:
        number = f"{int(str(item['count'])):,}".replace(",", ".")
        return f"{number} keer {rule}"
    hidden = item.get("hidden")
    reason = hidden.get("count") if isinstance(hidden, dict) else "few"
    if reason == "few":
        return f"minder dan {facts.minimum} keer {rule}"
    return f"{rule} (aantal niet gepubliceerd)"


@claim(
    "observed",
    "Er is gebeld {where:text} waarop dat volgens de toegepaste regels niet mag.",
)
def days_and_hours(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that calls fell on forbidden days or hours."""
    found = _when(facts)
    rules = {rule["code"]: rule for rule in facts.content["compliance"]["rules"]}
    due = enumerated(
        [
            f"op {WHEN[code]} ({_how_often(rule, facts)})"
            for code, rule in rules.items()
            if code in found
        ]
    )
    yield from said.is_text("where", due)


def _how_often(rule: dict[str, object], facts: Facts) -> str:
    if rule["count"] is not None:
        return f"{int(str(rule['count'])):,} keer".replace(",", ".")
    hidden = rule.get("hidden")
    few = not isinstance(hidden, dict) or hidden.get("count", "few") == "few"
    return f"minder dan {facts.minimum} keer" if few else "aantal niet gepubliceerd"
