"""Which rules hold on a date, for a sector; the rules themselves are data in ``regimes.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from balanstest_analysis.dossier.calling_hours import CallingHours, hours_from


@dataclass(frozen=True, kw_only=True)
class Regime:
    """The rules that begin on a date.

    Attributes:
        id: short name, for example ``"tw-2021"``.
        name: in Dutch, as printed.
        starts_on: first day on which the rules hold.
        cap_months: longest term for former customers without advice, or None where there is none.
        cap_starts_on: first day on which the cap holds.
        term_for: sectors that may call on the ground of a customer relation.
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
    term_for: frozenset[str]
    verified: bool
    source: str
    remark: str
    hours: CallingHours
    register_exempts: bool = False

    def allows(self, sector: str) -> bool:
        """Return whether the sector has a customer-relation ground under these rules."""
        return sector in self.term_for

    @property
    def excludes_a_sector(self) -> bool:
        """Whether some sector has no customer-relation ground under these rules."""
        return self.term_for < all_regimes()[0].term_for


@cache
def all_regimes() -> tuple[Regime, ...]:
    """Return every regime, oldest first.

    Examples:
        >>> [regime.id for regime in all_regimes()]
        ['ctm-2012', 'ctm-2020', 'tw-2021', 'ctm-2024', 'tw-2026']
    """
    rules = resources.files("balanstest_analysis.dossier") / "rules" / "regimes.toml"
    text = rules.read_text("utf-8")
    regimes = (_regime(name, entry) for name, entry in tomllib.loads(text).items())
    return tuple(sorted(regimes, key=lambda regime: regime.starts_on))


def _regime(name: str, entry: dict[str, object]) -> Regime:
    starts_on = entry.pop("from")
    cap_starts_on = entry.pop("cap_from", starts_on)
    cap_months = entry.pop("cap_months", None)
    term_for = frozenset(entry.pop("term_for"))  # type: ignore[call-overload]
    hours = hours_from(entry.pop("hours"))  # type: ignore[arg-type]
    return Regime(
        id=name,
        starts_on=starts_on,  # type: ignore[arg-type]
        cap_starts_on=cap_starts_on,  # type: ignore[arg-type]
        cap_months=cap_months,  # type: ignore[arg-type]
        term_for=term_for,
        hours=hours,
        **entry,  # type: ignore[arg-type]
    )


def regime_on(date: dt.date) -> Regime:
    """Return the regime in force on a date (the oldest one for any earlier date).

    Examples:
        >>> regime_on(dt.date(2021, 6, 30)).id, regime_on(dt.date(2021, 7, 1)).id
        ('ctm-2020', 'tw-2021')
    """
    in_force = [regime for regime in all_regimes() if regime.starts_on <= date]
    return in_force[-1] if in_force else all_regimes()[0]


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
