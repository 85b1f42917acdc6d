"""A kernel that is started before all else, and imports what a report needs while it waits.

The command that makes a report imports for a second before it knows what to run. The kernel does
so beside it: `python -m balanstest_analysis.report.run.waiting_kernel` waits on standard input for
the order that makes it a kernel, and ends without one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from balanstest_analysis.document.operating_system import CAN_FORK, started
from balanstest_analysis.report.import_ahead import FOR_THE_REPORT, import_ahead
from balanstest_analysis.report.process_settings import kernel_environment
from balanstest_analysis.report.run import own_process
from balanstest_analysis.report.run.spare_kernel import SpareKernel, become_kernel

_OWN: Final = "BALANSTEST_"
_STANDARD_INPUT: Final = 0


@contextlib.contextmanager
def waiting_kernel() -> Iterator[SpareKernel | None]:
    """Yield a kernel that is starting, or None where one is started only when it is needed.

    It ends with the block, used or not, and with this process.
    """
    spare = _started()
    try:
        yield spare
    finally:
        if spare is not None:
            spare.discard()


def _started() -> SpareKernel | None:
    if not CAN_FORK:
        return None
    order, pipe = os.pipe()
    try:
        pid = started(own_process.command(__name__), env=_environment(), stdin=order)
    except OSError:
        os.close(pipe)
        return None
    finally:
        os.close(order)
    return SpareKernel(pid=pid, _order=pipe)


def _environment() -> dict[str, str]:
    """Return what it begins with; what is ours, such as a stated secret, comes with the order."""
    both = own_process.environment() | kernel_environment()
    return {name: value for name, value in both.items() if not name.startswith(_OWN)}


def _import_meanwhile() -> None:
    import_ahead(FOR_THE_REPORT)
    import_module("ipykernel.kernelapp")


if __name__ == "__main__":
    become_kernel(_STANDARD_INPUT, get_ready=_import_meanwhile)
