"""What can be read in a PDF: its pages, its properties, its other texts and what it carries."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.report.bundle.budget import Budget
from balanstest_analysis.report.bundle.text_forms import printable
from balanstest_analysis.report.bundle.words import Words

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES: Final = 2000
_MOST_OBJECTS: Final = 200_000
_DEEPEST: Final = 30
_WITHOUT_WORDS: Final = frozenset({"/Image", "/XRef", "/ObjStm"})
_FONTS: Final = frozenset({"/Length1", "/Length2", "/CIDFontType0C", "/Type1C", "/OpenType"})


def pdf_texts(content: bytes, budget: Budget) -> Iterator[Words | bytes]:
    """Yield the texts of a PDF, and the files in it as bytes.

    Args:
        content: of the PDF.
        budget: what may come out of it.

    Raises:
        DataError: it is no PDF that can be opened, is protected, or holds too much.
    """
    with _in_our_words(budget.name):
        reader = _opened(content, budget.name)
        for page in reader.pages:
            text = page.extract_text()
            budget.pay(len(text))
            yield Words(text=text)
        yield from _of_objects(reader, budget)


@contextmanager
def _in_our_words(name: str) -> Iterator[None]:
    """A library that reads what anybody wrote can fail in any way; all of them mean the same."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what it reads
    try:
        yield
    except (DataError, GeneratorExit):
        raise
    except Exception as error:  # noqa: BLE001
        raise DataError(
            f"`{name}` cannot be opened as PDF ({type(error).__name__}). Print or save it as PDF "
            "again."
        ) from None


def _opened(content: bytes, name: str) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415 - only a bundle with a PDF needs it

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DataError(f"`{name}` is protected with a password. Save it without one.")
    if not 0 < len(reader.pages) <= _MOST_PAGES:
        raise DataError(
            f"`{name}` has {len(reader.pages)} pages; 1 to {_MOST_PAGES} can be looked through."
        )
    return reader


def _of_objects(reader: PdfReader, budget: Budget) -> Iterator[Words | bytes]:
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    numbers = {number for known in reader.xref.values() for number in known}
    numbers |= set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        raise DataError(f"`{budget.name}` has too many parts to be looked through. Save it again.")
    yield Words(text="\n".join(_words(reader.trailer, 0)))
    for number in sorted(numbers):
        budget.check_time()
        found = _object(reader, IndirectObject(number, 0, reader))
        words = "\n".join(_words(found, 0))
        if words:
            yield Words(text=words)
        yield from _of_stream(found, budget)


def _object(reader: PdfReader, at: Any) -> Any:
    """Return an object; a free number stands for none."""
    from pypdf.errors import PdfReadError  # noqa: PLC0415

    try:
        return reader.get_object(at)
    except PdfReadError:
        return None


def _of_stream(found: Any, budget: Budget) -> Iterator[Words | bytes]:
    """Yield files that a PDF carries, and its properties; what pages show was read already."""
    from pypdf.generic import StreamObject  # noqa: PLC0415

    if not isinstance(found, StreamObject) or found.get("/Subtype") in _WITHOUT_WORDS:
        return
    if found.get("/Type") in _WITHOUT_WORDS or _FONTS & {*found, found.get("/Subtype")}:
        return
    data = found.get_data()
    budget.pay(len(data))
    if found.get("/Type") in {"/EmbeddedFile", "/Metadata"}:
        yield data
    else:
        yield Words(text=printable(data), is_code=True)


def _words(found: Any, depth: int) -> Iterator[str]:
    from pypdf.generic import IndirectObject, TextStringObject  # noqa: PLC0415

    if depth > _DEEPEST or isinstance(found, IndirectObject):
        return
    if isinstance(found, dict):
        for value in found.values():
            yield from _words(value, depth + 1)
    elif isinstance(found, list):
        for value in found:
            yield from _words(value, depth + 1)
    elif isinstance(found, bytes):
        yield printable(found)
    elif isinstance(found, TextStringObject):
        yield found
