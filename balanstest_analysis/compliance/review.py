"""A history in one reading: its exposure, its compliance and everything found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from balanstest_analysis.compliance.calls import (
    WITHOUT_TIME,
    Years,
    call_checks,
    call_counts,
    checked_calls,
    first_and_last_day,
)
from balanstest_analysis.compliance.consistency import matching_findings, month_findings
from balanstest_analysis.compliance.examples import with_examples
from balanstest_analysis.compliance.frequency import Frequency, calling_frequency
from balanstest_analysis.compliance.objections import CALLED_AFTER, objection_checks
from balanstest_analysis.compliance.plan import Days, regimes_during
from balanstest_analysis.compliance.rules import RuleCheck, all_rules
from balanstest_analysis.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.exposure import (
    Exposure,
    Ledger,
    exposure_of,
    load_exposure,
    make_ledger,
)
from balanstest_analysis.findings import Finding, guide
from balanstest_analysis.regimes import Regime
from balanstest_analysis.sources import History, open_history

MANY_CALLS = "customers_called_often"


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """Whether the calling kept to the rules of its day.

    Attributes:
        rules: one check per rule, in the order of ``rules/compliance.toml``.
        regimes: those in force on the days of the calls.
        called_after_objection: objections after which their maker was called at all.
        frequency: how often one customer is called in a year.
    """

    rules: tuple[RuleCheck, ...]
    regimes: tuple[Regime, ...]
    called_after_objection: int
    frequency: Frequency

    def to_dict(self) -> dict[str, Any]:
        """Return the checks with plain values."""
        return {
            "rules": [check.to_dict() for check in self.rules],
            "regimes": [regime.id for regime in self.regimes],
            "called_after_objection": self.called_after_objection,
            "frequency": self.frequency.to_dict(),
        }


@dataclass(frozen=True, kw_only=True)
class ReviewedHistory:
    """Exposure and compliance of one history.

    Attributes:
        exposure: month table, account and all findings.
        compliance: None for counts that exist already, and where no call is left.
    """

    exposure: Exposure
    compliance: Compliance | None


def review_history(dossier: Dossier, secret: bytes, *, examples: bool = False) -> ReviewedHistory:
    """Return the exposure of a dossier and the compliance of its history, read once.

    Args:
        dossier: with ``[data.calls]`` or ``[data.counts]``.
        secret: keys the customer groups; from `keys.load_secret`.
        examples: whether findings name an example row; the files are read again for it.

    Raises:
        DataError: a table cannot be accepted as it stands.
        DossierError: a mapping names a column that is not known.

    Examples:
        >>> from balanstest_analysis.dossier import load_dossier
        >>> reviewed = review_history(load_dossier("data/sample/balanstest.toml"), b"secret")
        >>> [check.code for check in reviewed.compliance.rules if check.status != "checked"]
        []
    """
    if dossier.data.counts is not None:
        return ReviewedHistory(exposure=load_exposure(dossier, secret), compliance=None)
    with closing(open_history(dossier, secret)) as history:
        ledger = make_ledger(history, dossier)
        exposure = exposure_of(history, ledger)
        days = first_and_last_day(history, ledger)
        if days is None:
            return ReviewedHistory(exposure=exposure, compliance=None)
        return _reviewed(history, ledger, dossier, exposure, days, examples)


def _reviewed(
    history: History,
    ledger: Ledger,
    dossier: Dossier,
    exposure: Exposure,
    days: Days,
    examples: bool,
) -> ReviewedHistory:
    calls = checked_calls(ledger, dossier, days)
    counts = call_counts(history, calls)
    late, called_after = objection_checks(history, ledger, dossier)
    checks = {**call_checks(counts, dossier, days), late.code: late}
    compliance = Compliance(
        rules=tuple(checks[code] for code in all_rules()),
        regimes=regimes_during(days),
        called_after_objection=called_after,
        frequency=calling_frequency(history, ledger, dossier.rules.many_calls_per_year),
    )
    findings = (
        *exposure.findings,
        *_new(exposure, _compliance_findings(compliance, counts)),
        *_new(exposure, matching_findings(history)),
        *_new(exposure, month_findings(history, ledger)),
    )
    if examples:
        findings = with_examples(findings, history, calls)
    return ReviewedHistory(exposure=replace(exposure, findings=findings), compliance=compliance)


def _compliance_findings(
    compliance: Compliance, counts: dict[str, Years]
) -> Iterator[tuple[str, int]]:
    for check in compliance.rules:
        yield check.code, check.count or 0
    yield CALLED_AFTER, compliance.called_after_objection
    yield WITHOUT_TIME, sum(count for count, _ in counts[WITHOUT_TIME].values())
    yield MANY_CALLS, compliance.frequency.many


def _new(exposure: Exposure, found: Iterator[tuple[str, int]]) -> Iterator[Finding]:
    """Yield what was found and is not among the findings of the exposure already."""
    known = {finding.code for finding in exposure.findings}
    return (Finding(code=code, count=n) for code, n in found if n and code not in known)


def refuse_blocking(findings: Sequence[Finding]) -> None:
    """Refuse a history with findings that make any analysis of it worthless, all at once.

    Raises:
        DataError: one sentence per blocking finding.
    """
    blocking = [finding for finding in findings if finding.blocking]
    if blocking:
        sentences = (f"{guide(f.code).meaning} {guide(f.code).remedy}" for f in blocking)
        raise DataError("\n".join(sentences))
