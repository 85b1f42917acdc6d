"""The columns of the tables, from sources/columns.py."""

from __future__ import annotations

from balanstest_analysis.history.columns.columns import TABLES, Column
from tools.reference.explanations import explanations, refuse_gaps
from tools.reference.markdown import choices, code, page, table

INTRODUCTION = """Names can differ in your export: `columns` and `values` in the dossier translate
them. Columns that are not listed here are ignored, unless you map one that looks like a name,
address or telephone number: that is refused."""
KINDS = {
    "key": "key of a customer, as text",
    "text": "text",
    "flag": "truth value",
    "code": "one of",
    "moment": "date and time",
    "day": "date",
    "amount": "amount in euro",
    "count": "whole number",
}


def tables_page() -> str:
    """Return the page with every table and column."""
    told = explanations("tables")
    refuse_gaps("tools/reference/tables.toml", TABLES, told)
    sections = [
        part for name, columns in TABLES.items() for part in _section(name, columns, told[name])
    ]
    return page("Tables", INTRODUCTION, *sections)


def _section(name: str, columns: tuple[Column, ...], told: dict[str, str]) -> list[str]:
    refuse_gaps(
        f"tools/reference/tables.toml [{name}]", ["table", *(c.name for c in columns)], told
    )
    rows = [
        [code(column.name), _kind(column), _needed(column), told[column.name]] for column in columns
    ]
    header = ["column", "holds", "needed", "meaning"]
    return [f"## {name}", told["table"], table(header, rows)]


def _kind(column: Column) -> str:
    kind = KINDS[column.kind]
    return f"{kind} {choices(column.codes)}" if column.codes else kind


def _needed(column: Column) -> str:
    if column.required:
        return "required"
    if not column.read:
        return "optional, not used yet"
    return "optional, no empty cells" if column.filled else "optional"
