"""The page for a committee is plain Dutch, and gives nobody's file a chance to act in it."""

from __future__ import annotations

import re

from balanstest_analysis.verification.check import NOT_RECOMPUTED
from balanstest_analysis.verification.dutch_page import dutch_page
from balanstest_analysis.verification.findings import LEVELS, About, Checked, Finding, Verification

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


def test_each_fault_is_one_sentence_on_the_page() -> None:
    fault = Finding(level="whole", code="missing", file="a.csv", place="manifest.json")
    page = dutch_page(found(fault))
    assert "Er is één ding gevonden dat niet klopt." in page
    assert "<li>a.csv ontbreekt, terwijl manifest.json het noemt.</li>" in page


def test_nothing_of_a_report_acts_in_the_page_and_the_page_loads_nothing() -> None:
    page = dutch_page(found(Finding(level="follows", code="unknown", file=HOSTILE, found=HOSTILE)))
    assert "<script" not in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []
