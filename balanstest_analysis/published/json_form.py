"""The published result as `resultaat.json`, and back.

The keys are those of the interface: a hidden count is null there, and ``hidden`` beside it names
the reason. A report made before reasons were kept is read too; what its nulls stand for follows
from the limit of a rate, and is not known elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from types import UnionType
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin

import cattrs
from cattrs.cols import list_structure_factory
from cattrs.errors import ClassValidationError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from balanstest_analysis.errors import RunError
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
from balanstest_analysis.published.criteria import (
    Argued,
    Crossing,
    Parameter,
    PublishedCriterion,
    PublishedProposal,
    Support,
    Tested,
    Unsupported,
    crossing_of,
    term_of,
)
from balanstest_analysis.published.outcomes import AtMost, Observed, PublishedOutcome, RateRow
from balanstest_analysis.published.people import CompositionRow, IncidenceRow
from balanstest_analysis.published.report_counts import ReportCounts
from balanstest_analysis.published.result import SCHEMA, PublishedResult, Series

Json: TypeAlias = dict[str, Any]
Record = TypeVar("Record")

PUBLISHED = "published"
HIDDEN = "hidden"
KEPT_FROM = "kept_from"
NOT_DELIVERED = "not_delivered"
CERTAIN = 1.0

# The fields that are counts, and their keys.
_COUNTS: Mapping[type, Mapping[str, str]] = {
    RateRow: {"contacts": "n", "events": "k"},
    IncidenceRow: {"at_risk": "at_risk", "events": "events"},
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


def to_json(result: PublishedResult) -> Json:
    """Return a result as the object that `resultaat.json` holds."""
    return {"schema": SCHEMA, "audience": PUBLISHED, **json_of(result)}


def json_of(record: object) -> Json:
    """Return one part of a result as it stands in `resultaat.json`."""
    return cast("Json", _CONVERTER.unstructure(record))


def from_json(content: Mapping[str, Any]) -> PublishedResult:
    """Return the result that `resultaat.json` holds.

    Args:
        content: the object in the file.

    Raises:
        RunError: it is no published result of this schema, or a value is not what it should be.
    """
    if content.get("schema") != SCHEMA or content.get("audience") != PUBLISHED:
        raise RunError(
            f"This is no published result: `schema` is {content.get('schema')!r} and `audience` "
            f"{content.get('audience')!r}, where {SCHEMA} and '{PUBLISHED}' are read."
        )
    return record_of(content, PublishedResult)


def counts_from_json(content: Mapping[str, Any]) -> ReportCounts:
    """Return what later reports are compared with, from what `eerder.json` keeps of a report.

    Args:
        content: a whole result, or the part of it that is kept.

    Raises:
        RunError: a key is missing, or a value is not what it should be.
    """
    outcomes = {
        name: {"events": None, **outcome, "available": bool(outcome["rates"])}
        for name, outcome in content["outcomes"].items()
    }
    findings = [{"text": "", **finding} for finding in content["findings"]]
    return record_of({**content, "outcomes": outcomes, "findings": findings}, ReportCounts)


def record_of(content: Mapping[str, Any], kind: type[Record]) -> Record:
    """Return one part of a result from its object in `resultaat.json`.

    Args:
        content: the object.
        kind: class of the part.

    Raises:
        RunError: a key is missing, or a value is not what it should be.
    """
    try:
        return _CONVERTER.structure(content, kind)
    except (ClassValidationError, IterableValidationError) as error:
        where = "; ".join(cattrs.transform_error(error, path="result")[:3])
        raise RunError(f"`resultaat.json` cannot be read: {where}.") from None


# ---- counts


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
        return told(_strict(int)(value, int), period)
    match reason:
        case "few":
            return Few()
        case "few_others":
            return FewOthers()
        case "not_delivered":
            return NotDelivered()
        case "tells_another":
            return Withheld("tells_another")
        case _:
            return Withheld("not_recorded")


def _unrecorded(kind: type, key: str, content: Mapping[str, Any]) -> str | None:
    """Return what a null without a reason stands for, as far as it follows."""
    if kind is RateRow:
        others = key == "k" and content["n"] is not None and content["rate_upper"] >= CERTAIN
        return "few_others" if others else "few"
    if kind is PublishedRule and content["status"] != "checked":
        return NOT_DELIVERED
    return None


def _flattened(kind: type) -> Callable[[Any], Json]:
    """Return how a record with counts is written: each a number or null, with the reasons."""
    plain: Callable[[Any], Json] = make_dict_unstructure_fn(kind, _CONVERTER)
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


def _nested(kind: type[Record]) -> Callable[[Any, Any], Record]:
    """Return how a record with counts is read; the inverse of `_flattened`."""
    plain = make_dict_structure_fn(kind, _CONVERTER)
    names = _COUNTS[kind]

    def structure(content: Mapping[str, Any], _kind: Any) -> Record:
        reasons = content.get(HIDDEN) or {}
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


_ORIGINAL: Mapping[tuple[type, str], str] = {
    (kind, key): name for (kind, name), key in _RENAMED.items()
}


def _rate(rate: float | None, lower: float | None, upper: float | None) -> Observed | AtMost | None:
    if upper is None:
        return None
    if rate is None or lower is None:
        return AtMost(upper=upper)
    return Observed(rate=rate, lower=lower, upper=upper)


# ---- criteria and proposal


def _crossing_keys(crossing: Crossing) -> Json:
    return {"crossing": crossing.estimate, "lower": crossing.lower, "upper": crossing.upper}


def _crossing(content: Mapping[str, Any]) -> Crossing:
    estimate, lower, upper = (content[key] for key in ("crossing", "lower", "upper"))
    return Crossing(estimate=estimate, lower=lower, upper=upper)


def _write_criterion(criterion: PublishedCriterion) -> Json:
    content: Json = {}
    for name, value in _PLAIN_CRITERION(criterion).items():
        if name == "support":
            content["term_months"] = term_of(criterion.support)
            content |= _crossing_keys(crossing_of(criterion.support))
        else:
            content[name] = value
    return content


def _read_criterion(content: Mapping[str, Any], _kind: Any) -> PublishedCriterion:
    return _NESTED_CRITERION({**content, "support": _support(content)}, PublishedCriterion)


def _support(content: Mapping[str, Any]) -> Support:
    term = content["term_months"]
    if term is None:
        return Unsupported(crossing=_crossing(content))
    if content["kind"] == "horizon":
        return Argued(term_months=term)
    return Tested(term_months=term, crossing=_crossing(content))


def _write_proposal(proposal: PublishedProposal) -> Json:
    content: Json = {}
    for name, value in _PLAIN_PROPOSAL(proposal).items():
        content |= _crossing_keys(proposal.crossing) if name == "crossing" else {name: value}
    return content


def _read_proposal(content: Mapping[str, Any], _kind: Any) -> PublishedProposal:
    return _NESTED_PROPOSAL({**content, "crossing": _crossing(content)}, PublishedProposal)


# ---- the converter


def _strict(kind: type) -> Callable[[Any, Any], Any]:
    """Return a reader that takes a value of one kind and turns no other into it."""
    allowed: tuple[type, ...] = (int, float) if kind is float else (kind,)

    def structure(value: Any, _kind: Any) -> Any:
        wrong = not isinstance(value, allowed) or (isinstance(value, bool) and kind is not bool)
        if wrong:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return structure


def _as_it_is(value: Any, kind: Any) -> Any:
    """Take a value that is already one of the kinds of a union; a list becomes a tuple."""
    found = tuple(value) if isinstance(value, list) else value
    kinds = tuple(getattr(item, "__origin__", item) for item in get_args(kind))
    if not isinstance(found, kinds):
        raise TypeError(f"{value!r} is none of {', '.join(item.__name__ for item in kinds)}")
    return found


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _strict_sequence(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Return a reader of a list; a text is no list of its letters."""
    plain = list_structure_factory(kind, converter)

    def structure(value: Any, _kind: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise TypeError(f"{value!r} is no list")
        return tuple(plain(value, kind))

    return structure


def _is(*unions: Any) -> Callable[[Any], bool]:
    return lambda kind: isinstance(kind, UnionType) and kind in unions


_CONVERTER = cattrs.Converter()
_CONVERTER.register_structure_hook_factory(_is_sequence, _strict_sequence)
for _kind in (int, float, str, bool):
    _CONVERTER.register_structure_hook(_kind, _strict(_kind))
_CONVERTER.register_structure_hook_func(
    _is(Count, Observed | AtMost, Observed | AtMost | None, Support), lambda value, _: value
)
_CONVERTER.register_structure_hook_func(_is(Parameter, float | int | str), _as_it_is)
_CONVERTER.register_structure_hook_func(lambda kind: kind is Crossing, lambda value, _: value)
for _record in _COUNTS:
    _CONVERTER.register_unstructure_hook(_record, _flattened(_record))
    _CONVERTER.register_structure_hook(_record, _nested(_record))
_PLAIN_CRITERION = make_dict_unstructure_fn(PublishedCriterion, _CONVERTER)
_NESTED_CRITERION = make_dict_structure_fn(PublishedCriterion, _CONVERTER)
_PLAIN_PROPOSAL = make_dict_unstructure_fn(PublishedProposal, _CONVERTER)
_NESTED_PROPOSAL = make_dict_structure_fn(PublishedProposal, _CONVERTER)
_CONVERTER.register_unstructure_hook(PublishedCriterion, _write_criterion)
_CONVERTER.register_structure_hook(PublishedCriterion, _read_criterion)
_CONVERTER.register_unstructure_hook(PublishedProposal, _write_proposal)
_CONVERTER.register_structure_hook(PublishedProposal, _read_proposal)
_CONVERTER.register_unstructure_hook(
    Series,
    make_dict_unstructure_fn(Series, _CONVERTER, reports=override(omit_if_default=True)),
)
