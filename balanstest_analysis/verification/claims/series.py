"""Sentences about changes: of criteria after the outcome, of rules, and from report to report.

What an earlier report said is not in this result; of such a sentence the present side is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.dutch_numbers import day, quarter
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.history import said_period
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import RULES

SHOWN = 8


@claim(
    "rule",
    "De organisatie gaat uit van andere regels dan die van de rapportdatum: {name:text}.",
)
def override(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that other rules were chosen, and which."""
    yield from said.is_text("name", facts.regime["name"])
    yield from demand(facts.regime["override_reason"] is not None, "no other rules were chosen")


@claim("argued", "Reden: {reason:text}")
def own_reason(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a reason is one that the organisation gave."""
    yield from demand(said["reason"] in facts.own_words, "the result has no such reason")


def change_on(facts: Facts, date: str) -> Mapping[str, Any]:
    """Return the change of the criteria on a day.

    Raises:
        KeyError: there is none.
    """
    for change in facts.content["criteria_changes"]:
        if change["date"] == date:
            found: Mapping[str, Any] = change
            return found
    raise KeyError(date)


@claim(
    "rule",
    "Gewijzigd op {day:date} en {note:text}: {changed:text} (kenmerk van de criteria was "
    "{old:word}, werd {new:word}).",
)
def changed(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what was changed on which day, and the marks before and after."""
    change = change_on(facts, day(said["day"]).isoformat())
    yield from said.is_text("note", change["note"])
    yield from said.is_text("changed", "; ".join(change["changed"]))
    yield from said.is_text("old", change["old_hash"][:SHOWN])
    yield from said.is_text("new", change["new_hash"][:SHOWN])


@claim(
    "rule",
    "Voor en na de wijziging was er geen voorstel.",
    "Voor de wijziging was de uitkomst {old:text}, erna {new:text}.",
    "Het voorstel bleef {same:count} {=maanden|maand}.",
    "Het voorstel ging daarmee van {before:count} {=maanden|maand} naar {after:count} "
    "{=maanden|maand}.",
)
def effect(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that one of the changes had this effect."""
    pairs = [
        (change["old_term_months"], change["new_term_months"])
        for change in facts.content["criteria_changes"]
    ]
    yield from demand(_told(said) in pairs, f"the changes went {pairs}")


def _told(said: Said) -> tuple[int | None, int | None]:
    if "same" in said:
        return said.whole("same"), said.whole("same")
    if "before" in said:
        return said.whole("before"), said.whole("after")
    if "old" in said:
        return _months(said["old"]), _months(said["new"])
    return None, None


def _months(text: str) -> int | None:
    return None if text == "geen voorstel" else int(text.split(maxsplit=1)[0])


@claim(
    "rule",
    "Na de laatste aangetekende wijziging zijn de criteria of hun redenen opnieuw veranderd, "
    "zonder dat datum en aanleiding in het dossier staan.",
)
def changed_again(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the last change is not the whole story."""
    last = facts.content["criteria_changes"][-1]
    differ = last["new_hash"] != facts.content["criteria_hash"]
    yield from demand(differ, "the criteria are as they were changed last")


@claim(
    "tested",
    "Het voorstel is langer dan in het rapport over het {quarter:quarter}: toen {before:count} "
    "{=maanden|maand}, nu {now:count} {=maanden|maand}.",
)
def longer(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the present term, and that it is longer."""
    yield from said.is_whole("now", facts.term)
    yield from demand(said.whole("before") < said.whole("now"), "that is not longer")
    yield from demand(said_period(said) < facts.content["period"], "that report is not earlier")


@claim("rule", "Sindsdien gewijzigd: {what:text}.")
def since(said: Said, _facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that only known parts are said to differ; the earlier report is not here."""
    known = {
        "gegevens",
        "dossier",
        "wijze van vingerafdrukken",
        "criteria",
        "instellingen",
        "regels",
        "relaties die meetellen",
        "versie van de methode",
    }
    told = {part for one in said["what"].split(", ") for part in one.split(" en ")}
    yield from demand(told <= known, f"unknown: {sorted(told - known)}")


SINCE = "tussen het {old:quarter} en het {new:quarter}"


def quarters(said: Said, facts: Facts) -> Iterator[str]:
    """Yield a fault where the later quarter is beyond this report, or not the later one."""
    old, new = quarter(said["old"]), quarter(said["new"])
    yield from demand(old < new, f"{new} is not later than {old}")
    yield from demand(
        new <= facts.content["period"], f"this report is of {facts.content['period']}"
    )


@claim(
    "tested",
    f"De voorgestelde termijn ging {SINCE} van {{before:count}} {{=maanden|maand}} naar "
    "{after:count} {=maanden|maand}.",
)
def went(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the later term where it is that of this report."""
    yield from quarters(said, facts)
    yield from demand(said["before"] != said["after"], "the term did not change")
    if quarter(said["new"]) == facts.content["period"]:
        yield from said.is_whole("after", facts.term)


@claim("tested", f"Het voorstel veranderde {SINCE} van {{before:text}} in {{after:text}}.")
def came_or_went(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that one of the two has no term, and the later one where it is this report."""
    yield from quarters(said, facts)
    has = [words.endswith(("maand", "maanden")) for words in (said["before"], said["after"])]
    yield from demand(has[0] != has[1], "both have a term, or neither")
    if quarter(said["new"]) == facts.content["period"]:
        yield from demand(has[1] == (facts.term is not None), f"the term is {facts.term}")


@claim(
    "rule",
    f"De criteria zijn gewijzigd {SINCE}, dus nadat de gegevens over het {{known:quarter}} bekend "
    "waren.",
)
def criteria_went(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the data that were known are those of the earlier quarter."""
    yield from quarters(said, facts)
    yield from said.is_text("known", said["old"])


@claim(
    "rule",
    "De termijn zou uiterlijk op {planned:date} opnieuw worden bekeken; dit rapport is van "
    "{reported:date}.",
)
def overdue(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the report date, and that the term was to be looked at before."""
    yield from said.is_day("reported", facts.content["report_date"])
    yield from demand(day(said["planned"]) < day(said["reported"]), "that is not before")


@claim("rule", "Overgenomen aantallen: {rules:text}.", where="note")
def kept_rules(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which counts of rules come from an earlier report."""
    kept = [rule for rule in facts.content["compliance"]["rules"] if rule.get("kept_from")]
    due = [RULES[rule["code"]] for rule in kept]
    told = re.findall(
        r"‘(.*?)’ uit het rapport over het ([a-z]+ kwartaal van \d{4})", said["rules"]
    )
    yield from demand([name for name, _ in told] == due, f"kept are {due}")
    for (_, period), rule in zip(told, kept, strict=False):
        yield from demand(quarter(period) == rule["kept_from"], f"kept from {rule['kept_from']}")
