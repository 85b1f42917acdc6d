"""What `init` remarks of a source: its kind by its name, keys that lost zeros, keys that lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.history.recognition.lost_zeros import KeyDigits, lost_zeros
from tests.command_line import run_command
from tests.histories import write_csv

REMOVED = "# customer_id_digits = "


def write_exports(folder: Path, calls: list[str], events: list[str], *, title: str) -> None:
    folder.mkdir()
    rows = [[key, f"2024-03-{1 + at % 28:02d} 10:{at % 60:02d}"] for at, key in enumerate(calls)]
    cells = [[*row, "Geen interesse" if at % 3 else "Donateur"] for at, row in enumerate(rows)]
    write_csv(folder / "beltool.csv", ["Klantnr", "Belmoment", "Resultaat"], cells)
    known = [[key, f"2023-06-{1 + at % 28:02d}", "€ 5"] for at, key in enumerate(events)]
    write_csv(folder / f"{title}.csv", ["Klantnr", "Startdatum", "Abonnementsprijs"], known)


def dossier_of(tmp_path: Path) -> tuple[str, str]:
    done = run_command("init", "d", "--from", "exports", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return (tmp_path / "d" / "balanstest.toml").read_text("utf-8"), done.stdout


def numbers(digits: int, *, every: int = 37) -> list[str]:
    return [f"{every * at:0{digits}d}" for at in range(1, 60)]


@pytest.mark.parametrize(
    ("title", "kind", "words"),
    [
        ("CRM Abonnementen 2024", "contract", "wijst op contracten, zoals abonnementen"),
        ("vrijwilligers", "", ""),
        ("Cursus_2023", "service", "wijst op afgenomen diensten"),
        ("Bestellingen", "", ""),
    ],
)
def test_the_kind_is_proposed_by_the_name_of_the_source(
    tmp_path: Path, title: str, kind: str, words: str
) -> None:
    write_exports(tmp_path / "exports", numbers(6), numbers(6), title=title)
    text, _ = dossier_of(tmp_path)
    assert f'# kinds = ["{kind or "contract"}"]' in text
    assert words in text
    assert ("Klopt dat, doe dan niets" in text) == (not kind)
    assert 'amount = "Abonnementsprijs"' in text


@pytest.mark.parametrize("lacking", ["calls", "events"])
def test_zeros_that_one_export_lost_are_a_comment_to_put_back(tmp_path: Path, lacking: str) -> None:
    full, short = numbers(5), [number.lstrip("0") for number in numbers(5)]
    pair = (short, full) if lacking == "calls" else (full, short)
    write_exports(tmp_path / "exports", *pair, title="giften")
    text, told = dossier_of(tmp_path)
    assert text.count(f"{REMOVED}5") == 1
    assert text.index(REMOVED) > text.index("[data.calls]")
    assert (text.index(REMOVED) > text.index("[data.events]")) == (lacking == "events")
    assert "the numbers of customers have 2 to 4 digits and never a zero in front" in told
    assert "always have 5; if that is one numbering, customer_id_digits = 5 puts" in told


@pytest.mark.parametrize(
    "events", [numbers(5), [f"K{key}" for key in numbers(4)], [f"9{key}" for key in numbers(5)]]
)
def test_where_nothing_says_that_zeros_were_lost_nothing_is_remarked(
    tmp_path: Path, events: list[str]
) -> None:
    write_exports(tmp_path / "exports", numbers(5), events, title="giften")
    assert REMOVED not in dossier_of(tmp_path)[0]


def test_two_numberings_with_zeros_leave_open_which_one_was_meant() -> None:
    five, six, short = (
        KeyDigits(shortest=5, longest=5, padded=3),
        KeyDigits(shortest=6, longest=6, padded=3),
        KeyDigits(shortest=2, longest=4, padded=0),
    )
    assert lost_zeros([("a", five), ("b", six), ("c", short), ("d", None)]) == {}
    assert set(lost_zeros([("a", five), ("c", short), ("d", None)])) == {"c"}


@pytest.mark.parametrize(("bare", "words"), [(1, "In één rij van de"), (3, "In 3 rijen van de")])
def test_rows_without_a_customer_are_a_comment_to_leave_out(
    tmp_path: Path, bare: int, words: str
) -> None:
    write_exports(tmp_path / "exports", numbers(5) + [""] * bare, numbers(5), title="giften")
    text, _ = dossier_of(tmp_path)
    assert text.count('# empty_customer_id = "left-out"') == 1
    assert text.index("# empty_customer_id") < text.index("[data.calls]")
    assert words in text
