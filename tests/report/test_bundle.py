"""The bundle: what the committee gets, and what never leaves the house."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.bundle import bundle_report
from balanstest_analysis.report.run import run_report
from tests.attached_files import docx, odt, pdf, workbook
from tests.command_line import run_command
from tests.counted_dossier import write_smallest
from tests.report.test_run import SMALL
from tests.report_cases import Case, report_of

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
DPIA = pdf("Een DPIA.")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_smallest(tmp_path_factory.mktemp("dossier"))


@pytest.fixture(scope="module")
def made(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("uit")
    return run_report(dossier, output_dir=output, notebook=SMALL).directory


@pytest.fixture
def report(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "rapport" / made.name))


@pytest.fixture
def dpia(tmp_path: Path) -> Path:
    return written(tmp_path / "DPIA één.pdf", DPIA)


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def opened(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_bundle_holds_report_annexes_and_the_hash_of_each(report: Path, dpia: Path) -> None:
    made = bundle_report(report, attach=[dpia])

    inside = opened(made.path)
    manifest = json.loads(inside["manifest.json"])
    listed = {entry["path"]: entry for entry in manifest["files"]}
    assert set(listed) == set(inside) - {"manifest.json"}
    for path, entry in listed.items():
        assert entry["sha256"] == hashlib.sha256(inside[path]).hexdigest()
        assert entry["size"] == len(inside[path])
    assert manifest["report"] == "onderbouwing/onderbouwing.pdf"
    assert {path for path, entry in listed.items() if entry["role"] == "annex"} == {
        "bijlagen/DPIA één.pdf"
    }
    assert [path for path, entry in listed.items() if entry["role"] == "report"] == [
        manifest["report"]
    ]
    for file in report.rglob("*"):
        if file.is_file():
            path = f"onderbouwing/{file.relative_to(report).as_posix()}"
            assert inside[path] == file.read_bytes()


def test_the_page_in_dutch_says_what_to_read_and_what_is_an_annex(report, dpia) -> None:
    page = opened(bundle_report(report, attach=[dpia]).path)["LEESMIJ.txt"].decode()

    for words in (
        "Organisatie: Stichting Één & Twee",
        "derde kwartaal van 2026",
        "Status:      concept",
        "Begin met onderbouwing/onderbouwing.pdf",
        "Bijlagen van de organisatie",
        "bijlagen/DPIA één.pdf (",
        hashlib.sha256(DPIA).hexdigest(),
    ):
        assert words in page
    assert page.count("\n") == page.count("\r\n")


def test_without_annexes_the_page_says_so(report: Path) -> None:
    page = opened(bundle_report(report).path)["LEESMIJ.txt"].decode()

    assert "Er zijn geen bijlagen toegevoegd." in page


def with_result(report: Path, folder: Path, case: Case) -> Path:
    """Put the result of a case in a report, as its run would have written it."""
    folder.mkdir()
    content = json.dumps(to_json(report_of(case, folder).result)).encode()
    (report / "resultaat.json").write_bytes(content)
    manifest = json.loads((report / "manifest.json").read_text("utf-8"))
    manifest["files"]["resultaat.json"] = hashlib.sha256(content).hexdigest()
    (report / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return report


def test_a_letter_stands_beside_the_zip_and_the_sheet_for_the_advice_in_it(
    report, tmp_path
) -> None:
    made = bundle_report(with_result(report, tmp_path / "cijfers", Case(asked=48)))

    inside = opened(made.path)
    assert made.letter is not None
    assert made.letter.name.startswith("aanvraagbrief_stichting-een-twee_")
    assert made.letter.name not in inside
    assert inside["adviesblad.pdf"].startswith(b"%PDF")
    roles = {e["path"]: e["role"] for e in json.loads(inside["manifest.json"])["files"]}
    assert roles["adviesblad.pdf"] == "advice"
    assert "het blad waarop het comité zijn advies invult" in inside["LEESMIJ.txt"].decode()


def test_a_letter_that_was_edited_stays(report: Path, tmp_path: Path) -> None:
    report = with_result(report, tmp_path / "cijfers", Case())
    letter = bundle_report(report).letter
    assert letter is not None
    letter.write_bytes(b"bewerkt")

    assert bundle_report(report, force=True).letter == letter
    assert letter.read_bytes() == b"bewerkt"


def test_where_nothing_can_be_asked_there_is_no_letter(report: Path, tmp_path: Path) -> None:
    assert bundle_report(report).letter is None

    made = bundle_report(
        with_result(report, tmp_path / "cijfers", Case(sector="commercial")), force=True
    )
    assert made.letter is None
    assert "adviesblad.pdf" not in opened(made.path)


def test_the_same_report_and_annexes_give_the_same_bytes(report: Path, dpia: Path) -> None:
    first = bundle_report(report, attach=[dpia]).path.read_bytes()
    second = bundle_report(report, attach=[dpia], force=True).path.read_bytes()

    assert first == second


def test_a_bundle_that_is_there_is_only_replaced_with_force(report: Path, dpia: Path) -> None:
    path = bundle_report(report).path
    before = path.read_bytes()

    with pytest.raises(UsageError, match="there already"):
        bundle_report(report, attach=[dpia])
    assert path.read_bytes() == before
    assert bundle_report(report, attach=[dpia], force=True).path.read_bytes() != before


def test_a_bundle_leaves_the_report_as_it_was_and_nothing_beside_it(report: Path) -> None:
    before = sorted(report.rglob("*"))
    path = bundle_report(report).path

    assert sorted(report.rglob("*")) == before
    assert sorted(report.parent.iterdir()) == sorted([report, path])


def changed(report: Path) -> None:
    (report / "resultaat.json").write_text("{}")


def lacking(report: Path) -> None:
    (report / "tabellen" / "leeswijzer.csv").unlink()


def with_more(report: Path) -> None:
    written(report / "tabellen" / "manifest.json", b"{}")


def with_less_stated(report: Path) -> None:
    manifest = json.loads((report / "manifest.json").read_text("utf-8"))
    del manifest["files"]["onderbouwing.pdf"]
    (report / "onderbouwing.pdf").unlink()
    (report / "manifest.json").write_text(json.dumps(manifest))


def with_a_pipe(report: Path) -> None:
    os.mkfifo(report / "tabellen" / "tabel.csv")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (changed, r"`resultaat\.json` was changed"),
        (lacking, r"no `tabellen/leeswijzer\.csv`"),
        (with_more, r"`tabellen/manifest\.json` is not of the report"),
        (with_a_pipe, r"`tabel\.csv` cannot be read: it is a pipe"),
        (with_less_stated, r"no `onderbouwing\.pdf`"),
    ],
)
def test_a_report_that_is_not_as_it_was_made_is_refused(report: Path, damage, words) -> None:
    damage(report)

    with pytest.raises(DataError, match=words):
        bundle_report(report)
    assert list(report.parent.iterdir()) == [report]


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no report"):
        bundle_report(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": []}', '{"files": {}}', "[" * 10_000 + "]" * 10_000]
)
def test_a_manifest_that_says_too_little_is_no_report(report: Path, text: str) -> None:
    (report / "manifest.json").write_text(text)

    with pytest.raises(UsageError, match="holds no report"):
        bundle_report(report)


def test_an_attachment_that_is_no_file_is_refused(report: Path, tmp_path: Path) -> None:
    for path, words in ((tmp_path / "weg.pdf", "no file"), (tmp_path, "is no file")):
        with pytest.raises(UsageError, match=words):
            bundle_report(report, attach=[path])


def test_two_attachments_with_one_name_are_refused(report: Path, tmp_path: Path) -> None:
    first, second = (written(tmp_path / f / n, DPIA) for f, n in (("a", "x.pdf"), ("b", "X.pdf")))

    with pytest.raises(UsageError, match="Two attachments"):
        bundle_report(report, attach=[first, second])


def test_the_secret_key_is_refused_under_any_name(report, tmp_path, monkeypatch) -> None:
    key = written(tmp_path / ".balanstest-key", b"0f" * 32 + b"\n")
    copy = written(tmp_path / "dpia.txt", b"0f" * 32 + b"\n")
    (tmp_path / "dpia.pdf").symlink_to(key)
    monkeypatch.setenv("BALANSTEST_SECRET", "een eigen geheim dat lang genoeg is")
    own = written(tmp_path / "eigen.txt", b"Een eigen GEHEIM dat lang genoeg is\n")

    for path in (key, copy, tmp_path / "dpia.pdf", own):
        with pytest.raises(DataError, match="secret key"):
            bundle_report(report, attach=[path])


def parquet() -> bytes:
    content = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_parquet(content)
    return content.getvalue()


def packed(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "customer_id\n1")
    return content.getvalue()


DATA: dict[str, bytes] = {
    **{file.name: file.read_bytes() for file in SAMPLE.glob("*.csv")},
    "export.txt": b"Titel van de export\nklantnummer;beldatum\n1;2026-01-01\n",
    "utf16.csv": "relatienummer\tbeldatum\n1\t2026-01-01\n".encode("utf-16"),
    "aantallen.csv": b"months_since_purchase,contacts\n0,120\n",
    "mensen.csv": b"naam,adres,plaats\nA,B,C\n",
    "zonder kop.csv": b"A;06 12345678\nB;06 12345679\nC;06 12345670\n",
    "calls.xlsx": workbook([["customer_id", "called_at"], ["1", "2026-01-01"]]),
    "tweede blad.xlsx": workbook([["klantnummer", "beldatum"], ["1", "x"]], second=True),
    "calls.parquet": parquet(),
    "calls.zip": packed("calls.csv"),
    "calls.csv.gz": b"\x1f\x8b\x08rest",
    "data.duckdb": b"\0" * 8 + b"DUCK" + b"\0" * 20,
    "intern.json": b'{"audience": "internal"}',
    "verkenning.ipynb": b'{"cells": []}',
    "leeg.pdf": b"",
}


@pytest.mark.parametrize("name", DATA)
def test_files_with_data_are_refused_with_a_sentence(report, tmp_path, name: str) -> None:
    path = written(tmp_path / "bijlage" / name, DATA[name])

    with pytest.raises((DataError, UsageError), match=r"^`[^`]+`.* .*\.$"):
        bundle_report(report, attach=[path])
    assert list(report.parent.iterdir()) == [report]


@pytest.mark.parametrize("name", ["pijp.txt", "eindeloos.txt", "diep.json"])
def test_what_hangs_or_never_ends_is_no_attachment(report, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "pijp.txt":
        os.mkfifo(path)
    elif name == "eindeloos.txt":
        path.symlink_to("/dev/zero")
    else:
        path.write_text("[" * 10_000 + "]" * 10_000)

    with pytest.raises((DataError, UsageError), match=r"no file|nested more than"):
        bundle_report(report, attach=[path])


DOCUMENTS: dict[str, bytes] = {
    "dpia.txt": b"Wij gebruiken klantnummer, beldatum en uitkomst.\nNiets anders, en kort.\n",
    "dpia.docx": docx(),
    "dpia.odt": odt(),
    "risico's.xlsx": workbook([["Risico", "Maatregel", "Datum"], ["lek", "sleutel", "2026"]]),
    "begroting.csv": b"post;bedrag\nbellen;100\n",
    "scan.png": b"\x89PNG\r\n\x1a\n\0\0",
    "zonder achtervoegsel": b"Een advies van de FG.",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_attached_as_they_are(report: Path, tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "bijlage" / name, DOCUMENTS[name])

    assert opened(bundle_report(report, attach=[path]).path)[f"bijlagen/{name}"] == DOCUMENTS[name]


def test_the_command_prints_where_the_bundle_is_and_says_that_it_is_a_draft(report, dpia) -> None:
    done = run_command("bundle", report, "--attach", dpia, cwd=report.parent)
    again = run_command("bundle", report, cwd=report.parent)

    assert (done.returncode, again.returncode) == (0, 2)
    assert Path(done.stdout.strip()).is_file()
    assert "draft" in done.stderr
    assert again.stderr.startswith("balanstest: `")
    assert "--force" in again.stderr


def test_the_secret_of_a_dossier_that_is_stated_or_near_is_looked_for(
    made: Path, tmp_path: Path, dossier: Path
) -> None:
    report = Path(shutil.copytree(made, tmp_path / "ver" / "weg" / "van" / "alles" / made.name))
    key = dossier.with_name(".balanstest-key").read_text("ascii").strip()
    annex = written(tmp_path / "bijlage" / "advies.docx", docx(f"Sleutel {key.upper()}!"))

    stated = run_command("bundle", report, "--attach", annex, "--dossier", dossier, cwd=tmp_path)
    near = run_command("bundle", report, "--attach", annex, cwd=dossier.parent)
    unknown = run_command("bundle", report, "--attach", annex, cwd=tmp_path / "bijlage")

    assert (stated.returncode, near.returncode, unknown.returncode) == (3, 3, 0)
    assert "holds the secret key" in stated.stderr
    assert "--dossier" in unknown.stderr
    assert key[:8] not in f"{stated.stderr}{near.stderr}".lower()


def test_the_days_in_the_zip_are_those_of_the_report(report: Path) -> None:
    with zipfile.ZipFile(bundle_report(report).path) as archive:
        assert {dt.date(*info.date_time[:3]) for info in archive.infolist()} == {
            dt.date(1980, 1, 1)
        }
