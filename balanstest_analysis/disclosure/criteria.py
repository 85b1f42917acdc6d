"""What may be published of each criterion, and a witness that anyone can check by eye."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from balanstest_analysis.disclosure.criterion_months import hides_events, printed_months
from balanstest_analysis.disclosure.exact_result import JudgedCriterion
from balanstest_analysis.disclosure.outcomes import PublishableCounts
from balanstest_analysis.published.counts import (
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
    number,
    total,
)
from balanstest_analysis.published.criteria import (
    Crossing,
    FamilyCrossing,
    PublishedCriterion,
    PublishedProposal,
    SetAside,
    support_of,
)
from balanstest_analysis.published.names import OVERALL_RATE, Outcome
from balanstest_analysis.published.outcomes import PublishedOutcome, RateRow
from balanstest_analysis.statistics.evidence import exact_limits
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.margins import needed_outcomes
from balanstest_analysis.term.proposal import TermProposal

TENTHS, WHOLE_MONTHS = 1, 0
Outcomes = Mapping[Outcome, PublishedOutcome]


def published_criterion(
    judged: JudgedCriterion, outcomes: Outcomes, publishable: PublishableCounts
) -> PublishedCriterion:
    """Return a criterion in tenths of a month, or in months where the events are hidden.

    Args:
        judged: exact.
        outcomes: as published.
        publishable: the counts that may be told.
    """
    result, stated = judged.result, judged.result.stated
    digits = digits_of(result, outcomes)
    threshold, needed = result.known_threshold, result.contacts_needed
    if result.ratio is not None:
        first, last = result.ratio.reference_months
        rows = outcomes[result.ratio.outcome].rows
        threshold = ratio_threshold(rows, result.ratio.factor, first, last)
        needed = None if threshold is None or needed is None else int(float(f"{needed:.1g}"))
    if digits == WHOLE_MONTHS and stated.kind not in ("maximum_rate", OVERALL_RATE):
        needed = None  # it follows from the rate, and would tell the events
    families = judged.families if digits == TENTHS else ()
    months = printed_months(result, threshold, outcomes, publishable.level)
    return PublishedCriterion(
        name=stated.name,
        kind=stated.kind,
        outcome=stated.outcome,
        status=result.status,
        support=support_of(
            stated.kind,
            result.term_months,
            _crossing(result.crossing, result.lower, result.upper, digits),
        ),
        threshold=threshold,
        holds_from_month=months.holds_from,
        first_month_with_evidence=months.first_with_evidence,
        last_month_with_evidence=months.last_with_evidence,
        contradicted_from_month=months.contradicted_from,
        unshown_from_month=months.unshown_from,
        contacts_needed=needed,
        reason=stated.reason,
        parameters=stated.parameters,
        families=tuple(_family(row) for row in families),
        witness_month=_witness(result, threshold, outcomes, publishable),
    )


def published_proposal(
    proposal: TermProposal,
    current_term_months: int | None,
    outcomes: Outcomes,
    criteria: Sequence[PublishedCriterion],
    set_aside: tuple[SetAside, ...] = (),
) -> PublishedProposal:
    """Return the proposal, with the digits that the criterion it comes from is told in.

    Args:
        proposal: exact.
        current_term_months: of the organisation today, or None.
        outcomes: as published.
        criteria: as published, for the months that they name.
        set_aside: criteria that the organisation validly leaves out.
    """
    source = proposal.shortest
    digits = TENTHS if source is None else digits_of(source, outcomes)
    ends = [found.last_month_with_evidence for found in criteria]
    return PublishedProposal(
        status=proposal.status,
        route=proposal.route,
        term_months=proposal.term_months,
        uncapped_term_months=proposal.uncapped_term_months,
        tested_term_months=proposal.tested_term_months,
        binding=proposal.binding,
        crossing=_crossing(proposal.crossing, proposal.lower, proposal.upper, digits),
        confidence_level=proposal.confidence_level,
        last_month_with_evidence=min((end for end in ends if end is not None), default=None),
        requested_term_months=proposal.requested_term_months,
        privacy_binds=proposal.privacy_binds,
        untested=proposal.untested,
        set_aside=set_aside,
        current_term_months=current_term_months,
    )


def digits_of(result: CriterionResult, outcomes: Outcomes) -> int:
    """Return in how many decimals the months of a criterion are told.

    Args:
        result: exact.
        outcomes: as published.
    """
    weighed = needed_outcomes(result.criterion)
    return WHOLE_MONTHS if any(hides_events(outcomes[name]) for name in weighed) else TENTHS


def _crossing(
    estimate: float | None, lower: float | None, upper: float | None, digits: int
) -> Crossing:
    return Crossing(
        estimate=_rounded(estimate, digits),
        lower=_rounded(lower, digits) if digits or lower is None else float(math.floor(lower)),
        upper=_rounded(upper, digits),
    )


def _rounded(months: float | None, digits: int) -> float | None:
    return None if months is None else round(months, digits)


def _family(row: FamilyCrossing) -> FamilyCrossing:
    return FamilyCrossing(
        family=row.family,
        crossing=_rounded(row.crossing, TENTHS),
        lower=_rounded(row.lower, TENTHS),
    )


def ratio_threshold(rows: Sequence[RateRow], factor: float, first: int, last: int) -> float | None:
    """Return the threshold of a ratio as it follows from the rows of its reference months.

    The rate of any other months would be a count that no row tells; None where the rows do not
    tell these months.

    Args:
        rows: as published.
        factor: of the criterion.
        first: first reference month.
        last: last reference month, inclusive.
    """
    inside = [row for row in rows if first <= row.month_from and row.month_to <= last]
    if not inside:
        return None
    begins = inside[0].month_from in (first, rows[0].month_from)
    ends = inside[-1].month_to in (last, rows[-1].month_to)
    events = total(row.events for row in inside)
    contacts = total(row.contacts for row in inside)
    if not (begins and ends) or events is None or not contacts:
        return None
    return float(f"{factor * events / contacts:.2g}")


def _witness(
    result: CriterionResult,
    threshold: float | None,
    outcomes: Outcomes,
    publishable: PublishableCounts,
) -> int | None:
    """Return the last month that the printed rows bear out; an overall rate is about none."""
    outcome = result.stated.outcome
    if outcome is None or threshold is None or result.stated.kind == OVERALL_RATE:
        return None
    rows = outcomes[outcome].rows
    if not rows or any(number(row.contacts) is None for row in rows):
        return None
    return last_month_by_fixed_sequence(
        rows,
        threshold=threshold,
        maximum=result.stated.kind != "minimum_rate",
        confidence_level=publishable.level,
        few=publishable.minimum - 1,
    )


def last_month_by_fixed_sequence(
    rows: Sequence[RateRow],
    *,
    threshold: float,
    maximum: bool,
    confidence_level: float,
    few: int = 0,
) -> int | None:
    """Return the last month up to which the exact limit of every row meets the threshold.

    Tests in a fixed order, each at the full level, need no correction (Hsu and Berger 1999,
    Journal of the American Statistical Association 94:468). It costs more than the curves, and
    it does not bind.

    Args:
        rows: of an outcome, in order, with contacts that are told.
        threshold: of the criterion.
        maximum: whether the rate has to stay below it.
        confidence_level: one-sided.
        few: largest count that events can be where they are few. Events that are hidden for
            another reason can be any: all contacts against a maximum, none against a minimum.

    Returns:
        The last month of the last row that still meets it, or None if the first does not.

    Examples:
        >>> from balanstest_analysis.published.counts import Exact
        >>> from balanstest_analysis.published.outcomes import AtMost
        >>> rows = [
        ...     RateRow(
        ...         month_from=m,
        ...         month_to=m + 2,
        ...         contacts=Exact(900),
        ...         events=Exact(k),
        ...         rate=AtMost(upper=1.0),
        ...     )
        ...     for m, k in [(0, 20), (3, 60)]
        ... ]
        >>> last_month_by_fixed_sequence(rows, threshold=0.05, maximum=True, confidence_level=0.95)
        2
    """
    contacts = np.array([number(row.contacts) or 0 for row in rows], dtype=float)
    events = np.array([_at_worst(row, few, maximum=maximum) for row in rows], dtype=float)
    effect = np.array([row.design_effect or 1.0 for row in rows])
    k, n = events / effect, contacts / effect
    lower, upper = exact_limits(np.minimum(k, n), n, confidence_level)
    fails = upper > threshold if maximum else lower < threshold
    met = int(np.argmax(fails)) if fails.any() else len(rows)
    return rows[met - 1].month_to if met else None


def _at_worst(row: RateRow, few: int, *, maximum: bool) -> int:
    """Return the events that speak most against the criterion, of all that the row allows."""
    match row.events:
        case Exact(value) | Kept(value):
            return value
        case Few():
            return few if maximum else 0
        case FewOthers() | Withheld() | NotDelivered():
            return (number(row.contacts) or 0) if maximum else 0
