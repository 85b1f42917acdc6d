"""Whether the keys of a table tell customers apart: a closer look at those that are not plain.

It is about the different keys, of which there are fewer than rows, and gives counts only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import ibis
import ibis.expr.types as ir

from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.key_forms import TAKEN_OFF, KeyReading, key_text, tidied
from balanstest_analysis.history.columns.key_numbers import (
    LONGEST,
    is_cut,
    is_rounded,
    is_scientific,
)
from balanstest_analysis.history.columns.placeholder_keys import PLACEHOLDER_KINDS, kinds_told
from balanstest_analysis.history.engines.engine import Engine, rows_of, totals_of
from balanstest_analysis.history.sources.key_evidence import evidence_of_keys, numbers_of_codes
from balanstest_analysis.history.sources.keys_seen import KEY, KeysSeen, marked_keys, sums_of_keys
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import marked_rows

MOST = 0.9
_MOST_LISTED = 200
# Of 20 ordinary keys more than half pass the eleven test once in ten million columns.
_MANY_NUMBERS, _MORE_THAN_CHANCE = 20, 0.5
_FEWEST_CUT, _FEWEST_NUMBERS, _FEWEST_STARTS = 10, 8, 6
_ADVICE = "Export the column as text"
# Of more rows a part of the customers tells how many of all are numbers of persons: what is seen in
# one of 16 differs from that by a tenth of the keys less than once in a billion columns.
_MANY_ROWS, _ONE_IN, _FEWEST_SEEN, _CHANCE = 100_000, 16, 1_000, 0.1
Evidence = tuple[Mapping[str, int], ...]


def need_a_look(engine: Engine, parts: Sequence[Part]) -> bool:
    """Return whether the keys of a table must be looked at one by one, with `with_keys_read`.

    Args:
        engine: where they are read.
        parts: of one table.
    """
    seen = [part.keys_seen or _seen(engine, part) for part in parts]
    if any(one.odd for one in seen):
        return True
    pairs = zip(parts, seen, strict=True)
    return any(one.numbered and _may_be_persons(engine, part, one) for part, one in pairs)


def _seen(engine: Engine, part: Part) -> KeysSeen:
    rows = marked_keys(part.cells)
    return KeysSeen(**totals_of(engine, rows.aggregate(**sums_of_keys(rows))))


def _may_be_persons(engine: Engine, part: Part, seen: KeysSeen) -> bool:
    """Return whether codes would be refused as numbers of persons, or that is not clear."""
    if seen.rows >= _MANY_ROWS and not seen.padded:
        counts = totals_of(engine, numbers_of_codes(part, one_in=_ONE_IN))
        keys = counts["keys"]
        few = counts["citizen"] < (_MORE_THAN_CHANCE - _CHANCE) * keys
        if keys >= _FEWEST_SEEN and few and counts["phones"] < (MOST - _CHANCE) * keys:
            return False
    return _are_persons(totals_of(engine, numbers_of_codes(part)))


def with_keys_read(
    engine: Engine, parts: Sequence[Part]
) -> tuple[tuple[Part, ...], Counter[str], Evidence]:
    """Return the parts with how their keys are read, what is wrong with those, and the evidence.

    Args:
        engine: where they are read.
        parts: of one table, with keys that are not plain.

    Returns:
        The parts without the rows of nobody; the totals ``wrong.customer_id`` and
        ``personal.customer_id``; and for each part the counts for `refuse_keys`.
    """
    found = tuple(totals_of(engine, evidence_of_keys(part)) for part in parts)
    all_whole = not sum(counts["fraction"] for counts in found)
    totals = Counter[str]()
    for counts in found:
        totals.update({f"{name}.{KEY}": counts[name] for name in ("wrong", "personal")})
    pairs = zip(parts, found, strict=True)
    read = tuple(_read(engine, part, counts, all_whole=all_whole) for part, counts in pairs)
    return read, totals, found


def _read(engine: Engine, part: Part, counts: Mapping[str, int], *, all_whole: bool) -> Part:
    off = {name: counts[f"off.{name}"] for name in TAKEN_OFF if counts[f"off.{name}"]}
    if part.stored[KEY].type().is_floating():
        off = {"decimals": counts["rows"]}
    if not all_whole:
        off.pop("decimals", None)
    nobody = {n: counts[f"nobody.{n}"] for n in PLACEHOLDER_KINDS if counts[f"nobody.{n}"]}
    reading = KeyReading(
        is_plain=not (off or nobody or counts["wrong"] or counts["spaced"]),
        without_decimals=all_whole,
        taken_off=off,
        nobody=nobody,
    )
    read = replace(part, keys=reading)
    read = replace(read, keys=replace(reading, nobodies=_nobodies(engine, read)))
    plain = None if part.plain is None else part.plain.filter(read.is_somebody(part.plain))
    return replace(read, stored=part.stored.filter(read.is_somebody(part.stored)), plain=plain)


def _nobodies(engine: Engine, part: Part) -> tuple[object, ...] | None:
    """Return the keys that stand for nobody, as stored; None where they are too many to list."""
    raw = part.cells[KEY]
    if not part.keys.nobody or raw.type().is_floating():
        return None
    rows = part.cells.select(**{KEY: raw}).distinct()
    found = rows_of(engine, rows.filter(~part.is_somebody(rows)).limit(_MOST_LISTED + 1))
    return (
        None
        if len(found) > _MOST_LISTED
        else tuple(row[KEY] for row in found if row[KEY] is not None)
    )


def refuse_keys(engine: Engine, parts: Sequence[Part], found: Sequence[Mapping[str, int]]) -> None:
    """Refuse keys that stand for many customers each, for nobody, or that are a person's number.

    Args:
        engine: where they are read.
        parts: of one table.
        found: the evidence of `with_keys_read`; empty where every key is plain.

    Raises:
        DataError: one sentence per defect.
    """
    problems = Problems()
    for part, counts in zip(parts, found, strict=bool(found)):
        with problems.gathered():
            _refuse_lost_digits(engine, part, counts)
        with problems.gathered():
            _refuse_numbers_of_persons(part, counts)
    nobody = Counter[str]()
    for part in parts:
        nobody.update(part.keys.nobody)
    if nobody and sum(counts["rows"] for counts in found) == sum(nobody.values()):
        problems.add(
            f"`{parts[0].name}`: {parts[0].request.label(KEY)} stands for nobody in every row: "
            f"{kinds_told(nobody)} Map the column with the number of the customer."
        )
    problems.refuse()


def _refuse_lost_digits(engine: Engine, part: Part, counts: Mapping[str, int]) -> None:
    perhaps = not counts["lettered"]
    scientific = counts["like_scientific" if perhaps else "scientific"]
    if scientific:
        mark = partial(is_scientific, perhaps=perhaps)
        _refuse(engine, part, scientific, mark, _scientific(part))
    if counts["endless"]:
        some = counts["endless"] > 1
        cells = f"{counts['endless']} cell{'s' if some else ''} of more than {LONGEST} characters"
        raise DataError(
            f"`{part.name}`: {part.request.label(KEY)} has {cells}, which "
            f"{'are no keys' if some else 'is no key'}. Look for a quote that is missing."
        )
    if counts["rounded"]:
        reason = "has more digits than a number with decimals keeps"
        _refuse(engine, part, counts["rounded"], is_rounded, reason)
    if counts["cut"] >= max(_FEWEST_CUT, MOST * counts["long"]):
        reason = "has zeros only after its first 15 digits: Excel kept only 15 digits"
        _refuse(engine, part, counts["cut"], is_cut, reason)
    if counts["fraction"] and part.stored[KEY].type().is_floating():
        raise DataError(
            f"`{part.name}`: {part.request.label(KEY)} is stored as numbers with decimals, of "
            f"which {counts['fraction']} are not whole. Map the column with the customer, or "
            "export it as text."
        )


def _scientific(part: Part) -> str:
    if part.stored[KEY].type().is_floating():
        return "has more digits than a number with decimals keeps"
    return "is in scientific notation, such as 8.7E+11: Excel kept only the first few digits"


Mark = Callable[[ir.StringValue], ir.BooleanValue]


def _refuse(engine: Engine, part: Part, count: int, mark: Mark, reason: str) -> None:
    def cells(part: Part, stored: ir.Table) -> tuple[ir.BooleanValue, ir.Column]:
        return mark(tidied(key_text(stored[KEY]))), ibis.literal("")

    found = marked_rows(engine, (part,), cells, count)
    raise DataError(
        f"{found.where}: {part.request.label(KEY)} {reason}, so that many customers became one. "
        f"{_ADVICE}, with all its digits.{found.others}"
    )


def are_numbers_of_persons(engine: Engine, part: Part) -> bool:
    """Return whether the keys of a part would be refused as citizen or telephone numbers.

    Args:
        engine: where they are read.
        part: with its keys as they are stored.
    """
    if not need_a_look(engine, (part,)):
        return False
    return _are_persons(totals_of(engine, evidence_of_keys(part)))


def _are_persons(counts: Mapping[str, int]) -> bool:
    return _are_citizens(counts) or _telephones(counts) > 0


def _are_citizens(counts: Mapping[str, int]) -> bool:
    keys = counts["keys"]
    share = MOST if keys < _MANY_NUMBERS else _MORE_THAN_CHANCE
    return keys >= _FEWEST_NUMBERS and counts["citizen"] > share * keys


def _refuse_numbers_of_persons(part: Part, counts: Mapping[str, int]) -> None:
    """Refuse a column of which far more keys are numbers of persons than would be by chance."""
    keys = counts["keys"]
    cell = f"`{part.name}`: {part.request.label(KEY)}"
    remedy = "Replace it by a number of your own, or map another column."
    if _are_citizens(counts):
        raise DataError(
            f"{cell} looks like the citizen service number (BSN) of people: {counts['citizen']} "
            f"of {keys} keys pass its test, where 1 in 11 would by chance. {remedy}"
        )
    phones = _telephones(counts)
    if phones and not counts["personal"]:
        told = f"looks like a telephone number in {phones} of {keys} keys"
        raise DataError(f"{cell} {told}. {remedy}")


def _telephones(counts: Mapping[str, int]) -> int:
    """Return how many keys are telephone numbers; 0 where they can be numbers of one's own."""
    keys, mobiles = counts["keys"], counts["mobiles"]
    is_one_series = keys >= _FEWEST_NUMBERS and counts["starts"] < _FEWEST_STARTS
    if keys >= _FEWEST_NUMBERS and not is_one_series and counts["phones"] > MOST * keys:
        return counts["phones"]
    # Nothing but these begins with a zero, so that none is the number of a customer made as long.
    is_all_padded = mobiles == counts["padded"]
    return mobiles if is_all_padded and not (is_one_series and mobiles > MOST * keys) else 0
