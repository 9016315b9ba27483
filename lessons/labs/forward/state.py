"""What is to be seen of the forward-propagation lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["plain", "pending", "active", "done"]


@dataclass(frozen=True)
class NodeState:
    """A node as it stands: its value as text, empty while it is not known."""

    name: str
    value: str
    state: State
    note: str = ""
    """What the activation is put on: ``relu(sum)``, then ``relu(-13)``."""


@dataclass(frozen=True)
class EdgeState:
    """An edge as it stands, from node `source` of layer `layer` to node `target` of the next."""

    layer: int
    source: int
    target: int
    weight: str
    state: State
    field: str


@dataclass(frozen=True)
class ForwardSnapshot:
    """All that is to be seen of the lab."""

    position: int
    total: int
    layers: tuple[tuple[NodeState, ...], ...]
    edges: tuple[EdgeState, ...]
    lines: tuple[str, ...]
    """Every line computed so far; the last is the one of this step."""
    said: str
