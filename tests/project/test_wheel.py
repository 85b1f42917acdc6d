"""A plain installation of the wheel, without the checkout: what Jupyter and the command find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from pypdf import PdfReader

from tests.report.test_exporters import carrying

ROOT = Path(__file__).parents[2]


NAME = "balanstest-analysis"
SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and the packages that it asks for, without the checkout."""
    folder = tmp_path_factory.mktemp("wiel")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    venv.create(folder / "omgeving", with_pip=False, symlinks=os.name != "nt")
    python = folder / "omgeving" / ("Scripts" if os.name == "nt" else "bin") / "python"
    [packages] = [Path(line) for line in run(python, "-c", SITE).split("\n") if line]
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", wheel, str(packages)], check=True, timeout=60
    )
    for name in required(NAME):
        link(metadata.distribution(name), packages)
    return python


def required(name: str) -> set[str]:
    """Return the names of all packages that one asks for, those that these ask for included."""
    found: set[str] = set()
    todo = [(name, "")]
    while todo:
        asking, extra = todo.pop()
        for line in metadata.requires(asking) or ():
            one = Requirement(line)
            if one.marker is None or one.marker.evaluate({"extra": extra}):
                wanted = {(one.name, wish) for wish in ("", *one.extras)}
                todo += sorted(wanted) if one.name not in found else []
                found.add(one.name)
    return found


def link(package: metadata.Distribution, folder: Path) -> None:
    """Put what is installed of a package into another environment."""
    tops = {file.parts[0] for file in package.files or () if file.parts[0] != ".."}
    for top in tops - {"__pycache__"}:
        if not (folder / top).exists():
            (folder / top).symlink_to(Path(str(package.locate_file(top))))


def run(python: Path, *arguments: object, cwd: Path | None = None, home: Path | None = None) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if home is not None:
        kept = {"PATH": os.defpath, "HOME": str(home)}
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


def test_the_wheel_names_the_exports_in_the_menu_of_jupyterlab(python: Path) -> None:
    [menu] = python.parents[2].rglob("overrides.d/balanstest.json")

    assert menu.parent.as_posix().endswith("/data/share/jupyter/lab/settings/overrides.d")
    assert "Balanstest-rapport (PDF)" in menu.read_text("utf-8")


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


def test_from_the_wheel_alone_a_person_gets_sample_report_notebooks_and_check(
    python: Path, tmp_path: Path
) -> None:
    home, work = tmp_path / "thuis", tmp_path / "werk"
    home.mkdir()
    work.mkdir()

    def balanstest(*words: object) -> str:
        return run(python, "-m", "balanstest_analysis", *words, cwd=work, home=home)

    balanstest("sample", "voorbeeld")
    printed = balanstest("report", "voorbeeld/balanstest.toml").split()
    pdf = next(Path(line) for line in printed if line.endswith(".pdf"))
    balanstest("verify", pdf)
    copies = [Path(line) for line in balanstest("notebooks", "voorbeeld").split()]

    assert (work / pdf.with_suffix(".html")).is_file()
    assert {file.name for file in (ROOT / "notebooks").glob("*.ipynb")} == {c.name for c in copies}
    run(python, "-m", "papermill", "onderbouwing.ipynb", "uit.ipynb", "-k", "python3",
        cwd=work / "voorbeeld", home=home)  # fmt: skip
    run(python, "-m", "papermill", "kwartalen.ipynb", "kwartalen-uit.ipynb", "-k", "python3",
        cwd=work / "voorbeeld", home=home)  # fmt: skip
    shown = (work / "voorbeeld" / "kwartalen-uit.ipynb").read_text("utf-8")
    assert "Het laatste voorstel per categorie" in shown


def test_the_wheel_carries_the_calibration_that_its_notebook_shows(
    python: Path, tmp_path: Path
) -> None:
    script = (
        "from balanstest_analysis.validation.calibration import published_study as study; "
        "print(len(study()))"
    )
    assert int(run(python, "-c", script, cwd=tmp_path)) > 20


@pytest.mark.parametrize("name", ["notebooks", "data/sample"])
def test_the_wheel_carries_each_file_of_the_checkout(
    python: Path, tmp_path: Path, name: str
) -> None:
    script = "import balanstest_analysis as b; print(b.__path__[0])"
    package = Path(run(python, "-c", script, cwd=tmp_path).strip())
    carried = {file.name: file.read_bytes() for file in (package / Path(name).name).iterdir()}
    assert carried == {file.name: file.read_bytes() for file in tracked(name)}


def tracked(folder: str) -> list[Path]:
    """Return the files that the project keeps in a folder."""
    suffixes = {".ipynb", ".toml", ".csv"}
    kept = [file for file in (ROOT / folder).iterdir() if file.suffix in suffixes]
    return [*kept, *(ROOT / folder).glob(".balanstest-key")]
