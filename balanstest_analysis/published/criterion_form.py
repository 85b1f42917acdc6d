"""Criteria and proposal as `resultaat.json` holds them: term and crossing lie flat there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from balanstest_analysis.published.criteria import (
    Crossing,
    Parameter,
    PublishedCriterion,
    PublishedProposal,
    Support,
    crossing_of,
    support_of,
    term_of,
)
from balanstest_analysis.published.strict_values import as_it_is, is_one_of, strict_or_none

Json: TypeAlias = dict[str, Any]


def read_and_write_criteria(converter: cattrs.Converter) -> None:
    """Have a converter read and write criteria and proposals.

    Args:
        converter: that all parts of a result go through.
    """
    converter.register_structure_hook_func(is_one_of(Parameter, float | int | str), as_it_is)
    converter.register_structure_hook_func(is_one_of(Support), lambda value, _: value)
    converter.register_structure_hook_func(lambda kind: kind is Crossing, lambda value, _: value)
    for kind, write, read in (
        (PublishedCriterion, _written_criterion, _supported),
        (PublishedProposal, _written_proposal, _crossed),
    ):
        plain = make_dict_unstructure_fn(kind, converter)
        nested = make_dict_structure_fn(kind, converter)
        converter.register_unstructure_hook(kind, _writing(plain, write))
        converter.register_structure_hook(kind, _reading(nested, kind, read))


def _writing(plain: Callable[[Any], Json], write: Callable[[Any, Json], Json]) -> Any:
    return lambda record: write(record, plain(record))


def _reading(
    nested: Callable[[Any, Any], Any], kind: type, read: Callable[[Mapping[str, Any]], Json]
) -> Any:
    return lambda content, _: nested({**content, **read(content)}, kind)


def _written_criterion(criterion: PublishedCriterion, plain: Json) -> Json:
    content: Json = {}
    for name, value in plain.items():
        if name == "support":
            content["term_months"] = term_of(criterion.support)
            content |= _crossing_keys(crossing_of(criterion.support))
        else:
            content[name] = value
    return content


def _written_proposal(proposal: PublishedProposal, plain: Json) -> Json:
    content: Json = {}
    for name, value in plain.items():
        content |= _crossing_keys(proposal.crossing) if name == "crossing" else {name: value}
    return content


def _supported(content: Mapping[str, Any]) -> Json:
    term = strict_or_none(int)(content["term_months"])
    return {"support": support_of(content["kind"], term, _crossing(content))}


def _crossed(content: Mapping[str, Any]) -> Json:
    return {"crossing": _crossing(content)}


def _crossing_keys(crossing: Crossing) -> Json:
    return {"crossing": crossing.estimate, "lower": crossing.lower, "upper": crossing.upper}


def _crossing(content: Mapping[str, Any]) -> Crossing:
    months = strict_or_none(float)
    estimate, lower, upper = (months(content[key]) for key in ("crossing", "lower", "upper"))
    return Crossing(estimate=estimate, lower=lower, upper=upper)
