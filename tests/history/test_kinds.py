"""The bytes of a file decide what it is: every format reads the same, or is named."""

from __future__ import annotations

import ast
import bz2
import datetime as dt
import gzip
import io
import lzma
import os
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.exposure import load_exposure
from balanstest_analysis.history.files.input_files import table_files
from balanstest_analysis.history.files.kinds import kind_of
from balanstest_analysis.history.sources.alike import is_named_otherwise
from balanstest_analysis.history.sources.surroundings import surroundings_of
from tests.awkward_exports import csv_text
from tests.histories import write_dossier
from tests.small_history import (
    ROWS,
    SECRET,
    TABLE,
    TEXT,
    assert_right,
    dossier_of_calls,
    exposure_of_calls,
    halves,
    read_calls,
    typed_calls,
)
from tests.workbook_formats import WRITERS, Error, Spelling, write_xlsx

SPELLINGS = {
    "a prefix": Spelling(prefix="x:"),
    "single quotes": Spelling(quote="'"),
    "no places": Spelling(places=False),
    "shared text": Spelling(shared=True, prefix="ss:"),
    "parts elsewhere": Spelling(folder="boek"),
    "a remark before": Spelling(start='<?xml version="1.0"?>\n<!-- t="e" -->'),
}
EVENT_TABLE = [["customer_id", "occurred_on", "ends_on"], ["001", "2023-12-31", "2023-12-31"]]


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return content.getvalue()


# ---------------------------------------------------------------- workbooks


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("suffix", ["right", "xlsx", "csv", "dat"])
def test_a_workbook_of_any_format_is_read_under_any_name(
    kind: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"calls.{kind if suffix == 'right' else suffix}"
    WRITERS[kind](path, TABLE)
    calls = read_calls(tmp_path, path.name)
    assert calls.rows == ROWS
    assert calls.parts[0].header is not None
    assert calls.parts[0].header.kind == kind
    is_otherwise = suffix in {"xlsx", "csv"} and kind != suffix
    assert is_named_otherwise(path, kind) == is_otherwise


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "parquet", "dat"])
def test_text_is_read_under_any_name(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"calls.{suffix}").write_text(TEXT, "utf-8")
    assert read_calls(tmp_path, f"calls.{suffix}").rows == ROWS


def test_what_a_file_is_by_its_bytes_is_told(tmp_path: Path) -> None:
    WRITERS["xls"](tmp_path / "calls.csv", TABLE)
    exposure = exposure_of_calls(tmp_path, "calls.csv")
    assert_right(exposure)
    assert "by its bytes" in exposure.readings[0].describe()


WITH_ERROR = [*TABLE[:3], [*TABLE[3][:3], Error()], *TABLE[4:]]


@pytest.mark.parametrize("kind", WRITERS)
def test_an_error_in_a_cell_is_refused_in_every_format(kind: str, tmp_path: Path) -> None:
    WRITERS[kind](tmp_path / "calls.csv", WITH_ERROR)
    with pytest.raises(DataError, match=r"`calls\.csv` row 4: `converted` is an error of"):
        read_calls(tmp_path, "calls.csv")


def test_an_error_is_never_read_as_a_contract_that_still_runs(tmp_path: Path) -> None:
    WRITERS["xlsx"](tmp_path / "events.csv", [*EVENT_TABLE, ["002", "2023-12-31", Error()]])
    (tmp_path / "calls.csv").write_text(TEXT, "utf-8")
    with pytest.raises(DataError, match=r"`events\.csv` row 3: `ends_on` is an error of Excel"):
        exposure_of_calls(tmp_path, "calls.csv")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_workbook_is_read_whatever_way_it_is_written(spelling: str, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "calls.xlsx", TABLE, SPELLINGS[spelling], hidden=[2, 4])
    calls = read_calls(tmp_path, "calls.xlsx")
    assert calls.rows == ROWS
    assert calls.hidden == [(tmp_path / "calls.xlsx", row) for row in (3, 5)]
    write_xlsx(tmp_path / "calls.xlsx", WITH_ERROR, SPELLINGS[spelling])
    with pytest.raises(DataError, match=r"row 4: `converted` is an error of Excel"):
        read_calls(tmp_path, "calls.xlsx")


def test_an_error_above_the_table_or_in_a_column_that_is_not_read_is_let_be(
    tmp_path: Path,
) -> None:
    rows = [["titel", Error()], *([*row, Error()] for row in TABLE[1:])]
    rows.insert(1, [*TABLE[0], "notitie"])
    write_xlsx(tmp_path / "calls.xlsx", rows)
    assert read_calls(tmp_path, "calls.xlsx").rows == ROWS


@pytest.mark.parametrize("kind", WRITERS)
def test_hidden_rows_are_read_and_named_in_every_format(kind: str, tmp_path: Path) -> None:
    WRITERS[kind](tmp_path / "calls.data", [*TABLE, [None] * 4], hidden=[3, 4, 6])  # type: ignore[call-arg]
    calls = read_calls(tmp_path, "calls.data")
    assert calls.rows == ROWS
    assert calls.hidden == [(tmp_path / "calls.data", row) for row in (4, 5)]


def test_a_key_of_more_digits_than_excel_keeps_is_refused(tmp_path: Path) -> None:
    for write in WRITERS.values():
        write(tmp_path / "calls.xlsx", [TABLE[0], [8.70001e17, *TABLE[1][1:]]])
        with pytest.raises(DataError, match="row 2: `customer_id` is a number of more than 15"):
            read_calls(tmp_path, "calls.xlsx")


def test_days_that_are_counted_from_1904_are_read(tmp_path: Path) -> None:
    moments = [dt.datetime.fromisoformat(row[1]) for row in TABLE[1:]]
    with xlsxwriter.Workbook(str(tmp_path / "calls.xlsx"), {"date_1904": True}) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        for number, row in enumerate(TABLE):
            sheet.write_row(number, 0, row)
        for number, moment in enumerate(moments, start=1):
            sheet.write_datetime(number, 1, moment, form if number % 2 else None)
    assert [row[1] for row in typed_calls(tmp_path, "calls.xlsx")] == [
        moment for _, moment in sorted(zip([row[0] for row in TABLE[1:]], moments, strict=True))
    ]


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    write_xlsx(tmp_path / "calls.xlsx", TABLE, Spelling(start=bomb))
    with pytest.raises(DataError, match="declares entities, which no workbook does"):
        read_calls(tmp_path, "calls.xlsx")


def test_a_cell_far_from_its_table_is_refused_before_it_takes_the_memory(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "calls.xlsx", TABLE)
    raw = {}
    with zipfile.ZipFile(tmp_path / "calls.xlsx") as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    raw[sheet] = raw[sheet].replace(b"</sheetData>", far)
    (tmp_path / "calls.xlsx").write_bytes(zipped(**raw))
    with pytest.raises(DataError, match="has a cell in row 1,048,576, far from its table"):
        read_calls(tmp_path, "calls.xlsx")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"%PDF-1.7 and so on", "a PDF document"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "a web page"),
        (b"<html><body>1</body></html>", "a web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "XML"),
        (b'[{"customer_id": 1}]', "JSON"),
        (b"SQLite format 3\x00...", "an SQLite database"),
        (b"7z\xbc\xaf\x27\x1c..", "a 7-Zip file"),
        (b"\x72\x02\x01\x00\x06\x00", "a file of Stata"),
        (b"<stata_dta><header>", "a file of Stata"),
        (b"\x04\x22\x4d\x18\x60\x40", "an LZ4 file"),
        (b"\x03\x7e\x0b\x1d\x05" + bytes(27) + b"NAAM", "a dBase file"),
        (b"X\n\x00\x00\x00\x03", "a file of R"),
        (b"\x80\x05\x95\x16\xc3", "a pickle of Python"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n", "a SYLK file"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "a DIF file"),
        (b"-- MySQL dump 10.13\n--\n", "SQL"),
        (b"-- calls\nINSERT INTO calls VALUES ('1');\n", "SQL"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS"),
        (b"[InternetShortcut]\r\nURL=https://x.nl\r\n", "a shortcut to a web page"),
        (b"MIME-Version: 1.0\r\n", "a web page (MHTML)"),
        (zipped(**{"word/document.xml": b"<a/>"}), "a document or presentation of Office"),
    ],
    ids=range(21),
)
@pytest.mark.parametrize("suffix", ["xls", "csv"])
def test_what_cannot_be_read_is_named_by_its_bytes(
    raw: bytes, name: str, suffix: str, tmp_path: Path
) -> None:
    (tmp_path / f"calls.{suffix}").write_bytes(raw)
    with pytest.raises(DataError) as refused:
        read_calls(tmp_path, f"calls.{suffix}")
    assert f"is {name}" in str(refused.value)
    assert "by its bytes, which cannot be read" in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_text_in_wide_characters_is_read_without_a_mark_of_its_encoding(
    encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "calls.csv").write_bytes(TEXT.encode(encoding))
    read_calls(tmp_path, "calls.csv")


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x1e", "\\n", "\\r\\n"])
def test_lines_that_end_in_another_character_are_named(end: str, tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_bytes(TEXT.strip().replace("\n", end).encode())
    with pytest.raises(DataError, match=r"^`calls.csv` ends its lines with the|a vertical tab"):
        read_calls(tmp_path, "calls.csv")


def test_a_question_about_a_stated_sheet_names_the_sheet(tmp_path: Path) -> None:
    rows = [[row[0], f"0{n}/04/2025 11:15", *row[2:]] for n, row in enumerate(TABLE[1:], start=1)]
    write_xlsx(tmp_path / "calls.xlsx", [TABLE[0], *rows])
    dossier = dossier_of_calls(tmp_path, "calls.xlsx", 'sheet = "Blad & 1"')
    with pytest.raises(DataError, match=r"`calls.xlsx` sheet '.*': `called_at` can be read with"):
        load_exposure(dossier, SECRET)


def test_a_broken_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for kind, write in WRITERS.items():
        path = tmp_path / f"calls.{kind}"
        write(path, TABLE)
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 3])
        with pytest.raises(DataError) as refused:
            read_calls(tmp_path, path.name)
        assert "\n" not in str(refused.value)


# ---------------------------------------------------------------- compressed


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("calls.csv.gz", gzip.compress),
        ("calls.csv.GZ", gzip.compress),
        ("calls.gz", gzip.compress),
        ("calls.csv.bz2", bz2.compress),
        ("calls.csv.xz", lzma.compress),
        ("calls.zip", lambda raw: zipped(**{"calls.csv": raw})),
        ("calls.csv", gzip.compress),
        ("map.zip", lambda raw: zipped(**{"map/calls.txt": raw, "__MACOSX/._calls.txt": b"\0"})),
    ],
)
def test_a_compressed_file_is_read(name: str, pack: object, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pack(TEXT.encode()))  # type: ignore[operator]
    assert read_calls(tmp_path, name).rows == ROWS
    around = surroundings_of(load_dossier(tmp_path / "balanstest.toml"), "calls")
    assert (dict(around.others), around.packed) == ({}, ())


def test_several_alike_in_a_zip_are_one_table_and_others_are_named(tmp_path: Path) -> None:
    first, second = (csv_text(half).encode() for half in halves())
    members = {"2024.csv": first, "2025.csv": second, "toelichting.pdf": b"%PDF", "a.zip": b""}
    (tmp_path / "calls.zip").write_bytes(zipped(**members))
    assert read_calls(tmp_path, "calls.zip").rows == ROWS
    around = surroundings_of(load_dossier(tmp_path / "balanstest.toml"), "calls")
    assert around.packed == ("a.zip in calls.zip", "toelichting.pdf in calls.zip")


def test_the_only_file_in_a_zip_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "calls.zip").write_bytes(zipped(**{"EXPORT.2024": TEXT.encode()}))
    assert read_calls(tmp_path, "calls.zip").rows == ROWS


def test_partitions_in_a_zip_give_their_columns(tmp_path: Path) -> None:
    parts = dict(zip("ab", halves(), strict=True))
    members = {f"x/actie={name}/p.csv": csv_text(half).encode() for name, half in parts.items()}
    (tmp_path / "calls.zip").write_bytes(zipped(**members))
    calls = read_calls(tmp_path, "calls.zip", 'columns = { campaign = "actie" }')
    assert calls.rows == ROWS
    assert [dict(part.given) for part in calls.parts] == [{"actie": "a"}, {"actie": "b"}]


def test_what_is_unpacked_is_private_and_lies_where_the_dossier_says(tmp_path: Path) -> None:
    (tmp_path / "calls.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "scratch").mkdir()
    dossier = dossier_of_calls(tmp_path, "calls.csv.gz")
    text = dossier.path.read_text("utf-8").replace("[data]", '[data]\nspill_directory = "scratch"')
    dossier.path.write_text(text, "utf-8")
    code = (
        "import pathlib; from balanstest_analysis.dossier.loading import load_dossier;"
        "from balanstest_analysis.history.sources.surroundings import surroundings_of;"
        f"surroundings_of(load_dossier(pathlib.Path({str(dossier.path)!r})), 'calls');"
        f"found = sorted(pathlib.Path({str(tmp_path / 'scratch')!r}).rglob('*'));"
        "print([(path.name, oct(path.stat().st_mode & 0o777)) for path in found])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = dict(ast.literal_eval(told.stdout))
    assert found.pop("calls.csv.gz") == "0o600"
    assert len(found) == 3
    assert {mode for name, mode in found.items() if name != "in-use"} == {"0o700"}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_workbook_in_a_zip_is_read_and_named_after_both(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [*TABLE, ["004", "gisteren", "true", "false"]])
    raw = (tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").unlink()
    (tmp_path / "calls.zip").write_bytes(zipped(**{"a.xlsx": raw}))
    with pytest.raises(DataError, match=r"`a\.xlsx in calls\.zip` row 7: `called_at`"):
        exposure_of_calls(tmp_path, "calls.zip")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        pytest.param(
            zipped(**{"a.docx": b"x", "b.pdf": b"y"}),
            "; in it are a.docx, b.pdf. Put the table",
            id="others",
        ),
        pytest.param(
            gzip.compress(gzip.compress(b"a,b")), "holds a compressed file again", id="twice"
        ),
        pytest.param(
            gzip.compress(TEXT.encode())[:-12], "is broken, and cannot be unpacked", id="broken"
        ),
        pytest.param(
            gzip.compress(bytes(300 << 20)), "more than 250 times its size", id="gzip bomb"
        ),
        pytest.param(
            zipped(**{"calls.csv": bytes(300 << 20)}), "more than 250 times its size", id="zip bomb"
        ),
    ],
)
def test_a_compressed_file_that_is_no_table_is_refused(
    raw: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "calls.zip").write_bytes(raw)
    started = time.perf_counter()
    with pytest.raises(DataError) as refused:
        read_calls(tmp_path, "calls.zip")
    assert sentence in str(refused.value)
    assert time.perf_counter() - started < 20


# ---------------------------------------------------------------- no files at all


def test_a_pipe_a_device_and_a_socket_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    plug = socket.socket(socket.AF_UNIX)
    plug.bind(str(tmp_path / "plug.csv"))
    (tmp_path / "link.csv").symlink_to("/dev/zero")
    for path, name in {
        "pipe.csv": "a pipe",
        "plug.csv": "a socket",
        "link.csv": "a device",
        "/dev/zero": "a device",
        "p*.csv": "a pipe",
    }.items():
        started = time.perf_counter()
        dossier = write_dossier(tmp_path, f"[data.calls]\npath = '{path}'")
        with pytest.raises(DataError, match=f"is {name}, not a file"):
            table_files(dossier, "calls")
        assert time.perf_counter() - started < 5
    plug.close()


def test_two_hundred_thousand_columns_are_refused(tmp_path: Path) -> None:
    names = ",".join([TEXT.split("\n", 1)[0], *(f"k{n}" for n in range(200_000))])
    (tmp_path / "calls.csv").write_text(f"{names}\n", "utf-8")
    with pytest.raises(DataError, match=r"has 200,004 columns; allowed are 16,384"):
        read_calls(tmp_path, "calls.csv")


def test_the_kind_of_a_parquet_file_is_seen_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    pd.DataFrame(TABLE[1:], columns=TABLE[0]).to_parquet(path)
    assert kind_of(path) == "parquet"
    assert read_calls(tmp_path, "calls.csv").rows == ROWS
    assert is_named_otherwise(path, "parquet")
