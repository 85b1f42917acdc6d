"""What is said of a proposal and its criteria to an analyst: exact, in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.markup import escape
from rich.table import Table

from balanstest_analysis.dossier.criteria import Horizon
from balanstest_analysis.published.names import OVERALL_RATE
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import TermProposal


def proposal_line(proposal: TermProposal) -> str:
    """Return the proposal in a line, with what it lacks."""
    return f"Status {proposal.status}: {'; '.join(_proposal_parts(proposal))}."


def _proposal_parts(proposal: TermProposal) -> Iterator[str]:
    refuted = [r.criterion.name for r in proposal.per_criterion if r.is_refuted]
    if proposal.term_months is not None:
        yield (
            f"{_months(proposal.term_months)}, bound by `{proposal.binding}` (without the cap "
            f"{_months(proposal.uncapped_term_months)})"
        )
    elif proposal.status == "undetermined":
        yield "no proposal yet"
    else:
        yield "no term"
    if proposal.status == "no_term" and refuted:
        yield f"the data refute {_named(refuted)}"
    if proposal.status == "undetermined" and proposal.untested:
        yield f"not tested: {_named(proposal.untested)}"
    if proposal.status == "undetermined" and proposal.tested_term_months is not None:
        yield f"the tested criteria carry at most {_months(proposal.tested_term_months)}"
    if proposal.set_aside and proposal.status != "not_allowed":
        yield f"set aside, not tested: {_named(proposal.set_aside)}"


def _months(number: int | None) -> str:
    return f"{number} month{'' if number == 1 else 's'}"


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def criteria_table(criteria: Sequence[CriterionResult]) -> Table:
    """Return what the data show of every criterion, in words, and its term in months."""
    table = Table("criterion", "what the data show (months)", "term")
    for found in criteria:
        term = "none" if found.term_months is None else str(found.term_months)
        table.add_row(escape(found.criterion.name), criterion_words(found), term)
    return table


def criterion_words(found: CriterionResult) -> str:
    """Return what the data show of one criterion, with the months of estimate and limits.

    Args:
        found: of `judge`.

    Examples:
        >>> from balanstest_analysis.dossier.criteria import Horizon
        >>> term = Horizon(name="a", kind="horizon", months=24, reason="b")
        >>> criterion_words(CriterionResult(criterion=term, status="reached", term_months=24))
        'stated, and not tested on data'
    """
    if isinstance(found.criterion, Horizon):
        return "stated, and not tested on data"
    if found.status == "not_reached_in_data" and found.last_month_with_evidence is not None:
        # data may go on after it, with too few contacts to tell
        shown = f"not reached; its evidence ends with month {found.last_month_with_evidence}"
    else:
        shown = ", ".join((found.status.replace("_", " "), *_months_of(found)))
    first = found.first_month_with_evidence
    return f"{shown}; tested from month {first}, and not before" if first else shown


def _months_of(found: CriterionResult) -> Iterator[str]:
    match found.status:
        case "reached" if found.lower is not None:
            yield _month("estimate", found.crossing)
            yield _month("lower limit", found.lower)
            yield _month("upper limit", found.upper)
        case "holds_between" if found.holds_from_month is not None:
            yield f"fails at first, and is shown to hold from month {found.holds_from_month}"
        case "too_little_data" if found.contacts_needed is not None:
            overall = found.criterion.kind == OVERALL_RATE
            where = "the months of the first half of them" if overall else "six months"
            yield (
                f"a test takes about {found.contacts_needed:,} contacts in {where}, and those of "
                "one person or campaign count for less"
            )


def _month(name: str, value: float | None) -> str:
    return f"{name} beyond the evidence" if value is None else f"{name} {value:.1f}"
