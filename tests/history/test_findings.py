"""Every finding there is, made to happen: its count, the first row of it, and what is told."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from balanstest_analysis.cli.checked import finding_lines
from balanstest_analysis.document.wording import finding_text
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.exposure import load_exposure
from balanstest_analysis.history.findings import Finding, all_guides, guide
from tests.histories import tables, write_dossier, write_world
from tests.many_sources import write_changed_codes, write_unlike_sources
from tests.slow_reference import Call, Event, Report, World

SECRET = b"a secret for tests"
OF_RELATIONS = ("kind_without_ground", "kind_assumed", "legal_person")  # in `test_clocks`
THROUGH = dt.date(2026, 9, 30)
WEEKDAY = dt.datetime(2024, 3, 4, 10)
GIFT = dt.date(2023, 6, 1)
# 20, 42 and 100 days after the calls
SOON, LONG_AFTER, LATER = "2024-03-24", "2024-04-15", "2024-06-12"


def call(name: str, text: str = "", **choices: object) -> Call:
    return Call(name, dt.datetime.fromisoformat(text) if text else WEEKDAY, **choices)  # type: ignore[arg-type]


def report(name: str, text: str, call_id: str = "") -> Report:
    return Report(name, dt.date.fromisoformat(text), call_id)


def world(*calls: Call, **choices: object) -> World:
    """Return calls to people who gave once, among them one who converted."""
    names = sorted({one.customer for one in calls})
    given = {"events": [Event(name, GIFT) for name in names], "through": THROUGH, **choices}
    return World(calls=calls, **given)  # type: ignore[arg-type]


FIRST = call("a", converted=True)
PEOPLE = [call(f"{number}") for number in range(100, 112)]
CROWD = [call(f"{number}", converted=number == 100) for number in range(100, 160)]
FOLLOWED = [FIRST, call("b"), call("c", net_contact=False)]


def reports(kind: str, *given: Report, calls: Sequence[Call] = FOLLOWED) -> World:
    return world(*calls, **{kind: given})


def with_events(made: World, *events: Event) -> World:
    return dataclasses.replace(made, events=[*(made.events or ()), *events])


def known_as(made: World, form: str) -> World:
    """Return a history of which the events write the customers otherwise."""
    renamed = [dataclasses.replace(e, customer=form.format(e.customer)) for e in made.events or ()]
    return dataclasses.replace(made, events=renamed)


def unknown(kind: str, form: str, number: int = 12) -> World:
    """Return objections or complaints that write so many of the customers otherwise."""
    names = [form.format(n) if n < 100 + number else str(n) for n in range(100, 112)]
    return world(FIRST, *PEOPLE, **{kind: [report(name, "2024-03-10") for name in names]})


Findings = dict[str, tuple[int, int | None]]  # count and first row, by code
YOUNG = call("y", "2026-09-28 10:00")
EXCLUDED = call("z", basis="consent")


def fates(kind: str, noun: str) -> tuple[World, Findings]:
    """Return everything that can become of an objection or complaint."""
    given = [
        report("a", "2024-03-05"),
        report("a", "2024-03-05"),
        report("b", "2025-03-05"),
        report("c", "2024-03-05"),
        report("z", "2024-03-05"),
        report("y", "2026-09-29"),
    ]
    made = world(*FOLLOWED, EXCLUDED, YOUNG, **{kind: given})
    found: Findings = {
        f"{noun}_repeated": (1, 3),
        f"repeated_rows_{kind}": (1, None),
        f"{noun}_unattributed": (1, 4),
        f"{noun}_after_unanswered_calls": (1, 5),
        f"{noun}_on_excluded_call": (1, 6),
        f"{noun}_on_young_call": (1, 7),
        f"incomplete_follow_up_{noun}": (1, None),
    }
    return with_events(made, Event("y", dt.date(2026, 1, 1))), found


def strangers(kind: str) -> dict[str, tuple[World, Findings]]:
    """Return objections or complaints that write none, or most, of the customers otherwise."""
    return {
        f"{kind} of strangers": (
            unknown(kind, "K-{}"),
            {f"no_customer_match_{kind}": (12, 2), f"prefix_differ_{kind}": (12, None)},
        ),
        f"{kind} mostly of strangers": (
            unknown(kind, "00{}", 8),
            {f"unlike_customer_keys_{kind}": (8, 2), f"leading_zeros_differ_{kind}": (8, None)},
        ),
        f"{kind} of whom most are not known": (
            unknown(kind, "7{}3", 8),
            {f"few_customer_match_{kind}": (8, 2)},
        ),
    }


SUNDAY, LATE_HOUR = call("b", "2024-03-03 10:00"), call("b", "2024-03-04 23:00")
UNTIMED, LONG_AGO = call("c", "2024-06-04 00:00"), call("d", "2012-06-04 10:00")
OFTEN = [call("e", f"2024-03-{number:02d} 11:00") for number in range(4, 20)]
GOING_ON = [call(f"{n}", "2024-10-07 10:00", converted=True) for n in range(100, 110)]
SCENARIOS: dict[str, tuple[World, Findings]] = {
    "conversions that no event follows": (
        world(FIRST, *GOING_ON),
        {"months_without_events": (16, None), "months_without_calls": (6, None)},
    ),
    "objections": fates("objections", "objection"),
    "complaints": fates("complaints", "complaint"),
    **strangers("objections"),
    **strangers("complaints"),
    "calls after objections": (
        reports(
            "objections",
            report("a", "2025-01-01"),
            report("b", "2024-03-01"),
            report("c", "2024-01-05"),
        ),
        {
            "after_objection": (2, 3),
            "objection_then_called": (2, 3),
            "objection_processed_late": (1, 4),
        },
    ),
    "calls on odd moments": (
        with_events(
            world(FIRST, SUNDAY, LATE_HOUR, UNTIMED, LONG_AGO, *OFTEN),
            Event("d", dt.date(2012, 1, 2)),
        ),
        {
            "forbidden_day": (3, 3),
            "outside_hours": (1, 4),
            "called_without_time": (1, 5),
            "calls_before_rules": (1, 6),
            "customers_called_often": (1, 7),
            "months_without_calls": (142, None),
        },
    ),
    "calls that do not count": (
        world(
            FIRST,
            call("b"),
            call("b"),
            call("c", net_contact=False, converted=True),
            call("d", "2026-06-29 10:00"),
            call("d", "2025-06-30 10:00"),
            own_term=12,
        ),
        {
            "duplicate_call": (1, 3),
            "converted_without_contact": (1, 5),
            "beyond_cap": (1, 6),
            "beyond_own_term": (1, 7),
        },
    ),
    "events": (
        world(
            FIRST,
            call("b"),
            has_ends_on=True,
            events=[
                Event("a", GIFT, ends_on=GIFT, kind="contract"),
                Event("a", GIFT, ends_on=dt.date(2023, 5, 1), kind="contract"),
                Event("a", GIFT, ends_on=GIFT, amount=0.0),
                Event("b", GIFT, kind="contract"),
            ],
        ),
        {"ended_before_start": (1, 3), "zero_amount_event": (1, 4), "running_customer": (1, 3)},
    ),
    "nobody reached": (
        world(call("a", net_contact=False)),
        {"no_net_contacts": (1, None), "no_conversions": (1, None)},
    ),
    "events of strangers": (
        known_as(world(FIRST, *PEOPLE), "K-{}"),
        {
            "no_customer_match_events": (13, 2),
            "prefix_differ_events": (12, None),
            "no_earlier_event": (13, 2),
        },
    ),
    "objections of which a part is written otherwise": (
        world(
            *CROWD,
            objections=[
                report(f"K-{one.customer}" if n < 5 else one.customer, "2024-03-05")
                for n, one in enumerate(CROWD)
            ],
        ),
        {"prefix_differ_objections": (5, None)},
    ),
    "events of which a part is written otherwise": (
        world(
            *CROWD,
            events=[
                Event(f"00{one.customer}" if n < 5 else one.customer, GIFT)
                for n, one in enumerate(CROWD)
            ],
        ),
        {"leading_zeros_differ_events": (5, None)},
    ),
    "events mostly of strangers": (
        with_events(known_as(world(*PEOPLE), "00{}"), Event("100", GIFT)),
        {"unlike_customer_keys_events": (11, 3), "leading_zeros_differ_events": (11, None)},
    ),
    "events of which most customers are not known": (
        with_events(known_as(world(*PEOPLE), "7{}3"), Event("100", GIFT)),
        {"few_customer_match_events": (11, 3), "no_earlier_event": (11, 3)},
    ),
}
SCENARIOS |= {
    "keys that stand for nobody": (
        world(
            FIRST,
            call("NULL", net_contact=True),
            call("#N/B"),
            call("onbekend"),
            events=[Event("a", GIFT), Event("nan", GIFT), Event("0", GIFT)],
            objections=[report("a", "2024-03-05"), report("-", "2024-03-05")],
            complaints=[report("a", "2024-03-05"), report("Anoniem", "2024-03-06")],
        ),
        {
            "placeholder_keys_calls": (3, 3),
            "placeholder_keys_events": (2, 3),
            "placeholder_keys_objections": (1, 3),
            "placeholder_keys_complaints": (1, 3),
        },
    ),
    "events in another case": (
        with_events(
            world(FIRST, *(call(f"kl{number}") for number in range(100, 112)), events=[]),
            *(Event(f"KL{number}", GIFT) for number in range(100, 112)),
        ),
        {"no_customer_match_events": (13, 2), "key_form_differs_events": (12, None)},
    ),
    "reports in another case": (
        world(
            FIRST,
            *(call(f"kl{number}") for number in range(100, 112)),
            objections=[report(f"KL{n}", "2024-03-10") for n in range(100, 112)],
            complaints=[report(f"KL{n}", "2024-03-10") for n in range(100, 112)],
        ),
        {"key_form_differs_objections": (12, None), "key_form_differs_complaints": (12, None)},
    ),
    "reports that number calls differently": (
        world(
            FIRST,
            *(call(f"{number}", call_id=f"ID-{number}") for number in range(100, 112)),
            objections=[report(f"{n}", "2024-03-10", f"{n}") for n in range(100, 112)],
            complaints=[report(f"{n}", "2024-03-10", f"{n}") for n in range(100, 112)],
        ),
        {
            "no_call_id_match_objections": (12, None),
            "no_call_id_match_complaints": (12, None),
        },
    ),
    "a key that is many": (
        world(
            FIRST,
            *PEOPLE,
            *(call("k99", f"2024-{1 + n % 12:02d}-{1 + n // 12:02d} 10:00") for n in range(240)),
            events=[Event("a", GIFT), *(Event("k99", GIFT) for _ in range(90))],
            objections=[report("k99", "2024-03-10") for _ in range(60)],
            complaints=[report("k99", "2024-03-10") for _ in range(60)],
        ),
        {
            "one_key_many_rows_calls": (240, None),
            "one_key_many_rows_events": (90, None),
            "one_key_many_rows_objections": (60, None),
            "one_key_many_rows_complaints": (60, None),
        },
    ),
}


def on_days(days: Sequence[dt.date]) -> World:
    """Return a history of which every table has a row on each of the days."""
    named = [(f"{100 + number}", day) for number, day in enumerate(days)]
    calls = [call(name, f"{day} 10:00", converted=name == "100") for name, day in named]
    reported = [Report(name, day, "") for name, day in named]
    events = [Event(name, day) for name, day in named]
    return world(*calls, events=events, objections=reported, complaints=reported)


TABLES = ("calls", "events", "objections", "complaints")
SCENARIOS |= {
    "ends that stand for no end": (
        world(
            FIRST,
            has_ends_on=True,
            events=[
                Event("a", GIFT, ends_on=GIFT, kind="contract"),
                Event("b", GIFT, ends_on=dt.date(1900, 1, 1), kind="contract"),
                Event("c", GIFT, ends_on=dt.date(9999, 12, 31), kind="contract"),
                Event("d", dt.date(1970, 1, 1), ends_on=dt.date(1970, 1, 1), kind="contract"),
            ],
        ),
        {"sentinel_dates": (3, 3), "sentinel_events": (1, 5)},
    ),
    "only the year is kept": (
        on_days([dt.date(2013 + n % 10, 1 + 6 * (n % 5 == 0), 1) for n in range(24)]),
        {f"dates_year_only_{table}": (19, None) for table in TABLES},
    ),
    "only the month is kept": (
        on_days([dt.date(2013 + n % 10, 2 + n % 5, 1) for n in range(24)]),
        {f"dates_month_only_{table}": (24, None) for table in TABLES},
    ),
    "one day stands for all": (
        on_days([dt.date(2023, 3, 1 + (n % 3) * (n > 12)) for n in range(24)]),
        {"dates_one_day_events": (16, None)},
    ),
}
GIVEN = [Event(f"g{n}-{k}", dt.date(2022, 1 + n, 1)) for n in range(12) for k in range(20)]
SCENARIOS |= {
    "events that begin late": (
        with_events(
            world(FIRST, *(call(f"{n}") for n in range(200, 211)), events=[]),
            Event("a", GIFT),
            *GIVEN,
        ),
        {"events_begin_late": (10, None), "no_earlier_event": (11, 3)},
    ),
    "a call in two legs": (
        world(
            call("a", call_id="1", converted=True),
            call("b", call_id="2"),
            call("a", "2024-03-04 10:03", call_id="1"),
            events=[Event("a", GIFT), Event("a", GIFT), Event("b", GIFT)],
        ),
        {"legs_of_one_call": (1, 4), "repeated_rows_events": (1, None)},
    ),
    "a number of a campaign": (
        world(call("a", call_id="1", converted=True), call("b", call_id="1")),
        {"call_id_repeats": (2, None)},
    ),
    "calls exported anew under other numbers": (
        world(
            *(call(f"{n}", call_id=f"oud-{n}", converted=n == 1) for n in range(1, 31)),
            *(call(f"{n}", call_id=f"nieuw-{n}", converted=n == 1) for n in range(1, 21)),
            events=[Event(f"{n}", GIFT) for n in range(1, 31)],
        ),
        {"calls_at_one_moment": (20, None)},
    ),
    "some calls at one moment under other numbers": (
        world(
            *(call(f"{n}", call_id=f"oud-{n}", converted=n == 1) for n in range(1, 31)),
            *(call(f"{n}", call_id=f"nieuw-{n}") for n in range(1, 20)),
            events=[Event(f"{n}", GIFT) for n in range(1, 31)],
        ),
        {"few_calls_at_one_moment": (19, None)},
    ),
}
MONTHS = [dt.date(2025 + n // 12, n % 12 + 1, 5) for n in range(15)]


def month_by_month(
    day: dt.date, *, contacts: bool = True, conversions: bool = True, reports: bool = True
) -> World:
    """Return a month in which 10 people are called, with all, or none, of what follows."""
    calls = [
        call(f"{day:%y%m}-{n}", f"{day} 10:0{n}", net_contact=contacts, converted=conversions)
        for n in range(10)
    ]
    told = [Report(one.customer, day, "") for one in calls] if reports else []
    return World(calls=calls, objections=told, complaints=told)


def put_together(months: Sequence[World], **choices: object) -> World:
    made = world(*(one for month in months for one in month.calls), **choices)
    objections, complaints = (
        [one for month in months for one in getattr(month, kind) or ()]
        for kind in ("objections", "complaints")
    )
    return dataclasses.replace(made, objections=objections, complaints=complaints)


SCENARIOS |= {
    "reports that stop early": (
        put_together([month_by_month(day, reports=day < MONTHS[10]) for day in MONTHS]),
        {
            "months_without_objections": (5, None),
            "months_without_complaints": (5, None),
            "no_rows_at_the_end": (29, None),
        },
    ),
    "codes that changed for a while": (
        put_together(
            [
                month_by_month(day, contacts=n < 11, conversions=4 < n < 11)
                for n, day in enumerate(MONTHS)
            ]
        ),
        {"months_without_conversions": (5, None), "months_without_contacts": (4, None)},
    ),
}


def with_contracts(number: int, *, converted: int, extended: int) -> World:
    """Return calls to people with a contract; of the first it runs on through the call."""
    names = [f"{100 + n}" for n in range(number)]
    contracts = [
        Event(
            name,
            dt.date(2022, 6, 1),
            ends_on=dt.date(2025 if n < extended else 2023, 6, 1),
            kind="contract",
        )
        for n, name in enumerate(names)
    ]
    calls = [call(name, converted=n < converted) for n, name in enumerate(names)]
    return world(*calls, has_ends_on=True, events=contracts)


MONDAYS = [dt.date(2024, 3, 4) + dt.timedelta(weeks=n) for n in range(25)]
SCENARIOS |= {
    "the last call of each customer, on the day on which a list was loaded": (
        world(
            *(
                call(f"{day:%y%m%d}-{n}", f"{day} 10:{n:02d}", converted=n == 0)
                for day in MONDAYS
                for n in range(20)
            ),
        ),
        {"one_call_per_customer": (500, None), "calls_on_one_weekday": (500, None)},
    ),
    "months that were rounded up, and counted on the day of the export": (
        world(
            *(
                call(f"{100 + n}", f"{day} 10:{n:02d}", months=1, converted=n == 0)
                for day in ("2024-03-04", "2024-08-05")
                for n in range(60)
                if day < "2024-08" or n < 30
            ),
            events=None,
            age="months",
        ),
        {"months_stand_still": (30, None), "months_begin_at_one": (90, None)},
    ),
    "reports that were entered in batches": (
        put_together(
            [
                dataclasses.replace(month_by_month(day), objections=told, complaints=told)
                for day in [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(60)]
                for told in [
                    [Report(f"{day:%y%m}-{n}", day, "") for n in range(10)] if day.day == 20 else []
                ]
            ]
        ),
        {"dates_batched_objections": (10, None), "dates_batched_complaints": (10, None)},
    ),
    "reports that are dated on the day on which they were processed": (
        world(
            *(call(f"{100 + n}") for n in range(60)),
            objections=[report(f"{100 + n}", SOON if n < 30 else LONG_AFTER) for n in range(55)],
            complaints=[report(f"{100 + n}", LONG_AFTER if n < 30 else LATER) for n in range(55)],
        ),
        {"objections_dated_late": (25, None), "complaints_dated_late": (25, None)},
    ),
    "a relation that the conversion itself extended": (
        with_contracts(40, converted=12, extended=12),
        {"conversions_left_out": (12, None), "running_customer": (12, 2)},
    ),
    "relations that some of the conversions extended": (
        with_contracts(140, converted=40, extended=10),
        {"some_conversions_left_out": (10, None), "running_customer": (10, 2)},
    ),
    "people who are removed from the events once they object": (
        world(
            *(call(f"{100 + n}", converted=n == 99) for n in range(100)),
            objections=[report(f"{100 + n}", "2024-03-10") for n in range(20)],
            events=[Event(f"{100 + n}", GIFT) for n in range(12, 100)],
        ),
        {"objections_left_out": (12, None), "objection_on_excluded_call": (12, 2)},
    ),
    "some people who are removed from the events once they object": (
        world(
            *(call(f"{100 + n}", converted=n == 199) for n in range(200)),
            objections=[report(f"{100 + n}", "2024-03-10") for n in range(40)],
            events=[Event(f"{100 + n}", GIFT) for n in range(10, 200)],
        ),
        {"some_objections_left_out": (10, None)},
    ),
    "conversations that two systems delivered": (
        world(
            FIRST,
            *(
                call(f"{100 + n}", f"2024-03-04 10:{n:02d}:{second:02d}", call_id=f"{second}-{n}")
                for n in range(30)
                for second in (0, 1)
            ),
        ),
        {"contacts_minutes_apart": (30, None)},
    ),
    "conversations of which a copy is in another time zone": (
        world(
            FIRST,
            *(
                call(f"{100 + n}", f"2024-03-04 {hour}:{n:02d}", call_id=f"{hour}-{n}")
                for n in range(30)
                for hour in (10, 11)
            ),
        ),
        {"contacts_at_one_distance": (30, None)},
    ),
    "lines that were cut off": (
        world(
            *(call(f"{1000 + n}", converted=n == 1500) for n in range(1501)),
            *(call(f"{1000 + n}", "2024-03-04 10:02") for n in range(20)),
        ),
        {"few_contacts_minutes_apart": (20, None)},
    ),
    "calls of which the systems keep only who came back": (
        world(
            FIRST,
            *(call(f"{100 + n}", f"2024-0{1 + n % 4}-05 10:00") for n in range(100)),
            events=[
                *(Event(f"{100 + n}", GIFT) for n in range(100)),
                *(Event(f"{100 + n}", dt.date(2025, 3, 5)) for n in range(100)),
                Event("a", GIFT),
            ],
        ),
        {"only_who_came_back": (100, None)},
    ),
    "relations that an administration closes once a year": (
        world(
            FIRST,
            has_ends_on=True,
            events=[
                Event(
                    f"{100 + n}",
                    dt.date(2021, 1, 4),
                    ends_on=dt.date(2022, 12, 31) if n < 30 else dt.date(2022, 1, 1 + n % 25),
                    kind="contract",
                )
                for n in range(100)
            ],
        ),
        {"ends_on_one_day_of_year": (30, None)},
    ),
    "an end that a system writes for none": (
        world(
            FIRST,
            has_ends_on=True,
            events=[
                Event(
                    f"{100 + n}",
                    dt.date(2021, 1, 4),
                    ends_on=dt.date(1980, 1, 1) if n < 5 else dt.date(1981 + n, 2, 3),
                    kind="contract",
                )
                for n in range(12)
            ],
        ),
        {"one_end_before_starts": (5, None)},
    ),
    "a campaign of which nothing came": (
        world(
            *(
                call(f"{100 + n}", f"2024-03-04 10:{n:02d}", converted=n % 2 == 0, campaign="A")
                for n in range(60)
            ),
            *(call(f"{100 + n}", f"2024-03-05 10:{n:02d}", campaign="B") for n in range(40)),
            events=[Event(f"{100 + n}", GIFT) for n in range(60)],
        ),
        {"silent_campaigns": (1, None)},
    ),
}
GOES_ON = [Event(f"g{month}-{n}", dt.date(2024, month, 20)) for month in (3, 4, 5) for n in "abc"]
SCENARIOS |= {
    "sales of which many were deleted": (
        with_events(
            world(*(call(f"{100 + n}", converted=n < 30) for n in range(40))),
            *(Event(f"{100 + n}", dt.date(2024, 3, 4)) for n in range(6)),
            *GOES_ON,
        ),
        {"conversions_without_purchase": (24, None)},
    ),
    "sales that were closed by mail": (
        with_events(
            world(
                *(call(f"{100 + n}", converted=n == 0) for n in range(40)),
                *(call(f"{200 + n}", "2024-01-04 10:00") for n in range(40)),
            ),
            *(Event(f"{100 + n}", dt.date(2024, 4, 3)) for n in range(30)),
        ),
        {"purchases_without_conversion": (29, None)},
    ),
}
LATE_ROWS: Findings = {
    "after_data_through_calls": (1, 4),
    "after_data_through_events": (1, 4),
    "after_data_through_objections": (1, 2),
    "after_data_through_complaints": (1, 2),
}


OF_FILES: Findings = {
    "files_not_read": (2, None),
    "sheets_not_used": (1, None),
    "hidden_rows": (1, 3),
    "rows_below_table": (2, 4),
}


def assert_found(dossier: Dossier, expected: Findings) -> None:
    exposure = review_history(dossier, SECRET, examples=True).exposure
    lines = [line.count for line in exposure.bridge]
    assert lines[0] == sum(lines[1:])
    found = {finding.code: finding for finding in exposure.findings}
    assert len(found) == len(exposure.findings)
    shown = {code: (f.count, f.example_row) for code, f in found.items() if code in expected}
    assert shown == expected
    for code in expected:
        assert_told(found[code])


def assert_told(finding: Finding) -> None:
    assert (finding.example_file is None) == (finding.example_row is None)
    first, meaning, *_, remedy = finding_lines([finding])
    assert first.startswith("BLOCKING ") == finding.blocking
    counts = guide(finding.code).counts
    noun = "" if counts == "rows" else f" {counts[:-1] if finding.count == 1 else counts}"
    where = "" if finding.table == f"the {counts}" else f" in {finding.table}"
    assert f": {finding.count}{noun}{where}" in first
    if finding.example_row is not None:
        assert first.endswith(f"{finding.example_file} row {finding.example_row}")
    assert meaning.strip().endswith(".")
    assert remedy.strip().startswith("To do: ")


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_finding_is_counted_and_shows_its_first_row(name: str, tmp_path: Path) -> None:
    made, expected = SCENARIOS[name]
    assert_found(write_world(tmp_path, made), expected)


def test_what_is_later_than_the_quarter_is_a_finding(tmp_path: Path) -> None:
    late = [report("a", "2026-09-30")]
    made = world(FIRST, call("b"), call("b", "2026-09-30 10:00"), objections=late, complaints=late)
    made = dataclasses.replace(with_events(made, Event("a", THROUGH)), through=dt.date(2026, 6, 30))
    assert_found(write_world(tmp_path, made, quarter="2026-Q2", through="2026-09-30"), LATE_ROWS)


def test_codes_that_are_mapped_to_nothing_are_a_finding(tmp_path: Path) -> None:
    dossier = write_world(tmp_path, world(FIRST, call("b")))
    rows = "customer_id,called_at,code\na,2024-03-04 10:00,ja\nb,2024-03-04 10:00,weg\n"
    (tmp_path / "calls.csv").write_text(rows, "utf-8")
    values = '[data.calls.values]\ncode = { converted = ["ja"], net_contact = ["ja"] }\n[settings]'
    text = dossier.path.read_text("utf-8").replace("[settings]", values)
    dossier.path.write_text(text, "utf-8")
    assert_found(load_dossier(dossier.path), {"unmapped_codes": (1, 3)})


def test_contacts_that_say_to_be_customers_still_are_a_finding(tmp_path: Path) -> None:
    dossier = write_world(tmp_path, world(FIRST, call("b"), call("c")))
    rows = "a,2024-03-04 10:00,ja\nb,2024-03-04 10:00,Reeds donateur\nc,2023-05-01 10:00,al klant\n"
    (tmp_path / "calls.csv").write_text(f"customer_id,called_at,code\n{rows}", "utf-8")
    codes = 'converted = ["ja"], net_contact = ["ja", "Reeds donateur", "al klant"]'
    values = f"[data.calls.values]\ncode = {{ {codes} }}\n[settings]"
    text = dossier.path.read_text("utf-8").replace("[settings]", values)
    dossier.path.write_text(text, "utf-8")
    # the call to c was before any event, and does not count
    assert_found(load_dossier(dossier.path), {"contacts_still_customer": (1, None)})


def test_codes_that_changed_are_a_finding(tmp_path: Path) -> None:
    assert_found(write_changed_codes(tmp_path), {"codes_that_changed": (2, None)})


def test_a_source_that_notes_fewer_objections_is_a_finding(tmp_path: Path) -> None:
    assert_found(write_unlike_sources(tmp_path), {"sources_that_differ": (1, None)})


def test_a_commercial_call_on_a_relation_is_a_finding_once_consent_is_needed(
    tmp_path: Path,
) -> None:
    dossier = write_world(tmp_path, world(FIRST, call("b", "2026-08-03 10:00")))
    text = dossier.path.read_text("utf-8").replace('["charity", "publisher"]', '"commercial"')
    dossier.path.write_text(text, "utf-8")
    assert_found(load_dossier(dossier.path), {"without_ground": (1, 3)})


def test_a_reference_date_that_stands_for_none_is_a_finding(tmp_path: Path) -> None:
    rows = "a,2024-03-04 10:00,ja,ja,2023-01-15\nb,2024-03-04 10:00,ja,nee,1900-01-01\n"
    header = "customer_id,called_at,net_contact,converted,reference_date\n"
    (tmp_path / "calls.csv").write_text(header + rows, "utf-8")
    dossier = write_dossier(tmp_path, tables("calls"))
    assert_found(dossier, {"sentinel_reference_dates": (1, 3)})


def test_an_end_with_a_mistyped_year_is_a_finding_with_its_row(tmp_path: Path) -> None:
    ends = [GIFT, dt.date(2204, 5, 1), dt.date(2024, 5, 1)]
    given = [Event(n, GIFT, ends_on=e, kind="contract") for n, e in zip("abc", ends, strict=True)]
    made = world(FIRST, has_ends_on=True, events=given)
    assert_found(write_world(tmp_path, made), {"sentinel_dates": (1, 3)})


def test_what_lies_in_files_and_is_no_row_of_a_table_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "data" / "oud").mkdir(parents=True)
    (tmp_path / "data" / "notities.txt.bak").write_text("niets", "utf-8")
    (tmp_path / "data" / "oud" / "calls.csv").write_text("niets", "utf-8")
    dossier = write_world(tmp_path, world(FIRST, call("b")))
    with (tmp_path / "calls.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.reader(file), ["Totaal", "", "2"], ["Gemaakt met de beltool"]]
    with xlsxwriter.Workbook(str(tmp_path / "data" / "calls.xlsx")) as book:
        sheet, other = book.add_worksheet("calls"), book.add_worksheet("uitleg")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
            other.write_row(number, 0, ["uitleg"])
        sheet.set_row(2, options={"hidden": True})
    text = dossier.path.read_text("utf-8").replace('path = "calls.csv"', 'path = "data"')
    dossier.path.write_text(text, "utf-8")
    assert_found(load_dossier(dossier.path), OF_FILES)


# The columns beside those that are mapped, and what they leave out: files, codes and findings.
CALLED = "customer_id,called_at,net_contact,converted,code\n"
BY_CODES: dict[str, tuple[dict[str, str], str, Findings]] = {
    "rows that do not count": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,ja\nb,2024-03-04 10:00,1,0,nee\n",
            "events": "customer_id,occurred_on,code\na,2023-06-01,ja\na,2024-01-01,nee\n",
            "objections": "customer_id,objected_on,code\na,2024-03-05,ja\na,2024-03-06,nee\n",
            "complaints": "customer_id,complained_on,code\na,2024-03-05,ja\na,2024-03-06,nee\n",
        },
        'where = { code = ["ja"] }',
        {f"rows_left_out_by_where_{table}": (1, None) for table in TABLES},
    ),
    "columns that nobody mapped": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,Outbound\nb,2024-03-04 10:00,1,0,Inbound\n",
            "events": "customer_id,occurred_on,status\na,2023-06-01,paid\nb,2023-06-01,failed\n",
        },
        "",
        {"status_column_ignored_calls": (1, None), "status_column_ignored_events": (1, None)},
    ),
    "ends that nobody mapped": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\n",
            "events": "customer_id,occurred_on,Einddatum\na,2023-06-01,2024-01-31\nb,2023-06-01,\n",
        },
        "",
        {"end_column_ignored": (1, None)},
    ),
    "ends of which there are few": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\n",
            "events": "customer_id,occurred_on,Einddatum\na,2023-06-01,31-01-2024\n"
            + "".join(f"k{n},2023-06-01,\n" for n in range(20)),
        },
        "",
        {"end_column_in_doubt": (1, None)},
    ),
    "flags and days of rows that were undone": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\nb,2024-03-04 10:00,1,0,\n",
            "events": "customer_id,occurred_on,captured,deleted_at\n"
            "a,2023-06-01,true,\nb,2023-06-01,false,2024-01-01\n",
        },
        "",
        {"status_column_ignored_events": (1, None), "status_column_ignored": (1, None)},
    ),
    "a column that is in doubt": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\n",
            "events": "customer_id,occurred_on,status\na,2023-06-01,paid\na,2023-06-01,pending\n",
        },
        "",
        {"status_column_ignored": (1, None)},
    ),
    "objections and complaints that are not about calls": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\nb,2024-03-04 10:00,1,0,\n",
            "events": "customer_id,occurred_on\na,2023-06-01\nb,2023-06-01\n",
            "objections": "customer_id,objected_on,Soort\na,2024-03-05,telefoon\n"
            "b,2024-03-05,alle kanalen\nb,2024-03-06,post\n",
            "complaints": "customer_id,complained_on,Type\na,2024-03-05,Te vaak gebeld\n"
            "a,2024-03-06,Dubbele incasso\nb,2024-03-06,Overig\n",
        },
        "",
        {
            "subject_column_ignored_objections": (1, None),
            "subject_column_ignored_complaints": (2, None),
        },
    ),
    "reversals among the kinds of gifts, of which one has an amount above zero": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\nb,2024-03-04 10:00,1,0,\n",
            "events": "customer_id,occurred_on,amount,Soort\n"
            "a,2023-06-01,10,Gift\nb,2023-06-01,10,Actiegift\n"
            "a,2023-06-08,10,Storno\nb,2023-06-08,-10,Terugbetaling\n",
        },
        "",
        {"status_column_ignored": (1, None), "zero_amount_event": (1, 5)},
    ),
    "reasons for which a mandate ended": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\nb,2024-03-04 10:00,1,0,\n",
            "events": "customer_id,occurred_on,ends_on,Reden einde\n"
            "a,2023-01-01,2023-06-01,Verhuisd\nb,2023-01-01,2023-06-01,Mislukte incasso\n"
            "b,2022-01-01,2022-06-01,Verhuisd\n",
        },
        "",
        {},
    ),
    "objections that are told twice": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,ja\nb,2024-03-04 10:00,1,0,verzet\n",
            "events": "customer_id,occurred_on\na,2023-06-01\nb,2023-06-01\n",
            "objections": "customer_id,objected_on\nb,2024-03-05\n",
        },
        'from_calls = { code = ["verzet"] }',
        {"objections_told_twice": (1, None)},
    ),
    "a file that ends at a round number of rows, and one that does not": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\nb,2024-03-04 10:00,1,0,\n",
            "events": "customer_id,occurred_on\na,2023-06-01\n"
            + "".join(f"k{n},2023-06-{1 + n % 28:02d}\n" for n in range(999)),
            "objections": "customer_id,objected_on\n"
            + "".join(f"b,2023-{1 + n % 12:02d}-01\n" for n in range(1001)),
        },
        "",
        {"files_at_a_limit": (1, None)},
    ),
    "ends that nobody filled in": (
        {
            "calls": f"{CALLED}a,2024-03-04 10:00,1,1,\nb,2024-03-04 10:00,1,0,\n",
            "events": "customer_id,occurred_on,ends_on\na,2023-06-01,NULL\nb,2023-06-01,\n",
        },
        "",
        {"column_never_filled": (2, None), "running_customer": (2, 2)},
    ),
    "codes that tell of no objection any more, beside a table that begins then": (
        {
            "calls": CALLED
            + "".join(
                f"{n}-{k},{day} 10:00,1,{int(k == 0)},{'verzet' if n < 9 and k < 5 else 'nee'}\n"
                for n, day in enumerate(MONTHS)
                for k in range(10)
            ),
            "events": "customer_id,occurred_on\n"
            + "".join(f"{n}-{k},2023-06-01\n" for n in range(15) for k in range(10)),
            "objections": "customer_id,objected_on\n"
            + "".join(f"{n}-{k},{MONTHS[n]}\n" for n in range(9, 15) for k in range(5)),
        },
        'from_calls = { code = ["verzet"] }',
        # the objections of a month may still come in the next one
        {"months_without_objections": (8, None), "months_without_told_objections": (6, None)},
    ),
    "the state of today": (
        {
            "calls": CALLED.replace("code", "reference_date")
            + "".join(f"c{n},2024-03-04 10:00,1,0,2023-01-0{n}\n" for n in range(1, 10))
            + "a,2024-03-04 10:00,1,1,2024-03-04\n",
        },
        "",
        {"reference_on_or_after_call": (1, 11), "reference_after_conversions": (1, None)},
    ),
}


@pytest.mark.parametrize("name", BY_CODES)
def test_a_finding_about_columns_beside_the_mapped_ones(name: str, tmp_path: Path) -> None:
    files, choice, expected = BY_CODES[name]
    for table, text in files.items():
        (tmp_path / f"{table}.csv").write_text(text, "utf-8")
    data = tables(*files)
    for table in files if choice.startswith("where") else ("objections",):
        data = data.replace(f'path = "{table}.csv"', f'path = "{table}.csv"\n{choice}')
    dossier = write_dossier(tmp_path, data)
    assert_found(dossier, expected)
    others = {code for code in all_guides() if "column_ignored" in code} - {*expected}
    assert not others & {one.code for one in review_history(dossier, SECRET).exposure.findings}


def test_a_file_that_is_there_twice_is_a_finding(tmp_path: Path) -> None:
    write_world(tmp_path, world(FIRST, call("b")))
    (tmp_path / "copies").mkdir()
    for name in ("one.csv", "two.csv"):
        (tmp_path / "copies" / name).write_text(
            (tmp_path / "calls.csv").read_text("utf-8"), "utf-8"
        )
    data = tables("calls", "events").replace("calls.csv", "copies")
    assert_found(write_dossier(tmp_path, data), {"same_file_twice": (1, None)})


OF_COUNTS = {"rows_left_out_by_where_counts": 1, "counts_added_up": 1, "few_groups": 2}


def test_findings_about_counts(tmp_path: Path) -> None:
    rows = "0,100,9,a,ja\n1,80,5,b,ja\n1,70,6,b,ja\n2,1,1,c,nee\n"
    header = "months_since_purchase,contacts,conversions,group,code\n"
    (tmp_path / "counts.csv").write_text(header + rows, "utf-8")
    dossier = write_dossier(tmp_path, tables("counts") + '\nwhere = { code = ["ja"] }')
    found = {finding.code: finding for finding in load_exposure(dossier, SECRET).findings}
    assert {code: finding.count for code, finding in found.items()} == OF_COUNTS
    for finding in found.values():
        assert_told(finding)


def test_a_row_of_averages_is_a_finding_about_counts(tmp_path: Path) -> None:
    rows = [f"{month},{1000 + 7 * month},{90 - month}" for month in range(24)]
    header = "months_since_purchase,contacts,conversions"
    (tmp_path / "counts.csv").write_text("\n".join([header, *rows, "24,1080,78", ""]), "utf-8")
    dossier = write_dossier(tmp_path, tables("counts"))
    (finding,) = load_exposure(dossier, SECRET).findings
    assert finding.code == "count_row_like_average"
    assert_told(finding)


def test_every_finding_is_made_to_happen_here() -> None:
    made = {code for _, findings in SCENARIOS.values() for code in findings}
    made |= {code for *_, findings in BY_CODES.values() for code in findings}
    alone = {
        "count_row_like_average",
        "contacts_still_customer",
        "codes_that_changed",
        "sources_that_differ",
        "unmapped_codes",
        "without_ground",
        "sentinel_reference_dates",
        "same_file_twice",
    }
    assert made | {*LATE_ROWS, *OF_FILES, *OF_COUNTS, *OF_RELATIONS, *alone} == set(all_guides())


@pytest.mark.parametrize("call_id", ["", "2"])
def test_an_objection_in_no_rate_may_follow_an_older_or_another_net_contact(
    tmp_path: Path, call_id: str
) -> None:
    answered = "2024-03-01 10:00" if call_id else "2024-01-04 10:00"
    made = reports(
        "objections",
        report("b", "2024-03-10", call_id),
        calls=[
            FIRST,
            call("b", answered, call_id="1"),
            call("b", "2024-03-05 10:00", net_contact=False, call_id="2"),
        ],
    )
    findings = review_history(write_world(tmp_path, made), SECRET).exposure.findings
    found = {finding.code: finding.count for finding in findings}
    assert found["objection_after_unanswered_calls"] == 1
    told = finding_text("objection_after_unanswered_calls", 1)
    assert "aan geen netto contact toe te schrijven" in told
    assert "alleen" not in told


def test_only_what_makes_any_analysis_worthless_blocks() -> None:
    blocking = {code for code in all_guides() if Finding(code=code, count=1).blocking}
    tables = ("events", "objections", "complaints")
    crowded = {f"one_key_many_rows_{table}" for table in ("calls", *tables)}
    unmatched = {f"no_customer_match_{table}" for table in tables}
    unmatched |= {f"unlike_customer_keys_{table}" for table in tables}
    unmatched |= {f"no_call_id_match_{table}" for table in ("objections", "complaints")}
    ignored = {"status_column_ignored_events", "status_column_ignored_calls"}
    others = {
        "no_net_contacts",
        "reference_after_conversions",
        "end_column_ignored",
        "calls_at_one_moment",
        "contacts_minutes_apart",
        "contacts_at_one_distance",
        "conversions_left_out",
        "objections_left_out",
        "one_end_before_starts",
        *ignored,
    }
    assert blocking == {*others, *unmatched, *crowded}
