"""Whether what is installed is what is needed: Python, packages, engines, JupyterLab."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from importlib import import_module, metadata
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from balanstest_analysis.history.engines.extras import (
    DISTRIBUTION,
    adding,
    in_a_clone,
    setting_up_again,
)
from balanstest_analysis.report.doctor.sign import Sign, good, note, wrong

# Together these import all that a report does.
_ENTRANCES: Final = ("report.onderbouwing", "report.exporters", "report.run.kernel")


def _again() -> str:
    clone = "`make report` in the clone, or " if in_a_clone() else ""
    return f"Set up again: {clone}`{setting_up_again()}`"


def python_sign() -> Sign:
    """Return whether this Python is new enough."""
    version = platform.python_version()
    needed = metadata.metadata(DISTRIBUTION)["Requires-Python"]
    if not Requirement(f"python{needed}").specifier.contains(version):
        return wrong("Python", f"{version}, and {needed} is needed. Install it, and set up again.")
    return good("Python", f"{version} in {sys.prefix}")


def packages_sign() -> Sign:
    """Return whether every package is there that a report needs, and new enough."""
    needed = [Requirement(line) for line in metadata.requires(DISTRIBUTION) or ()]
    always = [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    found = [problem for one in always if (problem := _lack(one))]
    if found:
        return wrong("packages", f"{'; '.join(found)}. {_again()}.")
    return good("packages", f"all {len(always)} that are needed are there")


def _lack(requirement: Requirement) -> str:
    """Return what is wrong with a package, or nothing."""
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return f"{requirement.name} is missing"
    if requirement.specifier.contains(version, prereleases=True):
        return ""
    return f"{requirement.name} is {version}, and {requirement.specifier} is needed"


def imports_sign() -> Sign:
    """Return whether everything that a report imports can be imported."""
    for module in _ENTRANCES:
        try:
            import_module(f"balanstest_analysis.{module}")
        except Exception as error:  # noqa: BLE001 - whatever a broken package raises
            return wrong("imports", f"{type(error).__name__}: {_one_line(error)}. {_again()}.")
    return good("imports", "all that a report imports can be imported")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def compiled_sign() -> Sign:
    """Return whether Python keeps what it compiled; else every command compiles all of it again."""
    spec = find_spec("balanstest_analysis.analysis.method")
    source = Path((spec.origin if spec else None) or __file__)
    if not sys.dont_write_bytecode or Path(cache_from_source(str(source))).exists():
        return good("compiled", "Python keeps what it compiled")
    packages = sysconfig.get_path("purelib")
    return note(
        "compiled",
        "PYTHONDONTWRITEBYTECODE is set and nothing is compiled, so every command takes seconds "
        f"longer. Compile once: `{sys.executable} -m compileall -q {packages}`.",
    )


def engine_signs() -> Iterator[Sign]:
    """Yield which engines can hold a history; DuckDB comes along, the others only if asked."""
    yield good("engine for files", f"DuckDB {metadata.version('duckdb')}")
    if find_spec("psycopg") is None:
        yield note(
            "engine PostgreSQL",
            f"not installed; only tables in PostgreSQL need it: `{adding('postgres')}`",
        )
    else:
        yield good("engine PostgreSQL", f"psycopg {metadata.version('psycopg')}")
    yield _spark_sign()


def _spark_sign() -> Sign:
    subject = "engine Spark"
    if find_spec("pyspark") is None:
        how = f"`{adding('spark')}`"
        return note(subject, f"not installed; only tables in Spark need it: {how}")
    version = f"pyspark {metadata.version('pyspark')}"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        what = "A cluster (`sc://`) works without; for Spark in this machine install Java 17"
        return note(subject, f"{version}, and no Java. {what}.")
    return good(subject, version)


def jupyter_signs() -> Iterator[Sign]:
    """Yield whether JupyterLab is there, and knows the report."""
    has_lab = find_spec("jupyterlab") is not None
    if not has_lab:
        yield note(
            "JupyterLab",
            "not installed; only `balanstest lab` needs it: "
            f"{'`make lab` in the clone, or ' if in_a_clone() else ''}`{adding('lab')}`",
        )
    else:
        yield good("JupyterLab", metadata.version("jupyterlab"))
    exporters = {entry.name for entry in metadata.entry_points(group="nbconvert.exporters")}
    if "balanstest" in exporters:
        both = "nbconvert and JupyterLab know" if has_lab else "nbconvert knows"
        yield good("exporters", f"{both} the report")
    else:
        yield note("exporters", f"nbconvert does not know the report. {_again()}.")
