"""Shares as bars: as long as they say, whatever they are."""

from __future__ import annotations

import math

import pytest

from tui.render.bar import bar, divided


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, "    "), (1, "████"), (0.5, "██  "), (0.25 + 1 / 32, "█▏  ")]
)
def test_a_bar_is_as_long_as_its_share_to_an_eighth_of_a_cell(share: float, drawn: str) -> None:
    assert bar(share, 4) == drawn.ljust(4)


@pytest.mark.parametrize("share", [-1, 0, 0.333, 0.999, 1, 7, math.nan, math.inf])
@pytest.mark.parametrize("width", [0, 1, 17])
def test_it_keeps_its_width(share: float, width: int) -> None:
    assert len(bar(share, width)) == width
    assert sum(map(len, divided(share, width))) == width


def test_a_divided_bar_gives_the_rest_to_the_other_side() -> None:
    assert divided(0.25, 8) == ("██", "░░░░░░")
