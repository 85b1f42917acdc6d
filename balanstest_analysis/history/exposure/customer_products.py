"""What repeated calls to the same customers do to counts: sums of products, from the engine.

The engine counts per customer and month, and adds up over customers; no row of a customer leaves
it. Asked are distinct columns only: contacts that are followed for all outcomes, for one, are those
that are followed for the outcome with the longest window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure.attribution import CALL_KEY, report_column, report_sums
from balanstest_analysis.history.exposure.counting_rules import Counting, weighs_jointly
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, coded_as
from balanstest_analysis.history.multiplied_columns import Pair, multiplied_columns, under_names
from balanstest_analysis.history.sources import Deferred, Queries
from balanstest_analysis.statistics.customer_products import CountProducts
from balanstest_analysis.statistics.floats import Floats

FEWEST_CAMPAIGNS = 3
_CONTACTS = "contacts"
_CONVERTED = "conversion"
_MONTHS = ("month", "other_month")


@dataclass(frozen=True, kw_only=True, order=True)
class Tally:
    """What is counted of the contacts that are followed for some days.

    Attributes:
        counted: ``"contacts"``, or an outcome.
        days: that the data go on after a contact.
    """

    counted: str
    days: int

    @property
    def column(self) -> str:
        """Its name in the engine."""
        return f"{self.counted}_{self.days}"


@dataclass(frozen=True, kw_only=True)
class AskedProducts:
    """The sums of products, put to a history.

    Attributes:
        customers: over customers.
        cells: over each customer's campaigns; None with so few campaigns that it is not used.
    """

    customers: Deferred[CountProducts]
    cells: Deferred[CountProducts] | None


def ask_products(
    queries: Queries,
    calls: ir.Table,
    found: ir.Table | None,
    dossier: Dossier,
    own: Counting,
    campaigns: int,
) -> AskedProducts:
    """Ask for the sums over customers of products of the counts of two months.

    Args:
        queries: put to the history.
        calls: with ``code``, under the dossier's own reference date.
        found: objections and complaints with their calls, from `attribution.candidates`.
        dossier: for the end of the data, and for what its criteria need.
        own: the dossier's own counting.
        campaigns: their number.
    """
    jointly = weighs_jointly(dossier)
    tallies = own_tallies(own, jointly=jointly)
    pairs = multiplied_columns(["conversion", *own.outcomes], jointly=jointly)
    columns = {(a, b): (tallies[a].column, tallies[b].column) for a, b in pairs}
    separate = campaigns >= FEWEST_CAMPAIGNS
    keys = ["customer_id", *(["campaign"] if separate else []), "month"]
    counted = _counted(calls, found, dossier, own, sorted(set(tallies.values())), keys)
    rows = queries.keep("products_of", counted)
    if not separate:
        return AskedProducts(customers=_asked(queries, rows, keys[:-1], columns), cells=None)
    together = queries.keep("products_of_customers", _added_up(rows))
    return AskedProducts(
        customers=_asked(queries, together, ["customer_id"], columns),
        cells=_asked(queries, rows, keys[:-1], columns),
    )


def own_tallies(own: Counting, *, jointly: bool) -> Mapping[str, Tally]:
    """Return what each column of the month table counts.

    Args:
        own: the dossier's own counting.
        jointly: whether outcomes are weighed against each other.

    Examples:
        >>> own = Counting(unit="call", window_days={"objection": 30}, outcomes=("objection",))
        >>> tallies = own_tallies(own, jointly=True)
        >>> tallies["joint_exposure"] == tallies["objection_exposure"]
        True
        >>> tallies["joint_conversion"].column, tallies["conversion_events"].column
        ('conversion_30', 'conversion_0')
    """
    windows = {_CONVERTED: 0, **{outcome: own.window_days[outcome] for outcome in own.outcomes}}
    tallies = {}
    for outcome, days in windows.items():
        tallies[f"{outcome}_exposure"] = Tally(counted=_CONTACTS, days=days)
        tallies[f"{outcome}_events"] = Tally(counted=outcome, days=days)
    if jointly:
        longest = max(windows.values())
        tallies["joint_exposure"] = Tally(counted=_CONTACTS, days=longest)
        for outcome in windows:
            tallies[f"joint_{outcome}"] = Tally(counted=outcome, days=longest)
    return tallies


def _counted(
    calls: ir.Table,
    found: ir.Table | None,
    dossier: Dossier,
    own: Counting,
    tallies: Sequence[Tally],
    keys: Sequence[str],
) -> ir.Table:
    """Return one row per customer and month with a contact, and a column per tally."""
    contacts = calls.filter(coded_as(calls, IN_EXPOSURE))
    told = [tally for tally in tallies if tally.counted in own.outcomes]
    counts = contacts.group_by(*keys).agg(
        **{
            tally.column: contacts.count(
                where=_followed(contacts, tally, dossier)
                & (ibis.literal(True) if tally.counted == _CONTACTS else contacts.converted)
            ).cast("int32")
            for tally in tallies
            if tally not in told
        }
    )
    if found is None or not told:
        return counts
    reports = _reported(found, dossier, own, told, keys)
    joined = counts.left_join(reports, list(keys), rname="report_{name}")
    filled = {tally.column: joined[tally.column].fill_null(0) for tally in told}
    return joined.select(*counts.columns, **filled)


def _reported(
    found: ir.Table, dossier: Dossier, own: Counting, told: Sequence[Tally], keys: Sequence[str]
) -> ir.Table:
    """Return how many contacts have a report, for the few customers and months with any."""
    inside = found.filter(coded_as(found, IN_EXPOSURE))
    whole = dict.fromkeys((*CALL_KEY, *keys, "called_on"))
    per_call = inside.group_by(*whole).agg(**report_sums(inside, [own]))
    return per_call.group_by(*keys).agg(
        **{
            tally.column: per_call.count(
                where=(per_call[report_column(tally.counted, own)] > 0)
                & _followed(per_call, tally, dossier)
            ).cast("int32")
            for tally in told
        }
    )


def _followed(calls: ir.Table, tally: Tally, dossier: Dossier) -> ir.BooleanValue:
    last_day = dossier.data_through - dt.timedelta(days=tally.days)
    return calls.called_on <= ibis.literal(last_day)


def _added_up(rows: ir.Table) -> ir.Table:
    counts = [name for name in rows.columns if name not in {"customer_id", "campaign", "month"}]
    return rows.group_by("customer_id", "month").agg(
        **{name: rows[name].sum().cast("int32") for name in counts}
    )


def _asked(
    queries: Queries,
    rows: ir.Table,
    cluster: Sequence[str],
    columns: Mapping[Pair, Pair],
) -> Deferred[CountProducts]:
    """Ask for contacts times contacts of all rows, and the rest of the few rows with an event."""
    wanted = sorted(set(columns.values()))
    contacts = [pair for pair in wanted if _is_contacts(pair[1])]
    # Events stand second, so that a pair with one is found from the row that has it.
    telling = [pair for pair in wanted if not _is_contacts(pair[1])]
    both = _multiplied(queries, rows, rows, cluster, contacts, halved=True)
    events = {second for _, second in telling}
    eventful = rows.filter(ibis.or_(*(rows[name] > 0 for name in sorted(events))))
    mixed = _multiplied(queries, rows, eventful, cluster, telling, halved=False)
    products = both.then(lambda found: _products(found, mixed.value, contacts, telling))
    return products.then(lambda found: under_names(found, columns))


def _multiplied(
    queries: Queries,
    first: ir.Table,
    second: ir.Table,
    cluster: Sequence[str],
    pairs: Sequence[Pair],
    *,
    halved: bool,
) -> Deferred[pd.DataFrame]:
    """Ask for the sums of products per pair of months; halved, each pair of months once."""
    names = [name for name in first.columns if name not in cluster]
    other = second.select(**{f"other_{n}": second[n] for n in (*cluster, *names)})
    same = [first[name] == other[f"other_{name}"] for name in cluster]
    joined = first.join(other, [*same, *([first.month <= other.other_month] if halved else [])])
    sums = {
        _between(a, b): (joined[a].cast("int64") * joined[f"other_{b}"]).sum().cast("int64")
        for a, b in pairs
    }
    return queries.ask(joined.group_by(*_MONTHS).agg(**sums), _MONTHS)


def _is_contacts(column: str) -> bool:
    return column.startswith(_CONTACTS)


def _between(first: str, second: str) -> str:
    return f"{first}_by_{second}"


def _products(
    both: pd.DataFrame, mixed: pd.DataFrame, contacts: Sequence[Pair], telling: Sequence[Pair]
) -> CountProducts:
    months = int(both["other_month"].max()) + 1 if len(both) else 0
    halves = {pair: _square(both, pair, months) for pair in contacts}
    sums = {pair: half + np.triu(half, 1).T for pair, half in halves.items()}
    return CountProducts(sums=sums | {pair: _square(mixed, pair, months) for pair in telling})


def _square(found: pd.DataFrame, pair: Pair, months: int) -> Floats:
    square = np.zeros((months, months))
    places = tuple(found[name].to_numpy(dtype=np.intp) for name in _MONTHS)
    square[places] = found[_between(*pair)].to_numpy(dtype=float)
    return square
