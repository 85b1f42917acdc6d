"""One table from several sources, each with its own columns, without changing what a cell means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.exposure import Exposure, load_exposure
from tests.awkward_workbooks import write_workbook
from tests.histories import tables, write_csv, write_dossier
from tests.small_history import SECRET, months_of

KEYS = [f"k{n:02d}" for n in range(20)]
CALLS = [
    [key, f"2024-03-{4 + n % 5:02d} 10:{n:02d}", "1", str(n % 3 // 2)] for n, key in enumerate(KEYS)
]
HEADER = ["customer_id", "called_at", "net_contact", "converted"]
GIFTS = [[key, f"2023-0{1 + n % 9}-10"] for n, key in enumerate(KEYS[:12])]
MANDATES = [
    [key, f"2022-0{1 + n % 9}-01", "" if n % 3 == 0 else f"2023-0{1 + n % 9}-05"]
    for n, key in enumerate(KEYS[8:])
]
# As one table, in which a gift is over on its own day.
TOGETHER = [[key, day, day] for key, day in GIFTS] + MANDATES


def exposed(folder: Path, events: str, files: Mapping[str, list[list[str]]]) -> Exposure:
    write_csv(folder / "calls.csv", HEADER, CALLS)
    for name, (header, *rows) in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        write_csv(folder / name, header, rows)
    return load_exposure(write_dossier(folder, f"{tables('calls')}\n{events}"), SECRET)


def result(exposure: Exposure) -> tuple[object, ...]:
    """Return months, bridge and findings; which rows state a kind is what these tests vary."""
    lines = {line.code: line.count for line in exposure.bridge}
    found = {f.code: f.count for f in exposure.findings if f.code != "kind_assumed"}
    return months_of(exposure), lines, found


GIFT_FILE = [["customer_id", "occurred_on"], *GIFTS]
MANDATE_FILE = [["relatie", "start", "einde"], *MANDATES]
GIFT_SOURCE = '[[data.events]]\npath = "gifts.csv"\n'
MANDATE_SOURCE = """[[data.events]]
path = "mandates.csv"
columns = { customer_id = "relatie", occurred_on = "start", ends_on = "einde" }
"""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    header = ["customer_id", "occurred_on", "ends_on"]
    folder = tmp_path_factory.mktemp("together")
    found = result(exposed(folder, tables("events"), {"events.csv": [header, *TOGETHER]}))
    assert found[1]["running_customer"] == 4  # type: ignore[index]
    return found


def test_a_gift_beside_contracts_is_no_contract_that_still_runs(
    tmp_path: Path, expected: tuple[object, ...]
) -> None:
    files = {"gifts.csv": GIFT_FILE, "mandates.csv": MANDATE_FILE}
    for events in (f"{GIFT_SOURCE}{MANDATE_SOURCE}", f"{MANDATE_SOURCE}{GIFT_SOURCE}"):
        assert result(exposed(tmp_path, events, files)) == expected


def test_kinds_in_one_source_only_change_nothing_in_the_other(
    tmp_path: Path, expected: tuple[object, ...]
) -> None:
    kinds = ["Koop", "Gift", "Dienst"]
    rows = [[key, day, kinds[n % 3]] for n, (key, day) in enumerate(GIFTS)]
    events = f"""{MANDATE_SOURCE}{GIFT_SOURCE}[data.events.values.Soort]
    purchase = ["koop"]
    donation = ["Gift"]
    service = ["dienst"]
    """
    files = {
        "gifts.csv": [["customer_id", "occurred_on", "Soort"], *rows],
        "mandates.csv": MANDATE_FILE,
    }
    assert result(exposed(tmp_path, events, files)) == expected


def test_sheets_of_one_workbook_are_sources_with_their_own_rows_that_count(
    tmp_path: Path, expected: tuple[object, ...]
) -> None:
    failed = [[key, "2024-02-01", "mislukt"] for key in KEYS[:5]]
    gifts = [["customer_id", "occurred_on", "status"], *([*row, "ok"] for row in GIFTS), *failed]
    mandates = [[cell or None for cell in row] for row in MANDATE_FILE]
    write_workbook(tmp_path / "crm.xlsx", {"Giften": gifts, "Machtigingen": mandates})
    events = f"""{GIFT_SOURCE}sheet = "Giften"
    where = {{ status = ["ok"] }}
    {MANDATE_SOURCE}sheet = "Machtigingen"
    """.replace("gifts.csv", "crm.xlsx").replace("mandates.csv", "crm.xlsx")
    months, bridge, findings = result(exposed(tmp_path, events, {}))
    left_out = {"rows_left_out_by_where_events": 5}
    assert (months, bridge, findings) == (*expected[:2], {**expected[2], **left_out})  # type: ignore[dict-item]


def test_two_days_of_one_wide_file_are_two_sources(tmp_path: Path) -> None:
    rows = [[key, "2020-01-01", day] for key, day in GIFTS]
    files = {"gifts.csv": [["customer_id", "first_gift", "last_gift"], *rows]}
    source = f'{GIFT_SOURCE}columns = {{ occurred_on = "first_gift" }}\n'
    events = source + source.replace("first_gift", "last_gift")
    wide = exposed(tmp_path, events, files)
    assert result(wide) == result(exposed(tmp_path, GIFT_SOURCE, {"gifts.csv": GIFT_FILE}))


def test_calls_of_two_diallers_are_one_table(tmp_path: Path, expected: tuple[object, ...]) -> None:
    write_csv(
        tmp_path / "old.csv",
        ["klant", "moment", "code"],
        [[key, at, ["N", "N", "J"][int(won) * 2]] for key, at, _, won in CALLS[:9]],
    )
    write_csv(tmp_path / "new.csv", HEADER, CALLS[9:])
    for name, rows in (("gifts.csv", GIFT_FILE), ("mandates.csv", MANDATE_FILE)):
        write_csv(tmp_path / name, rows[0], rows[1:])
    calls = """[[data.calls]]
    path = "old.csv"
    columns = { customer_id = "klant", called_at = "moment" }
    [data.calls.values.code]
    net_contact = ["J", "N"]
    converted = ["J"]
    [[data.calls]]
    path = "new.csv"
    """
    dossier = write_dossier(tmp_path, f"{calls}\n{GIFT_SOURCE}{MANDATE_SOURCE}")
    assert result(load_exposure(dossier, SECRET)) == expected


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        (GIFT_SOURCE * 2, "two sources of `data.events` are the same file, sheet or table"),
        (
            GIFT_SOURCE + GIFT_SOURCE.replace("gifts", "./gifts"),
            "two sources of `data.events` are the same file, sheet or table",
        ),
        (
            GIFT_SOURCE + GIFT_SOURCE.replace("gifts", "*i*"),
            "two sources of `data.events` read `gifts.csv`, so that its rows would be there twice",
        ),
        (f'{GIFT_SOURCE}[[data.events]]\npath = "no.csv"\n', "`data.events.path` is 'no.csv'"),
        (MANDATE_SOURCE.replace("start", "begin") + GIFT_SOURCE, "`mandates.csv` has no column"),
    ],
)
def test_sources_that_cannot_be_meant_are_refused(
    tmp_path: Path, events: str, sentence: str
) -> None:
    files = {"gifts.csv": GIFT_FILE, "mandates.csv": MANDATE_FILE}
    with pytest.raises(BalanstestError) as refused:
        exposed(tmp_path, events, files)
    assert sentence in str(refused.value)


def test_an_event_that_only_begins_after_the_last_day_is_left_out_and_counted(
    tmp_path: Path,
) -> None:
    events = tables("events")
    header = ["customer_id", "occurred_on"]
    without = exposed(tmp_path, events, {"events.csv": [header, *GIFTS]})
    later = exposed(tmp_path, events, {"events.csv": [header, *GIFTS, ["k01", "2039-01-01"]]})
    assert months_of(later) == months_of(without)
    found = {finding.code: finding.count for finding in later.findings}
    assert found["after_data_through_events"] == 1
