"""Where Spark differs: the same expressions, written as it understands them.

Expressions are written for DuckDB; these rules take the place of what Ibis lacks or does otherwise.
"""

from __future__ import annotations

import re
from typing import ClassVar

import ibis.expr.datatypes as dtypes
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

_MINUTES_AND_ZONE = "([ T][0-9]{1,2}:[0-9]{2})( ?[Z+-])"


class SparkRules(PySparkCompiler):  # type: ignore[misc]
    """How the expressions are written for Spark, whose session keeps to UTC."""

    __slots__ = ()
    SIMPLE_OPS: ClassVar[dict[type[ops.Node], str]] = {}  # Ibis would set its own over ours

    def visit_Hash(self, op: ops.Hash, *, arg: sge.Expression) -> sge.Expression:  # noqa: N802
        """Spark's ``hash`` has 32 bits, with which customers would meet."""
        return _function("xxhash64", arg)

    def visit_ScalarUDF(  # noqa: N802
        self, op: ops.ScalarUDF, **arguments: sge.Expression
    ) -> sge.Expression:
        """What the others call ``timezone`` are two functions here, by direction."""
        if op.__func_name__ != "timezone":
            usual: sge.Expression = super().visit_ScalarUDF(op, **arguments)
            return usual
        zone, moment = arguments.values()
        to_zone = op.dtype.timezone is None
        return _function("from_utc_timestamp" if to_zone else "to_utc_timestamp", moment, zone)

    def visit_RegexSearch(  # noqa: N802
        self, op: ops.RegexSearch, *, arg: sge.Expression, pattern: sge.Expression
    ) -> sge.Expression:
        """Java's ``$`` also stands before a last line end."""
        return _function("regexp_like", arg, _for_java(pattern))

    def visit_RegexReplace(  # noqa: N802
        self,
        op: ops.RegexReplace,
        *,
        arg: sge.Expression,
        pattern: sge.Expression,
        replacement: sge.Expression,
    ) -> sge.Expression:
        """Java writes a group as ``$1``."""
        written = sge.Literal.string(replacement.this.replace("\\", "$"))
        return _function("regexp_replace", arg, _for_java(pattern), written)

    def visit_DateDelta(  # noqa: N802
        self,
        op: ops.DateDelta,
        *,
        part: sge.Expression,
        left: sge.Expression,
        right: sge.Expression,
    ) -> sge.Expression:
        """A difference of days is a whole number of days."""
        days: sge.Expression = self.cast(_function("datediff", left, right), op.dtype)
        return days

    def visit_TryCast(  # noqa: N802
        self, op: ops.TryCast, *, arg: sge.Expression, to: dtypes.DataType
    ) -> sge.Expression:
        """A cast that fails ends the query, unless Spark is told to try; it wants seconds."""
        if op.arg.dtype.is_string() and to.is_timestamp():
            found, written = map(sge.Literal.string, (_MINUTES_AND_ZONE, "$1:00$2"))
            arg = _function("regexp_replace", arg, found, written)
        return sge.TryCast(this=arg, to=self.type_mapper.from_ibis(to), safe=True)


def _function(name: str, *arguments: sge.Expression) -> sge.Expression:
    return sge.Anonymous(this=name, expressions=list(arguments))


def _for_java(pattern: sge.Expression) -> sge.Expression:
    return sge.Literal.string(re.sub(r"(?<!\\)\$(?=$|[|)])", r"\\z", pattern.this))
