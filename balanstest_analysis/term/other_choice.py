"""A proposal as the line of a table of other choices."""

from __future__ import annotations

from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.term.proposal import TermProposal


def other_choice(
    proposal: TermProposal, choice: str, criterion: str | None, value: float | str
) -> OtherChoice:
    """Return the line that tells the proposal under another choice.

    Under a request its term is the one without the cap: who asks beyond the cap compares terms
    that the cap would make equal.

    Args:
        proposal: under that choice.
        choice: what is changed.
        criterion: whose threshold is changed, or None where none is.
        value: what it is changed to.
    """
    beyond_cap = proposal.route == "request"
    return OtherChoice(
        choice=choice,
        criterion=criterion,
        value=value,
        status=proposal.status,
        term_months=proposal.uncapped_term_months if beyond_cap else proposal.term_months,
    )
