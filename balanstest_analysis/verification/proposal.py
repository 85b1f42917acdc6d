"""Whether the proposal follows from the published criteria, and each criterion from its limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from balanstest_analysis.verification import rates
from balanstest_analysis.verification.account import unfollowed
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.values import Value

UNTESTED: Final = frozenset({"no_outcome_data", "too_little_data"})
REFUTED: Final = frozenset({"fails_from_start", "holds_between"})
_OVERALL: Final = "maximum_overall_rate"
_BY_MONTH: Final = frozenset({"maximum_rate", "minimum_rate"})
_ROUNDING: Final = 0.05
_CLOSE: Final = 1e-9
_CURVE: Final = 0.04  # a curve is published rounded, every third month


def proposal_faults(result: Value) -> Iterator[Finding]:
    """Yield what of the proposal, or of a criterion, does not follow.

    Args:
        result: what `resultaat.json` holds.
    """
    for item in result.at("criteria").items:
        yield from _criterion_faults(item, result)
    due = proposed(result)
    for key, expected in due.items():
        found = result.at("proposal", key).content
        if key == "set_aside":
            found = [one.at("criterion").text for one in result.at("proposal", key).items]
        if not _alike(found, expected):
            yield unfollowed(f"proposal.{key}", found, expected)


def _alike(found: object, expected: object) -> bool:
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return abs(float(found) - float(expected)) < _CLOSE
    return found == expected


def proposed(result: Value) -> dict[str, object]:
    """Return the proposal that follows from the published criteria and the cap.

    Args:
        result: what `resultaat.json` holds.
    """
    criteria = result.at("criteria").items
    cap, asked = result.at("regime", "cap_months").whole, _asked(result)
    aside = [one.at("criterion").text for one in result.at("proposal", "set_aside").items]
    untested = [one for one in criteria if one.at("status").text in UNTESTED]
    names = [one.at("name").text for one in untested]
    ends = [e for one in criteria if (e := one.at("last_month_with_evidence").whole) is not None]
    due: dict[str, object] = {
        "route": "request"
        if None not in {asked, cap} and (asked or 0) > (cap or 0)
        else "own_file",
        "confidence_level": result.at("settings", "confidence_level").content,
        "last_month_with_evidence": min(ends, default=None),
        "untested": [name for name in names if name not in aside],
        "set_aside": [name for name in names if name in aside],
        "term_months": None,
        "uncapped_term_months": None,
        "tested_term_months": None,
        "binding": None,
        "privacy_binds": False,
    }
    if _refuses(result):
        return {**due, "status": "not_allowed", "route": "not_allowed"}
    if any(one.at("status").text in REFUTED for one in criteria):
        return {**due, "status": "no_term"}
    carried = [one for one in criteria if one.at("term_months").whole is not None]
    if any(one.at("kind").text != "horizon" for one in carried):
        due["tested_term_months"] = min(_term(one) for one in carried)
    if due["untested"] or not carried:
        return {**due, "status": "undetermined"}
    return due | _with_term(min(carried, key=_term), cap, is_whole=not due["set_aside"])


def _with_term(shortest: Value, cap: int | None, *, is_whole: bool) -> dict[str, object]:
    uncapped = _term(shortest)
    is_capped = cap is not None and cap < uncapped
    name = shortest.at("name").text
    at_end = shortest.at("status").text == "not_reached_in_data"
    binding = "regime_cap" if is_capped else "last_month_with_evidence" if at_end else name
    return {
        "status": "proposed" if is_whole else "proposed_incomplete",
        "term_months": cap if is_capped else uncapped,
        "uncapped_term_months": uncapped,
        "binding": binding,
        "privacy_binds": is_on_burden(shortest) and binding == name,
        **{key: shortest.at(key).content for key in ("crossing", "lower", "upper")},
    }


def _asked(result: Value) -> int | None:
    return result.at("proposal", "requested_term_months").whole


def _term(item: Value) -> int:
    return item.at("term_months").whole or 0


def _refuses(result: Value) -> bool:
    """Return whether there is no ground to call: the rules of the report say so."""
    return result.at("regime", "allowed").content is False


def is_on_burden(item: Value) -> bool:
    """Return whether a criterion speaks for the people called."""
    kind = item.at("kind").text
    if kind in {"maximum_rate", "maximum_ratio", _OVERALL}:
        return item.at("outcome").text != "conversion"
    weights = (item.at("parameters", f"{one}_weight").number for one in ("objection", "complaint"))
    return kind == "burden_per_conversion" or (
        kind == "net_benefit" and any((weight or 0) > 0 for weight in weights)
    )


def _criterion_faults(item: Value, result: Value) -> Iterator[Finding]:
    status, kind = item.at("status").text, item.at("kind").text
    term = item.at("term_months").whole
    place = f"{item.place}.term_months"
    if (term is None) != (status in UNTESTED | REFUTED):
        yield unfollowed(
            place, term, both("what the status {} allows", "wat bij de status {} kan", status)
        )
    if term is None or kind == "horizon":
        return
    end, lower = item.at("last_month_with_evidence").whole, item.at("lower").number
    if status == "not_reached_in_data" and end is not None and term != end + 1:
        yield unfollowed(place, term, end + 1)
    if status == "reached" and lower is not None:
        due = {math.floor(lower + step) + 1 for step in (-_ROUNDING, 0.0, _ROUNDING)}
        if term not in due:
            due_ = both(
                "{}, from the limit {}", "{}, uit de grens {}", math.floor(lower) + 1, lower
            )
            yield unfollowed(place, term, due_)
    if end is not None and term > end + 1:
        most = both(
            "at most {}: there the evidence ends",
            "hoogstens {}: verder reiken de gegevens niet",
            end + 1,
        )
        yield unfollowed(place, term, most)
    yield from _order(item)
    if kind in _BY_MONTH:
        yield from _witness_faults(item, result)
        yield from _curve_faults(item, result)


def _order(item: Value) -> Iterator[Finding]:
    lower, crossing, upper = (item.at(key).number for key in ("lower", "crossing", "upper"))
    for one, two in ((lower, crossing), (crossing, upper), (lower, upper)):
        if one is not None and two is not None and one > two + _CLOSE:
            due = both("limits around a crossing", "grenzen aan weerszijden van een snijpunt")
            yield unfollowed(item.place, (lower, crossing, upper), due)
            return


def _witness_faults(item: Value, result: Value) -> Iterator[Finding]:
    """Yield where the last row that bears the criterion out is another than the rows say."""
    rows = result.at("outcomes", item.at("outcome").text, "rates").items
    threshold = item.at("threshold").number
    if threshold is None or not rows:
        return
    due, is_maximum = None, item.at("kind").text == "maximum_rate"
    for row in rows:
        if not _bears_out(row, threshold, result, is_maximum=is_maximum):
            break
        due = row.at("month_to").whole
    found = item.at("witness_month").whole
    if found != due:
        yield unfollowed(f"{item.place}.witness_month", found, due)


def _bears_out(row: Value, threshold: float, result: Value, *, is_maximum: bool) -> bool:
    level = result.at("settings", "confidence_level").number or 0.95
    minimum = result.at("settings", "disclosure_minimum").whole or 10
    contacts, events = row.at("n").whole, row.at("k").whole
    effect = max(1.0, row.at("design_effect").number or 1.0)
    if not contacts:
        return False
    if events is None:
        if not is_maximum or row.at("hidden", "k").text not in {"", "few"}:
            return False
        most = min(minimum - 1, contacts)
        return rates.upper(most, contacts, 1 - level) <= threshold
    side = rates.upper if is_maximum else rates.lower
    limit = side(events / effect, contacts / effect, 1 - level)
    return limit <= threshold if is_maximum else limit >= threshold


def _curve_faults(item: Value, result: Value) -> Iterator[Finding]:
    """Yield where the published curve does not cross the threshold where the criterion says."""
    points = _points(result.at("outcomes", item.at("outcome").text, "curve").items)
    threshold, crossing = item.at("threshold").number, item.at("crossing").number
    if threshold is None or crossing is None or len(points) < 2:
        return
    for (month, rate), (after, next_rate) in pairwise(points):
        if month <= crossing <= after and after > month:
            there = rate + (next_rate - rate) * (crossing - month) / (after - month)
            room = _CURVE * threshold + abs(next_rate - rate) * 0.25
            if abs(there - threshold) > room:
                reached = float(f"{there:.4g}")
                found = both(
                    "{}, where the curve is at {}",
                    "{}, waar de kromme op {} staat",
                    crossing,
                    reached,
                )
                due = both("where it is at {}", "waar zij op {} staat", threshold)
                yield unfollowed(f"{item.place}.crossing", found, due)
            return


def _points(curve: Sequence[Value]) -> list[tuple[float, float]]:
    found = [(point.at("month").number, point.at("rate").number) for point in curve]
    return [(month, rate) for month, rate in found if month is not None and rate is not None]
