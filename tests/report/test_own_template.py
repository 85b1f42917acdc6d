"""The organisation's own copy of the template is read question by question."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import docx
import pytest
from docx.document import Document

from balanstest_analysis.dossier.questionnaire import looked_for, printed, questionnaire
from balanstest_analysis.errors import DataError
from balanstest_analysis.report.answers.exchange import import_answers
from tests.edited_forms import bytes_of
from tests.project.test_house_rules import ROOT

SAMPLE = ROOT / "data" / "sample" / "balanstest.toml"
SEEDS = ROOT.parent / "shared" / "seeds"
FILES = {
    "opt-in": "000_2fb5e64d864556c0.txt",
    "bel-me-niet": "001_576fa1b73035accf.txt",
}
TITLES = ("Klantrelatie", "Impact telemarketing activiteiten", "Afweging", "Onderbouwing")


def dossier_of(template: str, folder: Path) -> Path:
    text = SAMPLE.read_text("utf-8").replace('template = "opt-in"', f'template = "{template}"')
    if template == "bel-me-niet":
        text = re.sub(r'^"(1e|2d)" = """.*?"""\n', "", text, flags=re.MULTILINE | re.DOTALL)
    file = folder / "balanstest.toml"
    file.write_text(text, "utf-8")
    return file


def asked(template: str, number: str) -> str:
    first, last = printed(template).questions[number]
    only = next((words for words in printed(template).only if words.startswith(first)), first)
    return only if only.endswith(last) else f"{only} … {last}"


def answer(document: Document, number: str) -> None:
    document.add_paragraph(f"Ons antwoord op {number}.")
    document.add_paragraph(f"punt {number}", style="List Bullet")


def filled_in(template: str, *, letters: bool = True) -> Document:
    """Return a copy of the template with an answer below each question, as it is printed."""
    document, chapter = docx.Document(), ""
    for number in printed(template).questions:
        if number[0] != chapter:
            chapter = number[0]
            document.add_paragraph(f"{chapter}. {TITLES[int(chapter) - 1]}")
        label = f"{number[1]}. " if letters and number[1:] else ""
        document.add_paragraph(f"{label}{asked(template, number)}")
        answer(document, number)
    return document


def read(document: Document, dossier: Path) -> dict[str, str]:
    file = dossier.with_name("sjabloon.docx")
    file.write_bytes(bytes_of(document))
    import_answers(dossier, file)
    return dict(tomllib.loads(dossier.read_text("utf-8"))["answers"])


@pytest.mark.parametrize("letters", [True, False], ids=["letters", "numbered by Word"])
@pytest.mark.parametrize("template", FILES)
def test_every_answer_comes_below_its_own_question(template, letters, tmp_path: Path) -> None:
    answers = read(filled_in(template, letters=letters), dossier_of(template, tmp_path))

    assert {number: text.strip() for number, text in answers.items()} == {
        number: f"Ons antwoord op {number}.\n\n- punt {number}"
        for number in questionnaire(template).numbers()
    }


@pytest.mark.parametrize("whole", [True, False], ids=["paragraphs", "lines"])
@pytest.mark.parametrize("template", FILES)
def test_the_templates_themselves_are_read(template: str, whole: bool, tmp_path: Path) -> None:
    text = (SEEDS / FILES[template]).read_text("utf-8").replace("*", "")
    lines = [re.sub(r"^- ", "", line.strip()) for line in text.splitlines() if line.strip()]
    if whole:
        joined = re.sub(r"\n(?![1-4]\. |[a-e]\. |[A-Z])", " ", "\n".join(lines))
        lines = joined.splitlines()
    document, chapter, number, shown = docx.Document(), "", "", ""
    for place, line in enumerate(lines):
        document.add_paragraph(line)
        chapter = line[0] if re.match(r"[1-4]\. ", line) else chapter
        begun = re.match(r"([a-e])\. ", line)
        number = f"{chapter}{begun[1]}" if begun else number
        shown = line if begun else f"{shown} {line}"
        last = printed(template).questions.get(number, ("", "\0"))[1].rstrip(".")
        if re.search(rf"{re.escape(last)}\.?$", shown):
            answer(document, number)
            number = ""
        if place == len(lines) - 1:
            answer(document, "4")

    answers = read(document, dossier_of(template, tmp_path))

    assert {number: text.strip() for number, text in answers.items()} == {
        number: f"Ons antwoord op {number}.\n\n- punt {number}"
        for number in questionnaire(template).numbers()
    }


def test_a_question_in_a_table_and_one_in_other_words_are_found(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("1. Klantrelatie")
    table = document.add_table(2, 2)
    for row, number in zip(table.rows, ("1a", "1b"), strict=True):
        row.cells[0].text = f"{number}. {asked('opt-in', number)}"
        row.cells[1].text = f"Antwoord {number}"
    document.add_paragraph("1c. Wat verkocht u eigenlijk? Boeken.")
    document.add_paragraph(asked("opt-in", "1d"))
    document.add_paragraph("Na acht jaar.")

    answers = read(document, dossier_of("opt-in", tmp_path))

    assert [answers[n].strip() for n in ("1a", "1b", "1c", "1d")] == [
        "Antwoord 1a",
        "Antwoord 1b",
        "Boeken.",
        "Na acht jaar.",
    ]
    assert answers["4"].strip().startswith("**Ons belang.**")


def test_what_is_left_empty_stays_as_the_dossier_has_it(tmp_path: Path) -> None:
    dossier = dossier_of("opt-in", tmp_path)
    document = docx.Document()
    for number in ("1a", "1b", "1c", "1d"):
        document.add_paragraph(asked("opt-in", number))
    file = tmp_path / "leeg.docx"
    file.write_bytes(bytes_of(document))

    imported = import_answers(dossier, file)

    assert imported.changes == ()
    assert "no answer to 1a, 1b, 1c, 1d, 1e" in imported.notes[1]


@pytest.mark.parametrize(("given", "own"), [("opt-in", "bel-me-niet"), ("bel-me-niet", "opt-in")])
def test_a_copy_of_the_other_version_is_refused(given: str, own: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=f"version `{given}` of the template"):
        read(filled_in(given), dossier_of(own, tmp_path))


def test_any_other_document_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Notulen van de vergadering.")
    shutil.copy(SAMPLE, tmp_path / "balanstest.toml")

    with pytest.raises(DataError, match="its questions are not in it"):
        read(document, tmp_path / "balanstest.toml")


@pytest.mark.parametrize("template", FILES)
def test_every_question_has_its_words_and_what_is_looked_for(template: str) -> None:
    questions = questionnaire(template)

    assert tuple(printed(template).questions) == questions.numbers()
    for question in questions.questions:
        for sentence in (*looked_for(question).committee, *looked_for(question).fg):
            assert sentence.endswith("?")


if not SEEDS.is_dir():  # the source documents stand beside the project, and not in it
    del test_the_templates_themselves_are_read
