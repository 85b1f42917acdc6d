"""Rules of the house that no linter knows; CONTRIBUTING.md gives the reasons."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import IN_STUDY, SLOW_FILES, beyond_slice
from tests.source_code import (
    PACKAGE,
    ROOT,
    arrows,
    imported,
    length,
    loose_signatures,
    modules,
    string_lookups,
)

TESTS = ROOT / "tests"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FOLDERS = [
    "balanstest_analysis",
    "tests",
    "tools",
    "requirements",
    "notebooks",
    "data",
    "docs",
    "studies",
    "benchmarks",
    ".ci",
]
BARE = ["reports/README.md", "Makefile", ".gitignore", ".gitattributes", ".pre-commit-config.yaml"]
# The name under which delivered notebooks import the report, and the mark of a typed package.
BESIDE = {"onderbouwing.py", "py.typed"}

# Places that are made, or that stand for any.
MADE = re.compile(r"^(?:reports|\.venv|docs/_build)/|^--")

# Written so that this file does not match itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home|opt|Users|var)/[\w.]")
INDEX_HOST = re.compile(r"pypi\.org|pythonhosted\.org|--(?:extra-)?index[-]url|--find[-]links")


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every text file of the project."""
    paths = [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"}]
    paths += [ROOT / name for name in BARE]
    for folder in FOLDERS:
        paths += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in paths:
        if "__pycache__" in path.parts or ".ipynb_checkpoints" in path.parts:
            continue
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the code cells of a notebook."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == "code"]


# ---------------------------------------------------------------- sizes and names


def test_the_median_function_has_at_most_ten_lines() -> None:
    assert median(length(f) for module in modules() for f in module.functions()) <= 10


def test_no_function_has_more_than_forty_five_lines() -> None:
    long = {
        f"{module.place(function)} {function.name}": length(function)
        for module in modules()
        for function in module.functions()
        if length(function) > 45
    }
    assert long == {}


def test_no_module_has_more_than_three_hundred_lines() -> None:
    assert {m.path.as_posix(): m.lines for m in modules() if m.lines > 300} == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "base", "common", "misc"}
    names = {path for path in PACKAGE.rglob("*") if path.stem.strip("_") in drawers}
    assert names == set()


# ---------------------------------------------------------------- the drawing of the house


def test_the_house_has_at_most_sixteen_rooms() -> None:
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.glob("*.typed")]  # git leaves empty folders behind
    entries = {path.relative_to(PACKAGE).parts[0] for path in files}
    assert entries >= BESIDE
    assert len(entries - BESIDE) <= 16


def test_at_most_sixty_three_arrows_run_between_the_rooms() -> None:
    drawn = sorted(f"{one} -> {other}" for one, other in arrows() if f"{one}.py" not in BESIDE)
    assert len(drawn) <= 63, drawn


def test_every_wing_says_what_it_is_for() -> None:
    silent = [
        module.path.as_posix()
        for module in modules()
        if module.path.name == "__init__.py" and not ast.get_docstring(module.tree)
    ]
    assert [path for path in silent if path.count("/") == 2] == []


def test_the_drawing_of_the_house_has_the_floors_of_the_layers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    drawing = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("╰")[0]
    floors = [line.split("│")[1:-1] for line in drawing.splitlines() if "│" in line]
    drawn = [" | ".join(name.strip() for name in names) for names in floors]
    assert drawn == layers


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_a_place_that_the_guides_name_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`([\w./-]+/[\w./-]+)`", text)
    there = [name for name in named if any((root / name).exists() for root in (ROOT, PACKAGE))]
    alone = set(re.findall(r"`(\w+\.py)`", text))
    assert alone <= {path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    assert len(there) > 20
    assert [name for name in named if name not in there and not MADE.search(name)] == []


# ---------------------------------------------------------------- what types say


def test_few_signatures_name_a_type_that_says_nothing() -> None:
    # the reader of claims takes `resultaat.json` as JSON: our types would make it less a stranger
    loose = [one for one in loose_signatures() if "/verification/claims/" not in one]
    assert len(loose) <= 120, "\n".join([str(len(loose)), *loose])


def test_presentation_and_disclosure_look_nothing_up_by_a_key_in_quotes() -> None:
    assert string_lookups(lambda module: module.wing in {"presentation", "disclosure"}) == []


# ---------------------------------------------------------------- the tests

# Tests of what no module does alone, each with the reason.
SPANNING = {
    "cli/test_imports.py": "what whole commands import",
    "cli/test_init_systems.py": "exports of many systems, from the file to the dossier",
    "cli/test_trial.py": "exports of one morning, from the files to the month table",
    "disclosure/test_disclosure_solver.py": "attacks all that one report and a series publish",
    "disclosure/test_old_rules.py": "rules that were broken once, switched back",
    "history/test_awkward_exports.py": "from a file as it comes to the month table",
    "history/test_fuzz.py": "damaged files, from the dossier to the command line",
    "history/test_junk.py": "whatever junk an export holds, from the file to the month table",
    "history/test_privacy_at_the_door.py": "no message of any module is about a person",
    "history/test_reading.py": "files, columns and sources tell together how a table was read",
    "presentation/test_claims.py": "sentences and cells of whole reports, from result to page",
    "presentation/test_compliance_chapter.py": "from what disclosure publishes to the chapter",
    "report/test_delivered_attacker.py": "attacks the files of a report, from result to PDF",
    "report/test_delivered_files.py": "the files of one whole run",
    "report/test_faults.py": "a run broken off anywhere",
    "report/test_jupyterlab.py": "notebooks and exporters in a browser",
    "report/test_notebooks.py": "the notebooks that are delivered",
    "report/test_papermill.py": "the report's notebook under papermill alone",
    "report/test_report_matrix.py": "every kind of report, from dossier to PDF",
    "report/test_planted_persons.py": "persons in every text of an export, to all that comes out",
    "report/test_reproducible.py": "two whole runs give the same bytes",
    "report/test_schedules.py": "the schedules in the documentation",
    "statistics/test_reference_cases.py": "published numbers through all of statistics",
    "term/test_rebuilt_from_the_page.py": "the page and the code, from counts to proposal",
    "term/test_monotone.py": "asking more never gives more, from counts to proposal",
    "term/test_stability.py": "what carries no meaning moves no proposal",
    "term/test_properties.py": "what holds of any month table, from counts to proposal",
}


def files_of_tests() -> list[Path]:
    """Return every file of tests, from the folder of tests."""
    return sorted(path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))


def names_its_module(test: Path) -> bool:
    """Say whether a test is named after a module or a folder of the wing that it stands under."""
    wing, name = test.parts[0], test.stem.removeprefix("test_")
    modules_of_wing = (path.relative_to(PACKAGE) for path in (PACKAGE / wing).rglob("*.py"))
    return any(name in path.with_suffix("").parts[1:] for path in modules_of_wing)


def test_the_folders_of_the_tests_are_the_wings() -> None:
    wings = {module.wing for module in modules() if len(module.parts) > 1}
    assert {path.parts[0] for path in files_of_tests()} - wings == {"project"}
    assert {len(path.parts) for path in files_of_tests()} == {2}


def test_a_file_of_tests_is_named_after_what_it_tests() -> None:
    nameless = {
        path.as_posix()
        for path in files_of_tests()
        if path.parts[0] != "project" and not names_its_module(path)
    }
    assert nameless == set(SPANNING)


def test_every_slow_file_is_a_file_of_tests() -> None:
    assert set(SLOW_FILES) - {path.as_posix() for path in files_of_tests()} == set()


def test_helpers_of_tests_are_imported_in_one_way() -> None:
    helpers = {path.stem for path in TESTS.glob("*.py")}
    for path in TESTS.rglob("*.py"):
        for node, name in imported(ast.parse(path.read_text(encoding="utf-8"))):
            root = name.split(".")[0]
            assert root not in {"", *helpers}, f"{path.name}:{node.lineno}: write `from tests.`"
            assert root != "tests" or isinstance(node, ast.ImportFrom), path.name


# ---------------------------------------------------------------- notebooks and texts


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_is_kept_without_outputs(notebook: Path) -> None:
    for cell in cells(notebook):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_defines_no_functions_or_classes(notebook: Path) -> None:
    for cell in cells(notebook):
        assert not re.search(r"^\s*(?:async def|def|class) ", "".join(cell["source"]), re.MULTILINE)


@pytest.mark.parametrize("pattern", [MACHINE_PATH, INDEX_HOST], ids=["path", "index"])
def test_no_file_names_a_place_on_one_machine_or_a_package_index(pattern: re.Pattern[str]) -> None:
    found = {path.as_posix(): hit[0] for path, text in texts() if (hit := pattern.search(text))}
    assert found == {}


def test_the_rule_on_places_knows_one_when_it_sees_one() -> None:
    places = ["/" + "home/anna/calls.csv", '"/' + 'tmp/x"', "cd /" + "root/.venv"]
    assert all(MACHINE_PATH.search(place) for place in places)
    assert not MACHINE_PATH.search("www.voorbeeld.nl/home/contact and data/tmp/x")


def test_a_slice_keeps_a_quarter_of_the_cases_of_each_long_test_and_all_of_others() -> None:
    def items(file: str, test: str, cases: int) -> list[Any]:
        names = [f"{test}[{number}]" for number in range(cases)] if cases else [test]
        return [
            SimpleNamespace(path=TESTS / file, name=name, nodeid=f"tests/{file}::{name}")
            for name in names
        ]

    long = items("history/test_engines.py", "test_many", 10)
    others = [
        *items("history/test_engines.py", "test_some", 3),
        *items("history/test_engines.py", "test_one", 0),
        *items("dossier/test_characters.py", "test_quick", 40),
    ]
    left_out = beyond_slice([*long, *others])
    assert len(left_out) == 7
    assert left_out < {item.nodeid for item in long}
    assert beyond_slice([*others, *reversed(long)]) == left_out


def test_what_only_the_study_runs_exists() -> None:
    for test in IN_STUDY:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text("utf-8")
