"""Draws a network diagram: from a frozen view to rows of inked text, pure and without colours."""

from __future__ import annotations

from .diagram_canvas import Ink, Row, plain
from .diagram_list import draw_list
from .diagram_view import Diagram, DiagramEdge, DiagramNode

__all__ = ["Diagram", "DiagramEdge", "DiagramNode", "Ink", "Row", "draw", "plain"]


def draw(diagram: Diagram, width: int, height: int, *, ascii_mode: bool = False) -> list[Row]:
    """The diagram in exactly `height` rows of `width` cells."""
    return draw_list(diagram, width, height)
