"""The same dossier on files, in PostgreSQL and in Spark: the same counts and the same term."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from balanstest_analysis.analysis.method import analyse
from balanstest_analysis.cli.checked import finding_lines
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, DataError, DossierError, RunError
from balanstest_analysis.history.compliance.calls_by_source import ask_sources
from balanstest_analysis.history.compliance.codes_by_month import ask_codes
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.engines.engine import totals_of
from balanstest_analysis.history.engines.postgres import PostgresEngine
from balanstest_analysis.history.engines.postgres_dialect import REAL_MOMENT, ascii_digits
from balanstest_analysis.history.engines.spark import SparkEngine
from balanstest_analysis.history.engines.spark_local import LOCAL, refuse_without_java
from balanstest_analysis.history.engines.spark_settings import divide, parts_of
from balanstest_analysis.history.exposure import ask_ledger, load_exposure
from balanstest_analysis.history.sources import (
    numbered_rows,
    open_history,
    queries_on,
)
from balanstest_analysis.history.sources.counts import read_counts
from balanstest_analysis.history.sources.key_evidence import numbers_of_codes
from balanstest_analysis.report.run.inputs import has_tables_elsewhere, input_fingerprint
from tests.engine_histories import (
    SECRET,
    TYPES,
    VARIABLE,
    WORLDS,
    Table,
    files_of,
    in_parquet,
    same,
    same_exposure,
    same_purchases,
    simulated_dossier,
    with_keys,
    without_place,
)
from tests.histories import WEIGHED_TOGETHER, crowded_world, write_csv, write_dossier, write_world
from tests.many_sources import write_changed_codes, write_many_sources, write_unlike_sources
from tests.postgres_server import missing_program, running_server
from tests.written_cells import assert_read, half_swapped, write_odd_world

PARTS = "spark.sql.shuffle.partitions"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    if missing_program():
        pytest.skip(f"no PostgreSQL server here: `{missing_program()}` was not found")
    with (
        tempfile.TemporaryDirectory(prefix="balanstest-postgres-") as folder,
        running_server(Path(folder)) as found,
    ):
        yield found


@pytest.fixture
def database(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Yield a connection of the keeper; the variable holds the address of who may only read."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute("set lock_timeout = '5s'")
        keeper.execute("create schema crm")
        keeper.execute("create role reader login password 'h3imelijk'")
        keeper.execute("grant usage on schema crm to reader")
        keeper.execute("alter default privileges in schema crm grant select on tables to reader")
        monkeypatch.setenv(VARIABLE, address.replace("keeper@", "reader:h3imelijk@"))
        yield keeper
        left = "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = %s"
        keeper.execute(left, ["reader"])
        keeper.execute("drop schema crm cascade")
        keeper.execute("drop owned by reader")
        keeper.execute("drop role reader")


def put(keeper: Any, name: str, table: Table, types: Mapping[str, str] = TYPES) -> None:
    header, rows = table
    columns = ", ".join(f'"{column}" {types.get(column, "text")}' for column in header)
    keeper.execute(f"create table crm.{name} ({columns})")
    with keeper.cursor().copy(f"copy crm.{name} from stdin") as copied:
        for row in rows:
            copied.write_row([cell or None for cell in row])


def in_database(dossier: Dossier) -> Dossier:
    """Return the dossier of the same tables in a database."""
    text = dossier.path.read_text("utf-8")
    text = re.sub(r'path = "(\w+)\.csv"', r'table = "crm.\1"', text)
    text = text.replace("[data]\n", f'[data]\nengine_env = "{VARIABLE}"\n')
    path = dossier.path.with_name("database.toml")
    path.write_text(text, "utf-8")
    return load_dossier(path, quarter=dossier.quarter)


@pytest.mark.parametrize(("kind", "choices"), WORLDS.items(), ids=list(WORLDS))
def test_a_database_gives_the_month_table_of_the_files_whatever_the_key(
    database: Any, tmp_path: Path, kind: str, choices: dict[str, Any]
) -> None:
    world = with_keys(crowded_world(seed=len(kind), **choices), kind)
    dossier = write_world(tmp_path, world, criteria=WEIGHED_TOGETHER)
    for name, table in files_of(tmp_path).items():
        put(database, name, table, {**TYPES, "customer_id": kind})
    same(review_history(dossier, SECRET), review_history(in_database(dossier), SECRET))
    same_purchases(dossier, in_database(dossier))


def test_a_database_puts_the_zeros_in_front_of_keys_back_as_files_do(
    database: Any, tmp_path: Path
) -> None:
    dossier = write_world(tmp_path, crowded_world(seed=12))
    objections = pd.read_csv(tmp_path / "objections.csv", dtype=str)
    objections["customer_id"] = objections["customer_id"].str.lstrip("0")
    objections.to_csv(tmp_path / "objections.csv", index=False)
    text = dossier.path.read_text("utf-8")
    stated = 'path = "objections.csv"\ncustomer_id_digits = 3'
    dossier.path.write_text(text.replace('path = "objections.csv"', stated), "utf-8")
    dossier = load_dossier(dossier.path)
    for name, table in files_of(tmp_path).items():
        put(database, name, table)
    found = review_history(dossier, SECRET)
    same(found, review_history(in_database(dossier), SECRET))
    assert "objection_unattributed" in {finding.code for finding in found.exposure.findings}
    assert not any("differ" in finding.code for finding in found.exposure.findings)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return simulated_dossier(tmp_path_factory.mktemp("simulated"))


def test_a_database_gives_the_term_of_the_files(database: Any, simulated: Dossier) -> None:
    for name, table in files_of(simulated.path.parent).items():
        put(database, name, table)
    analysis = analyse(in_database(simulated))
    found = without_place(analysis.to_dict())
    assert found["proposal"]["tested_term_months"]
    assert found["findings"]
    assert found == without_place(analyse(simulated).to_dict())
    told = json.dumps(analysis.to_dict()) + repr(analysis.exact.exposure)
    for secret in ("h3imelijk", "127.0.0.1", "reader", "crm.calls", VARIABLE):
        assert secret not in told


def test_codes_of_a_dialler_and_texts_as_they_come_count_alike(
    database: Any, tmp_path: Path
) -> None:
    codes = ["Donateur", " Upgrade", "Geen gehoor", "", "Weigering"]
    header = ["customer_id", "moment", "uitkomst", "campaign"]
    rows = [
        [f"{1 + n % 30:04d}", moment, codes[n % 5], " lente " if n % 4 else "Éé"]
        for n in range(240)
        for moment in [f"{1 + n % 28:02d}-{1 + n % 12}-2024 {9 + n % 9}:05"]
    ]
    rows += [[f"{1 + n:04d}", "31-03-2024 00:30Z", "Weigering", ""] for n in range(30)]
    events = [[f"{1 + n:04d}", f"2022-0{1 + n % 9}-28", "€ 1.250,50"] for n in range(30)]
    write_csv(tmp_path / "calls.csv", header, rows)
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on", "amount"], events)
    data = """
    [data.calls]
    path = "calls.csv"
    columns = { called_at = "moment" }
    [data.calls.values.uitkomst]
    converted = ["Donateur", "Upgrade"]
    net_contact = ["Donateur", "Upgrade", "Weigering"]
    [data.events]
    path = "events.csv"
    """
    dossier = write_dossier(tmp_path, data)
    for name, table in files_of(tmp_path).items():
        put(database, name, table, {})
    here, there = (review_history(d, SECRET) for d in (dossier, in_database(dossier)))
    same(here, there)
    assert there.exposure.readings[0].unmapped == here.exposure.readings[0].unmapped
    assert there.exposure.readings[0].describe() == (
        "database, called_at day-first, called_at with an offset from UTC in 30 rows"
    )


def test_cells_mean_the_same_in_a_database_in_every_notation(database: Any, tmp_path: Path) -> None:
    engine = PostgresEngine.connect(os.environ[VARIABLE], VARIABLE)
    assert_read(engine)
    engine.close()
    dossier = write_odd_world(tmp_path)
    for name, table in files_of(tmp_path).items():
        put(database, name, table, {})
    same(review_history(dossier, SECRET), review_history(in_database(dossier), SECRET))
    days = [str(dt.date(2024, 1 + n % 12, 1 + n % 28)) for n in range(60)]
    swapped = [[f"{n:03d}", half_swapped(day), "t", "f"] for n, day in enumerate(days)]
    database.execute("drop table crm.calls")
    put(database, "calls", (HEADER, swapped), {})
    assert "Excel has swapped day and month wherever it could" in refusal(in_database(dossier))


def test_sources_codes_legs_and_odd_keys_count_alike_in_a_database(
    database: Any, tmp_path: Path
) -> None:
    dossier = write_many_sources(tmp_path)
    for name, table in files_of(tmp_path).items():
        put(database, name, table, {})
    here, there = (review_history(d, SECRET) for d in (dossier, in_database(dossier)))
    same(here, there)
    lines = {line.code: line.count for line in there.exposure.bridge}
    codes = ("placeholder_key", "left_out_by_where", "legs_of_one_call", "duplicate_call")
    assert all(lines[code] for code in codes)
    told = {finding.code for finding in there.exposure.findings}
    left_out = {f"rows_left_out_by_where_{name}" for name in ("calls", "events", "objections")}
    assert told >= {"objections_told_twice", "placeholder_keys_complaints", *left_out}


def test_codes_that_changed_are_told_alike_in_a_database(database: Any, tmp_path: Path) -> None:
    dossier = write_changed_codes(tmp_path)
    for name, table in files_of(tmp_path).items():
        put(database, name, table, {})
    here, there = (review_history(d, SECRET) for d in (dossier, in_database(dossier)))
    same(here, there)
    found = {finding.code: finding.detail for finding in there.exposure.findings}
    assert str(found["codes_that_changed"]).startswith(
        "In 2024-07 through 2024-12: Geen tijd 55.6%"
    )


def test_sources_that_differ_are_told_alike_in_a_database(database: Any, tmp_path: Path) -> None:
    dossier = write_unlike_sources(tmp_path)
    for name, table in files_of(tmp_path).items():
        put(database, name, table, {})
    here, there = (review_history(d, SECRET).exposure for d in (dossier, in_database(dossier)))
    named = (
        dataclasses.replace(one, detail=one.detail and one.detail.replace("zuid.csv", "crm.zuid"))
        for one in here.findings
    )
    same_exposure(dataclasses.replace(here, findings=tuple(named)), there)
    found = {finding.code: finding.detail for finding in there.findings}
    assert str(found["sources_that_differ"]).startswith(
        "crm.zuid, 2023-01 through 2024-12: 39 objections, and about 192 by the other source"
    )


def test_numbers_of_a_database_are_read_as_those_of_files(database: Any, tmp_path: Path) -> None:
    world = with_keys(crowded_world(seed=3, age="months", customers=25), "numeric(12,0)")
    dossier = write_world(tmp_path, world)
    numbers = {
        "customer_id": "double precision",
        "months_since_purchase": "double precision",
        "objected_on": "integer",
        "complained_on": "text",
        "net_contact": "integer",
        "converted": "double precision",
        "called_at": "text",
    }
    for name, (header, rows) in files_of(tmp_path).items():
        cells = [
            [
                {"true": "1", "false": "0"}.get(cell, cell.replace("-", "") if "_on" in n else cell)
                for n, cell in zip(header, row, strict=True)
            ]
            for row in rows
        ]
        put(database, name, (header, cells), numbers)
    same(review_history(dossier, SECRET), review_history(in_database(dossier), SECRET))


# ---------------------------------------------------------------- rows of a database


CALLS = [
    ["1", "2024-01-05 10:00", "true", "false"],
    ["2", "2024-01-06 10:00", "true", "true"],
]
HEADER = ["customer_id", "called_at", "net_contact", "converted"]
EVENTS = (["customer_id", "occurred_on"], [["1", "2022-01-05"], ["2", "2022-01-05"]])
DATA = """
engine_env = "{variable}"
[data.calls]
table = "crm.calls"
[data.events]
table = "crm.events"
"""


def small(
    keeper: Any, folder: Path, *more: list[str], types: Mapping[str, str] = TYPES, data: str = DATA
) -> Dossier:
    put(keeper, "calls", (HEADER, [*CALLS, *more]), types)
    put(keeper, "events", EVENTS)
    return write_dossier(folder, data.format(variable=VARIABLE))


def refusal(dossier: Dossier) -> str:
    """Return why a dossier is refused, having seen that nothing of the address is told."""
    with pytest.raises(BalanstestError) as refused:
        review_history(dossier, SECRET)
    assert refused.value.exit_code == 3
    assert "\n" not in str(refused.value)
    for secret in ("h3imelijk", "127.0.0.1", "reader", "keeper"):
        assert secret not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("kind", "written", "moment"),
    [
        ("timestamp", "2024-07-31 23:30", "2024-07-31 23:30"),
        ("timestamp with time zone", "2024-07-31 23:30Z", "2024-08-01 01:30"),
        ("timestamptz(0)", "2024-03-31 01:00Z", "2024-03-31 03:00"),
        ("date", "2024-07-31", "2024-07-31 00:00"),
        ("text", "2024-10-27T00:30:00+00:00", "2024-10-27 02:30"),
        ("varchar(30)", " 2024-02-29 09:05 ", "2024-02-29 09:05"),
    ],
)
def test_moments_of_a_database_are_those_of_amsterdam(
    database: Any, tmp_path: Path, kind: str, written: str, moment: str
) -> None:
    row = ["3", written, "true", "false"]
    put(database, "calls", (HEADER, [row]), {**TYPES, "called_at": kind})
    put(database, "events", EVENTS)
    opened = open_history(write_dossier(tmp_path, DATA.format(variable=VARIABLE)), SECRET)
    rows = opened.frame(opened.tables["calls"].rows)
    assert rows["called_at"].tolist() == [pd.Timestamp(moment)]
    opened.close()


PAIR = 'columns.called_at = ["Datum", "Tijd"]'
APART = DATA.replace('table = "crm.calls"', f'table = "crm.calls"\n{PAIR}')
IN_TWO = ["customer_id", "Datum", "Tijd", "net_contact", "converted"]


@pytest.mark.parametrize(
    ("kinds", "day", "time"),
    [
        (("date", "time"), "2024-07-31", "23:30"),
        (("timestamp", "time(0)"), "2024-07-31 00:00", "23:30:00"),
        (("integer", "integer"), "20240731", "2330"),
        (("text", "timestamp"), "31-07-2024", "1899-12-30 23:30"),
        (("varchar(30)", "text"), " 31/07/2024 ", " 23.30 uur "),
    ],
)
def test_a_day_and_a_time_in_two_columns_of_a_database_are_one_moment(
    database: Any, tmp_path: Path, kinds: tuple[str, str], day: str, time: str
) -> None:
    types = {**TYPES, **dict(zip(("Datum", "Tijd"), kinds, strict=True))}
    rows = [["3", day, time, "true", "false"], ["4", day, "", "true", "false"]]
    put(database, "calls", (IN_TWO, rows), types)
    put(database, "events", EVENTS)
    opened = open_history(write_dossier(tmp_path, APART.format(variable=VARIABLE)), SECRET)
    found = sorted(opened.frame(opened.tables["calls"].rows)["called_at"])
    assert found == [pd.Timestamp("2024-07-31"), pd.Timestamp("2024-07-31 23:30")]
    opened.close()


def test_what_every_row_of_a_table_is_may_be_stated(database: Any, tmp_path: Path) -> None:
    put(database, "calls", (HEADER, [["3", "2024-07-31 10:00", "true", "false"]]), TYPES)
    put(database, "events", EVENTS)
    stated = DATA.replace('table = "crm.events"', 'table = "crm.events"\nkinds = ["contract"]')
    opened = open_history(write_dossier(tmp_path, stated.format(variable=VARIABLE)), SECRET)
    assert opened.has("events", "kind")
    assert set(opened.frame(opened.tables["events"].rows)["kind"]) == {"contract"}
    opened.close()


def test_a_time_of_a_database_that_is_none_is_told(database: Any, tmp_path: Path) -> None:
    put(database, "calls", (IN_TWO, [["3", "31-07-2024", "24:30", "true", "false"]]), TYPES)
    put(database, "events", EVENTS)
    message = refusal(write_dossier(tmp_path, APART.format(variable=VARIABLE)))
    assert message.startswith("`crm.calls`: `Datum` with `Tijd` (called_at) is '31-07-2024 24:30'")


def test_a_database_has_no_row_numbers_so_an_example_is_a_day(
    database: Any, tmp_path: Path
) -> None:
    early = ["2", "2021-06-01 10:00", "true", "false"]
    dossier = small(database, tmp_path, ["9", "2024-05-06 10:00", "true", "false"], early)
    found = review_history(dossier, SECRET, examples=True).exposure.findings
    lines = list(finding_lines(found))
    assert "no earlier event: 2 in calls, for example in crm.calls on 2021-06-01" in lines
    assert not any(" row " in line for line in lines if "for example" in line)


def test_a_cell_that_cannot_be_accepted_is_told_with_its_value_and_number(
    database: Any, tmp_path: Path
) -> None:
    bad = [["3", "2024-02-30 10:00", "true", "false"], ["4", "2024-13-01", "true", "false"]]
    message = refusal(small(database, tmp_path, *bad, types={}))
    assert message == (
        "`crm.calls`: `called_at` is '2024-02-30 10:00'; allowed is a date and time from 1900 on, "
        "such as 2026-03-31 14:05. Correct the export. (And 1 more row.)"
    )


@pytest.mark.parametrize("person", ["jansen@voorbeeld.nl", "06 12345678", "NL91ABNA0417164300"])
def test_a_person_in_a_column_is_refused_without_being_shown(
    database: Any, tmp_path: Path, person: str
) -> None:
    message = refusal(small(database, tmp_path, [person, "2024-02-20 10:00", "true", "false"]))
    assert person not in message
    assert "has 1 cell that looks like a name, an address, an e-mail address" in message


def test_nothing_stays_in_the_database(database: Any, tmp_path: Path) -> None:
    def relations() -> Any:
        query = "select relname from pg_class where relkind in ('r', 'v', 'i') order by oid"
        return database.execute(query).fetchall()

    dossier = small(database, tmp_path)
    before = relations()
    review_history(dossier, SECRET, examples=True)
    for _ in range(100):
        busy = "select count(*) from pg_stat_activity where application_name = 'balanstest'"
        if not database.execute(busy).fetchone()[0]:
            break
        database.execute("select pg_sleep(0.05)")
    assert relations() == before


def test_rows_that_come_in_while_it_reads_are_not_read(database: Any, tmp_path: Path) -> None:
    opened = open_history(small(database, tmp_path), SECRET)
    database.execute("insert into crm.calls values ('7', '2024-02-01', true, true)")
    for _, rows in numbered_rows(opened, "calls", ("called_at",)):
        assert int(opened.frame(rows.aggregate(n=rows.count()))["n"][0]) == 2
    opened.close()


def test_the_fingerprint_is_that_of_the_rows_whatever_their_order(
    database: Any, tmp_path: Path
) -> None:
    from balanstest_analysis.history.sources import fingerprints

    def print_of(dossier: Dossier) -> str:
        readings = review_history(dossier, SECRET).exposure.readings
        return fingerprints(dossier, SECRET, readings)["calls"]

    dossier = small(database, tmp_path)
    first = print_of(dossier)
    database.execute("create table crm.other as select * from crm.calls order by 1 desc")
    database.execute("drop table crm.calls")
    database.execute("alter table crm.other rename to calls")
    assert print_of(dossier) == first
    database.execute("update crm.calls set converted = true")
    assert print_of(dossier) != first


def test_a_report_of_a_database_is_always_made_again(tmp_path: Path) -> None:
    write_csv(tmp_path / "calls.csv", HEADER, CALLS)
    files = write_dossier(tmp_path, '[data.calls]\npath = "calls.csv"')
    assert not has_tables_elsewhere(files)
    dossier = write_dossier(tmp_path, DATA.format(variable=VARIABLE))
    assert has_tables_elsewhere(dossier)
    assert input_fingerprint(dossier) == input_fingerprint(dossier)


def test_counts_in_a_database_are_read(database: Any, tmp_path: Path) -> None:
    header = ["maand", "contacts", "conversions"]
    types = {"maand": "numeric", "contacts": "integer", "conversions": "double precision"}
    put(database, "counts", (header, [["0", "10", "3"], ["1", "20", "4"]]), types)
    dossier = write_dossier(
        tmp_path,
        f'engine_env = "{VARIABLE}"\n[data.counts]\ntable = "crm.counts"\n'
        'columns = { months_since_purchase = "maand" }',
    )
    counts = read_counts(dossier).outcome("conversion")
    assert counts.exposure_by_month.tolist() == [10, 20]
    database.execute("update crm.counts set conversions = 11 where maand = 0")
    assert refusal(dossier).startswith("`crm.counts`: `conversions` is 11, more than the 10")


def test_names_with_capitals_and_dots_are_found(database: Any, tmp_path: Path) -> None:
    dossier = small(database, tmp_path)
    database.execute('alter table crm.calls rename to "Alle gesprekken"')
    text = dossier.path.read_text("utf-8").replace("crm.calls", "crm.Alle gesprekken")
    dossier.path.write_text(text, "utf-8")
    assert review_history(load_dossier(dossier.path), SECRET).exposure.bridge[0].count == 2


def test_the_sql_of_the_documentation_makes_the_counts_of_this_tool(
    database: Any, tmp_path: Path
) -> None:
    rng = random.Random(4)
    names = [f"{n:02d}" for n in range(1, 26)]
    start = dt.datetime(2024, 1, 1, 9)
    minutes = rng.sample(range(180 * 24 * 60), 400)
    calls = [
        [rng.choice(names), str(start + dt.timedelta(minutes=m)), rng.choice(["true", "false"])]
        for m in minutes
    ]
    days = [str(dt.date(2022, 1, 1) + dt.timedelta(days=n)) for n in range(730)]
    later = [str(dt.date(2024, 2, 1) + dt.timedelta(days=n)) for n in range(180)]
    given = {
        "calls": (
            HEADER,
            [[*c, "true" if c[2] == "true" and rng.random() < 0.2 else "false"] for c in calls],
        ),
        "events": (
            ["customer_id", "occurred_on", "amount"],
            [[rng.choice(names), rng.choice(days), rng.choice(["", "0", "25"])] for _ in range(60)],
        ),
        "objections": (
            ["customer_id", "objected_on"],
            [[name, rng.choice(later)] for name in names[:8]],
        ),
        "complaints": (
            ["customer_id", "complained_on"],
            [[name, rng.choice(later)] for name in rng.sample(names, 12)],
        ),
    }
    for name, table in given.items():
        put(database, name, table)
    text = (Path(__file__).parents[2] / "docs/engines/counts.md").read_text("utf-8")
    sql = text.split("```sql\n")[1].split("```")[0]
    made = pd.DataFrame(
        database.execute(sql).fetchall(),
        columns=["month", "group", "contacts", "conversions", "objections", "complaints"],
    )
    tables = "\n".join(f'[data.{name}]\ntable = "crm.{name}"' for name in given)
    dossier = write_dossier(tmp_path, f'engine_env = "{VARIABLE}"\n{tables}')
    frame = review_history(dossier, SECRET).exposure.month_table.frame
    ours = frame.groupby("month")[
        ["conversion_exposure", "conversion_events", "objection_events", "complaint_events"]
    ].sum()
    theirs = made.groupby("month")[["contacts", "conversions", "objections", "complaints"]].sum()
    assert ours.loc[ours["conversion_exposure"] > 0].to_numpy().tolist() == (
        theirs.astype(int).to_numpy().tolist()
    )
    assert theirs["objections"].sum() > 3
    assert made["group"].between(0, 63).all()


# ---------------------------------------------------------------- what is refused


def test_without_a_variable_or_with_another_address_is_refused(
    database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = small(database, tmp_path)
    monkeypatch.setenv(VARIABLE, "mysql://reader:h3imelijk@127.0.0.1/crm")
    assert refusal(dossier).startswith(f"`{VARIABLE}` does not begin with postgresql:// or sc://.")
    monkeypatch.delenv(VARIABLE)
    assert refusal(dossier).startswith(f"The environment variable `{VARIABLE}` (`engine_env`) is")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (r":\d+/", ":1/", "cannot be reached"),
        ("127.0.0.1", "host.invalid", "cannot be reached"),
        ("reader:", "reader_unknown:", "does not know the user"),
        ("/postgres", "/elsewhere", "does not know the database"),
        ("127.0.0.1", "[127.0.0.1", "does not hold an address that PostgreSQL understands"),
        ("/postgres", "/postgres?sslmode=require", "do not agree on encryption"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_without_being_shown(
    database: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    old: str,
    new: str,
    sentence: str,
) -> None:
    wrong = re.sub(old, new, address.replace("keeper@", "reader:h3imelijk@"))
    monkeypatch.setenv(VARIABLE, wrong)
    assert sentence in refusal(small(database, tmp_path))


def test_a_table_or_column_that_is_not_there_is_refused(database: Any, tmp_path: Path) -> None:
    dossier = small(database, tmp_path)
    database.execute("alter table crm.calls rename column called_at to moment")
    assert refusal(dossier) == (
        "`crm.calls` has no column `called_at`; found are `customer_id`, `moment`, `net_contact`, "
        "`converted`. Add it, or name yours in `[data.calls]` with columns = { called_at = "
        '"..." }.'
    )
    database.execute("drop table crm.calls")
    assert "`table` is 'crm.calls', which is no table or view that this role" in refusal(dossier)


def test_a_column_of_a_kind_that_cannot_hold_it_is_refused(database: Any, tmp_path: Path) -> None:
    dossier = small(database, tmp_path)
    database.execute("alter table crm.calls alter called_at type boolean using true")
    assert refusal(dossier) == (
        "`crm.calls`: `called_at` is stored as boolean, which cannot hold it. Store it as a "
        "timestamp, or as text."
    )


def test_a_role_that_may_not_read_or_not_make_temporary_tables_is_refused(
    database: Any, tmp_path: Path
) -> None:
    dossier = small(database, tmp_path)
    database.execute("revoke select on crm.calls from reader")
    assert "may not read everything" in refusal(dossier)
    database.execute("grant select (customer_id, called_at) on crm.calls to reader")
    assert "may not read everything" in refusal(dossier)
    database.execute("grant select (net_contact, converted) on crm.calls to reader")
    assert review_history(dossier, SECRET).exposure.bridge[0].count == 2
    database.execute("revoke temporary on database postgres from public")
    try:
        assert "does not allow this role to make temporary tables" in refusal(dossier)
    finally:
        database.execute("grant temporary on database postgres to public")


def test_files_and_tables_together_are_refused(database: Any, tmp_path: Path) -> None:
    dossier = small(database, tmp_path, data=DATA.replace('table = "crm.events"', 'path = "e.csv"'))
    assert "`events` are files (`path`) and `calls` are tables" in refusal(dossier)
    write_csv(tmp_path / "calls.csv", HEADER, CALLS)
    only = f'engine_env = "{VARIABLE}"\n[data.calls]\npath = "calls.csv"'
    assert "`engine_env` asks for a database, and the tables are files" in refusal(
        write_dossier(tmp_path, only)
    )


def keys_looked_at(engine: Any, one_in: int) -> Mapping[str, int]:
    keys = pa.table({"customer_id": [f"K{n:09d}" for n in range(16_000)]})
    part = SimpleNamespace(cells=engine.put("keys", keys))
    return totals_of(engine, numbers_of_codes(part, one_in))


def test_of_many_codes_every_engine_looks_at_one_customer_in_sixteen(
    database: Any, session: Any
) -> None:
    engines = [
        DuckDBEngine(),
        PostgresEngine.connect(os.environ[VARIABLE], VARIABLE),
        SparkEngine(session.newSession()),
    ]
    for engine in engines:
        some = keys_looked_at(engine, 16)
        assert 850 < some["keys"] < 1150  # 1000, and five standard errors
        assert 60 < some["citizen"] < 125  # one in eleven
        engine.close()
    whole = keys_looked_at(DuckDBEngine(), 1)
    assert whole["keys"] == 16_000


def test_an_engine_refuses_what_it_does_not_read(database: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"`\[data.calls\]`: `table` is 'crm.calls', which asks"):
        DuckDBEngine().open_table("crm.calls", "calls")
    engine = PostgresEngine.connect(os.environ[VARIABLE], VARIABLE)
    with pytest.raises(DataError, match=r"`calls.csv`: PostgreSQL reads tables of its own"):
        engine.open_files([tmp_path / "calls.csv"])
    engine.close()


def test_a_driver_that_is_not_installed_is_told(
    database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = small(database, tmp_path)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DossierError, match=r'pip install "balanstest-analysis\[postgres\]"'):
        review_history(dossier, SECRET)


def test_a_query_that_the_database_breaks_off_is_told(database: Any, tmp_path: Path) -> None:
    dossier = small(database, tmp_path)
    database.execute("alter role reader set statement_timeout = 1")
    with pytest.raises((RunError, DataError), match=r"time limit|cannot be reached"):
        review_history(dossier, SECRET)


def test_an_address_in_the_dossier_itself_is_refused_without_being_shown(tmp_path: Path) -> None:
    data = 'engine_env = "postgresql://reader:h3imelijk@127.0.0.1/crm"\n[data.calls]\ntable = "c"'
    with pytest.raises(DossierError) as refused:
        write_dossier(tmp_path, data)
    assert "is not the name of an environment variable" in str(refused.value)
    assert "h3imelijk" not in str(refused.value)


# ---------------------------------------------------------------- Spark


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    """Run one small session: what a test opens is a session of its own beside it."""
    pyspark = pytest.importorskip("pyspark.sql", reason="Spark is not installed")
    try:
        refuse_without_java()
    except DossierError as missing:
        pytest.skip(str(missing))
    small_and_quick = {
        **LOCAL,
        PARTS: "1",
        "spark.default.parallelism": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    builder = pyspark.SparkSession.builder.master("local[1]")
    for name, value in small_and_quick.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    yield started
    started.stop()


def test_spark_gives_the_month_table_of_the_files_with_a_key_that_is_a_number(
    session: Any, tmp_path: Path
) -> None:
    kind = "bigint"
    world = with_keys(crowded_world(seed=len(kind), **WORLDS[kind]), kind)
    dossier = write_world(tmp_path, world, criteria=WEIGHED_TOGETHER)
    parquet = in_parquet(dossier, kind)
    same(review_history(dossier, SECRET), review_history(parquet, SECRET))
    same_purchases(dossier, parquet)


def test_spark_reads_text_as_it_comes_and_tables_of_its_own(session: Any, tmp_path: Path) -> None:
    rows = [["1", "31-01-2024 9:05", "ja", "nee"], ["2", "29-02-2024 23:30Z", "1", "0"]]

    def given(name: str, header: list[str], cells: list[list[str]]) -> None:
        made = session.createDataFrame([tuple(row) for row in cells], header)
        made.createOrReplaceGlobalTempView(name)

    given("events", *EVENTS)
    given("calls", HEADER, rows)
    data = DATA.replace('engine_env = "{variable}"', 'engine = "spark"')
    dossier = write_dossier(tmp_path, data.replace("crm.", "global_temp."))
    opened = open_history(dossier, SECRET)
    moments = opened.frame(opened.tables["calls"].rows)["called_at"]
    assert sorted(moments) == [pd.Timestamp("2024-01-31 9:05"), pd.Timestamp("2024-03-01 0:30")]
    opened.close()
    rows[1][1] = "30-02-2024"
    given("calls", HEADER, rows)
    assert refusal(dossier).startswith("`global_temp.calls`: `called_at` is '30-02-2024'; allowed")


def test_spark_reads_a_day_and_a_time_in_two_columns_as_one_moment(
    session: Any, tmp_path: Path
) -> None:
    day = dt.date(2024, 1, 31)
    rows = [("1", day, "9:05", "ja", "nee"), ("2", day, "", "1", "0"), ("3", day, None, "1", "0")]
    session.createDataFrame(rows, IN_TWO).createOrReplaceGlobalTempView("calls")
    session.createDataFrame(EVENTS[1], EVENTS[0]).createOrReplaceGlobalTempView("events")
    data = APART.replace('engine_env = "{variable}"', 'engine = "spark"')
    opened = open_history(write_dossier(tmp_path, data.replace("crm.", "global_temp.")), SECRET)
    moments = opened.frame(opened.tables["calls"].rows)["called_at"]
    assert sorted(moments) == [*[pd.Timestamp(day)] * 2, pd.Timestamp("2024-01-31 9:05")]
    opened.close()


def in_session(session: Any, dossier: Dossier) -> Dossier:
    """Return the dossier of the same tables in a session of Spark, every cell as text."""
    for name, (header, rows) in files_of(dossier.path.parent).items():
        kinds = ", ".join(f"{column} string" for column in header)
        cells = [tuple(cell or None for cell in row) for row in rows]
        session.createDataFrame(cells, kinds).createOrReplaceGlobalTempView(f"odd_{name}")
    text = dossier.path.read_text("utf-8")
    text = re.sub(r'path = "(\w+)\.csv"', r'table = "global_temp.odd_\1"', text)
    there = dossier.path.with_name("spark.toml")
    there.write_text(text.replace("[data]\n", '[data]\nengine = "spark"\n'), "utf-8")
    return load_dossier(there)


def test_cells_mean_the_same_in_spark_in_every_notation(session: Any, tmp_path: Path) -> None:
    engine = SparkEngine.connect("", VARIABLE)
    assert_read(engine)
    engine.close()
    dossier = write_odd_world(tmp_path)
    there = in_session(session, dossier)
    same_exposure(load_exposure(dossier, SECRET), load_exposure(there, SECRET))


def test_sources_codes_legs_and_odd_keys_count_alike_in_spark(session: Any, tmp_path: Path) -> None:
    dossier = write_many_sources(tmp_path)
    there = in_session(session, dossier)
    same_exposure(load_exposure(dossier, SECRET), load_exposure(there, SECRET))


def test_codes_are_counted_alike_in_spark(session: Any, tmp_path: Path) -> None:
    dossier = write_many_sources(tmp_path)
    here, there = map(codes_counted, (dossier, in_session(session, dossier)))
    assert here == there
    assert here
    # the second source tells net contacts without codes
    assert sum(map(sum, here.values())) <= len(files_of(tmp_path)["dialler"][1])


def test_sources_are_counted_alike_in_spark(session: Any, tmp_path: Path) -> None:
    for write in (write_unlike_sources, write_many_sources):
        dossier = write(tmp_path)
        here, there = map(sources_counted, (dossier, in_session(session, dossier)))
        assert here == there
        assert {source for source, *_ in here} == {0, 1}


def sources_counted(dossier: Dossier) -> list[list[int]]:
    """Return the source, quarter and month of the calls, and what came of them."""
    with closing(open_history(dossier, SECRET)) as history:
        queries = queries_on(history)
        asked = ask_sources(queries, ask_ledger(queries, dossier), dossier)
        queries.finish()
        assert asked is not None
        return sorted(asked.value.to_numpy().tolist())


def codes_counted(dossier: Dossier) -> dict[int, list[float]]:
    """Return the calls of each code per month."""
    with closing(open_history(dossier, SECRET)) as history:
        queries = queries_on(history)
        asked = ask_codes(queries)
        queries.finish()
        table = asked.value
    assert table is not None
    return dict(zip(table.months.tolist(), table.calls.tolist(), strict=True))


def test_spark_keeps_the_rows_of_a_customer_in_one_place_and_sends_none_around_for_a_question(
    session: Any,
) -> None:
    ours = session.newSession()
    settings = {PARTS: "3", "spark.sql.adaptive.enabled": "true"}
    for name, value in settings.items():
        ours.conf.set(name, value)
    engine = SparkEngine(ours)
    rows = pa.table({"customer_id": [7, 8, 9, 10] * 25, "day": list(range(100))})
    calls = engine.keep("calls", ibis.union(engine.put("one", rows), engine.put("other", rows)))
    days = calls.group_by("customer_id", "day").agg(calls=calls.count())
    engine.keep("days", days)

    for kept in ("calls", "days"):
        placed = f"select distinct customer_id, spark_partition_id() from balanstest_{kept}"
        assert ours.sql(placed).count() == 4
        plan = ours.sql(f"explain select customer_id, max(day) from balanstest_{kept} group by 1")
        assert "Exchange" not in plan.first()[0]
    assert ours.conf.get("spark.sql.adaptive.enabled") == "true"


def test_spark_divides_a_history_into_one_part_per_million_rows_and_never_into_fewer_than_asked(
    session: Any,
) -> None:
    ours = session.newSession()
    ours.conf.set(PARTS, "3")
    engine = SparkEngine(ours)
    found = []
    for rows in (10, 7_000_001, 5_000_000):
        engine.buckets_for(rows)
        found.append(ours.conf.get(PARTS))
    assert found == ["3", "8", "8"]
    rows = pa.table({"customer_id": list(range(500))})
    kept = engine.keep("calls", ibis.union(engine.put("a", rows), engine.put("b", rows)))
    assert ours.sql(f"select distinct spark_partition_id() from {kept.op().name}").count() == 8
    assert session.conf.get(PARTS) == "1"


def test_a_spark_that_finds_out_its_parts_itself_is_left_to_it() -> None:
    auto: Any = SimpleNamespace(conf={PARTS: "auto"})
    divide(auto, 10_000_000)
    assert (parts_of(auto), auto.conf) == ([], {PARTS: "auto"})


def test_what_spark_does_not_read_is_refused(session: Any, tmp_path: Path) -> None:
    write_csv(tmp_path / "calls.csv", HEADER, CALLS)
    csv = write_dossier(tmp_path, 'engine = "spark"\n[data.calls]\npath = "calls.csv"')
    assert "`calls.csv`: Spark reads Parquet and tables here." in refusal(csv)
    table = write_dossier(tmp_path, 'engine = "spark"\n[data.calls]\ntable = "crm.nowhere"')
    assert "`table` is 'crm.nowhere', which is no table or view" in refusal(table)
    (tmp_path / "calls.parquet").write_bytes(b"PAR1 no more")
    broken = write_dossier(tmp_path, 'engine = "spark"\n[data.calls]\npath = "calls.parquet"')
    assert "`calls.parquet` cannot be read as Parquet." in refusal(broken)


def test_a_cluster_that_nobody_answers_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "sc://127.0.0.1:1/;token=h3imelijk")
    data = f'engine_env = "{VARIABLE}"\n[data.calls]\ntable = "crm.calls"'
    assert "The Spark of `BALANSTEST_TEST_DB` cannot be reached." in refusal(
        write_dossier(tmp_path, data)
    )


def test_spark_without_java_or_without_itself_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(DossierError, match="Spark needs Java 17 or newer, and no Java was found"):
        refuse_without_java()
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    data = 'engine = "spark"\n[data.calls]\ntable = "crm.calls"'
    assert 'pip install "balanstest-analysis[spark]"' in refusal(write_dossier(tmp_path, data))


# ---------------------------------------------------------------- the differences themselves


def test_the_pattern_of_a_real_moment_knows_the_calendar() -> None:
    real = re.compile(REAL_MOMENT)
    for year in (1899, 1900, 2000, 2023, 2024, 2100):
        for month in range(14):
            for day in range(33):
                try:
                    exists = bool(dt.date(year, month, day))
                except ValueError:
                    exists = False
                assert bool(real.search(f"{year}-{month:02d}-{day:02d}")) == exists
    assert not real.search("0000-02-29")
    assert real.search("2024-3-1 9:05:00.123456 +0200")
    assert not real.search("2024-03-01 24:00")
    assert ascii_digits(r"\d[.\d]") == "[0-9][.0-9]"
