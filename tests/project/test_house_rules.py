"""Rules of the house that no linter knows; CONTRIBUTING.md gives the reasons."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "balanstest_analysis"
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
    ".ci",
]
Function = ast.FunctionDef | ast.AsyncFunctionDef

# Written so that this file does not match itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home|opt|Users|var)/[\w.]")
INDEX_HOST = re.compile(r"pypi\.org|pythonhosted\.org|--(?:extra-)?index[-]url|--find[-]links")


def functions() -> Iterator[tuple[str, int]]:
    """Yield name and length of every function of the package, docstring left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", length(node)


def length(function: Function) -> int:
    """Return the lines of a function from `def` on, docstring left out."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1)


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every text file of the project."""
    paths = [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"}]
    paths += [ROOT / name for name in ("Makefile", ".gitignore", ".gitattributes")]
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


def test_the_median_function_has_at_most_ten_lines() -> None:
    assert median(lines for _, lines in functions()) <= 10


def test_no_function_has_more_than_fifty_lines() -> None:
    assert [name for name, lines in functions() if lines > 50] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "base", "common", "misc"}
    names = {path for path in PACKAGE.rglob("*") if path.stem.strip("_") in drawers}
    assert names == set()


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
