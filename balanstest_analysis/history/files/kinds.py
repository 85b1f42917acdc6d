"""What a file is by its bytes: its name may say otherwise, and then the bytes decide."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import SpecialFileError, opened
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.foreign_kinds import foreign_kind

WORKBOOKS: Final = ("xlsx", "xlsb", "xls", "ods")
PACKED: Final = ("gz", "bz2", "xz", "zip")
TEXT_SUFFIXES: Final = (".csv", ".tsv", ".txt")
SUFFIXES: Final = {
    **dict.fromkeys(TEXT_SUFFIXES, "csv"),
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xlsb": "xlsb",
    ".xls": "xls",
    ".ods": "ods",
    ".parquet": "parquet",
    ".pq": "parquet",
    **{f".{kind}": kind for kind in PACKED},
}
NAMES: Final = {
    "csv": "text",
    "xlsx": "an Excel workbook (.xlsx)",
    "xlsb": "a binary Excel workbook (.xlsb)",
    "xls": "an old Excel workbook (.xls)",
    "ods": "an OpenDocument workbook (.ods)",
    "parquet": "Parquet",
    "gz": "a gzip file",
    "bz2": "a bzip2 file",
    "xz": "an xz file",
    "zip": "a zip file",
}
_STARTS: Final = (
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
)
_MARKUP: Final = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<table", "a web page (HTML)"),
    (b"<meta", "a web page (HTML)"),
    (b"<?xml", "XML"),
    (b"<workbook", "XML"),
)
_START_BYTES: Final = 512
_TAR_AT: Final = 257


def kind_of(file: Path) -> str:
    """Return what a file is: a kind that can be read, or a name for what it is instead.

    Kinds that can be read are ``"csv"`` (any text), ``"parquet"``, and those of `WORKBOOKS` and
    `PACKED`.

    Raises:
        DataError: it cannot be opened, or is no file but a pipe, a device or a socket.

    Examples:
        >>> kind_of(Path("data/sample/calls.csv"))
        'csv'
    """
    start = first_bytes(file)
    for mark, kind in _STARTS:
        if start.startswith(mark):
            return kind
    if start[_TAR_AT:].startswith(b"ustar"):
        return "a tar file"
    if foreign := foreign_kind(start):
        return foreign
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")) or start == b"PK":
        return _kind_of_zip(file)
    return _kind_of_text(start)


def named_kind(file: Path) -> str:
    """Return what a file is by its name: a kind that can be read, or empty.

    Examples:
        >>> named_kind(Path("calls.TXT")), named_kind(Path("calls.csv.gz")), named_kind(Path("a.b"))
        ('csv', 'gz', '')
    """
    return SUFFIXES.get(file.suffix.lower(), "")


def is_readable(kind: str) -> bool:
    """Return whether a kind of `kind_of` can be read."""
    return kind in NAMES


def refuse_kind(file: Path, kind: str, allowed: Collection[str] = ()) -> None:
    """Refuse a file that is of a kind that cannot be read.

    Args:
        file: to be named.
        kind: from `kind_of`.
        allowed: the kinds that will do; all that can be read unless stated.

    Raises:
        DataError: with what the bytes are.
    """
    if kind in (allowed or NAMES):
        return
    raise DataError(
        f"`{file.name}` is {NAMES.get(kind, kind)} by its bytes, which cannot be read. Save it as "
        "CSV (UTF-8), .xlsx or Parquet."
    )


def first_bytes(file: Path, number: int = _START_BYTES) -> bytes:
    """Return the first bytes of a file, without ever waiting for them.

    Raises:
        DataError: it cannot be opened, or is no file.
    """
    try:
        with opened(file) as content:
            return content.read(number)
    except SpecialFileError as error:
        message = f"`{file.name}` is {error.what}, not a file. Save what it gives as a file first."
        raise DataError(message) from None
    except OSError as error:
        if file.is_symlink() and not file.exists():
            message = f"`{file.name}` is a link to a file that is not there. Remove or mend it."
        else:
            message = f"`{file.name}` cannot be read: {error.strerror}."
        raise DataError(message) from None


def _kind_of_zip(file: Path) -> str:
    try:
        with opened(file) as content, zipfile.ZipFile(content) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()[:10_000]}
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return "a broken zip file or workbook"
    return _kind_by_members(names)


def _kind_by_members(names: Collection[str]) -> str:
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "a document or presentation of Office"
    if {"content.xml", "meta-inf/manifest.xml"} <= set(names):
        return "ods"
    return "xlsx" if "[content_types].xml" in names else "zip"


def _kind_of_text(start: bytes) -> str:
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, kind in _MARKUP:
        if plain.startswith(mark):
            return kind
    if plain.startswith((b'{"', b"[{", b"{\n", b"{\r\n")):
        return "JSON"
    return "csv"
