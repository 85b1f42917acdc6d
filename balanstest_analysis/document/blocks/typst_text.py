"""Words as Typst: string literals that no character can leave, in glyphs the fonts have."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from balanstest_analysis.document.blocks.glyphs import has_glyph
from balanstest_analysis.document.blocks.inline import inline_runs
from balanstest_analysis.document.blocks.reference import reference_of, reference_words
from balanstest_analysis.document.visible import visible_text

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": " "}
_LONG_WORD = re.compile(r"[^\s\u200b-]{25,}")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_UNBROKEN = re.compile(
    r"((?<![\w-])\w-\w{2,15}(?![\w-])"  # a word such as e-mail
    r"|(?<!\d)\d+ t/m \d+"
    r"|€ \d[\d.,]*"
    r"|(?<!\d)\d[\d.,]* (?:%|maand(?:en)?\b))"
)
_LONGEST_REAL_WORD = 40
_ZERO_WIDTH_SPACE = "\u200b"
_FUNCTIONS = {"bold": "strong", "emphasis": "emph", "code": "raw"}


def typst_string(text: str) -> str:
    r"""Return text as a Typst string literal; a glyph that no font has becomes `[?]`.

    Examples:
        >>> typst_string('zeg "ja" \\ #nee')
        '"zeg \\"ja\\" \\\\ #nee"'
    """
    return _literal(visible_text(text))


def _literal(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return '"' + "".join(_character(character) for character in composed) + '"'


def words(text: str) -> str:
    """Return plain text as Typst markup, long numbers and addresses breakable.

    Examples:
        >>> words("hooguit 36 maanden")
        '#"hooguit ";#box("36 maanden");'
    """
    parts = _UNBROKEN.split(_running(text))
    return "".join(_word_or_words(part, index % 2 == 1) for index, part in enumerate(parts))


def _word_or_words(part: str, unbroken: bool) -> str:
    """What belongs together stays on one line, and is still the same text."""
    if not part:
        return ""
    return f"#box({_literal(part)});" if unbroken else f"#{_literal(part)};"


def inline_typst(text: str) -> str:
    """Return a sentence of ours with its marks as Typst markup.

    Examples:
        >>> inline_typst("hooguit **36**")
        '#"hooguit ";#strong("36");'
    """
    return "".join(_run(kind, content) for kind, content in inline_runs(text))


def drawing_string(svg: str) -> str:
    """Return a drawing as a Typst string literal, every character kept."""
    escaped = svg.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _run(kind: str, content: str) -> str:
    if kind == "reference":
        return _reference(content)
    function = _FUNCTIONS.get(kind)
    if function is None:
        return words(content)
    return f"#{function}({_literal(_running(content))});"


def _reference(mark: str) -> str:
    reference = reference_of(mark)
    if reference is None:
        return words(reference_words(mark))
    return (
        f"#page-reference({typst_string(reference.anchor)}, "
        f"form: {typst_string(reference.form)})[{words(reference.words)}];"
    )


def _running(text: str) -> str:
    return _LONG_WORD.sub(_breakable, _LINE_ENDS.sub(" ", visible_text(text)))


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    if word.isalpha() and len(word) <= _LONGEST_REAL_WORD:
        return word
    return _ZERO_WIDTH_SPACE.join(word[start : start + 8] for start in range(0, len(word), 8))


@cache
def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if has_glyph(ord(character)) else "[?]"
