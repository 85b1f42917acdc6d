"""No file, setting or package around a run changes what runs in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from balanstest_analysis.report.batch import Choices, run_quarterly
from balanstest_analysis.report.run import own_process, run_report
from tests.counted_dossier import write_smallest
from tests.report.test_run import FILES, SMALL, files

ROOT = Path(__file__).parents[2]
IMPORTED = ("random", "json", "queue", "numpy", "typer", "rich", "holidays", "ipykernel")


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """A folder and a home that are full of traps; return which of them were run."""
    marks = tmp_path / "sporen"
    marks.mkdir()

    def trap(file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        name = file.relative_to(tmp_path).as_posix().replace("/", "_")
        file.write_text(f"open({str(marks / name)!r}, 'w').close()\n")

    work, path, home = (tmp_path / name for name in ("werk", "pad", "thuis"))
    for folder in (work, path):
        for module in (*IMPORTED, "sitecustomize", "usercustomize"):
            trap(folder / f"{module}.py")
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    trap(home / ".local" / "lib" / python / "site-packages" / "usercustomize.py")
    for ipython in (home / ".ipython", home / "ipython"):
        trap(ipython / "profile_default" / "startup" / "00-begin.py")
        trap(ipython / "profile_default" / "ipython_kernel_config.py")
        trap(ipython / "profile_default" / "ipython_config.py")
    for jupyter in (home / ".jupyter", home / "jupyter"):
        trap(jupyter / "jupyter_config.py")
        trap(jupyter / "jupyter_client_config.py")
    for data in (home / ".local" / "share" / "jupyter", home / "jupyter"):
        spec = data / "kernels" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True, exist_ok=True)
        argv = ["touch", str(marks / "kernelspec")]
        spec.write_text(json.dumps({"argv": argv, "display_name": "val", "language": "python"}))
    trap(home / "begin.py")
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(path), str(work)]))
    monkeypatch.setenv("PYTHONSTARTUP", str(home / "begin.py"))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    monkeypatch.setenv("JUPYTER_PATH", str(home / "jupyter"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home / "jupyter"))
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "een-ander")
    return lambda: {mark.name for mark in marks.iterdir()}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "werk"
    folder.mkdir(exist_ok=True)
    return write_smallest(folder)


def test_a_quarter_runs_nothing_that_lies_around_it(
    surroundings: Callable[[], set[str]], dossier: Path, tmp_path: Path
) -> None:
    batch = run_quarterly(
        [dossier], output_dir=tmp_path / "uit", choices=Choices(notebook=SMALL), jobs=1
    )

    assert [row.outcome.reason for row in batch.rows] == [""]
    assert surroundings() == set()
    [made] = (tmp_path / "uit").glob("*/*/2026-Q3")
    assert files(made) == FILES


def test_a_kernel_runs_nothing_that_lies_around_it(
    surroundings: Callable[[], set[str]], dossier: Path, tmp_path: Path
) -> None:
    made = run_report(dossier, output_dir=tmp_path / "uit", notebook=SMALL)

    assert files(made.directory) == FILES
    assert surroundings() == set()


def test_the_command_run_as_a_module_imports_nothing_from_the_folder_around_it(
    surroundings: Callable[[], set[str]], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "balanstest_analysis", "check", "weg.toml"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    done = subprocess.run(
        command,
        cwd=tmp_path / "werk",
        env=clean | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3, done.stderr
    assert "There is no dossier" in done.stderr
    assert surroundings() == set()


def test_a_process_of_ours_takes_this_very_package_and_no_folder_around_it() -> None:
    code = "import balanstest_analysis, sys, json; json.dump([balanstest_analysis.__file__, sys.path], sys.stdout)"  # noqa: E501
    command = own_process.command("timeit", "-n1", "-r1", "-s", code, "pass")

    told = subprocess.run(
        command, cwd=ROOT / "tests", env=own_process.environment(), capture_output=True, check=True
    ).stdout.decode()
    place, path = json.loads(told[: told.rindex("]") + 1])

    assert Path(place).parents[1] == ROOT
    assert not {"", str(ROOT / "tests"), str(Path(own_process.__file__).parent)} & set(path)


def test_a_package_among_the_users_own_still_finds_what_lies_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "weg")
    monkeypatch.setenv("BALANSTEST_SECRET", "geheim")
    assert own_process.environment()["PYTHONNOUSERSITE"] == "1"
    assert "PYTHONPATH" not in own_process.environment()
    assert own_process.environment()["BALANSTEST_SECRET"] == "geheim"
    monkeypatch.setattr("site.getusersitepackages", lambda: str(ROOT))
    assert "PYTHONNOUSERSITE" not in own_process.environment()
