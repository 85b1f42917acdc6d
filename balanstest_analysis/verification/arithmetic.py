"""Whether every published rate, limit, total and share follows from the published counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from balanstest_analysis.verification import rates
from balanstest_analysis.verification.account import account_faults, unfollowed
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.values import Value, wholes

OUTCOMES: Final = ("conversion", "objection", "complaint")
_CLOSE: Final = 1e-8
_TENTH: Final = 0.05
_MOST_COUNT: Final = 10**12


def arithmetic_faults(result: Value) -> Iterator[Finding]:
    """Yield numbers of a result that do not follow from its counts.

    Args:
        result: what `resultaat.json` holds.
    """
    for name in OUTCOMES:
        outcome = result.at("outcomes", name)
        if outcome.at("available").content is True:
            yield from _outcome_faults(outcome, result)
    yield from account_faults(result)
    yield from _compliance_faults(result.at("compliance"))
    yield from _incidence_faults(result.at("incidence_since_contact"))


def rows_checked(result: Value) -> int:
    """Return the number of rows with rates, totals included."""
    found = 0
    for name in OUTCOMES:
        outcome = result.at("outcomes", name)
        found += len(outcome.at("rates").items) + bool(outcome.at("total").content)
    return found


def _outcome_faults(outcome: Value, result: Value) -> Iterator[Finding]:
    rows, total = outcome.at("rates").items, outcome.at("total")
    level = result.at("settings", "confidence_level").number or 0.95
    minimum = result.at("settings", "disclosure_minimum").whole or 10
    for row in (*rows, *(() if total.is_none else (total,))):
        yield from _row_faults(row, level, minimum)
    yield from _order_faults(rows)
    if not total.is_none:
        yield from _total_faults(outcome, rows, total)
    yield from _model_faults(outcome)


def _row_faults(row: Value, level: float, minimum: int) -> Iterator[Finding]:
    contacts, events = row.at("n").whole, row.at("k").whole
    if contacts is not None and not 0 < contacts < _MOST_COUNT:
        yield unfollowed(
            f"{row.place}.n", contacts, both("a number of contacts", "een aantal contacten")
        )
    elif contacts is not None and events is not None and not 0 <= events <= contacts:
        yield unfollowed(
            f"{row.place}.k",
            events,
            both("at most the {} contacts", "hoogstens de {} contacten", contacts),
        )
    else:
        due = _due_rates(row, contacts, level, minimum)
        for name, value in zip(("rate", "rate_lower", "rate_upper"), due, strict=True):
            found = row.at(name).number
            if not _agrees(found, value):
                yield unfollowed(f"{row.place}.{name}", row.at(name).content, value)


def _due_rates(
    row: Value, contacts: int | None, level: float, minimum: int
) -> tuple[float | None, float | None, float]:
    """Return the rate and the limits that follow; of a hidden count the most that it can be."""
    events = row.at("k").whole
    if contacts is None:
        return None, None, 1.0
    if events is None:
        few = row.at("hidden", "k").text in {"", "few"} and row.at("rate_upper").number != 1.0
        most = min(minimum - 1 if few else contacts, contacts)
        return None, None, rates.interval(most, contacts, level, 1.0).upper
    effect = max(1.0, row.at("design_effect").number or 1.0)
    limits = rates.interval(events, contacts, level, effect)
    return events / contacts, limits.lower, limits.upper


def _agrees(found: float | None, due: float | None) -> bool:
    if found is None or due is None:
        return found is due
    return abs(found - due) <= _CLOSE


def _order_faults(rows: Sequence[Value]) -> Iterator[Finding]:
    before = -1
    for row in rows:
        first, last = row.at("month_from").whole, row.at("month_to").whole
        if first is None or last is None or not before < first <= last:
            found = both("months {} to {}", "maand {} tot en met {}", first, last)
            yield unfollowed(row.place, found, both("months after {}", "maanden na {}", before))
            return
        before = last


def _total_faults(outcome: Value, rows: Sequence[Value], total: Value) -> Iterator[Finding]:
    reports = {row.at("kept_from").text for row in rows}
    for name, whole in (("n", "exposure"), ("k", "events")):
        counts = wholes(tuple(row.at(name) for row in rows))
        found = total.at(name).whole
        if counts and len(reports) == 1 and found is not None and found != sum(counts):
            yield unfollowed(f"{total.place}.{name}", found, sum(counts))
        stated = outcome.at(whole).whole
        if reports == {""} and None not in {stated, found} and stated != found:
            yield unfollowed(f"{outcome.place}.{whole}", stated, found)
    ends = [(rows[0].at("month_from"), rows[-1].at("month_to"))] if rows else []
    for first, last in ends:
        stated_ = (total.at("month_from").whole, total.at("month_to").whole)
        if stated_ != (first.whole, last.whole):
            yield unfollowed(total.place, _months(*stated_), _months(first.whole, last.whole))


def _months(first: int | None, last: int | None) -> str:
    return both("months {} to {}", "maand {} tot en met {}", first, last)


def _model_faults(outcome: Value) -> Iterator[Finding]:
    """Yield what no model can give: limits the wrong way round, weights that are no shares."""
    for point in outcome.at("curve").items:
        low, high = point.at("rate_lower").number, point.at("rate_upper").number
        if low is not None and high is not None and low > high:
            due = both("a lower and an upper limit", "een ondergrens en een bovengrens")
            yield unfollowed(point.place, both("{} to {}", "{} tot {}", low, high), due)
    weights = [fit.at("weight").number or 0.0 for fit in outcome.at("fits").items]
    whole = sum(weights)
    if whole and abs(whole - 1) > _TENTH * len(weights):
        found = both("weights of {} together", "gewichten van samen {}", round(whole, 1))
        yield unfollowed(f"{outcome.place}.fits", found, 1)


def _compliance_faults(compliance: Value) -> Iterator[Finding]:
    for rule in compliance.at("rules").items:
        years = wholes(tuple(year.at("count") for year in rule.at("by_year").items))
        count = rule.at("count").whole
        if years and count is not None and sum(years) != count:
            yield unfollowed(f"{rule.place}.by_year", sum(years), count)
        share = rule.at("share").number
        if share is not None and (not 0 <= share <= 1 or (count == 0) != (share == 0)):
            due = both("a share of {}", "een aandeel van {}", count)
            yield unfollowed(f"{rule.place}.share", share, due)
    buckets = compliance.at("frequency", "buckets").items
    shares = [bucket.at("share").number or 0.0 for bucket in buckets]
    if shares and abs(sum(shares) - 1) > 0.01 * len(shares):
        found = both("{} together", "samen {}", round(sum(shares), 2))
        yield unfollowed("compliance.frequency.buckets", found, 1)


def _incidence_faults(incidence: Value) -> Iterator[Finding]:
    for rows in incidence.entries.values():
        before = 0.0
        for row in rows.items:
            keys = ("incidence_lower", "incidence", "incidence_upper")
            low, share, high = (row.at(key).number for key in keys)
            if share is None:
                continue
            if share < before or (
                low is not None and high is not None and not low <= share <= high
            ):
                due = both("between {} and {}, rising", "tussen {} en {}, en oplopend", low, high)
                yield unfollowed(f"{row.place}.incidence", share, due)
            before = share
