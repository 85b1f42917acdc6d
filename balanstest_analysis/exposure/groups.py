"""Customer groups: the only place that needs a function which engines write differently."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

_HEX = "0123456789abcdef"


def customer_group(customer_id: ir.StringValue, key: str) -> ir.IntegerValue:
    """Return the group of a customer, 0 to 63: the same on every engine, and only with the key.

    It is the first two hexadecimal digits of SHA-256(key + customer_id), modulo 64.

    Args:
        customer_id: as text.
        key: from `keys.group_key`; the secret itself never reaches the engine.
    """
    digits = (ibis.literal(key) + customer_id).hexdigest("sha256")
    first, second = (ibis.literal(_HEX).find(digits.substr(at, 1)) for at in (0, 1))
    return ((first % 4) * 16 + second).cast("int64")
