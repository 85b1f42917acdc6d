"""A filter of git that leaves the outputs of notebooks out of what is committed.

It stands in the settings of one clone (`.git/config` and `.git/info/attributes`), so that nothing
that others get changes. Outputs hold what was published and pictures of it: thousands of lines.
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import Final

from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.doctor.sign import Sign, good, note
from balanstest_analysis.report.run import own_process

_NAME: Final = "balanstest-notebooks"
_ATTRIBUTE: Final = f"*.ipynb filter={_NAME}"
_CLEAN: Final = (
    "nbconvert",
    "--ClearOutputPreprocessor.enabled=True",
    "--to=notebook",
    "--stdin",
    "--stdout",
    "--log-level=ERROR",
)


def git_sign() -> Sign:
    """Return whether git leaves out the outputs of notebooks, where this folder is in a clone."""
    subject = "notebooks in git"
    if _git("rev-parse", "--git-dir") is None:
        return good(subject, "this folder is in no clone of git")
    if _git("config", "--get", f"filter.{_NAME}.clean") is not None:
        return good(subject, "a filter leaves their outputs out of what is committed")
    return note(
        subject,
        "a saved notebook puts its outputs, thousands of lines, into git; have this clone leave "
        "them out: `balanstest doctor --git-filter`",
    )


def set_git_filter() -> Path:
    """Return the file of the clone that now names the filter; the clone's settings hold it.

    Raises:
        UsageError: this folder is in no clone of git, or its settings cannot be written.
    """
    place = _git("rev-parse", "--git-path", "info/attributes")
    if place is None:
        raise UsageError("This folder is in no clone of git. Go to one, and ask again.")
    clean = shlex.join(own_process.command(*_CLEAN))
    for key, value in (("clean", clean), ("smudge", "cat"), ("required", "true")):
        if _git("config", "--local", f"filter.{_NAME}.{key}", value) is None:
            raise UsageError("The settings of this clone cannot be written. Make them yours.")
    attributes = Path(place)
    _add_line(attributes, _ATTRIBUTE)
    return attributes


def _add_line(file: Path, line: str) -> None:
    there = file.read_text("utf-8").splitlines() if file.exists() else []
    if line in there:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join([*there, line, ""]), "utf-8")
    except OSError as error:
        raise UsageError(f"`{file}` cannot be written: {error.strerror}.") from None


def _git(*arguments: str) -> str | None:
    """Return what git answers, or None where there is no git or it refuses."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout.strip()
