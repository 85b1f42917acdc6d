"""Text of a file in every form in which it can be read: unescaped, without tags, decoded."""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

_MARKS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL: Final = 0.002
_LOOKED_AT: Final = 1 << 20
_SHORTEST_RUN: Final = 24  # shorter ones stand in any picture by chance
_RUN: Final = re.compile(rb"[\x20-\x7e\t\r\n]{%d,}" % _SHORTEST_RUN)
_BASE64: Final = re.compile(
    r"(?:[A-Za-z0-9+/_-]{40,}+\r?\n[ \t]*)+[A-Za-z0-9+/_-]*={0,2}|[A-Za-z0-9+/_-]{60,}+={0,2}"
)
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){40,}")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\'([0-9a-fA-F]{2})")
_QUOTED: Final = re.compile(r"=([0-9A-F]{2})")
_BLOCK_END: Final = re.compile(
    r"(?i)</(?:\w+:)?(?:p|h|h\d|tr|row|table-row|li|div|si|title)\s*>|<(?:\w+:)?br\b[^<>]*>"
)
_CELL_END: Final = re.compile(
    r"(?i)(?:</(?:\w+:)?(?:p|div)\s*>\s*)?</(?:\w+:)?(?:tc|td|th|table-cell|c)\s*>"
)
_TAG: Final = re.compile(r"<[^<>]{0,5000}>")
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")


def text_of(content: bytes) -> str | None:
    """Return the text of a file, or None of one that is no text.

    Examples:
        >>> text_of(b"een tekst"), text_of("een".encode("utf-16")), text_of(bytes(range(32)))
        ('een tekst', 'een', None)
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if not encoding and b"\0" in content[:_LOOKED_AT]:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    for name in (encoding,) if encoding else ("utf-8", "cp1252", "latin-1"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        looked = text[:_LOOKED_AT]
        if len(_CONTROL.findall(looked)) <= _MOST_CONTROL * len(looked):
            return text
    return None


def printable(content: bytes) -> str:
    """Return what can be read in a file that is no text, such as a picture, also in UTF-16.

    Args:
        content: of the file.
    """
    narrow = b"\n".join(_RUN.findall(content))
    wide = b"\n".join(_RUN.findall(content.replace(b"\0", b""))) if b"\0" in content else b""
    return (narrow + b"\n" + wide).decode("ascii")


def forms(text: str) -> Iterator[str]:
    """Yield a text as it is, and without escapes and tags where it has any.

    Args:
        text: of a file or of a part of one.
    """
    plain = _tidy(text)
    yield plain
    unescaped = plain
    for _ in range(2):
        unescaped = _unescaped(unescaped)
    if unescaped != plain:
        yield unescaped
    if "<" in unescaped:
        yield without_tags(unescaped)
        yield _TAG.sub(" ", unescaped)


def without_tags(text: str) -> str:
    r"""Return marked-up text as lines, with a tab between cells and nothing within a word.

    Examples:
        >>> without_tags("<p>een <b>wo</b>ord</p><p>en nog een</p>")
        'een woord\nen nog een\n'
    """
    return _TAG.sub("", _BLOCK_END.sub("\n", _CELL_END.sub("\t", text)))


def decoded_runs(text: str) -> Iterator[bytes]:
    """Yield what long runs of base64 and of hexadecimal digits in a text stand for.

    Args:
        text: as it is.
    """
    for run in _BASE64.findall(text):
        letters = re.sub(r"\s+", "", run).replace("-", "+").replace("_", "/").rstrip("=")
        try:
            yield base64.b64decode(letters[: len(letters) // 4 * 4])
        except binascii.Error:
            continue
    for run in _HEX.findall(text):
        yield bytes.fromhex(run)


def _tidy(text: str) -> str:
    whole = unicodedata.normalize("NFKC", text)
    return _DASHES.sub("-", _INVISIBLE.sub("", whole))


def _unescaped(text: str) -> str:
    if "=\n" in text or "=\r\n" in text:
        text = _QUOTED.sub(_letter, re.sub(r"=\r?\n", "", text))
    if "\\" in text:
        text = _ESCAPE.sub(_letter, text).replace('\\"', '"').replace("\\n", "\n")
    if "&" in text:
        text = html.unescape(text)
    return unquote(text) if "%" in text else text


def _letter(match: re.Match[str]) -> str:
    return chr(int(next(group for group in match.groups() if group), 16))
