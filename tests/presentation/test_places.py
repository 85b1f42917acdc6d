"""The places that sentences refer to: each stands in a whole report, under its own anchor."""

from __future__ import annotations

import re

from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.presentation import places
from balanstest_analysis.presentation.places import Place, question, rates_table_place
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.example_results import dossier, published, request
from tests.report_cases import notebook_of

NAMED = [place for place in vars(places).values() if isinstance(place, Place)]


def test_every_place_is_in_a_whole_report_and_only_once() -> None:
    report = Onderbouwing(dossier=dossier(), result=published(request()))
    shown = "".join(
        output.data["text/html"] for cell in notebook_of(report).cells for output in cell.outputs
    )
    anchors = re.findall(r' id="([^"]+)"', shown)
    due = [
        *NAMED,
        *(question(number) for number in ("1a", "2c", "3b", "3c", "3d")),
        *(rates_table_place(number) for number in ("3b", "3c", "3d")),
    ]
    assert {place.anchor: anchors.count(place.anchor) for place in due} == {
        place.anchor: 1 for place in due
    }


def test_a_place_reads_as_its_words_where_there_are_no_pages() -> None:
    place = places.APPENDIX_C

    assert words_of(f"Zie {place}.") == "Zie bijlage C."
    assert words_of(f"{place.capital} zegt meer.") == "Bijlage C zegt meer."
    assert words_of(f"({place.page})") == "(bijlage C)"
    assert words_of(f"({place.number})") == "(bijlage C)"
