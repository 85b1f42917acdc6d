"""What `balanstest analyse` says: the proposal and the criteria, exact, in English."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.analysis.proposal_lines import (
    criteria_table,
    outcome_lines,
    proposal_line,
    term_line,
    unbounded_lines,
)
from balanstest_analysis.cli.checked import division_lines, doubtful
from balanstest_analysis.cli.console import notes
from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.history.findings import Finding


def print_outcome(out: Console, analysis: Analysis) -> None:
    """Print proposal and criteria, and what is missing or does not fit."""
    exact = analysis.exact
    out.print(proposal_line(exact.standing), markup=False)
    out.print(criteria_table(exact.term.per_criterion))
    lines = (
        *term_line(exact.term.per_criterion),
        *outcome_lines(exact.outcomes),
        *unbounded_lines(exact.standing, exact.outcomes),
    )
    for line in lines:
        out.print(line, markup=False)
    elsewhere = sum(1 for _ in division_lines(analysis.dossier))
    for line in doubt_lines(exact.exposure.findings, elsewhere):
        out.print(line, markup=False)


def doubt_lines(findings: Sequence[Finding], elsewhere: int) -> Iterator[str]:
    """Yield that `check` tells what makes all this doubtful, where it does.

    Args:
        findings: of the history.
        elsewhere: result codes that stand in another list than their words say.

    Examples:
        >>> list(doubt_lines([Finding(code="silent_campaigns", count=2)], 0))
        ['Doubtful by what was found in the history: silent campaigns; see `balanstest check`.']
    """
    found = doubtful(findings)
    if found:
        names = ", ".join(code.replace("_", " ") for code in found)
        yield f"Doubtful by what was found in the history: {names}; see `balanstest check`."
    if elsewhere:
        stand = "code stands elsewhere than its words say"
        if elsewhere > 1:
            stand = "codes stand elsewhere than their words say"
        yield f"Look again: {elsewhere} result {stand}; see `balanstest check`."


def write_internal(path: Path, analysis: Analysis) -> None:
    """Write the exact result as JSON, and say that it is not to be published."""
    text = json.dumps(analysis.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
    write_atomically(path, text + "\n")
    notes.print(f"Wrote the internal result to {path}. It holds exact counts: do not publish it.")
