"""Keys are read as they are meant, refused where digits were lost, and told apart by form."""

from __future__ import annotations

import dataclasses
import random
import re
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns import placeholder_keys
from balanstest_analysis.history.columns.key_forms import (
    has_fraction,
    is_code,
    number_of_code,
    taken_off,
    tidied,
)
from balanstest_analysis.history.columns.key_numbers import (
    has_letters,
    is_cut,
    is_long,
    is_rounded,
    is_scientific,
    undivided,
)
from balanstest_analysis.history.columns.placeholder_keys import placeholder_kind
from balanstest_analysis.history.columns.privacy import is_plain_key, looks_like_someone
from balanstest_analysis.history.compliance.key_matching import are_of_one_shape
from balanstest_analysis.history.compliance.review import (
    ReviewedHistory,
    refuse_blocking,
    review_history,
)
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.files.remark_rows import IS_TOTAL, STARTS_AS_REMARK
from balanstest_analysis.history.sources import key_checks, open_history
from tests.histories import crowded_world, tables, write_csv, write_dossier, write_world
from tests.slow_reference import World

SECRET = b"a secret for tests"
TABLES = ("calls", "events", "objections", "complaints")
Spelling = Callable[[str, int], str]


def guid(name: str) -> str:
    return str(uuid.UUID(int=int(name) * 7919 + 2**100))


def respelled(world: World, spell: Spelling, only: Sequence[str] = TABLES) -> World:
    """Return a history whose keys are written otherwise in some of its tables."""

    def anew(name: str) -> object:
        rows = getattr(world, name)
        if rows is None or name not in only:
            return rows
        return [
            dataclasses.replace(row, customer=spell(row.customer, at))
            for at, row in enumerate(rows)
        ]

    return dataclasses.replace(world, **{name: anew(name) for name in TABLES})  # type: ignore[arg-type]


def world_of(seed: int, name: Callable[[str], str]) -> World:
    return respelled(crowded_world(seed=seed, has_kind=True), lambda key, _: name(key))


def numbered(name: str) -> str:
    return str(100_100 + int(name))


def in_folder(folder: Path, world: World) -> Dossier:
    folder.mkdir()
    return write_world(folder, world)


def reviewed(dossier: Dossier) -> ReviewedHistory:
    return review_history(dossier, SECRET)


SPELLINGS: dict[str, tuple[Callable[[str], str], Spelling, str]] = {
    "an apostrophe in front": (numbered, lambda key, _: f"'{key}", "quotes around it"),
    "formulas": (numbered, lambda key, _: f'="{key}"', "quotes around it"),
    "quotes, now and then": (
        numbered,
        lambda key, at: f'"{key}"' if at % 3 else key,
        "quotes around it",
    ),
    "curly quotes": (numbered, lambda key, _: f"“{key}”", "quotes around it"),
    "no-break spaces": (numbered, lambda key, _: f"\u00a0{key}\u202f", "odd blanks"),
    "zero-width characters": (
        numbered,
        lambda key, at: f"{key[:2]}\u200b{key[2:]}" if at % 2 else f"\ufeff{key}",
        "odd blanks",
    ),
    "tabs": (numbered, lambda key, _: f"\t{key}\t", "odd blanks"),
    "GUIDs in braces": (guid, lambda key, _: f"{{{key.upper()}}}", "braces and capitals of GUIDs"),
    "GUIDs in every way": (
        guid,
        lambda key, at: (key, key.upper(), f"{{{key}}}", f"({key.title()})")[at % 4],
        "braces and capitals of GUIDs",
    ),
    "floats": (numbered, lambda key, _: f"{key}.0", "the .0 of numbers with decimals"),
    "floats with a comma": (numbered, lambda key, _: f"{key},00", "the .0 of numbers"),
    "a third as floats": (
        numbered,
        lambda key, _: f"{key}.0" if int(key) % 3 == 0 else key,
        "the .0 of numbers with decimals",
    ),
    "one customer both ways": (
        numbered,
        lambda key, at: f"{key}.0" if at % 2 else key,
        "the .0 of numbers with decimals",
    ),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[World, ReviewedHistory]]:
    """Return a history whose keys are plain, by how its customers are named."""
    worlds = {name.__name__: world_of(7, name) for name in (numbered, guid)}
    folder = tmp_path_factory.mktemp("plain")
    return {
        name: (world, reviewed(in_folder(folder / name, world))) for name, world in worlds.items()
    }


@pytest.mark.parametrize(
    ("kind", "only"),
    [
        (kind, ("events", "complaints") if at % 2 else ("calls",))
        for at, kind in enumerate(SPELLINGS)
    ],
)
def test_what_is_no_part_of_a_key_is_taken_off_and_told(
    tmp_path: Path,
    plain: dict[str, tuple[World, ReviewedHistory]],
    kind: str,
    only: tuple[str, ...],
) -> None:
    name, spell, words = SPELLINGS[kind]
    world, before = plain[name.__name__]
    after = reviewed(in_folder(tmp_path / "spelled", respelled(world, spell, only)))
    pd.testing.assert_frame_equal(
        before.exposure.month_table.frame, after.exposure.month_table.frame
    )
    assert before.exposure.bridge == after.exposure.bridge
    assert before.exposure.findings == after.exposure.findings
    assert before.compliance == after.compliance
    said = {reading.table: reading.describe() for reading in after.exposure.readings}
    assert all((words in said[table]) == (table in only) for table in TABLES)


def test_numbers_that_are_not_whole_stay_as_they_are(tmp_path: Path) -> None:
    calls = calls_of(tmp_path, ["12.0", "12.5", "12"], ["12", "12.5"])
    exposure = reviewed(calls).exposure
    assert {f.code: f.count for f in exposure.findings}["no_earlier_event"] == 1
    assert "without" not in exposure.readings[0].describe()


def calls_of(folder: Path, calls: Sequence[str], events: Sequence[str] = ()) -> Dossier:
    """Return a dossier with a call for each key, and an event for each of others."""
    rows = [[key, f"2024-03-04 10:{at % 60:02d}", "true", "true"] for at, key in enumerate(calls)]
    write_csv(folder / "calls.csv", ["customer_id", "called_at", "net_contact", "converted"], rows)
    known = [[key, "2023-06-01"] for key in events or calls]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], known)
    return write_dossier(folder, tables("calls", "events"))


def refused(dossier: Dossier) -> str:
    with pytest.raises(DataError) as found:
        refuse_blocking(reviewed(dossier).exposure.findings)
    return str(found.value)


NUMBERS = [str(870_001_123_000 + 7 * n) for n in range(40)]
SCIENTIFIC = {
    "a comma": lambda n: f"{n / 1e11:.5f}E+11".replace(".", ","),
    "a point": lambda n: f"{n / 1e11:.1f}E+11",
    "small letters": lambda n: f"{n / 1e11:.5f}e+11",
    "no mark": lambda _: "9E+11",
    "no sign": lambda n: f"{n // 10**10}e10",
    "no plus": lambda n: f"{n / 1e11:.3f}E11",
    "of a float": lambda n: f"{float(n) * 1e9!r}",
}


@pytest.mark.parametrize("kind", SCIENTIFIC)
@pytest.mark.parametrize("share", [1, 5])
def test_scientific_notation_is_refused_with_the_reason(
    tmp_path: Path, kind: str, share: int
) -> None:
    write = SCIENTIFIC[kind]
    keys = [write(int(n)) if at % share == 0 else n for at, n in enumerate(NUMBERS)]
    message = refused(calls_of(tmp_path, keys, NUMBERS))
    assert message.startswith(
        "`calls.csv` row 2: `customer_id` is in scientific notation, such as 8.7E+11: Excel kept "
        "only the first few digits, so that many customers became one. Export the column as text"
    )
    assert not any(key in message for key in keys if key not in {"9E+11", "8.7E+11"})


def test_codes_that_look_like_scientific_notation_are_keys(tmp_path: Path) -> None:
    keys = [f"{n:04x}" for n in range(0x1A00, 0x1F00, 7)] + ["1e12", "12e4"]
    assert "scientific" not in str(reviewed(calls_of(tmp_path, keys)).exposure.findings)


def test_digits_that_excel_dropped_are_refused(tmp_path: Path) -> None:
    rng = random.Random(5)
    for length in (16, 19):
        full = [str(rng.randrange(10 ** (length - 1), 10**length)) for _ in range(60)]
        cut = [key[:15] + "0" * (length - 15) for key in full]
        assert reviewed(calls_of(tmp_path, full)).exposure.month_table.frame["calls"].sum() == 60
        for keys in (cut, [*cut, *full[:4]], [*cut, *NUMBERS]):
            message = refused(calls_of(tmp_path, keys))
            assert "has zeros only after its first 15 digits: Excel kept only 15" in message
            assert not any(key in message for key in keys)
    padded = [f"{n:020d}" for n in range(10, 900, 10)]
    assert reviewed(calls_of(tmp_path, padded)).exposure.month_table.frame["calls"].sum() == 89


@pytest.mark.parametrize(
    ("keys", "kind", "sentence"),
    [
        (
            [1e15 * n for n in range(10, 30)],
            pa.float64(),
            "more digits than a number with decimals",
        ),
        ([2.0**25 + 8 * n for n in range(30)], pa.float32(), "more digits than a number with"),
        ([0.5 + n for n in range(30)], pa.float64(), "decimals, of which 30 are not whole"),
    ],
)
def test_floats_that_lost_digits_are_refused(
    tmp_path: Path, keys: list[float], kind: pa.DataType, sentence: str
) -> None:
    dossier = calls_of(tmp_path, ["a"])
    rows = pa.table(
        {"customer_id": pa.array(keys, kind), "occurred_on": ["2023-06-01"] * len(keys)}
    )
    pq.write_table(rows, tmp_path / "events.parquet")
    text = dossier.path.read_text("utf-8").replace("events.csv", "events.parquet")
    dossier.path.write_text(text, "utf-8")
    dossier = write_dossier(tmp_path, f"{tables('calls')}\n{tables('events', suffix='parquet')}")
    assert sentence in refused(dossier)


@pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.decimal128(22, 2), pa.int32()])
def test_whole_numbers_are_the_same_key_however_they_are_stored(
    tmp_path: Path, kind: pa.DataType
) -> None:
    keys = [str(100_100 + n) for n in range(30)]
    calls_of(tmp_path, keys)
    stored = pa.array([int(key) for key in keys]).cast(kind)
    rows = pa.table({"customer_id": stored, "occurred_on": ["2023-06-01"] * len(keys)})
    pq.write_table(rows, tmp_path / "events.parquet")
    dossier = write_dossier(tmp_path, f"{tables('calls')}\n{tables('events', suffix='parquet')}")
    assert reviewed(dossier).exposure.bridge[-1].count == len(keys)


LIKE = [f"{n:06d}" for n in range(1207, 1247)]
SALESFORCE = [f"0035g00000{n:05d}" for n in range(40)]
DIFFERENT: dict[str, tuple[Sequence[str], Callable[[str], str], str]] = {
    "leading zeros": (LIKE, lambda key: key.lstrip("0"), "leading zeros, and so in length"),
    "case": ([f"kl{key}" for key in LIKE], str.upper, "case"),
    "a prefix": (LIKE, lambda key: f"REL-{key}", "a prefix of letters, such as REL-"),
    "a prefix without zeros": (LIKE, lambda key: f"REL{int(key)}", "a prefix of letters"),
    "a suffix": (LIKE, lambda key: f"{key}-NL", "letters behind"),
    "a part behind": (LIKE, lambda key: f"{key}-01", "a short part behind"),
    "dots": (LIKE, lambda key: f"{key[:3]}.{key[3:]}", "marks inside"),
    "blanks inside": (LIKE, lambda key: f"{key[:2]} {key[2:4]} {key[4:]}", "marks inside"),
    "numbers as they are shown": (
        LIKE,
        lambda key: f"{key[:3]}.{key[3:]},0",
        "marks of thousands and zeros behind",
    ),
    "wide digits": (
        LIKE,
        lambda key: "".join(chr(0xFF10 + int(digit)) for digit in key),
        "the width of digits",
    ),
    "the letter O": (LIKE, lambda key: key.replace("0", "O"), "the letter O, where the other"),
    "GUIDs without dashes": (
        [guid(key) for key in LIKE],
        lambda key: key.replace("-", "").upper(),
        "marks inside, such as dashes",
    ),
    "Salesforce": (SALESFORCE, lambda key: f"{key}AAW", "length: 15 against 18 characters"),
    "letters and zeros": (
        [f"ab{key}" for key in LIKE],
        lambda key: f"00AB.{key[2:]}",
        "marks, case and leading zeros",
    ),
}


@pytest.mark.parametrize("kind", DIFFERENT)
def test_keys_of_which_none_match_say_how_they_differ(tmp_path: Path, kind: str) -> None:
    keys, write, words = DIFFERENT[kind]
    others = [write(key) for key in keys]
    for calls, events in ((keys, others), (others, keys)):
        message = refused(calls_of(tmp_path, calls, events))
        assert "Not one customer of the calls occurs in the events" in message
        assert f"They differ in {words}" in message
        assert "without it 40 more would match" in message
        assert " in the calls, and of " in message
        assert not any(key in message for key in (*keys, *others))


@pytest.mark.parametrize("kind", DIFFERENT)
def test_keys_of_which_some_match_say_how_the_others_differ(tmp_path: Path, kind: str) -> None:
    keys, write, words = DIFFERENT[kind]
    mixed = [write(key) if at % 3 == 0 else key for at, key in enumerate(keys)]
    found = {f.code: f for f in reviewed(calls_of(tmp_path, mixed, keys)).exposure.findings}
    finding = found["unlike_customer_keys_events"]
    assert finding.count == 14
    assert f"They differ in {words}" in (finding.detail or "")


def test_keys_that_have_nothing_in_common_tell_their_shapes(tmp_path: Path) -> None:
    others = [f"x{key}y{int(key) * 7919}" for key in LIKE]
    message = refused(calls_of(tmp_path, LIKE, others))
    assert "Keys are of 6 digits in the calls, and of 15 characters, not all of them" in message
    assert "They differ" not in message


def test_a_text_that_is_no_key_at_all_is_refused_without_it(tmp_path: Path) -> None:
    message = refused(calls_of(tmp_path, [*LIKE, "1-" * 300_000], LIKE))
    assert message == (
        "`calls.csv`: `customer_id` has 1 cell of more than 500 characters, which is no key. Look "
        "for a quote that is missing."
    )


def test_a_form_that_joins_customers_is_no_likeness(tmp_path: Path) -> None:
    letters = [f"{letter}-{n}" for n in range(4) for letter in "ABCDEFGHIJKLMNOP"]
    assert "They differ" not in refused(calls_of(tmp_path, letters, ["1", "2", "3", "9"]))


def eleven(start: int, number: int) -> list[str]:
    """Return numbers that pass the test of citizen numbers."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    found = (f"{n:09d}" for n in range(start, start + 100 * number))
    fit = (k for k in found if sum(w * int(d) for w, d in zip(weights, k, strict=True)) % 11 == 0)
    return [next(fit) for _ in range(number)]


BSN = "the citizen service number (BSN)"
CITIZENS = eleven(123_456_000, 40)
MOBILE = [f"{n}" for n in range(12_345_000, 58_345_000, 1_150_000)]
FIXED = [f"{area}{n}" for area in (10, 20, 30, 40, 50, 70) for n in range(7_946_000, 7_946_007)]
FIXED += [f"{area}{n}" for area in (113, 229, 345, 418, 512, 577) for n in range(794_600, 794_602)]
PERSONAL = {
    "BSN": (eleven(123_456_000, 40), BSN),
    "BSN without zeros": ([key.lstrip("0") for key in eleven(99_999_800, 40)], BSN),
    "BSN mostly": ([*eleven(323_456_000, 95), *NUMBERS[:5]], BSN),
    "mobile": ([f"06{n}" for n in range(12_345_000, 58_345_000, 1_150_000)], "telephone"),
    "mobile with a dash": ([f"06-{n}" for n in range(12_345_000, 12_345_040)], "telephone"),
    "mobile of Excel": ([f"6{n}" for n in range(12_345_000, 58_345_000, 1_150_000)], "telephone"),
    "country": ([f"+31 6 {n}" for n in range(12_345_000, 12_345_040)], "telephone"),
    "country of Excel": ([f"316{n}" for n in range(12_345_000, 58_345_000, 1_150_000)], "tele"),
    "fixed": ([f"0{n}" for n in FIXED], "telephone"),
    "fixed of abroad": ([f"31{n}" for n in FIXED], "telephone"),
    "fixed of Excel": (list(FIXED), "telephone"),
    "fixed with its area apart": ([f"(0{n[:2]}) {n[2:]}" for n in FIXED], "telephone"),
    "mobile in pairs": ([f"06.{n[:2]}.{n[2:4]}.{n[4:6]}.{n[6:]}" for n in MOBILE], "telephone"),
    "mobile with a slash": ([f"06/{n}" for n in MOBILE], "telephone"),
    "mobile with a zero": ([f"+31(0)6{n}" for n in MOBILE], "telephone"),
    "mobile with 0031": ([f"00316{n}" for n in MOBILE], "telephone"),
    "mobile with a letter": ([f"T06{n}" for n in MOBILE], "telephone"),
    "mobile with a word": ([f"tel: 06-{n}" for n in MOBILE], "telephone"),
    "of Belgium": ([f"0032470{n[:6]}" for n in MOBILE], "telephone"),
    "a mobile among numbers": ([*(str(n) for n in range(1000, 1040)), "0612345678"], "telephone"),
    "few mobiles": (["0612345678", "0612345679", "0687654321"], "telephone"),
    "BSN with points": ([f"{k[:3]}.{k[3:6]}.{k[6:]}" for k in CITIZENS], BSN),
    "BSN in pairs": ([f"{k[:4]}.{k[4:6]}.{k[6:]}" for k in CITIZENS], BSN),
    "BSN with spaces": ([f"{k[:3]} {k[3:6]} {k[6:]}" for k in CITIZENS], BSN),
    "BSN with dashes": ([f"{k[:3]}-{k[3:6]}-{k[6:]}" for k in CITIZENS], BSN),
    "BSN with its name": ([f"BSN{k}" for k in CITIZENS], BSN),
    "BSN with a letter": ([f"K-{k}" for k in CITIZENS], BSN),
    "BSN with a word": ([f"bsn: {k}" for k in CITIZENS], BSN),
    "BSN of eight digits alone": ([k[1:] for k in eleven(12_345_000, 40)], BSN),
    "BSN among numbers": ([*CITIZENS, *(str(n) for n in range(123_456_000, 123_456_030))], BSN),
    "mail": ([f"p{n}@voorbeeld.nl" for n in range(40)], "e-mail address"),
}


@pytest.mark.parametrize("kind", PERSONAL)
def test_numbers_of_persons_are_refused(tmp_path: Path, kind: str) -> None:
    keys, words = PERSONAL[kind]
    message = refused(calls_of(tmp_path, keys))
    assert message.count(words) == 2
    assert not any(key in message for key in keys)


@pytest.mark.parametrize(
    "keys",
    [
        [str(n) for n in range(123_456_000, 123_456_060)],
        [str(n) for n in random.Random(3).sample(range(10**8, 10**9), 60)],
        [str(n) for n in range(612_345_000, 612_345_060)],
        [f"316{n:08d}" for n in range(60)],
        [f"{n:010d}" for n in range(1_000, 1_060)],
        [f"{n:010d}" for n in random.Random(4).sample(range(10**8, 10**9), 60)],
        [f"{n:012d}" for n in random.Random(5).sample(range(10**9, 10**10), 60)],
        [f"K-{n}" for n in random.Random(6).sample(range(10**8, 10**9), 60)],
        [str(n) for n in random.Random(7).sample(range(10**7, 10**8), 60)],
        [f"06{n:08d}" for n in range(60)],
        eleven(123_456_000, 4),
    ],
)
def test_own_numbers_of_nine_digits_are_no_numbers_of_persons(
    tmp_path: Path, keys: list[str]
) -> None:
    exposure = reviewed(calls_of(tmp_path, keys)).exposure
    assert exposure.bridge[-1].count == len(keys)


OWN_CODES = [f"K{n:09d}" for n in range(5_000, 5_600)]
MANY = {
    "BSN with a letter": ([f"K-{k}" for k in eleven(123_456_000, 600)], BSN),
    "BSN mostly": ([*(f"K-{k}" for k in eleven(123_456_000, 400)), *OWN_CODES[:200]], BSN),
    "mobile with a letter": ([f"T6{n:08d}" for n in range(12_345_678, 58_345_678, 76_543)], "tele"),
    "a mobile among codes": ([*OWN_CODES, "T0612345678"], "telephone"),
}


@pytest.mark.parametrize("kind", MANY)
def test_numbers_of_persons_are_refused_among_so_many_that_some_are_looked_at(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, words = MANY[kind]
    monkeypatch.setattr(key_checks, "_MANY_ROWS", 100)
    monkeypatch.setattr(key_checks, "_FEWEST_SEEN", 10)
    assert words in refused(calls_of(tmp_path, keys))


@pytest.mark.parametrize("many", [100, 100_000])
def test_codes_with_numbers_of_their_own_are_keys_however_many_there_are(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_checks, "_MANY_ROWS", many)
    monkeypatch.setattr(key_checks, "_FEWEST_SEEN", 10)
    monkeypatch.setattr(key_checks, "evidence_of_keys", None)
    exposure = reviewed(calls_of(tmp_path, OWN_CODES)).exposure
    assert exposure.bridge[-1].count == len(OWN_CODES)


CODES = [
    f"{letters}{dash}{digits}"
    for letters in (
        *("a", "B", "na", "NB", "nd", "id", "ID", "nr", "no", "nn", "tst", "nul", "nil", "xxx"),
        *("zzz", "som", "avg", "gem", "kas", "lid", "fff", "e", "E", "NL", "BSN", "tel"),
    )
    for dash in ("", "-")
    for digits in (
        *("0", "00000", "1", "5", "12", "06", "1111111", "99999", "999999999", "12345678"),
        *("111222333", "0612345678", "31612345678", "2147483647", "100000000000000"),
    )
]


def test_of_a_few_letters_and_a_number_is_known_what_a_closer_look_would_tell() -> None:
    engine = DuckDBEngine()
    keys = engine.put("keys", pa.table({"key": CODES}))
    bare = tidied(keys.key)
    told = {
        "coded": is_code(keys.key),
        "kept": (bare == keys.key) & ~ibis.or_(*taken_off(keys.key).values()),
        "somebody": placeholder_kind(bare) == "",
        "nobody_in_particular": ~looks_like_someone(bare),
        "whole": ~(has_fraction(bare) | is_rounded(bare) | is_cut(bare) | is_long(bare)),
        "no_power": ~is_scientific(bare, perhaps=True),
        "lettered": has_letters(bare),
        "number": undivided(bare) == number_of_code(keys.key),
    }
    found = engine.fetch(keys.select(keys.key, **told)).to_pylist()
    engine.close()
    assert len(found) == len(CODES)
    assert [row for row in found if not all(row.values())] == []


WORDS = sorted(
    {
        word
        for pattern in (
            *(text for text in vars(placeholder_keys).values() if isinstance(text, str)),
            IS_TOTAL,
            STARTS_AS_REMARK,
        )
        for word in re.findall(r"[A-Za-z]{4,12}", pattern)
    }
    | {"straat", "laan", "ffff", "eeee", "abcdef", "FICTIEF"}
)


def test_of_a_word_and_a_number_is_known_what_a_closer_look_would_tell() -> None:
    keys = [
        f"{spelled}-{digits}"
        for word in WORDS
        for spelled in (word, word.upper(), word.title())
        for digits in ("000", "012", "123", "1234", "99999", "0000000", "9999999", "1111111")
    ]
    engine = DuckDBEngine()
    rows = engine.put("keys", pa.table({"key": keys}))
    bare = tidied(rows.key)
    told = {
        "plain": is_plain_key(rows.key),
        "kept": (bare == rows.key) & ~ibis.or_(*taken_off(rows.key).values()),
        "somebody": placeholder_kind(bare) == "",
        "nobody_in_particular": ~looks_like_someone(bare),
        "whole": ~(has_fraction(bare) | is_rounded(bare) | is_cut(bare) | is_long(bare)),
        "no_power": ~is_scientific(bare, perhaps=True),
        "lettered": has_letters(bare),
        "no_number_of_a_person": undivided(bare).length() < 8,
        "no_total": ~rows.key.lower().re_search(IS_TOTAL),
    }
    found = engine.fetch(rows.select(rows.key, **told)).to_pylist()
    engine.close()
    assert len(found) == len(keys) > 5_000
    assert [row for row in found if not all(row.values())] == []


def test_another_form_is_no_code() -> None:
    others = ["1234", "-1", "ABCD12", "K 12", "K12.0", "K1234567890123456", "K", "K12K", "é12", ""]
    engine = DuckDBEngine()
    keys = engine.put("keys", pa.table({"key": others}))
    assert not any(
        row["coded"] for row in engine.fetch(keys.select(coded=is_code(keys.key))).to_pylist()
    )
    engine.close()


@pytest.mark.parametrize(
    ("calls", "events", "alike"),
    [
        (["K-0417", "K-9022"], ["K-0001"], True),
        (["K-0417", "K-9022"], ["R-0001"], False),
        (["417", "9022"], ["0417"], False),
        (["0417", "9022"], ["0418"], True),
        (["0417-1"], ["0417-2"], False),
        (["k-0417"], ["K-0417"], False),
    ],
)
def test_keys_that_differ_in_nothing_but_digits_are_no_other_way_of_writing(
    tmp_path: Path, calls: list[str], events: list[str], alike: bool
) -> None:
    dossier = calls_of(tmp_path, calls, events)
    with closing(open_history(dossier, SECRET)) as history:
        assert are_of_one_shape(history, "calls", "events") is alike
