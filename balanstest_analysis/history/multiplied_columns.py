"""Which columns of the month table are multiplied with which, to tell what repeated calls do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from balanstest_analysis.history.month_table import JOINT_OUTCOMES
from balanstest_analysis.statistics.customer_products import CountProducts, product_pairs

Pair = tuple[str, str]


def multiplied_columns(outcomes: Collection[str], *, jointly: bool) -> tuple[Pair, ...]:
    """Return the pairs of columns of the month table whose products are of use.

    Args:
        outcomes: for which data were delivered.
        jointly: whether outcomes are weighed against each other.

    Examples:
        >>> multiplied_columns(["objection"], jointly=False)[1:]
        (('objection_exposure', 'objection_events'), ('objection_events', 'objection_events'))
        >>> len(multiplied_columns(["conversion", "objection"], jointly=True))
        12
    """
    counted: list[tuple[str, Sequence[str]]] = [
        (f"{outcome}_exposure", [f"{outcome}_events"]) for outcome in outcomes
    ]
    if jointly:
        joint = [name for name in JOINT_OUTCOMES if name.removeprefix("joint_") in outcomes]
        counted.append(("joint_exposure", joint))
    return tuple(pair for exposure, events in counted for pair in product_pairs(exposure, events))


def under_names(products: CountProducts, columns: Mapping[Pair, Pair]) -> CountProducts:
    """Return products under the names of the month table, of which several can be one product.

    Args:
        products: by the names under which they were counted.
        columns: by pair of columns of the month table, the pair that was counted.
    """
    return CountProducts(sums={pair: products.sums[known] for pair, known in columns.items()})
