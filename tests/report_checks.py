"""What every report has to hold: its first page, its PDF, and what axe-core finds in its page."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from balanstest_analysis.presentation.conclusions import cautions
from balanstest_analysis.presentation.tables.page_one import balance_table
from balanstest_analysis.published.criteria import PublishedProposal, Tested
from balanstest_analysis.published.result import PublishedResult
from tests.pdf_readers import reading_faults
from tests.report_cases import Case, criterion_about

WIDTHS = (1280, 420)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def browser_path() -> str | None:
    """Return where a browser is, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def words_of(html: str) -> str:
    """Return the text that a reader sees."""
    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def first_page(html: str) -> str:
    """Return the text of the first page."""
    main = html.index("<main")
    end = re.compile('class="(page-break|contents)"').search(html, main)
    assert end is not None, "page one has no end"
    return words_of(html[main : end.start()])


def proposal_title(html: str) -> str:
    """Return the sentence that tells the outcome."""
    found = re.search(
        r'class="notice proposal".*?<p class="notice-title">(.*?)</p>', html, re.DOTALL
    )
    assert found, "the first page has no proposal"
    return words_of(found[1])


def expected_title(case: Case, term: int | None, uncapped: int | None) -> str:
    """Return the sentence that is due for a case.

    Args:
        case: what the report is about.
        term: the proposal in months, within what the case allows.
        uncapped: the same without the cap.
    """
    if case.status == "not_allowed":
        return "Geen klanttermijn: bellen zonder voorafgaande toestemming is niet toegestaan"
    if case.register:
        return "Geen balanstest vereist: het belbestand is ontdubbeld met het Bel-me-niet Register"
    if case.status == "no_term":
        return "Geen voorstel: de gegevens onderbouwen geen klanttermijn"
    if case.status == "undetermined":
        return _untested_title(case)
    if case.route == "own_file":
        is_open = case.status == "proposed_incomplete" or case.asked_conditions == "unanswered"
        kind = "Voorlopig voorstel" if is_open else "Voorstel"
        lawyer = (
            ", onder voorbehoud van een juridisch oordeel"
            if case.asked_conditions == "older numbers"
            else ""
        )
        months = "1 maand" if term == 1 else f"{term} maanden"
        return f"{kind}: een klanttermijn van ten hoogste {months}{lawyer}"
    assert case.asked is not None
    assert uncapped is not None
    asked = f"Aanvraag voor {case.asked} maanden"
    if uncapped < case.asked:
        return f"{asked}: de gegevens onderbouwen deze termijn niet"
    if case.status == "proposed_incomplete":
        return f"{asked}: onderbouwd voor zover getoetst, maar niet alles is getoetst"
    if case.asked_conditions == "unanswered":
        return f"{asked}: voorlopig onderbouwd; niet alle voorwaarden zijn beantwoord"
    return f"{asked}: de gegevens onderbouwen deze termijn"


def _untested_title(case: Case) -> str:
    lead = "Nog geen voorstel:"
    if len(case.untested) == 1:
        name = criterion_about(case.untested[0])
        return f"{lead} het criterium ‘{name}’ kon niet worden getoetst"
    if not case.tested:
        return f"{lead} geen enkel criterium kon worden getoetst"
    return f"{lead} niet alle criteria konden worden getoetst"


def page_one_faults(case: Case, html: str, result: PublishedResult) -> list[str]:
    """Return what the first page lacks or says too much, in words.

    Args:
        case: what the report is about.
        html: the page.
        result: as published.
    """
    text, proposal = first_page(html), result.proposal
    found = {"status": proposal.status, "route": proposal.route}
    due = {"status": case.status, "route": case.route}
    title = expected_title(case, proposal.term_months, proposal.uncapped_term_months)
    demands = {
        f"{found} is not {due}": found == due,
        f"the title is not: {title}": proposal_title(html) == title,
        "the terms are out of reach": _terms_fit(case, proposal),
        "how sure it is, is not told": ("De termijn volgens verschillende rekenwijzen" in text)
        == _has_term(case),
        "no binding rule is named": ("Doorslaggevend is" in text) == _has_term(case),
        "what is missing is not told": _tells_missing(text, result),
        "a gap is not told": ("NOG IN TE VULLEN" in text) == bool(result.gaps),
        "an unverified rule is not told": ("konden niet in een bron worden nagegaan" in text)
        == (not result.regime.verified),
        "the privacy side is not told": _tells_privacy(case, text, result),
        "an open condition is not told": ("Niet alle voorwaarden zijn beantwoord" in text)
        == (case.asked_conditions == "unanswered" and _has_term(case) and not case.register),
        "counts as delivered are not told": (
            ("zoals de organisatie ze heeft aangeleverd" in text) == (case.source == "counts")
        ),
        "a term is told without a ground": case.status != "not_allowed"
        or "Een termijn van" not in text,
        "a lawyer is not called": ("Ter beoordeling van een jurist" in text)
        == (case.asked_conditions == "older numbers" and case.status != "not_allowed"),
        "the fee is not told": ("kosten verbonden" in text)
        == (_has_term(case) and case.route == "request" and not case.register),
        "an amount is told": "€" not in text,
        "what was tested is not told": ("Uit de wel getoetste criteria volgt" in text)
        == (case.status == "undetermined" and proposal.tested_term_months is not None),
        "what is set aside is not told": ("laat het buiten beschouwing" in text)
        == (case.status != "not_allowed" and bool(proposal.set_aside)),
        "what speaks against nothing": any(
            f"Wat tegen {what} pleit" in words_of(html) for what in ("het voorstel", "de aanvraag")
        )
        == _has_term(case),
    }
    return [fault for fault, holds in demands.items() if not holds]


def _has_term(case: Case) -> bool:
    return case.status.startswith("proposed")


def _terms_fit(case: Case, proposal: PublishedProposal) -> bool:
    term, uncapped = proposal.term_months, proposal.uncapped_term_months
    if not _has_term(case) or uncapped is None:
        return term is None and not _has_term(case)
    low, high = case.uncapped
    return low <= uncapped <= high and term == min(uncapped, case.cap or uncapped)


def _tells_missing(text: str, result: PublishedResult) -> bool:
    numbers = {"conversion": "3b", "objection": "3c", "complaint": "3d"}
    return all(
        entry.available or f"over vraag {numbers[name]} kan dit rapport daarom niets" in text
        for name, entry in result.outcomes.items()
    )


NOT_BOUND = (
    "Geen criterium over verzet of klachten heeft de voorgestelde termijn bepaald.",
    "Er is geen criterium gesteld over verzet of klachten.",
)


def _tells_privacy(case: Case, text: str, result: PublishedResult) -> bool:
    """Return whether page one says that burden sets no bound where neither it nor its data do.

    Its data do where they end first, and no others as soon.
    """
    said = any(words in text for words in NOT_BOUND)
    proposal = result.proposal
    first = [
        item.is_on_burden
        for item in result.criteria
        if isinstance(item.support, Tested) and item.term_months == proposal.uncapped_term_months
    ]
    ends = proposal.evidence_binds and bool(first) and all(first)
    return said == (_has_term(case) and not proposal.privacy_binds and not ends)


def text_faults(html: str) -> list[str]:
    """Return codes, English numbers, empty answers and headings over nothing."""
    empty = re.findall(r"<h3[^>]*>([^<]*)</h3>\s*(?=<h[23]|</main)", html)
    body = words_of(html[html.index("<main") :]).rsplit("Bijlage E. Instellingen", 1)[0]
    body = body.replace("artikel 11.7", "artikel")  # of the law, and no number
    patterns = (r"\b(?:None|nan|inf|True|False)\b", r"\b[a-z]+_[a-z]+\b", r"\b(?:\d+\.\d|0\.\d+)\b")
    found = [hit[0] for pattern in patterns for hit in re.finditer(pattern, body)]
    absent = [title for title in SECTIONS if title not in body]
    over_nothing = (f"nothing stands under {title}" for title in empty)
    return [*found, *(f"no section {title}" for title in absent), *over_nothing]


SECTIONS = (
    "Voorwaarden",
    "Beperkingen",
    "Ondertekening",
    "Bijlage D",
)


def pdf_faults(pdf: bytes) -> list[str]:
    """Return what a PDF lacks; Typst itself refuses what PDF/UA-1 and PDF/A-3a forbid."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    figures = [element for element in _elements(root["/StructTreeRoot"]) if _is(element, "/Figure")]
    metadata = reader.xmp_metadata
    demands = {
        "is not tagged": bool(root.get("/MarkInfo", {}).get("/Marked")),
        "is not in Dutch": str(root.get("/Lang")).startswith("nl"),
        "has no title": bool(reader.metadata and reader.metadata.title),
        "does not show its title": bool(root["/ViewerPreferences"]["/DisplayDocTitle"]),
        "has no bookmarks": len(reader.outline) > 0,
        "is not PDF/UA-1": "<pdfuaid:part>1<" in _xmp(root),
        "is not PDF/A-3a": re.search(
            r"<pdfaid:part>3<.*<pdfaid:conformance>A<", _xmp(root), re.DOTALL
        ),
        "has no metadata": metadata is not None,
        "has a picture without words": all(str(f.get("/Alt", "")).strip() for f in figures),
        "has an image outside a figure": not any(page.images for page in reader.pages) or figures,
    }
    return [*(fault for fault, holds in demands.items() if not holds), *reading_faults(pdf)]


def first_sheet_faults(pdf: bytes, result: PublishedResult) -> list[str]:
    """Return what a published result says on page one and its first sheet of paper does not.

    Args:
        pdf: the document.
        result: as published.
    """
    text = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    demands = {
        "what is missing": re.search("Wat nog ontbreekt|hebben een antwoord", text),
        "what binds": "Doorslaggevend is" in text or not result.has_term,
        "how sure it is": "De termijn volgens verschillende rekenwijzen" in text
        or not result.has_term,
        "what it brings and costs": "Opbrengst en hinder per 1.000" in text
        or balance_table(result) is None,
        "what to be careful with": "Let op" in text or not cautions(result),
        "the unverified rule": "konden niet in een bron worden nagegaan" in text
        or result.regime.verified,
    }
    return [f"not on the first sheet: {fault}" for fault, holds in demands.items() if not holds]


def _xmp(root: Any) -> str:
    return str(root["/Metadata"].get_data().decode("utf-8"))


def _elements(node: Any) -> Iterator[Any]:
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        element = child.get_object()
        if hasattr(element, "get"):
            yield element
            yield from _elements(element)


def _is(element: Any, kind: str) -> bool:
    return bool(element.get("/S") == kind)


def pages(pdf: bytes) -> int:
    """Return the number of pages."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


class Reader:
    """A browser without a window, in which axe-core reads a page."""

    def __init__(self, browser: Any, script: str, thread: Executor) -> None:
        self._browser, self._script, self._thread = browser, script, thread

    def violations(self, html: str, widths: Sequence[int] = WIDTHS) -> list[str]:
        """Return what axe-core finds, wide and narrow, with the first place of each.

        Args:
            html: the page.
            widths: of the window, in pixels.
        """
        return [fault for width in widths for fault in self._read(html, width)]

    def faults_of(self, address: str) -> list[str]:
        """Return what axe-core finds on a page that stands somewhere, in a wide window.

        Args:
            address: of the page, such as ``file:///site/index.html``.
        """

        def opened(page: Any) -> None:
            page.goto(address, wait_until="load")

        return self._thread.submit(self._found, opened, WIDTHS[0]).result()

    def _read(self, html: str, width: int) -> list[str]:
        def filled(page: Any) -> None:
            page.set_content(html, wait_until="load")

        return self._thread.submit(self._found, filled, width).result()

    def _found(self, fill: Callable[[Any], None], width: int) -> list[str]:
        page = self._browser.new_page(viewport={"width": width, "height": 900})
        fill(page)
        page.evaluate(self._script)
        options = {"runOnly": WCAG, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        page.close()
        return [
            f"{one['id']} ({len(one['nodes'])} at {width}): {one['nodes'][0]['html'][:120]}"
            for one in found["violations"]
        ]


@contextmanager
def reading() -> Iterator[Reader]:
    """Give a browser with the axe-core of the package that carries it.

    It lives in a thread of its own, because its event loop would be in the way of others.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(_launched, playwright).result()
        try:
            yield Reader(browser, AXE_SCRIPT, thread)
        finally:
            thread.submit(browser.close).result()
            thread.submit(playwright.stop).result()


def _launched(playwright: Any) -> Any:
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=browser_path(), args=sandbox)
