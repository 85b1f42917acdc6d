"""Dutch sentences generated from a published result, for every status."""

from balanstest_analysis.presentation.conclusions.binding import deciding_names
from balanstest_analysis.presentation.conclusions.cautions import cautions
from balanstest_analysis.presentation.conclusions.changes import changed_afterwards
from balanstest_analysis.presentation.conclusions.composition import (
    ShareName,
    composition_sentences,
    from_counts,
    has_one_campaign,
    rare_limit,
    share_of,
    shown_shares,
    standardised_outcomes,
    standardised_sentence,
)
from balanstest_analysis.presentation.conclusions.counterpoint import Counterpoint
from balanstest_analysis.presentation.conclusions.counterpoints import (
    counterpoints,
    is_longer,
    reply_to,
)
from balanstest_analysis.presentation.conclusions.criteria import (
    contacts_needed,
    criterion_sentences,
    demand_of,
    estimated_last_month,
    finding_of,
    holds_throughout,
    quoted,
)
from balanstest_analysis.presentation.conclusions.decision import decision_line
from balanstest_analysis.presentation.conclusions.fits import fit_sentence
from balanstest_analysis.presentation.conclusions.history import question_evidence, tells_nothing
from balanstest_analysis.presentation.conclusions.limits import (
    confidence_sentences,
    limitations,
    own_choices,
)
from balanstest_analysis.presentation.conclusions.outcomes import (
    delivered_results,
    nothing_shown,
    outcome_sentences,
)
from balanstest_analysis.presentation.conclusions.overall import last_part
from balanstest_analysis.presentation.conclusions.proposal import (
    carries_request,
    decision_sentence,
    headline,
    needs_no_test,
    proposal_sentences,
    route_sentence,
)
from balanstest_analysis.presentation.conclusions.refusals import for_a_lawyer, left_to_a_lawyer
from balanstest_analysis.presentation.conclusions.rows import (
    MonthBlock,
    block_between,
    common_ends,
    draws_curve,
    has_course,
    last_month,
    yearly_blocks,
)
from balanstest_analysis.presentation.conclusions.rules import assumed_kinds, ends_count
from balanstest_analysis.presentation.conclusions.sensitivity import changed, other_choices
from balanstest_analysis.presentation.conclusions.set_aside import reason_of, set_aside
from balanstest_analysis.presentation.conclusions.shorter_term import objections_per_100

__all__ = [
    "Counterpoint",
    "MonthBlock",
    "ShareName",
    "assumed_kinds",
    "block_between",
    "carries_request",
    "cautions",
    "changed",
    "changed_afterwards",
    "common_ends",
    "composition_sentences",
    "confidence_sentences",
    "contacts_needed",
    "counterpoints",
    "criterion_sentences",
    "deciding_names",
    "decision_line",
    "decision_sentence",
    "delivered_results",
    "demand_of",
    "draws_curve",
    "ends_count",
    "estimated_last_month",
    "finding_of",
    "fit_sentence",
    "for_a_lawyer",
    "from_counts",
    "has_course",
    "has_one_campaign",
    "headline",
    "holds_throughout",
    "is_longer",
    "last_month",
    "last_part",
    "left_to_a_lawyer",
    "limitations",
    "needs_no_test",
    "nothing_shown",
    "objections_per_100",
    "other_choices",
    "outcome_sentences",
    "own_choices",
    "proposal_sentences",
    "question_evidence",
    "quoted",
    "rare_limit",
    "reason_of",
    "reply_to",
    "route_sentence",
    "set_aside",
    "share_of",
    "shown_shares",
    "standardised_outcomes",
    "standardised_sentence",
    "tells_nothing",
    "yearly_blocks",
]
