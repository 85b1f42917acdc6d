"""Links lead somewhere in a clone and on the web view of the repository, as on the built site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.reference import kept_reference, write_reference

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
NOT_KEPT = (ROOT / "docs" / "_build", REFERENCE / "api")  # made when the site is built
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "reports").glob("*.md"),
    *(
        page
        for page in (ROOT / "docs").rglob("*.md")
        if not any(page.is_relative_to(made) for made in NOT_KEPT)
    ),
]


def links(text: str) -> list[str]:
    """Return the places within the project that a page links to; code is not looked at."""
    prose = re.sub(r"^(`{3,}).*?^\1|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)
    targets = re.findall(r"\]\(([^)\s]+)\)", prose)
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def headings(text: str) -> set[str]:
    """Return the names by which the headings of a page are linked to."""
    titles = re.findall(r"^#{1,6} (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def leads_nowhere(page: Path, target: str) -> bool:
    """Say whether a link leads to no file that is kept, or to no heading of it."""
    name, _, heading = target.partition("#")
    place = (page.parent / name).resolve() if name else page
    if not place.exists() or any(place.is_relative_to(made) for made in NOT_KEPT):
        return True
    return bool(heading) and heading not in headings(place.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere_in_a_clone(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [target for target in links(text) if leads_nowhere(page, target)] == []


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    page = ROOT / "docs" / "index.md"
    text = "[a](no-such.md), [b](tables.md#no-such-heading), [c](reference/api/index.md), `[d](e)`"
    assert len(links(text)) == 3
    assert all(leads_nowhere(page, target) for target in links(text))
    assert not any(leads_nowhere(page, at) for at in ("tables.md", "../README.md#the-tables"))


def test_the_reference_that_is_kept_is_what_the_code_says() -> None:
    files = (path for path in REFERENCE.rglob("*") if path.is_file())
    kept = {
        path.relative_to(REFERENCE).as_posix(): path.read_text("utf-8")
        for path in files
        if not path.is_relative_to(NOT_KEPT[1])
    }
    made = kept_reference()
    stale = [name for name in kept.keys() | made.keys() if kept.get(name) != made.get(name)]
    assert sorted(stale) == [], "run `python -m tools.reference`"


def test_what_the_reference_no_longer_has_is_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("# Gone\n", "utf-8")
    write_reference(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert written > set(kept_reference())
    assert "gone.md" not in written
