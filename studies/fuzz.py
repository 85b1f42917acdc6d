"""Fuzz of dossiers and exports: whatever comes in, no traceback, no defect and nobody's key out.

``python -m studies.fuzz`` runs ten minutes and writes `studies/fuzz.csv`; a slice runs with the
tests. The number of a case is its seed: ``python -m studies.fuzz --case 123`` repeats one.
"""

from __future__ import annotations

import argparse
import csv
import io
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import FrameType

from balanstest_analysis.cli import commands as cli
from studies.fuzzed_inputs import KEY, write_case

MINUTES = 10
SECONDS_OF_CASE = 60
SECONDS_OF_WAITING = 240
ALLOWED_CODES = {0, 2, 3}
COMMANDS = ("check", "init", "check", "check", "analyse", "check", "init", "check")
TABLE = Path(__file__).with_name("fuzz.csv")


@dataclass(frozen=True)
class Outcome:
    """What became of a case.

    Attributes:
        case: its number and seed.
        command: of `balanstest`.
        code: the exit code; -1 for a traceback.
        wrong: in which way it ended that is not allowed, or empty.
    """

    case: int
    command: str
    code: int
    wrong: str


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """End what takes more time of the processor, or waits for something that never comes.

    Raises:
        TimeoutError: it did.
    """

    def end(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took more than {seconds} seconds, or waited without end")

    timers = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    limits = {signal.SIGPROF: seconds, signal.SIGALRM: SECONDS_OF_WAITING}
    before = {number: signal.signal(number, end) for number in timers}
    for number, timer in timers.items():
        signal.setitimer(timer, limits[number])
    try:
        yield
    finally:
        for number, timer in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


def run_case(case: int) -> Outcome:
    """Return what becomes of a case: its command, its exit code, and what is wrong with it."""
    command = COMMANDS[case % len(COMMANDS)]
    out, err = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as name, redirect_stdout(out), redirect_stderr(err):
        dossier = write_case(Path(name), case)
        try:
            with warnings.catch_warnings(), within(SECONDS_OF_CASE):
                warnings.simplefilter("error")
                arguments = _arguments(command, dossier)
                code = cli._run(lambda: cli.app(arguments, standalone_mode=False))
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            return Outcome(case, command, -1, traceback.format_exc())
        written = dossier.parent / "nieuw" / dossier.name
        shown = out.getvalue() + err.getvalue() + _text(written)
    return Outcome(case, command, code, _wrong(code, shown, err.getvalue()))


def _arguments(command: str, dossier: Path) -> list[str]:
    if command == "init":
        calls = [file for file in dossier.parent.iterdir() if file.stem == "calls"]
        exports = [*calls, dossier.with_name("events.csv")]
        return ["init", str(dossier.parent / "nieuw"), "--from", *map(str, exports)]
    return [command, str(dossier)]


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _wrong(code: int, shown: str, err: str) -> str:
    if code not in ALLOWED_CODES:
        return f"exit code {code}: {err}"
    if f"{KEY}-00" in shown:
        return f"a key is shown: {shown}"
    return "" if code == 0 or err.strip() else "no message"


def fuzz(cases: Iterable[int], *, seconds: float = float("inf")) -> Iterator[Outcome]:
    """Yield what becomes of each case, until the time is over."""
    end = time.perf_counter() + seconds
    for case in cases:
        if time.perf_counter() > end:
            return
        yield run_case(case)


def write_table(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write how often each command ended with each exit code; every case is its own seed."""
    counts = Counter((outcome.command, outcome.code) for outcome in outcomes)
    failures = Counter(outcome.command for outcome in outcomes if outcome.wrong)
    first, last = outcomes[0].case, outcomes[-1].case
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["command", "first_case", "last_case", "accepted", "refused", "failures"])
        for command in dict.fromkeys(COMMANDS):
            refused = counts[command, 2] + counts[command, 3]
            row = [first, last, counts[command, 0], refused, failures[command]]
            table.writerow([command, *row])


def main() -> int:
    """Fuzz for the given time, or repeat one case; return 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--case", type=int, help="run only this case")
    options = parser.parse_args()
    if options.case is not None:
        print(run_case(options.case))
        return 0
    outcomes = list(fuzz(count(options.first), seconds=options.minutes * 60))
    failures = [outcome for outcome in outcomes if outcome.wrong]
    for failure in failures:
        print(f"case {failure.case}, {failure.command}: {failure.wrong}")
    write_table(TABLE, outcomes)
    print(f"{len(outcomes)} cases, {len(failures)} failures; see {TABLE.name}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
