"""A history in one reading: its exposure, its compliance and everything found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.compliance.calls import (
    WITHOUT_TIME,
    Years,
    ask_call_counts,
    call_checks,
    checked_calls,
    first_and_last_day,
)
from balanstest_analysis.history.compliance.doubts import (
    AskedDoubts,
    ask_doubts,
    doubts,
    new_findings,
)
from balanstest_analysis.history.compliance.examples import with_examples
from balanstest_analysis.history.compliance.former import ask_afterwards
from balanstest_analysis.history.compliance.frequency import ask_frequency
from balanstest_analysis.history.compliance.objections import CALLED_AFTER, ask_objections
from balanstest_analysis.history.compliance.people import keep_people
from balanstest_analysis.history.compliance.plan import Days, regimes_during
from balanstest_analysis.history.compliance.records import (
    CallingAfterwards,
    Compliance,
    Frequency,
    RuleCheck,
)
from balanstest_analysis.history.compliance.rules import all_rules
from balanstest_analysis.history.compliance.unread_times import with_unread_times
from balanstest_analysis.history.exposure import (
    AskedLedger,
    Exposure,
    ask_ledger,
    exposure_of,
    load_exposure,
)
from balanstest_analysis.history.exposure.coded_calls import CODED
from balanstest_analysis.history.findings import Finding, guide
from balanstest_analysis.history.sources import (
    Deferred,
    History,
    OnProgress,
    Queries,
    no_progress,
    open_history,
    queries_on,
)

MANY_CALLS = "customers_called_often"


@dataclass(frozen=True, kw_only=True)
class ReviewedHistory:
    """Exposure and compliance of one history.

    Attributes:
        exposure: month table, account and all findings.
        compliance: None for counts that exist already, and where no call is left.
    """

    exposure: Exposure
    compliance: Compliance | None = field(repr=False)


def review_history(
    dossier: Dossier,
    secret: bytes,
    *,
    examples: bool = False,
    on_progress: OnProgress = no_progress,
) -> ReviewedHistory:
    """Return the exposure of a dossier and the compliance of its history, read once.

    Args:
        dossier: with ``[data.calls]`` or ``[data.counts]``.
        secret: keys fingerprints and the numbers of customers; from `secret.load_secret`.
        examples: whether findings name an example row; the files are read again for it.
        on_progress: called before each bucket of customers with the number done and the total.

    Raises:
        DataError: a table cannot be accepted as it stands.
        DossierError: a mapping names a column that is not known.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> reviewed = review_history(load_dossier("data/sample/balanstest.toml"), b"secret")
        >>> [check.code for check in reviewed.compliance.rules if check.status != "checked"]
        ['without_ground']
    """
    if dossier.data.counts is not None:
        return ReviewedHistory(exposure=load_exposure(dossier, secret), compliance=None)
    with closing(open_history(dossier, secret)) as history:
        queries = queries_on(history, afterwards=[CODED] if examples else [])
        called = first_and_last_day(history)
        asked = ask_ledger(queries, dossier)
        days = called.value
        questions = None if days is None else _asked(queries, asked, dossier, days)
        queries.finish(on_progress)
        exposure = exposure_of(history, asked.ledger.value)
        if questions is None:
            return ReviewedHistory(exposure=exposure, compliance=None)
        reviewed = _reviewed(history, questions, dossier, exposure)
        if not examples:
            return reviewed
        return _exemplified(reviewed, history, questions, dossier)


@dataclass(frozen=True, kw_only=True)
class _Questions:
    """What is asked of a history about compliance, and the calls with what they broke."""

    days: Days
    coded: ir.Table
    calls: ir.Table
    counts: Deferred[dict[str, Years]]
    objections: Deferred[tuple[RuleCheck, int]]
    frequency: Deferred[Frequency]
    afterwards: Deferred[CallingAfterwards | None]
    doubts: AskedDoubts


def _asked(queries: Queries, ledger: AskedLedger, dossier: Dossier, days: Days) -> _Questions:
    coded = ledger.coded
    calls = checked_calls(queries, ledger, dossier, days)
    people = keep_people(queries, coded)
    return _Questions(
        days=days,
        coded=coded,
        calls=calls,
        counts=ask_call_counts(queries, calls),
        objections=ask_objections(queries, people, dossier),
        frequency=ask_frequency(queries, people, dossier.rules.many_calls_per_year),
        afterwards=ask_afterwards(queries, people),
        doubts=ask_doubts(queries, ledger, people, days, dossier),
    )


def _reviewed(
    history: History, asked: _Questions, dossier: Dossier, exposure: Exposure
) -> ReviewedHistory:
    counts = asked.counts.value
    late, called_after = asked.objections.value
    checks = {**call_checks(counts, dossier, asked.days), late.code: late}
    begun = asked.doubts.late_events(dossier)
    compliance = Compliance(
        rules=tuple(checks[code] for code in all_rules()),
        regimes=regimes_during(asked.days),
        called_after_objection=called_after,
        frequency=asked.frequency.value,
        afterwards=asked.afterwards.value,
        late_events=begun,
    )
    findings = (
        *exposure.findings,
        *new_findings(exposure, _compliance_findings(compliance, counts)),
        *doubts(history, asked.doubts, dossier, exposure),
    )
    findings = with_unread_times(findings, history.tables["calls"].parts)
    return ReviewedHistory(exposure=replace(exposure, findings=findings), compliance=compliance)


def _exemplified(
    reviewed: ReviewedHistory, history: History, asked: _Questions, dossier: Dossier
) -> ReviewedHistory:
    exposure = reviewed.exposure
    findings = with_examples(exposure.findings, history, asked.calls, asked.coded, dossier)
    return replace(reviewed, exposure=replace(exposure, findings=findings))


def _compliance_findings(
    compliance: Compliance, counts: dict[str, Years]
) -> Iterator[tuple[str, int]]:
    for check in compliance.rules:
        yield check.code, check.count or 0
    yield CALLED_AFTER, compliance.called_after_objection
    yield WITHOUT_TIME, sum(count for count, _ in counts[WITHOUT_TIME].values())
    yield MANY_CALLS, compliance.frequency.many


def refuse_blocking(findings: Sequence[Finding]) -> None:
    """Refuse a history with findings that make any analysis of it worthless, all at once.

    Raises:
        DataError: one sentence per blocking finding.
    """
    blocking = [finding for finding in findings if finding.blocking]
    if blocking:
        raise DataError("\n".join(map(_told, blocking)))


def _told(finding: Finding) -> str:
    about = guide(finding.code)
    return " ".join(filter(None, (about.meaning, finding.detail, about.remedy)))
