"""What who receives a report would find in it, told to who made it.

`python -m balanstest_analysis.cli.receiver DIRECTORY` looks at one report in a process of its own,
so that whatever lies there, the quarter goes on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.report.batch import Doubt
from balanstest_analysis.report.run import own_process
from balanstest_analysis.verification import Verification, verify

_MODULE: Final = "balanstest_analysis.cli.receiver"


def doubts(path: Path) -> Iterator[str]:
    """Yield what its receiver would find in a bundle that was just made; nothing where it is sound.

    Args:
        path: of the zip.
    """
    try:
        found = verify(path)
    except BalanstestError as error:
        yield f"The bundle could not be checked as its receiver would: {error}"
        return
    if not found.sound:
        yield _told(found).reason
        yield f"See all of it with `balanstest verify {path}`."


def doubt_in(directory: Path, seconds: int) -> Doubt | None:
    """Return what is wrong with a report that was just made; None where it is sound.

    Args:
        directory: of the report.
        seconds: after which the check is given up.
    """
    try:
        done = subprocess.run(
            own_process.command(_MODULE, str(directory)),
            env=own_process.environment(),
            capture_output=True,
            check=True,
            timeout=seconds,
        )
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return _unchecked(
            f"it took more than {seconds} seconds", f"het duurde langer dan {seconds} s"
        )
    except (subprocess.CalledProcessError, ValueError):
        return _unchecked("its process ended before it was done", "het proces brak af")
    return Doubt(reason=told["reason"], reden=told["reden"]) if told["reason"] else None


def _unchecked(why: str, waarom: str) -> Doubt:
    return Doubt(
        reason=f"The report could not be checked as its receiver would: {why}.",
        reden=f"Het rapport kon niet worden nagegaan zoals een ontvanger dat doet: {waarom}.",
    )


def _told(found: Verification) -> Doubt:
    first, number = found.findings[0], len(found.findings)
    if number == 1:
        finds, vindt = "finds one fault", "vindt één ding dat niet klopt"
    else:
        finds = f"finds {number} faults, the first"
        vindt = f"vindt {number} dingen die niet kloppen, om te beginnen"
    return Doubt(
        reason=f"Who checks it {finds}: {first.sentence()}",
        reden=f"Wie het controleert, {vindt}: {first.sentence('nl')}",
    )


def main() -> None:
    """Tell what is wrong with the report in a directory, as JSON; empty where nothing is."""
    directory = Path(sys.argv[1])
    doubt = Doubt(reason="", reden="")
    try:
        found = verify(directory)
        if not found.sound:
            doubt = _told(found)
    except BalanstestError as error:
        doubt = _unchecked(str(error).removesuffix("."), "de map is niet als rapport te lezen")
    sys.stdout.write(json.dumps({"reason": doubt.reason, "reden": doubt.reden}))


if __name__ == "__main__":
    main()
