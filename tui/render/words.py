"""Words that have to fit: no numbers, and no NumPy, which the first screen can do without."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from tui.render.glyphs import ELLIPSIS


def shorten(text: str, width: int) -> str:
    """The text, cut to a width in cells with an ellipsis at its end."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def shorten_input(name: str, width: int) -> str:
    """The name of an input, cut to a width; of one made of a text, `d…Mitte`, the text stays.

    The inputs that come of one column differ in that text alone: `district=Mitte`.
    """
    _, equals, text = name.rpartition("=")
    if cell_len(name) <= width or not equals:
        return shorten(name, width)
    kept = shorten(text, width - 1)
    return shorten(name, width - cell_len(kept)) + kept
