"""Which nodes of a large layer are drawn, and what is said about the others."""

from __future__ import annotations

from typing import NamedTuple

from tui.render.diagram_view import FULL_LAYER, Diagram


class Slot(NamedTuple):
    """A place in a layer's column: number `node`, or None for `hidden` nodes left out."""

    node: int | None
    hidden: int = 0


def choose_slots(diagram: Diagram, rows: int) -> tuple[tuple[Slot, ...], ...] | None:
    """The slots of every layer for an area `rows` high, None where not even three fit.

    A large layer shows its first nodes, its last one and all that are active or selected (or at an
    end of such an edge), because a picture that hides what is being computed explains nothing.
    """
    wanted: list[set[int]] = [set() for _ in diagram.layers]
    for layer, nodes in enumerate(diagram.layers):
        wanted[layer] = {i for i, n in enumerate(nodes) if n.state == "active" or n.selected}
    for edge in diagram.edges:
        if edge.state == "active" or edge.selected:
            wanted[edge.layer].add(edge.source)
            wanted[edge.layer + 1].add(edge.target)
    chosen = []
    for nodes, marked in zip(diagram.layers, wanted, strict=True):
        slots = _slots(len(nodes), marked, rows)
        if slots is None:
            return None
        chosen.append(slots)
    return tuple(chosen)


def slots_of(count: int, rows: int) -> tuple[Slot, ...] | None:
    """The slots of a layer of `count` nodes in `rows` rows; None where not even three fit."""
    return _slots(count, set(), rows)


def _slots(count: int, marked: set[int], rows: int) -> tuple[Slot, ...] | None:
    """The slots of one layer of `count` nodes."""
    if count <= FULL_LAYER and count <= rows:
        return tuple(Slot(index) for index in range(count))
    room = min(FULL_LAYER, rows)
    if room < min(count, 3):
        return None
    shown = {count - 1}
    # First what must be seen, then from the top down while there is room.
    for index in (*sorted(marked), *range(count)):
        if len(_with_gaps({*shown, index}, count)) <= room:
            shown.add(index)
        elif index not in marked:
            break
    return _with_gaps(shown, count)


def _with_gaps(shown: set[int], count: int) -> tuple[Slot, ...]:
    """Slots for the shown nodes, with one for each run of hidden ones."""
    slots, following = [], 0
    for index in sorted(shown):
        if index > following:
            slots.append(Slot(None, index - following))
        slots.append(Slot(index))
        following = index + 1
    if following < count:
        slots.append(Slot(None, count - following))
    return tuple(slots)
