"""The page for a committee is plain Dutch, and gives nobody's file a chance to act in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from balanstest_analysis import verification
from balanstest_analysis.verification.check import NOT_RECOMPUTED
from balanstest_analysis.verification.dutch_page import dutch_page
from balanstest_analysis.verification.findings import LEVELS, About, Checked, Finding, Verification
from tests.english_words import english_in

HOSTILE = "<script>alert(1)</script>"


def found(*faults: Finding) -> Verification:
    return Verification(
        about=About(
            name="r.pdf",
            kind="pdf",
            digest="0" * 64,
            organisation=HOSTILE,
            period="2026-Q3",
            version="9",
        ),
        levels=tuple(
            Checked(
                level=level,
                findings=tuple(f for f in faults if f.level == level),
                counted=(("files", 1234),),
            )
            for level in LEVELS
        ),
        not_read=(HOSTILE,),
        known_version=False,
        not_recomputed=NOT_RECOMPUTED,
    )


def test_the_page_says_what_was_checked_what_not_and_what_a_hash_proves() -> None:
    page = dutch_page(found())
    for words in (
        "Er is niets gevonden dat niet klopt.",
        "Wat niet is na te rekenen",
        "Niet gelezen zinnen (1)",
        "Een andere versie",
        "Een SHA-256-kenmerk bewijst dat een bestand hetzelfde is",
    ):
        assert words in page


def test_numbers_and_quarters_are_written_as_a_dutch_reader_writes_them() -> None:
    page = dutch_page(found())
    assert "bekeken: 1.234 bestanden" in page
    assert "Derde kwartaal van 2026" in page


def test_of_a_pdf_alone_nothing_is_said_of_a_web_page_that_was_not_given() -> None:
    alone = found()
    levels = dutch_page(alone).partition("Wat niet is na te rekenen")[0]
    assert "webpagina" not in levels
    given = replace(alone, about=replace(alone.about, kind="directory"))
    assert "PDF, webpagina, uitkomsten en tabellen" in dutch_page(given)


def test_each_fault_is_one_sentence_on_the_page() -> None:
    fault = Finding(level="whole", code="missing", file="a.csv", place="manifest.json")
    page = dutch_page(found(fault))
    assert "Er is één ding gevonden dat niet klopt." in page
    assert "<li>a.csv ontbreekt, terwijl manifest.json het noemt.</li>" in page


def test_nothing_of_a_report_acts_in_the_page_and_the_page_loads_nothing() -> None:
    page = dutch_page(found(Finding(level="follows", code="unknown", file=HOSTILE, found=HOSTILE)))
    assert "<script" not in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []


# what becomes a finding, by the name of the call; what these hold in one language reaches the page
TELLING = {"CellFault", "DataError", "Difference", "Finding", "Reference", "_fault", "differs"}
IN_TWO_LANGUAGES = {"Phrase", "both"}
# what is refused before there is a page
ON_THE_TERMINAL = {"parcel.py"}


def spoken(node: ast.AST) -> Iterator[str]:
    """Yield the texts in a call that are of one language."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in IN_TWO_LANGUAGES:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from spoken(child)


def test_no_message_of_one_language_becomes_a_finding() -> None:
    folder = Path(verification.__file__).parent
    calls = [
        (path.name, node)
        for path in (*folder.glob("*.py"), *folder.glob("claims/*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLING
    ]
    assert len(calls) > 40
    told = [(name, text) for name, call in calls for text in spoken(call)]
    assert [one for one in told if english_in(one[1]) and one[0] not in ON_THE_TERMINAL] == []


def test_a_word_of_the_reader_in_english_alone_stays_off_the_page() -> None:
    fault = Finding(level="follows", code="denied", file="a", found="Zin.", expected="the trend")
    assert "the trend" in fault.sentence()
    assert fault.sentence("nl") == "a: de zin “Zin.” volgt niet uit de uitkomsten."
