"""Which events start the clocks of a call: one for the evidence, and one for the rules of its day.

The evidence describes those who may be called next, so its clock takes the kinds of relation that
count on the report date; the rules of a day take those that counted on that day. An event of
another kind neither starts nor stops a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.grounds import EVENT_KINDS
from balanstest_analysis.dossier.regimes import regime_on
from balanstest_analysis.dossier.relations import Kinds
from balanstest_analysis.history.exposure.spells import (
    NO_END,
    beginnings,
    endings,
    kind_of,
    no_payment,
)
from balanstest_analysis.history.sources import History, Queries
from balanstest_analysis.published.names import EventKind

EVERY, LAW = "every", "law"
_ALL: Kinds = frozenset(EVENT_KINDS)


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """The kinds of event that each clock takes.

    Attributes:
        evidence: those that count on the report date.
        present: those that the events have.
        law: those that count for a call, as (first day, kinds), oldest first.
        assumed: what an event without a kind is taken for.
    """

    evidence: Kinds
    assumed: EventKind
    present: Kinds
    law: tuple[tuple[dt.date, Kinds], ...]

    @property
    def refused(self) -> Kinds:
        """Kinds among the events that do not count on the report date."""
        return self.present - self.evidence

    @property
    def law_differs(self) -> bool:
        """Whether other kinds count on the day of some call than on the report date."""
        return any(kinds != self.evidence & self.present for _, kinds in self.law)

    @property
    def refusing_days(self) -> tuple[tuple[dt.date, bool], ...]:
        """Whether calling asks for a ground that some of the events do not give, by first day."""
        return tuple(
            (day, regime_on(day).needs_ground and kinds < self.present) for day, kinds in self.law
        )

    @property
    def others(self) -> dict[str, Kinds]:
        """The clocks beside that of the evidence, by name; none where all are the same."""
        found = {EVERY: self.present} if self.refused else {}
        if self.law_differs:
            found |= {_name(kinds): kinds for _, kinds in self.law}
        return found


def clocks_of(dossier: Dossier, totals: Mapping[str, int], first_call: dt.date | None) -> Clocks:
    """Return the clocks of a history.

    A sector that has no ground on a day is told so of each call; its other checks take all kinds.

    Args:
        dossier: for its sector and rules.
        totals: ``kind_<kind>``, how many events there are of each; see `spells.event_totals`.
        first_call: day of the first call; None without calls.
    """
    rules = dossier.relations
    present = frozenset(kind for kind in EVENT_KINDS if totals.get(f"kind_{kind}"))
    periods = [(day, (kinds or _ALL) & present) for day, kinds in rules.law_periods]
    # the rules of a day hold until the next ones begin, those of the first day also before
    ends = [day for day, _ in periods[1:]] + [NO_END]
    law = [
        period
        for period, end in zip(periods, ends, strict=True)
        if (first_call is None or end > first_call) and period[0] <= dossier.data_through
    ]
    return Clocks(
        evidence=rules.evidence_kinds,
        assumed=rules.assumed_kind,
        present=present,
        law=tuple(law) or tuple(periods[:1]),
    )


def for_evidence(events: ir.Table, clocks: Clocks) -> ir.Table:
    """Return the events that count on the report date."""
    if not clocks.refused:
        return events
    return events.filter(kind_of(events, clocks.assumed).isin(sorted(clocks.evidence)))


def with_other_clocks(queries: Queries, calls: ir.Table, clocks: Clocks) -> ir.Table:
    """Return the calls with ``<clock>_reference`` and ``<clock>_running`` of the other clocks.

    Args:
        queries: put to a history with events.
        calls: with ``called_on``, ``reference_date`` and ``running``.
        clocks: of the history; without other clocks the calls are returned as they are.
    """
    names = clocks.others
    events = queries.history.rows("events")
    if not names or events is None:
        return calls
    spell = queries.keep("clocks", _timelines(queries.history, events, clocks))
    joined = calls.left_join(
        spell,
        [
            calls.customer_id == spell.customer_id,
            calls.called_on > spell.opens,
            calls.called_on <= spell.closes,
        ],
        rname="clock_{name}",
    )
    since = {name: joined[f"{name}_since"] for name in names}
    running = {
        name: (joined[f"{name}_until"] >= joined.called_on).fill_null(False) for name in names
    }
    added: dict[str, ir.Value] = {}
    if EVERY in names:
        added |= {"every_reference": since[EVERY], "every_running": running[EVERY]}
    if clocks.law_differs:
        added["law_reference"] = _on_the_day(joined.called_on, clocks, since)
        added["law_running"] = _on_the_day(joined.called_on, clocks, running)
    return joined.mutate(**added).select(*calls.columns, *added)


def _on_the_day(day: ir.DateValue, clocks: Clocks, values: Mapping[str, ir.Value]) -> ir.Value:
    oldest, *later = [(start, values[_name(kinds)]) for start, kinds in clocks.law]
    if not later:
        return oldest[1]
    branches = [(day >= ibis.literal(start), value) for start, value in reversed(later)]
    return ibis.cases(*branches, else_=oldest[1])


def _name(kinds: Kinds) -> str:
    """Return the name of the clock of kinds, the same for the same kinds."""
    return "_".join([LAW, *sorted(kinds)])


def _timelines(history: History, events: ir.Table, clocks: Clocks) -> ir.Table:
    """Return stretches of days in which no clock of a customer changes."""
    events = events.filter(~no_payment(events))
    ends, begins = endings(history, events), beginnings(history, events)
    names = [f"{name}_{side}" for name in clocks.others for side in ("since", "until")]
    moments = _marked(ends, clocks, "since").select("customer_id", "day", *names)
    if history.has("events", "ends_on"):
        starts = _marked(begins, clocks, "until")
        moments = moments.union(starts.select("customer_id", "day", *names))
    latest = moments.group_by("customer_id", opens="day").agg(
        **{name: moments[name].max() for name in names}
    )
    so_far = ibis.window(group_by="customer_id", order_by="opens", following=0)
    following = ibis.window(group_by="customer_id", order_by="opens")
    known = latest.mutate(**{name: latest[name].max().over(so_far) for name in names})
    closes = known.opens.lead().over(following).fill_null(ibis.literal(NO_END))
    return known.mutate(closes=closes)


def _marked(rows: ir.Table, clocks: Clocks, side: str) -> ir.Table:
    """Return the days with, per clock, the reference date or last day that each gives it."""
    nothing = ibis.null("date")
    marks: dict[str, ir.Value] = {}
    kind = kind_of(rows, clocks.assumed)
    for name, kinds in clocks.others.items():
        counts = kind.isin(sorted(kinds)) if kinds else ibis.literal(False)
        given = counts.ifelse(rows.gives, nothing)
        marks |= {f"{name}_since": nothing, f"{name}_until": nothing, f"{name}_{side}": given}
    return rows.mutate(**marks)
