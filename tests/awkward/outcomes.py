"""What came of an awkward export, and what is wrong with that."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.compliance.review import refuse_blocking, review_history
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.findings import guide
from tests.awkward.export import Export, write_export
from tests.awkward.plain_count import Months

SECRET = b"a secret for tests"
LONGEST_MESSAGE = 900
# Found in any small history: they say nothing about how the export was written.
ORDINARY = frozenset(
    {
        "forbidden_day",
        "outside_hours",
        "months_without_calls",
        "months_without_events",
        "no_rows_at_the_end",
        "called_without_time",
        "no_conversions",
        "zero_amount_event",
        "kind_assumed",
        "no_earlier_event",
        "running_customer",
        "few_customer_match_events",
        "customers_called_often",
        "duplicate_call",
    }
)
_PERSONS = re.compile(
    r"Traceback|06-?12345678|voorbeeld\.nl|NL91|9{40}|(?<![\w.])00[1-4](?![\w])|K7\d{3}|Jansen"
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of an export: months and findings, or a message.

    Attributes:
        message: why it was refused; empty where it was read.
        exit_code: what the command line returns.
        months: net contacts and conversions per month.
        findings: how often each code was found.
        details: what the findings say.
    """

    message: str = ""
    exit_code: int = 0
    months: Months | None = None
    findings: tuple[tuple[str, int], ...] = ()
    details: str = ""


def outcome_of(export: Export, folder: Path) -> Outcome:
    """Return what `check` makes of an export, written into an empty folder."""
    path, read = write_export(folder, export), Outcome()
    try:
        exposure = review_history(load_dossier(path), SECRET).exposure
        read = _read(exposure)
        refuse_blocking(exposure.findings)
    except BalanstestError as error:
        return replace(read, message=str(error), exit_code=error.exit_code)
    return read


def _read(exposure: Exposure) -> Outcome:
    found = Counter({finding.code: finding.count for finding in exposure.findings})
    details = " ".join(finding.detail or "" for finding in exposure.findings)
    return Outcome(
        months=months_of(exposure), findings=tuple(sorted(found.items())), details=details
    )


def months_of(exposure: Exposure) -> Months:
    """Return net contacts and conversions per month."""
    frame = exposure.month_table.frame.groupby("month")
    sums = frame[["conversion_exposure", "conversion_events"]].sum()
    return {int(m): (int(a), int(b)) for m, a, b in sums.itertuples() if a}


def wrong_with(export: Export, outcome: Outcome) -> str:
    """Return what is wrong with what came of an export; empty when nothing is."""
    blocked = any(guide(code).blocking for code in export.findings)
    if shown := _PERSONS.search(f"{outcome.message} {outcome.details}"):
        return f"shows {shown[0]}"
    if outcome.message and not (export.refused or blocked):
        return "refused, though it can be read"
    if outcome.message and (wrong := _wrong_message(export, outcome)):
        return wrong
    if (export.refused or blocked) and not outcome.message:
        return "read, though it must be refused"
    if outcome.months is not None and (wrong := _wrong_findings(export, outcome)):
        return wrong
    if not outcome.message and outcome.months != export.right:
        return f"other numbers than {export.right}"
    return ""


def _wrong_findings(export: Export, outcome: Outcome) -> str:
    found = {code for code, _ in outcome.findings}
    if (found - ORDINARY) ^ ({*export.findings} - ORDINARY):
        return f"found {sorted(found - ORDINARY)}"
    missing = {*export.findings} - found
    return f"not found {sorted(missing)}" if missing else ""


def _wrong_message(export: Export, outcome: Outcome) -> str:
    if outcome.exit_code != 3:
        return f"exit code {outcome.exit_code}"
    if missing := [part for part in export.refused if part not in outcome.message]:
        return f"the message lacks {missing}"
    if len(outcome.message) > LONGEST_MESSAGE or not outcome.message.rstrip().endswith((".", ")")):
        return "the message is no clear sentence"
    return ""
