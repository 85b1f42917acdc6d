"""What the organisation decides: a term, and what it does about breaches found in the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import Field, field_validator

from balanstest_analysis.dossier.criteria import Stated, Text
from balanstest_analysis.dossier.nearest import with_nearest
from balanstest_analysis.dossier.shown_values import shown
from balanstest_analysis.dossier.statements import PLACEHOLDER, PLACEHOLDER_DATE
from balanstest_analysis.published.names import BREACHES, Breach

LONGEST_WAIT: Final = dt.timedelta(days=366)


class Decision(Stated):
    """The term that the organisation decides on, beside the one that is proposed.

    Attributes:
        term_months: 0 decides that no former customer is called.
        decided_on: day of the decision.
        decided_by: a function, not a name.
        reason: as printed.
    """

    term_months: Annotated[int, Field(ge=0, le=600)]
    decided_on: dt.date
    decided_by: Text
    reason: Text

    @property
    def is_open(self) -> bool:
        """Whether something in it is still to be filled in."""
        words = f"{self.decided_by} {self.reason}"
        return PLACEHOLDER in words or self.decided_on == PLACEHOLDER_DATE


class Measure(Stated):
    """What is done about one kind of breach; what is left open is a gap where it is found.

    Attributes:
        finding: the breach.
        measure: what is done.
        owner: a function, not a name.
        by: last day on which it is to be done.
        done_on: day on which it was done.
    """

    finding: Breach
    measure: str = ""
    owner: str = ""
    by: dt.date | None = None
    done_on: dt.date | None = None

    @field_validator("finding", mode="before")
    @classmethod
    def _known_breach(cls, given: object) -> object:
        if given not in BREACHES:
            one_of = f"a measure is about one of {', '.join(BREACHES)}"
            sentence = f"the finding is {shown(given)}; {one_of}"
            raise ValueError(with_nearest(sentence, given, BREACHES))
        return given


def refuse_impossible_days(
    decision: Decision | None, measures: Sequence[Measure], report_date: dt.date
) -> None:
    """Refuse days on which nobody can have decided or done anything.

    Args:
        decision: of the organisation, or None where it states none.
        measures: of the dossier.
        report_date: of the report.

    Raises:
        ValueError: a decision more than a year after its report, or a measure done after it.
    """
    latest = report_date + LONGEST_WAIT
    if decision is not None and not decision.is_open and decision.decided_on > latest:
        raise ValueError(
            f"`decision.decided_on` is {decision.decided_on}, more than a year after the report "
            f"date {report_date}; a decision rests on a report of that year, so correct one of "
            "the two"
        )
    for one in measures:
        if one.done_on is not None and one.done_on > report_date:
            raise ValueError(
                f"the measure about `{one.finding}` has `done_on` {one.done_on}, after the report "
                f"date {report_date}; write `by` for what is still to be done"
            )
