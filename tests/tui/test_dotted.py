"""Dotted curves that go up and down: an even shade, and dots that stay where they are."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tui.test_plot import BRAILLE, canvas, drawn
from tui.widgets.plot import Curve, Figure

LEFT, RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
"""The bits of the two columns of a braille character, from the top."""


def dots_by_row(lines: list[str]) -> list[int]:
    """How many dots each row of dots has, from the top; four rows to a line."""
    signs = [[ord(c) - 0x2800 for c in line if ord(c) in BRAILLE] for line in lines]
    return [
        sum(bool(sign & left) + bool(sign & right) for sign in line)
        for line in signs
        for left, right in zip(LEFT, RIGHT, strict=True)
    ]


def zigzag(epochs: int) -> Curve:
    """A loss that jumps about between 0.25 and 0.75 of the plot."""
    noise = np.random.default_rng(3).uniform(0.25, 0.75, epochs)
    return Curve(np.arange(epochs), noise, "validation")


@pytest.mark.parametrize("epochs", [120, 700, 5000])
@pytest.mark.parametrize("size", [(60, 14), (110, 26)])
async def test_a_zigzag_is_an_even_shade_and_not_a_few_rows(epochs, size):
    figure = Figure((zigzag(epochs),), x_range=(0, epochs), y_range=(0, 1))
    rows = dots_by_row(canvas(await drawn(figure, size)))
    band = rows[int(len(rows) * 0.35) : int(len(rows) * 0.65)]
    assert min(band) > 0
    assert max(band) < 2.5 * np.mean(band)


@pytest.mark.parametrize("slope", [-3, -2, -1.2, 1.2, 2, 3])
async def test_a_steep_line_has_dots_all_along(slope):
    x = np.array([0.0, 1.0])
    y = 0.5 + slope * (x - 0.5) * 120 / 56  # in dots: 120 across, 56 up
    figure = Figure((Curve(x, y, "validation"),), x_range=(0, 1), y_range=(0, 1))
    rows = dots_by_row(canvas(await drawn(figure, (66, 17))))
    assert 0.2 * len(rows) < sum(rows) < 0.5 * len(rows)
    assert all(sum(rows[at : at + 8]) > 0 for at in range(len(rows) - 8))
    assert all(sum(rows[at : at + 8]) < 6 for at in range(len(rows) - 8))


async def test_dots_of_a_zigzag_stay_where_they_are_while_it_grows():
    whole = zigzag(100)

    async def part(last: int) -> list[str]:
        curve = Curve(whole.x[:last], whole.y[:last], "validation")
        return canvas(await drawn(Figure((curve,), x_range=(0, 100), y_range=(0, 1))))

    before, after = await part(60), await part(100)
    seen = 0
    for line, grown in zip(before, after, strict=True):
        reached = max((at for at, c in enumerate(line) if c.strip()), default=0)
        assert line[: reached - 1] == grown[: reached - 1]
        seen += len(line[: reached - 1].split())
    assert seen > 20
