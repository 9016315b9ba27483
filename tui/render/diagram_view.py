"""What a network diagram is asked to show: a frozen picture of one moment, numbers already text.

Whoever fills it in decides how numbers are written; the drawing never computes and never rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["plain", "active", "done", "pending"]
Direction = Literal["forward", "backward"]

# Layers up to this size are drawn in full, larger ones are summarised.
FULL_LAYER = 8


@dataclass(frozen=True)
class DiagramNode:
    """One node: `value` is "" while it is not known and "?" while it is concealed.

    `state` says where the computation is: active now, done, still pending, or plain when nothing
    is being stepped through. `selected` is the edit cursor and independent of it. `note` is a
    short extra ("tanh", "bias 1", "slope ∂ 6"), left out where there is no room.
    """

    name: str
    value: str
    state: State = "plain"
    selected: bool = False
    note: str = ""
    note_room: int = 0
    """Cells kept for the note, so that nothing moves when it comes."""


@dataclass(frozen=True)
class DiagramEdge:
    """One weight, from node `source` of layer `layer` to node `target` of the next layer.

    `slope` is the slope of the loss for this weight, as text, "" when there is none to show.
    `strength` from -1 to 1 (weight over the largest weight) shades edges too many to label.
    """

    layer: int
    source: int
    target: int
    weight: str
    state: State = "plain"
    selected: bool = False
    slope: str = ""
    strength: float | None = None


@dataclass(frozen=True)
class Diagram:
    """The whole network: `layers` from the inputs to the outputs, `edges` in any order."""

    layers: tuple[tuple[DiagramNode, ...], ...]
    edges: tuple[DiagramEdge, ...]
    direction: Direction = "forward"
    layer_titles: tuple[str, ...] = ()
    slope_room: int = 0
    """Cells kept for the slope of every weight, so that nothing moves when slopes come."""
