"""Seven faults, planted in a PDF, that keep a reader who hears it from part of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

Plant = Callable[[pikepdf.Pdf], None]


def with_fault(pdf: bytes, fault: str) -> bytes:
    """Return a PDF with a fault planted in it.

    Args:
        pdf: without faults.
        fault: one of `FAULTS`.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        FAULTS[fault](document)
        changed = io.BytesIO()
        document.save(changed)
    return changed.getvalue()


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def _renamed(tag: str, other: str) -> Plant:
    def plant(document: pikepdf.Pdf) -> None:
        for element in [*_elements(document.Root.StructTreeRoot)]:
            if element["/S"] == tag:
                element["/S"] = pikepdf.Name(other)

    return plant


def _without_words(document: pikepdf.Pdf) -> None:
    for element in _elements(document.Root.StructTreeRoot):
        if element["/S"] == "/Figure":
            del element["/Alt"]


def _without(name: str) -> Plant:
    def plant(document: pikepdf.Pdf) -> None:
        del document.Root[name]

    return plant


def _under_its_file_name(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences["/DisplayDocTitle"] = False


def _backwards(document: pikepdf.Pdf) -> None:
    """Read the sections of the document from the last to the first."""
    whole = document.Root.StructTreeRoot.K
    node = whole[0] if isinstance(whole, pikepdf.Array) else whole
    node.K = pikepdf.Array([*node.K][::-1])


FAULTS: dict[str, Plant] = {
    "read from back to front": _backwards,
    "a figure without words": _without_words,
    "no language": _without("/Lang"),
    "no tags": _without("/StructTreeRoot"),
    "shown under its file name": _under_its_file_name,
    "a level of headings skipped": _renamed("/H2", "/H4"),
    "a table without header cells": _renamed("/TH", "/TD"),
    "a list of paragraphs": _renamed("/LI", "/P"),
}
