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
from nbformat import NotebookNode
from traitlets import Dict, Unicode, default

_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")


class OwnInterpreterManager(AsyncKernelManager):
    """Starts `python3` from this interpreter only, whatever kernels a user has installed."""

    environment: Dict[str, str] = Dict()
    working_directory = Unicode()

    @default("kernel_spec_manager")
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        options["env"] = os.environ | dict(self.environment)
        options["cwd"] = self.working_directory
        return await super()._async_pre_start_kernel(**options)


def launched(
    notebook: NotebookNode, *, scratch: Path, delivery: Path, reports: Path
) -> OwnInterpreterManager:
    """Return the manager of a kernel that is starting and already imports what it will need.

    Args:
        notebook: The notebook it will execute.
        scratch: Folder for the kernel's own files.
        delivery: Folder the notebook writes its result to.
        reports: Folder of all reports, with the earlier ones of the series.
    """
    (scratch / "matplotlibrc").touch()
    manager = OwnInterpreterManager(
        kernel_name="python3",
        transport_encryption="auto",
        connection_file=str(scratch / "kernel.json"),
        working_directory=str(scratch),
        environment=_environment(scratch) | _folders(delivery, reports),
    )
    arguments = [
        "--HistoryManager.hist_file=:memory:",
        f"--InteractiveShellApp.exec_lines={_imports(notebook)}",
    ]
    run_sync(manager.start_kernel)(extra_arguments=arguments)
    return manager


def stop(manager: OwnInterpreterManager) -> None:
    """End the kernel if it still runs."""
    if manager.has_kernel:
        run_sync(manager.shutdown_kernel)(now=True)


def _folders(delivery: Path, reports: Path) -> dict[str, str]:
    return {
        "BALANSTEST_RUN_DIRECTORY": str(delivery),
        "BALANSTEST_REPORTS_DIRECTORY": str(reports),
    }


def _environment(scratch: Path) -> dict[str, str]:
    """Equal runs need equal sums and no settings of whoever happens to run them."""
    fixed = {f"{library}_NUM_THREADS": "1" for library in _ONE_THREAD}
    return fixed | {
        "IPYTHONDIR": str(scratch / "ipython"),
        "MATPLOTLIBRC": str(scratch / "matplotlibrc"),
        "MPLBACKEND": "agg",
        "PYTHONHASHSEED": "0",
        "TZ": "Europe/Amsterdam",
    }


def _imports(notebook: NotebookNode) -> list[str]:
    """The modules of this package that the notebook imports, as statements."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    modules = {module for source in sources for module in _modules(source)}
    return [f"import {module}" for module in sorted(modules)]


def _modules(source: str) -> Iterator[str]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return
    for statement in statements:
        module = getattr(statement, "module", None)
        if isinstance(statement, ast.ImportFrom) and module:
            yield module
