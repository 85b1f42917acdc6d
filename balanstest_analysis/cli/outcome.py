"""What `balanstest analyse` says: the proposal and the criteria, exact, in English."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console

from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.analysis.proposal_lines import criteria_table, proposal_line
from balanstest_analysis.cli.console import notes
from balanstest_analysis.document.files import write_atomically


def print_outcome(out: Console, analysis: Analysis) -> None:
    """Print proposal and criteria, and what is missing or does not fit."""
    out.print(proposal_line(analysis.exact.term))
    out.print(criteria_table(analysis.exact.term.per_criterion))
    for name, outcome in analysis.exact.result.outcomes.items():
        if outcome is None:
            out.print(f"No data were delivered about the {name}s.")
        elif outcome.fit_warning:
            out.print(f"Warning, {name}: no simple curve describes these data.")


def write_internal(path: Path, analysis: Analysis) -> None:
    """Write the exact result as JSON, and say that it is not to be published."""
    text = json.dumps(analysis.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
    write_atomically(path, text + "\n")
    notes.print(f"Wrote the internal result to {path}. It holds exact counts: do not publish it.")
