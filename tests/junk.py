"""Junk that gets into exports, added to a clean history: totals, copies, refunds, lock files.

`KINDS` has one entry per kind. Whatever is added, the months stay the same and something is told,
or the whole is refused; see `ending`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.exposure import Exposure, load_exposure
from tests.awkward_exports import csv_text
from tests.awkward_workbooks import write_workbook
from tests.histories import write_dossier
from tests.workbook_formats import write_ods, write_xls, write_xlsb, write_xlsx

SECRET = b"a secret for tests"
PERSON = "Q7X-"  # every key of a customer begins so: no message may show one
Row = list[str]
HIDING = {"xlsx": write_xlsx, "xlsb": write_xlsb, "xls": write_xls, "ods": write_ods}
TOTALS = ("Totaal", "TOTAAL", "Total", "Totals:", "Eindtotaal", "Grand Total", "Totaal generaal")
SUBTOTALS = ("Subtotaal", "Subtotal", "Subtotaal lente", "Sub-totaal:")
FOOTERS = (
    ["Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."],
    ["Confidential Information - Do Not Distribute"],
    ["Gegenereerd op 1-5-2026 om 10:11 door de beltool"],
    ["(75 rows affected)"],
    ["-- einde bestand --"],
    ["Pagina 1 van 1"],
)
NOBODY = ("#N/B", "#N/A", "NULL", "nan", "0", "-", "onbekend", "\\N", "anoniem", "(leeg)", "None")
ENDLESS = ("1900-01-01", "1899-12-30", "1753-01-01", "0001-01-01", "9999-12-31", "2099-12-31")
STATUSES = (
    ("Status", "Completed", ("Failed", "Refunded", "Failed")),
    ("contribution_status", "Completed", ("Failed", "Chargeback", "Refunded")),
    ("Betaalstatus", "Betaald", ("Mislukt", "Terugbetaald", "Gestorneerd")),
    ("payment_status", "paid", ("failed", "charged_back", "refunded")),
)
# of which the words do not tell whether the payment was undone, or what it was for ended later
DOUBTED = (
    ("Status", "Completed", ("Cancelled",)),
    ("Betaalstatus", "Betaald", ("Geannuleerd", "Ingetrokken")),
)
DIRECTIONS = (
    ("Direction", "Outbound", "Inbound"),
    ("call_direction", "outgoing", "incoming"),
    ("Richting", "Uitgaand", "Inkomend"),
)
OTHER_FILES = ("oud.bak", "calls.json", "calls_2023.csv.old", "notities.docx", "2022/calls.csv")
LOCKS = ("~$calls.xlsx", "._calls.csv", ".~lock.calls.csv#")


@dataclass(kw_only=True)
class Export:
    """A history on paper, before it is written; junk is added to it.

    Attributes:
        rows: per table, the header first.
        below: per table what stands below its rows.
        suffix: of a table that is no CSV file.
        folders: tables that lie in a folder of their own.
        hidden: per table which of its rows are hidden, the header being 0.
        sheets: other sheets of workbooks, per table.
        lines: more lines of the dossier, per table.
        files: what else lies in the folder of a table, by name.
        copied: names under which the file of a table lies there again.
    """

    rows: dict[str, list[Row]]
    below: dict[str, list[Row]] = field(default_factory=dict)
    suffix: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    hidden: dict[str, list[int]] = field(default_factory=dict)
    sheets: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    copied: dict[str, list[str]] = field(default_factory=dict)

    def put(self, table: str, row: Row, rng: random.Random) -> None:
        """Add a row somewhere among those of a table."""
        rows = self.rows[table]
        rows.insert(rng.randrange(1, len(rows) + 1), row)

    def add_column(self, table: str, name: str, cell: str) -> None:
        """Add a column with the same cell in every row."""
        first, *others = self.rows[table]
        for row in self.below.get(table, []):
            row.extend([""] * (len(row) == len(first)))
        first.append(name)
        for row in others:
            row.append(cell)

    def blank(self, table: str, **cells: str) -> Row:
        """Return a row of a table with these cells, and others empty."""
        return [cells.get(name, "") for name in self.rows[table][0]]


Add = Callable[[Export, random.Random], None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of junk.

    Attributes:
        name: in words.
        add: adds it.
        tells: codes of findings or words of readings of which one must be there when it is read.
        of_counts: whether it belongs to counts.
        refused: whether it is refused, or ends in a finding that blocks.
        doubted: whether it may count: then it does, and that is told.
        decided: whether its own words decide whether it is left out and told, or refused.
    """

    name: str
    add: Add
    tells: tuple[str, ...] = ()
    of_counts: bool = False
    refused: bool = False
    doubted: bool = False
    decided: bool = False

    @property
    def right(self) -> frozenset[str]:
        """How a history may end that it is added to."""
        if self.refused:
            return frozenset({REFUSED})
        if self.decided:
            return frozenset({SAME, REFUSED})
        return frozenset({SAME, OTHER}) if self.doubted else frozenset({SAME})


# ---------------------------------------------------------------- clean histories


def clean_history(seed: int, customers: int = 40) -> Export:
    """Return a history without anything odd, drawn from a seed."""
    rng = random.Random(seed)
    keys = [f"{PERSON}{number}" for number in rng.sample(range(1000, 9999), customers)]
    calls = [["customer_id", "called_at", "net_contact", "converted", "campaign", "call_id"]]
    events = [["customer_id", "occurred_on", "amount", "kind", "ends_on"]]
    objections, complaints = [["customer_id", "objected_on"]], [["customer_id", "complained_on"]]
    for number, key in enumerate(keys):
        gift = _workday(rng, dt.date(2022, 1, 3), 700)
        events.append([key, str(gift), f"{rng.randrange(5, 90)}.50", "donation", str(gift)])
        if number % 3 == 0:
            ended = str(gift + dt.timedelta(days=40)) if number % 6 == 0 else ""
            events.append([key, str(gift), "7.50", "contract", ended])
        day = _workday(rng, dt.date(2024, 2, 1), 600)
        reached = rng.random() < 0.7 or number < 8
        sold = reached and (rng.random() < 0.2 or number == 1)
        moment = f"{day} {rng.randrange(10, 17)}:{rng.randrange(10, 60)}"
        flags = [str(reached).lower(), str(sold).lower()]
        calls.append([key, moment, *flags, rng.choice(["lente", "herfst"]), f"B-{number + 500}"])
        later = str(day + dt.timedelta(days=rng.randrange(4)))
        if number % 5 == 0:
            objections.append([key, later])
        elif number % 7 == 1:
            complaints.append([key, later])
    return Export(
        rows={"calls": calls, "events": events, "objections": objections, "complaints": complaints}
    )


def _workday(rng: random.Random, first: dt.date, days: int) -> dt.date:
    day = first + dt.timedelta(days=rng.randrange(days))
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def clean_counts(seed: int) -> Export:
    """Return counts without anything odd, drawn from a seed."""
    rng = random.Random(seed)
    rows = [["months_since_purchase", "contacts", "conversions", "objections", "campaign"]]
    for campaign in ("lente", "zomer", "herfst"):
        for month in range(rng.randrange(12, 24)):
            contacts = rng.randrange(80, 400)
            rows.append([str(month), str(contacts), str(rng.randrange(30)), "1", campaign])
    return Export(rows={"counts": rows})


# ---------------------------------------------------------------- writing and reading


def write_export(folder: Path, export: Export) -> Dossier:
    """Return the dossier of an export, after writing its files."""
    data = []
    for table in export.rows:
        place = folder / table if table in export.folders else folder
        place.mkdir(parents=True, exist_ok=True)
        file = place / f"{table}.{export.suffix.get(table, 'csv')}"
        _write_table(file, export, table)
        for name, content in export.files.get(table, {}).items():
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(content, "utf-8")
        for name in export.copied.get(table, []):
            (place / name).write_bytes(file.read_bytes())
        path = table if table in export.folders else file.name
        data.append(f'[data.{table}]\npath = "{path}"\n{export.lines.get(table, "")}')
    return write_dossier(folder, "\n".join(data))


def _write_table(file: Path, export: Export, table: str) -> None:
    rows = [*export.rows[table], *export.below.get(table, [])]
    if file.suffix == ".csv":
        file.write_text(csv_text(rows, ";"), "utf-8")
    elif table in export.sheets:
        write_workbook(file, {"Blad1": rows, **export.sheets[table]})
    else:
        HIDING[file.suffix[1:]](file, rows, hidden=export.hidden.get(table, ()))


def read(folder: Path, export: Export) -> Exposure:
    """Return the exposure of an export.

    Raises:
        BalanstestError: it is refused.
    """
    return load_exposure(write_export(folder, export), SECRET)


def told(exposure: Exposure) -> dict[str, int]:
    """Return what is told of an exposure, with how often: codes of findings, and remarks."""
    remarks = {remark: 1 for reading in exposure.readings for remark in reading.remarks}
    return {**remarks, **{finding.code: finding.count for finding in exposure.findings}}


SAME, UNSAID, REFUSED = "same and told", "same and not told", "refused"
OTHER, SILENT = "other and told", "other in silence"


def ending(clean: Exposure, folder: Path, kind: Kind, export: Export) -> tuple[str, str]:
    """Return how an export with junk ends, and the message or what is told."""
    try:
        exposure = read(folder, export)
    except BalanstestError as error:
        return REFUSED, str(error)
    blocking = [finding.code for finding in exposure.findings if finding.blocking]
    if blocking:
        return REFUSED, " ".join(blocking)
    before, after = told(clean), told(exposure)
    new = [word for word, number in after.items() if number > before.get(word, 0)]
    is_told = any(word.endswith(tuple(kind.tells)) for word in new) if kind.tells else False
    same = is_same(clean.month_table.frame, exposure.month_table.frame)
    return {(True, True): SAME, (True, False): UNSAID, (False, True): OTHER}.get(
        (same, is_told), SILENT
    ), ", ".join(new)


def is_same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Return whether two month tables are the same."""
    return one.equals(other)


# ---------------------------------------------------------------- junk among and below rows


def _some(rows: Sequence[Row], rng: random.Random) -> Row:
    return list(rng.choice(rows[1:]))


def _totals_of_calls(export: Export, rng: random.Random) -> None:
    cells = {"customer_id": rng.choice(TOTALS), "net_contact": "27", "converted": "6"}
    if rng.random() < 0.3:
        cells["customer_id"] = ""
    export.below.setdefault("calls", []).append(export.blank("calls", **cells))


def _totals_of_events(export: Export, rng: random.Random) -> None:
    row = export.blank("events", customer_id=rng.choice(TOTALS), amount="1234.50")
    export.below.setdefault("events", []).append(row)


def _subtotal(export: Export, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 3))):
        table = rng.choice(["calls", "events", "objections"])
        export.put(table, export.blank(table, customer_id=rng.choice(SUBTOTALS)), rng)


def _footer(export: Export, rng: random.Random) -> None:
    table = rng.choice(["calls", "events", "objections", "complaints"])
    export.below.setdefault(table, []).extend(map(list, rng.sample(FOOTERS, rng.choice((1, 2)))))


def _remark(export: Export, rng: random.Random) -> None:
    remark = [
        rng.choice(["Let op: exclusief januari", "Bron: CRM van de stichting", "Rapport: Q3"])
    ]
    export.below.setdefault("complaints", []).extend([[], remark])


def _nobody_in(table: str) -> Add:
    def add(export: Export, rng: random.Random) -> None:
        for _ in range(rng.choice((1, 2, 4))):
            export.put(table, [rng.choice(NOBODY), *_some(export.rows[table], rng)[1:]], rng)

    return add


def _again(table: str) -> Add:
    def add(export: Export, rng: random.Random) -> None:
        for _ in range(rng.choice((1, 2, 5))):
            export.put(table, _some(export.rows[table], rng), rng)

    return add


def _failed_payment(export: Export, rng: random.Random) -> None:
    _payments(export, rng, rng.choice(STATUSES))


def _cancelled_payment(export: Export, rng: random.Random) -> None:
    _payments(export, rng, rng.choice(DOUBTED))


def _payments(export: Export, rng: random.Random, status: tuple[str, str, Sequence[str]]) -> None:
    name, paid, failed = status
    export.add_column("events", name, paid)
    for _ in range(rng.choice((1, 3, 9))):
        key = _some(export.rows["calls"], rng)[0]
        day = str(_workday(rng, dt.date(2023, 12, 1), 400))
        row = [key, day, "25.00", "donation", day, rng.choice(failed)]
        export.put("events", row, rng)


def _inbound(export: Export, rng: random.Random) -> None:
    name, out, inside = rng.choice(DIRECTIONS)
    export.add_column("calls", name, out)
    for number in range(rng.choice((1, 3, 9))):
        key = _some(export.rows["events"], rng)[0]
        day = _workday(rng, dt.date(2024, 2, 1), 600)
        flags = ["true", rng.choice(["true", "false"])]
        row = [key, f"{day} 11:05", *flags, "lente", f"B-{number + 900}", inside]
        export.put("calls", row, rng)


def _leg(export: Export, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 2, 5))):
        key, moment, *others, number = _some(export.rows["calls"], rng)
        later = f"{moment[:11]}{int(moment[11:13]) + 1}:{moment[14:]}"
        flags = [rng.choice(["false", others[0]]), "false"]
        export.put("calls", [key, later, *flags, others[2], number], rng)


def _told_by_code_too(export: Export, rng: random.Random) -> None:
    """Tell objections of the table by a code of the call as well."""
    export.add_column("calls", "resultaat", "gesprek")
    objecting = {row[0] for row in export.rows["objections"][1:]}
    calls = [row for row in export.rows["calls"][1:] if row[0] in objecting]
    for row in rng.sample(calls, rng.choice((1, 3, len(calls)))):
        row[-1] = "VERZET"
    lines = export.lines.get("objections", "")
    export.lines["objections"] = lines + '\nfrom_calls = { resultaat = ["VERZET"] }'


def _endless(export: Export, rng: random.Random) -> None:
    running = [row for row in export.rows["events"][1:] if row[3] == "contract" and not row[4]]
    for row in rng.sample(running, rng.randrange(1, len(running) + 1)):
        row[4] = rng.choice(ENDLESS)


def _second_header(export: Export, rng: random.Random) -> None:
    table = rng.choice(["calls", "events", "objections"])
    export.put(table, list(export.rows[table][0]), rng)


def _zero_gift(export: Export, rng: random.Random) -> None:
    key = _some(export.rows["calls"], rng)[0]
    amount = rng.choice(["0.00", "-7.50", "0.0"])
    export.put("events", [key, "2024-01-15", amount, "donation", "2024-01-15"], rng)


def _call_after_the_end(export: Export, rng: random.Random) -> None:
    key = _some(export.rows["calls"], rng)[0]
    export.put("calls", [key, "2026-10-01 11:00", "true", "true", "lente", "B-999"], rng)


# ---------------------------------------------------------------- junk around the files


def _same_file(export: Export, rng: random.Random) -> None:
    export.folders.add("calls")
    names = rng.sample(["calls (1).csv", "kopie van calls.csv", "2024.csv"], rng.choice((1, 2)))
    export.copied.setdefault("calls", []).extend(names)


def _lock(export: Export, rng: random.Random) -> None:
    export.folders.add("calls")
    export.files.setdefault("calls", {})[rng.choice(LOCKS)] = "\x05anna"


def _other_file(export: Export, rng: random.Random) -> None:
    export.folders.add("calls")
    content = csv_text([row[:] for row in export.rows["calls"]], ";")
    export.files.setdefault("calls", {})[rng.choice(OTHER_FILES)] = content


def _empty_file(export: Export, rng: random.Random) -> None:
    export.folders.add("calls")
    export.files.setdefault("calls", {})[rng.choice(["leeg.csv", "a.csv"])] = rng.choice(["", "\n"])


def _header_alone(export: Export, rng: random.Random) -> None:
    export.folders.add("calls")
    header = csv_text(export.rows["calls"][:1], ";")
    export.files.setdefault("calls", {})[rng.choice(["mei.csv", "a.csv"])] = header


def _hidden(export: Export, rng: random.Random) -> None:
    export.suffix["events"] = rng.choice(list(HIDING))
    rows = range(1, len(export.rows["events"]))
    export.hidden["events"] = sorted(rng.sample(rows, rng.choice((1, 4, 10))))


def _unused_sheet(export: Export, rng: random.Random) -> None:
    export.suffix["objections"] = "xlsx"
    other = [["naam", "bedrag"], ["x", "1"]]
    export.sheets["objections"] = {rng.choice(["Blad2", "Toelichting", "oud"]): other}


# ---------------------------------------------------------------- junk in counts


def _sum_of(rows: Sequence[Row], label: str, campaign: str) -> Row:
    columns = [str(sum(int(row[at]) for row in rows)) for at in (1, 2, 3)]
    return [label, *columns, campaign]


def _total_of_counts(export: Export, rng: random.Random) -> None:
    rows = export.rows["counts"][1:]
    label = rng.choice([*TOTALS, str(sum(int(row[0]) for row in rows)), "999", ""])
    row = _sum_of(rows, label, rng.choice(["", "Totaal", "lente"]))
    if label.isdigit():
        row[4] = rng.choice(["", "Totaal", "alles"])
    export.below["counts"] = [row]


def _subtotals_of_counts(export: Export, rng: random.Random) -> None:
    header, *rows = export.rows["counts"]
    label, export.rows["counts"] = rng.choice([*SUBTOTALS, "0", "24"]), [header]
    for campaign in dict.fromkeys(row[4] for row in rows):
        own = [row for row in rows if row[4] == campaign]
        export.rows["counts"] += [*own, _sum_of(own, label, rng.choice([campaign, "Totaal", ""]))]


def _campaign_of_all(export: Export, rng: random.Random) -> None:
    rows = export.rows["counts"][1:]
    name = rng.choice(["alle", "Totaal", "", "zz"])
    for month in dict.fromkeys(row[0] for row in rows):
        export.rows["counts"].append(_sum_of([r for r in rows if r[0] == month], month, name))


def _counts_again(export: Export, rng: random.Random) -> None:
    rows = export.rows["counts"]
    for row in rng.sample(rows[1:], rng.choice((1, 3, len(rows) - 1))):
        export.put("counts", list(row), rng)


def _counts_copied(export: Export, rng: random.Random) -> None:
    export.folders.add("counts")
    export.copied["counts"] = [rng.choice(["counts (1).csv", "a.csv"])]


def _counts_in_another_form(export: Export, rng: random.Random) -> None:
    """Put the same counts there again, with other separators and in another order."""
    header, *rows = export.rows["counts"]
    rng.shuffle(rows)
    export.folders.add("counts")
    export.files["counts"] = {"nogmaals.csv": csv_text([header, *rows], ",")}


def _footer_of_counts(export: Export, rng: random.Random) -> None:
    export.below["counts"] = [[], list(rng.choice(FOOTERS))]


BELOW = ("rows_below_table",)
NOT_READ = ("files_not_read",)
KINDS = (
    Kind(name="a total below calls", add=_totals_of_calls, tells=BELOW),
    Kind(name="a total below events", add=_totals_of_events, tells=BELOW),
    Kind(name="subtotals among the rows", add=_subtotal, tells=BELOW),
    Kind(name="a footer", add=_footer, tells=BELOW),
    Kind(name="a blank line and a remark", add=_remark, tells=BELOW),
    *(
        Kind(name=f"keys of nobody in {t}", add=_nobody_in(t), tells=(f"placeholder_keys_{t}",))
        for t in ("calls", "events", "objections", "complaints")
    ),
    Kind(name="calls twice", add=_again("calls"), tells=("duplicate_call",)),
    *(
        Kind(name=f"{t} twice", add=_again(t), tells=(f"repeated_rows_{t}",))
        for t in ("events", "objections", "complaints")
    ),
    Kind(name="legs of calls", add=_leg, tells=("legs_of_one_call",)),
    Kind(
        name="objections told by codes too", add=_told_by_code_too, tells=("objections_told_twice",)
    ),
    Kind(name="ends that stand for no end", add=_endless, tells=("sentinel_dates",)),
    Kind(name="gifts of nothing", add=_zero_gift, tells=("zero_amount_event",)),
    Kind(name="calls after the end", add=_call_after_the_end, refused=True),
    Kind(name="the same file twice", add=_same_file, tells=("same_file_twice",)),
    Kind(name="a lock file", add=_lock, tells=("skipped, such as a lock",)),
    Kind(name="a file of another kind", add=_other_file, tells=NOT_READ),
    Kind(name="hidden rows", add=_hidden, tells=("hidden_rows",)),
    Kind(name="an unused sheet", add=_unused_sheet, tells=("sheets_not_used",)),
    Kind(name="an empty file", tells=("is empty",), add=_empty_file, refused=True),
    Kind(name="a file with only a header", add=_header_alone, tells=("without rows",)),
    Kind(name="a second header", tells=("rows_below_table",), add=_second_header),
    Kind(
        name="failed payments",
        add=_failed_payment,
        tells=("status_column_ignored_events",),
        refused=True,
    ),
    Kind(
        name="cancelled payments",
        add=_cancelled_payment,
        tells=("status_column_ignored",),
        doubted=True,
    ),
    Kind(
        name="incoming calls",
        add=_inbound,
        tells=("status_column_ignored_calls",),
        refused=True,
    ),
    Kind(name="a total of counts", add=_total_of_counts, tells=BELOW, decided=True, of_counts=True),
    Kind(
        name="subtotals of counts",
        add=_subtotals_of_counts,
        tells=BELOW,
        decided=True,
        of_counts=True,
    ),
    Kind(name="a campaign that is all", add=_campaign_of_all, refused=True, of_counts=True),
    Kind(name="counts twice", add=_counts_again, refused=True, of_counts=True),
    Kind(name="counts in two files", add=_counts_copied, refused=True, of_counts=True),
    Kind(name="counts in two forms", add=_counts_in_another_form, refused=True, of_counts=True),
    Kind(name="a footer of counts", add=_footer_of_counts, tells=BELOW, of_counts=True),
)


def with_junk(seed: int, kinds: Sequence[Kind]) -> Export:
    """Return the clean history or counts of a seed with junk of these kinds."""
    export = clean_counts(seed) if kinds[0].of_counts else clean_history(seed)
    for number, kind in enumerate(kinds):
        kind.add(export, random.Random(1000 * seed + number))
    return export
