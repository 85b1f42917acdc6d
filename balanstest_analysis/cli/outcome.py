"""What `balanstest analyse` says: the proposal and the criteria, exact, in English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.cli.console import notes
from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.term.judging import CriterionResult
from balanstest_analysis.term.proposal import TermProposal


def print_outcome(out: Console, analysis: Analysis) -> None:
    """Print proposal and criteria, and what is missing or does not fit."""
    out.print(proposal_line(analysis.term))
    out.print(_criteria_table(analysis.term.per_criterion))
    for name, outcome in analysis.exact.outcomes.items():
        if outcome is None:
            out.print(f"No data were delivered about the {name}s.")
        elif outcome.fit_warning:
            out.print(f"Warning, {name}: no simple curve describes these data.")


def proposal_line(proposal: TermProposal) -> str:
    """Return the proposal in one line."""
    if proposal.term_months is None:
        return f"Status {proposal.status}: no term."
    return (
        f"Status {proposal.status}: {proposal.term_months} months, bound by "
        f"`{proposal.binding}` (without the cap {proposal.uncapped_term_months} months)."
    )


def _criteria_table(criteria: Sequence[CriterionResult]) -> Table:
    table = Table("criterion", "status", "crossing", "lower", "upper", "term")
    for found in criteria:
        limits = [_one_decimal(value) for value in (found.crossing, found.lower, found.upper)]
        term = "-" if found.term_months is None else str(found.term_months)
        table.add_row(found.criterion.name, found.status.replace("_", " "), *limits, term)
    return table


def _one_decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def write_internal(path: Path, analysis: Analysis) -> None:
    """Write the exact result as JSON, and say that it is not to be published."""
    text = json.dumps(analysis.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
    write_atomically(path, text + "\n")
    notes.print(f"Wrote the internal result to {path}. It holds exact counts: do not publish it.")
