"""A dossier that is no TOML is told with the line, its key, and what to write there."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest

from balanstest_analysis.document.personal import told_message
from balanstest_analysis.dossier.loading import load_dossier, read_toml
from balanstest_analysis.errors import DossierError

BARE = """\
schema = 1
template = "opt-in"
[organisation]
name = "Stichting Voorbeeld"
sector = "charity"
[scope]
category = "donaties"
report_date = 2026-10-01
[data]
data_through = 2026-09-30
[data.calls]
path = "calls.csv"
[[criteria]]
name = "baat"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.03
reason = "kosten"
[answers]
"1a" = \"\"\"
Bij de gift.\"\"\"
[review]
signatories = ["Directeur", "FG"]
"""


def told(text: str, folder: Path) -> str:
    """Return what is said of a text that is no TOML, without the name of the file."""
    path = folder / "balanstest.toml"
    path.write_text(text, "utf-8", newline="")
    with pytest.raises(DossierError) as refusal:
        read_toml(path)
    sentence = str(refusal.value)
    assert told_message(sentence) == sentence
    return sentence.removeprefix("`balanstest.toml` ")


def told_of(old: str, new: str, folder: Path) -> str:
    """Return what is said where a part of the least dossier is written in another way."""
    assert old in BARE
    return told(BARE.replace(old, new, 1), folder)


# ---------------------------------------------------------------- numbers and days


def test_a_decimal_comma_is_told_with_the_number_to_write(tmp_path: Path) -> None:
    assert told_of("0.03", "0,055", tmp_path) == (
        "line 17: `threshold` is 0,055; numbers have a point in a dossier: write 0.055."
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("6%", "0.06"),
        ("5,5 %", "0.055"),
        (".05", "0.05"),
        ("007", "7"),
        ("1 000", "1000"),
        ("1.000,50", "1000.5"),
        ("€ 6,84", "6.84"),
        ("0,055 # 5,5 procent", "0.055"),
        ("0.03;", "0.03"),
        ("4,000", "4000 or 4"),
    ],
)
def test_a_number_in_another_notation_is_told_with_the_one_to_write(
    written: str, number: str, tmp_path: Path
) -> None:
    sentence = told_of("0.03", written, tmp_path)
    assert sentence.startswith("line 17: `threshold` ")
    assert sentence.endswith(f": write {number}.")


def test_a_number_with_the_unit_of_its_key_is_told_without_it(tmp_path: Path) -> None:
    sentence = told("[scope]\ncurrent_term_months = 24 maanden\n", tmp_path)
    assert sentence.endswith("write 24.")
    other = told("[scope]\ncurrent_term_months = 2 jaar\n", tmp_path)
    assert "write 2" not in other
    assert "write a # before a remark" in other


@pytest.mark.parametrize(
    ("written", "why"),
    [("2025-13-31", "a year has 12 months"), ("2026-02-30", "February 2026 has 28 days")],
)
def test_a_day_that_is_none_is_told_with_the_reason(written: str, why: str, tmp_path: Path) -> None:
    assert told_of("2026-10-01", written, tmp_path) == (
        f"line 8: `report_date` is {written}, which is no day ({why}): write one that there is, "
        "as year-month-day, such as 2026-09-30."
    )


@pytest.mark.parametrize(
    "written", ["31-12-2025", "31/12/2025", "31.12.2025", "31 december 2025", "2025/12/31"]
)
def test_a_day_in_another_order_is_told_as_it_is_to_be_written(
    written: str, tmp_path: Path
) -> None:
    assert told_of("2026-10-01", written, tmp_path) == (
        f"line 8: `report_date` is {written}; a day is year-month-day in a dossier: "
        "write 2025-12-31."
    )


@pytest.mark.parametrize(
    ("written", "meant"), [("ja", "true"), ("nee", "false"), ("True", "true"), ("FALSE", "false")]
)
def test_yes_and_no_in_another_form_are_told_as_true_and_false(
    written: str, meant: str, tmp_path: Path
) -> None:
    assert told(f"[conditions.same_entity]\nmet = {written}\n", tmp_path) == (
        f"line 2: `met` is {written}; allowed is true or false: write {meant}."
    )


def test_a_word_where_a_number_is_asked_for_is_told_with_what_is_allowed(tmp_path: Path) -> None:
    assert told_of("0.03", "hoog", tmp_path) == (
        "line 17: `threshold` is hoog; allowed is a number: correct it."
    )
    assert told("[settings]\nresamples = veel\n", tmp_path) == (
        "line 2: `resamples` is veel; allowed is a whole number, at least 200 and at most 100000: "
        "correct it."
    )


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Stichting X", "is Stichting X; a text stands between quotes: "),
        ('"Stichting X', 'has no " at the end of its text: '),
        ('Stichting X"', 'has no " at the beginning of its text: '),
        ("“Stichting X”", "stands between “ and ”; a text stands between straight quotes: "),
        ('"Stichting X”', 'stands between " and ”; a text stands between straight quotes: '),
    ],
)
def test_a_text_without_right_quotes_is_told_as_it_is_to_be_written(
    written: str, what: str, tmp_path: Path
) -> None:
    sentence = told_of('"Stichting Voorbeeld"', written, tmp_path)
    assert sentence.startswith(f'line 4: `name` {what}write `name = "Stichting X"`')


def test_a_word_that_a_dossier_knows_is_told_although_it_is_also_a_name(tmp_path: Path) -> None:
    assert told_of('"charity"', "charity", tmp_path).endswith('write `sector = "charity"`.')


def test_a_quote_within_a_text_is_told_with_other_quotes_around_it(tmp_path: Path) -> None:
    sentence = told_of('"Stichting Voorbeeld"', '"De "Toren" BV"', tmp_path)
    assert sentence.endswith("""write `name = 'De "Toren" BV'`.""")


def test_the_backslash_of_a_path_is_told_with_quotes_in_which_it_may_stand(tmp_path: Path) -> None:
    for path in (r"C:\data\calls.csv", r"C:\Uitvoer\calls.csv", "C:\\data\\"):
        sentence = told_of('"calls.csv"', f'"{path}"', tmp_path)
        assert sentence.startswith("line 12: `path` has a \\ in its text")
        assert sentence.endswith(f"write `path = '{path}'`.")


def test_a_long_text_that_is_not_closed_is_told_where_it_begins(tmp_path: Path) -> None:
    closed = '[answers]\n1a = """\nBij de gift.\n{end}\n1b = """\nBij de machtiging.\n"""\n'
    expected = 'the text of `1a` that begins on line 2 is not closed: write """ at its end.'
    assert told(closed.format(end=""), tmp_path) == f"line 6: {expected}"
    alone = told('[answers]\n1a = """\nBij de gift.\n', tmp_path)
    assert alone == f"line 2: {expected}"


def test_words_that_are_no_remark_are_told_without_them(tmp_path: Path) -> None:
    sentence = told_of("[scope]", "Hieronder staat het onderwerp\n[scope]", tmp_path)
    assert sentence.startswith("line 6 holds words that are no key with a value; write a #")
    assert "onderwerp" not in sentence


# ---------------------------------------------------------------- keys, headings and lists


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("threshold 0.03", "`threshold` has no = before its value: write `threshold = 0.03`."),
        ("threshold: 0.03", "`threshold` has a : where an = belongs: write `threshold = 0.03`."),
        ("threshold = ", '`threshold` has no value; write one behind the =, such as "" for an '),
        ("thresh old = 0.03", "`thresh old` is no key, for it has spaces: write `threshold`."),
        ("name = 3", "`name` stands twice, first on line 14; keep one."),
    ],
)
def test_a_key_is_told_with_what_is_wrong_around_it(
    written: str, what: str, tmp_path: Path
) -> None:
    assert told_of("threshold = 0.03", written, tmp_path).startswith(f"line 17: {what}")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("[data]", "[data", 9, "the heading of a table is `[data`: write `[data]`."),
        ("[[criteria]]", "[[criteria]", 13, "is `[[criteria]`: write `[[criteria]]`."),
        ("[data.calls]", "[data calls]", 11, "is `[data calls]`: write `[data.calls]`."),
        ("[data.calls]", "[scope]", 11, "`[scope]` stands twice, first on line 6; put all its "),
        (
            "[answers]",
            "[data.calls]\n[answers]",
            19,
            "`[data.calls]` stands twice, first on line 11; where there are several, write "
            "`[[data.calls]]` above each.",
        ),
        ("[answers]", "[criteria]\n[answers]", 19, "write `[[criteria]]` above each."),
    ],
)
def test_a_heading_is_told_as_it_is_to_be_written(
    old: str, new: str, line: int, what: str, tmp_path: Path
) -> None:
    sentence = told_of(old, new, tmp_path)
    assert sentence.startswith(f"line {line}: ")
    assert what in sentence


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ('["Directeur", "FG"', "the list of `signatories` lacks a comma or its ]"),
        ('["Directeur" "FG"]', "the list of `signatories` lacks a comma or its ]"),
        ("[Directeur]", "a part of `signatories` is Directeur; a text stands between quotes"),
        ("[“FG”]", "a part of `signatories` stands between “ and ”"),
        ("[09:00, 22:00]", "a part of `signatories` is 09:00; a time stands between quotes"),
    ],
)
def test_a_list_is_told_by_its_part_or_by_what_lacks(
    written: str, what: str, tmp_path: Path
) -> None:
    sentence = told_of('["Directeur", "FG"]', written, tmp_path)
    assert sentence.startswith("line 2")
    assert sentence.partition(": ")[2].replace(", which begins on line 23,", "").startswith(what)


def test_a_mark_of_a_text_processor_is_told_by_its_name(tmp_path: Path) -> None:
    assert "(no-break space)" in told_of("threshold = ", "threshold =\u00a0", tmp_path)


def test_a_mark_of_byte_order_in_front_is_no_part_of_the_dossier(tmp_path: Path) -> None:
    path = tmp_path / "balanstest.toml"
    path.write_text(BARE, encoding="utf-8-sig")
    assert load_dossier(path).organisation.name == "Stichting Voorbeeld"
    assert path.read_bytes().startswith(codecs.BOM_UTF8)


def test_what_is_of_no_known_kind_keeps_the_words_of_the_parser(tmp_path: Path) -> None:
    assert told_of("0.03", "= 0.03", tmp_path) == (
        "line 17: `threshold` is not valid TOML: Invalid value. Correct it."
    )
    assert told_of("[scope]", "= 3\n[scope]", tmp_path) == (
        "line 6 is not valid TOML: Invalid statement. Correct it."
    )


def test_lines_count_the_same_where_they_end_as_in_windows(tmp_path: Path) -> None:
    windows = BARE.replace("0.03", "0,03").replace("\n", "\r\n")
    assert told(windows, tmp_path).startswith("line 17: `threshold` is 0,03;")


# ---------------------------------------------------------------- whatever is written


@pytest.mark.parametrize(
    "written",
    [
        "Jan de Vries",
        '"Jan de Vries',
        'Jan de Vries"',
        "“Jan de Vries”",
        '"Jan "de" Vries"',
        "[Jan de Vries]",
        '["Jan de Vries" "FG"]',
        "{ Jan de Vries }",
        '"x" Jan de Vries',
        "0612345678",
        "3 Jan de Vries",
    ],
)
def test_no_message_holds_a_person(written: str, tmp_path: Path) -> None:
    for old in ('"Stichting Voorbeeld"', "0.03", '["Directeur", "FG"]', "2026-10-01"):
        sentence = told_of(old, written, tmp_path)
        assert "Vries" not in sentence
        assert "0612345678" not in sentence


def test_a_line_that_is_about_a_person_is_not_repeated(tmp_path: Path) -> None:
    for line in (
        "Jan de Vries",
        "name Jan de Vries",
        "name: Jan de Vries",
        "[Jan de Vries",
        "Jan:",
    ):
        assert "Vries" not in told_of("[scope]", f"{line}\n[scope]", tmp_path)


def test_every_slip_of_one_character_is_told_in_one_sentence_with_its_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "balanstest.toml"
    form = re.compile(r"`balanstest\.toml` line \d+\b.*\.")
    sentences = []
    for place in range(0, len(BARE), 2):
        for slip in ("", '"', "=", "[", "\n", "“"):
            path.write_text(BARE[:place] + slip + BARE[place + 1 :], "utf-8")
            try:
                read_toml(path)
            except DossierError as refusal:
                sentences.append(str(refusal))
    assert len(sentences) > 300
    assert [one for one in sentences if not form.fullmatch(one)] == []


@pytest.mark.parametrize(
    "hostile",
    [
        "x = " + '"' * 300_001,
        "x = [" * 20_000,
        "x = " + ";" * 100_000 + "x",
        " " * 100_000 + "x",
        "a = 1\n" * 100_000,
        "x" * 100_000 + " = = 1",
        'x = """' + "\n" * 100_000 + "\\",
    ],
    ids=["quotes", "brackets", "marks", "spaces", "statements", "key", "lines"],
)
def test_a_dossier_made_to_take_long_is_refused_soon(hostile: str, tmp_path: Path) -> None:
    path = tmp_path / "balanstest.toml"
    path.write_text(hostile, "utf-8")
    with pytest.raises(DossierError) as refusal:
        load_dossier(path)
    assert len(str(refusal.value)) < 500
