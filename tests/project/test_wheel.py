"""A plain installation of the wheel, without the checkout: what Jupyter and the command find."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import nbformat
import pytest
from hatchling.builders.wheel import WheelBuilder
from pypdf import PdfReader

from tests.report.test_exporters import carrying

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with this one's packages but not its checkout."""
    folder = tmp_path_factory.mktemp("wiel")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    venv.create(folder / "omgeving", with_pip=False, symlinks=os.name != "nt")
    python = folder / "omgeving" / ("Scripts" if os.name == "nt" else "bin") / "python"
    [packages] = [Path(line) for line in run(python, "-c", SITE).split("\n") if line]
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", wheel, str(packages)], check=True, timeout=60
    )
    # A path in a .pth file is searched last, and the .pth files in it are not followed.
    (packages / "andere.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return python


SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"


def run(python: Path, *arguments: object, cwd: Path | None = None) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(python), *map(str, arguments)],
        cwd=cwd,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def executed(tmp_path: Path) -> Path:
    nbformat.write(carrying(), tmp_path / "onderbouwing.ipynb")
    return tmp_path / "onderbouwing.ipynb"


def test_the_package_comes_from_the_wheel(python: Path, tmp_path: Path) -> None:
    found = run(python, "-c", "import balanstest_analysis as b; print(b.__file__)", cwd=tmp_path)

    assert Path(found.strip()).is_relative_to(python.parents[1])


@pytest.mark.parametrize(("name", "suffix"), [("balanstest", "html"), ("balanstest-pdf", "pdf")])
def test_nbconvert_writes_the_report_from_a_plain_wheel(
    python: Path, executed: Path, name: str, suffix: str
) -> None:
    run(python, "-m", "nbconvert", "--to", name, executed.name, cwd=executed.parent)

    written = executed.with_suffix(f".{suffix}")
    if suffix == "html":
        assert "Stichting Één &amp; Twee" in written.read_text("utf-8")
    else:
        assert "resultaat.json" in PdfReader(written).attachments


def test_the_notebook_and_the_look_come_with_the_wheel(python: Path, tmp_path: Path) -> None:
    script = (
        "import json; from balanstest_analysis.report.run.notebook import notebook_path; "
        "from balanstest_analysis.report.exporters.assets import stylesheet; "
        "print(json.dumps([str(notebook_path()), len(stylesheet())]))"
    )
    place, length = json.loads(run(python, "-c", script, cwd=tmp_path))

    assert Path(place).is_relative_to(python.parents[1])
    assert length > 100_000
