"""Tables of the account: conditions, settings, rows, fingerprints, rules and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.due import (
    Due,
    anything,
    cells,
    count,
    heads,
    number,
    text,
)
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_counts
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.rate_sheets import level_words
from balanstest_analysis.verification.claims.vocabulary import (
    CONDITIONS,
    DEFINITIONS,
    EXCLUSIONS,
    RULES,
    UNITS,
)

ANSWERS = {
    "met": "ja",
    "not_met": "nee",
    "for_a_lawyer": "nee, voor nummers van vóór 1 juli 2021; ter beoordeling van een jurist",
}
SOURCES = {
    "dossier": "dossier",
    "calls": "belpogingen",
    "events": "aankopen en giften",
    "objections": "verzet",
    "complaints": "klachten",
    "counts": "tellingen",
}
UNCHECKED = {"no_data": "niet te toetsen: gegevens ontbreken", "no_rule": "niet van toepassing"}
OPEN = "NOG IN TE VULLEN"
VERIFIED = {True: "ja", False: "nee", None: "n.v.t."}


def conditions(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the answer to every condition; what it asks is law, why is the organisation's."""
    yield from heads(sheet, ["Voorwaarde", "Voldaan", "Toelichting"])
    answers = facts.content["conditions"]
    due = [
        [anything(), text(ANSWERS.get(answers.get(code), "?")), anything()] for code in CONDITIONS
    ]
    yield from cells(sheet, due)


def settings(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the settings of the analysis."""
    yield from heads(sheet, ["Instelling", "Waarde"])
    stated = facts.settings
    own = text("zoals de organisatie telde")
    days = [stated["objection_window_days"], stated["complaint_window_days"]]
    within = [own if from_counts(facts) else _days(number_) for number_ in days]
    of_outcomes = {
        "conversion": ("Conversie", text(DEFINITIONS[stated["conversion_definition"]])),
        "objection": ("Termijn waarbinnen verzet meetelt", within[0]),
        "complaint": ("Termijn waarbinnen een klacht meetelt", within[1]),
    }
    due = {
        "Noemer": text(UNITS[stated["denominator"]][0]),
        **dict(row for name, row in of_outcomes.items() if facts.outcome(name)["available"]),
        "Betrouwbaarheid, eenzijdig": text(level_words(facts)),
        "Aantal trekkingen": count(stated["resamples"]),
        "Kleinste gepubliceerde aantal boven nul": count(facts.minimum),
        "Startwaarde van de toevalsgenerator": text(str(facts.content["seed"])),
    }
    yield from cells(sheet, [[text(name), value] for name, value in due.items()])


def _days(value: int) -> Due:
    return text(f"{value} {'dag' if value == 1 else 'dagen'}")


def bridge(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the account from delivered rows to analysed contacts."""
    yield from heads(sheet, ["Stap", "Aantal"])
    lines = facts.content["bridge"]
    yield from cells(sheet, [[text(_step(one["code"])), count(one["count"])] for one in lines])


def _step(code: str) -> str:
    names = [EXCLUSIONS.get(part, EXCLUSIONS["other"]) for part in code.split("+")]
    if code in {"rows_in", "in_exposure"}:
        return names[0]
    return "Af: " + " of ".join(name[0].lower() + name[1:] for name in names)


def provenance(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read fingerprints and versions."""
    yield from heads(sheet, ["Gegeven", "Waarde"])
    rows = [
        (f"Vingerafdruk {SOURCES.get(name, name)}", _grouped(digest))
        for name, digest in facts.content["fingerprints"].items()
    ]
    if facts.content["criteria_hash"]:
        rows.append(("Kenmerk van de criteria", _grouped(facts.content["criteria_hash"])))
    rows += [(f"Versie {name}", one) for name, one in facts.content["versions"].items()]
    yield from cells(sheet, [[text(name), text(value)] for name, value in rows])


def _grouped(digest: Any) -> str:
    if not isinstance(digest, str) or len(digest) < 32:
        return "geen rijen"
    return " ".join(digest[start : start + 8] for start in range(0, 32, 8))


def compliance(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read each rule with how often the history went against it."""
    yield from heads(sheet, ["Regel", "Aantal", "Aandeel", "Regel in een bron nagegaan?"])
    rules = [
        rule
        for rule in facts.content["compliance"]["rules"]
        if not (rule["code"] == "without_ground" and rule["status"] == "no_rule")
    ]
    yield from cells(sheet, [_rule(rule, facts) for rule in rules])


def _rule(rule: Mapping[str, Any], facts: Facts) -> list[Due]:
    name = text(RULES[rule["code"]])
    if rule["status"] != "checked":
        return [name, text(UNCHECKED[rule["status"]]), text(""), text("")]
    return [name, count(rule["count"], _hidden(rule, facts)), _share(rule["share"]), _read(rule)]


def _hidden(rule: Mapping[str, Any], facts: Facts) -> str:
    few = (rule.get("hidden") or {}).get("count", "few") == "few"
    return f"minder dan {facts.minimum}" if few else "niet gepubliceerd"


def _read(rule: Mapping[str, Any]) -> Due:
    return text(VERIFIED[rule["verified"]])


def _share(share: float | None) -> Due:
    if share is not None and 0 < share < 0.0001:
        return text("< 0,01%")
    return number(None if share is None else 100 * share, around="{}%")


def rule_years(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the calls against each rule per calendar year."""
    rules = [r for r in facts.content["compliance"]["rules"] if r["count"] and r["by_year"]]
    years = sorted({year["year"] for rule in rules for year in rule["by_year"]})
    yield from heads(sheet, ["Regel", *map(str, years)])
    due = []
    for rule in rules:
        found = {year["year"]: year["count"] for year in rule["by_year"]}
        due.append([text(RULES[rule["code"]]), *(count(found.get(year), "–") for year in years)])
    yield from cells(sheet, due)


def frequency(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read how often one person was called per calendar year."""
    keys = ("calls_median", "calls_high", "contacts_median", "contacts_high")
    columns = ["Belpogingen, mediaan", "Belpogingen, 95% hooguit"]
    columns += ["Netto contacten, mediaan", "Netto contacten, 95% hooguit"]
    yield from heads(sheet, ["Jaar", *columns])
    years = facts.content["compliance"]["frequency"]["years"]
    yield from cells(
        sheet, [[text(str(year["year"])), *(count(year[key]) for key in keys)] for year in years]
    )


def hours(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read that there is one row per set of rules; the hours themselves are law, and not here."""
    compliance_ = facts.content["compliance"]
    number_ = len(compliance_["regimes"])
    if number_ != len(sheet.rows):
        yield f"{number_} sets of rules are due"
    sources = [
        source
        for rule in compliance_["rules"]
        if rule["code"] in {"forbidden_day", "outside_hours"} and rule["status"] == "checked"
        for source in rule["sources"]
    ]
    for row in sheet.rows:
        if sources and row[-1] not in sources:
            yield f"the source {row[-1]!r} is not among {sources}"


def measures(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read what is done about each breach that was found, by whom and when."""
    yield from heads(sheet, ["Bevinding", "Aantal", "Maatregel", "Verantwoordelijke", "Datum"])
    due = [
        row for code, times in found_breaches(facts).items() for row in _done(code, times, facts)
    ]
    yield from cells(sheet, due)


def _done(code: str, times: str, facts: Facts) -> Iterator[list[Due]]:
    stated = [one for one in facts.content["measures"] if one["finding"] == code]
    for place, one in enumerate(stated or [{}]):
        told = [" ".join(str(one.get(key) or "").split()) for key in ("measure", "owner")]
        words = [RULES[code], "" if place else times, *(each or OPEN for each in told)]
        yield [text(each) for each in [*words, _when(one, facts.content["report_date"])]]


def _when(one: Mapping[str, Any], reported: str) -> str:
    by, done_on = one.get("by"), one.get("done_on")
    if done_on:
        return f"gedaan {_in_figures(done_on)}"
    if not by:
        return OPEN
    return f"{'te laat,' if by < reported else 'uiterlijk'} {_in_figures(by)}"


def _in_figures(iso_date: str) -> str:
    year, month, day = iso_date.split("-")
    return f"{int(day)}-{int(month)}-{year}"


def found_breaches(facts: Facts) -> dict[str, str]:
    """Return how often each rule was broken, as the report words it, of those that were."""
    told = {item["code"]: item for item in facts.content["findings"]}
    compliance_ = facts.content["compliance"]
    rules = {} if compliance_ is None else {rule["code"]: rule for rule in compliance_["rules"]}
    found = {}
    for code in RULES:
        rule = rules.get(code)
        if rule is not None and rule["status"] == "checked" and _is_broken(rule, facts):
            found[code] = _times(rule, facts)
        elif code in told:
            found[code] = _times(told[code], facts)
    return found


def _is_broken(rule: Mapping[str, Any], facts: Facts) -> bool:
    return bool(rule["count"]) or (
        rule["count"] is None and _hidden(rule, facts) == "niet gepubliceerd"
    )


def _times(item: Mapping[str, Any], facts: Facts) -> str:
    counted = item["count"]
    return _hidden(item, facts) if counted is None else f"{counted:,}".replace(",", ".")
