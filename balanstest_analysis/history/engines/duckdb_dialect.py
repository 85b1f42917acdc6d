"""Where DuckDB differs from what Ibis writes; the expressions themselves are written for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler


class DuckDBRules(DuckDBCompiler):  # type: ignore[misc]
    """How the expressions are written for DuckDB."""

    __slots__ = ()
    SIMPLE_OPS: ClassVar[dict[type[ops.Node], str]] = {}  # Ibis would set its own over ours
    # Nothing here samples, makes buckets or capitalises; to look for that takes a pass of its own.
    lowered_ops: ClassVar[dict[type[ops.Node], object]] = {}

    def translate(self, op: ops.Node, *, params: Mapping[ir.Value, object]) -> sge.Expression:
        """Leave selects of selects to DuckDB: to write them as one takes longer than it saves."""
        before, ibis.options.sql.fuse_selects = ibis.options.sql.fuse_selects, False
        try:
            written: sge.Expression = super().translate(op, params=params)
        finally:
            ibis.options.sql.fuse_selects = before
        return written

    def visit_Hash(self, op: ops.Hash, *, arg: sge.Expression) -> sge.Expression:  # noqa: N802
        """Half of the hash is a signed number at once; Ibis writes its bits out as text first."""
        half = sge.BitwiseRightShift(this=self.f.hash(arg), expression=sge.convert(1))
        written: sge.Expression = self.cast(half, op.dtype)
        return written
