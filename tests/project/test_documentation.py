"""What the documentation says is tried: every block of code, every link, key and picture."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from balanstest_analysis.history.secret import SECRET_VARIABLE
from tests.claim_variations import late_events
from tests.command_line import run_command
from tests.counted_dossier import write_counts
from tests.example_results import EXAMPLES
from tests.page_blocks import Block, Reader, blocks_of, make_command
from tests.result_keys import explained, walked
from tests.trial_exports import write_trial
from tools.draw_gallery import KINDS
from tools.draw_ideas import PICTURES as METHOD_PICTURES
from tools.draw_screens import SCREENS
from tools.make_pictures import PICTURES
from tools.reference.explanations import explanations

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MADE = {"_build", "reference"}  # by the build itself
WRITTEN = sorted(
    page for page in DOCS.rglob("*.md") if not MADE & set(page.relative_to(DOCS).parts)
)
PAGES = [ROOT / "README.md", *WRITTEN]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

# Blocks that no test runs, by page and first line, each with the reason.
NOT_RUN = {
    (
        "README.md",
        "make report   # sets up, makes the report of the sample in reports/, and says where",
    ): ("installs an environment; CI runs `make test`, and the sample's report has its own tests"),
    (
        "README.md",
        "python3 tools/setup_environment.py run   # sets up `.venv`, in a minute or two, once",
    ): ("installs an environment, as `make report` does"),
    (
        "README.md",
        'make lab   # opens JupyterLab on the notebooks; OPTIONS="--no-browser" goes on to it',
    ): ("installs and opens JupyterLab; the notebooks have their own tests"),
    (
        "README.md",
        ".venv/bin/balanstest bundle reports/mijn-stichting/donaties/2026-Q3 --attach dpia.pdf "
        "--attach advies-fg.pdf",
    ): "names annexes of the reader's own; tests/report/test_bundle.py runs it",
    ("README.md", ".venv/bin/balanstest quarterly dossiers/ --log kwartaal.jsonl"): (
        "names dossiers of the reader's own; tests/report/test_batch.py runs it"
    ),
    (
        "docs/quarterly.md",
        ".venv/bin/balanstest quarterly dossiers/ --output reports --log kwartaal.jsonl",
    ): "names dossiers of the reader's own; tests/report/test_batch.py runs it",
    (
        "docs/how-to/word.md",
        ".venv/bin/balanstest document reports/mijn-stichting/donaties/2026-Q3",
    ): "names a report of the reader's own; tests/report/test_working_copy.py runs it",
    ("docs/quarterly.md", ".venv/bin/papermill notebooks/onderbouwing.ipynb uit.ipynb -f p.yaml"): (
        "names a file of parameters; tests/report/test_notebooks.py runs papermill by itself"
    ),
    (
        "docs/how-to/without-a-clone.md",
        'pipx install "balanstest_analysis-0.1.0-py3-none-any.whl[lab]"',
    ): "installs; tests/project/test_wheel.py does the same with what is there",
    (
        "docs/how-to/without-a-clone.md",
        "uvx --from balanstest_analysis-0.1.0-py3-none-any.whl balanstest --help",
    ): "downloads; tests/project/test_wheel.py does the same with what is there",
    ("docs/tutorial.md", "make lab"): "installs and opens JupyterLab; see the README",
}

Follow = Callable[[str], Reader]


@pytest.fixture(scope="module")
def follow(tmp_path_factory: pytest.TempPathFactory) -> Follow:
    """Give a function that follows a page once, and remembers the folder it was followed in."""
    followed: dict[str, Reader] = {}
    room = tmp_path_factory.mktemp("room")
    furnish(room)

    def once(name: str) -> Reader:
        if name not in followed:
            folder = tmp_path_factory.mktemp("page") / "here"
            followed[name] = Reader(shutil.copytree(room, folder, symlinks=True))
            with pytest.MonkeyPatch.context() as here:
                here.chdir(followed[name].folder)
                here.delenv(SECRET_VARIABLE, raising=False)
                for block in tried(name):
                    followed[name].try_out(block)
        return followed[name]

    return once


def tried(name: str) -> list[Block]:
    return [b for b in blocks_of(ROOT / name) if (name, b.first_line) not in NOT_RUN]


def furnish(folder: Path) -> None:
    """Put in a folder what a page may take for granted: the sample, and some exports."""
    make_command(folder)
    history = folder / "history"
    done = run_command("simulate", history, "--contacts", "1500", "--seed", "1", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "data").mkdir()
    (folder / "data" / "sample").symlink_to(ROOT / "data" / "sample")
    write_counts(folder / "counts")
    calls = pd.read_csv(history / "calls.csv", dtype=str)
    renamed = calls.rename(columns={"customer_id": "relatienummer", "called_at": "beldatum"})
    renamed.to_excel(folder / "beltool.xlsx", index=False, engine="xlsxwriter")
    shutil.copyfile(history / "events.csv", folder / "giften.csv")
    write_trial(folder / "exports")
    public_data(folder)


def public_data(folder: Path) -> None:
    """Write stand-ins, of the same form, for the two public data sets."""
    weeks = [week for week in range(14, 190, 9) for _ in range(300)]
    charity = pd.DataFrame(
        {"weekslast": weeks, "respond": [int(i % 3 == 0) for i in range(len(weeks))]}
    )
    charity.to_csv(folder / "charity.csv", index=False)
    days = [day for day in range(-1, 800, 30) for _ in range(40)]
    bank = pd.DataFrame(
        {"pdays": days, "y": ["yes" if i % 4 == 0 else "no" for i in range(len(days))]}
    )
    bank.to_csv(folder / "bank-full.csv", index=False, sep=";")


@pytest.mark.parametrize("name", NAMES)
def test_every_block_of_a_page_works_when_the_page_is_followed(name: str, follow: Follow) -> None:
    follow(name)


def test_every_block_that_is_not_run_exists() -> None:
    known = {(name, block.first_line) for name in NAMES for block in blocks_of(ROOT / name)}
    assert set(NOT_RUN) - known == set()


def test_a_block_that_does_not_work_is_noticed(tmp_path: Path) -> None:
    make_command(tmp_path)
    wrong = [
        Block("sh", ".venv/bin/balanstest check no-such.toml", 1),
        Block("toml", "[data.calls]\npaht = 'calls.csv'", 1),
        Block("python", "raise ValueError", 1),
        Block("text", "never printed", 1),
        Block("", "no language", 1),
    ]
    for block in wrong:
        with pytest.raises((AssertionError, ValueError)):
            Reader(tmp_path).try_out(block)


def test_every_picture_is_made_by_a_command_and_used() -> None:
    kept = {path.name for path in (DOCS / "images").iterdir()}
    assert kept == {*PICTURES, *METHOD_PICTURES, *KINDS, *SCREENS}
    used = {Path(target).name for _, target in pictures()}
    assert used == kept


def test_every_picture_has_words_and_is_small() -> None:
    assert [target for words, target in pictures() if len(words) < 20] == []
    assert [p.name for p in (DOCS / "images").iterdir() if p.stat().st_size > 150_000] == []


def pictures() -> list[tuple[str, str]]:
    """Return words and target of every picture on a page."""
    return [
        hit
        for page in PAGES
        for hit in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", page.read_text("utf-8"))
    ]


TYPES = {
    "text": str,
    "date": str,
    "integer": int,
    "number": (int, float),
    "truth value": bool,
    "list": list,
    "object": dict,
    "any": object,
}


def test_every_key_of_a_result_is_explained_with_its_type(follow: Follow) -> None:
    result = result_of(follow("docs/tutorial.md"))
    told = explanations("result")
    for path, value in walked(result):
        kind = TYPES[told[explained(path, told)][0]]
        assert value is None or isinstance(value, kind), path


def test_no_key_is_explained_that_results_do_not_have(follow: Follow) -> None:
    results = [result_of(follow(name)) for name in ("docs/tutorial.md", "README.md")]
    results += [make() for make in (*EXAMPLES.values(), late_events)]  # what few reports have
    told = explanations("result")
    used = {explained(path, told) for result in results for path, _ in walked(result)}
    assert set(told) - used == set()


def result_of(reader: Reader) -> dict[str, Any]:
    written = next(reader.folder.rglob("resultaat.json"))
    result: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return result
