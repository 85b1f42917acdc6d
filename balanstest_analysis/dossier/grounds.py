"""Who may rely on what: which kinds of event give a sector a ground to call, by which paragraph."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, get_args

from pydantic import AfterValidator

from balanstest_analysis.dossier.criteria import Stated, Text
from balanstest_analysis.published.names import EventKind, Sector

SECTORS: Final[tuple[Sector, ...]] = get_args(Sector)
EVENT_KINDS: Final[tuple[EventKind, ...]] = get_args(EventKind)
MEMBERSHIP: Final[EventKind] = "contract"
_BY_ITSELF: Final = "artikel 11.7, vijfde lid (schenking), naar de opvatting van de organisatie"


class Ground(Stated):
    """Whether a relation of one kind gives one sector a ground to call.

    Attributes:
        ground: whether it does.
        paragraph: of the law or code that says so, in Dutch, as printed.
    """

    ground: bool
    paragraph: Text


_Table = dict[Sector, dict[EventKind, Ground]]


def _complete(
    table: dict[Sector, dict[EventKind, Ground]],
) -> dict[Sector, dict[EventKind, Ground]]:
    missing = [f"{s}.{k}" for s in SECTORS for k in EVENT_KINDS if k not in table.get(s, {})]
    if missing:
        raise ValueError(f"has no cell {', '.join(missing)}; add `ground` and `paragraph` of each")
    return table


GroundTable = Annotated[_Table, AfterValidator(_complete)]


def grounds_of(
    table: Mapping[Sector, Mapping[EventKind, Ground]],
    sectors: Collection[Sector],
    *,
    membership_is_gift: bool = False,
) -> dict[EventKind, Ground]:
    """Return the ground of each kind for an organisation, in the order of `EVENT_KINDS`.

    An organisation in several sectors may rely on what either may.

    Args:
        table: by sector and kind.
        sectors: in which the organisation is.
        membership_is_gift: whether a charity takes a membership for a gift.

    Examples:
        >>> yes, no = Ground(ground=True, paragraph="5"), Ground(ground=False, paragraph="4")
        >>> table = {"charity": {"donation": yes, "purchase": no}}
        >>> [kind for kind, cell in grounds_of(table, ["charity"]).items() if cell.ground]
        ['donation']
    """
    found: dict[EventKind, Ground] = {}
    for kind in EVENT_KINDS:
        cells = [table[sector][kind] for sector in sectors if kind in table[sector]]
        if cells:
            found[kind] = next((cell for cell in cells if cell.ground), cells[0])
    own = found.get(MEMBERSHIP)
    if membership_is_gift and own is not None and not own.ground:
        found[MEMBERSHIP] = Ground(ground=True, paragraph=_BY_ITSELF)
    return found


def own_kind(sectors: Collection[Sector]) -> EventKind:
    """Return the kind that events are taken for where none is stated.

    Examples:
        >>> own_kind(["charity"]), own_kind(["publisher"])
        ('donation', 'purchase')
    """
    return "donation" if "charity" in sectors else "purchase"
