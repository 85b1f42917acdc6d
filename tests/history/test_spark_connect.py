"""The same dossier on files, and on the tables of a real Spark Connect server."""

from __future__ import annotations

import json
import re
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import pytest

from balanstest_analysis.analysis.method import analyse
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, DataError, DossierError, RunError
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.engines.spark import SparkEngine
from balanstest_analysis.history.engines.spark_dialect import SparkRules
from balanstest_analysis.history.engines.spark_errors import our_error
from balanstest_analysis.history.engines.spark_local import refuse_without_java
from balanstest_analysis.history.sources import open_history
from tests.engine_histories import (
    SECRET,
    VARIABLE,
    WORLDS,
    in_parquet,
    same,
    simulated_dossier,
    with_keys,
    without_place,
    write_parquet,
)
from tests.histories import crowded_world, write_dossier, write_world
from tests.spark_server import Server, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("pyspark", reason="Spark is not installed")
    pytest.importorskip("grpc", reason="what Spark Connect needs is not installed")
    try:
        refuse_without_java()
    except DossierError as missing:
        pytest.skip(str(missing))
    with (
        tempfile.TemporaryDirectory(prefix="balanstest-spark-") as folder,
        running_server(Path(folder)) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def keeper(server: Server) -> Iterator[Any]:
    """Give a session of who keeps the tables."""
    from pyspark.sql.connect.session import SparkSession

    session = SparkSession(server.address)
    session.sql("select 1").collect()  # the server knows of a session once it is used
    yield session
    session.stop()


@pytest.fixture
def catalog(keeper: Any, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv(VARIABLE, server.address)
    keeper.sql("create schema crm")
    yield keeper
    keeper.sql("drop schema crm cascade")


def in_catalog(dossier: Dossier, catalog: Any, key: str = "text") -> Dossier:
    """Return the dossier of the same tables in the catalog of the server."""
    for path in write_parquet(dossier.path.parent, key):
        catalog.sql(f"create table crm.{path.stem} using parquet location '{path}'")
    text = re.sub(r'path = "(\w+)\.csv"', r'table = "crm.\1"', dossier.path.read_text("utf-8"))
    path = dossier.path.with_name("connect.toml")
    path.write_text(text.replace("[data]\n", f'[data]\nengine_env = "{VARIABLE}"\n'), "utf-8")
    return load_dossier(path, quarter=dossier.quarter)


def sessions_at(server: Server) -> int:
    """Return how many sessions the server itself says that it has."""
    with urllib.request.urlopen(f"{server.account}/connect/") as answer:
        found = re.search(r"(\d+)\s+session\(s\) are online", answer.read().decode())
    assert found
    return int(found[1])


def port_of(server: Server) -> str:
    return server.address.rsplit(":", maxsplit=1)[1]


def test_a_cluster_gives_the_counts_and_the_term_of_the_files_and_keeps_nothing(
    catalog: Any, server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    dossier = simulated_dossier(tmp_path)
    here, before = analyse(dossier), sessions_at(server)
    there = analyse(in_catalog(dossier, catalog))
    same(here.exact.history, there.exact.history)
    found = without_place(there.to_dict())
    assert found == without_place(here.to_dict())
    assert found["proposal"]["tested_term_months"]
    assert found["findings"]
    told = json.dumps(there.to_dict()) + repr(there.exact.exposure) + "".join(capfd.readouterr())
    for secret in ("127.0.0.1", "crm.calls", VARIABLE):
        assert secret not in told
    # five digits may stand within a fingerprint or a rate by chance: alone they are the port
    assert not re.search(rf"(?<![\w.]){port_of(server)}(?![\w.])", told)
    assert sessions_at(server) == before
    assert "balanstest" not in str(catalog.catalog.listTables())


def test_a_session_of_a_cluster_that_runs_already_is_used_and_left_as_it_was(
    keeper: Any, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql.connect.session import SparkSession

    monkeypatch.setenv("SPARK_CONNECT_MODE_ENABLED", "1")  # as a cluster's notebooks set it
    monkeypatch.setattr(SparkSession._active_session, "session", keeper, raising=False)
    kind = "bigint"
    world = with_keys(crowded_world(seed=len(kind), **WORLDS[kind]), kind)
    dossier = write_world(tmp_path, world)
    before = sessions_at(server)
    same(review_history(dossier, SECRET), review_history(in_parquet(dossier, kind), SECRET))
    assert sessions_at(server) == before
    assert SparkSession.getActiveSession() is keeper
    assert keeper.conf.get("spark.sql.session.timeZone") == "America/New_York"
    assert [table.name for table in keeper.catalog.listTables()] == []


def test_files_that_only_this_machine_has_are_told(server: Server, tmp_path: Path) -> None:
    engine = SparkEngine.connect(server.address, VARIABLE)
    with pytest.raises(DataError, match=r"`calls.parquet` is not where this Spark runs"):
        engine.open_files([tmp_path / "calls.parquet"])
    engine.close()


# ---------------------------------------------------------------- what is refused


def refusal(dossier: Dossier, server: Server) -> str:
    """Return why a dossier is refused, having seen that nothing of the address is told."""
    with pytest.raises(BalanstestError) as refused:
        open_history(dossier, SECRET)
    told = str(refused.value)
    assert "\n" not in told
    for secret in ("127.0.0.1", port_of(server), "h3imelijk"):
        assert secret not in told
    return told


# Spark 4.3, `select xxhash64(...)` in a session of one machine, without Spark Connect
HASHES = {
    "0042": 890453202280000464,
    "é": 2065146811275570100,
    "": -7444071767201028348,
}
DATA = f'engine_env = "{VARIABLE}"\n[data.calls]\ntable = "crm.calls"\n'


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sc://127.0.0.1:1", "cannot be reached"),
        ("sc://host.invalid:15002/;token=h3imelijk", "cannot be reached"),
        ("{server}/;use_ssl=true;token=h3imelijk", "cannot be reached"),
        ("{server}/h3imelijk", "does not hold an address that Spark Connect understands"),
        ("sc://127.0.0.1:h3imelijk", "does not hold an address that Spark Connect understands"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_without_being_shown(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, sentence: str
) -> None:
    monkeypatch.setenv(VARIABLE, address.format(server=server.address))
    assert sentence in refusal(write_dossier(tmp_path, DATA), server)


def test_who_listens_but_is_no_spark_is_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, server.account.replace("http", "sc"))
    assert "cannot be reached" in refusal(write_dossier(tmp_path, DATA), server)


def test_a_table_of_the_cluster_that_is_not_there_or_does_not_fit_is_told(
    catalog: Any, server: Server, tmp_path: Path
) -> None:
    dossier = write_dossier(tmp_path, DATA)
    before = sessions_at(server)
    assert "`table` is 'crm.calls', which is no table or view" in refusal(dossier, server)
    catalog.sql("create view crm.calls as select 1 as customer_id, 'h3imelijk' as called_at")
    assert "`crm.calls` has no column `net_contact`" in refusal(dossier, server)
    assert sessions_at(server) == before


def test_an_error_of_the_cluster_is_told_without_a_cell(
    catalog: Any, server: Server, tmp_path: Path
) -> None:
    catalog.sql(
        "create view crm.calls as select 1 as customer_id, timestamp_ntz'2024-01-02 10:00' as "
        "called_at, 3 as months_since_purchase, true as net_contact, "
        "raise_error('h3imelijk') is null as converted"
    )
    message = refusal(write_dossier(tmp_path, DATA), server)
    assert message.startswith("Spark could not compute the exposure (USER_RAISED_EXCEPTION).")


def test_errors_of_the_connection_are_told_in_our_words() -> None:
    connect = pytest.importorskip("pyspark.errors.exceptions.connect")
    grpc = pytest.importorskip("grpc")

    def told(state: str) -> BalanstestError | None:
        code = grpc.StatusCode[state]
        return our_error(connect.SparkConnectGrpcException("h3imelijk", grpc_status_code=code))

    assert isinstance(told("UNAUTHENTICATED"), DataError)
    assert "token" in str(told("PERMISSION_DENIED"))
    assert isinstance(told("UNAVAILABLE"), RunError)
    assert str(told("UNAVAILABLE")) == "The connection with Spark was lost. Start again."
    assert "h3imelijk" not in str(told("INTERNAL"))


def test_a_hash_of_a_customer_has_64_bits_and_is_the_same_number_wherever_spark_runs(
    keeper: Any,
) -> None:
    keys = ibis.table({"key": "string"}, name="keys")
    sql = SparkRules().to_sqlglot(keys.select(hash=keys.key.hash())).sql("spark")
    keeper.createDataFrame([[key] for key in HASHES], ["key"]).createOrReplaceTempView("keys")
    assert [row.hash for row in keeper.sql(sql).collect()] == list(HASHES.values())
    keeper.catalog.dropTempView("keys")
