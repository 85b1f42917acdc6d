"""A mapping is proposed from an export: recognised columns, doubtful ones as comments, no rows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from balanstest_analysis.cli import commands as cli
from balanstest_analysis.cli.starter import write_starter
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DataError, DossierError, UsageError
from tests.awkward_workbooks import write_workbook
from tests.filled_starters import filled

CALLS = """\
Relatienummer;Naam;Telefoon;Beldatum;Resultaat;Campagnenaam;Basis
Q7X-001;Jansen;0612345678;31-12-2024 14:05;Donateur;lente;vreemd
Q7X-002;Pieters;0687654321;02-01-2025 09:30;Geen interesse;lente;
Q7X-003;Smit;0611112222;03-02-2025 10:00;Geen gehoor;herfst;
"""
GIFTS = 'klant_id,giftdatum,bedrag\nQ7X-001,2023-12-31,"25,00"\nQ7X-002,2024-06-13,"12,50"\n'


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    calls, gifts = tmp_path / "beltool.csv", tmp_path / "giften.csv"
    calls.write_text(CALLS, "cp1252")
    gifts.write_text(GIFTS, "utf-8")
    return [calls, gifts]


def init(*arguments: object) -> int:
    texts = [str(argument) for argument in arguments]
    return cli._run(lambda: cli.app(["init", *texts], standalone_mode=False))


def test_columns_are_recognised_and_the_dossier_is_read(
    tmp_path: Path, exports: list[Path]
) -> None:
    path = write_starter(tmp_path / "nieuw", exports=exports)
    data = tomllib.loads(path.read_text("utf-8"))["data"]
    assert data["calls"] == {
        "path": "../beltool.csv",
        "columns": {
            "customer_id": "Relatienummer",
            "called_at": "Beldatum",
            "campaign": "Campagnenaam",
        },
        "values": {
            "Resultaat": {
                "converted": ["Donateur"],
                "net_contact": ["Donateur", "Geen interesse"],
                "no_contact": ["Geen gehoor"],
            }
        },
    }
    assert data["events"]["columns"] == {
        "customer_id": "klant_id",
        "occurred_on": "giftdatum",
        "amount": "bedrag",
    }
    assert load_dossier(filled(path)).data.objections is None
    assert not (tmp_path / "nieuw" / "calls.csv").exists()
    assert (tmp_path / "nieuw" / "objections.csv").exists()


def test_reasons_doubts_and_codes_stand_beside_it_and_no_row_is_copied(
    tmp_path: Path, exports: list[Path]
) -> None:
    text = write_starter(tmp_path / "nieuw", exports=exports).read_text("utf-8")
    assert 'customer_id = "Relatienummer"  # naam en inhoud passen' in text
    assert '# basis = "Basis"  # onzeker: de naam past, maar 1 van de 1 cellen' in text
    assert '# Niet gelezen, want herleidbaar tot personen: "Naam", "Telefoon".' in text
    assert '#   "Geen gehoor": 1' in text
    assert (
        '\n[data.calls.values."Resultaat"]\nconverted = ["Donateur"]\n'
        'net_contact = ["Donateur", "Geen interesse"]\nno_contact = ["Geen gehoor"]\n'
    ) in text
    assert text.count("[data.calls]") == 1
    assert "# columns = {" not in text
    assert not any(value in text for value in ("Q7X", "Jansen", "0612345678"))


def test_the_export_is_read_as_proposed(
    tmp_path: Path, exports: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_starter(tmp_path / "nieuw", exports=exports)
    check = ["check", str(filled(path))]
    assert cli._run(lambda: cli.app(check, standalone_mode=False)) == 0
    shown = capsys.readouterr().out
    assert "windows-1252" in shown or "utf-8" in shown
    assert "mapped to nothing" not in shown
    assert "unmapped codes" not in shown


def test_a_workbook_with_a_title_is_recognised(tmp_path: Path) -> None:
    book = tmp_path / "export.xlsx"
    rows = [["Klachten"], [], ["klantnr", "klachtdatum"], ["Q7X-001", "31-12-2024"]]
    write_workbook(book, {"Toelichting": [["x"]], "Data": rows})
    path = write_starter(tmp_path / "nieuw", exports=[book])
    data = tomllib.loads(path.read_text("utf-8"))["data"]["complaints"]
    assert data["sheet"] == "Data"
    assert data["columns"] == {"customer_id": "klantnr", "complained_on": "klachtdatum"}


OTHER_NAMES = """\
Persoonsnr;Datum/tijd;Gelukt;Aangemaakt
K1;31-12-2024 14:05;ja;01-02-2024
K2;02-01-2025 09:30;nee;01-02-2024
"""


def test_a_column_of_days_is_found_by_its_content_and_what_is_missing_is_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "gesprekken.csv").write_text(OTHER_NAMES.replace("Datum/tijd", "Op"), "utf-8")
    (tmp_path / "afmeldingen.csv").write_text("klantnr;ontvangen op\nK1;31-01-2025\n", "utf-8")
    exports = [tmp_path / "gesprekken.csv", tmp_path / "afmeldingen.csv"]
    text = write_starter(tmp_path / "nieuw", exports=exports).read_text("utf-8")
    assert 'objected_on = "ontvangen op"  # de enige kolom met datums' in text
    for name in ("Op", "Aangemaakt"):
        assert f'# called_at = "{name}"  # onzeker: een van de kolommen met datums' in text
    for name in ("net_contact", "converted"):
        assert f'# {name} = "..."  # verplicht, maar niet herkend; kies uit: "Gelukt"' in text


def test_of_a_source_without_an_end_it_is_said_that_a_gift_is_over_on_its_day(
    tmp_path: Path,
) -> None:
    over = "is een gift of aankoop op de dag zelf voorbij"
    gifts, mandates = tmp_path / "giften.csv", tmp_path / "machtigingen.csv"
    gifts.write_text(GIFTS, "utf-8")
    mandates.write_text("klant_id,ingangsdatum,einddatum\nQ7X-001,2023-12-31,2024-12-31\n", "utf-8")
    one = write_starter(tmp_path / "een", exports=[gifts]).read_text("utf-8")
    other = write_starter(tmp_path / "ander", exports=[mandates]).read_text("utf-8")
    assert over in one
    assert 'ends_on = "einddatum"' in other
    assert over not in other


@pytest.mark.parametrize("refused", ["sector", "report_date", "criterion 1"])
def test_what_init_calls_refused_is_refused(
    tmp_path: Path, refused: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "eigen") == 0
    assert "what is refused until then: your sector" in capsys.readouterr().out
    with pytest.raises(DossierError, match=refused):
        load_dossier(tmp_path / "eigen" / "balanstest.toml")


def test_who_you_are_and_the_category_are_listed_until_they_are_stated(tmp_path: Path) -> None:
    assert init(tmp_path / "eigen") == 0
    gaps = load_dossier(filled(tmp_path / "eigen" / "balanstest.toml")).gaps()
    assert {"organisation.name", "scope.category"} <= {*gaps}


def test_the_last_day_of_the_exports_is_proposed(tmp_path: Path, exports: list[Path]) -> None:
    text = write_starter(tmp_path / "nieuw", exports=exports).read_text("utf-8")
    assert "\ndata_through = 2025-02-03  # de laatste dag in " in text
    (tmp_path / "k.csv").write_text("klantnr;klachtdatum\nK1;01-02-2025\n", "utf-8")
    text = write_starter(tmp_path / "k", exports=[tmp_path / "k.csv"]).read_text("utf-8")
    assert "\ndata_through = 2000-01-01\n" in text


def test_a_division_that_is_not_whole_has_a_place_for_every_code(tmp_path: Path) -> None:
    rows = "K1;2025-01-01;Q7\nK2;2025-01-02;Q8\nK3;2025-01-03;Q7\n"
    (tmp_path / "calls.csv").write_text(f"Klant-ID;Op;Afhandelcode\n{rows}", "utf-8")
    text = write_starter(tmp_path / "nieuw", exports=[tmp_path / "calls.csv"]).read_text("utf-8")
    assert "\n# converted = []\n# net_contact = []\n# no_contact = []\n" in text


def test_codes_that_say_nothing_are_left_to_the_user(tmp_path: Path) -> None:
    codes = ("SALE", "NOSALE", "NA", "Niet thuis, geen gehoor", "Nu niet", "Donateur geworden")
    codes += ("Q7",)
    rows = "".join(f"K1;2025-01-0{n};{code};x\n" for n, code in enumerate(codes, start=1))
    (tmp_path / "calls.csv").write_text(f"Klant-ID;Op;Afhandelcode;Extra\n{rows}", "utf-8")
    text = write_starter(tmp_path / "nieuw", exports=[tmp_path / "calls.csv"]).read_text("utf-8")
    assert '\nconverted = ["Donateur geworden", "SALE"]\n' in text
    assert '\nnet_contact = ["Donateur geworden", "NOSALE", "Nu niet", "SALE"]\n' in text
    assert '\nno_contact = ["NA", "Niet thuis, geen gehoor"]\n' in text
    assert '# Nog door u te verdelen: "Q7".' in text
    assert (
        '# Niet herkend en niet gelezen: "Extra".\n# Als er een bij is, kan ook nog: call_id'
        in text
    )


def test_gifts_without_an_end_are_pointed_out(tmp_path: Path) -> None:
    table = "klantnr;giftdatum;einddatum\nK1;13-06-2024;\nK2;14-06-2024;31-12-2024\n"
    (tmp_path / "giften.csv").write_text(table, "utf-8")
    text = write_starter(tmp_path / "nieuw", exports=[tmp_path / "giften.csv"]).read_text("utf-8")
    assert "let op: 1 zonder einddatum gelden als nog lopend" in text


@pytest.mark.parametrize("number", ["06-12345678", "+31 6 12345678", "0031612345678"])
def test_keys_that_are_telephone_numbers_are_not_proposed(tmp_path: Path, number: str) -> None:
    export = tmp_path / "calls.csv"
    export.write_text(f"klantnummer,beldatum\n{number},2025-01-01\n", "utf-8")
    text = write_starter(tmp_path / "nieuw", exports=[export]).read_text("utf-8")
    assert '# customer_id = "klantnummer"  # onzeker: de inhoud lijkt op namen, nummers' in text


def test_a_column_of_which_only_the_whole_shows_telephone_numbers_is_not_proposed(
    tmp_path: Path,
) -> None:
    rows = "".join(f"06{10_000_000 + 7_654_321 * at % 50_000_000};31-12-2024\n" for at in range(60))
    (tmp_path / "beltool.csv").write_text("relatienummer;beldatum\n" + rows, "utf-8")
    path = write_starter(tmp_path / "nieuw", exports=[tmp_path / "beltool.csv"])
    text = path.read_text("utf-8")
    assert "customer_id" not in tomllib.loads(text)["data"]["calls"]["columns"]
    assert '# customer_id = "relatienummer"  # onzeker: de inhoud lijkt op namen, nummers' in text


def test_too_many_codes_are_not_listed(tmp_path: Path) -> None:
    export = tmp_path / "calls.csv"
    rows = "".join(f"{number},2025-01-01,vrije tekst {number}\n" for number in range(60))
    export.write_text(f"klantnummer,beldatum,resultaat\n{rows}", "utf-8")
    text = write_starter(tmp_path / "nieuw", exports=[export]).read_text("utf-8")
    assert "te veel om te tonen" in text
    assert "vrije tekst" not in text


def test_exports_that_are_not_clear_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "iets.csv"
    other.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UsageError, match="does not look like calls"):
        write_starter(tmp_path / "nieuw", exports=[other])
    with pytest.raises(DataError, match="There is no file"):
        write_starter(tmp_path / "nieuw", exports=[tmp_path / "weg.csv"])
    assert not (tmp_path / "nieuw").exists()


def test_the_command_takes_several_exports(tmp_path: Path, exports: list[Path]) -> None:
    assert init(tmp_path / "nieuw", "--from", *exports) == 0
    assert init(tmp_path / "anders", "--from", exports[0], "--from", exports[1]) == 0
    one, other = ((tmp_path / name / "balanstest.toml").read_text() for name in ("nieuw", "anders"))
    assert one == other
    assert init(tmp_path / "derde", exports[0]) == 2
