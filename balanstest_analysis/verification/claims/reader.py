"""A whole report held against its result: what is read, what does not hold, what nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from balanstest_analysis.verification.claims.claim import Claim, Said
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import FIXED
from balanstest_analysis.verification.claims.history import FINDINGS
from balanstest_analysis.verification.claims.kinds_of_sentence import CLAIMS
from balanstest_analysis.verification.claims.page import (
    Page,
    Passage,
    page_of,
    reasons_of,
    single_spaced,
)
from balanstest_analysis.verification.claims.parts import PARTS, PartReader
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.claims.sentences import sentences_of
from balanstest_analysis.verification.claims.sheets import sheet_faults
from balanstest_analysis.verification.claims.vocabulary import TERMS
from balanstest_analysis.verification.claims.whole_page import (
    CellFault,
    misnumbered,
    misplaced_words,
)

UNREAD = ("heading", "term", "sheet")
OWN_TERMS = (
    "Organisatie",
    "Categorie",
    "Merk",
    "Grondslag",
    "Doel",
    "Ontvangers",
    "Bewaartermijn",
    "Wie verzet aantekende",
    "Reden om het niet op te volgen",
    "Verwijzing naar de DPIA",
)
OPEN = "NOG IN TE VULLEN"
_WHOLE = both("the report as a whole", "het rapport als geheel")
# lines of a card that are read whole
CARD_LINES = {"Eis": "demand", "Reden": "reason"}
WHOLE = {
    "Staafdiagram van de termijn per criterium.": "bars",
    "Figuur van de termijn bij andere keuzes.": "choices",
}
SPECIAL = {"finding", "label", "remark", "card", *CARD_LINES.values(), *WHOLE.values()}


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of the report, with what reads it.

    Attributes:
        text: as printed.
        at: where it stands.
        read_by: the kinds of sentence that read it; one is due.
        faults: what does not hold.
    """

    text: str
    at: Passage
    read_by: tuple[Claim, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a reader finds in a report.

    Attributes:
        sentences: all that the tool wrote.
        cells: what does not hold in the tables.
    """

    sentences: tuple[Sentence, ...]
    cells: tuple[CellFault, ...]

    @property
    def faults(self) -> list[str]:
        """Everything that is unread, read twice, or does not hold."""
        return [*(fault for one in self.sentences for fault in _faults(one)), *map(str, self.cells)]


def _faults(sentence: Sentence) -> Iterator[str]:
    where = sentence.at.section
    if not sentence.read_by:
        yield f"unread sentence: {sentence.text} [{sentence.at.kind} in {where}]"
    if len(sentence.read_by) > 1:
        yield f"read {len(sentence.read_by)} times: {sentence.text} [{where}]"
    for fault in sentence.faults:
        yield f"does not hold: {sentence.text} ({fault}) [{where}]"


def read(html: str, content: Mapping[str, Any]) -> Reading:
    """Return what a reader of a report and its result finds.

    Args:
        html: the report.
        content: of `resultaat.json`.
    """
    return read_page(page_of(html), Facts(content))


def read_page(page: Page, facts: Facts) -> Reading:
    """Return what a reader finds in the text of a report.

    Args:
        page: of the report.
        facts: of its result.
    """
    facts = Facts(facts.content, reasons_of(page))
    cells = [fault for sheet in page.sheets for fault in sheet_faults(sheet, facts)]
    whole = (*misnumbered(page), *misplaced_words(page))
    parts = [
        CellFault(place=_WHOLE, said=said) for part in PARTS for said in _of_part(part, page, facts)
    ]
    return Reading(sentences=tuple(_sentences(page, facts)), cells=(*cells, *whole, *parts))


def _of_part(part: PartReader, page: Page, facts: Facts) -> list[str]:
    try:
        return list(part(page, facts))
    except (ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]


def _sentences(page: Page, facts: Facts) -> Iterator[Sentence]:
    before = card = ""
    for passage in page.passages:
        if passage.kind not in {"definition", "term"}:
            card = passage.text if passage.kind == "card" else ""
        if not generated(passage):
            continue
        subject = before if passage.kind == "item" else card
        if passage.kind == "paragraph":
            before = passage.text
        yield from _read_passage(replace(passage, subject=subject), facts)


def generated(passage: Passage) -> bool:
    """Return whether the tool wrote a passage that makes a statement."""
    own = passage.of_organisation or _is_own(passage)
    return passage.kind not in UNREAD and not own


def _is_own(passage: Passage) -> bool:
    """Return whether only the organisation speaks here."""
    is_own = passage.kind == "definition" and passage.term in OWN_TERMS
    return is_own and passage.text != OPEN


def _read_passage(passage: Passage, facts: Facts) -> Iterator[Sentence]:
    at = replace(passage, kind=_kind(passage))
    whole = at.kind in {"card", *CARD_LINES.values()}
    who = single_spaced(f"{facts.content['organisation']}, {facts.content['category']}. ")
    told = passage.text.removeprefix(who).strip()
    parts = [told] if whole else _parts(told, facts)
    for place, text in enumerate(parts):
        here = at
        if place and parts[0] in WHOLE and place == 1:
            here = replace(at, kind=WHOLE[parts[0]])
        found = _subject(text, facts)
        kind = _special(text, here, facts)
        here = replace(here, text=text, kind=kind, subject=found or here.subject)
        at = replace(at, subject=here.subject)
        yield _read(text, here, facts)


def _parts(told: str, facts: Facts) -> list[str]:
    """Return the sentences of a passage; after its kind, a figure may name a criterion as it is."""
    first = next((one for one in WHOLE if told.startswith(f"{one} ")), "")
    rest = told.removeprefix(first).strip()
    return [*([first] if first else []), *sentences_of(rest, facts.own_words)]


def _kind(passage: Passage) -> str:
    if passage.kind == "definition" and passage.subject and passage.term in CARD_LINES:
        return CARD_LINES[passage.term]
    is_finding = passage.kind == "item" and passage.section in FINDINGS
    return "finding" if is_finding else passage.kind


def _special(text: str, at: Passage, facts: Facts) -> str:
    """Return the kind of a sentence that the result itself words; its place by default."""
    if at.kind in {"card", *CARD_LINES.values()}:
        return at.kind
    labels = {terms.label for terms in TERMS.values()} | {item.name for item in facts.criteria}
    if text.removesuffix(".") in labels:
        return "label"
    if text.startswith("Dit aantal is overgenomen"):
        return "item"
    remark = sentences_of(single_spaced(facts.regime["remark"]))
    if at.section == "Toegepaste regels" and text in remark:
        return "remark"
    return at.kind


def _subject(text: str, facts: Facts) -> str:
    """Return the criterion or outcome that a sentence names, for the sentences after it."""
    labels = {f"{terms.label}." for terms in TERMS.values()}
    if text in labels:
        return text[:-1]
    names = [item.name for item in facts.criteria]
    if text.removesuffix(".") in names:
        return text.removesuffix(".")
    quoted = re.search(r"‘(.*?)’", text)
    return quoted[1] if quoted is not None and quoted[1] in names else ""


def _read(text: str, at: Passage, facts: Facts) -> Sentence:
    found = _readings(text, at.kind)
    faults = tuple(fault for one, said in found for fault in one.faults(said, facts, at))
    return Sentence(text=text, at=at, read_by=tuple(one for one, _ in found), faults=faults)


@lru_cache(maxsize=2**14)
def _readings(text: str, kind: str) -> tuple[tuple[Claim, Said], ...]:
    """Return every kind of sentence that reads a text in a kind of place, with its fields."""
    special = kind in SPECIAL
    found = []
    for one in (*CLAIMS, *FIXED.get(text, ())):
        if kind in one.where or (not one.where and not special):
            said = one.read(text)
            if said is not None:
                found.append((one, said))
    return tuple(found)
