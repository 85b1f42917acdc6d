"""What anybody may have sent is opened within bounds, or refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.verification import parcel as parcel_module
from balanstest_analysis.verification import verify
from balanstest_analysis.verification.parcel import open_parcel


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return content.getvalue()


def twice() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("manifest.json", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("manifest.json", b"2")
    return content.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lambda: zipped({"onderbouwing/x": bytes(300_000_000)}), "unpacks to more"),
    "elsewhere": (lambda: zipped({"../../x": b"1"}), "unpacked elsewhere"),
    "absolute": (lambda: zipped({"/etc/x": b"1"}), "unpacked elsewhere"),
    "too many": (lambda: zipped({f"{n}": b"" for n in range(2001)}), "more than 2000 files"),
    "twice": (twice, "two files of one name"),
    "cut off": (lambda: zipped({"a": b"1" * 999})[:90], "broken or protected"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_zip_that_is_none_of_ours_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    make, words = REFUSED[name]
    path = tmp_path / "bundle.zip"
    path.write_bytes(make())
    with pytest.raises(DataError, match=words):
        open_parcel(path)


def test_what_is_no_report_at_all_is_refused_with_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"words")
    with pytest.raises(UsageError, match="neither a PDF nor a zip"):
        open_parcel(tmp_path / "x.docx")
    with pytest.raises(UsageError, match="is not there"):
        open_parcel(tmp_path / "y.pdf")


PDFS = {
    "nothing": b"%PDF-1.7\n",
    "junk": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "loop": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1"
    b"/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    "no tags": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count "
    b"1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n"
    b"startxref\n0\n%%EOF",
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_is_none_of_ours_is_not_sound_and_says_why(name: str, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(PDFS[name])
    sentences = [one.sentence() for one in verify(path).findings]
    assert sentences[0].startswith("rapport.pdf cannot be read (")
    assert sentences[0].endswith("a PDF of a report is expected.")


def test_a_link_in_a_directory_is_told_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("x", "utf-8")
    run = tmp_path / "run"
    run.mkdir()
    (run / "tabellen").symlink_to(outside)
    parcel = open_parcel(run)
    assert (parcel.files, parcel.strange) == ({}, ("tabellen",))


def test_values_nested_without_end_are_no_result(tmp_path: Path) -> None:
    (tmp_path / "resultaat.json").write_bytes(b"[" * 100_000)
    assert not verify(tmp_path).sound


def test_a_directory_of_ever_more_folders_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcel_module, "_MOST_FILES", 20)
    (tmp_path / "/".join("d" * 30)).mkdir(parents=True)
    with pytest.raises(DataError, match="more than 20 folders; no report does"):
        open_parcel(tmp_path)


def test_files_are_found_however_deep_they_lie(tmp_path: Path) -> None:
    folder = tmp_path / "/".join("d" * 30)
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("1", "utf-8")
    assert [*open_parcel(tmp_path).files] == ["/".join("d" * 30) + "/x.csv"]
