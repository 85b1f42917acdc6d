"""A Word file of somebody else, opened within bounds: its size, its parts, and no entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError

from balanstest_analysis.document.opening import SpecialFileError, TooLargeError, content_of
from balanstest_analysis.errors import BalanstestError, DataError, UsageError

_BYTES_AT_MOST: Final = 50_000_000
_UNPACKED_AT_MOST: Final = 200_000_000
_XML_AT_MOST: Final = 40_000_000
_PARTS_AT_MOST: Final = 2_000
_XML: Final = (".xml", ".rels")
_ENTITIES: Final = (b"<!DOCTYPE", b"<!ENTITY")
_OTHER_LETTERS: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError,
    PackageNotFoundError, LxmlError, KeyError, ValueError, AttributeError, IndexError, TypeError,
)  # fmt: skip


def opened_document(path: Path) -> Document:
    """Return a Word file, opened.

    Nothing outside of the file is read, no entity is expanded, and what lies packed in it stays so.

    Args:
        path: of the file.

    Raises:
        UsageError: there is no such file.
        DataError: it is no Word file, or larger or deeper than one.
    """
    content = _content(path)
    name = path.name
    _refuse_bomb(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        len(document.element.body)
    except _BROKEN:
        raise _no_word_file(name) from None
    return document


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Refuse a Word file in one sentence when what is read in it makes no sense.

    Args:
        name: of the file.

    Raises:
        DataError: something in it is not as Word files are.
    """
    try:
        yield
    except _BROKEN as error:
        if isinstance(error, BalanstestError):
            raise
        raise _no_word_file(name) from None


def _content(path: Path) -> bytes:
    try:
        return content_of(path, _BYTES_AT_MOST)
    except (FileNotFoundError, IsADirectoryError, SpecialFileError):
        raise UsageError(f"There is no file `{path}`. Give the path of a Word file.") from None
    except TooLargeError:
        raise DataError(
            f"`{path.name}` is larger than {_BYTES_AT_MOST // 1_000_000} MB. Take its pictures out."
        ) from None
    except OSError as error:
        raise DataError(f"`{path.name}` cannot be read: {error.strerror}.") from None


def _no_word_file(name: str) -> DataError:
    return DataError(
        f"`{name}` is no Word file that can be read: it is of another kind, protected or broken. "
        "Save it as .docx, without a password."
    )


def _refuse_bomb(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            words = [one for one in members if one.filename.lower().endswith(_XML)]
            large = _size(members) > _UNPACKED_AT_MOST or _size(words) > _XML_AT_MOST
            if large or len(members) > _PARTS_AT_MOST:
                raise DataError(
                    f"`{name}` unpacks to more than a Word file does. Take its pictures out."
                )
            for member in words:
                with archive.open(member) as part:
                    _refuse_entities(part.read(member.file_size + 1), name)
    except _BROKEN:
        raise _no_word_file(name) from None


def _size(members: list[zipfile.ZipInfo]) -> int:
    return sum(member.file_size for member in members)


def _refuse_entities(part: bytes, name: str) -> None:
    other = part.lstrip().startswith(_OTHER_LETTERS)
    if other or any(mark in part for mark in _ENTITIES):
        raise DataError(
            f"`{name}` holds XML that no Word file of an office has. Save it again as .docx."
        )
