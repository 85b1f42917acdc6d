"""Tables of criteria, of the width of the answer, of other choices and of weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from balanstest_analysis.verification.claims.choices import choice_name, value_name
from balanstest_analysis.verification.claims.due import Due, cells, heads, months, number, text
from balanstest_analysis.verification.claims.facts import OVERALL, UNTESTED, Criterion, Facts
from balanstest_analysis.verification.claims.norms import norm_faults
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.claims.rate_sheets import level_words
from balanstest_analysis.verification.claims.vocabulary import CHOICES, CRITERION_STATUS, FAMILIES

MOST_CAMPAIGNS = 6
NOT_ALIKE = ("threshold", "denominator")
SIGNS = {"alle": "(alle: ", "n.v.t.": "n.v.t.: ", "n.t.b.": "n.t.b.: "}
CAPTION = (
    r"De criteria van de organisatie(?: en de termijn die daaruit volgt|, de grens van (\d+) "
    r"maanden? \(Code\) en de termijn die uit elk daarvan volgt)"
)


class Reach(NamedTuple):
    """A term in months, or at least so many."""

    value: int
    at_least: bool = False


def span(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the four numbers between which the proposal stands."""
    yield from heads(
        sheet,
        [
            f"Aangetoond (betrouwbaarheid {level_words(facts)})",
            "Volgens de schatting",
            "Elk tijdvak apart getoetst",
            "Kortste bij een andere rekenwijze",
        ],
    )
    shown = facts.uncapped if facts.is_request else facts.term
    due = [months(shown or 0), _estimated(facts), row_by_row(facts), _shortest(facts)]
    yield from cells(sheet, [due])
    open_ended = any(cell.endswith(" of meer") for row in sheet.rows for cell in row)
    if open_ended != ("‘Of meer’" in sheet.note):
        yield f"whether a term goes on is {open_ended}, the note is {sheet.note!r}"


def _capped(reach: Reach, facts: Facts) -> Due:
    cap = None if facts.is_request else facts.cap
    if cap is not None and reach.value >= cap:
        return months(cap)
    due = months(reach.value)
    return text(f"{due.words[1:-1]} of meer") if reach.at_least else due


def _estimated(facts: Facts) -> Due:
    found = []
    for item in facts.criteria:
        if item.term is None:
            continue
        last = item.estimated_last
        if item.is_argued:
            found.append(Reach(item.term))
        elif last is not None:
            found.append(Reach(last + 1))
        else:
            evidence = item.content["last_month_with_evidence"] or 0
            found.append(Reach(max(item.term, evidence + 1), at_least=True))
    return _capped(min(found), facts)


def row_by_row(facts: Facts) -> Due:
    """Return what the printed rows support, each by itself."""
    checked = [item for item in facts.criteria if _is_told(item, facts)]
    if not checked:
        return text("niet na te gaan")
    witnesses = [item.content["witness_month"] for item in checked]
    if None in witnesses:
        return text("geen termijn")
    argued = [item.term for item in facts.criteria if item.is_argued and item.term is not None]
    return _capped(Reach(min([*(month + 1 for month in witnesses), *argued])), facts)


def first_row_against(facts: Facts) -> tuple[str, int, int] | None:
    """Return the criterion, and the first and last month of the row, at which the check ends."""
    checked = [item for item in facts.criteria if _is_told(item, facts)]
    if not checked or any(item.content["witness_month"] is None for item in checked):
        return None
    least = min(checked, key=lambda item: int(item.content["witness_month"]))
    month = int(least.content["witness_month"]) + 1
    rows = facts.rows(str(least.outcome))
    found = next((row for row in rows if row.first <= month <= row.last), None)
    return None if found is None else (least.name, found.first, found.last)


def _is_told(item: Criterion, facts: Facts) -> bool:
    if not item.is_tested or item.outcome is None or item.threshold is None:
        return False
    rows = facts.rows(item.outcome)
    return item.kind != OVERALL and bool(rows) and all(row.contacts is not None for row in rows)


def _shortest(facts: Facts) -> Due:
    lines = [
        line
        for line in facts.content["sensitivity"]
        if line["choice"] not in NOT_ALIKE and line["status"] != "undetermined"
    ]
    if any(line["term_months"] is None for line in lines):
        return text("geen termijn")
    if not lines:
        return text("niet na te gaan")
    return months(min(line["term_months"] for line in lines))


def criteria(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read every criterion with its demand and what it supports."""
    months_through = [f"{head} t/m" for head in ("Schatting", "Aangetoond", "Controle")]
    yield from heads(sheet, ["Criterium", "Eis", *months_through, "Termijn"])
    shown = {cell.lower() for row in sheet.rows for cell in row[2:]}
    for sign, meaning in SIGNS.items():
        if (sign in shown) != (meaning in sheet.note.lower()):
            yield f"whether {sign!r} occurs is {sign in shown}, the note is {sheet.note!r}"
    named = re.fullmatch(CAPTION, sheet.caption)
    told = None if named is None or named[1] is None else int(named[1])
    if told != facts.cap:
        yield f"the caption has a cap of {told}, the rules of {facts.cap}"
    due = [_criterion(item, facts) for item in facts.criteria]
    if facts.cap is not None:
        cap = months(facts.cap).words[1:-1]
        words = [f"Grens van {cap} (Code)", f"De termijn mag ten hoogste {cap} zijn"]
        due.append([text(one) for one in (*words, "n.v.t.", "n.v.t.", "n.v.t.", cap)])
    yield from cells(sheet, due)


def _criterion(item: Criterion, facts: Facts) -> list[Due]:
    estimate: object = "alle" if item.holds_throughout else item.estimated_last
    shown = item.term - 1 if item.is_tested and item.term is not None else None
    found = [estimate, shown, item.content["witness_month"]]
    return [
        text(item.name),
        Due(
            both("the demand of kind {}", "de eis van dit criterium", item.kind),
            lambda cell: not list(norm_faults(cell[0].lower() + cell[1:], item, facts)),
        ),
        *(text(_month(item, one)) for one in found),
        _term(item, facts),
    ]


def _month(item: Criterion, month: object) -> str:
    without = item.kind == OVERALL and item.is_tested and month is None
    if item.is_argued or without:
        return "n.v.t."
    return "n.t.b." if month is None else str(month)


def _term(item: Criterion, facts: Facts) -> Due:
    if item.term is not None:
        return months(item.term)
    aside = item.name in {one["criterion"] for one in facts.proposal["set_aside"]}
    return text(CRITERION_STATUS[item.status] + ("; terzijde gelegd" if aside else ""))


def crossings(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read where each curve alone crosses each threshold."""
    judged = [item for item in facts.criteria if item.content["families"]]
    yield from heads(sheet, ["Kromme", *(item.name for item in judged)])
    rows = [{row["family"]: row for row in item.content["families"]} for item in judged]
    due = [
        [text(name.capitalize()), *(_crossing(row.get(code)) for row in rows)]
        for code, name in FAMILIES.items()
        if any(code in row for row in rows)
    ]
    yield from cells(sheet, due)


def _crossing(row: Mapping[str, Any] | None) -> Due:
    if row is None or row["crossing"] is None:
        return text("–")
    if row["lower"] is None:
        return number(row["crossing"])
    due = number(row["crossing"]), number(row["lower"])
    return Due(
        both("{} ({})", "{} ({})", row["crossing"], row["lower"]),
        lambda cell: all(
            one.fits(part) for one, part in zip(due, cell[:-1].split(" ("), strict=True)
        ),
    )


def line_words(line: Mapping[str, Any] | None) -> str:
    """Return the term under another choice as it stands in a cell."""
    if line is None:
        return "."
    match line["status"]:
        case "undetermined":
            return "nog geen voorstel"
        case "proposed_incomplete":
            return f"voorlopig ({line['term_months']})"
        case _:
            return "geen termijn" if line["term_months"] is None else str(line["term_months"])


def thresholds(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the term with each threshold multiplied."""
    lines = [line for line in facts.content["sensitivity"] if line["choice"] == "threshold"]
    factors = sorted({float(line["value"]) for line in lines})
    found = {(line["criterion"], float(line["value"])): line for line in lines}
    heads_ = ["Keuze", *(f"× {factor:g}".replace(".", ",") for factor in factors)]
    yield from heads(sheet, heads_)
    due = []
    for name in dict.fromkeys(line["criterion"] for line in lines):
        first = next(line for line in lines if line["criterion"] == name)
        words = [line_words(found.get((name, factor))) for factor in factors]
        due.append([text(one) for one in (choice_name(first, facts), *words)])
    yield from cells(sheet, due)


def other_choices(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the term under every choice but the thresholds."""
    yield from heads(sheet, ["Keuze", "Anders gekozen", "Termijn (maanden)"])
    order = {code: place for place, code in enumerate(CHOICES)}
    lines = [line for line in facts.content["sensitivity"] if line["choice"] != "threshold"]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for line in sorted(lines, key=lambda one: order.get(one["choice"], 99)):
        groups.setdefault(choice_name(line, facts), []).append(line)
    due = [row for name, some in groups.items() for row in _choice_rows(name, some)]
    yield from cells(sheet, due)


def _choice_rows(name: str, lines: list[Mapping[str, Any]]) -> Iterator[list[Due]]:
    by_term: dict[str, list[str]] = {}
    for line in sorted(lines, key=lambda x: (x["status"] != "proposed", x["term_months"] or 0)):
        by_term.setdefault(line_words(line), []).append(value_name(line))
    for term, values in by_term.items():
        joined = "; ".join(values)
        if lines[0]["choice"] == "without_campaign" and len(values) > MOST_CAMPAIGNS:
            number, total = len(values), len(lines)
            times = f"alle {total}" if number == total else f"{number} van de {total}"
            joined = f"telkens een andere: {times} keer"
        yield [text(name), text(joined), text(term)]


def frontier(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the term per weight of an objection and of a complaint."""
    points = facts.content["frontier"]
    found = {(p["objection_weight"], p["complaint_weight"]): p for p in points}
    objections = sorted({weight for weight, _ in found})
    complaints = sorted({weight for _, weight in found})
    several = len(complaints) > 1
    named = [f"Gewicht van een klacht: {w:g}".replace(".", ",") for w in complaints]
    yield from heads(sheet, ["Gewicht van verzet", *(named if several else ["Termijn"])])
    due = [
        [number(first), *(text(_point(found.get((first, second)))) for second in complaints)]
        for first in objections
    ]
    yield from cells(sheet, due)


def _point(point: Mapping[str, Any] | None) -> str:
    if point is None:
        return "."
    if point["term_months"] is not None:
        return str(point["term_months"])
    return "onzeker" if point["status"] in UNTESTED else "geen"
