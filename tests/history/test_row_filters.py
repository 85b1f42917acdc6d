"""Rows that do not count by the codes of a column are left out, counted, and named by code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.exposure import Exposure, load_exposure
from tests.histories import day, tables, write_csv, write_dossier
from tests.slow_reference import months_between
from tests.small_history import SECRET, found, months_of

CODES = ("Outbound", " Outbound ", "outbound", "Inbound", "")
CALLS = [
    [f"k{n:02d}", f"2024-03-{4 + n % 5:02d} 10:{n:02d}", "true", str(n % 4 == 0).lower()]
    for n in range(20)
]
HEADER = ["customer_id", "called_at", "net_contact", "converted"]
EVENTS = [[row[0], f"2023-{1 + n % 6:02d}-20", "paid"] for n, row in enumerate(CALLS)]
FAILED = [[row[0], "2024-02-20", "failed"] for row in CALLS[::3]]


def exposed(folder: Path, where: str, codes: Sequence[str] = CODES, more: str = "") -> Exposure:
    """Return the calls of a file with a column of codes, of which the dossier says which count."""
    rows = [[*row, codes[n % len(codes)]] for n, row in enumerate(CALLS)]
    write_csv(folder / "calls.csv", [*HEADER, "Direction"], rows)
    if not (folder / "events.csv").exists():
        write_csv(folder / "events.csv", ["customer_id", "occurred_on"], [r[:2] for r in EVENTS])
    data = f"{tables('calls')}\n{where}\n{tables('events')}\n{more}"
    return load_exposure(write_dossier(folder, data), SECRET)


def counted(rows: Sequence[Sequence[str]]) -> dict[int, tuple[int, int]]:
    """Return the months of some of the calls, counted by hand."""
    since = {row[0]: day(row[1]) for row in EVENTS}
    found: dict[int, tuple[int, int]] = {}
    for key, moment, _, converted in rows:
        month = months_between(since[key], day(moment[:10]))
        contacts, conversions = found.get(month, (0, 0))
        found[month] = (contacts + 1, conversions + (converted == "true"))
    return dict(sorted(found.items()))


@pytest.mark.parametrize(
    ("where", "counting", "left_out"),
    [
        ('["Outbound"]', (0, 1), "(empty) (4), Inbound (4), outbound (4)"),
        ('[" Outbound", "outbound", "never"]', (0, 1, 2), "(empty) (4), Inbound (4)"),
        ('["Outbound", "outbound", ""]', (0, 1, 2, 4), "Inbound (4)"),
    ],
)
def test_codes_count_as_they_are_written_but_for_spaces_around_them(
    tmp_path: Path, where: str, counting: tuple[int, ...], left_out: str
) -> None:
    exposure = exposed(tmp_path, f"where = {{ Direction = {where} }}")
    kept = [row for n, row in enumerate(CALLS) if n % 5 in counting]
    assert months_of(exposure) == counted(kept)
    lines = {line.code: line.count for line in exposure.bridge}
    assert lines["rows_in"] == 20
    assert lines["left_out_by_where"] == 20 - len(kept)
    finding = found(exposure, "rows_left_out_by_where_calls")
    assert finding is not None
    assert (finding.count, finding.blocking) == (20 - len(kept), False)
    assert finding.detail == f"Left out by `Direction`: {left_out}."


def test_failed_payments_and_withdrawn_objections_change_no_number(tmp_path: Path) -> None:
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on", "status"], [*EVENTS, *FAILED])
    objections = [["k00", "2024-03-06", "actief"], ["k01", "2024-03-07", "ingetrokken"]]
    write_csv(tmp_path / "verzet.csv", ["customer_id", "objected_on", "stand"], objections)
    more = 'where = { status = ["paid"] }\n[data.objections]\npath = "verzet.csv"\n'
    exposure = exposed(tmp_path, "", ["Outbound"], f'{more}where = {{ stand = ["actief"] }}')
    assert months_of(exposure) == counted(CALLS)
    assert exposure.month_table.frame["objection_events"].sum() == 1
    for code, number in (("events", len(FAILED)), ("objections", 1)):
        finding = found(exposure, f"rows_left_out_by_where_{code}")
        assert finding is not None
        assert finding.count == number
    assert found(exposure, "objection_unattributed") is None


def test_two_columns_decide_together_and_a_row_that_is_left_out_may_hold_anything(
    tmp_path: Path,
) -> None:
    header = [*HEADER, "Direction", "status"]
    wrong = ["", "somewhen", "?", "#N/A", "Inbound", "1"]
    rows = [[*row, "Outbound", str(n % 2)] for n, row in enumerate(CALLS)]
    write_csv(tmp_path / "calls.csv", header, [*rows, wrong])
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on"], [r[:2] for r in EVENTS])
    where = 'where = { Direction = ["Outbound"], status = ["1"] }'
    dossier = write_dossier(tmp_path, f"{tables('calls')}\n{where}\n{tables('events')}")
    exposure = load_exposure(dossier, SECRET)
    assert months_of(exposure) == counted(CALLS[1::2])
    finding = found(exposure, "rows_left_out_by_where_calls")
    assert finding is not None
    told = "Left out by `Direction`: Inbound (1); and by `status`: 0 (10)."
    assert (finding.count, finding.detail) == (11, told)


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (
            'where = { Direction = ["Outgoing", "out"] }',
            "`calls.csv`: `Direction` never holds any of the codes 'Outgoing', 'out'. Correct "
            "`[data.calls.where]`.",
        ),
        ('where = { direction = ["Outbound"] }', "`calls.csv` has no column `direction`, by which"),
        ("where = { Direction = [] }", "`data.calls.where.Direction` is an empty list"),
        (
            'where = { customer_id = ["k01"] }',
            "`data.calls.where` names `customer_id`, which holds customers and no codes.",
        ),
    ],
)
def test_codes_that_cannot_be_meant_are_refused(tmp_path: Path, where: str, sentence: str) -> None:
    with pytest.raises(BalanstestError) as refused:
        exposed(tmp_path, where)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "k01" not in str(refused.value)


def test_numbers_and_flags_of_parquet_are_codes(tmp_path: Path) -> None:
    columns = {name: [row[at] for row in CALLS] for at, name in enumerate(HEADER)}
    columns |= {"way": [n % 2 for n in range(20)], "test": [n % 5 == 0 for n in range(20)]}
    pq.write_table(pa.table(columns), tmp_path / "calls.parquet")
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on"], [r[:2] for r in EVENTS])
    where = 'where = { way = ["1"], test = ["false"] }'
    data = f"{tables('calls', suffix='parquet')}\n{where}\n{tables('events')}"
    exposure = load_exposure(write_dossier(tmp_path, data), SECRET)
    kept = [row for n, row in enumerate(CALLS) if n % 2 and n % 5]
    assert months_of(exposure) == counted(kept)


def test_names_among_codes_are_not_shown(tmp_path: Path) -> None:
    codes = ["Outbound", "Jan de Vries", "Fatima van den Berg", "note3"]
    exposure = exposed(tmp_path, 'where = { Direction = ["Outbound"] }', codes)
    finding = found(exposure, "rows_left_out_by_where_calls")
    assert finding is not None
    assert finding.detail == "Left out by `Direction`: note3 (5), and 2 that may be names."
