"""What `init` makes of a column with the time of the day beside one with the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balanstest_analysis.cli.column_mapping import proposed_tables
from balanstest_analysis.cli.init_listing import listing
from balanstest_analysis.history.recognition.recognition import Sketch, sketches_of
from tests.awkward_workbooks import write_workbook

TIMES = ("14:05", "09:30", "18:00")
DAYS = ("31-12-2024", "02-01-2025", "03-02-2025")


def calls(folder: Path, *clocks: tuple[str, tuple[str, ...]], day: str = "Datum") -> Path:
    """Write an export of three calls with columns of times."""
    names = ";".join(name for name, _ in clocks)
    rows = [
        f"K{n};{DAYS[n]};{';'.join(cells[n] for _, cells in clocks)};Geen gehoor\n"
        for n in range(3)
    ]
    path = folder / "calls.csv"
    path.write_text(f"Klantnr;{day};{names};Resultaat\n{''.join(rows)}", "utf-8")
    return path


def sketch(path: Path) -> Sketch:
    (found,) = sketches_of(path)
    return found


def lines(path: Path) -> list[str]:
    text = proposed_tables([path], path.parent).tables["calls"]
    return [line for line in text.split("\n") if "called_at" in line]


@pytest.mark.parametrize(
    ("day", "time"),
    [
        *(("Datum", "Tijd"), ("Beldatum", "Beltijd"), ("Datum", "Starttijd"), ("Datum", "Uur")),
        *(("Call date", "Call time"), ("Date", "Start time"), ("Gespreksdatum", "Begintijd")),
        *(("Datum", "Tijdstip"), ("Datum", "Tijd gesprek"), ("CallDate", "CallTime")),
    ],
)
def test_a_day_and_a_time_beside_it_are_proposed_together(
    tmp_path: Path, day: str, time: str
) -> None:
    (line,) = lines(calls(tmp_path, (time, TIMES), day=day))
    assert line.startswith(f'called_at = ["{day}", "{time}"]  # ')
    assert line.endswith("; de tijd staat in een eigen kolom")


def test_a_time_that_lacks_in_some_rows_is_told(tmp_path: Path) -> None:
    (line,) = lines(calls(tmp_path, ("Tijd", ("14:05", "", "18:00"))))
    assert line.endswith("; de tijd staat in een eigen kolom, die in 1 van de 3 rijen leeg is")


def test_the_listing_tells_of_the_pair_and_no_longer_of_a_column_that_is_left(
    tmp_path: Path,
) -> None:
    found = "\n".join(listing(proposed_tables([calls(tmp_path, ("Tijd", TIMES))], tmp_path)))
    assert "Datum with Tijd as called_at" in found
    assert "not read: Tijd" not in found
    assert "left: " not in found


def test_of_several_columns_with_times_the_choice_is_left(tmp_path: Path) -> None:
    path = calls(tmp_path, ("Starttijd", TIMES), ("Tijd", TIMES))
    assert lines(path) == [
        'called_at = "Datum"  # de enige kolom met datums',
        '# called_at = ["Datum", "Starttijd"]  # onzeker: een van de kolommen met tijden',
        '# called_at = ["Datum", "Tijd"]  # onzeker: een van de kolommen met tijden',
    ]
    told = "\n".join(listing(proposed_tables([path], tmp_path)))
    assert "in doubt, left as a comment: Datum with Starttijd as called_at, Datum with Tijd" in told


def test_one_of_several_that_holds_times_is_the_one(tmp_path: Path) -> None:
    path = calls(tmp_path, ("Starttijd", ("vroeg", "laat", "?")), ("Tijd", TIMES))
    assert lines(path)[0].startswith('called_at = ["Datum", "Tijd"]')


def test_how_long_a_call_took_is_not_taken_for_the_time_of_the_day(tmp_path: Path) -> None:
    certain, doubtful = lines(calls(tmp_path, ("Beltijd", ("00:03:12", "0:01:05", "00:00:40"))))
    assert certain == 'called_at = "Datum"  # de enige kolom met datums'
    assert doubtful == (
        '# called_at = ["Datum", "Beltijd"]  # onzeker: de meeste tijden liggen vóór 7 uur, alsof '
        "zij zeggen hoelang is gebeld"
    )
    assert lines(calls(tmp_path, ("Beltijd", ("2:05 PM", "9:30 AM", "6:00 PM"))))[0].startswith(
        'called_at = ["Datum", "Beltijd"]'
    )


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("14:05", "middag", "18:00"), "in 1 rij staat geen tijd"),
        (("x", "onbekend", "18:00"), "in 2 rijen staat geen tijd"),
        (("", "", ""), "zij is leeg"),
    ],
)
def test_a_column_without_times_is_named_with_what_is_wrong(
    tmp_path: Path, cells: tuple[str, ...], why: str
) -> None:
    path = calls(tmp_path, ("Tijd", cells))
    text = proposed_tables([path], tmp_path).tables["calls"]
    assert f'# De kolom "Tijd" heet naar de tijd, maar {why}. Daarom wordt zij niet' in text
    assert lines(path) == [
        'called_at = "Datum"  # de enige kolom met datums',
        '# called_at = ["Datum", "Tijd"]',
    ]
    told = "\n".join(listing(proposed_tables([path], tmp_path)))
    assert "the time may stand beside the day, and is not read: Tijd " in told


def test_a_moment_with_a_time_of_its_own_needs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    rows = "".join(f"K{n};{DAYS[n]} {TIMES[n]};{TIMES[n]}\n" for n in range(3))
    path.write_text(f"Klantnr;Beldatum;Tijd\n{rows}", "utf-8")
    assert lines(path) == ['called_at = "Beldatum"  # naam en inhoud passen']
    assert sketch(path).clocks == ()


def test_times_of_workbooks_and_of_parquet_are_recognised(tmp_path: Path) -> None:
    days = [dt.date(2024, 12, 31), dt.date(2025, 1, 2), dt.date(2025, 2, 3)]
    times = [dt.time(14, 5), dt.time(9, 30), dt.time(18)]
    header = ["Klantnr", "Datum", "Tijd", "Resultaat"]
    cells = [["K1", day, time, "Geen gehoor"] for day, time in zip(days, times, strict=True)]
    write_workbook(tmp_path / "calls.xlsx", {"Calls": [header, *cells]})
    assert lines(tmp_path / "calls.xlsx")[0].startswith('called_at = ["Datum", "Tijd"]')
    columns = dict(zip(header, map(list, zip(*cells, strict=True)), strict=True))
    pq.write_table(pa.table(columns), tmp_path / "calls.parquet")
    assert lines(tmp_path / "calls.parquet")[0].startswith('called_at = ["Datum", "Tijd"]')
