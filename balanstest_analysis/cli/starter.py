"""What `balanstest init` writes: a dossier with every question in it, and empty data tables."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

from balanstest_analysis.cli.about_you import AboutYou
from balanstest_analysis.cli.column_mapping import proposed_tables
from balanstest_analysis.cli.kept_from_git import seen_by_git
from balanstest_analysis.cli.proposal import Proposal
from balanstest_analysis.cli.source_remarks import empty_key_lines
from balanstest_analysis.document.new_files import write_new_files
from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.document.wording import CONDITION_TEXTS, COUNTERPOINT_NAMES
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.dossier.json_schema import SCHEMA_FILE, schema_text
from balanstest_analysis.dossier.questionnaire import Question, Questionnaire, questionnaire
from balanstest_analysis.dossier.statements import CONDITIONS, OLDER_NUMBERS
from balanstest_analysis.errors import UsageError
from balanstest_analysis.history.recognition.last_days import LastDay

Files = dict[str, str]
_NOTHING: Final = Proposal()
_NOBODY: Final = AboutYou()
DOSSIER_FILE: Final = "balanstest.toml"
TEMPLATES: Final = ("opt-in", "bel-me-niet")
DATA_COLUMNS: Final = {
    "calls": (
        "customer_id",
        "called_at",
        "net_contact",
        "converted",
        "call_id",
        "campaign",
        "value",
        "basis",
    ),
    "events": ("customer_id", "occurred_on", "kind", "ends_on", "amount"),
    "objections": ("customer_id", "objected_on", "call_id"),
    "complaints": ("customer_id", "complained_on", "call_id", "channel"),
    "counts": ("months_since_purchase", "contacts", "conversions", "objections", "complaints"),
}


def write_starter(
    directory: str | Path, *, template: str = "opt-in", exports: Sequence[Path] = ()
) -> Path:
    """Return the path of a new dossier, written with empty tables beside it.

    Args:
        directory: where to write; made if need be.
        template: ``"opt-in"`` (the newer version of the template) or ``"bel-me-niet"``.
        exports: files of the organisation, for which a mapping is proposed; no row is copied.

    Raises:
        DataError: none of the exports can be read.
        UsageError: a file of the starter is there already, the folder cannot be written, or the
            template is not known. Nothing is written in the first case. Or it is not clear what
            any of the exports is.
    """
    folder = Path(directory)
    proposed = proposed_tables(exports, folder) if exports else _NOTHING
    return write_proposed(folder, template=template, proposed=proposed)


def write_proposed(
    folder: Path, *, template: str, proposed: Proposal, about: AboutYou = _NOBODY
) -> Path:
    """Return the path of a new dossier, with what is known of tables that exist already.

    Git sees the dossier in its folder, and no data; see `kept_from_git`.

    Args:
        folder: where to write; made if need be.
        template: name of the question set.
        proposed: from `proposed_tables`.
        about: what is known of the organisation.

    Raises:
        UsageError: as `write_starter`.
    """
    files = {**starter_files(template, proposed), **seen_by_git(folder)}
    files[DOSSIER_FILE] = about.filled_in(files[DOSSIER_FILE])
    write_new_files(folder, {name: text.encode() for name, text in files.items()})
    return folder / DOSSIER_FILE


def starter_files(template: str, proposed: Proposal = _NOTHING) -> Files:
    """Return the contents of every file of the starter, by name.

    Args:
        template: name of the question set.
        proposed: what is known of tables that exist already, from `proposed_tables`.

    Raises:
        UsageError: the template is not known.

    Examples:
        >>> starter_files("opt-in")["objections.csv"].split()
        ['customer_id,objected_on,call_id']
    """
    if template not in TEMPLATES:
        known = ", ".join(TEMPLATES)
        raise UsageError(f"The template is {template!r}; known are {known}. Choose one of these.")
    headers = {
        f"{name}.csv": ",".join(columns) + "\n"
        for name, columns in DATA_COLUMNS.items()
        if name not in proposed.tables and not (name == "counts" and "calls" in proposed.tables)
    }
    text = _with_tables(_dossier_text(template), proposed.tables)
    return {DOSSIER_FILE: _with_last_day(text, proposed), SCHEMA_FILE: schema_text(), **headers}


def _with_tables(text: str, proposed: Mapping[str, str]) -> str:
    """Put proposed tables in the place of the empty ones; counts exclude the others."""
    for table, lines in proposed.items():
        empty = re.search(
            rf"^(# )?\[data\.{table}\]\n(# )?path = .*\n(# .*\n)*", text, re.MULTILINE
        )
        if empty is not None:
            text = text[: empty.start()] + lines + text[empty.end() :]
    if "counts" in proposed:
        text = re.sub(r"^(\[data\.(?:calls|events)\])\n(path = )", r"# \1\n# \2", text, flags=re.M)
    return text


def _with_last_day(text: str, proposed: Proposal) -> str:
    """Put the last day of the exports where the last day of the data is asked."""
    if proposed.latest is None:
        return text
    lines = [
        *(_apart(sketch.place, last) for sketch, last in proposed.apart),
        f"data_through = {proposed.last_day}  # de laatste dag in "
        f"{visible_text(proposed.latest.place)}; verbeter hem zo nodig",
        *empty_key_lines(proposed.used),
    ]
    return re.sub(r"^data_through = .*$", lambda _: "\n".join(lines), text, flags=re.MULTILINE)


def _apart(place: str, last: LastDay) -> str:
    """Return a comment about rows that lie apart after all others."""
    rows = "ligt 1 rij" if last.later == 1 else f"liggen {last.later} rijen"
    return (
        f"# In {visible_text(place)} {rows} los van de rest, vanaf {last.from_day}. Is dat een "
        "tikfout, verbeter die dan;\n# anders hoort hier een latere dag."
    )


def _dossier_text(template: str) -> str:
    questions = questionnaire(template)
    text = resources.files("balanstest_analysis.cli").joinpath("starter.toml").read_text("utf-8")
    return Template(text).substitute(
        template=template,
        template_name=questions.name,
        breaches=_codes(RULES),
        counterpoints=_codes(COUNTERPOINT_NAMES),
        conditions="\n".join(_condition_text(name) for name in CONDITIONS),
        questions="\n".join(_chapter_text(questions, chapter) for chapter in questions.chapters),
    )


def _codes(named: Mapping[str, str]) -> str:
    """Return codes with what they stand for, one a line."""
    return "\n".join(f"#   {code}: {name[:1].lower()}{name[1:]}" for code, name in named.items())


def _condition_text(name: str) -> str:
    lines = [f"# [conditions.{name}]", "# met = true", '# explanation = "..."']
    if name in OLDER_NUMBERS:
        lines += ["# Niet voldaan, maar alleen voor nummers van vóór 1 juli 2021:", _OLDER]
    return "\n".join([_comment(f"{CONDITION_TEXTS[name]}."), *lines, ""])


_OLDER = "# collected_before_july_2021 = true"


def _chapter_text(questions: Questionnaire, chapter: str) -> str:
    ours = [question for question in questions.questions if question.number.startswith(chapter)]
    heading = f"# --- {chapter}. {questions.chapters[chapter]} ---\n"
    return "\n".join([heading, *(_question_text(question) for question in ours)])


def _question_text(question: Question) -> str:
    title = _comment(f"{question.number}. {question.title}")
    return f'{title}\n{_comment(question.help)}\n"{question.number}" = """\n"""\n'


def _comment(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="# ", subsequent_indent="# ")
