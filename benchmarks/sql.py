"""The month table and the findings as an analyst who knows DuckDB would write them by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.generated import DATA_THROUGH

OBJECTION_DAYS, COMPLAINT_DAYS, LATE_DAYS, OFTEN = 30, 60, 28, 12
CAP_MONTHS = 36
Counts = dict[str, int]

_PREPARED = """
create temp table event as
  select customer_id, occurred_on from '{folder}/events.parquet' where amount > 0 group by all;
create temp table objector as
  select customer_id, min(objected_on) as first_day from '{folder}/objections.parquet' group by 1;
create temp table call as
  with single as (
    select customer_id, called_at, any_value(campaign) as campaign, called_at::date as day,
      bool_or(net_contact or converted) as net_contact, bool_or(converted) as converted,
      count(*) as copies
    from '{folder}/calls.parquet' group by customer_id, called_at
  ), aged as (
    select single.*, event.occurred_on as since
    from single asof left join event
      on single.customer_id = event.customer_id and event.occurred_on < single.day
  )
  select aged.*,
    coalesce(first_day < day, false) as objected,
    12 * (year(day) - year(since)) + month(day) - month(since)
      - (dayofmonth(day) < dayofmonth(since))::int as month
  from aged left join objector using (customer_id);
"""

_REPORTS = """
create temp table report as
  with report as (
    select 'objection' as outcome, {key} as customer_id, objected_on as day,
      {objection_days} as days, count(*) as reports from '{folder}/objections.parquet' group by all
    union all
    select 'complaint', {key}, complained_on, {complaint_days},
      count(*) from '{folder}/complaints.parquet' group by all
  )
  select report.outcome, report.customer_id, max(call.called_at) as called_at,
    any_value(reports) as reports
  from report join call on call.customer_id = report.customer_id
    and call.day between report.day - report.days and report.day and call.net_contact
  group by report.outcome, report.customer_id, report.day;
create temp table reported as
  select customer_id, called_at,
    sum(reports) filter (outcome = 'objection') as objections,
    sum(reports) filter (outcome = 'complaint') as complaints
  from report group by all;
"""

_CODE = """
case when month is null then 'no_earlier_event' when objected then 'after_objection'
  when month >= {cap} and day >= date '2020-06-01' then 'beyond_cap'
  when not net_contact then 'no_net_contact' else 'in_exposure' end
"""

_CELLS = """
select {code} as code, campaign, month, sum(copies - 1) as duplicates,
  count(*) as calls,
  count(*) filter (converted) as conversion_events,
  count(*) filter (day <= date '{through}' - {objection_days}) as objection_exposure,
  count(*) filter (day <= date '{through}' - {objection_days} and objections > 0)
    as objection_events,
  count(*) filter (day <= date '{through}' - {complaint_days}) as complaint_exposure,
  count(*) filter (day <= date '{through}' - {complaint_days} and complaints > 0)
    as complaint_events
from call left join reported using (customer_id, called_at)
group by all
"""

_FINDINGS = """
select
  sum(copies - 1) as duplicate_call,
  count(*) filter (objected) as after_objection,
  count(*) filter (month >= {cap} and day >= date '2020-06-01') as beyond_cap,
  count(*) filter (month is null) as no_earlier_event,
  count(*) filter (opens is null) as forbidden_day,
  count(*) filter (not (epoch(called_at::time) >= opens and epoch(called_at::time) < closes))
    as outside_hours
from call join hours using (day)
"""

_OFTEN = """
select count(distinct customer_id) as customers_called_often from (
  select customer_id from call group by customer_id, year(day) having count(*) > {often})
"""

_LATE = """
select count(*) filter (last > objected_on + {late}) as objection_processed_late,
  count(*) filter (last > objected_on) as objection_then_called
from (select distinct {key} as customer_id, objected_on from '{folder}/objections.parquet')
  left join (select customer_id, max(day) as last from call group by 1) using (customer_id)
"""

_UNMATCHED = """
select
  (select count(*) from (select distinct customer_id from call)
     anti join (select {key} as customer_id from '{folder}/events.parquet')
       using (customer_id)) as calls_without_events,
  (select count(*) from (select distinct {key} as customer_id from '{folder}/objections.parquet')
     anti join call using (customer_id)) as objections_without_calls,
  (select count(*) from (select distinct {key} as customer_id from '{folder}/complaints.parquet')
     anti join call using (customer_id)) as complaints_without_calls,
  (select count(*) from '{folder}/events.parquet' where amount <= 0) as zero_amount_event
"""

_REPORTED = "select outcome, sum(reports)::int8 as attributed from report group by 1"


def counted(
    folder: Path,
    *,
    hours: dict[dt.date, tuple[int, int] | None],
    settings: str = "",
    prepared: str = _PREPARED,
    key: str = "{}",
) -> tuple[Any, Counts]:
    """Return the cells of the calls, and the counts of the findings.

    Args:
        folder: with the four tables.
        hours: of every day on which calls were made, first and last second, or None.
        settings: statements for the engine, such as a memory limit.
        prepared: makes the table ``call``.
        key: what it holds of a customer, with ``{}`` for the column of the files.

    Returns:
        One row per exclusion code, campaign and month; and counts by name.
    """
    words = {
        "folder": folder,
        "key": key.format("customer_id"),
        "cap": CAP_MONTHS,
        "through": DATA_THROUGH,
        "objection_days": OBJECTION_DAYS,
        "complaint_days": COMPLAINT_DAYS,
        "late": LATE_DAYS,
        "often": OFTEN,
    }
    words["code"] = _CODE.format(**words)
    with duckdb.connect() as connection:
        connection.execute(settings)
        _make_hours(connection, hours)
        connection.execute((prepared + _REPORTS).format(**words))
        cells = connection.execute(_CELLS.format(**words)).df()
        counts: Counts = {}
        for query in (_FINDINGS, _OFTEN, _LATE, _UNMATCHED):
            found = connection.execute(query.format(**words))
            names = [column[0] for column in found.description]
            counts |= dict(zip(names, map(int, found.fetchone()), strict=True))
        for outcome, number in connection.execute(_REPORTED).fetchall():
            counts[f"{outcome}_attributed"] = number
    return cells, counts


def _make_hours(
    connection: duckdb.DuckDBPyConnection, hours: dict[dt.date, tuple[int, int] | None]
) -> None:
    connection.execute("create temp table hours (day date, opens int, closes int)")
    rows = [(day, *(limits or (None, None))) for day, limits in hours.items()]
    connection.executemany("insert into hours values (?, ?, ?)", rows)
