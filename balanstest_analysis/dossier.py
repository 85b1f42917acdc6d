"""What is asked: the dossier, read from TOML, checked in full and never changed afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, ValidationError, model_validator

from balanstest_analysis import wording
from balanstest_analysis.blocks import Definitions, Table, literal
from balanstest_analysis.blocks.html import html_of
from balanstest_analysis.calling_rules import CallingRules
from balanstest_analysis.criteria import CriteriaChange, Criterion, Months, Stated, Text
from balanstest_analysis.dossier_errors import dossier_error
from balanstest_analysis.errors import DossierError, UsageError
from balanstest_analysis.questionnaire import questionnaire
from balanstest_analysis.regimes import Regime, all_regimes, regime_named, regime_on

if TYPE_CHECKING:
    import pandas as pd

OLDER_NUMBERS = ("informed_at_collection", "opt_out_offered")
CONDITIONS = (
    "payment_obligation",
    "same_entity",
    "informed_at_collection",
    "opt_out_offered",
    "own_similar_products",
)

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PLACEHOLDER = "NOG IN TE VULLEN"
FIRST_YEAR, LAST_YEAR = 1900, 2999
PLACEHOLDER_DATE = dt.date(2099, 12, 31)

COUNTING_SETTINGS = ("denominator", "objection_window_days", "complaint_window_days")
DECIDING_SETTINGS = (*COUNTING_SETTINGS, "conversion_definition", "confidence_level")


class Organisation(Stated):
    """Who calls, in which sector, and whether the organisation is made up."""

    name: Text
    sector: Literal["charity", "charity_lottery", "publisher", "commercial"]
    fictitious: bool = False


class Scope(Stated):
    """What the test is about, and which date decides the rules."""

    category: Text
    current_term_months: Months | None = None
    report_date: dt.date | None = None
    requested_term_months: Months | None = None
    regime: str | None = None
    regime_reason: str | None = None
    incomplete_reason: str | None = None
    deduplicated_with_register: bool = False

    @model_validator(mode="after")
    def _override_has_reason(self) -> Self:
        names = [regime.id for regime in all_regimes()]
        if self.regime is not None and self.regime not in names:
            raise ValueError(f"`regime` is {self.regime!r}; known are {', '.join(names)}")
        if self.regime is not None and not self.regime_reason:
            raise ValueError("`regime` is overridden; give `regime_reason`, which is printed")
        return self


class TableSource(Stated):
    """Where one table is, what its columns are called there, and how it is written.

    Everything about how it is written is detected and reported; stating it overrides that.

    Attributes:
        path: a CSV, Excel or Parquet file, a folder or a pattern.
        table: a table of a database.
        columns: our name -> theirs, only where they differ.
        values: our flag -> the codes that mean true; or their column with the codes of a dialler
            -> our flags -> codes, where a code may stand under several flags. ``no_contact``
            lists the codes that mean that nobody was reached, so that no code is left unnoticed.
        delimiter: what separates the cells of a CSV file.
        encoding: of a CSV file.
        decimal: the decimal mark of amounts.
        dates: in which order days are written.
        sheet: the sheet of a workbook.
        skip_rows: rows above the column names.
        timezone: of moments that state none; Europe/Amsterdam unless stated.
    """

    path: Text | None = None
    table: Text | None = None
    columns: dict[str, Text] = Field(default_factory=dict)
    values: dict[str, list[str] | dict[str, list[str]]] = Field(default_factory=dict)
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: Literal["utf-8", "utf-16", "windows-1252"] | None = None
    decimal: Literal[".", ","] | None = None
    dates: Literal["day-first", "month-first", "iso"] | None = None
    sheet: Text | None = None
    skip_rows: Annotated[int, Field(ge=0, le=1000)] | None = None
    timezone: Text | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.path is None) == (self.table is None):
            raise ValueError("give either `path` or `table`")
        return self


class Data(Stated):
    """The tables of the history, or counts that already exist.

    Attributes:
        data_through: last day of the history.
        engine: what computes.
        engine_env: name of the environment variable with the address of a database; the address
            itself stands nowhere.
        memory_limit_gb: what may be used of the memory for files, in gigabytes; a quarter of it
            unless stated.
        spill_directory: a folder for what does not fit in that; the usual place for temporary
            files unless stated.
        threads: how many cores may be used for files; all unless stated.
        calls: the calls.
        events: qualifying events.
        objections: who objected.
        complaints: who complained.
        counts: in place of the four.
    """

    data_through: dt.date
    engine: Literal["duckdb", "spark"] = "duckdb"
    engine_env: str | None = None
    memory_limit_gb: Annotated[float, Field(ge=0.25, le=10_000)] | None = None
    spill_directory: Text | None = None
    threads: Annotated[int, Field(ge=1, le=1024)] | None = None
    calls: TableSource | None = None
    events: TableSource | None = None
    objections: TableSource | None = None
    complaints: TableSource | None = None
    counts: TableSource | None = None

    @model_validator(mode="after")
    def _address_elsewhere(self) -> Self:
        if self.engine_env is not None and not _VARIABLE.fullmatch(self.engine_env):
            raise ValueError(
                "`engine_env` is not the name of an environment variable; write a name such as "
                "BALANSTEST_DB, and put the address in that variable, never in the dossier"
            )
        return self

    @model_validator(mode="after")
    def _is_a_date_of_calls(self) -> Self:
        if not FIRST_YEAR <= self.data_through.year <= LAST_YEAR:
            raise ValueError(
                f"`data_through` is {self.data_through}; write the last day of the history, in "
                f"the years {FIRST_YEAR} to {LAST_YEAR}"
            )
        return self

    @model_validator(mode="after")
    def _calls_or_counts(self) -> Self:
        history = (self.calls, self.events, self.objections, self.complaints)
        if self.counts is not None and any(table is not None for table in history):
            raise ValueError("give either `counts` or the tables of a calling history, not both")
        if self.counts is None and self.calls is None:
            raise ValueError("give `[data.calls]` (with `[data.events]`) or `[data.counts]`")
        return self

    def tables(self) -> dict[str, TableSource]:
        """Return the tables that were given, by name."""
        names = ("calls", "events", "objections", "complaints", "counts")
        given = {name: getattr(self, name) for name in names}
        return {name: source for name, source in given.items() if source is not None}


class Settings(Stated):
    """How the analysis is done; every default is printed in the report."""

    denominator: Literal["net_contact", "call"] = "net_contact"
    conversion_definition: Literal["gross", "net_of_cancellations"] = "gross"
    objection_window_days: Annotated[int, Field(ge=0, le=365)] = 30
    complaint_window_days: Annotated[int, Field(ge=0, le=365)] = 60
    confidence_level: Annotated[float, Field(ge=0.8, lt=1)] = 0.95
    resamples: Annotated[int, Field(ge=200, le=100_000)] = 2000
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


class Review(Stated):
    """Opinion of the data protection officer, dates and signatures."""

    dpo_opinion: str = ""
    dpia_reference: str = ""
    review_date: dt.date | None = None
    signatories: list[str] = Field(default_factory=list)


class Processing(Stated):
    """Account of the processing that this analysis itself is."""

    basis: str = ""
    purpose: str = ""
    recipients: str = ""
    retention: str = ""
    objectors: str = ""


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
    conditions: dict[str, Condition] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    review: Review = Review()
    processing: Processing = Processing()
    _path: Path = PrivateAttr(default=Path("balanstest.toml"))
    _quarter: str = PrivateAttr(default="")

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
        _only("answers", self.answers, questionnaire(self.template).numbers())
        names = [criterion.name for criterion in self.criteria]
        if len(set(names)) < len(names):
            raise ValueError("two criteria have the same `name`; give each its own")
        return self

    def _register_still_exists(self) -> None:
        exempt = self.template == "bel-me-niet" and self.regime.register_exempts
        if self.scope.deduplicated_with_register and not exempt:
            raise ValueError(
                "`scope.deduplicated_with_register` is true; the register takes the place of a "
                'test only under `template = "bel-me-niet"` and the rules from 1 March 2020 to '
                "30 June 2021, so leave it out or correct `scope.report_date`"
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
    def regime(self) -> Regime:
        """Rules that hold on the report date, or the override."""
        named = self.scope.regime
        return regime_named(named) if named else regime_on(self.report_date)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per criterion, as stated."""
        # Imported here, for the command line has to read a dossier without it.
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame([criterion.model_dump(mode="json") for criterion in self.criteria])

    def _repr_html_(self) -> str:
        about = (
            ("Organisatie", literal(self.organisation.name)),
            ("Sector", wording.SECTORS[self.organisation.sector]),
            (wording.capital(wording.TEMPLATES[self.template]), literal(self.scope.category)),
            ("Gegevens tot en met", wording.date(self.data_through)),
            ("Nog in te vullen", wording.counted(len(self.gaps()), "onderdeel", "onderdelen")),
        )
        stated = [criterion.model_dump(mode="json") for criterion in self.criteria]
        norms = (wording.norm(item, self.settings.denominator) for item in stated)
        table = Table(
            columns=("Criterium", "Eis aan elke maand"),
            rows=tuple(zip((item["name"] for item in stated), norms, strict=True)),
            caption="Criteria van het dossier",
            align="ll",
        )
        return html_of((Definitions(items=about), table))

    def criteria_hash(self) -> str:
        """Return a SHA-256 digest of the criteria, their reasons and the settings they rest on.

        It tells whether criteria were changed between two reports: their values and reasons, the
        confidence level, and how contacts, objections and complaints are counted.
        """
        stated = [criterion.model_dump(mode="json") for criterion in self.criteria]
        settings = self.settings.model_dump(mode="json", include=set(DECIDING_SETTINGS))
        text = json.dumps([stated, settings], sort_keys=True)
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
        asked = {
            **{f"conditions.{name}": met.get(name) for name in CONDITIONS},
            **{q.number: self.answers.get(q.number) for q in questions if not q.computed},
            **{f"review.{name}": value for name, value in self.review},
            **{f"processing.{name}": value for name, value in self.processing},
        }
        return tuple(key for key, value in {**stated, **asked}.items() if _is_open(value))


def _is_open(value: object) -> bool:
    return not value or (isinstance(value, str) and PLACEHOLDER in value)


def _only(table: str, given: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            raise ValueError(f"unknown key `{table}.{key}`; allowed are {', '.join(allowed)}")


def quarter_end(quarter: str) -> dt.date:
    """Return the last day of a quarter.

    Args:
        quarter: year and quarter, such as ``"2026-Q3"``.

    Raises:
        UsageError: the text is not a quarter.

    Examples:
        >>> quarter_end("2026-Q3")
        datetime.date(2026, 9, 30)
    """
    match = re.fullmatch(r"((?:19|20)\d\d)-Q([1-4])", quarter)
    if match is None:
        raise UsageError(f"The quarter is {quarter!r}; write year and quarter, such as 2026-Q3.")
    year, number = int(match[1]), int(match[2])
    first_after = dt.date(year + number // 4, number % 4 * 3 + 1, 1)
    return first_after - dt.timedelta(days=1)


def last_complete_quarter(date: dt.date) -> str:
    """Return the last quarter that ended on or before a date.

    Examples:
        >>> last_complete_quarter(dt.date(2026, 9, 30)), last_complete_quarter(dt.date(2026, 9, 29))
        ('2026-Q3', '2026-Q2')
    """
    day_after = date + dt.timedelta(days=1)
    index = day_after.year * 4 + (day_after.month - 1) // 3 - 1
    return f"{index // 4}-Q{index % 4 + 1}"


def load_dossier(path: str | Path, *, quarter: str = "") -> Dossier:
    """Return the dossier in a TOML file, checked in full.

    Args:
        path: the file, usually ``balanstest.toml``.
        quarter: analyse the history up to the end of this quarter, such as ``"2026-Q3"``;
            empty for everything up to ``data.data_through``.

    Raises:
        DossierError: the file is missing, is no TOML, or a key or value is not acceptable.
        UsageError: the quarter is not written as year and quarter.

    Examples:
        >>> dossier = load_dossier("data/sample/balanstest.toml")
        >>> dossier.organisation.fictitious, dossier.period
        (True, '2026-Q3')
    """
    path = Path(path)
    raw = _read_toml(path)
    try:
        dossier = Dossier.model_validate(raw)
    except ValidationError as error:
        raise dossier_error(path.name, error, Dossier) from None
    dossier._path = path.resolve()
    dossier._quarter = _checked_quarter(quarter, dossier)
    return dossier


def dossier_of_tables(path: str | Path) -> Dossier | None:
    """Return a dossier with nothing but its data, or None where the data are not acceptable.

    With it `balanstest check` looks at the tables although something else in the dossier is wrong.

    Args:
        path: the file.
    """
    path = Path(path)
    try:
        data = Data.model_validate(_read_toml(path).get("data", {}))
    except (ValidationError, DossierError):
        return None
    construct: Any = Dossier.model_construct
    dossier: Dossier = construct(data=data)
    dossier._path = path.resolve()
    return dossier


def _checked_quarter(quarter: str, dossier: Dossier) -> str:
    if quarter and quarter_end(quarter) > dossier.data.data_through:
        raise UsageError(
            f"The quarter {quarter} ends on {quarter_end(quarter)}, later than `data_through` "
            f"{dossier.data.data_through}. Choose an earlier quarter or deliver newer data."
        )
    return quarter


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        message = f"There is no dossier `{path}`. Give the path of an existing file, or make one"
        raise DossierError(f"{message} with `balanstest init`.") from None
    except IsADirectoryError:
        raise DossierError(f"`{path}` is a folder. Give the path of a dossier in it.") from None
    except UnicodeDecodeError:
        raise DossierError(f"`{path.name}` is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise DossierError(f"`{path.name}` cannot be read: {error.strerror}.") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DossierError(f"`{path.name}` is not valid TOML: {error}. Correct it.") from None
