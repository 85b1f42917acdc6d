"""Whether objections and complaints stand on the day on which they were made.

Whoever objects to a call, or complains of it, does so in the days after it, and the more days have
passed, the fewer do. A table in which more come long after the last contact than soon after it has
the days of processing, or is about something else than calls. What then falls outside the window
counts nowhere, so that rates come out too low and a term too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure import AskedLedger
from balanstest_analysis.history.exposure.counting_rules import REPORTS
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

# Soon is within a third of the window; looked at is what comes within four windows.
SOON_SHARE: Final = 1 / 3
WINDOWS: Final = 4
# Of those that count so many are lost that a rate is clearly too low.
FEWEST, LEAST_LOST = 20, 0.2
# By chance a distance of three has a probability of about one in a thousand.
SURE: Final = 3.0

Delays = Mapping[str, Deferred[pd.DataFrame]]


def ask_delays(queries: Queries, ledger: AskedLedger, dossier: Dossier) -> Delays:
    """Ask how many days after the last net contact of their customer reports were made.

    An objection that a code of a call tells is made on its day. Reports that name their call are
    attributed to it whatever their day, and are not asked for.

    Args:
        queries: put to the history.
        ledger: put to it before.
        dossier: for the windows.

    Returns:
        By outcome the ``reports`` per number of ``days``, up to `WINDOWS` windows.
    """
    contacts = ledger.coded.filter(ledger.coded.net_contact)
    contacts = contacts.select(caller=contacts.customer_id, called_on=contacts.called_on).distinct()
    asked: dict[str, Deferred[pd.DataFrame]] = {}
    for outcome, (table, day, _) in REPORTS.items():
        opened = queries.history.tables.get(table)
        named = queries.history.has("calls", "call_id") and queries.history.has(table, "call_id")
        if opened is None or named:
            continue
        days = WINDOWS * window_of(dossier, outcome)
        delays = _delays(opened.rows, day, contacts, days)
        asked[outcome] = queries.ask(delays, ["days"])
    return asked


def window_of(dossier: Dossier, outcome: str) -> int:
    """Return within how many days a report is attributed to a contact.

    Args:
        dossier: with its settings.
        outcome: ``"objection"`` or ``"complaint"``.
    """
    return int(getattr(dossier.settings, f"{outcome}_window_days"))


def _delays(rows: ir.Table, day: str, contacts: ir.Table, most: int) -> ir.Table:
    reports = rows.select(reporter=rows.customer_id, reported_on=rows[day]).distinct()
    since = (reports.reported_on - ibis.interval(days=most)).cast("date")
    reports = reports.mutate(since=since)
    near = contacts.join(
        reports,
        [
            contacts.caller == reports.reporter,
            contacts.called_on <= reports.reported_on,
            contacts.called_on >= reports.since,
        ],
    )
    last = near.group_by("reporter", "reported_on").agg(called_on=near.called_on.max())
    counted = last.mutate(days=last.reported_on.delta(last.called_on, unit="day").cast("int64"))
    return counted.group_by("days").agg(reports=counted.count())


def dated_late(delays: pd.DataFrame, outcome: str, window: int) -> Finding | None:
    """Return the reports that count nowhere as they come too long after the last contact.

    Of people who object for another reason some always do. So they have to be `LEAST_LOST` of those
    that count, and more of all have to come long after the last contact than soon after it.

    Args:
        delays: ``days`` and ``reports``; see `ask_delays`.
        outcome: ``"objection"`` or ``"complaint"``.
        window: in days.

    Examples:
        >>> delays = pd.DataFrame({"days": [0, 3, 21, 35], "reports": [20, 10, 60, 30]})
        >>> found = dated_late(delays, "objection", 30)
        >>> found.code, found.count
        ('objections_dated_late', 30)
        >>> print(found.detail)
        Of 120 within 120 days after a net contact 30 come within 10 days, 60 later within the
        window of 30 days, and 30 after it: those count nowhere.
        >>> dated_late(delays.assign(reports=[60, 20, 30, 10]), "objection", 30) is None
        True
    """
    soon_days = int(window * SOON_SHARE)
    days, reports = delays["days"].astype("int64"), delays["reports"].astype("int64")
    soon, all_of_them = int(reports[days <= soon_days].sum()), int(reports.sum())
    beyond, late = int(reports[days > window].sum()), all_of_them - soon
    if beyond < max(FEWEST, LEAST_LOST * (all_of_them - beyond)):
        return None
    if late - soon <= SURE * np.sqrt(all_of_them):
        return None
    detail = (
        f"Of {all_of_them:,} within {WINDOWS * window} days after a net contact {soon:,} come "
        f"within {soon_days} days, {late - beyond:,} later within the window of {window} days, and "
        f"{beyond:,} after it: those count nowhere."
    )
    return Finding(code=f"{outcome}s_dated_late", count=beyond, detail=detail)


def late_findings(asked: Delays, dossier: Dossier) -> Iterator[Finding]:
    """Yield which reports seem to be dated late.

    Args:
        asked: from `ask_delays`, answered.
        dossier: for the windows.
    """
    for outcome, delays in asked.items():
        found = dated_late(delays.value, outcome, window_of(dossier, outcome))
        if found is not None:
            yield found
