"""A JupyterLab of its own, with a copy of the notebooks and the sample, for the browser test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MENU = ROOT / "balanstest_analysis" / "report" / "exporters" / "jupyterlab"
NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}'


@dataclass(frozen=True, kw_only=True)
class Lab:
    """A running server.

    Attributes:
        url: of the server, with a slash at its end.
        token: that lets a browser in.
        folder: holds ``notebooks`` and ``data``.
    """

    url: str
    token: str
    folder: Path


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """Start JupyterLab on a copy of the notebooks, with no settings but its own, and end it."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data" / "sample", folder / "data" / "sample")
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(NO_NEWS, "utf-8")
    shutil.copytree(MENU, folder / "app" / "overrides.d")  # where the wheel installs it
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"),
            f"--ServerApp.root_dir={folder}",
            f"--LabApp.user_settings_dir={folder / 'settings'}",
            f"--LabApp.app_settings_dir={folder / 'app'}",
            f"--LabApp.workspaces_dir={folder / 'workspaces'}",
            "--LabApp.extension_manager=readonly",
        ],
        env={**os.environ, **own, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _started(folder, server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _started(folder: Path, server: subprocess.Popen[bytes]) -> Lab:
    for _ in range(300):
        assert server.poll() is None, "JupyterLab stopped before it had started"
        for path in (folder / "RUNTIME").glob("jpserver-*.json"):
            try:
                told = json.loads(path.read_text("utf-8"))
            except ValueError:
                continue
            return Lab(url=told["url"], token=told["token"], folder=folder)
        time.sleep(0.2)
    raise AssertionError("JupyterLab did not start within a minute")
