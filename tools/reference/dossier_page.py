"""The keys of the dossier, from its models."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.document import wording
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.json_schema import SCHEMA_FILE, TEMPLATES, key_explanations
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.statements import CONDITIONS
from balanstest_analysis.published.names import COUNTERPOINTS
from tools.reference.explanations import refuse_gaps
from tools.reference.markdown import choices, code, page, table

INTRODUCTION = f"""The dossier is one TOML file, `balanstest.toml`. It is read strictly: a key that
is not listed here is refused, and so is a value outside its limits. `balanstest check` tells every
mistake at once. Paths are relative to the folder of the dossier.

An editor that knows TOML, such as VS Code with Even Better TOML, completes and checks the dossier
by its JSON schema, [{SCHEMA_FILE}](published/{SCHEMA_FILE}). `balanstest init` writes
that file beside a new dossier, whose first line names it; `balanstest schema` makes it for one that
exists."""
HEADINGS = {
    "Dossier": "Top of the file",
    "Organisation": "[organisation]",
    "Scope": "[scope]",
    "Data": "[data]",
    "TableSource": "[data.calls] and the other tables",
    "Settings": "[settings]",
    "CallingRules": "[rules]",
    "MinimumRate": "[[criteria]], kind minimum_rate",
    "MaximumRate": "[[criteria]], kind maximum_rate",
    "MaximumRatio": "[[criteria]], kind maximum_ratio",
    "MaximumOverallRate": "[[criteria]], kind maximum_overall_rate",
    "BurdenPerConversion": "[[criteria]], kind burden_per_conversion",
    "NetBenefit": "[[criteria]], kind net_benefit",
    "Horizon": "[[criteria]], kind horizon",
    "SetAside": "[[set_aside]]",
    "Grounds": "[grounds]",
    "Condition": "[conditions.NAME]",
    "Decision": "[decision]",
    "Measure": "[[measures]]",
    "Review": "[review]",
    "Style": "[style]",
    "Processing": "[processing]",
    "CriteriaChange": "[[criteria_changes]], written by the explorer",
}
LIMITS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
    "array": "list",
    "object": "table",
}
KEYS = "balanstest_analysis/dossier/rules/keys.toml"
Schema = dict[str, Any]


def dossier_page() -> str:
    """Return the page with every key, what it may be, and its default."""
    schema = Dossier.model_json_schema(by_alias=True)
    models: dict[str, Schema] = {"Dossier": schema, **schema["$defs"]}
    told = key_explanations()
    refuse_gaps(KEYS, models, told)
    refuse_gaps("tools/reference/dossier_page.py HEADINGS", models, HEADINGS)
    sections = [
        part
        for name, heading in HEADINGS.items()
        for part in _section(name, heading, models[name], told[name])
    ]
    return page("Dossier", INTRODUCTION, *sections, "## [answers]", *_answers())


def _section(name: str, heading: str, model: Schema, told: dict[str, str]) -> list[str]:
    keys = {key: entry for key, entry in model["properties"].items() if not _is_table(name, entry)}
    refuse_gaps(f"{KEYS} [{name}]", keys, told)
    required = model.get("required", ())
    rows = [
        [code(key), _what(entry), _default(entry, required=key in required), told[key]]
        for key, entry in keys.items()
    ]
    shown = [f"## {heading}", *([_names()] if name == "Condition" else [])]
    below = _counterpoints() if name == "Review" else []
    return [*shown, table(["key", "value", "default", "meaning"], rows), *below]


def _counterpoints() -> list[str]:
    """Return the codes by which a dossier replies to counterpoints, with the report's name."""
    rows = [[code(name), wording.COUNTERPOINT_NAMES[name]] for name in COUNTERPOINTS]
    return ["### [review.replies]", table(["code", "what speaks against the proposal"], rows)]


def _is_table(name: str, entry: Schema) -> bool:
    """Return whether a key of the dossier is a section by itself, explained below."""
    parts = [entry, *entry.get("anyOf", ()), entry.get("items", {})]
    parts += [part.get("items", {}) for part in entry.get("anyOf", ())]
    sections = {"conditions", "answers"} if name == "Dossier" else set()
    nested = any("$ref" in part or "oneOf" in part for part in parts)
    return nested or entry.get("title", "").lower() in sections


def _what(entry: Schema) -> str:
    options = [option for option in entry.get("anyOf", [entry]) if option.get("type") != "null"]
    return " or ".join(dict.fromkeys(_option(option) for option in options))


def _option(entry: Schema) -> str:
    if "const" in entry or "enum" in entry:
        return choices(_shown(value) for value in entry.get("enum", [entry.get("const")]))
    kind = "date" if entry.get("format") == "date" else TYPES[entry["type"]]
    if kind == "list" and "items" in entry:
        kind = f"list of {_what(entry['items']).removeprefix('list of ')}s"
    limits = [f"{word} {entry[key]}" for key, word in LIMITS.items() if key in entry]
    return ", ".join([kind, *limits])


def _shown(value: object) -> str:
    return "\\t" if value == "\t" else str(value)


def _default(entry: Schema, *, required: bool) -> str:
    if required:
        return "required"
    default = entry.get("default")
    if default in (None, "", [], {}):
        return "-"
    return code(str(default).lower() if isinstance(default, bool) else default)


def _names() -> str:
    return f"Names: {choices(CONDITIONS)}. One that is absent is a gap, not a no."


def _answers() -> list[str]:
    parts = [
        "The questions of the template that `template` names, in Dutch as the report prints them."
    ]
    for name in TEMPLATES:
        rows = [
            [code(q.number), q.title, "computed" if q.computed else q.help]
            for q in questionnaire(name).questions
        ]
        parts += [f"### Template {name}", table(["key", "question", "a good answer says"], rows)]
    return parts
