"""Rows that do not count: totals and remarks, refunds, incoming calls, legs of one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.awkward.export import (
    CALLS,
    EVENTS,
    HEADER,
    PLAIN,
    RIGHT,
    SEMICOLON,
    Export,
    Write,
    beside,
    csv_text,
    event_rows,
    raw,
    rows,
    text,
    with_events,
)
from tests.awkward_workbooks import write_workbook

FOOTERS, STATUS, LEGS, ENDS = (
    "footers",
    "status-of-payments",
    "one-call-many-legs",
    "line-ends",
)
# Below the table: text, and whether something is said of it.
BELOW = {
    "the number of rows, as psql tells it": "(5 rows)\n",
    "the number of rows, as SQL Server tells it": "\n(5 rows affected)\n",
    "the number of rows in Dutch": "5 rijen geselecteerd.\n",
    "the filters of Power BI": "\nApplied filters:\nJaar is 2025\nRegio is not (Blank)\n",
    "the end of a report": "*** Einde rapport ***\n",
    "the end of a file": "#EOF\n",
    "a total of calls": "Totaal aantal gesprekken: 5;;;\n",
    "a grand total": "Generaal totaal;;3;1\n",
    "a total in English": "Grand Total;;3;1\n",
    "an average": "Gemiddelde;;0,6;0,2\n",
    "a total without a customer": ";Totaal;3;1\n",
    "a sum": ";;3;1\n",
    "when it was made": "Aangemaakt op 06-05-2025 12:00:00 door Anna\n",
    "who made it": "Rapport gemaakt door: Beheer\n",
    "copyright": "© 2025 Belbureau BV\n",
    "a line": "--------------------\n",
    "blank cells and a remark": ";;;\n;;;\nDeze gegevens zijn vertrouwelijk.;;;\n",
}


def _below(name: str, content: str) -> Export:
    return Export(
        name=f"below the table {name}",
        kind=FOOTERS,
        write=text(SEMICOLON + content),
        findings=("rows_below_table",),
    )


def _sheet(*below: Sequence[Any]) -> Write:
    return lambda folder: write_workbook(folder / "calls.xlsx", {"Blad1": [*rows(), *below]})


def _paid(column: str, *added: tuple[str, str, str, str], good: str = "paid") -> Write:
    """Return what writes the events with a status, and further rows of another status."""
    table = beside(column, *[good] * len(EVENTS), table=event_rows())
    return with_events([*table, *map(list, added)])


def _called(column: str, good: str, *added: Sequence[str]) -> Write:
    return text(csv_text([*beside(column, *[good] * len(CALLS)), *added]))


LATER = ("001", "2025-04-01", "10.00")
IN_AGAIN = ("001", "2025-04-20 10:00", "true", "true")
BAD_PAYMENTS = {
    "Mollie": ("status", "paid", "failed"),
    "Stripe": ("Status", "Paid", "Refunded"),
    "CiviCRM": ("Contribution Status", "Completed", "Cancelled"),
    "a bank": ("Status", "Geïncasseerd", "Gestorneerd"),
    "a Dutch CRM": ("betaalstatus", "Betaald", "Teruggestort"),
    "PayPal": ("Payment Status", "Completed", "Reversed"),
    "Salesforce": ("Stage", "Closed Won", "Closed Lost"),
    "direct debits": ("Incassostatus", "Geslaagd", "Mislukte incasso"),
    "a bank with its reasons": ("status", "Geïncasseerd", "Teruggeboekt (MD01)"),
    "invoices of Stripe": ("Status", "paid", "uncollectible"),
    "CiviCRM that waits": ("Contribution Status", "Completed", "Pending (Incomplete Transaction)"),
    "a refund in part": ("Status", "Betaald", "Gedeeltelijk terugbetaald"),
    "words that nobody knows": ("Status", "Betaald", "Bij de deurwaarder"),
    "a column that is not called so": ("Verloop", "Gelukt", "Afgewezen"),
}
UNSURE = {"Cancelled", "Closed Lost", "Pending (Incomplete Transaction)", "Bij de deurwaarder"}
UNSURE |= {"Gedeeltelijk terugbetaald", "Ontvangen", "Gemist", "IN"}
INCOMING = {
    "Five9": ("CALL TYPE", "Outbound", "Inbound"),
    "HubSpot": ("Call direction", "OUTBOUND", "INBOUND"),
    "3CX": ("Direction", "Outbound", "Internal"),
    "a Dutch telephone exchange": ("Richting", "uitgaand", "inkomend"),
    "Dutch words in full": ("gespreksrichting", "Uitgaand gesprek", "Inkomend gesprek"),
    "calls to and fro": ("Richting", "Gebeld", "Ontvangen"),
    "calls that were missed": ("Direction", "Outgoing", "Gemist"),
    "a column that is not called so": ("Soort", "Uitgaande oproep", "Inkomende oproep"),
    "OUT and IN in any column": ("kolom 7", "OUT", "IN"),
}


def _status_export(system: str, *, stated: bool) -> Export:
    column, good, bad = BAD_PAYMENTS[system]
    code = "status_column_ignored" if bad in UNSURE else "status_column_ignored_events"
    months = {6: (1, 1), 12: (1, 0), 0: (1, 0)}
    return Export(
        name=f"the status of a payment of {system}{', stated' * stated}",
        kind=STATUS,
        write=_paid(column, (*LATER, bad), good=good),
        events=f'[data.events.where]\n"{column}" = ["{good}"]' if stated else "",
        months=None if stated else months,
        findings=("rows_left_out_by_where_events",) if stated else (code,),
    )


def _direction_export(system: str, *, stated: bool) -> Export:
    column, good, bad = INCOMING[system]
    code = "status_column_ignored" if bad in UNSURE else "status_column_ignored_calls"
    found = "rows_left_out_by_where_calls" if stated else code
    months = {**RIGHT, 15: (2, 1)} if bad in UNSURE and not stated else None
    return Export(
        name=f"the direction of a call of {system}{', stated' * stated}",
        kind=STATUS,
        write=_called(column, good, [*IN_AGAIN, bad]),
        calls=f'[data.calls.where]\n"{column}" = ["{good}"]' if stated else "",
        months=months,
        findings=(found,),
    )


def _legs(*rows_of: Sequence[str]) -> Write:
    return text(csv_text([[*HEADER, "call_id"], *rows_of]))


NUMBERED = [[*row, f"c{number}"] for number, row in enumerate(CALLS)]

EXPORTS = (
    *(_below(name, content) for name, content in BELOW.items()),
    Export(
        name="a total in a workbook, below blank rows",
        kind=FOOTERS,
        write=_sheet([], [], ["Totaal", None, 3, 1], ["Bron: beltool"]),
        suffix="xlsx",
        findings=("rows_below_table",),
    ),
    Export(
        name="a total above, right below the header",
        kind=FOOTERS,
        write=text(SEMICOLON.replace("\n", "\nTotaal;;3;1\n", 1)),
        findings=("rows_below_table",),
    ),
    Export(
        name="totals after every day",
        kind=FOOTERS,
        write=text(SEMICOLON.replace("001;2025", "Subtotaal 2025;;2;1\n001;2025")),
        findings=("rows_below_table",),
    ),
    Export(
        name="a total of the amounts",
        kind=FOOTERS,
        write=with_events([*event_rows(), ["", "", "1272.00"]]),
        findings=("rows_below_table",),
    ),
    Export(
        name="below the table the header once more",
        kind=FOOTERS,
        write=text(SEMICOLON + csv_text([HEADER], ";")),
        findings=("rows_below_table",),
    ),
    Export(
        name="a second table below the first",
        kind=FOOTERS,
        write=text(SEMICOLON + "\nagent;gesprekken\nAnna;5\n"),
        refused=("`calls.csv`",),
    ),
    Export(
        name="a call without a customer below",
        kind=FOOTERS,
        write=text(SEMICOLON + ";2025-05-05 10:00;true;false\n"),
        refused=("row 7: `customer_id` is empty",),
    ),
    *(_status_export(system, stated=stated) for system in BAD_PAYMENTS for stated in (False, True)),
    *(_direction_export(system, stated=stated) for system in INCOMING for stated in (False, True)),
    Export(
        name="refunds in a column with their day",
        kind=STATUS,
        write=with_events(
            [*beside("terugbetaald op", "", "", "", "", table=event_rows()), [*LATER, "2025-04-03"]]
        ),
        months={6: (1, 1), 12: (1, 0), 0: (1, 0)},
        findings=("status_column_ignored_events",),
    ),
    Export(
        name="reversals in a column of yes and no",
        kind=STATUS,
        write=_paid("Storno", (*LATER, "J"), good="N"),
        findings=("status_column_ignored_events",),
    ),
    Export(
        name="a status of which every row counts",
        kind=STATUS,
        write=_paid("status", good="paid"),
    ),
    Export(
        name="a campaign with the name of a status",
        kind=STATUS,
        write=_called("actie", "Open dag", ["002", "2025-03-05 11:00", "false", "false", "Test"]),
    ),
    Export(
        name="a code in `where` that never occurs",
        kind=STATUS,
        write=_paid("status", (*LATER, "failed")),
        events='[data.events.where]\nstatus = ["payed"]',
        refused=("status", "'payed'"),
    ),
    Export(
        name="rows of which an empty status counts",
        kind=STATUS,
        write=_paid("status", (*LATER, "failed"), good=""),
        events='[data.events.where]\nstatus = [""]',
        findings=("rows_left_out_by_where_events",),
    ),
    Export(
        name="legs of one call",
        kind=LEGS,
        write=_legs(
            *NUMBERED,
            ["001", "2025-04-05 11:16", "false", "true", "c4"],
            ["002", "2025-01-02 09:29", "false", "false", "c1"],
        ),
        months={6: (1, 1), 12: (1, 0), 15: (1, 1)},
        findings=("legs_of_one_call",),
    ),
    Export(
        name="legs of one call, each with its own number",
        kind=LEGS,
        write=_legs(*NUMBERED, ["001", "2025-04-05 11:16", "true", "false", "c9"]),
        months={6: (1, 1), 12: (1, 0), 15: (2, 0)},
    ),
    Export(
        name="a number of a call that every customer has",
        kind=LEGS,
        write=_legs(*([*row[:-1], "c1"] for row in NUMBERED)),
        findings=("call_id_repeats",),
    ),
    Export(
        name="calls without a number beside calls with one",
        kind=LEGS,
        write=_legs(*NUMBERED[:4], [*CALLS[4], ""], [*CALLS[4], ""]),
    ),
    Export(
        name="one row twice, to the letter",
        kind=LEGS,
        write=text(PLAIN + "001,2025-04-05 11:15,true,false\n"),
        findings=("duplicate_call",),
    ),
    *(
        Export(name=f"lines that end in {end!r}", kind=ENDS, write=text(csv_text(rows(), end=end)))
        for end in ("\r\r\n", "\n\r", "\r\n\r\n", "\r", "\r\r")
    ),
    Export(name="a last line without an end", kind=ENDS, write=text(PLAIN.rstrip("\n"))),
    Export(name="the mark of DOS at the end", kind=ENDS, write=raw(PLAIN.encode() + b"\r\n\x1a")),
    Export(
        name="line ends of three kinds",
        kind=ENDS,
        write=text(PLAIN.replace("\n", "\r\n", 2).replace("\n003", "\r003")),
    ),
    Export(
        name="line ends of a mainframe",
        kind=ENDS,
        write=text(PLAIN.replace("\n", "\x85")),
        refused=("`calls.csv`",),
    ),
    Export(
        name="lines that end in \\r\\r\\n, in sixteen bits",
        kind=ENDS,
        write=text(csv_text(rows(), ";", end="\r\r\n"), "utf-16"),
    ),
    Export(
        name="\\r\\r\\n in cells between quotes",
        kind=ENDS,
        write=text(csv_text(beside("campaign", "a\r\r\nb", "a\nb", "a", "b", "a"), ";", "\r\r\n")),
    ),
)
