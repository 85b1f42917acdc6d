"""Every sentence and cell of every kind of report, read back from the published result alone."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.figures.style import new_figure
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.exporters import html_page
from balanstest_analysis.report.onderbouwing import Onderbouwing, with_reply_gaps
from balanstest_analysis.verification.claims import claim
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import page_of
from balanstest_analysis.verification.claims.reader import Reading, read, read_page
from tests.claim_mutations import mutations
from tests.claim_variations import VARIATIONS, earlier_quarters
from tests.example_results import (
    EXAMPLES,
    NAMES,
    dossier,
    dossier_of_counts,
    dossier_values,
    proposed,
    published,
)
from tests.report_cases import notebook_of

DRAWN = (
    "rates.rate",
    "criteria.criteria",
    "sensitivity.sensitivity",
    "weighing.weighing",
    "composition.composition",
)
# what only the dossier knows, and no result: its place in the report is not checked
UNKNOWN = {
    "Datum van het oordeel": "the day of an opinion is not in the result",
    "Datum van herziening": "the day on which the term is looked at again is not in the result",
    "Uren en dagen": "the hours in which may be called are law, of which the result has no copy",
}


CLAIMS = "balanstest_analysis.verification.claims"


def rendered(
    result: PublishedResult,
    history: tuple[EarlierReport, ...] = (),
    stated: Dossier | None = None,
) -> str:
    """Return a report, its figures not drawn: their words are read."""
    counted = "counts" in result.fingerprints
    delivered = stated or (dossier_of_counts() if counted else dossier())
    report = Onderbouwing(dossier=delivered, result=result, history=history)
    with pytest.MonkeyPatch.context() as patch:
        for figure in DRAWN:
            path = f"balanstest_analysis.presentation.figures.{figure}_figure"
            patch.setattr(path, lambda *_: new_figure(1.0))
        return html_page(notebook_of(report))


@cache
def page(name: str) -> str:
    """Return the report of an example."""
    return rendered(published(EXAMPLES[name]()))


@cache
def _content(name: str) -> str:
    return json.dumps(to_json(published(EXAMPLES[name]())))


def content(name: str) -> dict[str, Any]:
    """Return `resultaat.json` of an example."""
    found: dict[str, Any] = json.loads(_content(name))
    return found


@cache
def reading(name: str) -> Reading:
    """Return what the reader finds in the report of an example."""
    return read(page(name), content(name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_sentence_is_read_once_and_holds(name: str) -> None:
    assert reading(name).faults == []


@pytest.mark.parametrize("name", VARIATIONS)
def test_what_no_example_has_is_read_too(name: str) -> None:
    result = published(VARIATIONS[name]())
    assert read(rendered(result), to_json(result)).faults == []


def test_a_criterion_whose_name_begins_with_a_small_letter_is_read_too() -> None:
    named = json.dumps(proposed()).replace(NAMES["conversion"], "rendabel")
    assert '"name": "rendabel"' in named
    result = published(json.loads(named))
    assert read(rendered(result), to_json(result)).faults == []


OFFICER = {"dpo_status": "disagrees", "dpo_date": dt.date(2026, 10, 8)}
REVIEWS: dict[str, dict[str, Any]] = {
    "against": {**OFFICER, "dpo_followed": True},
    "not followed": {
        **OFFICER,
        "dpo_followed": False,
        "dpo_followed_reason": "Nee. Zo is het.",
    },
    "awaited": {"dpo_status": "awaited", "dpo_date": None},
    "nothing": {"dpo_status": None, "dpo_opinion": "", "dpo_date": None, "replies": {}},
    "one reply": {"replies": {"silence": "Dat is zo. Wij vragen het.", "poor_fit": "Ja."}},
    "overdue": {"review_date": dt.date(2026, 10, 1)},
}


@pytest.mark.parametrize("name", REVIEWS)
def test_what_only_the_dossier_states_is_read_where_it_belongs(name: str) -> None:
    stated = dossier(review={**dossier_values()["review"], **REVIEWS[name]})
    asked = [gap for gap in stated.gaps() if gap.startswith("review.")]
    result = replace(published(proposed()), gaps=tuple(asked))
    result = with_reply_gaps(result, stated.review, ())
    assert read(rendered(result, stated=stated), to_json(result)).faults == []


def test_a_reply_that_is_told_to_be_missing_otherwise_is_found() -> None:
    stated = dossier(review={**dossier_values()["review"], **REVIEWS["one reply"]})
    result = with_reply_gaps(published(proposed()), stated.review, ())
    html = rendered(result, stated=stated)
    box = re.search(r"Op (\w+) van de (\w+) punten heeft de organisatie nog niet", html)
    assert box is not None
    first, every = box[0], f"Op geen van de {box[2]} punten heeft de organisatie al"
    fewer = first.replace(box[1], "twee")
    for wrong in (fewer, every, first.replace(box[2], box[1]), "Op dit punt heeft de organisatie"):
        assert read(html.replace(first, wrong), to_json(result)).faults != [], wrong
    silenced = html.replace("<strong>Nog geen reactie.</strong>", "", 1)
    assert read(silenced, to_json(result)).faults != []


def test_a_point_that_is_left_out_of_what_is_open_is_found() -> None:
    html = page("request_carried")
    start = html.index("<h2", html.index('id="open"') - 4)
    listed = html[start : html.index("<h2", start + 4)]
    points = re.findall(r"<li>.*?</li>", listed, re.DOTALL)
    assert len(points) > 2
    for point in points:
        without = html.replace(listed, listed.replace(point, ""))
        assert read(without, content("request_carried")).faults != []


def test_an_opinion_that_is_told_otherwise_is_found() -> None:
    stated = dossier(review={**dossier_values()["review"], **REVIEWS["not followed"]})
    result = published(proposed())
    html = rendered(result, stated=stated)
    changes = {
        "<dd>niet akkoord</dd>": "<dd>akkoord</dd>",
        "niet akkoord (8 oktober": "niet akkoord (9 oktober",
        "<dd>nee</dd>": "<dd>ja</dd>",
    }
    for before, after in changes.items():
        assert before in html
        assert read(html.replace(before, after), to_json(result)).faults != []


def test_a_series_is_read_as_far_as_its_last_report_tells() -> None:
    result = published(proposed())
    earlier = (published(one) for one in earlier_quarters())
    history = tuple(EarlierReport(period=one.period, result=one) for one in earlier)
    html = rendered(result, history)
    assert read(html, to_json(result)).faults == []
    assert "nu 22 maanden" in html
    faults = read(html.replace("nu 22 maanden", "nu 21 maanden"), to_json(result)).faults
    assert {one.startswith("does not hold: Het voorstel is langer") for one in faults} == {True}


def test_the_claims_of_a_report_are_of_every_kind() -> None:
    kinds = {by.kind for name in EXAMPLES for one in reading(name).sentences for by in one.read_by}
    assert kinds == {"observed", "fitted", "tested", "argued", "rule", "words"}


def test_the_reader_shares_no_code_with_the_writer() -> None:
    for path in Path(claim.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            ours = [name for name in names if name.startswith("balanstest")]
            assert all(name.startswith(CLAIMS) for name in ours), path.name


def test_a_sentence_that_nobody_wrote_down_is_named() -> None:
    strange = "Het aantal gesprekken is 12 keer zo groot als vroeger."
    html = page("proposed").replace("Hoe minder contacten, hoe breder het interval.", strange)
    [fault] = read(html, content("proposed")).faults
    assert fault.startswith(f"unread sentence: {strange}")


def test_a_table_that_nobody_wrote_down_is_named() -> None:
    html = page("proposed").replace("Conversie per tijdvak", "Conversie per dagdeel")
    faults = read(html, content("proposed")).faults
    assert any(one.startswith("table 'Conversie per dagdeel': unread table") for one in faults)


def test_a_changed_number_month_direction_or_status_is_found() -> None:
    made, missed = 0, []
    for seed, name in enumerate(EXAMPLES):
        facts = Facts(content(name))
        for mutation in mutations(page_of(page(name)), 12, seed):
            made += 1
            if not read_page(mutation.page, facts).faults:
                missed.append(mutation.words)
    unexplained = [words for words in missed if not any(known in words for known in UNKNOWN)]
    assert made >= 100
    assert len(missed) <= made * 0.02, "\n".join(missed)
    assert unexplained == []


def test_the_words_of_the_organisation_are_left_alone() -> None:
    [answer, *_] = [one for one in page("proposed").split("<p>") if "De donateur gaat" in one]
    html = page("proposed").replace(answer, f"Wij bellen 12.345 mensen. {answer}")
    assert read(html, content("proposed")).faults == []
