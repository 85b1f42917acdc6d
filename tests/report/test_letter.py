"""The letter to the committee says what is asked, on which ground, and what is sent with it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest

from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.bundle.inventory import Entry
from balanstest_analysis.report.bundle.letter import request_letter
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.report_cases import Case, report_of

ANNEXES = (Entry(path="bijlagen/DPIA één.pdf", role="annex", content=b""),)
Made = Callable[[Case], Onderbouwing]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("gevallen")
    return lambda case: report_of(case, folder)


def letter_of(report: Onderbouwing, result: PublishedResult | None = None) -> list[str]:
    content = request_letter(result or report.result, report.dossier, ANNEXES)
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.text]


def test_a_request_says_what_is_asked_and_why(made: Made) -> None:
    shown = letter_of(made(Case(asked=48)))

    assert "Aanvraag van een advies over een klanttermijn van 48 maanden" in shown
    whole = " ".join(shown)
    assert "Aan het Compliance Comité" in whole
    assert "termijn van 48 maanden" in whole
    assert "meer dan 36 maanden is uw positieve advies vooraf nodig" in whole
    assert "Telecommunicatiewet vanaf 1 juli 2026" in whole
    assert "giften" in whole
    assert "DPIA één.pdf [korte omschrijving]." in shown


def test_without_a_request_no_advice_is_asked_for(made: Made) -> None:
    shown = letter_of(made(Case()))

    assert "Balanstest klanttermijn, ter kennisneming" in shown
    assert "Wij vragen uw advies" not in " ".join(shown)
    assert "geen advies van het Compliance Comité nodig" in " ".join(shown)


def test_open_conditions_and_open_parts_are_told(made: Made) -> None:
    whole = " ".join(letter_of(made(Case(conditions="unanswered", answers="some"))))

    assert "‘mogelijkheid tot verzet geboden’" in whole
    assert "volgens ons voldaan" not in whole
    assert "[Nog niet verzenden: in het rapport moeten" in whole


def test_a_whole_report_is_not_said_to_be_open(made: Made) -> None:
    report = made(Case())

    assert "Nog niet verzenden" not in " ".join(letter_of(report, replace(report.result, gaps=())))


def test_under_older_rules_no_ground_is_claimed(made: Made) -> None:
    whole = " ".join(letter_of(made(Case(regime="ctm-2020"))))

    assert "Code Telemarketing 2020" in whole
    assert "beroepen wij ons op" not in whole


def test_what_only_the_sender_knows_stands_in_yellow(made: Made) -> None:
    report = made(Case())
    content = request_letter(report.result, None, ())
    document = docx.Document(io.BytesIO(content))

    yellow = {r.text for p in document.paragraphs for r in p.runs if r.font.highlight_color}
    assert {"[adres van het comité]", "[naam en functie]"} <= yellow
    assert all(text.startswith("[") for text in yellow)
    assert content == request_letter(report.result, None, ())


def test_who_signs_the_report_sends_the_letter(made: Made) -> None:
    report = made(Case())

    assert letter_of(report)[-1] == f"[naam], {report.dossier.review.signatories[0]}"
