"""Reading, tried many times: junk added to a history, and a history written in another way.

``python -m studies.reading`` adds every kind of junk of ``tests/junk.py`` to clean histories, and
writes histories in random notations, formats, files and sources (``tests/written_histories.py``).
It takes most of an hour, writes `studies/reading.csv`, and ends with an error when a number changes
in silence. A slice runs with the tests. The number of a trial is its seed: ``--first 12 --trials 1
--written 1`` repeats one.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from balanstest_analysis.errors import BalanstestError
from tests.junk import (
    KINDS,
    OTHER,
    REFUSED,
    SAME,
    SILENT,
    UNSAID,
    clean_counts,
    clean_history,
    ending,
    read,
    with_junk,
)
from tests.written_histories import difference

JUNK, WRITTEN, HISTORY = "junk", "written otherwise", "a history"
RIGHT = {(JUNK, kind.name): kind.right for kind in KINDS}
RIGHT[WRITTEN, HISTORY] = frozenset({SAME})
TRIALS_OF_JUNK = 20
TRIALS_OF_WRITING = 150
TABLE = Path(__file__).with_name("reading.csv")


@dataclass(frozen=True, kw_only=True)
class Row:
    """How the trials of one kind ended.

    Attributes:
        study: `JUNK` or `WRITTEN`.
        kind: of junk, or what was written.
        first_seed: of the trials.
        trials: how many.
        same_and_told: same numbers, and a finding; of histories written otherwise, same numbers.
        refused: one message.
        same_and_not_told: same numbers, and nothing told.
        other_and_told: other numbers, and a finding.
        other_in_silence: other numbers, and nothing told.
    """

    study: str
    kind: str
    first_seed: int
    trials: int
    same_and_told: int
    refused: int
    same_and_not_told: int
    other_and_told: int
    other_in_silence: int


def junk_endings(seed: int) -> Iterator[tuple[str, str, str]]:
    """Yield each kind of junk with how a history or counts end that it is added to, and why."""
    with tempfile.TemporaryDirectory() as name:
        histories = {False: clean_history(seed), True: clean_counts(seed)}
        clean = {
            of_counts: read(Path(name, f"clean-{of_counts}"), export)
            for of_counts, export in histories.items()
        }
        for number, kind in enumerate(KINDS):
            folder = Path(name, str(number))
            how, why = ending(clean[kind.of_counts], folder, kind, with_junk(seed, [kind]))
            yield kind.name, how, why


def writing_ending(seed: int) -> tuple[str, str]:
    """Return how a history ends that is written otherwise, and in what it differs."""
    with tempfile.TemporaryDirectory() as name:
        try:
            found = difference(Path(name), seed)
        except BalanstestError as error:
            return REFUSED, str(error)
    return (SILENT, found) if found else (SAME, "")


def trials(junk: Iterable[int], written: Iterable[int]) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield the seed, the study and the kind of each trial, how it ended, and why."""
    for seed in junk:
        for kind, how, why in junk_endings(seed):
            yield seed, JUNK, kind, how, why
    for seed in written:
        yield seed, WRITTEN, HISTORY, *writing_ending(seed)


def row_of(study: str, kind: str, first_seed: int, ends: Counter[str]) -> Row:
    """Return how the trials of one kind ended."""
    return Row(
        study=study,
        kind=kind,
        first_seed=first_seed,
        trials=ends.total(),
        same_and_told=ends[SAME],
        refused=ends[REFUSED],
        same_and_not_told=ends[UNSAID],
        other_and_told=ends[OTHER],
        other_in_silence=ends[SILENT],
    )


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """Write how the trials of each kind ended."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        table.writeheader()
        table.writerows(map(asdict, rows))


def main() -> int:
    """Try everything, write the table, and return 1 when one trial did not end as it should."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="seed of the first trial")
    parser.add_argument("--trials", type=int, default=TRIALS_OF_JUNK, help="per kind of junk")
    parser.add_argument("--written", type=int, default=TRIALS_OF_WRITING, help="histories written")
    asked = parser.parse_args()
    junk = range(asked.first, asked.first + asked.trials)
    written = range(asked.first, asked.first + asked.written)
    found: dict[tuple[str, str], Counter[str]] = {}
    wrong = 0
    for seed, study, kind, how, why in trials(junk, written):
        found.setdefault((study, kind), Counter())[how] += 1
        if how not in RIGHT[study, kind]:
            wrong += 1
            print(f"seed {seed}, {study}, {kind}: {how}: {why}", flush=True)
        write_table(TABLE, [row_of(*of, asked.first, ends) for of, ends in found.items()])
    print(f"{sum(ends.total() for ends in found.values())} trials, {wrong} ended wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
