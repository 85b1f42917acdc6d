"""What others think of the term, why calling is needed, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Self

from pydantic import Field, field_validator, model_validator

from balanstest_analysis.dossier.criteria import Stated
from balanstest_analysis.dossier.nearest import with_nearest
from balanstest_analysis.dossier.shown_values import shown
from balanstest_analysis.published.names import COUNTERPOINTS, DpoStatus

GIVEN: tuple[DpoStatus, ...] = ("agrees", "agrees_if", "disagrees")
TO_FOLLOW: tuple[DpoStatus, ...] = ("agrees_if", "disagrees")
NEVER_GIVEN: tuple[DpoStatus, ...] = ("no_dpo", "not_asked")


class Review(Stated):
    """Opinions with their status, necessity, replies, dates and signatures.

    Attributes:
        dpo_opinion: of the data protection officer, in the officer's words.
        dpo_status: what it comes to; None where that is not stated.
        dpo_date: day of the opinion.
        dpo_followed: whether it is followed; None where that is not stated.
        dpo_followed_reason: why it is not.
        people_asked: how the people called were asked for their opinion, or why not.
        dpia_reference: title, version and date.
        review_date: when the test is done again.
        signatories: functions.
        necessity: why post, e-mail or consent will not do.
        reason_for_longer_term: why a term longer than today's is needed.
        replies: to what speaks against the proposal, by its code.
    """

    dpo_opinion: str = ""
    dpo_status: DpoStatus | None = None
    dpo_date: dt.date | None = None
    dpo_followed: bool | None = None
    dpo_followed_reason: str = ""
    people_asked: str = ""
    dpia_reference: str = ""
    review_date: dt.date | None = None
    signatories: list[str] = Field(default_factory=list)
    necessity: str = ""
    reason_for_longer_term: str = ""
    replies: dict[str, str] = Field(default_factory=dict)

    @field_validator("replies")
    @classmethod
    def _known_points(cls, given: dict[str, str]) -> dict[str, str]:
        for code in given:
            if code not in COUNTERPOINTS:
                sentence = (
                    f"there is no counterpoint {shown(code)}; a reply is to one of "
                    f"{', '.join(COUNTERPOINTS)}"
                )
                raise ValueError(with_nearest(sentence, code, COUNTERPOINTS))
        return given

    @model_validator(mode="after")
    def _opinion_is_consistent(self) -> Self:
        given = self.dpo_date is not None or self.dpo_followed is not None
        if given and self.dpo_status is not None and self.dpo_status not in GIVEN:
            raise ValueError(
                f"`dpo_status` is '{self.dpo_status}', so no opinion was given; leave out "
                f"`dpo_date` and `dpo_followed`, or state one of {', '.join(GIVEN)}"
            )
        if self.dpo_followed is False and not self.dpo_followed_reason:
            raise ValueError(
                "`dpo_followed` is false; give `dpo_followed_reason`, which is printed"
            )
        return self

    def asked(self, *, longer_term: bool) -> Iterator[tuple[str, object]]:
        """Yield what this report has to state of the review, by its key, in order.

        Replies are not among it: which are due follows from the outcome.

        Args:
            longer_term: whether a term longer than today's is decided on or asked for.
        """
        status = self.dpo_status
        if status not in NEVER_GIVEN:
            yield "dpo_opinion", self.dpo_opinion
        yield "dpo_status", status
        if status in GIVEN:
            yield "dpo_date", self.dpo_date
        if status in TO_FOLLOW:
            yield "dpo_followed", "stated" if self.dpo_followed is not None else ""
        yield "people_asked", self.people_asked
        yield "dpia_reference", self.dpia_reference
        yield "review_date", self.review_date
        yield "signatories", self.signatories
        yield "necessity", self.necessity
        if longer_term:
            yield "reason_for_longer_term", self.reason_for_longer_term
