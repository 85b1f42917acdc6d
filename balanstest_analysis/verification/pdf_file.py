"""A PDF of a report, opened within bounds: its words and tables, what it carries, what acts."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.page import Page
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.pdf_content import Painted, Point, painted
from balanstest_analysis.verification.pdf_page import page_of_tree
from balanstest_analysis.verification.pdf_references import Reference, references
from balanstest_analysis.verification.pdf_tree import Element, Tree

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES: Final = 500
_MOST_OBJECTS: Final = 200_000
_MOST_ATTACHED: Final = 500
_MOST_BYTES: Final = 200_000_000
_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF")
_ACTS: Final = ("/OpenAction", "/AA", "/AcroForm")


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a PDF says and carries.

    Attributes:
        page: its passages and tables.
        attached: what it carries, by name.
        furniture: of each page, the texts of header and footer.
        unmarked: texts that are painted but belong to no element, with their page.
        drawn: of each figure, the ends of the lines that it draws.
        acting: what in it could act, or lie over a page.
        saved_again: whether it was changed after it was written.
        misled: references to pages on which their place is not.
        twice: names under which more than one file is attached.
    """

    page: Page
    attached: dict[str, bytes]
    furniture: tuple[tuple[str, ...], ...]
    unmarked: tuple[tuple[int, str], ...]
    drawn: tuple[Counter[Point], ...]
    acting: tuple[str, ...]
    saved_again: bool
    misled: tuple[Reference, ...]
    twice: tuple[str, ...]


def open_pdf(content: bytes) -> Document:
    """Return what a PDF says.

    Args:
        content: of the file.

    Raises:
        DataError: it cannot be opened, or is larger than any report.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what it reads
    try:
        return _read(content)
    except DataError:
        raise
    except RecursionError:
        raise DataError(
            both("it is nested deeper than any report", "dieper genest dan een rapport")
        ) from None
    except Exception as error:  # noqa: BLE001 - a library that reads what anybody wrote
        kind = type(error).__name__
        raise DataError(
            both("it is no PDF of a report ({})", "geen PDF van een rapport ({})", kind)
        ) from None


def _read(content: bytes) -> Document:
    reader = _opened(content)
    pages = [painted(page) for page in reader.pages]
    numbers = [int(page.indirect_reference.idnum) for page in reader.pages]  # type: ignore[union-attr]
    tree = Tree(dict(zip(numbers, pages, strict=True)))
    document = _outermost(reader, tree)
    attached, twice = _attached(reader)
    return Document(
        page=page_of_tree(document),
        attached=attached,
        furniture=tuple(tuple(page.furniture) for page in pages),
        unmarked=tuple(_unmarked(numbers, pages, tree)),
        drawn=tuple(figure.points for figure in document.below("Figure")),
        acting=tuple(_acting(reader)),
        saved_again=len(_END.findall(content)) != 1,
        misled=tuple(references(document, len(pages))),
        twice=twice,
    )


def _opened(content: bytes) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415 - only a check needs it

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise DataError(both("it is protected with a password", "beveiligd met een wachtwoord"))
    objects = sum(map(len, reader.xref.values())) + len(reader.xref_objStm)
    if objects > _MOST_OBJECTS:
        raise DataError(both("it has more than {} parts", "meer dan {} onderdelen", _MOST_OBJECTS))
    if not 0 < len(reader.pages) <= _MOST_PAGES:
        words = both(
            "it has {} pages, where 1 to {} can be",
            "{} bladzijden, en 1 tot {} kan",
            len(reader.pages),
            _MOST_PAGES,
        )
        raise DataError(words)
    return reader


def _outermost(reader: PdfReader, tree: Tree) -> Element:
    root: Any = reader.trailer["/Root"]
    if "/StructTreeRoot" not in root:
        raise DataError(
            both(
                "it has no tags, which every report has",
                "zonder de codes voor een schermlezer, die elk rapport heeft",
            )
        )
    return tree.element(root["/StructTreeRoot"]).elements[0]


def _unmarked(numbers: list[int], pages: list[Painted], tree: Tree) -> Iterator[tuple[int, str]]:
    for place, (number, page) in enumerate(zip(numbers, pages, strict=True), start=1):
        for text in page.unmarked:
            if text.strip():
                yield place, text
        for mark, text in page.marked.items():
            if text.strip() and (number, mark) not in tree.named:
                yield place, text


def _attached(reader: PdfReader) -> tuple[dict[str, bytes], tuple[str, ...]]:
    found: dict[str, bytes] = {}
    twice, left = [], _MOST_BYTES
    for number, file in enumerate(reader.attachment_list):
        if number >= _MOST_ATTACHED:
            raise DataError(
                both(
                    "more than {} files are attached to it", "meer dan {} bijlagen", _MOST_ATTACHED
                )
            )
        if file.name in found:
            twice.append(file.name)
        found[file.name] = bytes(file.content)
        left -= len(found[file.name])
        if left < 0:
            raise DataError(
                both(
                    "what is attached to it unpacks to more than any report",
                    "bijlagen die groter zijn dan die van een rapport",
                )
            )
    return found, tuple(twice)


def _acting(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.trailer["/Root"]
    yield from (name.removeprefix("/") for name in _ACTS if name in root)
    if "/JavaScript" in (root.get("/Names") or {}):
        yield "JavaScript"
    for number, page in enumerate(reader.pages, start=1):
        for one in page.get("/Annots") or ():
            kind = str(one.get_object().get("/Subtype", "")).removeprefix("/")
            if kind != "Link":
                yield both("{} on page {}", "{} op bladzijde {}", kind, number)
