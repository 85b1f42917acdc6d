"""Names of persons inside a text: by the names people bear, and by how names are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_CAMEL: Final = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-Þ])")
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe"})
_PREFIX: Final = frozenset(
    (
        *("van", "de", "der", "den", "het", "'t", "ter", "ten", "te", "v.d", "vd", "von", "zu"),
        *("zur", "el", "al", "bin", "ibn", "ben", "di", "da", "dos", "das", "del", "della", "du"),
        *(
            "le",
            "la",
            "st",
            "ait",
            "bint",
            "abu",
            "o",
            "mac",
            "o'",
            "d'",
            "in",
            "op",
            "aan",
            "uit",
            "'n",
        ),
    )
)
_LONG_PREFIX: Final = re.compile(
    r"\b(?:van\s+(?:der|den|de|het|'?t|ter)|v\.?\s?d\.?|op\s+de[nr]?|op\s+'t|uit\s+den|von\s+der"
    r"|de\s+la|ter|ten|el|al|ben|bin|ibn|ait|bint|dos|della)[\s-]+$",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(
    r"\b(?:mevr|mevrouw|mw|mej|dhr|de\s+heer|hr|meneer|mijnheer|fam|familie|weduwe|erven|drs"
    r"|herr|frau|mme|mlle|monsieur|madame|signora?|se[nñ]ora?|pan|pani|sheikh)\b[.:]?[\s_]*$"
    r"|\b(?:Mr|Mrs|Ms|Miss|Dr|Ir|Ing|Prof|MR|MRS|DR)\b\.?[\s_]*$",
    re.IGNORECASE,
)
# Of the file `ir.csv`, the end is nobody's surname.
_FILE_END: Final = re.compile(r"^(?:csv|tsv|txt|xlsx?|xlsm|ods|parquet|zip|gz|json|toml)$")
_NOT_A_TITLE: Final = re.compile(r"\b(?:ms|mr|ing|ir|pan|miss)\s*$")
_INITIALS: Final = re.compile(r"(?<!\w)(?:(?:[A-ZÀ-Þ]|Th|Chr|IJ|Ph)\.[\s-]?){1,6}$")
_INITIALS_AFTER: Final = re.compile(r"[\s,]{1,3}(?:(?:[A-ZÀ-Þ]|Th|Chr|IJ|Ph)\.\s?){1,6}(?!\w)")
_LETTER_BEFORE: Final = re.compile(r"(?<!\w)[A-ZÀ-Þ]{1,3}[\s_]+$")
_LETTER_AFTER: Final = re.compile(r",?[\s_]+[A-ZÀ-Þ]{1,2}(?!\w)")
_SHAPE: Final = re.compile(
    r"\w{3,}(?:[jkml]stra|inga|ewski|owski|ewska|owska|[oe]vic|oglu|dottir|poulos|enko|escu|adze"
    r"|shvili|ssens|ersen|iksen)$"
)
_ORDINARY_END: Final = re.compile(
    r"(?:acties?|campagnes?|campaigns?|loterij|fonds|stichting|werving|gala|collecte|concert"
    r"|abonnement|abonnees?|kalender|programma|ziekenhuis|project|donateurs?|donaties?|vereniging"
    r"|zorg|mailing|museum|theater|festival|krant|magazine|kinderen|vrienden|leden|dagen|weken"
    r"|maanden|gesprek|bellen|activatie|verlenging|prijzen|tocht|hulp|research|foundation|trust"
    r"|sales?|club|groep|team|lijst|bestand|campus|stage|tickets?|loten|gids|reis|reizen)$"
)
_BEARER: Final = frozenset(
    ("klant", "relatie", "beller", "agent", "medewerker", "persoon", "naam", "contact", "lid")
)
_JOINED: Final = re.compile(
    r"([^\W\d_]+)-(?:van|de|der|den|el|al|ter|ten)[\s-](?:de[rn]?\s)?$", re.IGNORECASE
)
_ACRONYM: Final = 4


@dataclass(frozen=True, kw_only=True)
class _Word:
    """A word in a text, with what stands before and after it."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return folded(self.text)

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_ordinary(self) -> bool:
        word = self.folded
        return word in _listed("ordinary_words") or _ORDINARY_END.search(word) is not None

    @property
    def may_be_borne(self) -> bool:
        """Whether it can be part of a name: no ordinary word, prefix or abbreviation."""
        word = self.folded
        if word in _listed("surnames"):
            return True
        is_short = self.text.isupper() and len(self.text) < _ACRONYM
        return not (len(word) < 2 or is_short or self.is_ordinary or word in _PREFIX)


@cache
def _listed(name: str) -> frozenset[str]:
    source = resources.files("balanstest_analysis.document.personal") / f"{name}.txt"
    return frozenset(source.read_text("utf-8").splitlines())


def folded(text: str) -> str:
    """Return a text in small letters without marks.

    Examples:
        >>> folded("Öztürk"), folded("Małgorzata")
        ('ozturk', 'malgorzata')
    """
    small = text.casefold().translate(_LETTERS)
    if small.isascii():
        return small
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))


@cache
def _places() -> re.Pattern[str]:
    """Places of several words, of which some are those of a name: Den Haag, Bergen op Zoom."""
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(_listed('places'))))})\b", re.IGNORECASE
    )


def has_name(text: str) -> bool:
    """Return whether a text holds the name of a person.

    Examples:
        >>> texts = ("mevr. Zwanepoel", "Fatima el Amrani", "P.J. de Vries", "nazorg_jansen_piet")
        >>> [has_name(text) for text in texts]
        [True, True, True, True]
        >>> texts = ("Loterij Utrecht", "Donateurs 50+", "Bel me niet meer", "Actie van de Maand")
        >>> [has_name(text) for text in texts]
        [False, False, False, False]
    """
    text = _places().sub("", _CAMEL.sub(" ", text.replace("_", " ").replace("’", "'")))
    words = [_Word(text=m[0], start=m.start(), end=m.end()) for m in _WORD.finditer(text)]
    return any(tells for tells in _signs(text, words))


def _signs(text: str, words: Sequence[_Word]) -> Iterator[bool]:
    yield len(words) == 1 and _is_given(words[0])
    for place, word in enumerate(words):
        yield _by_form(text, word)
        yield _by_surname(words, place)
        yield _by_given(text, words, place)


def _is_given(word: _Word) -> bool:
    return word.folded in _listed("given_names") and not word.is_ordinary


def _by_form(text: str, word: _Word) -> bool:
    """Return whether titles, initials or prefixes around a word make it a name."""
    before, after = _before(text, word)
    titled = _TITLE.search(before)
    if titled and not _NOT_A_TITLE.search(before) and word.may_be_borne:
        return not (before.endswith(".") and _FILE_END.match(word.folded))
    if not (word.is_capital and word.may_be_borne):
        return False
    if _INITIALS.search(before) or _INITIALS_AFTER.match(after):
        return True
    known = word.folded in _listed("surnames")
    return known and bool(_LETTER_BEFORE.search(before) or _LETTER_AFTER.match(after))


def _before(text: str, word: _Word) -> tuple[str, str]:
    """Return what stands before a word and the prefixes of its name, and what stands after it."""
    before = text[: word.start]
    while match := re.search(r"(?:^|(?<=[\s.-]))([\w']+\.?[\w]?)[\s-]+$", before):
        if folded(match[1]).rstrip(".") not in _PREFIX or len(match[1].rstrip(".")) < 2:
            break
        before = before[: match.start()]
    return before, text[word.end :]


def _by_surname(words: Sequence[_Word], place: int) -> bool:
    """Return whether a surname stands there that is no ordinary word, alone or with prefixes."""
    word = words[place]
    if word.folded in _PREFIX:
        return False
    if _SHAPE.search(word.folded) and not word.is_ordinary:
        return True
    names = _listed("surnames")
    before = [w.folded for w in words[max(0, place - 3) : place]]
    if any(" ".join([*before[-n:], word.folded]) in names for n in range(1, len(before) + 1)):
        return True
    if before and before[-1] in _BEARER and word.is_capital:
        return word.folded in names or _is_given(word)
    return len(word.folded) > 4 and word.folded in names and not word.is_ordinary


def _by_given(text: str, words: Sequence[_Word], place: int) -> bool:
    """Return whether a given name stands there beside what can be a surname, or prefixes."""
    word = words[place]
    if word.folded not in _listed("given_names"):
        return _by_prefix(text, words, place)
    beside = [*_next(words, place), *words[max(0, place - 1) : place]]
    if any(w.folded in _listed("surnames") and w.folded not in _PREFIX for w in beside):
        return True
    if word.is_ordinary:
        return False
    if word.is_capital and _LETTER_AFTER.match(text[word.end :] + " "):
        return True
    prefixed = _next(words, place)[:1] != list(words[place + 1 : place + 2])
    return any(w.may_be_borne and (prefixed or (word.is_capital and w.is_capital)) for w in beside)


def _next(words: Sequence[_Word], place: int) -> list[_Word]:
    """Return the first word after prefixes."""
    return [w for w in words[place + 1 : place + 5] if w.folded not in _PREFIX][:1]


def _by_prefix(text: str, words: Sequence[_Word], place: int) -> bool:
    """Return whether two words that can be borne are joined, or one begun, as in a name."""
    word = words[place]
    if not (word.is_capital and word.may_be_borne):
        return False
    before = text[: word.start]
    match = _LONG_PREFIX.search(before)
    joined = _JOINED.search(before)
    if joined:
        return joined[1][0].isupper()
    if match is None:
        return False
    following = words[place + 1 : place + 2]
    if any(_is_hyphened(text, word, w) and w.may_be_borne for w in following):
        return True
    first = [w for w in words[:place] if w.end <= match.start()]
    if not first:
        return match[0][0].isupper() or len(words) - place == 1
    return first[-1].is_capital and first[-1].may_be_borne


def _is_hyphened(text: str, word: _Word, other: _Word) -> bool:
    return other.is_capital and text[word.end : other.start] == "-"
