"""What the columns of German and French exports are called, as patterns of plain names.

A plain name has no accents: *Geschäftspartner* is ``geschaftspartner``, and *N° client* is
``n_client``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_OF: Final = r"(_?(de_la|de_l|du|de|des|d|der))?_?"
_WHEN: Final = r"(datum|zeit|zeitpunkt|beginn|tag)"
_SOMEBODY: Final = (
    r"(kunden?|spender(in)?|mitglieds?|geschafts?partner|debitor(en)?|abonnenten|forderer"
    r"|foerderer|donateurs?|clients?|adherents?|membres?|abonnes?|tiers|debiteurs?)"
)
_KEY: Final = r"(nr|nummer|id|kennung|schlussel)"
_NUMERO: Final = r"(id|n|no|nr|num|numero|code|identifiant|reference|ref)"
_CALL: Final = r"(anrufs?|telefonats?|gesprachs?|kontakt|appels?)"
_OBJECTION: Final = r"(widerspruchs?|werbe_?sperre|sperr|abmelde|abmeldungs?)"
_OPPOSITION: Final = r"(opposition|desinscription|desabonnement|refus)"

# By our name, as in `column_names`.
STRONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "customer_id": rf"{_SOMEBODY}_?{_KEY}|{_NUMERO}{_OF}{_SOMEBODY}|geschafts?partner|debitor",
        "called_at": rf"{_CALL}_?{_WHEN}|(datum|zeitpunkt)(_und_uhrzeit)?_(des_)?{_CALL}"
        rf"|(angerufen|kontaktiert)_am|date(_et_heure)?{_OF}{_CALL}|appele_le|date_et_heure",
        "net_contact": r"netto_?kontakt|erreicht|contact_(utile|argumente|net)|joint",
        "converted": r"konvertiert|verkauft|converti|vendu",
        "campaign": r"kampagnen?_?(name|code|id|nr)?|aktions?_?(name|code)|(nom|code)_campagne",
        "occurred_on": r"(spenden?|zahlungs?|zahl|rechnungs?|bestell|kauf|auftrags?|vertrags?"
        r"|transaktions?|lastschrift|einzugs?|abschluss|zuwendungs?|vertragsbeginn|beginn)_?datum"
        r"|datum_der_(spende|zahlung|bestellung|zuwendung)|vertragsbeginn"
        rf"|date{_OF}(don|paiement|commande|achat|facture|transaction|prelevement|contrat|versement"
        r"|abonnement|adhesion|encaissement|debut)",
        "ends_on": r"(end|kundigungs?|ablauf|storno)_?datum|gekundigt_(am|zum)|vertragsende"
        rf"|date{_OF}(fin|resiliation|expiration|annulation)(_contrat)?|resilie_le",
        "amount": r"(spenden?|zahlungs?|zahl|rechnungs?|gesamt|auftrags?|bestell|netto|brutto"
        r"|monats?|jahres|zuwendungs?)?_?betrag(_(in_)?(eur|euro))?"
        rf"|montant({_OF}(don|paiement|commande|facture|versement|total|ttc|ht))?"
        r"(_(en_)?(eur|euros?))?",
        "objected_on": rf"{_OBJECTION}_?datum"
        r"|(widerspruch|widersprochen|abgemeldet|gesperrt)_(am|seit)"
        rf"|datum_(des|der)_(widerspruchs|abmeldung|sperre)|date{_OF}{_OPPOSITION}"
        r"|(oppose|desinscrit|desabonne)_le",
        "complained_on": r"(beschwerde|reklamations?)_?datum|(beschwert|reklamiert)_am"
        rf"|datum_der_(beschwerde|reklamation)|date{_OF}(plainte|reclamation)",
    }
)
# Names that say little by themselves.
WEAK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "customer_id": r"kunde|spender|mitglied|adherent|user_?uuid",
        "day": r"buchungs_?datum|beleg_?datum|eingangs_?datum|valuta(_?datum)?|wertstellung"
        r"|(erstellt|eingegangen|gemeldet|erfasst)_am"
        rf"|date{_OF}(creation|saisie|reception|valeur|operation|comptable|enregistrement)"
        r"|(cree|recu|saisi)_le",
        "amount": r"summe|umsatz|somme|prix",
    }
)
RESULT: Final = (
    rf"{_CALL}_?(ergebnis|status|resultat)|ergebnis(_?code)?|(resultat|statut|issue){_OF}{_CALL}"
    r"|qualification(_(de_l_)?appel)?"
)
CLOCK_TIME: Final = rf"uhrzeit|heure({_OF}{_CALL})?"
# Of files and sheets, by table.
FILE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "calls": r"anruf|telefonat|gesprach|gespräch|(?<![a-z])appels?(?![a-z])",
        "events": r"spende|zahlung|bestellung|rechnung|vertrag|vertrage|(?<![a-z])dons?(?![a-z])"
        r"|paiement|commande|achats",
        "objections": r"widerspr|werbesperr|opposition|desinscri|désinscri",
        "complaints": r"beschwerde|reklamation|(?<![a-z])plainte|reclamation|réclamation",
    }
)
