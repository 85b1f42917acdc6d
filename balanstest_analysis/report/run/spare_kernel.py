"""A kernel that waits, with everything imported, for the notebook it will execute.

Importing takes longer than most of a report. A process that has imported everything once makes
such a kernel by forking itself, before it opens a file or starts a thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, NoReturn, TypedDict

from balanstest_analysis.document.operating_system import (
    die_with_parent,
    end_at_once,
    exit_code_of,
    forked,
    stand_alone,
    take_over_nothing,
)

_WAITING = 0.01


class _Asked(TypedDict):
    arguments: list[str]
    env: dict[str, str]
    cwd: str


@dataclass(kw_only=True)
class SpareKernel:
    """The forked process, in the shape of `subprocess.Popen` that a kernel manager expects.

    Attributes:
        pid: Of the process, which leads a group of its own.
        returncode: Negative for a signal, None while it runs.
    """

    pid: int
    _order: int
    returncode: int | None = None
    stdin: IO[bytes] | None = None
    stdout: IO[bytes] | None = None
    stderr: IO[bytes] | None = None

    def start(self, arguments: list[str], *, env: dict[str, str], cwd: str) -> None:
        """Become the kernel that `ipykernel_launcher` would be with these arguments."""
        parent = f"--IPKernelApp.parent_handle={os.getpid()}"
        order: _Asked = {"arguments": [*arguments, parent], "env": env, "cwd": cwd}
        pipe, self._order = self._order, -1
        # One that has died meanwhile is found dead by who waits for its first answer.
        with contextlib.suppress(BrokenPipeError), os.fdopen(pipe, "w", encoding="utf-8") as text:
            json.dump(order, text)

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.returncode is None:
            self.returncode = exit_code_of(self.pid, wait=False)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it has ended.

        Raises:
            TimeoutError: It still runs after that many seconds.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise TimeoutError
            time.sleep(_WAITING)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        if self.poll() is None:
            end_at_once(self.pid)

    def discard(self) -> None:
        """End it, used or not, and wait for that."""
        if self._order >= 0:
            os.close(self._order)
            self._order = -1
        self.kill()
        self.wait()


@contextlib.contextmanager
def spare_kernel() -> Iterator[SpareKernel]:
    """Yield a kernel forked from this process, which must have one thread only."""
    order, pipe = os.pipe()
    pid = forked()
    if pid == 0:
        os.close(pipe)
        become_kernel(order)
    os.close(order)
    spare = SpareKernel(pid=pid, _order=pipe)
    try:
        yield spare
    finally:
        spare.discard()


def become_kernel(order: int, *, get_ready: Callable[[], object] | None = None) -> NoReturn:
    """Wait for the order, execute it and end, without a trace of what the parent was doing.

    Args:
        order: file that holds it once the other end is closed.
        get_ready: what a process of its own does first; None in a fork of the parent.
    """
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        stand_alone()
        die_with_parent(at_once=True)
        if get_ready is not None:
            get_ready()
        asked = _read(order)
        code = _run_kernel(asked, is_fork=get_ready is None) if asked else 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


def _read(order: int) -> _Asked | None:
    """Return the order, or nothing when the parent has no need of this kernel."""
    with os.fdopen(order, "r", encoding="utf-8") as pipe:
        text = pipe.read()
    asked: _Asked | None = json.loads(text) if text else None
    return asked


def _run_kernel(asked: _Asked, *, is_fork: bool) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for name in set(os.environ) - set(asked["env"]):
        del os.environ[name]
    os.environ.update(asked["env"])
    if is_fork:
        take_over_nothing()
    os.chdir(asked["cwd"])
    from ipykernel import kernelapp  # noqa: PLC0415 - only the child needs it

    kernelapp.launch_new_instance(argv=asked["arguments"])
    return 0
