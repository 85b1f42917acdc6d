"""Every kind of report there is: a slice here, all of them in `studies/report_matrix.py`."""

from __future__ import annotations

import csv
import itertools
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from balanstest_analysis.presentation.tables import rates_table
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.exporters import html_page, pdf_document
from balanstest_analysis.report.run import run_report
from balanstest_analysis.validation.simulate import simulate_history, write_history
from balanstest_analysis.verification.claims.reader import read
from studies.report_matrix import TABLE
from tests.few_draws import with_few_draws
from tests.pdf_faults import FAULTS, with_fault
from tests.pdf_readers import reading_faults
from tests.printed_rows import row_faults
from tests.report_cases import DIMENSIONS, Case, notebook_of, pairwise, report_of
from tests.report_checks import (
    WIDTHS,
    Reader,
    browser_path,
    first_page,
    first_sheet_faults,
    page_one_faults,
    pdf_faults,
    proposal_title,
    reading,
    text_faults,
    words_of,
)
from tests.report_specials import Special, faults_of, specials

NAMES = [field.name for field in fields(Case)]
SLICE = random.Random(6).sample(pairwise(), 3)
SPECIAL = random.Random(6).sample(specials(), 4)
WORDS = "{0.shape}, {0.regime}, {0.sector}".format
NEEDS_BROWSER = pytest.mark.skipif(browser_path() is None, reason="no Chromium or Chrome found")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gevallen")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with reading() as reader:
        yield reader


def test_the_cases_have_every_two_values_together() -> None:
    cases = pairwise()
    for one, other in itertools.combinations(DIMENSIONS, 2):
        due = set(itertools.product(DIMENSIONS[one], DIMENSIONS[other]))
        assert {(getattr(case, one), getattr(case, other)) for case in cases} == due


def test_the_cases_have_every_status_and_route() -> None:
    assert {(case.status, case.route) for case in pairwise()} == {
        ("not_allowed", "not_allowed"),
        *itertools.product(
            ("proposed", "proposed_incomplete", "undetermined", "no_term"), ("own_file", "request")
        ),
    }


@pytest.mark.parametrize("case", SLICE, ids=WORDS)
def test_a_report_of_any_kind_is_whole_and_opens_with_the_sentence_that_is_due(
    case: Case, folder: Path
) -> None:
    report = report_of(case, folder)
    notebook = notebook_of(report)
    html = html_page(notebook)
    assert page_one_faults(case, html, report.result) == []
    assert text_faults(html) == []
    for outcome in report.result.shown_outcomes:
        assert row_faults(rates_table(report.result, outcome)) == []
    assert read(html, to_json(report.result)).faults == []
    pdf = pdf_document(notebook)
    assert pdf_faults(pdf) == []
    assert first_sheet_faults(pdf, report.result) == []


@pytest.mark.parametrize("special", SPECIAL, ids=lambda special: special.name)
def test_a_report_that_differs_in_one_thing_says_so(special: Special, tmp_path: Path) -> None:
    report = special.report(tmp_path)
    notebook = notebook_of(report)
    html, pdf = html_page(notebook), pdf_document(notebook)
    assert faults_of(special, first_page(html), words_of(html)) == []
    assert text_faults(html) == []
    assert read(html, to_json(report.result)).faults == []
    assert pdf_faults(pdf) == []
    assert first_sheet_faults(pdf, report.result) == []


def test_what_a_special_report_does_not_say_is_found() -> None:
    asked = next(one for one in specials() if one.name == "request on 41 months")
    assert len(faults_of(asked, "", "")) == len([*asked.told, *asked.on_page_one])


@pytest.fixture(scope="module")
def pdf(folder: Path) -> bytes:
    return pdf_document(notebook_of(report_of(SLICE[0], folder)))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_two_checkers_of_pdf_find_what_keeps_a_reader_from_hearing_it(
    pdf: bytes, fault: str
) -> None:
    assert reading_faults(pdf) == []
    assert reading_faults(with_fault(pdf, fault)) != []


@NEEDS_BROWSER
@pytest.mark.parametrize(
    ("case", "width"), list(zip(SLICE, WIDTHS, strict=False)), ids=["wide", "narrow"]
)
def test_axe_finds_nothing_in_a_report_of_any_kind(
    case: Case, width: int, folder: Path, reader: Reader
) -> None:
    assert reader.violations(html_page(notebook_of(report_of(case, folder))), [width]) == []


@NEEDS_BROWSER
def test_axe_sees_what_no_report_may_have(reader: Reader) -> None:
    page = '<!DOCTYPE html><html lang="nl"><title>x</title><main><h1>x</h1>{}</main></html>'
    faults = {
        "image-alt": '<img src="data:,">',
        "color-contrast": '<p style="color:#999">Te licht om te lezen</p>',
        "scrollable-region": '<div style="overflow:auto;width:90px;height:90px">'
        '<table style="width:900px;height:900px"><tr><td>x</td></tr></table></div>',
    }
    assert reader.violations(page.format("<p>Goed te lezen</p>")) == []
    for fault, html in faults.items():
        found = reader.violations(page.format(html))
        assert [one.startswith(fault) for one in found] == [True, True], found


def test_the_study_that_is_kept_has_every_case_and_no_fault() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [tuple(row[name] for name in NAMES) for row in rows]
    due = [
        tuple("" if (value := getattr(case, name)) is None else str(value) for name in NAMES)
        for case in pairwise()
    ]
    due += [(special.name, *[""] * (len(NAMES) - 1)) for special in specials()]
    assert kept == due
    assert {(row["axe_violations"], row["faults"]) for row in rows} == {("0", "")}
    assert {(row["status"], row["route"]) for row in rows} == {
        (case.status, case.route) for case in pairwise()
    }


def simulated(folder: Path) -> Path:
    """Return a small dossier with a calling history."""
    write_history(simulate_history("sample", contacts=1500, seed=6), folder)
    return with_few_draws(folder / "balanstest.toml")


COUNTS = """
schema = 1
template = "{template}"
organisation = {{ name = "Uitgeverij Klein", sector = "{sector}" }}
scope = {{ category = "Weekblad", report_date = {date}{scope} }}
data = {{ data_through = {date}, counts = {{ path = "counts.csv" }} }}
settings = {{ resamples = 200 }}
[[criteria]]
name = "Kosten"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.05
reason = "Zo dekt een gesprek zijn kosten."
"""


def counted(
    folder: Path,
    contacts: int,
    template: str = "opt-in",
    sector: str = "publisher",
    date: str = "2026-08-31",
    scope: str = "",
) -> Path:
    """Return a dossier of counts over four years, with as many contacts in each month."""
    rows = [f"{month},{contacts},{contacts // 6}" for month in range(48)]
    header = "months_since_purchase,contacts,conversions"
    (folder / "counts.csv").write_text("\n".join([header, *rows]), "utf-8")
    text = COUNTS.format(template=template, sector=sector, date=date, scope=scope)
    (folder / "balanstest.toml").write_text(text, "utf-8")
    return folder / "balanstest.toml"


Written = tuple[Callable[[Path], Path], str]
RUNS: dict[str, Written] = {
    "untested": (simulated, "Nog geen voorstel: "),
    "not allowed": (
        partial(counted, contacts=600, sector="commercial"),
        "Geen klanttermijn: bellen zonder voorafgaande toestemming",
    ),
    "beyond the cap": (
        partial(counted, contacts=600, scope=", requested_term_months = 42"),
        "Aanvraag voor 42 maanden: voorlopig onderbouwd; geen van de vijf voorwaarden is "
        "beantwoord",
    ),
    "too little data, older template": (
        partial(counted, contacts=6, template="bel-me-niet", date="2021-05-31"),
        "Nog geen voorstel: het criterium ‘Kosten’ kon niet worden getoetst",
    ),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_delivers_a_whole_report_of_any_kind(name: str, tmp_path: Path) -> None:
    write, sentence = RUNS[name]
    made = run_report(write(tmp_path), output_dir=tmp_path / "reports").directory
    html = (made / "onderbouwing.html").read_text("utf-8")
    assert proposal_title(html).startswith(sentence)
    assert text_faults(html) == []
    content = json.loads((made / "resultaat.json").read_text("utf-8"))
    assert read(html, content).faults == []
    assert pdf_faults((made / "onderbouwing.pdf").read_bytes()) == []
