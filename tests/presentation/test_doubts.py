"""What makes an outcome doubtful is told where the terminal tells it: on page one as well."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.cli.checked import doubtful as doubtful_in_terminal
from balanstest_analysis.document.wording import BREACHES
from balanstest_analysis.document.wording.doubts import DOUBTS
from balanstest_analysis.history.findings import Finding, all_guides
from balanstest_analysis.presentation.chapters.account import findings, other_findings
from balanstest_analysis.presentation.conclusions import cautions, counterpoints
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.verification.claims import doubts as claims
from balanstest_analysis.verification.claims.reader import read
from tests.claim_variations import doubtful
from tests.example_results import dossier, no_term, proposed, published
from tests.presentation.test_claims import rendered

BEGIN = "De uitkomst is twijfelachtig door"
TWO = ("few_customer_match_events", "months_without_events")


def on_page_one(result: dict[str, Any]) -> str:
    return next((line for line in cautions(published(result)) if line.startswith(BEGIN)), "")


def against(result: dict[str, Any]) -> str:
    points = counterpoints(published(result))
    return next((one.text for one in points if one.code == "doubtful_data"), "")


def test_page_one_names_one_or_two_doubts_and_counts_more() -> None:
    assert on_page_one(doubtful(*TWO)).startswith(
        f"{BEGIN} wat over de gegevens is gevonden: gebelde klanten die bij de aankopen of giften "
        "ontbreken en aankopen of giften die te vroeg lijken te eindigen."
    )
    three = doubtful(*TWO, "silent_campaigns")
    assert on_page_one(three).startswith(f"{BEGIN} drie bevindingen over de gegevens.")


def test_every_doubt_is_a_point_against_the_proposal() -> None:
    told = against(doubtful(*DOUBTS))
    assert all(name in told for name in DOUBTS.values())
    assert "kan de termijn te lang of te kort zijn" in told


def test_without_a_term_page_one_points_to_the_findings() -> None:
    result = doubtful(*TWO, result=no_term())
    lines = cautions(published(result))
    found = [line.startswith(BEGIN) for line in lines].index(True)
    assert "Bevindingen over de belhistorie" in lines[found + 1]  # breaches have the same place
    assert against(result) == ""


def test_without_breaches_the_doubt_itself_says_where_more_of_it_stands() -> None:
    result = doubtful(*TWO)
    result["findings"] = [one for one in result["findings"] if one["code"] not in BREACHES]
    assert on_page_one(result).endswith("‘Wat tegen het voorstel pleit’]].")


def test_where_nothing_is_doubtful_nothing_is_said() -> None:
    result = doubtful("outside_hours", "months_without_calls")
    assert on_page_one(result) == against(result) == ""


@pytest.mark.parametrize("code", DOUBTS)
def test_a_doubt_stands_among_the_findings_and_not_in_an_appendix(code: str) -> None:
    result = published(doubtful(code))
    text = result.findings[-1].text
    assert text in "".join(map(str, findings(result, dossier())))
    assert text not in "".join(map(str, other_findings(result)))


def test_the_terminal_and_the_report_call_the_same_doubtful() -> None:
    found = [Finding(code=code, count=12) for code in all_guides()]
    reported = [one for one in found if not one.blocking]
    assert {*doubtful_in_terminal(reported)} == {*DOUBTS}
    months = {code for code in all_guides() if code.startswith("months_without_")}
    assert months - {*DOUBTS} == {"months_without_calls"}


def test_the_reader_of_reports_knows_every_doubt() -> None:
    assert claims.DOUBTS == DOUBTS


def test_a_reader_finds_a_page_that_is_silent_about_a_doubt() -> None:
    silent, result = rendered(published(proposed())), published(doubtful(*TWO))
    assert any(
        "is not told on page one" in str(one) for one in read(silent, to_json(result)).faults
    )


@pytest.mark.parametrize(
    ("said", "instead"),
    [("giften die te vroeg lijken", "giften die te laat lijken"), ("ontbreken en aank", "en aank")],
)
def test_a_reader_finds_what_was_changed(said: str, instead: str) -> None:
    result = published(doubtful(*TWO))
    html = rendered(result)
    assert said in html
    assert read(html.replace(said, instead), to_json(result)).faults != []
