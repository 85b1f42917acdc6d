"""Whether what the sentences and cells of a page claim holds of the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.phrase import Phrase, both
from balanstest_analysis.verification.claims.reader import Reading, Sentence, read_page
from balanstest_analysis.verification.findings import Finding

_MOST: Final = 60


@dataclass(frozen=True, kw_only=True)
class Held:
    """What came of holding a page against the result.

    Attributes:
        findings: what does not hold.
        unread: sentences in words that are not known.
        sentences: how many were read.
        own: passages in the words of the organisation.
    """

    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()
    sentences: int = 0
    own: int = 0


def held(page: Page, result: Mapping[str, Any], file: str, *, known: bool) -> Held:
    """Return what of the sentences and cells of a page does not hold.

    Args:
        page: of the report.
        result: what `resultaat.json` holds.
        file: in which the page stands.
        known: whether the report is of this version, so that every sentence has to be known.
    """
    try:
        facts = Facts(result)
        page = with_own_words(page, facts)
        reading = read_page(page, facts)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, SyntaxError) as error:
        kind = type(error).__name__
        fault = Finding(
            level="follows",
            code="unreadable",
            file=file,
            found=Phrase(f"{kind}: {error}", kind),
            expected=both("a report's text", "de tekst van een rapport"),
        )
        return Held(findings=(fault,))
    unread = tuple(one.text for one in reading.sentences if not one.read_by)
    return Held(
        findings=tuple(_findings(reading, file, known=known))[:_MOST],
        unread=() if known else unread,
        sentences=len(reading.sentences),
        own=sum(one.of_organisation for one in page.passages),
    )


def _findings(reading: Reading, file: str, *, known: bool) -> Iterator[Finding]:
    for sentence in reading.sentences:
        if not sentence.read_by and known:
            yield _finding(sentence, file, "unknown", "")
        if len(sentence.read_by) > 1:
            twice = both("it can be read in two ways", "hij is op twee manieren te lezen")
            yield _finding(sentence, file, "sentence", twice)
        for fault in sentence.faults:
            code = "sentence" if isinstance(fault, Phrase) else "denied"
            yield _finding(sentence, file, code, fault)
    for cell in reading.cells:
        if known or not cell.unread:
            code = "cell" if isinstance(cell.said, Phrase) else "unlike"
            yield Finding(
                level="one_story", code=code, file=file, place=cell.place, found=cell.said
            )


def _finding(sentence: Sentence, file: str, code: str, fault: str) -> Finding:
    return Finding(
        level="follows",
        code=code,
        file=file,
        place=sentence.at.section,
        found=sentence.text,
        expected=fault,
    )


def with_own_words(page: Page, facts: Facts) -> Page:
    """Return a page in which it is settled whose words those are that bear no sign of their own.

    In a PDF a sign stands before the first of some paragraphs; where the organisation's end, it
    does not say. Whatever the tool could have written is read as the tool's.

    Args:
        page: of a report.
        facts: of its result.
    """
    asked = [place for place, one in enumerate(page.passages) if _is_asked(one)]
    if not asked:
        return page
    as_ours = _with(page, dict.fromkeys(asked, False))
    unread = {one.at.text: one for one in read_page(as_ours, facts).sentences if not one.read_by}
    texts = [page.passages[place].text for place in asked]
    own = {
        place: any(sentence in text for sentence in unread)
        for place, text in zip(asked, texts, strict=True)
    }
    return _with(page, own)


def _is_asked(passage: Passage) -> bool:
    return passage.of_organisation and not passage.voice and passage.kind in {"paragraph", "item"}


def _with(page: Page, own: Mapping[int, bool]) -> Page:
    passages = [
        replace(one, of_organisation=own[place]) if place in own else one
        for place, one in enumerate(page.passages)
    ]
    return Page(passages=passages, sheets=page.sheets)
