"""Tables among the attachments: of people, of calls, or with counts that nobody protected."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import NESTED, NestedTooDeepError, parsed_json
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.workbooks import sheet_tops
from balanstest_analysis.history.recognition.personal_data_screen import (
    has_addresses,
    telling_columns,
)
from balanstest_analysis.report.bundle.loose_rows import months_with_counts, rows_of_people
from balanstest_analysis.report.bundle.parts import kind_of_content

_DOCUMENTS_ONLY: Final = (
    "Attach documents, as PDF if need be; the tables of the report are in the bundle already."
)


def refuse_tables(path: Path, name: str, content: bytes) -> None:
    """Refuse a text or a workbook with rows of data, and a notebook.

    Args:
        path: of the file.
        name: under which it is attached.
        content: of the file.

    Raises:
        DataError: it has columns of such a table, addresses, or cells of a notebook.
    """
    match kind_of_content(content):
        case "text":
            _refuse_notebook(name, content)
            _refuse_rows(name, telling_columns(path), has_addresses=has_addresses(path))
        case "zip" if _is_workbook(content):
            sheets = list(sheet_tops(path).values())
            text = "\n".join("\t".join(map(_cell, row)) for rows in sheets for row in rows)
            if rows_of_people(text) or months_with_counts(text):
                raise DataError(f"`{name}` holds rows of data. {_DOCUMENTS_ONLY}")
            addresses = has_addresses(path, sheets)
            _refuse_rows(name, telling_columns(path, sheets), has_addresses=addresses)


def _is_workbook(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(member.startswith("xl/") for member in archive.namelist())


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _refuse_rows(name: str, columns: tuple[str, ...], *, has_addresses: bool) -> None:
    if columns:
        shown = ", ".join(f"`{column}`" for column in columns)
        raise DataError(f"`{name}` has the columns {shown}: rows of data. {_DOCUMENTS_ONLY}")
    if has_addresses:
        raise DataError(f"`{name}` holds addresses or numbers of people. {_DOCUMENTS_ONLY}")


def _refuse_notebook(name: str, content: bytes) -> None:
    try:
        found = parsed_json(content)
    except NestedTooDeepError:
        raise DataError(f"`{name}` holds {NESTED}, as no document does. Leave it out.") from None
    except ValueError:
        return
    if isinstance(found, dict) and "cells" in found:
        raise DataError(
            f"`{name}` is a notebook, and may hold counts that are too small to publish. Leave it "
            "out; the published result and notebook are in the bundle already."
        )
