"""The schema of the dossier says what the models do, and is in every place the same."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from balanstest_analysis.cli.starter import starter_files, write_starter
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.json_schema import (
    FIRST_LINE,
    SCHEMA_FILE,
    TEMPLATES,
    dossier_schema,
    key_explanations,
    schema_text,
    write_schema,
)
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.renewal import renew_dossier
from balanstest_analysis.validation.simulate import scenario_names, simulate_history
from balanstest_analysis.validation.simulate.writing import dossier_text
from tests.command_line import run_command
from tests.dossier_schema import refused_by_schema
from tests.example_results import dossier_values
from tests.filled_starters import filled_text

ROOT = Path(__file__).parents[2]
SAMPLE = tomllib.loads((ROOT / "data" / "sample" / "balanstest.toml").read_text("utf-8"))
MORE = """
[rules]
weekday_hours = ["09:00", "21:00"]
saturday_hours = []
forbidden_days = [2026-05-05]
hours_reason = "Afspraak."
many_calls_per_year = 8

[grounds]
membership = "gift"
reason = "De statuten zeggen het."

[style]
logo = "logo.svg"
accent = "#174A72"

[[set_aside]]
criterion = "Duur"
threshold = 0.5
reason = "Te weinig."

[[criteria_changes]]
date = 2026-10-01
old_hash = "a"
new_hash = "b"
note = "Gezien."
changed = ["een grens"]
reason = "Nieuw inzicht."
old_term_months = 12
new_term_months = 13
"""
CRITERIA = """
[[criteria]]
name = "Duur"
kind = "horizon"
months = 24
reason = "x"
[[criteria]]
name = "Verhouding"
kind = "maximum_ratio"
outcome = "complaint"
factor = 2.0
reference_months = [0, 11]
reason = "x"
[[criteria]]
name = "Hinder"
kind = "burden_per_conversion"
threshold = 1.0
complaint_weight = 5.0
reason = "x"
[[criteria]]
name = "Opbrengst"
kind = "net_benefit"
value_per_conversion = 100.0
cost_per_contact = 5.0
objection_weight = 10.0
complaint_weight = 100.0
reason = "x"
"""
SOURCES = """
[[calls]]
path = "een.csv"
columns = { customer_id = "nummer" }
values = { converted = ["ja"], resultaat = { net_contact = ["gesproken"] } }
where = { richting = ["uit"] }
delimiter = ";"
encoding = "utf-8"
decimal = ","
dates = "day-first"
sheet = "Blad1"
skip_rows = 2
timezone = "Europe/Amsterdam"
[events]
table = "crm.giften"
[objections]
from_calls = { resultaat = ["verzet"] }
"""


def full() -> dict[str, Any]:
    """Return a dossier in which every section is filled."""
    more, criteria = tomllib.loads(MORE), tomllib.loads(CRITERIA)["criteria"]
    data = {
        **SAMPLE["data"],
        **tomllib.loads(SOURCES),
        "engine": "duckdb",
        "engine_env": "BALANSTEST_DB",
        "memory_limit_gb": 4.0,
        "spill_directory": "snel",
        "threads": 2,
    }
    scope = {**SAMPLE["scope"], "not_before_month": 3, "not_before_reason": "x"}
    whole = {
        **SAMPLE,
        **more,
        "criteria": [*SAMPLE["criteria"], *criteria],
        "data": data,
        "scope": scope,
    }
    return copy.deepcopy(whole)


# ---------------------------------------------------------------- every example is accepted


def examples() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every dossier that this project gives as an example."""
    yield "sample", SAMPLE
    yield "full", full()
    for template in TEMPLATES:
        yield (
            f"starter {template}",
            tomllib.loads(filled_text(starter_files(template)["balanstest.toml"])),
        )
        yield f"by hand {template}", dossier_values(template)
    for name in scenario_names():
        history = simulate_history(name, contacts=600, seed=1)
        yield f"simulated {name}", tomllib.loads(dossier_text(history))


def test_the_schema_accepts_every_example_that_the_models_accept() -> None:
    for name, raw in examples():
        Dossier.model_validate(raw)
        assert refused_by_schema(raw) == [], name


def test_the_examples_of_criteria_within_the_starter_are_accepted() -> None:
    text = starter_files("opt-in")["balanstest.toml"]
    shown = re.findall(r"(?:^# (?:\[\[criteria\]\]|\w+ = .*)\n)+", text, re.MULTILINE)
    kept = [part.replace("# ", "") for part in shown if part.startswith("# [[criteria]]")]
    criteria = tomllib.loads("\n".join(kept))["criteria"]
    assert len({one["kind"] for one in criteria}) == 7
    assert refused_by_schema({**SAMPLE, "criteria": criteria}) == []


# ---------------------------------------------------------------- what models refuse by type

A_DATE = dt.date(2026, 1, 2)
OTHERS: list[Any] = [
    "tekst",
    "",
    "  ",
    -1,
    0,
    10**7,
    0.5,
    -0.5,
    True,
    [],
    ["tekst"],
    [1],
    {},
    {"onbekend": 1},
    A_DATE,
]
Path_ = tuple[str | int, ...]


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield every place in a dossier: tables, lists and what is in them."""
    yield path
    parts: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        parts = enumerate(value[:1] if path[-1] != "criteria" else value)
    for key, part in parts:
        yield from places(part, (*path, key))


def with_value(dossier: dict[str, Any], path: Path_, value: Any) -> dict[str, Any]:
    """Return a dossier with another value at one place."""
    changed = copy.deepcopy(dossier)
    node: Any = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return changed


def refused_by_type(dossier: dict[str, Any]) -> bool | None:
    """Return whether the models refuse a dossier for a type, key or limit; None for a rule."""
    try:
        Dossier.model_validate(dossier)
    except ValidationError as error:
        return any(one["type"] != "value_error" for one in error.errors()) or None
    return False


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_what_the_models_refuse_by_type_the_schema_refuses_and_nothing_else(other: object) -> None:
    whole = full()
    tried = [path for path in places(whole) if path]
    wrong = [path for path in tried if judged_apart(with_value(whole, path, other))]
    assert len(tried) > 100
    # To an editor a date is text, quoted or not; and to Python `true` is 1.
    if other == A_DATE:
        wrong = [path for path in wrong if is_no_text(whole, path)]
    assert wrong == ([("schema",)] if other is True else [])


def judged_apart(dossier: dict[str, Any]) -> bool:
    """Return whether models and schema judge a dossier apart, where it is no matter of a rule."""
    expected = refused_by_type(dossier)
    return expected is not None and bool(refused_by_schema(dossier)) is not expected


def is_no_text(dossier: dict[str, Any], path: Path_) -> bool:
    """Return whether what stands at a place is something else than text."""
    node: Any = dossier
    for key in path:
        node = node[key]
    return not isinstance(node, str)


@pytest.mark.parametrize("path", [p for p in places(full()) if p and isinstance(p[-1], str)])
def test_a_key_that_is_missing_is_missed_by_both(path: Path_) -> None:
    changed = full()
    node: Any = changed
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    expected = refused_by_type(changed)
    assert expected is None or bool(refused_by_schema(changed)) is expected


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ((), "anders"),
        (("organisation",), "sektor"),
        (("data",), "call"),
        (("data", "events"), "paht"),
        (("criteria", 0), "treshold"),
        (("conditions",), "informed"),
        (("answers",), "9z"),
        (("review", "replies"), "geen_punt"),
    ],
)
def test_a_key_that_is_not_known_is_refused(section: Path_, key: str) -> None:
    assert refused_by_schema(with_value(full(), (*section, key), "x")) != []


def test_answers_are_those_of_the_template_that_is_named() -> None:
    numbers = {name: set(questionnaire(name).numbers()) for name in TEMPLATES}
    tried = 0
    for template in TEMPLATES:
        raw = tomllib.loads(filled_text(starter_files(template)["balanstest.toml"]))
        for number in set.union(*numbers.values()):
            answered = {**raw, "answers": {number: "x"}}
            tried += number not in numbers[template]
            assert (refused_by_schema(answered) == []) is (number in numbers[template])
    assert tried > 0


@pytest.mark.parametrize("value", ["tw-2009", "morgen"])
def test_a_regime_is_one_of_the_known(value: str) -> None:
    scope = {**SAMPLE["scope"], "regime": value, "regime_reason": "x"}
    try:
        Dossier.model_validate({**SAMPLE, "scope": scope})
    except ValidationError:
        assert refused_by_schema({**SAMPLE, "scope": scope}) != []
    else:
        assert refused_by_schema({**SAMPLE, "scope": scope}) == []


# ---------------------------------------------------------------- explained, and where it is


def test_every_key_is_explained() -> None:
    schema = dossier_schema()
    for name, told in key_explanations().items():
        model = schema if name == "Dossier" else schema["definitions"][name]
        for key, meaning in told.items():
            assert model["properties"][key]["description"] == meaning, (name, key)


def test_nothing_in_it_is_unknown_to_toml_or_to_draft_7() -> None:
    text = schema_text()
    assert '"null"' not in text
    assert ": null" not in text
    assert "$defs" not in text
    assert "discriminator" not in text


def test_the_starter_names_the_schema_first_and_brings_it(tmp_path: Path) -> None:
    dossier = write_starter(tmp_path)
    assert dossier.read_text("utf-8").splitlines()[0] == FIRST_LINE
    assert (tmp_path / SCHEMA_FILE).read_text("utf-8") == schema_text()


def test_a_renewed_dossier_brings_the_schema_that_it_names(tmp_path: Path) -> None:
    text = (ROOT / "data" / "sample" / "balanstest.toml").read_text("utf-8")
    (tmp_path / "oud").mkdir()
    (tmp_path / "oud" / "balanstest.toml").write_text(f"{FIRST_LINE}\n{text}", "utf-8")
    renew_dossier(tmp_path / "oud" / "balanstest.toml", tmp_path / "nieuw")
    assert (tmp_path / "nieuw" / SCHEMA_FILE).read_text("utf-8") == schema_text()


def test_the_command_prints_the_schema(tmp_path: Path) -> None:
    done = run_command("schema", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == dossier_schema()


def test_the_command_replaces_an_older_schema_and_nothing_else(tmp_path: Path) -> None:
    older = tmp_path / SCHEMA_FILE
    older.write_text(json.dumps({"title": dossier_schema()["title"]}), "utf-8")
    done = run_command("schema", "--output", SCHEMA_FILE, cwd=tmp_path)
    assert done.returncode == 0
    assert FIRST_LINE in done.stderr
    assert older.read_text("utf-8") == schema_text()
    for content in ("[]", "mijn werk"):
        (tmp_path / "ander.json").write_text(content, "utf-8")
        with pytest.raises(UsageError, match="is no schema of a dossier"):
            write_schema(tmp_path / "ander.json")
        assert (tmp_path / "ander.json").read_text("utf-8") == content
