"""What each level means and what no check can tell, in English and in Dutch."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.verification.findings import Language, Level

# name of a level, and in one line what it means that it is sound
LEVEL_WORDS: Final[dict[Level, dict[Language, tuple[str, str]]]] = {
    "whole": {
        "en": ("whole", "every file is there, none was changed after it was made, none was added"),
        "nl": (
            "Compleet",
            "Alle bestanden zijn er, geen ervan is na het maken gewijzigd en er is niets "
            "bijgedaan.",
        ),
    },
    "one_story": {
        "en": ("one story", "PDF, web page, result and tables say the same words and numbers"),
        "nl": (
            "Eén verhaal",
            "PDF, webpagina, uitkomsten en tabellen geven dezelfde woorden en getallen.",
        ),
    },
    "follows": {
        "en": (
            "follows",
            "the proposal follows from the criteria, each rate, limit and total from its counts, "
            "and what the sentences claim holds",
        ),
        "nl": (
            "Volgt eruit",
            "Het voorstel volgt uit de criteria, elk percentage, elke grens en elk totaal uit de "
            "gepubliceerde aantallen, en de zinnen kloppen met de uitkomsten.",
        ),
    },
    "series": {
        "en": ("series", "it agrees with the earlier report that was given beside it"),
        "nl": ("Reeks", "Het rapport klopt met het eerdere rapport dat ernaast is gelegd."),
    },
}

# of a PDF alone there is no list of hashes, and no web page to hold it against
OF_PDF: Final[dict[Level, dict[Language, str]]] = {
    "whole": {
        "en": "all that should be attached is, nothing else, and the file was not saved again",
        "nl": "Alle bijlagen die in de PDF horen, zitten erin, er zit niets anders in en de PDF "
        "is niet opnieuw opgeslagen.",
    },
    "one_story": {
        "en": "the pages of the PDF say the same numbers as the result and the tables in it",
        "nl": "De bladzijden van de PDF geven dezelfde getallen als de uitkomsten en de tabellen "
        "die als bijlage in de PDF zitten.",
    },
}


def meaning_of(level: Level, kind: str, language: Language) -> str:
    """Return what it means that a level is sound.

    Args:
        level: which.
        kind: of what was given: ``pdf``, ``zip`` or ``directory``.
        language: of the words.

    Examples:
        >>> meaning_of("one_story", "zip", "en")
        'PDF, web page, result and tables say the same words and numbers'
    """
    words = OF_PDF.get(level, {}) if kind == "pdf" else {}
    return words.get(language, LEVEL_WORDS[level][language][1])


NOT_CHECKED: Final[dict[Language, str]] = {
    "en": "not checked: no earlier report was given (`--earlier`)",
    "nl": "Niet nagegaan: er is geen eerder rapport naast gelegd.",
}
COUNTED: Final[dict[str, tuple[str, str]]] = {
    "files": ("files", "bestanden"),
    "passages": ("passages", "tekstdelen"),
    "cells": ("cells of tables", "cellen van tabellen"),
    "sentences": ("sentences", "zinnen"),
    "rows": ("rows of counts", "rijen met aantallen"),
    "criteria": ("criteria", "criteria"),
    "reports": ("earlier reports", "eerdere rapporten"),
}
UNCOMPUTED: Final[dict[str, tuple[str, str]]] = {
    "counts": (
        "the counts themselves: they come from the organisation's files, which the report does "
        "not hold",
        "De aantallen zelf: die komen uit de bestanden van de organisatie, en die zitten niet in "
        "het rapport.",
    ),
    "hidden": (
        "what is not published: counts of fewer than the minimum, and what would give them away",
        "Wat niet wordt gepubliceerd: kleine aantallen, en aantallen waaruit die zouden volgen.",
    ),
    "curves": (
        "the curves, their weights and the estimates: they rest on counts per month; only that "
        "the published curve crosses the threshold where the criterion says was checked",
        "De krommen, hun gewichten en de schattingen: die berusten op aantallen per maand. Alleen "
        "is nagegaan dat de gepubliceerde kromme de drempelwaarde bereikt waar het criterium dat "
        "zegt.",
    ),
    "limits": (
        "the lower limit from which a criterion's term follows: it takes draws per month; the "
        "check row by row (“Controle”) was computed again",
        "De ondergrens waaruit de termijn van een criterium volgt: die vraagt trekkingen per "
        "maand. De controle per tijdvak (‘Controle’) is wel nagerekend.",
    ),
    "effects": (
        "the design effects by which limits are widened",
        "De ontwerpeffecten waarmee grenzen zijn verruimd.",
    ),
    "choices": (
        "the term under other choices, and by the weight of objections and complaints",
        "De termijn bij andere keuzes, en naar het gewicht van verzet en klachten.",
    ),
    "people": (
        "shares of people, composition, calls per person, and shares of calls against a rule",
        "Aandelen van mensen, de samenstelling, hoe vaak iemand is gebeld en aandelen in strijd "
        "met een regel.",
    ),
    "figures": (
        "what the figures of a PDF alone draw: only beside the web page can they be compared",
        "Wat de figuren in een losse PDF tekenen: te vergelijken zijn ze alleen naast de "
        "webpagina.",
    ),
    "fingerprints": (
        "the fingerprints: they take a key that only the organisation has",
        "De vingerafdrukken: daarvoor is een sleutel nodig die alleen de organisatie heeft.",
    ),
    "law": (
        "whether the rules of law are told rightly, and apply",
        "Of de rechtsregels juist zijn weergegeven en van toepassing zijn.",
    ),
    "own_words": (
        "the organisation's own words: answers, reasons, replies and measures",
        "De eigen woorden van de organisatie: antwoorden, redenen, reacties en maatregelen.",
    ),
}
# what a hash proves, and what a picture of a page can hide
LIMITS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "A hash proves that a file is the one that was hashed; not who made it, nor when, nor that "
        "its numbers are true. Who can change a file can compute its hash again: compare the hash "
        "with one that you got from the organisation in another way.",
        "The words of a PDF were read as its structure tells them, which is also how a screen "
        "reader reads it. A forger can paint over words; look at the PDF, too.",
    ),
    "nl": (
        "Een SHA-256-kenmerk bewijst dat een bestand hetzelfde is als het bestand waarvan het "
        "kenmerk is berekend. Het bewijst niet wie het heeft gemaakt, wanneer, of dat de getallen "
        "waar zijn. Wie een bestand kan wijzigen, kan ook een nieuw kenmerk berekenen. Vraag het "
        "kenmerk daarom langs een andere weg aan de organisatie, bijvoorbeeld per telefoon.",
        "De woorden van de PDF zijn gelezen zoals een schermlezer ze leest. Een vervalser kan "
        "over woorden heen schilderen; bekijk de PDF daarom ook zelf.",
        "Een rapport dat op alle niveaus klopt, kan op verkeerde gegevens berusten. Een vervalser "
        "met dit programma kan een nieuw rapport maken dat in zichzelf klopt.",
    ),
}
