"""Exports in the layouts of systems that organisations have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from tests.awkward.export import (
    CALLS,
    EVENTS,
    Export,
    Table,
    all_of,
    csv_text,
    event_rows,
    raw,
    rows,
    text,
)

SYSTEMS = "init-other-systems"


def _system(
    name: str, calls: Table, calls_as: str, events: Table, events_as: str, **others: Any
) -> Export:
    data = f'[data.calls]\npath = "calls.csv"\n{calls_as}\n[data.events]\npath = "events.csv"\n'
    write = all_of(text(csv_text(calls)), raw(csv_text(events), "events.csv"))
    return Export(name=name, kind=SYSTEMS, write=write, data=data + events_as, **others)


def _calls(
    header: Sequence[str], change: Callable[[str, dt.datetime, str], Sequence[Any]]
) -> Table:
    """Return the calls in a layout: from customer, moment and what came of it."""
    results = {"truetrue": "sold", "truefalse": "no", "falsefalse": "nobody"}
    made = [
        change(row[0], dt.datetime.fromisoformat(row[1]), results[row[2] + row[3]]) for row in CALLS
    ]
    return [header, *made]


def _gifts(header: Sequence[str], change: Callable[[str, dt.date, float], Sequence[Any]]) -> Table:
    return [header, *(change(r[0], dt.date.fromisoformat(r[1]), float(r[2])) for r in EVENTS)]


VICIDIAL = _calls(
    ("call_date", "phone_number_dialed", "status", "user", "vendor_lead_code", "length_in_sec"),
    lambda who, at, result: (
        f"{at:%Y-%m-%d %H:%M:%S}", "x", {"sold": "SALE", "no": "NI", "nobody": "NA"}[result],
        "agent7", who, 61,
    ),
)  # fmt: skip

AS_VICIDIAL = """columns = { customer_id = "vendor_lead_code", called_at = "call_date" }
[data.calls.values.status]
converted = ["SALE"]
net_contact = ["SALE", "NI"]
no_contact = ["NA"]"""

FIVE9 = _calls(
    ("CALL ID", "TIMESTAMP", "CAMPAIGN", "CALL TYPE", "DISPOSITION", "CUST ID"),
    lambda who, at, result: (
        f"3000{at:%d%m}", f"{at:%a, %d %b %Y %H:%M:%S}", "Lente", "Outbound",
        {"sold": "Sale", "no": "Not Interested", "nobody": "No Answer"}[result], who,
    ),
)  # fmt: skip

AS_FIVE9 = """columns = { customer_id = "CUST ID", called_at = "TIMESTAMP", campaign = "CAMPAIGN" }
[data.calls.values.DISPOSITION]
converted = ["Sale"]
net_contact = ["Sale", "Not Interested"]
no_contact = ["No Answer"]
[data.calls.where]
"CALL TYPE" = ["Outbound"]"""

HUBSPOT = _calls(
    ("Record ID", "Activity date", "Call direction", "Call outcome", "Klantnummer"),
    lambda who, at, result: (
        f"9{at:%d%H}", f"{at:%Y-%m-%d %H:%M}", "OUTBOUND",
        {"sold": "Donateur", "no": "Connected", "nobody": "No answer"}[result], who,
    ),
)  # fmt: skip

AS_HUBSPOT = """columns = { customer_id = "Klantnummer", called_at = "Activity date" }
[data.calls.values."Call outcome"]
converted = ["Donateur"]
net_contact = ["Donateur", "Connected"]
no_contact = ["No answer"]"""

DUTCH = _calls(
    ("Relatienr.", "Beldatum", "Beltijd", "Resultaat", "Actie"),
    lambda who, at, result: (
        who, f"{at:%d-%m-%Y %H:%M}", f"{at:%H:%M}",
        {"sold": "Ja, machtiging", "no": "Geen interesse", "nobody": "Geen gehoor"}[result],
        "Éénmalig",
    ),
)  # fmt: skip

AS_DUTCH = """columns = { customer_id = "Relatienr.", called_at = "Beldatum", campaign = "Actie" }
[data.calls.values.Resultaat]
converted = ["Ja, machtiging"]
net_contact = ["Ja, machtiging", "Geen interesse"]
no_contact = ["Geen gehoor"]"""

CIVI = _gifts(
    ("Contact ID", "Total Amount", "Date Received", "Contribution Status"),
    lambda who, on, amount: (
        who,
        f"€ {amount:,.2f}",
        f"{on:%B} {on.day}, {on.year} 12:00 AM",
        "Completed",
    ),
)

AS_CIVI = """[data.events.columns]
customer_id = "Contact ID"
occurred_on = "Date Received"
amount = "Total Amount"
[data.events.where]
"Contribution Status" = ["Completed"]"""

NPSP = _gifts(
    ("Account ID", "Amount", "Close Date", "Stage"),
    lambda who, on, amount: (who, f"EUR {amount:,.2f}", f"{on:%m/%d/%Y}", "Closed Won"),
)

AS_NPSP = (
    """columns = { customer_id = "Account ID", occurred_on = "Close Date", amount = "Amount" }"""
)

RAISERS = _gifts(
    ("Constituent ID", "Gift Date", "Gift Amount", "Gift Type"),
    lambda who, on, amount: (who, f"{on:%d/%m/%Y}", f"{amount:.2f}", "Cash"),
)

AS_RAISERS = """\
[data.events.columns]
customer_id = "Constituent ID"
occurred_on = "Gift Date"
amount = "Gift Amount"
"""

MOLLIE = _gifts(
    ("Datum", "Status", "Bedrag", "Klant-ID"),
    lambda who, on, amount: (f"{on} 09:00:00", "paid", f"{amount:.2f}".replace(".", ","), who),
)

AS_MOLLIE = """columns = { customer_id = "Klant-ID", occurred_on = "Datum", amount = "Bedrag" }
[data.events.where]
Status = ["paid"]"""

PLAIN_CALLS, PLAIN_GIFTS = rows(), event_rows()

EXPORTS = (
    _system("Vicidial and CiviCRM", VICIDIAL, AS_VICIDIAL, CIVI, AS_CIVI),
    _system("Five9 and Salesforce", FIVE9, AS_FIVE9, NPSP, AS_NPSP),
    _system("HubSpot and Raiser's Edge", HUBSPOT, AS_HUBSPOT, RAISERS, AS_RAISERS),
    _system("a Dutch dialler and Mollie", DUTCH, AS_DUTCH, MOLLIE, AS_MOLLIE),
    _system("plain calls and CiviCRM", PLAIN_CALLS, "", CIVI, AS_CIVI),
    _system("Five9 and plain gifts", FIVE9, AS_FIVE9, PLAIN_GIFTS, ""),
    _system(
        "Vicidial with a status that nobody looked at",
        [*VICIDIAL, ["2025-04-06 10:00:00", "x", "DROP", "agent7", "002", 3]],
        AS_VICIDIAL,
        PLAIN_GIFTS,
        "",
        findings=("unmapped_codes",),
    ),
    _system(
        "telephone numbers of Vicidial as the customer",
        [*VICIDIAL[:1], *([r[0], f"061234567{n}", *r[2:]] for n, r in enumerate(VICIDIAL[1:]))],
        AS_VICIDIAL.replace("vendor_lead_code", "phone_number_dialed"),
        PLAIN_GIFTS,
        "",
        refused=("phone_number_dialed",),
    ),
)
