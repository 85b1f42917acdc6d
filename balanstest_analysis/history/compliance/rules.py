"""The rules that a history is checked against, and what a check gives."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from balanstest_analysis.dossier.calling_rules import CallingRules
from balanstest_analysis.history.compliance.plan import Days, regimes_during
from balanstest_analysis.history.compliance.records import RuleCheck, YearCheck
from balanstest_analysis.published.names import RuleStatus


@cache
def all_rules() -> Mapping[str, Mapping[str, Any]]:
    """Return what ``rules.toml`` states of each rule, in the order of the report.

    Examples:
        >>> list(all_rules())[:2]
        ['after_objection', 'objection_processed_late']
    """
    rules = resources.files("balanstest_analysis.history.compliance") / "rules.toml"
    return tomllib.loads(rules.read_text("utf-8"))


def rule_check(
    code: str, years: Mapping[int, tuple[int, int]], days: Days, rules: CallingRules
) -> RuleCheck:
    """Return the check of a rule.

    Args:
        code: one of `all_rules`.
        years: count and checked by calendar year.
        days: first and last day on which there was something to check.
        rules: what the dossier states.
    """
    found = {year: pair for year, pair in sorted(years.items()) if pair[1]}
    verified, sources = _source(code, days, rules)
    return RuleCheck(
        code=code,
        unit=all_rules()[code]["unit"],
        status="checked",
        count=sum(count for count, _ in found.values()),
        checked=sum(checked for _, checked in found.values()),
        by_year=tuple(YearCheck(year=y, count=n, checked=m) for y, (n, m) in found.items()),
        verified=verified,
        sources=sources,
    )


def unchecked(code: str, status: RuleStatus) -> RuleCheck:
    """Return the check of a rule that could not be, with the reason as its status."""
    return RuleCheck(
        code=code,
        unit=all_rules()[code]["unit"],
        status=status,
        count=None,
        checked=None,
        by_year=(),
        verified=None,
        sources=(),
    )


def _source(code: str, days: Days, rules: CallingRules) -> tuple[bool | None, tuple[str, ...]]:
    stated = all_rules()[code]
    regimes = regimes_during(days)
    if stated.get("from") == "hours":
        hours = [rules.applied_to(regime.hours) for regime in regimes]
        days_only = code == "forbidden_day"
        known = all(h.days_verified if days_only else h.verified for h in hours)
        return known, _unique(h.source for h in hours)
    if stated.get("from") == "cap":
        capped = [regime for regime in regimes if regime.cap_months is not None]
        return all(r.cap_verified for r in capped), _unique(r.cap_source for r in capped)
    if stated.get("from") == "ground":
        grounds = [regime for regime in regimes if regime.excludes_a_sector]
        return all(regime.verified for regime in grounds), _unique(r.source for r in grounds)
    since: dt.date = stated.get("verified_from", days[0])
    verified = stated.get("verified")
    return verified and days[0] >= since, (stated["source"],)


def _unique(sources: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sources))
