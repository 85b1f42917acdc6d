"""Whatever is wrong with an export, nothing that `check` or `analyse` prints is about a person.

Recognisable names, telephone numbers, addresses and keys are put into awkward exports, and looked
for in everything that comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from balanstest_analysis.cli import commands as cli
from tests.awkward_workbooks import write_workbook

NAMES = ("Zwanepoel", "Quaadvliet", "Ixelaar", "Ypenburg", "Uiterwijk")
PHONES = ("06-98765432", "+31 6 87654321", "0201239876", "06 7654 3210", "0031612345678")
PLACES = ("Xerxesstraat 17", "Yucatanlaan 9 b", "Zebrapad 3", "Quotaplein 44", "Ulbesingel 8")
KEYS = ("KLT-88001", "KLT-88002", "KLT-88003", "KLT-88004", "KLT-88001")
DAYS = ("31-12-2024 14:05", "02-01-2025 09:30", "03-02-2025 23:30", "04-03-2025 10:00") * 2
CODES = ("Donateur", "Geen interesse", "Geen gehoor", "Donateur", "Geen interesse")
HEADER = ["Klantnr", "Klant", "Telefoon", "Adres", "Moment", "Resultaat", "Actie"]
SHOWN = re.compile("|".join(map(re.escape, (*NAMES, *PHONES, *PLACES, *KEYS, "8800"))))
DOSSIER = """\
schema = 1
template = "opt-in"
organisation = { name = "Voorbeeld", sector = "charity" }
scope = { category = "giften" }
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
[settings]
resamples = 200
[data]
data_through = 2026-09-30
[data.calls]
path = "CALLS"
LAYOUT
[data.calls.columns]
customer_id = "Klantnr"
called_at = "Moment"
campaign = "Actie"
[data.calls.values]
Resultaat = { converted = ["Donateur"], net_contact = ["Donateur", "Geen interesse"] }
[data.events]
path = "giften.csv"
columns = { customer_id = "Klantnr", occurred_on = "Giftdatum", amount = "Bedrag" }
[data.objections]
path = "verzet.csv"
columns = { customer_id = "Klantnr", objected_on = "Verzetdatum" }
"""
Rows = list[list[str]]


def rows() -> Rows:
    people = zip(KEYS, NAMES, PHONES, PLACES, DAYS, CODES, ["lente"] * 5, strict=False)
    return [HEADER, *(list(person) for person in people)]


def changed(column: str, text: Callable[[list[str]], str]) -> Rows:
    """Return the rows with one column written otherwise."""
    at = HEADER.index(column)
    return [HEADER, *([*row[:at], text(row), *row[at + 1 :]] for row in rows()[1:])]


def mapped(ours: str, theirs: str) -> str:
    """Return the dossier with one of our columns mapped to another of theirs."""
    return re.sub(rf"^{ours} = .*$", f'{ours} = "{theirs}"', DOSSIER, flags=re.MULTILINE)


def joined(table: Rows, delimiter: str = ";") -> str:
    return "\n".join(delimiter.join(row) for row in table) + "\n"


PLAIN = joined(rows())
EXPORTS: dict[str, tuple[str, str]] = {
    "as it should be": (PLAIN, DOSSIER),
    "impossible days": (PLAIN.replace("03-02-2025", "31-02-2025"), DOSSIER),
    "no day at all": (PLAIN.replace("03-02-2025 23:30", "onbekend"), DOSSIER),
    "a day after the last": (PLAIN.replace("03-02-2025", "03-02-2031"), DOSSIER),
    "a name where the day should be": (joined(changed("Moment", lambda row: row[1])), DOSSIER),
    "a telephone number where the day should be": (
        joined(changed("Moment", lambda row: row[2])),
        DOSSIER,
    ),
    "an address where the campaign should be": (
        joined(changed("Actie", lambda row: row[3])),
        DOSSIER,
    ),
    "a telephone number where the campaign should be": (
        joined(changed("Actie", lambda row: row[2])),
        DOSSIER,
    ),
    "names among the result codes": (
        PLAIN + joined([["KLT-88004", *rows()[1][1:5], "Bram Ixelaar", ""]]),
        DOSSIER,
    ),
    "a row too short": (PLAIN + "KLT-88004;Ixelaar;06-98765432\n", DOSSIER),
    "a row too long": (PLAIN + "KLT-88004;Ixelaar;Bram;06-98765432;a;b;c;d\n", DOSSIER),
    "a row shifted by a loose separator": (
        PLAIN + "KLT-88004;Ixelaar;Bram;06-98765432;Zebrapad 3;04-03-2025 10:00;Donateur\n",
        DOSSIER,
    ),
    "a loose quote": (PLAIN + '"KLT-88004;Ixelaar;06-98765432;x;04-03-2025;Donateur;a\n', DOSSIER),
    "no header": (PLAIN.split("\n", 1)[1], DOSSIER),
    "no header and no numbers": ("Zwanepoel;Bram;Ixelaar\nYpenburg;Jo;Uiterwijk\n", DOSSIER),
    "a title with a name above": ("Export van mevrouw Quaadvliet\n\n" + PLAIN, DOSSIER),
    "a row of people as the header": (
        PLAIN,
        DOSSIER.replace("LAYOUT", "skip_rows = 1\nLAYOUT"),
    ),
    "another separator": (PLAIN, DOSSIER.replace("LAYOUT", 'delimiter = ","\nLAYOUT')),
    "two encodings": ("\u00e9".join([PLAIN, ""]), DOSSIER),
    "keys that are names": (PLAIN, mapped("customer_id", "Klant")),
    "keys that are names and first names": (
        joined(changed("Klant", lambda row: f"Bram {row[1]}")),
        mapped("customer_id", "Klant"),
    ),
    "keys that are telephone numbers": (PLAIN, mapped("customer_id", "Telefoon")),
    "keys that are addresses": (
        joined(rows()).replace("Adres", "Plek"),
        mapped("customer_id", "Plek"),
    ),
    "days that are names": (PLAIN, mapped("called_at", "Klant")),
    "days that are keys": (PLAIN, mapped("called_at", "Klantnr")),
    "campaigns that are telephone numbers": (PLAIN, mapped("campaign", "Telefoon")),
    "flags that are names": (PLAIN, DOSSIER.replace("Resultaat = {", "Klant = {")),
    "keys in more than one way": (PLAIN.replace("KLT-", ""), DOSSIER),
    "months that are keys": (
        PLAIN.replace("KLT-", ""),
        re.sub(r"\[data\.events\]\n.*\n.*\n", "", DOSSIER).replace(
            'campaign = "Actie"', 'months_since_purchase = "Klantnr"'
        ),
    ),
    "nothing mapped": (PLAIN, re.sub(r"\[data\.calls\.columns\]\n.*\n.*\n.*\n", "", DOSSIER)),
}


def write_dossier(folder: Path, dossier: str, calls: str) -> Path:
    gifts = [["Klantnr", "Naam", "Giftdatum", "Bedrag"]]
    gifts += [[k, n, "13-06-2023", "25,00"] for k, n in zip(KEYS, NAMES, strict=True)]
    objections = [["Klantnr", "Naam", "Verzetdatum"], [KEYS[1], NAMES[1], "31-01-2025"]]
    (folder / "giften.csv").write_text(joined(gifts), "utf-8")
    (folder / "verzet.csv").write_text(joined(objections), "utf-8")
    path = folder / "balanstest.toml"
    path.write_text(dossier.replace("LAYOUT", "").replace("CALLS", calls), "utf-8")
    return path


def run(*arguments: object) -> int:
    texts = [str(argument) for argument in arguments]
    return cli._run(lambda: cli.app(texts, standalone_mode=False))


def assert_nobody_is_shown(text: str) -> None:
    found = SHOWN.search(text)
    assert found is None, text[max(0, found.start() - 200) : found.end()]


REFUSED = {name for name in EXPORTS if name.startswith(("keys that are", "days that are"))}
IN_A_WORKBOOK = ("no day at all", "a name where the day should be", "no header and no numbers")


@pytest.mark.parametrize(
    ("export", "suffix"),
    [*((name, "csv") for name in EXPORTS), *((name, "xlsx") for name in IN_A_WORKBOOK)],
)
def test_check_shows_nobody(
    export: str, suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, dossier = EXPORTS[export]
    path = write_dossier(tmp_path, dossier, f"calls.{suffix}")
    if suffix == "csv":
        encoded = content.encode("utf-8") + (b"\xe9;\n" if export == "two encodings" else b"")
        (tmp_path / "calls.csv").write_bytes(encoded)
    else:
        sheet = [line.split(";") for line in content.rstrip("\n").split("\n")]
        write_workbook(tmp_path / "calls.xlsx", {"Blad1": sheet})
    code = run("check", path)
    if export in REFUSED:
        assert code == 3
    shown = capsys.readouterr()
    assert code in {0, 3}
    assert (code == 0) == (shown.err == "")
    assert_nobody_is_shown(shown.out + shown.err)


def test_analyse_shows_nobody_and_its_result_holds_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "calls.csv").write_text(PLAIN, "utf-8")
    result = tmp_path / "intern.json"
    run("analyse", write_dossier(tmp_path, DOSSIER, "calls.csv"), "--json", result)
    shown = capsys.readouterr()
    assert_nobody_is_shown(shown.out + shown.err)
    assert_nobody_is_shown(result.read_text("utf-8") if result.exists() else "")


def test_a_proposed_mapping_names_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, (content, _) in enumerate(EXPORTS.values()):
        (tmp_path / "calls.csv").write_text(content, "utf-8")
        run("init", tmp_path / str(number), "--from", tmp_path / "calls.csv")
        written = tmp_path / str(number) / "balanstest.toml"
        assert_nobody_is_shown(written.read_text("utf-8") if written.exists() else "")
    shown = capsys.readouterr()
    assert_nobody_is_shown(shown.out + shown.err)
