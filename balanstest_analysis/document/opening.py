"""Opening what others wrote: plain files only, up to a bound, without ever waiting for anyone.

A pipe or a device may never end, a file can be larger than the memory, and JSON can be nested
deeper than any reader goes. Whatever this package reads that it did not bring along passes through
here; what cannot be read is an `OSError` whose `strerror` ends the sentence "it cannot be read".
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Final, TextIO

from balanstest_analysis.document.operating_system import NOT_WAITED_FOR

JSON_BYTES: Final = 100_000_000
NOTEBOOK_BYTES: Final = 200_000_000
WORKBOOK_BYTES: Final = 1_000_000_000
_DEEPEST: Final = 100
NESTED: Final = f"values nested more than {_DEEPEST} deep"
_BLOCK: Final = 1 << 20
_SPECIAL: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class SpecialFileError(OSError):
    """A pipe, a device or a socket, of which nobody knows whether it ever ends.

    Attributes:
        what: it is, such as ``"a pipe"``.
    """

    def __init__(self, what: str) -> None:
        super().__init__(errno.EINVAL, f"it is {what}, not a file")
        self.what = what


class TooLargeError(OSError):
    """A file that is larger than anything of its kind."""

    def __init__(self, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {most / 1e6:,.0f} MB")


class NestedTooDeepError(ValueError):
    """JSON with values within values, deeper than any of ours."""

    def __init__(self) -> None:
        super().__init__(NESTED)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Yield the bytes of a plain file.

    Raises:
        SpecialFileError: it is a pipe, a device or a socket, or a link to one.
        OSError: it is a folder, is not there or may not be read.
    """
    with open(path, "rb", opener=_plain) as content:
        yield content


@contextmanager
def opened_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """Yield the text of a plain file, with its line ends as they are.

    Raises:
        OSError: as `opened`.
    """
    with opened(path) as content, TextIOWrapper(content, encoding=encoding, newline="") as text:
        yield text


def _plain(path: str, flags: int) -> int:
    """Open a file for `open`; it is looked at before, for opening can be noticed, and after."""
    _refuse_special(Path(path).stat().st_mode)
    descriptor = os.open(path, flags | NOT_WAITED_FOR)
    try:
        _refuse_special(os.fstat(descriptor).st_mode)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _refuse_special(mode: int) -> None:
    for test, what in _SPECIAL:
        if test(mode):
            raise SpecialFileError(what)


def real_path(path: str | Path) -> Path:
    """Return where a path leads in the end; one that leads to itself leads nowhere else."""
    return Path(os.path.realpath(path))


def content_of(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file.

    Args:
        path: the file.
        most: bytes that such a file may have.

    Raises:
        TooLargeError: it has more.
        OSError: as `opened`.

    Examples:
        >>> content_of(Path("data/sample/balanstest.toml"), 10)
        Traceback (most recent call last):
            ...
        balanstest_analysis.document.opening.TooLargeError: [Errno 27] it is larger than 0 MB
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise TooLargeError(most)
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(most)
    return content


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield a plain file in blocks, as far as it went when it was opened: it may be growing.

    Raises:
        OSError: as `opened`.
    """
    with opened(path) as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block


def read_json(path: Path, most: int = JSON_BYTES) -> object:
    """Return what a JSON file holds.

    Args:
        path: the file, in UTF-8.
        most: bytes that such a file may have.

    Raises:
        ValueError: it is no JSON, or nested deeper than any of ours.
        OSError: as `content_of`.
    """
    return parsed_json(content_of(path, most))


def parsed_json(text: str | bytes) -> object:
    """Return what JSON says, when it is not nested deeper than any of ours.

    Raises:
        NestedTooDeepError: it is.
        ValueError: it is no JSON in UTF-8.

    Examples:
        >>> parsed_json('{"a": [1]}')
        {'a': [1]}
        >>> parsed_json("[" * 10_000 + "]" * 10_000)
        Traceback (most recent call last):
            ...
        balanstest_analysis.document.opening.NestedTooDeepError: values nested more than 100 deep
    """
    try:
        content = json.loads(text if isinstance(text, str) else text.decode("utf-8"))
    except RecursionError:
        raise NestedTooDeepError from None
    level = [content]
    for _ in range(_DEEPEST):
        level = [inside for value in level for inside in _inside(value)]
        if not level:
            return content
    raise NestedTooDeepError


def _inside(value: object) -> list[object]:
    """Return the values in a list or an object that can hold values themselves."""
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list):
        inside = value
    else:
        return []
    return [one for one in inside if isinstance(one, dict | list)]
