"""The annexes that somebody adds, and what may not leave the house among them."""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

from balanstest_analysis.document.opening import (
    NESTED,
    NestedTooDeepError,
    content_of,
    opened,
    parsed_json,
    real_path,
)
from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.history.files.workbooks import sheet_tops
from balanstest_analysis.history.recognition.personal_data_screen import (
    has_addresses,
    telling_columns,
)
from balanstest_analysis.history.secret import KEY_FILE, SECRET_VARIABLE

_BYTES_AT_MOST = 500_000_000
_SECRET = re.compile(rb"[0-9a-f]{64}\s*")
_UNFIT_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]$')
_DATA_STARTS = (b"PAR1", b"SQLite format 3\x00", b"ARROW1", b"Obj\x01", b"ORC")
_PACKED_STARTS = (
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\xfd7zXZ\x00",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
)
_DOCUMENTS_ONLY = (
    "Attach documents, as PDF if need be; the tables of the report are in the bundle already."
)


def read_attachments(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return the annexes by name.

    Args:
        paths: files, such as the DPIA.

    Raises:
        UsageError: a file is not there, is no file, has no usable name, or two have one name.
        DataError: a file holds the secret, rows about people or an internal result.
    """
    found: dict[str, bytes] = {}
    for path in paths:
        name = unicodedata.normalize("NFC", path.name)
        if name.casefold() in map(str.casefold, found):
            raise UsageError(f"Two attachments are named `{name}`. Give one of them another name.")
        found[name] = _read(path, name)
    return found


def _read(path: Path, name: str) -> bytes:
    if not path.exists():
        raise UsageError(f"There is no file `{path}` to attach. Correct the path.")
    if not path.is_file():
        raise UsageError(f"`{path}` is no file. Attach the files in it one by one.")
    if _UNFIT_NAME.search(name):
        raise UsageError("A name of an attachment has characters that not every system can write.")
    try:
        content = content_of(path, _BYTES_AT_MOST)
    except OSError as error:
        raise UsageError(f"`{name}` cannot be read: {error.strerror}.") from None
    _refuse_secret(path, name, content)
    _refuse_data(path, name, content)
    return content


def _refuse_secret(path: Path, name: str, content: bytes) -> None:
    stated = os.environ.get(SECRET_VARIABLE, "").strip().encode()
    named = any(file.startswith(KEY_FILE) for file in (name, real_path(path).name))
    if named or _SECRET.fullmatch(content) or (stated and content.strip() == stated):
        raise DataError(
            f"`{name}` is the secret key of the dossier, which never leaves the organisation. "
            "Leave it out."
        )


def _refuse_data(path: Path, name: str, content: bytes) -> None:
    if not content:
        raise UsageError(f"`{name}` is empty. Attach the document itself.")
    if content.startswith(_DATA_STARTS) or content[8:12] == b"DUCK":
        raise DataError(f"`{name}` is a file with data. {_DOCUMENTS_ONLY}")
    if content.startswith(_PACKED_STARTS):
        raise DataError(f"`{name}` is an archive, in which nothing can be checked. Unpack it.")
    if content.startswith(b"PK"):
        _refuse_packed_data(path, name)
    elif not content.startswith(b"%PDF"):
        _refuse_internal_result(name, content)
        _refuse_rows(name, telling_columns(path), has_addresses=has_addresses(path))


def _refuse_packed_data(path: Path, name: str) -> None:
    """Documents of an office are zips too; only their spreadsheets hold tables."""
    members = _members(path)
    if any(member.startswith("xl/") for member in members):
        sheets = list(sheet_tops(path).values())
        addresses = has_addresses(path, sheets)
        _refuse_rows(name, telling_columns(path, sheets), has_addresses=addresses)
    elif not members & {"[Content_Types].xml", "mimetype"}:
        raise DataError(f"`{name}` is an archive, in which nothing can be checked. Unpack it.")


def _members(path: Path) -> set[str]:
    try:
        with opened(path) as content, zipfile.ZipFile(content) as archive:
            return set(archive.namelist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return set()


def _refuse_rows(name: str, columns: tuple[str, ...], *, has_addresses: bool) -> None:
    if columns:
        shown = ", ".join(f"`{column}`" for column in columns)
        raise DataError(f"`{name}` has the columns {shown}: rows of data. {_DOCUMENTS_ONLY}")
    if has_addresses:
        raise DataError(f"`{name}` holds addresses or numbers of people. {_DOCUMENTS_ONLY}")


def _refuse_internal_result(name: str, content: bytes) -> None:
    try:
        found = parsed_json(content)
    except NestedTooDeepError:
        raise DataError(f"`{name}` holds {NESTED}, as no document does. Leave it out.") from None
    except ValueError:
        return
    if isinstance(found, dict) and (found.get("audience") == "internal" or "cells" in found):
        raise DataError(
            f"`{name}` may hold counts that are too small to publish. Leave it out; the published "
            "result and notebook are in the bundle already."
        )
