"""Calling histories of any size for the benchmarks, written as Parquet by the engine itself.

Everything follows from a hash of the row number and a seed: the same arguments give the same
history. About ten calls to each customer over five years, a third of an event per call, an
objection per fifty calls, a complaint per five hundred; some calls stand there twice, some
customers have no event before their call, some amounts are zero.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

FIRST_DAY, DAYS = dt.date(2021, 10, 1), 1826
DATA_THROUGH = FIRST_DAY + dt.timedelta(days=DAYS - 1)
CAMPAIGNS = 12

_DRAW = "hash({number} * 1000 + {what} + {seed} * 1000000007)"
_CALLS = """
select
  printf('K%09d', ({customer} % {customers})::bigint) as customer_id,
  timestamp '{first}' + to_days((i * {days} // {calls})::integer)
    + to_seconds((9 * 3600 + {second} % 43200)::bigint) as called_at,
  {net} % 100 < 55 as net_contact,
  {net} % 100 < 55 and {sold} % 1000 < 80 as converted,
  printf('campagne %02d', ({customer} // 7 % {campaigns})::bigint) as campaign
from range({calls}) as numbers(i)
"""
_EVENTS = """
select
  printf('K%09d', ({customer} % {customers})::bigint) as customer_id,
  date '{first}' - 1461 + (({day} % ({days} + 1461))::integer) as occurred_on,
  'donation' as kind,
  (({amount} % 100)::double) as amount
from range({events}) as numbers(i)
"""
_REPORTS = """
select
  printf('K%09d', ({customer} % {customers})::bigint) as customer_id,
  least(date '{last}', date '{first}'
    + (((i * {every} + {offset}) * {days} // {calls})::integer) + ({delay} % 45)::integer
  ) as {column}
from range({reports}) as numbers(i)
"""


def histories(
    sizes: Iterable[float], *, seed: int, kept: Path | None = None
) -> Iterator[tuple[int, Path]]:
    """Yield histories by their number of calls, each in a folder, one after the other.

    Args:
        sizes: numbers of calls.
        seed: of the histories.
        kept: folder in which they stay and are found again; None for one that goes at the end.
    """
    with tempfile.TemporaryDirectory() as made:
        for calls in map(int, sizes):
            folder = (kept or Path(made)) / f"calls-{calls}"
            if not (folder / "balanstest.toml").exists():
                make_history(folder, calls=calls, seed=seed)
            yield calls, folder


def make_history(folder: Path, *, calls: int, seed: int) -> Path:
    """Write ``calls.parquet``, ``events.parquet`` and so on, and a dossier; return the dossier.

    Args:
        folder: is made if needed; files in it are written anew.
        calls: number of calls, duplicates not counted.
        seed: of the history.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {"customers": max(calls // 10, 1), "calls": calls}
    known = {**sizes, "days": DAYS, "first": FIRST_DAY, "last": DATA_THROUGH}
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")

    def write(table: str, query: str) -> None:
        target = folder / f"{table}.parquet"
        connection.execute(f"copy ({query}) to '{target}' (format parquet, compression zstd)")

    once = _CALLS.format(
        **known,
        campaigns=CAMPAIGNS,
        customer=_draw(1, seed),
        second=_draw(2, seed),
        net=_draw(3, seed),
        sold=_draw(4, seed),
    )
    write("calls", f"{once} union all {once} where {_draw(5, seed)} % 1000 = 0")
    write(
        "events",
        _EVENTS.format(
            **known,
            events=calls * 32 // 100,
            customer=_draw(6, seed),
            day=_draw(7, seed),
            amount=_draw(8, seed),
        ),
    )
    for table, column, every in (
        ("objections", "objected_on", 50),
        ("complaints", "complained_on", 500),
    ):
        call = f"i * {every} + {every // 2}"
        write(
            table,
            _REPORTS.format(
                **known,
                column=column,
                every=every,
                offset=every // 2,
                reports=calls // every,
                customer=_draw(1, seed, number=f"({call})"),
                delay=_draw(9, seed),
            ),
        )
    connection.close()
    return _dossier(folder, seed)


def _draw(what: int, seed: int, *, number: str = "i") -> str:
    return "(" + _DRAW.format(number=number, what=what, seed=seed) + ")"


def _dossier(folder: Path, seed: int) -> Path:
    tables = "\n".join(
        f'[data.{table}]\npath = "{table}.parquet"'
        for table in ("calls", "events", "objections", "complaints")
    )
    path = folder / "balanstest.toml"
    path.write_text(
        f"""schema = 1
template = "opt-in"
[organisation]
name = "Stichting Meetlat"
sector = "charity"
fictitious = true
[scope]
category = "donateurs"
[data]
data_through = {DATA_THROUGH}
{tables}
[settings]
seed = {seed}
[[criteria]]
name = "bezwaren"
kind = "maximum_rate"
outcome = "objection"
threshold = 0.06
reason = "meting"
""",
        encoding="utf-8",
    )
    return path
