"""The columns of the tables: what they are called here and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.dossier.grounds import EVENT_KINDS

Kind = Literal["key", "text", "flag", "code", "moment", "day", "time", "amount", "count"]
BASES = ("relation", "consent", "requested", "callback")
WITH_TERM = ("contract", "donation")
MONTHS_AT_MOST = 1200
COUNT_AT_MOST = 999_999_999
NO_CONTACT = "no_contact"
WHERE, TOLD, OTHER, TIME = "where_", "told_", "other_", "time_"
# The column with the day of what a row of a history tells.
DAY_OF: Final = {
    "calls": "called_at",
    "events": "occurred_on",
    "objections": "objected_on",
    "complaints": "complained_on",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: what it is called here; a dossier maps it to the name in the file.
        kind: what its cells hold. A ``key`` belongs to a person and is never shown. A ``time`` of
            the day stands beside the day of a ``moment``, and is read together with it.
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
        Column(name="natural_person", kind="flag", filled=True),
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
        times: the columns of the file with the time of the day, by name here, where a moment stands
            in two columns.
        codes: the codes that mean true, by flag, for flags that are made from codes.
        no_contact: the codes that are known to be no net contact.
        words: what their words mean, in small letters, by column with codes of ours.
        where: the codes of rows that count, by column of the file.
        told: of calls, the codes that tell of an objection, by column of the file.
        others: columns of the file of which nothing is asked, and that are looked at all the same.
        leaves_out_empty_keys: whether the dossier states that rows without a customer are left out.
    """

    table: str
    source: TableSource
    columns: tuple[Column, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_contact: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    leaves_out_empty_keys: bool = False

    @property
    def beside(self) -> dict[str, str]:
        """Columns that are read beside the others, as stored -> in the file."""
        asked = {WHERE: self.where, TOLD: self.told, OTHER: self.others}
        found = {f"{p}{n}": name for p, names in asked.items() for n, name in enumerate(names)}
        return found | {f"{TIME}{ours}": theirs for ours, theirs in self.times.items()}

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
        if name in self.times:
            return f"`{theirs}` with `{self.times[name]}` ({name})"
        return f"`{theirs}`" if theirs == name else f"`{theirs}` ({name})"

    @property
    def must_have(self) -> dict[str, tuple[str, ...]]:
        """Columns that a file must have, by name here: required ones and those that are mapped."""
        names = [c.name for c in self.columns if c.required or c.name in self.names]
        return {name: self._every(name) for name in names}

    def _every(self, name: str) -> tuple[str, ...]:
        return (self.theirs(name), *([self.times[name]] if name in self.times else []))

    @property
    def wanted(self) -> frozenset[str]:
        """Every column that a file must have, by its name there."""
        return frozenset(theirs for names in self.must_have.values() for theirs in names)

    @property
    def all_of(self) -> tuple[str, ...]:
        """Every column of the file that is read, if it is there."""
        return (*(self.theirs(column.name) for column in self.columns), *self.beside.values())
