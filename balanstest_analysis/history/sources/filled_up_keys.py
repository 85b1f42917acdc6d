"""Keys that lost the zeros in front, filled up to the digits that the dossier states."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.key_forms import filled_up, is_short_of, key_value
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.sources.keys_seen import KEY
from balanstest_analysis.history.sources.parts import Part


def with_keys_filled_up(engine: Engine, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts with how their keys are filled up, where the dossier states their digits.

    Args:
        engine: where they are read.
        parts: of one source, with how their keys are read otherwise.

    Raises:
        DataError: two keys of a part differ in nothing but zeros in front, so that two customers
            would become one.
    """
    digits = parts[0].request.source.customer_id_digits
    if digits is None or KEY not in parts[0].stored.columns:
        return parts
    return tuple(_filled_up(engine, part, digits) for part in parts)


def _filled_up(engine: Engine, part: Part, digits: int) -> Part:
    key: ir.StringValue = key_value(part.cells[KEY], part.keys)
    keys = part.cells.select(key=key, filled=filled_up(key, digits))
    asked = keys.aggregate(
        short=keys.count(where=is_short_of(keys.key, digits)),
        keys=keys.key.nunique(),
        filled=keys.filled.nunique(),
    )
    found = totals_of(engine, asked)
    joined = found["keys"] - found["filled"]
    if joined:
        one = joined == 1
        raise DataError(
            f"{part.place}: {part.request.label(KEY)} has {joined:,} key{'' if one else 's'} that "
            f"differ{'s' if one else ''} from another in nothing but zeros in front, as 12 and 012 "
            "do; with `customer_id_digits` each pair would become one customer. Leave it out, or "
            "export the column as text."
        )
    return replace(part, keys=replace(part.keys, digits=digits, filled_up=found["short"]))
