"""What is said of a proposal and its criteria to an analyst: exact, in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table

from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import TermProposal


def proposal_line(proposal: TermProposal) -> str:
    """Return the proposal in a line, with what it lacks."""
    return f"Status {proposal.status}: {'; '.join(_proposal_parts(proposal))}."


def _proposal_parts(proposal: TermProposal) -> Iterator[str]:
    refuted = [r.criterion.name for r in proposal.per_criterion if r.is_refuted]
    if proposal.term_months is not None:
        yield (
            f"{proposal.term_months} months, bound by `{proposal.binding}` (without the cap "
            f"{proposal.uncapped_term_months} months)"
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
        yield f"the tested criteria carry at most {proposal.tested_term_months} months"
    if proposal.set_aside and proposal.status != "not_allowed":
        yield f"set aside, not tested: {_named(proposal.set_aside)}"


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def criteria_table(criteria: Sequence[CriterionResult]) -> Table:
    """Return the criteria with their status, crossings and terms."""
    table = Table("criterion", "status", "crossing", "lower", "upper", "term")
    for found in criteria:
        limits = [_one_decimal(value) for value in (found.crossing, found.lower, found.upper)]
        term = "-" if found.term_months is None else str(found.term_months)
        table.add_row(found.criterion.name, found.status.replace("_", " "), *limits, term)
    return table


def _one_decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
