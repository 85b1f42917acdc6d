"""The columns of the tables: what they are called here and what may stand in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DossierError

Kind = Literal["key", "text", "flag", "code", "moment", "day", "amount", "count"]
BASES = ("relation", "consent", "requested", "callback")
EVENT_KINDS = ("purchase", "contract", "donation", "service", "volunteer", "public_event")
MONTHS_AT_MOST = 1200
COUNT_AT_MOST = 999_999_999
NO_CONTACT = "no_contact"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: what it is called here; a dossier maps it to the name in the file.
        kind: what its cells hold. A ``key`` belongs to a person and is never shown.
        required: the table cannot be read without it.
        filled: an empty cell is refused.
        dated: a day later than ``data_through`` is refused, or left out when a quarter is asked.
        codes: for a ``code``, what is allowed.
        default: for ``text`` and ``code``, what an empty cell or an absent column means.
        at_most: for a ``count``, the largest number allowed.
        read: False for a column that is known but not needed yet.
    """

    name: str
    kind: Kind
    required: bool = False
    filled: bool = False
    dated: bool = False
    codes: tuple[str, ...] = ()
    default: str = ""
    at_most: int = COUNT_AT_MOST
    read: bool = True


def _needed(name: str, kind: Kind, *, dated: bool = False, at_most: int = COUNT_AT_MOST) -> Column:
    return Column(name=name, kind=kind, required=True, filled=True, dated=dated, at_most=at_most)


def _filled_count(name: str) -> Column:
    return Column(name=name, kind="count", filled=True)


_CUSTOMER = _needed("customer_id", "key")
_CALL_ID = Column(name="call_id", kind="text")
_CAMPAIGN = Column(name="campaign", kind="text")

TABLES: dict[str, tuple[Column, ...]] = {
    "calls": (
        _CUSTOMER,
        _needed("called_at", "moment", dated=True),
        _needed("net_contact", "flag"),
        _needed("converted", "flag"),
        _CALL_ID,
        _CAMPAIGN,
        Column(name="basis", kind="code", codes=BASES, default="relation"),
        Column(name="months_since_purchase", kind="count", at_most=MONTHS_AT_MOST),
        Column(name="reference_date", kind="day", dated=True),
        Column(name="value", kind="amount", read=False),
    ),
    "events": (
        _CUSTOMER,
        _needed("occurred_on", "day", dated=True),
        Column(name="kind", kind="code", codes=EVENT_KINDS),
        Column(name="ends_on", kind="day"),
        Column(name="amount", kind="amount"),
    ),
    "objections": (_CUSTOMER, _needed("objected_on", "day", dated=True), _CALL_ID),
    "complaints": (
        _CUSTOMER,
        _needed("complained_on", "day", dated=True),
        _CALL_ID,
        Column(name="channel", kind="text", read=False),
    ),
    "counts": (
        _needed("months_since_purchase", "count", at_most=MONTHS_AT_MOST),
        _needed("contacts", "count"),
        *(_filled_count(name) for name in ("conversions", "objections", "complaints")),
        _CAMPAIGN,
        Column(name="group", kind="text"),
    ),
}
AGE_COLUMNS = ("months_since_purchase", "reference_date")


@dataclass(frozen=True, kw_only=True)
class Request:
    """One table as a dossier asks for it.

    Attributes:
        table: its name.
        source: where it is, and its names and codes in the file.
        columns: the columns that are needed, if they are there.
        names: what columns are called in the file, by name here, where that differs.
        codes: the codes that mean true, by flag, for flags that are made from codes.
        no_contact: the codes that mean that nobody was reached.
    """

    table: str
    source: TableSource
    columns: tuple[Column, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_contact: tuple[str, ...] = ()

    def theirs(self, name: str) -> str:
        """Return what a column is called in the file."""
        return self.names.get(name, name)

    def flags_of(self, dialler: str) -> tuple[str, ...]:
        """Return the flags that are made from a column with codes."""
        return tuple(flag for flag in self.codes if self.theirs(flag) == dialler)

    @property
    def diallers(self) -> tuple[str, ...]:
        """Columns of the file with codes, of which every code should be mapped to something."""
        return tuple(self.theirs(flag) for flag in self.codes if flag == "net_contact")

    def known_codes(self, dialler: str) -> tuple[str, ...]:
        """Return every code of a column that the dossier maps to a flag, or to nobody reached."""
        codes = [code for flag in self.flags_of(dialler) for code in self.codes[flag]]
        return tuple(dict.fromkeys([*codes, *self.no_contact]))

    def label(self, name: str) -> str:
        """Return a column as messages name it: as in the file, and as here where that differs."""
        theirs = self.theirs(name)
        return f"`{theirs}`" if theirs == name else f"`{theirs}` ({name})"

    @property
    def must_have(self) -> dict[str, str]:
        """Columns that a file must have, by name here: required ones and those that are mapped."""
        names = [c.name for c in self.columns if c.required or c.name in self.names]
        return {name: self.theirs(name) for name in names}


def request(dossier: Dossier, table: str) -> Request:
    """Return what a dossier asks of a table.

    With a table of events the months are computed from it, and the two columns of calls that
    could stand in for it are not read.

    Raises:
        DossierError: ``columns`` or ``values`` of the table name a column that is not known.
    """
    source = dossier.data.tables()[table]
    _refuse_unknown(dossier, table, source)
    skipped = AGE_COLUMNS if table == "calls" and dossier.data.events else ()
    columns = tuple(c for c in TABLES[table] if c.read and c.name not in skipped)
    names, codes = _mapped(dossier, table, source)
    if NO_CONTACT in codes:
        _refuse_contradiction(dossier, table, names, codes)
    return Request(
        table=table,
        source=source,
        columns=columns,
        names={ours: theirs for ours, theirs in names.items() if ours != NO_CONTACT},
        codes={flag: texts for flag, texts in codes.items() if flag != NO_CONTACT},
        no_contact=codes.get(NO_CONTACT, ()),
    )


def _mapped(
    dossier: Dossier, table: str, source: TableSource
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the names in the file and the codes per flag, whichever way they are written."""
    names, codes = dict(source.columns), {}
    for name, given in source.values.items():
        listed = {name: given} if isinstance(given, list) else given
        for flag, texts in listed.items():
            if flag in codes or (isinstance(given, dict) and names.get(flag, name) != name):
                raise DossierError(
                    f"`{dossier.path.name}`: `data.{table}` maps `{flag}` twice. Keep one."
                )
            codes[flag] = tuple(texts)
            names |= {flag: name} if isinstance(given, dict) else {}
    return names, codes


def _refuse_contradiction(
    dossier: Dossier,
    table: str,
    names: Mapping[str, str],
    codes: Mapping[str, tuple[str, ...]],
) -> None:
    """Refuse codes for nobody reached without those for a contact, or that are under both."""
    where = f"`{dossier.path.name}`: `data.{table}.values`"
    column = names.get("net_contact", "net_contact")
    if "net_contact" not in codes or names.get(NO_CONTACT, column) != column:
        raise DossierError(
            f"{where} names `{NO_CONTACT}` without `net_contact` beside it. List the codes of both."
        )
    for flag in codes.keys() - {NO_CONTACT}:
        for code in sorted(set(codes[flag]) & set(codes[NO_CONTACT])):
            raise DossierError(
                f"{where} lists {code!r} under `{flag}` and under `{NO_CONTACT}`. Keep one."
            )


def _refuse_unknown(dossier: Dossier, table: str, source: TableSource) -> None:
    names = [column.name for column in TABLES[table]]
    flags = [column.name for column in TABLES[table] if column.kind == "flag"]
    flags += [NO_CONTACT] if flags else []
    where = f"`{dossier.path.name}`: `data.{table}"
    _only(f"{where}.columns`", source.columns, names)
    for name, given in source.values.items():
        inside = isinstance(given, dict)
        _only(f"{where}.values{f'.{name}' if inside else ''}`", given if inside else [name], flags)


def _only(where: str, given: Collection[str], allowed: Collection[str]) -> None:
    for name in given:
        if name not in allowed:
            choices = f"allowed are {', '.join(allowed)}" if allowed else "none is allowed here"
            raise DossierError(f"{where} names `{name}`; {choices}. Correct or remove it.")
