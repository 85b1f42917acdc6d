"""What is asked: the dossier, read from TOML, checked in full and never changed afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Definitions, Table, literal
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.document.series_name import SeriesName, series_name
from balanstest_analysis.document.style.logo import Logo
from balanstest_analysis.dossier.calling_rules import CallingRules
from balanstest_analysis.dossier.criteria import (
    CriteriaChange,
    Criterion,
    SetAside,
    Stated,
    demand_of,
)
from balanstest_analysis.dossier.data import Data
from balanstest_analysis.dossier.decision import Decision, Measure, refuse_impossible_days
from balanstest_analysis.dossier.nearest import with_nearest
from balanstest_analysis.dossier.quarters import last_complete_quarter, quarter_end
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.regimes import Regime, regime_named, regime_on
from balanstest_analysis.dossier.relations import RelationRules
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.dossier.statements import (
    CONDITIONS,
    DECIDING_SETTINGS,
    OLDER_NUMBERS,
    PLACEHOLDER,
    PLACEHOLDER_DATE,
    Condition,
    Grounds,
    Organisation,
    Processing,
    Scope,
    Settings,
)
from balanstest_analysis.dossier.style import Style
from balanstest_analysis.published.relations import KindsFrom

if TYPE_CHECKING:
    import pandas as pd


class Dossier(Stated):
    """Everything the organisation states: data, settings, criteria and its own words.

    Read it with `load_dossier`. Missing answers, conditions and review are gaps, not refusals.
    """

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    template: Literal["opt-in", "bel-me-niet"]
    organisation: Organisation
    scope: Scope
    data: Data
    settings: Settings = Settings()
    rules: CallingRules = CallingRules()
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    criteria_changes: list[CriteriaChange] = Field(default_factory=list)
    set_aside: list[SetAside] = Field(default_factory=list)
    conditions: dict[str, Condition] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    grounds: Grounds | None = None
    decision: Decision | None = None
    measures: list[Measure] = Field(default_factory=list)
    review: Review = Review()
    style: Style = Style()
    processing: Processing = Processing()
    _path: Path = PrivateAttr(default=Path("balanstest.toml"))
    _quarter: str = PrivateAttr(default="")
    _logo: Logo | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _known_keys(self) -> Self:
        _only("conditions", self.conditions, CONDITIONS)
        for name, condition in self.conditions.items():
            if condition.collected_before_july_2021 and name not in OLDER_NUMBERS:
                raise ValueError(
                    f"`conditions.{name}.collected_before_july_2021` is stated; it is allowed for "
                    f"{' and '.join(OLDER_NUMBERS)} only, so leave it out"
                )
        self._register_still_exists()
        self._report_follows_data()
        refuse_impossible_days(self.decision, self.measures, self.report_date)
        self.relations.refuse_without_ground()
        _only("answers", self.answers, questionnaire(self.template).numbers())
        names = [criterion.name for criterion in self.criteria]
        if len(set(names)) < len(names):
            raise ValueError("two criteria have the same `name`; give each its own")
        for one in self.set_aside:
            if one.criterion not in names:
                raise ValueError(
                    "`set_aside` names a criterion that the dossier does not have; write its "
                    "`name`, or leave it out"
                )
        return self

    def _register_still_exists(self) -> None:
        exempt = self.template == "bel-me-niet" and self.regime.register_exempts
        if self.scope.deduplicated_with_register and not exempt:
            raise ValueError(
                "`scope.deduplicated_with_register` is true; the register takes the place of a "
                'test only under `template = "bel-me-niet"` and the rules from 1 March 2020 to '
                "30 June 2021, so leave it out or correct `scope.report_date`"
            )

    def _report_follows_data(self) -> None:
        stated = self.scope.report_date
        if stated is not None and stated < self.data.data_through:
            raise ValueError(
                f"`scope.report_date` is {stated}, before `data.data_through` "
                f"{self.data.data_through}; a report cannot tell of later days, so correct one"
            )

    @property
    def needs_no_test(self) -> bool:
        """Whether the older rules ask for no test, because the register is used."""
        return self.scope.deduplicated_with_register

    @property
    def path(self) -> Path:
        """The file the dossier was read from; paths of tables are relative to its folder."""
        return self._path

    @property
    def quarter(self) -> str:
        """The quarter asked for, such as ``"2026-Q3"``, or empty."""
        return self._quarter

    @property
    def logo(self) -> Logo | None:
        """The logo as it was when the dossier was read."""
        return self._logo

    @property
    def data_through(self) -> dt.date:
        """Last day of the history that is analysed."""
        return quarter_end(self._quarter) if self._quarter else self.data.data_through

    @property
    def report_date(self) -> dt.date:
        """Date of the report; it decides the regime."""
        return self.scope.report_date or self.data_through

    @property
    def period(self) -> str:
        """The last quarter that ended on or before the last day of the history."""
        return self._quarter or last_complete_quarter(self.data_through)

    @property
    def series(self) -> SeriesName:
        """The series of reports that this one is in, however its names are typed."""
        return series_name(self.organisation.name, self.scope.category)

    @property
    def regime(self) -> Regime:
        """Rules that hold on the report date, or the override."""
        named = self.scope.regime
        return regime_named(named) if named else regime_on(self.report_date)

    @property
    def relations(self) -> RelationRules:
        """Which relations count, for the term and for each call."""
        stated = self.data.stated_kinds
        known: KindsFrom = "unknown" if stated is None else "stated"
        return RelationRules(
            sectors=self.organisation.sectors,
            membership_reason=None if self.grounds is None else self.grounds.reason,
            regime=self.regime,
            report_date=self.report_date,
            kinds_from=known if self.data.events is None else "events",
            stated=stated or frozenset(),
        )

    def __repr__(self) -> str:
        name = f"{self.organisation.name}, {self.scope.category}, {self.period}"
        return f"{type(self).__name__}({name!r}, {len(self.criteria)} criteria)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per criterion, as stated."""
        # Imported here, for the command line has to read a dossier without it.
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame([criterion.model_dump(mode="json") for criterion in self.criteria])

    def _repr_html_(self) -> str:
        about = (
            ("Organisatie", literal(self.organisation.name)),
            ("Sector", wording.enumerated([wording.SECTORS[s] for s in self.organisation.sectors])),
            (wording.capital(wording.TEMPLATES[self.template]), literal(self.scope.category)),
            ("Gegevens tot en met", wording.date(self.data_through)),
            ("Nog in te vullen", wording.counted(len(self.gaps()), "onderdeel", "onderdelen")),
        )
        table = Table(
            columns=("Criterium", "Eis aan elke maand"),
            rows=tuple(
                (item.name, wording.norm(demand_of(item), self.settings.denominator))
                for item in self.criteria
            ),
            caption="Criteria van het dossier",
            align="ll",
        )
        return html_of((Definitions(items=about), table))

    def criteria_hash(self) -> str:
        """Return a SHA-256 digest of the criteria, their reasons and the settings they rest on.

        It tells whether criteria were changed between two reports: their values and reasons, the
        confidence level, how contacts, objections and complaints are counted, the month before
        which nobody is called, and what a membership is taken for.
        """
        stated = [criterion.model_dump(mode="json") for criterion in self.criteria]
        settings = self.settings.model_dump(mode="json", include=set(DECIDING_SETTINGS))
        start = [self.scope.not_before_month, self.scope.not_before_reason]
        deciding = [stated, settings, *([] if start == [None, None] else [start])]
        if self.grounds is not None:
            deciding.append(self.grounds.model_dump(mode="json"))
        text = json.dumps(deciding, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def gaps(self) -> tuple[str, ...]:
        """Return what is still to be filled in, in the order of the report."""
        stated = {
            "organisation.name": self.organisation.name,
            "scope.category": self.scope.category,
            "scope.report_date": PLACEHOLDER * (self.scope.report_date == PLACEHOLDER_DATE) or "-",
        }
        for number, criterion in enumerate(self.criteria, start=1):
            stated[f"criteria[{number}]"] = f"{criterion.name} {criterion.reason}"
        met = {name: self.conditions[name].explanation for name in self.conditions}
        questions = questionnaire(self.template).questions
        review = self.review.asked(longer_term=self._asks_longer_term())
        asked = {
            **{f"conditions.{name}": met.get(name) for name in self._asked_conditions()},
            **{q.number: self.answers.get(q.number) for q in questions if not q.computed},
            **self._decided(),
            **{f"review.{name}": value for name, value in review},
            **{f"processing.{name}": value for name, value in self.processing},
        }
        open_keys = (key for key, value in {**stated, **asked}.items() if _is_open(value))
        return (*open_keys, *self.relations.gaps())

    def _decided(self) -> dict[str, str]:
        """Return what is open about the decision; without a ground to call there is none."""
        if self.needs_no_test or not is_allowed(self):
            return {}
        decision = self.decision
        if decision is None or decision.is_open:
            return {"decision": ""}
        return {"decision.outdated": ""} if decision.decided_on < self.data_through else {}

    def _asks_longer_term(self) -> bool:
        """Return whether a term longer than today's is decided on or asked for."""
        decided = 0 if self.decision is None else self.decision.term_months
        asked = max(decided, self.scope.requested_term_months or 0)
        return self.scope.current_term_months is not None and (
            asked > self.scope.current_term_months
        )

    def _asked_conditions(self) -> tuple[str, ...]:
        """Return the conditions of the law of 2021, where that law holds."""
        return CONDITIONS if self.regime.needs_ground else ()


def _is_open(value: object) -> bool:
    return not value or (isinstance(value, str) and PLACEHOLDER in value)


def _only(table: str, given: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            sentence = f"unknown key `{table}.{key}`; allowed are {', '.join(allowed)}"
            raise ValueError(with_nearest(sentence, key, allowed))


def is_allowed(dossier: Dossier) -> bool:
    """Return whether the sector has a ground under the regime and no condition is unmet.

    A condition that is left to a lawyer is not held against the organisation here, nor is any
    where the register takes the place of a customer relation, or under rules before those of 2021.
    """
    stated = dossier.conditions.values()
    met = all(condition.met or condition.is_for_a_lawyer for condition in stated)
    ground = met or dossier.needs_no_test or not dossier.regime.needs_ground
    return dossier.regime.allows(*dossier.organisation.sectors) and ground
