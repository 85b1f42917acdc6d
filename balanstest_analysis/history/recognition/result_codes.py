"""What the result codes of a dialler mean, by their words in Dutch and English."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.history.columns.row_status import plain_code

_OBJECTION: Final = re.compile(
    r"\bdnc\b|\bdo not call\b|\bdon t call\b|\bverzet\b|\bbel( |-)?me( |-)?niet\b|\bbmn\b"
    r"|\bniet bellen\b|\b(niet|nooit) meer (\w+ )?(ge)?(bel|benader)(len|en|d)?\b"
    r"|\bbel (me |mij )?(niet|nooit)\b|\buitschrij|\bafmeld|\bafgemeld|\buitgeschreven"
    r"|\bopt ?out\b|\bunsubscribe|\bblokke|\bremove from list\b|\bbezwaar\b|\bavg verwijder"
)
_NO_OBJECTION: Final = re.compile(
    r"\b(register|rvv|recht van verzet) (aangeboden|genoemd|gemeld)|list match"
)
_DOUBTFUL: Final = re.compile(
    r"terug ?(te )?bel|teruggebeld|\bcall ?back|\bcallbk\b|\bcb ?hold\b|\blater\b|\bnabellen\b"
    r"|\bafspraak\b|\bbrochure\b|\b(toe|op)gestuurd\b|\bper post\b|\banswer(ed)?$|^connected$"
    r"|\bopgenomen\b|\bdoorverbonden\b|\bxfer\b|\btransfer|\bpu\b|\bandere taal\b|\blanguage\b"
    r"|\btba\b|\bfolder\b|\bstuur\b|\bhuisgenoot\b|\bpartner\b|\bpending\b"
    r"|\bweiger(t|de|en)? (het )?gesprek\b|\bgesprek geweigerd\b|\brefus\w* (to )?(talk|speak)\b"
)
_NO_CONTACT: Final = re.compile(
    r"\bgeen (gehoor|antwoord|contact|verbinding|gesprek|nummer)\b"
    r"|\bniet (thuis|aanwezig|in gebruik|bereik\w*|opgenomen|beschikbaar|aangesloten)\b|\bafwezig"
    r"|voice ?mail|\bvm\b|\bng\b|antwoordapparaat|\banswering\b|machine|\b(in|is) gesprek\b"
    r"|\bbezet|\bbusy\b"
    r"|\bno ?answer\b|\bnot answered\b|\bunanswered\b|\bmissed\b|\bgemist\b|onjuist|\bfout\w*"
    r"|\bverkeerd|\bwrong\b|\binvalid\b|ongeldig|buiten gebruik|\bonbereik|\bdisconnected\b"
    r"|\bnot in service\b|\bfax\b|dead air|\bdrop(ped)?\b|\babandon|\bverhuisd|\boverleden"
    r"|\bdeceased|\bcongestion\b|\bfailed\b|\btime ?out\b|\bno contact\b|\bnot reached\b"
    r"|\bunreach|\bleft (live )?message\b|\boperator intercept\b|\bsystem error\b|\bdial error\b"
    r"|\bno response\b|\bunavailable\b|\bduplicate\b|\bdubbel\b|\bniet gebeld\b"
    r"|\bmax(imum)? (aantal )?pogingen\b|\bno party\b|\blist match\b|\bop(ge)?hangen voor gesprek\b"
    r"|\bgeen persoon\b|\bnummer (bestaat|klopt)\b"
)
_NEGATIVE: Final = re.compile(
    r"\b(geen|niet|no|not|nee|al|reeds|bestaande?|was|ex|oud|nooit|never|al een|without|zonder)\b"
    r"|^(non?|niet|no)(sale|donateur)|weiger|inge?trok|opgezegd|opzeg|stopt|cancel|annule"
    r"|geweigerd|refus|declin|lost|verloren|afgewezen|afwijz|afgezegd|overweegt|twijfel|denkt"
)
_CONVERTED: Final = re.compile(
    r"\bdonat(eu|ie|ion|ed)|donor|machtig|verkoop|verkocht|\bsales?\b|\bsold\b|conver|geworven"
    r"|opgewaardeerd|upgrade|verhoging|verhoogd|\bgift|lid geworden|nieuw lid|lidmaatschap|bestel"
    r"|\border|toegezegd|toezegging|\bpledge|^ja\b|^yes\b|akkoord|abonnement|verlengd|verlenging"
    r"|reactivat|gereactiveerd|\bwon\b|direct debit|credit card|\bincasso|\bsucces(s|vol)?$"
    r"|eenmalig|structureel|\bper (maand|jaar)\b|\bsteunt\b"
)
_REACHED: Final = re.compile(
    r"interes|\bwil\b|behoefte|informatie|nu niet|weiger|gesproken|gesprek gevoerd|te duur"
    r"|geen tijd|geen geld|no ?sale|afgewezen|afwijz|klacht|complaint|opgehangen|\bhung ?up\b"
    r"|\bhang ?up\b|bestaand|\bnee\b|denkt|bedenk|refus|declin|financi|\bophangen\b|geen budget"
    r"|\bal (een )?(donat|donor|lid|klant)|reeds|geeft al|steunt al|opgezegd|opzeg|ingetrokken"
    r"|twijfel|overweegt|no pitch|\bnet(to)? contact\b|\bniet meer|\bno thanks\b|minderjarig"
    r"|\bte oud\b|\bgeen (donat|gift|machtig|lid)"
)
_VICIDIAL: Final = {
    "no_contact": "na n b ab a aa am al adc adct dc afax adair dair drop pdrop xdrop timeot "
    "lrerr nanque qvmail mlinat cg cgt dncl dncc eri incall queue new",
    "net_contact": "ni np dec",
    "converted": "sale",
}
_LONE: Final = frozenset({"na", "b", "aa", "am", "ab", "al", "adc", "dc", "afax", "dncl", "dncc"})
_LONE_REACHED: Final = frozenset({"ni", "np", "dec"})


@dataclass(frozen=True, kw_only=True)
class ResultCodes:
    """The result codes of a dialler, divided by their words.

    Attributes:
        converted: a gift, a sale; also a net contact.
        net_contact: the right person was reached; holds the converted ones and the objections.
        no_contact: nobody was reached.
        objections: somebody asked not to be called again.
        doubtful: such as *Terugbellen*: as a contact it would thin every rate.
        unknown: of which the words say nothing.
    """

    converted: tuple[str, ...]
    net_contact: tuple[str, ...]
    no_contact: tuple[str, ...]
    objections: tuple[str, ...]
    doubtful: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """Return whether a contact, a conversion and the absence of one are all among them."""
        return bool(self.converted and set(self.net_contact) - set(self.converted))


def divided(codes: Collection[str]) -> ResultCodes:
    """Return result codes by what they mean.

    Examples:
        >>> found = divided(["Donateur", "Niet thuis", "Bel me niet", "Terugbellen", "Q7"])
        >>> found.converted, found.no_contact, found.objections, found.doubtful, found.unknown
        (('Donateur',), ('Niet thuis',), ('Bel me niet',), ('Terugbellen',), ('Q7',))
    """
    meanings = {code: meaning(code) for code in codes}
    if "unknown" in meanings.values() and _speaks_vicidial(codes):
        meanings |= {c: _of_vicidial(c) for c, known in meanings.items() if known == "unknown"}

    def of(*wanted: str) -> tuple[str, ...]:
        return tuple(code for code, known in meanings.items() if known in wanted)

    return ResultCodes(
        converted=of("converted"),
        net_contact=of("converted", "net_contact", "objection"),
        no_contact=of("no_contact"),
        objections=of("objection"),
        doubtful=of("doubtful"),
        unknown=of("unknown"),
    )


def meaning(code: str) -> str:
    """Return what one code means by its words; ``"unknown"`` where they say nothing.

    Examples:
        >>> [meaning(code) for code in ("Ja, eenmalig", "Al donateur", "AM", "CALLBK", "x")]
        ['converted', 'net_contact', 'no_contact', 'doubtful', 'unknown']
    """
    plain = plain_code(code)
    if _OBJECTION.search(plain) and not _NO_OBJECTION.search(plain):
        return "objection"
    if plain in _LONE or _NO_CONTACT.search(plain):
        return "no_contact"
    if _DOUBTFUL.search(plain):
        return "doubtful"
    if _CONVERTED.search(plain) and not _NEGATIVE.search(plain):
        return "converted"
    return "net_contact" if plain in _LONE_REACHED or _REACHED.search(plain) else "unknown"


def is_result(code: str) -> bool:
    """Return whether a code is one of a dialler, and not of a payment, as far as its words tell."""
    return meaning(code) not in {"unknown"} and plain_code(code) not in _SHARED


_SHARED: Final = frozenset({"failed", "pending", "declined", "refused", "cancelled", "canceled"})


def _speaks_vicidial(codes: Collection[str]) -> bool:
    known = {word for words in _VICIDIAL.values() for word in words.split()} | {"dnc", "callbk"}
    telling = known - {"a", "n", "new", "queue"}
    return sum(code.isupper() and plain_code(code) in telling for code in codes) > 1


def _of_vicidial(code: str) -> str:
    plain = plain_code(code)
    return next((kind for kind, words in _VICIDIAL.items() if plain in words.split()), "unknown")
