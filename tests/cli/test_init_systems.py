"""Exports as systems write them, made up: what `balanstest init --from` takes each for."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
import re
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.cli import commands as cli
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.columns.column_names import ours_of
from balanstest_analysis.history.columns.requests import request
from balanstest_analysis.history.recognition.table_choice import likely_table
from tests.awkward_workbooks import write_workbook
from tests.filled_starters import filled

Row = Sequence[str]


@dataclass(frozen=True, kw_only=True)
class System:
    """An export of a system, and what must be proposed of it."""

    name: str
    file: str
    table: str
    columns: Row
    rows: Sequence[Row]
    maps: dict[str, str | list[str]]
    where: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    from_calls: dict[str, list[str]] = field(default_factory=dict)
    notes: Row = ()
    delimiter: str = ","


def ids(number: int) -> str:
    return str(100_100 + number)


SYSTEMS = (
    System(
        name="CiviCRM contributions",
        file="contribution_search.csv",
        table="events",
        columns=(
            "Contact ID",
            "Contact Name",
            "Total Amount",
            "Financial Type",
            "Contribution ID",
            "Date Received",
            "Payment Method",
            "Contribution Status",
        ),
        rows=[
            (
                ids(1),
                "Jansen, A",
                "25.00",
                "Donation",
                "1",
                "2024-02-13 12:00",
                "SEPA",
                "Completed",
            ),
            (ids(2), "Smit, B", "10.50", "Donation", "2", "2024-03-14 12:00", "SEPA", "Failed"),
            (ids(2), "Smit, B", "10.50", "Donation", "3", "2024-03-15 12:00", "SEPA", "Refunded"),
        ],
        maps={
            "customer_id": "Contact ID",
            "occurred_on": "Date Received",
            "amount": "Total Amount",
        },
        where={"Contribution Status": ["Completed"]},
    ),
    System(
        name="NPSP opportunities",
        file="report1699.csv",
        table="events",
        columns=(
            "Account ID",
            "Primary Contact",
            "Amount",
            "Close Date",
            "Stage",
            "Opportunity ID",
        ),
        rows=[
            ("001A", "A Jansen", "25.00", "2024-02-13", "Closed Won", "006A"),
            ("001B", "B Smit", "10.00", "2024-02-14", "Closed Lost", "006B"),
            ("001C", "C Vos", "10.00", "2024-02-15", "Posted", "006C"),
            ("001C", "C Vos", "10.00", "2024-02-16", "Pledged", "006D"),
        ],
        maps={"customer_id": "Account ID", "occurred_on": "Close Date", "amount": "Amount"},
        where={"Stage": ["Closed Won", "Posted"]},
    ),
    System(
        name="Raiser's Edge gifts",
        file="export.csv",
        table="events",
        columns=("Constituent ID", "Gift Date", "Gift Amount", "Gift Type", "Fund ID", "Appeal ID"),
        rows=[("5001", "2024-02-13", "25.00", "Cash", "ALG", "M24")],
        maps={"customer_id": "Constituent ID", "occurred_on": "Gift Date", "amount": "Gift Amount"},
    ),
    System(
        name="HubSpot deals",
        file="hubspot-crm-exports-all-deals.csv",
        table="events",
        columns=("Record ID", "Deal Name", "Deal Stage", "Close Date", "Amount", "Pipeline"),
        rows=[
            ("901", "Gift", "Closed Won", "2024-02-13 10:00", "25", "Donations"),
            ("902", "Gift", "Closed Lost", "2024-02-14 10:00", "25", "Donations"),
        ],
        maps={"occurred_on": "Close Date", "amount": "Amount"},
        where={"Deal Stage": ["Closed Won"]},
        notes=(
            '# customer_id = "Record ID"  # onzeker: dit is vermoedelijk het nummer van de rij',
        ),
    ),
    System(
        name="HubSpot calls",
        file="hubspot-crm-exports-all-calls.csv",
        table="calls",
        columns=(
            "Record ID",
            "Activity date",
            "Call outcome",
            "Call direction",
            "Call duration",
            "Associated Contact IDs",
        ),
        rows=[
            ("1", "2024-02-13 10:00", "Connected", "Outbound", "60", "901"),
            ("2", "2024-02-13 11:00", "Left voicemail", "Outbound", "9", "902"),
            ("3", "2024-02-14 11:00", "No answer", "Inbound", "0", "903"),
        ],
        maps={"customer_id": "Associated Contact IDs", "called_at": "Activity date"},
        where={"Call direction": ["Outbound"]},
        notes=('# no_contact = ["Left voicemail", "No answer"]', 'niet ingedeeld: "Connected"'),
    ),
    System(
        name="Mollie payments",
        file="settlement.csv",
        table="events",
        columns=("ID", "Datum", "Bedrag", "Valuta", "Status", "Betaalmethode", "Klantnummer"),
        rows=[
            ("tr_1", "2024-02-13 09:00", "25,00", "EUR", "paid", "ideal", ids(1)),
            ("tr_2", "2024-02-14 09:00", "12,50", "EUR", "expired", "ideal", ids(2)),
            ("tr_3", "2024-02-14 09:00", "12,50", "EUR", "charged_back", "ideal", ids(2)),
        ],
        maps={"customer_id": "Klantnummer", "occurred_on": "Datum", "amount": "Bedrag"},
        where={"Status": ["paid"]},
        delimiter=";",
    ),
    System(
        name="Stripe payments",
        file="unified_payments.csv",
        table="events",
        columns=(
            "id",
            "Created date (UTC)",
            "Amount",
            "Amount Refunded",
            "Currency",
            "Captured",
            "Status",
            "Customer ID",
        ),
        rows=[
            ("ch_1", "2024-02-13 09:00", "25.00", "0.00", "eur", "true", "Paid", "cus_A"),
            ("ch_2", "2024-02-14 09:00", "25.00", "0.00", "eur", "false", "Failed", "cus_B"),
        ],
        maps={
            "customer_id": "Customer ID",
            "occurred_on": "Created date (UTC)",
            "amount": "Amount",
        },
        where={"Status": ["Paid"]},
    ),
    System(
        name="Vicidial export",
        file="EXPORT_CALL_REPORT.txt",
        table="calls",
        columns=(
            "call_date",
            "phone_number_dialed",
            "status",
            "user",
            "full_name",
            "vendor_lead_code",
            "lead_id",
            "length_in_sec",
            "status_name",
        ),
        rows=[
            ("2024-02-13 10:00:00", "0612345678", "SALE", "6", "A", ids(1), "1", "99", ""),
            ("2024-02-13 10:05:00", "0612345678", "NI", "6", "A", ids(2), "2", "31", ""),
            ("2024-02-13 10:06:00", "0612345678", "NA", "6", "A", ids(3), "3", "0", ""),
            ("2024-02-13 10:07:00", "0612345678", "A", "6", "A", ids(4), "4", "0", ""),
            ("2024-02-13 10:08:00", "0612345678", "DNC", "6", "A", ids(5), "5", "9", ""),
            ("2024-02-13 10:09:00", "0612345678", "CALLBK", "6", "A", ids(6), "6", "9", ""),
        ],
        maps={"customer_id": "vendor_lead_code", "called_at": "call_date"},
        values={
            "status": {
                "converted": ["SALE"],
                "net_contact": ["DNC", "NI", "SALE"],
                "no_contact": ["A", "NA"],
            }
        },
        from_calls={"status": ["DNC"]},
        notes=('niet ingedeeld: "CALLBK"',),
        delimiter="\t",
    ),
    System(
        name="Five9 call log",
        file="five9.csv",
        table="calls",
        columns=("CALL ID", "DATE", "TIME", "CAMPAIGN", "CALL TYPE", "DISPOSITION", "Customer ID"),
        rows=[
            ("1", "2024-02-13", "10:00:00", "D", "Outbound", "Sale", ids(1)),
            ("2", "2024-02-13", "10:01:00", "D", "Outbound", "Not Interested", ids(2)),
            ("3", "2024-02-13", "10:02:00", "D", "Inbound", "No Answer", ids(3)),
            ("4", "2024-02-13", "10:03:00", "D", "Outbound", "Do Not Call", ids(4)),
        ],
        maps={
            "customer_id": "Customer ID",
            "called_at": ["DATE", "TIME"],
            "call_id": "CALL ID",
            "campaign": "CAMPAIGN",
        },
        where={"CALL TYPE": ["Outbound"]},
        values={
            "DISPOSITION": {
                "converted": ["Sale"],
                "net_contact": ["Do Not Call", "Not Interested", "Sale"],
                "no_contact": ["No Answer"],
            }
        },
        from_calls={"DISPOSITION": ["Do Not Call"]},
        notes=("de tijd staat in een eigen kolom",),
    ),
    System(
        name="3CX call log",
        file="3cx.csv",
        table="calls",
        columns=("Call Time", "Call ID", "From", "To", "Direction", "Status", "Ringing", "Talking"),
        rows=[
            ("2024-02-13T10:00:00", "a", "100", "0612345678", "Outbound", "Answered", "3", "60"),
            ("2024-02-13T10:01:00", "b", "100", "0612345678", "Inbound", "Unanswered", "3", "0"),
        ],
        maps={"called_at": "Call Time", "call_id": "Call ID"},
        where={"Direction": ["Outbound"]},
        notes=(
            '# customer_id = "..."  # verplicht, maar niet herkend',
            'niet ingedeeld: "Answered"',
        ),
    ),
    System(
        name="Asterisk CDR",
        file="Master.csv",
        table="calls",
        columns=(
            "calldate",
            "clid",
            "src",
            "dst",
            "duration",
            "billsec",
            "disposition",
            "accountcode",
            "uniqueid",
        ),
        rows=[
            ("2024-02-13 10:00:00", "x", "101", "0612345678", "9", "5", "ANSWERED", ids(1), "1.0"),
            ("2024-02-13 10:09:00", "x", "101", "0612345678", "9", "0", "NO ANSWER", ids(2), "2.0"),
        ],
        maps={"customer_id": "accountcode", "called_at": "calldate", "call_id": "uniqueid"},
        notes=('# no_contact = ["NO ANSWER"]', 'niet ingedeeld: "ANSWERED"'),
    ),
    System(
        name="a Dutch CRM with direct debits",
        file="incasso 2024.csv",
        table="events",
        columns=("Relatienummer", "Incassodatum", "Maandbedrag", "Incassostatus", "IBAN"),
        rows=[
            ("7001", "13-02-2024", "€ 7,50", "Geïncasseerd", "NL91ABNA0417164300"),
            ("7002", "13-02-2024", "€ 5,00", "Gestorneerd", "NL91ABNA0417164300"),
        ],
        maps={
            "customer_id": "Relatienummer",
            "occurred_on": "Incassodatum",
            "amount": "Maandbedrag",
        },
        where={"Incassostatus": ["Geïncasseerd"]},
        delimiter=";",
    ),
    System(
        name="mandates of a Dutch CRM",
        file="machtigingen.csv",
        table="events",
        columns=("Relatienummer", "Ingangsdatum", "Opzegdatum", "Bedrag per maand", "Frequentie"),
        rows=[
            ("7001", "13-02-2023", "13-02-2024", "7,50", "M"),
            ("7002", "28-02-2023", "", "5", "M"),
        ],
        maps={
            "customer_id": "Relatienummer",
            "occurred_on": "Ingangsdatum",
            "ends_on": "Opzegdatum",
            "amount": "Bedrag per maand",
        },
        notes=("let op: 1 zonder einddatum gelden als nog lopend",),
        delimiter=";",
    ),
    System(
        name="invoices of AFAS or Exact",
        file="verkoop.csv",
        table="events",
        columns=("Debiteurnummer", "Factuurnummer", "Factuurdatum", "Bedrag incl. btw"),
        rows=[("12001", "F1", "13-02-2024", "121,00")],
        maps={
            "customer_id": "Debiteurnummer",
            "occurred_on": "Factuurdatum",
            "amount": "Bedrag incl. btw",
        },
        delimiter=";",
    ),
    System(
        name="the right to object",
        file="recht van verzet.csv",
        table="objections",
        columns=("Relatienr", "Datum recht van verzet", "Reden"),
        rows=[("7001", "13-02-2024", "x")],
        maps={"customer_id": "Relatienr", "objected_on": "Datum recht van verzet"},
        delimiter=";",
    ),
    System(
        name="opt-outs",
        file="export_crm.csv",
        table="objections",
        columns=("Contact ID", "Opt-out date", "Opt-out reason"),
        rows=[("7001", "2024-02-13", "calls")],
        maps={"customer_id": "Contact ID", "objected_on": "Opt-out date"},
    ),
    System(
        name="a list of who must not be called",
        file="bel-me-niet.csv",
        table="objections",
        columns=("Klantnummer", "Datum"),
        rows=[("7001", "13-02-2024")],
        maps={"customer_id": "Klantnummer", "objected_on": "Datum"},
        delimiter=";",
    ),
    System(
        name="complaints with free text",
        file="export_3.csv",
        table="complaints",
        columns=("Relatienummer", "Klachtdatum", "Omschrijving klacht"),
        rows=[("7001", "13-02-2024", "Belde te laat; zeer vervelend\nen nog eens")],
        maps={"customer_id": "Relatienummer", "complained_on": "Klachtdatum"},
        delimiter=";",
    ),
)


def written(folder: Path, system: System) -> Path:
    path = folder / system.file
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=system.delimiter)
        writer.writerows([system.columns, *system.rows])
    return path


def init(*arguments: object) -> int:
    texts = [str(argument) for argument in arguments]
    return cli._run(lambda: cli.app(["init", *texts], standalone_mode=False))


def proposed(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))["data"]
    return data


@pytest.mark.parametrize("system", SYSTEMS, ids=[system.name for system in SYSTEMS])
def test_an_export_of_a_system_is_recognised(
    system: System, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "d", "--from", written(tmp_path, system)) == 0
    path = tmp_path / "d" / "balanstest.toml"
    data = proposed(path)
    table = data[system.table]
    assert table["path"] == f"../{system.file}"
    assert table["columns"] == system.maps
    assert table.get("where", {}) == system.where
    codes = table.get("values", {})
    assert {c: {f: sorted(v) for f, v in d.items()} for c, d in codes.items()} == system.values
    assert data.get("objections", {}).get("from_calls", {}) == system.from_calls
    text = path.read_text("utf-8")
    assert [note for note in system.notes if note not in text] == []
    shown = capsys.readouterr().out
    rows = len(system.rows)
    assert f"{system.file}: {rows} row{'s' * (rows > 1)}, taken for {system.table}" in shown
    for ours, theirs in system.maps.items():
        told = theirs if isinstance(theirs, str) else " with ".join(theirs)
        assert f"{told} as {ours}" in shown


def test_a_status_that_is_not_clear_is_a_comment(tmp_path: Path) -> None:
    rows = "".join(f"K{n};2024-02-1{n};25;{s}\n" for n, s in enumerate(("paid", "failed", "zzz")))
    (tmp_path / "giften.csv").write_text(f"Klantnr;Giftdatum;Bedrag;Status\n{rows}", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "giften.csv") == 0
    path = tmp_path / "d" / "balanstest.toml"
    assert "where" not in proposed(path)["events"]
    text = path.read_text("utf-8")
    assert '# Zeker niet: "failed".\n# Nog door u te bepalen: "zzz".' in text
    assert '# [data.events.where]\n# "Status" = ["paid"]\n' in text


def reports(file: Path, column: str, codes: Sequence[str]) -> Path:
    rows = "".join(f"{ids(n)};{n + 1:02d}-02-2024;{code}\n" for n, code in enumerate(codes))
    file.write_text(f"Relatienr;Datum;{column}\n{rows}", "utf-8")
    return file


def test_reports_about_something_else_are_left_out_where_every_code_is_clear(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    objections = reports(
        tmp_path / "verzet.csv", "Soort", ["telefoon", "telefoon", "alles", "post"]
    )
    codes = ["Telemarketing: te vaak gebeld", "Dubbele incasso", "Nieuwsbrief"]
    complaints = reports(tmp_path / "klachten.csv", "Type", codes)
    assert init(tmp_path / "d", "--from", objections, "--from", complaints) == 0
    path = tmp_path / "d" / "balanstest.toml"
    data = proposed(path)
    assert data["objections"]["where"] == {"Soort": ["telefoon", "alles"]}
    assert data["complaints"]["where"] == {"Type": ["Telemarketing: te vaak gebeld"]}
    assert '"Soort" = ["telefoon", "alles"]  # niet: "post"' in path.read_text("utf-8")
    told = capsys.readouterr().out
    assert "verzet.csv: 4 rows, taken for objections" in told
    assert "rows that count: Soort is telefoon, alles; not: post" in told
    assert "left:" not in told


@pytest.mark.parametrize(
    ("column", "codes", "lines"),
    [
        (
            "Categorie",
            ["Telemarketing", "Incasso", "Overig", "Jan Jansen", ""],
            '# Niet over bellen: "Incasso".\n# Nog door u te bepalen: "Overig".\n'
            "# Niet getoond, omdat zij namen kunnen zijn: 1.\n"
            "# Zonder code, en dan niet geteld: 1.\n",
        ),
        ("Reden", ["Te vaak gebeld", "Privacy"], '# Niet over bellen: "Privacy".\n'),
    ],
)
def test_a_subject_that_is_not_clear_is_a_comment(
    column: str, codes: list[str], lines: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = reports(tmp_path / "klachten.csv", column, codes)
    assert init(tmp_path / "d", "--from", file) == 0
    path = tmp_path / "d" / "balanstest.toml"
    assert "where" not in proposed(path)["complaints"]
    text = path.read_text("utf-8")
    end = "# Tellen niet alle rijen, haal dan de # weg en vul aan:\n# [data.complaints.where]\n"
    assert f'{lines}{end}# "{column}" = ["{codes[0]}"]\n' in text
    told = f"in doubt, left as a comment: {column} tells that {codes[1]} may not count"
    assert told in capsys.readouterr().out


def test_a_second_column_with_subjects_is_a_comment(tmp_path: Path) -> None:
    codes = ["telefoon;te vaak gebeld", "post;te veel post", "telefoon;incasso"]
    file = reports(tmp_path / "verzet.csv", "Soort;Categorie", codes)
    assert init(tmp_path / "d", "--from", file) == 0
    path = tmp_path / "d" / "balanstest.toml"
    assert proposed(path)["objections"]["where"] == {"Soort": ["telefoon"]}
    assert '# "Categorie" = ["te vaak gebeld"]\n' in path.read_text("utf-8")


@pytest.mark.parametrize("column", ["Binnengekomen via", "Kanaal", "Bron"])
def test_the_way_in_of_reports_is_left(column: str, tmp_path: Path) -> None:
    file = reports(tmp_path / "klachten.csv", column, ["telefoon", "e-mail", "post"])
    assert init(tmp_path / "d", "--from", file) == 0
    assert "where]" not in (tmp_path / "d" / "balanstest.toml").read_text("utf-8")


def test_a_channel_that_tells_subjects_is_not_taken_for_the_way_in(tmp_path: Path) -> None:
    file = reports(tmp_path / "klachten.csv", "Kanaal", ["TM", "D2D", "DM"])
    assert init(tmp_path / "d", "--from", file) == 0
    data = proposed(tmp_path / "d" / "balanstest.toml")["complaints"]
    assert data["where"] == {"Kanaal": ["TM"]}
    assert "channel" not in data["columns"]


def test_every_sheet_and_file_is_told_and_one_that_is_not_recognised_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, odd, broken = (tmp_path / name for name in ("crm.xlsx", "adressen.csv", "kapot.xlsx"))
    sheets = {
        "Toelichting": [["Lees mij"]],
        "Giften": [
            ["Giften"],
            [],
            ["Relatienr", "Giftdatum", "Bedrag"],
            ["K1", "13-02-2024", "€ 7,50"],
        ],
        "Machtigingen": [["Relatienr", "Startdatum", "Einddatum"], ["K1", "13-02-2023", ""]],
        "Verzet": [["Relatienr", "Datum"], ["K2", "13-03-2024"]],
    }
    write_workbook(book, sheets)
    odd.write_text("Plaats;Regio\nUtrecht;Midden\n", "utf-8")
    broken.write_bytes(b"PK\x03\x04 no workbook")
    assert init(tmp_path / "d", "--from", book, odd, broken, tmp_path / "weg.csv") == 0
    shown = capsys.readouterr().out
    assert "crm.xlsx, sheet Toelichting: 0 rows, NOT USED" in shown
    assert "crm.xlsx, sheet Giften: 1 row, taken for events" in shown
    assert "crm.xlsx, sheet Machtigingen: 1 row, taken for events" in shown
    assert "crm.xlsx, sheet Verzet: 1 row, taken for objections" in shown
    assert "adressen.csv: 1 row, NOT USED: its columns are those of no table" in shown
    assert "  columns: no name of them is known here" in shown
    assert "kapot.xlsx: NOT READ" in shown
    assert "weg.csv: NOT READ: There is no file" in shown
    assert "no calls recognised: without them nothing can be counted" in shown
    assert "no complaints recognised" in shown
    assert "no objections recognised" not in shown
    events = proposed(tmp_path / "d" / "balanstest.toml")["events"]
    assert [source["sheet"] for source in events] == ["Giften", "Machtigingen"]
    assert events[1]["columns"]["ends_on"] == "Einddatum"


def test_what_an_export_is_can_be_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lijst.csv").write_text("Klantnr;Op\nK1;13-02-2024\n", "utf-8")
    write_workbook(
        tmp_path / "boek.xlsx",
        {"A": [["Klantnr", "Op"], ["K1", "13-02-2023"]], "B": [["x"], ["y"]]},
    )
    stated = [
        "--as",
        f"calls={tmp_path / 'lijst.csv'}",
        "--as",
        f"events={tmp_path / 'boek.xlsx'}#A",
    ]
    assert init(tmp_path / "d", *stated) == 0
    data = proposed(tmp_path / "d" / "balanstest.toml")
    assert data["calls"]["columns"] == {"customer_id": "Klantnr", "called_at": "Op"}
    assert (data["events"]["sheet"], data["events"]["path"]) == ("A", "../boek.xlsx")
    assert "boek.xlsx, sheet B: 1 row, NOT USED" in capsys.readouterr().out


def test_what_is_stated_goes_before_what_is_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "Klantnr;Beldatum;Resultaat\nK1;13-02-2024 10:00;Nee\n"
    exports = [tmp_path / "gesprekken.csv", tmp_path / "anders.csv"]
    for export in exports:
        export.write_text(table, "utf-8")
    stated = ["--as", f"calls={exports[1]}"]
    assert init(tmp_path / "d", "--from", *exports, *stated) == 0
    assert proposed(tmp_path / "d" / "balanstest.toml")["calls"]["path"] == "../anders.csv"
    write_workbook(tmp_path / "boek.xlsx", {"A": [["Klantnr", "Op"], ["K1", "13-02-2023"]]})
    assert init(tmp_path / "e", "--as", f"events={tmp_path / 'boek.xlsx'}#Z") == 2
    assert "its sheets are 'A'" in capsys.readouterr().err


def test_the_last_day_is_that_of_rows_that_count(tmp_path: Path) -> None:
    rows = "K1,2024-02-13,25,Closed Won\nK2,2031-12-31,25,Prospecting\n"
    (tmp_path / "kansen.csv").write_text(f"Contact ID,Close Date,Amount,Stage\n{rows}", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "kansen.csv") == 0
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert "\ndata_through = 2024-02-13 " in text


def test_a_contract_that_only_begins_does_not_decide_the_last_day(tmp_path: Path) -> None:
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 31, 2)]
    days = [day for day in days if day != "2025-02-29"]
    rows = "".join(f"K{n},{day},\n" for n, day in enumerate([*days, *days, "2026-01-07"]))
    (tmp_path / "abonnementen.csv").write_text(
        f"relatienummer,ingangsdatum,einddatum\n{rows}", "utf-8"
    )
    (tmp_path / "klachten.csv").write_text("relatienummer,klachtdatum\nK1,2025-12-30\n", "utf-8")
    assert init(tmp_path / "d", "--from", *sorted(tmp_path.glob("*.csv"))) == 0
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert "\ndata_through = 2025-12-30  # de laatste dag in klachten.csv" in text


def test_one_cell_that_does_not_fit_leaves_a_column_mapped_and_is_told(tmp_path: Path) -> None:
    rows = [f"K{n},2023-0{1 + n % 9}-01,2024-0{1 + n % 9}-28\n" for n in range(1200)]
    rows[7] = "K7,2023-02-01,1022-08-14\n"
    (tmp_path / "abonnementen.csv").write_text(
        f"relatienummer,ingangsdatum,einddatum\n{''.join(rows)}", "utf-8"
    )
    assert init(tmp_path / "d", "--from", tmp_path / "abonnementen.csv") == 0
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    told = "de naam past; let op: 1 van de 1.200 cellen past er niet bij, en `check` zegt welke"
    assert f'\nends_on = "einddatum"  # {told}' in text


def test_a_slip_of_the_pen_does_not_decide_the_last_day_and_is_told_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    rows = "".join(f"K{n},{day},25\n" for n, day in enumerate([*days, *days, *days, "2026-04-05"]))
    (tmp_path / "giften.csv").write_text(f"relatienummer,boekdatum,bedrag\n{rows}", "utf-8")
    (tmp_path / "belang.csv").write_text("relatienummer,klachtdatum\nK1,2025-12-30\n", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "giften.csv", tmp_path / "belang.csv") == 0
    said = capsys.readouterr().out
    assert "The data run through 2025-12-30, the last day in belang.csv, so" in said
    assert "a report is named after 2025-Q3, the last quarter that lies wholly within" in said
    assert "giften.csv: 1 row after that day, from 2026-04-05 on, lies apart" in said
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert "# In giften.csv ligt 1 rij los van de rest, vanaf 2026-04-05." in text
    assert "\ndata_through = 2025-12-30  # de laatste dag in belang.csv" in text


@pytest.mark.parametrize(("last", "is_told"), [("2026-01-21", True), ("2025-12-30", False)])
def test_events_that_end_well_before_a_register_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], last: str, is_told: bool
) -> None:
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    rows = "".join(f"K{n},{day},25\n" for n, day in enumerate([*days, *days]))
    (tmp_path / "giften.csv").write_text(f"relatienummer,boekdatum,bedrag\n{rows}", "utf-8")
    (tmp_path / "verzet.csv").write_text(f"relatienummer,datum verzet\nK1,{last}\n", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "giften.csv", tmp_path / "verzet.csv") == 0
    told = "Earlier end: giften.csv on 2025-12-28. If one of these is complete only until"
    assert (told in capsys.readouterr().out) == is_told


def test_where_no_export_tells_the_last_day_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "d") == 0
    said = capsys.readouterr().out
    assert "the last day of the data, after which a report is named" in said
    assert "The data run through" not in said


@pytest.mark.parametrize("stated", ["calls", "gesprekken=x.csv", "calls=", "calls=weg.csv"])
def test_a_role_that_cannot_be_is_refused(
    stated: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "d", "--as", stated) == 2
    assert f"--as is {stated!r}" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_nothing_usable_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "a.csv") == 2
    assert '--as "calls=a.csv"' in capsys.readouterr().err
    assert init(tmp_path / "d", "--from", tmp_path / "weg.csv") == 3


def test_a_second_export_of_calls_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("beltool jan.csv", "beltool feb.csv"):
        (tmp_path / name).write_text(
            "Klantnr;Beldatum;Resultaat\nK1;13-02-2024 10:00;Nee\n", "utf-8"
        )
    exports = [tmp_path / name for name in ("beltool jan.csv", "beltool feb.csv")]
    assert init(tmp_path / "d", "--from", *exports, exports[0]) == 0
    shown = capsys.readouterr().out
    assert "beltool feb.csv: 1 row, NOT USED: it looks like calls as well" in shown
    assert shown.count("beltool jan.csv: 1 row") == 1


def test_a_folder_stands_for_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "verzet.csv").write_text("Klantnr;Datum verzet\nK1;13-02-2024\n", "utf-8")
    (folder / "~$verzet.xlsx").write_bytes(b"lock")
    assert init(tmp_path / "d", "--from", folder) == 0
    shown = capsys.readouterr().out
    assert "verzet.csv: 1 row, taken for objections" in shown
    assert "~$" not in shown


def test_dates_that_can_be_read_in_two_ways_are_to_be_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "verzet.csv").write_text("Klantnr;Datum verzet\nK1;03-02-2024\n", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "verzet.csv") == 0
    assert "TO STATE" in capsys.readouterr().out
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert re.search(r'^# dates = "day-first"$', text, re.MULTILINE)


def test_dates_that_a_program_swapped_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = [["K1", dt.datetime(2024, 1 + n % 12, 1 + n % 12)] for n in range(60)]
    text = [["K1", f"{13 + n % 15}-{1 + n % 12:02}-2024"] for n in range(60)]
    sheet = [["Klantnr", "Datum verzet"], *real, *text]
    write_workbook(tmp_path / "verzet.xlsx", {"Verzet": sheet})
    assert init(tmp_path / "d", "--from", tmp_path / "verzet.xlsx") == 0
    assert "WILL BE REFUSED: `Datum verzet` (objected_on)" in capsys.readouterr().out


def test_no_cell_about_a_person_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["Q7X-1;13-02-2024 10:00;Donateur;Wil Jansen\n", "Q7X-2;13-02-2024 11:00;Nee;Jan Bel\n"]
    table = f"Klantnr;Beldatum;Resultaat;Status\n{''.join(rows)}"
    (tmp_path / "beltool.csv").write_text(table, "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "beltool.csv") == 0
    told = capsys.readouterr().out + (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert not any(value in told for value in ("Jansen", "Q7X", "Jan Bel"))


def test_a_file_of_very_many_columns_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ",".join(f"k{number}" for number in range(5000))
    (tmp_path / "breed.csv").write_text(f"{names}\n{names}\n", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "breed.csv") == 3
    assert "has a row of 5,000 cells; allowed are 2,000" in capsys.readouterr().err


def test_words_for_kinds_are_proposed_and_load_when_confirmed(tmp_path: Path) -> None:
    rows = "K1;13-02-2024;Periodieke gift\nK2;14-02-2024;Abonnement\nK3;15-02-2024;zzz\n"
    (tmp_path / "giften.csv").write_text(f"Klantnr;Giftdatum;Soort\n{rows}", "utf-8")
    assert init(tmp_path / "d", "--from", tmp_path / "giften.csv") == 0
    path = tmp_path / "d" / "balanstest.toml"
    text = path.read_text("utf-8")
    assert '# contract = ["Abonnement"]\n# donation = ["Periodieke gift"]\n' in text
    assert '# Nog door u te verdelen: "zzz".' in text
    confirmed = re.sub(r"^# (\[data\.events\.values|contract|donation)", r"\1", text, flags=re.M)
    path.write_text(confirmed, "utf-8")
    request(load_dossier(filled(path)), "events")


def test_empty_cells_of_a_key_are_told(tmp_path: Path) -> None:
    (tmp_path / "verzet.csv").write_text("Klantnr;Datum verzet\nK1;13-02-2024\n;14-02-2024\n")
    assert init(tmp_path / "d", "--from", tmp_path / "verzet.csv") == 0
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert "let op: in 1 van de 2 rijen is de cel leeg, wat `check` weigert" in text


@pytest.mark.parametrize(
    ("title", "names", "codes", "table"),
    [
        (
            "bijdragen",
            "Intern contact-id,Bijdragebedrag,Ontvangstdatum,Financieel type",
            "",
            "events",
        ),
        ("giving", "Lookup ID,Date,Amount,Revenue type", "Revenue type:Donation,Pledge", "events"),
        ("query", "CnBio_ID,CnGf_1_Date,CnGf_1_Amount", "", "events"),
        ("npe01__OppPayment__c", "npe01__Payment_Date__c,npe01__Payment_Amount__c", "", "events"),
        ("export", "customerId,createdAt,amount.value,paidAt", "", "events"),
        ("itemized", "created_utc,currency,gross,fee,net,reporting_category", "", "events"),
        ("export", "Klantnr,Datum,Bedrag,Resultaat", "Resultaat:OK,Saldo ontoereikend", "events"),
        ("export", "Klantnr,Datum,Soort", "Soort:Machtiging,Periodieke gift", "events"),
        ("export", "Klantnr,Datum,Bedrag,Status", "Status:failed,declined,cancelled", "events"),
        ("tabel1", "Klantnr,Giftdatum,Bedrag", "", "events"),
        ("belgiften", "Klantnr,Datum,Bedrag", "", "events"),
        ("accounts", "Klantnr,Giftdatum,Bedrag", "", "events"),
        ("export", "Klantnr,Datum,Bedrag,Resultaat", "Resultaat:Donateur,Niet thuis", "calls"),
        ("export", "Extern ID,Datum belpoging,Duur,Afboekcode", "", "calls"),
        ("resultaten", "RelatieID,Laatste beldatum,Eindresultaat", "", "calls"),
        ("cdr 2024", "start,answer,end,src,dst,billsec,disposition", "", "calls"),
        ("activities", "Target Contact ID,Activity Date,Type", "Type:Phone Call", "calls"),
        ("export", "Contact ID,Date,Direction", "Direction:Outbound,Inbound", "calls"),
        (
            "complaints",
            "Case Number,Contact ID,Date/Time Opened,Status",
            "Status:Open,Closed",
            "complaints",
        ),
        ("relaties", "Relatienummer,Bel-me-niet,Laatste gift,Totaal giften", "", ""),
        ("toestemmingen", "Relatienummer,Opt-in datum,Kanaal", "", ""),
    ],
)
def test_a_layout_is_told_from_others(title: str, names: str, codes: str, table: str) -> None:
    column, _, cells = codes.partition(":")
    found = likely_table(title, names.split(","), {column: cells.split(",")} if codes else {})
    assert found.table == table, found.why


def test_what_systems_put_around_a_name_is_no_part_of_it() -> None:
    keys = ["CnBio_ID", "Gf_CnBio_ID", "Gekoppelde contact-ID's", "Customer.customer_id", "Debnr"]
    keys += ["Opportunity: Primary Contact: Contact ID", "npe01__Opportunity__r.AccountId"]
    assert [name for name in keys if ours_of(name) != ("customer_id",)] == []
    days = [
        "CloseDate",
        "CnGf_1_Date",
        "Gift d.d.",
        "paidAt",
        "Ingangsdatum abonnement",
        "Fact.datum",
    ]
    assert [name for name in days if ours_of(name) != ("occurred_on",)] == []
    assert not ours_of("Fact.nr.")


def told(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[str, str]:
    """Return what `init` printed, and the dossier that it wrote."""
    code = init(folder / "d", *arguments)
    shown = capsys.readouterr()
    path = folder / "d" / "balanstest.toml"
    return shown.out + shown.err, path.read_text("utf-8") if code == 0 else ""


def test_the_number_of_a_payment_is_not_taken_for_that_of_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"tr_{n};2024-02-1{n};25,00;paid\n" for n in range(5))
    (tmp_path / "mollie.csv").write_text(f"ID;Datum;Bedrag;Status\n{rows}", "utf-8")
    shown, text = told(tmp_path, capsys, "--from", tmp_path / "mollie.csv")
    assert "in doubt, left as a comment: ID as customer_id" in shown
    assert '# customer_id = "ID"  # onzeker: dit is vermoedelijk het nummer van de rij' in text


def test_the_reference_of_a_contact_is_its_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = "".join(f"g{n};K{n};2024-02-1{n} 10:00;Geen gehoor\n" for n in range(9))
    header = "call_ref;contact_ref;Belmoment;Resultaat\n"
    (tmp_path / "beltool.csv").write_text(f"{header}{calls}", "utf-8")
    gifts = "".join(f"K{n};2023-02-1{n};25,00;ref{n}\n" for n in range(9))
    (tmp_path / "giften.csv").write_text(f"donor_ref;Giftdatum;Bedrag;ref\n{gifts}", "utf-8")
    shown, _ = told(tmp_path, capsys, "--from", tmp_path)
    assert "contact_ref as customer_id" in shown
    assert "call_ref as call_id" in shown
    assert "donor_ref as customer_id" in shown
    assert "left: ref" in shown


def test_a_number_of_a_customer_goes_before_what_is_called_a_reference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"dank {n};K{n};2024-02-1{n};25,00\n" for n in range(9))
    header = "Customer Reference;Debtor No.;Payment date;Amount\n"
    (tmp_path / "payments.csv").write_text(f"{header}{rows}", "utf-8")
    _, text = told(tmp_path, capsys, "--from", tmp_path / "payments.csv")
    assert '\ncustomer_id = "Debtor No."  # naam en inhoud passen' in text
    assert '# customer_id = "Customer Reference"  # onzeker' in text


def test_what_is_called_an_external_reference_may_be_of_the_payment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"tr{n};2024-02-1{n};25,00\n" for n in range(9))
    (tmp_path / "giften.csv").write_text(f"External Reference;Giftdatum;Bedrag\n{rows}", "utf-8")
    _, text = told(tmp_path, capsys, "--from", tmp_path / "giften.csv")
    assert '# customer_id = "External Reference"  # onzeker: dit is vermoedelijk' in text


def test_a_contract_that_was_cancelled_is_not_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "K1;A1;2023-02-13;;Completed\nK2;A2;2023-02-13;2024-02-13;Cancelled\n"
    table = f"Klantnr;Account ID;Startdatum;Einddatum;Status\n{rows}"
    (tmp_path / "contracten.csv").write_text(table, "utf-8")
    shown, text = told(tmp_path, capsys, "--from", tmp_path / "contracten.csv")
    assert "Cancelled may not count" in shown
    assert "telt mee, met zijn einddatum" in text
    assert '\n# "Status" = ["Completed"]' in text
    assert '# customer_id = "Account ID"  # onzeker: past ook' in text


def test_a_status_in_numbers_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{n},70{n},2024-02-1{n},25.00,{1 + n % 4}\n" for n in range(8))
    header = "id,contact_id,receive_date,total_amount,contribution_status_id"
    (tmp_path / "civicrm_contribution.csv").write_text(f"{header}\n{rows}", "utf-8")
    shown, text = told(tmp_path, capsys, "--from", tmp_path / "civicrm_contribution.csv")
    assert "contribution_status_id may tell which rows count" in shown
    assert '# Nog door u te bepalen: "1", "2", "3", "4".' in text
    assert '\n# "contribution_status_id" = []' in text


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "is an empty folder"),
        ({"a/gift.csv": "7001;Jansen;13-02-2024;7,50\n" * 3}, "has no column names"),
        ({"gift.csv": "Klantnr;Giftdatum;Bedrag\n"}, "looks like events, and has no rows"),
        (
            {"a/gift.csv": "Klantnr;Giftdatum\nK1;2024-02-13\n", "b/.~lock.gift.csv#": "x"},
            "gift.csv: 1 row, taken for events",
        ),
        ({f"{n}.txt": "" for n in range(101)}, "holds more than 100 files"),
    ],
)
def test_a_folder_gets_a_sentence(
    files: dict[str, str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    shown, _ = told(tmp_path, capsys, "--from", folder)
    assert message in shown
    assert not any(value in shown for value in ("7001", "Jansen", "lock"))


def test_a_pipe_and_a_packed_file_get_their_own_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pijp.csv")
    with zipfile.ZipFile(tmp_path / "twee.zip", "w") as archive:
        archive.writestr("giften.csv", "Klantnr;Giftdatum;Bedrag\nK1;2024-02-13;7,50\n")
        archive.writestr("verzet.csv", "Klantnr;Datum verzet\nK1;2024-02-13\n")
    with gzip.open(tmp_path / "verzet.csv.gz", "wt") as packed:
        packed.write("Klantnr;Datum verzet\nK1;2024-02-13\n")
    shown, _ = told(tmp_path, capsys, "--from", tmp_path)
    assert "pijp.csv: NOT READ: `pijp.csv` is a pipe" in shown
    assert "twee.zip: NOT READ: `twee.zip` holds several tables" in shown
    assert "verzet.csv.gz: 1 row, taken for objections" in shown


def test_one_file_is_not_two_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.csv").write_text("Klantnr;Datum\nK1;2024-02-13\n", "utf-8")
    stated = [f"calls={tmp_path / 'x.csv'}", f"events={tmp_path / 'x.csv'}"]
    shown, _ = told(tmp_path, capsys, "--as", stated[0], "--as", stated[1])
    assert "--as states that `x.csv` is calls and events" in shown


def test_several_sources_of_events_may_be_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("x.csv", "y.csv"):
        (tmp_path / name).write_text("Klantnr;Datum\nK1;2024-02-13\n", "utf-8")
    stated = [f"events={tmp_path / name}" for name in ("x.csv", "y.csv")]
    _, text = told(tmp_path, capsys, "--as", stated[0], "--as", stated[1])
    assert [source["path"] for source in tomllib.loads(text)["data"]["events"]] == [
        "../x.csv",
        "../y.csv",
    ]


def test_totals_and_remarks_below_a_report_are_no_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"003{n},2024-02-1{n},25.00,Closed Won\n" for n in range(9))
    below = 'Totaal,,225.00,\n\n"Copyright (c) 2024 salesforce.com, inc."\nConfidential\n'
    table = f"Contact ID,Close Date,Amount,Stage\n{rows}{below}"
    (tmp_path / "report1.csv").write_text(table, "utf-8")
    shown, text = told(tmp_path, capsys, "--from", tmp_path / "report1.csv")
    assert "report1.csv: 9 rows, taken for events" in shown
    assert '\ncustomer_id = "Contact ID"  # naam en inhoud passen\n' in text
    assert '\noccurred_on = "Close Date"  # naam en inhoud passen\n' in text
