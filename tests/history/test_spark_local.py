"""A Spark that is started here takes no settings of a user, and does not get the secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from balanstest_analysis.history.engines.spark_local import (
    local_session,
    no_other_settings,
    refuse_without_java,
)
from balanstest_analysis.history.stretching import HANDED_OVER


def test_a_spark_that_is_started_here_finds_no_settings_of_a_user_and_leaves_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = {
        "SPARK_CONF_DIR": "elders",
        "PYSPARK_SUBMIT_ARGS": "--packages val:val:1 pyspark-shell",
        "PYSPARK_PYTHON": "ander-python",
        "JDK_JAVA_OPTIONS": "-javaagent:val.jar",
    }
    for name, value in theirs.items():
        monkeypatch.setenv(name, value)
    before = dict(os.environ)

    with no_other_settings(tmp_path):
        seen = {name: os.environ.get(name) for name in theirs}

    assert seen == {
        "SPARK_CONF_DIR": str(tmp_path),
        "PYSPARK_SUBMIT_ARGS": None,
        "PYSPARK_PYTHON": sys.executable,
        "JDK_JAVA_OPTIONS": None,
    }
    assert dict(os.environ) == before


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    names = {"BALANSTEST_SECRET", HANDED_OVER}
    for name in names:
        monkeypatch.setenv(name, "nothing for Java")
    return names


def test_the_version_of_java_is_asked_without_the_secret(monkeypatch, secret: set[str]) -> None:
    seen: list[set[str]] = []

    def run(command: Any, **options: Any) -> SimpleNamespace:
        seen.append(set(os.environ) if options.get("env") is None else set(options["env"]))
        return SimpleNamespace(stderr='openjdk version "17.0.1"')

    monkeypatch.setattr(subprocess, "run", run)
    refuse_without_java()

    assert len(seen) == 1
    assert not seen[0] & secret
    assert secret <= set(os.environ)


def test_spark_is_started_without_the_secret(monkeypatch, tmp_path, secret: set[str]) -> None:
    sql = pytest.importorskip("pyspark.sql")
    seen: list[set[str]] = []
    builder = SimpleNamespace(getOrCreate=lambda: seen.append(set(os.environ)))
    for step in ("master", "appName", "config"):
        setattr(builder, step, lambda *_: builder)
    monkeypatch.setattr(sql, "SparkSession", SimpleNamespace(builder=builder))
    local_session(tmp_path)

    assert len(seen) == 1
    assert not seen[0] & secret
    assert secret <= set(os.environ)
