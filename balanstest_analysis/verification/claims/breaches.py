"""Sentences about calls that went against a rule, each with its count."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import enumerated

BREACHES = {
    "after_objection": "gebeld nadat verzet was aangetekend",
    "beyond_cap": "gebeld na afloop van de maximale termijn (36 maanden)",
    "beyond_own_term": "gebeld na de eigen termijn, maar binnen de maximale termijn",
    "without_ground": "gebeld zonder toestemming waar een klantrelatie niet meer volstaat",
    "no_earlier_event": "gebeld zonder bekende klantrelatie",
    "objection_processed_late": "gebeld meer dan vier weken na een melding van verzet",
}


@claim("observed", "In de belhistorie is gevonden wat niet had mogen gebeuren: er is {found:text}.")
def breaches(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check every breach with its count."""
    parts = []
    for item in facts.content["findings"]:
        if item["code"] in BREACHES:
            parts.append(_times(item, facts))
    yield from said.is_text("found", enumerated(parts))
    yield from _as_in_table(facts)


@claim("observed", "In de belhistorie staan overtredingen van {rules:count} {=regels|regel}.")
def broken_rules(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check of how many rules breaches were found."""
    broken = sum(item["code"] in BREACHES for item in facts.content["findings"])
    yield from said.is_whole("rules", broken)


@claim(
    "observed",
    "Niet elke melding telt mee in de percentages: {parts:text}.",
    "Met die {those=meldingen} erbij zouden de percentages hoger zijn.",
)
def reports_left_out(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how many objections and complaints are in no rate, and why."""
    found = {item["code"]: item for item in facts.content["findings"]}
    parts = [
        f"{_how_many(found[f'{outcome}_{code}'], facts)} {noun} {why}"
        for outcome, noun in (("objection", "meldingen van verzet"), ("complaint", "klachten"))
        for code, why in (
            ("after_unanswered_calls", "na alleen onbeantwoorde belpogingen"),
            ("unattributed", "zonder belpoging in de dagen ervoor"),
        )
        if f"{outcome}_{code}" in found
    ]
    yield from demand(bool(parts), "every report counts")
    if "those" not in said:
        yield from said.is_text("parts", enumerated(parts))


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
        if rule is not None and item["code"] in BREACHES:
            same = rule["count"] == item["count"]
            yield from demand(same, f"{item['code']}: the table of rules has {rule['count']}")


def _times(item: dict[str, object], facts: Facts) -> str:
    rule = BREACHES[str(item["code"])]
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
    words = {"forbidden_day": "op dagen", "outside_hours": "op tijdstippen"}
    found = {item["code"] for item in facts.content["findings"]}
    rules = {rule["code"]: rule for rule in facts.content["compliance"]["rules"]}
    due = enumerated(
        [
            f"{words[code]} ({_how_often(rule, facts)})"
            for code, rule in rules.items()
            if code in words and code in found
        ]
    )
    yield from said.is_text("where", due)


def _how_often(rule: dict[str, object], facts: Facts) -> str:
    if rule["count"] is not None:
        return f"{int(str(rule['count'])):,} keer".replace(",", ".")
    hidden = rule.get("hidden")
    few = not isinstance(hidden, dict) or hidden.get("count", "few") == "few"
    return f"minder dan {facts.minimum} keer" if few else "aantal niet gepubliceerd"
