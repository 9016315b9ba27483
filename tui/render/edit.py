"""The lines of the edit bar: fields with their values, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment

from lessons.labs.base import Field
from tui.render.glyphs import MARK
from tui.theme import Palette

ROWS, FEW_ROWS = 7, 3
"""Fields in sight at once: at least where there is room, and on a low terminal."""

LOW, LAB_ROWS = 28, 18
"""Rows of a terminal below which the list is short, and those it shares nothing of."""


def fields_at_once(height: int) -> int:
    """Fields that are seen in a terminal of so many rows: half of what the lab does not need."""
    return FEW_ROWS if height < LOW else max(ROWS, (height - LAB_ROWS) // 2)


def groups_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """What the fields belong to, each once, in order."""
    return tuple(dict.fromkeys(field.group for field in fields))


def advice(field: Field, on_map: bool, grouped: bool) -> str:
    """The keys that choose and change, at this field."""
    keys = "↑↓←→ move   tab next" if on_map else "↑↓ choose   ←→ change"
    what = "text" if field.free else "choice" if field.choices else "number"
    return f"{keys}   type a {what}, enter   {'page ↓ next group' if grouped else 'esc done'}"


def other_line(fields: Sequence[Field], at: int, colors: Palette) -> list[Segment]:
    """A field that is not the chosen one."""
    return [
        Segment(_label(fields, at, " "), colors.style("dim")),
        Segment(f" {_value(fields[at])}", colors.style("node")),
    ]


def chosen_line(
    fields: Sequence[Field], at: int, typing: str | None, of: str, width: int, colors: Palette
) -> list[Segment]:
    """The chosen field: what is typed or its value, and which of how many it is."""
    label, shown = _label(fields, at, MARK), _value(fields[at]) if typing is None else typing
    if fields[at].free:  # of a long path the end counts, where it is typed
        room = max(width - cell_len(label) - 3, 1)
        shown = shown if cell_len(shown) <= room else f"…{shown[1 - room :]}"
    return [
        Segment(label, colors.style("mark", bold=True)),
        Segment(f" {shown} ", colors.style("accent", bold=True, reverse=True)),
        Segment(f"   {of}" if of else "", colors.style("dim")),
    ]


def _label(fields: Sequence[Field], at: int, mark: str) -> str:
    """The group, in a column where there are several, and the name."""
    groups = groups_of(fields)
    group = f"{fields[at].group:<{max(map(len, groups)) + 2}}" if len(groups) > 1 else ""
    width = max(len(field.label) for field in fields)
    return f"{mark} {group}{fields[at].label:<{width}}  "


def _value(field: Field) -> str:
    return f"‹ {field.text} ›" if field.choices else field.shown or field.text
