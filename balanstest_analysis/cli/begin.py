"""Where the command begins: what takes long is started before anything is imported for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from balanstest_analysis.report.process_settings import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

_HELP: Final = frozenset({"-h", "--help"})


def main() -> None:
    """Run the command line and exit with its code."""
    words = sys.argv[1:]
    if words == ["--version"]:
        from importlib.metadata import version

        sys.stdout.write(f"balanstest {version('balanstest-analysis')}\n")
        return
    settle()
    if not _makes_a_report(words):
        _run(None)
    from balanstest_analysis.report.run.waiting_kernel import waiting_kernel

    with waiting_kernel() as spare:
        _run(spare)


def _makes_a_report(words: Sequence[str]) -> bool:
    return words[:1] == ["report"] and len(words) > 1 and _HELP.isdisjoint(words)


def _run(spare: object) -> None:
    from balanstest_analysis.cli import commands

    commands.main(spare)
