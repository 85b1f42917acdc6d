from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from balanstest_analysis.cli.starter import DATA_COLUMNS, TEMPLATES, starter_files, write_starter
from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.dossier.statements import CONDITIONS, Processing, Settings
from balanstest_analysis.errors import DossierError, UsageError
from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.published.names import BREACHES, COUNTERPOINTS
from tests.filled_starters import filled
from tests.logos import SVG_LOGO

PUBLIC_DATA = Path(__file__).parents[2] / "docs" / "how-to" / "public-data.md"
EXAMPLE = re.compile(r"^# (\[.*\]|[a-z_]+ = .*)$", re.MULTILINE)


def section(text: str, first: str, last: str) -> str:
    return text[text.index(first) : text.index(last)]


def uncommented(text: str) -> str:
    return EXAMPLE.sub(r"\1", text)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_starter_loads_and_every_open_question_is_a_gap(template, tmp_path):
    dossier = load_dossier(filled(write_starter(tmp_path / "nieuw", template=template)))
    asked = [q.number for q in questionnaire(template).questions if not q.computed]
    gaps = dossier.gaps()
    assert dossier.template == template
    assert set(asked) <= set(gaps)
    assert {"organisation.name", "scope.category"} <= set(gaps)
    assert {f"conditions.{name}" for name in CONDITIONS} <= set(gaps)
    assert {f"review.{name}" for name, _ in Review().asked(longer_term=False)} <= set(gaps)
    assert {f"processing.{name}" for name in Processing.model_fields} <= set(gaps)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_question_stands_in_it_with_title_and_explanation(template):
    text = " ".join(starter_files(template)["balanstest.toml"].replace("\n# ", "\n").split())
    for question in questionnaire(template).questions:
        assert f"{question.number}. {question.title} {question.help}" in text


def test_what_is_not_filled_in_can_never_pass_for_real(tmp_path):
    path = write_starter(tmp_path)
    with pytest.raises(DossierError) as refused:
        load_dossier(path)
    told = str(refused.value).splitlines()
    assert told == [
        "`balanstest.toml`: `scope.report_date` is still 2099-12-31, which holds its place. Write "
        "the day of the report, or take the line out: then it is `data.data_through`.",
        "`balanstest.toml`: `data.data_through` is still 2000-01-01, which holds its place. Write "
        "the last day of which your data are complete.",
        "`balanstest.toml`: criterion 1 is still NOG IN TE VULLEN, which holds its place. State "
        "your own criteria; do that before you look at the outcomes.",
        "`balanstest.toml`: in `organisation.sector`, the sector is 'NOG IN TE VULLEN', which "
        "holds its place; allowed is one of charity, charity_lottery, publisher, commercial, or a "
        "list of these.",
    ]
    dossier = load_dossier(filled(path))
    assert dossier.organisation.name == "NOG IN TE VULLEN"
    assert [criterion.name for criterion in dossier.criteria] == ["Contract"]


def test_no_table_of_objections_or_complaints_is_taken_for_none(tmp_path):
    tables = load_dossier(filled(write_starter(tmp_path))).data.tables()
    assert set(tables) == {"calls", "events"}


def test_the_settings_shown_are_the_defaults():
    text = starter_files("opt-in")["balanstest.toml"]
    shown = tomllib.loads(uncommented(section(text, "[settings]", "# Criteria:")))["settings"]
    assert shown == Settings().model_dump()


def test_every_kind_of_criterion_has_an_example_that_is_accepted():
    text = starter_files("opt-in")["balanstest.toml"]
    examples = tomllib.loads(uncommented(section(text, "[[criteria]]", "# De vijf voorwaarden")))
    criteria = TypeAdapter(list[Criterion]).validate_python(examples["criteria"], strict=True)
    assert {criterion.kind for criterion in criteria} == {
        "minimum_rate",
        "maximum_rate",
        "maximum_ratio",
        "maximum_overall_rate",
        "burden_per_conversion",
        "net_benefit",
        "horizon",
    }


def test_the_examples_of_conditions_are_accepted(tmp_path):
    path = filled(write_starter(tmp_path))
    text = path.read_text("utf-8")
    conditions = section(text, "# De vijf voorwaarden", "# De vragen van de balanstest")
    path.write_text(text.replace(conditions, uncommented(conditions)), "utf-8")
    assert set(load_dossier(path).conditions) == set(CONDITIONS)


def test_the_examples_of_decision_measures_and_review_are_accepted(tmp_path):
    path = filled(write_starter(tmp_path))
    text = path.read_text("utf-8")
    shown = section(text, "# Wat besluit u?", "# Uw huisstijl")
    path.write_text(text.replace(shown, uncommented(shown)), "utf-8")
    dossier = load_dossier(path)
    stated = {key for key, value in dossier.review if value not in (None, "", [], {})}
    assert stated == {
        "dpo_status",
        "dpo_date",
        "dpo_followed",
        "dpo_followed_reason",
        "review_date",
        "reason_for_longer_term",
        "replies",
    }
    assert dossier.decision is not None
    assert dossier.decision.is_open
    assert [one.finding for one in dossier.measures] == ["after_objection"]


def test_the_example_of_colour_and_logo_is_accepted(tmp_path):
    path = filled(write_starter(tmp_path))
    text = path.read_text("utf-8")
    shown = section(text, "# Uw huisstijl", "# Deze analyse is zelf ook")
    path.write_text(text.replace(shown, uncommented(shown)), "utf-8")
    (path.parent / "logo.svg").write_bytes(SVG_LOGO)
    dossier = load_dossier(path)
    assert dossier.style.accent == "#174a72"
    assert dossier.logo is not None


@pytest.mark.parametrize("code", [*BREACHES, *COUNTERPOINTS])
def test_every_breach_and_counterpoint_stands_in_it_with_what_it_means(code):
    assert f"#   {code}: " in starter_files("opt-in")["balanstest.toml"]


@pytest.mark.parametrize("table", DATA_COLUMNS)
def test_the_templates_of_the_tables_have_columns_that_the_sources_know(table, tmp_path):
    write_starter(tmp_path)
    header = (tmp_path / f"{table}.csv").read_text("utf-8")
    columns = header.strip().split(",")
    required = [column.name for column in TABLES[table] if column.required]
    assert header.endswith("\n")
    assert header.count("\n") == 1
    assert set(required) <= set(columns) <= {column.name for column in TABLES[table]}


@pytest.mark.parametrize("name", starter_files("opt-in"))
def test_a_starter_overwrites_nothing(name, tmp_path):
    (tmp_path / name).write_text("eigen werk", "utf-8")
    with pytest.raises(UsageError, match=f"already holds {re.escape(name)}"):
        write_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "folder").write_text("", "utf-8")
    with pytest.raises(UsageError, match="Choose another folder"):
        write_starter(tmp_path / "folder")


def test_an_unknown_template_is_refused():
    with pytest.raises(UsageError, match="known are opt-in, bel-me-niet"):
        starter_files("opt-out")


def block_of_page(language: str, words: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", PUBLIC_DATA.read_text("utf-8"), re.DOTALL)
    return next(block for block in blocks if words in block)


def test_the_script_for_public_data_makes_counts_for_the_dossier_beside_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("charity.csv").write_text("weekslast,respond\n13.142857,1\n13.2,0\n26.4,1\n", "utf-8")
    Path("bank-full.csv").write_text('"pdays";"y"\n-1;"yes"\n30;"no"\n31;"yes"\n', "utf-8")
    script = block_of_page("python", "charity.csv")
    assert len(script.splitlines()) == 10
    exec(script, {})
    header = "months_since_purchase,contacts,conversions\n"
    assert Path("charity/counts.csv").read_text("utf-8") == f"{header}3,2,1\n6,1,1\n"
    assert Path("bank/counts.csv").read_text("utf-8") == f"{header}0,1,0\n1,1,1\n"
    Path("bank/balanstest.toml").write_text(block_of_page("toml", "schema = 1"), "utf-8")
    assert load_dossier("bank/balanstest.toml").data.counts is not None
