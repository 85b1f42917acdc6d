"""Counts that would count twice are refused; counts that only look like it are not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.exposure import load_exposure
from tests.histories import tables, write_csv, write_dossier
from tests.small_history import SECRET, found

Rows = list[list[Any]]
MONTHS: Rows = [["", m, 1000 + 7 * m, 90 - m] for m in range(12)]
LENTE: Rows = [["lente", m, 1000 + 7 * m, 90 - m] for m in range(12)]
HERFST: Rows = [["herfst", m, 900 - 7 * m, 50 + 2 * m] for m in range(12)]
WINTER: Rows = [["winter", m, 300 + 11 * (m * m % 7), 20 + m % 5] for m in range(12)]
ZOMER: Rows = [["zomer", m, 200 + 13 * (m * m % 5), 30 - m % 4] for m in range(12)]
REST: Rows = [["rest", m, 700 - 3 * (m * m % 11), 44 + m % 3] for m in range(12)]


def total(label: str, month: int, rows: Sequence[Sequence[Any]]) -> list[Any]:
    return [label, month, sum(row[2] for row in rows), sum(row[3] for row in rows)]


def by_month(label: str, *tables: Rows) -> Rows:
    return [total(label, rows[0][1], rows) for rows in zip(*tables, strict=True)]


def subtotalled(rows: Rows, size: int) -> Rows:
    starts = range(0, len(rows), size)
    parts = [rows[start : start + size] for start in starts]
    return [row for n, part in enumerate(parts) for row in [*part, total("", 90 + n, part)]]


REFUSED: dict[str, tuple[Rows, str]] = {
    "a repeated row": ([*MONTHS, MONTHS[3]], "row 14 is in everything equal to an earlier row"),
    "a total below": ([*MONTHS, total("", 12, MONTHS)], "row 14 is the sum of all other rows"),
    "a total above": ([total("", 999, MONTHS), *MONTHS], "row 2 is the sum of all other rows"),
    "a total of few months": (
        [*MONTHS[:3], total("", 3, MONTHS[:3])],
        "row 5 is the sum of all other rows",
    ),
    "a total as one campaign": (
        [*LENTE, *HERFST, total("alle", 0, [*LENTE, *HERFST])],
        "row 26 is the sum of all other rows",
    ),
    "a campaign that is the sum": (
        [*LENTE, *HERFST, *by_month("alle", LENTE, HERFST)],
        "row 26 is the sum of all other rows of its month, so that its counts would be counted "
        "twice. Remove the total. (And 11 more rows.)",
    ),
    "a campaign that is the sum but for a slip": (
        [*LENTE, *HERFST, *by_month("alle", LENTE, HERFST)[:-1], ["alle", 11, 1900, 1]],
        "row 26 is the sum of all other rows of its month",
    ),
    "a total of one month": (
        [*LENTE, *HERFST, by_month("alle", LENTE, HERFST)[3]],
        "row 26 is the sum of all other rows of its month",
    ),
    "one campaign and all": (
        [*LENTE, *by_month("alle", LENTE)],
        "The rows of one campaign, from `counts.csv` row 14 on, are in every month the sum",
    ),
    "a total per campaign": (
        [*LENTE, total("lente", 12, LENTE), *HERFST, total("herfst", 12, HERFST)],
        "row 14 is the sum of all other rows of its campaign",
    ),
    "a total without conversions": (
        [*MONTHS, [*total("", 12, MONTHS)[:3], 0]],
        "row 14 has as many contacts as all other rows together, so that",
    ),
    "a total with other conversions": (
        [*MONTHS, [*total("", 12, MONTHS)[:3], 4]],
        "row 14 has as many contacts as all other rows together",
    ),
    "a total that is off by one": (
        [*MONTHS, [*total("", 12, MONTHS)[:2], 12_463, 1015]],
        "row 14 is, but for one or two, the sum of all other rows",
    ),
    "a total of all months but the first": (
        [*MONTHS, total("", 12, MONTHS[1:])],
        "row 14 is the sum of most other rows, but for those of some months",
    ),
    "a total of the first months": (
        [*MONTHS, total("", 3, MONTHS[:8])],
        "row 14 is the sum of most other rows",
    ),
    "totals per campaign without conversions": (
        [
            *LENTE,
            [*total("lente", 12, LENTE)[:3], 0],
            *HERFST,
            [*total("herfst", 12, HERFST)[:3], 0],
        ],
        "row 14 has as many contacts as all other rows together of its campaign",
    ),
    "percentages": ([*MONTHS, ["", 12, 100, 100]], "row 14 has 100 contacts and 100 of every"),
    "counts through each month": (
        [total("", m, MONTHS[: m + 1]) for m in range(12)],
        "nothing in it becomes less from month to month",
    ),
    "a campaign that is the sum of some": (
        [*LENTE, *HERFST, *WINTER, *by_month("digitaal", LENTE, WINTER)],
        "The rows of one campaign, from `counts.csv` row 38 on, are in every month the sum of "
        "those of some others",
    ),
    "a campaign that is the sum of four": (
        [*LENTE, *by_month("x", LENTE, HERFST, WINTER, ZOMER), *HERFST, *WINTER, *ZOMER, *REST],
        "The rows of one campaign, from `counts.csv` row 14 on",
    ),
    "subtotals": (subtotalled(MONTHS, 3), "row 5 is the sum of the rows above it"),
    "subtotals and a total": (
        [*subtotalled(MONTHS, 4), total("", 99, MONTHS)],
        "row 6 is the sum of the rows above it",
    ),
}
READ: dict[str, Rows] = {
    "plain": MONTHS,
    "two campaigns": [*LENTE, *HERFST],
    "nearly half": [*MONTHS, [*total("", 12, MONTHS)[:2], 12_470, 820]],
    "ever more contacts": [["", m, 100 + 40 * m, 60 - m] for m in range(14)],
    "all converted": [["", m, 100, 100] for m in range(3)],
    "a small month at the end": [*MONTHS, ["", 12, 100, 9]],
    "a month with a third": [["", 0, 4000, 300], *MONTHS[1:9]],
    "three campaigns of which one is large": [*LENTE, *HERFST, *by_month("x", LENTE, LENTE)],
    "a month that is two others by chance": [["", 0, 200, 20], ["", 1, 100, 10], ["", 2, 100, 10]],
    "small counts": [["a", 0, 5, 0], ["b", 0, 3, 0], ["c", 0, 2, 0], ["a", 1, 9, 1]],
    "halves": [["", n, 2 ** (5 - n), 0] for n in range(6)] + [["", 6, 1, 0]],
    "all months alike": [["", month, 500, 10] for month in range(24)],
    "a month without contacts twice": [*MONTHS, ["", 12, 0, 0], ["", 12, 0, 0]],
}


def counted(folder: Path, rows: Rows) -> Any:
    header = ["campaign", "months_since_purchase", "contacts", "conversions"]
    write_csv(folder / "counts.csv", header, rows)
    return load_exposure(write_dossier(folder, tables("counts")), SECRET)


@pytest.mark.parametrize("name", REFUSED)
def test_counts_that_would_count_twice_are_refused_with_their_row(
    tmp_path: Path, name: str
) -> None:
    rows, sentence = REFUSED[name]
    with pytest.raises(DataError) as refused:
        counted(tmp_path, rows)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("name", READ)
def test_counts_that_only_look_like_totals_are_read(tmp_path: Path, name: str) -> None:
    exposure = counted(tmp_path, READ[name])
    assert exposure.month_table.frame["conversion_exposure"].sum() == sum(
        row[2] for row in READ[name]
    )


def test_rows_of_one_month_with_other_numbers_are_added_up_and_a_finding(tmp_path: Path) -> None:
    exposure = counted(tmp_path, [*MONTHS, ["", 3, 10, 1]])
    finding = found(exposure, "counts_added_up")
    assert finding is not None
    assert finding.count == 1
    assert exposure.month_table.outcome("conversion").exposure_by_month[3] == 1031


def test_a_last_row_of_averages_is_a_finding_with_its_row(tmp_path: Path) -> None:
    wide = [["", m, 1000 + 7 * m, 90 - m] for m in range(24)]
    finding = found(counted(tmp_path, [*wide, ["", 24, 1080, 78]]), "count_row_like_average")
    assert finding is not None
    assert (finding.count, finding.example_row) == (1, 26)
    assert found(counted(tmp_path, wide), "count_row_like_average") is None


@pytest.mark.parametrize("word", ["Totaal", "Eindtotaal", ""])
def test_a_total_without_a_month_is_left_out_and_a_finding(tmp_path: Path, word: str) -> None:
    exposure = counted(tmp_path, [*MONTHS, ["", word, *total("", 0, MONTHS)[2:]]])
    finding = found(exposure, "rows_below_table")
    assert finding is not None
    assert (finding.count, finding.example_row) == (1, 14)
    assert exposure.month_table.frame["conversion_exposure"].sum() == total("", 0, MONTHS)[2]


def test_a_campaign_without_a_month_is_refused_for_it_may_have_that_of_the_row_above(
    tmp_path: Path,
) -> None:
    with pytest.raises(DataError, match="row 3: `months_since_purchase` is empty"):
        counted(tmp_path, [LENTE[0], ["herfst", "", 900, 50], *LENTE[1:]])


def test_a_copy_of_a_file_of_counts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "counts").mkdir()
    for name in ("a.csv", "b.csv"):
        header = ["months_since_purchase", "contacts", "conversions"]
        write_csv(tmp_path / "counts" / name, header, [row[1:] for row in MONTHS])
    dossier = write_dossier(tmp_path, '[data.counts]\npath = "counts"')
    with pytest.raises(DataError, match=r"`b.csv` is a copy of `a.csv`, and their counts would"):
        load_exposure(dossier, SECRET)
