"""What happened and when, for whoever looks after runs that nobody watches: one JSON per line."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from balanstest_analysis.document.visible import visible_values
from balanstest_analysis.errors import UsageError

Clock = Callable[[], dt.datetime]


class Log(Protocol):
    """Something that is told of events."""

    def __call__(self, event: str, **facts: object) -> None:
        """Keep that something happened, and what is known of it; never a person's value."""


def system_clock() -> dt.datetime:
    """Return the time of this machine; only a log may know it."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - no result or report reads a log


def no_log(event: str, **facts: object) -> None:
    """Keep nothing."""


def log_to(path: Path, *, clock: Clock = system_clock) -> Log:
    """Return a log that adds lines to a file; lines of others in it stay whole.

    Args:
        path: The file; it is made where there is none, its folder must exist.
        clock: Tells the time; nothing is concluded from it, so it may be wrong or go back.

    Raises:
        UsageError: The file cannot be written.

    Examples:
        >>> import tempfile
        >>> clock = lambda: dt.datetime(2026, 10, 1, 6, tzinfo=dt.UTC)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     log = log_to(Path(folder) / "log.jsonl", clock=clock)
        ...     log("made", period="2026-Q3", seconds=8.5)
        ...     print((Path(folder) / "log.jsonl").read_text(), end="")
        {"time": "2026-10-01T06:00:00.000Z", "event": "made", "period": "2026-Q3", "seconds": 8.5}
    """
    one_at_a_time = threading.Lock()

    def log(event: str, **facts: object) -> None:
        time = clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = visible_values({"time": time, "event": event, **facts})
        line = json.dumps(told, ensure_ascii=False)
        with one_at_a_time, path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    try:
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        raise UsageError(
            f"The log `{path}` cannot be written: {error.strerror}. Give another file."
        ) from None
    return log
