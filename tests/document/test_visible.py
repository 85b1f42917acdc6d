"""No text of an output turns round what stands beside it, or hides a part of itself."""

from __future__ import annotations

import sys
import unicodedata

from balanstest_analysis.document.visible import visible_text

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
WIDTHS = "\u200b\u200c\u200d\u2060\ufeff\u180e\u3164\u00ad"[:-1]
CONTROLS = "\x00\x07\x08\x1b\x7f\x9b"


def test_marks_of_direction_width_and_control_are_taken_out() -> None:
    assert visible_text("a" + MARKS + WIDTHS + CONTROLS + "b") == "ab"
    assert visible_text("twee\u2028regels") == "twee regels"


def test_what_can_be_seen_stays() -> None:
    for text in ("Zoë & Łukasz\n\tЖ 中 ع ا 👍", "Wervings\u00adcampagne", "𝔸\u0301"):
        assert visible_text(text) == text


def test_of_all_characters_that_turn_a_text_none_is_left() -> None:
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    turned = [c for c in every if unicodedata.bidirectional(c) in turning and c != "\u00ad"]
    assert len(turned) > 100
    assert visible_text("".join(turned)) == ""
