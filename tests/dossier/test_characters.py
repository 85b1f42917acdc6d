"""What a dossier says is printed in full, or refused with the characters named."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from balanstest_analysis.document.blocks import Paragraph, literal
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DossierError
from balanstest_analysis.report.exporters import pdf_document
from tests.report.test_exporters import notebook
from tests.source_code import ROOT

EUROPEAN = (
    "Één naïef façade — “über” ‘señor’ Łódź čeština İstanbul ő ß æ ø Привет Ελλάδα € ½ × ≤ ≥ …"
)


def dossier_with(words: str, folder: Path) -> Path:
    """Write the dossier of the sample with another answer to 3a, and an article with a name."""
    shutil.copytree(ROOT / "data" / "sample", folder / "sample")
    path = folder / "sample" / "balanstest.toml"
    text = path.read_text("utf-8")
    start = text.index("3a = ") if "\n3a = " in text else text.index('"3a" = ')
    end = text.index('"""', text.index('"""', start) + 3)
    path.write_text(f"{text[:end]} {words}{text[end:]}", "utf-8")
    return path


def test_letters_of_the_languages_of_europe_are_accepted_and_printed(
    tmp_path: Path,
) -> None:
    assert load_dossier(dossier_with(EUROPEAN, tmp_path))
    paper = PdfReader(io.BytesIO(pdf_document(notebook(Paragraph(text=literal(EUROPEAN))))))
    text = paper.pages[0].extract_text()
    assert "[?]" not in text
    assert all(word in " ".join(text.split()) for word in EUROPEAN.split())


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("日本", "日 (U+65E5, Cjk unified ideograph-65e5), 本 (U+672C"),
        ("مرحبا", "م (U+0645, Arabic letter meem)"),
        ("สวัสดี", "ส (U+0E2A, Thai character so sua)"),
        ("fijn 🙂", "🙂 (U+1F642, Slightly smiling face)"),
    ],
)
def test_a_dossier_that_could_not_be_printed_is_refused_by_key_and_character(
    words: str, named: str, tmp_path: Path
) -> None:
    with pytest.raises(DossierError) as refused:
        load_dossier(dossier_with(words, tmp_path))

    assert "`balanstest.toml`: `answers.3a` has characters that the fonts" in str(refused.value)
    assert named in str(refused.value)
    assert "Write them in other letters." in str(refused.value)


def test_many_characters_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="and 4 more"):
        load_dossier(dossier_with("กขฃคฅฆงจฉชซฌ", tmp_path))


def test_a_letter_in_two_pieces_is_the_letter(tmp_path: Path) -> None:
    assert load_dossier(dossier_with("e\u0301e\u0301n", tmp_path))
