"""However an export writes a history, the same calls are counted, and every row accounted for."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from balanstest_analysis.history.exposure import Exposure, build_exposure
from tests.awkward_workbooks import write_workbook
from tests.histories import crowded_world, tables, world_tables, write_dossier

SECRET = b"a secret for tests"
DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d)(:\d\d)?)?$")
WORDS = {
    "plain": {},
    "Dutch": {"true": "WAAR", "false": "ONWAAR", "ja": "J", "nee": "N"},
    "numbers": {"true": "1", "false": "0", "ja": "1", "nee": "0"},
}
DAYS: dict[str, Callable[[re.Match[str]], str]] = {
    "iso": lambda m: m[0],
    "T": lambda m: m[0].replace(" ", "T"),
    "day-first": lambda m: f"{m[3]}-{m[2]}-{m[1]}" + (f" {m[4]}" if m[4] else ""),
    "slashes": lambda m: f"{int(m[3])}/{int(m[2])}/{m[1]}" + (f" {m[4]}:00" if m[4] else ""),
    "month-first": lambda m: f"{m[2]}/{m[3]}/{m[1]}" + (f" {m[4]}" if m[4] else ""),
}

Table = tuple[list[str], list[list[str]]]


def written(table: Table, days: str, words: str, decimal: str) -> Table:
    """Return a table in another notation."""
    header, rows = table
    amount = header.index("amount") if "amount" in header else -1

    def cell(index: int, text: str) -> str:
        if index == amount:
            return text.replace(".", decimal)
        found = DAY.match(text)
        return DAYS[days](found) if found else WORDS[words].get(text, text)

    return header, [[cell(index, text) for index, text in enumerate(row)] for row in rows]


def write_csv(path: Path, table: Table, rng: random.Random) -> None:
    header, rows = table
    text = io.StringIO()
    text.write(rng.choice(["", "", "Export\n\n"]))
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    end = rng.choice(["\n", "\r\n"])
    writer = csv.writer(text, delimiter=rng.choice(";\t|"), quoting=quoting, lineterminator=end)
    writer.writerows([header, *rows])
    encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    path.write_bytes(text.getvalue().encode(encoding))


def exposure_of(folder: Path, seed: int, made: dict[str, Table]) -> Exposure:
    """Return the exposure after writing every table in a notation of its own."""
    rng = random.Random(seed)
    suffix = rng.choice(["csv", "csv", "xlsx"])
    for name, table in made.items():
        days, words, decimal = (rng.choice(list(kinds)) for kinds in (DAYS, WORDS, ".,"))
        other = written(table, days, words, decimal)
        if suffix == "csv":
            write_csv(folder / f"{name}.csv", other, rng)
        else:
            write_workbook(folder / f"{name}.xlsx", {"Blad1": [["Titel"], [], other[0], *other[1]]})
    return build_exposure(write_dossier(folder, tables(*made, suffix=suffix)), SECRET)


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32), has_kind=st.booleans(), has_ends_on=st.booleans())
def test_a_history_counts_the_same_however_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, seed: int, has_kind: bool, has_ends_on: bool
) -> None:
    world = crowded_world(seed=seed, has_kind=has_kind, has_ends_on=has_ends_on, with_call_ids=True)
    made = world_tables(world)
    plain = tmp_path_factory.mktemp("plain")
    for name, (header, rows) in made.items():
        with (plain / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    first = build_exposure(write_dossier(plain, tables(*made)), SECRET)
    again = exposure_of(tmp_path_factory.mktemp("other"), seed, made)
    assert again.month_table.frame.equals(first.month_table.frame)
    assert (again.bridge, again.findings) == (first.bridge, first.findings)
    lines = [line.count for line in again.bridge]
    assert lines[0] == len(world.calls) == sum(lines[1:])
