"""What is still to be filled in: every gap of the result by its name, or counted with others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balanstest_analysis.verification.claims.against import POINTS
from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.dutch_numbers import whole
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import CONDITIONS, RULES

REVIEW = {
    "dpo_opinion": "advies van de FG",
    "dpo_status": "of de FG akkoord is",
    "dpo_date": "datum van het oordeel van de FG",
    "dpo_followed": "of het oordeel van de FG is opgevolgd",
    "people_asked": "of de mensen die worden gebeld naar hun mening is gevraagd",
    "necessity": "waarom post, e-mail of toestemming niet volstaat",
    "reason_for_longer_term": "reden voor een langere termijn",
    "dpia_reference": "verwijzing naar de DPIA",
    "review_date": "datum van herziening",
    "signatories": "ondertekenaars",
}
PROCESSING = {
    "basis": "grondslag",
    "purpose": "doel",
    "recipients": "ontvangers",
    "retention": "bewaartermijn",
    "objectors": "wie verzet aantekende",
}
OTHERS = {
    "decision": "het besluit van de organisatie",
    "decision.outdated": (
        "een besluit over deze gegevens (het opgegeven besluit is genomen vóór de laatste dag "
        "daarvan)"
    ),
    "organisation.name": "naam van de organisatie",
    "scope.category": "categorie of merk",
    "scope.report_date": "datum van het rapport",
    "scope.consent_needed_later": (
        "een grond onder de regels die na de rapportdatum ingaan (dan is voorafgaande toestemming "
        "nodig)"
    ),
    "data.kinds": (
        "de soort van de relaties in de aangeleverde gegevens (anders is niet na te gaan welke "
        "relaties meetellen)"
    ),
    "criteria.burden": (
        "een criterium over verzet of klachten; zonder zo’n criterium is de weging eenzijdig"
    ),
    "criteria.untested": (
        "een criterium dat niet kon worden getoetst: meer gegevens, of een reden om het terzijde "
        "te leggen"
    ),
    "set_aside.void": (
        "een criterium dat terzijde is gelegd terwijl dat niet kan: het is wel getoetst, de grens "
        "is daarna veranderd, of de waarnemingen liggen zelf aan de verkeerde kant van de grens"
    ),
}
GAPS = (
    {f"conditions.{code}": words for code, words in CONDITIONS.items()}
    | {f"review.{code}": words for code, words in REVIEW.items()}
    | {f"processing.{code}": words for code, words in PROCESSING.items()}
    | {f"measures.{code}": f"‘{name[0].lower()}{name[1:]}’" for code, name in RULES.items()}
    | {f"replies.{code}": f"‘{name}’" for code, (name, _) in POINTS.items()}
    | OTHERS
)
# it stands with the weighing, and is told by its name
NECESSITY = "review.necessity"
# how the gaps of one kind are told where they are too many for one page
COUNTED = {
    "conditions": r"(\w+) (?:van de vijf|de) voorwaarden",
    "review": r"(\w+) onderdelen van de adviezen en de vaststelling",
    "processing": r"(\w+) onderdelen van de verantwoording van de verwerking",
    "measures": r"maatregel, verantwoordelijke en datum bij (\w+) regels",
    "replies": r"reactie op (\w+) punten die tegen de termijn pleiten",
}


@claim("rule", "NOG IN TE VULLEN: {gaps:text}.", where="item")
def gaps(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that every gap is named or counted, and no other."""
    words, codes = said["gaps"], list(facts.content["gaps"])
    told = {code for code, name in GAPS.items() if re.search(rf"(?<!\w){re.escape(name)}", words)}
    told |= {f"criteria[{one}]" for one in re.findall(r"naam en reden van criterium (\d+)", words)}
    told |= set(re.findall(r"\b(\d[a-z]|4)\b(?= \(|,| en |;|$)", words))
    for kind, pattern in COUNTED.items():
        found = re.search(pattern, words)
        if found is not None:
            these = {code for code in codes if code.startswith(f"{kind}.")} - {NECESSITY}
            yield from demand(whole(found[1]) == len(these), f"of {kind} there are {len(these)}")
            yield from _every_condition(found[0], len(these))
            told |= these
    yield from demand(_times(words) == _times_due(words, codes), "of the rules about times")
    due = set(codes)
    missing, strange = sorted(due - told), sorted(told - due)
    yield from demand(told == due, f"not told are {missing}, told but not due {strange}")


def _every_condition(words: str, number: int) -> Iterator[str]:
    """Yield a fault where all conditions are told as some of them, or the other way round."""
    if words.endswith("voorwaarden"):
        every = words.endswith(" de voorwaarden")
        yield from demand(every == (number == len(CONDITIONS)), f"{number} conditions are open")


TIMES = {"forbidden_day": "dagen", "outside_hours": "tijdstippen"}


def _times(words: str) -> str:
    found = re.search(
        r" regels, waaronder die over (dagen en tijdstippen|dagen|tijdstippen)", words
    )
    return found[1] if found else ""


def _times_due(words: str, codes: list[str]) -> str:
    """Return which rules about times are counted among those without a measure."""
    if re.search(COUNTED["measures"], words) is None:
        return ""
    return " en ".join(word for code, word in TIMES.items() if f"measures.{code}" in codes)


@claim("words", "Alle vragen van het sjabloon hebben een antwoord.")
def no_gaps(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that nothing is to be filled in."""
    gaps_left = facts.content["gaps"]
    yield from demand(not gaps_left, f"gaps are {gaps_left}")
