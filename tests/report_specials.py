"""Reports that differ in one thing: every cell of the law, a series, a request, odd texts.

The pairs of `tests/report_cases.py` cross the ordinary choices; here stands what they cannot: which
relations count in every sector under every rules, an override, a decision, requests with and
without data, three quarters of a series, few campaigns, and texts that are long or foreign.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from balanstest_analysis.analysis.method import analyse
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.grounds import EVENT_KINDS, SECTORS, grounds_of
from balanstest_analysis.dossier.regimes import regime_named
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.report_counts import counts_of_result
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.example_results import dossier_values
from tests.report_cases import REPORT_DATES, SHAPES, Shape

Counts = list[dict[str, Any]]
OUTCOME_COLUMNS = ("conversions", "objections", "complaints")
CRITERIA = [
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
        "threshold": 0.09,
        "reason": "Meer verzet laat zien dat mensen het gesprek niet verwachten.",
    },
]


@dataclass(frozen=True, kw_only=True)
class Special:
    """A report with one thing of its own.

    Attributes:
        name: what is special.
        quarters: counts of each quarter of the series, the oldest first; the last is the report.
        changes: values of the dossier that replace those of the plain one, by dotted name.
        told: what the whole report says.
        on_page_one: what its first page says.
        untold: what the report says nowhere.
    """

    name: str
    quarters: tuple[Counts, ...]
    changes: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    on_page_one: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    def report(self, folder: Path) -> Onderbouwing:
        """Return the report, each quarter published beside those before it.

        Args:
            folder: where its data are written.
        """
        earlier: list[EarlierReport] = []
        for number, counts in enumerate(self.quarters):
            last = number == len(self.quarters) - 1
            dossier = self._dossier(folder, counts, number, last=last)
            before = [counts_of_result(report.result) for report in earlier]
            result = publish(analyse(dossier).exact.result, before)
            if last:
                return Onderbouwing(dossier=dossier, result=result, history=tuple(earlier))
            earlier.append(EarlierReport(period=result.period, result=result))
        raise AssertionError(f"{self.name} has no quarters")

    def _dossier(self, folder: Path, counts: Counts, number: int, *, last: bool) -> Dossier:
        place = folder / f"{self.name.replace(' ', '-')}-{number}"
        place.mkdir()
        _write(place / "counts.csv", counts)
        values = plain_dossier()
        for name, value in self.changes.items():
            _set(values, name, value)
        through = values["data"]["data_through"]
        behind = len(self.quarters) - 1 - number
        values["data"]["data_through"] = _quarters_before(through, behind)
        if not last:
            values["scope"]["report_date"] = values["data"]["data_through"] + dt.timedelta(days=15)
        counts_of = values["data"].setdefault("counts", {})
        counts_of["path"] = str(place / "counts.csv")
        dossier = Dossier.model_validate(values)
        dossier._path = place / "balanstest.toml"
        dossier._path.write_text("# fictief\n", "utf-8")
        return dossier


def plain_dossier() -> dict[str, Any]:
    """Return the dossier that every special report changes: a charity under the law of 2026."""
    values = dossier_values("opt-in")
    values["organisation"] = {"name": "Vereniging Proef", "sector": "charity"}
    values["scope"] = {"category": "donateurs", "report_date": REPORT_DATES["tw-2026"]}
    values["settings"] = {"resamples": 200}
    values["criteria"] = CRITERIA
    values["data"] = {"data_through": dt.date(2026, 9, 30), "counts": {"kinds": ["donation"]}}
    values.pop("measures", None)
    return values


def _set(values: dict[str, Any], name: str, value: Any) -> None:
    *path, last = name.split(".")
    for part in path:
        values = values.setdefault(part, {})
    if value is None:
        values.pop(last, None)
    else:
        values[last] = value


def _quarters_before(day: dt.date, number: int) -> dt.date:
    for _ in range(number):
        first = day.replace(day=1)
        day = (first - dt.timedelta(days=62)).replace(day=1) - dt.timedelta(days=1)
    return day


def _write(path: Path, counts: Counts) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*counts[0]])
        writer.writeheader()
        writer.writerows(counts)


def _counted(shape: Shape | str = "burden rises", **more: Callable[[int], int]) -> Counts:
    """Return the counts of a shape, with contacts and events that came in since, by column."""
    rows = (SHAPES[shape] if isinstance(shape, str) else shape).counts()
    return [
        {**row, **{name: row[name] + extra(place) for name, extra in more.items()}}
        for place, row in enumerate(rows)
    ]


def specials() -> tuple[Special, ...]:
    """Return every special report."""
    return (
        *_cells(),
        *_rules(),
        *_requests(),
        *_series(),
        *_decisions(),
        *_texts(),
        _few_campaigns(),
    )


def _cells() -> Iterator[Special]:
    """Yield a report of every sector under every rules, which names each kind of relation."""
    for regime_id, report_date in REPORT_DATES.items():
        regime = regime_named(regime_id)
        for sector in SECTORS:
            cells = grounds_of(regime.grounds, (sector,))
            counted = [kind for kind in EVENT_KINDS if cells[kind].ground]
            yield Special(
                name=f"{sector} under {regime_id}",
                quarters=(_counted(),),
                changes={
                    "organisation.sector": sector,
                    "scope.report_date": report_date,
                    "data.data_through": report_date.replace(day=1) - dt.timedelta(days=1),
                    "data.counts.kinds": counted or ["purchase"],
                    "decision": None,
                },
                told=tuple(cells[kind].paragraph for kind in EVENT_KINDS) if counted else (),
                on_page_one=() if counted else ("bellen zonder voorafgaande toestemming",),
            )


def _rules() -> Iterator[Special]:
    yield Special(
        name="override",
        quarters=(_counted(),),
        changes={
            "organisation.sector": "commercial",
            "scope.regime": "tw-2021",
            "scope.regime_reason": "De nummers zijn eerder verkregen.",
            "data.counts.kinds": ["purchase"],
        },
        on_page_one=("De organisatie gaat uit van andere regels dan die van de rapportdatum",),
    )
    yield Special(
        name="commercial before the change",
        quarters=(_counted(),),
        changes={
            "organisation.sector": "commercial",
            "scope.report_date": dt.date(2026, 6, 30),
            "data.data_through": dt.date(2026, 6, 30),
            "data.counts.kinds": ["purchase"],
            "decision": None,
        },
        on_page_one=(
            "niet voor belpogingen vanaf 1 juli 2026",
            "vanaf die dag is voorafgaande toestemming nodig",
        ),
    )
    yield Special(
        name="membership as gift",
        quarters=(_counted(),),
        changes={
            "data.counts.kinds": ["contract", "donation"],
            "grounds": {"membership": "gift", "reason": "De contributie is een gift."},
        },
        on_page_one=("Voorlopig voorstel", "De organisatie telt lidmaatschappen als giften"),
    )
    yield Special(
        name="counts without kinds",
        quarters=(_counted(),),
        changes={"data.counts.kinds": None},
        on_page_one=("Welke relaties meetellen, is niet na te gaan",),
    )


def _requests() -> Iterator[Special]:
    for months, told in (
        (52, "stonden tegenover elke 100 conversies"),
        (41, "De cijfers eindigen met maand 40"),
        (35, "berust de aanvraag alleen op een redenering"),
    ):
        shape = Shape(months=months, objection=lambda m: 0.03 + 0.0005 * m)
        yield Special(
            name=f"request on {months} months",
            quarters=(_counted(shape),),
            changes={"scope.requested_term_months": 48},
            told=("De aanvraag gaat over maand 36 tot en met 47.", told),
            on_page_one=(
                "Aanvraag voor 48 maanden",
                "zonder de grens van 36 maanden",
            ),
        )


def _series() -> Iterator[Special]:
    quiet = [_counted(), _counted(contacts=_three), _counted(contacts=_six)]
    yield Special(
        name="three quiet quarters",
        quarters=tuple(quiet),
        told=("met rijen uit een eerder rapport",),
    )
    busy = [
        _counted(
            Shape(
                contacts=contacts,
                objection=SHAPES["burden rises"].objection,
                complaint=lambda _: 0.0,
            )
        )
        for contacts in (300, 400, 500)
    ]
    yield Special(
        name="three busy quarters",
        quarters=tuple(busy),
        untold=("met rijen uit", "komt uit een eerder rapport"),
    )
    corrected = [_counted(), _counted(objections=_three), _counted()]
    yield Special(name="three quarters, corrected", quarters=tuple(corrected))
    falling = [
        _counted(Shape(objection=lambda m, steep=steep: 0.03 + steep * m))
        for steep in (0.004, 0.003, 0.0018)
    ]
    yield Special(
        name="three quarters, longer term",
        quarters=tuple(falling),
        changes={"decision": None},
        on_page_one=(
            "Het voorstel is langer dan in het rapport over het tweede kwartaal van 2026",
        ),
    )


def _three(place: int) -> int:
    return 3 if place == 4 else 0


def _six(place: int) -> int:
    return 6 if place == 4 else 0


def _decisions() -> Iterator[Special]:
    decision = {"decided_on": dt.date(2026, 10, 20), "decided_by": "Bestuur", "reason": "Besluit."}
    yield Special(
        name="decision longer than the proposal",
        quarters=(_counted(),),
        changes={"decision": {**decision, "term_months": 36}},
        on_page_one=("langer dan de gegevens onderbouwen",),
    )
    yield Special(
        name="no decision",
        quarters=(_counted(),),
        changes={"decision": None},
        on_page_one=("Wat nog ontbreekt", "esluit"),
    )


LONG = "Bij deze grens staat het belang van de vereniging nog in verhouding tot de last. " * 12
FOREIGN = "Stichting Ελπίδα – Надежда – Łódź & Søn"


def _texts() -> Iterator[Special]:
    long = [{**criterion, "reason": LONG} for criterion in CRITERIA]
    yield Special(
        name="long texts",
        quarters=(_counted(),),
        changes={"criteria": long, "organisation.name": "Landelijke Vereniging " + "Proef " * 12},
    )
    yield Special(
        name="foreign texts",
        quarters=(_counted(),),
        changes={"organisation.name": FOREIGN, "scope.category": "δωρεές"},
        on_page_one=(FOREIGN,),
    )


def _few_campaigns() -> Special:
    shapes = {"A": SHAPES["burden rises"], "B": replace(SHAPES["burden rises"], contacts=420)}
    counts = [{"campaign": name, **row} for name, one in shapes.items() for row in one.counts()]
    return Special(
        name="counts of two campaigns",
        quarters=(counts,),
        on_page_one=("Er zijn maar twee campagnes",),
    )


def faults_of(special: Special, page_one: str, whole: str) -> Sequence[str]:
    """Return what the report of a special case does not say, or says where it may not.

    Args:
        special: what is due.
        page_one: text of its first page.
        whole: text of the report.
    """
    return [
        *(f"not on page one: {words}" for words in special.on_page_one if words not in page_one),
        *(f"not told: {words}" for words in special.told if words not in whole),
        *(f"told: {words}" for words in special.untold if words in whole),
    ]
