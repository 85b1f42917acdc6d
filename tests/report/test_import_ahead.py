"""Importing ahead: nothing slow before a kernel starts, and nothing lost in the thread."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from balanstest_analysis.report.import_ahead import import_ahead

SLOW = {
    "holidays",
    "ibis",
    "jsonschema",
    "matplotlib",
    "nbformat",
    "pandas",
    "papermill",
    "pyarrow",
}
BEFORE_THE_KERNEL = ("cli.commands", "report.run", "report.run.launch", "cli.terminal")


def loaded_by(modules: tuple[str, ...]) -> set[str]:
    """Return the names of all modules that a process has loaded after importing some of ours."""
    lines = [f"import balanstest_analysis.{module}" for module in modules]
    code = "\n".join([*lines, "import sys", "print(*sys.modules)"])
    command = [sys.executable, "-c", code]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_no_slow_package_is_imported_before_the_kernel_starts() -> None:
    assert loaded_by(BEFORE_THE_KERNEL) & SLOW == set()


def test_the_kernel_imports_ahead_without_importing_the_run() -> None:
    assert not {"pydantic", "balanstest_analysis.report.run"} & loaded_by(("report.import_ahead",))


def test_a_module_is_imported_ahead_even_after_one_that_cannot_be(monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)

    import_ahead(["no_such_module_at_all", "colorsys"]).join()

    assert "colorsys" in sys.modules
    with pytest.raises(ModuleNotFoundError):
        __import__("no_such_module_at_all")


def test_garbage_is_collected_again_afterwards() -> None:
    import_ahead(["json"]).join()
    enabled, frozen = gc.isenabled(), gc.get_freeze_count()
    gc.unfreeze()

    assert enabled
    assert frozen > 0
