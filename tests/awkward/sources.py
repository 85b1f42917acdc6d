"""Tables from several sources, and objections from the codes of calls."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.awkward.export import (
    CALLS,
    EVENTS,
    HEADER,
    PLAIN,
    Export,
    all_of,
    csv_text,
    event_rows,
    raw,
    rows,
    text,
)
from tests.awkward.plain_count import RUNS_ON, Event, called, count_months, given
from tests.awkward_workbooks import write_workbook

SOURCES = "several-sources"

GIFTS = '[data.events]\npath = "events.csv"\n'

MANDATES = [
    ["customer_id", "occurred_on", "ends_on"],
    ["001", "2023-12-31", "2024-08-15"],
    ["004", "2024-11-04", ""],
]

TWO = """[data.calls]
path = "calls.csv"
[[data.events]]
path = "crm.xlsx"
sheet = "Giften"
[[data.events]]
path = "crm.xlsx"
sheet = "Machtigingen"
"""


def _crm(folder: Path) -> None:
    sheets = {"Giften": event_rows()[:4], "Machtigingen": MANDATES}
    write_workbook(folder / "crm.xlsx", sheets)


OF_TWO = count_months(
    called(*CALLS),
    [
        *given(*EVENTS[:3]),
        Event("001", dt.date(2023, 12, 31), ends_on=dt.date(2024, 8, 15)),
        Event("004", dt.date(2024, 11, 4), ends_on=RUNS_ON),
    ],
)

CODED = csv_text(
    [
        [*HEADER[:2], "resultaat"],
        *(
            [*row[:2], code]
            for row, code in zip(CALLS, ("Verzet", "Ja", "Geen gehoor", "Nee", "Nee"), strict=True)
        ),
    ]
)

AS_CODED = """[data.calls]
path = "calls.csv"
[data.calls.values.resultaat]
converted = ["Ja"]
net_contact = ["Ja", "Nee", "Verzet"]
no_contact = ["Geen gehoor"]
"""

FROM_CALLS = 'from_calls = { resultaat = ["Verzet"] }\n'

OBJECTED = count_months(called(*CALLS), given(*EVENTS), [("001", dt.date(2024, 12, 31))])

OBJECTIONS = "customer_id,objected_on\n001,2025-01-02\n"

CALLED_AGAIN = ("after_objection", "objection_processed_late", "objection_then_called")
EXPORTS = (
    Export(
        name="gifts and mandates on two sheets",
        kind=SOURCES,
        write=all_of(text(PLAIN), _crm),
        data=TWO,
        months=OF_TWO,
    ),
    Export(
        name="gifts and mandates on two sheets, the second left out",
        kind=SOURCES,
        write=all_of(text(PLAIN), _crm),
        data=TWO.rsplit("[[", 1)[0],
        findings=("sheets_not_used",),
    ),
    Export(
        name="calls of two diallers, each with its own names and separator",
        kind=SOURCES,
        write=all_of(
            raw(csv_text(rows()[:3], ";"), "een.csv"),
            raw(
                csv_text([["relatie", "moment", "net_contact", "converted"], *rows()[3:]]),
                "twee.csv",
            ),
        ),
        data=GIFTS
        + '[[data.calls]]\npath = "een.csv"\n[[data.calls]]\npath = "twee.csv"\n'
        + 'columns = { customer_id = "relatie", called_at = "moment" }',
    ),
    Export(
        name="one file as two sources",
        kind=SOURCES,
        write=text(PLAIN),
        data=GIFTS + '[[data.calls]]\npath = "calls.csv"\n[[data.calls]]\npath = "calls.csv"',
        refused=("two sources of `data.calls` are the same file",),
    ),
    Export(
        name="objections from the codes of the dialler",
        kind=SOURCES,
        write=text(CODED),
        data=f"{GIFTS}{AS_CODED}[data.objections]\n{FROM_CALLS}",
        months=OBJECTED,
        findings=CALLED_AGAIN,
    ),
    Export(
        name="objections from the codes of the dialler and from a table, the same ones",
        kind=SOURCES,
        write=all_of(text(CODED), raw(OBJECTIONS, "verzet.csv")),
        data=f'{GIFTS}{AS_CODED}[data.objections]\npath = "verzet.csv"\n{FROM_CALLS}',
        months=OBJECTED,
        findings=(*CALLED_AGAIN, "objections_told_twice"),
    ),
    Export(
        name="a code of an objection that never occurs",
        kind=SOURCES,
        write=text(CODED),
        data=f"{GIFTS}{AS_CODED}[data.objections]\n{FROM_CALLS.replace('Verzet', 'Bel-me-niet')}",
        refused=("`resultaat` never holds any of the codes", "from_calls"),
    ),
)
