"""Which calls are left out of the exposure, each under exactly one code, and what is found."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.regimes import cap_periods

IN_EXPOSURE = "in_exposure"
NO_NET_CONTACT = "no_net_contact"
LEG = "legs_of_one_call"
TOO_LATE = "reference_on_or_after_call"
NO_GROUND = "kind_without_ground"
LEGAL_PERSON = "legal_person"
EXCLUSIONS = (
    "after_data_through",
    "placeholder_key",
    "left_out_by_where",
    "duplicate_call",
    LEG,
    LEGAL_PERSON,
    "requested_call",
    "consent",
    "running_customer",
    TOO_LATE,
    NO_GROUND,
    "no_earlier_event",
    "after_objection",
    "beyond_cap",
    "beyond_own_term",
    NO_NET_CONTACT,
)
CODES = (*EXCLUSIONS, IN_EXPOSURE)
BEYOND = ("beyond_cap", "beyond_own_term")
CALL_FINDINGS = (
    "duplicate_call",
    LEG,
    LEGAL_PERSON,
    TOO_LATE,
    "after_objection",
    "beyond_cap",
    "beyond_own_term",
    "no_earlier_event",
    NO_GROUND,
    "running_customer",
    "converted_without_contact",
)


def with_code(calls: ir.Table, dossier: Dossier) -> ir.Table:
    """Return the calls with ``code``, the place in `CODES` of an exclusion or ``"in_exposure"``.

    The first exclusion that applies is the code. Call-backs stay in; requested calls and calls on
    consent rest on another ground than the relation.

    Args:
        calls: with ``duplicate``, ``leg``, ``natural_person``, ``basis``, ``running``,
            ``reference_too_late``, ``month``, ``objected``, ``answered``; and ``every_month`` and
            ``every_running`` where some kinds of event do not count.
        dossier: for the organisation's own term; the cap is that of the day of the call.
    """
    first = (
        (calls.leg, LEG),
        (calls.duplicate, "duplicate_call"),
        (~calls.natural_person, LEGAL_PERSON),
        (calls.basis == "requested", "requested_call"),
        (calls.basis == "consent", "consent"),
        (calls.running, "running_customer"),
        (calls.reference_too_late, TOO_LATE),
        (calls.month.isnull() & other_relation(calls), NO_GROUND),
        (calls.month.isnull(), "no_earlier_event"),
        (calls.objected, "after_objection"),
        (_too_old(calls.month, calls.called_on), "beyond_cap"),
        (_beyond(calls.month, _own_term(dossier)), "beyond_own_term"),
        (~calls.answered, NO_NET_CONTACT),
    )
    branches = [(applies, _place(code)) for applies, code in first]
    return calls.mutate(code=ibis.cases(*branches, else_=_place(IN_EXPOSURE)))


def other_relation(calls: ir.Table) -> ir.BooleanValue:
    """Return where an event precedes the call that gives no ground on the report date."""
    if "every_month" not in calls.columns:
        return ibis.literal(False)
    return calls.every_month.notnull() | calls.every_running


def coded_as(calls: ir.Table, *codes: str) -> ir.BooleanValue:
    """Return where a call has one of the codes."""
    return calls.code.isin([_place(code) for code in codes])


def _place(code: str) -> ir.IntegerValue:
    return ibis.literal(CODES.index(code), "int8")


def call_findings(calls: ir.Table, dossier: Dossier) -> dict[str, ir.BooleanValue]:
    """Return where each of `CALL_FINDINGS` applies.

    A finding applies whatever the exclusion: a call after an objection is a breach, also where
    the customer has a running contract. Terms are those of the rules of the call's day.

    Args:
        calls: as for `with_code`.
        dossier: for the organisation's own term.
    """
    on_relation = ~calls.duplicate & ~calls.basis.isin(("requested", "consent"))
    on_relation &= ~coded_as(calls, LEGAL_PERSON)
    former = on_relation & ~calls.law_running
    old = _too_old(calls.law_month, calls.called_on)
    return {
        "duplicate_call": calls.duplicate & ~calls.leg,
        LEG: calls.leg,
        LEGAL_PERSON: coded_as(calls, LEGAL_PERSON),
        TOO_LATE: former & calls.reference_too_late,
        "after_objection": on_relation & calls.objected,
        "beyond_cap": former & old,
        "beyond_own_term": former & _beyond(calls.law_month, _own_term(dossier)) & ~old,
        "no_earlier_event": coded_as(calls, "no_earlier_event"),
        NO_GROUND: coded_as(calls, NO_GROUND),
        "running_customer": on_relation & calls.running,
        "converted_without_contact": ~calls.duplicate & calls.converted_without_contact,
    }


def finding_flags(calls: ir.Table, dossier: Dossier) -> dict[str, ir.BooleanValue]:
    """Return what beside the code decides `CALL_FINDINGS`; see `findings_of`."""
    return {
        "objected": calls.objected,
        "old": ~calls.law_running & _too_old(calls.law_month, calls.called_on),
        "beyond_own": ~calls.law_running & _beyond(calls.law_month, _own_term(dossier)),
        "without_contact": calls.converted_without_contact,
    }


FINDING_FLAGS = ("objected", "old", "beyond_own", "without_contact")


def findings_of(cells: pd.DataFrame) -> dict[str, int]:
    """Return to how many calls each of `CALL_FINDINGS` applies, as `call_findings` says.

    Args:
        cells: ``code``, ``calls`` and `FINDING_FLAGS`.
    """
    code = cells["code"]
    repeated = code.isin(("duplicate_call", LEG))
    on_relation = ~(repeated | code.isin(("requested_call", "consent", LEGAL_PERSON)))
    objected, old, own, without = (cells[name].astype(bool) for name in FINDING_FLAGS)
    where = {
        "duplicate_call": code == "duplicate_call",
        LEG: code == LEG,
        LEGAL_PERSON: code == LEGAL_PERSON,
        TOO_LATE: code == TOO_LATE,
        "after_objection": on_relation & objected,
        "beyond_cap": on_relation & old,
        "beyond_own_term": on_relation & own & ~old,
        "no_earlier_event": code == "no_earlier_event",
        NO_GROUND: code == NO_GROUND,
        "running_customer": code == "running_customer",
        "converted_without_contact": ~repeated & without,
    }
    return {name: int(cells.loc[applies, "calls"].sum()) for name, applies in where.items()}


def _too_old(month: ir.IntegerValue, day: ir.DateValue) -> ir.BooleanValue:
    return _beyond(month, _cap_on(day))


def _beyond(month: ir.IntegerValue, term_months: ir.IntegerValue) -> ir.BooleanValue:
    return (month >= term_months).fill_null(False)


def _own_term(dossier: Dossier) -> ir.IntegerValue:
    return ibis.literal(dossier.scope.current_term_months, "int64")


def _cap_on(day: ir.DateValue) -> ir.IntegerValue:
    """Return the cap in months on a day, empty where there is none."""
    caps = [
        (day >= ibis.literal(starts_on), ibis.literal(cap_months, "int64"))
        for starts_on, cap_months in reversed(cap_periods())
    ]
    return ibis.cases(*caps, else_=ibis.null("int64"))
