"""What is done of the delivery while the kernel executes waits for nothing and is waited for."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest
from nbformat.v4 import new_notebook

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.report.run import ahead as module
from balanstest_analysis.report.run.ahead import Ahead

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "balanstest.toml"


def test_nothing_is_set_before_all_that_it_takes_is_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    imported = threading.Event()
    monkeypatch.setattr(module, "import_module", lambda _name: imported.wait(10))
    with closing(Ahead(load_dossier(SAMPLE), final=False)) as ahead:
        ahead.tell(new_notebook())
        ahead.begin()
        ahead.begin()
        ahead.tell(new_notebook())
        assert ahead._pdf is None
        imported.set()
        ahead.imported()
        ahead.tell(new_notebook())
        assert ahead._pdf is not None


def test_what_stands_around_the_text_is_that_of_the_delivered_report() -> None:
    with closing(Ahead(load_dossier(SAMPLE), final=True)) as ahead:
        document = ahead._of_dossier()._document

    assert document["status"] == "definitief"
    assert document["organisation"] == "Stichting De Fictieve Vuurtoren"


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    with closing(Ahead(load_dossier(SAMPLE), final=False)) as ahead:
        ahead.begin()
        ahead.tell(new_notebook())
    assert threading.active_count() == before
