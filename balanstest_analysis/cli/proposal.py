"""What a starter dossier takes from exports: their tables, and until when they run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from balanstest_analysis.dossier.quarters import last_complete_quarter
from balanstest_analysis.history.recognition.last_days import LastDay
from balanstest_analysis.history.recognition.lost_zeros import LostZeros, lost_zeros
from balanstest_analysis.history.recognition.recognition import Sketch

WHOLE: Final = frozenset({"calls", "events"})  # a register may well end earlier
WELL_BEFORE: Final = dt.timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a starter dossier takes from exports.

    Attributes:
        tables: for every recognised table its part of the dossier, as TOML with Dutch comments.
        used: the tables of the exports that were taken.
        left: those that were not, each with the reason in English.
        unread: the files that could not be read, each with the reason.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    used: tuple[Sketch, ...] = ()
    left: tuple[tuple[Sketch, str], ...] = ()
    unread: tuple[tuple[Path, str], ...] = ()

    @property
    def latest(self) -> Sketch | None:
        """The export of which the last day is the last of all; None without days.

        A day on which a contract perhaps only begins decides where no other export has days.
        """
        days = [(one.last_day.day, one) for one in self.used if one.last_day is not None]
        sure = [(d, one) for d, one in days if one.last_day is not None and one.last_day.is_sure]
        days = sure or days
        return max(days, key=lambda pair: pair[0], default=(None, None))[1]

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which something happened in any of the exports, but for rows apart."""
        found = None if self.latest is None else self.latest.last_day
        return None if found is None else found.day

    @property
    def ended(self) -> tuple[tuple[Sketch, dt.date], ...]:
        """The exports of calls or events that end well before the last day."""
        day = self.last_day
        found = [(one, one.last_day.day) for one in self.used if one.last_day is not None]
        return tuple(
            (sketch, last)
            for sketch, last in found
            if day is not None and sketch.table in WHOLE and day - last > WELL_BEFORE
        )

    @property
    def lost_zeros(self) -> Mapping[str, LostZeros]:
        """Exports that seem to lack the zeros in front that keys have elsewhere, by their place."""
        return lost_zeros([(one.place, one.key_digits) for one in self.used])

    @property
    def period(self) -> str:
        """The quarter that a report is named after while the last day stays; empty without one."""
        return "" if self.last_day is None else last_complete_quarter(self.last_day)

    @property
    def apart(self) -> tuple[tuple[Sketch, LastDay], ...]:
        """The exports with rows that lie apart after the last day, as by a slip of the pen."""
        day = self.last_day
        found = [(sketch, sketch.last_day) for sketch in self.used if sketch.last_day is not None]
        return tuple(
            (sketch, last)
            for sketch, last in found
            if day is not None and last.from_day is not None and last.from_day > day
        )
