"""Pictures in grey: an array of ink as half blocks, two pixels in a cell, or as shade characters.

Ink is white on black in a dark theme and black on white in a light one, as on a screen or a page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.theme import Palette

LEVELS = 16
"""Steps of grey from no ink to full ink."""
HALF = "▀"
SHADES = " ░▒▓█"
"""From no ink to full ink, where there are no colours to mix."""
ASCII_SHADES = " .:-=+*#%@"

Ink = Literal["blocks", "shades", "ascii"]
"""How ink is drawn: coloured half blocks, shade characters, or ASCII."""


def grey(pixels: NDArray[np.floating], palette: Palette, ink: Ink) -> list[list[Segment]]:
    """A picture of `pixels`, from 0 to 1: one list of segments for every two rows.

    Args:
        pixels: (rows, columns); with an odd number of rows the last cell's lower half is blank.
        ink: "blocks" is drawn as "shades" where the palette has only the terminal's own colours.
    """
    rows, columns = pixels.shape
    even = np.zeros((rows + rows % 2, columns))
    even[:rows] = np.clip(np.nan_to_num(pixels), 0, 1)
    if ink == "blocks" and not palette.ansi:
        levels = np.rint(even * (LEVELS - 1)).astype(int)
        styles = _styles(palette.dark)
        pairs = zip(levels[::2].tolist(), levels[1::2].tolist(), strict=True)
        return [_blocks(upper, lower, styles) for upper, lower in pairs]
    shades = ASCII_SHADES if ink == "ascii" else SHADES
    # A thin stroke must not vanish: the darker half of a cell counts more than the lighter one.
    amounts = 0.75 * np.maximum(even[::2], even[1::2]) + 0.25 * np.minimum(even[::2], even[1::2])
    places = np.rint(amounts * (len(shades) - 1)).astype(int)
    style = palette.style("mark")
    return [[Segment("".join(shades[at] for at in row), style)] for row in places.tolist()]


def _blocks(
    upper: list[int], lower: list[int], styles: dict[tuple[int, int], Style]
) -> list[Segment]:
    """A row of cells; equal neighbours become one segment."""
    segments: list[Segment] = []
    pairs = list(zip(upper, lower, strict=True))
    at = 0
    while at < len(pairs):
        end = at + 1
        while end < len(pairs) and pairs[end] == pairs[at]:
            end += 1
        segments.append(Segment(HALF * (end - at), styles[pairs[at]]))
        at = end
    return segments


@lru_cache(maxsize=4)
def _styles(dark: bool) -> dict[tuple[int, int], Style]:
    """A style for every pair of levels, the upper and the lower half of a cell."""
    colors = [_color(dark, level) for level in range(LEVELS)]
    return {
        (upper, lower): Style(color=colors[upper], bgcolor=colors[lower])
        for upper in range(LEVELS)
        for lower in range(LEVELS)
    }


def _color(dark: bool, level: int) -> RichColor:
    paper, ink = (0, 255) if dark else (255, 0)
    amount = round(paper + (ink - paper) * level / (LEVELS - 1))
    return Color(amount, amount, amount).rich_color


def resized(pixels: NDArray[np.floating], scale: float) -> NDArray[np.floating]:
    """The picture at half its size (the mean of every four pixels), as it is, or at twice it."""
    if scale == 2:
        return pixels.repeat(2, axis=0).repeat(2, axis=1)
    if scale == 1:
        return pixels
    rows, columns = pixels.shape[0] // 2, pixels.shape[1] // 2
    fours = pixels[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
    mean: NDArray[np.floating] = fours.mean(axis=(1, 3))
    return mean
