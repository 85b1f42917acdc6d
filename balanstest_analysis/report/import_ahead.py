"""Imports what a notebook will need while its kernel gets ready and is greeted."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Sequence
from importlib import import_module
from threading import Thread
from typing import Final

from balanstest_analysis.history.stretching import take_over
from balanstest_analysis.report.process_settings import (
    look_for_garbage_seldom,
    take_turns_often,
)

# What the report notebook imports, and what other packages import only when they are used.
FOR_THE_REPORT: Final = (
    "balanstest_analysis.onderbouwing",
    "ibis.backends.duckdb",
    "statsmodels.genmod.generalized_linear_model",
)


def import_ahead(modules: Sequence[str]) -> Thread:
    """Return the thread that imports modules; a cell that needs one of them waits for it.

    One that cannot be imported is left to the cell, which tells why. What is imported lasts as
    long as the process, so the collector of garbage does not look through it time and again.

    What was handed over of the secret leaves the environment first.

    Args:
        modules: names, in the order of their import.
    """
    take_over()
    take_turns_often()
    thread = Thread(target=_import_all, args=(tuple(modules),), name="import-ahead", daemon=True)
    thread.start()
    return thread


def _import_all(modules: Sequence[str]) -> None:
    gc.disable()
    try:
        for module in modules:
            with contextlib.suppress(Exception):
                import_module(module)
    finally:
        gc.freeze()
        gc.enable()
        look_for_garbage_seldom()
