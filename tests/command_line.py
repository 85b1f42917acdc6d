"""The command line in this process: a process of its own imports for seconds."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from balanstest_analysis.cli.commands import main


def run_command(*arguments: object, cwd: Path, **environment: str) -> CompletedProcess[str]:
    """Run a command as a terminal does, and return its code and what it printed.

    What processes of the command itself print is not in it.
    """
    words = [str(argument) for argument in arguments]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as here:
        here.chdir(cwd)
        here.setattr(sys, "argv", ["balanstest", *words])
        for name, value in environment.items():
            here.setenv(name, value)
        with pytest.raises(SystemExit) as end, redirect_stdout(out), redirect_stderr(err):
            main()
    return CompletedProcess(words, int(end.value.code or 0), out.getvalue(), err.getvalue())
