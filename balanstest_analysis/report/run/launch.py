"""Starts a kernel of this very interpreter, before the slower imports of a run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from traitlets import Any as Anything
from traitlets import Dict, Unicode, default

from balanstest_analysis.report.counted_parts import COUNTED_FILE
from balanstest_analysis.report.process_settings import kernel_environment
from balanstest_analysis.report.run import own_process
from balanstest_analysis.report.run.notebook import Script
from balanstest_analysis.report.run.spare_kernel import SpareKernel

_KERNEL = "ipykernel_launcher"


class _OwnKernelSpec(KernelSpecManager):
    """The kernel of this interpreter, in a process of this machine, whatever a user prefers."""

    def get_kernel_spec(self, _kernel_name: str) -> KernelSpec:
        """Return what ipykernel says of itself; nothing is looked up."""
        spec = KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())
        spec.metadata |= {"kernel_provisioner": {"provisioner_name": "local-provisioner"}}
        return spec


class OwnInterpreterManager(AsyncKernelManager):
    """Starts `python3` from this interpreter only, whatever kernels a user has installed."""

    environment: Dict[str, str] = Dict()
    working_directory = Unicode()
    spare = Anything()

    @default("kernel_spec_manager")
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return _OwnKernelSpec()

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, object]]:
        options["env"] = own_process.environment() | dict(self.environment)
        options["cwd"] = self.working_directory
        return await super()._async_pre_start_kernel(**options)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: object) -> None:
        arguments = kernel_cmd[kernel_cmd.index(_KERNEL) + 1 :]
        if self.spare is None:
            await super()._async_launch_kernel(own_process.command(_KERNEL, *arguments), **options)
            return
        self.spare.start(arguments, env=options["env"], cwd=options["cwd"])
        provisioner: Any = self.provisioner
        provisioner.process = self.spare
        provisioner.pid = provisioner.pgid = self.spare.pid


def launched(
    script: Script,
    *,
    scratch: Path,
    delivery: Path,
    reports: Path,
    handed_over: Mapping[str, str] = MappingProxyType({}),
    spare: SpareKernel | None = None,
) -> OwnInterpreterManager:
    """Return the manager of a kernel that is starting and already imports what it will need.

    Args:
        script: The notebook it will execute.
        scratch: Folder for the kernel's own files.
        delivery: Folder the notebook writes its result to.
        reports: Folder of all reports, with those of earlier quarters.
        handed_over: What spares it the stretching of the secret; from `secret_for_child`.
        spare: A kernel that waits already, to be used instead of a new process.
    """
    manager = OwnInterpreterManager(
        kernel_name="python3",
        transport_encryption="auto",
        connection_file=str(scratch / "kernel.json"),
        working_directory=str(scratch),
        environment=kernel_environment()
        | _own_environment(scratch, delivery, reports)
        | dict(handed_over),
        spare=spare,
    )
    arguments = [
        "--HistoryManager.hist_file=:memory:",
        "--InteractiveShellApp.ignore_cwd=True",
        "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
        f"--InteractiveShellApp.exec_lines={_first_lines(script)}",
    ]
    run_sync(manager.start_kernel)(extra_arguments=arguments)
    return manager


def stop(manager: OwnInterpreterManager) -> None:
    """End the kernel if it still runs."""
    if manager.has_kernel:
        run_sync(manager.shutdown_kernel)(now=True)


def counted_file(scratch: Path) -> Path:
    """Return the file to which a kernel writes how far its counting is."""
    return scratch / "counted"


def _own_environment(scratch: Path, delivery: Path, reports: Path) -> dict[str, str]:
    return {
        "BALANSTEST_REPORTS_DIRECTORY": str(reports),
        "BALANSTEST_RUN_DIRECTORY": str(delivery),
        COUNTED_FILE: str(counted_file(scratch)),
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
