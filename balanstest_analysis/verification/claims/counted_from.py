"""From which event the months are counted: the words for it, and those that are due."""

from __future__ import annotations

from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_events

EVENTS = "gift|gift of deelname|aankoop of afgenomen dienst|aankoop of gift"
EVENT = f"de laatste {{event={EVENTS}}}"
GIVEN = frozenset({"donation", "volunteer", "public_event"})
# Relations of which the end counts, wherever that is said of the event that months begin with.
ENDS = (
    "{ends=; van een contract of doorlopende gift telt het einde|; van een contract telt het "
    "einde|; van een doorlopende gift telt het einde|}"
)


def event_of(facts: Facts) -> str:
    """Return what the months are counted from: the relations that count, given or sold."""
    cells = facts.content["relations"]["grounds"]
    kinds = {cell["kind"] for cell in cells if cell["ground"]}
    if kinds and kinds <= GIVEN:
        return "gift" if kinds == {"donation"} else "gift of deelname"
    return "aankoop of gift" if not kinds or kinds & GIVEN else "aankoop of afgenomen dienst"


def ends_of(facts: Facts) -> str:
    """Return what is due on ends: of relations that count and can end, where events tell them."""
    cells = facts.content["relations"]["grounds"]
    kinds = {cell["kind"] for cell in cells if cell["ground"]} or {"contract", "donation"}
    ending = {"contract": "contract", "donation": "doorlopende gift"}
    told = " of ".join(word for kind, word in ending.items() if kind in kinds)
    return f"; van een {told} telt het einde" if told and from_events(facts) else ""
