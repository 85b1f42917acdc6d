"""Whether the rows of a table can be taken as they stand, and which is the first that cannot.

Every check is a total computed by the engine; one example row number and its value come out, and
never a value that belongs to a person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.casts import Cast, cast, cast_codes, text_of, tidy
from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.day_numbers import Span, day_number, span_of
from balanstest_analysis.history.columns.empty_words import EPOCH, says_empty
from balanstest_analysis.history.columns.key_forms import key_value
from balanstest_analysis.history.columns.privacy import (
    is_plain_key,
    looks_personal,
    refuse_personal_values,
)
from balanstest_analysis.history.engines.engine import Engine, all_totals_of, numbers_of, totals_of
from balanstest_analysis.history.sources.cell_messages import about_cell
from balanstest_analysis.history.sources.part_notations import read_moment
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import marked_rows

_ENDS: Final = ("first_day", "last_day")


def typed(part: Part, stored: ir.Table, column: Column) -> Cast:
    """Return a stored column as typed values, with the codes of the dossier."""
    codes = part.request.codes.get(column.name)
    raw = stored[column.name]
    if codes is not None:
        return cast_codes(raw, codes)
    if column.kind == "key":
        key = key_value(raw, part.keys)
        return Cast(value=key, wrong=key.isnull())
    words = part.request.words.get(column.name, {})
    return cast(raw, column, part.notation(column), words, read_moment(stored, column.name))


def late(value: ir.Column, through: dt.date) -> ir.BooleanValue:
    """Return where a day or moment is later than the last day of the history."""
    day = value.date() if value.type().is_timestamp() else value
    return (day > ibis.date(through.isoformat())).fill_null(False)


def tally(
    engine: Engine, parts: Sequence[Part], through: dt.date
) -> tuple[Counter[str], Span | None]:
    """Return totals over the parts: ``rows``, and per column what is wrong, late or hit.

    The keys are ``wrong.<column>``, ``late.<column>``, ``untidy.<column>`` (text with spaces
    around it), ``personal.<column>`` and, for a flag that is made from codes, ``hits.<column>``.
    ``words.<column>`` counts cells that say that they are empty, such as NULL, ``no_day.<column>``
    days that stand for none, and ``epoch.<column>`` first days of 1970 where a day is needed.
    ``unmapped.<column of the file>`` counts codes of a dialler that the dossier maps to nothing,
    and ``filled.<column>`` cells that hold something where they need not.

    Returns:
        The totals, and the first and last day of the rows that are not late.
    """
    totals, days = Counter[str](), list[int]()
    for part in parts:
        questions = [part.stored.aggregate(**_totals(part, through))]
        questions += [_about_texts(part, c) for c in part.columns if _holds_words(c)]
        found = all_totals_of(engine, questions)
        odd = [c for c in part.columns if found.get(f"odd.{c.name}")]
        if odd:
            found |= totals_of(engine, part.stored.aggregate(**_closer_look(part, odd)))
        days += [found.pop(end, 0) for end in _ENDS]
        totals.update(found)
    return totals, span_of(days)


def _holds_words(column: Column) -> bool:
    """Return whether a column holds few different texts, so that each is looked at once."""
    return column.kind in {"text", "code"} and column.name != "call_id"


def _totals(part: Part, through: dt.date) -> dict[str, ir.IntegerScalar]:
    totals: dict[str, ir.IntegerScalar] = {"rows": part.stored.count()}
    for column in part.columns:
        stored = part.stored[column.name]
        if column.name == "call_id":
            totals[f"odd.{column.name}"] = part.stored.count(where=~is_plain_key(stored))
        if column.kind == "key" or _holds_words(column):
            continue
        values = typed(part, part.stored, column)
        totals[f"wrong.{column.name}"] = part.stored.count(where=values.wrong)
        if not column.filled:
            totals[f"filled.{column.name}"] = part.stored.count(where=values.value.notnull())
        totals |= _read_as_empty(part, column, values)
        if column.dated:
            is_late = late(values.value, through)
            totals[f"late.{column.name}"] = part.stored.count(where=is_late)
            if column.required:
                totals |= _ends(values.value, ~is_late)
        if column.name in part.request.codes:
            totals[f"hits.{column.name}"] = part.stored.count(where=values.value)
            totals[f"personal.{column.name}"] = _personal(part, column)
    return totals | _unmapped(part)


def _ends(day: ir.Column, where: ir.BooleanValue) -> dict[str, ir.IntegerScalar]:
    number = day_number(day)
    return dict(zip(_ENDS, (number.min(where=where), number.max(where=where)), strict=True))


def _read_as_empty(part: Part, column: Column, values: Cast) -> dict[str, ir.IntegerScalar]:
    """Return how many cells say that they are empty, or hold a day that stands for none."""
    stored, totals = part.stored[column.name], dict[str, ir.IntegerScalar]()
    if values.no_day is not None:
        totals[f"no_day.{column.name}"] = part.stored.count(where=values.no_day)
    elif column.kind == "day":
        epoch = (values.value == ibis.date(EPOCH.isoformat())).fill_null(False)
        totals[f"epoch.{column.name}"] = part.stored.count(where=epoch)
    if stored.type().is_string() and not column.filled and column.name != "call_id":
        empty = says_empty(text_of(stored), column)
        totals[f"words.{column.name}"] = part.stored.count(where=empty)
    return totals


def _about_texts(part: Part, column: Column) -> ir.Table:
    """Return the totals of a column from its different texts."""
    rows = part.cells.select(column.name)
    texts = rows.group_by(column.name).agg(cells=rows.count())
    text = texts[column.name]
    values = typed(part, texts, column)
    filled = values.value.notnull()
    marks = {"wrong": values.wrong, "filled": filled, "untidy": ~tidy(text, column)}
    if column.kind == "text":
        marks["personal"] = looks_personal(text_of(text))
    if text.type().is_string() and not column.filled:
        marks["words"] = says_empty(text_of(text), column)
    return texts.aggregate(
        **{f"{name}.{column.name}": texts.cells.sum(where=mark) for name, mark in marks.items()}
    )


def _closer_look(part: Part, odd: Sequence[Column]) -> dict[str, ir.IntegerScalar]:
    """Return the totals of columns of which some cells are not plain: few are, and it is slow."""
    totals: dict[str, ir.IntegerScalar] = {}
    for column in odd:
        totals[f"personal.{column.name}"] = _personal(part, column)
        if column.kind == "text":
            stored = part.stored[column.name]
            wrong = typed(part, part.stored, column).wrong
            totals[f"wrong.{column.name}"] = part.stored.count(where=wrong)
            totals[f"untidy.{column.name}"] = part.stored.count(where=~tidy(stored, column))
    return totals


def _personal(part: Part, column: Column) -> ir.IntegerScalar:
    return part.stored.count(where=looks_personal(text_of(part.stored[column.name])))


def _unmapped(part: Part) -> dict[str, ir.IntegerScalar]:
    request, totals = part.request, {}
    for dialler in request.diallers:
        code = text_of(part.stored[request.flags_of(dialler)[0]])
        known = code.isin(request.known_codes(dialler)).fill_null(False)
        totals[f"unmapped.{dialler}"] = part.stored.count(where=~known)
    return totals


def unmapped_codes(engine: Engine, parts: Sequence[Part], dialler: str) -> Counter[str]:
    """Return how often each code occurs that the dossier maps to nothing; empty cells as ``""``."""
    found: Counter[str] = Counter()
    for part in parts:
        code = text_of(part.cells[part.request.flags_of(dialler)[0]])
        rows = part.cells.select(code=code.fill_null(""))
        rows = rows.filter(~rows.code.isin(part.request.known_codes(dialler)))
        counted = rows.group_by("code").agg(number=rows.count())
        found.update(numbers_of(engine, counted))
    return found


def refuse_personal(parts: Sequence[Part], totals: Counter[str]) -> None:
    """Refuse keys and texts among which are e-mail addresses, telephone numbers or accounts.

    Raises:
        DataError: one sentence per column.
    """
    problems = Problems()
    for column in parts[0].columns:
        with problems.gathered():
            count = totals[f"personal.{column.name}"]
            refuse_personal_values(parts[0].request, column.name, count, parts[0].name)
    problems.refuse()


def refuse_wrong(engine: Engine, parts: Sequence[Part], totals: Counter[str]) -> None:
    """Refuse a table with cells that cannot be accepted, naming the first in every column.

    Raises:
        DataError: one sentence per column.
    """
    wrong = [column for column in parts[0].columns if totals[f"wrong.{column.name}"]]
    sentences = [_wrong(engine, parts, c, totals[f"wrong.{c.name}"]) for c in wrong]
    if sentences:
        raise DataError("\n".join(sentences))


def refuse_late(
    engine: Engine, parts: Sequence[Part], totals: Counter[str], through: dt.date
) -> None:
    """Refuse a table with days later than the last day of the history.

    Raises:
        DataError: with the first such row, and some others.
    """
    problems = Problems()
    for column in parts[0].columns:
        if count := totals[f"late.{column.name}"]:
            mark = partial(_late_cells, column=column, through=through)
            found = marked_rows(engine, parts, mark, count)
            problems.add(
                f"{found.where}: {parts[0].request.label(column.name)} is {found.value[:10]}, "
                f"later than `data_through` {through}. Correct the export or the dossier; with "
                f"`--quarter` such rows are left out.{found.others}"
            )
    problems.refuse()


def refuse_codes_that_never_occur(parts: Sequence[Part], totals: Counter[str]) -> None:
    """Refuse codes for a flag of which not one occurs: a slip that would count as zero.

    Raises:
        DataError: with the codes of the dossier.
    """
    request = parts[0].request
    problems = Problems()
    for name, codes in request.codes.items():
        if totals["rows"] and not totals[f"hits.{name}"]:
            problems.add(
                f"`{parts[0].name}`: {request.label(name)} never holds any of the codes "
                f"{', '.join(map(repr, codes))}. Correct `[data.{request.table}.values]`."
            )
    problems.refuse()


def _wrong(engine: Engine, parts: Sequence[Part], column: Column, count: int) -> str:
    request = parts[0].request
    found = marked_rows(engine, parts, partial(_wrong_cells, column=column), count)
    about = about_cell(request.table, column, parts[0].notation(column), found.value)
    return f"{found.where}: {request.label(column.name)} {about}{found.others}"


def _wrong_cells(part: Part, stored: ir.Table, column: Column) -> tuple[ir.BooleanValue, ir.Column]:
    shown = ibis.literal("") if column.kind == "key" else stored[column.name]
    return typed(part, stored, column).wrong, shown


def _late_cells(
    part: Part, stored: ir.Table, column: Column, through: dt.date
) -> tuple[ir.BooleanValue, ir.Column]:
    value = typed(part, stored, column).value
    return late(value, through), value
