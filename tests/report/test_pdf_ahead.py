"""A PDF that was set ahead is the same, byte for byte, and setting ahead harms nothing."""

from __future__ import annotations

import copy
import threading
from contextlib import closing

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from balanstest_analysis.document.blocks import BlockError, Heading, Paragraph
from balanstest_analysis.document.blocks.fragment import DOCUMENT_METADATA
from balanstest_analysis.report.completion import DocumentFacts
from balanstest_analysis.report.exporters import pdf_ahead, pdf_document
from balanstest_analysis.report.exporters.pdf_ahead import PdfAhead
from tests.report.test_exporters import notebook

FACTS: DocumentFacts = {"organisation": "De Vuurtoren", "period": "2026-Q3"}


def whole() -> NotebookNode:
    made = notebook(
        Heading(level=1, text="Titel"),
        *(Paragraph(text=f"Alinea {n}.") for n in range(30)),
        title="",
    )
    made.metadata[DOCUMENT_METADATA] = dict(FACTS)
    return made


def test_a_report_that_was_set_ahead_has_the_bytes_of_one_that_was_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected, growing, set_ahead = pdf_document(whole()), whole(), list[int]()
    compiled = pdf_ahead.compiled

    def counted(*arguments: object, **options: object) -> bytes:
        pdf = compiled(*arguments, **options)
        set_ahead.append(len(pdf))
        return pdf

    monkeypatch.setattr(pdf_ahead, "compiled", counted)
    cells, growing.cells = growing.cells, []
    with closing(PdfAhead(FACTS)) as ahead:
        for cell in cells:
            growing.cells.append(cell)
            ahead.tell(growing)
            ahead.close()

    assert pdf_document(growing) == expected
    assert set_ahead
    assert set_ahead[-1] == len(expected)


def test_what_cannot_be_set_is_told_by_the_whole_alone() -> None:
    broken = whole()
    error = new_output("error", ename="ValueError", evalue="mis", traceback=[])
    broken.cells.append(new_code_cell(outputs=[error], execution_count=2))
    with closing(PdfAhead(FACTS)) as ahead:
        ahead.tell(broken)
    with pytest.raises(BlockError, match="holds an error"):
        pdf_document(broken)


def test_a_notebook_that_is_set_may_grow_and_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on, seen = threading.Event(), threading.Event(), list[int]()

    def slow(notebook: NotebookNode) -> None:
        begun.set()
        go_on.wait(10)
        seen.append(sum(len(cell.outputs) for cell in notebook.cells))

    monkeypatch.setattr(pdf_ahead, "_set", slow)
    growing = whole()
    before, outputs = copy.deepcopy(growing), len(growing.cells[0].outputs)
    with closing(PdfAhead({**FACTS, "title": "Anders"})) as ahead:
        ahead.tell(growing)
        assert begun.wait(10)
        assert growing == before
        growing.cells[0].outputs.append(new_output("stream", text="later"))
        ahead.tell(growing)  # while it is being set: returns at once
        go_on.set()

    assert seen == [outputs]
