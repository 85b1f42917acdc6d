"""Whether the web page, the PDF, the notebook and the files with tables tell one story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.page import Page, Passage, Sheet, single_spaced
from balanstest_analysis.verification.claims.phrase import both, reason_of, value
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.parcel import FOLDER, HTML, PDF, Parcel
from balanstest_analysis.verification.pictures import missing, points_of, sources_of
from balanstest_analysis.verification.tables import Difference

FOOTER: Final = "Onderbouwing van de klanttermijn · "
_KINDS: Final[dict[str, str]] = {
    "alt": both("alt text", "tekst bij een figuur"),
    "caption": both("caption", "bijschrift"),
    "card": both("card", "kader"),
    "definition": both("definition", "omschrijving"),
    "heading": both("heading", "kop"),
    "item": both("item", "punt van een opsomming"),
    "paragraph": both("paragraph", "alinea"),
    "term": both("term", "begrip"),
    "title": both("title", "titel"),
}
_AROUND: Final = 60
_MOST: Final = 40


def differs(file: str, place: str, found: str, expected: str) -> Finding:
    """Return the finding that a file says one thing and another is due."""
    return Finding(
        level="one_story", code="differs", file=file, place=place, found=found, expected=expected
    )


def attached_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield where what the PDF carries is not what stands beside it, byte for byte.

    Args:
        parcel: with a run directory.
    """
    if parcel.kind == "pdf" or parcel.document is None:
        return
    beside = {
        name.removeprefix(FOLDER): name
        for name in parcel.files
        if name.startswith(FOLDER) or name in {"resultaat.json", "tabellen.xlsx"}
    }
    attached = parcel.document.attached
    for name in sorted({*beside, *attached}):
        place = both("attachment {}", "bijlage {}", name)
        if name not in attached:
            due = both("the file {}", "het bestand {}", beside[name])
            yield differs(PDF, place, both("no attachment", "geen bijlage"), due)
        elif name not in beside:
            due = both(
                "none: no such file stands beside it", "niets: zo’n bestand staat er niet naast"
            )
            yield differs(PDF, place, both("an attachment", "een bijlage"), due)
        elif attached[name] != parcel.files[beside[name]]:
            due = both("those of {}", "die van {}", beside[name])
            yield differs(PDF, place, both("other bytes", "een andere inhoud"), due)


def page_faults(found: Page, due: Page, file: str, other: str) -> list[Finding]:
    """Return where a page says something else than another, passage by passage and cell by cell.

    Args:
        found: the page that is looked at.
        due: the other.
        file: of the first.
        other: file of the second.
    """
    texts = [*_differences(_running(found), _running(due), file, other)]
    cells = [
        finding
        for number, pair in enumerate(zip_longest(found.sheets, due.sheets), start=1)
        for finding in _table_faults(number, *pair, file, other)
    ]
    return [*texts[:_MOST], *cells[:_MOST]]


def _running(page: Page) -> list[Passage]:
    return [
        one
        for one in page.passages
        if one.kind != "sheet" and not one.text.startswith(FOOTER) and one.kind != "note"
    ]


def _differences(
    found: Sequence[Passage], due: Sequence[Passage], file: str, other: str
) -> Iterator[Finding]:
    texts = [one.text for one in found], [one.text for one in due]
    for kind, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for one, two in zip_longest(found[a:b], due[c:d]):
            here = one or two
            said, wanted = _around(one.text if one else "", two.text if two else "")
            place = both("{} ({})", "{} ({})", here.section, _KINDS[here.kind]) if here else ""
            nothing = value(None)
            said_ = f"“{said}”" if one else nothing
            due_ = (
                _as_in(wanted, other)
                if two
                else both("{}, as in {}", "{}, zoals in {}", nothing, other)
            )
            yield differs(file, place, said_, due_)


def _around(one: str, two: str) -> tuple[str, str]:
    """Return both texts, each around the first letter in which they differ."""
    same = (a == b for a, b in zip(one, two, strict=False))
    start = next((place for place, alike in enumerate(same) if not alike), min(len(one), len(two)))
    cut = slice(max(0, start - _AROUND // 2), start + _AROUND)
    return one[cut], two[cut]


def _table_faults(
    number: int, found: Sheet | None, due: Sheet | None, file: str, other: str
) -> Iterator[Finding]:
    if found is None or due is None:
        table, none = both("a table", "een tabel"), both("no table", "geen tabel")
        here, there = (none, table) if found is None else (table, none)
        due_ = both("{}, as in {}", "{}, zoals in {}", there, other)
        yield differs(file, both("table {}", "tabel {}", number), here, due_)
        return
    pairs = [
        (both("caption", "titel"), found.caption, due.caption),
        (both("note", "noot"), found.note, due.note),
        (both("heads", "koppen"), "; ".join(found.columns), "; ".join(due.columns)),
        (both("number of rows", "aantal rijen"), str(len(found.rows)), str(len(due.rows))),
    ]
    for row, (one, two) in enumerate(zip(found.rows, due.rows, strict=False), start=1):
        for column, (a, b) in enumerate(zip_longest(one, two, fillvalue=""), start=1):
            pairs.append((both("row {}, column {}", "rij {}, kolom {}", row, column), a, b))
    for place, one_, two_ in pairs:
        if one_ != two_:
            said, wanted = _around(one_, two_)
            where = both("table {}, {}", "tabel {}, {}", number, place)
            yield differs(file, where, f"“{said}”", _as_in(wanted, other))


def picture_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield where a figure of the PDF draws other lines than the same figure of the web page.

    Args:
        parcel: with both.
    """
    html = parcel.text(HTML)
    if html is None or parcel.document is None or parcel.kind == "pdf":
        return
    sources, drawn = sources_of(html), parcel.document.drawn
    if len(sources) != len(drawn):
        due_ = both("{}, as in {}", "{}, zoals in {}", len(sources), HTML)
        yield differs(PDF, both("number of figures", "aantal figuren"), str(len(drawn)), due_)
    for number, (source, points) in enumerate(zip(sources, drawn, strict=False), start=1):
        due = points_of(source)
        if due is None:
            said = both("what is no drawing", "iets wat geen tekening is")
            yield differs(HTML, _figure(number), said, both("a drawing", "een tekening"))
        elif missing(due, points):
            found = both(
                "a drawing of which {} of {} points lie elsewhere",
                "een tekening waarvan {} van de {} punten ergens anders liggen",
                missing(due, points),
                len(due),
            )
            drawing = both("the drawing of {}", "de tekening van {}", HTML)
            yield differs(PDF, _figure(number), found, drawing)


def _figure(number: int) -> str:
    return both("figure {}", "figuur {}", number)


def _page(number: int) -> str:
    return both("page {}", "bladzijde {}", number)


def _as_in(words: str, other: str) -> str:
    return both("“{}”, as in {}", "“{}”, zoals in {}", words, other)


def furniture_faults(parcel: Parcel, organisation: str, category: str) -> Iterator[Finding]:
    """Yield pages of the PDF whose header or number is not that of this report.

    Args:
        parcel: with a PDF.
        organisation: that every page names.
        category: likewise.
    """
    if parcel.document is None:
        return
    pages, sheets = parcel.document.furniture, parcel.document.page.sheets
    alike = [_without_head(_without_number(texts), sheets) for texts in pages]
    usual = Counter(alike[1:]).most_common(1)
    for number, texts in enumerate(pages, start=1):
        line = single_spaced(" ".join(texts))
        for due in (f"bladzijde {number} van {len(pages)}", organisation, category):
            if single_spaced(due).replace(" ", "") not in line.replace(" ", ""):
                said = both("the header and footer “{}”", "de kop- en voetregel “{}”", line)
                yield differs(PDF, _page(number), said, f"“{due}”")
        if usual and number > 1 and alike[number - 1] != usual[0][0]:
            due_ = both("the header of the other pages", "de kopregel van de andere bladzijden")
            yield differs(PDF, _page(number), f"“{line}”", due_)


def reference_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield where the contents, or a reference of the PDF, lead to another page.

    Args:
        parcel: with a PDF.
    """
    for one in () if parcel.document is None else parcel.document.misled:
        anywhere = both("a page of the report", "een bladzijde van het rapport")
        due = anywhere if one.due is None else _page(one.due)
        place = both("the reference to {}", "de verwijzing naar {}", one.what)
        yield differs(PDF, place, _page(one.told), due)


def _without_number(texts: Sequence[str]) -> str:
    words = [text for text in texts if text.strip(" .")]
    line = re.sub(r"bladzijde \d+", "bladzijde", single_spaced(" ".join(words)))
    return line.replace(" ", "")


def _without_head(line: str, sheets: Sequence[Sheet]) -> str:
    """Return a header and footer without the head of a table that goes on from another page."""
    for number, sheet in enumerate(sheets, start=1):
        head = "".join((f"Tabel {number}, vervolg", *sheet.columns)).replace(" ", "")
        line = line.replace(head, "", 1)
    return line


def told(differences: Iterator[Difference], file: str, table: str) -> list[Finding]:
    """Return differences as findings about a file; of a file that cannot be read, that."""
    try:
        return [one.finding(file, table) for one in differences][:_MOST]
    except DataError as error:
        return [differs(file, table, reason_of(error), both("a table", "een tabel"))]
