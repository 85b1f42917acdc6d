"""Reports that were written before a key existed, as if they had been written today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from balanstest_analysis.published.decision import NOT_RECORDED
from balanstest_analysis.published.fingerprints import FIRST_FORM

Json: TypeAlias = dict[str, Any]

_RELATIONS: Json = {
    "grounds": [],
    "kinds_from": "unknown",
    "stated": [],
    "assumed": "purchase",
    "membership_reason": None,
}
_REGIME: Json = {"cap_source": "", "cap_verified": False, "needs_ground": True}


def with_later_keys(content: Mapping[str, Any]) -> Json:
    """Return a result with the keys that came later, at what they meant for a report without.

    Args:
        content: the object in `resultaat.json`; one that has the keys is returned as it is.

    Examples:
        >>> with_later_keys({"clustering": {"customer_groups": 64}})["clustering"][
        ...     "customers_known"
        ... ]
        True
    """
    return {
        "not_before": None,
        "fingerprint_form": FIRST_FORM,
        "sectors": [content.get("sector")],
        "relations": _RELATIONS,
        "later_rules": None,
        "decision": {"status": NOT_RECORDED},
        "measures": [],
        "incidence_since_contact": {},
        **content,
        **_with(content, "regime", _REGIME),
        **_with(content, "proposal", {"tested_term_months": None, "set_aside": []}),
        **_with(content, "clustering", _clustering(content.get("clustering"))),
    }


def _with(content: Mapping[str, Any], key: str, later: Json) -> Json:
    part = content.get(key)
    return {key: {**later, **part}} if isinstance(part, Mapping) else {}


def _clustering(part: Any) -> Json:
    groups = part.get("customer_groups") if isinstance(part, Mapping) else None
    known = {} if groups is None else {"customers_known": groups != 0}
    return {**known, "campaigns_share_few_months": False}
