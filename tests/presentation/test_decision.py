"""Proposal and decision stand beside each other, and what goes beyond the data is called that."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.document.blocks import Notice, Paragraph
from balanstest_analysis.presentation import chapters, conclusions
from balanstest_analysis.published.decision import DecisionNotRecorded
from tests.example_results import (
    cap_bound,
    dossier,
    no_term,
    not_allowed,
    proposed,
    published,
    request,
    undecided,
    undetermined,
)

CHANGE = {
    "date": "2026-11-20",
    "old_hash": "1a" * 32,
    "new_hash": "9b" * 32,
    "note": "vastgesteld na inzage van de uitkomsten",
    "changed": ["‘Verzet’: drempelwaarde van 6,6% naar 8%"],
    "reason": "Onze grens was te streng.",
    "old_term_months": 21,
    "new_term_months": None,
}
REASON = "Zo lang duurt een donateurschap."


def decided(result: dict[str, Any], term: int, on: str = "2026-10-20") -> dict[str, Any]:
    """Return a result with a decision."""
    result["decision"] = {
        "status": "decided",
        "term_months": term,
        "decided_on": on,
        "decided_by": "Directeur",
        "reason": REASON,
    }
    return result


def line(result: dict[str, Any]) -> str:
    return conclusions.decision_line(published(result))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (decided(proposed(), 22), "een klanttermijn van 22 maanden, gelijk aan het voorstel."),
        (decided(proposed(), 18), "18 maanden, 4 maanden korter dan het voorstel van 22 maanden."),
        (
            decided(proposed(), 30),
            "30 maanden, 8 maanden langer dan de gegevens onderbouwen (22 maanden). Genomen",
        ),
        (
            decided(proposed(), 48),
            "langer dan de gegevens onderbouwen (22 maanden). Voor meer dan 36 maanden is vooraf "
            "een positief advies van het Compliance Comité nodig.",
        ),
        (
            decided(cap_bound(), 40),
            "40 maanden. Voor meer dan 36 maanden is vooraf een positief advies",
        ),
        (decided(request(40, 48), 40), "40 maanden. Voor meer dan 36 maanden is vooraf"),
        (decided(no_term(), 24), "24 maanden. Dit besluit berust op redenering: er is geen"),
        (decided(undetermined(), 24), "24 maanden. Dit besluit berust op redenering: er is geen"),
        (
            decided(not_allowed(), 24),
            "24 maanden. Op grond van de klantrelatie is dat niet mogelijk.",
        ),
        (
            decided(proposed(), 0),
            "oud-klanten worden niet gebeld. Genomen op 20 oktober 2026",
        ),
        (
            decided(proposed(), 22, "2026-09-29"),
            "Genomen op 29 september 2026 door: Directeur. Dat is vóór de laatste dag van deze",
        ),
    ],
)
def test_a_decision_is_told_by_how_it_stands_to_the_proposal(
    result: dict[str, Any], words: str
) -> None:
    assert line(result).startswith("**Besluit van de organisatie:** ")
    assert words in line(result)


@pytest.mark.parametrize(("starts_on", "told"), [("2026-10-20", True), ("2026-10-21", False)])
def test_a_decision_under_later_rules_is_told_to_rest_on_those_of_before(
    starts_on: str, told: bool
) -> None:
    result = decided(proposed(), 22)
    result["later_rules"] = {"starts_on": starts_on, "has_ground": True}
    assert ("Op die dag golden de toegepaste regels niet meer." in line(result)) == told


def test_who_decided_and_when_stands_beside_the_proposal_on_page_one() -> None:
    page = chapters.front_page(published(decided(proposed(), 22)), dossier())
    box = next(b for b in page if isinstance(b, Notice) and b.kind == "proposal")
    first, last = box.blocks[0], box.blocks[-1]
    assert box.title == "Voorstel: een klanttermijn van ten hoogste 22 maanden"
    assert isinstance(first, Paragraph)
    assert first.text == (
        "**Besluit van de organisatie:** een klanttermijn van 22 maanden, gelijk aan het voorstel. "
        "Genomen op 20 oktober 2026, na de rapportdatum, door: Directeur."
    )
    assert isinstance(last, Paragraph)
    assert "Het voorstel is een rekenuitkomst en geen besluit" in last.text


def test_a_request_that_goes_beyond_the_decision_is_told() -> None:
    asked = proposed()
    asked["proposal"].update(route="request", requested_term_months=48)
    words = "De aanvraag voor een termijn van 48 maanden gaat verder dan dit besluit."
    assert words in line(decided(asked, 22))
    assert words not in line(decided(asked, 48))
    assert words not in line(decided(proposed(), 22))


def test_a_decision_that_was_not_taken_is_told_where_one_is_due() -> None:
    result = proposed()
    result["decision"] = undecided()
    assert line(result) == "**Besluit van de organisatie:** nog niet genomen."
    assert line(not_allowed()) == ""
    register = proposed()
    register["decision"] = undecided()
    register["regime"]["needs_no_test"] = True
    assert line(register) == ""


def test_a_report_of_before_decisions_says_nothing_of_one() -> None:
    old = proposed()
    del old["decision"], old["measures"]
    assert isinstance(published(old).decision, DecisionNotRecorded)
    assert line(old) == ""


@pytest.mark.parametrize(
    ("result", "code", "words"),
    [
        (decided(proposed(), 30), "decision_longer", "is 8 maanden langer dan de gegevens onderb"),
        (decided(cap_bound(), 40), "decision_above_cap", "is langer dan het voorstel. Voor meer"),
        (decided(no_term(), 24), "decision_argued", "berust op redenering: de gegevens leiden"),
    ],
)
def test_a_decision_beyond_the_data_is_the_first_counterpoint_with_its_reason(
    result: dict[str, Any], code: str, words: str
) -> None:
    result["regime"]["override_reason"] = "Eigen uitleg."
    first, second = conclusions.counterpoints(published(result))[:2]
    assert first.code == code
    assert words in first.text
    assert first.text.endswith(f"Haar reden: “{REASON}”")
    assert second.code == "rules_overridden"


@pytest.mark.parametrize("term", [22, 12, 0])
def test_a_decision_within_the_proposal_speaks_against_nothing(term: int) -> None:
    points = conclusions.counterpoints(published(decided(proposed(), term)))
    assert not any(point.code.startswith("decision") for point in points)


def test_without_a_proposal_the_decision_is_what_is_spoken_against() -> None:
    changed = {**decided(no_term(), 24), "criteria_changes": [CHANGE]}
    result = published(changed)
    codes = [point.code for point in conclusions.counterpoints(result)]
    assert codes == ["decision_argued", "criteria_changed", "breaches"]
    heading = chapters.against(result, dossier().review)[0]
    assert getattr(heading, "text", "") == "Wat tegen het besluit pleit"
    assert chapters.against(published(decided(not_allowed(), 24)), dossier().review) == ()


def test_a_request_beyond_the_decision_speaks_against_itself_with_the_reason() -> None:
    [point] = [
        point
        for point in conclusions.counterpoints(published(decided(request(40, 48), 22)))
        if point.code == "decision_below_request"
    ]
    assert (
        "besloot tot 22 maanden; dat is korter dan de 40 maanden die zij aanvraagt. Haar reden"
        in point.text
    )
    codes = [p.code for p in conclusions.counterpoints(published(decided(request(40, 48), 40)))]
    assert "decision_below_request" not in codes
