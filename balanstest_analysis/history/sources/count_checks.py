"""Counts that would count twice: repeated rows, totals among the rows, and sums of others.

Counts hold no persons, so their rows are looked at in Python's memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.engines.engine import Engine, frame
from balanstest_analysis.history.files.text_rows import ROW
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources.checks import typed
from balanstest_analysis.history.sources.file_layouts import reopened, reopened_whole
from balanstest_analysis.history.sources.near_totals import (
    is_cumulative,
    nearly_total,
    row_of_averages,
    row_of_percentages,
)
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import more_rows
from balanstest_analysis.history.sources.summed_campaigns import summed_campaign

KEYS = ("campaign", "group", "months_since_purchase")
_TWICE = "so that its counts would be counted twice"
_FEWEST_MONTHS = 3
_FEWEST_CONTACTS = 100
Numbers = npt.NDArray[np.int64]


def counts_with_places(engine: Engine, parts: Sequence[Part]) -> pd.DataFrame:
    """Return the rows of counts that have any contact, with ``file`` and ``row``.

    Args:
        engine: where they are read.
        parts: of the counts.

    Returns:
        Columns `KEYS`, empty where the files have none, and the counts; ``row`` is 0 where rows
        have no order.
    """
    found = [rows for part in parts for rows in _read(engine, part)]
    table = pd.concat(found, ignore_index=True)
    for name in ("campaign", "group"):
        table[name] = table[name].fillna("") if name in table else ""
    return table[table["contacts"] > 0].reset_index(drop=True)


def _read(engine: Engine, part: Part) -> Iterator[pd.DataFrame]:
    if not engine.has_row_order:
        stored = reopened_whole(engine, part)
        values = {c.name: typed(part, stored, c).value for c in part.columns}
        yield frame(engine, stored.select(**values)).assign(file=part.name, row=0)
        return
    for file in part.files:
        stored = reopened(engine, part, file)
        values = {c.name: typed(part, stored, c).value for c in part.columns}
        rows = stored.select(**values, row=stored[ROW]).order_by("row")
        yield frame(engine, rows).assign(file=file.name)


def count_columns(table: pd.DataFrame) -> list[str]:
    """Return the names of the counts that a table has."""
    return [c.name for c in TABLES["counts"] if c.kind == "count" and c.name in table][1:]


def refuse_counted_twice(table: pd.DataFrame) -> None:
    """Refuse counts of which some are there twice, or are the sum of others.

    Args:
        table: from `counts_with_places`.

    Raises:
        DataError: with the first row that is too many.
    """
    _refuse_repeated(table)
    numbers = table[count_columns(table)].to_numpy(np.int64)
    _refuse_total(table, numbers)
    for name in ("campaign", "group"):
        _refuse_part_that_is_all(table, numbers, name)
    _refuse_subtotals(table, numbers)
    _refuse_nearly_total(table, numbers)
    _refuse_summed_campaign(table)
    _refuse_cumulative(table)


def like_average(table: pd.DataFrame) -> tuple[Finding, ...]:
    """Return a finding of a first or last row that is the average of all others.

    Args:
        table: from `counts_with_places`.
    """
    place = row_of_averages(table[count_columns(table)].to_numpy(np.int64))
    if place is None:
        return ()
    row = table.iloc[place]
    found = Finding(
        code="count_row_like_average",
        count=1,
        example_file=str(row["file"]),
        example_row=int(row["row"]) or None,
    )
    return (found,)


def added_up(table: pd.DataFrame) -> int:
    """Return how many rows have the same month, campaign and group as an earlier one."""
    return int(table.duplicated(list(KEYS)).sum())


def _refuse_repeated(table: pd.DataFrame) -> None:
    repeated = table[table.duplicated([*KEYS, *count_columns(table)])]
    if len(repeated):
        raise DataError(
            f"{_place(repeated.iloc[0])} is in everything equal to an earlier row, {_TWICE}. "
            "Remove it; or, if it is meant, add them up to one row per month, campaign and group."
            f"{more_rows(len(repeated))}"
        )


def _refuse_total(table: pd.DataFrame, numbers: Numbers) -> None:
    """Refuse a row that is the sum of all others, or of all others of its part or month."""
    for names in ([], ["campaign"], ["group"], ["campaign", "group"], ["months_since_purchase"]):
        if any(table[name].nunique() < 2 for name in names):
            continue
        labels = _labels(table, names)
        marks = _is_sum(numbers, labels)
        if _is_telling(numbers[marks]) and (not names or _is_systematic(marks, labels)):
            what = "all other rows" if not names else f"all other rows of its {_words(names)}"
            raise DataError(
                f"{_place(table[marks].iloc[0])} is the sum of {what}, {_TWICE}. Remove the "
                f"total.{more_rows(int(marks.sum()))}"
            )


def _labels(table: pd.DataFrame, names: Sequence[str]) -> Numbers:
    if not names:
        return np.zeros(len(table), np.int64)
    return np.asarray(table.groupby(list(names), sort=False).ngroup(), np.int64)


def _is_sum(numbers: Numbers, labels: Numbers) -> npt.NDArray[np.bool_]:
    """Return which rows are the sum of all others with the same label, of three where all share it.

    Of two others a row is the sum by chance, unless many are.
    """
    size = int(labels.max(initial=-1)) + 1
    sums = np.zeros((size, numbers.shape[1]), np.int64)
    np.add.at(sums, labels, numbers)
    rows = np.bincount(labels, minlength=size)
    is_rest: npt.NDArray[np.bool_] = (2 * numbers == sums[labels]).all(axis=1)
    return is_rest & (rows[labels] > (3 if size == 1 else 2))


def _is_telling(sums: Numbers) -> bool:
    """Return whether rows that are sums are so large that they are not by chance."""
    return bool(len(sums) and sums[:, 0].sum() >= _FEWEST_CONTACTS and sums[:, 1:].any())


def _is_systematic(marks: npt.NDArray[np.bool_], labels: Numbers) -> bool:
    """Return whether every part with rows enough has such a row: one may be chance."""
    rows = np.bincount(labels)
    return bool(marks.sum() >= max(1, 0.5 * (rows > 2).sum()))


def _words(names: Sequence[str]) -> str:
    return " and ".join("month" if name == KEYS[2] else name for name in names)


def _refuse_part_that_is_all(table: pd.DataFrame, numbers: Numbers, name: str) -> None:
    """Refuse a campaign or group that is the sum of all others, in every month."""
    if table[name].nunique() < 2:
        return
    columns = count_columns(table)
    keys = [KEYS[2], name]
    summed = table.groupby(keys, sort=False)[columns].sum()
    months = summed.groupby(level=0).transform("sum")
    same = (2 * summed == months).all(axis=1).groupby(level=1).sum()
    rows = summed.groupby(level=1).size()
    whole = rows[(same == rows) & (rows >= _FEWEST_MONTHS)]
    present = summed.groupby(level=0).size()
    for label in whole.index if len(whole) else ():
        others = present[present > 1]
        if len(others) == len(present) and rows[label] == len(present):
            first = table[table[name] == _doubled(table, whole, name)].iloc[0]
            raise DataError(
                f"The rows of one {name}, from {_place(first)} on, are in every month the sum of "
                f"those of the others, {_TWICE}. Remove them, or leave the column {name} out."
            )


def _doubled(table: pd.DataFrame, whole: pd.Series[int], name: str) -> object:
    """Return the label that comes last: of two that are alike, the total."""
    lasts = table[table[name].isin(whole.index)].groupby(name, sort=False)["row"].idxmin()
    return lasts.index[-1]


def _refuse_subtotals(table: pd.DataFrame, numbers: Numbers) -> None:
    """Refuse rows that are each the sum of the rows above it, back to the one before."""
    found, start = list[int](), 0
    for place in range(len(numbers)):
        above = numbers[start:place]
        if len(above) > 1 and (above.sum(axis=0) == numbers[place]).all():
            found.append(place)
            start = place + 1
    if len(found) > 1 and start >= len(numbers) - 1:
        raise DataError(
            f"{_place(table.iloc[found[0]])} is the sum of the rows above it, {_TWICE}. Remove the "
            f"subtotals.{more_rows(len(found))}"
        )


def _refuse_cumulative(table: pd.DataFrame) -> None:
    columns = count_columns(table)
    if is_cumulative(table, columns):
        raise DataError(
            f"`{table.iloc[0]['file']}`: nothing in it becomes less from month to month, so it "
            "seems to count all months through each. Give the counts of each month alone."
        )


def _refuse_nearly_total(table: pd.DataFrame, numbers: Numbers) -> None:
    """Refuse a total without some of its counts, of all rows or of each campaign or group."""
    percentages = row_of_percentages(numbers)
    if percentages is not None:
        raise DataError(
            f"{_place(table.iloc[percentages])} has 100 contacts and 100 of every outcome, as a "
            "row of percentages has. Remove it."
        )
    months = table["months_since_purchase"].to_numpy(np.int64)
    for names in ([], ["campaign"], ["group"]):
        labels = _labels(table, names)
        parts = np.split(np.argsort(labels, kind="stable"), np.bincount(labels).cumsum()[:-1])
        told = [(at, nearly_total(months[at], numbers[at])) for at in parts]
        found = [(at[total[0]], total[1]) for at, total in told if total is not None]
        if found and 2 * len(found) >= sum(len(at) > 2 for at in parts):
            place, what = min(found)
            raise DataError(
                f"{_place(table.iloc[place])} {what}{_of(names)}, {_TWICE}. Remove the total."
                f"{more_rows(len(found))}"
            )


def _of(names: Sequence[str]) -> str:
    return f" of its {_words(names)}" if names else ""


def _refuse_summed_campaign(table: pd.DataFrame) -> None:
    name = summed_campaign(table, count_columns(table))
    if name is not None:
        first = table[table["campaign"] == name].iloc[0]
        raise DataError(
            f"The rows of one campaign, from {_place(first)} on, are in every month the sum of "
            f"those of some others, {_TWICE}. Remove them."
        )


def _place(row: pd.Series[int]) -> str:
    return f"`{row['file']}` row {row['row']}" if row["row"] else f"A row of `{row['file']}`"
