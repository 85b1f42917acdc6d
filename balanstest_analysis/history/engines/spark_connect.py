"""Spark that runs elsewhere: reaching it through Spark Connect, and leaving nothing there."""

from __future__ import annotations

import os
import queue
from contextlib import suppress
from typing import TYPE_CHECKING, TypeGuard

from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.engines.extras import adding

if TYPE_CHECKING:
    from grpc import Channel, ChannelConnectivity  # type: ignore[import-untyped]
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.connect.session import SparkSession as RemoteSession

_PATIENCE_SECONDS = 15
_RETRIES = 6  # with pauses that grow to a minute together


def remote_session(address: str, variable: str) -> RemoteSession:
    """Return a new session of a cluster; this process can still start a Spark of its own.

    Args:
        address: of Spark Connect, which is never shown.
        variable: the environment variable that holds it, to be named.

    Raises:
        DossierError: what Spark Connect needs is not installed.
        DataError: there is no such address, or nobody answers.
    """
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # its own log would show the address
    try:
        from pyspark.sql.connect.client import DefaultChannelBuilder  # noqa: PLC0415
        from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415
    except ImportError:
        raise DossierError(
            "Spark Connect needs packages that are not installed. Install them with "
            f"`{adding('spark')}`."
        ) from None
    try:
        channels = DefaultChannelBuilder(address)
    except ValueError:  # as Spark's own error is, too
        raise DataError(
            f"`{variable}` does not hold an address that Spark Connect understands. Write it as "
            "sc://host:15002, or sc://host:443/;use_ssl=true;token=... where it asks for a token."
        ) from None
    if not _answers(channels.toChannel()):
        raise DataError(
            f"The Spark of `{variable}` cannot be reached. See whether host and port in the "
            "variable are right (sc://host:15002), whether it wants encryption (use_ssl=true, "
            "which a token asks for as well), and whether this machine may connect."
        )
    return _impatient(SparkSession.builder.remote(address).create(), _RETRIES)


def session_beside(active: SparkSession | RemoteSession) -> SparkSession | RemoteSession:
    """Return a session of ours at the same cluster, or in the same process, as one of the user's.

    Raises:
        DossierError: this version of Spark Connect has no second session.
    """
    from pyspark.errors import PySparkNotImplementedError  # noqa: PLC0415

    try:
        session = active.newSession()
    except (PySparkNotImplementedError, AttributeError):
        raise DossierError(
            "This version of Spark Connect cannot open a session beside the one that runs. Use "
            "PySpark 4.3 or newer, or put the address of the cluster in a variable that "
            "`engine_env` names."
        ) from None
    return _impatient(session, _RETRIES) if is_remote(session) else session


def _impatient(session: RemoteSession, retries: int) -> RemoteSession:
    """Return a session that waits a minute, not ten, for a cluster that went away."""
    from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: PLC0415

    session.client.set_retry_policies([DefaultPolicy(max_retries=retries)])
    return session


def _answers(channel: Channel) -> bool:
    """Return whether somebody speaks gRPC: Spark itself would try again for ten minutes."""
    from grpc import ChannelConnectivity  # noqa: PLC0415

    seen: queue.SimpleQueue[ChannelConnectivity] = queue.SimpleQueue()
    ends = {ChannelConnectivity.READY, ChannelConnectivity.TRANSIENT_FAILURE}
    channel.subscribe(seen.put, try_to_connect=True)
    state = None
    try:
        while state not in ends:
            state = seen.get(timeout=_PATIENCE_SECONDS)
    except queue.Empty:
        return False
    finally:
        channel.close()
    return state is ChannelConnectivity.READY


def is_remote(session: SparkSession | RemoteSession) -> TypeGuard[RemoteSession]:
    """Return whether a session is one of Spark Connect."""
    return ".connect." in type(session).__module__


def of_session(session: SparkSession | RemoteSession, rows: DataFrame) -> DataFrame:
    """Return rows that are kept by a session, as that session's own.

    Spark takes rows that it keeps for those of whichever session is active in Python, which is
    the user's where ours stands beside it.
    """
    if not is_remote(session):
        return rows
    relation = rows._plan._relation_id
    return session._create_remote_dataframe(relation)  # type: ignore[arg-type]


def release(session: RemoteSession) -> None:
    """End a session of ours in a cluster, with all that it keeps there."""
    _impatient(session, 1)
    if session is type(session).getActiveSession():
        session.stop()
        return
    with suppress(Exception):  # it is gone already
        session.client.release_session()
    session.client.close()  # `stop` would end a local server of the user's as well
