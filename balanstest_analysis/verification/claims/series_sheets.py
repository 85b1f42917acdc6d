"""Tables of a series: only the row of this report is in its result; those of others are not."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.due import (
    Due,
    anything,
    cells,
    heads,
    months,
    rate,
    text,
)
from balanstest_analysis.verification.claims.dutch_numbers import quarter
from balanstest_analysis.verification.claims.facts import Criterion, Facts, are_mixed
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.phrase import value
from balanstest_analysis.verification.claims.vocabulary import TERMS

STATUSES = {
    "undetermined": "nog geen voorstel",
    "not_allowed": "niet toegestaan",
    "no_term": "geen termijn",
}
BINDINGS = {
    "regime_cap": "de grens van 36 maanden (Code)",
    "last_month_with_evidence": "daarna te weinig gegevens",
}


def proposals(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the proposal of this quarter, in the last row."""
    columns = ["Kwartaal", "Voorstel", "Aangetoond", "Schatting", "Doorslaggevend", "Gewijzigd"]
    yield from heads(sheet, columns)
    binding = facts.proposal["binding"]
    row = [
        _period(facts),
        text(STATUSES[facts.proposal["status"]]) if facts.term is None else months(facts.term),
        *_last_months(facts),
        text(BINDINGS.get(binding, binding) if binding else "."),
        anything(),
    ]
    yield from _last_row(sheet, row)


def _period(facts: Facts) -> Due:
    period = facts.content["period"]
    return Due(value(period), lambda cell: quarter(cell) == period)


def _last_months(facts: Facts) -> list[Due]:
    tested = [item for item in facts.criteria if item.is_tested]
    if facts.term is None or not tested:
        return [text("."), text(".")]
    shortest = min(tested, key=_term)
    estimate = shortest.estimated_last
    fitted = "." if estimate is None else f"maand {estimate}"
    shown = f"maand {_term(shortest) - 1}"
    return [text(shown), text("alle" if shortest.holds_throughout else fitted)]


def _term(item: Criterion) -> int:
    return item.term or 0


def rates(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the overall rates of this report, in the last row."""
    yield from heads(sheet, ["Kwartaal", *(terms.label for terms in TERMS.values())])
    yield from _last_row(sheet, [_period(facts), *(_total(name, facts) for name in TERMS)])


def _total(outcome: str, facts: Facts) -> Due:
    total = facts.total(outcome)
    return rate(None if total is None or are_mixed(facts.rows(outcome)) else total.rate)


def _last_row(sheet: Sheet, due: list[Due]) -> Iterator[str]:
    periods = [quarter(row[0]) for row in sheet.rows]
    if periods != sorted(set(periods)):
        yield f"the quarters are {periods}"
    yield from cells(Sheet(**{**vars(sheet), "rows": sheet.rows[-1:]}), [due])
