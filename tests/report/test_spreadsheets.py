"""The tables as files: what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation import tables
from balanstest_analysis.report.spreadsheets import GUIDE, WORKBOOK, About, table_files
from tests.example_results import EXAMPLES, proposed, published

DAY = dt.date(2026, 10, 15)
ABOUT = About(
    facts=(("Organisatie", "=Stichting"), ("Status", "concept")),
    terms=(("**Netto contact**", "Een gesprek."),),
)
HIDDEN = Table(
    columns=("Maanden", "Contacten", "Klachten", "95%-interval", "Verzet"),
    rows=(
        ("0 t/m 2", "12.345", "0", "0% tot 0,145%", "305 (3,8%)"),
        ("3", "240", ".", "tot 5,2%", "."),
    ),
    caption="Klachten één per groep",
    note="Een punt staat voor **minder dan 10**.",
    emphasise=(1,),
)


def made(*given: Table) -> dict[str, bytes]:
    return {file.path: file.content for file in table_files(given or (HIDDEN,), ABOUT, DAY)}


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet(content: bytes, number: int) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(number).to_python(skip_empty_area=False)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_each_table_has_its_printed_number_in_the_name_of_its_file() -> None:
    assert list(made(HIDDEN, HIDDEN)) == [
        WORKBOOK,
        GUIDE,
        "tabellen/tabel-01-klachten-een-per-groep.csv",
        "tabellen/tabel-02-klachten-een-per-groep.csv",
    ]


def test_a_report_without_tables_has_no_table_files() -> None:
    assert table_files((), ABOUT, DAY) == ()


def test_a_dutch_excel_reads_the_csv_by_its_mark_semicolons_and_decimal_commas() -> None:
    content = made()["tabellen/tabel-01-klachten-een-per-groep.csv"]

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert rows_of(content)[1] == ["0 t/m 2", "12345", "0", "0%", "0,145%", "305", "3,8%"]


def test_intervals_and_brackets_get_columns_of_their_own() -> None:
    assert rows_of(made()["tabellen/tabel-01-klachten-een-per-groep.csv"])[0] == [
        "Maanden",
        "Contacten",
        "Klachten",
        "95%-interval, van",
        "95%-interval, tot",
        "Verzet",
        "Verzet, tussen haakjes",
    ]


def test_what_is_not_published_is_empty_and_never_zero() -> None:
    content = made()
    row = rows_of(content["tabellen/tabel-01-klachten-een-per-groep.csv"])[2]

    assert row == ["3", "240", "", "", "5,2%", "", ""]
    cells = sheet(content[WORKBOOK], 1)
    assert cells[3] == ["3", 240.0, "", "", 0.052, "", ""]
    assert "minder dan 10" in str(cells)
    assert "Leeg betekent nooit nul" in str(cells)


def test_a_table_without_hidden_numbers_says_nothing_about_empty_cells() -> None:
    plain = Table(columns=("Regel", "Aantal"), rows=(("a", "12"), ("b", "")), caption="Vol")

    assert "nooit nul" not in str(sheet(made(plain)[WORKBOOK], 1))


def test_numbers_are_numbers_in_the_workbook_with_the_format_of_the_report() -> None:
    content = made()[WORKBOOK]

    assert sheet(content, 1)[2] == ["0 t/m 2", 12345.0, 0.0, 0.0, 0.00145, 305.0, 0.038]
    formats = re.findall(r'formatCode="([^"]+)"', part(content, "xl/styles.xml"))
    assert {"#,##0", "0.000%", "0.0%"} <= set(formats)


def test_the_heading_stays_in_view_and_returns_on_every_printed_page() -> None:
    content = made()[WORKBOOK]

    assert 'ySplit="2" topLeftCell="B3"' in part(content, "xl/worksheets/sheet2.xml")
    assert "'Tabel 1'!$1:$2" in part(content, "xl/workbook.xml")


def test_the_first_sheet_says_what_the_workbook_is() -> None:
    content = made()
    words = str(sheet(content[WORKBOOK], 0))

    for expected in ("Organisatie", "concept", "Netto contact", "Lege cel", "Klachten één"):
        assert expected in words
    assert "**" not in words
    guide = rows_of(content[GUIDE])
    assert [row[:2] for row in sheet(content[WORKBOOK], 0)[2:]] == guide[1:]


HOSTILE = ("=1+1", "+31", "-x", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "http://x.nl")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_becomes_a_formula_or_a_link(words: str) -> None:
    hostile = Table(columns=(words, "n"), rows=((words, words),), caption=words, note=words)
    about = About(facts=((words, words),), terms=((words, words),))
    files = {file.path: file.content for file in table_files((hostile,), about, DAY)}

    for path, content in files.items():
        if path.endswith(".csv"):
            assert not any(
                cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                for row in rows_of(content)
                for cell in row
            )
    with zipfile.ZipFile(io.BytesIO(files[WORKBOOK])) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/sheet" in name]
    assert not any("<f>" in xml or "<hyperlink" in xml for xml in sheets)


def test_words_that_look_like_numbers_stay_words_and_years_get_no_point() -> None:
    table = Table(
        columns=("Campagne", "Versie", "Jaar", "Maand"),
        rows=(("007", "1.234", "2025", "0"), ("12", "2.100", "2026", "12")),
        caption="Namen",
        align="llll",
    )
    content = made(table)

    assert sheet(content[WORKBOOK], 1)[2:4] == [
        ["007", "1.234", 2025.0, 0.0],
        ["12", "2.100", 2026.0, 12.0],
    ]
    assert rows_of(content["tabellen/tabel-01-namen.csv"])[2] == ["12", "2.100", "2026", "12"]


def test_a_negative_number_is_a_number() -> None:
    table = Table(columns=("a", "b"), rows=(("x", "−1,50"), ("y", "0,04")), caption="Onder nul")
    content = made(table)

    assert sheet(content[WORKBOOK], 1)[2][1] == -1.5
    assert rows_of(content["tabellen/tabel-01-onder-nul.csv"])[1][1] == "-1,50"


def test_the_same_tables_give_the_same_bytes() -> None:
    assert made(HIDDEN, HIDDEN) == made(HIDDEN, HIDDEN)
    assert "2026-10-15" in part(made()[WORKBOOK], "docProps/core.xml")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_of_the_overviews_is_a_number_in_the_workbook(name: str) -> None:
    result = EXAMPLES[name]()
    printed = tables.rates_table(published(result), "conversion")

    cells = sheet(made(printed)[WORKBOOK], 1)[2 : 2 + len(printed.rows)]
    for row, rates in zip(cells, result["outcomes"]["conversion"]["rates"], strict=False):
        assert row[1] == rates["n"]
        assert row[2] == ("" if rates["k"] is None else rates["k"])
        for shown, exact in ((row[3], rates["rate"]), (row[5], rates["rate_upper"])):
            assert (shown == "") == (exact is None)
            assert exact is None or shown == pytest.approx(exact, abs=0.0006)


def test_an_example_with_hidden_counts_is_among_them() -> None:
    complaint = tables.rates_table(published(proposed()), "complaint")

    assert any("." in row for row in complaint.rows)
    cells = sheet(made(complaint)[WORKBOOK], 1)
    assert [row[2] for row in cells[2:5]].count("") == 1
