"""What differs between systems: asked in one module, and answered for each of them."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from balanstest_analysis.document import operating_system
from balanstest_analysis.document.operating_system import (
    apart,
    ask_to_end,
    end_with_forks,
    has_few_files_left,
    is_open_to_others,
    name_for_any_system,
    own_user,
    requests_to_end,
    usable_cores,
)
from balanstest_analysis.document.series_name import slug
from tests.source_code import imported, modules

WAITING = "import time; print('hier', flush=True); time.sleep(60)"
ASKED = {
    ("os", "name"),
    ("sys", "platform"),
    ("os", "uname"),
    ("os", "fork"),
    ("os", "getuid"),
    ("os", "geteuid"),
    ("os", "killpg"),
    ("os", "setsid"),
    ("os", "statvfs"),
    ("os", "sysconf"),
    ("os", "sched_getaffinity"),
    ("os", "O_NOFOLLOW"),
    ("os", "O_NONBLOCK"),
    ("signal", "SIGKILL"),
    ("signal", "SIGTERM"),
    ("signal", "pthread_sigmask"),
    ("time", "tzset"),
}
# What a signal means to the process that gets it, of which every system has these.
SAYS_SIGTERM = {"report/run/spare_kernel.py", "report/batch/worker.py"}


def asked(tree: ast.Module) -> set[tuple[str, str]]:
    """Return what a module looks up of the system, also by a name in quotes."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                found.add((module, name))
            case ast.Call(
                func=ast.Name(id="getattr" | "hasattr"),
                args=[ast.Name(id=module), ast.Constant(value=str(name)), *_],
            ):
                found.add((module, name))
    return found & ASKED


def test_no_other_module_asks_on_which_system_it_runs() -> None:
    only_posix = {"fcntl", "pwd", "grp", "resource", "termios", "msvcrt", "winreg"}
    for module in modules():
        name = module.path.as_posix().split("balanstest_analysis/")[-1]
        if name == "document/operating_system.py":
            continue
        allowed = {("signal", "SIGTERM")} if name in SAYS_SIGTERM else set()
        assert asked(module.tree) - allowed == set(), name
        taken = {found.split(".")[0] for _, found in imported(module.tree)}
        assert taken & (only_posix | {"ctypes"}) == set(), name


def test_a_question_is_seen_in_either_spelling() -> None:
    source = "import os\nos.name\nhasattr(os, 'killpg')\ngetattr(os, 'O_NOFOLLOW', 0)"
    assert asked(ast.parse(source)) == {("os", "name"), ("os", "killpg"), ("os", "O_NOFOLLOW")}


def test_a_file_that_others_may_read_is_open_where_modes_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sleutel"
    file.touch(0o600)
    assert not is_open_to_others(file.stat())
    file.chmod(0o640)
    assert is_open_to_others(file.stat())
    monkeypatch.setattr(operating_system, "KEEPS_MODES", False)  # as on Windows
    assert not is_open_to_others(file.stat())


def test_what_one_makes_is_ones_own(tmp_path: Path) -> None:
    assert tmp_path.stat().st_uid == own_user()


def test_a_file_system_without_room_for_files_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not has_few_files_left(tmp_path)
    about = list(os.statvfs(tmp_path))
    for files, left, few in ((1000, 3, True), (1000, 900, False), (0, 0, False)):
        about[5], about[7] = files, left
        told = os.statvfs_result(about)
        monkeypatch.setattr(operating_system.os, "statvfs", lambda _, told=told: told)
        assert has_few_files_left(tmp_path) is few


@pytest.mark.parametrize("name", ["con", "AUX", "nul", "com1", "lpt9"])
def test_a_name_that_windows_keeps_for_a_device_is_changed(name: str) -> None:
    assert name_for_any_system(name) == f"{name}-"
    assert slug(name) == f"{name.lower()}-"


@pytest.mark.parametrize("name", ["contact", "com10", "auxilia", "giften"])
def test_any_other_name_stays(name: str) -> None:
    assert slug(name) == name


def started() -> subprocess.Popen[str]:
    """Return a process that was started apart and runs."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True, **apart()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "hier\n"
    return process


def test_a_process_that_is_asked_ends_by_one_of_the_requests() -> None:
    with started() as process:
        ask_to_end(process)
        assert -process.wait(10) in requests_to_end()


def test_a_process_is_ended_with_its_group_and_once_is_enough() -> None:
    with started() as process:
        assert os.getpgid(process.pid) == process.pid
        end_with_forks(process)
        assert process.wait(10) == -signal.SIGKILL
        end_with_forks(process)


def test_there_is_a_core_to_use() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
