"""Which words are customers is asked of the tables, and only words that were asked come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.sources.named_customers import NOBODY, named_customers
from tests.histories import tables, write_dossier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = ["KL-1,2026-03-31 14:05,true,false", " Kl-2 ,2026-03-31 14:06,true,false"]
    header = "customer_id,called_at,net_contact,converted"
    (tmp_path / "calls.csv").write_text("\n".join([header, *rows]), "utf-8")
    rows = [f"{key},2024-01-31" for key in ("KL-1", "007123", "81234", "81234", "81235")]
    (tmp_path / "events.csv").write_text("\n".join(["customer_id,occurred_on", *rows]), "utf-8")
    return tmp_path


def of(folder: Path) -> Dossier:
    return write_dossier(folder, tables("calls", "events"))


def test_customers_of_every_table_are_found_whatever_their_capitals(folder: Path) -> None:
    named = named_customers(of(folder), {"kl-1", "kl-2", "007123", "7123", "kl-3", "kl"})

    assert named.keys == {"kl-1", "kl-2", "007123"}


def test_numbers_are_counted_by_their_length_and_each_customer_once(folder: Path) -> None:
    assert named_customers(of(folder), {"nobody"}).of_length == {6: 1, 5: 2}


def test_nothing_is_read_where_nothing_is_asked(folder: Path) -> None:
    (folder / "calls.csv").unlink()
    assert named_customers(of(folder), set()) == NOBODY
    with pytest.raises(DataError):
        named_customers(of(folder), {"kl-1"})


def test_what_is_found_is_shown_nowhere(folder: Path) -> None:
    assert "kl-1" not in repr(named_customers(of(folder), {"kl-1"}))
