"""Looks for traces of people in delivered files: everything is unpacked and read in every form."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import io
import json
import re
import unicodedata
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

_BASE64 = re.compile(rb"base64,([A-Za-z0-9+/=\s]{16,})")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_HEX = re.compile(r"[0-9a-f]{16,}")
# A row of the table of a PDF that says where its objects lie: an offset can read as a number.
_PLACE_OF_OBJECT = re.compile(rb"^\d{10} \d{5} [fn]\s*$", re.M)
_DIGITS = re.compile(r"6555\d{5}")
_FILLING = re.compile(r"[\s\-\u00ad\u0300-\u036f\u200b-\u2015.()/]+")


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What may be found nowhere.

    Attributes:
        words: recognisable parts of names, addresses and keys, in lower case.
        phones: the last nine digits of telephone numbers.
        digests: the first sixteen digits of plain digests of the keys.
    """

    words: tuple[str, ...]
    phones: frozenset[str] = frozenset()
    digests: frozenset[str] = field(default=frozenset(), repr=False)


def digests_of(keys: Iterable[str]) -> frozenset[str]:
    """Return how plain digests of these keys begin."""
    kinds = (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512)
    return frozenset(kind(key.encode()).hexdigest()[:16] for key in keys for kind in kinds)


def found_in(files: dict[str, bytes], traces: Traces) -> list[str]:
    """Return where a trace was found, and what; empty when there is none."""
    found, seen = [], set()
    for name, content in files.items():
        for where, part in [(name, name.encode()), *unpacked(name, content)]:
            if part not in seen:
                seen.add(part)
                found += [f"{where}: {trace}" for trace in sorted(_traces_in(part, traces))]
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file and all that is packed in it, however deep."""
    yield name, _PLACE_OF_OBJECT.sub(b"", content)
    if content.startswith(b"PK"):
        yield from _unzipped(name, content)
    elif content.startswith(b"%PDF"):
        yield from _from_pdf(name, content)
    else:
        with contextlib.suppress(ValueError):
            for number, text in enumerate(_strings(json.loads(content))):
                yield from unpacked(f"{name}[{number}]", text.encode("utf-8", "surrogatepass"))
    for number, match in enumerate(_BASE64.findall(content)):
        with contextlib.suppress(ValueError):
            yield from unpacked(f"{name}<{number}>", base64.b64decode(match))


def _unzipped(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield f"{name}!comment", archive.comment
        for member in archive.infolist():
            yield f"{name}!{member.filename}", member.filename.encode()
            yield from unpacked(f"{name}!{member.filename}", archive.read(member))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _from_pdf(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    reader = PdfReader(io.BytesIO(content))
    for number, page in enumerate(reader.pages, start=1):
        yield f"{name}!page {number}", page.extract_text().encode("utf-8", "surrogatepass")
    for number in range(1, reader.trailer["/Size"]):
        with contextlib.suppress(Exception):
            kept = reader.get_object(IndirectObject(number, 0, reader))
            yield f"{name}!object {number}", "\n".join(_pdf_words(kept)).encode()
            if isinstance(kept, StreamObject):
                yield f"{name}!stream {number}", kept.get_data()
    for attached, contents in reader.attachments.items():
        for part in contents:
            yield from unpacked(f"{name}!{attached}", part)


def _pdf_words(kept: Any) -> Iterator[str]:
    if isinstance(kept, dict):
        for value in kept.values():
            yield from _pdf_words(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from _pdf_words(value)
    elif not isinstance(kept, IndirectObject):
        yield str(kept)


def _traces_in(content: bytes, traces: Traces) -> set[str]:
    found = set()
    for text in _forms(content):
        found |= {word for word in traces.words if word in text}
        found |= {phone for phone in _DIGITS.findall(text) if phone in traces.phones}
        found |= {run for run in _HEX.findall(text) if _has_digest(run, traces.digests)}
    return found


def _has_digest(run: str, digests: frozenset[str]) -> bool:
    return any(run[start : start + 16] in digests for start in range(len(run) - 15))


def _forms(content: bytes) -> Iterator[str]:
    """Yield the text that the bytes may be, without case, marks, spaces and hyphens.

    Traces are of plain letters, so UTF-16 and UTF-32 show them when the zero bytes are gone.
    """
    yield from {bare(text) for text in set(_read(content.decode("utf-8", "ignore")))}
    if not content.isascii() or b"\0" in content:
        yield bare(content.replace(b"\0", b"").decode("latin-1"))


def _read(text: str) -> Iterator[str]:
    """Yield a text as it is, and without the escapes of HTML, addresses and JSON."""
    yield text
    plain = html.unescape(text)
    yield plain
    yield urllib.parse.unquote(plain)
    yield _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), plain)


def bare(text: str) -> str:
    """Return a text without case, marks, spaces and what divides numbers."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return _FILLING.sub("", plain.casefold())
