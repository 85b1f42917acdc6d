"""Result codes that a dossier divides otherwise than their words say: a slip, or a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.history.recognition.result_codes import divided

# From the one that says most to the one that says least: a conversion is a contact as well.
_STATED: Final = ("converted", "net_contact", "no_contact")
_IN_DOUBT: Final = (
    "is by its words seldom a conversation about the offer, such as a call-back, a leaflet or "
    "somebody who is put through: as a net contact it lowers every rate"
)


@dataclass(frozen=True, kw_only=True)
class OtherDivision:
    """One code that may stand in the wrong list.

    Attributes:
        column: of the calls, with the codes.
        code: as the dossier has it.
        stated: the list in which it stands: ``"converted"``, ``"net_contact"`` or ``"no_contact"``.
        why: what speaks against that, after the code.
    """

    column: str
    code: str
    stated: str
    why: str


def divided_otherwise(
    calls: Sequence[TableSource], objections: Sequence[TableSource]
) -> tuple[OtherDivision, ...]:
    """Return the codes that stand in another list than their words say, by source and list.

    Args:
        calls: the sources of calls, each with its own division.
        objections: those of objections, of which some are told by codes of the calls.

    Examples:
        >>> codes = {"converted": ["Sale"], "net_contact": ["Sale", "DNC"], "no_contact": ["AM"]}
        >>> calls = TableSource(path="calls.csv", values={"result": codes})
        >>> [(one.code, one.why) for one in divided_otherwise([calls], [])]
        [('DNC', 'is an objection by its words, and no `from_calls` names it')]
    """
    told: dict[str, set[str]] = {}
    for source in objections:
        for column, codes in source.from_calls.items():
            told.setdefault(column, set()).update(codes)
    return tuple(
        found
        for source in calls
        for column, lists in source.values.items()
        if isinstance(lists, dict) and {*lists} & {*_STATED}
        for found in _of_column(column, lists, told.get(column, set()))
    )


def _of_column(
    column: str, lists: Mapping[str, Sequence[str]], told: set[str]
) -> Iterator[OtherDivision]:
    # of several lists the one that says most: it comes last here, and stays
    stated = {code: name for name in reversed(_STATED) for code in lists.get(name, ())}
    words = divided([*stated])
    by_words = {
        **dict.fromkeys(words.net_contact, "net_contact"),
        **dict.fromkeys(words.converted, "converted"),
        **dict.fromkeys(words.no_contact, "no_contact"),
    }
    for code, name in stated.items():
        why = _against(code, name, by_words.get(code, name), code in words.objections, told)
        if code in words.doubtful and name == "net_contact":
            why = _IN_DOUBT
        if why:
            yield OtherDivision(column=column, code=code, stated=name, why=why)


def _against(code: str, stated: str, by_words: str, is_objection: bool, told: set[str]) -> str:
    if code in told and stated == "no_contact":
        return "tells an objection by `from_calls`, which without a contact is in no rate"
    if is_objection and code not in told:
        return "is an objection by its words, and no `from_calls` names it"
    return "" if stated == by_words else f"is `{by_words}` by its words"
