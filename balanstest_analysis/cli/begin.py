"""Where the command begins: what takes long is started before anything is imported for it."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence
from typing import Final

from balanstest_analysis.report.process_settings import settle

_HELP: Final = frozenset({"-h", "--help"})


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from importlib.metadata import version

        sys.stdout.write(f"balanstest {version('balanstest-analysis')}\n")
        return
    codes: list[int] = []
    atexit.register(_leave, codes)  # asked for first, so done last
    try:
        run(sys.argv[1:])
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            codes.append(end.code or 0)
        raise


def run(words: list[str]) -> None:
    """Run a command of the command line, and have a kernel started first where it will need one.

    Args:
        words: of the command line, which the command reads by itself.

    Raises:
        SystemExit: always, with the code of the command.
    """
    settle()
    if not _makes_a_report(words):
        _run(None)
    from balanstest_analysis.report.run.waiting_kernel import waiting_kernel

    with waiting_kernel() as spare:
        _run(spare)


def _makes_a_report(words: list[str]) -> bool:
    return words[:1] == ["report"] and len(words) > 1 and _HELP.isdisjoint(words)


def _run(spare: object) -> None:
    from balanstest_analysis.cli import commands

    commands.main(spare)


def _leave(codes: Sequence[int]) -> None:
    """End without a last look through all that was imported: the system takes it back anyway.

    That look takes a third of a second. What others ask for at the end has been done by now. What
    cannot be written any more is left to Python, which tells so.

    Args:
        codes: that of the command, or nothing where Python has to tell why it ended.
    """
    if not codes:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(codes[0])
