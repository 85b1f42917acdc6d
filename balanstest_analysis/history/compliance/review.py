"""A history in one reading: its exposure, its compliance and everything found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.compliance.call_patterns import call_patterns
from balanstest_analysis.history.compliance.calls import (
    WITHOUT_TIME,
    Years,
    ask_call_counts,
    call_checks,
    checked_calls,
    first_and_last_day,
)
from balanstest_analysis.history.compliance.changed_codes import changed_codes
from balanstest_analysis.history.compliance.codes_by_month import CodesByMonth, ask_codes
from balanstest_analysis.history.compliance.consistency import (
    Match,
    ask_matches,
    ask_months,
    ask_still_customers,
    matching_findings,
    month_findings,
)
from balanstest_analysis.history.compliance.crowded_keys import ask_crowded_keys
from balanstest_analysis.history.compliance.dates import piles
from balanstest_analysis.history.compliance.days import RowsByDay, ask_days
from balanstest_analysis.history.compliance.examples import with_examples
from balanstest_analysis.history.compliance.former import ask_afterwards
from balanstest_analysis.history.compliance.frequency import ask_frequency
from balanstest_analysis.history.compliance.last_row import no_rows_at_the_end
from balanstest_analysis.history.compliance.late_events import late_events, reach_of
from balanstest_analysis.history.compliance.missing_months import Delivered, missing_findings
from balanstest_analysis.history.compliance.objections import CALLED_AFTER, ask_objections
from balanstest_analysis.history.compliance.people import keep_people
from balanstest_analysis.history.compliance.plan import Days, regimes_during
from balanstest_analysis.history.compliance.purchases_after import (
    ask_purchases,
    purchase_findings,
)
from balanstest_analysis.history.compliance.records import (
    CallingAfterwards,
    Compliance,
    Frequency,
    RuleCheck,
)
from balanstest_analysis.history.compliance.rules import all_rules
from balanstest_analysis.history.compliance.silent_campaigns import silent_campaigns
from balanstest_analysis.history.compliance.stated_months import (
    ask_standing_still,
    has_stated_months,
)
from balanstest_analysis.history.compliance.unread_times import with_unread_times
from balanstest_analysis.history.compliance.year_ends import ask_ends, year_ends
from balanstest_analysis.history.exposure import (
    AskedLedger,
    Exposure,
    ask_ledger,
    exposure_of,
    load_exposure,
)
from balanstest_analysis.history.exposure.coded_calls import CODED
from balanstest_analysis.history.findings import Finding, guide
from balanstest_analysis.history.first_months import begin_at_one
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
    matches: Mapping[str, Deferred[Match]]
    months: Deferred[pd.DataFrame]
    by_day: RowsByDay
    still_customers: Deferred[int]
    purchases: Deferred[pd.DataFrame] | None
    codes: Deferred[CodesByMonth | None]
    ends: Deferred[pd.DataFrame]
    crowded: Mapping[str, Deferred[Finding | None]]
    standing_still: Deferred[Finding | None]


def _asked(queries: Queries, ledger: AskedLedger, dossier: Dossier, days: Days) -> _Questions:
    coded, by_day = ledger.coded, ask_days(queries)
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
        matches=ask_matches(queries, people),
        months=ask_months(queries, coded),
        by_day=by_day,
        still_customers=ask_still_customers(queries, coded),
        purchases=ask_purchases(queries, ledger, dossier),
        codes=ask_codes(queries),
        ends=ask_ends(queries, dossier.data_through),
        crowded=ask_crowded_keys(queries, by_day, dossier.rules.many_calls_per_year),
        standing_still=ask_standing_still(queries, coded),
    )


def _reviewed(
    history: History, asked: _Questions, dossier: Dossier, exposure: Exposure
) -> ReviewedHistory:
    counts = asked.counts.value
    late, called_after = asked.objections.value
    checks = {**call_checks(counts, dossier, asked.days), late.code: late}
    months = asked.months.value
    events = asked.by_day["events"].value if "events" in asked.by_day else None
    begun = None if events is None else late_events(months, events, reach_of(dossier))
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
        *_new(exposure, _compliance_findings(compliance, counts)),
        *matching_findings(history, asked.matches),
        *(answer.value for answer in asked.crowded.values() if answer.value),
        *_new(exposure, month_findings(months, events)),
        *([] if begun is None else [begun.as_finding]),
        *_new(exposure, iter(piles(asked.by_day))),
        *([] if (closed := year_ends(asked.ends.value)) is None else [closed]),
        *_new(exposure, iter([("contacts_still_customer", asked.still_customers.value)])),
        *_purchases(asked, events),
        *_new(exposure, call_patterns(asked.by_day["calls"].value, _customers(asked))),
        *_undelivered(history, asked, dossier),
        *_stated(history, asked, exposure),
        *_changed(exposure, asked),
    )
    findings = with_unread_times(findings, history.tables["calls"].parts)
    return ReviewedHistory(exposure=replace(exposure, findings=findings), compliance=compliance)


def _stated(history: History, asked: _Questions, exposure: Exposure) -> Iterator[Finding]:
    """Yield what is odd about months that the calls state themselves."""
    if not has_stated_months(history):
        return
    found = (asked.standing_still.value, begin_at_one(exposure.month_table.frame))
    yield from (finding for finding in found if finding is not None)


def _customers(asked: _Questions) -> int | None:
    """Return how many were called; known where they are looked up among the events."""
    return asked.matches["events"].value.total if "events" in asked.matches else None


def _purchases(asked: _Questions, events: pd.DataFrame | None) -> Iterator[Finding]:
    if asked.purchases is not None and events is not None:
        yield from purchase_findings(asked.purchases.value, events)


def _undelivered(history: History, asked: _Questions, dossier: Dossier) -> Iterator[Finding]:
    """Yield what seems not to have been delivered: months of a table, or days at the end."""
    objections = history.tables.get("objections")
    delivered = Delivered(
        by_day=asked.by_day,
        calls=asked.months.value,
        own=objections.own if objections else None,
        told_only=objections is not None and not objections.parts,
    )
    yield from missing_findings(delivered, dossier.data_through, dossier.settings)
    ended = no_rows_at_the_end(asked.by_day, dossier.data_through)
    if ended is not None:
        yield ended


def _changed(exposure: Exposure, asked: _Questions) -> Iterator[Finding]:
    """Yield what seems to be recorded otherwise in a campaign, or in some months."""
    if (silent := silent_campaigns(exposure.month_table)) is not None:
        yield silent
    codes = asked.codes.value
    if codes is not None and (changed := changed_codes(codes)) is not None:
        yield changed


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
        raise DataError("\n".join(map(_told, blocking)))


def _told(finding: Finding) -> str:
    about = guide(finding.code)
    return " ".join(filter(None, (about.meaning, finding.detail, about.remedy)))
