"""Where PostgreSQL differs: the same expressions, written as it understands them.

Expressions are written for DuckDB; these rules take the place of what Ibis lacks or does otherwise.
"""

from __future__ import annotations

import re
from typing import ClassVar

import ibis.expr.datatypes as dtypes
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.postgres import PostgresCompiler

_YEAR = r"(?!0000)[0-9]{4}"
_LONG = r"(?:0?[13578]|1[02])-(?:0?[1-9]|[12][0-9]|3[01])"
_SHORT = r"(?:0?[469]|11)-(?:0?[1-9]|[12][0-9]|30)"
_FEBRUARY = r"0?2-(?:0?[1-9]|1[0-9]|2[0-8])"
_LEAP_DAY = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-0?2-29"
_CLOCK = r"[ T](?:[01]?[0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?)"
_OFFSET = r" ?(?:Z|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)"
REAL_MOMENT = (
    rf"^(?:{_YEAR}-(?:{_LONG}|{_SHORT}|{_FEBRUARY})|(?!0000){_LEAP_DAY})"
    rf"(?:{_CLOCK}(?:{_OFFSET})?)?$"
)
_DIGIT = re.compile(r"(\[[^\]]*\])|\\d")
_LONGEST_NUMBER = 300


def ascii_digits(pattern: str) -> str:
    r"""Return a pattern in which ``\d`` is a digit from 0 to 9, as it is elsewhere.

    Examples:
        >>> ascii_digits(r"^\d{4}[-\d]$")
        '^[0-9]{4}[-0-9]$'
    """
    return _DIGIT.sub(
        lambda found: found[1].replace(r"\d", "0-9") if found[1] else "[0-9]", pattern
    )


class PostgresRules(PostgresCompiler):  # type: ignore[misc]
    """How the expressions are written for PostgreSQL."""

    __slots__ = ()
    SIMPLE_OPS: ClassVar[dict[type[ops.Node], str]] = {}  # Ibis would set its own over ours

    def visit_HexDigest(  # noqa: N802
        self, op: ops.HexDigest, *, arg: sge.Expression, how: str
    ) -> sge.Expression:
        """PostgreSQL digests bytes; text is UTF-8, as everywhere."""
        if how != "sha256":
            usual: sge.Expression = super().visit_HexDigest(op, arg=arg, how=how)
            return usual
        octets = _function("sha256", _function("convert_to", arg, sge.Literal.string("UTF8")))
        return _function("encode", octets, sge.Literal.string("hex"))

    def visit_RegexSearch(  # noqa: N802
        self, op: ops.RegexSearch, *, arg: sge.Expression, pattern: sge.Expression
    ) -> sge.Expression:
        """Functions for patterns differ between versions; the operator does not."""
        return sge.RegexpLike(this=arg, expression=_with_ascii_digits(pattern))

    def visit_RegexReplace(  # noqa: N802
        self,
        op: ops.RegexReplace,
        *,
        arg: sge.Expression,
        pattern: sge.Expression,
        replacement: sge.Expression,
    ) -> sge.Expression:
        """Replace every match."""
        every = sge.Literal.string("g")
        return _function("regexp_replace", arg, _with_ascii_digits(pattern), replacement, every)

    def visit_DateDelta(  # noqa: N802
        self,
        op: ops.DateDelta,
        *,
        part: sge.Expression,
        left: sge.Expression,
        right: sge.Expression,
    ) -> sge.Expression:
        """A difference of days is a whole number of days."""
        return self._as(_function("date_mi", left, right), op.dtype)

    def visit_Cast(  # noqa: N802
        self, op: ops.Cast, *, arg: sge.Expression, to: dtypes.DataType
    ) -> sge.Expression:
        """A truth value becomes a number through the smaller of the whole numbers only."""
        if op.arg.dtype.is_boolean() and to.is_integer():
            return self._as(self._as(arg, dtypes.int32), to)
        usual: sge.Expression = super().visit_Cast(op, arg=arg, to=to)
        return usual

    def visit_TryCast(  # noqa: N802
        self, op: ops.TryCast, *, arg: sge.Expression, to: dtypes.DataType
    ) -> sge.Expression:
        """A cast that fails ends the query, so text is looked at before it is cast."""
        tried: sge.Expression = self.if_(
            self._can_be(op.arg.dtype, arg, to), self._as(arg, to), sge.null()
        )
        return tried

    def _can_be(
        self, stored: dtypes.DataType, arg: sge.Expression, to: dtypes.DataType
    ) -> sge.Expression:
        if stored.is_string() and (to.is_timestamp() or to.is_date()):
            return sge.RegexpLike(this=arg, expression=sge.convert(REAL_MOMENT))
        if stored.is_string():
            return sge.LTE(this=self.f.length(arg), expression=sge.convert(_LONGEST_NUMBER))
        return arg.between(-(2**62), 2**62)

    def _as(self, arg: sge.Expression, to: dtypes.DataType) -> sge.Expression:
        cast: sge.Expression = self.cast(arg, to)
        return cast


def _function(name: str, *arguments: sge.Expression) -> sge.Expression:
    return sge.Anonymous(this=name, expressions=list(arguments))


def _with_ascii_digits(pattern: sge.Expression) -> sge.Expression:
    if not isinstance(pattern, sge.Literal):
        return pattern
    return sge.Literal.string(ascii_digits(pattern.this))
