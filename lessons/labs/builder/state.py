"""What the building lab shows, frozen."""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN = "?"
"""Stands for a number that a question asks for."""


@dataclass(frozen=True)
class LayerRow:
    """The inputs or a layer: its line of code, and how its parameters are counted."""

    name: str
    code: str
    nodes: int
    activation: str
    arithmetic: str
    count: str
    chosen: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class BuilderSnapshot:
    """The network so far, row by row: the inputs first, then the layers."""

    position: int
    end: int
    rows: tuple[LayerRow, ...]
    inputs_hidden: bool
    total: str
    depth: str
    """How many layers are hidden ones, in words; empty before there is an output."""
    compared: str
    """The listing's count, where it is compared with."""
    detail: str
    """What the chosen layer computes and holds."""
    said: str
