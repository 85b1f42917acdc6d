"""Small histories written as files, with the dossier that reads them."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from tests.slow_reference import NOBODY, Call, Event, Report, World

Rows = Sequence[Sequence[Any]]
WEIGHED_TOGETHER = """
[[criteria]]
name = "last"
kind = "burden_per_conversion"
threshold = 1.0
complaint_weight = 5.0
reason = "voorbeeld"
"""

# Month ends, leap days and the first day of the cap, close to each other and years apart.
DAYS_OF_YEARS = {
    2019: ["12-31"],
    2020: ["01-30", "01-31", "02-28", "02-29", "03-01", "03-31", "05-31", "06-01", "06-30"],
    2021: ["02-28", "03-01", "03-31"],
    2022: ["12-31"],
    2023: ["01-29", "01-31", "02-27", "02-28", "03-01", "03-31", "04-01", "12-31"],
    2024: ["01-31", "02-01", "02-28", "02-29", "03-01", "03-30", "03-31", "04-01", "06-30"],
}
DAYS = [
    dt.date.fromisoformat(f"{year}-{text}") for year, days in DAYS_OF_YEARS.items() for text in days
]
TIMES = (dt.time(9, 0), dt.time(9, 0), dt.time(14, 5))

DOSSIER = """
schema = 1
template = "opt-in"
organisation = {{ name = "Voorbeeld", sector = {sector}, fictitious = true }}
[scope]
category = "giften"
{scope}
[data]
data_through = {through}
{data}
[settings]
{settings}
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
"""


def write_dossier(
    folder: Path,
    data: str,
    *,
    through: str = "2026-09-30",
    quarter: str = "",
    scope: str = "",
    settings: str = "",
    sectors: Sequence[str] = ("charity", "publisher"),
) -> Dossier:
    """Return a dossier whose ``[data...]`` tables are given as text."""
    path = folder / "balanstest.toml"
    text = DOSSIER.format(
        data=data, through=through, scope=scope, settings=settings, sector=json.dumps(sectors)
    )
    path.write_text(text, encoding="utf-8")
    return load_dossier(path, quarter=quarter)


def day(text: str) -> dt.date:
    """Return a day from its ISO form."""
    return dt.date.fromisoformat(text)


def at(text: str) -> dt.datetime:
    """Return a moment from its ISO form."""
    return dt.datetime.fromisoformat(text)


def tables(*names: str, suffix: str = "csv") -> str:
    """Return the ``[data...]`` tables of a dossier that lie beside it."""
    return "\n".join(f'[data.{name}]\npath = "{name}.{suffix}"' for name in names)


def write_csv(path: Path, header: Sequence[str], rows: Rows) -> None:
    """Write a table as the interface describes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def world_tables(world: World) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Return the tables of a world: header and rows, as text."""
    ids = any(call.call_id for call in world.calls)
    found = {"calls": _calls(world, ids=ids)}
    if world.events is not None and world.age == "events":
        found["events"] = _events(world)
    for name, day, reports in (
        ("objections", "objected_on", world.objections),
        ("complaints", "complained_on", world.complaints),
    ):
        if reports is not None:
            rows = [[r.customer, r.on.isoformat(), r.call_id] for r in reports]
            found[name] = (["customer_id", day, "call_id"], rows)
    return found


def write_world(
    folder: Path,
    world: World,
    *,
    quarter: str = "",
    through: str = "",
    seed: int | None = None,
    criteria: str = "",
) -> Dossier:
    """Return the dossier of a world, after writing its tables; with a seed in another order."""
    found = world_tables(world)
    for name, (header, rows) in found.items():
        if seed is not None:
            random.Random(seed).shuffle(rows)
        write_csv(folder / f"{name}.csv", header, rows)
    scope = [f"current_term_months = {world.own_term}"] if world.own_term else []
    scope += [f"report_date = {world.report_on}"] if world.report_on else []
    settings = [
        f"objection_window_days = {world.objection_days}",
        f"complaint_window_days = {world.complaint_days}",
        f'denominator = "{"call" if world.count_calls else "net_contact"}"',
    ]
    return write_dossier(
        folder,
        tables(*found),
        through=through or world.through.isoformat(),
        quarter=quarter,
        scope="\n".join(scope),
        sectors=world.sectors,
        settings="\n".join([*settings, criteria]),
    )


def _calls(world: World, *, ids: bool) -> tuple[list[str], list[list[Any]]]:
    columns: Mapping[str, Any] = {
        "customer_id": lambda call: call.customer,
        "called_at": lambda call: call.at.isoformat(sep=" "),
        "net_contact": lambda call: str(call.net_contact).lower(),
        "converted": lambda call: "ja" if call.converted else "nee",
        "basis": lambda call: "" if call.basis == "relation" else call.basis,
        "campaign": lambda call: call.campaign,
        **({"call_id": lambda call: call.call_id} if ids else {}),
        **({"months_since_purchase": lambda call: call.months} if world.age == "months" else {}),
        **({"reference_date": lambda call: call.reference} if world.age == "reference" else {}),
    }
    rows = [[cell(call) for cell in columns.values()] for call in world.calls]
    return list(columns), [["" if cell is None else str(cell) for cell in row] for row in rows]


def _events(world: World) -> tuple[list[str], list[list[Any]]]:
    columns: Mapping[str, Any] = {
        "customer_id": lambda event: event.customer,
        "occurred_on": lambda event: event.on,
        "amount": lambda event: event.amount,
        **({"kind": lambda event: event.kind} if world.has_kind else {}),
        **({"ends_on": lambda event: event.ends_on} if world.has_ends_on else {}),
    }
    rows = [[cell(event) for cell in columns.values()] for event in world.events or ()]
    return list(columns), [["" if cell is None else str(cell) for cell in row] for row in rows]


def crowded_world(
    *,
    seed: int,
    customers: int = 40,
    with_objections: bool = True,
    with_complaints: bool = True,
    with_call_ids: bool = False,
    with_legs: bool = False,
    with_nobody: bool = False,
    **choices: Any,
) -> World:
    """Return a history in which everything happens on few days: ties, duplicates, same days.

    With legs, the numbers of calls tell which rows of a day are one call.
    """
    rng = random.Random(seed)
    world = World(calls=[], **choices)
    names = [f"{number:03d}" for number in range(1, customers + 1)]
    names += [*NOBODY] if with_nobody else []
    calls = [_some_call(rng, rng.choice(names), world, ids=with_call_ids) for _ in range(300)]
    events = [_some_event(rng, rng.choice(names), world) for _ in range(120)]
    objections, complaints = (
        [
            Report(rng.choice(names), rng.choice(DAYS), _some_id(rng, with_call_ids))
            for _ in range(80)
        ]
        for _ in range(2)
    )
    if with_legs:
        calls = [_numbered(rng, call) for call in calls]
        numbers = ["", *(call.call_id for call in calls)]
        objections, complaints = (
            [dataclasses.replace(row, call_id=rng.choice(numbers)) for row in rows]
            for rows in (objections, complaints)
        )
    return dataclasses.replace(
        world,
        calls=calls,
        events=events if world.age == "events" else None,
        objections=objections if with_objections else None,
        complaints=complaints if with_complaints else None,
    )


def _numbered(rng: random.Random, call: Call) -> Call:
    number = f"{call.customer}-{call.day:%y%m%d}-{rng.choice('ab')}"
    return dataclasses.replace(call, call_id=rng.choice(["", number, number]))


def _some_id(rng: random.Random, ids: bool) -> str:
    return rng.choice(["", "1", "2", "3"]) if ids else ""


def _some_call(rng: random.Random, name: str, world: World, *, ids: bool) -> Call:
    day = rng.choice(DAYS)
    reference = rng.choice([None, *(earlier for earlier in DAYS if earlier <= day)])
    return Call(
        name,
        dt.datetime.combine(day, rng.choice(TIMES)),
        net_contact=rng.random() < 0.5,
        converted=rng.random() < 0.2,
        basis=rng.choice(["relation"] * 12 + ["consent", "requested", "callback"]),
        call_id=_some_id(rng, ids),
        campaign=rng.choice(["", "lente", "herfst"]),
        months=rng.choice([None, *range(40)]) if world.age == "months" else None,
        reference=reference if world.age == "reference" else None,
    )


def _some_event(rng: random.Random, name: str, world: World) -> Event:
    day = rng.choice(DAYS)
    end = rng.choice([None, *DAYS, *(later for later in DAYS if later >= day)])
    return Event(
        name,
        day,
        kind=rng.choice(
            ["", "purchase", "purchase", "contract", "donation", "volunteer", "service"]
        )
        if world.has_kind
        else "",
        ends_on=end if world.has_ends_on else None,
        amount=rng.choice([None, 0.0, -10.0, *[12.5] * 6]),
    )
