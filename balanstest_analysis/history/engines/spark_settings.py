"""Settings of a session of Spark that is ours: some of them give other counts, or other places."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from balanstest_analysis.history.engines.spark_errors import of_spark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.connect.session import SparkSession as RemoteSession

CUSTOMER = "customer_id"
_ROWS_OF_PART = 1_000_000
_ADAPTIVE, _PARTS = "spark.sql.adaptive.enabled", "spark.sql.shuffle.partitions"
_SETTLED = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_LTZ",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parser.quotedRegexColumnNames": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    # Rows that lie by customer lie well enough for a join on customer and month.
    "spark.sql.requireAllClusterKeysForCoPartition": "false",
}


def settle(session: SparkSession | RemoteSession) -> None:
    """Set what gives other counts elsewhere; what a cluster lets nobody set has its usual value."""
    with warnings.catch_warnings(action="ignore"):  # that a setting is an old one
        for name, value in _SETTLED.items():
            with suppress(of_spark()):
                session.conf.set(name, value)


def parts_of(session: SparkSession | RemoteSession) -> list[int]:
    """Return into how many parts rows are divided; empty where Spark finds that out itself."""
    stated = session.conf.get(_PARTS, "") or ""
    return [int(stated)] if stated.isdecimal() else []


def divide(session: SparkSession | RemoteSession, rows: int) -> None:
    """Let a session divide so many rows into enough parts.

    A task holds its part in memory, so none is of more than a million rows or so. A session that
    makes more parts already, or finds that out itself, is left as it is.
    """
    needed = math.ceil(rows / _ROWS_OF_PART)
    if any(parts < needed for parts in parts_of(session)):
        with suppress(of_spark()):
            session.conf.set(_PARTS, str(needed))


def by_customer(session: SparkSession | RemoteSession, rows: DataFrame) -> DataFrame:
    """Return rows with those of one customer in one part."""
    for parts in parts_of(session):
        return rows.repartition(parts, CUSTOMER)
    return rows.repartition(CUSTOMER)


@contextmanager
def as_planned(session: SparkSession | RemoteSession) -> Iterator[None]:
    """Let Spark not change plans on its way: it would forget where the rows of a key are."""
    before = session.conf.get(_ADAPTIVE, "true") or "true"
    with suppress(of_spark()):
        session.conf.set(_ADAPTIVE, "false")
    try:
        yield
    finally:
        with suppress(of_spark()):
            session.conf.set(_ADAPTIVE, before)
