"""What the organisation decided, as it is published beside what was computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from balanstest_analysis.published.strict_values import is_one_of, strict

if TYPE_CHECKING:
    import cattrs

Json: TypeAlias = dict[str, Any]

DECIDED, UNDECIDED, NOT_RECORDED = "decided", "undecided", "not_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A term that the organisation decided on.

    Attributes:
        term_months: 0 where no former customer is called.
        decided_on: ISO date.
        decided_by: a function, not a name.
        reason: as printed.
    """

    term_months: int
    decided_on: str
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """The dossier states no decision."""


@dataclass(frozen=True, slots=True)
class DecisionNotRecorded:
    """The report was made before decisions were published; what was decided is not known."""


DecisionState: TypeAlias = Decision | Undecided | DecisionNotRecorded
_KINDS: Mapping[str, type] = {
    "term_months": int,
    "decided_on": str,
    "decided_by": str,
    "reason": str,
}


def read_and_write_decisions(converter: cattrs.Converter) -> None:
    """Have a converter read and write decisions, with the status that names the kind.

    Args:
        converter: that all parts of a result go through.
    """
    converter.register_unstructure_hook(Decision, _written)
    converter.register_unstructure_hook(Undecided, lambda _: _nothing(UNDECIDED))
    converter.register_unstructure_hook(DecisionNotRecorded, lambda _: _nothing(NOT_RECORDED))
    converter.register_structure_hook_func(is_one_of(DecisionState), lambda value, _: _read(value))


def _written(decision: Decision) -> Json:
    return {"status": DECIDED, **{name: getattr(decision, name) for name in _KINDS}}


def _nothing(status: str) -> Json:
    return {"status": status, **dict.fromkeys(_KINDS)}


def _read(content: Json) -> DecisionState:
    match content["status"]:
        case "decided":
            return Decision(
                **{name: strict(kind)(content[name], kind) for name, kind in _KINDS.items()}
            )
        case "undecided":
            return Undecided()
        case "not_recorded":
            return DecisionNotRecorded()
        case other:
            raise ValueError(f"{other!r} is no status of a decision")
