"""Parts of sentences that several chapters share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from balanstest_analysis.document.wording.labels import DENOMINATORS, OUTCOME_WORDS, OutcomeWords
from balanstest_analysis.document.wording.numbers import (
    amount,
    count,
    months,
    number,
    percentage,
    threshold,
)

_SOLD = frozenset({"purchase", "service", "contract"})
_GIVEN = frozenset({"donation", "volunteer", "public_event"})


def reference_event(kinds: Collection[str]) -> str:
    """Return what the months are counted from.

    Args:
        kinds: of event that count; none where all of them are told, and none gives a ground.

    Examples:
        >>> reference_event(["donation", "volunteer"]), reference_event(["purchase"])
        ('de laatste gift of deelname', 'de laatste aankoop of afgenomen dienst')
        >>> reference_event(["donation"]), reference_event(["donation", "purchase"])
        ('de laatste gift', 'de laatste aankoop of gift')
    """
    given = _GIVEN.intersection(kinds)
    if given and not _SOLD.intersection(kinds):
        return "de laatste gift" if given == {"donation"} else "de laatste gift of deelname"
    if _SOLD.intersection(kinds) and not given:
        return "de laatste aankoop of afgenomen dienst"
    return "de laatste aankoop of gift"


def done_again(kinds: Collection[str]) -> str:
    """Return what people do again who have a relation of these kinds, after a verb like *zouden*.

    Args:
        kinds: of event that count.

    Examples:
        >>> done_again(["donation"]), done_again(["purchase"])
        ('hebben gegeven', 'iets hebben gekocht of een dienst hebben afgenomen')
    """
    return _DONE[reference_event(kinds)]


_DONE: Mapping[str, str] = {
    "de laatste gift": "hebben gegeven",
    "de laatste gift of deelname": "hebben gegeven of deelgenomen",
    "de laatste aankoop of afgenomen dienst": "iets hebben gekocht of een dienst hebben afgenomen",
    "de laatste aankoop of gift": "hebben gekocht of gegeven",
}


def conversion_event(kinds: Collection[str]) -> str:
    """Return what a contact led to that counts as a conversion.

    Args:
        kinds: of event that count.

    Examples:
        >>> conversion_event(["donation"]), conversion_event(["purchase", "contract"])
        ('gift, deelname of toezegging', 'verkoop of toezegging')
        >>> conversion_event(["donation", "purchase"])
        'verkoop, gift, deelname of toezegging'
    """
    return _CONVERTED[reference_event(kinds)]


_CONVERTED: Mapping[str, str] = {
    "de laatste gift": "gift, deelname of toezegging",
    "de laatste gift of deelname": "gift, deelname of toezegging",
    "de laatste aankoop of afgenomen dienst": "verkoop of toezegging",
    "de laatste aankoop of gift": "verkoop, gift, deelname of toezegging",
}


def spelled(value: int) -> str:
    """Return a small number as it is written in running text; one above twenty in figures.

    Examples:
        >>> spelled(1), spelled(12), spelled(28)
        ('één', 'twaalf', '28')
    """
    return _SPELLED[value - 1] if 1 <= value <= len(_SPELLED) else count(value)


_SPELLED = (
    *("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf"),
    *("twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
)


def one_line(text: str) -> str:
    r"""Return words of the organisation without the line breaks of the dossier.

    Examples:
        >>> one_line("in de voorwaarden\n  en op de website")
        'in de voorwaarden en op de website'
    """
    return " ".join(text.split())


def cap(months_at_most: int) -> str:
    """Return what the cap on the term is called.

    Examples:
        >>> cap(36)
        'de grens van 36 maanden (Code)'
    """
    return f"de grens van {months(months_at_most)} (Code)"


def interval(lower: float | None, upper: float | None, digits: int | None = None) -> str:
    """Return two limits of a rate, or nothing where one is not published.

    Examples:
        >>> interval(0.1412, 0.1534), interval(None, 0.02)
        ('14,1% tot 15,3%', '')
    """
    if lower is None or upper is None:
        return ""
    return f"{percentage(lower, digits)} tot {percentage(upper, digits)}"


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What a criterion demands of a month, or of all months of the term together.

    Attributes:
        kind: of demand.
        outcome: it is about, or None where it weighs several or none.
        threshold: it is held against, or None where it has none.
        stated: what else the dossier states, by name.
    """

    kind: str
    outcome: str | None
    threshold: float | None
    stated: Mapping[str, float | int | str | tuple[int, ...]]

    @property
    def limit(self) -> float:
        """The threshold of a kind of demand that has one."""
        return _as_number("threshold", self.threshold)

    @property
    def words(self) -> OutcomeWords:
        """The words for the outcome of a kind of demand that is about one."""
        return OUTCOME_WORDS[str(self.outcome)]

    def number(self, name: str) -> float:
        """Return a number that the dossier states.

        Args:
            name: of the number.

        Raises:
            TypeError: it is not stated, or is no number.
        """
        return _as_number(name, self.stated.get(name))

    def between(self, name: str) -> tuple[int, int]:
        """Return a first and a last month that the dossier states.

        Args:
            name: of the months.

        Raises:
            TypeError: they are not stated, or are no months.
        """
        stated = self.stated.get(name)
        if not isinstance(stated, tuple):
            raise TypeError(f"`{name}` of a criterion is {stated!r}, which is no range of months")
        first, last = stated
        return first, last


def _as_number(name: str, value: float | str | tuple[int, ...] | None) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"`{name}` of a criterion is {value!r}, which is no number")
    return float(value)


def norm(demand: Demand, denominator: str = "net_contact") -> str:
    """Return what a criterion demands, as a clause without full stop.

    Args:
        demand: of the criterion.
        denominator: ``"net_contact"`` or ``"call"``.

    Examples:
        >>> norm(Demand(kind="maximum_rate", outcome="complaint", threshold=0.002, stated={}))
        'ten hoogste 0,2% van de netto contacten mag in elke maand tot een klacht leiden'
    """
    singular, plural = DENOMINATORS[denominator]
    if demand.kind in {"minimum_rate", "maximum_rate"}:
        minimum = demand.kind == "minimum_rate"
        side, verb = ("ten minste", "moet") if minimum else ("ten hoogste", "mag")
        share = f"{side} {threshold(demand.limit)} van de {plural}"
        return f"{share} {verb} in elke maand tot {demand.words.result} leiden"
    if demand.kind == "maximum_overall_rate":
        share = f"ten hoogste {threshold(demand.limit)} van de {plural}"
        together = "over alle maanden van de termijn samen mag"
        return f"{together} {share} tot {demand.words.result} leiden"
    if demand.kind == "maximum_ratio":
        return _ratio_norm(demand)
    if demand.kind == "burden_per_conversion":
        return (
            f"per conversie mag ten hoogste {_objections(demand.limit)} voorkomen, waarbij een "
            f"klacht telt als {_objections(demand.number('complaint_weight'))}"
        )
    if demand.kind == "net_benefit":
        return _benefit_norm(demand, singular)
    return f"de termijn mag ten hoogste {months(int(demand.number('months')))} zijn"


def _ratio_norm(demand: Demand) -> str:
    first, last = demand.between("reference_months")
    return (
        f"het {demand.words.rate} mag ten hoogste {_plain(demand.number('factor'))} keer zo hoog "
        f"zijn als in maand {first} tot en met {last}"
    )


def _benefit_norm(demand: Demand, singular: str) -> str:
    value, cost, objection, complaint = (
        amount(demand.number(name))
        for name in (
            "value_per_conversion",
            "cost_per_contact",
            "objection_weight",
            "complaint_weight",
        )
    )
    return (
        f"een {singular} moet gemiddeld ten minste opleveren wat het kost, gerekend met een "
        f"opbrengst van {value} per conversie en kosten van {cost} per {singular}, {objection} per "
        f"melding van verzet en {complaint} per klacht"
    )


def _objections(value: float) -> str:
    words = OUTCOME_WORDS["objection"]
    return f"{_plain(value)} {words.singular if value == 1 else words.plural}"


def _plain(value: float) -> str:
    text = number(value, 4)
    return text.rstrip("0").rstrip(",")
