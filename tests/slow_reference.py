"""The month table once more: slow, obvious, in plain Python, one call after the other.

It shares no code with the package but the list of caps, and knows neither tables nor an engine.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import log

from balanstest_analysis.dossier.regimes import cap_periods

Cell = tuple[str, int]
Spell = tuple[dt.date, dt.date] | None  # reference date, last day
CODED_FINDINGS = (
    "running_customer",
    "no_earlier_event",
    "kind_without_ground",
    "reference_on_or_after_call",
)
NOBODY = ("NULL", "0", "onbekend")


@dataclass(frozen=True)
class Call:
    customer: str
    at: dt.datetime
    net_contact: bool = True
    converted: bool = False
    basis: str = "relation"
    call_id: str = ""
    campaign: str = ""
    months: int | None = None
    reference: dt.date | None = None

    @property
    def day(self) -> dt.date:
        return self.at.date()

    @property
    def reached(self) -> bool:
        return self.net_contact or self.converted


@dataclass(frozen=True)
class Event:
    customer: str
    on: dt.date
    kind: str = ""
    ends_on: dt.date | None = None
    amount: float | None = None


@dataclass(frozen=True)
class Report:
    """An objection or a complaint."""

    customer: str
    on: dt.date
    call_id: str = ""


@dataclass(frozen=True)
class World:
    """A history and everything that decides how it is counted."""

    calls: Sequence[Call]
    events: Sequence[Event] | None = ()
    objections: Sequence[Report] | None = None
    complaints: Sequence[Report] | None = None
    through: dt.date = dt.date(2026, 9, 30)
    count_calls: bool = False
    objection_days: int = 30
    complaint_days: int = 60
    own_term: int | None = None
    has_kind: bool = True
    has_ends_on: bool = False
    age: str = "events"  # or "months", or "reference"
    year: int | None = None  # count calls of one year only
    with_excluded: bool = False  # count calls beyond the cap and the own term too
    sectors: Sequence[str] = ("charity", "publisher")
    report_on: dt.date | None = None  # the last day of the data unless stated
    every_kind: bool = False  # count relations of every kind


@dataclass
class Counts:
    cells: dict[Cell, Counter[str]] = field(default_factory=dict)
    # Contacts per customer, campaign and month.
    people: dict[tuple[str, str, int], Counter[str]] = field(default_factory=dict)
    bridge: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    counted: list[tuple[Call, int, Spell]] = field(default_factory=list)
    # Calls and conversions with a reference date that is too late, and of those that could count.
    stated: dict[str, list[int]] = field(
        default_factory=lambda: {"reference_on_or_after_call": [0, 0], "others": [0, 0]}
    )


def count(world: World) -> Counts:
    """Return month table, bridge and findings of a history."""
    counts = Counts()
    world = without_nobody(world, counts)
    calls = _kept(world.calls, world, counts, "calls", lambda call: call.day)
    events = _kept(world.events, world, counts, "events", lambda event: event.on)
    reports = {
        "objection": _kept(world.objections, world, counts, "objections", lambda r: r.on),
        "complaint": _kept(world.complaints, world, counts, "complaints", lambda r: r.on),
    }
    given = {"objection": world.objections, "complaint": world.complaints}
    available = [name for name, rows in given.items() if rows is not None]
    counts.bridge["rows_in"] = len(world.calls) + counts.bridge["placeholder_key"]
    counts.bridge["after_data_through"] = len(world.calls) - len(calls)
    for event in events:
        counts.findings["zero_amount_event"] += not _qualifies(event)
        counts.findings["ended_before_start"] += (
            _has_term(event, world) and event.ends_on is not None and event.ends_on < event.on
        )
    first = single_calls(calls)
    legs = len(_without_duplicates(calls)) - len(first)
    for code, number in (
        ("legs_of_one_call", legs),
        ("duplicate_call", len(calls) - len(first) - legs),
    ):
        counts.bridge[code] = counts.findings[code] = number
    counts.findings["call_id_repeats"] = _with_shared_number(calls)
    again, given = _at_one_moment(calls), sum(1 for call in calls if call.call_id)
    if _with_shared_number(calls) <= 0.05 * given:
        many = again >= 20 and again >= 0.02 * _with_time_and_number(calls)
        counts.findings[f"{'' if many else 'few_'}calls_at_one_moment"] = again
    attributed = {name: _attribute(reports[name], first, world, name, counts) for name in available}
    mine, objected = _by_customer(events), _by_customer(reports["objection"])
    for index, call in enumerate(first):
        own = mine.get(call.customer, []), objected.get(call.customer, [])
        _count_call(call, index, *own, attributed, world, counts)
    _late_references(counts)
    return counts


def without_nobody(world: World, counts: Counts | None = None) -> World:
    """Return a history without the rows of which the key stands for nobody, which are counted."""
    kept = {}
    for table in ("calls", "events", "objections", "complaints"):
        rows = getattr(world, table)
        if rows is not None:
            kept[table] = [row for row in rows if row.customer not in NOBODY]
            if counts is not None:
                counts.findings[f"placeholder_keys_{table}"] = len(rows) - len(kept[table])
    if counts is not None:
        counts.bridge["placeholder_key"] = counts.findings["placeholder_keys_calls"]
    return replace(world, **kept)


def single_calls(calls):
    """Return each call once: repeated rows and the legs of a call, by its number, are one."""
    first = _without_duplicates(calls)
    given = sum(1 for call in calls if call.call_id)
    if not any(call.call_id for call in calls) or _with_shared_number(calls) > 0.05 * given:
        return first
    whole = {}
    for call in calls:
        whole.setdefault((call.customer, call.day, call.call_id or call.at), []).append(call)
    made = []
    for legs in whole.values():
        start = min(leg.at for leg in legs)
        best = next(call for call in first if call in legs and call.at == start)
        flags = {
            name: any(getattr(leg, name) for leg in legs) for name in ("net_contact", "converted")
        }
        made.append(replace(best, **flags))
    return made


def _with_shared_number(calls):
    """Return how many calls have a number that also stands at another customer or day."""
    seen = {}
    for call in calls:
        seen.setdefault(call.call_id, set()).add((call.customer, call.day))
    return sum(1 for call in calls if call.call_id and len(seen[call.call_id]) > 1)


def _with_time_and_number(calls):
    return sum(1 for call in calls if call.call_id and call.at.time() != dt.time())


def _at_one_moment(calls):
    """Return how many calls began when another to the same customer did, with another number."""
    numbers = {}
    for call in calls:
        if call.call_id and call.at.time() != dt.time():
            numbers.setdefault((call.customer, call.at), []).append(call.call_id)
    return sum(len(found) - 1 for found in numbers.values() if len(set(found)) > 1)


def _late_references(counts):
    """Add how many conversions have a reference date that is too late, where that is no chance."""
    late, others = counts.stated["reference_on_or_after_call"], counts.stated["others"]
    conversions, calls = late[1] + others[1], late[0] + others[0]
    if not late[1]:
        return
    share, expected = late[1] / conversions, late[0] / calls
    surprise = share * log(share / expected)
    if share < 1:
        surprise += (1 - share) * log((1 - share) / (1 - expected))
    if (share == 1 and expected < 0.5) or (
        share >= 0.05 and share > expected and conversions * surprise > 7
    ):
        counts.findings["reference_after_conversions"] = late[1]


def products(
    counts: Counts, first: str, second: str, months: int, *, apart: bool
) -> list[list[int]]:
    """Return the sums over customers, or over each customer's campaigns, of products of counts."""
    clusters = {}
    for (customer, campaign, month), contacts in counts.people.items():
        cluster = clusters.setdefault((customer, campaign if apart else ""), {})
        cluster.setdefault(month, Counter()).update(contacts)
    sums = [[0] * months for _ in range(months)]
    for cluster in clusters.values():
        for month, here in cluster.items():
            for other, there in cluster.items():
                sums[month][other] += here[first] * there[second]
    return sums


def _by_customer(rows):
    found = {}
    for row in rows:
        found.setdefault(row.customer, []).append(row)
    return found


def _kept(rows, world, counts, table, day):
    kept = [row for row in rows or () if day(row) <= world.through]
    counts.findings[f"after_data_through_{table}"] += len(rows or ()) - len(kept)
    if table != "calls":
        counts.findings[f"repeated_rows_{table}"] += len(kept) - len(set(kept))
    return kept


def _without_duplicates(calls):
    best = {}
    for call in calls:
        key = (call.customer, call.at, call.call_id)
        if key not in best or _rank(call) < _rank(best[key]):
            best[key] = call
    return list(best.values())


def _rank(call):
    months = float("inf") if call.months is None else call.months
    reference = call.reference or dt.date.max
    flags = (not call.reached, not call.converted, call.campaign, call.basis, months, reference)
    return (*flags, call.converted and not call.net_contact)


def _qualifies(event):
    free = event.amount is not None and event.amount <= 0
    return not free or event.kind in ("volunteer", "public_event")


def _accepted(events, day, world):
    """Return the events of kinds that give the sectors a ground on a day."""
    assumed = "donation" if "charity" in world.sectors else "purchase"
    return [event for event in events if _gives_ground(event.kind or assumed, day, world)]


def _gives_ground(kind, day, world):
    sold = kind in ("purchase", "contract", "service")
    if day < dt.date(2021, 7, 1):
        return sold or kind == "donation"
    if day < dt.date(2026, 7, 1):
        return sold or "charity" in world.sectors
    return "publisher" in world.sectors if sold else "charity" in world.sectors


def _has_term(event, world):
    return world.has_ends_on and (not world.has_kind or event.kind in ("contract", "donation"))


def _runs(event, day, world):
    if not _has_term(event, world) or not event.on < day:
        return False
    return event.ends_on is None or day <= event.ends_on


def _reference_day(event, world):
    if not _has_term(event, world):
        return event.on
    return None if event.ends_on is None else max(event.on, event.ends_on)


def months_between(since, until):
    """Count month after month, as one would on a calendar."""
    year, month, passed = since.year, since.month, -1
    while (year, month, since.day) <= (until.year, until.month, until.day):
        passed += 1
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return passed


def _months(call, events, world):
    if world.age == "months":
        return call.months
    if world.age == "reference":
        days = [call.reference] if call.reference else []
    else:
        days = [_reference_day(event, world) for event in events if _qualifies(event)]
    before = [day for day in days if day is not None and day < call.day]
    return months_between(max(before), call.day) if before else None


def _spell(day, events, world):
    """Return the reference date of a day and the last day on which it is the reference date."""
    if world.age != "events":
        return None
    turns = {event.on for event in events if _has_term(event, world)}
    references = {_reference_day(event, world) for event in events} - {None}
    later = [turn for turn in turns | references if turn >= day]
    before = [reference for reference in references if reference < day]
    return (max(before), min([*later, world.through])) if before else None


def purchases_after(world: World) -> dict[tuple[int, int], Counter[str]]:
    """Return per calendar month of the contact, and month, what follows contacts that count."""
    found: dict[tuple[int, int], Counter[str]] = {}
    contacts = [(call, months) for call, months, _ in count(world).counted if call.reached]
    world = without_nobody(world)
    events = _by_customer([event for event in world.events or () if event.on <= world.through])
    calls = _by_customer(call for call in single_calls(world.calls) if call.day <= world.through)
    for call, months in contacts:
        if call.day + dt.timedelta(days=60 if call.converted else 90) > world.through:
            continue
        cell = found.setdefault((12 * call.day.year + call.day.month - 1, months), Counter())
        mine = events.get(call.customer, [])
        sales = [
            sale.day
            for sale in calls[call.customer]
            if sale.converted and not _is_running(sale, _counting(mine, world)[1], world)
        ]
        if call.converted:
            cell["conversions"] += 1
            cell["followed"] += any(0 <= (event.on - call.day).days <= 60 for event in mine)
            continue
        cell["contacts"] += 1
        unsold = [(event.on - call.day).days for event in mine if _is_unsold(event, sales)]
        cell["soon"] += any(0 <= days <= 30 for days in unsold)
        cell["later"] += any(61 <= days <= 90 for days in unsold)
    return found


def _is_unsold(event, sales):
    bought = _qualifies(event) and event.kind not in ("service", "volunteer", "public_event")
    return bought and not any(0 <= (event.on - day).days <= 60 for day in sales)


def life_tables(world: World) -> dict[str, list[tuple[int, int, int]]]:
    """Return who is at risk, events and exits per month since the first contact, by outcome."""
    given = {"objection": world.objections, "complaint": world.complaints}
    given = {name: rows for name, rows in given.items() if rows is not None}
    if world.age != "events":
        return {}
    spells = {}
    for call, _, spell in count(world).counted:
        spells.setdefault((call.customer, spell), []).append(call.day)
    lives = {name: [] for name in given}
    for (customer, (_, last)), days in spells.items():
        reports = {
            name: min((r.on for r in rows if r.customer == customer), default=None)
            for name, rows in given.items()
        }
        if all(report is None or report >= min(days) for report in reports.values()):
            for name, report in reports.items():
                happened = report is not None and report <= min(last, world.through)
                gone = report if happened else min(last, world.through)
                lives[name].append((months_between(min(days), gone), happened))
    return {name: _table(found) for name, found in lives.items()}


def _table(lives):
    months = range(1 + max((month for month, _ in lives), default=-1))
    return [
        (
            sum(month <= left for left, _ in lives),
            sum(month == left and happened for left, happened in lives),
            sum(month == left and not happened for left, happened in lives),
        )
        for month in months
    ]


def _cap(day):
    cap = None
    for starts_on, months in cap_periods():
        if day >= starts_on:
            cap = months
    return cap


def _is_late(call, world):
    return world.age == "reference" and call.reference is not None and call.reference >= call.day


def _counting(events, world):
    """Return the events that qualify, and those of them that count on the report date."""
    every = [event for event in events if _qualifies(event)]
    if world.every_kind:
        return every, every
    return every, _accepted(every, world.report_on or world.through, world)


def _is_running(call, events, world):
    return world.age == "events" and any(_runs(event, call.day, world) for event in events)


def _code(call, months, running, objected, world, *, other):
    cap = _cap(call.day)
    reasons = {
        "requested_call": call.basis == "requested",
        "consent": call.basis == "consent",
        "running_customer": running,
        "reference_on_or_after_call": _is_late(call, world),
        "kind_without_ground": months is None and other,
        "no_earlier_event": months is None,
        "after_objection": objected,
        "beyond_cap": not world.with_excluded and cap is not None and (months or 0) >= cap,
        "beyond_own_term": not world.with_excluded
        and world.own_term is not None
        and (months or 0) >= world.own_term,
        "no_net_contact": not call.reached and not world.count_calls,
        "in_exposure": True,
    }
    return next(code for code, applies in reasons.items() if applies)


def _attribute(reports, calls, world, name, counts):
    """Return how many reports belong to each call, by its place in the list."""
    days = world.objection_days if name == "objection" else world.complaint_days
    ids_known = any(call.call_id for call in world.calls)
    found: Counter[int] = Counter()
    for report in reports:
        mine = [(call, at) for at, call in enumerate(calls) if call.customer == report.customer]
        if report.call_id and ids_known:
            near = [(call, at) for call, at in mine if call.call_id == report.call_id]
        else:
            window = dt.timedelta(days=days)
            near = [(call, at) for call, at in mine if call.day <= report.on <= call.day + window]
        answered = [(c, place) for c, place in near if c.reached or world.count_calls]
        if answered:
            found[max(answered, key=lambda pair: (pair[0].at, pair[0].call_id))[1]] += 1
        elif near:
            counts.findings[f"{name}_after_unanswered_calls"] += 1
        else:
            counts.findings[f"{name}_unattributed"] += 1
    return found


def _count_call(call, index, events, objections, attributed, world, counts):
    every, mine = _counting(events, world)
    running = _is_running(call, mine, world)
    objected = any(objection.on < call.day for objection in objections)
    months = _months(call, mine, world)
    other = _is_running(call, every, world) or _months(call, every, world) is not None
    code = _code(call, months, running, objected, world, other=other)
    if world.year not in (None, call.day.year):
        return
    counts.bridge[code] += 1
    if code in ("reference_on_or_after_call", "in_exposure", "no_net_contact"):
        kind = "others" if code in ("in_exposure", "no_net_contact") else code
        counts.stated[kind][0] += 1
        counts.stated[kind][1] += call.converted
    if code == "in_exposure":
        counts.counted.append((call, months, _spell(call.day, mine, world)))
    for finding in CODED_FINDINGS:
        counts.findings[finding] += code == finding
    _call_findings(call, objected, counts.findings)
    _term_findings(call, _accepted(every, call.day, world), world, counts.findings)
    happened = {name: found[index] for name, found in attributed.items()}
    if code in ("in_exposure", "no_net_contact"):
        cell = counts.cells.setdefault((call.campaign, months), Counter())
        cell["calls"] += 1
        cell["net_contacts"] += call.reached
    if code == "in_exposure":
        contact = _count_contact(call, happened, world, counts.findings)
        cell.update(contact)
        counts.people.setdefault((call.customer, call.campaign, months), Counter()).update(contact)
    else:
        for name, number in happened.items():
            counts.findings[f"{name}_on_excluded_call"] += number


def _count_contact(call, happened, world, findings):
    cell = Counter()
    days = {"objection": world.objection_days, "complaint": world.complaint_days}
    followed = {
        name: call.day + dt.timedelta(days=days[name]) <= world.through for name in happened
    }
    events = {"conversion": call.converted}
    cell["conversion_exposure"] += 1
    cell["conversion_events"] += call.converted
    for name, number in happened.items():
        events[name] = number > 0
        if followed[name]:
            cell[f"{name}_exposure"] += 1
            cell[f"{name}_events"] += number > 0
            findings[f"{name}_repeated"] += max(number - 1, 0)
        else:
            findings[f"incomplete_follow_up_{name}"] += 1
            findings[f"{name}_on_young_call"] += number
    if all(followed.values()):
        cell["joint_exposure"] += 1
        for name, event in events.items():
            cell[f"joint_{name}"] += event
    return cell


def _call_findings(call, objected, findings):
    findings["converted_without_contact"] += call.converted and not call.net_contact
    if call.basis not in ("requested", "consent"):
        findings["after_objection"] += objected


def _term_findings(call, events, world, findings):
    if call.basis in ("requested", "consent") or _is_running(call, events, world):
        return
    months = _months(call, events, world)
    cap, own = _cap(call.day), world.own_term
    too_old = months is not None and cap is not None and months >= cap
    findings["beyond_cap"] += too_old
    findings["beyond_own_term"] += (
        months is not None and own is not None and months >= own and not too_old
    )
