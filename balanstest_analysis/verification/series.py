"""Whether a report agrees with an earlier one of its series that is given beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from balanstest_analysis.verification.arithmetic import OUTCOMES
from balanstest_analysis.verification.claims.page import Page, Sheet
from balanstest_analysis.verification.claims.phrase import both, value
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.parcel import RESULT, Parcel
from balanstest_analysis.verification.values import Value

EARLIER: Final = "eerder.json"
_QUARTERS: Final = ("Eerste", "Tweede", "Derde", "Vierde")
_REPORT: Final = both("the report", "het rapport")
_PROPOSALS: Final = "Het voorstel per kwartaal"
_STATUSES: Final = {
    "undetermined": "nog geen voorstel",
    "not_allowed": "niet toegestaan",
    "no_term": "geen termijn",
}


def _fault(file: str, place: str, found: object, expected: object) -> Finding:
    return Finding(
        level="series",
        code="differs",
        file=file,
        place=place,
        found=value(found),
        expected=value(expected),
    )


def series_faults(
    result: Value, page: Page | None, parcel: Parcel, earlier: Sequence[tuple[str, Value]]
) -> Iterator[Finding]:
    """Yield where a report contradicts earlier ones.

    Args:
        result: of the report.
        page: of the report; None where it cannot be read.
        parcel: with its files.
        earlier: name and result of each report that was given beside it.
    """
    for name, before in earlier:
        if _series(before) != _series(result):
            yield _fault(
                name,
                both("organisation and category", "organisatie en categorie"),
                _series(before),
                _series(result),
            )
            continue
        if not before.at("period").text < result.at("period").text:
            found, own = before.at("period").text, result.at("period").text
            yield _fault(
                name,
                both("period", "periode"),
                found,
                both("a quarter before {}", "een kwartaal voor {}", own),
            )
            continue
        yield from _row_faults(result, before, name)
        yield from _carried_faults(parcel, before, name)
        if page is not None:
            yield from _table_faults(page, before, name)


def _series(result: Value) -> str:
    names = (result.at(key).text for key in ("organisation", "category"))
    return ", ".join(
        " ".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in names
    )


def _row_faults(result: Value, before: Value, name: str) -> Iterator[Finding]:
    minimum = result.at("settings", "disclosure_minimum").whole or 10
    period = before.at("period").text
    for outcome in OUTCOMES:
        old = _rows(before.at("outcomes", outcome))
        ends = {last for _, last in old}
        for (first, last), row in _rows(result.at("outcomes", outcome)).items():
            known = old.get((first, last))
            if ends and last < max(ends) and last not in ends and row.at("kept_from").is_none:
                said = both("a row up to month {}", "een rij tot en met maand {}", last)
                yield _fault(
                    RESULT, row.place, said, both("rows as in {}", "rijen als in {}", name)
                )
            if known is None:
                continue
            for key in ("n", "k"):
                yield from _count_faults(row, known, key, (period, minimum, name))


def _count_faults(
    row: Value, known: Value, key: str, about: tuple[str, int, str]
) -> Iterator[Finding]:
    period, minimum, name = about
    now, then = row.at(key).whole, known.at(key).whole
    kept = row.at("kept_from").text
    if now is None or then is None:
        return
    is_same = kept == (known.at("kept_from").text or period)
    if is_same and now != then:
        due = both("{}, kept from {}", "{}, overgenomen uit {}", then, name)
        yield _fault(RESULT, f"{row.place}.{key}", now, due)
    elif not kept and 0 < abs(now - then) < minimum:
        due = both(
            "{} as in {}, or {} apart",
            "{} zoals in {}, of een verschil van {}",
            then,
            name,
            minimum,
        )
        yield _fault(RESULT, f"{row.place}.{key}", now, due)


def _rows(outcome: Value) -> dict[tuple[int, int], Value]:
    found = {}
    for row in outcome.at("rates").items:
        first, last = row.at("month_from").whole, row.at("month_to").whole
        if first is not None and last is not None:
            found[first, last] = row
    return found


def _carried_faults(parcel: Parcel, before: Value, name: str) -> Iterator[Finding]:
    """Yield where the file with earlier counts does not tell what the earlier report published."""
    if parcel.kind == "pdf":
        return
    period = before.at("period").text
    reports = Value(content=parcel.json(EARLIER)).at("reports").items
    same = [one for one in reports if one.at("period").text == period]
    if not same:
        said = both("nothing of {}", "niets van {}", period)
        yield _fault(
            EARLIER,
            both("the reports", "de rapporten"),
            said,
            both("the counts of {}", "de aantallen van {}", name),
        )
        return
    due = {one: before.at("outcomes", one, "rates").content for one in OUTCOMES}
    found = [
        {one: report.at("outcomes", one, "rates").content for one in OUTCOMES} for report in same
    ]
    if due not in found:
        differing = next(one for one in OUTCOMES if all(each[one] != due[one] for each in found))
        place = both("rows of {} in {}", "de rijen van {} in {}", differing, period)
        said, due_ = both("other rows", "andere rijen"), both("those of {}", "die van {}", name)
        yield _fault(EARLIER, place, said, due_)


def _table_faults(page: Page, before: Value, name: str) -> Iterator[Finding]:
    """Yield where the table with every quarter's proposal tells another one of the earlier."""
    sheet = next((one for one in page.sheets if one.caption.endswith(_PROPOSALS)), None)
    label = quarter_of(before.at("period").text)
    row = _row(sheet, label)
    place = both("table “{}”", "tabel “{}”", _PROPOSALS)
    if row is None:
        said = both("no row for {}", "geen rij voor {}", label)
        yield _fault(_REPORT, place, said, both("the proposal of {}", "het voorstel van {}", name))
        return
    term = before.at("proposal", "term_months").whole
    status = before.at("proposal", "status").text
    months = "1 maand" if term == 1 else f"{term} maanden"
    due = _STATUSES.get(status, "") if term is None else months
    if row[1] != due:
        told = both("{}, as in {}", "{}, zoals in {}", due, name)
        yield _fault(_REPORT, both("{}, {}", "{}, {}", place, label), row[1], told)


def _row(sheet: Sheet | None, label: str) -> tuple[str, ...] | None:
    rows = () if sheet is None else sheet.rows
    return next((row for row in rows if row and row[0] == label and len(row) > 1), None)


def quarter_of(period: str) -> str:
    """Return a quarter as a table names it.

    Examples:
        >>> quarter_of("2026-Q2"), quarter_of("?")
        ('Tweede kwartaal van 2026', '?')
    """
    year, _, number = period.partition("-Q")
    if number not in {"1", "2", "3", "4"}:
        return period
    return f"{_QUARTERS[int(number) - 1]} kwartaal van {year}"
