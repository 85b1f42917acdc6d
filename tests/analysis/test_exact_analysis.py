"""Whatever an analysis shows by itself was published; what is exact is asked for by name."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import pprint
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib.pretty import pretty

from balanstest_analysis import analyse, explore, load_dossier
from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.completion import write_result
from balanstest_analysis.report.onderbouwing import Onderbouwing, open_onderbouwing

DOSSIER = """
schema = 1
template = "opt-in"
[organisation]
name = "Stichting Één"
sector = "charity"
[scope]
category = "giften"
[data]
data_through = 2026-09-30
[data.counts]
path = "counts.csv"
[settings]
resamples = 200
[[criteria]]
name = "Meer verzet dan in het begin"
kind = "maximum_ratio"
outcome = "objection"
factor = 1.7
reference_months = [0, 1]
reason = "Meer laat zien dat mensen het gesprek niet verwachten."
[[criteria]]
name = "Klachten"
kind = "maximum_ratio"
outcome = "complaint"
factor = 1.9
reference_months = [0, 1]
reason = "Meer klachten zijn er te veel."
"""
CAMPAIGNS = ("voorjaar", "zomer")
# Of the contacts of spring in month 3 all but 7 converted; in months 0 and 1 four complained.
CONTACTS, CONVERTED, COMPLAINTS = 49, 42, {0: 3, 1: 1}


def counts(extra: int = 0) -> str:
    """Return counts per month and campaign; `extra` more objections in month 2."""
    lines = ["months_since_purchase,campaign,contacts,conversions,objections,complaints"]
    for month in range(12):
        for campaign in CAMPAIGNS:
            small = campaign == "voorjaar" and month == 3
            contacts, conversions = (CONTACTS, CONVERTED) if small else (411, 67 - month)
            objections = 10 if small else 13 + month + (extra if month == 2 else 0)
            complaints = COMPLAINTS.get(month, 0) if campaign == "zomer" else 0
            row = (month, campaign, contacts, conversions, objections, complaints)
            lines.append(",".join(map(str, row)))
    return "\n".join(lines) + "\n"


def written(folder: Path, *, extra: int = 0, quarter: str = "2026-09-30") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "counts.csv").write_text(counts(extra))
    path = folder / "balanstest.toml"
    path.write_text(DOSSIER.replace("2026-09-30", quarter), "utf-8")
    return path


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analyse(load_dossier(written(tmp_path_factory.mktemp("dossier"))))


def shown_by(analysis: Analysis) -> dict[str, Any]:
    """Return what a cell can end with, by what is typed."""
    explorer = explore(analysis)
    outcomes = ("conversion", "objection", "complaint")
    return {
        "analysis": analysis,
        "proposal": analysis.proposal,
        "findings": analysis.findings,
        "criteria": analysis.criteria,
        "campaigns": analysis.campaigns,
        "published": analysis.published,
        "earlier": analysis.earlier,
        "exact": analysis.exact,
        **{f"rates {name}": analysis.rates(name) for name in outcomes},
        **{f"fits {name}": analysis.fits(name) for name in outcomes},
        "explorer": explorer,
        "explored": explorer.explored,
        "explorer.proposal": explorer.proposal,
        "vars": vars(analysis),
        "vars of explored": vars(explorer.explored),
        "fields": [getattr(analysis, field.name) for field in dataclasses.fields(analysis)],
        "copy": copy.deepcopy(analysis),
    }


def texts_of(value: Any) -> Iterator[str]:
    """Yield every form in which a notebook or a script shows a value."""
    yield repr(value)
    yield str(value)
    yield f"{value}"
    yield pretty(value)
    yield pprint.pformat(value)
    bundle, metadata = FORMATTER.format(value)
    yield from map(str, (*bundle.values(), *metadata.values()))
    if hasattr(value, "to_frame"):
        frame = value.to_frame()
        yield frame.to_csv()
        yield frame.to_html(float_format=repr)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield repr(vars(value)) if hasattr(value, "__dict__") else ""


FORMATTER: DisplayFormatter = InteractiveShell.instance().display_formatter


def longest_digits(text: str) -> int:
    """Return the most significant digits of a number with a decimal point in a text."""
    numbers = re.findall(r"(?<![\w.])\d+\.\d+", text)
    return max((len(n.replace(".", "").lstrip("0")) for n in numbers), default=0)


def test_nothing_a_cell_shows_has_more_digits_than_the_published_result(analysis) -> None:
    for name, value in shown_by(analysis).items():
        for text in texts_of(value):
            bare = re.sub(r'(?s)(?:<svg|"path": ").*?(?:</svg>|")|data:[^"]*', "", text)
            assert longest_digits(bare) <= 10, name


def exact_numbers(analysis: Analysis) -> set[str]:
    """Return crossings and limits as they are before anything is rounded."""
    term = analysis.exact.term
    found = [(r.crossing, r.lower, r.upper) for r in term.per_criterion]
    exact = {v for limits in found for v in limits if v is not None and v != round(v, 1)}
    thresholds = {r.known_threshold for r in term.per_criterion if r.ratio is not None}
    return {repr(float(value)) for value in exact | thresholds if value is not None}


def test_no_exact_crossing_or_threshold_is_shown_and_no_count_follows_from_one(analysis) -> None:
    exact = exact_numbers(analysis)
    assert len(exact) >= 3
    for name, value in shown_by(analysis).items():
        for text in texts_of(value):
            assert not {number for number in exact if number in text}, name
    [_, complaints] = analysis.published.criteria
    assert complaints.threshold is None


def test_the_contacts_of_one_campaign_without_an_event_follow_from_nothing_shown(analysis) -> None:
    exact = analysis.exact.campaign_counts("conversion").set_index("campaign")
    told = {str(exact.loc["voorjaar", key]) for key in ("n", "k")}
    shown = "".join(texts_of(analysis.campaigns))
    assert "voorjaar" in shown
    assert not {number for number in told if re.search(rf"(?<!\d){number}(?!\d)", shown)}


def test_what_is_shown_follows_from_the_published_result_alone(analysis) -> None:
    """Behind the same published result other counts could stand; nothing shown would differ."""
    empty = Analysis(dossier=analysis.dossier, exact=None)  # type: ignore[arg-type]
    vars(empty)["published"] = analysis.published
    names = ("proposal", "findings", "criteria", "campaigns")
    shown = {name: getattr(empty, name) for name in names} | {"analysis": empty}
    shown |= {f"rates {n}": empty.rates(n) for n in ("conversion", "objection", "complaint")}
    shown |= {f"fits {n}": empty.fits(n) for n in ("conversion", "objection", "complaint")}
    whole = shown_by(analysis)
    for name, value in shown.items():
        assert value._repr_html_() == whole[name]._repr_html_(), name


def test_an_analysis_is_no_pickle_and_no_copy_unfolds_it(analysis) -> None:
    with pytest.raises(TypeError, match="holds exact counts"):
        pickle.dumps(analysis)
    assert copy.deepcopy(analysis).exact is copy.copy(analysis).exact is analysis.exact
    unfolded = repr(dataclasses.asdict(analysis)["exact"])
    assert unfolded == repr(analysis.exact) == str(analysis.exact)
    assert "TermProposal" not in pprint.pformat([vars(analysis), explore(analysis).explored])


def test_the_exact_result_is_there_for_who_asks_for_it(analysis) -> None:
    rows = analysis.to_dict()["outcomes"]["complaint"]["rates"]
    assert analysis.to_dict()["audience"] == "internal"
    assert [row["k"] for row in rows][:3] == [3, 1, 0]
    assert analysis.exact.campaign_counts("conversion").loc[0, "campaign"] == "voorjaar"


# ---------------------------------------------------------------- beside an earlier report


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> tuple[Analysis, Onderbouwing, Path]:
    """The analysis of a quarter beside the report of the one before, from which 3 came in."""
    folder = tmp_path_factory.mktemp("reeks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BALANSTEST_REPORTS_DIRECTORY", str(folder / "reports"))
        first = open_onderbouwing(str(written(folder / "in", quarter="2026-06-30")))
        place = folder / "reports" / "x" / "y" / "2026-Q2"
        place.mkdir(parents=True)
        content = to_json(first.result) | {"organisation": "STICHTING  E\u0301E\u0301N\u200b"}
        write_result(content, place)
        path = written(folder / "in", extra=3)
        return analyse(load_dossier(path)), open_onderbouwing(str(path)), folder


def test_notebook_explorer_and_report_publish_the_same_beside_an_earlier_report(series) -> None:
    analysis, report, _ = series
    # Which counterpoints nobody replied to is known where all reports of the series are.
    replies = [gap for gap in report.result.gaps if gap.startswith("replies.")]
    told = dataclasses.replace(report.result, gaps=report.result.gaps[: -len(replies)])
    assert replies
    assert analysis.published == told
    assert "objection" in analysis.published.series.kept
    assert analysis.published.series.reports == 1
    explored = explore(analysis).explored.result
    assert explored.outcomes == report.result.outcomes
    assert explored.series == report.result.series


def test_a_row_in_which_few_came_in_keeps_its_count_in_every_cell(series) -> None:
    analysis, _, folder = series
    earlier = json.loads((folder / "reports/x/y/2026-Q2/resultaat.json").read_text("utf-8"))
    before = [row["k"] for row in earlier["outcomes"]["objection"]["rates"]]
    now = analysis.exact.campaign_counts("objection")["k"].sum()
    assert sum(before) + 6 == now
    assert analysis.rates("objection").to_frame()["k"].tolist() == before


def test_an_earlier_report_that_cannot_be_read_stops_a_cell_and_not_the_internal_result(
    series, tmp_path: Path
) -> None:
    place = tmp_path / series[0].dossier.series.folder / "2026-Q1"
    place.mkdir(parents=True)
    (place / "resultaat.json").write_text("{")
    blind = dataclasses.replace(series[0], reports=tmp_path)
    with pytest.raises(RunError, match="cannot be read"):
        blind.to_frame()
    assert blind.to_dict()["audience"] == "internal"
