"""The pages of the documentation that are made from the code, so that they cannot go stale.

They are kept beside the others, so that a link to them leads somewhere in a clone too; a test holds
them equal to the code. The pages of the library's modules are empty until Sphinx fills them, and so
are made when the site is built.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from balanstest_analysis.dossier.json_schema import SCHEMA_FILE, schema_text
from tools.reference.api_page import api_pages
from tools.reference.command_page import command_page
from tools.reference.dossier_page import dossier_page
from tools.reference.findings_page import findings_page
from tools.reference.result_page import result_page
from tools.reference.rules_page import rules_page
from tools.reference.tables_page import tables_page

NAVIGATION = """# Reference

Made from the code, by `python -m tools.reference`.

- [Dossier](dossier.md): every key, what it may be, and its default.
- [Tables](tables.md): every column.
- [Command line](command-line.md): every command and option.
- [Findings](findings.md): what may be found in a history, and what to do.
- [resultaat.json](result.md): every key of the numbers behind a report.
- [Rules by date](rules.md): the rules, with their sources.

Beside these, the site that `make docs` builds has the library's modules, under *Python*.

```{toctree}
:hidden:

dossier
tables
command-line
findings
result
rules
api/index
```
"""


def kept_reference() -> dict[str, str]:
    """Return what is kept of the reference: the text of each file, by its place in the folder."""
    return {
        "index.md": NAVIGATION,
        "dossier.md": dossier_page(),
        "tables.md": tables_page(),
        "command-line.md": command_page(),
        "findings.md": findings_page(),
        "result.md": result_page(),
        "rules.md": rules_page(),
        f"published/{SCHEMA_FILE}": schema_text(),
    }


def write_reference(folder: Path) -> None:
    """Write the whole reference, in place of what was there.

    Args:
        folder: to write in; it is emptied first.
    """
    files = kept_reference() | {f"api/{name}.md": text for name, text in api_pages().items()}
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
