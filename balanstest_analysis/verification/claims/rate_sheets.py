"""Tables of counted rows: rates, years, the months asked for, people, and the balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from balanstest_analysis.verification.claims.due import (
    HIDDEN,
    Due,
    anything,
    cells,
    count,
    counted_rate,
    heads,
    interval,
    number,
    rate,
    report_of,
    stretch,
    text,
)
from balanstest_analysis.verification.claims.facts import Facts, Row, Stretch, are_mixed
from balanstest_analysis.verification.claims.one_sided import one_sided
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.vocabulary import FIRST, TERMS, UNITS, outcome_called

RATIO = "Verzet per 100 conversies"
REPORT = "Rapport"
_LAST = "{{}} in de laatste {months} maanden daarvan (maand {span})"


def level_words(facts: Facts) -> str:
    """Return the confidence level as it is printed in heads."""
    return f"{100 * facts.level:g}%".replace(".", ",")


def unit_head(facts: Facts) -> str:
    """Return the head of the column with contacts."""
    return UNITS[facts.settings["denominator"]][1].capitalize()


def rates(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the overview of an outcome."""
    outcome = outcome_called(sheet.caption.partition(" per tijdvak")[0])
    rows = facts.rows(outcome)
    total = facts.total(outcome)
    kept = any(row.kept is not None for row in rows)
    columns = ["Maanden", unit_head(facts), TERMS[outcome].head, "Percentage"]
    columns += [f"{level_words(facts)}-interval", "Ontwerpeffect", "Ondergrens", "Bovengrens"]
    columns += [REPORT] * kept
    yield from heads(sheet, columns)
    due = [[stretch(row.first, row.last), *_rate_cells(row, facts, kept=kept)] for row in rows]
    if len(rows) > 1 and total is not None and not are_mixed(rows):
        report = [report_of(rows[0].kept)] * kept
        due.append([text("Alle maanden"), *_rate_cells(total, facts, kept=False), *report])
    yield from cells(sheet, due)


def _rate_cells(row: Row, facts: Facts, *, kept: bool) -> list[Due]:
    found = [count(row.contacts), count(row.events), rate(row.rate), interval(row.lower, row.upper)]
    limits = one_sided(row, facts.level, facts.minimum)
    found += [number(row.stated_effect), rate(limits.lower), rate(limits.upper)]
    return [*found, *([report_of(row.kept)] * kept)]


def years(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read benefit and burden per year since the last purchase."""
    shown = [name for name in TERMS if any(year.rate(name) is not None for year in facts.years)]
    ratio = [RATIO] * ({"conversion", "objection"} <= set(shown))
    yield from heads(sheet, ["Maanden", *(TERMS[name].head for name in shown), *ratio])
    *whole, last = facts.years
    exact = all(one.first % 12 == 0 and one.last == one.first + 11 for one in whole)
    exact = exact and last.first % 12 == 0 and last.last <= last.first + 11
    if exact != (" per jaar " in sheet.caption):
        yield f"the stretches are {[(one.first, one.last) for one in facts.years]}"
    due = []
    for year in facts.years:
        found = [counted_rate(year.events.get(name), year.rate(name)) for name in shown]
        row = [stretch(year.first, year.last), *found]
        due.append([*row, *([number(year.objections_per_100)] * len(ratio))])
    yield from cells(sheet, due)


def requested(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the months asked for beside those before: where they begin is read from the table."""
    blocks = asked_for(facts)
    ratio = [RATIO] * any(block.objections_per_100 is not None for block in blocks)
    columns = ["Maanden", unit_head(facts), *(TERMS[name].head for name in facts.shown)]
    yield from heads(sheet, [*columns, *ratio])
    width = len(columns) + len(ratio)
    yield from cells(sheet, [_asked_row(block, facts)[:width] for block in blocks])


def asked_for(facts: Facts) -> tuple[Stretch, Stretch]:
    """Return the rows before the months that are asked for, and those in them."""
    ends, cap, asked = facts.common_ends, facts.cap or 0, facts.asked or 0
    pairs = list(zip([facts.starts, *(end + 1 for end in ends)], ends, strict=False))
    touching = [(a, b) for a, b in pairs if b >= cap and a < asked]
    inside = [(a, b) for a, b in touching if a >= cap and b < asked] or touching
    first = inside[0][0]
    return facts.stretch(facts.starts, first - 1), facts.stretch(first, inside[-1][1])


def _asked_row(block: Stretch, facts: Facts) -> list[Due]:
    return [
        stretch(block.first, block.last),
        count(_contacts(block, facts)),
        *(counted_rate(block.events.get(name), block.rate(name)) for name in facts.shown),
        number(block.objections_per_100),
    ]


def _contacts(block: Stretch, facts: Facts) -> int | None:
    known = [block.contacts.get(name) for name in facts.shown]
    return next((found for found in known if found), None)


def incidence(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read which share of the people had an event so long after their first contact."""
    outcome = "objection" if "met verzet" in sheet.caption else "complaint"
    rows = facts.content["incidence_since_contact"][outcome]
    kept = any(row.get("kept_from") is not None for row in rows)
    if not sheet.caption.split(";")[0].endswith(FIRST[facts.settings["denominator"]]):
        yield f"the caption is {sheet.caption!r}"
    columns = ["Maanden sindsdien", "Gemiddeld gevolgd", TERMS[outcome].head]
    columns += ["Aandeel tot en met deze maanden", f"{level_words(facts)}-interval"]
    yield from heads(sheet, [*columns, *([REPORT] * kept)])
    due = [
        [
            stretch(row["month_from"], row["month_to"]),
            count(row["mean_at_risk"]),
            count(row["events"]),
            rate(row["incidence"]),
            interval(row["incidence_lower"], row["incidence_upper"]),
            *([report_of(row.get("kept_from"))] * kept),
        ]
        for row in rows
    ]
    yield from cells(sheet, due)


def balance(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read what calling up to the end of the term brings and costs."""
    term = facts.evaluated or 0
    ends = [end for end in facts.common_ends if end < term]
    last = ends[-1] if ends else facts.common_ends[0]
    whole = facts.stretch(facts.starts, last)
    due = [_balance_row(whole, facts, f"{{}} {_in_months(whole)}")]
    before = [end for end in ends if end <= last - 12]
    if before:
        year = facts.stretch(before[-1] + 1, last)
        span = f"{year.first} t/m {year.last}" if year.first < year.last else str(year.last)
        due.append(
            _balance_row(year, facts, _LAST.format(months=year.last - year.first + 1, span=span))
        )
    people = {name: _person(facts, name, min(last, term - 1)) for name in facts.shown}
    if any(found is not None for found in people.values()):
        longest = _longest([row for row in people.values() if row is not None])
        told = {name: _holding(people[name], name, longest, facts) for name in facts.shown}
        cells_ = [_people(told[name], name, longest) for name in facts.shown]
        first = FIRST[facts.settings["denominator"]]
        due.append(
            [text(f"mensen uit alle maanden, {_within(longest)} na hun {first}"), text(""), *cells_]
        )
    labels = (TERMS[name].label for name in facts.shown)
    yield from heads(sheet, ["Groep", "Aantal", *labels])
    yield from cells(sheet, due)
    shorter = any(cell.endswith(")") for row in sheet.rows for cell in row[1:])
    if shorter != ("tussen haakjes" in sheet.note):
        yield f"whether a share is of a shorter time is {shorter}, the note is {sheet.note!r}"
    where = "tot het einde van"
    if last != term - 1:
        where = "in de tijdvakken geheel binnen" if ends else "tot voorbij het einde van"
    if not sheet.caption.endswith(f" {where} {_evaluated(facts)}"):
        yield f"the caption is {sheet.caption!r}, what is evaluated is {_evaluated(facts)!r}"


def _evaluated(facts: Facts) -> str:
    if facts.is_request and facts.evaluated == facts.asked:
        return "de gevraagde termijn"
    if facts.is_request and facts.proposal["binding"] == "regime_cap":
        return "de termijn die uit de criteria volgt"
    return "de termijn"


def _in_months(block: Stretch) -> str:
    if block.first == block.last:
        return f"in maand {block.first}"
    return f"in maand {block.first} tot en met {block.last}"


def _balance_row(block: Stretch, facts: Facts, label: str) -> list[Due]:
    unit = UNITS[facts.settings["denominator"]][1]
    shares = [block.rate(name) for name in facts.shown]
    found = [number(None if share is None else 1000 * share) for share in shares]
    return [text(label.format(unit)), count(_contacts(block, facts)), *found]


def _person(facts: Facts, outcome: str, last: int) -> Mapping[str, Any] | None:
    """Return the row of people up to a month, or the first where none ends within it.

    Of one with an upper limit only, it is the last up to which that limit holds.
    """
    rows: list[Mapping[str, Any]] = facts.content["incidence_since_contact"].get(outcome, [])
    inside = [row for row in rows if row["month_to"] <= last] or rows
    row = inside[-1] if inside is not rows else next(iter(rows), None)
    if row is None or row["incidence_upper"] is None:
        return None
    if row["incidence"] is not None:
        return row
    later = [one for one in rows if one["month_to"] >= row["month_to"]]
    return [one for one in later if _is_below(one, row["incidence_upper"])][-1]


def _holding(
    row: Mapping[str, Any] | None, outcome: str, last: int, facts: Facts
) -> Mapping[str, Any] | None:
    """Return the row of the lowest upper limit that holds up to a month, where the own does not."""
    if row is None or row["incidence"] is not None or row["month_to"] >= last:
        return row
    rows = facts.content["incidence_since_contact"][outcome]
    later = [one for one in rows if one["month_to"] >= last and one["incidence_upper"] is not None]
    lowest = min(later, key=lambda one: float(one["incidence_upper"]), default=row)
    return {**lowest, "incidence": None}


def _is_below(row: Mapping[str, Any], limit: float) -> bool:
    upper = row["incidence_upper"]
    return row["incidence"] is None and upper is not None and bool(upper <= limit)


def _longest(rows: Sequence[Mapping[str, Any]]) -> int:
    """Return the last month since the first contact that is told: of known shares, if any is."""
    known = [row for row in rows if row["incidence"] is not None]
    return max(int(row["month_to"]) for row in known or rows)


def _within(last: int) -> str:
    return "binnen 1 maand" if last == 0 else f"binnen {last + 1} maanden"


def _people(row: Mapping[str, Any] | None, outcome: str, longest: int) -> Due:
    if row is None:
        return text("niet geteld" if outcome == "conversion" else HIDDEN)
    known, last = row["incidence"] is not None, row["month_to"]
    end = "" if last >= longest else f" ({_within(last)})"
    if known:
        return number(1000 * row["incidence"], around=f"{{}}{end}")
    return number(1000 * row["incidence_upper"], around=f"hooguit {{}}{end}")


def composition(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read contacts, reach and campaigns per stretch of months, as far as they are shown."""
    due = []
    for row in facts.content["composition"]:
        found = {
            "Maanden": stretch(row["month_from"], row["month_to"]),
            "Netto contacten": count(row["net_contacts"]),
            "Bereik": rate(row["reached_share"]),
            "Campagnes": count(row["campaigns"]),
            "Aandeel grootste campagne": rate(row["largest_campaign_share"]),
            REPORT: report_of(row.get("kept_from")),
        }
        due.append([found.get(head, anything()) for head in sheet.columns])
    strange = set(sheet.columns) - set(found) if due else set()
    if strange:
        yield f"unread columns: {sorted(strange)}"
    yield from cells(sheet, due)
