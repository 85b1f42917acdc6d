"""References to another place of the report: a link on the screen, a page number on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from balanstest_analysis.errors import BlockError

Form: TypeAlias = Literal["beside", "page", "number"]
_ANCHOR = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTS = 3


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference inside a sentence of ours; its text is the mark that each rendering reads.

    Where the report has no such place, the words stand alone.

    Attributes:
        anchor: of a heading, a table or a picture.
        words: what the place is called in the sentence.
        form: ``"beside"`` prints the words and the page behind them; ``"page"`` prints the page
            in place of the words; ``"number"`` prints the number of a table or figure and the page.

    Raises:
        BlockError: when the anchor is none, or words are missing.

    Examples:
        >>> f"Zie {Reference(anchor='bijlage-c', words='bijlage C')}."
        'Zie [[#bijlage-c|beside|bijlage C]].'
    """

    anchor: str
    words: str
    form: Form = "beside"

    def __post_init__(self) -> None:
        if not _ANCHOR.fullmatch(self.anchor):
            raise BlockError(
                f"Anchor '{self.anchor}' is none: use small letters, digits and hyphens."
            )
        if not self.words.strip():
            raise BlockError(f"The reference to '{self.anchor}' needs words.")
        if self.form not in get_args(Form):
            raise BlockError(
                f"A reference has form '{self.form}', allowed are {', '.join(get_args(Form))}."
            )

    def __str__(self) -> str:
        words = re.sub(r"([\]\\])", r"\\\1", self.words)
        return f"[[#{self.anchor}|{self.form}|{words}]]"


def reference_of(mark: str) -> Reference | None:
    """Return the reference that the inside of a mark stands for, or None where it is none.

    Examples:
        >>> reference_of("bijlage-c|page|bijlage C")
        Reference(anchor='bijlage-c', words='bijlage C', form='page')
    """
    parts = mark.split("|", _PARTS - 1)
    if len(parts) < _PARTS:
        return None
    anchor, form, words = parts
    try:
        return Reference(anchor=anchor, form=_form(form), words=re.sub(r"\\(.)", r"\1", words))
    except BlockError:
        return None


def _form(text: str) -> Form:
    forms: tuple[Form, ...] = get_args(Form)
    return next((form for form in forms if form == text), "beside")


def reference_words(mark: str) -> str:
    """Return a mark as plain words, where there are no links and no pages.

    Examples:
        >>> reference_words("bijlage-c|beside|bijlage C")
        'bijlage C'
    """
    reference = reference_of(mark)
    return f"[[#{mark}]]" if reference is None else reference.words
