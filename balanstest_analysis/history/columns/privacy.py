"""Nobody's name, number or address comes in: columns that hold them are refused when mapped.

A customer is known by a key only, and the key is replaced by a keyed hash at the door.
"""

from __future__ import annotations

import re
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.document.personal import is_personal, names_someone, numbers_someone
from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.columns import Request
from balanstest_analysis.history.columns.key_forms import key_text
from balanstest_analysis.history.columns.placeholder_keys import is_filler_number

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PERSONAL_WORD: Final = re.compile(
    "naam|(voor|achter|klant|relatie|contact)na+me?n?|tussenvoegsel|initialen|voorletters|"
    "contactpersoon|name|(first|last|full|sur)name|initials|(mobiel|telefoon)(nummer|nr)?|tel|gsm|"
    "(mobile|tele)?phone(number)?|mobile|msisdn|e?mail|e?mailadd?res+|add?res+(regel)?|"
    "straat(naam)?|street|huis(nummer|nr)|postcode|zip|(zip|postal)code|woonplaats|"
    "(bank)?rekening(nummer)?|sofinummer|dob|medewerker|agent|beller|employee|(vor|nach)name|"
    "(pre)?nom|telefon(nummer)?|handy(nummer)?|courriel|strasse|strae|rue|plz|ville|adresse|"
    "anschrift|mitarbeiter"
)
_OTHER_WORD: Final = re.compile(
    "campagne(naam)?|campaign(name)?|acti(e|on)|produ[ck]te?|project|bestand|file|lijst|list|"
    "kanaal|channel|datum|date|tijd|time|op|at|on|status|resultaat|result|uitkomst|outcome|"
    "soort|type"
)
_ALWAYS: Final = ("geboorte", "birth", "bsn", "iban")
_MAIL: Final = r"[^@\s]@[^@\s]+\.[A-Za-z]{2,}"
_PHONE: Final = (
    r"^(06[ .-]?([0-9][ .-]?){8}|(\+|00)[1-9][0-9][ .-]?(\(0\)[ .-]?)?([0-9][ .-]?){7,11}"
    r"|\(?0[0-9]{1,3}\)?[ -][0-9][0-9 ]{5,8})$"
)
_IBAN: Final = r"^[A-Z]{2}[0-9]{2} ?[A-Z]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{2}$"
# Classes such as \p{L} and (?i:) are not known to every engine.
_LETTER: Final = "[A-Za-zÀ-ÖØ-öø-ÿĀ-ž]"
_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"
_SMALL: Final = "[a-zß-öø-ÿ]"
_PEOPLE: Final = (
    rf"^[^\d@]*{_LETTER}{{2,}}[^\d@]*[ ,][^\d@]*{_LETTER}{{2,}}[^\d@]*$|^{_CAPITAL}{_SMALL}{{2,}}$"
)
_STREETS: Final = (
    *("straat", "laan", "weg", "plein", "gracht", "kade"),
    *("dijk", "singel", "hof", "pad", "steeg"),
)
_STREET: Final = (
    f"({'|'.join(form for word in _STREETS for form in (word, word.title(), word.upper()))})"
    r" +\d"
)
_NAME_LIKE: Final = re.compile(r"^[A-ZÀ-Þ][^\d\s]+ (?:.+ )?[A-ZÀ-Þ][^\d\s]+$")
_CLOCK: Final = r"[ T]?[\d:.]*( ?([AaPp][Mm]|Z|[+-][\d:]{2,6}))?"
_MONTH: Final = (
    "(jan|feb|maa?r|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec|januari|februari|maart|april|juni"
    r"|juli|augustus|september|oktober|november|december)\.?"
)
_HARMLESS: Final = re.compile(
    rf"[+-]?\d{{1,4}}|\d{{1,4}}([-/.])(\d\d?|{_MONTH})\1\d{{1,4}}{_CLOCK}|\d\d? {_MONTH} \d{{2,4}}"
    rf"{_CLOCK}|(€ ?)?[+-]?\d{{1,4}}([.,]\d{{1,4}}){{1,3}}|[+-]?(inf(inity)?|nan)"
    r"|oui|non|s[iì]|ok|wel|niet|misschien|onbekend|unknown|n\.?v\.?t\.?|n/a|null|none|x|t|f|\?|-",
    re.IGNORECASE,
)
_PERSONAL_VALUE: Final = re.compile(rf"@|\d{{6,}}|{_PHONE}|{_IBAN}")
_ADDRESS: Final = re.compile(f"{_MAIL}|{_PHONE}|{_IBAN}")
# Numbers of 8, 9 and 11 digits may be of citizens and telephones; Excel cuts those of 16 and more.
_PADDED: Final = "|".join(f"0{{{zeros}}}[1-9][0-9]{{0,{6 - zeros}}}" for zeros in range(1, 7))
# Of test-12 and its like a word stands for nobody; of no word with three digits or more.
_PLAIN_KEY: Final = (
    f"^([A-Za-z]{{1,3}}-?[0-9]{{1,7}}|[A-Za-z]{{4,12}}-[0-9]{{3,7}}|[1-9][0-9]{{0,6}}|{_PADDED}"
    "|[1-9][0-9]{9}|[1-9][0-9]{11,14})$"
)
_SHORTEST_NUMBER: Final = 9
_LONGEST_CODE: Final = 60
_SHARED_BY: Final = 10


def is_personal_name(column: str) -> bool:
    """Return whether a column, by its name, tells who somebody is or how to reach them.

    Examples:
        >>> [is_personal_name(name) for name in ("Telefoonnummer", "klant_naam", "campagnenaam")]
        [True, True, False]
        >>> is_personal_name("actie naam"), is_personal_name("geboorte_datum")
        (False, True)
    """
    words = {word.lower() for word in _WORDS.findall(column)} | {_joined(column)}
    if any(word.startswith(_ALWAYS) for word in words):
        return True
    if any(_OTHER_WORD.fullmatch(word) for word in words):
        return False
    return any(_PERSONAL_WORD.fullmatch(word) for word in words)


def _joined(column: str) -> str:
    return re.sub(r"[^a-z]", "", column.lower())


def may_be_personal(text: str) -> bool:
    """Return whether a text that should be a code may be about a person after all.

    Examples:
        >>> may_be_personal("Geen gehoor"), may_be_personal("wil teruggebeld op 06.12.34.56.78")
        (False, True)
    """
    is_odd = len(text) > _LONGEST_CODE or _PERSONAL_VALUE.search(text) is not None
    return is_odd or numbers_someone(text)


def shown(value: str) -> str:
    """Return a value as messages show it: only what cannot be about a person is shown as it is.

    The column may be the wrong one, and a row may have been shifted.

    Examples:
        >>> shown("31-02-2025 14:05"), shown("Jansen"), shown("100001")
        ("'31-02-2025 14:05'", 'a text of 6 characters', 'a number of 6 digits')
    """
    value = value.strip()
    if _HARMLESS.fullmatch(value) and not re.search(_PHONE, value) and not is_personal(value):
        return f"'{value}'"
    if value.isdigit():
        return f"a number of {len(value)} digits"
    return f"a text of {len(value)} character{'' if len(value) == 1 else 's'}"


def may_be_a_name(text: str, rows: int, *, is_known: bool = False) -> bool:
    """Return whether a text that should be a code may be the name of a person, or hold one.

    Args:
        text: the code.
        rows: in how many rows it stands; a name that nobody knows stands in few.
        is_known: whether its words are those of a code.

    Examples:
        >>> may_be_a_name("Geen gehoor", 2), may_be_a_name("Fatima van den Berg", 2)
        (False, True)
        >>> may_be_a_name("Geen Gehoor", 812)
        False
    """
    is_like_one = not is_known and rows < _SHARED_BY and _NAME_LIKE.search(text) is not None
    return is_like_one or names_someone(text)


def is_unread_name(column: str) -> bool:
    """Return whether a column is never read: by its name it tells of a person, or names one.

    Examples:
        >>> [is_unread_name(name) for name in ("Telefoonnummer", "Piet Jansen", "Resultaat")]
        [True, True, False]
    """
    return is_personal_name(column) or is_personal(column)


def is_personal_value(text: str) -> bool:
    """Return whether a cell is an e-mail address, a telephone number or a bank account.

    Examples:
        >>> is_personal_value("06 12345678"), is_personal_value("12345")
        (True, False)
    """
    return _ADDRESS.search(text) is not None


def looks_personal(text: ir.StringValue) -> ir.BooleanValue:
    """Return where a text is an e-mail address, a telephone number or a bank account."""
    may_be = (text.length() >= _SHORTEST_NUMBER) | text.contains("@")
    found = text.re_search(_ADDRESS.pattern)
    return ibis.ifelse(may_be, found, False).fill_null(False)  # short texts cost nothing this way


def is_plain_key(key: ir.Column) -> ir.BooleanValue:
    """Return where a key is a number, or letters and a number: nobody's in particular, and tidy."""
    if key.type().is_floating():
        return ibis.literal(False)
    text = key_text(key)
    plain = text.re_search(_PLAIN_KEY).fill_null(False)
    return plain.ifelse(~is_filler_number(text), False)


def looks_like_someone(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is personal, or words without a digit, or a street and number.

    Digits alone may be anything, but for those with the country in front; of them a column is
    judged, in `key_checks`.
    """
    found = key.re_search(f"{_MAIL}|{_PHONE}|{_IBAN}|{_PEOPLE}|{_STREET}")
    bare = key.re_search("^[0-9]+$") & ~key.re_search("^0031[1-9][0-9]{8}$")
    return (found & ~bare).fill_null(False)


def refuse_personal_names(request: Request) -> None:
    """Refuse a mapping to a column that, by its name, holds who somebody is.

    Raises:
        DataError: one sentence per column.
    """
    problems = Problems()
    beside = dict(zip(("where", "from_calls"), (request.where, request.told), strict=True))
    times = {f"{ours} (its time)": theirs for ours, theirs in request.times.items()}
    asked = {
        **request.names,
        **times,
        **{f"{key} {n}": n for key, names in beside.items() for n in names},
    }
    for ours, theirs in asked.items():
        if is_unread_name(theirs):
            problems.add(
                f"`[data.{request.table}]` maps `{ours}` to `{theirs}`, which looks like a name, "
                "number or address of a person. Map another column; such data are not needed."
            )
    problems.refuse()


def refuse_personal_values(request: Request, name: str, count: int, file_name: str) -> None:
    """Refuse a column in which cells look like names, addresses, numbers or accounts of people.

    Raises:
        DataError: with the number of cells and without any of them.
    """
    if count:
        cells = "1 cell that looks" if count == 1 else f"{count} cells that look"
        raise DataError(
            f"`{file_name}`: {request.label(name)} has {cells} like a name, an address, an e-mail "
            "address, a telephone number or a bank account. Replace them by a number of your own, "
            "or map another column."
        )


def keyed(customer: ir.StringValue, key: str) -> ir.IntegerValue:
    """Return customers as numbers of 64 bits that only tell them apart, and only in this engine.

    Every engine has a fast hash of its own; which it is does not matter to any result.

    Args:
        customer: as text.
        key: from `secret.customer_key`.
    """
    return (ibis.literal(key) + customer).hash()
