"""Starts a kernel of this very interpreter, before the slower imports of a run."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from traitlets import Any as Anything
from traitlets import Dict, Unicode, default

from balanstest_analysis.report.run.notebook import Script
from balanstest_analysis.report.run.spare_kernel import SpareKernel

_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")


class OwnInterpreterManager(AsyncKernelManager):
    """Starts `python3` from this interpreter only, whatever kernels a user has installed."""

    environment: Dict[str, str] = Dict()
    working_directory = Unicode()
    spare = Anything()

    @default("kernel_spec_manager")
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, object]]:
        options["env"] = os.environ | dict(self.environment)
        options["cwd"] = self.working_directory
        return await super()._async_pre_start_kernel(**options)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: object) -> None:
        if self.spare is None:
            await super()._async_launch_kernel(kernel_cmd, **options)
            return
        self.spare.start(kernel_cmd, env=options["env"], cwd=options["cwd"])
        provisioner: Any = self.provisioner
        provisioner.process = self.spare
        provisioner.pid = provisioner.pgid = self.spare.pid


def launched(
    script: Script,
    *,
    scratch: Path,
    delivery: Path,
    reports: Path,
    spare: SpareKernel | None = None,
) -> OwnInterpreterManager:
    """Return the manager of a kernel that is starting and already imports what it will need.

    Args:
        script: The notebook it will execute.
        scratch: Folder for the kernel's own files.
        delivery: Folder the notebook writes its result to.
        reports: Folder of all reports, with those of earlier quarters.
        spare: A kernel that waits already, to be used instead of a new process.
    """
    manager = OwnInterpreterManager(
        kernel_name="python3",
        transport_encryption="auto",
        connection_file=str(scratch / "kernel.json"),
        working_directory=str(scratch),
        environment=kernel_environment() | _own_environment(scratch, delivery, reports),
        spare=spare,
    )
    arguments = [
        "--HistoryManager.hist_file=:memory:",
        f"--InteractiveShellApp.exec_lines={_first_lines(script)}",
    ]
    run_sync(manager.start_kernel)(extra_arguments=arguments)
    return manager


def stop(manager: OwnInterpreterManager) -> None:
    """End the kernel if it still runs."""
    if manager.has_kernel:
        run_sync(manager.shutdown_kernel)(now=True)


def kernel_environment() -> dict[str, str]:
    """Return what every kernel runs under, whoever runs it: equal runs need equal sums."""
    fixed = {f"{library}_NUM_THREADS": "1" for library in _ONE_THREAD}
    return fixed | {
        "MATPLOTLIBRC": os.devnull,
        "MPLBACKEND": "agg",
        "PYTHONHASHSEED": "0",
        "TZ": "Europe/Amsterdam",
    }


def _own_environment(scratch: Path, delivery: Path, reports: Path) -> dict[str, str]:
    return {
        "BALANSTEST_REPORTS_DIRECTORY": str(reports),
        "BALANSTEST_RUN_DIRECTORY": str(delivery),
        "IPYTHONDIR": str(scratch / "ipython"),
    }


def _first_lines(script: Script) -> list[str]:
    """What the kernel does first: import what the notebook will, before it is asked to."""
    modules = sorted({module for cell in script.code for module in _modules(cell.source)})
    return [
        "from balanstest_analysis.report.import_ahead import import_ahead",
        f"import_ahead({modules})",
    ]


def _modules(source: str) -> Iterator[str]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return
    for statement in statements:
        module = getattr(statement, "module", None)
        if isinstance(statement, ast.ImportFrom) and module:
            yield module
