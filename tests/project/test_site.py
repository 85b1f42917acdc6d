"""The built documentation: for every reader, found by Dutch words, all of it from here."""

from __future__ import annotations

import json
import random
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import snowballstemmer

from balanstest_analysis.dossier.json_schema import SCHEMA_FILE, schema_text
from tests.built_site import DOCS, built_site, faults_on, pages_of
from tests.report_checks import browser_path

KINDS_OF_PAGE = ("index.html", "gallery.html", "tutorial.html", "search.html")
BASICS = {  # words that a Dutch reader will try, each with a page that it must find
    "klacht": {"nl/een-rapport-lezen", "how-to/what-can-be-tested", "reference/findings"},
    "verzet": {"nl/persoonsgegevens", "legal", "how-to/calling-rules"},
    "persoonsgegevens": {"nl/persoonsgegevens", "privacy"},
    "kwartaal": {"quarterly"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once, from a copy, with warnings as errors."""
    return built_site(tmp_path_factory.mktemp("site"))


def test_the_site_holds_its_schema_formulas_and_languages(site: Path) -> None:
    assert loaded_from_elsewhere(site) == {}
    assert (site / SCHEMA_FILE).read_text("utf-8") == schema_text()
    assert SCHEMA_FILE in (site / "reference" / "dossier.html").read_text("utf-8")
    assert "<math" in (site / "method.html").read_text("utf-8")
    for page, language in {"method": "en", "nl/een-rapport-lezen": "nl"}.items():
        assert f'lang="{language}"' in (site / f"{page}.html").read_text("utf-8")[:400], page


def loaded_from_elsewhere(site: Path) -> dict[str, list[str]]:
    """Return what pages of the site load from other hosts: scripts, styles, fonts and pictures."""
    loads = re.compile(
        r"""<(?:script|img|iframe)\b[^>]*\bsrc=["']((?:https?:)?//[^"']+)|<link\b[^>]*"""
        r"""\bhref=["']((?:https?:)?//[^"']+)|url\(["']?((?:https?:)?//[^"')]+)"""
    )
    found = {}
    for file in [*site.rglob("*.html"), *site.rglob("*.css")]:
        hits = ["".join(hit) for hit in loads.findall(file.read_text("utf-8"))]
        if hits:
            found[file.relative_to(site).as_posix()] = hits
    return found


def test_dutch_words_find_their_pages(site: Path) -> None:
    index = search_index(site)
    words = tomllib.loads((DOCS / "search_words.toml").read_text("utf-8"))
    due = {
        word: {page for page in words if word in words[page]}
        for page in words
        for word in words[page]
    }
    for word, pages in [*BASICS.items(), *due.items()]:
        assert pages - found_by(index, word) == set(), word
    assert found_by(index, "geenwoord") == set()


def search_index(site: Path) -> dict[str, Any]:
    """Return the index that the search page reads."""
    text = (site / "searchindex.js").read_text("utf-8")
    index: dict[str, Any] = json.loads(text.removeprefix("Search.setIndex(").rstrip(";\n ")[:-1])
    return index


def found_by(index: dict[str, Any], word: str) -> set[str]:
    """Return the pages with a word, or with one that holds it, as the search page finds them.

    The page looks up the stem that an English word would have, as the index holds every word.
    """
    stem = snowballstemmer.stemmer("english").stemWord(word)
    hits = [
        pages
        for terms in (index["terms"], index["titleterms"])
        for term, pages in terms.items()
        if stem in term
    ]
    numbers = {number for hit in hits for number in (hit if isinstance(hit, list) else [hit])}
    return {index["docnames"][number] for number in numbers}


@pytest.mark.skipif(browser_path() is None, reason="needs chromium")
def test_axe_core_finds_nothing_on_a_slice_of_the_pages(site: Path) -> None:
    pages = pages_of(site)
    assert len(pages) > 60
    chosen = {*KINDS_OF_PAGE, *random.Random(19).sample(sorted(pages), 4)}
    assert {page: faults for page, faults in faults_on(site, sorted(chosen)) if faults} == {}
