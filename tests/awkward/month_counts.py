"""Counts per month: totals, sums and copies among them, and numbers with decimals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from tests.awkward.export import Export, Table, Write, all_of, csv_text, raw
from tests.awkward.plain_count import Months
from tests.awkward_workbooks import write_workbook

TOTAL, DOUBLED, FLOATS, SEPARATED, ADJACENT = (
    "counts-total-summed",
    "counts-doubled",
    "floats-of-pandas",
    "complete-separation",
    "two-adjacent-months",
)
HEADER = ("months_since_purchase", "contacts", "conversions", "objections")
ROWS = tuple((month, 400 - 7 * month, 40 - 2 * month, 5 + month % 3) for month in range(12))
RIGHT: Months = {month: (contacts, sold) for month, contacts, sold, _ in ROWS}
DATA = '[data.counts]\npath = "{}"'


def _summed(table: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*table, strict=True)]


def _counts(table: Table, header: Sequence[str] = HEADER) -> Write:
    return raw(csv_text([header, *table]), "counts.csv")


def _export(name: str, kind: str, write: Write, **others: Any) -> Export:
    told = {"months": RIGHT, "data": DATA.format("counts.csv"), **others}
    return Export(name=name, kind=kind, write=write, **told)


def _total(name: str, table: Table, header: Sequence[str] = HEADER, **others: Any) -> Export:
    return _export(name, TOTAL, _counts(table, header), **others)


SUM = _summed(ROWS)
CAMPAIGNS = [[*row, name] for row in ROWS for name in ("lente", "herfst")]
WITH_CAMPAIGN = (*HEADER, "campaign")
TWICE: Months = {month: (2 * contacts, 2 * sold) for month, (contacts, sold) in RIGHT.items()}
OTHER = [(month, contacts - 11, sold - 1, told) for month, contacts, sold, told in ROWS]
BOTH: Months = {m: (a + b, c + d) for (m, a, c, _), (_, b, d, _) in zip(ROWS, OTHER, strict=True)}
THREE = [
    [month, *numbers, name]
    for (month, *first), (_, *second) in zip(ROWS, OTHER, strict=True)
    for name, numbers in (
        ("lente", first),
        ("herfst", second),
        ("alle", [a + b for a, b in zip(first, second, strict=True)]),
    )
]
NESTED = [
    row
    for month, *numbers in ROWS
    for row in ([month, *numbers, "lente"], [month, *numbers, "herfst"])
]
SUBTOTALLED = [
    *ROWS[:6],
    ["", *_summed(ROWS[:6])[1:]],
    *ROWS[6:],
    ["", *_summed(ROWS[6:])[1:]],
]


def _sheet(*sheets: Table) -> Write:
    def write(folder: Path) -> None:
        named = {f"Blad{n}": [list(HEADER), *map(list, s)] for n, s in enumerate(sheets, 1)}
        write_workbook(folder / "counts.xlsx", named)

    return write


def _parquet(folder: Path) -> None:
    frame = pd.DataFrame([tuple(map(float, row)) for row in ROWS], columns=list(HEADER))
    frame.to_parquet(folder / "counts.parquet")


def _shape(name: str, kind: str, table: Sequence[Sequence[int]], **others: Any) -> Export:
    months = {row[0]: (row[1], row[2]) for row in table if row[1]}
    return _export(name, kind, _counts(table), **{"months": months, **others})


SPLIT = (
    raw(csv_text([HEADER, *ROWS]), "tellingen/counts.csv"),
    raw(csv_text([HEADER, *ROWS]), "tellingen/counts (1).csv"),
)
BELOW = ("rows_below_table",)
IS_SUM = ("row 14 is the sum of all other rows", "counted twice", "Remove the total")

EXPORTS = (
    _total("counts without a total", ROWS),
    _total("a total below, months added up as well", [*ROWS, SUM], refused=IS_SUM),
    _total("a total below, with the average month", [*ROWS, [6, *SUM[1:]]], refused=IS_SUM),
    _total("a total below, in month 0", [*ROWS, [0, *SUM[1:]]], refused=IS_SUM),
    _total("a total below, in month 99", [*ROWS, [99, *SUM[1:]]], refused=IS_SUM),
    _total(
        "a total above",
        [SUM, *ROWS],
        refused=("row 2 is the sum of all other rows", "counted twice"),
    ),
    _total("a total below, by its name", [*ROWS, ["Totaal", *SUM[1:]]], findings=BELOW),
    _total("a total below, without a month", [*ROWS, ["", *SUM[1:]]], findings=BELOW),
    _total("subtotals without a month", SUBTOTALLED, findings=BELOW),
    _total(
        "a total of each campaign",
        [
            *[[*r, "lente"] for r in ROWS],
            [*SUM, "lente"],
            *[[*r, "herfst"] for r in OTHER],
            [*_summed(OTHER), "herfst"],
        ],
        WITH_CAMPAIGN,
        refused=("row 14 is the sum of all other rows of its campaign",),
    ),
    _total(
        "a total, with conversions only",
        [*[row[:3] for row in ROWS], SUM[:3]],
        HEADER[:3],
        refused=IS_SUM,
    ),
    _total(
        "a total of the year within the rows",
        [*ROWS[:6], [3, *_summed(ROWS[:6])[1:]], *ROWS[6:], [9, *_summed(ROWS[6:])[1:]]],
        refused=("row 8 is the sum of the rows above it", "subtotals"),
    ),
    _export(
        "a total in a workbook",
        TOTAL,
        _sheet([*ROWS, ["Totaal", *SUM[1:]]]),
        data=DATA.format("counts.xlsx"),
        findings=BELOW,
    ),
    _export(
        "a total in a workbook, months added up as well",
        TOTAL,
        _sheet([*ROWS, SUM]),
        data=DATA.format("counts.xlsx"),
        refused=IS_SUM,
    ),
    _export(
        "every row twice",
        DOUBLED,
        _counts([row for row in ROWS for _ in "12"]),
        refused=("row 3 is in everything equal to an earlier row", "counted twice"),
    ),
    _export(
        "the whole table below itself",
        DOUBLED,
        _counts([*ROWS, *ROWS]),
        refused=("row 14 is in everything equal",),
    ),
    _export(
        "one row twice",
        DOUBLED,
        _counts([*ROWS, ROWS[4]]),
        refused=("row 14 is in everything equal",),
    ),
    _export(
        "a copy in the folder",
        DOUBLED,
        all_of(*SPLIT),
        data=DATA.format("tellingen"),
        refused=("is a copy of `counts (1).csv`",),
    ),
    _export(
        "a copy in the folder with its rows in another order",
        DOUBLED,
        all_of(SPLIT[0], raw(csv_text([HEADER, *reversed(ROWS)]), "tellingen/b.csv")),
        data=DATA.format("tellingen"),
        refused=("is in everything equal to an earlier row",),
    ),
    _export(
        "a copy in the folder with another separator",
        DOUBLED,
        all_of(SPLIT[0], raw(csv_text([HEADER, *ROWS], ";"), "tellingen/b.csv")),
        data=DATA.format("tellingen"),
        refused=("is in everything equal to an earlier row",),
    ),
    _export(
        "a campaign that is the sum of the others",
        DOUBLED,
        _counts(THREE, WITH_CAMPAIGN),
        refused=("row 4 is the sum of all other rows of its month",),
    ),
    _export(
        "two campaigns that are each other's likeness",
        DOUBLED,
        _counts(NESTED, WITH_CAMPAIGN),
        refused=("in every month the sum of",),
    ),
    _export(
        "two tables of the same months, below each other",
        DOUBLED,
        _counts([*ROWS, *OTHER]),
        months=BOTH,
        findings=("counts_added_up",),
    ),
    _export(
        "two campaigns",
        DOUBLED,
        _counts([*[[*r, "lente"] for r in ROWS], *[[*r, "herfst"] for r in OTHER]], WITH_CAMPAIGN),
        months=BOTH,
    ),
    *(
        _export(
            f"counts as {name}",
            FLOATS,
            _counts([[pattern.format(number).replace(*mark) for number in row] for row in ROWS]),
        )
        for name, pattern, mark in (
            ("12.0", "{:.1f}", ("", "")),
            ("12,0", "{:.1f}", (".", ",")),
            ("12.00", "{:.2f}", ("", "")),
            ("12 between blanks", " {} ", ("", "")),
        )
    ),
    _export(
        "counts with decimals in Parquet", FLOATS, _parquet, data=DATA.format("counts.parquet")
    ),
    _export(
        "half a month",
        FLOATS,
        _counts([*ROWS, [12.5, 300, 10, 2]]),
        refused=("row 14: `months_since_purchase` is '12.5'",),
    ),
    _export(
        "thousands with a point",
        FLOATS,
        _counts([*ROWS, [12, "1.000", 10, 2]]),
        refused=("row 14: `contacts` is '1.000'",),
    ),
    _export(
        "a count that is not a number",
        FLOATS,
        _counts([*ROWS, [12, "nan", 10, 2]]),
        refused=("row 14: `contacts`",),
    ),
    _export(
        "a count below zero",
        FLOATS,
        _counts([*ROWS, [12, -5, 0, 0]]),
        refused=("row 14: `contacts` is '-5'",),
    ),
    _export(
        "more conversions than contacts",
        FLOATS,
        _counts([*ROWS, [12, 5, 6, 0]]),
        refused=("row 14", "conversions"),
    ),
    _export(
        "counts without one filled cell",
        FLOATS,
        _counts([*ROWS, [12, 300, "", 2]]),
        refused=("row 14: `conversions` is empty",),
    ),
    _shape(
        "no objection, and then nothing else",
        SEPARATED,
        [(m, 500, 50 - m, 0 if m < 12 else 500) for m in range(24)],
    ),
    _shape(
        "all convert, and then nobody",
        SEPARATED,
        [(m, 500, 500 if m < 12 else 0, 3) for m in range(24)],
    ),
    _shape("no conversion at all", SEPARATED, [(m, 500, 0, 3) for m in range(24)]),
    _shape("two months", ADJACENT, [(0, 5000, 400, 30), (1, 5000, 390, 31)]),
    _shape("two months far apart", ADJACENT, [(0, 5000, 400, 30), (35, 5000, 390, 31)]),
    _shape("one month", ADJACENT, [(0, 10000, 400, 30)]),
    _shape(
        "months without contacts between others",
        ADJACENT,
        [(0, 500, 40, 3), (1, 0, 0, 0), (2, 700, 41, 3)],
    ),
)
