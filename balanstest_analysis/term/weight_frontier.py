"""The term as a function of the weight that is given to an objection and to a complaint.

Those weights are the legal judgement itself, so the report shows what each would mean instead of
choosing one. They are counted in conversions: a weight of 0.5 says that two objections outweigh
one conversion.
"""

from __future__ import annotations

from collections.abc import Mapping

from balanstest_analysis.dossier.criteria import MinimumRate, NetBenefit
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.month_table import JOINT_OUTCOMES
from balanstest_analysis.published.criteria import WeightPoint
from balanstest_analysis.term.criterion_margins import margin
from balanstest_analysis.term.judging import judge
from balanstest_analysis.term.outcome_series import OutcomeSeries

OBJECTION_WEIGHTS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
COMPLAINT_WEIGHTS = (0.0, 1.0, 5.0, 10.0, 25.0)


def weight_frontier(
    dossier: Dossier, series: Mapping[str, OutcomeSeries]
) -> tuple[WeightPoint, ...]:
    """Return the supported term per pair of weights, without cap and without other criteria.

    A month holds where conversions, less the cost of a contact in conversions, outweigh the
    weighted burden. The cost is that of the dossier's own criterion on conversion, or else zero.

    Args:
        dossier: for its criteria and confidence level.
        series: of the outcomes by name.
    """
    complaints = COMPLAINT_WEIGHTS if "complaint" in series else COMPLAINT_WEIGHTS[:1]
    if not {"conversion", "objection"} <= set(series):
        return ()
    cost = cost_in_conversions(dossier)
    joint = {
        name: series[name.removeprefix("joint_")]
        for name in JOINT_OUTCOMES
        if name.removeprefix("joint_") in series
    }
    level = dossier.settings.confidence_level
    return tuple(
        _point(joint, cost, objection, complaint, level)
        for complaint in complaints
        for objection in OBJECTION_WEIGHTS
    )


def cost_in_conversions(dossier: Dossier) -> float:
    """Return what a contact costs, in conversions; 0 where no criterion says so."""
    for criterion in dossier.criteria:
        if isinstance(criterion, NetBenefit):
            return criterion.cost_per_contact / criterion.value_per_conversion
        if isinstance(criterion, MinimumRate) and criterion.outcome == "conversion":
            return criterion.threshold
    return 0.0


def _point(
    joint: Mapping[str, OutcomeSeries],
    cost: float,
    objection: float,
    complaint: float,
    level: float,
) -> WeightPoint:
    criterion = NetBenefit(
        name="frontier",
        kind="net_benefit",
        reason="weights",
        value_per_conversion=1.0,
        cost_per_contact=cost,
        objection_weight=objection,
        complaint_weight=complaint,
    )
    result = judge(criterion, margin(criterion, joint, level))
    return WeightPoint(
        objection_weight=objection,
        complaint_weight=complaint,
        status=result.status,
        term_months=result.term_months,
    )
