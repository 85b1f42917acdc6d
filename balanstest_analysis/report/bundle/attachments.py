"""The annexes that somebody adds, and what may not leave the house among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import TooLargeError, content_of, real_path
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError, DataError, UsageError
from balanstest_analysis.history.key_file import KEY_FILE
from balanstest_analysis.history.secret import known_secrets
from balanstest_analysis.history.sources.named_customers import named_customers
from balanstest_analysis.report.bundle.attached_tables import refuse_tables
from balanstest_analysis.report.bundle.budget import LARGEST_FILE, Budget
from balanstest_analysis.report.bundle.customer_search import (
    customers_in,
    refuse_too_many,
    tokens_of,
)
from balanstest_analysis.report.bundle.internal_counts import holds_internal_counts
from balanstest_analysis.report.bundle.loose_rows import months_with_counts, rows_of_people
from balanstest_analysis.report.bundle.parts import words_of
from balanstest_analysis.report.bundle.secret_search import SecretSearch, is_only_a_key
from balanstest_analysis.report.bundle.text_forms import forms
from balanstest_analysis.report.bundle.words import Words

_UNFIT_NAME: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]$')
_DOCUMENTS_ONLY: Final = (
    "Attach documents, as PDF if need be; the tables of the report are in the bundle already."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for in attachments.

    Attributes:
        stated: the dossier that somebody named; its tables must be there.
        near: dossiers that can be the report's; what can be read of them is looked for.
        minimum: the smallest count that is published.
    """

    stated: Dossier | None = None
    near: tuple[Dossier, ...] = ()
    minimum: int = 10

    def secrets(self) -> tuple[str, ...]:
        """Return every text that no attachment may hold."""
        stated = () if self.stated is None else (self.stated,)
        paths = [dossier.path for dossier in (*stated, *self.near)] or [None]
        return tuple(secret for path in paths for secret in known_secrets(path))


@dataclass(frozen=True, kw_only=True)
class Annexes:
    """Attachments that may leave the house.

    Attributes:
        files: by name.
        searched: whether they were searched for customers.
    """

    files: dict[str, bytes]
    searched: bool


def read_attachments(paths: Sequence[Path], wanted: Wanted) -> Annexes:
    """Return the annexes, once it is sure that they hold nothing that must stay.

    Args:
        paths: files, such as the DPIA.
        wanted: what is looked for.

    Raises:
        UsageError: a file is not there, is no file, has no usable name, or two have one name.
        DataError: a file holds the secret, customers, rows about people or an internal result, or
            cannot be looked into.
    """
    if not paths:
        return Annexes(files={}, searched=True)
    search, found, tokens = SecretSearch(wanted.secrets()), dict[str, bytes](), _Tokens()
    for path in paths:
        name = unicodedata.normalize("NFC", path.name)
        if name.casefold() in map(str.casefold, found):
            raise UsageError(f"Two attachments are named `{name}`. Give one of them another name.")
        _refuse_unfit(path, name, search)
        found[name] = _content(path, name)
        tokens[name] = _looked_through(path, name, found[name], search, wanted.minimum)
    return Annexes(files=found, searched=_refuse_customers(tokens, wanted))


_Tokens = dict[str, set[str]]


def _refuse_unfit(path: Path, name: str, search: SecretSearch) -> None:
    if not path.exists():
        raise UsageError(f"There is no file `{path}` to attach. Correct the path.")
    if not path.is_file():
        raise UsageError(f"`{path}` is no file. Attach the files in it one by one.")
    if _UNFIT_NAME.search(name):
        raise UsageError("A name of an attachment has characters that not every system can write.")
    if search.finds(name):
        raise DataError("The name of an attachment holds the secret key. Give it another name.")
    if any(file.startswith(KEY_FILE) for file in (name, real_path(path).name)):
        _refuse_secret(name)


def _content(path: Path, name: str) -> bytes:
    try:
        content = content_of(path, LARGEST_FILE)
    except TooLargeError:
        raise DataError(f"`{name}` is larger than 100 MB. Attach a smaller document.") from None
    except OSError as error:
        raise UsageError(f"`{name}` cannot be read: {error.strerror}.") from None
    if not content:
        raise UsageError(f"`{name}` is empty. Attach the document itself.")
    return content


def _refuse_secret(name: str) -> None:
    raise DataError(
        f"`{name}` is or holds the secret key of the dossier, which never leaves the organisation. "
        "Leave it out."
    )


def _looked_through(
    path: Path, name: str, content: bytes, search: SecretSearch, minimum: int
) -> set[str]:
    """Return the words of an attachment that could be customers, and refuse what else it holds."""
    tokens, budget = set[str](), Budget(name=name)
    for words in words_of(content, budget):
        for form in forms(budget.take(words.text)):
            if search.finds(form) or (words.is_file and is_only_a_key(form)):
                _refuse_secret(name)
            if words.is_code:
                continue
            _refuse_numbers(name, words, form, minimum)
            tokens.update(tokens_of(form))
            refuse_too_many(name, tokens)
            budget.check_time()
    refuse_tables(path, name, content)
    return tokens


def _refuse_numbers(name: str, words: Words, form: str, minimum: int) -> None:
    if holds_internal_counts(form, minimum=minimum):
        raise DataError(
            f"`{name}` may hold counts that are too small to publish. Leave it out; the published "
            "result and notebook are in the bundle already."
        )
    if rows_of_people(form) or (words.is_file and months_with_counts(form)):
        raise DataError(f"`{name}` holds rows of data. {_DOCUMENTS_ONLY}")


def _refuse_customers(tokens: _Tokens, wanted: Wanted) -> bool:
    """Refuse an attachment that names customers; return whether any dossier could be asked."""
    every = set[str]().union(*tokens.values())
    asked = False
    dossiers = wanted.near if wanted.stated is None else (wanted.stated,)
    for dossier in dossiers:
        try:
            named = named_customers(dossier, every)
        except BalanstestError:
            if wanted.stated is not None:
                raise
            continue
        asked = True
        for name, words in tokens.items():
            if found := customers_in(words, named):
                keys = "a key" if found == 1 else f"{found} keys"
                raise DataError(
                    f"`{name}` holds {keys} of customers of the dossier. {_DOCUMENTS_ONLY}"
                )
    return asked
