"""The parts of a workbook that is a zip file of XML: found by their relations, read in a stream."""

from __future__ import annotations

import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from balanstest_analysis.document.opening import opened
from balanstest_analysis.errors import DataError

_BLOCK: Final = 1 << 20
_ALWAYS_ALLOWED: Final = 100 << 20
_NAME_LENGTHS_AT: Final = 26  # in the header of a part
_RATIO: Final = 400  # a sheet with one value everywhere comes near this; a bomb is beyond it
_UNPACKED_AT_MOST: Final = 4 << 30
_BROKEN: Final = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
)

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]
Seen = Callable[[bytes], None]


@dataclass(frozen=True, kw_only=True)
class Package:
    """An open workbook that is a zip file.

    Attributes:
        file: to be named.
        archive: the zip file.
        members: how each is spelled, by its name in small letters.
    """

    file: Path
    archive: zipfile.ZipFile
    members: Mapping[str, str]

    def has(self, part: str) -> bool:
        """Return whether a part is there."""
        return part.lower() in self.members

    def content(self, part: str) -> bytes:
        """Return a part as a whole."""
        return self.archive.read(self.members[part.lower()])

    def blocks(self, part: str) -> Iterator[bytes]:
        """Yield a part in blocks."""
        with self.archive.open(self.members[part.lower()]) as content:
            while block := content.read(_BLOCK):
                yield block

    def walk(
        self,
        part: str,
        start: Start | None = None,
        end: End | None = None,
        text: Text | None = None,
        *,
        before: Seen | None = None,
    ) -> None:
        """Go through the elements of a part; names come with their namespace: see `local`.

        Entities are refused, as no workbook has any and they can grow without end.

        Args:
            part: its name.
            start: called where an element starts.
            end: called where one ends.
            text: called with what stands between.
            before: called with each block before its elements.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        if start is not None:
            parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        for block in self.blocks(part):
            if before is not None:
                before(block)
            parser.Parse(block, False)
        parser.Parse(b"", True)

    def _refuse_doctype(self, *_: object) -> None:
        raise DataError(
            f"`{self.file.name}` declares entities, which no workbook does. Save it again."
        )

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts that a part relates to, as kind and name, by the number it gives them.

        Args:
            part: a part; empty for the package itself.
        """
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if local(element) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, whole)

        if self.has(relations):
            self.walk(relations, start)
        return found

    def main_part(self, usual: str) -> str:
        """Return the part that lists the sheets.

        Args:
            usual: where it is when the package does not tell.
        """
        documents = [name for kind, name in self.related("").values() if kind == "officeDocument"]
        return next((name for name in documents if self.has(name)), usual)


@contextmanager
def opened_package(file: Path) -> Iterator[Package]:
    """Yield a workbook that is a zip file, after a look at what it would unpack to.

    Raises:
        DataError: it is broken, protected, or unpacks to far more than a workbook does.
    """
    try:
        with opened(file) as content, zipfile.ZipFile(content) as archive:
            _refuse_bomb(file, archive)
            _refuse_false_sizes(content, archive)
            members = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            yield Package(file=file, archive=archive, members=members)
    except _BROKEN:
        raise DataError(
            f"`{file.name}` cannot be read as a workbook: it is broken. Save it again as .xlsx."
        ) from None


def _refuse_bomb(file: Path, archive: zipfile.ZipFile) -> None:
    total = sum(member.file_size for member in archive.infolist())
    fair = max(_ALWAYS_ALLOWED, file.stat().st_size * _RATIO)
    if total > min(fair, _UNPACKED_AT_MOST):
        raise DataError(
            f"`{file.name}` unpacks to {total / 1e9:.1f} GB, more than a workbook does. Save the "
            "table as CSV (UTF-8)."
        )


def _refuse_false_sizes(content: IO[bytes], archive: zipfile.ZipFile) -> None:
    """Refuse a part that unpacks to another size than it states: other readers go on to its end.

    Raises:
        ValueError: it does, or is packed as no workbook is.
    """
    for member in archive.infolist():
        if member.compress_type == zipfile.ZIP_STORED:
            is_true_size = member.compress_size == member.file_size
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            is_true_size = _unpacks_to(content, member)
        else:
            is_true_size = False
        if not is_true_size:
            raise ValueError(member.filename)


def _unpacks_to(content: IO[bytes], member: zipfile.ZipInfo) -> bool:
    """Return whether a part unpacks to the size that it states, and no further."""
    content.seek(member.header_offset + _NAME_LENGTHS_AT)
    content.seek(sum(struct.unpack("<HH", content.read(4))), os.SEEK_CUR)
    unpacking, left, size = zlib.decompressobj(-zlib.MAX_WBITS), member.compress_size, 0
    while left and not unpacking.eof and size <= member.file_size:
        packed = content.read(min(_BLOCK, left))
        if not packed:
            return False
        left -= len(packed)
        while packed and size <= member.file_size:
            size += len(unpacking.decompress(packed, _BLOCK))
            packed = unpacking.unconsumed_tail
    return unpacking.eof and not left and size == member.file_size


def local(name: str) -> str:
    """Return a name without its namespace.

    Examples:
        >>> local("http://a/main row"), local("row")
        ('row', 'row')
    """
    return name.rpartition(" ")[2]


def attribute(attributes: Attributes, name: str) -> str | None:
    """Return an attribute by its name without a namespace.

    Examples:
        >>> attribute({"http://a/relationships id": "rId1"}, "id")
        'rId1'
    """
    if name in attributes:
        return attributes[name]
    return next((text for key, text in attributes.items() if key.endswith(f" {name}")), None)


def is_true(text: str | None) -> bool:
    """Return whether an attribute says yes."""
    return text is not None and text.strip().lower() in {"1", "true", "on"}
