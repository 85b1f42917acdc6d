"""Which rules hold on a date, for a sector; the rules themselves are data in ``regimes.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from balanstest_analysis.dossier.calling_hours import CallingHours, hours_from
from balanstest_analysis.dossier.criteria import Months, Stated, Text
from balanstest_analysis.dossier.grounds import SECTORS, Ground, GroundTable, grounds_of
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.names import EventKind, Sector

_FILE = "regimes.toml"


@dataclass(frozen=True, kw_only=True)
class Regime:
    """The rules that begin on a date.

    Attributes:
        id: short name, for example ``"tw-2021"``.
        name: in Dutch, as printed.
        starts_on: first day on which the rules hold.
        cap_months: longest term for former customers without advice, or None where there is none.
        cap_starts_on: first day on which the cap holds.
        cap_source: where the cap was read, in Dutch: it is self-regulation; empty without one.
        cap_verified: whether it was read that these rules have the cap.
        grounds: by sector and kind of event, whether a relation of that kind gives a ground.
        asks: whether calling former customers needs a ground at all (``"ground"``); before the
            law of 2021 it did not.
        verified: whether the entry into force was read in a published source.
        source: where the rule was read.
        remark: in Dutch, printed beside the regime.
        hours: when calls may be made.
        register_exempts: whether who leaves out the numbers in the Bel-me-niet Register needs no
            test under these rules.
    """

    id: str
    name: str
    starts_on: dt.date
    cap_months: int | None
    cap_starts_on: dt.date
    cap_source: str
    cap_verified: bool
    grounds: Mapping[Sector, Mapping[EventKind, Ground]] = field(repr=False)
    asks: Literal["ground", "no_ground"]
    verified: bool
    source: str
    remark: str
    hours: CallingHours = field(repr=False)
    register_exempts: bool = False

    def allows(self, *sectors: Sector) -> bool:
        """Return whether some relation gives one of the sectors a ground under these rules."""
        return bool(self.accepted(sectors))

    def accepted(
        self, sectors: Collection[Sector], *, membership_is_gift: bool = False
    ) -> frozenset[EventKind]:
        """Return the kinds of event that give an organisation a ground.

        Args:
            sectors: in which the organisation is.
            membership_is_gift: whether a charity takes a membership for a gift.

        Examples:
            >>> sorted(regime_named("tw-2026").accepted(["charity"]))
            ['donation', 'public_event', 'volunteer']
        """
        cells = grounds_of(self.grounds, sectors, membership_is_gift=membership_is_gift)
        return frozenset(kind for kind, cell in cells.items() if cell.ground)

    @property
    def needs_ground(self) -> bool:
        """Whether former customers may be called without consent on a relation only."""
        return self.asks == "ground"

    @property
    def excludes_a_sector(self) -> bool:
        """Whether some sector has no customer-relation ground under these rules."""
        return not all(self.allows(sector) for sector in SECTORS)


class _Entry(Stated):
    """A regime as ``regimes.toml`` states it."""

    name: Text
    starts_on: Annotated[dt.date, Field(alias="from")]
    cap_from: dt.date | None = None
    cap_months: Months | None = None
    cap_source: str = ""
    cap_verified: bool = False
    asks: Literal["ground", "no_ground"]
    grounds: GroundTable
    verified: bool
    source: Text
    remark: Text
    hours: dict[str, Any]
    register_exempts: bool = False

    def regime(self, name: str) -> Regime:
        """Return it as the rules that hold from its day."""
        stated = {key: getattr(self, key) for key in type(self).model_fields if key != "cap_from"}
        stated["hours"] = hours_from(self.hours)
        return Regime(id=name, cap_starts_on=self.cap_from or self.starts_on, **stated)


_ENTRIES = TypeAdapter(dict[str, _Entry])


def _rules_text() -> str:
    rules = resources.files("balanstest_analysis.dossier") / "rules" / _FILE
    return rules.read_text("utf-8")


@cache
def all_regimes() -> tuple[Regime, ...]:
    """Return every regime, oldest first.

    Examples:
        >>> [regime.id for regime in all_regimes()]
        ['ctm-2012', 'ctm-2020', 'tw-2021', 'ctm-2024', 'tw-2026']
    """
    return regimes_from(_rules_text())


def regimes_from(text: str) -> tuple[Regime, ...]:
    """Return the regimes that a text states in the form of ``regimes.toml``, oldest first.

    Args:
        text: TOML.

    Raises:
        RunError: something is missing, unknown or of the wrong type; the message says where.

    Examples:
        >>> regimes_from("")
        ()
    """
    try:
        entries = _ENTRIES.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RunError(f"`{_FILE}` is not valid TOML: {error}. Correct it.") from None
    except ValidationError as error:
        raise RunError("\n".join(_told(one) for one in error.errors())) from None
    regimes = (entry.regime(name) for name, entry in entries.items())
    return tuple(sorted(regimes, key=lambda regime: regime.starts_on))


def _told(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"] if part != "[key]")
    what = error["ctx"]["error"] if error["type"] == "value_error" else error["msg"]
    return f"`{_FILE}`, `{where}`: {what}. Correct the rule."


def regime_on(date: dt.date) -> Regime:
    """Return the regime in force on a date (the oldest one for any earlier date).

    Examples:
        >>> regime_on(dt.date(2021, 6, 30)).id, regime_on(dt.date(2021, 7, 1)).id
        ('ctm-2020', 'tw-2021')
    """
    in_force = [regime for regime in all_regimes() if regime.starts_on <= date]
    return in_force[-1] if in_force else all_regimes()[0]


def regimes_after(date: dt.date) -> tuple[Regime, ...]:
    """Return the known regimes that start after a date, oldest first.

    Examples:
        >>> [regime.id for regime in regimes_after(dt.date(2026, 6, 30))]
        ['tw-2026']
    """
    return tuple(regime for regime in all_regimes() if regime.starts_on > date)


def regime_named(name: str) -> Regime:
    """Return the regime with this id.

    Raises:
        KeyError: there is no such regime.
    """
    return {regime.id: regime for regime in all_regimes()}[name]


def cap_periods() -> tuple[tuple[dt.date, int | None], ...]:
    """Return the caps in force through time, as (first day, cap in months or None), oldest first.

    Examples:
        >>> cap_periods()[0], cap_periods()[1]
        ((datetime.date(2012, 7, 1), None), (datetime.date(2020, 6, 1), 36))
    """
    return tuple((regime.cap_starts_on, regime.cap_months) for regime in all_regimes())
