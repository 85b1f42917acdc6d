"""The notebooks as they are kept: short cells, no output, and nothing that needs editing."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.example_results import dossier, proposed, published

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_LINES = 8


def read(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(path))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_cells_are_short_and_define_nothing(path: Path) -> None:
    for cell in code_cells(path):
        assert len(cell.source.splitlines()) <= MOST_LINES
        defined = (ast.FunctionDef, ast.ClassDef, ast.Lambda)
        assert not any(isinstance(node, defined) for node in ast.walk(ast.parse(cell.source)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_dutch_and_runs_on_the_python_kernel(path: Path) -> None:
    metadata = read(path).metadata
    assert metadata["kernelspec"]["name"] == "python3"
    assert metadata["balanstest"]["language"] == "nl"


def test_the_report_declares_its_parameters_with_their_types() -> None:
    [cell] = [
        cell
        for cell in code_cells(FOLDER / "onderbouwing.ipynb")
        if "parameters" in cell.metadata.get("tags", [])
    ]
    values: dict[str, Any] = {}
    exec(compile(cell.source, "parameters", "exec", dont_inherit=True), values)
    assert values["__annotations__"] == {"dossier": str, "quarter": str, "final": bool}
    assert (FOLDER / values["dossier"]).resolve() == (
        FOLDER.parent / "data" / "sample" / "balanstest.toml"
    )
    assert (values["quarter"], values["final"]) == ("", False)


def test_the_explorer_comes_before_findings_and_tables() -> None:
    sources = [cell.source for cell in code_cells(FOLDER / "verkenning.ipynb")]
    explorer = sources.index("explore(analysis)")
    assert sources[explorer - 1] == "analysis = analyse(asked)\nanalysis"
    assert sources[explorer + 1] == "analysis.findings"


def test_every_chapter_cell_shows_something_and_the_last_one_the_sentinel() -> None:
    shown = [cell.source for cell in code_cells(FOLDER / "onderbouwing.ipynb")][2:]
    report = Onderbouwing(dossier=dossier(), result=published(proposed()))
    bundles = [eval(source, {"onderbouwing": report})._repr_mimebundle_() for source in shown]
    assert all("text/x-typst" in bundle and bundle["text/html"] for bundle in bundles[:-1])
    assert SENTINEL in bundles[-1]


def test_the_notebook_shows_every_chapter_once() -> None:
    sources = [cell.source for cell in code_cells(FOLDER / "onderbouwing.ipynb")]
    assert len(set(sources)) == len(sources)
    methods = {
        name
        for name, value in vars(Onderbouwing).items()
        if callable(value) and not name.startswith("_")
    }
    called = {source.split("(")[0].removeprefix("onderbouwing.") for source in sources[2:]}
    assert called == methods
