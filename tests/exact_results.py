"""Exact results made by hand, of the records that publication takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from balanstest_analysis.disclosure.exact_result import (
    ExactOutcome,
    ExactRate,
    ExactResult,
    IncidenceMonth,
    JudgedCriterion,
    MonthCount,
)
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.dossier.criteria import MinimumRate
from balanstest_analysis.dossier.statements import CONDITIONS
from balanstest_analysis.history.findings import BridgeLine, Finding
from balanstest_analysis.published.decision import Undecided
from balanstest_analysis.published.json_form import counts_from_json, to_json
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.outcomes import FittedCurve, FittedPoint, Observed
from balanstest_analysis.published.people import Clustering
from balanstest_analysis.published.relations import KindGround, Relations
from balanstest_analysis.published.result import AnalysisSettings, RegimeFacts
from balanstest_analysis.statistics.count_covariance import CountCovariance
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import TermProposal

ANY_RATE = Observed(rate=0.05, lower=0.0, upper=1.0)
FIT = FittedCurve(
    family="constant",
    status="ok",
    converged=True,
    parameters={"intercept": -3.21},
    standard_errors={"intercept": 0.1},
    model_standard_errors={"intercept": 0.1},
    deviance=1.0,
    df=3,
    aic=9.0,
    p_value=0.5,
    weight=0.8765,
)
BENEFIT = CriterionResult(
    criterion=MinimumRate(
        name="Bellen loont",
        kind="minimum_rate",
        outcome="conversion",
        threshold=0.03,
        reason="Bij 3% dekt een gesprek zijn kosten.",
    ),
    status="reached",
    term_months=19,
    crossing=20.123456,
    lower=18.2345,
)


def exact_outcome(
    counts: Iterable[tuple[int, int, int]],
    *,
    followed: Iterable[tuple[int, int, int]] | None = None,
    curve: Sequence[FittedPoint] = (),
    fits: Sequence[FittedCurve] = (),
    design_effect: float = 1.04,
) -> ExactOutcome:
    """Return an outcome from month, contacts and events of every month with contacts.

    Args:
        counts: of the contacts followed up for this outcome.
        followed: of those followed up for all outcomes; by default the same.
        curve: one point per month.
        fits: of the families.
        design_effect: of repeated calls to the same people.
    """
    own = [*counts]
    covariance = _every_month_for_itself(own, design_effect)
    return ExactOutcome(
        design_effect=design_effect,
        rates=tuple(ExactRate(month=m, contacts=n, events=k, rate=ANY_RATE) for m, n, k in own),
        followed=tuple(MonthCount(month=m, contacts=n, events=k) for m, n, k in (followed or own)),
        fits=tuple(fits),
        curve=tuple(curve),
        standardised=(),
        fit_warning=None,
        covariance=covariance,
    )


def _every_month_for_itself(counts: list[tuple[int, int, int]], effect: float) -> CountCovariance:
    chance = np.zeros(max((month for month, _, _ in counts), default=-1) + 1)
    for month, contacts, events in counts:
        chance[month] = events * (contacts - events) / contacts if contacts else 0.0
    return CountCovariance(matrix=np.diag(effect * chance), binomial=chance, campaigns=0)


def exact_result(outcomes: Mapping[str, ExactOutcome], **changes: Any) -> ExactResult:
    """Return the exact result of a charity of which nothing else is known, with changes.

    Args:
        outcomes: those that were delivered.
        changes: other fields of the result.
    """
    values: dict[str, Any] = {
        "template": "opt-in",
        "organisation": "Stichting Voorbeeld",
        "sector": "charity",
        "sectors": ("charity",),
        "fictitious": True,
        "category": "giften",
        "period": "2026-Q3",
        "report_date": "2026-10-15",
        "data_through": "2026-09-30",
        "conditions": dict.fromkeys(CONDITIONS, "met"),
        "regime": REGIME,
        "relations": RELATIONS,
        "later_rules": None,
        "settings": settings(),
        "not_before": None,
        "decision": Undecided(),
        "measures": (),
        "proposal": proposal(),
        "set_aside": (),
        "current_term_months": None,
        "criteria": (),
        "criteria_hash": "9b" * 32,
        "criteria_changes": (),
        "outcomes": {name: outcomes.get(name) for name in OUTCOMES},
        "incidence_since_contact": {},
        "composition": (),
        "clustering": Clustering(
            customers_known=True,
            campaigns=1,
            campaigns_resampled=False,
            campaigns_share_few_months=False,
            dispersion=dict.fromkeys(outcomes, 1.0412),
        ),
        "sensitivity": (),
        "frontier": (),
        "bridge": (),
        "findings": (),
        "readings": (),
        "compliance": None,
        "gaps": (),
        "fingerprints": {},
        "versions": {},
        "seed": 1,
    }
    return ExactResult(**{**values, **changes})


RELATIONS = Relations(
    grounds=(KindGround(kind="donation", ground=True, paragraph="vijfde lid"),),
    kinds_from="events",
    stated=(),
    assumed="donation",
    membership_reason=None,
)
REGIME = RegimeFacts(
    id="tw-2026",
    name="Telecommunicatiewet vanaf 1 juli 2026",
    cap_months=36,
    cap_source="Code Telemarketing (zelfregulering, 2020)",
    cap_verified=False,
    needs_ground=True,
    verified=True,
    source="Telecommunicatiewet, artikel 11.7",
    remark="",
    allowed=True,
    needs_no_test=False,
    sector_allowed=True,
    override_reason=None,
)


def settings(minimum: int = 10, level: float = 0.95) -> AnalysisSettings:
    """Return settings with a publication minimum."""
    return AnalysisSettings(
        denominator="net_contact",
        conversion_definition="gross",
        objection_window_days=30,
        complaint_window_days=60,
        confidence_level=level,
        resamples=200,
        disclosure_minimum=minimum,
    )


def proposal(*results: CriterionResult) -> TermProposal:
    """Return a proposal of 19 months, on criteria if any are given."""
    return TermProposal(
        status="proposed",
        route="own_file",
        term_months=19,
        uncapped_term_months=19,
        binding=BENEFIT.criterion.name,
        crossing=20.123456,
        lower=18.2345,
        confidence_level=0.95,
        per_criterion=results or (BENEFIT,),
    )


def judged(result: CriterionResult = BENEFIT) -> JudgedCriterion:
    """Return a criterion without what single families say."""
    return JudgedCriterion(result=result, families=())


def lines(counts: Mapping[str, int]) -> tuple[BridgeLine, ...]:
    """Return an account by code."""
    return tuple(BridgeLine(code=code, count=count) for code, count in counts.items())


def findings(counts: Mapping[str, int]) -> tuple[Finding, ...]:
    """Return findings by code, of what was found at all."""
    return tuple(Finding(code=code, count=count) for code, count in counts.items() if count)


def person_months(rows: Iterable[Mapping[str, Any]]) -> tuple[IncidenceMonth, ...]:
    """Return a life table from its rows by name."""
    return tuple(
        IncidenceMonth(
            month=int(row["month_from"]),
            at_risk=int(row["at_risk"]),
            events=int(row["events"]),
            exits=int(row["exits"]),
            share=Observed(
                rate=row["incidence"], lower=row["incidence_lower"], upper=row["incidence_upper"]
            ),
        )
        for row in rows
    )


def published(exact: ExactResult, earlier: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return what `resultaat.json` would hold, beside earlier ones.

    Args:
        exact: everything known.
        earlier: of the same series, as they were published.
    """
    return to_json(publish(exact, [counts_from_json(report) for report in earlier]))
