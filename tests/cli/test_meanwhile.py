"""What is begun meanwhile is waited for, and what goes wrong with it is told to whoever waits."""

from __future__ import annotations

import threading

import pytest

from balanstest_analysis.cli.meanwhile import begun
from balanstest_analysis.errors import DossierError


def test_it_goes_on_while_something_else_is_done() -> None:
    done_here = threading.Event()
    made = begun(lambda: done_here.wait(10))
    done_here.set()
    assert made() is True


def test_a_refusal_is_raised_to_whoever_waits() -> None:
    def refuse() -> None:
        raise DossierError("De sleutel is te kort.")

    made = begun(refuse)
    for _ in range(2):
        with pytest.raises(DossierError, match="te kort"):
            made()
