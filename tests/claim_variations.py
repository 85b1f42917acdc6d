"""Results in which one thing is as no example has it, for the reader of every claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from balanstest_analysis.document.wording import CONDITION_TEXTS, finding_text
from balanstest_analysis.document.wording.doubts import DOUBTS
from tests.example_results import (
    cap_bound,
    criterion,
    no_term,
    not_allowed,
    other_choice,
    overall_rate,
    proposed,
    request,
    row,
    undetermined,
)

Result = dict[str, Any]
HIDDEN = ("k", "rate", "rate_lower", "design_effect")


def _with(**parts: Any) -> Result:
    """Return the proposal with parts of some of its objects replaced."""
    result = proposed()
    for name, values in parts.items():
        result[name].update(values)
    return result


def _even(objections: Callable[[int], int]) -> Result:
    """Return a proposal with 1,000 contacts in every row of three months."""
    result = proposed()
    events = {"conversion": lambda i: 150 - 6 * i, "objection": objections}
    events["complaint"] = lambda i: 11 + i % 2
    for name, told in events.items():
        counts = [told(i) for i in range(16)]
        rows = [row(3 * i, 3 * i + 2, 1000, k) for i, k in enumerate(counts)]
        result["outcomes"][name].update(rates=rows, total=row(0, 47, 16000, sum(counts)))
    return result


def _complaints(**values: Any) -> Result:
    result = proposed()
    outcome = result["outcomes"]["complaint"]
    for line in (*outcome["rates"], outcome["total"]):
        line.update(values)
    if "hidden" in values:
        outcome.update(fits=[], curve=[], standardised=[])
    if values.get("k") == 0:
        for line in (*outcome["rates"], outcome["total"]):
            line.update(rate_upper=1 - 0.025 ** (1.1 / line["n"]), design_effect=1.1)
        for fit in outcome["fits"]:
            fit.update(status="zero_events", converged=False, weight=0)
    return result


def _horizon() -> Result:
    result = proposed()
    words = "Na anderhalf jaar. Dan niet meer."
    nothing = dict.fromkeys(("threshold", "crossing", "lower", "upper", "witness_month"))
    changes = {**nothing, "term_months": 18, "parameters": {"months": 18}, "families": []}
    result["criteria"].append(criterion("horizon", None, name="Duur", reason=words, **changes))
    result["proposal"].update(term_months=18, uncapped_term_months=18, binding="Duur")
    result["proposal"].update(crossing=None, lower=None, upper=None, privacy_binds=False)
    return result


def _weighed() -> Result:
    result = proposed()
    euros = {"value_per_conversion": 60.0, "cost_per_contact": 4.5, "objection_weight": 10.0}
    for name, kind, threshold, stated in (
        ("Batig saldo", "net_benefit", None, {**euros, "complaint_weight": 50.0}),
        ("Last", "burden_per_conversion", 1.5, {"complaint_weight": 5.0}),
    ):
        changes = {"threshold": threshold, "parameters": stated, "contradicted_from_month": 25}
        result["criteria"].append(criterion(kind, None, name=name, families=[], **changes))
    return result


def _kept(rows: int) -> Result:
    result = proposed()
    outcome = result["outcomes"]["objection"]
    for line in outcome["rates"][:rows]:
        line["kept_from"] = "2026-Q2"
    if rows >= len(outcome["rates"]):
        outcome["total"]["kept_from"] = result["findings"][0]["kept_from"] = "2026-Q2"
    result["series"]["kept"] = ["objection", "findings"]
    return result


def _withheld() -> Result:
    result = proposed()
    outcome = result["outcomes"]["objection"]
    reasons = {"n": "tells_another", "k": "tells_another"}
    for line in (outcome["rates"][0], outcome["total"]):
        line.update(dict.fromkeys((*HIDDEN, "n")), hidden=reasons)
    return result


def _changed() -> Result:
    result = proposed()
    change = {"date": "2026-08-01", "note": "na het rapport over 2026-Q2", "changed": ["de grens"]}
    terms = {"old_term_months": 20, "new_term_months": 22}
    hashes = {"old_hash": "1" * 64, "new_hash": "2" * 64}
    reason = "Het bestuur wilde het. Punt."
    result["criteria_changes"] = [{**change, **terms, **hashes, "reason": reason}]
    return result


def _later_start() -> Result:
    result = proposed()
    for item in result["criteria"]:
        item["first_month_with_evidence"] = 4
    return result


def _starts(*months: int) -> Result:
    """Return a proposal whose criteria are tested from these months on."""
    result = proposed()
    for item, month in zip(result["criteria"], months, strict=False):
        item["first_month_with_evidence"] = month
    return result


def _last_part() -> Result:
    result = overall_rate()
    result["outcomes"] = _even(lambda i: 50 + i)["outcomes"]
    return result


def _ended_by_a_row(**values: Any) -> Result:
    """Return a maximum on the whole of which the row from month 21 lies above it by itself."""
    result = _last_part()
    rows = [row(3 * i, 3 * i + 2, 1000, 30 if i == 7 else 1) for i in range(16)]
    result["outcomes"]["complaint"].update(rates=rows, total=row(0, 47, 16000, 45))
    result["criteria"][1].update(contradicted_from_month=21, threshold=0.008, **values)
    return result


def _close() -> Result:
    result = undetermined()
    result["criteria"][1]["last_month_with_evidence"] = 20
    return result


def _without_effects() -> Result:
    result = proposed()
    for outcome in result["outcomes"].values():
        for line in (*outcome["rates"], outcome["total"]):
            line["design_effect"] = None
    return result


def _one_changed() -> Result:
    result = _changed()
    result["criteria_changes"][0]["changed"] = [f"‘{result['criteria'][1]['name']}’: factor"]
    return result


def _decided(term: int, result: Result | None = None, **values: Any) -> Result:
    found = proposed() if result is None else result
    taken = {"decided_on": "2026-10-20", "decided_by": "Directeur", "reason": "Het moet. Echt."}
    found["decision"] = {"status": "decided", "term_months": term, **taken, **values}
    return found


def _left_out() -> Result:
    result = proposed()
    result["findings"] += [
        {"code": code, "count": count, "text": finding_text(code, count)}
        for code, count in (
            ("objection_after_unanswered_calls", 55),
            ("complaint_unattributed", 11),
        )
    ]
    return result


def doubtful(*codes: str, result: Result | None = None) -> Result:
    """Return a proposal of a history in which this was found."""
    found = proposed() if result is None else result
    found["findings"] += [
        {"code": code, "count": 12, "text": finding_text(code, 12)} for code in codes
    ]
    return found


def late_events() -> Result:
    """Return a history whose events begin too late for the calls of its first year."""
    result = proposed()
    years = {"after_objection": (30, 11), "beyond_cap": (0, 12), "no_earlier_event": (48, 0)}
    codes = {code: sum(counts) for code, counts in years.items()}
    result["findings"] = [
        {"code": code, "count": count, "text": finding_text(code, count)}
        for code, count in {**codes, "events_begin_late": 12}.items()
    ]
    rule = {"unit": "calls", "status": "checked", "verified": True, "sources": ["de Code"]}
    rules = [
        {
            **rule,
            "code": code,
            "count": sum(counts),
            "share": None,
            "by_year": [{"year": 2025 + at, "count": n} for at, n in enumerate(counts)],
        }
        for code, counts in years.items()
    ]
    result["compliance"] = {
        "rules": rules,
        "regimes": ["ctm-2024"],
        "called_after_objection": 0,
        "frequency": {"years": [], "buckets": [], "many": 0, "limit": 12},
        "afterwards": None,
        "late_events": {"begins_on": "2023-01-01", "reaches_from": "2026-01-01"},
    }
    return result


def late_events_and_later_breaches() -> Result:
    """Return one whose second year has calls without a relation, which are breaches."""
    result = late_events()
    for year, count in zip(result["compliance"]["rules"][-1]["by_year"], (38, 10), strict=True):
        year["count"] = count
    return result


def not_by_year(*codes: str) -> Result:
    """Return a history of which some rules have a count, but none that is told per year."""
    result = late_events()
    for rule in result["compliance"]["rules"]:
        if rule["code"] in codes:
            rule["by_year"] = []
    return result


def counted_from(*kinds: str) -> Result:
    """Return a proposal in which these kinds of relation give a ground."""
    result = proposed()
    for cell in result["relations"]["grounds"]:
        cell["ground"] = cell["kind"] in kinds
    return result


def with_complaints_of_people(limits: Sequence[float]) -> Result:
    """Return a proposal with upper limits on complaints, a month, two years and four long.

    With fewer limits there are rows of the first times only.
    """
    result = proposed()
    ends = zip((0, 1, 24), (0, 23, 47), limits, strict=False)
    result["incidence_since_contact"]["complaint"] = [
        {
            "month_from": first,
            "month_to": last,
            "mean_at_risk": 5000 - 90 * last,
            "events": None,
            "incidence": None,
            "incidence_lower": None,
            "incidence_upper": limit,
        }
        for first, last, limit in ends
    ]
    return result


def with_reach(first: float, last: float) -> Result:
    """Return a proposal in which all rows but the first and the last reached 35 in a hundred."""
    result = proposed()
    for line in result["composition"]:
        line["reached_share"] = 0.35
    result["composition"][0]["reached_share"] = first
    result["composition"][-1]["reached_share"] = last
    return result


def of_one_height(status: str = "ok") -> Result:
    """Return a proposal with the term that a curve of one height gives, which had a status."""
    result = proposed()
    result["sensitivity"].append(other_choice("family", "constant", 24))
    for outcome in result["outcomes"].values():
        for fit in outcome["fits"]:
            if fit["family"] == "constant":
                fit["status"] = status
    return result


def only_late_events() -> Result:
    """Return a history that went against no rule for certain."""
    result = late_events()
    codes = {"no_earlier_event", "events_begin_late"}
    result["findings"] = [item for item in result["findings"] if item["code"] in codes]
    rules = result["compliance"]["rules"]
    result["compliance"]["rules"] = [rule for rule in rules if rule["code"] in codes]
    return result


def _measures(*values: Result) -> Result:
    result = proposed()
    result["measures"] = [{**result["measures"][0], **one} for one in values]
    return result


def _open_measures(*times: str) -> Result:
    result = proposed()
    codes = (
        "after_objection",
        "objection_processed_late",
        *times,
        "beyond_cap",
        "no_earlier_event",
    )
    result["gaps"] = [f"measures.{code}" for code in codes]
    return result


def _others(*terms: int | None) -> Result:
    """Return a proposal beside other choices that give these terms."""
    result = proposed()
    result["sensitivity"] = [
        other_choice("without_campaign", f"2025-{at}", term, None, status)
        for at, term in enumerate(terms, 10)
        for status in ["no_term" if term is None else "proposed"]
    ]
    return result


def _curves(*families: str) -> Result:
    """Return a proposal with a shorter term by each of these curves alone."""
    result = proposed()
    result["sensitivity"] = [other_choice("family", family, 17) for family in families]
    return result


VARIATIONS: dict[str, Callable[[], Result]] = {
    "override": lambda: _with(regime={"override_reason": "Wij volgen de oude code. Zo is het."}),
    "membership": lambda: _with(relations={"membership_reason": "Leden geven. Zij kopen niet."}),
    "longer": lambda: _with(proposal={"current_term_months": 12}),
    "attempts": lambda: _with(settings={"denominator": "call"}),
    "two campaigns": lambda: _with(clustering={"campaigns": 2, "campaigns_resampled": False}),
    "few months": lambda: _with(clustering={"campaigns_share_few_months": True}),
    "argued": _horizon,
    "weighed": _weighed,
    "kept rows": lambda: _kept(5),
    "kept outcome": lambda: _kept(16),
    "few": lambda: _complaints(**dict.fromkeys(HIDDEN), hidden={"k": "few"}),
    "few others": lambda: _complaints(
        **dict.fromkeys(HIDDEN), rate_upper=1.0, hidden={"k": "few_others"}
    ),
    "none": lambda: _complaints(k=0, rate=0.0, rate_lower=0.0),
    "withheld": _withheld,
    "slow rise": lambda: _even(lambda i: 40 + i),
    "bend": lambda: _even(lambda i: 120 - 12 * min(i, 15 - i)),
    "criteria changed": _changed,
    "late start": _later_start,
    "months from one on": lambda: _starts(*[1] * len(proposed()["criteria"])),
    "months from one on for one criterion": lambda: _starts(1),
    "months that begin after calling does": lambda: {
        **_starts(*[7] * len(proposed()["criteria"])),
        "not_before": {"month": 6, "reason": "Dan pas."},
    },
    "last part": _last_part,
    "a row that ends a maximum on the whole": _ended_by_a_row,
    "a row that leaves no maximum on the whole": lambda: _ended_by_a_row(
        status="too_little_data", term_months=None
    ),
    "close": _close,
    "without design effects": _without_effects,
    "one criterion changed": _one_changed,
    "reports that are in no rate": _left_out,
    "one doubt": lambda: doubtful("months_without_events"),
    "two doubts": lambda: doubtful("few_customer_match_events", "months_without_events"),
    "every doubt": lambda: doubtful(*DOUBTS),
    "a doubt without a term": lambda: doubtful("silent_campaigns", result=no_term()),
    "a doubt that was decided on": lambda: _decided(12, doubtful(*DOUBTS, result=no_term())),
    "events begin late": late_events,
    "events begin late and later calls are breaches": late_events_and_later_breaches,
    "events begin late and nothing else": only_late_events,
    "a rule without counts per year": lambda: not_by_year("after_objection"),
    "rules without counts per year": lambda: not_by_year("after_objection", "beyond_cap"),
    "contracts and purchases": lambda: counted_from("purchase", "contract"),
    "contracts and gifts": lambda: counted_from("donation", "contract"),
    "services": lambda: counted_from("service"),
    "a limit on people that holds on": lambda: with_complaints_of_people((0.02, 0.02, 0.03)),
    "a limit on people that does not": lambda: with_complaints_of_people((0.01, 0.04, 0.05)),
    "a reach that is lowest at first": lambda: with_reach(0.3, 0.35),
    "a reach that is highest at last": lambda: with_reach(0.35, 0.4),
    "a reach that rises": lambda: with_reach(0.3, 0.4),
    "a reach that stays": lambda: with_reach(0.35, 0.35),
    "a limit on people over a month only": lambda: with_complaints_of_people((0.01,)),
    "a curve of one height": of_one_height,
    "a curve of one height that was not fitted": lambda: of_one_height("not_converged"),
    "calls that bring their months": lambda: _with(
        relations={"kinds_from": "stated", "stated": ["donation"]}
    ),
    "no condition answered": lambda: {
        **proposed(),
        "gaps": [f"conditions.{code}" for code in CONDITION_TEXTS],
    },
    "every condition but one unanswered": lambda: {
        **proposed(),
        "gaps": [f"conditions.{code}" for code in [*CONDITION_TEXTS][1:]],
    },
    "every other choice is shorter": lambda: _others(10, 11, 12),
    "both other choices are shorter": lambda: _others(10, 11),
    "the only other choice is shorter": lambda: _others(10),
    "one curve gives the shortest term": lambda: _curves("power"),
    "two curves give the shortest term": lambda: _curves("power", "spline4"),
    "three curves give the shortest term": lambda: _curves("power", "spline4", "spline6"),
    "seven campaigns of which each gives the same term": lambda: _others(*[21] * 7),
    "eight campaigns of which one gives another term": lambda: _others(*[21] * 7, 20),
    "every other choice leaves no term": lambda: _others(None, None, None),
    "decided longer": lambda: _decided(40),
    "decided shorter": lambda: _decided(12),
    "decided on nobody": lambda: _decided(0),
    "decided before the data": lambda: _decided(22, decided_on="2026-09-01"),
    "decided above the cap": lambda: _decided(40, request(40, 48)),
    "decided within a request": lambda: _decided(38, request()),
    "decided without a ground": lambda: _decided(12, not_allowed()),
    "decided without data": lambda: _decided(12, undetermined()),
    "decided without a term": lambda: _decided(12, no_term()),
    "measures of every kind": lambda: _measures(
        {"done_on": "2026-10-01"}, {"by": "2026-10-01"}, {"measure": "", "owner": "", "by": None}
    ),
    "no measure": _measures,
    "many measures to write": lambda: _open_measures("forbidden_day", "outside_hours"),
    "many measures to write, of days": lambda: _open_measures("forbidden_day"),
    "many measures to write, of no times": _open_measures,
    "other measure": lambda: _measures({"finding": "beyond_cap"}),
}


def earlier_quarters() -> list[Result]:
    """Return results of three quarters before, the oldest first."""
    found = [undetermined(), cap_bound(), proposed()]
    for result, period in zip(found, ("2025-Q4", "2026-Q1", "2026-Q2"), strict=True):
        result["period"] = period
    found[1]["criteria_hash"] = "1" * 64
    found[2]["proposal"]["term_months"] = 20
    return found
