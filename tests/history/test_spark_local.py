"""A Spark that is started here takes no settings of a user."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from balanstest_analysis.history.engines.spark_local import no_other_settings


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
