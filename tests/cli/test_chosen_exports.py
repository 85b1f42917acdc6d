"""Exports of two bureaus: every table of calls becomes a source, or is named where it is not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.cli import commands as cli
from tests.filled_starters import filled

NORTH = "Donornr;Project;Beldatum;Resultaat\n", "K{n};Lente;{day:02}-03-2026 10:{n:02};{code}\n"
SOUTH = "relatienummer;campagne;gebeld_op;eindcode\n", "K{n};L2;2026-04-{day:02} 11:{n:02};{code}\n"
WORDS = ("Donateur", "Geen interesse", "Niet thuis", "Bel me niet meer")
OTHER_WORDS = ("JA-SEPA", "NEE", "BEZET", "VERZET")
ROWS = 24


def calls(file: Path, layout: tuple[str, str], codes: tuple[str, ...]) -> Path:
    head, row = layout
    rows = [row.format(n=n, day=2 + n, code=codes[n % len(codes)]) for n in range(ROWS)]
    file.write_text(head + "".join(rows), "utf-8")
    return file


@pytest.fixture
def bureaus(tmp_path: Path) -> list[Path]:
    return [
        calls(tmp_path / "noord.csv", NORTH, WORDS),
        calls(tmp_path / "zuid.csv", SOUTH, OTHER_WORDS),
    ]


@pytest.fixture
def gifts(tmp_path: Path) -> Path:
    rows = "".join(f"K{n};2025-01-{1 + n:02};25,00\n" for n in range(ROWS))
    (tmp_path / "giften.csv").write_text(f"Relatienr;Giftdatum;Bedrag\n{rows}", "utf-8")
    return tmp_path / "giften.csv"


def run(*arguments: object) -> int:
    texts = [str(argument) for argument in arguments]
    return cli._run(lambda: cli.app(texts, standalone_mode=False))


def proposed(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = tomllib.loads((folder / "balanstest.toml").read_text("utf-8"))["data"]
    return data


def test_calls_of_two_layouts_are_two_sources_and_check_counts_both(
    bureaus: list[Path], gifts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("init", tmp_path / "d", "--from", *bureaus, gifts) == 0
    told = capsys.readouterr().out
    assert "NOT USED" not in told
    assert "calls come from 2 sources, each [[data.calls]]" in told
    data = proposed(tmp_path / "d")
    assert [source["path"] for source in data["calls"]] == ["../noord.csv", "../zuid.csv"]
    assert [[*source["values"]] for source in data["calls"]] == [["Resultaat"], ["eindcode"]]
    assert data["objections"]["from_calls"] == {
        "Resultaat": ["Bel me niet meer"],
        "eindcode": ["VERZET"],
    }
    run("check", filled(tmp_path / "d" / "balanstest.toml"))
    assert f"rows in {2 * ROWS}" in plain(capsys.readouterr().out)


def plain(shown: str) -> str:
    """Return what stands in the tables of a screen, without their lines."""
    return " ".join(shown.replace("│", " ").split())


def test_the_same_columns_with_other_codes_are_a_source_of_their_own(
    tmp_path: Path, gifts: Path
) -> None:
    exports = [
        calls(tmp_path / "noord.csv", NORTH, WORDS),
        calls(tmp_path / "zuid.csv", NORTH, OTHER_WORDS),
    ]
    assert run("init", tmp_path / "d", "--from", *exports, gifts) == 0
    first, second = proposed(tmp_path / "d")["calls"]
    assert first["values"]["Resultaat"]["converted"] == ["Donateur"]
    assert second["values"]["Resultaat"]["converted"] == ["JA-SEPA"]


def test_a_file_with_the_columns_of_another_is_a_comment_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = [calls(tmp_path / name, NORTH, WORDS) for name in ("bel mrt.csv", "bel apr.csv")]
    assert run("init", tmp_path / "d", "--from", *exports) == 0
    told = capsys.readouterr().out
    assert "bel mrt.csv with the same columns was taken; put such files in one folder" in told
    assert "# Niet gelezen: bel apr.csv." in (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert proposed(tmp_path / "d")["calls"]["path"] == "../bel mrt.csv"


def test_every_file_that_is_stated_to_be_calls_is_a_source(tmp_path: Path) -> None:
    exports = [calls(tmp_path / name, NORTH, WORDS) for name in ("bel mrt.csv", "bel apr.csv")]
    stated = [argument for file in exports for argument in ("--as", f"calls={file}")]
    assert run("init", tmp_path / "d", *stated) == 0
    sources = proposed(tmp_path / "d")["calls"]
    assert [source["path"] for source in sources] == ["../bel mrt.csv", "../bel apr.csv"]


def test_a_table_of_which_too_little_is_certain_is_a_source_in_comments(
    bureaus: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"K{n};{n % 3};{n % 7}\n" for n in range(ROWS))
    (tmp_path / "bellijst.csv").write_text(f"Relatienr;belpogingen;Poging\n{rows}", "utf-8")
    assert run("init", tmp_path / "d", "--from", tmp_path / "bellijst.csv", *bureaus) == 0
    told = capsys.readouterr().out
    assert "bellijst.csv: 24 rows, NOT USED: it looks like calls as well" in told
    assert "see Two diallers in docs/how-to/own-export.md" in told
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert '# [[data.calls]]\n# path = "../bellijst.csv"\n' in text
    assert len(proposed(tmp_path / "d")["calls"]) == 2
    before, mark, after = text.partition("# [[data.calls]]\n")
    block, _, rest = (mark + after).partition("\n\n")
    whole = "\n".join([before, *(line.removeprefix("# ") for line in block.split("\n")), rest])
    assert len(tomllib.loads(whole)["data"]["calls"]) == 3


def test_a_personal_file_name_is_not_told_in_a_comment(tmp_path: Path) -> None:
    exports = [calls(tmp_path / name, NORTH, WORDS) for name in ("bel.csv", "mw. Jansen.csv")]
    assert run("init", tmp_path / "d", "--from", *exports) == 0
    text = (tmp_path / "d" / "balanstest.toml").read_text("utf-8")
    assert "# Niet gelezen: een bestand met een persoonlijke naam." in text
    assert "Jansen" not in text


def test_a_name_that_is_hidden_leaves_the_words_it_stands_inside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = [tmp_path / name for name in ("ir.csv", "mw. Jansen.csv")]
    for export in exports:
        export.write_text("lus;bij;iver\nx;y;z\n", "utf-8")
    assert run("init", tmp_path / "d", "--from", calls(tmp_path / "bel.csv", NORTH, WORDS)) == 0
    plain = capsys.readouterr().out
    assert run("init", tmp_path / "e", "--from", tmp_path / "bel.csv", *exports) == 0
    told = capsys.readouterr().out
    assert "unless the calls bring their own" in told
    assert "say that they were not delivered" in told
    assert "ir.csv: 1 row, NOT USED" in told
    assert "Jansen" not in told
    lines = [line for line in plain.splitlines() if "recognised" in line]
    assert [line for line in told.splitlines() if line in lines] == lines


def test_two_registers_of_objections_are_two_sources(tmp_path: Path) -> None:
    (tmp_path / "verzet.csv").write_text("Relatienr;Datum verzet\nK1;2026-03-13\n", "utf-8")
    (tmp_path / "afmeldingen.csv").write_text("Klantnr;Afgemeld op\nK2;2026-03-14\n", "utf-8")
    exports = [tmp_path / "afmeldingen.csv", tmp_path / "verzet.csv"]
    assert run("init", tmp_path / "d", "--from", *exports) == 0
    sources = proposed(tmp_path / "d")["objections"]
    assert [source["columns"]["customer_id"] for source in sources] == ["Klantnr", "Relatienr"]


def test_check_names_an_export_that_no_table_reads(
    bureaus: list[Path], gifts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("init", tmp_path / "d", "--from", bureaus[0], gifts) == 0
    capsys.readouterr()
    run("check", filled(tmp_path / "d" / "balanstest.toml"))
    told = capsys.readouterr().out
    assert "Beside the files that are read, and read by no table of the dossier: zuid.csv." in told
