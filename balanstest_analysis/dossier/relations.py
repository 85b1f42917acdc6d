"""Which relations count for a dossier: by the kinds of event that give its sector a ground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from balanstest_analysis.dossier.grounds import (
    EVENT_KINDS,
    MEMBERSHIP,
    Ground,
    grounds_of,
    own_kind,
)
from balanstest_analysis.dossier.regimes import Regime, all_regimes, regimes_after
from balanstest_analysis.published.names import EventKind, Sector
from balanstest_analysis.published.relations import KindsFrom

KINDS_GAP = "data.kinds"
CONSENT_GAP = "scope.consent_needed_later"
Kinds = frozenset[EventKind]


@dataclass(frozen=True, kw_only=True)
class LaterRegime:
    """Known rules that start after the report date.

    Attributes:
        starts_on: their first day.
        has_ground: whether the sector has a ground under them.
    """

    starts_on: dt.date
    has_ground: bool


@dataclass(frozen=True, kw_only=True)
class RelationRules:
    """What a dossier states of its relations, and the rules for them.

    Attributes:
        sectors: of the organisation.
        membership_reason: why a membership is a gift; None where it is not taken for one.
        regime: for the term: that of the report date, or the override.
        report_date: of the report.
        kinds_from: what tells the kind of a relation.
        stated: kinds that the dossier states of counts, or of calls without events.
    """

    sectors: tuple[Sector, ...]
    membership_reason: str | None
    regime: Regime
    report_date: dt.date
    kinds_from: KindsFrom
    stated: Kinds

    def grounds_under(self, regime: Regime) -> dict[EventKind, Ground]:
        """Return the ground that each kind of event gives the organisation under a regime."""
        gift = self.membership_reason is not None
        return grounds_of(regime.grounds, self.sectors, membership_is_gift=gift)

    def accepted(self, regime: Regime) -> Kinds:
        """Return the kinds of event that count for the organisation under a regime."""
        cells = self.grounds_under(regime)
        return frozenset(kind for kind, cell in cells.items() if cell.ground)

    @property
    def evidence_kinds(self) -> Kinds:
        """The kinds that count on the report date.

        A sector without any ground has no term: what it did is told of all its relations.
        """
        return self.accepted(self.regime) or frozenset(EVENT_KINDS)

    @property
    def assumed_kind(self) -> EventKind:
        """What an event without a kind is taken for."""
        return own_kind(self.sectors)

    @property
    def membership_decides(self) -> bool:
        """Whether memberships count only because the organisation takes them for gifts."""
        if self.membership_reason is None:
            return False
        return not grounds_of(self.regime.grounds, self.sectors)[MEMBERSHIP].ground

    @property
    def later(self) -> LaterRegime | None:
        """The known rules for which the proposal does not hold; None where there are none.

        They are those that take the ground away, where some do, else the first. Never read from
        the clock: the report date decides.
        """
        later = regimes_after(self.report_date)
        if not later:
            return None
        first = next((regime for regime in later if not regime.allows(*self.sectors)), later[0])
        return LaterRegime(starts_on=first.starts_on, has_ground=first.allows(*self.sectors))

    @property
    def law_periods(self) -> tuple[tuple[dt.date, Kinds], ...]:
        """The kinds that count for calls through time, as (first day, kinds), oldest first.

        An override of the regime has no part in it: the day of a call decides.
        """
        return tuple((regime.starts_on, self.accepted(regime)) for regime in all_regimes())

    def gaps(self) -> tuple[str, ...]:
        """Return what is not known of the relations, and that rules take the ground away later."""
        later = self.later
        open_parts = {
            KINDS_GAP: self.kinds_from == "unknown",
            CONSENT_GAP: later is not None and not later.has_ground,
        }
        return tuple(gap for gap, is_open in open_parts.items() if is_open)

    def refuse_without_ground(self) -> None:
        """Refuse stated kinds without a ground, and a membership that is no charity's.

        Raises:
            ValueError: with one sentence.
        """
        if self.membership_reason is not None and "charity" not in self.sectors:
            raise ValueError(
                '`grounds.membership` is "gift"; only a charity can take a membership for a gift, '
                "so leave `[grounds]` out or correct `organisation.sector`"
            )
        accepted = self.accepted(self.regime)
        refused = sorted(self.stated - accepted)
        if refused and accepted:
            raise ValueError(
                f"`kinds` names {', '.join(refused)}, which gives this sector no ground to call "
                f"under `{self.regime.id}`; allowed are {', '.join(sorted(accepted))}, so deliver "
                "only contacts with those relations"
            )
