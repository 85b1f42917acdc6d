"""What repeated calls to the same customers do to counts: sums over customers, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.statistics.floats import Floats


class StaysInMemory:
    """What tells more of customers than a table of counts, and is never written to disk."""

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled."""
        raise TypeError(
            "Sums over customers stay in memory: they tell more than counts do. "
            "Keep the dossier, and analyse it again."
        )


@dataclass(frozen=True, kw_only=True)
class Products(StaysInMemory):
    """Sums over clusters of the products of what two cells hold.

    A cell is a month, or a month of one of several outcomes that are drawn together. They are
    sufficient for the covariance of the counts at any rates, so that no row of a customer has to
    leave the engine.

    Attributes:
        contacts: n of one cell times n of the other, shape (cells, cells).
        mixed: n of the first times k of the second, same shape.
        events: k of one times k of the other, same shape.
    """

    contacts: Floats = field(repr=False)
    mixed: Floats = field(repr=False)
    events: Floats = field(repr=False)

    @classmethod
    def of(cls, exposure: Floats, events: Floats) -> Products:
        """Return the sums over clusters whose counts are known.

        Args:
            exposure: contacts, shape (clusters, cells).
            events: events among them, same shape.
        """
        n, k = np.asarray(exposure, dtype=float), np.asarray(events, dtype=float)
        return cls(contacts=n.T @ n, mixed=n.T @ k, events=k.T @ k)

    def residuals(self, rate: Floats) -> Floats:
        """Return the sum over clusters of e e', where e = k - n rate.

        Args:
            rate: shape (cells,).

        Examples:
            Two customers, of whom one has two contacts and an event.

            >>> products = Products.of(np.array([[2.0], [1.0]]), np.array([[1.0], [0.0]]))
            >>> products.residuals(np.array([1 / 3])).round(4)
            array([[0.2222]])
        """
        mixed = rate[:, None] * self.mixed
        return self.events - mixed - mixed.T + np.outer(rate, rate) * self.contacts

    def at(self, cells: NDArray[np.bool_]) -> Products:
        """Return the sums of some cells.

        Args:
            cells: flags, shape (cells,).
        """
        square = np.ix_(cells, cells)
        return Products(
            contacts=self.contacts[square], mixed=self.mixed[square], events=self.events[square]
        )


@dataclass(frozen=True, kw_only=True)
class CountProducts(StaysInMemory):
    """Sums over clusters of the products of two counted columns, month by month.

    Attributes:
        sums: by the names of two columns, shape (months, months): the first in the month of the
            row times the second in that of the column.
    """

    sums: Mapping[tuple[str, str], Floats] = field(repr=False)

    def hold(self, exposure: str, events: Sequence[str]) -> bool:
        """Return whether everything that `of` needs is known."""
        return all(pair in self.sums for pair in product_pairs(exposure, events))

    def of(self, exposure: str, events: Sequence[str], months: int) -> Products:
        """Return the sums of an exposure and its events; the months of several lie in a row.

        Args:
            exposure: name of its column.
            events: names of theirs.
            months: number of months; a month without a sum has none.
        """
        contacts = self._square(exposure, exposure, months)
        mixed = np.hstack([self._square(exposure, name, months) for name in events])
        counted = np.block([[self._between(a, b, months) for b in events] for a in events])
        size = len(events)
        return Products(
            contacts=np.tile(contacts, (size, size)),
            mixed=np.tile(mixed, (size, 1)),
            events=counted,
        )

    def _between(self, first: str, second: str, months: int) -> Floats:
        if (first, second) in self.sums:
            return self._square(first, second, months)
        return self._square(second, first, months).T

    def _square(self, first: str, second: str, months: int) -> Floats:
        known = self.sums[first, second][:months, :months]
        square = np.zeros((months, months))
        square[: len(known), : len(known)] = known
        return square


def product_pairs(exposure: str, events: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of columns whose products tell the covariance of events.

    Examples:
        >>> product_pairs("n", ["k"])
        (('n', 'n'), ('n', 'k'), ('k', 'k'))
    """
    between = [(a, b) for place, a in enumerate(events) for b in events[place:]]
    return ((exposure, exposure), *((exposure, name) for name in events), *between)


def count_products(
    counts: pd.DataFrame, cluster: Sequence[str], pairs: Iterable[tuple[str, str]]
) -> CountProducts:
    """Return the sums of products of counts whose clusters are known.

    Args:
        counts: a row per cluster and ``month``, in any order; rows of one cell are added up.
        cluster: names of the columns that tell the clusters apart.
        pairs: of columns; see `product_pairs`.

    Examples:
        >>> counts = pd.DataFrame({"customer": [1, 1, 2], "month": [0, 1, 1], "n": [1, 2, 1]})
        >>> count_products(counts, ["customer"], [("n", "n")]).sums["n", "n"]
        array([[1., 2.],
               [2., 5.]])
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - only where counts are delivered

    place = counts.groupby(list(cluster), sort=False).ngroup().to_numpy()
    month = counts["month"].to_numpy()
    shape = (int(place.max(initial=-1)) + 1, int(month.max(initial=-1)) + 1)
    pairs = tuple(pairs)
    columns = {
        name: coo_array((counts[name].to_numpy(dtype=float), (place, month)), shape=shape).tocsr()
        for name in dict.fromkeys(name for pair in pairs for name in pair)
    }
    return CountProducts(sums={(a, b): (columns[a].T @ columns[b]).toarray() for a, b in pairs})
