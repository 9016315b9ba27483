"""What is to be seen of the backpropagation lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["plain", "pending", "active", "done"]
Phase = Literal["forward", "backward", "update"]


@dataclass(frozen=True)
class NodeState:
    """A node as it stands. What is not known yet is empty, what is hidden is a question mark."""

    name: str
    value: str
    slope: str
    gate: str
    """What its activation does to the slope: "open", "shut" or a number; empty without one."""
    state: State
    gated: bool = False
    """Whether it has an activation."""
    room: int = 0
    """Cells that slope and gate take when they are known, so that nothing moves as they come."""


@dataclass(frozen=True)
class EdgeState:
    """A weight as it stands, from node `source` of layer `layer` to node `target` of the next."""

    layer: int
    source: int
    target: int
    weight: str
    slope: str
    state: State
    field: str


@dataclass(frozen=True)
class BackpropSnapshot:
    """All that is to be seen of the lab."""

    updates: int
    """Updates taken so far."""
    phase: Phase
    layers: tuple[tuple[NodeState, ...], ...]
    edges: tuple[EdgeState, ...]
    target: str
    error: str
    loss: str
    rate: str
    lines: tuple[str, ...]
    """Every line computed so far; the last is the one of this step."""
    nudge: tuple[str, ...]
    """A nudged weight: the change of the loss, and what the slope says of it."""
    slope_room: int
    """Cells of the longest slope of a weight in this pass, for the same reason."""
    said: str
