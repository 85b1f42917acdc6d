"""Every call with what is known of it on its day: its age, running contracts, an objection."""

from __future__ import annotations

from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.exposure.clocks import (
    EVERY,
    LAW,
    Clocks,
    for_evidence,
    with_other_clocks,
)
from balanstest_analysis.history.exposure.spells import spells
from balanstest_analysis.history.sources import TELLS_OBJECTION, Deferred, History, Queries

REFERENCES = ("any", "own", "other", EVERY)
_OWN = REFERENCES.index("own")
MOST_CAMPAIGNS = 100_000


def kept_campaigns(history: History) -> ir.Table:
    """Return the campaigns with a ``number`` each, in order of their names, and their first call.

    What stands in the column may be no campaigns; see `campaign_names`.
    """
    calls = history.tables["calls"]
    first = calls.rows.called_at.min().cast("string")
    names = calls.rows.group_by(name=calls.rows.campaign).agg(since=first)
    number = ibis.row_number().over(order_by=names.name).cast("int32")
    return history.keep("campaigns", names.mutate(number=number))


def campaign_names(history: History, campaigns: ir.Table) -> Deferred[pd.DataFrame]:
    """Ask for the campaigns: columns ``name``, ``since`` and ``number``.

    Args:
        history: open.
        campaigns: from `kept_campaigns`.

    Raises:
        DataError: there are so many that the column cannot hold campaigns; when they are read.
    """
    several = Deferred(history.ask(campaigns.limit(MOST_CAMPAIGNS + 1)))
    return several.then(lambda names: _not_too_many(history, campaigns, names))


def _not_too_many(history: History, campaigns: ir.Table, names: pd.DataFrame) -> pd.DataFrame:
    if len(names) <= MOST_CAMPAIGNS:
        return names
    found = int(history.frame(campaigns.aggregate(found=campaigns.count()))["found"].iloc[0])
    raise DataError(
        f"`{history.tables['calls'].parts[0].name}`: `campaign` holds {found} different texts, and "
        f"at most {MOST_CAMPAIGNS} campaigns are allowed. Map the column with the campaign, or "
        "none."
    )


def prepared_calls(history: History, dossier: Dossier) -> ir.Table:
    """Return the calls with ``called_on``, ``reached`` and ``answered``.

    A conversion without a net contact cannot be: it is counted as a finding, and the call is taken
    as a net contact; ``reached`` is as delivered. ``answered`` tells what objections are attributed
    to: net contacts, or all calls where the dossier counts calls.
    """
    calls = history.tables["calls"].rows
    if TELLS_OBJECTION not in calls.columns:
        calls = calls.mutate(**{TELLS_OBJECTION: ibis.literal(False)})
    natural = calls.natural_person if history.has("calls", "natural_person") else ibis.literal(True)
    net_contact = calls.net_contact | calls.converted
    return calls.mutate(
        natural_person=natural,
        reached=calls.net_contact,
        net_contact=net_contact,
        answered=ibis.literal(True) if every_call_counts(dossier) else net_contact,
        called_on=calls.called_at.date(),
    )


def with_campaign_numbers(history: History, calls: ir.Table, campaigns: ir.Table) -> ir.Table:
    """Return the calls with a number in place of the name of their campaign.

    Args:
        history: of the calls.
        calls: after all that names are enough for, as this is done once.
        campaigns: from `kept_campaigns`.
    """
    if not history.has("calls", "campaign"):
        return calls.mutate(campaign=ibis.literal(0, "int32"))
    joined = calls.join(campaigns, calls.campaign == campaigns.name)
    return joined.mutate(campaign=joined.number).drop("name", "since", "number")


def every_call_counts(dossier: Dossier) -> bool:
    """Return whether the dossier counts calls, answered or not."""
    return dossier.settings.denominator == "call"


def with_age(
    queries: Queries, calls: ir.Table, clocks: Clocks, *, other_reference: bool = False
) -> ir.Table:
    """Return the calls with ``month``, ``running`` and ``reference_too_late``.

    ``month`` is the number of completed calendar months since the reference date, empty where no
    qualifying event is on a day before the call. ``running`` tells that a contract runs. Without
    events the calls state their own ``reference_date``, else ``months_since_purchase``; a reference
    date on or after the call is too late.

    Args:
        queries: put to a history with or without events.
        calls: with ``called_on``.
        clocks: which kinds of event count; where others count on the day of a call, also
            ``law_month`` and ``law_running``, and where some count no more, ``every_month`` and
            ``every_running`` with all of them.
        other_reference: whether ``other_month``, since the last event that was bought, is wanted.
    """
    history = queries.history
    events = history.rows("events")
    if events is None:
        return _with_stated_age(history, calls)
    counted = for_evidence(events, clocks)
    spell = queries.keep("spells", spells(history, counted, other_reference=other_reference))
    joined = calls.left_join(
        spell,
        [
            calls.customer_id == spell.customer_id,
            calls.called_on > spell.opens_on,
            calls.called_on <= spell.closes_on,
        ],
        rname="spell_{name}",
    )
    months = {"month": joined.reference_date}
    if other_reference:
        months["other_month"] = joined.other_reference
    aged = joined.mutate(
        reference_too_late=False,
        running=(joined.runs_until >= joined.called_on).fill_null(False),
        **{name: completed_months(since, joined.called_on) for name, since in months.items()},
    )
    return _with_other_months(with_other_clocks(queries, aged, clocks))


def _with_other_months(calls: ir.Table) -> ir.Table:
    clocks = [name for name in (EVERY, LAW) if f"{name}_reference" in calls.columns]
    months = {
        f"{c}_month": completed_months(calls[f"{c}_reference"], calls.called_on) for c in clocks
    }
    return calls.mutate(**months)


def seen_both_ways(calls: ir.Table) -> ir.Table:
    """Return the calls with ``reference``, more than once where another one gives another month.

    ``reference`` is the place in `REFERENCES`: "any" for a call that is the same either way, else
    "own" in the one row, "other", with the other month, in the second, and "every", with the
    month and running contract that all kinds of event give, in the third.
    """
    given = [name for name in ("other", EVERY) if f"{name}_month" in calls.columns]
    same = reduce(and_, (calls.month.identical_to(calls[f"{name}_month"]) for name in given))
    if EVERY in given:
        same &= calls.running == calls.every_running
    places = [_OWN, *(REFERENCES.index(name) for name in given)]
    ways = ibis.ifelse(same, ibis.array([0]), ibis.array(places))
    seen = calls.mutate(reference=ways.unnest())
    months = [(seen.reference == REFERENCES.index(n), seen[f"{n}_month"]) for n in given]
    every = seen.reference == REFERENCES.index(EVERY)
    running = every.ifelse(seen.every_running, seen.running) if EVERY in given else seen.running
    return seen.mutate(month=ibis.cases(*months, else_=seen.month), running=running)


def _with_stated_age(history: History, calls: ir.Table) -> ir.Table:
    too_late: ir.BooleanValue = ibis.literal(False)
    if history.has("calls", "reference_date"):
        earlier = calls.reference_date < calls.called_on
        month = completed_months(calls.reference_date, calls.called_on)
        month = earlier.fill_null(False).ifelse(month, ibis.null("int64"))
        too_late = (calls.reference_date >= calls.called_on).fill_null(False)
    else:
        month = calls.months_since_purchase.cast("int64")
    return calls.mutate(month=month, running=False, reference_too_late=too_late)


def completed_months(since: ir.DateValue, until: ir.DateValue) -> ir.IntegerValue:
    """Return completed calendar months: ``12 (Y2 - Y1) + (M2 - M1) - [D2 < D1]``."""
    years = until.year().cast("int64") - since.year().cast("int64")
    months = until.month().cast("int64") - since.month().cast("int64")
    return years * 12 + months - (until.day() < since.day()).cast("int64")


def with_objection(history: History, calls: ir.Table) -> ir.Table:
    """Return the calls with ``objected``: the customer objected on a day before the call."""
    objections = history.rows("objections")
    if objections is None:
        return calls.mutate(objected=False)
    first = objections.group_by("customer_id").agg(objected_first=objections.objected_on.min())
    joined = calls.left_join(first, "customer_id", rname="objector_{name}")
    return joined.mutate(objected=(joined.objected_first < joined.called_on).fill_null(False))
