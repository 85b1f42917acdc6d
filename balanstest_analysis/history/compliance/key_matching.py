"""How the keys of two tables differ where they match badly, found without showing any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.key_differences import DIFFERENCES, PART_BEHIND, Difference
from balanstest_analysis.history.columns.privacy import keyed
from balanstest_analysis.history.sources import Deferred, History, numbered_rows

# Keys that a form makes the same are no sign that the tables match in that form.
_STAY_APART = 0.6
_FEWEST_GAINED, _LEAST_GAIN = 2, 0.1
# Of the few that do not match where most do: so many are no chance.
FEWEST_IN_PART, _LEAST_IN_PART = 5, 0.5
_AS_WRITTEN = "as_written"
_NINE, _ZERO = "123456789", "000000000"
KEY: Final = "customer_id"


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How two tables write their keys.

    Attributes:
        difference: in what they differ; None where nothing explains it.
        gained: customers that would match as well without it.
        most: whether that is as many as can be expected.
        shapes: how the keys look in each, and what to state where zeros were lost, as sentences.
    """

    difference: Difference | None
    gained: int
    most: bool
    shapes: str

    @property
    def told(self) -> str:
        """How the keys differ, as sentences; never a key."""
        if self.difference is None:
            return (
                f"{self.shapes} No other way of writing them makes many more match: customers may "
                "be missing."
            )
        return (
            f"They differ in {self.difference.words}; without it {self.gained:,} more would match. "
            f"{self.shapes}"
        )


def likeness(
    history: History,
    one: str,
    other: str,
    *,
    known: int,
    expected: float,
    column: str = KEY,
) -> Likeness:
    """Return how the keys of one table differ from those of another in which they should be.

    Args:
        history: open.
        one: the table of which the customers are looked for.
        other: the table in which they are.
        known: customers that match as they are written.
        expected: customers that should.
        column: with the keys: of customers, or of calls.
    """
    found = _forms(history, one, other, column)
    reference = _forms(history, other, one, column)
    looks = {one: _shape(history, found), other: _shape(history, reference)}
    shapes = _told(looks)
    as_written = _likely(history, found, reference, _AS_WRITTEN)
    best: tuple[str, int] = ("", 0)
    for name, difference in DIFFERENCES.items():
        gained = _likely(history, found, reference, name) - as_written
        if gained > max(0, expected - known):
            if name == "zeros" and column == KEY:
                shapes += _digits_to_state(looks)
            return Likeness(difference=difference, gained=gained, most=True, shapes=shapes)
        if gained > best[1]:
            best = (name, gained)
    unknown = int(expected) - known
    if best[1] < max(_FEWEST_GAINED, _LEAST_GAIN * unknown):
        return Likeness(difference=None, gained=0, most=False, shapes=shapes)
    return Likeness(difference=DIFFERENCES[best[0]], gained=best[1], most=False, shapes=shapes)


def ask_unlike_in_part(
    history: History, one: str, other: str, *, unknown: int
) -> Deferred[tuple[Difference, int] | None]:
    """Ask how keys differ that do not match where most do, and of how many customers.

    Args:
        history: open, and gone through.
        one: the table of which the customers are looked for.
        other: the table in which they are.
        unknown: customers that do not match as they are written.

    Returns:
        None where no difference explains half of them.
    """
    if are_of_one_shape(history, one, other):
        return Deferred(lambda: None)
    reference = _forms(history, other, one, KEY)
    left = _unmatched(history, one, reference, name=f"unmatched_{one}_{other}")
    gained = history.ask(_gained(left, reference))
    least = max(FEWEST_IN_PART, _LEAST_IN_PART * unknown)

    def found() -> tuple[Difference, int] | None:
        numbers = gained().set_index("form")["keys"]
        enough = [name for name in DIFFERENCES if numbers.get(name, 0) >= least]
        if not enough:
            return None
        keys = (_forms(history, one, other, KEY), reference)
        apart = (name for name in enough if all(_stay_apart(history, k, name) for k in keys))
        name = next(apart, None)
        return None if name is None else (DIFFERENCES[name], int(numbers[name]))

    return Deferred(found)


def are_of_one_shape(history: History, one: str, other: str) -> bool:
    """Return whether all keys of both tables differ in nothing but digits, as K-0417 and K-9022.

    Then no other way of writing makes two of them one: they have the same letters and marks in the
    same places, and as many zeros in front as there is room for. Only of a short part behind a
    mark, as in K-0417-1, that cannot be said.

    Args:
        history: open.
        one: a table with keys of customers.
        other: another.
    """
    tables = [_keys(history, name, KEY) for name in (one, other)]
    shapes = [keys.select(shape=keys[KEY].translate(_NINE, _ZERO)).distinct() for keys in tables]
    found = history.frame(ibis.union(*shapes, distinct=True).limit(2))["shape"].tolist()
    return len(found) == 1 and not re.search(PART_BEHIND, found[0])


def _forms(history: History, table: str, beside: str, column: str) -> ir.Table:
    """Return each key once, with a digest per form, kept: the files are read once."""
    keys = _keys(history, table, column)
    key = keys[column]
    digits = ~key.re_search("[^0-9]")
    shaped = keys.select(
        length=key.length(),
        is_number=digits,
        **{_AS_WRITTEN: _digest(key, history.customer_key)},
        **_in_every_form(history, key),
    )
    return history.keep(f"forms_of_{column}_{table}_{beside}", shaped)


def _unmatched(history: History, table: str, reference: ir.Table, *, name: str) -> ir.Table:
    """Return each key that is not in the reference as it is written, with a digest per form."""
    keys = _keys(history, table, KEY)
    keys = keys.mutate(**{_AS_WRITTEN: _digest(keys.customer_id, history.customer_key)})
    left = keys.anti_join(reference.select(_AS_WRITTEN), _AS_WRITTEN)
    return history.keep(name, left.select(**_in_every_form(history, left.customer_id)))


def _gained(left: ir.Table, reference: ir.Table) -> ir.Table:
    """Return how many ``keys`` are in the reference in each ``form``, as one question."""
    matched = [
        left.filter(left[name].isin(reference[name])).select(form=ibis.literal(name))
        for name in DIFFERENCES
    ]
    forms = reduce(lambda some, more: some.union(more), matched)
    return forms.group_by("form").agg(keys=forms.count())


def _keys(history: History, table: str, column: str) -> ir.Table:
    """Return each key of a table once, as it is written."""
    files = numbered_rows(history, table, (column,), digests=False)
    rows = [rows.select(column) for _, rows in files if column in rows.columns]
    keys = reduce(lambda some, more: some.union(more), rows).distinct()
    return keys.filter(keys[column] != "")


def _in_every_form(history: History, key: ir.StringValue) -> dict[str, ir.IntegerValue]:
    secret = history.customer_key
    return {name: _digest(how.form(key), secret) for name, how in DIFFERENCES.items()}


def _digest(form: ir.StringValue, key: str) -> ir.IntegerValue:
    some = form.nullif("")
    return ibis.ifelse(some.isnull(), ibis.null("int64"), keyed(some, key))


def _likely(history: History, found: ir.Table, reference: ir.Table, name: str) -> int:
    """Return how many customers are in the reference in a form, or 0 where it joins customers."""
    if not all(_stay_apart(history, keys, name) for keys in (found, reference)):
        return 0
    known = found.filter(found[name].isin(reference[name]))
    return int(history.frame(known.aggregate(n=known.count()))["n"].iloc[0])


def _stay_apart(history: History, keys: ir.Table, name: str) -> bool:
    """Return whether customers keep different keys in a form, all but some of them."""
    form = keys[name]
    counts = history.frame(keys.aggregate(keys=form.count(), forms=form.nunique())).iloc[0]
    return bool(counts["forms"] >= _STAY_APART * counts["keys"])


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """How the keys of a table look: their lengths, and how many are of digits alone."""

    shortest: int
    longest: int
    numbers: int
    keys: int

    @property
    def is_of_digits(self) -> bool:
        return self.numbers == self.keys

    @property
    def told(self) -> str:
        """The shape in words, such as ``"4 to 7 digits"``."""
        one = self.shortest == self.longest
        lengths = f"{self.longest}" if one else f"{self.shortest} to {self.longest}"
        if self.is_of_digits:
            return f"{lengths} {'digit' if self.longest == 1 else 'digits'}"
        noun = "character" if self.longest == 1 else "characters"
        return f"{lengths} {noun}{', not all of them digits' if not self.numbers else ''}"


def _shape(history: History, keys: ir.Table) -> _Shape:
    found = keys.aggregate(
        shortest=keys.length.min(),
        longest=keys.length.max(),
        numbers=keys.count(where=keys.is_number),
        keys=keys.count(),
    )
    row = history.frame(found).fillna(0).iloc[0].astype("int64")
    return _Shape(**{str(name): int(number) for name, number in row.items()})


def _told(shapes: Mapping[str, _Shape]) -> str:
    """Return how long the keys are and whether they are numbers, as a sentence."""
    told = [f"of {shape.told} in the {table}" for table, shape in shapes.items()]
    return f"Keys are {told[0]}, and {told[1]}."


def _digits_to_state(shapes: Mapping[str, _Shape]) -> str:
    """Return what to state where one table has numbers of one length, and the other lost zeros."""
    for table, shape in shapes.items():
        (other,) = (one for name, one in shapes.items() if name != table)
        full = other.is_of_digits and other.shortest == other.longest
        if full and shape.is_of_digits and shape.shortest < shape.longest <= other.longest:
            return (
                f" Where both are one numbering, `customer_id_digits = {other.longest}` under "
                f"[data.{table}] puts the zeros back."
            )
    return ""
