"""What speaks against the proposal, shown as plainly as what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.dossier.statements import PLACEHOLDER
from balanstest_analysis.presentation.conclusions.binding import privacy_side, term_cause
from balanstest_analysis.presentation.conclusions.breaches import breaches, days_and_hours
from balanstest_analysis.presentation.conclusions.changes import changed_afterwards
from balanstest_analysis.presentation.conclusions.composition import from_counts
from balanstest_analysis.presentation.conclusions.counterpoint import Counterpoint
from balanstest_analysis.presentation.conclusions.decision import decision_points
from balanstest_analysis.presentation.conclusions.doubts import doubts_against
from balanstest_analysis.presentation.conclusions.left_out import reports_left_out
from balanstest_analysis.presentation.conclusions.outcomes import nothing_shown
from balanstest_analysis.presentation.conclusions.quarters import longer_than_before
from balanstest_analysis.presentation.conclusions.reach import campaigns_not_counted
from balanstest_analysis.presentation.conclusions.refusals import for_a_lawyer
from balanstest_analysis.presentation.conclusions.requested import unseen_months
from balanstest_analysis.presentation.conclusions.rules import memberships, overridden
from balanstest_analysis.presentation.conclusions.sensitivity import shorter_elsewhere
from balanstest_analysis.presentation.conclusions.set_aside import reason_of, set_aside_points
from balanstest_analysis.presentation.conclusions.shorter_term import burden_at_end, shorter_term
from balanstest_analysis.presentation.conclusions.span import shorter_by_rows
from balanstest_analysis.presentation.conclusions.unbounded import (
    lenient_limits,
    without_criterion,
)
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import COUNTERPOINTS, OUTCOMES, CounterpointCode
from balanstest_analysis.published.result import PublishedResult

_Found: TypeAlias = Mapping[CounterpointCode, Iterable[str]]
_NO_REVIEW = Review()


def counterpoints(
    result: PublishedResult,
    earlier: Sequence[EarlierReport] = (),
    review: Review = _NO_REVIEW,
) -> tuple[Counterpoint, ...]:
    """Return the points against the proposal or the decision, the gravest first.

    Where a term is proposed there are always some. Without one there is nothing to speak against,
    but for a decision that the organisation took nevertheless.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
        review: of the dossier, which says whether the data protection officer agrees.
    """
    if result.proposal.status == "not_allowed":
        return ()
    decided = [*decision_points(result)]
    if not result.has_term and not decided:
        return ()
    found: Mapping[CounterpointCode, Iterable[str]] = {
        **{point.code: [point.text] for point in decided},
        **_of_the_dossier_and_the_history(result, review),
        **(_of_the_proposal(result, review, earlier) if result.has_term else {}),
    }
    texts = {code: " ".join(filter(None, found.get(code, ()))) for code in COUNTERPOINTS}
    return tuple(Counterpoint(code=code, text=text) for code, text in texts.items() if text)


def reply_to(code: CounterpointCode, review: Review) -> str:
    """Return what the organisation replies to a point; empty where it does not, or not yet.

    Args:
        code: of the point.
        review: of the dossier.
    """
    reply = review.replies.get(code, "")
    return "" if PLACEHOLDER in reply else reply


def _of_the_dossier_and_the_history(result: PublishedResult, review: Review) -> _Found:
    return {
        "rules_overridden": overridden(result),
        "membership_as_gift": memberships(result),
        "dpo_disagrees": [_officer(review)],
        "criterion_set_aside": set_aside_points(result),
        "older_numbers": [_lawyer(result)],
        "criteria_changed": changed_afterwards(result),
        "doubtful_data": [doubts_against(result)],
        "breaches": [breaches(result)],
        "days_and_hours": [days_and_hours(result)],
        "reports_left_out": [reports_left_out(result)],
    }


def _of_the_proposal(
    result: PublishedResult, review: Review, earlier: Sequence[EarlierReport]
) -> _Found:
    return {
        "longer_than_before": [_with_reason(longer_than_before(result, earlier), review)],
        "months_unseen": [unseen_months(result)],
        "burden_at_end": [burden_at_end(result)],
        "shorter_term": [shorter_term(result)],
        "row_by_row": [shorter_by_rows(result)],
        "privacy_does_not_bind": [_privacy_side(result)],
        "no_criterion": without_criterion(result),
        "lenient_limit": lenient_limits(result),
        "no_data": _missing(result),
        "poor_fit": _misfits(result),
        "campaigns_not_counted": [campaigns_not_counted(result)],
        "longer_than_current": [_with_reason(_longer_than_current(result), review)],
        "other_choices": [shorter_elsewhere(result)],
        "survivors": [_survivors(result)],
        "silence": [_ACCEPTANCE],
        "no_effect": [_no_effect(result)],
    }


_ACCEPTANCE = (
    "Geen verzet is geen instemming. Mensen die niet werden bereikt, konden niet in een gesprek "
    "verzet aantekenen, en wie zich ergert, hangt soms alleen op."
)


def _survivors(result: PublishedResult) -> str:
    """Return that objectors count no more; of counts that were delivered only that they should."""
    if from_counts(result):
        return (
            "Mensen die al verzet aantekenden, horen in latere maanden niet meer mee te tellen. "
            "Als dat zo is, gaan de percentages in latere maanden over de mensen die overbleven, "
            "en kunnen zij daardoor te gunstig zijn."
        )
    return (
        "Mensen die al verzet aantekenden, tellen in latere maanden niet meer mee. De percentages "
        "in latere maanden gaan over de mensen die overbleven en kunnen daardoor te gunstig zijn."
    )


def _no_effect(result: PublishedResult) -> str:
    again = wording.done_again(result.relations.counted)
    return (
        "Het conversiepercentage overschat de opbrengst waarschijnlijk: een deel van de mensen zou "
        f"ook zonder gesprek weer {again}. Zeker is dat niet, want er is niet vergeleken met "
        "mensen die niet zijn gebeld."
    )


def _officer(review: Review) -> str:
    """Return that the data protection officer does not agree, and whether that is followed."""
    if review.dpo_status != "disagrees":
        return ""
    day = "" if review.dpo_date is None else f" ({wording.date(review.dpo_date)})"
    told = f"De functionaris voor gegevensbescherming is niet akkoord{day}."
    if review.dpo_followed is not False:
        return told
    reason = reason_of(review.dpo_followed_reason)
    return f"{told} De organisatie volgt dat oordeel niet op. Haar reden: {reason}"


def _privacy_side(result: PublishedResult) -> str:
    if not result.has_term or not privacy_side(result):
        return ""
    cause = term_cause(result)
    return f"Geen criterium over verzet of klachten heeft de voorgestelde termijn bepaald: {cause}."


def _lawyer(result: PublishedResult) -> str:
    names = for_a_lawyer(result)
    if not names:
        return ""
    return (
        f"Voor telefoonnummers van vóór 1 juli 2021 is niet voldaan aan {wording.enumerated(names)}"
        "; of die gebeld mogen worden, staat niet vast."
    )


def _missing(result: PublishedResult) -> list[str]:
    absent = [outcome for outcome in OUTCOMES if not result.outcomes[outcome].is_shown]
    return [nothing_shown(result, outcome) for outcome in absent]


def _misfits(result: PublishedResult) -> list[str]:
    return [
        f"{wording.OUTCOME_WORDS[outcome].label}: geen enkele eenvoudige kromme beschrijft deze "
        "gegevens goed, zodat het verloop tussen de waarnemingen minder zeker is."
        for outcome in OUTCOMES
        if result.outcomes[outcome].fit_warning
    ]


def is_longer(result: PublishedResult, earlier: Sequence[EarlierReport]) -> bool:
    """Return whether the proposal is longer than today's term, or than in the last report.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
    """
    return _is_longer_than_current(result) or bool(longer_than_before(result, earlier))


def _is_longer_than_current(result: PublishedResult) -> bool:
    term, current = result.proposal.term_months, result.proposal.current_term_months
    return term is not None and current is not None and term > current


def _longer_than_current(result: PublishedResult) -> str:
    if not _is_longer_than_current(result):
        return ""
    current = wording.months(result.proposal.current_term_months or 0)
    return (
        f"De voorgestelde termijn is langer dan de huidige van {current}. Mensen "
        "die nu niet meer worden gebeld, zouden dan weer gebeld kunnen worden."
    )


def _with_reason(text: str, review: Review) -> str:
    """Return that a term is longer with the reason for it, where the dossier gives one."""
    why = review.reason_for_longer_term
    return f"{text} De reden van de organisatie: {reason_of(why)}" if text and why else text
