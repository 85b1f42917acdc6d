"""Sentences without a number of these data, word for word, with when they may be said.

They stand in `fixed_sentences.txt`, each under the conditions that the result has to satisfy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from balanstest_analysis.verification.claims.claim import Claim, Said, demand
from balanstest_analysis.verification.claims.facts import OUTCOMES, OVERALL, UNTESTED, Facts
from balanstest_analysis.verification.claims.page import Passage

Condition: TypeAlias = Callable[[Facts], bool]
TEXTS = Path(__file__).with_name("fixed_sentences.txt")
REFUSED = "not_allowed"


def from_counts(facts: Facts) -> bool:
    """Return whether the organisation delivered counts instead of calls."""
    return "counts" in facts.content["fingerprints"] or "calls" not in facts.content["fingerprints"]


def from_events(facts: Facts) -> bool:
    """Return whether a table of events told from when the months are counted."""
    return bool(facts.content["relations"]["kinds_from"] == "events")


def has_composition(facts: Facts) -> bool:
    """Return whether the report tells who was called in which month."""
    several = facts.content["clustering"]["campaigns"] > 1
    return bool(facts.content["composition"]) and (several or not from_counts(facts))


def has_reach(facts: Facts) -> bool:
    """Return whether the report tells which share of the calls reached anybody."""
    known = any(row["reached_share"] is not None for row in facts.content["composition"])
    return known and not from_counts(facts)


def choices(facts: Facts, key: str, value: str) -> bool:
    """Return whether another choice was made, or has a status."""
    return any(line[key] == value for line in facts.content["sensitivity"])


def weights(facts: Facts) -> list[Mapping[str, Any]]:
    """Return the points of the frontier."""
    return list(facts.content["frontier"])


def cap_on_all(facts: Facts) -> bool:
    """Return whether there is a cap, and no other choice gives more."""
    terms = [line["term_months"] or 0 for line in facts.content["sensitivity"]]
    return facts.cap is not None and all(term <= facts.cap for term in terms)


_STATED: Mapping[str, Condition] = {
    "always": lambda _: True,
    "asked": lambda facts: bool(facts.content["gaps"]),
    "gaps not asked": lambda facts: not facts.content["gaps"],
    "judged": lambda facts: bool(facts.proposal["status"] != REFUSED),
    "not judged": lambda facts: bool(facts.proposal["status"] == REFUSED),
    "with a term": lambda facts: facts.term is not None,
    "without a term": lambda facts: facts.term is None,
    "untested": lambda facts: bool(facts.proposal["status"] == "undetermined"),
    "untested in single months": lambda facts: any(
        item.kind != OVERALL and item.name in facts.proposal["untested"] for item in facts.criteria
    ),
    "set aside": lambda facts: bool(facts.proposal["set_aside"]),
    "request": lambda facts: facts.is_request,
    "tested": lambda facts: any(item.is_tested for item in facts.criteria),
    "own file": lambda facts: not facts.is_request,
    "not before": lambda facts: facts.content["not_before"] is not None,
    "a cap": lambda facts: facts.cap is not None,
    "no cap": lambda facts: facts.cap is None,
    "cap on all choices": cap_on_all,
    "other choices untested": partial(choices, key="status", value="undetermined"),
    "other choices incomplete": partial(choices, key="status", value="proposed_incomplete"),
    "a curve not fitted": lambda facts: any(
        fit["family"] == line["value"] and fit["status"] != "ok"
        for line in facts.content["sensitivity"]
        if line["choice"] == "family"
        for name in OUTCOMES
        for fit in facts.outcome(name)["fits"]
    ),
    "a curve of one height": lambda facts: (
        any(
            line["value"] == "constant" and line["term_months"] is not None
            for line in facts.content["sensitivity"]
            if line["choice"] == "family"
        )
        and all(
            fit["status"] == "ok"
            for name in OUTCOMES
            for fit in facts.outcome(name)["fits"]
            if fit["family"] == "constant"
        )
    ),
    "another denominator": partial(choices, key="choice", value="denominator"),
    "criteria changed": lambda facts: bool(facts.content["criteria_changes"]),
    "weights without a term": lambda facts: any(
        point["term_months"] is None and point["status"] not in UNTESTED for point in weights(facts)
    ),
    "weights untested": lambda facts: any(point["status"] in UNTESTED for point in weights(facts)),
    "all weights untested": lambda facts: all(p["status"] in UNTESTED for p in weights(facts)),
}
_DELIVERED: Mapping[str, Condition] = {
    "fictitious": lambda facts: bool(facts.content["fictitious"]),
    "real": lambda facts: not facts.content["fictitious"],
    "history": lambda facts: facts.content["compliance"] is not None,
    "net contacts": lambda facts: bool(facts.settings["denominator"] == "net_contact"),
    "calls counted": lambda facts: bool(facts.settings["denominator"] == "call"),
    "rows of calls": lambda facts: not from_counts(facts),
    "counts": from_counts,
    "events": from_events,
    "calls without events": lambda facts: not (from_events(facts) or from_counts(facts)),
    "breach": lambda facts: bool(facts.content["findings"]),
    "poor fit": lambda facts: any(facts.outcome(name)["fit_warning"] for name in OUTCOMES),
    "no curve crosses": lambda facts: (
        not any(row["crossing"] for item in facts.criteria for row in item.content["families"])
    ),
    "objections or complaints": lambda facts: any(
        facts.outcome(name)["available"] for name in ("objection", "complaint")
    ),
    "people": lambda facts: bool(facts.content["incidence_since_contact"]),
    "composition": has_composition,
    "reach": has_reach,
    "no reach": lambda facts: not has_reach(facts),
    "several campaigns": lambda facts: facts.content["clustering"]["campaigns"] > 1,
    "one campaign": lambda facts: facts.content["clustering"]["campaigns"] < 2,
    "kept": lambda facts: bool(facts.content["series"]["kept"]),
}
_LAW: Mapping[str, Condition] = {
    "sector allowed": lambda facts: bool(facts.regime["sector_allowed"]),
    "sector not allowed": lambda facts: not facts.regime["sector_allowed"],
    "relation needed": lambda facts: bool(facts.regime["needs_ground"]),
    "no relation needed": lambda facts: not facts.regime["needs_ground"],
    "older template": lambda facts: bool(facts.content["template"] == "bel-me-niet"),
    "lawyer": lambda facts: "for_a_lawyer" in facts.content["conditions"].values(),
    "condition not met": lambda facts: "not_met" in facts.content["conditions"].values(),
    "membership": lambda facts: facts.content["relations"]["membership_reason"] is not None,
    "override": lambda facts: facts.regime["override_reason"] is not None,
}
CONDITIONS: Mapping[str, Condition] = {**_STATED, **_DELIVERED, **_LAW}


def _checked(condition: str, _said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    for part in condition.split(", "):
        yield from demand(CONDITIONS[part](facts), f"may be said only of: {part}")


def _read() -> Iterator[Claim]:
    condition = "always"
    for line in TEXTS.read_text("utf-8").splitlines():
        if line.startswith("# "):
            condition = line.removeprefix("# ")
        elif line:
            yield Claim(kind="words", template=line, check=partial(_checked, condition))


def _by_text() -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for one in _read():
        found.setdefault(one.template, []).append(one)
    return found


FIXED = _by_text()
