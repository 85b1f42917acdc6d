"""The calls with their codes as a table of the engine: narrow, as many questions follow."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure.calls import every_call_counts
from balanstest_analysis.history.exposure.exclusions import LEG, LEGAL_PERSON, TOO_LATE, coded_as
from balanstest_analysis.history.sources import (
    SAYS_CUSTOMER,
    SOURCE,
    TELLS_OBJECTION,
    History,
    Queries,
)

CODED = "coded"
_ALWAYS = ("customer_id", "called_at", "campaign", "reached", "converted", "objected", "code")
_NARROW = dict.fromkeys(("month", "other_month", "every_month", "law_month"), "int16")
_ABSENT = {"call_id": "", "basis": "relation", "running": False, TELLS_OBJECTION: False}


def kept_calls(queries: Queries, calls: ir.Table, dossier: Dossier) -> ir.Table:
    """Return the calls, kept by the engine.

    What follows from other columns is not kept but computed when it is used.

    Args:
        queries: put to the history.
        calls: with ``code``, from `with_code`.
        dossier: for what counts as answered.

    Returns:
        ``customer_id``, ``called_at``, ``call_id``, ``campaign`` (a number), ``called_on``,
        ``reached`` (as delivered), ``net_contact``, ``converted``, ``converted_without_contact``,
        ``answered``, ``basis``, ``running``, ``objected``, ``duplicate`` (also a ``leg``),
        ``natural_person``, ``code``, ``reference_too_late``, ``tells_objection``,
        ``says_customer`` where any code says so, ``source`` where there are several, and
        ``month``; ``law_month`` and ``law_running``, by the rules of its day, and ``every_month``
        and ``every_running``, by all kinds of event, where some do not count any more; the spell of
        the call as ``opens_on``, ``closes_on`` and ``reference_date``, where events are given; and
        ``other_month``, where the reference date has an alternative.
    """
    names = _kept_columns(queries.history, calls)
    narrow = {n: calls[n].cast(kind) for n, kind in _NARROW.items() if n in calls.columns}
    return _completed(queries.keep(CODED, calls.select(*names, **narrow)), dossier)


def _kept_columns(history: History, calls: ir.Table) -> list[str]:
    texts = [name for name in ("call_id", "basis") if history.has("calls", name)]
    spell = ["opens_on", "closes_on"] if "opens_on" in calls.columns else []
    terms = ["running", "reference_date"] if history.has("events", "ends_on") else []
    told = [n for n in (TELLS_OBJECTION, SAYS_CUSTOMER, SOURCE) if history.has_mark(n)]
    clocks = [name for name in ("every_running", "law_running") if name in calls.columns]
    return [*_ALWAYS, *texts, *spell, *terms, *told, *clocks]


def _completed(kept: ir.Table, dossier: Dossier) -> ir.Table:
    net_contact = kept.reached | kept.converted
    absent = {n: ibis.literal(value) for n, value in _ABSENT.items() if n not in kept.columns}
    if "law_month" not in kept.columns:
        absent["law_month"] = kept.month
        absent["law_running"] = kept.running if "running" in kept.columns else absent["running"]
    if "opens_on" in kept.columns and "reference_date" not in kept.columns:
        absent["reference_date"] = kept.opens_on
    return kept.mutate(
        called_on=kept.called_at.date(),
        net_contact=net_contact,
        converted_without_contact=kept.converted & ~kept.reached,
        answered=ibis.literal(True) if every_call_counts(dossier) else net_contact,
        duplicate=coded_as(kept, "duplicate_call", LEG),
        leg=coded_as(kept, LEG),
        natural_person=~coded_as(kept, LEGAL_PERSON),
        reference_too_late=coded_as(kept, TOO_LATE),
        **absent,
    )
