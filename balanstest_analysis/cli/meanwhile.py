"""What a command has done for it while it does something else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Made = TypeVar("Made")


def begun(make: Callable[[], Made]) -> Callable[[], Made]:
    """Return what waits for something that is made on a thread of its own.

    Worth it for what leaves Python free, such as stretching a secret, and for imports while a
    database counts.

    Args:
        make: makes it; what it raises is raised to whoever waits.

    Examples:
        >>> number = begun(lambda: 6 * 7)
        >>> number()
        42
    """
    made: Future[Made] = Future()

    def run() -> None:
        try:
            made.set_result(make())
        except BaseException as failure:  # noqa: BLE001 - who waits is told
            made.set_exception(failure)

    # nothing is lost when the command ends before it
    Thread(target=run, name="meanwhile", daemon=True).start()
    return made.result
