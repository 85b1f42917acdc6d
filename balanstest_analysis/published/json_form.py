"""The published result as `resultaat.json`, and back.

The keys are those of the interface: a hidden count is null there, and ``hidden`` beside it names
the reason. A report made before reasons were kept is read too; what the nulls of a row stand for
follows from the limit of its rate, unless the row was kept, and is not known elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar, cast

import cattrs
from cattrs.errors import ClassValidationError, IterableValidationError
from cattrs.gen import make_dict_unstructure_fn, override

from balanstest_analysis.errors import RunError
from balanstest_analysis.published.count_form import read_and_write_counts
from balanstest_analysis.published.criterion_form import read_and_write_criteria
from balanstest_analysis.published.decision import read_and_write_decisions
from balanstest_analysis.published.fingerprints import Fingerprint, fingerprint_of
from balanstest_analysis.published.older_form import with_later_keys
from balanstest_analysis.published.report_counts import ReportCounts
from balanstest_analysis.published.result import SCHEMA, PublishedResult, Series
from balanstest_analysis.published.strict_values import is_one_of, read_strictly, strict

Json: TypeAlias = dict[str, Any]
Record = TypeVar("Record")

PUBLISHED = "published"
RESULT_NAME = "resultaat.json"
_EARLIER = "What an earlier report published"


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
    return record_of(with_later_keys(content), PublishedResult)


def counts_from_json(content: Mapping[str, Any]) -> ReportCounts:
    """Return what later reports are compared with, from what `eerder.json` keeps of a report.

    Args:
        content: a whole result, or the part of it that is kept.

    Raises:
        RunError: a key is missing, or a value is not what it should be.
    """
    try:
        outcomes = {
            name: {"events": None, **outcome, "available": bool(outcome["rates"])}
            for name, outcome in content["outcomes"].items()
        }
        findings = [{"text": "", **finding} for finding in content["findings"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise RunError(f"{_EARLIER} cannot be read: {type(error).__name__} {error}.") from None
    kept = {
        **content,
        "outcomes": outcomes,
        "findings": findings,
        # before, shares of people were added up over months since the purchase: not comparable
        "incidence_since_contact": content.get("incidence_since_contact", {}),
    }
    return record_of(kept, ReportCounts, name=_EARLIER)


def record_of(
    content: Mapping[str, Any], kind: type[Record], *, name: str = f"`{RESULT_NAME}`"
) -> Record:
    """Return one part of a result from its object in `resultaat.json`.

    Args:
        content: the object.
        kind: class of the part.
        name: of what is read, for the message.

    Raises:
        RunError: a key is missing, or a value is not what it should be.
    """
    try:
        return _CONVERTER.structure(content, kind)
    except (ClassValidationError, IterableValidationError) as error:
        where = "; ".join(cattrs.transform_error(error, path="result")[:3])
        raise RunError(f"{name} cannot be read: {where}.") from None


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    read_strictly(converter)
    read_and_write_counts(converter)
    read_and_write_criteria(converter)
    read_and_write_decisions(converter)
    converter.register_structure_hook_func(
        is_one_of(Fingerprint), lambda value, _: fingerprint_of(strict(str)(value, str))
    )
    converter.register_unstructure_hook(
        Series,
        make_dict_unstructure_fn(Series, converter, reports=override(omit_if_default=True)),
    )
    return converter


_CONVERTER = _converter()
