"""Files in, typed tables out: read strictly, or refused in one clear sentence."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError, DataError, DossierError
from balanstest_analysis.history.month_table import COUNT_COLUMNS, KEYS
from balanstest_analysis.history.secret import customer_key
from balanstest_analysis.history.sources import (
    fingerprints,
    open_history,
)
from balanstest_analysis.history.sources.counts import read_counts, read_counts_and_how
from balanstest_analysis.history.sources.history import History
from balanstest_analysis.statistics.customer_products import Products
from tests.histories import tables, write_csv, write_dossier

SECRET = b"a secret for tests"
HEADER = "customer_id,called_at,net_contact,converted"
PERSON = "K-0099887"
Counts = NDArray[np.int64]
CALL = f"{PERSON},2026-03-31 14:05,true,false"
BOTH = tables("calls", "events")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "calls.csv").write_text(f"{HEADER}\n{CALL}\n", encoding="utf-8")
    (tmp_path / "events.csv").write_text("customer_id,occurred_on\n007,2025-01-31\n", "utf-8")
    return tmp_path


def history(folder: Path, data: str = BOTH, **choices: Any) -> History:
    return open_history(write_dossier(folder, data, **choices), SECRET)


def number_of(customer: str) -> int:
    """Return what stands for a customer once inside: the engine's own hash, with the key."""
    found = duckdb.execute("select hash(?)", [customer_key(SECRET) + customer]).fetchall()
    return int(found[0][0] // 2)


def rows(opened: History, table: str = "calls") -> list[dict[str, Any]]:
    found = opened.tables[table].rows
    return list(opened.frame(found).to_dict("records"))


def read(folder: Path, content: str | bytes, data: str = BOTH) -> list[dict[str, Any]]:
    """Return the calls of a file with this content."""
    raw = content.encode() if isinstance(content, str) else content
    (folder / "calls.csv").write_bytes(raw)
    return rows(history(folder, data))


def refusal(folder: Path, content: str | bytes, data: str = BOTH) -> str:
    """Return why a file with this content is refused, having seen that it names nobody."""
    with pytest.raises(BalanstestError) as refused:
        read(folder, content, data)
    message = str(refused.value)
    assert refused.value.exit_code == 3
    assert PERSON not in message
    assert "99887" not in message
    return message


def with_row(row: str) -> str:
    return f"{HEADER}\n{CALL}\n{row}\n"


# ---------------------------------------------------------------- what is read


def test_a_customer_id_is_text_and_keeps_its_zeros(folder: Path) -> None:
    found = read(folder, f"{HEADER}\n 000123 ,2026-03-31 14:05,true,false\n")
    assert found[0]["customer_id"] == number_of("000123")
    assert rows(history(folder), "events")[0]["customer_id"] == number_of("007")


def test_optional_columns_that_are_absent_have_their_meaning(folder: Path) -> None:
    found = rows(history(folder))[0]
    assert (found["basis"], found["campaign"], found["call_id"]) == ("relation", "", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_the_columns(folder: Path, delimiter: str) -> None:
    content = f"{HEADER}\n{CALL}\n".replace(",", delimiter)
    assert read(folder, content)[0]["customer_id"] == number_of(PERSON)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n"])
def test_quotes_marks_and_line_ends_of_other_machines_are_read(folder: Path, end: str) -> None:
    lines = [HEADER + ",campaign", f'{PERSON},2026-03-31 14:05,true,false,"voor, ""en"" na"', ""]
    found = read(folder, b"\xef\xbb\xbf" + end.join(lines).encode())
    assert found[0]["campaign"] == 'voor, "en" na'


def test_line_ends_of_two_machines_in_one_file_are_read(folder: Path) -> None:
    assert len(read(folder, f"{HEADER}\r\n{CALL}\r\n{CALL}\n{CALL}")) == 3


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-31", "2026-03-31 00:00"),
        ("2026-03-31T14:05:30", "2026-03-31 14:05:30"),
        ("2026-03-31 14:05:30.250", "2026-03-31 14:05:30.250"),
        ("2026-01-31 23:30Z", "2026-02-01 00:30"),
        ("2026-07-31T22:30:00+00:00", "2026-08-01 00:30"),
        ("2026-07-31 22:30-0500", "2026-08-01 05:30"),
        ("2026-03-29T00:59:59Z", "2026-03-29 01:59:59"),
        ("2026-03-29T01:00:00Z", "2026-03-29 03:00"),
        ("2025-10-26 00:30+00", "2025-10-26 02:30"),
        ("2025-10-26 01:30+00", "2025-10-26 02:30"),
    ],
)
def test_moments_are_those_of_amsterdam(folder: Path, text: str, moment: str) -> None:
    found = read(folder, f"{HEADER}\n{PERSON},{text},true,false\n")
    assert found[0]["called_at"] == pd.Timestamp(moment)


@pytest.mark.parametrize(("text", "flag"), [("JA", True), ("1", True), ("No", False)])
def test_flags_are_read_in_two_languages(folder: Path, text: str, flag: bool) -> None:
    assert read(folder, f"{HEADER}\n{PERSON},2026-03-31 14:05,{text},0\n")[0]["net_contact"] is flag


def test_columns_are_mapped_and_all_others_are_left_alone(folder: Path) -> None:
    write_csv(
        folder / "export.csv",
        ["naam", "relatienummer", "beldatum", "uitkomst", "contact"],
        [["Jansen", "1", "2026-03-31", "Donateur", "ja"], ["", "2", "2026-03-31", "", "nee"]],
    )
    data = """
    [data.calls]
    path = "export.csv"
    [data.calls.columns]
    customer_id = "relatienummer"
    called_at = "beldatum"
    net_contact = "contact"
    converted = "uitkomst"
    [data.calls.values]
    converted = ["Donateur", "Upgrade"]
    [data.events]
    path = "events.csv"
    """
    found = rows(history(folder, data))
    assert sorted(row["converted"] for row in found) == [False, True]
    assert "Jansen" not in str(found)


def test_parquet_is_read_with_the_types_it_has(folder: Path) -> None:
    moments = pd.to_datetime(["2026-01-31 23:30", "2026-07-31 10:00"], utc=True)
    table = pd.DataFrame(
        {
            "customer_id": [12, 34],
            "called_at": moments,
            "net_contact": [True, True],
            "converted": [0, 1],
            "reference_date": [dt.date(2025, 1, 1), None],
        }
    )
    table.to_parquet(folder / "calls.parquet")
    found = rows(history(folder, tables("calls", suffix="parquet")))
    assert [row["customer_id"] for row in found] == [number_of("12"), number_of("34")]
    assert found[0]["called_at"] == pd.Timestamp("2026-02-01 00:30")
    assert [row["converted"] for row in found] == [False, True]


def test_a_folder_and_a_pattern_are_one_table_whatever_the_order_of_columns(folder: Path) -> None:
    inside = folder / "alle [calls]"
    inside.mkdir()
    write_csv(inside / "2025.csv", HEADER.split(","), [["1", "2025-03-31", "ja", "nee"]])
    write_csv(
        inside / "2026.csv",
        ["converted", "net_contact", "called_at", "customer_id"],
        [["nee", "ja", "2026-03-31", "2"]],
    )
    for path in ("alle [calls]", "alle [[]calls]/*.csv", "*/20*.csv"):
        data = f'[data.calls]\npath = "{path}"\n{tables("events")}'
        found = {row["customer_id"] for row in rows(history(folder, data))}
        assert found == {number_of("1"), number_of("2")}


def test_rows_after_the_quarter_that_was_asked_for_are_left_out_and_counted(folder: Path) -> None:
    (folder / "calls.csv").write_text(with_row(f"{PERSON},2026-04-01 00:00,1,0"), "utf-8")
    opened = history(folder, quarter="2026-Q1").tables["calls"]
    assert (opened.rows_read, opened.left_out) == (2, 1)


# ---------------------------------------------------------------- what is refused


def test_a_missing_column_is_named_with_what_was_found(folder: Path) -> None:
    message = refusal(folder, f"relatienummer;beldatum\n{PERSON};2026-03-31\n")
    assert message.startswith(
        "`calls.csv` has no column `customer_id` or `called_at` or `net_contact` or `converted`; "
        "found are `relatienummer`, `beldatum`. Add them"
    )


def test_a_file_without_a_header_does_not_give_its_first_person_away(folder: Path) -> None:
    message = refusal(folder, f"{CALL}\n{CALL}\n")
    assert "its first row does not look like column names" in message
    assert "2026" not in message


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            f"{PERSON},31-12-25 14:05,true,false",
            "`calls.csv`: `called_at` has years of two digits in 1 row, which can be read in more",
        ),
        (f"{PERSON},2026-02-30,true,false", "row 3: `called_at` is '2026-02-30'; allowed"),
        (f"{PERSON},2026-03-31 24:00,true,false", "row 3: `called_at` is '2026-03-31 24:00'"),
        (
            f"{PERSON},0001-01-01,true,false",
            "row 3: `called_at` is '0001-01-01'; that day stands for none in many systems, and",
        ),
        (f"{PERSON},infinity,true,false", "row 3: `called_at` is 'infinity'; allowed"),
        (f"{PERSON},,true,false", "row 3: `called_at` is empty; every row needs it."),
        (
            f"{PERSON},2026-03-31,misschien,false",
            "row 3: `net_contact` is 'misschien'; allowed are true, 1, ja, yes, waar,",
        ),
        (f"{PERSON},2026-03-31,true,", "row 3: `converted` is empty; every row needs it."),
        (
            f"{PERSON},2026-03-31,true,",
            "if such a cell means no, list the codes that mean true in `[data.calls.values]`, such "
            'as converted = ["..."]',
        ),
        (f"{PERSON},2026-03-31,true,#N/B", "`converted` is '#N/B'; allowed are"),
        (",2026-03-31,true,false", "row 3: `customer_id` is empty; every row needs it."),
        ('"  ",2026-03-31,true,false', "row 3: `customer_id` is empty; every row needs it."),
        (
            ",2026-03-31,true,false",
            "or state under `[data]` that such rows are left out of every table, and counted: "
            'empty_customer_id = "left-out".',
        ),
    ],
)
def test_the_first_cell_that_cannot_be_read_is_named(folder: Path, row: str, sentence: str) -> None:
    assert sentence in refusal(folder, with_row(row))


def test_several_defects_are_told_at_once_with_their_number(folder: Path) -> None:
    bad = f"{PERSON},gisteren,true,wel\n{PERSON},eergisteren,true,false"
    first, second = refusal(folder, with_row(bad)).split("\n")
    assert first.startswith("`calls.csv` row 3: `called_at` is a text of 8 characters")
    assert first.endswith("(And 1 more row: 4.)")
    assert "row 3: `converted` is 'wel'" in second


def test_a_value_that_may_be_of_a_person_is_not_shown(folder: Path) -> None:
    for value in ("06-12345678", "j@voorbeeld.nl", "Jansen", "Jansen, Pietersen en Klaassen"):
        message = refusal(folder, with_row(f'{PERSON},2026-03-31,"{value}",false'))
        assert f"`net_contact` is a text of {len(value)} characters" in message


def test_a_date_after_the_last_day_is_refused_unless_a_quarter_was_asked(folder: Path) -> None:
    message = refusal(folder, with_row(f"{PERSON},2031-04-05 10:00,true,false"))
    assert message == (
        "`calls.csv` row 3: `called_at` is 2031-04-05, later than `data_through` 2026-09-30. "
        "Correct the export or the dossier; with `--quarter` such rows are left out."
    )


def test_the_last_day_itself_is_allowed_until_midnight(folder: Path) -> None:
    assert len(read(folder, with_row(f"{PERSON},2026-09-30 23:59:59,true,false"))) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "`calls.csv` row 1 is empty. Put the column names there."),
        (f"{HEADER}\n".encode(), "`calls.csv` has no rows below its header."),
        (with_row(f"{PERSON},2026-03-31,true").encode(), "line 3 has 3 cells; the header has 4."),
        (with_row(f"{CALL},x").encode(), "line 3 has 5 cells; the header has 4."),
        (with_row(f'"{PERSON},2026-03-31,true,false').encode(), "line 3 has a loose quote"),
        (b"\xef\xbb\xbf" + with_row("é,2026-03-31,1,0").encode("cp1252"), "is not UTF-8 text."),
        (with_row(CALL).encode("utf-16") + b"\n", "`calls.csv` is not utf-16 text."),
        (with_row(CALL).encode() + b"\0", "`calls.csv` holds NUL bytes"),
        (with_row("é,2026-03-31,1,0").encode() + b"\xe9", "neither UTF-8 nor Windows-1252"),
        (f"{HEADER},converted\n{CALL},1\n".encode(), "more than one column `converted`"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused(
    folder: Path, content: bytes, sentence: str
) -> None:
    assert sentence in refusal(folder, content)


def test_a_defect_far_into_a_file_is_refused_without_its_row(folder: Path) -> None:
    lines = f"{CALL}\n" * 20_000
    assert "line 20002 has 3 cells" in refusal(folder, f"{HEADER}\n{lines}{PERSON},x,y\n")
    broken = f"{HEADER}\n{lines}é{PERSON},2026-03-31,1,0\n".encode() + "é".encode("cp1252")
    assert "neither UTF-8 nor Windows-1252" in refusal(folder, broken)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("missing.csv", "`data.calls.path` is 'missing.csv', where there is no CSV, Excel"),
        ("calls.xlsx", "`calls.xlsx` is a broken zip file or workbook by its bytes"),
        ("empty", "`data.calls.path` is 'empty', where there is no CSV, Excel or Parquet"),
        ("broken.parquet", "`broken.parquet` cannot be read as Parquet."),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(folder: Path, path: str, sentence: str) -> None:
    (folder / "calls.xlsx").write_bytes(b"PK")
    (folder / "broken.parquet").write_bytes(b"PAR1 no more")
    (folder / "empty").mkdir()
    data = f'[data.calls]\npath = "{path}"\n{tables("events")}'
    with pytest.raises(DataError) as refused:
        history(folder, data)
    assert sentence in str(refused.value)


def test_a_table_in_a_database_needs_an_address(folder: Path) -> None:
    with pytest.raises(DataError, match=r"asks for a database\. Name the environment variable"):
        history(folder, '[data.calls]\ntable = "crm.calls"\n[data.events]\ntable = "crm.events"')


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ('columns = { telefoon = "tel" }', "`data.calls.columns` names `telefoon`; allowed are"),
        (
            'values = { basis = ["x"] }',
            "`data.calls.values` names `basis`; allowed are net_contact",
        ),
        ('columns = { campaign = "actie" }', "has no column `actie`; found are `customer_id`"),
        ('values = { converted = ["Donatuer"] }', "never holds any of the codes 'Donatuer'"),
    ],
)
def test_a_mapping_that_cannot_be_right_is_refused(
    folder: Path, mapping: str, sentence: str
) -> None:
    data = f'[data.calls]\npath = "calls.csv"\n{mapping}\n{tables("events")}'
    with pytest.raises((DataError, DossierError)) as refused:
        history(folder, data)
    assert sentence in str(refused.value)


def test_calls_without_events_months_or_a_reference_date_are_refused(folder: Path) -> None:
    with pytest.raises(DataError, match=r"gives no `\[data\.events\]`, and the calls have neither"):
        history(folder, tables("calls"))


def test_the_decimal_mark_of_most_amounts_holds_for_all(folder: Path) -> None:
    amounts = "customer_id;occurred_on;amount\n1;2025-01-31;12,50\n1;2025-01-31;1.234,50\n"
    (folder / "events.csv").write_text(f"{amounts}1;2025-01-31;1.234\n")
    assert [row["amount"] for row in rows(history(folder), "events")] == [12.5, 1234.5, 1234.0]
    (folder / "events.csv").write_text(f"{amounts}1;2025-01-31;12.50\n")
    assert [row["amount"] for row in rows(history(folder), "events")] == [12.5, 1234.5, 12.5]
    (folder / "events.csv").write_text(f"{amounts}1;2025-01-31;12.5,0\n")
    with pytest.raises(
        DataError, match=r"row 4: `amount` is '12\.5,0'; allowed is a number such as"
    ):
        history(folder)


def test_a_key_stored_as_a_number_is_read_where_it_is_whole(folder: Path) -> None:
    table = pd.DataFrame({"customer_id": [7.0, 12.0], "occurred_on": ["2025-01-31"] * 2})
    table.to_parquet(folder / "events.parquet")
    data = f"{tables('calls')}\n{tables('events', suffix='parquet')}"
    found = {row["customer_id"] for row in rows(history(folder, data), "events")}
    assert found == {number_of("7"), number_of("12")}
    table["customer_id"] += 0.5
    table.to_parquet(folder / "events.parquet")
    with pytest.raises(DataError, match=r"`customer_id`.*whole"):
        history(folder, data)


def test_files_of_one_table_have_the_same_optional_columns(folder: Path) -> None:
    (folder / "more").mkdir()
    write_csv(folder / "more" / "a.csv", HEADER.split(","), [["1", "2025-03-31", "1", "0"]])
    columns = [*HEADER.split(","), "campaign"]
    write_csv(folder / "more" / "b.csv", columns, [["1", "2025-03-31", "1", "0", "x"]])
    data = f'[data.calls]\npath = "more"\n{tables("events")}'
    with pytest.raises(DataError, match=r"`a\.csv` has no column `campaign`, which `b\.csv` has"):
        history(folder, data)


# ---------------------------------------------------------------- counts and fingerprints


def counts(folder: Path, header: list[str], *lines: list[Any]) -> Dossier:
    write_csv(folder / "counts.csv", header, lines)
    return write_dossier(folder, tables("counts"))


def test_counts_of_the_same_cell_are_added_up(tmp_path: Path) -> None:
    header = ["months_since_purchase", "contacts", "conversions", "objections", "campaign"]
    dossier = counts(tmp_path, header, [3, 10, 1, 0, "b"], [3, 5, 2, 1, "b"], [0, 7, 0, 0, "a"])
    table = read_counts(dossier)
    assert table.available == {"conversion", "objection"}
    assert table.customers is None
    assert table.cells is None
    assert sorted(table.campaigns) == ["a", "b"]
    assert table.outcome("conversion").exposure_by_month.tolist() == [7, 0, 0, 15]
    assert table.outcome("objection").events_by_month.tolist() == [0, 0, 0, 1]
    joint = table.counts("joint_exposure", "joint_conversion")
    assert joint.events_by_month.tolist() == [0, 0, 0, 3]
    assert set(table.frame.dtypes.astype(str)) == {"str", "int64"}


def grouped(folder: Path, contacts: Counts, events: Counts) -> Dossier:
    """Return counts per campaign, group and month."""
    header = ["campaign", "group", "months_since_purchase", "contacts", "conversions"]
    rows = [
        [f"c{campaign}", f"g{group:03d}", month, contacts[campaign, group, month], number]
        for (campaign, group, month), number in np.ndenumerate(events)
        if contacts[campaign, group, month]
    ]
    return counts(folder, header, *rows)


def some_counts(groups: int) -> tuple[Counts, Counts]:
    """Return contacts and conversions of two campaigns and two months, of each group."""
    rng = np.random.default_rng(groups)
    contacts = rng.integers(0, 40, (2, groups, 2))
    return contacts, rng.binomial(contacts, 0.2)


@pytest.mark.parametrize("groups", [20, 200])
def test_twenty_groups_of_counts_or_more_tell_what_repeated_calls_do(
    tmp_path: Path, groups: int
) -> None:
    contacts, events = some_counts(groups)
    table, _, findings = read_counts_and_how(grouped(tmp_path, contacts, events))
    assert findings == ()
    assert list(table.frame.columns) == [*KEYS, *COUNT_COLUMNS]
    assert len(table.frame) == 4
    by_customer = Products.of(contacts.sum(axis=0), events.sum(axis=0))
    by_cell = Products.of(contacts.reshape(-1, 2), events.reshape(-1, 2))
    for found, expected in ((table.customers, by_customer), (table.cells, by_cell)):
        assert found is not None
        for names in (
            ("conversion_exposure", ["conversion_events"]),
            ("joint_exposure", ["joint_conversion"]),
        ):
            of = found.of(*names, 2)
            assert of.contacts.tolist() == expected.contacts.tolist()
            assert of.mixed.tolist() == expected.mixed.tolist()
            assert of.events.tolist() == expected.events.tolist()


@pytest.mark.parametrize("groups", [1, 19])
def test_fewer_groups_of_counts_are_a_finding_and_not_used(tmp_path: Path, groups: int) -> None:
    contacts, events = some_counts(groups)
    table, _, findings = read_counts_and_how(grouped(tmp_path, contacts, events))
    assert [(finding.code, finding.count) for finding in findings] == [("few_groups", groups)]
    assert table.customers is None
    assert table.cells is None
    assert table.frame["calls"].sum() == contacts.sum()


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("contacts,conversions", [10, 11], "row 3: `conversions` is 11, more than the 10 contacts"),
        ("contacts,conversions", [10, -1], "row 3: `conversions` is '-1'; allowed is a whole"),
        ("contacts,conversions", [10, 2.5], "row 3: `conversions` is '2.5'; allowed is a whole"),
        ("contacts,conversions", [10, ""], "row 3: `conversions` is empty"),
        ("contacts,objections,complaints", [10, 1, 12], "row 3: `complaints` is 12, more than"),
        ("contacts", [10], "none of the columns `conversions`, `objections`, `complaints`"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    tmp_path: Path, header: str, row: list[Any], sentence: str
) -> None:
    names = ["months_since_purchase", *header.split(",")]
    good = [0, 10, *[1] * (len(row) - 1)]
    with pytest.raises(DataError) as refused:
        read_counts(counts(tmp_path, names, good, [1, *row]))
    assert sentence in str(refused.value)


def test_a_month_far_away_is_refused(tmp_path: Path) -> None:
    header = ["months_since_purchase", "contacts", "conversions"]
    with pytest.raises(DataError, match="allowed is a whole number from 0 to 1200"):
        read_counts(counts(tmp_path, header, [202401, 10, 1]))


def test_fingerprints_change_with_a_file_and_with_the_secret(folder: Path) -> None:
    dossier = write_dossier(folder, BOTH)
    before = marks(dossier)
    assert list(before) == ["dossier", "calls", "events"]
    assert marks(dossier, b"another")["calls"] != before["calls"]
    (folder / "calls.csv").write_text(with_row(CALL), encoding="utf-8")
    after = marks(dossier)
    assert [name for name in before if before[name] != after[name]] == ["calls"]


def marks(dossier: Dossier, secret: bytes = SECRET) -> dict[str, str]:
    with closing(open_history(dossier, secret)) as history:
        return fingerprints(dossier, secret, history.readings())


@pytest.mark.parametrize("rest", ["", "\n", "\n\n", ",\n"])
def test_a_table_without_rows_has_no_fingerprint_to_try_secrets_on(folder, rest: str) -> None:
    (folder / "objections.csv").write_text(f"customer_id,objected_on{rest}", encoding="utf-8")
    dossier = write_dossier(folder, f"{BOTH}\n{tables('objections')}")
    found = marks(dossier)

    assert found["objections"] == "no_rows" == json.loads(json.dumps(found))["objections"]
    assert len(found["calls"]) == 64
