"""What stands in the keys of a table that need a look, in counts.

It is about the different keys, of which there are fewer than rows.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.key_forms import (
    has_fraction,
    is_code,
    key_text,
    number_of_code,
    taken_off,
    tidied,
)
from balanstest_analysis.history.columns.key_numbers import (
    SHORTEST_PHONE,
    citizen_digits,
    has_letters,
    is_citizen_number,
    is_cut,
    is_endless,
    is_fixed_number,
    is_long,
    is_mobile_number,
    is_number_abroad,
    is_padded,
    is_rounded,
    is_scientific,
    is_written_mobile,
    subscriber_start,
    undivided,
)
from balanstest_analysis.history.columns.placeholder_keys import (
    EMPTY,
    PLACEHOLDER_KINDS,
    placeholder_kind,
)
from balanstest_analysis.history.columns.privacy import looks_like_someone
from balanstest_analysis.history.sources.keys_seen import KEY
from balanstest_analysis.history.sources.parts import Part


def numbers_of_codes(part: Part, one_in: int = 1) -> ir.Table:
    """Return how many of the different keys, which are all plain or codes, may be of a person.

    Args:
        part: of a table, with keys that are text.
        one_in: of how many customers one is looked at; which is up to the hash of its key.
    """
    keys = part.cells.select(key=part.cells[KEY])
    if one_in > 1:
        keys = keys.filter(keys.key.hash() % one_in == 0)
    keys = keys.distinct()
    keys = keys.select(number=number_of_code(keys.key))
    keys = keys.mutate(digits=citizen_digits(keys.number), phone=_is_phone(keys.number))
    return keys.aggregate(keys=keys.count(), **_numbers(keys, ibis.literal(True)))


def evidence_of_keys(part: Part) -> ir.Table:
    """Return counts of rows, from the different keys; most are codes, of which much is known.

    Args:
        part: of a table, with its keys as they are stored.
    """
    text = part.cells.select(key=key_text(part.cells[KEY]))
    keys = text.group_by("key").agg(rows=text.count())
    keys = keys.mutate(coded=is_code(keys.key))
    keys = keys.mutate(bare=keys.coded.ifelse(keys.key, tidied(keys.key)))
    nobody = placeholder_kind(keys.bare)
    if part.leaves_out_empty_keys:
        nobody = keys.bare.isnull().ifelse(EMPTY, nobody)
    keys = keys.mutate(
        nobody=keys.coded.ifelse("", nobody),
        number=keys.coded.ifelse(number_of_code(keys.bare), undivided(keys.bare)),
    )
    keys = keys.mutate(digits=citizen_digits(keys.number), phone=_is_phone(keys.number))
    known = keys.nobody == ""
    sums = {
        name: keys.rows.sum(where=keys.coded.ifelse(False, mark))
        for name, mark in _marks(keys, known).items()
    }
    coded = keys.rows.sum(where=keys.coded).fill_null(0)
    sums |= {name: sums[name].fill_null(0) + coded for name in ("known", "lettered")}
    return keys.aggregate(
        rows=keys.rows.sum(), keys=keys.count(where=known), **_numbers(keys, known), **sums
    )


def _marks(keys: ir.Table, known: ir.BooleanValue) -> dict[str, ir.BooleanValue]:
    """Return what there is to know of keys that are no codes."""
    bare = keys.bare
    return {
        **{f"off.{name}": mark for name, mark in taken_off(keys.key).items()},
        **{f"nobody.{kind}": keys.nobody == kind for kind in PLACEHOLDER_KINDS},
        "wrong": bare.isnull() & known,
        "spaced": (bare != keys.key).fill_null(False),
        "known": known & bare.notnull(),
        "personal": looks_like_someone(bare) & known,
        "fraction": has_fraction(bare),
        "scientific": is_scientific(bare, perhaps=False),
        "like_scientific": is_scientific(bare, perhaps=True),
        "lettered": has_letters(bare) & known & ~is_scientific(bare, perhaps=True),
        "rounded": is_rounded(bare),
        "long": is_long(bare),
        "cut": is_cut(bare),
        "endless": is_endless(bare) & known,
    }


def _numbers(keys: ir.Table, known: ir.BooleanValue) -> dict[str, ir.IntegerScalar]:
    """Return how many different keys may be a person's number, in any spelling."""
    number, phone = keys.number, keys.phone & known
    return {
        "citizen": keys.count(where=is_citizen_number(keys.digits) & known),
        "phones": keys.count(where=phone),
        "mobiles": keys.count(where=is_written_mobile(number) & known),
        "padded": keys.count(where=is_padded(number) & known),
        "starts": phone.ifelse(subscriber_start(number), ibis.null("string")).nunique(),
    }


def _is_phone(number: ir.StringValue) -> ir.BooleanValue:
    """Return where a number may be that of a telephone; shorter ones are none."""
    found = is_mobile_number(number) | is_fixed_number(number) | is_number_abroad(number)
    return (number.length() >= SHORTEST_PHONE).ifelse(found, False).fill_null(False)
