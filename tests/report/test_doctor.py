"""What `balanstest doctor` finds: every fault by name, with what to do, on one line."""

from __future__ import annotations

import os
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from balanstest_analysis.errors import RunError
from balanstest_analysis.history.key_file import KEY_FILE, SECRET_VARIABLE
from balanstest_analysis.report.doctor import examined, installation, trials, workplace
from balanstest_analysis.report.doctor.sign import Sign
from tests.command_line import run_command

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def signs(folder: Path, dossier: Path | None = None) -> dict[str, Sign]:
    return {sign.subject: sign for sign in examined(dossier, folder / "reports")}


def test_a_machine_that_is_set_up_is_found_sound_line_by_line(tmp_path: Path) -> None:
    done = run_command("doctor", SAMPLE / "balanstest.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert {line.split()[0] for line in lines} <= {"good", "note"}
    subjects = {line[7:].split(":")[0] for line in lines}
    assert subjects >= {
        *("Python", "packages", "imports", "fonts and PDF", "kernel", "engine for files"),
        *("temporary files", "folder of reports", "key", "dossier", "key of the dossier"),
        *("JupyterLab", "notebooks in git"),
    }
    assert list(tmp_path.iterdir()) == []


def test_a_fault_ends_with_exit_code_4_after_all_has_been_looked_at(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", "utf-8")
    done = run_command("doctor", "weg.toml", cwd=tmp_path)
    assert done.returncode == 4
    wrong = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert [line[7:].split(":")[0] for line in wrong] == ["folder of reports", "dossier"]
    assert wrong[0].endswith("is no folder. Give another, or move that file.")
    assert "There is no dossier `weg.toml`" in wrong[1]
    assert done.stderr == "balanstest: 2 things are wrong; what to do stands behind WRONG.\n"


def test_an_older_python_is_named_with_the_one_that_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installation.platform, "python_version", lambda: "3.10.4")
    sign = installation.python_sign()
    assert sign.state == "wrong"
    assert sign.told == "3.10.4, and >=3.11 is needed. Install it, and set up again."


def test_a_package_that_is_missing_or_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["scipy>=9999", "no-such-package-here>=1", 'also-not-here>=1; extra == "lab"']
    monkeypatch.setattr(installation.metadata, "requires", lambda _name: needed)
    sign = installation.packages_sign()
    assert sign.state == "wrong"
    assert sign.told.startswith(
        f"scipy is {metadata.version('scipy')}, and >=9999 is needed; no-such-package-here is "
        "missing. Set up again: "
    )


def test_a_package_that_cannot_be_imported_is_told_and_nothing_is_tried_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_name: str) -> None:
        raise ImportError("libgomp.so.1: cannot open\nshared object file.")

    monkeypatch.setattr(installation, "import_module", broken)
    found = signs(tmp_path)
    assert found["imports"].state == "wrong"
    assert found["imports"].told.startswith(
        "ImportError: libgomp.so.1: cannot open shared object file. Set up again"
    )
    assert not {"kernel", "fonts and PDF"} & set(found)


def test_python_that_compiles_nothing_and_keeps_nothing_is_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(installation, "cache_from_source", lambda _source: "no/such/file.pyc")
    sign = installation.compiled_sign()
    assert sign.state == "note"
    assert f"`{sys.executable} -m compileall -q " in sign.told
    assert Path(sign.told.split(" -q ")[1].rstrip("`.")).is_dir()


def test_a_missing_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from balanstest_analysis.report.exporters import assets, pdf

    fonts = shutil.copytree(str(assets.font_folder()), tmp_path / "fonts")
    for file in fonts.glob("SourceSerif4*"):
        file.unlink()
    monkeypatch.setattr(pdf, "font_folder", lambda: fonts)
    sign = trials.pdf_sign()
    assert sign.state == "wrong"
    assert "source serif 4" in sign.told.lower()


def test_a_kernel_that_does_not_answer_is_told_with_what_may_keep_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silent(_place: Path) -> None:
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(trials, "_greet_a_kernel", silent)
    sign = trials.kernel_sign()
    assert sign.state == "wrong"
    assert sign.told.startswith("it does not answer (Kernel died before replying to kernel_info).")
    assert "127.0.0.1" in sign.told


def test_what_only_some_work_needs_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "find_spec", lambda _name: None)
    told = [*installation.engine_signs(), *installation.jupyter_signs()]
    states = {sign.subject: sign.state for sign in told}
    assert states["engine PostgreSQL"] == states["engine Spark"] == states["JupyterLab"] == "note"
    assert all("pip install" in sign.told for sign in told if sign.state == "note")


def test_what_is_missing_is_added_as_the_environment_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pipx_metadata.json").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(installation, "find_spec", lambda _name: None)
    monkeypatch.setattr(installation, "import_module", lambda _name: 1 / 0)
    told = [
        *installation.engine_signs(),
        *installation.jupyter_signs(),
        installation.imports_sign(),
    ]
    words = " ".join(sign.told for sign in told)
    assert "`pipx inject balanstest-analysis " in words
    assert "`pipx reinstall balanstest-analysis`" in words
    assert "pip install" not in words
    assert "make " not in words, "a clone has an environment of its own"


def test_a_folder_that_cannot_be_written_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    sign = workplace.folder_sign("folder of reports", tmp_path / "a" / "b")
    assert (sign.state, sign.subject) == ("wrong", "folder of reports")
    assert f"`{tmp_path}` cannot be written" in sign.told


def test_a_weak_secret_and_a_key_that_others_can_read_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (SAMPLE / "balanstest.toml").read_text("utf-8")
    (tmp_path / "balanstest.toml").write_text(text.replace("fictitious = true", ""), "utf-8")
    key = tmp_path / KEY_FILE
    key.write_text("4f2a9c" * 12, "utf-8")
    key.chmod(0o644)
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    sign = signs(tmp_path, tmp_path / "balanstest.toml")["key of the dossier"]
    assert sign.state == "wrong"
    assert f"chmod 600 {KEY_FILE}" in sign.told
    monkeypatch.setenv(SECRET_VARIABLE, "kort")
    assert workplace.stated_key().state == "wrong"
    assert "kort" not in workplace.stated_key().told.split("`")


def test_a_fault_is_an_error_of_the_run() -> None:
    assert RunError.exit_code == 4
