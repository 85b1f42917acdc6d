"""A moment of which day and time stand in two columns: read as one in one column is, or refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, DataError
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import numbered_rows, open_history
from tests.dossier_schema import refused_by_schema
from tests.histories import tables, write_dossier

SECRET = b"a secret for tests"
BOTH = tables("calls", "events")
PAIR = 'called_at = ["Datum", "Tijd"]'
APART = BOTH.replace('path = "calls.csv"', f'path = "calls.csv"\ncolumns = {{ {PAIR} }}')
HEADER = "customer_id,Datum,Tijd,net_contact,converted"
AFTERNOON = dt.datetime(2025, 3, 31, 14, 5)
PERSON = "K-0099887"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "events.csv").write_text("customer_id,occurred_on\n007,2025-01-31\n", "utf-8")
    return tmp_path


def moments(folder: Path, data: str = APART) -> list[dt.datetime]:
    found = open_history(write_dossier(folder, data), SECRET)
    rows = found.frame(found.tables["calls"].rows.select("called_at"))
    return sorted(moment.to_pydatetime() for moment in rows["called_at"])


def text(folder: Path, *pairs: tuple[str, str]) -> None:
    rows = "".join(f'{PERSON},"{day}","{time}",true,false\n' for day, time in pairs)
    (folder / "calls.csv").write_text(f"{HEADER}\n{rows}", "utf-8")


def read(folder: Path, *pairs: tuple[str, str], data: str = APART) -> list[dt.datetime]:
    text(folder, *pairs)
    return moments(folder, data)


def refusal(folder: Path, *pairs: tuple[str, str], data: str = APART) -> str:
    with pytest.raises(BalanstestError) as refused:
        read(folder, *pairs, data=data)
    assert refused.value.exit_code == 3
    assert PERSON not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("2025-03-31", "14:05"),
        ("31-03-2025", "14:05:00"),
        ("31/03/2025", "14:05"),
        ("31.03.2025", "14.05"),
        ("31 maart 2025", "14:05 uur"),
        ("ma 31-03-2025", "14u05"),
        ("20250331", "1405"),
        ("20250331", "140500"),
        ("03/31/2025", "2:05 PM"),
        ("2025-03-31", "13:05+01:00"),
        ("2025-03-31", "12:05Z"),
        ("2025-03-31 00:00:00", "14:05"),
        ("31-3-2025 0:00", "14:05"),
        ("3/31/2025 12:00:00 AM", "2:05:00 PM"),
        ("2025-03-31T00:00:00.000", "14:05:00.000"),
        ("2025-03-31", "1899-12-30 14:05:00"),
        ("31-03-2025", "30-12-1899 14:05"),
        ("3/31/2025", "1/1/1900 14:05"),
        ("2025-03-31", "1970-01-01T14:05:00"),
        ("2025-03-31", "2025-03-31 14:05:00"),
        ("31-03-2025", "31-03-2025 14:05"),
        ("2025-03-31 00:00:00", "2025-03-31T14:05"),
    ],
)
def test_a_day_and_its_time_are_one_moment(folder: Path, day: str, time: str) -> None:
    assert read(folder, (day, time)) == [AFTERNOON]


@pytest.mark.parametrize("time", ["", " ", "00:00", "0:00:00", "30-12-1899 00:00:00"])
def test_a_day_without_a_time_is_read_as_in_one_column(folder: Path, time: str) -> None:
    assert read(folder, ("31-03-2025", time)) == [dt.datetime(2025, 3, 31)]
    assert read(folder, ("31-03-2025 14:05", "")) == [AFTERNOON]


@pytest.mark.parametrize(
    "time",
    [
        *("24:00", "25:10", "14:75", "905", "14", "0,5868", "0.5868", "2575", "14:05 - 14:10"),
        *("NULL", "-", "onbekend", "n.v.t.", "(leeg)", "uur", "CET", "+01:00", "#N/B", "middag"),
        *("2025-04-01 14:05:00", "01-04-2025", "14-05", "-14:05", "14:05 14:05", "31-03-2025 x"),
    ],
)
def test_what_is_no_time_is_refused_with_its_row(folder: Path, time: str) -> None:
    message = refusal(folder, ("31-03-2025", "14:05"), ("31-03-2025", time))
    assert message.startswith("`calls.csv` row 3: `Datum` with `Tijd` (called_at) is ")
    assert "allowed is a date and time from 1900 on, such as 31-03-2026 14:05." in message


def test_a_time_without_a_day_is_an_empty_moment(folder: Path) -> None:
    for day, time in (("", "14:05"), ("", "31-03-2025 14:05"), ("  ", "")):
        message = refusal(folder, ("31-03-2025", "14:05"), (day, time))
        assert message == (
            "`calls.csv` row 3: `Datum` with `Tijd` (called_at) is empty; every row needs it. "
            "Correct the export."
        )


def test_two_times_or_two_days_of_a_moment_are_refused(folder: Path) -> None:
    for day, time in (("31-03-2025 09:00", "14:05"), ("maandag", "31-03-2025"), ("x", "14:05")):
        assert "row 2: `Datum` with `Tijd` (called_at) is" in refusal(folder, (day, time))


def test_a_person_in_the_column_of_the_time_is_not_shown(folder: Path) -> None:
    message = refusal(folder, ("31-03-2025", "mevrouw Jansen"))
    assert "Jansen" not in message
    assert "is a text of" in message


def test_the_order_of_day_and_month_is_asked_for_and_stated_as_in_one_column(folder: Path) -> None:
    asked = refusal(folder, ("03-04-2025", "14:05"))
    assert "`Datum` with `Tijd` (called_at) can be read with the day first and with the" in asked
    stated = APART.replace("columns =", 'dates = "day-first"\ncolumns =')
    assert read(folder, ("03-04-2025", "14:05"), data=stated) == [dt.datetime(2025, 4, 3, 14, 5)]
    assert read(folder, ("3/4/2025", "12:05"), ("13/4/2025", "9:00"))[0].month == 4


def test_a_zone_that_is_stated_holds_for_both(folder: Path) -> None:
    utc = APART.replace("columns =", 'timezone = "UTC"\ncolumns =')
    assert read(folder, ("2025-07-31", "14:05"), data=utc) == [dt.datetime(2025, 7, 31, 16, 5)]


def test_the_hours_of_calls_are_checked_and_their_rows_are_named(folder: Path) -> None:
    text(folder, ("31-03-2025", "03:05"), ("31-03-2025", "14:05"))
    opened = open_history(write_dossier(folder, APART), SECRET)
    ((name, rows),) = numbered_rows(opened, "calls", ["called_at"])
    found = opened.frame(rows.order_by("row"))
    assert (name, list(found["row"])) == ("calls.csv", [2, 3])
    assert found["called_at"].dt.hour.tolist() == [3, 14]


def test_check_tells_of_which_columns_a_moment_is_made(folder: Path) -> None:
    text(folder, ("31-03-2025", "14:05"))
    (reading,) = open_history(write_dossier(folder, APART), SECRET).tables["calls"].readings
    assert "called_at day-first, called_at from `Datum` with the time of `Tijd`" in (
        reading.describe()
    )
    assert not any("Tijd" in str(told) for told in reading.to_dict().values())


def test_a_column_that_is_not_there_is_named_with_the_pair(folder: Path) -> None:
    (folder / "calls.csv").write_text(
        "customer_id,Datum,Uur,net_contact,converted\nK1,31-03-2025,14:05,true,false\n", "utf-8"
    )
    with pytest.raises(DataError) as refused:
        moments(folder)
    assert "`calls.csv` has no column `Tijd`; found are `customer_id`" in str(refused.value)
    assert 'columns = { called_at = ["...", "..."] }' in str(refused.value)


def cell_of(kind: str) -> tuple[Any, str]:
    """Return a time as Excel keeps it, with the format of its cell."""
    fraction = (14 * 60 + 5) / 1440
    return {
        "a time": (fraction, "hh:mm"),
        "a duration": (fraction, "[h]:mm:ss"),
        "a number": (fraction, "General"),
        "text": ("14:05", "@"),
        "a moment with the format of a time": (45747 + fraction, "hh:mm"),
        "the number of a moment": (45747 + fraction, "General"),
    }[kind]


KINDS = (
    *("a time", "a duration", "a number", "text", "a moment with the format of a time"),
    "the number of a moment",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_time_is_read_as_excel_keeps_it(folder: Path, kind: str) -> None:
    value, form = cell_of(kind)
    book = xlsxwriter.Workbook(str(folder / "calls.xlsx"))
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write_row(0, 0, HEADER.split(","))
    for row, time in ((1, value), (2, "")):
        sheet.write_string(row, 0, PERSON)
        sheet.write_datetime(row, 1, dt.datetime(2025, 3, 31), day)
        sheet.write(row, 2, time, book.add_format({"num_format": form}))
        sheet.write_row(row, 3, ["true", "false"])
    book.close()
    found = moments(folder, APART.replace("calls.csv", "calls.xlsx"))
    assert found == [dt.datetime(2025, 3, 31), AFTERNOON]


def test_an_error_of_excel_in_the_time_is_refused(folder: Path) -> None:
    book = xlsxwriter.Workbook(str(folder / "calls.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER.split(","))
    sheet.write_row(1, 0, [PERSON, "2025-03-31", "", "true", "false"])
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    with pytest.raises(DataError, match="row 2: `called_at` is an error of Excel"):
        moments(folder, APART.replace("calls.csv", "calls.xlsx"))


def parquet(folder: Path, days: pa.Array, times: pa.Array) -> str:
    columns = {"customer_id": [PERSON], "Datum": days, "Tijd": times}
    flags = {"net_contact": [True], "converted": [False]}
    pq.write_table(pa.table({**columns, **flags}), folder / "calls.parquet")
    return APART.replace("calls.csv", "calls.parquet")


DAY = dt.date(2025, 3, 31)


DAYS = (
    pa.array([DAY]),
    pa.array(["31-03-2025"]),
    pa.array([20250331]),
    pa.array([dt.datetime(2025, 3, 31)], pa.timestamp("us")),
    pa.array([dt.datetime(2025, 3, 31)], pa.timestamp("ns")),
)
TIMES = (
    pa.array([dt.time(14, 5)]),
    pa.array([dt.time(14, 5)], pa.time64("ns")),
    pa.array([dt.time(14, 5)], pa.time32("s")),
    pa.array(["14:05"]),
    pa.array([1405]),
    pa.array([1405.0]),
    pa.array([dt.datetime(1900, 1, 1, 14, 5)], pa.timestamp("us")),
)


@pytest.mark.parametrize(
    ("days", "times"),
    [*((days, TIMES[0]) for days in DAYS), *((DAYS[0], times) for times in TIMES[1:])],
    ids=lambda cells: str(cells.type),
)
def test_any_type_that_can_hold_a_day_or_a_time_is_read(
    folder: Path, days: pa.Array, times: pa.Array
) -> None:
    assert moments(folder, parquet(folder, days, times)) == [AFTERNOON]


def test_a_type_that_cannot_hold_a_day_or_a_time_is_refused(folder: Path) -> None:
    data = parquet(folder, pa.array([True]), pa.array([DAY]))
    with pytest.raises(DataError) as refused:
        moments(folder, data)
    assert str(refused.value).split("\n") == [
        "`calls.parquet`: `Datum`, the day of called_at, is stored as boolean, which cannot hold "
        "it. Store it as a date, or as text.",
        "`calls.parquet`: `Tijd`, the time of called_at, is stored as date, which cannot hold it. "
        "Store it as a time, or as text.",
    ]
    aware = pa.array([dt.datetime(2025, 3, 31)], pa.timestamp("us", "UTC"))
    with pytest.raises(DataError, match="`Datum`, the day of called_at, is stored as timestamp"):
        moments(folder, parquet(folder, aware, pa.array([1405])))


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ('{ called_at = ["Datum"] }', "names of exactly two where day and time stand apart"),
        ('{ called_at = ["Datum", "Tijd", "Zone"] }', "names of exactly two where day and time"),
        ('{ called_at = ["Datum", ""] }', "`data.calls.columns.called_at`, a column of your file"),
        ("{ called_at = 3 }", "`data.calls.columns.called_at`, a column of your file is asked"),
        ('{ called_at = ["Datum", "Datum"] }', "`data.calls.columns.called_at` names 'Datum' twi"),
        ('{ campaign = ["Actie", "Tijd"] }', "two columns, and is no moment of a day and a time, "),
        ('{ called_at = ["Datum", "Telefoonnummer"] }', "maps `called_at (its time)` to `Telefoon"),
    ],
)
def test_a_pair_that_is_none_is_refused_in_one_sentence(
    folder: Path, columns: str, sentence: str
) -> None:
    text(folder, ("31-03-2025", "14:05"))
    data = APART.replace(f"{{ {PAIR} }}", columns)
    with pytest.raises(BalanstestError) as refused:
        moments(folder, data)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_column_of_days_alone_has_no_time(folder: Path) -> None:
    text(folder, ("31-03-2025", "14:05"))
    data = APART.replace(
        'path = "events.csv"', 'path = "events.csv"\ncolumns = { occurred_on = ["a", "b"] }'
    )
    with pytest.raises(DataError) as refused:
        open_history(write_dossier(folder, data), SECRET)
    assert str(refused.value) == (
        "`balanstest.toml`: `data.events.columns.occurred_on` names two columns, and is no moment "
        "of a day and a time. Keep one: occurred_on = 'a'."
    )


@pytest.mark.parametrize(
    ("names", "is_refused"),
    [
        ("Datum", False),
        (["Datum", "Tijd"], False),
        (["Datum", "Tijd", "Zone"], True),
        (["Datum"], True),
        ([], True),
        (["Datum", 3], True),
        (3, True),
    ],
)
def test_the_schema_knows_a_pair(names: object, is_refused: bool) -> None:
    calls = {"path": "calls.csv", "columns": {"called_at": names}}
    found = refused_by_schema({"data": {"data_through": dt.date(2026, 9, 30), "calls": calls}})
    assert any("called_at" in place for place in found) is is_refused


def without_time(folder: Path, data: str) -> Finding | None:
    findings = review_history(write_dossier(folder, data), SECRET).exposure.findings
    return next((found for found in findings if found.code == "called_without_time"), None)


def test_a_time_that_is_not_mapped_is_named_where_calls_have_none(folder: Path) -> None:
    text(folder, ("31-03-2025", "14:05"), ("01-04-2025", "14:10"))
    found = without_time(folder, APART.replace(PAIR, 'called_at = "Datum"'))
    assert found is not None
    assert found.detail == (
        "`Tijd` of calls.csv seems to hold the time of the day and is not read: write called_at = "
        '["Datum", "Tijd"] to read both as one moment.'
    )
    assert without_time(folder, APART) is None
    text(folder, ("31-03-2025", "14:05"), ("01-04-2025", ""))
    found = without_time(folder, APART)
    assert found is not None
    assert (found.count, found.detail) == (1, None)


def test_the_two_columns_are_looked_for_in_every_file_of_a_folder(folder: Path) -> None:
    (folder / "export").mkdir()
    for number, day in enumerate(("31-03-2025", "2025-03-31"), start=1):
        (folder / "export" / f"{number}.csv").write_text(
            f"{HEADER}\n{PERSON},{day},14:0{number},true,false\n", "utf-8"
        )
    found = moments(folder, APART.replace("calls.csv", "export"))
    assert [moment.minute for moment in found] == [1, 2]


def test_a_dossier_with_a_pair_can_be_loaded_from_its_file(folder: Path) -> None:
    text(folder, ("31-03-2025", "14:05"))
    path = write_dossier(folder, APART).path
    calls = load_dossier(path).data.tables()["calls"][0]
    assert calls.columns == {"called_at": ("Datum", "Tijd")}
