"""The names that every result uses: outcomes, kinds of criteria, and the answers they can get."""

from __future__ import annotations

from typing import Literal, get_args

Outcome = Literal["conversion", "objection", "complaint"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

CriterionKind = Literal[
    "minimum_rate",
    "maximum_rate",
    "maximum_ratio",
    "maximum_overall_rate",
    "burden_per_conversion",
    "net_benefit",
    "horizon",
]
CriterionStatus = Literal[
    "no_outcome_data",
    "fails_from_start",
    "holds_between",
    "too_little_data",
    "not_reached_in_data",
    "reached",
]
ProposalStatus = Literal[
    "proposed", "proposed_incomplete", "undetermined", "not_allowed", "no_term"
]
Route = Literal["own_file", "request", "not_allowed"]
FitStatus = Literal["ok", "separated", "not_converged", "too_few_months", "zero_events"]
RuleStatus = Literal["checked", "no_data", "no_rule"]
Sector = Literal["charity", "charity_lottery", "publisher", "commercial"]
EventKind = Literal["purchase", "contract", "donation", "service", "volunteer", "public_event"]
ConditionAnswer = Literal["met", "not_met", "for_a_lawyer", "unanswered"]
Breach = Literal[
    "after_objection",
    "objection_processed_late",
    "forbidden_day",
    "outside_hours",
    "without_ground",
    "beyond_cap",
    "beyond_own_term",
    "no_earlier_event",
]
BREACHES: tuple[Breach, ...] = get_args(Breach)
DpoStatus = Literal["agrees", "agrees_if", "disagrees", "awaited", "no_dpo", "not_asked"]
# What may speak against a proposal, the gravest first; a dossier replies to it by this name.
CounterpointCode = Literal[
    "decision_longer",
    "decision_above_cap",
    "decision_argued",
    "decision_below_request",
    "rules_overridden",
    "membership_as_gift",
    "dpo_disagrees",
    "criterion_set_aside",
    "older_numbers",
    "longer_than_before",
    "criteria_changed",
    "doubtful_data",
    "breaches",
    "days_and_hours",
    "reports_left_out",
    "months_unseen",
    "burden_at_end",
    "shorter_term",
    "row_by_row",
    "privacy_does_not_bind",
    "no_criterion",
    "lenient_limit",
    "no_data",
    "poor_fit",
    "campaigns_not_counted",
    "longer_than_current",
    "other_choices",
    "survivors",
    "silence",
    "no_effect",
]
COUNTERPOINTS: tuple[CounterpointCode, ...] = get_args(CounterpointCode)

RATE_LIMITS: tuple[CriterionKind, ...] = (
    "maximum_rate",
    "maximum_ratio",
    "maximum_overall_rate",
)

UNTESTED: tuple[CriterionStatus, ...] = ("no_outcome_data", "too_little_data")
REFUTED: tuple[CriterionStatus, ...] = ("fails_from_start", "holds_between")
OVERALL_RATE: CriterionKind = "maximum_overall_rate"
JOINT_KINDS: tuple[CriterionKind, ...] = ("burden_per_conversion", "net_benefit")


def is_on_burden(
    kind: CriterionKind, outcome: str | None, *, objection_weight: float, complaint_weight: float
) -> bool:
    """Return whether a criterion weighs what calling asks of the people called.

    Args:
        kind: of the criterion.
        outcome: it is about, or None where it weighs several.
        objection_weight: of an objection in a net benefit; 0 for other kinds.
        complaint_weight: of a complaint, likewise.

    Examples:
        >>> is_on_burden("maximum_rate", "objection", objection_weight=0, complaint_weight=0)
        True
        >>> is_on_burden("net_benefit", None, objection_weight=0, complaint_weight=0)
        False
    """
    if kind in RATE_LIMITS:
        return outcome != "conversion"
    if kind == "net_benefit":
        return objection_weight + complaint_weight > 0
    return kind == "burden_per_conversion"
