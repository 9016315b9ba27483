"""What a diagram says about a computation: what is active, done, pending, edited, or a slope."""

from __future__ import annotations

from dataclasses import replace

from tests.tui.diagrams import (
    course_network,
    inks,
    laid_out,
    network,
    weight_at,
    wires,
    with_edge,
    with_node,
)
from tui.render.diagram import Diagram, DiagramEdge, DiagramNode, Ink, draw, plain


def dots(lines: list[str]) -> int:
    """How many dots of braille a picture has."""
    characters = (ord(c) for line in lines for c in line if "\u2800" <= c <= "\u28ff")
    return sum((code & 0xFF).bit_count() for code in characters)


def test_the_active_edge_has_a_mark_a_thick_line_and_an_arrowhead() -> None:
    diagram = with_edge(course_network(), (0, 1, 0), state="active")
    layout = laid_out(diagram, 60, 12)
    rows = draw(diagram, 60, 12)
    lines = plain(rows)
    for wire in wires(layout):
        x, y = weight_at(layout, wire)
        active = wire.edge.state == "active"
        assert (lines[y][x - 1] == "▸") is active
        assert {ink.bold for ink in inks(rows, x, y, len(wire.edge.weight))} == {active}
    assert dots(lines) > dots(plain(draw(course_network(), 60, 12))) + 10
    line = next(wire.line for wire in wires(layout) if wire.edge.state == "active")
    assert lines[line.y1][line.x1] == "▸"
    assert inks(rows, line.x1, line.y1, 1) == {Ink("accent", bold=True)}


def test_the_active_node_has_a_mark_and_a_heavy_border() -> None:
    text = "\n".join(plain(draw(with_node(course_network(), (1, 0), state="active"), 60, 12)))
    assert "▸node 0" in text
    assert text.count("┏") == text.count("┛") == 1
    assert "▸" not in text.split("▸node 0")[0].splitlines()[0]


def test_pending_is_dashed_and_has_no_arrowhead_yet() -> None:
    diagram = with_edge(course_network(), (1, 1, 0), state="pending")
    done = wires(laid_out(diagram, 60, 12))[-1]
    assert done.edge.state == "pending"
    only = Diagram(
        ((DiagramNode("a", "1"),), (DiagramNode("b", "2"),)), (DiagramEdge(0, 0, 0, "7"),)
    )
    used, pending = (
        plain(draw(with_edge(only, (0, 0, 0), state=state), 60, 12))
        for state in ("done", "pending")
    )
    assert "".join(used).count("▸") == 1
    assert "".join(pending).count("▸") == 0
    assert dots(pending) < 0.7 * dots(used)


def test_the_edit_cursor_looks_different_from_what_is_active() -> None:
    diagram = with_edge(course_network(), (0, 0, 1), selected=True)
    diagram = with_node(diagram, (0, 1), selected=True)
    rows = draw(diagram, 60, 12)
    text = "\n".join(plain(rows))
    assert "[-1]" in text
    assert "[3]" in text
    assert "┏" not in text
    reversed_texts = {run for row in rows for run, ink in row if ink.reverse}
    assert reversed_texts == {"-1", "[3]"}
    active = draw(with_edge(course_network(), (0, 0, 1), state="active"), 60, 12)
    assert not any(ink.reverse for row in active for _, ink in row)


def test_on_the_way_back_arrows_point_left_and_slopes_have_their_sign_and_colour() -> None:
    diagram = replace(course_network(), direction="backward")
    diagram = with_edge(diagram, (1, 1, 0), state="active", slope="18")
    diagram = with_node(diagram, (1, 1), note="slope ∂ 6")
    rows = draw(diagram, 60, 12)
    text = "\n".join(plain(rows))
    assert "◂-1 ∂ 18" in text
    assert "slope ∂ 6" in text
    assert "▸" not in text
    slopes = [ink.role for row in rows for run, ink in row if "∂ 18" in run]
    assert slopes == ["slope"]
    assert not any(ink.role == "accent" for row in rows for _, ink in row)


def test_a_slope_goes_below_its_weight_where_columns_are_scarce() -> None:
    diagram = replace(network(2, 2, 1, weight="-0.25"), direction="backward")
    for edge in diagram.edges:
        diagram = with_edge(diagram, (edge.layer, edge.source, edge.target), slope="-1.875")
    layout = laid_out(diagram, 44, 14)
    assert all(gap.size.height == 2 for gap in layout.gaps)
    assert "\n".join(plain(draw(diagram, 44, 14))).count("∂ -1.875") == len(diagram.edges)


def test_nothing_moves_while_a_forward_pass_is_stepped_through() -> None:
    done = course_network()
    start = replace(
        done,
        layers=(
            done.layers[0],
            *(tuple(replace(n, value="") for n in ns) for ns in done.layers[1:]),
        ),
    )
    steps = [start, done, with_node(start, (1, 0), value="?", state="active")]
    steps += [
        with_edge(start, (0, 1, 0), state="active"),
        with_edge(done, (1, 0, 0), selected=True),
    ]
    layouts = [laid_out(step, 60, 12) for step in steps]
    for layout in layouts[1:]:
        assert layout.boxes == layouts[0].boxes
        assert [w.label for w in wires(layout)] == [w.label for w in wires(layouts[0])]


def test_slopes_appearing_one_by_one_move_nothing() -> None:
    before = replace(course_network(), direction="backward")
    after = with_edge(before, (1, 1, 0), slope="18", state="active")
    assert laid_out(before, 60, 12).boxes == laid_out(after, 60, 12).boxes
