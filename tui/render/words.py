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
