"""The same month table and findings as in `sql`, by an analyst who joins calls to spells.

An equality join on the customer, with the days as a further condition, takes the place of the sort
that an as-of join needs. Calls are kept in narrow rows: a hash in place of the customer's key, and
numbers in place of days. The engine may use at most 4 GB and writes the rest to disk.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from benchmarks import sql

MEMORY = "4GB"

_PREPARED = """
create temp table event as
  select hash(customer_id) as customer_id, occurred_on
  from '{folder}/events.parquet' where amount > 0 group by all;
create temp table spell as
  select customer_id, occurred_on as since,
    lead(occurred_on, 1, date '9999-12-31')
      over (partition by customer_id order by occurred_on) as until
  from event;
create temp table objector as
  select hash(customer_id) as customer_id, min(objected_on) as first_day
  from '{folder}/objections.parquet' group by 1;
create temp view raw as
  select hash(customer_id) as customer_id, called_at, campaign,
    net_contact or converted as net_contact, converted
  from '{folder}/calls.parquet';
create temp table copied as
  select customer_id, called_at, count(*) as copies
  from raw group by customer_id, called_at having count(*) > 1;
create temp table call as
  with single as (
    select raw.*, 1 as copies from raw anti join copied using (customer_id, called_at)
    union all
    select customer_id, called_at, any_value(campaign), bool_or(net_contact), bool_or(converted),
      any_value(copied.copies)
    from raw join copied using (customer_id, called_at) group by customer_id, called_at
  ), aged as (
    select single.*, single.called_at::date as day, spell.since
    from single left join spell on single.customer_id = spell.customer_id
      and single.called_at::date > spell.since and single.called_at::date <= spell.until
  )
  select aged.customer_id, called_at, day, campaign, net_contact, converted,
    copies::utinyint as copies, coalesce(first_day < day, false) as objected,
    (12 * (year(day) - year(since)) + month(day) - month(since)
      - (dayofmonth(day) < dayofmonth(since))::int)::smallint as month
  from aged left join objector using (customer_id);
"""


def counted(
    folder: Path, *, hours: dict[dt.date, tuple[int, int] | None]
) -> tuple[Any, sql.Counts]:
    """Return the cells of the calls, and the counts of the findings, as `sql.counted` does.

    Args:
        folder: with the four tables.
        hours: of every day on which calls were made, first and last second, or None.
    """
    limits = f"set memory_limit = '{MEMORY}'; set temp_directory = '{folder}/spilt'"
    return sql.counted(folder, hours=hours, settings=limits, prepared=_PREPARED, key="hash({})")
