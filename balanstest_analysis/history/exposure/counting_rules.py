"""How contacts and reports are counted: the dossier's own way, and others beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.published.names import JOINT_KINDS

REPORTS = {
    "objection": ("objections", "objected_on", "objection_window_days"),
    "complaint": ("complaints", "complained_on", "complaint_window_days"),
}
MOST_WINDOW_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Counting:
    """One way to count.

    Attributes:
        unit: ``"net_contact"`` or ``"call"``: what is counted and what reports are attributed to.
        window_days: per reported outcome, days after a call in which a report is its result.
        outcomes: reported outcomes that it counts in another way than the dossier.
        choice: what was changed, or empty for the dossier's own counting.
        value: what it was changed to.
    """

    unit: str
    window_days: Mapping[str, int]
    outcomes: Sequence[str]
    choice: str = ""
    value: float | str = ""

    @property
    def suffix(self) -> str:
        """What sets its columns apart from those of the dossier's own counting."""
        return f"__{self.choice}_{self.value}" if self.choice else ""


def own_counting(dossier: Dossier, reported: Sequence[str]) -> Counting:
    """Return how the dossier counts.

    Args:
        dossier: with its denominator and windows.
        reported: the reported outcomes of which there is a table.
    """
    windows = {outcome: int(getattr(dossier.settings, REPORTS[outcome][2])) for outcome in reported}
    return Counting(unit=dossier.settings.denominator, window_days=windows, outcomes=reported)


def other_countings(own: Counting) -> tuple[Counting, ...]:
    """Return the other denominator, and half and twice each window.

    Examples:
        >>> own = Counting(unit="call", window_days={"objection": 30}, outcomes=("objection",))
        >>> [other.suffix for other in other_countings(own)]
        ['__denominator_net_contact', '__objection_window_days_15', '__objection_window_days_60']
    """
    unit = "net_contact" if own.unit == "call" else "call"
    swapped = Counting(
        unit=unit,
        window_days=own.window_days,
        outcomes=own.outcomes,
        choice="denominator",
        value=unit,
    )
    return (swapped, *(c for outcome in own.outcomes for c in _other_windows(own, outcome)))


def _other_windows(own: Counting, outcome: str) -> list[Counting]:
    days = own.window_days[outcome]
    return [
        Counting(
            unit=own.unit,
            window_days={**own.window_days, outcome: other},
            outcomes=(outcome,),
            choice=REPORTS[outcome][2],
            value=other,
        )
        for other in (round(days / 2), min(2 * days, MOST_WINDOW_DAYS))
        if other != days
    ]


def weighs_jointly(dossier: Dossier) -> bool:
    """Return whether a criterion needs contacts followed for all outcomes together."""
    return any(criterion.kind in JOINT_KINDS for criterion in dossier.criteria)
