"""What a dossier states about calling hours and forbidden days: its table ``[rules]``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Annotated, Self

from pydantic import Field, model_validator

from balanstest_analysis.dossier.calling_hours import CallingHours, Window
from balanstest_analysis.dossier.criteria import Stated
from balanstest_analysis.dossier.shown_values import shown

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_Time = Annotated[str, Field(json_schema_extra={"pattern": f"^{_TIME.pattern}$"})]
_Hours = Annotated[list[_Time], Field(json_schema_extra={"maxItems": 2})]
STATED_SOURCE = "Opgave van de organisatie"


class CallingRules(Stated):
    """Hours and days as the organisation states them.

    Stated hours take the place of the hours of a code that could not be verified; verified hours
    stand. Forbidden days, such as days of national mourning, come on top in every regime.
    """

    weekday_hours: _Hours | None = None
    saturday_hours: _Hours | None = None
    forbidden_days: list[dt.date] = Field(default_factory=list)
    hours_reason: str = ""
    many_calls_per_year: Annotated[int, Field(ge=1, le=1000)] = 12

    @model_validator(mode="after")
    def _hours_are_two_times(self) -> Self:
        for name in ("weekday_hours", "saturday_hours"):
            limits = getattr(self, name)
            if limits and not _are_hours(limits):
                raise ValueError(
                    f"`{name}` is {shown(limits)}; write begin and end, such as "
                    '["09:00", "22:00"], or [] where no calls may be made'
                )
        return self

    def applied_to(self, hours: CallingHours) -> CallingHours:
        """Return the hours of a regime with what the organisation states.

        Examples:
            >>> from balanstest_analysis.dossier.regimes import regime_named
            >>> rules = CallingRules(weekday_hours=["09:00", "20:00"])
            >>> rules.applied_to(regime_named("ctm-2024").hours).weekday.closes
            datetime.time(20, 0)
            >>> rules.applied_to(regime_named("ctm-2012").hours).weekday.closes
            datetime.time(22, 0)
        """
        hours = replace(hours, dates=frozenset(self.forbidden_days))
        if hours.verified or (self.weekday_hours is None and self.saturday_hours is None):
            return hours
        return replace(
            hours,
            weekday=_stated(self.weekday_hours, hours.weekday),
            saturday=_stated(self.saturday_hours, hours.saturday),
            source=STATED_SOURCE,
        )


def _are_hours(limits: list[str]) -> bool:
    fits = len(limits) == 2 and all(_TIME.fullmatch(limit) for limit in limits)
    return fits and limits[0] < limits[1]


def _stated(limits: list[str] | None, otherwise: Window | None) -> Window | None:
    if limits is None:
        return otherwise
    if not limits:
        return None
    opens, closes = (dt.time.fromisoformat(limit) for limit in limits)
    return Window(opens=opens, closes=closes)
