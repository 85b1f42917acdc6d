"""What others think of the term, what the organisation decided, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Definitions,
    Heading,
    Paragraph,
    Prose,
    SignatureLines,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.review import GIVEN, TO_FOLLOW, Review
from balanstest_analysis.presentation.chapters.scope import gap_notice
from balanstest_analysis.presentation.conclusions import decision_line, is_longer
from balanstest_analysis.presentation.conclusions.open_points import open_points
from balanstest_analysis.presentation.places import DECISION, OPEN, OPINIONS
from balanstest_analysis.published.decision import Decision
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.result import PublishedResult

TO_FILL_IN = "**NOG IN TE VULLEN**"
_LABELS = wording.REVIEW_LABELS


def review(
    result: PublishedResult, dossier: Dossier, earlier: Sequence[EarlierReport] = ()
) -> tuple[Block, ...]:
    """Return opinions, what is open, the decision with its reason, and lines to sign on.

    Args:
        result: published, with the decision.
        dossier: the organisation's own words.
        earlier: reports of earlier quarters, the oldest first.
    """
    given = dossier.review
    return (
        Heading(level=2, text="Adviezen", anchor=OPINIONS.anchor),
        Heading(level=3, text=_LABELS.dpo_opinion),
        Definitions(items=tuple(_officer(given))),
        *_opinion(given),
        Heading(level=3, text=_LABELS.people_asked),
        _prose_or_gap(
            given.people_asked,
            "Is de mensen die worden gebeld naar hun mening gevraagd? Hoe, of waarom niet?",
        ),
        Heading(level=2, text="Wat nog openstaat", anchor=OPEN.anchor),
        *_open(result, dossier, earlier),
        Heading(level=2, text="Besluit en vaststelling", anchor=DECISION.anchor),
        *_decision(result, given, longer=is_longer(result, earlier)),
        Definitions(
            items=(
                (_LABELS.dpia_reference, _words(given.dpia_reference)),
                (_LABELS.review_date, _day(given.review_date)),
            )
        ),
        Heading(level=3, text="Ondertekening"),
        _signatures(given),
    )


def _open(
    result: PublishedResult, dossier: Dossier, earlier: Sequence[EarlierReport]
) -> Iterator[Block]:
    points = open_points(result, earlier, has_signatories=bool(dossier.review.signatories))
    yield BulletList(items=points) if points else Paragraph(text="Er staat niets meer open.")


def _officer(given: Review) -> Iterator[tuple[str, str]]:
    status = given.dpo_status
    yield _LABELS.dpo_status, TO_FILL_IN if status is None else wording.DPO_STATUSES[status]
    if status in GIVEN or given.dpo_date is not None:
        yield _LABELS.dpo_date, _day(given.dpo_date)
    if given.dpo_followed is not None:
        yield _LABELS.dpo_followed, "ja" if given.dpo_followed else "nee"
    elif status in TO_FOLLOW:
        yield _LABELS.dpo_followed, TO_FILL_IN
    if given.dpo_followed is False:
        yield _LABELS.dpo_followed_reason, _words(given.dpo_followed_reason)


def _opinion(given: Review) -> Iterator[Block]:
    asked = any(key == "dpo_opinion" for key, _ in given.asked(longer_term=False))
    if asked or given.dpo_opinion:
        yield _prose_or_gap(given.dpo_opinion, "Wat is het advies van de FG over deze termijn?")


def _decision(result: PublishedResult, given: Review, *, longer: bool) -> Iterator[Block]:
    line = decision_line(result)
    if line:
        yield Paragraph(text=line)
    if isinstance(result.decision, Decision):
        yield Paragraph(text=f"*Reden van de organisatie:* {_words(result.decision.reason)}")
    if given.reason_for_longer_term and longer:
        yield Paragraph(
            text=f"*{_LABELS.reason_for_longer_term}:* {_words(given.reason_for_longer_term)}"
        )


def _words(words: str) -> str:
    return literal(wording.one_line(words)) or TO_FILL_IN


def _day(day: dt.date | None) -> str:
    return TO_FILL_IN if day is None else wording.date(day)


def _prose_or_gap(words: str, question: str) -> Block:
    return Prose(markdown=words) if words else gap_notice(question)


def _signatures(given: Review) -> Block:
    if given.signatories:
        return SignatureLines(roles=tuple(given.signatories))
    return gap_notice("Wie stellen de termijn vast en ondertekenen?")
