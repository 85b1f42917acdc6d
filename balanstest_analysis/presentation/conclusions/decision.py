"""What the organisation decided, and how that stands to what the data support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.counterpoint import Counterpoint
from balanstest_analysis.presentation.conclusions.set_aside import reason_of
from balanstest_analysis.published.decision import Decision, DecisionNotRecorded
from balanstest_analysis.published.result import PublishedResult

Standing = Literal[
    "impossible", "argued", "nobody", "shorter", "as_proposed", "above_cap", "longer"
]
_NAME = "**Besluit van de organisatie:**"


def standing_of(result: PublishedResult, decision: Decision) -> Standing:
    """Return how a decision stands to the proposal.

    Under a request the data may support more than is proposed: what is longer than the proposal
    and not longer than the criteria support is a term above the cap.

    Args:
        result: published.
        decision: of the organisation.
    """
    term, decided = result.proposal.term_months, decision.term_months
    if decided == 0:
        return "nobody"
    if result.proposal.status == "not_allowed":
        return "impossible"
    if term is None:
        return "argued"
    if decided > _supported(result, term):
        return "longer"
    if decided > term:
        return "above_cap"
    return "as_proposed" if decided == term else "shorter"


def _supported(result: PublishedResult, term: int) -> int:
    uncapped = result.proposal.uncapped_term_months
    return term if uncapped is None else uncapped


def decision_line(result: PublishedResult) -> str:
    """Return the decision as it stands beside the proposal; empty where there is none to take.

    Args:
        result: published.
    """
    decision = result.decision
    if isinstance(decision, DecisionNotRecorded):
        return ""
    if isinstance(decision, Decision):
        told = f"{_NAME} {_decided(result, decision)} {_taken(result, decision)}"
        return f"{told}{_below_request(result, decision)}{_outdated(result, decision)}"
    without = result.proposal.status == "not_allowed" or result.regime.needs_no_test
    return "" if without else f"{_NAME} nog niet genomen."


def _decided(result: PublishedResult, decision: Decision) -> str:
    words = f"een klanttermijn van {wording.months(decision.term_months)}"
    advice = _advice_needed(result, decision)
    match standing_of(result, decision):
        case "nobody":
            words, closing = "oud-klanten worden niet gebeld", "."
        case "impossible":
            closing = (
                ". Op grond van de klantrelatie is dat niet mogelijk. Een termijn kan de "
                "voorafgaande toestemming niet vervangen."
            )
        case "argued":
            closing = ". Dit besluit berust op redenering: er is geen voorstel."
        case "shorter":
            fewer = (result.proposal.term_months or 0) - decision.term_months
            closing = (
                f", {wording.months(fewer)} korter dan het voorstel van "
                f"{wording.months(result.proposal.term_months or 0)}."
            )
        case "as_proposed":
            closing = ", gelijk aan het voorstel."
        case "above_cap":
            closing = f".{advice}"
        case "longer":
            closing = f", {_longer(result, decision)}.{advice}"
    return f"{words}{closing}"


def _longer(result: PublishedResult, decision: Decision) -> str:
    supported = _supported(result, result.proposal.term_months or 0)
    more = wording.months(decision.term_months - supported)
    return f"{more} langer dan de gegevens onderbouwen ({wording.months(supported)})"


def _advice_needed(result: PublishedResult, decision: Decision) -> str:
    cap = result.regime.cap_months
    if cap is None or decision.term_months <= cap:
        return ""
    return (
        f" Voor meer dan {wording.months(cap)} is vooraf een positief advies van het Compliance "
        "Comité nodig."
    )


def _taken(result: PublishedResult, decision: Decision) -> str:
    by = literal(decision.decided_by).rstrip(".")
    day = wording.date(decision.decided_on)
    later = ", na de rapportdatum," if decision.decided_on > result.report_date else ""
    return f"Genomen op {day}{later} door: {by}."


def _below_request(result: PublishedResult, decision: Decision) -> str:
    """Return that more is asked of the committee than was decided."""
    asked = result.proposal.requested_term_months
    if result.proposal.route != "request" or asked is None or decision.term_months >= asked:
        return ""
    return f" De aanvraag voor een termijn van {wording.months(asked)} gaat verder dan dit besluit."


def _outdated(result: PublishedResult, decision: Decision) -> str:
    """Return what the day of the decision takes from it: data or rules of another day."""
    if decision.decided_on < result.data_through:
        return " Dat is vóór de laatste dag van deze gegevens; het besluit berust er dus niet op."
    later = result.later_rules
    if later is not None and decision.decided_on >= later.starts_on:
        return " Op die dag golden de toegepaste regels niet meer."
    return ""


def decision_points(result: PublishedResult) -> Iterator[Counterpoint]:
    """Yield that the decision goes beyond the data or the rules, or not as far as is asked.

    Args:
        result: published.
    """
    decision = result.decision
    if not isinstance(decision, Decision):
        return
    words = f"Het besluit van de organisatie, {wording.months(decision.term_months)},"
    reason = f"Haar reden: {reason_of(decision.reason)}"
    match standing_of(result, decision):
        case "longer":
            text = f"{words} is {_longer(result, decision)}.{_advice_needed(result, decision)}"
            yield Counterpoint(code="decision_longer", text=f"{text} {reason}")
        case "above_cap":
            text = f"{words} is langer dan het voorstel.{_advice_needed(result, decision)}"
            yield Counterpoint(code="decision_above_cap", text=f"{text} {reason}")
        case "argued":
            text = f"{words} berust op redenering: de gegevens leiden niet tot een voorstel."
            yield Counterpoint(code="decision_argued", text=f"{text} {reason}")
        case "impossible" | "nobody" | "shorter" | "as_proposed":
            pass
    if _below_request(result, decision):
        asked = wording.months(result.proposal.requested_term_months or 0)
        decided = wording.months(decision.term_months)
        text = (
            f"De organisatie besloot tot {decided}; dat is korter dan de {asked} die zij aanvraagt."
        )
        yield Counterpoint(code="decision_below_request", text=f"{text} {reason}")
