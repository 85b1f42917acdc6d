"""What goes wrong in Spark, in our words: its own message can quote a cell, so it is dropped."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from balanstest_analysis.errors import BalanstestError, DataError, RunError
from balanstest_analysis.history.engines.engine_errors import retold

_LOST = ("INVALID_HANDLE.", "NO_ACTIVE_SESSION", "CONNECT_CLIENT_UNEXPECTED_MISSING")


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise errors of Spark as ours, and quiet a warning of it about pandas.

    Raises:
        DataError: Spark lets nobody in.
        RunError: Spark failed, or the connection was lost.
    """
    with warnings.catch_warnings(), retold(our_error):
        warnings.filterwarnings("ignore", message="PySpark does not yet", category=FutureWarning)
        yield


def of_spark() -> type[Exception]:
    """Return what all errors that Spark itself raises have in common."""
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return PySparkException


def class_of(error: Exception) -> str:
    """Return the name that Spark gives a kind of error; it quotes nothing."""
    ask = getattr(error, "getCondition", None)
    return str((ask and ask()) or "")


def our_error(error: Exception) -> BalanstestError | None:
    """Return an error of Spark in our words, or None where it is not one of its own."""
    if not type(error).__module__.startswith(("pyspark", "py4j", "grpc")):
        return None
    if "OutOfMemory" in str(error):
        return RunError(
            "The history does not fit in Spark's memory. Give it more (spark.driver.memory, or "
            "the executors of the cluster)."
        )
    name = class_of(error)
    if (known := _connection_error(error, name)) is not None:
        return known
    return RunError(
        f"Spark could not compute the exposure{f' ({name})' if name else ''}. See whether the "
        "session still runs; else this is a defect of this tool. Report it."
    )


def _connection_error(error: Exception, name: str) -> BalanstestError | None:
    """Return an error of the connection in our words, or None where it is of another kind."""
    code = getattr(error, "getGrpcStatusCode", lambda: None)()
    state = getattr(code, "name", "")
    if state in {"UNAUTHENTICATED", "PERMISSION_DENIED"}:
        return DataError(
            "Spark lets nobody in with this address. See whether its token is right, and whether "
            "it is still valid."
        )
    if state in {"UNAVAILABLE", "DEADLINE_EXCEEDED"} or name.startswith(_LOST):
        return RunError("The connection with Spark was lost. Start again.")
    return None
