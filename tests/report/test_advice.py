"""The sheet for the committee's advice: about one report, on one page, empty."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from balanstest_analysis.report.bundle.advice import advice_sheet
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.report_cases import Case, report_of

DIGEST = "0123456789abcdef" * 4
Made = Callable[[Case], Onderbouwing]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder: Path = tmp_path_factory.mktemp("gevallen")
    return lambda case: report_of(case, folder)


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("case", [Case(asked=48), Case(shape="sparse")], ids=["asked", "none"])
def test_it_names_the_report_and_leaves_the_advice_open(made: Made, case: Case) -> None:
    (page,) = pages(advice_sheet(made(case).result, DIGEST))

    words = " ".join(page.split())
    for choice in ("positief", "positief onder voorwaarden", "negatief", "aanvulling gevraagd"):
        assert choice in words
    for label in ("Termijn waarover", "Voorwaarden of", "Toelichting", "Datum en handtekening"):
        assert label in words
    assert f"Gevraagde termijn {'48 maanden' if case.asked else 'geen'}" in words
    assert "Vereniging Proef" in words
    assert DIGEST in re.sub(r"\s", "", page)


def test_the_same_report_gives_the_same_sheet(made: Made) -> None:
    result = made(Case()).result

    assert advice_sheet(result, DIGEST) == advice_sheet(result, DIGEST)
