"""Published results and a dossier made by hand: one for every kind of answer a report can give."""

from __future__ import annotations

import copy
import datetime as dt
import math
from typing import Any

from balanstest_analysis.document.wording import FIT_WARNING, finding_text
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.statements import CONDITIONS
from balanstest_analysis.published.json_form import from_json
from balanstest_analysis.published.names import BREACHES, COUNTERPOINTS
from balanstest_analysis.published.result import PublishedResult

FAMILIES = (
    "constant",
    "exponential",
    "floor",
    "power",
    "logistic",
    "loglogistic",
    "spline4",
    "spline6",
)
RELATIONS = {
    "grounds": [
        {"kind": "purchase", "ground": False, "paragraph": "vierde lid"},
        {"kind": "contract", "ground": False, "paragraph": "vijfde lid"},
        {"kind": "donation", "ground": True, "paragraph": "vijfde lid (schenking)"},
        {"kind": "service", "ground": False, "paragraph": "vierde lid"},
        {"kind": "volunteer", "ground": True, "paragraph": "vijfde lid (vrijwilligerswerk)"},
        {"kind": "public_event", "ground": True, "paragraph": "vijfde lid (manifestaties)"},
    ],
    "kinds_from": "events",
    "stated": [],
    "assumed": "donation",
    "membership_reason": None,
}
NAMES = {
    "conversion": "Bellen blijft kostendekkend",
    "objection": "Verzet neemt niet te sterk toe",
    "complaint": "Klachten blijven zeldzaam",
}


def _conversion(month: float) -> float:
    return 0.012 + 0.15 * math.exp(-0.052 * month)


def _objection(month: float) -> float:
    return 0.036 + 0.0011 * month


def _complaint(month: float) -> float:
    return 0.0007 + 0.00001 * month


def _contacts(month: int) -> int:
    return round(1900 * math.exp(-0.045 * month) + 60)


EFFECT = 1.1


def _limits(k: int, n: int, effect: float = 1.0) -> tuple[float, float]:
    """Return the interval of Wilson, or where nothing occurred that of Clopper and Pearson."""
    if k == 0:
        return 0.0, 1 - 0.025 ** (effect / n)
    n, z, p = n / effect, 1.959964, k / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def row(first: int, last: int, n: int, k: int) -> dict[str, Any]:
    """Return a published row; fewer than ten events are hidden behind their upper limit."""
    base = {"month_from": first, "month_to": last, "n": n}
    if 0 < k < 10 or (k == 0 and n < 100):
        upper = _limits(9, n)[1]
        hidden = dict.fromkeys(("k", "rate", "rate_lower", "design_effect"))
        return {**base, **hidden, "rate_upper": upper}
    lower, upper = _limits(k, n, EFFECT)
    rate = {"rate": k / n, "rate_lower": lower, "rate_upper": upper}
    return {**base, "k": k, **rate, "design_effect": EFFECT}


def _rows(curve: Any, width: int, months: int) -> list[dict[str, Any]]:
    rows = []
    for first in range(0, months, width):
        last = min(first + width, months) - 1
        contacts = [_contacts(month) for month in range(first, last + 1)]
        expected = sum(n * curve(m) for n, m in zip(contacts, range(first, last + 1), strict=True))
        wobble = 1 + 0.05 * math.sin(2.7 * first + 1)
        rows.append(row(first, last, sum(contacts), round(expected * wobble)))
    return rows


def _curve(curve: Any, months: int, step: int) -> list[dict[str, Any]]:
    points = []
    for month in range(0, months, step):
        spread = 1 + 0.04 + 0.0045 * month
        rate = curve(month)
        points.append(
            {
                "month": month,
                "rate": rate,
                "rate_lower": rate / spread,
                "rate_upper": rate * spread,
            }
        )
    return points


def _fit(family: str, weight: float, status: str = "ok") -> dict[str, Any]:
    parameters = {"intercept": -1.7921, "slope": -0.046312}
    return {
        "family": family,
        "status": status,
        "converged": status == "ok",
        "parameters": parameters if status == "ok" else {},
        "standard_errors": {"intercept": 0.0213, "slope": 0.00123} if status == "ok" else {},
        "model_standard_errors": {"intercept": 0.0198, "slope": 0.00115},
        "deviance": 41.2 if status == "ok" else None,
        "df": 44 if status == "ok" else None,
        "aic": 512.25 if status == "ok" else None,
        "weight": weight if status == "ok" else 0.0,
        "p_value": 0.31 if status == "ok" else None,
    }


def _coarse_fit(family: str, weight: float | None, status: str = "ok") -> dict[str, Any]:
    empty: dict[str, Any] = {"parameters": {}, "standard_errors": {}, "model_standard_errors": {}}
    hidden = dict.fromkeys(("deviance", "df", "aic", "p_value"))
    return {
        "family": family,
        "status": status,
        "converged": status == "ok",
        **empty,
        **hidden,
        "weight": weight,
    }


def _outcome(curve: Any, width: int, months: int, fits: list[dict[str, Any]]) -> dict[str, Any]:
    rows = _rows(curve, width, months)
    n = sum(item["n"] for item in rows)
    k = round(sum(curve(m) * _contacts(m) for m in range(months)))
    return {
        "available": True,
        "exposure": n,
        "events": k,
        "design_effect": 1.18,
        "rates": rows,
        "total": row(0, months - 1, n, k),
        "fits": fits,
        "curve": _curve(curve, months, 1 if width <= 3 else 6),
        "standardised": _standardised(curve, months) if width <= 3 else [],
        "fit_warning": None,
    }


def _standardised(curve: Any, months: int) -> list[dict[str, Any]]:
    return [
        {
            "month": month,
            "rate": round(curve(month), 4),
            "standardised_rate": round(curve(month) * (1 + month / 500), 4),
        }
        for month in range(0, months, 3)
    ]


def no_outcome() -> dict[str, Any]:
    """Return an outcome of which no data were delivered."""
    return {
        "available": False,
        "exposure": 0,
        "events": 0,
        "design_effect": None,
        "rates": [],
        "fits": [],
        "curve": [],
        "fit_warning": None,
    }


def _outcomes(months: int = 48) -> dict[str, Any]:
    conversion = [
        _fit(f, w)
        for f, w in zip(FAMILIES, (0, 0.02, 0.71, 0, 0.03, 0.01, 0.18, 0.05), strict=True)
    ]
    conversion[5] = _fit("loglogistic", 0, "not_converged")
    objection = [
        _fit(f, w)
        for f, w in zip(FAMILIES, (0.01, 0.41, 0, 0.1, 0.43, 0.02, 0.02, 0.01), strict=True)
    ]
    objection[2] = _fit("floor", 0, "separated")
    weights = (0.5, 0.2, 0.0, 0.1, 0.2, 0.0, 0.0, 0.0)
    complaint = [
        _coarse_fit(f, w, "separated" if f == "floor" else "ok")
        for f, w in zip(FAMILIES, weights, strict=True)
    ]
    return {
        "conversion": _outcome(_conversion, 3, months, conversion),
        "objection": _outcome(_objection, 3, months, objection),
        "complaint": _outcome(_complaint, 12, months, complaint),
    }


def criterion(
    kind: str = "minimum_rate", outcome: str | None = "conversion", **changes: Any
) -> dict[str, Any]:
    """Return a criterion that is reached in month 26, with changes."""
    base = {
        "name": NAMES.get(outcome or "", "Vervangingstermijn"),
        "kind": kind,
        "outcome": outcome,
        "status": "reached",
        "crossing": 29.4,
        "lower": 26.3,
        "upper": 33.1,
        "term_months": 27,
        "threshold": 0.03,
        "reason": "Bij 3% conversie dekken de giften de kosten van het bellen.",
        "holds_from_month": None,
        "first_month_with_evidence": 0,
        "last_month_with_evidence": 41,
        "contradicted_from_month": None,
        "unshown_from_month": None,
        "contacts_needed": None,
        "parameters": {},
        "families": [
            {"family": "exponential", "crossing": 29.1, "lower": 26.0},
            {"family": "logistic", "crossing": None, "lower": None},
        ],
        "witness_month": 23,
    }
    return {**base, **changes}


def _criteria() -> list[dict[str, Any]]:
    conversion = criterion(
        crossing=40.6, lower=36.8, upper=45.2, term_months=37, last_month_with_evidence=44
    )
    objection = criterion(
        "maximum_ratio",
        "objection",
        threshold=0.063,
        reason="Een toename van meer dan de helft wijst erop dat de verwachting is verdwenen.",
        parameters={"factor": 1.5, "reference_months": [0, 11]},
        crossing=24.9,
        lower=21.2,
        upper=29.8,
        term_months=22,
    )
    complaint = criterion(
        "maximum_rate",
        "complaint",
        threshold=0.002,
        reason="Meer dan twee klachten per duizend gesprekken vindt het bestuur onaanvaardbaar.",
        status="not_reached_in_data",
        crossing=None,
        lower=35.0,
        upper=None,
        term_months=36,
        last_month_with_evidence=35,
    )
    return [conversion, objection, complaint]


def _sensitivity() -> list[dict[str, Any]]:
    name = NAMES["objection"]
    return [
        *(other_choice("threshold", f, t, name) for f, t in ((0.75, 9), (1.25, 30), (1.5, 36))),
        other_choice("threshold", 0.5, None, name, "no_term"),
        other_choice("threshold", 2.0, 36, name, "proposed_incomplete"),
        other_choice("reference_months", "0-5", 20, name),
        *(other_choice("family", f, 21) for f in ("exponential", "logistic")),
        other_choice("family", "spline4", 19),
        *(other_choice("without_campaign", f"2025-{number:02d}", 22) for number in range(1, 9)),
        other_choice("without_campaign", "2026-01", 24),
        other_choice("denominator", "call", 23),
        other_choice("objection_window_days", 14, 25),
        other_choice("complaint_window_days", 30, 22),
        *(other_choice("year", year, term) for year, term in (("2024", 22), ("2025", 19))),
        other_choice("year", "2026", None, None, "no_term"),
        other_choice("reference_event", "donation", 22),
        other_choice("with_excluded_calls", "beyond_cap+beyond_own_term", 24),
    ]


def other_choice(
    choice: str,
    value: float | str,
    term: int | None,
    criterion: str | None = None,
    status: str = "proposed",
) -> dict[str, Any]:
    """Return a row of the sensitivity."""
    return {
        "choice": choice,
        "criterion": criterion,
        "value": value,
        "status": status,
        "term_months": term,
    }


def _composition(months: int = 48) -> list[dict[str, Any]]:
    return [
        {
            "month_from": first,
            "month_to": first + 2,
            "net_contacts": sum(_contacts(month) for month in range(first, first + 3)),
            "reached_share": 0.42 if first < 36 else 0.61,
            "campaigns": 9 if first < 36 else 2,
            "largest_campaign_share": 0.18 if first < 36 else 0.74,
        }
        for first in range(0, months, 3)
    ]


def _incidence() -> list[dict[str, Any]]:
    rows = [(0, 11, 9800, 512, 0.061), (12, 23, 6100, 344, 0.112), (24, 47, 2300, None, None)]
    return [
        {
            "month_from": first,
            "month_to": last,
            "mean_at_risk": at_risk,
            "events": events,
            "incidence": share,
            "incidence_lower": None if share is None else share - 0.006,
            "incidence_upper": 0.152 if share is None else share + 0.006,
        }
        for first, last, at_risk, events, share in rows
    ]


def _frontier() -> list[dict[str, Any]]:
    return [
        {
            "objection_weight": objection,
            "complaint_weight": complaint,
            "status": "reached" if objection < 2 else "fails_from_start",
            "term_months": round(36 - 14 * objection - complaint) if objection < 2 else None,
        }
        for complaint in (0.0, 1.0, 5.0)
        for objection in (0.0, 0.25, 0.5, 1.0, 2.0)
    ]


def proposed() -> dict[str, Any]:
    """Return the published result of a fictitious charity: 22 months, objections bind."""
    return {
        "schema": 1,
        "audience": "published",
        "template": "opt-in",
        "organisation": "Stichting Voorbeeld",
        "sector": "charity",
        "sectors": ["charity"],
        "category": "oud-donateurs met een periodieke gift",
        "period": "2026-Q3",
        "report_date": "2026-10-15",
        "data_through": "2026-09-30",
        "fictitious": True,
        "conditions": dict.fromkeys(CONDITIONS, "met"),
        "regime": {
            "id": "tw-2026",
            "name": "Telecommunicatiewet vanaf 1 juli 2026",
            "cap_months": 36,
            "cap_source": "Code Telemarketing (zelfregulering, 2020)",
            "cap_verified": False,
            "needs_ground": True,
            "verified": True,
            "source": "Telecommunicatiewet, artikel 11.7",
            "remark": "De wet noemt geen termijn.",
            "allowed": True,
            "needs_no_test": False,
            "sector_allowed": True,
            "override_reason": None,
        },
        "relations": copy.deepcopy(RELATIONS),
        "later_rules": None,
        "settings": {
            "denominator": "net_contact",
            "conversion_definition": "gross",
            "objection_window_days": 30,
            "complaint_window_days": 60,
            "confidence_level": 0.95,
            "resamples": 2000,
            "disclosure_minimum": 10,
        },
        "not_before": None,
        "decision": {
            "status": "decided",
            "term_months": 22,
            "decided_on": "2026-10-20",
            "decided_by": "Directeur",
            "reason": "Langer bellen vindt het bestuur niet te verantwoorden.",
        },
        "measures": [
            {
                "finding": "after_objection",
                "measure": "Het blokkadebestand wordt op de dag van bellen ingelezen.",
                "owner": "Hoofd telemarketing",
                "by": "2026-12-01",
                "done_on": None,
            },
        ],
        "proposal": {
            "status": "proposed",
            "route": "own_file",
            "term_months": 22,
            "uncapped_term_months": 22,
            "tested_term_months": 22,
            "binding": NAMES["objection"],
            "crossing": 24.9,
            "lower": 21.2,
            "upper": 29.8,
            "confidence_level": 0.95,
            "last_month_with_evidence": 41,
            "requested_term_months": None,
            "current_term_months": 36,
            "privacy_binds": True,
            "untested": [],
            "set_aside": [],
        },
        "criteria": _criteria(),
        "outcomes": _outcomes(),
        "incidence_since_contact": {"objection": _incidence()},
        "composition": _composition(),
        "criteria_hash": "9b" * 32,
        "criteria_changes": [],
        "sensitivity": _sensitivity(),
        "frontier": _frontier(),
        "bridge": [
            {"code": "rows_in", "count": 60412},
            {"code": "no_net_contact", "count": 24733},
            {"code": "running_customer", "count": 1250},
            {"code": "no_earlier_event", "count": 86},
            {"code": "after_objection", "count": 41},
            {"code": "in_exposure", "count": 34302},
        ],
        "findings": [
            {
                "code": "after_objection",
                "count": 41,
                "text": finding_text("after_objection", 41),
            },
        ],
        "readings": [],
        "compliance": None,
        "gaps": [],
        "clustering": {
            "customers_known": True,
            "campaigns": 9,
            "campaigns_resampled": True,
            "campaigns_share_few_months": False,
            "dispersion": {"conversion": 1.2, "objection": 1.1, "complaint": 1.0},
        },
        "fingerprints": {"dossier": "4f" * 32, "calls": "a1" * 32, "events": "0c" * 32},
        "fingerprint_form": 2,
        "versions": {"balanstest-analysis": "0.1.0", "python": "3.11.2", "pandas": "3.1.0"},
        "seed": 1,
        "series": {"kept": []},
    }


def published(content: dict[str, Any]) -> PublishedResult:
    """Return a result made by hand as the report holds it; what no report can hold is refused."""
    return from_json(content)


def without_reasons(content: Any) -> Any:
    """Return a result as it was written before reasons were kept."""
    if isinstance(content, dict):
        return {key: without_reasons(value) for key, value in content.items() if key != "hidden"}
    return [without_reasons(item) for item in content] if isinstance(content, list) else content


def cap_bound() -> dict[str, Any]:
    """Return a result in which only the cap binds and nothing was tested on burden."""
    result = proposed()
    result["criteria"] = result["criteria"][:1]
    result["criteria"][0].update(
        status="not_reached_in_data", crossing=None, upper=None, lower=43.0, term_months=44
    )
    result["proposal"].update(
        term_months=36,
        uncapped_term_months=44,
        tested_term_months=44,
        binding="regime_cap",
        crossing=None,
        lower=43.0,
        upper=None,
        privacy_binds=False,
    )
    return result


def request(requested: int = 48, carried: int = 40) -> dict[str, Any]:
    """Return a request to the committee for more than the cap."""
    result = cap_bound()
    result["proposal"].update(
        route="request",
        requested_term_months=requested,
        uncapped_term_months=carried,
        tested_term_months=carried,
    )
    result["criteria"][0]["term_months"] = carried
    return result


def not_allowed() -> dict[str, Any]:
    """Return a commercial organisation after 1 July 2026."""
    result = proposed()
    result["sector"] = "commercial"
    result["sectors"] = ["commercial"]
    for cell in result["relations"]["grounds"]:
        cell.update(ground=False, paragraph="tweede lid (toestemming)")
    result["regime"].update(allowed=False, sector_allowed=False)
    result["decision"] = undecided()
    result["proposal"].update(
        status="not_allowed",
        route="not_allowed",
        term_months=None,
        uncapped_term_months=None,
        tested_term_months=None,
        binding=None,
        crossing=None,
        lower=None,
        upper=None,
    )
    return result


def undecided() -> dict[str, Any]:
    """Return the decision of a dossier that states none."""
    empty = dict.fromkeys(("term_months", "decided_on", "decided_by", "reason"))
    return {"status": "undecided", **empty}


def no_term() -> dict[str, Any]:
    """Return a result in which a criterion fails from the first month."""
    result = proposed()
    result["criteria"][1].update(
        status="fails_from_start", crossing=None, lower=None, upper=None, term_months=None
    )
    result["proposal"].update(
        status="no_term",
        term_months=None,
        uncapped_term_months=None,
        tested_term_months=None,
        binding=None,
        crossing=None,
        lower=None,
        upper=None,
    )
    result["decision"] = undecided()
    return result


def incomplete() -> dict[str, Any]:
    """Return a provisional proposal: two criteria that could not be tested are set aside."""
    result = proposed()
    result["outcomes"]["complaint"] = no_outcome()
    result["criteria"][1].update(
        status="too_little_data",
        witness_month=None,
        families=[],
        crossing=None,
        lower=None,
        upper=None,
        term_months=None,
        first_month_with_evidence=None,
        last_month_with_evidence=None,
        contacts_needed=5200,
    )
    result["criteria"][2].update(
        status="no_outcome_data",
        witness_month=None,
        families=[],
        lower=None,
        upper=None,
        term_months=None,
    )
    result["proposal"].update(
        status="proposed_incomplete",
        term_months=36,
        uncapped_term_months=37,
        tested_term_months=37,
        binding="regime_cap",
        crossing=40.6,
        lower=36.8,
        upper=45.2,
        privacy_binds=False,
        set_aside=[
            {"criterion": NAMES["objection"], "reason": "Verzet wordt pas sinds juni vastgelegd."},
            {"criterion": NAMES["complaint"], "reason": "Klachten komen bij het bureau binnen."},
        ],
    )
    result["gaps"] = ["conditions.same_entity", "1d", "4", "review.dpo_opinion"]
    return result


def undetermined() -> dict[str, Any]:
    """Return a result without a proposal: two criteria are untested, a third carries 37 months."""
    result = incomplete()
    result["proposal"].update(
        status="undetermined",
        term_months=None,
        uncapped_term_months=None,
        binding=None,
        crossing=None,
        lower=None,
        upper=None,
        untested=[NAMES["objection"], NAMES["complaint"]],
        set_aside=[],
    )
    result["decision"] = undecided()
    for line in result["sensitivity"]:
        line.update(status="undetermined", term_months=None)
    result["gaps"] = [*result["gaps"], "criteria.untested"]
    return result


def holds_between() -> dict[str, Any]:
    """Return a result in which the data refute conversion, but for months from 20 on."""
    result = no_term()
    refuted = result["criteria"][0]
    result["criteria"][1] = proposed()["criteria"][1]
    refuted.update(
        status="holds_between",
        holds_from_month=20,
        crossing=None,
        lower=None,
        upper=None,
        term_months=None,
    )
    return result


def not_before() -> dict[str, Any]:
    """Return a proposal of an organisation that calls nobody before month 6."""
    result = proposed()
    reason = "In het eerste halfjaar na een opzegging verwachten mensen geen gesprek."
    result["not_before"] = {"month": 6, "reason": reason}
    for item in result["criteria"]:
        item["first_month_with_evidence"] = 6
    return result


def overall_rate() -> dict[str, Any]:
    """Return a proposal that a maximum over all months of the term together bounds."""
    result = proposed()
    result["later_rules"] = {"starts_on": "2028-01-01", "has_ground": True}
    del result["criteria"][1]
    result["criteria"][1].update(
        kind="maximum_overall_rate",
        status="reached",
        crossing=None,
        lower=None,
        upper=None,
        term_months=22,
        contacts_needed=9700,
        families=[],
        witness_month=None,
    )
    result["proposal"].update(binding=NAMES["complaint"], crossing=None, lower=None, upper=None)
    return result


def counts_only() -> dict[str, Any]:
    """Return a result from ready-made counts: conversion only, which no curve describes."""
    result = proposed()
    result["organisation"], result["fictitious"] = "Vereniging Bestaand", False
    result["relations"].update(kinds_from="stated", stated=["donation"])
    result["outcomes"]["objection"] = no_outcome()
    result["outcomes"]["complaint"] = no_outcome()
    result["outcomes"]["conversion"]["fit_warning"] = FIT_WARNING
    result["criteria"] = result["criteria"][:1]
    result["criteria"][0].update(crossing=24.9, lower=21.2, upper=29.8, term_months=22)
    result["proposal"].update(
        binding=NAMES["conversion"], privacy_binds=False, current_term_months=None
    )
    result["bridge"] = [
        {"code": "rows_in", "count": 4268},
        {"code": "in_exposure", "count": 4268},
    ]
    result["fingerprints"] = {"dossier": "4f" * 32, "counts": "a1" * 32}
    result["findings"] = []
    result["clustering"] = {
        "customers_known": False,
        "campaigns": 1,
        "campaigns_resampled": False,
        "campaigns_share_few_months": False,
        "dispersion": {"conversion": 3.4},
    }
    result["composition"] = [
        {**row, "reached_share": 1.0, "campaigns": 1, "largest_campaign_share": 1.0}
        for row in result["composition"]
    ]
    result["outcomes"]["conversion"]["standardised"] = []
    result["incidence_since_contact"] = {}
    return result


EXAMPLES = {
    "proposed": proposed,
    "cap_bound": cap_bound,
    "request_carried": lambda: request(40, 48),
    "request_not_carried": request,
    "not_allowed": not_allowed,
    "no_term": no_term,
    "incomplete": incomplete,
    "undetermined": undetermined,
    "holds_between": holds_between,
    "not_before": not_before,
    "overall_rate": overall_rate,
    "counts_only": counts_only,
}


def dossier_values(template: str = "opt-in") -> dict[str, Any]:
    """Return the values of a dossier in which every question is answered."""
    answer = (
        "De donateur gaat een betalingsverplichting aan met een machtiging. Het telefoonnummer is "
        "op dat moment gevraagd, met de mededeling dat de stichting kan bellen.\n\n"
        "Wie opzegt, krijgt daarvan een bevestiging; die datum is de peildatum."
    )
    asked = questionnaire(template).questions
    return {
        "schema": 1,
        "template": template,
        "organisation": {"name": "Stichting Voorbeeld", "sector": "charity", "fictitious": True},
        "scope": {
            "category": "oud-donateurs met een periodieke gift",
            "current_term_months": 36,
            "report_date": dt.date(2026, 10, 15),
        },
        "data": {
            "data_through": dt.date(2026, 9, 30),
            "calls": {"path": "calls.csv"},
            "events": {"path": "events.csv"},
        },
        "criteria": [
            {
                "name": NAMES["conversion"],
                "kind": "minimum_rate",
                "outcome": "conversion",
                "threshold": 0.03,
                "reason": "Bij 3% conversie dekken de giften de kosten van het bellen.",
            },
            {
                "name": NAMES["objection"],
                "kind": "maximum_ratio",
                "outcome": "objection",
                "factor": 1.5,
                "reference_months": [0, 11],
                "reason": "Meer dan de helft erbij wijst op een verdwenen verwachting.",
            },
            {
                "name": NAMES["complaint"],
                "kind": "maximum_rate",
                "outcome": "complaint",
                "threshold": 0.002,
                "reason": "Meer dan twee klachten per duizend gesprekken is onaanvaardbaar.",
            },
        ],
        "conditions": {
            name: {"met": True, "explanation": "Vastgelegd in het aanmeldformulier."}
            for name in CONDITIONS
        },
        "answers": {
            # a line that ends several pages alike would pass for a running footer
            item.number: f"{item.title}: {answer} Dit hoort bij vraag {item.number}."
            for item in asked
        },
        "decision": {
            "term_months": 22,
            "decided_on": dt.date(2026, 10, 20),
            "decided_by": "Directeur",
            "reason": "Langer bellen vindt het bestuur niet te verantwoorden.",
        },
        "measures": [
            {
                "finding": finding,
                "measure": "De selectie controleert dit voortaan per belpoging.",
                "owner": "Hoofd telemarketing",
                "by": dt.date(2026, 12, 1),
            }
            for finding in BREACHES
        ],
        "review": {
            "dpo_opinion": "De FG adviseert positief over de voorgestelde termijn.",
            "dpo_status": "agrees",
            "dpo_date": dt.date(2026, 10, 8),
            "people_asked": "Wij vroegen het aan een panel van oud-donateurs.",
            "necessity": "Op een brief of e-mail komen te weinig reacties.",
            "reason_for_longer_term": "Een donateurschap duurt gemiddeld vijf jaar.",
            "replies": dict.fromkeys(COUNTERPOINTS, "Dit is in de afweging meegenomen."),
            "dpia_reference": "DPIA 2026-04, vastgesteld op 3 april 2026",
            "review_date": dt.date(2027, 10, 1),
            "signatories": ["Directeur", "Hoofd fondsenwerving"],
        },
        "processing": {
            "basis": "Gerechtvaardigd belang (artikel 6, eerste lid, onder f, AVG).",
            "purpose": "Onderbouwen van de klanttermijn.",
            "recipients": "Bestuur, FG en zo nodig het Compliance Comité.",
            "retention": "De uitkomsten worden vijf jaar bewaard.",
            "objectors": "Alleen als aantallen, om het verzet te kunnen verantwoorden.",
        },
    }


def dossier(template: str = "opt-in", **changes: Any) -> Dossier:
    """Return a checked dossier with whole sections replaced."""
    return Dossier.model_validate({**copy.deepcopy(dossier_values(template)), **changes})


def dossier_of_counts(template: str = "opt-in") -> Dossier:
    """Return a checked dossier with ready-made counts instead of a history."""
    data = {"data_through": dt.date(2026, 9, 30), "counts": {"path": "counts.csv"}}
    return dossier(template, data=data)
