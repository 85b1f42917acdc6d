"""The code blocks of a page of documentation, and how each kind is tried."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlglot
from markdown_it import MarkdownIt

from balanstest_analysis.dossier.dossier import Dossier
from tests.command_line import run_command
from tests.dossier_schema import refused_by_schema

STEP = "<!-- step"
SHELL = set("|<>;$*?&`\\")
OWN_TABLES = ("calls", "events", "objections", "complaints", "counts")
BARE_DOSSIER = """
schema = 1
template = "opt-in"
organisation = { name = "Voorbeeld", sector = "charity" }
scope = { category = "Giften" }
[data]
data_through = 2025-12-31
calls = { path = "calls.csv" }
[[criteria]]
name = "Duur"
kind = "horizon"
months = 24
reason = "Voorbeeld."
"""


@dataclass(frozen=True)
class Block:
    """A block of code: its language, its text, and the line of the page where it begins."""

    language: str
    text: str
    line: int

    @property
    def first_line(self) -> str:
        return self.text.strip().splitlines()[0]


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield the blocks in order; a comment `<!-- step ... -->` is shell that readers do not see."""
    for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")):
        line = (token.map or [0])[0] + 1
        if token.type == "fence" and not token.info.startswith("{"):
            yield Block(token.info.strip(), token.content, line)
        elif token.type == "code_block":
            yield Block("", token.content, line)
        elif token.type == "html_block" and token.content.startswith(STEP):
            yield Block("step", token.content.strip()[len(STEP) : -len("-->")], line)


@dataclass
class Reader:
    """Somebody who follows a page from top to bottom, in a folder of their own."""

    folder: Path
    output: str = ""
    names: dict[str, Any] = field(default_factory=dict)

    def try_out(self, block: Block) -> None:
        """Do what a block asks; raises AssertionError where it does not work."""
        match block.language:
            case "sh" | "step":
                self._run(block)
            case "text":
                self._compare(block)
            case "toml":
                load_toml(block.text)
            case "json":
                json.loads(block.text)
            case "sql":
                sqlglot.parse(block.text, dialect="postgres")
            case "python":
                exec(compile(block.text, f"line {block.line}", "exec"), self.names)
            case _:
                raise AssertionError(f"line {block.line}: no such language: {block.language!r}")
        if block.language != "step":
            (self.folder / "block").write_text(block.text, "utf-8")

    def _run(self, block: Block) -> None:
        commands = own_commands(block.text)
        ended = [self._in_shell(block.text)] if commands is None else map(self._here, commands)
        self.output = ""
        for done in ended:
            self.output += (done.stdout + done.stderr).replace(f"{self.folder}/", "")
            assert done.returncode == 0, f"line {block.line}:\n{self.output}"

    def _here(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return run_command(*words, cwd=self.folder, COLUMNS="100")

    def _in_shell(self, text: str) -> subprocess.CompletedProcess[str]:
        commands = self.folder / ".venv" / "bin"
        path = os.pathsep.join(
            [str(commands), str(Path(sys.executable).parent), os.environ["PATH"]]
        )
        return subprocess.run(
            ["sh", "-e", "-c", text],
            cwd=self.folder,
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def _compare(self, block: Block) -> None:
        """Hold lines that a page shows to what the last command printed; `...` stands for more."""
        printed = {" ".join(line.split()) for line in self.output.splitlines()}
        shown = [" ".join(line.split()) for line in block.text.splitlines()]
        absent = [line for line in shown if line and line != "..." and line not in printed]
        assert not absent, f"line {block.line}: not printed: {absent}\n{self.output}"


def own_commands(text: str) -> list[list[str]] | None:
    """Return the arguments of every command, or None where a block asks more than `balanstest`."""
    commands = []
    for line in text.replace(" && ", "\n").splitlines():
        words = shlex.split(line, comments=True)
        if words and (Path(words[0]).name != "balanstest" or SHELL & set(line)):
            return None
        commands += [words[1:]] if words else []
    return commands


def load_toml(text: str) -> Dossier:
    """Return a dossier, or the part of one laid over a bare dossier."""
    given = tomllib.loads(text)
    if "schema" in given:
        return _both_ways(given)
    whole = tomllib.loads(BARE_DOSSIER)
    tables = {**whole.pop("data"), **given.pop("data", {})}
    if "counts" in tables:
        tables = {name: table for name, table in tables.items() if name not in OWN_TABLES[:-1]}
    sections = {
        key: {**whole.get(key, {}), **part} for key, part in given.items() if is_table(part)
    }
    return _both_ways({**whole, **given, **sections, "data": tables})


def _both_ways(given: dict[str, Any]) -> Dossier:
    """Return a dossier that an editor accepts as well, by its schema."""
    refused = refused_by_schema(given)
    assert not refused, refused
    return Dossier.model_validate(given)


def is_table(part: object) -> bool:
    return isinstance(part, dict)


def make_command(folder: Path) -> None:
    """Put a `.venv/bin/balanstest` in a folder that runs the package under test."""
    command = folder / ".venv" / "bin" / "balanstest"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m balanstest_analysis "$@"\n')
    command.chmod(0o755)
