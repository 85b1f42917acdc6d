"""Words of objections and complaints: what they are about, and columns that tell it.

A word that stands *alone* may be a surname or a product as well: it counts only in a code of which
every word is known.
"""

from __future__ import annotations

from typing import Final

CALLING: Final = (
    r"telefonische (werving|verkoop|acquisitie|benadering|marketing|colportage|campagnes?|acties?)"
    r"|telefoon(werving|verkoop|marketing|acties?|campagnes?|blokkade)|telemarket\w*"
    r"|tele ?(sales|verkoop|werving|fundrais\w*)|(op|na|uit)?(gebeld|bellen)|belt|belden?|bellers?"
    r"|bel ?(acties?|campagnes?|pogingen|poging|frequentie|tijd|tijden|tijdstip|tijdstippen|script"
    r"|gedrag|bureaus?|teams?|werving|verkoop|agent|medewerkers?|blokkade|verbod|stop)|bmnr"
    r"|outbound|bel me niet|do not call|callers?|called|phoned|phoning"
    r"|(cold|robo|nuisance|sales|marketing) ?call(s|ing|ers?)?"
)
CALLING_ALONE: Final = (
    r"telefoon|telefonisch|telefonische|telefoontjes?|telefoongesprek(ken)?|tel|tm|bel|phone"
    r"|telephone|calls?|calling|dnc"
)
CHANNEL: Final = (
    r"(e ?)?mail(frequentie|blokkade|nieuwsbrief|ings?)|e ?mail(s|en)?|\w+brief|\w*brieven"
    r"|newsletters?|direct ?mail(ing|ings|s)?|sms|text messages?|whats ?app|briefpost"
    r"|post(stukken|mailing|blokkade)|drukwerk|social ?media|facebook|instagram|face (to|2) face"
    r"|f2f|straat ?(werv\w*|verkoop)|huis aan huis|deur aan deur|deur ?werv\w*|d2d|door (to|2) door"
    r"|doorstep|aan de deur|colport\w*|collect(e|es|anten)"
)
CHANNEL_ALONE: Final = (
    r"post|brief|letters?|mails?|mailen|dm|app|online|digitaal|schriftelijke?|straat|street"
    r"|deur|fax|tv|radio"
)
SERVICE: Final = (
    r"klanten ?service|klantcontact|customer ?(service|care)|helpdesk|bereikbaar(heid)?|wachttijd"
    r"|wachttijden|inbound|incoming|inkomende?"
)
MATTER: Final = (
    rf"{SERVICE}|\w*bezorg\w*|lever(ing|ingen|tijd)|geleverd|deliver(y|ies)|shipping|verzend\w*"
    r"|\w*factu(ur|re\w*|ratie)|invoic(e|es|ing)|billing|\w*incasso(s| s)?|geincasseerd"
    r"|afschrijving(en)?|afgeschreven|betaling(en)?|payments?|terugbetaling|refunds?"
    r"|product(en|s)?|\w*websites?|webshop|privacy|avg|gdpr|datalek|persoonsgegevens|magazines?"
    r"|tijdschrift(en)?|folders?|brochures?|catalogus|advertenties?|abonnement(en)?|subscriptions?"
    r"|opzegging(en)?|opzeggen|cancellations?|contract(en|s)?|prijs|prijzen|prijsverhoging"
    r"|pric(e|es|ing)|tarie(f|ven)|adreswijziging|adresgegevens|kwaliteit|quality|retour(en)?"
    r"|returns?|garantie|warranty|storing(en)?|evenement(en)?|machtiging(en)?|premiums?|cadeaus?"
)
MATTER_ALONE: Final = r"krant|blad|web ?site|site|account|inhoud|content|beleid|techniek|technisch"
# The way in of a report, and nothing that anyone objects to.
ENTRY: Final = (
    r"((web|contact|online) ?)?formulier(en)?|(web|contact|online) ?form|(live ?)?chat|balie"
    r"|mondeling"
)
ALL: Final = (
    r"alles|alle|alle (kanalen|communicatie\w*|contact\w*|uitingen|media|benadering(en|swijzen)?"
    r"|vormen|middelen|marketing\w*|reclame|werving\w*|mogelijkheden)"
    r"|all|all (channels?|communications?|contact|marketing|media)|everything|any|any channel"
    r"|algeheel|algehele|volledige?|totaal|totale|geheel|gehele|compleet|complete|full|total|global"
    r"|(totaal|algeheel|volledig)(verzet|blokkade)|algemene blokkade|algemeen verzet|niets( meer)?"
    r"|geen (enkel |enkele |verder |verdere )?(contact|communicatie|benadering|marketing)"
    r"|(no|do not) (contact|communication|marketing|solicit)"
)
BESIDE: Final = (
    r"te|veel|teveel|vaak|vaker|too|many|much|often|geen|niet|meer|nooit|no|not|do|never|stop|voor"
    r"|van|tegen|over|via|per|door|op|in|bij|de|het|een|the|an?|of|for|from|by|to|en|and|or|met|ook"
    r"|alleen|enkel|uitsluitend|only|ongewenste?|unwanted|wil|worden|is|was|ontvangen|received"
    r"|afmeld(ing|en)|afgemeld|uitschrijv(ing|en)|uitgeschreven|(recht van )?verzet|bezwaar"
    r"|klachten|klacht|complaints?|objection|blokkade|geblokkeerd|blokkeren|opt ?out|unsubscribed?"
    r"|contact|benadering|benaderen|communicatie|marketing|commerciele|werving|verkoop|sales"
    r"|gedrag|toon|tijdstip|frequentie|frequency|dubbele?|double|laat|late|verkeerde?|onjuiste?"
    r"|wrong|fout|automatische|kanaal|register|fundraising|bureau|vaste|mobiele|papieren"
    r"|(on)?geadresseerde?|(un)?addressed"
)
# They turn what stands beside them, or tell of a call that the customer made or asked for.
TURNING: Final = (
    r"behalve|uitgezonderd|uitzondering|exclusief|excl|except|excluding|wel|tenzij|unless|ipv"
    r"|in plaats van|terug(gebeld|bel\w*)?|call ?backs?|call ?cent(er|re)|nummer|number"
)
# By such a channel a report may have come in.
WAYS: Final = (
    rf"{ENTRY}|{CALLING_ALONE}|{CHANNEL_ALONE}|telemarketing|outbound|bellen|gebeld|e ?mails?"
    r"|nieuwsbrief|newsletter|sms|whats ?app|social ?media|facebook|instagram|brieven|inbound"
    r"|klanten ?service|customer ?service|web ?site|via|per|door|met|by"
)
_OF: Final = (
    r"(klachten|klacht|verzets?|afmeld(ings?)?|bezwaar|uitschrijf|uitschrijvings?|blokkade|opt_?out"
    r"|meldings?|complaint|objection|case|ticket|issue|unsubscribe|communicatie)"
)
_SUBJECT: Final = (
    r"(onderwerp|categorie|rubriek|reden|oorzaak|aard|soort|type|thema|topic|subject|category"
    r"|reason|cause|kind|code)"
)
_REPORT: Final = (
    r"(afmeld(ing|en)|afgemeld|uitgeschreven|uitschrijving|geblokkeerd|blokkade|opt(ed)?_?out"
    r"|unsubscribed?|klacht|complaint|verzet|bezwaar|objection)"
)
NAMES: Final = (
    rf"({_OF}_?)?((hoofd|sub|main|primary)_?)?{_SUBJECT}(_?(code|naam|name|omschrijving|[0-9]))?"
    rf"|{_SUBJECT}_((van|of)_)?((de|het|the)_)?{_OF}(ing|en)?|betreft(_.*)?|betreffende|gaat_over"
    rf"|scope|{_REPORT}(_(voor|over|tegen|van|for|from|about|against|to|regarding))?"
    r"|(geen|niet|no|do_not)_.+_(via|per|by)"
)
REASONS: Final = r"(.*_)?\w*(reden|oorzaak|reason|cause|motief)(_.*)?"
# How a report came in, what the customer does want, and what people write themselves.
OTHER_NAMES: Final = (
    r"(.*_)?(via|\w*bron|herkomst|afkomst|origin|source|binnenkomst\w*|binnengekomen|ingekomen"
    r"|ontvangst\w*|instroom\w*|intake\w*|indien\w*|ingediend|\w*wervings?\w*|received_by"
    r"|\w*voorkeurs?\w*|preferences?|\w*toestemming|consent|opt_?in)(_.*)?"
    r"|(gemeld|aangemeld|afgemeld|opgezegd|doorgegeven|ontvangen|submitted|reported)_(per|bij|by)"
    r"|(.*_)?(toelichting|opmerking(en)?|notities?|memo|bericht|tekst|comments?|notes?|message"
    r"|remarks?|text)"
)
