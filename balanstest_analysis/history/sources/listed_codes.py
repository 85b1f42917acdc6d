"""The result codes that a dossier lists, and which of them each call has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.columns import Request
from balanstest_analysis.history.sources.parts import Part

RESULT_CODE: Final = "result_code"
UNLISTED: Final = 0
_NUMBER: Final = "int16"


@dataclass(frozen=True, kw_only=True)
class ListedCode:
    """A result code with what the dossier makes of it.

    Attributes:
        text: as the dossier writes it.
        net_contact: whether a call with it is a net contact.
        converted: whether it is a conversion.
        objection: whether it tells of an objection.
    """

    text: str
    net_contact: bool
    converted: bool
    objection: bool


def listed_codes(parts: Iterable[Part]) -> tuple[ListedCode, ...]:
    """Return the codes by which the dossier tells net contacts apart, each meaning of one once.

    Args:
        parts: of the calls.
    """
    return tuple(dict.fromkeys(code for part in parts for code in _codes_of(part.request)))


def _codes_of(request: Request) -> list[ListedCode]:
    found = list[ListedCode]()
    for dialler in request.diallers:
        converted = _of(request, dialler, "converted")
        told = {code.strip() for code in request.told.get(dialler, ())}
        found += [
            ListedCode(
                text=code,
                net_contact=code in request.codes["net_contact"] or code in converted,
                converted=code in converted,
                objection=code in told,
            )
            for code in dict.fromkeys([*request.known_codes(dialler), *sorted(told)])
        ]
    return found


def _of(request: Request, dialler: str, flag: str) -> set[str]:
    """Return the codes of a flag, where it is made from that column."""
    return set(request.codes[flag]) if flag in request.flags_of(dialler) else set()


def code_number(part: Part, codes: tuple[ListedCode, ...]) -> ir.IntegerValue:
    """Return per row the place of its code among those listed, from 1 on.

    It is `UNLISTED` for any other text, and empty where net contacts are not told by codes. No
    text of a row is kept: one that nobody listed may be about a person.

    Args:
        part: of the calls.
        codes: from `listed_codes`.
    """
    own = _codes_of(part.request)
    if not own:
        return ibis.null(_NUMBER)
    places = [(code.text, ibis.literal(codes.index(code) + 1, _NUMBER)) for code in own]
    unlisted = ibis.literal(UNLISTED, _NUMBER)
    return text_of(part.stored["net_contact"]).cases(*places, else_=unlisted)
