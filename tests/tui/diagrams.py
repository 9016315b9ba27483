"""Networks to draw in tests, and where their numbers end up."""

from __future__ import annotations

from dataclasses import replace

from tui.render.diagram import Diagram, DiagramEdge, DiagramNode, Ink, Row
from tui.render.diagram_layout import Layout, lay_out
from tui.render.diagram_wires import Wire, before_point

# The areas a lab gets in a terminal of 80x24, in 60 columns, 120x32 and more.
AREAS = [(56, 10), (60, 12), (76, 18), (110, 30), (110, 40)]
FORWARD_221 = (2, 2, 1)
DEEP_2221 = (2, 2, 2, 1)


def network(*sizes: int, weight: str = "1", value: str = "0") -> Diagram:
    """A fully connected network with the course's names for nodes."""

    def name(layer: int, index: int) -> str:
        if layer == 0:
            return f"input {index}"
        if layer == len(sizes) - 1:
            return "output" if sizes[-1] == 1 else f"output {index}"
        return f"node {index}" if len(sizes) == 3 else f"node {layer}.{index}"

    layers = tuple(
        tuple(DiagramNode(name(layer, index), value) for index in range(size))
        for layer, size in enumerate(sizes)
    )
    edges = tuple(
        DiagramEdge(layer, source, target, weight)
        for layer in range(len(sizes) - 1)
        for source in range(sizes[layer])
        for target in range(sizes[layer + 1])
    )
    return Diagram(layers, edges)


def course_network() -> Diagram:
    """Lesson 1.2: inputs 2 and 3, hidden weights [[1, 1], [-1, 1]], output weights [2, -1]."""
    weights = {(0, 0, 0): "1", (0, 1, 0): "1", (0, 0, 1): "-1", (0, 1, 1): "1",
               (1, 0, 0): "2", (1, 1, 0): "-1"}  # fmt: skip
    values = (("2", "3"), ("5", "1"), ("9",))
    bare = network(*FORWARD_221)
    layers = tuple(
        tuple(replace(node, value=value) for node, value in zip(nodes, row, strict=True))
        for nodes, row in zip(bare.layers, values, strict=True)
    )
    edges = tuple(replace(e, weight=weights[e.layer, e.source, e.target]) for e in bare.edges)
    return replace(bare, layers=layers, edges=edges)


def with_edge(diagram: Diagram, at: tuple[int, int, int], **changes: object) -> Diagram:
    """The diagram with one edge changed."""
    edges = tuple(
        replace(edge, **changes) if (edge.layer, edge.source, edge.target) == at else edge  # type: ignore[arg-type]
        for edge in diagram.edges
    )
    return replace(diagram, edges=edges)


def with_node(diagram: Diagram, at: tuple[int, int], **changes: object) -> Diagram:
    """The diagram with one node changed."""
    layers = [list(nodes) for nodes in diagram.layers]
    layers[at[0]][at[1]] = replace(layers[at[0]][at[1]], **changes)  # type: ignore[arg-type]
    return replace(diagram, layers=tuple(tuple(nodes) for nodes in layers))


def laid_out(diagram: Diagram, width: int, height: int) -> Layout:
    """The layout, which must exist."""
    layout = lay_out(diagram, width, height)
    assert layout is not None
    return layout


def wires(layout: Layout) -> list[Wire]:
    """All drawn edges."""
    return [wire for gap in layout.gaps for wire in gap.wires]


def weight_at(layout: Layout, wire: Wire) -> tuple[int, int]:
    """Column and row where the weight of an edge is written."""
    assert wire.label is not None
    size = layout.gaps[wire.edge.layer].size
    x, y = wire.label
    return x + 1 + size.left - before_point(wire.edge.weight), y


def inks(rows: list[Row], x: int, y: int, length: int) -> set[Ink]:
    """The inks of a piece of a row."""
    cells = [ink for text, ink in rows[y] for _ in text]
    return set(cells[x : x + length])
