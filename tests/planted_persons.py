"""Invented persons, in the forms in which texts of an export hold them, and texts that hold none.

Telephone numbers are those that are kept free for fiction where a country has such; every citizen
number and bank account was made up to pass its test.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = (
    *("Terugbellen Piet Zwanepoel-Jansen", "mevrouw Van der Zwaluwenberg", "dhr. Öztürk-Quist"),
    *("P.J. de Vries-Ypma", "Quaadvliet-de Boer", "Fatima el Amrani-Xhaka", "Fatima el Amrani"),
    *("fatima el amrani", "Jansen, Piet", "Jansen, P.", "VAN DEN BERG", "nazorg_jansen_piet"),
    *("PietJansen", "Małgorzata Wiśniewska", "Nguyễn Văn An", "José García López"),
    *("Wubbo van der Zanden", "van 't Hoff-Quant", "familie Bakker", "Jan Bakker"),
    *("Sjoerd Dijkstra", "Kowalski", "Mohammed Ben Ali", "Anne-Marie Visser", "Lijst dhr Ali"),
    *("Ockhuizen-van Zwaan", "Sean O'Brien", "Priya Ramdin", "Kwame Mensah", "beller Fatima"),
)
TELEPHONES: Final = (
    *("06-12345678", "06 1234 5678", "06.12.34.56.78", "+31 6 12345678", "+31 (0)6 12 34 56 78"),
    *("0031612345678", "bel 020-7946095", "(020) 794 60 95", "+32 470 12 34 56"),
    *(
        "+49 30 23125 123",
        "+44 20 7946 0958",
        "+1 202-555-0143",
        "06–12345679",
        "０６１２３４５６７８",
    ),
)
CITIZENS: Final = (
    *("123456782", "123.456.782", "123 456 782", "BSN123456782", "bsn: 11122233", "111.222.333"),
    *("1112.22.333", "98 76 54 321"),
)
ACCOUNTS: Final = (
    *("NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "GB29 NWBK 6016 1331 9268 19"),
    *("BE68 5390 0754 7034", "rekening 12.34.56.789"),
)
ADDRESSES: Final = (
    *("Zebrapad 3", "Van der Yucatanweg 3a", "Ulbesingel 8-2", "1012 QX", "1012QX Amsterdam"),
    *("Quastenstraße 5", "rue de la Quête 10", "221B Quaker Street", "Postbus 98123"),
)
BIRTHS: Final = (
    *("12-03-1961", "1961-03-12", "12/03/61", "12 maart 1961", "3 mei '58", "geb. 1961"),
    *("19610312", "12031961"),
)
MAIL: Final = ("piet@zwanepoel.example", "piet (at) zwanepoel.example", "P. Q <pq@example.org>")
PERSONS: Final = (*NAMES, *TELEPHONES, *CITIZENS, *ACCOUNTS, *ADDRESSES, *BIRTHS, *MAIL)

ORDINARY: Final = tuple(
    """
Voorjaar 2024;Kerstactie;TM-2024-Q3;Loterij Utrecht;Donateurs 50+;Wervings\u00adcampagne Noord
Najaarsactie 2023;Winback Q1 2025;lente;Campagne A;C1;camp-3;Reactivatie 2024-2025
Upsell Staatsloterij;Postcodeloterij Den Haag;Vriendenloterij;Sinterklaasactie;Vaderdag 2024
Welkomstgesprek nieuwe donateurs;Abonnees krant;Verlengers maart 2024;Outbound Noord-Holland
Zuid-Holland;Regio Amsterdam;Rotterdam Zuid;Actie van de Maand;Dag van de Arbeid;Mailing week 12
TM week 2024-12;202403;20240315;15-03-2024;2024Q1;Actie 2024 TM;Het Rode Kruis;De Zonnebloem
Wilde Ganzen;KWF Kankerbestrijding;Alpe d'Huzes;Amnesty International;Artsen zonder Grenzen
Black Friday;KERSTACTIE;Giro 555;Loten 1.000.000;Jackpot 100.000;Top 100 2024 2025;Grote Clubactie
Het Parool;AD Utrecht;Libelle;Donald Duck;National Geographic;Stadsactie Den Bosch;Bergen op Zoom
Alphen aan den Rijn;Capelle aan den IJssel;Actie Sint Maarten;MS Fonds;Max actie;5 mei
Bel me niet meer;Donateur;Upgrade;Geen gehoor;Geen interesse;Voicemail;In gesprek;Verkeerd nummer
Terugbellen;Niet bereikbaar;Overleden;Verhuisd;No Answer;Answering Machine;Do Not Call;Wrong Number
Left Message;Call Back;Max Attempts;Eenmalige gift;Machtiging;Spreekt geen Nederlands;Foutief nummer
Wil niet gebeld worden;purchase;donation;belscript A/B;Segment 1 (hoog);Face to Face;Bureau Zuid
Cohort 2019-2021;10:00-12:00;Batch 7;lijst 004;Winter 23/24;Belstatus;Datum gesprek;customer_id
called_at;net_contact;Klantnr;Blad1;calls
""".replace("\n", ";")
    .strip(";")
    .split(";")
)
