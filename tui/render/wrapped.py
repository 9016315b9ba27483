"""Text in rows, broken where Textual breaks it."""

from __future__ import annotations

from textual.content import Content

from tui.render.glyphs import ELLIPSIS


def wrapped(text: str, width: int) -> list[str]:
    """The rows that a Static of this width shows; one at least. A word too long fills whole rows.

    textwrap breaks elsewhere: it begins a long word in the row before, and its rows are too few.
    """
    return [line.plain for line in Content(text).wrap(width)]


def within(text: str, width: int, rows: int) -> str:
    """The text, cut to a number of rows with an ellipsis at its end."""
    lines = wrapped(text, width)
    if len(lines) <= rows:
        return text
    kept = text[: sum(len(line) + 1 for line in lines[:rows])]
    while kept and len(wrapped(f"{kept.rstrip()}{ELLIPSIS}", width)) > rows:
        kept = kept[:-1]
    return f"{kept.rstrip()}{ELLIPSIS}"
