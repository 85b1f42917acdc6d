"""Whole histories whose cells are written oddly: the right month counts, or one clear message."""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.exposure import build_exposure
from balanstest_analysis.history.sources.counts import read_counts
from tests.awkward_workbooks import write_workbook
from tests.histories import tables, write_dossier

SECRET = b"a secret for tests"
FLAGS = ("net_contact", "converted")
FIRST = dt.datetime(2024, 1, 5, 10, 5)
Row = dict[str, str]


def history(seed: int = 1) -> tuple[list[Row], list[Row]]:
    """Return calls and gifts of sixty people."""
    rng = random.Random(seed)
    people = [f"{1000 + number}" for number in range(60)]
    events = [
        {
            "customer_id": name,
            "occurred_on": str(dt.date(2023, 1, 2) + dt.timedelta(rng.randrange(300))),
            "amount": "25.00",
        }
        for name in people
    ]
    calls = []
    for name in people:
        at = FIRST + dt.timedelta(days=rng.randrange(600), minutes=rng.randrange(300))
        reached = rng.random() < 0.7
        calls.append(
            {
                "customer_id": name,
                "called_at": f"{at:%Y-%m-%d %H:%M}",
                "net_contact": "true" if reached else "false",
                "converted": "true" if reached and rng.random() < 0.5 else "false",
            }
        )
    return calls, events


def counted(calls: Sequence[Row], events: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """Return contacts and conversions per month, by a slow and plain count."""
    given = {row["customer_id"]: dt.date.fromisoformat(row["occurred_on"]) for row in events}
    contacts, conversions = Counter[int](), Counter[int]()
    for row in calls:
        start, day = given[row["customer_id"]], dt.date.fromisoformat(row["called_at"][:10])
        month = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
        if row["net_contact"] == "true" and day >= start:
            contacts[month] += 1
            conversions[month] += row["converted"] == "true"
    return {month: (number, conversions[month]) for month, number in sorted(contacts.items())}


def months_of(folder: Path, data: str) -> dict[int, tuple[int, int]]:
    frame = build_exposure(write_dossier(folder, data), SECRET).month_table.frame
    sums = frame.groupby("month")[["net_contacts", "conversion_events"]].sum()
    found = {int(m): (int(n), int(c)) for m, n, c in sums.itertuples()}
    return {month: both for month, both in found.items() if both[0]}


def put(path: Path, rows: Sequence[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


at = dt.datetime.fromisoformat


def changed(rows: Sequence[Row], **how: Callable[[str], str]) -> list[Row]:
    return [{n: how[n](text) if n in how else text for n, text in row.items()} for row in rows]


def moment(pattern: str) -> Callable[[str], str]:
    return lambda text: format(dt.datetime.fromisoformat(text), pattern)


BOTH = tables("calls", "events")


def refusal(folder: Path, data: str = BOTH) -> str:
    with pytest.raises(BalanstestError) as refused:
        review_history(write_dossier(folder, data), SECRET)
    return str(refused.value)


@pytest.mark.parametrize(
    ("called_at", "occurred_on", "amount"),
    [
        ("%Y/%m/%d %H:%M", "%Y%m%d", "25,00 EUR"),
        ("%m/%d/%Y %I:%M %p", "%d.%m.%Y", "€ 25,-"),
        ("%Y%m%d%H%M%S", "%d-%b-%Y", "25,00 €"),
        ("%d.%m.%Y %H:%M", "%d/%m/%Y", "1 234,50"),
        ("%a %d %b %Y %H:%M", "%B %d, %Y", "1'234.50"),
        ("%Y-%m-%d %H:%M:00 Europe/Amsterdam", "%Y-%m-%dT00:00:00.0000000", "NULL"),
    ],
)
def test_cells_that_can_be_read_in_one_way_are_read(
    tmp_path: Path, called_at: str, occurred_on: str, amount: str
) -> None:
    calls, events = history()
    put(tmp_path / "calls.csv", changed(calls, called_at=moment(called_at)))
    other = changed(events, occurred_on=moment(occurred_on), amount=lambda _: amount)
    put(tmp_path / "events.csv", other)
    assert months_of(tmp_path, BOTH) == counted(calls, events)


@pytest.mark.parametrize(
    ("yes", "no", "values"),
    [
        ("t", "f", ""),
        ("1.0", "0.0", ""),
        ("X", "", '[data.calls.values]\nnet_contact = ["X"]\nconverted = ["X"]\n'),
        ("✓", "-", '[data.calls.values]\nnet_contact = ["✓"]\nconverted = ["✓"]\n'),
    ],
)
def test_flags_are_read(tmp_path: Path, yes: str, no: str, values: str) -> None:
    calls, events = history()
    words = {"true": yes, "false": no}
    put(
        tmp_path / "calls.csv",
        changed(calls, net_contact=words.__getitem__, converted=words.__getitem__),
    )
    put(tmp_path / "events.csv", events)
    data = tables("calls") + "\n" + values + tables("events")
    assert months_of(tmp_path, data) == counted(calls, events)


def test_a_tick_without_a_statement_is_asked_about(tmp_path: Path) -> None:
    calls, events = history()
    ticks = {"true": "X", "false": ""}
    put(tmp_path / "calls.csv", changed(calls, net_contact=ticks.__getitem__))
    put(tmp_path / "events.csv", events)
    assert "list the codes that mean true in `[data.calls.values]`" in refusal(tmp_path)


def half_swapped(text: str) -> tuple[str, bool]:
    """Return a day as Excel leaves it where it takes it for a month; whether it became a date."""
    day = dt.datetime.fromisoformat(text)
    if day.day > 12:
        return f"{day:%d-%m-%Y %H:%M}", False
    return f"{day.replace(month=day.day, day=day.month):%Y-%m-%d %H:%M}", True


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_days_that_excel_has_swapped_in_part_are_refused(tmp_path: Path, suffix: str) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)
    swapped = [(row, *half_swapped(row["called_at"])) for row in calls]
    if suffix == "csv":
        put(tmp_path / "calls.csv", [{**row, "called_at": text} for row, text, _ in swapped])
    else:
        cells = [
            [*({**row, "called_at": at(text) if is_date else text}).values()]
            for row, text, is_date in swapped
        ]
        write_workbook(tmp_path / "calls.xlsx", {"Blad1": [list(calls[0]), *cells]})
    data = tables("calls", suffix=suffix) + "\n" + tables("events")
    assert "Excel has swapped day and month wherever it could" in refusal(tmp_path, data)


def test_days_of_which_excel_has_swapped_some_beside_dates_are_refused(tmp_path: Path) -> None:
    days = [dt.datetime(2025, 1 + n % 11, 1 + n % 28, 10) for n in range(120)]
    texts = [half_swapped(f"{day}")[0] if n % 2 else f"{day}" for n, day in enumerate(days)]
    rows = [
        {"customer_id": f"k{n}", "called_at": text[:16], "net_contact": "1", "converted": "0"}
        for n, text in enumerate(texts)
    ]
    put(tmp_path / "calls.csv", rows)
    put(tmp_path / "events.csv", history()[1])
    assert "in which no day is up to 12" in refusal(tmp_path)


def test_two_notations_that_are_both_clear_are_no_swap(tmp_path: Path) -> None:
    calls, events = history()
    other = [
        {**row, "called_at": moment("%d-%m-%Y %H:%M")(row["called_at"])} if n % 2 else row
        for n, row in enumerate(calls)
    ]
    put(tmp_path / "calls.csv", other)
    put(tmp_path / "events.csv", events)
    assert months_of(tmp_path, BOTH) == counted(calls, events)


def in_folder(folder: Path, calls: Sequence[Row], low: str, high: str) -> str:
    """Write calls on days up to the 12th apart, each in a notation; return the dossier's tables."""
    parts: dict[bool, list[Row]] = {True: [], False: []}
    for row in calls:
        is_low = int(row["called_at"][8:10]) <= 12
        text = moment(low if is_low else high)(row["called_at"])
        parts[is_low].append({**row, "called_at": text})
    put(folder / "calls" / "a.csv", parts[False])
    put(folder / "calls" / "b.csv", parts[True])
    return '[data.calls]\npath = "calls"\n' + tables("events")


@pytest.mark.parametrize("low", ["%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M", "%d.%m.%Y %H:%M"])
def test_a_file_that_can_be_read_both_ways_is_asked_about(tmp_path: Path, low: str) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)
    data = in_folder(tmp_path, calls, low, "%d-%m-%Y %H:%M")
    told = refusal(tmp_path, data)
    assert "`b.csv`: `called_at` can be read with the day first and with the month first" in told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({7: "05-04-2025"}, "in `events.csv` row 9. State"),
        (
            {7: "05-04-2025", 9: "06/04/2025"},
            "in each of the 2 rows written so, the first of which is `events.csv` row 9. State",
        ),
    ],
)
def test_a_day_written_otherwise_than_the_others_is_named_by_its_row(
    tmp_path: Path, rows: dict[int, str], told: str
) -> None:
    calls, events = history()
    for row, day in rows.items():
        events[row]["occurred_on"] = day
    put(tmp_path / "calls.csv", calls)
    put(tmp_path / "events.csv", events)
    assert told in refusal(tmp_path)


def test_files_that_are_each_clear_are_each_read(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)
    data = in_folder(tmp_path, calls, "%Y/%m/%d %H:%M", "%m/%d/%Y %H:%M")
    assert months_of(tmp_path, data) == counted(calls, events)
    for number, pattern in enumerate(["%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M"]):
        half = changed(calls[number::2], called_at=moment(pattern))
        put(tmp_path / "calls" / f"{'ab'[number]}.csv", half)
    assert months_of(tmp_path, data) == counted(calls, events)


def test_a_stated_order_is_kept_to(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)
    data = in_folder(tmp_path, calls, "%d-%m-%y %H:%M", "%d-%m-%Y %H:%M")
    assert "years of two digits" in refusal(tmp_path, data)
    stated = data.replace('path = "calls"', 'path = "calls"\ndates = "day-first"')
    assert months_of(tmp_path, stated) == counted(calls, events)


def test_seconds_since_1970_and_days_of_excel_are_asked_about(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)

    def seconds(text: str) -> str:
        summer = dt.timedelta(hours=2 if "-04-" <= text[4:8] <= "-10-" else 1)
        return str(
            int(
                (dt.datetime.fromisoformat(text) - summer - dt.datetime(1970, 1, 1)).total_seconds()
            )
        )

    put(tmp_path / "calls.csv", changed(calls, called_at=seconds))
    assert 'State dates = "unix" in `[data.calls]`' in refusal(tmp_path)
    stated = BOTH.replace('path = "calls.csv"', 'path = "calls.csv"\ndates = "unix"')
    assert months_of(tmp_path, stated) == counted(calls, events)
    put(tmp_path / "calls.csv", changed(calls, called_at=lambda _: "45123.45"))
    assert "numbers of five digits in 60 rows, which is how Excel counts days" in refusal(tmp_path)


def test_a_day_that_stands_for_none_is_refused_where_a_day_is_needed(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "calls.csv", calls)
    events[3]["occurred_on"] = "1900-01-01"
    put(tmp_path / "events.csv", events)
    told = refusal(tmp_path)
    assert "`events.csv` row 5: `occurred_on` is '1900-01-01'; that day stands for none" in told
    events[3]["occurred_on"] = "NULL"
    put(tmp_path / "events.csv", events)
    assert "row 5: `occurred_on` is empty (it is written as NULL)" in refusal(tmp_path)


def test_amounts_of_another_currency_and_of_two_readings_are_refused(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "calls.csv", calls)
    put(tmp_path / "events.csv", changed(events, amount=lambda _: "$ 25.00"))
    assert "amounts in another currency than the euro in 60 rows" in refusal(tmp_path)
    put(tmp_path / "events.csv", changed(events, amount=lambda _: "€ 1.250"))
    assert 'State decimal = "." or decimal = ","' in refusal(tmp_path)


@pytest.mark.parametrize("amount", [1.125, 0.1 + 0.2])
def test_a_number_in_a_workbook_has_one_value(tmp_path: Path, amount: float) -> None:
    calls, events = history()
    put(tmp_path / "calls.csv", calls)
    rows = [
        [row["customer_id"], at(row["occurred_on"]), abs(amount) if number % 2 else "7,50"]
        for number, row in enumerate(events)
    ]
    write_workbook(tmp_path / "events.xlsx", {"Blad1": [list(events[0]), *rows]})
    data = tables("calls") + "\n" + tables("events", suffix="xlsx")
    assert months_of(tmp_path, data) == counted(calls, events)


def test_whole_numbers_of_pandas_are_whole(tmp_path: Path) -> None:
    rows = "months_since_purchase,contacts,conversions\n0.0,200.0,10.0\n1.0,190.0,9.0\n"
    (tmp_path / "counts.csv").write_text(rows, "utf-8")
    dossier = write_dossier(tmp_path, tables("counts"))
    assert read_counts(dossier).frame["calls"].tolist() == [200, 190]
    (tmp_path / "counts.csv").write_text(rows.replace("9.0", "9.5"), "utf-8")
    assert "`conversions` is '9.5'; allowed is a whole number" in refusal(
        tmp_path, tables("counts")
    )


TRANSLATED = '[data.events.values]\nkind = { donation = ["Gift", "Periodieke gift"] }\n'


def test_kinds_and_grounds_are_translated_as_stated(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "calls.csv", [{**row, "Grondslag": "Klantrelatie"} for row in calls])
    kinds = ["gift", "Periodieke gift", "donation"]
    put(tmp_path / "events.csv", [{**e, "kind": kinds[n % 3]} for n, e in enumerate(events)])
    assert 'kind = { donation = ["gift"] }' in refusal(tmp_path)
    grounds = '[data.calls.values.Grondslag]\nrelation = ["klantrelatie"]\n'
    data = f"{tables('calls')}\n{grounds}{tables('events')}\n{TRANSLATED}"
    assert months_of(tmp_path, data) == counted(calls, events)
    told = refusal(tmp_path, data.replace("klantrelatie", "anders"))
    assert 'basis = { relation = ["Klantrelatie"] }' in told


def test_a_word_has_one_meaning(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "calls.csv", calls)
    put(tmp_path / "events.csv", [{**row, "kind": "gift"} for row in events])
    twice = TRANSLATED.replace("donation =", 'purchase = ["gift"], donation =')
    assert "lists 'Gift' under `purchase` and under `donation`" in refusal(
        tmp_path, f"{BOTH}\n{twice}"
    )
    unknown = TRANSLATED.replace("donation", "donatie")
    assert "names `donatie`; allowed are" in refusal(tmp_path, f"{BOTH}\n{unknown}")


ARROW: Mapping[str, pa.DataType] = {
    "nanoseconds with a zone": pa.timestamp("ns", "Europe/Amsterdam"),
    "seconds": pa.timestamp("s"),
}


@pytest.mark.parametrize("kind", ARROW)
def test_moments_and_flags_of_parquet_are_read(tmp_path: Path, kind: str) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)
    moments = pa.array([dt.datetime.fromisoformat(row["called_at"]) for row in calls])
    if ARROW[kind].tz:
        local = moments.cast(pa.timestamp("us"))
        moments = pc.assume_timezone(local, "Europe/Amsterdam")
    flags = {n: pa.array([float(row[n] == "true") for row in calls]) for n in FLAGS}
    keys = pa.array([row["customer_id"] for row in calls])
    table = pa.table({"customer_id": keys, "called_at": moments.cast(ARROW[kind]), **flags})
    pq.write_table(table, tmp_path / "calls.parquet")
    data = tables("calls", suffix="parquet") + "\n" + tables("events")
    assert months_of(tmp_path, data) == counted(calls, events)


def test_days_of_parquet_that_are_numbers_are_read(tmp_path: Path) -> None:
    calls, events = history()
    put(tmp_path / "events.csv", events)
    days = [int(re.sub(r"\D", "", row["called_at"]) + "00") for row in calls]
    flags = {n: [row[n] == "true" for row in calls] for n in FLAGS}
    keys = [row["customer_id"] for row in calls]
    pq.write_table(
        pa.table({"customer_id": keys, "called_at": days, **flags}), tmp_path / "calls.parquet"
    )
    data = tables("calls", suffix="parquet") + "\n" + tables("events")
    assert months_of(tmp_path, data) == counted(calls, events)
