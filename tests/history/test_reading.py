"""What is found in an export is told: how it is written, its codes, and all that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.cli import commands as cli
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.columns.privacy import is_personal_name
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.exposure import load_exposure
from balanstest_analysis.history.sources import open_history
from tests.awkward_exports import CALLS, DOSSIER, EVENT_HEADER, EVENTS, HEADER, csv_text

SECRET = b"a secret for tests"
CODES = """[data.calls.values]
resultaat = { converted = ["Donateur"], net_contact = ["Donateur", "Geen interesse"] }"""
RESULTS = ["Geen interesse", "Donateur", "Voicemail", "Geen interesse", "Voicemail"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "calls.csv").write_text(csv_text([HEADER, *CALLS]), "utf-8")
    (tmp_path / "events.csv").write_text(csv_text([EVENT_HEADER, *EVENTS]), "utf-8")
    return tmp_path


def write(folder: Path, calls: str = "", *, more: str = "") -> Path:
    path = folder / "balanstest.toml"
    path.write_text(DOSSIER.format(events="", calls=calls, suffix="csv") + more, "utf-8")
    return path


def check(path: Path) -> int:
    return cli._run(lambda: cli.app(["check", str(path)], standalone_mode=False))


def with_codes(folder: Path, codes: list[str]) -> Path:
    rows = [[*row[:2], code] for row, code in zip(CALLS, codes, strict=True)]
    table = csv_text([["customer_id", "called_at", "resultaat"], *rows], ";")
    (folder / "calls.csv").write_text(table, "cp1252")
    return write(folder, CODES)


def test_a_code_may_stand_under_two_flags_and_one_under_none_is_counted(folder: Path) -> None:
    exposure = load_exposure(load_dossier(with_codes(folder, RESULTS)), SECRET)
    found = {finding.code: finding.count for finding in exposure.findings}
    assert found["unmapped_codes"] == 2
    assert exposure.readings[0].unmapped == {"resultaat": {"Voicemail": 2}}


@pytest.mark.parametrize(
    "values",
    [
        CODES.replace("] }", '], no_contact = ["Voicemail", "Bezet"] }'),
        """columns = { converted = "resultaat", net_contact = "resultaat" }
[data.calls.values]
converted = ["Donateur"]
net_contact = ["Donateur", "Geen interesse"]
no_contact = ["Voicemail", "Bezet"]""",
    ],
)
def test_a_code_for_nobody_reached_is_known_and_only_others_are_counted(
    folder: Path, values: str
) -> None:
    with_codes(folder, [*RESULTS[:4], "Opgehangen"])
    exposure = load_exposure(load_dossier(write(folder, values)), SECRET)
    assert exposure.readings[0].unmapped == {"resultaat": {"Opgehangen": 1}}
    assert [f.count for f in exposure.findings if f.code == "unmapped_codes"] == [1]
    with_codes(folder, RESULTS)
    exposure = load_exposure(load_dossier(write(folder, values)), SECRET)
    assert exposure.readings[0].unmapped == {}
    assert "unmapped_codes" not in {finding.code for finding in exposure.findings}


def test_check_tells_how_a_table_is_written_and_which_codes_are_mapped_to_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(with_codes(folder, [*RESULTS[:2], "", "Geen interesse", "Café"])) == 0
    shown = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "csv, semicolon-separated, windows-1252, called_at iso" in shown
    assert "Codes of `resultaat` mapped to nothing: (empty) (1), Café (1)." in shown


def test_codes_that_may_be_about_a_person_are_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(with_codes(folder, [*RESULTS[:4], "bellen op 0201234567"])) == 0
    shown = capsys.readouterr().out
    assert "2 different texts, which are not shown" in shown
    assert "0201234567" not in shown


@pytest.mark.parametrize(
    ("calls", "sentence"),
    [
        ('values = { uitkomst = { campaign = ["x"] } }', "`data.calls.values.uitkomst` names"),
        (
            'columns = { converted = "c" }\nvalues = { u = { converted = ["x"] } }',
            "`data.calls` maps `converted` twice",
        ),
        (
            'values = { u = { net_contact = ["x", "y"], no_contact = ["y"] } }',
            "lists 'y' under `net_contact` and under `no_contact`. Keep one.",
        ),
        (
            'values = { u = { net_contact = ["x"] }, v = { no_contact = ["y"] } }',
            "names `no_contact` without `net_contact` beside it",
        ),
        ('values = { no_contact = ["y"] }', "names `no_contact` without `net_contact` beside it"),
    ],
)
def test_codes_that_cannot_be_right_are_refused(folder: Path, calls: str, sentence: str) -> None:
    with pytest.raises((DataError, DossierError)) as refused:
        open_history(load_dossier(write(folder, calls)), SECRET)
    assert sentence in str(refused.value)


def test_every_problem_of_dossier_and_tables_is_told_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "calls.csv").write_text(f"{','.join(HEADER)}\n001,gisteren,true,wel\n", "utf-8")
    (folder / "events.csv").write_text("customer_id;amount\n001;12,50\n", "utf-8")
    path = write(folder, more="[settings]\nresamples = 3\n")
    assert check(path) == 3
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(";")[0].split(". ")[0] for line in lines] == [
        "balanstest: `balanstest.toml`: `settings.resamples` is 3",
        "`calls.csv` row 2: `called_at` is a text of 8 characters",
        "`calls.csv` row 2: `converted` is 'wel'",
        "`events.csv` has no column `occurred_on`",
    ]


def test_a_dossier_without_usable_data_is_refused_for_what_it_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder, 'dates = "american"')
    assert check(path) == 3
    assert "`data.calls.dates` is 'american'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["Naam", "e-mail", "TelefoonNr", "postcode", "GeboorteDatum", "BSN"]
)
def test_a_personal_column_is_known_by_its_name(name: str) -> None:
    assert is_personal_name(name)


@pytest.mark.parametrize(
    "name", ["relatienummer", "beldatum", "campagnenaam", "Actie naam", "kanaal"]
)
def test_a_useful_column_is_not_taken_for_a_personal_one(name: str) -> None:
    assert not is_personal_name(name)


def test_no_customer_key_is_kept_in_the_engine(folder: Path) -> None:
    history = open_history(load_dossier(write(folder)), SECRET)
    assert isinstance(history.engine, DuckDBEngine)
    con = history.engine.backend.con
    history.engine._queue.settle()
    kept = "select table_name from information_schema.tables where table_type <> 'VIEW'"
    names = [name for (name,) in con.execute(kept).fetchall()]
    assert {"calls", "events"} <= set(names)
    cells = {cell for name in names for row in con.table(name).fetchall() for cell in row}
    assert not cells & {"001", "002", "003", "004"}
    history.close()


def test_the_published_provenance_counts_nobody(folder: Path) -> None:
    exposure = load_exposure(load_dossier(with_codes(folder, RESULTS)), SECRET)
    published = exposure.readings[0].to_dict()
    assert published["delimiter"] == "semicolon"
    assert "unmapped" not in published
