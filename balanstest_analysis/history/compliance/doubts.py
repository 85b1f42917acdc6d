"""What makes a history doubtful as a whole: what no row shows by itself.

Most of it is told by counts that are small enough to look at: rows per day, calls per month or
code. Each question is asked with the others; what is found follows from the answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.compliance.call_id_matching import ask_call_ids, call_id_findings
from balanstest_analysis.history.compliance.call_patterns import call_patterns
from balanstest_analysis.history.compliance.calls_by_source import ask_sources
from balanstest_analysis.history.compliance.changed_codes import changed_codes
from balanstest_analysis.history.compliance.codes_by_month import CodesByMonth, ask_codes
from balanstest_analysis.history.compliance.consistency import (
    Match,
    ask_in_part,
    ask_matches,
    ask_months,
    ask_still_customers,
    in_part_findings,
    matching_findings,
    month_findings,
    months_without_calls,
)
from balanstest_analysis.history.compliance.crowded_keys import ask_crowded_keys
from balanstest_analysis.history.compliance.dated_late import Delays, ask_delays, late_findings
from balanstest_analysis.history.compliance.dates import piles
from balanstest_analysis.history.compliance.days import RowsByDay, ask_days
from balanstest_analysis.history.compliance.empty_ends import ask_empty_ends, empty_ends
from balanstest_analysis.history.compliance.last_row import no_rows_at_the_end
from balanstest_analysis.history.compliance.late_events import LateEvents, late_events, reach_of
from balanstest_analysis.history.compliance.minutes_apart import ask_minutes_apart, minutes_apart
from balanstest_analysis.history.compliance.missing_months import Delivered, missing_findings
from balanstest_analysis.history.compliance.people import People
from balanstest_analysis.history.compliance.plan import Days
from balanstest_analysis.history.compliance.purchases_after import ask_purchases, purchase_findings
from balanstest_analysis.history.compliance.silent_campaigns import silent_campaigns
from balanstest_analysis.history.compliance.stated_months import (
    ask_standing_still,
    has_stated_months,
)
from balanstest_analysis.history.compliance.survivors import ask_survivors, survivors
from balanstest_analysis.history.compliance.unlike_outcomes import unlike_outcomes
from balanstest_analysis.history.compliance.year_ends import ask_ends, year_ends
from balanstest_analysis.history.exposure import AskedLedger, Exposure
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.first_months import begin_at_one
from balanstest_analysis.history.sources import Deferred, History, Queries


@dataclass(frozen=True, kw_only=True)
class AskedDoubts:
    """What was asked of a history; the modules that ask say what the answers are.

    Attributes:
        matches: by table beside the calls.
        call_ids: by table that names calls.
        months: per calendar month of calls.
        by_day: rows per day, by table.
        still_customers: calls that count, of which the code says that the customer still is one.
        purchases: what followed contacts; None without events.
        codes: calls per month and result code.
        sources: what came of the calls of each source; None where there is one.
        ends: ends of relations, per day of the year.
        empty_ends: ends long before their beginning, per day.
        crowded: keys with too many rows, by table.
        standing_still: stated months that do not grow.
        minutes_apart: contacts by how long after another.
        survivors: contacts that brought nothing, by month; None without events.
        delays: days from the last contact to a report, by outcome.
    """

    matches: Mapping[str, Deferred[Match]]
    call_ids: Mapping[str, Deferred[Match]]
    months: Deferred[pd.DataFrame]
    by_day: RowsByDay
    still_customers: Deferred[int]
    purchases: Deferred[pd.DataFrame] | None
    codes: Deferred[CodesByMonth | None]
    sources: Deferred[pd.DataFrame] | None
    ends: Deferred[pd.DataFrame]
    empty_ends: Deferred[pd.DataFrame]
    crowded: Mapping[str, Deferred[Finding | None]]
    standing_still: Deferred[Finding | None]
    minutes_apart: Deferred[pd.DataFrame]
    survivors: Deferred[pd.DataFrame] | None
    delays: Delays

    @property
    def events(self) -> pd.DataFrame | None:
        """Events per day, once answered; None where none are given."""
        return self.by_day["events"].value if "events" in self.by_day else None

    @property
    def customers(self) -> int | None:
        """How many were called; known where they are looked up among the events."""
        return self.matches["events"].value.total if "events" in self.matches else None

    def late_events(self, dossier: Dossier) -> LateEvents | None:
        """Return what is not known because the events begin late; None where they do not."""
        if self.events is None:
            return None
        return late_events(self.months.value, self.events, reach_of(dossier))


def ask_doubts(
    queries: Queries, ledger: AskedLedger, people: People, days: Days, dossier: Dossier
) -> AskedDoubts:
    """Ask all that `doubts` needs.

    Args:
        queries: put to the history.
        ledger: put to it before.
        people: from `keep_people`.
        days: first and last day with a call.
        dossier: of the history.
    """
    coded, by_day = ledger.coded, ask_days(queries)
    return AskedDoubts(
        matches=ask_matches(queries, people, days[0]),
        call_ids=ask_call_ids(queries, coded, days[0]),
        months=ask_months(queries, coded),
        by_day=by_day,
        still_customers=ask_still_customers(queries, coded),
        purchases=ask_purchases(queries, ledger, dossier),
        codes=ask_codes(queries),
        sources=ask_sources(queries, ledger, dossier),
        ends=ask_ends(queries, dossier.data_through),
        empty_ends=ask_empty_ends(queries),
        crowded=ask_crowded_keys(queries, by_day, dossier.rules.many_calls_per_year),
        standing_still=ask_standing_still(queries, coded),
        minutes_apart=ask_minutes_apart(queries, coded),
        survivors=ask_survivors(queries, ledger),
        delays=ask_delays(queries, ledger, dossier),
    )


def doubts(
    history: History, asked: AskedDoubts, dossier: Dossier, exposure: Exposure
) -> Iterator[Finding]:
    """Yield what makes the history doubtful, and is not found by its exposure already.

    Args:
        history: open.
        asked: from `ask_doubts`, answered.
        dossier: of the history.
        exposure: of the history.
    """
    unlike = ask_in_part(history, asked.matches)  # counted while the rest is looked at
    others = [*_others(history, asked, dossier, exposure)]
    yield from matching_findings(history, asked.matches)
    yield from in_part_findings(unlike)
    yield from others


def _others(
    history: History, asked: AskedDoubts, dossier: Dossier, exposure: Exposure
) -> Iterator[Finding]:
    """Yield what has nothing to do with how well customers match."""
    begun, still = asked.late_events(dossier), asked.still_customers.value
    patterns = call_patterns(asked.by_day["calls"].value, asked.customers)
    yield from call_id_findings(history, asked.call_ids)
    yield from (answer.value for answer in asked.crowded.values() if answer.value)
    yield from _found(months_without_calls(asked.months.value))
    yield from new_findings(exposure, month_findings(asked.months.value, asked.events))
    yield from _found(None if begun is None else begun.as_finding)
    yield from new_findings(exposure, iter(piles(asked.by_day)))
    yield from late_findings(asked.delays, dossier)
    yield from _found(empty_ends(asked.empty_ends.value))
    yield from _found(year_ends(asked.ends.value))
    yield from new_findings(exposure, iter([("contacts_still_customer", still)]))
    yield from _purchases(asked)
    yield from new_findings(exposure, patterns)
    yield from _undelivered(history, asked, dossier)
    yield from minutes_apart(asked.minutes_apart.value)
    yield from _found(None if asked.survivors is None else survivors(asked.survivors.value))
    yield from _stated(history, asked, exposure)
    yield from _changed(exposure, asked)
    yield from _sources(history, asked)


def new_findings(exposure: Exposure, found: Iterator[tuple[str, int]]) -> Iterator[Finding]:
    """Yield what was found and is not among the findings of the exposure already.

    Args:
        exposure: of the history.
        found: codes and counts; a count of nothing is no finding.
    """
    known = {finding.code for finding in exposure.findings}
    return (Finding(code=code, count=n) for code, n in found if n and code not in known)


def _found(*findings: Finding | None) -> Iterator[Finding]:
    return (finding for finding in findings if finding is not None)


def _purchases(asked: AskedDoubts) -> Iterator[Finding]:
    if asked.purchases is not None and asked.events is not None:
        yield from purchase_findings(asked.purchases.value, asked.events)


def _undelivered(history: History, asked: AskedDoubts, dossier: Dossier) -> Iterator[Finding]:
    """Yield what seems not to have been delivered: months of a table, or days at the end."""
    objections = history.tables.get("objections")
    delivered = Delivered(
        by_day=asked.by_day,
        calls=asked.months.value,
        own=objections.own if objections else None,
        told_only=objections is not None and not objections.parts,
    )
    yield from missing_findings(delivered, dossier.data_through, dossier.settings)
    yield from _found(no_rows_at_the_end(asked.by_day, dossier.data_through))


def _stated(history: History, asked: AskedDoubts, exposure: Exposure) -> Iterator[Finding]:
    """Yield what is odd about months that the calls state themselves."""
    if has_stated_months(history):
        yield from _found(asked.standing_still.value, begin_at_one(exposure.month_table.frame))


def _changed(exposure: Exposure, asked: AskedDoubts) -> Iterator[Finding]:
    """Yield what seems to be recorded otherwise in a campaign, or in some months."""
    codes = asked.codes.value
    changed = None if codes is None else changed_codes(codes)
    yield from _found(silent_campaigns(exposure.month_table), changed)


def _sources(history: History, asked: AskedDoubts) -> Iterator[Finding]:
    """Yield which source of calls notes other outcomes than the others."""
    if asked.sources is not None:
        names = history.tables["calls"].sources
        yield from _found(unlike_outcomes(asked.sources.value, names))
