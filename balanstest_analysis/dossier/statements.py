"""What the organisation states about itself, its conditions, its processing and its settings."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from balanstest_analysis.dossier.criteria import Months, Stated, Text
from balanstest_analysis.dossier.grounds import SECTORS
from balanstest_analysis.dossier.nearest import with_nearest
from balanstest_analysis.dossier.regimes import all_regimes
from balanstest_analysis.dossier.shown_values import shown
from balanstest_analysis.published.names import Sector

OLDER_NUMBERS = ("informed_at_collection", "opt_out_offered")
CONDITIONS = (
    "payment_obligation",
    "same_entity",
    "informed_at_collection",
    "opt_out_offered",
    "own_similar_products",
)
PLACEHOLDER = "NOG IN TE VULLEN"
PLACEHOLDER_DATE = dt.date(2099, 12, 31)
NO_DATA_YET = dt.date(2000, 1, 1)

COUNTING_SETTINGS = ("denominator", "objection_window_days", "complaint_window_days")
DECIDING_SETTINGS = (*COUNTING_SETTINGS, "conversion_definition", "confidence_level")


class Organisation(Stated):
    """Who calls, in which sector or sectors, and whether the organisation is made up."""

    name: Text
    sector: Sector | Annotated[list[Sector], Field(min_length=1)]
    fictitious: bool = False

    @field_validator("sector", mode="before")
    @classmethod
    def _known_sector(cls, given: object) -> object:
        stated = given if isinstance(given, list) else [given]
        unknown = [one for one in stated if one not in SECTORS]
        if unknown or not stated:
            told = shown(unknown[0]) if unknown else "an empty list"
            told += ", which holds its place" * (unknown[:1] == [PLACEHOLDER])
            sentence = (
                f"the sector is {told}; allowed is one of {', '.join(SECTORS)}, or a list of these"
            )
            raise ValueError(with_nearest(sentence, unknown[0] if unknown else "", SECTORS))
        return given

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """The sectors, each once, in the order stated."""
        stated = [self.sector] if isinstance(self.sector, str) else self.sector
        return tuple(dict.fromkeys(stated))


class Grounds(Stated):
    """What the organisation takes a membership for, where the law does not say.

    Attributes:
        membership: ``"gift"`` counts a membership of a charity (an event of the kind ``contract``)
            as a gift; the proposal is preliminary then, and page one says so.
        reason: as printed.
    """

    membership: Literal["gift"]
    reason: Text


class Scope(Stated):
    """What the test is about, and which date decides the rules."""

    category: Text
    current_term_months: Months | None = None
    report_date: dt.date | None = None
    requested_term_months: Months | None = None
    not_before_month: Annotated[int, Field(ge=1, le=600)] | None = None
    not_before_reason: Text | None = None
    regime: str | None = None
    regime_reason: str | None = None
    deduplicated_with_register: bool = False

    @model_validator(mode="before")
    @classmethod
    def _untested_is_set_aside(cls, given: object) -> object:
        if isinstance(given, dict) and "incomplete_reason" in given:
            raise ValueError(
                "`incomplete_reason` is no longer used; move the reason to a table "
                "`[[set_aside]]` with the `criterion` that could not be tested and its `threshold`"
            )
        return given

    @model_validator(mode="after")
    def _override_has_reason(self) -> Self:
        names = [regime.id for regime in all_regimes()]
        if self.regime is not None and self.regime not in names:
            sentence = f"`regime` is {shown(self.regime)}; known are {', '.join(names)}"
            raise ValueError(with_nearest(sentence, self.regime, names))
        if self.regime is not None and not self.regime_reason:
            raise ValueError("`regime` is overridden; give `regime_reason`, which is printed")
        if (self.not_before_month is None) != (self.not_before_reason is None):
            raise ValueError(
                "`not_before_month` and `not_before_reason` belong together; give both or neither"
            )
        return self


class Settings(Stated):
    """How the analysis is done; every default is printed in the report."""

    denominator: Literal["net_contact", "call"] = "net_contact"
    conversion_definition: Literal["gross", "net_of_cancellations"] = "gross"
    objection_window_days: Annotated[int, Field(ge=0, le=365)] = 30
    complaint_window_days: Annotated[int, Field(ge=0, le=365)] = 60
    confidence_level: Annotated[float, Field(ge=0.8, lt=1)] = 0.95
    resamples: Annotated[int, Field(ge=200, le=100_000)] = 4000
    seed: Annotated[int, Field(ge=0)] = 1
    disclosure_minimum: Annotated[int, Field(ge=2, le=1000)] = 10


class Condition(Stated):
    """Whether one of the five conditions of the customer-relation exception is met, and why.

    Attributes:
        met: whether it is.
        explanation: as printed.
        collected_before_july_2021: that it is not met concerns only telephone numbers collected
            before 1 July 2021, to which the law of that date does not look back; a lawyer then
            judges. For information and opting out at collection only.
    """

    met: bool
    explanation: Text
    collected_before_july_2021: bool = False

    @property
    def is_for_a_lawyer(self) -> bool:
        """Whether the condition is not met, but only for numbers older than the law."""
        return not self.met and self.collected_before_july_2021


class Processing(Stated):
    """Account of the processing that this analysis itself is."""

    basis: str = ""
    purpose: str = ""
    recipients: str = ""
    retention: str = ""
    objectors: str = ""
