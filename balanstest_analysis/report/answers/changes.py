"""What differs between a form and its dossier: what was not touched stays as it is, to the byte."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from balanstest_analysis.dossier.statements import PLACEHOLDER, PLACEHOLDER_DATE
from balanstest_analysis.errors import DataError
from balanstest_analysis.report.answers.fields import Field, Value
from balanstest_analysis.report.answers.markdown_writer import markdown_of
from balanstest_analysis.report.answers.reading import Written
from balanstest_analysis.report.answers.rich_text import RichText, plain_words
from balanstest_analysis.report.answers.values import line_value, read_value, rich_value


@dataclass(frozen=True, kw_only=True)
class Change:
    """A place of the dossier that becomes another.

    Attributes:
        field: the place, with what it says now.
        value: what it will say; None takes it out of the dossier.
        lost_marks: whether bold or italic words became plain, for Markdown has no such marks.
    """

    field: Field
    value: Value
    lost_marks: bool = False

    def lines(self) -> Iterator[str]:
        """Yield the change as a difference of lines, its key first."""
        yield self.field.key
        before, after = _shown(self.field.value), _shown(self.value)
        for line in difflib.ndiff(before, after):
            if not line.startswith("?"):
                yield f"  {line}"


def _shown(value: Value) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value in (None, "") else str(value).strip().splitlines()


def changes_of(fields: Mapping[str, Field], written: Written) -> tuple[Change, ...]:
    """Return what a form changes in its dossier, in the order of the form.

    Args:
        fields: with what the dossier says now.
        written: in the form.

    Raises:
        DataError: something is no value of its kind.
    """
    found = (_change(field, written) for field in fields.values())
    return tuple(change for change in found if change is not None)


def _change(field: Field, written: Written) -> Change | None:
    if field.is_block:
        text = written.blocks[field.key]
        return None if text == rich_value(field) else text_change(field, text)
    if field.kind == "line":
        same = " ".join(written.lines[field.key].split()) == line_value(field)
        value: Value = field.value if same else read_value(field, written.lines[field.key])
    else:
        value = read_value(field, written.lines[field.key])
    return (
        None
        if value == field.value or (not value and field.value == "")
        else Change(field=field, value=value)
    )


def text_change(field: Field, text: RichText) -> Change:
    """Return the change of a place to a text."""
    if field.kind == "names":
        return Change(field=field, value=plain_words(text).splitlines())
    if field.kind == "prose":
        markdown, whole = markdown_of(text)
        return Change(field=field, value=markdown, lost_marks=not whole)
    return Change(field=field, value="\n\n".join(re.split(r"\n+", plain_words(text))))


def completed(changes: Sequence[Change], fields: Mapping[str, Field]) -> tuple[Change, ...]:
    """Return changes with what a table cannot do without, marked as still to be filled in.

    Args:
        changes: of one form.
        fields: of its dossier.

    Raises:
        DataError: a decision has no term, or a condition neither yes nor no.
    """
    after = {key: field.value for key, field in fields.items()}
    after |= {change.field.key: change.value for change in changes}
    tables = {key.rpartition(".")[0] for key in (change.field.key for change in changes)}
    done = {change.field.key: change for change in changes}
    for table in sorted(tables):
        within = {k: v for k, v in after.items() if k.rpartition(".")[0] == table}
        for key, value in _needed(table, within):
            done[key] = Change(field=fields[key], value=value)
    return tuple(done[key] for key in fields if key in done)


def _needed(table: str, within: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    empty = not any(value not in (None, "", [], False) for value in within.values())
    if table == "decision" or table.startswith("conditions."):
        first = f"{table}.{'term_months' if table == 'decision' else 'met'}"
        if empty and within[first] is None:
            yield from ((key, None) for key in within)
        elif within[first] is None:
            raise DataError(
                f"The Word file says something of `{table}`, and leaves `{first}` empty. "
                "Fill it in there, or take the rest out."
            )
        else:
            yield from _placeholders(within)
    if table.startswith("criteria["):
        yield from _placeholders(within)


def _placeholders(within: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    for key, value in within.items():
        if value in (None, "") and key.endswith((".decided_by", ".reason", ".explanation")):
            yield key, PLACEHOLDER
        elif value is None and key.endswith(".decided_on"):
            yield key, PLACEHOLDER_DATE
