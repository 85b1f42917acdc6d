"""The set-up: what the machine must have, when something is installed, what the locks hold."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import setup_environment
from tools.import_what_runs import import_what_runs
from tools.setup_environment import SetupError

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;]+)(?: ; ([^\\]+))? \\$", re.MULTILINE)


class Machine:
    """A set-up of which only the two slow steps are replaced."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = root / ".venv"
        self.foundation = ""
        self.steps: list[str] = []
        self.pip_works = True

    def build(self, environment: Path) -> None:
        environment.mkdir(exist_ok=True)
        (environment / setup_environment.STATE_FILE).unlink(missing_ok=True)
        self.foundation = f"Python 3.11 in {environment}"
        self.steps.append("build")

    def install(self, root: Path, environment: Path, lock: str) -> None:
        assert self.state["unfinished"] is True
        self.steps.append(f"install {lock}")
        if not self.pip_works:
            raise SetupError("pip could not install")

    @property
    def state(self) -> dict[str, object]:
        return setup_environment.read_state(self.environment)

    def set_up(self, lock: str = "run") -> list[str]:
        self.steps = []
        setup_environment.set_up(self.root, lock)
        return self.steps


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / "requirements").mkdir()
    for lock in setup_environment.LOCKS:
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    machine = Machine(tmp_path)
    monkeypatch.setattr(setup_environment, "build", machine.build)
    monkeypatch.setattr(setup_environment, "install", machine.install)
    monkeypatch.setattr(setup_environment, "check_machine", lambda: None)
    monkeypatch.setattr(setup_environment, "foundation_of", lambda _: machine.foundation)
    return machine


# ---------------------------------------------------------------- what the machine must have


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12), (4, 0)])
def test_a_python_of_3_11_or_newer_is_accepted(version: tuple[int, ...]) -> None:
    setup_environment.check_python(version)


@pytest.mark.parametrize("version", [(3, 6, 8), (3, 10, 13)])
def test_an_older_python_is_told_which_one_is_needed_and_what_to_do(
    version: tuple[int, ...],
) -> None:
    with pytest.raises(SetupError, match=r"This is Python 3\.\d+ and Python 3\.11 .* PYTHON="):
        setup_environment.check_python(version)


def test_python_3_6_can_still_read_the_script() -> None:
    source = Path(setup_environment.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"pathlib"}


def test_the_pip_of_debian_12_is_accepted() -> None:
    setup_environment.check_pip("pip 23.0.1 from somewhere/dist-packages/pip (python 3.11)")


def test_an_older_pip_is_told_which_one_is_needed() -> None:
    with pytest.raises(SetupError, match=r"This is pip 20\.3 and pip 22\.3 or newer is needed"):
        setup_environment.check_pip("pip 20.3.4 from somewhere (python 3.11)")


@pytest.mark.parametrize("answer", ["", "No module named pip"])
def test_a_missing_pip_is_named_with_the_way_to_get_it(answer: str) -> None:
    with pytest.raises(SetupError, match=r"pip is missing .*apt-get install python3-pip"):
        setup_environment.check_pip(answer)


def test_a_missing_venv_module_is_named_with_the_way_to_get_it() -> None:
    with pytest.raises(SetupError, match="apt-get install python3-venv"):
        setup_environment.check_venv(present=False)


def test_a_command_that_does_not_exist_gives_no_answer() -> None:
    assert setup_environment.answer_of(["no-such-command-on-any-machine"]) == ""


def test_a_problem_is_told_in_one_sentence_with_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert setup_environment.main() == 1
    message = capsys.readouterr().err
    assert message.startswith("Set-up stopped: This is Python 3.9")
    assert message.count("\n") == 1


# ---------------------------------------------------------------- when something is done


def test_the_first_set_up_builds_and_installs(machine: Machine) -> None:
    assert machine.set_up() == ["build", "install run"]


def test_a_second_set_up_does_nothing(machine: Machine) -> None:
    machine.set_up()
    assert machine.set_up() == []


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_without_building_anew(
    machine: Machine, changed: str
) -> None:
    machine.set_up()
    (machine.root / changed).write_text("# changed", encoding="utf-8")
    assert machine.set_up() == ["install run"]


def test_a_second_lock_is_installed_beside_the_first(machine: Machine) -> None:
    machine.set_up("run")
    assert machine.set_up("dev") == ["install dev"]
    assert machine.set_up("run") == []


def test_a_set_up_that_failed_starts_afresh_the_next_time(machine: Machine) -> None:
    machine.pip_works = False
    with pytest.raises(SetupError):
        machine.set_up()
    machine.pip_works = True
    assert machine.set_up() == ["build", "install run"]
    assert "unfinished" not in machine.state


def test_an_update_that_was_broken_off_starts_afresh_and_forgets_all_locks(
    machine: Machine,
) -> None:
    machine.set_up("run")
    machine.pip_works = False
    with pytest.raises(SetupError):
        machine.set_up("dev")
    machine.pip_works = True
    assert machine.set_up("run") == ["build", "install run"]
    assert "dev" not in machine.state


def test_an_environment_that_no_longer_runs_is_built_anew(machine: Machine) -> None:
    machine.set_up()
    machine.foundation = ""
    assert machine.set_up() == ["build", "install run"]


def test_an_environment_that_was_moved_or_has_another_python_is_built_anew(
    machine: Machine,
) -> None:
    machine.set_up()
    machine.foundation = "Python 3.12 in another folder"
    assert machine.set_up() == ["build", "install run"]


def test_an_environment_made_by_hand_is_kept_and_completed(machine: Machine) -> None:
    machine.build(machine.environment)
    assert machine.set_up() == ["install run"]


@pytest.mark.parametrize("note", ["", "{", "[]"])
def test_a_note_that_cannot_be_read_counts_as_none(tmp_path: Path, note: str) -> None:
    (tmp_path / setup_environment.STATE_FILE).write_text(note, encoding="utf-8")
    assert setup_environment.read_state(tmp_path) == {}


def test_a_note_is_written_whole(tmp_path: Path) -> None:
    setup_environment.write_state(tmp_path, {"run": "abc"})
    assert [path.name for path in tmp_path.iterdir()] == [setup_environment.STATE_FILE]
    assert json.loads((tmp_path / setup_environment.STATE_FILE).read_text()) == {"run": "abc"}


def test_a_folder_without_an_interpreter_has_no_foundation(tmp_path: Path) -> None:
    assert setup_environment.foundation_of(tmp_path) == ""


def test_a_failing_step_is_told_with_its_own_sentence() -> None:
    with pytest.raises(SetupError, match="the step failed"):
        setup_environment.run([sys.executable, "-c", "raise SystemExit(3)"], "the step failed")


def test_windows_keeps_its_commands_in_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = Path(".venv")
    with monkeypatch.context() as patch:
        patch.setattr(setup_environment.os, "name", "nt")
        command = setup_environment.script_in(environment, "balanstest")
    assert command.parts == (".venv", "Scripts", "balanstest.exe")


# ---------------------------------------------------------------- what it shows


PIP = ["Collecting a==1", "  Downloading a.whl", "Ignoring b: markers", "Collecting c==1 (from x)"]
PIP += ["Collecting d==1", "Installing collected packages: a, c, d", "Successfully installed"]


def test_without_a_terminal_a_few_lines_tell_how_far_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = setup_environment.Progress(total=4)
    for line in PIP:
        progress.read(line)
    progress.tell("compiling what runs")
    assert capsys.readouterr().out.splitlines() == [
        *(f"  fetching packages: {number} of 4" for number in (1, 2, 3, 4)),
        "  installing 3 packages, those that this machine needs",
        "  compiling what runs",
    ]
    progress = setup_environment.Progress(total=400)
    for number in range(400):
        progress.read(f"Collecting p{number}==1")
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_on_a_terminal_one_line_is_written_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    progress = setup_environment.Progress(total=4)
    for line in PIP:
        progress.read(line)
    told = capsys.readouterr().out
    assert told == (
        "  fetching packages: 1 of 4\r  fetching packages: 2 of 4\r  fetching packages: 3 of 4"
        "\r  fetching packages: 4 of 4\n  installing 3 packages, those that this machine needs\n"
    )


def test_a_lock_says_how_many_packages_there_are_to_fetch() -> None:
    for lock in LOCKS:
        assert setup_environment.packages_in(lock) == len(pins(lock))


def test_pip_that_fails_is_told_with_the_end_of_what_it_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = "import sys; print('Processing a.whl', flush=True); sys.exit('ERROR: no room')"
    with pytest.raises(SetupError, match="the step failed"):
        setup_environment.run_told(
            [sys.executable, "-c", code], "the step failed", setup_environment.Progress(1)
        )
    said = capsys.readouterr()
    assert said.out == "  fetching packages: 1 of 1\n"
    assert said.err.splitlines() == ["", "Processing a.whl", "ERROR: no room"]


def test_what_runs_is_compiled_though_the_machine_says_that_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "ours.py").write_text("", encoding="utf-8")
    (tmp_path / "tools" / "import_what_runs.py").write_text("import ours", encoding="utf-8")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(setup_environment, "script_in", lambda *_: Path(sys.executable))
    setup_environment.compile_what_runs(tmp_path, tmp_path / ".venv")
    assert len([*tmp_path.rglob("ours.*.pyc")]) == 1
    (tmp_path / "tools" / "import_what_runs.py").write_text("import weg", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be imported"):
        setup_environment.compile_what_runs(tmp_path, tmp_path / ".venv")


def test_what_runs_is_every_module_of_the_package() -> None:
    names = set(import_what_runs())
    assert {"balanstest_analysis.cli.commands", "balanstest_analysis.analysis.method"} <= names
    assert {"balanstest_analysis.report.exporters.pdf", "ipykernel.kernelapp"} <= names


# ---------------------------------------------------------------- locks, make, project


def pins(lock: Path) -> set[tuple[str, str]]:
    return {(found[1], found[2]) for found in PIN.finditer(lock.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(lock: Path) -> None:
    hashed = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    for line in lock.read_text(encoding="utf-8").splitlines():
        assert PIN.fullmatch(line) or hashed.fullmatch(line), line


@pytest.mark.parametrize("lock", ["dev", "lab"])
def test_the_later_locks_repeat_the_versions_of_the_first(lock: str) -> None:
    requirements = ROOT / "requirements"
    assert pins(requirements / "run.txt") <= pins(requirements / f"{lock}.txt")


def required(lock: str) -> list[str]:
    groups = PROJECT["dependency-groups"]
    more = {
        "run": PROJECT["project"]["optional-dependencies"]["fast"],
        "dev": [line for line in groups["dev"] if isinstance(line, str)],
        "lab": PROJECT["project"]["optional-dependencies"]["lab"],
    }
    return [*PROJECT["project"]["dependencies"], *groups["build"], *more[lock]]


def test_where_compiled_code_is_not_published_the_rest_is_installed(tmp_path: Path) -> None:
    lock = ROOT / "requirements" / "run.txt"
    assert setup_environment.published_here(lock, tmp_path, tmp_path) == lock

    (tmp_path / "ld-musl-x86_64.so.1").touch()
    fewer = setup_environment.published_here(lock, tmp_path, tmp_path)

    assert pins(lock) - pins(fewer) == {found for found in pins(lock) if found[0] == "sqlglotc"}
    assert len(pins(lock) - pins(fewer)) == 1
    kept = [line for line in lock.read_text().splitlines() if line in fewer.read_text()]
    assert fewer.read_text().splitlines() == kept


@pytest.mark.parametrize("lock", setup_environment.LOCKS)
def test_a_lock_pins_all_that_the_project_asks_for(lock: str) -> None:
    versions = pins(ROOT / "requirements" / f"{lock}.txt")
    for line in required(lock):
        requirement = Requirement(line)
        found = [version for name, version in versions if name == requirement.name]
        assert found, line
        assert all(requirement.specifier.contains(version) for version in found), line


@pytest.mark.parametrize(
    "target", ["report", "quick", "test", "check", "study", "format", "lock", "lab", "clean"]
)
def test_make_knows_the_targets_that_the_guides_name(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \S", MAKEFILE, re.MULTILINE)


def test_the_checks_end_with_the_tests() -> None:
    block = re.search(r"^check:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert block is not None
    commands = [line.split("/")[-1].split()[0] for line in block[1].splitlines()]
    assert commands[-1] == "pytest"
    assert len(commands) == 5


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("make test")


def test_everything_that_the_project_announces_can_be_loaded() -> None:
    entries = list(metadata.distribution("balanstest-analysis").entry_points)
    assert {entry.name for entry in entries} == {"balanstest", "balanstest-pdf", "balanstest_pdf"}
    assert all(callable(entry.load()) for entry in entries)
