"""The organisation's own copy of the template, filled in: read question by question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docx.document import Document
from docx.table import Table

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import Printed, printed, questionnaire
from balanstest_analysis.errors import DataError
from balanstest_analysis.report.answers.changes import Change, text_change
from balanstest_analysis.report.answers.fields import Field
from balanstest_analysis.report.answers.rich_text import (
    Grid,
    Line,
    Part,
    RichText,
    Span,
    plain_words,
    tidied,
)
from balanstest_analysis.report.answers.values import rich_value
from balanstest_analysis.report.answers.word_text import Reader

TEMPLATES: Final = ("opt-in", "bel-me-niet")
_LEAST_FOUND: Final = 3
_LONGEST_QUESTION: Final = 8
_LABEL: Final = r"^\W*(?:{chapter}\W*)?{letter}\s*[.):]"
_TITLES: Final = {
    "1": "klantrelatie",
    "2": "impact (?:van (?:de )?)?telemarketing(?: ?activiteiten)?",
    "3": "afweging",
    "4": "onderbouwing",
}


def answers_in(
    document: Document, dossier: Dossier, fields: Mapping[str, Field], name: str
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return what a copy of the template changes in a dossier, and what is to be known of it.

    Args:
        document: opened.
        dossier: whose questions are looked for.
        fields: places of the dossier, by key.
        name: of the file.

    Raises:
        DataError: it is no copy of the template, or one of the other version.
    """
    parts = tuple(_parts(document))
    _refuse_other_version(parts, dossier.template, name)
    found = question_texts(parts, printed(dossier.template))
    if len(found) < _LEAST_FOUND:
        raise DataError(
            f"`{name}` is neither an export of this dossier nor a copy of the template: its "
            "questions are not in it. Give a file of `--export`, or the filled-in template."
        )
    numbers = questionnaire(dossier.template).numbers()
    answered = {number: text for number in numbers if (text := found.get(number, ()))}
    changes = [
        text_change(field, text)
        for number, text in answered.items()
        if text != rich_value(field := fields[f"answers.{number}"])
    ]
    empty = [number for number in numbers if number not in answered]
    notes = [f"`{name}` was read as the template, by its questions."]
    if empty:
        notes.append(f"It has no answer to {', '.join(empty)}; what the dossier says there stays.")
    return tuple(changes), tuple(notes)


def _refuse_other_version(parts: Sequence[Part], template: str, name: str) -> None:
    whole = " ".join(plain_words(parts_of) for parts_of in ((part,) for part in parts))
    words = " ".join(whole.split())
    counts = {one: sum(only in words for only in printed(one).only) for one in TEMPLATES}
    likely = max(TEMPLATES, key=lambda one: counts[one])
    if counts[likely] > counts[template]:
        raise DataError(
            f"`{name}` is a copy of the version `{likely}` of the template, and the dossier has "
            f'`template = "{template}"`. Give a copy of the same version.'
        )


def _parts(document: Document) -> Iterator[Part]:
    """Yield the parts of a document; a table in which questions stand is taken apart."""
    reader = Reader(document)
    for part in reader.body():
        if isinstance(part, Table) and _holds_questions(part):
            cells = {id(cell._tc): cell for row in part.rows for cell in row.cells}
            for cell in cells.values():
                yield from map(reader.part, cell.paragraphs)
        else:
            yield reader.part(part)


def _holds_questions(table: Table) -> bool:
    words = " ".join(cell.text for row in table.rows for cell in row.cells)
    firsts = {first for one in TEMPLATES for first, _ in printed(one).questions.values()}
    return any(first.lower() in words.lower() for first in firsts)


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where a question or a chapter stands.

    Attributes:
        start: number of its first part.
        end: number of the part in which its answer may begin.
        offset: letters of that part that are still the question's.
    """

    start: int
    end: int
    offset: int


def question_texts(parts: Sequence[Part], printed_form: Printed) -> dict[str, RichText]:
    """Return the answers that stand below the questions, by number; an empty one is there too.

    Args:
        parts: of a document.
        printed_form: how the questions are printed.
    """
    texts = [_words(part) for part in parts]
    places: dict[str, _Place] = {}
    after = 0
    for number, (first, last) in printed_form.questions.items():
        place = _worded(texts, after, first, last)
        if place is not None:
            places[number] = place
            after = place.end
    for number in printed_form.questions:
        if number not in places:
            place = _labelled(texts, number, places, list(printed_form.questions))
            if place is not None:
                places[number] = place
    stops = sorted([*(p.start for p in places.values()), *_chapters(texts), len(parts)])
    return {
        number: _between(parts, place, next(stop for stop in stops if stop > place.start))
        for number, place in places.items()
    }


def _words(part: Part) -> str:
    return "" if isinstance(part, Grid) else "".join(span.text for span in part.spans)


def _worded(texts: Sequence[str], after: int, first: str, last: str) -> _Place | None:
    """Find a question by its words; it may have been cut into several paragraphs."""
    for start in range(after, len(texts)):
        place = re.match(rf"^\W*(?:[1-4a-e]\W*)*{_loose(first)}", texts[start], re.IGNORECASE)
        if place is None:
            continue
        for end in range(start, min(start + _LONGEST_QUESTION, len(texts))):
            ends = [*re.finditer(_loose(last), texts[end], re.IGNORECASE)]
            if ends:
                return _Place(start=start, end=end, offset=ends[0].end())
        return _Place(start=start, end=start, offset=len(texts[start]))
    return None


def _loose(words: str) -> str:
    """Return a pattern of words in which any space, and a missing full stop, will do."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return pattern.replace(r"\.", r"\.?")


def _labelled(
    texts: Sequence[str], number: str, places: Mapping[str, _Place], order: Sequence[str]
) -> _Place | None:
    """Find a question that was worded anew by its number, between those before and after it."""
    at = order.index(number)
    before = max((places[n].end + 1 for n in order[:at] if n in places), default=0)
    behind = min((places[n].start for n in order[at + 1 :] if n in places), default=len(texts))
    chapter, letter = number[0], number[1:] or number[0]
    label = re.compile(_LABEL.format(chapter=chapter, letter=letter), re.IGNORECASE)
    for start in range(before, behind):
        if label.match(texts[start]):
            question = re.match(r"^[^?\n]*[?\n]|^.*$", texts[start])
            return _Place(start=start, end=start, offset=question.end() if question else 0)
    return None


def _chapters(texts: Sequence[str]) -> Iterator[int]:
    for title in _TITLES.values():
        heading = re.compile(rf"^\W*[1-4]?\W*{title}\W*$", re.IGNORECASE)
        yield from (place for place, text in enumerate(texts) if heading.match(text))


def _between(parts: Sequence[Part], place: _Place, stop: int) -> RichText:
    first = parts[place.end]
    rest = [_cut(first, place.offset)] if isinstance(first, Line) else []
    return tidied([*rest, *parts[place.end + 1 : stop]])


def _cut(line: Line, offset: int) -> Line:
    """Return what of a line stands behind the question, which is a paragraph of its own."""
    kept: list[Span] = []
    for span in line.spans:
        if offset < len(span.text):
            kept.append(replace(span, text=span.text[offset:]))
        offset = max(0, offset - len(span.text))
    return Line(spans=tuple(kept))
