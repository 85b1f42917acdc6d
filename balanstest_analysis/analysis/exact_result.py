"""The internal result as one dictionary: the single source of every rendering."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import pandas as pd

from balanstest_analysis.document.wording import FIT_WARNING, finding_text
from balanstest_analysis.dossier.criteria import OUTCOMES, is_on_burden
from balanstest_analysis.dossier.dossier import Dossier, is_allowed
from balanstest_analysis.dossier.statements import CONDITIONS, Condition
from balanstest_analysis.history.compliance import ReviewedHistory
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.month_composition import composition_by_month
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.statistics.bootstrap import campaigns_are_resampled
from balanstest_analysis.statistics.cumulative_incidence import cumulative_incidence
from balanstest_analysis.statistics.standardisation import standardised_rates
from balanstest_analysis.term.family_crossings import FamilyCrossing
from balanstest_analysis.term.outcomes import OutcomeAnalysis
from balanstest_analysis.term.proposal import TermProposal
from balanstest_analysis.term.sensitivity import SensitivityRow
from balanstest_analysis.term.weight_frontier import FrontierPoint

SCHEMA = 1
SIGNIFICANT_DIGITS = 10
PACKAGES = (
    "balanstest-analysis",
    "duckdb",
    "holidays",
    "ibis-framework",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
)


@dataclass(frozen=True, kw_only=True)
class Views:
    """The proposal seen from other sides; none of them binds.

    Attributes:
        by_family: what each single family says, by name of the criterion.
        sensitivity: the term under other choices.
        frontier: the term under other weights of objections and complaints.
    """

    by_family: dict[str, tuple[FamilyCrossing, ...]]
    sensitivity: tuple[SensitivityRow, ...]
    frontier: tuple[FrontierPoint, ...]


def internal_result(
    *,
    dossier: Dossier,
    history: ReviewedHistory,
    outcomes: Mapping[str, OutcomeAnalysis],
    proposal: TermProposal,
    views: Views,
    fingerprints: Mapping[str, str],
) -> dict[str, Any]:
    """Return everything known, exact, with the keys of `resultaat.json`."""
    exposure = history.exposure
    result = {
        "schema": SCHEMA,
        "audience": "internal",
        **_scope(dossier),
        "conditions": _conditions(dossier),
        "regime": _regime(dossier),
        "settings": _settings(dossier),
        "proposal": {
            **proposal.to_dict(),
            "current_term_months": dossier.scope.current_term_months,
        },
        "criteria": _criteria(proposal, views),
        "criteria_hash": dossier.criteria_hash(),
        "criteria_changes": [c.model_dump(mode="json") for c in dossier.criteria_changes],
        "outcomes": {
            name: {
                **_outcome(dossier, outcomes.get(name)),
                "followed": followed_rows(exposure.month_table, name),
            }
            for name in OUTCOMES
        },
        "cumulative_incidence": _cumulative_incidence(dossier, exposure),
        "composition": composition_by_month(exposure.month_table),
        "clustering": _clustering(exposure, outcomes),
        "sensitivity": [row.to_dict() for row in views.sensitivity],
        "frontier": [point.to_dict() for point in views.frontier],
        **_account(exposure),
        "compliance": None if history.compliance is None else history.compliance.to_dict(),
        "gaps": [*dossier.gaps(), *argument_gaps(dossier, proposal)],
        "fingerprints": dict(fingerprints),
        "versions": versions(),
        "seed": dossier.settings.seed,
    }
    return dict(rounded(result))


def _criteria(proposal: TermProposal, views: Views) -> list[dict[str, Any]]:
    return [
        {
            **criterion.to_dict(),
            "families": [row.to_dict() for row in views.by_family[criterion.criterion.name]],
        }
        for criterion in proposal.per_criterion
    ]


def _scope(dossier: Dossier) -> dict[str, Any]:
    return {
        "template": dossier.template,
        "organisation": dossier.organisation.name,
        "sector": dossier.organisation.sector,
        "fictitious": dossier.organisation.fictitious,
        "category": dossier.scope.category,
        "period": dossier.period,
        "report_date": dossier.report_date.isoformat(),
        "data_through": dossier.data_through.isoformat(),
    }


def _conditions(dossier: Dossier) -> dict[str, str]:
    """Return per condition: ``met``, ``not_met``, ``for_a_lawyer`` or ``unanswered``."""
    given = dossier.conditions
    return {name: _answer(given.get(name)) for name in CONDITIONS}


def _answer(condition: Condition | None) -> str:
    if condition is None:
        return "unanswered"
    if condition.is_for_a_lawyer:
        return "for_a_lawyer"
    return "met" if condition.met else "not_met"


def _account(exposure: Exposure) -> dict[str, Any]:
    return {
        "bridge": [{"code": line.code, "count": line.count} for line in exposure.bridge],
        "findings": [
            {"code": f.code, "count": f.count, "text": finding_text(f.code, f.count)}
            for f in exposure.findings
        ],
        "readings": [reading.to_dict() for reading in exposure.readings],
    }


def _regime(dossier: Dossier) -> dict[str, Any]:
    regime = dossier.regime
    return {
        "id": regime.id,
        "name": regime.name,
        "cap_months": regime.cap_months,
        "verified": regime.verified,
        "source": regime.source,
        "remark": regime.remark,
        "allowed": is_allowed(dossier),
        "needs_no_test": dossier.needs_no_test,
        "sector_allowed": regime.allows(dossier.organisation.sector),
        "override_reason": dossier.scope.regime_reason,
    }


def _settings(dossier: Dossier) -> dict[str, Any]:
    settings = dossier.settings.model_dump(mode="json")
    settings.pop("seed")
    return settings


def _outcome(dossier: Dossier, outcome: OutcomeAnalysis | None) -> dict[str, Any]:
    if outcome is None:
        return {
            "available": False,
            "exposure": 0,
            "events": 0,
            "design_effect": None,
            "rates": [],
            "fits": [],
            "curve": [],
            "fit_warning": None,
        }
    level = dossier.settings.confidence_level
    counts, fits = outcome.counts, outcome.fits
    return {
        "available": True,
        "exposure": int(counts.exposure.sum()),
        "events": int(counts.events.sum()),
        "design_effect": fits.data.design_effect,
        "rates": records(outcome.rates(level)),
        "fits": [
            {**fit.to_dict(), "weight": fits.weights.get(fit.family, 0.0)} for fit in fits.fits
        ],
        "curve": records(outcome.curve(level)),
        "standardised": standardised_rates(counts),
        "fit_warning": FIT_WARNING if fits.poorly_described else None,
    }


def followed_rows(table: MonthTable, outcome: str) -> list[dict[str, Any]]:
    """Return contacts and events per month, of contacts followed up for every outcome.

    These are what is published: with one denominator for all outcomes no small count follows
    from the difference between two.

    Args:
        table: the month table.
        outcome: its name.
    """
    if outcome not in table.available:
        return []
    counts = table.counts("joint_exposure", f"joint_{outcome}")
    n, k = counts.exposure_by_month, counts.events_by_month
    return [{"month": int(m), "n": int(n[m]), "k": int(k[m])} for m in n.nonzero()[0]]


def _cumulative_incidence(dossier: Dossier, exposure: Exposure) -> dict[str, Any]:
    level = dossier.settings.confidence_level
    tables = {
        name: cumulative_incidence(table, level) for name, table in exposure.life_table.items()
    }
    return {name: records(table) for name, table in tables.items() if len(table)}


def _clustering(exposure: Exposure, outcomes: Mapping[str, OutcomeAnalysis]) -> dict[str, Any]:
    table = exposure.month_table
    some = next(iter(outcomes.values()))
    campaigns = table.has_groups and campaigns_are_resampled(some.counts)
    return {
        "customer_groups": len(table.groups) if table.has_groups else 0,
        "campaigns": len(table.campaigns),
        "campaigns_resampled": campaigns,
        "dispersion": {
            name: outcome.fits.dispersion for name, outcome in outcomes.items() if name in OUTCOMES
        },
    }


def argument_gaps(dossier: Dossier, proposal: TermProposal) -> list[str]:
    """Return what the weighing itself still lacks: a burden criterion, or a reason to go without.

    A balancing test weighs: without a criterion on the burden there is nothing on the other side
    of the scale, and an untested criterion needs a reason before a report can be final. Without a
    ground to call there is nothing to weigh.
    """
    if proposal.status == "not_allowed":
        return []
    gaps = []
    if not any(is_on_burden(criterion) for criterion in dossier.criteria):
        gaps.append("criteria.burden")
    if proposal.untested and not dossier.scope.incomplete_reason:
        gaps.append("scope.incomplete_reason")
    return gaps


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries of plain Python numbers."""
    columns = {str(name): frame[name].tolist() for name in frame}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def rounded(value: Any) -> Any:
    """Return the value with every float at ten significant digits.

    Examples:
        >>> rounded({"rate": 1 / 3, "n": [3]})
        {'rate': 0.3333333333, 'n': [3]}
    """
    match value:
        case float():
            return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        case dict():
            return {key: rounded(item) for key, item in value.items()}
        case list() | tuple():
            return [rounded(item) for item in value]
        case _:
            return value


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make the numbers."""
    return {"python": platform.python_version(), **{n: metadata.version(n) for n in PACKAGES}}
