"""LibreOffice without a window, where it is installed: what it makes of our Word files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
NEEDS_OFFICE = pytest.mark.skipif(_PROGRAM is None, reason="no LibreOffice found")


def converted(content: bytes, folder: Path, *, before: str = "docx", after: str = "pdf") -> bytes:
    """Return a document in another form, as LibreOffice saves it."""
    source = folder / f"stuk.{before}"
    made = folder / "uit" / f"stuk.{after}"
    source.write_bytes(content)
    profile = (folder / "profiel").resolve().as_uri()
    command = [_PROGRAM, "--headless", f"-env:UserInstallation={profile}", "--convert-to", after]
    done = subprocess.run(
        [*map(str, command), "--outdir", str(made.parent), str(source)],
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert made.exists(), done.stderr.decode()
    return made.read_bytes()
