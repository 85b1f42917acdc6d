"""Planted persons: whatever text of an export holds one, nothing that comes out does.

``python -m studies.planted_persons`` plants every form of `tests/planted_persons.py` in every place
where a text of the data can stand, and writes `planted_persons.csv`; a slice runs with the tests.
Looked at are what the commands print, log and write, the overview of a quarter, the reports, what
is left in the folder for temporary files, and the arguments of every process that was started.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from studies.planted_places import PLACES, write_planted
from studies.planted_quarter import CAMPAIGNS, run_quarter
from tests.command_line import run_command
from tests.leaks import Traces, bare, files_in, found_in
from tests.planted_persons import NAMES, PERSONS

TABLE = Path(__file__).parent / "planted_persons.csv"
TOGETHER = 10
_SHORTEST_TRACE = 7
_SHORTEST_NAME = 6
_NO_NAMES = {"terugbellen", "mevrouw", "familie", "nazorg", "beller", "visser", "bakker"}


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What came of some forms in one place.

    Attributes:
        place: where they stood.
        forms: how many.
        check: exit code of `check`.
        init: exit code of `init --from`.
        traces: how many were found again.
    """

    place: str
    forms: int
    check: int
    init: int
    traces: int


def traces_of(forms: Sequence[str]) -> Traces:
    """Return what may be found nowhere of some forms: each as a whole, and names by their parts."""
    whole = {bare(form) for form in forms}
    words = {bare(word) for form in forms if form in NAMES for word in re.findall(r"[^\W_]+", form)}
    named = {word for word in words if len(word) >= _SHORTEST_NAME} - _NO_NAMES
    return Traces(words=tuple({form for form in whole if len(form) >= _SHORTEST_TRACE} | named))


def run_case(place: str, forms: Sequence[str]) -> tuple[Planted, list[str]]:
    """Return what came of forms in a place, and where one was found again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("in", "out", "tmp"):
            (folder / part).mkdir()
        calls = write_planted(folder / "in", place, forms)
        dossier = folder / "in" / "balanstest.toml"
        runs = [
            run_command(*words, cwd=folder, TMPDIR=str(folder / "tmp"))
            for words in (
                ("check", dossier),
                ("init", folder / "new", "--from", calls),
            )
        ]
        printed = {run.args[0]: f"{run.stdout}\n{run.stderr}".encode() for run in runs}
        found = found_in(
            {**printed, **files_in(folder / "out"), **files_in(folder / "tmp")}, traces_of(forms)
        )
    codes = [run.returncode for run in runs]
    planted = Planted(
        place=place,
        forms=len(forms),
        check=codes[0],
        init=codes[1],
        traces=len(found),
    )
    return planted, found


def cases() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every place with every form."""
    alone = {"mapped header", "missing header", "sheet", "file name"}
    for place in PLACES:
        size = 1 if place in alone else TOGETHER
        yield from ((place, PERSONS[at : at + size]) for at in range(0, len(PERSONS), size))


def main() -> None:
    """Run every case, and write the table as far as it is known."""
    with ProcessPoolExecutor(os.cpu_count()) as pool, _table() as write:
        for planted, found in pool.map(run_case, *zip(*cases(), strict=True)):
            write(planted)
            for trace in found:
                print(f"{planted.place}: {trace}")
        write(_of_a_quarter())


def _of_a_quarter() -> Planted:
    with tempfile.TemporaryDirectory() as name:
        quarter = run_quarter(Path(name))
    traces = found_in(quarter.files, traces_of((*CAMPAIGNS[2:], "0612345678")))
    print(*traces, sep="\n")
    forms = len(CAMPAIGNS) - 1
    return Planted(place="a quarter", forms=forms, check=0, init=quarter.code, traces=len(traces))


@contextlib.contextmanager
def _table() -> Iterator[Callable[[Planted], None]]:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(Planted)]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()

        def write(planted: Planted) -> None:
            writer.writerow(asdict(planted))
            file.flush()

        yield write


if __name__ == "__main__":
    main()
