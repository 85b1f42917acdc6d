"""Every kind of report there is: cases over the ways in which one can differ, and what is due."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from allpairspy import AllPairs
from nbformat.v4 import new_code_cell, new_notebook, new_output

from balanstest_analysis.analysis.method import Analysis, analyse
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.report.onderbouwing import Onderbouwing, with_reply_gaps
from balanstest_analysis.term.proposal import propose_on
from tests.example_results import dossier_values

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "onderbouwing.ipynb"

REPORT_DATES = {
    "ctm-2012": dt.date(2019, 10, 15),
    "ctm-2020": dt.date(2021, 5, 15),
    "tw-2021": dt.date(2024, 5, 15),
    "ctm-2024": dt.date(2025, 10, 15),
    "tw-2026": dt.date(2026, 10, 15),
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Contacts and rates per month since the last purchase.

    Attributes:
        months: how many months have contacts.
        contacts: in every month.
        conversion: rate by month; objection and complaint likewise.
    """

    months: int = 54
    contacts: int = 500
    conversion: Callable[[int], float] = lambda _: 0.12
    objection: Callable[[int], float] = lambda _: 0.04
    complaint: Callable[[int], float] = lambda _: 0.0008

    def counts(self) -> list[dict[str, int]]:
        """Return one row per month; events are the expected ones, rounded down as they add up."""
        rows, owed = [], dict.fromkeys(OUTCOMES, 0.0)
        for month in range(self.months):
            row = {"months_since_purchase": month, "contacts": self.contacts}
            for outcome in OUTCOMES:
                owed[outcome] += self.contacts * getattr(self, outcome)(month)
                row[f"{outcome}s"] = int(owed[outcome])
                owed[outcome] -= row[f"{outcome}s"]
            rows.append(row)
        return rows


SHAPES = {
    "burden rises": Shape(objection=lambda m: 0.04 + 0.04 * m / 24),
    "benefit falls": Shape(conversion=lambda m: 0.15 * 0.955**m),
    "flat": Shape(),
    "data end early": Shape(months=20),
    "benefit fails": Shape(conversion=lambda _: 0.02),
    "sparse": Shape(months=30, contacts=9),
    "complaints untested": Shape(months=36, contacts=150),
    "benefit comes later": Shape(conversion=lambda m: 0.02 if m < 10 else 0.12),
    "no curve": Shape(conversion=lambda m: (0.07, 0.21, 0.12, 0.27, 0.09)[m % 5]),
}
REFUTING = ("benefit fails", "benefit comes later")
OLDER = {"met": False, "collected_before_july_2021": True}
CONDITIONS: dict[str, dict[str, Any]] = {
    "met": {},
    "not met": {"same_entity": {"met": False}},
    "older numbers": {"informed_at_collection": OLDER, "opt_out_offered": OLDER},
    "unanswered": {"opt_out_offered": None},
}
DIMENSIONS: dict[str, list[Any]] = {
    "shape": list(SHAPES),
    "missing": ["", "complaint", "objection", "objection complaint", "conversion"],
    "regime": list(REPORT_DATES),
    "sector": ["charity", "charity_lottery", "publisher", "commercial"],
    "conditions": list(CONDITIONS),
    "asked": [None, 24, 48, 120],
    "template": ["bel-me-niet", "opt-in"],
    "answers": ["none", "some", "all"],
    "current": [None, 24, 36],
    "source": ["history", "counts"],
    "criteria": ["benefit only", "both sides"],
    "final": [False, True],
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One report: a value of every dimension in `DIMENSIONS`.

    Attributes:
        register: whether the numbers in the Bel-me-niet Register are left out, which only the
            older template under the rules of 2020 knows.
    """

    shape: str = "burden rises"
    missing: str = ""
    regime: str = "tw-2026"
    sector: str = "charity"
    conditions: str = "met"
    asked: int | None = None
    template: str = "opt-in"
    answers: str = "all"
    current: int | None = None
    source: str = "counts"
    criteria: str = "both sides"
    final: bool = False
    register: bool = False

    @property
    def name(self) -> str:
        """What tells the case from others."""
        return ", ".join(f"{key}={value}" for key, value in asdict(self).items())

    @property
    def delivered(self) -> tuple[str, ...]:
        """Outcomes with data; a calling history always has conversions."""
        missing = set(self.missing.split())
        if self.source == "history":
            missing.discard("conversion")
        return tuple(name for name in OUTCOMES if name not in missing)

    @property
    def weighed(self) -> tuple[str, ...]:
        """Outcomes with a criterion."""
        return OUTCOMES if self.criteria == "both sides" else ("conversion",)

    @property
    def tested(self) -> tuple[str, ...]:
        """Outcomes whose criterion has the data it takes."""
        if self.shape == "sparse":
            return ()
        poor = {"complaint"} if self.shape == "complaints untested" else set()
        return tuple(n for n in self.weighed if n in self.delivered and n not in poor)

    @property
    def cap(self) -> int | None:
        """The cap in months of the regime."""
        return None if self.regime == "ctm-2012" else 36

    @property
    def asked_conditions(self) -> str:
        """How the conditions of the law of 2021 are answered; before, they are not asked."""
        return "met" if self.regime in ("ctm-2012", "ctm-2020") else self.conditions

    @property
    def status(self) -> str:
        """The status that is due."""
        refused = self.asked_conditions == "not met" and not self.register
        if (self.regime, self.sector) == ("tw-2026", "commercial") or refused:
            return "not_allowed"
        if self.shape in REFUTING and "conversion" in self.tested:
            return "no_term"
        if self.tested == self.weighed:
            return "proposed"
        return "proposed_incomplete" if self.tested and self.sets_aside else "undetermined"

    @property
    def sets_aside(self) -> bool:
        """Whether the organisation sets aside what cannot be tested."""
        return self.answers == "all"

    @property
    def untested(self) -> tuple[str, ...]:
        """Outcomes whose criterion is neither tested nor set aside."""
        return () if self.sets_aside else tuple(n for n in self.weighed if n not in self.tested)

    @property
    def route(self) -> str:
        """The route that is due."""
        if self.status == "not_allowed":
            return "not_allowed"
        asks_more = self.asked is not None and self.cap is not None and self.asked > self.cap
        return "request" if asks_more else "own_file"

    @property
    def uncapped(self) -> tuple[int, int]:
        """The shortest and the longest term that the data may be said to carry without the cap."""
        end = SHAPES[self.shape].months
        if self.source == "history":
            # calls beyond the cap of their day, or beyond the own term, do not count
            end = min(end, self.cap or end, self.current or end)
        bounded = {"burden rises": "objection", "benefit falls": "conversion"}
        if bounded.get(self.shape) in self.tested:
            return min(18, end), min(26, end)
        if self.shape == "no curve" and "conversion" in self.tested:
            return 1, end
        return end - 4, end  # the last months may be too few contacts for rare complaints


def pairwise() -> list[Case]:
    """Return cases that have every two values of two dimensions together at least once."""
    rows = AllPairs([*DIMENSIONS.values()])
    cases = [Case(**dict(zip(DIMENSIONS, row, strict=True))) for row in rows]
    register = Case(template="bel-me-niet", regime="ctm-2020", register=True)
    asked = {"burden rises": None, "sparse": 48, "flat": 120, "benefit fails": None}
    return cases + [
        replace(register, shape=shape, asked=months, conditions=conditions)
        for (shape, months), conditions in zip(asked.items(), CONDITIONS, strict=False)
    ]


def report_of(case: Case, folder: Path) -> Onderbouwing:
    """Return the report of a case as the notebook holds it, without a kernel.

    Args:
        case: what it is about.
        folder: where its data are written.
    """
    analysis = analysis_of(case, folder)
    result = with_reply_gaps(analysis.published, analysis.dossier.review, ())
    final = case.final and not result.gaps
    return Onderbouwing(dossier=analysis.dossier, result=result, final=final)


def analysis_of(case: Case, folder: Path) -> Analysis:
    """Return the analysis of a case; cases with the same data share its curves."""
    asked = dossier_of(case, folder)
    known = _analysed(replace(case, **_IRRELEVANT, regime=case.regime), folder)
    results = known.exact.term.per_criterion
    exact = known.exact.under(asked, propose_on(asked, results))
    return Analysis(dossier=asked, exact=exact)


_IRRELEVANT: dict[str, Any] = {
    "sector": "charity",
    "conditions": "met",
    "template": "opt-in",
    "answers": "all",
    "final": False,
    "register": False,
}


@cache
def _analysed(case: Case, folder: Path) -> Analysis:
    return analyse(dossier_of(case, folder))


def criterion_about(outcome: str) -> str:
    """Return the name of the criterion about an outcome."""
    return next(str(c["name"]) for c in _CRITERIA if c["outcome"] == outcome)


def dossier_of(case: Case, folder: Path) -> Dossier:
    """Return the dossier of a case, its data written in the folder."""
    values = dossier_values(case.template)
    values["data"] = _data(case, folder)
    values["organisation"] = {"name": "Vereniging Proef", "sector": case.sector}
    values["scope"] = _scope(case)
    values["decision"]["decided_on"] = values["scope"]["report_date"] + dt.timedelta(days=5)
    values["settings"] = {"resamples": 200}
    values["criteria"] = [c for c in _CRITERIA if c["outcome"] in case.weighed]
    for name, answer in CONDITIONS[case.conditions].items():
        del values["conditions"][name]
        if answer is not None:
            values["conditions"][name] = {**answer, "explanation": "Dat is niet vastgelegd."}
    if case.sets_aside:
        values["set_aside"] = [
            {"criterion": c["name"], "threshold": c["threshold"], "reason": _NOT_TESTED}
            for c in values["criteria"]
            if c["outcome"] not in case.tested
        ]
    if case.answers == "none":
        values.update(answers={}, review={}, processing={})
    if case.answers == "some":
        values["answers"] = {key: values["answers"][key] for key in ("1a", "1b", "2b", "3a")}
        values["review"]["dpo_opinion"] = ""
    dossier = Dossier.model_validate(values)
    dossier._path = folder / "balanstest.toml"
    dossier._path.write_text("# fictief\n", "utf-8")
    return dossier


_NOT_TESTED = "Dit wordt pas sinds kort vastgelegd."
_CRITERIA: list[dict[str, Any]] = [
    {
        "name": "Bellen dekt zijn kosten",
        "kind": "minimum_rate",
        "outcome": "conversion",
        "threshold": 0.05,
        "reason": "Bij 5% conversie dekt een gesprek zijn kosten.",
    },
    {
        "name": "Verzet blijft beperkt",
        "kind": "maximum_rate",
        "outcome": "objection",
        "threshold": 0.08,
        "reason": "Meer verzet laat zien dat mensen het gesprek niet verwachten.",
    },
    {
        "name": "Klachten blijven zeldzaam",
        "kind": "maximum_rate",
        "outcome": "complaint",
        "threshold": 0.01,
        "reason": "Meer klachten vindt het bestuur onaanvaardbaar.",
    },
]


def _scope(case: Case) -> dict[str, Any]:
    scope: dict[str, Any] = {"category": "leden", "report_date": REPORT_DATES[case.regime]}
    if case.register:
        scope["deduplicated_with_register"] = True
    if case.current is not None:
        scope["current_term_months"] = case.current
    if case.asked is not None:
        scope["requested_term_months"] = case.asked
    return scope


def _data(case: Case, folder: Path) -> dict[str, Any]:
    """Write the data of a case, and return where they are."""
    through = REPORT_DATES[case.regime].replace(day=1) - dt.timedelta(days=1)
    words = f"{case.source} {case.shape} {case.missing} {case.regime}"
    place = folder / words.strip().replace(" ", "-")
    tables = _counts(case) if case.source == "counts" else _history(case, through)
    paths = {name: place / f"{name}.csv" for name in tables}
    if not place.exists():
        place.mkdir()
        for name, (header, rows) in tables.items():
            with paths[name].open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, header)
                writer.writeheader()
                writer.writerows(rows)
    return {"data_through": through, **{name: {"path": str(p)} for name, p in paths.items()}}


Rows = list[dict[str, Any]]
Tables = dict[str, tuple[list[str], Rows]]


def _counts(case: Case) -> Tables:
    header = ["months_since_purchase", "contacts", *(f"{name}s" for name in case.delivered)]
    rows = SHAPES[case.shape].counts()
    return {"counts": (header, [{key: row[key] for key in header} for row in rows])}


def _history(case: Case, through: dt.date) -> Tables:
    """Return calls of one customer each, on afternoons of the two years before."""
    calls: Rows = []
    reports: dict[str, Rows] = {"objections": [], "complaints": []}
    for row in SHAPES[case.shape].counts():
        for number in range(row["contacts"]):
            customer = f"K{row['months_since_purchase']:03}-{number:04}"
            day = _weekday(through - dt.timedelta(days=70 + (number * 7) % 650))
            converted = int(number < row["conversions"])
            month = row["months_since_purchase"]
            moment = f"{day} 14:{number % 60:02}"
            values = (customer, moment, 1, converted, month, f"A{(number + month) % 3}")
            calls.append(dict(zip(_CALLS, values, strict=True)))
            after = row["contacts"] - 1 - number
            for name, reported in reports.items():
                if after < row[name]:
                    reported.append(dict(zip(_REPORTS[name], (customer, day), strict=True)))
    given = [name for name in reports if name.removesuffix("s") in case.delivered]
    return {"calls": (_CALLS, calls), **{name: (_REPORTS[name], reports[name]) for name in given}}


_CALLS = [
    "customer_id",
    "called_at",
    "net_contact",
    "converted",
    "months_since_purchase",
    "campaign",
]
_REPORTS = {
    "objections": ["customer_id", "objected_on"],
    "complaints": ["customer_id", "complained_on"],
}


def _weekday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def notebook_of(report: Onderbouwing) -> nbformat.NotebookNode:
    """Return the report's notebook as executed, every cell shown without a kernel."""
    outputs = [
        new_output("execute_result", data=data, execution_count=1) for data in _bundles(report)
    ]
    cells = [new_code_cell(outputs=[output], execution_count=1) for output in outputs]
    return new_notebook(cells=cells)


def _bundles(report: Onderbouwing) -> Iterator[dict[str, str]]:
    for source in sources():
        expression = ast.parse(source, mode="eval").body
        assert isinstance(expression, ast.Call)
        assert isinstance(expression.func, ast.Attribute)
        arguments = [ast.literal_eval(argument) for argument in expression.args]
        yield getattr(report, expression.func.attr)(*arguments)._repr_mimebundle_()


def sources() -> list[str]:
    """Return the cells of the notebook that show a chapter."""
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [source for source in found if source.startswith("onderbouwing.")]
