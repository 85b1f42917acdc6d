"""The Dutch that readers meet keeps to the house words: what an editor struck out stays out."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.source_code import PACKAGE, ROOT

# What was struck out, as a pattern in small letters, and what stands in its place.
STRUCK_OUT = {
    r"\b(ge)?dra(agt|gen)\b": "onderbouwen; volgt uit",
    r"toestemming vooraf": "voorafgaande toestemming",
    r"grens van de regeling": "de grens van 36 maanden (Code)",
    r"\bbind(t|ende?)\b": "doorslaggevend",
    r"aangehouden regels|regels aangehouden": "toegepaste regels",
    r"\bgroep(en)? maanden\b": "tijdvak",
    r"\bhet bewijs\b|bewijs reikt": "gegevens; daarna te weinig gegevens",
    r"ondergrens van (\d|\{|elk)": "aangetoond (betrouwbaarheid 95%)",
    r"\d+ ?(%|procent) zekerheid|\} zekerheid": "aangetoond (betrouwbaarheid 95%)",
    r"\bnaar schatting\b": "volgens de schatting",
    r"blote oog": "elk voor zich aantoonbaar",
    r"\bbelasting\b": "hinder",
    r"\b(netto)? ?baat\b": "opbrengst",
    r"door de tijd\b": "in de loop van de tijd",
    r"keer verzet|keren verzet": "meldingen van verzet",
    r"tegenover de (verstreken tijd|maanden)": "ten opzichte van",
    r"\brust op\b": "berust op",
    r"argument in woorden": "een redenering",
    r"\bpassing\b": "hoe goed een kromme past",
    r"vormen (zijn )?aangepast": "soorten krommen geschat",
    r"\bkruispunt\b": "de maand waarin een kromme de drempelwaarde bereikt",
    r"gewichten naar aic": "AIC-gewichten",
    r"\bdit instrument\b": "dit hulpmiddel",
    r"startgetal": "startwaarde van de toevalsgenerator",
    r"bron die wij": "kon niet in een bron worden nagegaan",
    r"niet bevestigd": "kon niet in een bron worden nagegaan",
    r"jurist instemt": "onder voorbehoud van een juridisch oordeel",
    r"er ontbreekt niets": "hebben een antwoord",
    r"te lezen zijn": "leeswijzer",
    r"soms alleen neer": "hangt op",
    r"wat wordt veranderd": "keuze",
    r"(kalenderjaar|kromme) alleen\b": "alleen één",
    r"is aan de organisatie": "maakt de organisatie zelf",
    r"verandert dit niet": "verandert daar niets aan",
    r"aantallen onder de": "aantallen van 1 tot en met 9",
    r"verzet is absoluut": "verzet tegen direct marketing is absoluut",
    r"gesprekken gevonden": "belpogingen",
    r"kreeg .*belpoging": "is gebeld",
    r"maatgevend": "kijk vooral naar",
    r"overlappen niet": "overlappen elkaar niet",
    r"vergeefs bellen": "onbeantwoorde belpogingen",
    r"onbeantwoorde oproep|gevraagde oproep": "belpoging (op verzoek van de gebelde)",
    r"zo ernstig gevonden": "komt erop neer",
    r"dunne staart": "weinig contacten per maand",
    r"\bremmen\b": "beperkingen",
    r"rekent de hele|opnieuw gerekend": "doorgerekend",
    r"valt er buiten": "valt erbuiten",
    r"; zonder is de": "zonder zo’n criterium",
    r"zegt dat geen kans": "volgt daar niet uit",
    r"\bprivacykant\b": "een criterium over verzet of klachten",
    r"termijn (mee )?verdienen": "een termijn ontlenen aan",
    r"volgt wat is aangetoond": "berust op wat is aangetoond",
    r"hoe ruim de uitkomst": "de termijn volgens verschillende rekenwijzen",
    r"95%-punt": "95% hooguit",
    r"zulke (belpogingen|contacten|meldingen)": "deze",
    r"gift of afname|bestelling(en)? of gift": "gebeurtenis; klantrelatie",
    r"overwogen kan worden": "de organisatie kan overwegen",
    r"gemiddeld naar": "met AIC-gewichten",
    r"profiel van de aannemelijkheid": "profielaannemelijkheid",
    r"rekent een rij na|(rij|overzicht) afdrukt": "is nagerekend; staat in",
    r"verlaat de analyse": "wordt niet buiten de analyse gebruikt",
    r"campagnes zoals deze": "soortgelijke campagnes",
    r"effect van het gesprek": "aan het gesprek te danken",
    r"termijn op de beldatum": "die op de beldatum gold",
    r"met uitgesloten belpogingen": "uitgesloten belpogingen wel meegeteld",
    r"verschil verraden": "kunnen aflezen",
    r"\[pagina\b": "bladzijde",
    r"konden geen verzet": "konden niet in een gesprek verzet aantekenen",
    r"uit het bestand (zijn )?verdwenen|verdwijnt uit het bestand": "tellen niet meer mee",
    r"gevonden wat niet had|niet gedaan hadden mogen": "volgens de toegepaste regels niet mochten",
    r"\bleidden?\b": "daarop volgde; werden gevolgd door",
    r"overschat de opbrengst dus": "overschat de opbrengst waarschijnlijk",
    r"meer dan vier weken na een melding van verzet\"": "was verzet na vier weken niet verwerkt",
    r"\bopen staat": "openstaat",
    r"hierboven ertegen pleit": "hierboven tegen het voorstel pleit",
    r"andere grens|ruime grens": "andere drempelwaarde; een ruime drempelwaarde",
    r"rij voor rij nagegaan": "controle per tijdvak",
    r"volgens alle criteria samen \d": "met of zonder de grens van 36 maanden (Code)",
    r"groter bij meer contacten": "hoe meer contacten, hoe groter de stip",
    r"streeplijn: drempelwaarde\.": "drempelwaarde uit een criterium van de organisatie",
    r"met de noemer": "wordt per … gerekend in plaats van per …",
    r"zie voor andere": "zijn hier niet meegerekend",
    r"haar wijzigt": "of een latere versie van de Code die grens wijzigt",
    r"(aanvraag|aanvraag:) van (\d|\{)": "aanvraag voor een termijn van",
    r"gevraagd wordt": "de organisatie vraagt",
    r"aankoop of afname(?! en het moment)": "aankoop of afgenomen dienst",  # but for the template
    r"gekocht of afgenomen|koopt of afneemt": "iets gekocht of een dienst afgenomen",
    r"een deel is van eerdere": "een deel komt uit een eerder rapport",
    r"elk kwartaal wordt": "voor elk rapport wordt",
    r"in de regel erboven": "in de rij erboven",
    r"is daaraan niet te zien\.": "is niet op te maken",
    r"uit een vaste grens of": "de oorzaak die geldt",
    r"recht van verzet per tijdvak|recht van verzet over": "verzet",
    r"in blokken van": "per samengevoegd tijdvak",
    r"klachtenpercentage": "klachtpercentage",
    r"maal het gewicht": "vermenigvuldigd met het gewicht",
    r"; \w* ?verbod op feestdagen, doden|bij dodenherdenking": "de dag van de dodenherdenking",
    r"alleen nog ideële": "alleen ideële organisaties … mogen nog",
    r"de wet vraagt": "volgens de wet komt het erop aan",
    r"om verzet niet aan te bieden": "om het recht van verzet niet aan te bieden",
    r", het laatste tijdvak dat": ": daar eindigt het laatste tijdvak",
    r"toeschrijving, uitsluitingen": "aan welke contacten … heeft toegeschreven",
    r"het bereik waarin": "de grenzen waartussen",
    r"telt mee binnen": "termijn waarbinnen verzet meetelt",
    r"overige bevindingen": "nadere bevindingen",
    r"criterium (\{\}|‘[^’]*’) vraagt": "volgens het criterium mag ten hoogste",
    r"met welke zonder onderbreking|met 80% kans": "met een kans van 80%",
    r"meer criteria\.": "meer dan één criterium",
    r"onder de toegepaste regels": "volgens de toegepaste regels",
    r"daar niet voor gesteld|niet voor zijn gesteld": "de drempelwaarden zijn gesteld per …",
    r"rij voor rij\"|controle rij voor rij|elke afgedrukte rij": "per tijdvak; elk tijdvak",
    r"dit rapport noemt er geen": "dit rapport stelt er geen voor",
    r"op deze grond niet mogelijk": "op grond van de klantrelatie is dat niet mogelijk",
    r"vraagt een termijn van \{\}\.": "vraagt een termijn van … aan",
    r"dan wat wordt gevraagd": "dat is korter dan de … die zij aanvraagt",
    r"in late maanden": "in latere maanden … dan in de eerste maanden",
    r"zo’n ruime drempelwaarde": "wat uit een kleiner deel ervan volgt",
    r"niet elke melding telt mee": "niet meegeteld zijn",
    r"zie (ook )?(wat (ertegen|nog)|de beperkingen|besluit en)": "de titel tussen aanhalingstekens",
    r", ook van drempelwaarden": "waaronder andere drempelwaarden",
    r"geven alleen verslag": "laten alleen zien",
    r"niet de schatting telt": "waarom de schatting niet beslissend is",
    r"percentage per contact en m": "p de kans per contact",
    r"kalendermaanden (sinds|tussen de peil)": "voltooide maanden (van dag tot dag gerekend)",
    r"vaker kunnen zijn gebeld": "meer dan eens kunnen zijn gebeld",
    r"springt een percentage": "stijgt of daalt een percentage plotseling",
    r"verzet hoort bij het laatste": "verzet is toegeschreven aan het laatste contact",
    r"rechtspersoon belt als": "de rechtspersoon die belt, is dezelfde als",
    r"is ook een beperking": "ook de punten onder ‘…’ beperken wat kan worden afgeleid",
    r"\bbeproefd": "uitgeprobeerd",
    r"reeks rijen die elk": "de aaneengesloten tijdvakken die elk afzonderlijk",
    r"redenen voor de rest": "waarom de overige niet meetellen",
    r"in hele tijdvakken\b": "alleen hele tijdvakken zijn geteld",
    r"vaste grens aan de termijn is": "de grens van 36 maanden (Code) is steeds toegepast",
    r"samen (ging het om|kwam er)": "over alle maanden samen waren er; was er geen",
    r"\(in een bron nagegaan\)": "geraadpleegd op zegt het al",
    r"na te gaan is welke relaties": "welke relaties meetellen, is niet na te gaan",
    r"balken: contacten per maand\.": "gemiddeld over het tijdvak",
}

WINGS = ("presentation", "document", "analysis", "cli", "published", "report", "validation")


def sources() -> list[Path]:
    """Return every file with words that a Dutch reader meets."""
    modules = [path for wing in WINGS for path in (PACKAGE / wing).rglob("*.py")]
    data = [*PACKAGE.glob("dossier/rules/*.toml"), *PACKAGE.glob("cli/*.toml")]
    pages = [*(ROOT / "notebooks").glob("*.ipynb"), *PACKAGE.glob("document/templates/rapport.*")]
    return [*modules, *data, *pages, *(ROOT / "docs" / "nl").glob("*.md")]


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a file; in code its strings, joined, without what only makers read."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _strings(ast.parse(content))
    elif path.suffix == ".ipynb":
        yield from ("".join(cell["source"]) for cell in json.loads(content)["cells"])
    else:
        yield content


def _strings(tree: ast.Module) -> Iterator[str]:
    docstrings = {
        id(node.value)
        for parent in ast.walk(tree)
        if isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef)
        for node in parent.body[:1]
        if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


@cache
def _everything() -> tuple[tuple[str, str], ...]:
    return tuple(
        (path.relative_to(ROOT).as_posix(), re.sub(r"[\s#]+", " ", text.lower()))
        for path in sources()
        for text in texts(path)
    )


@pytest.mark.parametrize("pattern", STRUCK_OUT)
def test_no_text_says_again_what_was_struck_out(pattern: str) -> None:
    found = [
        f"{place}: …{text[max(0, hit.start() - 40) : hit.end() + 40]}…"
        for place, text in _everything()
        for hit in re.finditer(pattern, text)
    ]
    assert found == [], f"write instead: {STRUCK_OUT[pattern]}"


def test_the_words_of_code_notebooks_and_data_are_all_searched() -> None:
    read = {place for place, _ in _everything()}
    assert "balanstest_analysis/dossier/rules/questions.toml" in read
    assert "balanstest_analysis/cli/starter.toml" in read
    assert "notebooks/verkenning.ipynb" in read
    assert "docs/nl/een-rapport-lezen.md" in read
    assert any("betrouwbaarheid {}" in text for _, text in _everything())
