"""The attack on what is delivered finds what was put there, and nothing in a report itself."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pytest
from xlsxwriter import Workbook

from balanstest_analysis.document.blocks import Fragment
from balanstest_analysis.presentation.figures import rate_picture
from balanstest_analysis.published.counts import Exact, number
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.published.outcomes import FittedPoint, Observed
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.completion import write_result
from balanstest_analysis.report.earlier_quarters import earlier_in_series
from balanstest_analysis.report.onderbouwing import Onderbouwing
from studies.delivered_files import found_in
from tests.delivered_attacker import (
    Delivery,
    Told,
    delivery_of,
    drawn_faults,
    metadata_faults,
    panel_faults,
    printed_faults,
    unlike_cells,
    unlike_documents,
)
from tests.drawn_figures import DOTS, panels_of
from tests.report_cases import Case, analysis_of, report_of

# Complaints are hidden, and so is the curve about them; conversion and objection have all.
CASE = Case(shape="complaints untested")


@cache
def report() -> Onderbouwing:
    with TemporaryDirectory() as folder:
        return report_of(CASE, Path(folder))


@cache
def delivery() -> Delivery:
    return delivery_of(report())


def test_nothing_that_is_delivered_tells_more_than_the_published_result() -> None:
    """One row of `studies/delivered_files.py`."""
    found = found_in(delivery())
    assert found["faults"] == ""
    assert (found["figures"], found["hidden"] > 0, found["places"] > 500) == (5, True, True)


def test_a_report_of_a_series_tells_no_more_where_it_keeps_earlier_counts(tmp_path: Path) -> None:
    place = tmp_path / "reports" / "x" / "y" / "2026-Q2"
    place.mkdir(parents=True)
    now = to_json(report().result)
    before = copy.deepcopy(now) | {"period": "2026-Q2", "data_through": "2026-06-30"}
    before["organisation"] = before["organisation"].upper()
    first = before["outcomes"]["objection"]["rates"][0]
    first |= {"k": first["k"] - 3, "rate": (first["k"] - 3) / first["n"]}
    before["outcomes"]["objection"]["events"] -= 3
    write_result(before, place)
    analysis = replace(analysis_of(CASE, tmp_path), reports=tmp_path / "reports")
    result = analysis.published
    assert result.outcomes["objection"].rows[0].kept_from == "2026-Q2"
    history = earlier_in_series(analysis.reports, analysis.dossier.series, period=result.period)
    assert [earlier.period for earlier in history] == ["2026-Q2"]
    beside = Onderbouwing(dossier=analysis.dossier, result=result, history=history)
    made = delivery_of(beside)
    assert [*unlike_cells(made), *drawn_faults(made)] == []
    assert drawn(result, "objection", beside=now) != []


def test_the_report_that_is_attacked_hides_counts_and_draws_others() -> None:
    result = report().result
    assert {number(row.events) for row in result.outcomes["complaint"].rows} == {None}
    panels = panels_of(rate_picture(result, "conversion").svg)
    marks = [mark for panel in panels for mark in panel.marks]
    dots = [mark for mark in marks if mark.kind == DOTS]
    rows = result.outcomes["conversion"].rows
    assert len(dots) == len(rows) > 5
    for panel in panels:
        assert panel.across is not None
        assert panel.upward is not None
        assert panel.across.value(panel.frame[0]) == pytest.approx(0, abs=1e-4)
    for dot, row in zip(dots, rows, strict=True):
        [(x, y)] = dot.points
        assert isinstance(row.rate, Observed)
        assert panels[0].upward is not None
        assert panels[0].upward.value(y) == pytest.approx(row.rate.rate, abs=1e-5)
        assert panels[0].across is not None
        assert panels[0].across.value(x) == pytest.approx((row.month_from + row.month_to + 1) / 2)


# ---------------------------------------------------------------- figures that tell more


def drawn(result: PublishedResult, outcome: Any, beside: Any = None) -> list[str]:
    """Return what a ruler finds in a figure of one result beside what another one tells."""
    told = Told(beside or to_json(report().result))
    panels = panels_of(rate_picture(result, outcome).svg)
    return [fault for panel in panels for fault in panel_faults(panel, told)]


def with_outcome(outcome: Any, **changes: Any) -> PublishedResult:
    result = report().result
    found = replace(result.outcomes[outcome], **changes)
    return replace(result, outcomes={**result.outcomes, outcome: found})


def finer_curve() -> PublishedResult:
    """Draw the curve at every month."""
    curve = report().result.outcomes["conversion"].curve
    between = [replace(p, month=p.month + 1) for p in curve[:-1]]
    return with_outcome("conversion", curve=tuple(sorted((*curve, *between), key=_month)))


def _month(point: FittedPoint) -> int:
    return point.month


def more_digits() -> PublishedResult:
    """Draw the curve before it was rounded."""
    curve = report().result.outcomes["conversion"].curve
    exact = tuple(
        replace(p, rate=p.rate + 0.00031, rate_upper=p.rate_upper + 0.00017) for p in curve
    )
    return with_outcome("conversion", curve=exact)


def hidden_dot() -> PublishedResult:
    """Draw the rate of a row whose count is hidden."""
    [*rows, last] = report().result.outcomes["complaint"].rows
    contacts = number(last.contacts) or 1
    rate = Observed(rate=7 / contacts, lower=2 / contacts, upper=14 / contacts)
    return with_outcome("complaint", rows=(*rows, replace(last, events=Exact(7), rate=rate)))


def finer_interval() -> PublishedResult:
    """Draw the limits of a row with its own design effect instead of the printed one."""
    [first, *rows] = report().result.outcomes["objection"].rows
    assert isinstance(first.rate, Observed)
    rate = replace(first.rate, lower=first.rate.lower - 0.0004, upper=first.rate.upper + 0.0004)
    return with_outcome("objection", rows=(replace(first, rate=rate), *rows))


def fewer_contacts() -> PublishedResult:
    """Draw the bar and the dot of a row with contacts that were not published: 7 fewer."""
    [first, *rows] = report().result.outcomes["objection"].rows
    contacts = Exact((number(first.contacts) or 0) - 7)
    return with_outcome("objection", rows=(replace(first, contacts=contacts), *rows))


DRAWN: dict[str, tuple[Callable[[], PublishedResult], str, str]] = {
    "a curve at every month": (finer_curve, "conversion", "through other months"),
    "a curve before rounding": (more_digits, "conversion", "height"),
    "a dot of a hidden count": (hidden_dot, "complaint", "height"),
    "limits with a finer design effect": (finer_interval, "objection", "height"),
    "a bar of other contacts": (fewer_contacts, "objection", "a patch at month"),
    "a dot of the size of other contacts": (fewer_contacts, "objection", "of the largest"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_that_tells_more_is_found(name: str) -> None:
    made, outcome, words = DRAWN[name]
    assert drawn(report().result, outcome) == []
    assert any(words in fault for fault in drawn(made(), outcome))


# ---------------------------------------------------------------- files that tell more


def changed(**files: bytes) -> Delivery:
    named = {name.replace("__", "."): content for name, content in files.items()}
    return replace(delivery(), files={**delivery().files, **named})


def notebook_with(change: Callable[[Any], object]) -> Delivery:
    text = delivery().files["onderbouwing.ipynb"].decode()
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    change(notebook)
    return changed(onderbouwing__ipynb=nbformat.writes(notebook).encode())  # type: ignore[no-untyped-call]


def page_with(old: str, new: str) -> Delivery:
    page = delivery().page
    assert old in page
    return changed(onderbouwing__html=page.replace(old, new, 1).encode())


def shown_in(cell: Any, text: str) -> None:
    cell.outputs[0]["data"]["text/plain"] += text


def workbook_with(value: float) -> bytes:
    content = io.BytesIO()
    with Workbook(content) as book:
        book.add_worksheet("leeswijzer")
        book.add_worksheet("tabel 1").write_number(0, 0, value)
    return content.getvalue()


def with_figure_of_the_exact_curve() -> Delivery:
    page = Fragment(blocks=(rate_picture(finer_curve(), "conversion"),))._repr_mimebundle_()
    return page_with("</main>", page["text/html"] + "</main>")


def with_other_words_on_paper() -> Delivery:
    page = delivery().page.replace("5.400", "")
    return changed(onderbouwing__html=page.encode())


FILES: dict[str, tuple[Callable[[], Delivery], Any]] = {
    "a number in the plain text of a cell": (
        lambda: notebook_with(lambda nb: shown_in(nb.cells[0], " 7 klachten")),
        unlike_cells,
    ),
    "a number in a description of a figure": (
        lambda: page_with(' alt="', ' alt="Klachten: 7. '),
        unlike_documents,
    ),
    "a number in the workbook only": (
        lambda: changed(tabellen__xlsx=workbook_with(7.125)),
        printed_faults,
    ),
    "a figure of the exact curve in the page": (with_figure_of_the_exact_curve, drawn_faults),
    "a number on paper only": (with_other_words_on_paper, printed_faults),
    "a number with all its digits": (
        lambda: page_with("<main", "<p>0,13513513513513514</p><main"),
        printed_faults,
    ),
    "durations of the cells": (
        lambda: notebook_with(lambda nb: nb.metadata.update(papermill={"duration": 3.2})),
        metadata_faults,
    ),
    "a path of the machine": (
        lambda: page_with("<main", "<!-- /" + "home/anna/calls.csv --><main"),
        metadata_faults,
    ),
    "the moment it was made": (
        lambda: page_with("<main", "<!-- 2026-11-03 14:22 --><main"),
        metadata_faults,
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_tells_more_is_found(name: str) -> None:
    made, attack = FILES[name]
    assert list(attack(made()))
