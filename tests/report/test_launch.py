"""A kernel that is launched gets what it needs of the secret, and leaves it nowhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

from balanstest_analysis.history.key_file import KEY_FILE
from balanstest_analysis.history.stretching import HANDED_OVER, stretched
from balanstest_analysis.report.batch import worker_pool
from balanstest_analysis.report.run import run_report
from tests.counted_dossier import SMALLEST
from tests.report.test_run import SMALL

LOOKS_AROUND = """
import hashlib, os, subprocess, sys
from pathlib import Path
from balanstest_analysis.history.secret import load_secret

folder = Path(dossier).parent
secret = (folder / ".balanstest-key").read_text("ascii").strip()

def refuse(*_, **__):
    raise AssertionError("stretched again")

hashlib.scrypt = refuse
found = load_secret(dossier).hex()
words = {secret, found}
show = [sys.executable, "-c", "import os; print(dict(os.environ))"]
below = subprocess.run(show, capture_output=True, text=True, check=True).stdout
assert not any(word in below + str(dict(os.environ)) for word in words)
processes = []
for line in Path("/proc").glob("[0-9]*/cmdline"):
    try:
        processes.append(line.read_bytes())
    except OSError:
        pass  # it has ended
assert not any(word.encode() in told for word in words for told in processes)
places = [Path.cwd(), Path(os.environ["TMPDIR"]), folder.parent / "uit"]
written = [p for place in places for p in place.rglob("*") if p.is_file()]
assert written
assert not any(word.encode() in p.read_bytes() for word in words for p in written)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("BALANSTEST_SECRET", raising=False)
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    place = tmp_path / "dossier"
    place.mkdir()
    (place / "counts.csv").write_text("months_since_purchase,contacts\n0,120\n")
    (place / "balanstest.toml").write_text(SMALLEST, "utf-8")
    return place


def looking_around(folder: Path) -> Path:
    notebook = nbformat.read(SMALL, as_version=4)
    at = next(
        n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ())
    )
    notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(LOOKS_AROUND))
    nbformat.write(notebook, folder / "kijkt-rond.ipynb")
    return folder / "kijkt-rond.ipynb"


def test_a_kernel_leaves_the_secret_in_no_process_file_or_notebook(folder: Path) -> None:
    uit = folder.parent / "uit"
    run_report(folder / "balanstest.toml", output_dir=uit, notebook=looking_around(folder))

    secret = (folder / KEY_FILE).read_text("ascii").strip()
    words = (secret.encode(), stretched(secret.encode()).hex().encode())
    delivered = [path.read_bytes() for path in uit.rglob("*") if path.is_file()]
    assert len(delivered) > 5
    assert not [word for word in words for content in delivered if word in content]


def test_workers_get_a_stated_secret_stretched_and_on_no_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = "een zin die nergens staat, en dus lang genoeg is"
    monkeypatch.setenv("BALANSTEST_SECRET", secret)
    started: dict[str, Any] = {}

    def start(command: Any, **options: Any) -> None:
        started.update(options, command=command)

    monkeypatch.setattr(subprocess, "Popen", start)
    worker_pool._started()

    assert stretched(secret.encode()).hex() in started["env"][HANDED_OVER]
    assert secret not in str(started["command"])
    assert HANDED_OVER not in os.environ
