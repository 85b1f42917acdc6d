"""Records with counts as `resultaat.json` holds them: a number, or null and the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeAlias, TypeVar

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import (
    PublishedCompliance,
    PublishedFrequency,
    PublishedRule,
)
from balanstest_analysis.published.counts import (
    Count,
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
    told,
)
from balanstest_analysis.published.outcomes import AtMost, Observed, PublishedOutcome, RateRow
from balanstest_analysis.published.people import CompositionRow, IncidenceRow
from balanstest_analysis.published.strict_values import is_one_of, strict, strict_or_none

Json: TypeAlias = dict[str, Any]
Record = TypeVar("Record")

HIDDEN = "hidden"
KEPT_FROM = "kept_from"
NOT_DELIVERED = "not_delivered"
CERTAIN = 1.0

# The fields that are counts, and their keys.
_COUNTS: Mapping[type, Mapping[str, str]] = {
    RateRow: {"contacts": "n", "events": "k"},
    IncidenceRow: {"at_risk": "mean_at_risk", "events": "events"},
    CompositionRow: {"contacts": "net_contacts"},
    PublishedOutcome: {"contacts": "exposure", "events": "events"},
    PublishedFinding: {"count": "count"},
    PublishedRule: {"count": "count"},
    PublishedFrequency: {"many": "many"},
    PublishedCompliance: {"called_after_objection": "called_after_objection"},
}
_RATES: Mapping[type, tuple[str, str]] = {
    RateRow: ("rate", "rate"),
    IncidenceRow: ("share", "incidence"),
}


def read_and_write_counts(converter: cattrs.Converter) -> None:
    """Have a converter read and write every record that holds counts.

    Args:
        converter: that all parts of a result go through.
    """
    converter.register_structure_hook_func(
        is_one_of(Count, Observed | AtMost, Observed | AtMost | None), lambda value, _: value
    )
    for record in _COUNTS:
        converter.register_unstructure_hook(record, _flattened(record, converter))
        converter.register_structure_hook(record, _nested(record, converter))


def _reason(count: Count) -> str | None:
    match count:
        case Exact() | Kept():
            return None
        case Few():
            return "few"
        case FewOthers():
            return "few_others"
        case Withheld(reason=reason):
            return reason
        case NotDelivered():
            return NOT_DELIVERED


def _count(value: int | None, reason: str | None, period: str | None) -> Count:
    if value is not None:
        return told(strict(int)(value, int), period)
    match reason:
        case "few":
            return Few()
        case "few_others":
            return FewOthers()
        case "not_delivered":
            return NotDelivered()
        case "tells_another":
            return Withheld("tells_another")
        case "not_recorded" | None:
            return Withheld("not_recorded")
        case _:
            raise ValueError(f"{reason!r} is no reason to hide a count")


def _unrecorded(kind: type, key: str, content: Mapping[str, Any]) -> str | None:
    """Return what a null without a reason stands for, as far as it follows."""
    if kind is RateRow and content.get(KEPT_FROM) is None:
        others = key == "k" and content["n"] is not None and content["rate_upper"] >= CERTAIN
        return "few_others" if others else "few"
    if kind is PublishedRule and content["status"] != "checked":
        return NOT_DELIVERED
    return None


def _flattened(kind: type, converter: cattrs.Converter) -> Callable[[Any], Json]:
    """Return how a record with counts is written: each a number or null, with the reasons."""
    plain: Callable[[Any], Json] = make_dict_unstructure_fn(kind, converter)
    names = _COUNTS[kind]
    marked = KEPT_FROM in {field.name for field in fields(kind)}

    def unstructure(record: Any) -> Json:
        content: Json = {}
        reasons: dict[str, str] = {}
        for name, value in plain(record).items():
            if name in names:
                count: Count = getattr(record, name)
                content[names[name]] = getattr(count, "value", None)
                reason = _reason(count)
                if reason is not None:
                    reasons[names[name]] = reason
                if isinstance(count, Kept) and not marked:
                    content[KEPT_FROM] = count.period
            elif name == _RATES.get(kind, ("",))[0]:
                content |= _rate_keys(getattr(record, name), _RATES[kind][1])
            elif value is not None or name not in _OMITTED:
                content[_RENAMED.get((kind, name), name)] = value
        return _written(kind, content, reasons)

    return unstructure


_OMITTED = frozenset({KEPT_FROM, "standardised", "total"})
_RENAMED: Mapping[tuple[type, str], str] = {(PublishedOutcome, "rows"): "rates"}


def _written(kind: type, content: Json, reasons: Mapping[str, str]) -> Json:
    if kind is PublishedOutcome and not content["available"]:
        return {**content, "exposure": 0, "events": 0}
    told_apart = {key: why for key, why in reasons.items() if why != NOT_DELIVERED}
    return {**content, HIDDEN: told_apart} if told_apart else content


def _rate_keys(rate: Observed | AtMost | None, key: str) -> Json:
    keys = (key, f"{key}_lower", f"{key}_upper")
    match rate:
        case Observed():
            values: tuple[float | None, ...] = (rate.rate, rate.lower, rate.upper)
        case AtMost():
            values = (None, None, rate.upper)
        case None:
            values = (None, None, None)
    return dict(zip(keys, values, strict=True))


def _nested(kind: type[Record], converter: cattrs.Converter) -> Callable[[Any, Any], Record]:
    """Return how a record with counts is read; the inverse of `_flattened`."""
    plain = make_dict_structure_fn(kind, converter)
    names = _COUNTS[kind]

    def structure(content: Mapping[str, Any], _kind: Any) -> Record:
        reasons = content.get(HIDDEN) or {}
        if kind is PublishedOutcome:
            content = _with_reasons_of_total(content)
        found: Json = {_ORIGINAL.get((kind, key), key): value for key, value in content.items()}
        for name, key in names.items():
            value, period = content[key], content.get(KEPT_FROM)
            reason = reasons.get(key) or _unrecorded(kind, key, content)
            if kind is PublishedOutcome and not content["available"]:
                value, reason = None, NOT_DELIVERED
            found[name] = _count(value, reason, period)
        if kind in _RATES:
            name, key = _RATES[kind]
            found[name] = _rate(*(content[k] for k in (key, f"{key}_lower", f"{key}_upper")))
        return plain(found, kind)

    return structure


def _with_reasons_of_total(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Say of a total over several rows that no reason was recorded, where none was.

    It is hidden because a row is, and is not few for that.
    """
    total = content.get("total")
    if total is None or len(content["rates"]) < 2:
        return content
    unrecorded = dict.fromkeys(_COUNTS[RateRow].values(), "not_recorded")
    return {**content, "total": {**total, HIDDEN: unrecorded | (total.get(HIDDEN) or {})}}


_ORIGINAL: Mapping[tuple[type, str], str] = {
    (kind, key): name for (kind, name), key in _RENAMED.items()
}


def _rate(*limits: Any) -> Observed | AtMost | None:
    rate, lower, upper = map(strict_or_none(float), limits)
    if upper is None:
        return None
    if rate is None or lower is None:
        return AtMost(upper=upper)
    return Observed(rate=rate, lower=lower, upper=upper)
