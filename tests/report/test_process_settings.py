"""A process of ours does sums on one thread and looks for garbage seldom."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

TELL = """
import gc, os, sys
from balanstest_analysis.cli.commands import main
sys.argv = ["balanstest", "--version"]
try:
    main()
except SystemExit:
    pass
print(gc.get_threshold()[0], os.environ["OPENBLAS_NUM_THREADS"])
"""


@pytest.mark.parametrize(("own", "threads"), [("", "1"), ("3", "3")], ids=["by itself", "stated"])
def test_a_command_sums_on_one_thread_unless_its_user_says_otherwise(
    own: str, threads: str
) -> None:
    unset = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    environment = unset | ({"OPENBLAS_NUM_THREADS": own} if own else {})
    done = subprocess.run(
        [sys.executable, "-c", TELL], env=environment, capture_output=True, text=True, check=True
    )
    between, told = done.stdout.splitlines()[-1].split()
    assert int(between) >= 50_000
    assert told == threads
