"""The exact result as `analyse --json` writes it: internal, with nothing suppressed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeAlias

from balanstest_analysis.analysis.open_breaches import breach_gaps
from balanstest_analysis.disclosure.exact_result import (
    ExactOutcome,
    ExactRate,
    ExactResult,
    IncidenceMonth,
)
from balanstest_analysis.document.wording import finding_text
from balanstest_analysis.history.month_composition import MonthComposition
from balanstest_analysis.published.digits import rounded
from balanstest_analysis.published.fingerprints import FINGERPRINT_FORM
from balanstest_analysis.published.json_form import json_of
from balanstest_analysis.published.result import SCHEMA, ResultScope

Json: TypeAlias = dict[str, Any]


def internal_json(exact: ExactResult) -> Json:
    """Return everything known with the keys of `resultaat.json`, at ten significant digits."""
    head: Json = {"schema": SCHEMA, "audience": "internal"}
    return rounded({**head, **_scope(exact), **_answers(exact), **_account(exact)})


def _scope(exact: ExactResult) -> Json:
    return {field.name: json_of(getattr(exact, field.name)) for field in fields(ResultScope)}


def _answers(exact: ExactResult) -> Json:
    return {
        "proposal": {
            **exact.proposal.to_dict(),
            "current_term_months": exact.current_term_months,
        },
        "criteria": [
            {**judged.result.to_dict(), "families": [json_of(row) for row in judged.families]}
            for judged in exact.criteria
        ],
        "criteria_hash": exact.criteria_hash,
        "criteria_changes": [json_of(change) for change in exact.criteria_changes],
        "outcomes": {name: _outcome(found) for name, found in exact.outcomes.items()},
        "incidence_since_contact": {
            name: [_incidence(row) for row in rows]
            for name, rows in exact.incidence_since_contact.items()
        },
        "composition": [_composition(row) for row in exact.composition],
        "clustering": json_of(exact.clustering),
        "sensitivity": [json_of(row) for row in exact.sensitivity],
        "frontier": [json_of(point) for point in exact.frontier],
    }


def _account(exact: ExactResult) -> Json:
    compliance = exact.compliance
    return {
        "bridge": [{"code": line.code, "count": line.count} for line in exact.bridge],
        "findings": [
            {"code": f.code, "count": f.count, "text": finding_text(f.code, f.count)}
            for f in exact.findings
        ],
        "readings": [json_of(reading) for reading in exact.readings],
        "compliance": None if compliance is None else compliance.to_dict(),
        "gaps": [*exact.gaps, *breach_gaps(exact.findings, exact.measures, exact.report_date)],
        "fingerprints": dict(exact.fingerprints),
        "fingerprint_form": FINGERPRINT_FORM,
        "versions": dict(exact.versions),
        "seed": exact.seed,
    }


def _outcome(outcome: ExactOutcome | None) -> Json:
    if outcome is None:
        empty: Json = {"rates": [], "fits": [], "curve": [], "fit_warning": None, "followed": []}
        return {"available": False, "exposure": 0, "events": 0, "design_effect": None, **empty}
    return {
        "available": True,
        "exposure": outcome.contacts,
        "events": outcome.events,
        "design_effect": outcome.design_effect,
        "rates": [_rate(row) for row in outcome.rates],
        "fits": [json_of(fit) for fit in outcome.fits],
        "curve": [json_of(point) for point in outcome.curve],
        "standardised": [json_of(point) for point in outcome.standardised],
        "fit_warning": outcome.fit_warning,
        "followed": [
            {"month": row.month, "n": row.contacts, "k": row.events} for row in outcome.followed
        ],
    }


def _rate(row: ExactRate) -> Json:
    return {
        "month_from": row.month,
        "month_to": row.month,
        "n": row.contacts,
        "k": row.events,
        "rate": row.rate.rate,
        "rate_lower": row.rate.lower,
        "rate_upper": row.rate.upper,
    }


def _incidence(row: IncidenceMonth) -> Json:
    return {
        "month_from": row.month,
        "month_to": row.month,
        "at_risk": row.at_risk,
        "events": row.events,
        "exits": row.exits,
        "incidence": row.share.rate,
        "incidence_lower": row.share.lower,
        "incidence_upper": row.share.upper,
    }


def _composition(row: MonthComposition) -> Json:
    return {
        "month_from": row.month,
        "month_to": row.month,
        "calls": row.calls,
        "net_contacts": row.net_contacts,
        "by_campaign": dict(row.by_campaign),
    }
