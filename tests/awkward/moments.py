"""Moments as people and systems write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.awkward.export import CALLS, HEADER, Export, csv_text, text

KIND = "moments"
DUTCH = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september"),
    *("oktober", "november", "december"),
)
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
Written = Callable[[dt.datetime], str]


def _pattern(pattern: str) -> Written:
    return lambda moment: format(moment, pattern)


def _offset(pattern: str) -> Written:
    """Return what writes a moment with the offset of Amsterdam, all in winter but the last."""

    def written(moment: dt.datetime) -> str:
        summer = moment.month == 4
        hours = 2 if summer else 1
        zone = dt.timezone(dt.timedelta(hours=hours), "CEST" if summer else "CET")
        return format(moment.replace(tzinfo=zone), pattern)

    return written


def _utc(pattern: str) -> Written:
    def written(moment: dt.datetime) -> str:
        return format(moment - dt.timedelta(hours=2 if moment.month == 4 else 1), pattern)

    return written


def _moments(written: Written, delimiter: str = ";") -> str:
    table = [[row[0], written(dt.datetime.fromisoformat(row[1])), *row[2:]] for row in CALLS]
    return csv_text([HEADER, *table], delimiter)


READ: dict[str, Written] = {
    "2024/12/31 14:05": _pattern("%Y/%m/%d %H:%M"),
    "2024.12.31 14.05.00": _pattern("%Y.%m.%d %H.%M.%S"),
    "20241231 1405": _pattern("%Y%m%d %H%M"),
    "20241231140500": _pattern("%Y%m%d%H%M%S"),
    "20241231T140500": _pattern("%Y%m%dT%H%M%S"),
    "20241231T130500Z": _utc("%Y%m%dT%H%M%SZ"),
    "2024-12-31 13:05:00 UTC": _utc("%Y-%m-%d %H:%M:%S UTC"),
    "2024-12-31 13:05:00.000 GMT": _utc("%Y-%m-%d %H:%M:%S.000 GMT"),
    "2024-12-31T13:05:00.0000000Z": _utc("%Y-%m-%dT%H:%M:%S.0000000Z"),
    "2024-12-31 14:05:00+0100": _offset("%Y-%m-%d %H:%M:%S%z"),
    "2024-12-31 14:05:00+01": lambda moment: _offset("%Y-%m-%d %H:%M:%S%z")(moment)[:-2],
    "2024-12-31 14:05:00 +01:00": lambda moment: (
        f"{_offset('%Y-%m-%d %H:%M:%S %z')(moment)[:-2]}:00"
    ),
    "2024-12-31 14:05 CET": _offset("%Y-%m-%d %H:%M %Z"),
    "2024-12-31T14:05:00+01:00[Europe/Amsterdam]": lambda moment: (
        _offset("%Y-%m-%dT%H:%M:%S%z")(moment) + "[Europe/Amsterdam]"
    ),
    "2024-12-31 14:05:00 Europe/Amsterdam": _pattern("%Y-%m-%d %H:%M:%S Europe/Amsterdam"),
    "2024-12-31 14:05:00.1234567": _pattern("%Y-%m-%d %H:%M:%S.1234567"),
    "2024-12-31 14:05:00,123": _pattern("%Y-%m-%d %H:%M:%S,123"),
    "12/31/2024 2:05 PM": _pattern("%m/%d/%Y %I:%M %p"),
    "12/31/2024 02:05:00 p.m.": lambda moment: (
        format(moment, "%m/%d/%Y %I:%M:%S ") + ("a.m." if moment.hour < 12 else "p.m.")
    ),
    "31-12-2024 om 14:05 uur": _pattern("%d-%m-%Y om %H:%M uur"),
    "31/12/2024 14u05": _pattern("%d/%m/%Y %Hu%M"),
    "31.12.2024, 14:05": _pattern("%d.%m.%Y, %H:%M"),
    "31-12-2024T14:05:00": _pattern("%d-%m-%YT%H:%M:%S"),
    "31122024 14:05": _pattern("%d%m%Y %H:%M"),
    "31-12-2024 14:05:00 +01:00": lambda moment: (
        f"{_offset('%d-%m-%Y %H:%M:%S %z')(moment)[:-2]}:00"
    ),
    "31 december 2024 14:05": lambda moment: (
        f"{moment.day} {LONG[moment.month - 1]} {moment:%Y %H:%M}"
    ),
    "dinsdag 31 december 2024 om 14.05 uur": lambda moment: (
        f"{DAYS[moment.weekday()]} {moment.day} {LONG[moment.month - 1]} {moment:%Y om %H.%M uur}"
    ),
    "di 31 dec. 2024 14:05": lambda moment: (
        f"{DAYS[moment.weekday()][:2]} {moment.day} {DUTCH[moment.month - 1]}. {moment:%Y %H:%M}"
    ),
    "31-DEC-2024 14:05:00": lambda moment: format(moment, "%d-%b-%Y %H:%M:%S").upper(),
    "31-DEC-24 02.05.00.000000000 PM": lambda moment: format(
        moment, "%d-%b-%y %I.%M.%S.000000000 %p"
    ).upper(),
    "Tue Dec 31 14:05:00 2024": _pattern("%a %b %d %H:%M:%S %Y"),
    "Tue, 31 Dec 2024 14:05:00 +0100": _offset("%a, %d %b %Y %H:%M:%S %z"),
    "Dec 31, 2024, 2:05 PM": _pattern("%b %d, %Y, %I:%M %p"),
    "December 31st, 2024 14:05": lambda moment: (
        f"{moment:%B} {moment.day}{ {1: 'st', 2: 'nd', 3: 'rd', 31: 'st'}.get(moment.day, 'th') }"
        f", {moment:%Y %H:%M}"
    ),
}
REFUSED: dict[str, tuple[Written, tuple[str, ...]]] = {
    "31-12-24 14:05, of which the year may be the day": (
        _pattern("%d-%m-%y %H:%M"),
        ("State dates",),
    ),
    "seconds since 1970": (lambda moment: str(int(moment.timestamp())), ('dates = "unix"',)),
    "milliseconds since 1970": (
        lambda moment: f"{int(moment.timestamp())}000",
        ('dates = "unix"',),
    ),
    "days since 1900": (
        lambda moment: str((moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)),
        ("`called_at` has numbers of five digits", "Excel"),
    ),
    "weeks, as 2024-W53-2": (_pattern("%G-W%V-%u %H:%M"), ("row 2: `called_at`",)),
    "days of the year, as 2024-366": (_pattern("%Y-%j %H:%M"), ("row 2: `called_at`",)),
    "times only": (_pattern("%H:%M:%S"), ("row 2: `called_at`",)),
    "14:05 31-12-2024": (_pattern("%H:%M %d-%m-%Y"), ("row 2: `called_at`",)),
    "years only": (_pattern("%Y"), ("row 2: `called_at` is '2024'",)),
    "months only": (_pattern("%m-%Y"), ("row 2: `called_at` is",)),
    "five o'clock after noon twice, as 14:05 AM": (
        lambda moment: format(moment, "%Y-%m-%d %H:%M AM"),
        ("row 2: `called_at` is '2024-12-31 14:05 AM'",),
    ),
    "a zone far away by its letters": (_pattern("%Y-%m-%d %H:%M XST"), ("row 2: `called_at`",)),
}
NIGHT = "002,2024-12-31 {},true,false\n"

EXPORTS = (
    *(
        Export(name=f"moments as {name}", kind=KIND, write=text(_moments(written)))
        for name, written in READ.items()
    ),
    *(
        Export(name=f"moments as {name}", kind=KIND, write=text(_moments(written)), refused=parts)
        for name, (written, parts) in REFUSED.items()
    ),
    Export(
        name="seconds since 1970, stated",
        kind=KIND,
        write=text(
            _moments(
                lambda moment: str(
                    int(
                        moment.replace(
                            tzinfo=dt.timezone(dt.timedelta(hours=2 if moment.month == 4 else 1))
                        ).timestamp()
                    )
                )
            )
        ),
        calls='dates = "unix"',
    ),
    Export(
        name="years of two digits, stated to come last",
        kind=KIND,
        write=text(_moments(_pattern("%d-%m-%y %H:%M"))),
        calls='dates = "day-first"',
    ),
    Export(
        name="midnight as the hour 24",
        kind=KIND,
        write=text(csv_text([HEADER, *CALLS]) + NIGHT.format("24:00")),
        refused=("row 7: `called_at` is '2024-12-31 24:00'",),
    ),
    Export(
        name="an hour that no clock has",
        kind=KIND,
        write=text(csv_text([HEADER, *CALLS]) + NIGHT.format("25:10")),
        refused=("row 7: `called_at` is '2024-12-31 25:10'",),
    ),
    Export(
        name="a twenty-ninth of February in a year without one",
        kind=KIND,
        write=text(_moments(_pattern("%Y%m%d %H:%M")) + "003;20250229 10:00;true;false\n"),
        refused=("row 7: `called_at` is",),
    ),
    Export(
        name="five notations in one column",
        kind=KIND,
        write=text(
            _moments(_pattern("%Y-%m-%d %H:%M"))
            .replace("2024-12-31", "31-12-2024")
            .replace("2025-02-03", "3 feb 2025")
            .replace("2025-03-04", "20250304")
            .replace("2025-04-05 11:15", "2025/04/05 11:15 AM")
        ),
    ),
)
