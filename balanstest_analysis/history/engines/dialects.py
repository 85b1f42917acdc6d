"""Where engines differ: the same expressions, written as each of them understands it.

Everything else in the package is written once. DuckDB is what the expressions are written for; for
the others, the rules below take the place of what Ibis lacks or does in another way.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import ibis.expr.datatypes as dtypes
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

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
_MINUTES_AND_ZONE = "([ T][0-9]{1,2}:[0-9]{2})( ?[Z+-])"


def ascii_digits(pattern: str) -> str:
    r"""Return a pattern in which ``\d`` is a digit from 0 to 9 on every engine.

    Examples:
        >>> ascii_digits(r"^\d{4}[-\d]$")
        '^[0-9]{4}[-0-9]$'
    """
    return _DIGIT.sub(
        lambda found: found[1].replace(r"\d", "0-9") if found[1] else "[0-9]", pattern
    )


class DuckDBRules(DuckDBCompiler):  # type: ignore[misc]
    """How the expressions are written for DuckDB."""

    __slots__ = ()
    SIMPLE_OPS: ClassVar[dict[Any, str]] = {}  # Ibis would set those of its own rules over ours

    def visit_Hash(self, op: Any, *, arg: Any) -> Any:  # noqa: N802
        """Half of the hash is a signed number at once; Ibis writes its bits out as text first."""
        return self.cast(
            sge.BitwiseRightShift(this=self.f.hash(arg), expression=sge.convert(1)), op.dtype
        )


class PostgresRules(PostgresCompiler):  # type: ignore[misc]
    """How the expressions are written for PostgreSQL."""

    __slots__ = ()
    SIMPLE_OPS: ClassVar[dict[Any, str]] = {}

    def visit_HexDigest(self, op: Any, *, arg: Any, how: str) -> Any:  # noqa: N802
        """PostgreSQL digests bytes; text is UTF-8, as everywhere."""
        if how != "sha256":
            return super().visit_HexDigest(op, arg=arg, how=how)
        octets = self.f.anon.sha256(self.f.anon.convert_to(arg, "UTF8"))
        return self.f.anon.encode(octets, "hex")

    def visit_RegexSearch(self, op: Any, *, arg: Any, pattern: Any) -> Any:  # noqa: N802
        """Functions for patterns differ between versions; the operator does not."""
        return sge.RegexpLike(this=arg, expression=_with_ascii_digits(pattern))

    def visit_RegexReplace(  # noqa: N802
        self, op: Any, *, arg: Any, pattern: Any, replacement: Any
    ) -> Any:
        """Replace every match."""
        return self.f.anon.regexp_replace(arg, _with_ascii_digits(pattern), replacement, "g")

    def visit_DateDelta(self, op: Any, *, part: Any, left: Any, right: Any) -> Any:  # noqa: N802
        """A difference of days is a whole number of days."""
        return self.cast(self.f.anon.date_mi(left, right), op.dtype)

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802
        """A truth value becomes a number through the smaller of the whole numbers only."""
        if op.arg.dtype.is_boolean() and to.is_integer():
            return self.cast(self.cast(arg, dtypes.int32), to)
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_TryCast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802
        """A cast that fails ends the query, so text is looked at before it is cast."""
        return self.if_(self._can_be(op.arg.dtype, arg, to), self.cast(arg, to), sge.null())

    def _can_be(self, stored: Any, arg: Any, to: Any) -> Any:
        if stored.is_string() and (to.is_timestamp() or to.is_date()):
            return sge.RegexpLike(this=arg, expression=sge.convert(REAL_MOMENT))
        if stored.is_string():
            return self.f.length(arg) <= _LONGEST_NUMBER
        return arg.between(-(2**62), 2**62)


class SparkRules(PySparkCompiler):  # type: ignore[misc]
    """How the expressions are written for Spark, whose session keeps to UTC."""

    __slots__ = ()
    SIMPLE_OPS: ClassVar[dict[Any, str]] = {}

    def visit_Hash(self, op: Any, *, arg: Any) -> Any:  # noqa: N802
        """Spark's ``hash`` has 32 bits, with which customers would meet."""
        return self.f.anon.xxhash64(arg)

    def visit_ScalarUDF(self, op: Any, **arguments: Any) -> Any:  # noqa: N802
        """What the others call ``timezone`` are two functions here, by direction."""
        if op.__func_name__ != "timezone":
            return super().visit_ScalarUDF(op, **arguments)
        zone, moment = arguments.values()
        to_zone = op.dtype.timezone is None
        name = "from_utc_timestamp" if to_zone else "to_utc_timestamp"
        return self.f.anon[name](moment, zone)

    def visit_RegexSearch(self, op: Any, *, arg: Any, pattern: Any) -> Any:  # noqa: N802
        """Java's ``$`` also stands before a last line end."""
        return self.f.anon.regexp_like(arg, _for_java(pattern))

    def visit_RegexReplace(  # noqa: N802
        self, op: Any, *, arg: Any, pattern: Any, replacement: Any
    ) -> Any:
        """Java writes a group as ``$1``."""
        written = sge.convert(replacement.this.replace("\\", "$"))
        return self.f.anon.regexp_replace(arg, _for_java(pattern), written)

    def visit_DateDelta(self, op: Any, *, part: Any, left: Any, right: Any) -> Any:  # noqa: N802
        """A difference of days is a whole number of days."""
        return self.cast(self.f.anon.datediff(left, right), op.dtype)

    def visit_TryCast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802
        """A cast that fails ends the query, unless Spark is told to try; it wants seconds."""
        if op.arg.dtype.is_string() and to.is_timestamp():
            arg = self.f.anon.regexp_replace(arg, _MINUTES_AND_ZONE, "$1:00$2")
        return sge.TryCast(this=arg, to=self.type_mapper.from_ibis(to), safe=True)


def _for_java(pattern: Any) -> Any:
    return sge.convert(re.sub(r"(?<!\\)\$(?=$|[|)])", r"\\z", pattern.this))


def _with_ascii_digits(pattern: Any) -> Any:
    return sge.convert(ascii_digits(pattern.this)) if isinstance(pattern, sge.Literal) else pattern
