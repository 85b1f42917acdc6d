"""Which relations count for a term, and until when the rules that say so hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from balanstest_analysis.published.names import EventKind

KindsFrom = Literal["events", "stated", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGround:
    """Whether one kind of event gives the organisation a ground to call.

    Attributes:
        kind: of event.
        ground: whether it does, under the rules for the term.
        paragraph: that says so, in Dutch.
    """

    kind: EventKind
    ground: bool
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Which relations count.

    Attributes:
        grounds: one per kind of event.
        kinds_from: what tells of which kind a relation is: ``"events"`` (the table), ``"stated"``
            (the dossier, of counts or of calls with months), or ``"unknown"``.
        stated: the kinds that the dossier states, where it does.
        assumed: what an event without a kind is taken for.
        membership_reason: why the organisation takes a membership for a gift, where that decides;
            the proposal is preliminary then. None where it does not.
    """

    grounds: tuple[KindGround, ...]
    kinds_from: KindsFrom
    stated: tuple[EventKind, ...]
    assumed: EventKind
    membership_reason: str | None

    @property
    def counted(self) -> tuple[EventKind, ...]:
        """The kinds that count."""
        return tuple(cell.kind for cell in self.grounds if cell.ground)

    @property
    def come_from_events(self) -> bool:
        """Whether a table of events tells when each relation ended, and not the organisation."""
        return self.kinds_from == "events"

    @property
    def left_out(self) -> tuple[EventKind, ...]:
        """The kinds that do not."""
        return tuple(cell.kind for cell in self.grounds if not cell.ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterRules:
    """Known rules that start after the report date: the proposal does not hold from there.

    Attributes:
        starts_on: ISO date of their first day.
        has_ground: whether the organisation's sector has a ground under them.
    """

    starts_on: str
    has_ground: bool
