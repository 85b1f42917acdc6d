"""What speaks against a proposal: numbered points, each with a reply of the organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand, elsewhere
from balanstest_analysis.verification.claims.dutch_numbers import whole
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage

AGAINST = (
    "Wat tegen het voorstel pleit",
    "Wat tegen de aanvraag pleit",
    "Wat tegen het besluit pleit",
)
UNANSWERED = "Nog geen reactie."
MISSING = re.compile(r"Op (?:dit punt|(?P<missing>\w+) van de (?P<every>\w+) punten) heeft de ")
# what each point is called, with words that stand in no other point, or others where those need not
POINTS = {
    "decision_longer": (
        "een besluit voor een langere termijn dan de gegevens onderbouwen",
        "langer dan de geg",
    ),
    "decision_above_cap": ("een besluit boven de grens van 36 maanden", "is langer dan het v"),
    "decision_argued": ("een besluit zonder voorstel", "berust op redenering: de gegevens"),
    "decision_below_request": (
        "een besluit voor een kortere termijn dan wordt gevraagd",
        "maanden die zij aanvraagt",
    ),
    "rules_overridden": ("andere regels dan die van de rapportdatum", "uit van andere regels"),
    "membership_as_gift": ("lidmaatschappen die als gift tellen", "telt lidmaatschappen als gif"),
    "dpo_disagrees": ("een FG die niet akkoord is", "gegevensbescherming is niet akkoord"),
    "criterion_set_aside": ("een criterium dat terzijde is gelegd", "terzijde gelegd. Het is"),
    "older_numbers": ("telefoonnummers van vóór 1 juli 2021", "Voor telefoonnummers van vóór"),
    "longer_than_before": ("een langer voorstel dan in het vorige rapport", "Het voorstel is lan"),
    "criteria_changed": ("gewijzigde criteria", "Gewijzigd op"),
    "doubtful_data": ("gegevens die de uitkomst twijfelachtig maken", "De uitkomst is twijfela"),
    "breaches": (
        "overtredingen in de belhistorie",
        "Dat ondermijnt het vertrouwen dat|; of dat een overtreding is, staat voor",
    ),
    "days_and_hours": ("bellen op dagen of tijdstippen waarop dat niet mag", "Er is gebeld op "),
    "reports_left_out": (
        "meldingen die in de percentages niet meetellen",
        "Niet meegeteld zijn",
    ),
    "months_unseen": ("gevraagde maanden zonder cijfers", "dit rapport niets zeggen over"),
    "burden_at_end": ("de verhouding tussen verzet en conversies aan het einde", "elke 100 conv"),
    "shorter_term": ("een kortere termijn", "kortere termijn van"),
    "row_by_row": ("tijdvakken die een kortere termijn laten zien", "Als elk tijdvak in de tab"),
    "privacy_does_not_bind": (
        "een termijn die niet door verzet of klachten is bepaald",
        "Geen criterium over verzet of klachten",
    ),
    "no_criterion": ("gegevens waarover geen criterium is gesteld", "er is geen criterium over"),
    "lenient_limit": ("een ruime drempelwaarde", "keer zo hoog als het waargenomen"),
    "no_data": ("ontbrekende gegevens", "kan dit rapport daarom niets zeggen"),
    "poor_fit": ("krommen die slecht bij de gegevens passen", "geen enkele eenvoudige kromme"),
    "campaigns_not_counted": (
        "verschillen tussen campagnes die niet meetellen",
        "Contacten uit dezelfde campagne lijken vaak op elkaar",
    ),
    "longer_than_current": ("een langere termijn dan nu", "langer dan de huidige van"),
    "other_choices": ("andere keuzes die de termijn verkorten", "andere keuze"),
    "survivors": ("mensen die al verzet aantekenden", "Mensen die al verzet aantekenden"),
    "silence": ("geen verzet is geen instemming", "Geen verzet is geen instemming"),
    "no_effect": (
        "conversies die niet aan het gesprek te danken zijn",
        "zou ook zonder gesprek",
    ),
}
FEW = 3
NAMES = {name: code for code, (name, _) in POINTS.items()}
OTHERS = (
    "Het dossier bevat ook {which=reacties op punten die in dit rapport niet aan de orde komen|"
    "een reactie op een punt dat in dit rapport niet aan de orde komt}: "
)


def in_place(at: Passage) -> Iterator[str]:
    """Yield a fault where a sentence stands elsewhere."""
    yield from demand(at.section in AGAINST, elsewhere(at))


@claim("words", "{number:count}.", where="paragraph")
@claim(
    "words",
    "De zwaarste punten staan voorop.",
    "De organisatie hoort op elk punt te reageren.",
    "Reactie van de organisatie:",
    "Die punten spelen hier niet; de reacties zijn daarom niet opgenomen.",
    "Dat punt speelt hier niet; de reactie is daarom niet opgenomen.",
)
def of_a_point(_said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that what belongs to a point stands among them."""
    yield from in_place(at)


@claim("words", UNANSWERED)
def unanswered(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a reply is still to be given."""
    yield from in_place(at)
    yield from demand(bool(_open(facts)), "the result has a reply to every point")


@claim(
    "words",
    "Op {missing:word} van de {every:word} punten heeft de organisatie nog niet gereageerd.",
    "Op geen van de {every:word} punten heeft de organisatie al gereageerd.",
    "Op dit punt heeft de organisatie nog niet gereageerd.",
    "Een reactie hoort in het dossier, onder ‘review.replies’, of in het Word-formulier met de "
    "vragen; het rapport dat daarna wordt gemaakt, drukt haar af bij het punt.",
)
def without_replies(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check on how many points a reply is still to be given; how many there are tells the page."""
    yield from in_place(at)
    number = len(_open(facts))
    yield from demand(number > 0, "the result has a reply to every point")
    if "missing" in said:
        yield from said.is_whole("missing", number)
        yield from demand(number < said.whole("every"), "none of the points has a reply")
    elif "every" in said:
        yield from said.is_whole("every", number)


@claim("words", f"{OTHERS}{{names:text}}.")
def other_replies(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that replies are to points there are, and to none that has no reply."""
    yield from in_place(at)
    codes = _named(said["names"])
    yield from demand(not set(codes) & _open(facts), "to one of these there is no reply")
    yield from demand(len(codes) <= FEW, f"{len(codes)} points are named")
    several = said["which"].startswith("reacties")
    yield from demand((len(codes) > 1) == several, f"there are {len(codes)}")
    order = list(POINTS)
    yield from demand(len(set(codes)) == len(codes), "one is named twice")
    yield from demand(all(code in order for code in codes), "one is no point")


@claim(
    "words",
    "Het dossier bevat ook reacties op {number:word} punten die in dit rapport niet aan de orde "
    "komen.",
)
def many_replies(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that replies are too many to name, and no more than there are points to reply to."""
    yield from in_place(at)
    most = len(set(POINTS) - _open(facts))
    yield from demand(FEW < said.whole("number") <= most, f"there are {most} points with a reply")


def _named(names: str) -> list[str]:
    """Return the codes of points in a list, each between quotation marks."""
    last = names.replace("’ en ‘", "’, ‘")
    return [
        NAMES.get(name, name) for name in last.removeprefix("‘").removesuffix("’").split("’, ‘")
    ]


def _open(facts: Facts) -> set[str]:
    gaps = facts.content["gaps"]
    return {code.removeprefix("replies.") for code in gaps if code.startswith("replies.")}


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield which points are misnumbered, or have a reply where the result says otherwise.

    Args:
        page: of the report.
        facts: of its result.
    """
    points = [
        one
        for one in page.passages
        if one.section in AGAINST and one.kind == "paragraph" and not one.of_organisation
    ]
    numbered = [one for one in points if one.text.split(".")[0].isdigit()]
    found = [int(one.text.split(".")[0]) for one in numbered]
    if found != list(range(1, len(found) + 1)):
        yield f"the points against the proposal are numbered {found}"
    codes = [code_of(one.text) for one in numbered]
    unanswered_ = {
        code for code, one in zip(codes, numbered, strict=True) if one.text.endswith(UNANSWERED)
    }
    if unanswered_ != _open(facts):
        yield f"without a reply are {sorted(unanswered_)}, due are {sorted(_open(facts))}"
    counts = [_missing(said) for one in points if (said := MISSING.match(one.text))]
    due = [(len(unanswered_), len(codes))] if unanswered_ else []
    if counts != due:
        yield f"of points without a reply it says {counts}, and should say {due}"
    order = [list(POINTS).index(code) for code in codes]
    if order != sorted(set(order)):
        yield f"the points are not in their order: {codes}"
    for one in points:
        many = re.search(r"reacties op (\w+) punten die", one.text)
        if many is not None and whole(many[1]) > len(POINTS) - len(set(codes)):
            yield f"more replies are left out than points are: {many[1]}"
        told = one.text.partition("aan de orde kom")[2].partition(": ")[2].split(". D")[0]
        both = set(_named(told)) & set(codes)
        if one.text.startswith("Het dossier bevat ook ") and both:
            yield f"a reply is said to be left out, and is not: {sorted(both)}"


def _missing(told: re.Match[str]) -> tuple[int, int]:
    """Return on how many points a reply is said to be missing, and of how many."""
    if told["missing"] is None:
        return 1, 1
    every = whole(told["every"])
    return whole(told["missing"]) or every, every


def code_of(text: str) -> str:
    """Return which point a paragraph makes.

    Raises:
        ValueError: it makes none that is known.
    """
    for code, (_, words) in POINTS.items():
        if any(one in text for one in words.split("|")):
            return code
    raise ValueError(f"no point is made: {text!r}")
