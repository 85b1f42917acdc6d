"""What is searched for in the XML of a sheet is what a parser finds there, or is left to it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files import packages, xlsx_marks
from balanstest_analysis.history.files.packages import opened_package
from balanstest_analysis.history.files.plain_marks import SpelledOtherwiseError
from balanstest_analysis.history.files.sheet_marks import SheetMarks
from balanstest_analysis.history.files.xlsx_marks import marks_of

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PLAIN = f'<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}><cols><col min="1"/></cols>{{}}'
ROW = '<row r="2" spans="1:2"><c r="A2" t="s"><v>0</v></c><c r="AB2" s="1" t="e"><v>#N/A</v></c>'
ROWS = f'<sheetData><row r="1"/>{ROW}</row><row r="9" hidden="1"/></sheetData></worksheet>'
SAME = {
    "as usual": PLAIN.format(ROWS),
    "an empty sheet": PLAIN.format("<sheetData/></worksheet>"),
    "no declaration": PLAIN.partition("?>")[2].format(ROWS),
    "a mark at the start": "\ufeff" + PLAIN.format(ROWS),
    "more attributes": PLAIN.format(ROWS.replace(' spans="1:2"', ' x="a" ht="2.8" hidden="0"')),
    "hidden in words": PLAIN.format(ROWS.replace('hidden="1"', 'hidden="true"')),
    "text with angles": PLAIN.format(ROWS.replace("<v>0</v>", '<is><t>&lt;c r="Z9"> a</t></is>')),
    "line ends between": PLAIN.format(ROWS.replace("><", ">\n <")),
    "an end tag apart": PLAIN.format(ROWS.replace('<row r="1"/>', '<row r="1" ></row>')),
    "links below": PLAIN.format(ROWS.replace("</worksheet>", "<a:b xmlns:a='u'/></worksheet>")),
}
OTHERWISE = {
    "a comment": SAME["as usual"].replace("<row", "<!-- <c r='A9'/> --><row", 1),
    "a comment at the end": SAME["as usual"].replace("</worksheet>", "<!-- --></worksheet>"),
    "an instruction": SAME["as usual"].replace("<row", "<?a <row r='77'/>?><row", 1),
    "unparsed text": SAME["as usual"].replace("<v>0</v>", "<v><![CDATA[<c r='Z1' t='e'/>]]></v>"),
    "a prefix": SAME["as usual"]
    .replace("<c ", "<x:c ")
    .replace("</c>", "</x:c>")
    .replace("<worksheet", '<worksheet xmlns:x="u"'),
    "single quotes": SAME["as usual"].replace('"', "'"),
    "no place of a row": SAME["as usual"].replace('<row r="2"', "<row"),
    "no place of a cell": SAME["as usual"].replace('<c r="AB2"', "<c"),
    "the place later": SAME["as usual"].replace('r="AB2" s="1"', 's="1" r="AB2"'),
    "a small letter": SAME["as usual"].replace("AB2", "ab2"),
    "a number for a letter": SAME["as usual"].replace('t="e"', 't="&#101;"'),
    "an angle in an attribute": SAME["as usual"].replace('s="1"', 's=">"'),
    "a line end in a tag": SAME["as usual"].replace("<c r", "<c\nr"),
    "another child first": SAME["as usual"].replace('<c r="A2"', '<a/><c r="A2"'),
    "a cell below the rows": SAME["as usual"].replace("</worksheet>", '<c r="Q9"/></worksheet>'),
    "another encoding": SAME["as usual"].replace("UTF-8", "ISO-8859-1"),
}


def write_sheet(path: Path, sheet: str, encoding: str = "utf-8") -> None:
    """Write a workbook of which the only sheet is this XML."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {SHEET: sheet.encode(encoding)}).items():
            archive.writestr(name, content)


def both_ways(path: Path) -> tuple[SheetMarks, SheetMarks]:
    """Return the marks that are searched for, and those that a parser finds."""
    with opened_package(path) as package:
        return xlsx_marks._scanned(package, SHEET), xlsx_marks._parsed(package, SHEET)


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("spelling", SAME)
def test_a_plain_sheet_is_searched_with_what_a_parser_finds(
    spelling: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet(tmp_path / "calls.xlsx", SAME[spelling])
    monkeypatch.setattr(packages, "_BLOCK", block)
    searched, parsed = both_ways(tmp_path / "calls.xlsx")
    assert searched == parsed
    if spelling != "an empty sheet":
        assert searched == SheetMarks(errors=[(1, 27)], hidden=[(8, 9)], last_row=1, last_column=27)


@pytest.mark.parametrize("block", [5, 1 << 20])
@pytest.mark.parametrize("spelling", OTHERWISE)
def test_a_sheet_that_is_spelled_otherwise_is_left_to_the_parser(
    spelling: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet(tmp_path / "calls.xlsx", OTHERWISE[spelling])
    monkeypatch.setattr(packages, "_BLOCK", block)
    with opened_package(tmp_path / "calls.xlsx") as package:
        with pytest.raises(SpelledOtherwiseError):
            xlsx_marks._scanned(package, SHEET)
        parsed = xlsx_marks._parsed(package, SHEET)
    assert marks_of(tmp_path / "calls.xlsx").sheets == (parsed,)


def test_a_sheet_in_another_encoding_is_left_to_the_parser(tmp_path: Path) -> None:
    sheet = SAME["no declaration"]
    write_sheet(tmp_path / "calls.xlsx", sheet, "utf-16")
    with opened_package(tmp_path / "calls.xlsx") as package, pytest.raises(SpelledOtherwiseError):
        xlsx_marks._scanned(package, SHEET)
    assert marks_of(tmp_path / "calls.xlsx").sheets[0].errors == [(1, 27)]


@pytest.mark.parametrize("end", ["</row></sheetData>", "", "</worksheet></worksheet>"])
def test_a_sheet_that_is_no_xml_is_refused_however_plain(end: str, tmp_path: Path) -> None:
    write_sheet(tmp_path / "calls.xlsx", SAME["as usual"].replace("</worksheet>", end))
    with pytest.raises(DataError, match="cannot be read as a workbook: it is broken"):
        marks_of(tmp_path / "calls.xlsx")


def test_what_xlsxwriter_writes_is_plain(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "calls.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, ["a", 1.5, True])
        sheet.write_formula(5, 30, "=NA()", None, "#N/A")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_row(900, 30)
        sheet.autofilter("A1:D9")
    searched, parsed = both_ways(tmp_path / "calls.xlsx")
    assert searched == parsed
    assert searched == SheetMarks(errors=[(5, 30)], hidden=[(4, 5)], last_row=5, last_column=30)
