"""Answers in Word and back: the dossier says what was written, and all else stays as it was."""

from __future__ import annotations

import contextlib
import json
import random
import re
import shutil
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement

from balanstest_analysis.cli.starter import write_starter
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, DataError, DossierError, UsageError
from balanstest_analysis.presentation.conclusions import counterpoints
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.answers.exchange import export_answers, import_answers
from balanstest_analysis.report.answers.rich_text import rich_text
from balanstest_analysis.report.run.run_directory import places_for
from tests.attached_files import PNG, zipped
from tests.attached_files import docx as small_docx
from tests.command_line import run_command
from tests.edited_forms import edit, filled, line, rewritten, with_table
from tests.example_results import proposed, published
from tests.filled_starters import filled as stated
from tests.office import NEEDS_OFFICE, converted
from tests.report_cases import Case, report_of

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "balanstest.toml"
FOREIGN = "Één naïeve Łódź, Ελληνικά, Кириллица: € 5, ½ en “aanhaling”; C:\\map, 2*3, a_b, <b>."


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "balanstest.toml"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uit")
    export_answers(SAMPLE, folder / "antwoorden.docx", reports=folder)
    return folder / "antwoorden.docx"


@pytest.fixture
def form(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


def said(dossier: Path) -> dict[str, Any]:
    return tomllib.loads(dossier.read_text("utf-8"))


def texts(form: Path) -> list[str]:
    return [p.text for p in docx.Document(str(form)).paragraphs]


def test_a_form_that_nobody_changed_changes_nothing(dossier: Path, form: Path) -> None:
    before = dossier.read_bytes()

    imported = import_answers(dossier, form)

    assert (imported.changes, imported.notes) == ((), ())
    assert dossier.read_bytes() == before


def test_the_same_dossier_gives_the_same_form(dossier: Path, form: Path, tmp_path: Path) -> None:
    export_answers(dossier, tmp_path / "nog.docx", reports=tmp_path)

    assert (tmp_path / "nog.docx").read_bytes() == form.read_bytes()


def test_a_form_asks_every_question_and_tells_what_is_looked_for(form: Path) -> None:
    shown = texts(form)

    assert "1d. Vervangingstermijn" in shown
    assert "Mag iemand na die tijd nog verwachten van u te horen?" in shown
    assert shown.count("Waar het comité op let") == 14
    for key in ("conditions.same_entity.met", "criteria[2].reason", "review.replies.breaches"):
        assert any(words.startswith(f"[{key}]") for words in shown)
    for key in ("measures[1].owner", "review.dpo_date", "decision.term_months", "processing.basis"):
        assert any(words.startswith(f"[{key}]") for words in shown)


def test_only_the_text_that_was_changed_changes_in_the_dossier(dossier: Path, form: Path) -> None:
    before = dossier.read_text("utf-8")
    edit(form, rewritten("answers.1d", "Na acht jaar.", FOREIGN))

    imported = import_answers(dossier, form)

    assert [change.field.key for change in imported.changes] == ["answers.1d"]
    answer = said(dossier)["answers"]["1d"]
    assert [p.spans[0].text for p in rich_text(answer)] == ["Na acht jaar.", FOREIGN]
    start, end = before.index('"1d" = """'), before.index('"1e" = """')
    after = dossier.read_text("utf-8")
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])


def test_lists_tables_and_marks_become_markdown(dossier: Path, form: Path) -> None:
    def write(document: Document) -> None:
        end = line(document, "answers.2d", below=True)
        end.insert_paragraph_before("Wij doen ", style="Normal").add_run("veel").bold = True
        for words, style in (("een", "List Bullet"), ("dieper", "List Bullet 2")):
            end.insert_paragraph_before(words, style=style)
        end.insert_paragraph_before("eerst", style="List Number")

    cells = [["Wat", "Wanneer | hoe"], ["blokkade", ""]]
    edit(form, rewritten("answers.2d"), write, with_table("answers.2d", cells))

    import_answers(dossier, form)

    assert said(dossier)["answers"]["2d"].splitlines() == [
        "Wij doen **veel**",
        "",
        "- een",
        "  - dieper",
        "1. eerst",
        "",
        "| Wat | Wanneer \\| hoe |",
        "|---|---|",
        "| blokkade |  |",
    ]


def test_values_on_a_line_are_read_as_a_person_writes_them(dossier: Path, form: Path) -> None:
    edit(
        form,
        filled("decision.term_months", "18 maanden"),
        filled("decision.decided_on", "21 oktober 2026"),
        filled("review.dpo_status", "Akkoord"),
        filled("review.dpo_followed", ""),
        filled("measures[2].by", "5-12-2026"),
        filled("conditions.same_entity.met", "nee"),
        rewritten("review.signatories", "Directeur", "Hoofd werving"),
    )

    import_answers(dossier, form)

    now = said(dossier)
    assert (now["decision"]["term_months"], str(now["decision"]["decided_on"])) == (
        18,
        "2026-10-21",
    )
    assert now["review"]["dpo_status"] == "agrees"
    assert "dpo_followed" not in now["review"]
    assert str(now["measures"][1]["by"]) == "2026-12-05"
    assert now["conditions"]["same_entity"]["met"] is False
    assert now["review"]["signatories"] == ["Directeur", "Hoofd werving"]


@pytest.mark.parametrize(
    ("key", "words", "named"),
    [
        ("decision.decided_on", "31 februari 2026", "a day, such as 8 oktober 2026"),
        ("conditions.same_entity.met", "misschien", "ja or nee"),
        ("decision.term_months", "Jan Jansen", "a number of months"),
        ("review.dpo_status", "prima", "akkoord onder voorwaarden"),
    ],
)
def test_a_value_of_another_kind_is_refused_without_being_quoted(
    dossier: Path, form: Path, key: str, words: str, named: str
) -> None:
    before = dossier.read_bytes()
    edit(form, filled(key, words))

    with pytest.raises(DataError) as refused:
        import_answers(dossier, form)

    assert f"`{key}`" in str(refused.value)
    assert named in str(refused.value)
    assert words not in str(refused.value)
    assert dossier.read_bytes() == before


def test_comments_order_and_line_ends_stay(dossier: Path, tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8").replace(
        'dpo_status = "agrees_if"', '# van de FG zelf\ndpo_status = "agrees_if"  # let op'
    )
    dossier.write_bytes(text.replace("\n", "\r\n").encode())
    export_answers(dossier, tmp_path / "f.docx", reports=tmp_path)
    edit(
        tmp_path / "f.docx",
        filled("review.dpo_status", "akkoord"),
        rewritten("answers.1d", "Kort.", "Nog iets."),
    )

    import_answers(dossier, tmp_path / "f.docx")

    after = dossier.read_bytes().decode()
    assert '# van de FG zelf\r\ndpo_status = "agrees"  # let op\r\n' in after
    assert '"1d" = """\r\nKort.\r\n\r\nNog iets."""\r\n' in after
    assert after.count("\n") == after.count("\r\n")


def test_a_starter_is_filled_without_opening_it(tmp_path: Path) -> None:
    dossier = stated(write_starter(tmp_path / "nieuw"))
    form = tmp_path / "f.docx"
    before = dossier.read_text("utf-8")
    export_answers(dossier, form, reports=tmp_path)
    questions = ("1a", "1b", "1c", "1d", "1e", "2a", "2b", "2c", "2d", "3a", "4")
    conditions = [w.partition("]")[0][1:-4] for w in texts(form) if ".met]" in w]
    edit(
        form,
        *(rewritten(f"answers.{number}", f"Antwoord op {number}.") for number in questions),
        *(filled(f"{name}.met", "ja") for name in conditions),
        *(rewritten(f"{name}.explanation", "Zo is het.") for name in conditions),
        rewritten("criteria[1].reason", "Zo lang duurt een relatie."),
        filled("decision.term_months", "12"),
        rewritten("review.necessity", "Post volstaat niet."),
        rewritten("processing.basis", "Gerechtvaardigd belang."),
    )

    imported = import_answers(dossier, form)

    now = said(dossier)
    assert len(conditions) == 5
    assert now["conditions"]["opt_out_offered"] == {"met": True, "explanation": "Zo is het."}
    assert now["answers"]["4"].strip() == "Antwoord op 4."
    assert now["decision"]["decided_by"] == "NOG IN TE VULLEN"
    assert {"review.people_asked", "organisation.name"} <= set(imported.gaps)
    assert not {"1a", "4", "conditions.same_entity", "processing.basis"} & set(imported.gaps)
    comments = [one for one in before.splitlines() if one.startswith("#")]
    assert [one for one in comments if one not in dossier.read_text("utf-8")] == []
    assert load_dossier(dossier).criteria[0].reason == "Zo lang duurt een relatie."


def test_what_is_emptied_becomes_a_gap(dossier: Path, form: Path) -> None:
    edit(form, rewritten("answers.1d"), rewritten("criteria[1].reason"))

    assert set(import_answers(dossier, form).gaps) == {"criteria[1]", "1d"}


def test_a_criterion_that_could_not_be_tested_is_set_aside_in_word(tmp_path: Path) -> None:
    dossier = stated(write_starter(tmp_path / "starter"))
    untested = """
[[criteria]]
name = "verzet [a]"
kind = "maximum_rate"
outcome = "objection"
threshold = 0.08  # van het bestuur
reason = "meer stoort"
"""
    dossier.write_text(f"{dossier.read_text('utf-8')}{untested}", "utf-8")
    report = published(proposed())
    folder = tmp_path / "reports" / load_dossier(dossier).series.folder
    place = folder / load_dossier(dossier).period
    place.mkdir(parents=True)
    proposal = replace(report.proposal, untested=("verzet [a]",))
    content = to_json(replace(report, proposal=proposal))
    (place / "resultaat.json").write_text(json.dumps(content), "utf-8")
    form = tmp_path / "f.docx"

    export_answers(dossier, form, reports=tmp_path / "reports")
    key = "set_aside.criterion_2.reason"
    edit(form, rewritten(key, "Dit wordt pas sinds kort bijgehouden."))
    [change] = import_answers(dossier, form).changes
    assert change.field.key == key
    due = {
        "criterion": "verzet [a]",
        "threshold": 0.08,
        "reason": "Dit wordt pas sinds kort bijgehouden.",
    }
    assert said(dossier)["set_aside"] == [due]
    assert load_dossier(dossier).set_aside[0].is_about(load_dossier(dossier).criteria[1])

    export_answers(dossier, form, reports=tmp_path, force=True)
    edit(form, rewritten(key))
    import_answers(dossier, form)
    assert "set_aside" not in said(dossier)


def test_half_a_decision_is_refused(dossier: Path, form: Path) -> None:
    edit(form, filled("decision.term_months", ""))

    with pytest.raises(DataError, match=r"leaves `decision\.term_months` empty"):
        import_answers(dossier, form)


def test_a_whole_decision_can_be_taken_back(dossier: Path, form: Path) -> None:
    edit(
        form,
        *(filled(f"decision.{key}", "") for key in ("term_months", "decided_on", "decided_by")),
        rewritten("decision.reason"),
    )

    assert import_answers(dossier, form).gaps == ("decision",)
    assert "decision" not in said(dossier)


def test_a_form_of_an_older_dossier_is_refused(dossier: Path, form: Path) -> None:
    edit(form, rewritten("answers.1d", "Anders."))
    dossier.write_text(dossier.read_text("utf-8").replace("term_months = 21", "term_months = 20"))

    with pytest.raises(DataError, match="changed after the Word file was made"):
        import_answers(dossier, form)


def test_a_comment_more_makes_a_dossier_no_other(dossier: Path, form: Path) -> None:
    edit(form, rewritten("answers.1d", "Anders."))
    dossier.write_text(f"{dossier.read_text('utf-8')}\n# nog een opmerking\n")

    assert len(import_answers(dossier, form).changes) == 1


def test_a_form_of_another_dossier_is_refused(dossier: Path, form: Path) -> None:
    text = dossier.read_text("utf-8").replace("De Fictieve Vuurtoren", "Het Andere Licht")
    dossier.write_text(text)

    with pytest.raises(DataError, match="made of another dossier"):
        import_answers(dossier, form)


def test_what_the_dossier_could_not_be_is_not_written(dossier: Path, form: Path) -> None:
    before = dossier.read_bytes()
    edit(form, filled("measures[1].done_on", "1 januari 2030"))

    with pytest.raises(DossierError, match="done_on"):
        import_answers(dossier, form)
    assert dossier.read_bytes() == before


def remove(key: str, *, below: bool = False) -> Any:
    def change(document: Document) -> None:
        paragraph = line(document, key, below=below)._p
        paragraph.getparent().remove(paragraph)

    return change


def write_on(key: str) -> Any:
    return lambda document: line(document, key).add_run(" en nog iets")


def double(key: str) -> Any:
    return lambda document: line(document, key).insert_paragraph_before(line(document, key).text)


SPOILT = {
    "gone": remove("answers.1d"),
    "end gone": remove("answers.1d", below=True),
    "written on": write_on("answers.1d"),
    "doubled": double("answers.1d"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_grey_line_that_is_not_as_it_was_is_refused(dossier: Path, form: Path, spoil) -> None:
    edit(form, spoil)

    with pytest.raises(DataError, match="The grey lines of `answers"):
        import_answers(dossier, form)


def test_tracked_changes_and_pictures_are_refused(dossier: Path, form: Path) -> None:
    def track(document: Document) -> None:
        line(document, "answers.1d")._p.append(OxmlElement("w:ins"))

    copy = Path(shutil.copy(form, form.with_name("k.docx")))
    edit(copy, track)
    with pytest.raises(DataError, match="tracked changes"):
        import_answers(dossier, copy)

    def draw(document: Document) -> None:
        run = line(document, "answers.1d", below=True).insert_paragraph_before().add_run()
        run._r.append(OxmlElement("w:drawing"))

    edit(form, draw)
    with pytest.raises(
        DataError, match=r"a picture, a symbol, an object or a note at `answers\.1d`"
    ):
        import_answers(dossier, form)


def test_what_is_written_beside_the_places_is_told(dossier: Path, form: Path) -> None:
    edit(form, lambda document: line(document, "answers.1d").insert_paragraph_before("Let op!"))

    imported = import_answers(dossier, form)

    assert imported.changes == ()
    assert "outside of the places" in imported.notes[0]


def test_the_facts_of_a_report_stand_in_the_form(dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "cijfers").mkdir()
    result = report_of(Case(), tmp_path / "cijfers").result
    run = places_for(load_dossier(dossier), tmp_path / "reports").target
    run.mkdir(parents=True)
    (run / "resultaat.json").write_text(json.dumps(to_json(result)), "utf-8")

    assert export_answers(dossier, tmp_path / "f.docx", reports=tmp_path / "reports")

    shown = texts(tmp_path / "f.docx")
    assert shown.count("Wat het rapport hierover zegt") > 10
    for code in (point.code for point in counterpoints(result)):
        assert any(words.startswith(f"[review.replies.{code}]") for words in shown)
    assert any(words.startswith("Over alle maanden samen") for words in shown)
    assert import_answers(dossier, tmp_path / "f.docx").changes == ()


def test_a_report_that_cannot_be_read_is_named(dossier: Path, tmp_path: Path) -> None:
    run = places_for(load_dossier(dossier), tmp_path / "reports").target
    run.mkdir(parents=True)
    (run / "resultaat.json").write_text("{}")

    with pytest.raises(DataError, match="of the report of this dossier cannot be read"):
        export_answers(dossier, tmp_path / "f.docx", reports=tmp_path / "reports")
    assert not (tmp_path / "f.docx").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"PK\x03\x04 broken",
        small_docx(),
        zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "x" * 10}),
        zipped({"word/document.xml": "0" * 41_000_000}),
        zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        zipped({"word/document.xml": "<?xml version='1.0'?><a/>".encode("utf-16")}),
        zipped({f"word/{n}.xml": "" for n in range(2001)}),
        PNG,
    ],
    ids=["pdf", "broken", "no types", "no word", "bomb", "entity", "utf-16", "parts", "png"],
)
def test_what_is_no_word_file_is_refused_in_one_sentence(
    dossier: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    before = dossier.read_bytes()

    with pytest.raises(DataError) as refused:
        import_answers(dossier, tmp_path / "x.docx")

    assert str(refused.value).startswith("`x.docx` ")
    assert "\n" not in str(refused.value)
    assert dossier.read_bytes() == before


def test_a_damaged_form_is_read_as_it_is_or_refused_in_a_sentence(dossier, made, tmp_path) -> None:
    chance = random.Random(18)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = dossier.read_bytes()
    for number in range(15):
        name = chance.choice(["word/document.xml", "word/numbering.xml", "word/styles.xml"])
        tags = sorted(set(re.findall(rb"<w:(\w+)", parts[name])))
        tag = chance.choice(tags)
        other = chance.choice([b"<w:p", b"<w:x", b"<w:tbl", b"<w:numId"])
        damaged = parts[name].replace(b"<w:" + tag, other).replace(b"</w:" + tag, b"</" + other[1:])
        file = tmp_path / f"{number}.docx"
        file.write_bytes(zipped({**parts, name: damaged}))
        with contextlib.suppress(BalanstestError):
            import_answers(dossier, file, dry=True)
    assert dossier.read_bytes() == before


def test_a_word_file_that_is_not_there_or_is_there_already_is_refused(dossier, form) -> None:
    with pytest.raises(UsageError, match="no file"):
        import_answers(dossier, form.with_name("weg.docx"))
    with pytest.raises(UsageError, match="may have been written in"):
        export_answers(dossier, form)
    with pytest.raises(UsageError, match=r"ends in \.docx"):
        export_answers(dossier, form.with_suffix(".txt"))


def test_the_command_shows_the_difference_and_what_is_open(dossier: Path, form: Path) -> None:
    before = dossier.read_bytes()
    edit(form, rewritten("answers.1d", "Na acht jaar."), rewritten("processing.basis"))
    folder = dossier.parent

    tried = run_command("answers", dossier, "--import", form, "--dry-run", cwd=folder)
    assert dossier.read_bytes() == before
    done = run_command("answers", dossier, "--import", form, cwd=folder)

    assert (tried.returncode, done.returncode) == (0, 0)
    assert "  + Na acht jaar." in done.stdout
    assert "  - Een donateurschap slijt niet" in done.stdout
    assert "processing.basis" in done.stdout.split("Still to be filled in")[1]
    assert "2 texts changed." in done.stdout
    assert run_command("answers", dossier, cwd=folder).returncode == 2
    made = run_command("answers", dossier, "--export", "nieuw.docx", cwd=folder)
    assert (made.returncode, made.stdout.strip()) == (0, "nieuw.docx")
    assert "No report of this dossier was found" in made.stderr


@NEEDS_OFFICE
def test_libreoffice_may_save_a_form_in_between(dossier: Path, form: Path, tmp_path: Path) -> None:
    edit(
        form,
        rewritten("answers.1d", "Na acht jaar.", FOREIGN),
        filled("decision.term_months", "20"),
    )
    form.write_bytes(converted(form.read_bytes(), tmp_path, after="docx"))

    imported = import_answers(dossier, form)

    assert [change.field.key for change in imported.changes] == [
        "answers.1d",
        "decision.term_months",
    ]
    assert imported.notes == ()
    words = [part.spans[0].text for part in rich_text(said(dossier)["answers"]["1d"])]
    assert words == ["Na acht jaar.", FOREIGN]


def test_every_refusal_is_an_error_of_ours(dossier: Path, form: Path) -> None:
    edit(form, lambda document: document.element.body.clear())

    with pytest.raises(BalanstestError):
        import_answers(dossier, form)
