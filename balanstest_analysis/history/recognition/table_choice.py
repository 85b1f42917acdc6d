"""Which table of a dossier an export probably is, and by what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.history.columns import foreign_names
from balanstest_analysis.history.columns.column_names import (
    is_called,
    is_dialler,
    may_stand_for,
    ours_of,
    says_little,
)
from balanstest_analysis.history.columns.columns import DAY_OF, TABLES
from balanstest_analysis.history.columns.kind_words import is_no_gift, suggested
from balanstest_analysis.history.columns.report_subjects import REPORTS
from balanstest_analysis.history.columns.row_status import plain_code, row_status
from balanstest_analysis.history.recognition.result_codes import is_result, meaning

_FILE_NAMES: Final = {
    "calls": r"(?<![a-z])(na|terug|uit|her)?bel(?!oning|ang|ast|g|eid|eggin|oft|onin|[ _-]?me)|call"
    r"|gesprek|(?<![a-z])dial|(?<![a-z])cdr(?![a-z])",
    "events": "event|gift|donat|order|aankoop|contract|bestel|transact|betaal|betaling|machtig"
    "|incasso|contribution|opportunit|payment|mollie|stripe|deals|abonne|factu|toezegging",
    "objections": "verzet|bezwaar|afmeld|objection|blokk|opt.?out|uitschrijv|bel.?me.?niet|dnc"
    "|do.?not.?call",
    "complaints": "klacht|complaint",
    "counts": "(?<![a-z])counts?(?![a-z])|aantal",
}
_SIGNS: Final = {
    "calls": r"bill_?sec|gespreks_?duur|(talk|wrap|handle|ring)_?time|talking|ringing|length_in_sec"
    r"|phone_number_dialed|dst|src|clid|dnis|ani|(call|lead|list)_(type|direction|outcome|list|id)"
    r"|call_outcome|belpogingen?|poging|hangup_cause|duration|duur|queue|skill|dialed_number|(call_?)?agents?(_?(id|naam|name))?|callagent|beller",
    "events": r"betaal_?(methode|wijze)|payment_(method|instrument|type|processor)|valuta|currency"
    r"|fund(_.*)?|fonds|appeal(_.*)?|incasso.*|machtiging.*|storno.*|financial_type|gift_.*|deal_.*"
    r"|stage|frequentie|factuur_?(nr|nummer)|order_?(nr|nummer|id)|bedrag_.*|amount_.*|product.*"
    r"|contribution_.*|opportunity_.*|captured|fee|net|termijn|payout.*|reporting_category"
    r"|available_on.*|balance_transaction.*|revenue_.*|transaction_type|designation|bijdrage.*|(maand|jaar|kwartaal)_?bedrag"
    r"|looptijd|opbrengst|btw.*|mandate.*|pledge.*|recurring.*|subscription.*",
    "objections": r"(reden|bron|kanaal|soort)_?(van_?)?(verzet|afmelding|bezwaar|uitschrijving)"
    r"|opt_?out.*|recht_van_verzet.*|bel_?me_?niet.*|do_not_call.*|uitschrij.*|afmeld.*|dnc.*"
    r"|verzet.*|afgemeld.*",
    "complaints": r"(.*_)?klacht(_.*)?|klacht.*|complaint.*|(.*_)?complaint|case_(number|.*reason)"
    r"|ticket_?(id|nr|nummer)",
}
_MAIN: Final = {**DAY_OF, "counts": "months_since_purchase"}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What an export was taken for.

    Attributes:
        table: name of a table, or empty.
        why: what it was recognised by, in English; column names and words, never a cell.
    """

    table: str
    why: str = ""


def likely_table(
    title: str, names: Sequence[str], codes: Mapping[str, Collection[str]] | None = None
) -> Choice:
    """Return the table of which most is found.

    Args:
        title: name of the sheet or, where that says nothing, of the file, without its suffix.
        names: the columns.
        codes: the different cells of columns that are called status or the like.

    Examples:
        >>> likely_table("verzet 2026", ["Klantnr", "Ontvangen"]).table
        'objections'
        >>> likely_table("x", ["Klantnr", "Datum", "Bedrag", "Valuta", "Status"]).table
        'events'
    """
    reasons = {table: _reasons(table, title, names, codes or {}) for table in TABLES}
    scores = {table: sum(found.values()) for table, found in reasons.items()}
    best = max(scores, key=lambda table: scores[table])
    if scores[best] < 2:
        return Choice(table="")
    return Choice(table=best, why=", ".join(reasons[best]))


def says_which(title: str) -> bool:
    """Return whether the name of a file or sheet says which table it holds."""
    return any(_is_titled(title, table) for table in _FILE_NAMES)


def _is_titled(title: str, table: str) -> bool:
    words = (_FILE_NAMES[table], foreign_names.FILE_NAMES.get(table, "(?!)"))
    return any(re.search(pattern, title.lower()) for pattern in words)


def _reasons(
    table: str, title: str, names: Sequence[str], codes: Mapping[str, Collection[str]]
) -> dict[str, float]:
    """Return what speaks for a table, with its weight."""
    columns = {column.name for column in TABLES[table]} - {"customer_id", "call_id"}
    found: dict[str, float] = {}
    paid = any("amount" in ours_of(name) for name in names)
    for name in names:
        ours = set(ours_of(name)) & columns
        if ours:
            found[f"`{name}`"] = 3 if _MAIN[table] in ours else 1 + ("amount" in ours)
        elif is_called(name, _SIGNS.get(table, "(?!)")):
            found[f"`{name}`"] = 0.5
        elif table == "calls" and is_dialler(name) and not says_little(name):
            found[f"`{name}`"] = 1 if paid else 2
        elif table in {"calls", "events"} and may_stand_for(name, "", is_day=True):
            found.setdefault(f"`{name}`", 0.25)
    if _is_titled(title, table):
        found[f"the name {title!r}"] = 2
    return found | _by_codes(table, codes, tells_reports=_tells_reports(title))


def _tells_reports(title: str) -> bool:
    """Return whether a name says objections or complaints, of which some are by *telefoon*."""
    return any(_is_titled(title, table) for table in REPORTS)


def _by_codes(
    table: str, codes: Mapping[str, Collection[str]], *, tells_reports: bool
) -> dict[str, float]:
    """Return the columns whose codes are those of a dialler, of a direction, or of payments."""
    found: dict[str, float] = {}
    for name, cells in codes.items():
        results = [code for code in cells if is_result(code)]
        status = row_status("events", cells)
        payments = len(status.counting) + len(status.others)
        telling = {plain_code(code) for code in (*status.counting, *status.others)} - _VAGUE
        spoken = is_dialler(name) and any(meaning(code) != "converted" for code in results)
        ways = [c for c in cells if not tells_reports and _WAYS.fullmatch(plain_code(c))]
        if table == "calls" and (ways or (spoken and len(results) > payments)):
            found[f"the codes of `{name}`"] = 2
        if table == "events" and ((telling and payments > len(results)) or _are_kinds(name, cells)):
            found[f"the codes of `{name}`"] = 2
    return found


def _are_kinds(name: str, cells: Collection[str]) -> bool:
    """Return whether a column tells what kind of purchase or gift each row is."""
    kind = next(column for column in TABLES["events"] if column.name == "kind")
    known = (suggested(kind, cell) or is_no_gift(kind, cell) for cell in cells)
    return "kind" in ours_of(name) and any(known)


_VAGUE: Final = frozenset({"open", "pending", "in behandeling", "concept", "draft", "test"})
_WAYS: Final = re.compile(
    r"(outbound|inbound|outgoing|incoming|uitgaand|inkomend)e?( \w+)?"
    r"|(phone|outbound|inbound) ?calls?|telefoon(gesprek|tje)?|belpoging"
)
