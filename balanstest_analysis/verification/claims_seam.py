"""The reader of sentences and tables, as the rest of this room knows it."""

from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import (
    DOSSIER_ONLY,
    Page,
    Passage,
    Sheet,
    page_of,
    single_spaced,
)
from balanstest_analysis.verification.claims.reader import VOICES, Reading, Sentence, read_page

__all__ = [
    "DOSSIER_ONLY",
    "VOICES",
    "Facts",
    "Page",
    "Passage",
    "Reading",
    "Sentence",
    "Sheet",
    "page_of",
    "read_page",
    "single_spaced",
]
