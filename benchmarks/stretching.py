"""What guessing a secret costs: `python -m benchmarks.stretching`.

Stretching a secret once, in seconds of a core, beside one keyed digest of a table with only a
header: so much slower is every guess of somebody who has a published fingerprint. Prints the
seconds, to be held against 0.2, and the ratio.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

from balanstest_analysis.history.secret import keyed_fingerprint
from balanstest_analysis.history.stretching import stretched

HEADER = b"customer_id,complained_on\n"
SECRET = b"kwartel fiets oever lantaarn zoutvat"
DIGESTS = 20_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the seconds of one stretching, and how many digests they are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stretching")
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args(arguments).repeats
    once = min(_seconds(_stretch) for _ in range(repeats))
    digest = min(_seconds(_digests) for _ in range(repeats)) / DIGESTS
    print(f"stretching a secret: {once:.3f} s of a core, once per run")
    print(f"ratio: {once / digest:.0f} digests")


def _stretch() -> None:
    stretched.cache_clear()
    stretched(SECRET)


def _digests() -> None:
    for _ in range(DIGESTS):
        keyed_fingerprint(SECRET, HEADER)


def _seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
