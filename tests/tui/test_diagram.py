"""What a network diagram promises: every number present, whole, and at the place it belongs to."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.diagrams import (
    AREAS,
    DEEP_2221,
    FORWARD_221,
    course_network,
    laid_out,
    network,
    weight_at,
    with_edge,
)
from tui.render.diagram import Diagram, draw, plain
from tui.render.diagram_labels import Line, place_labels
from tui.render.diagram_layout import lay_out
from tui.render.diagram_view import State

NUMBERS = st.one_of(
    st.integers(-99, 99).map(str),
    st.floats(-9, 9, allow_nan=False).map(lambda x: f"{x:.2f}"),
)


def is_small(sizes: list[int]) -> bool:
    """Whether a network is so small that all its weights must be readable in 56 x 10."""
    return sum(sizes) <= 9 and all(a * b <= 9 for a, b in itertools.pairwise(sizes))


@st.composite
def small_networks(draw_: st.DrawFn) -> Diagram:
    """Two to four layers, at most nine nodes, gaps of at most nine edges, any short numbers."""
    sizes = draw_(st.lists(st.integers(1, 4), min_size=2, max_size=4).filter(is_small))
    bare = network(*sizes)
    states = st.sampled_from(get_args(State))
    layers = tuple(
        tuple(
            replace(n, value=draw_(NUMBERS), state=draw_(states), selected=draw_(st.booleans()))
            for n in nodes
        )
        for nodes in bare.layers
    )
    backward = draw_(st.booleans())
    edges = tuple(
        replace(
            e,
            weight=draw_(NUMBERS),
            state=draw_(states),
            selected=draw_(st.booleans()),
            slope=draw_(NUMBERS) if backward else "",
        )
        for e in bare.edges
    )
    return replace(
        bare, layers=layers, edges=edges, direction="backward" if backward else "forward"
    )


@settings(max_examples=150, deadline=None)
@given(small_networks(), st.sampled_from(AREAS), st.booleans())
def test_every_weight_slope_and_value_of_a_small_network_can_be_read(
    diagram: Diagram, area: tuple[int, int], ascii_mode: bool
) -> None:
    lines = plain(draw(diagram, *area, ascii_mode=ascii_mode))
    words = " ".join(lines).translate(dict.fromkeys(map(ord, "▸◂<>[]│┃┆├┠┤┨|#:⠀"), " ")).split()
    wanted = [node.value for nodes in diagram.layers for node in nodes]
    wanted += [edge.weight for edge in diagram.edges]
    wanted += [edge.slope for edge in diagram.edges if edge.slope]
    for text in set(wanted):
        assert words.count(text) >= wanted.count(text), f"{text} is missing:\n" + "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(small_networks(), st.sampled_from(AREAS))
def test_labels_stay_in_their_gap_and_off_each_other(
    diagram: Diagram, area: tuple[int, int]
) -> None:
    layout = lay_out(diagram, *area)
    if layout is None:
        return
    for k, gap in enumerate(layout.gaps):
        taken: set[tuple[int, int]] = set()
        for wire in gap.wires:
            if wire.label is None:
                continue
            x, y = wire.label
            cells = set(
                itertools.product(range(x, x + gap.size.width), range(y, y + gap.size.height))
            )
            assert not cells & taken
            taken |= cells
            # Line is left to see on both sides, and the arrowhead.
            assert x > layout.boxes[k][0].right + 1
            assert x + gap.size.width < layout.boxes[k + 1][0].x - 1
            assert y >= 0
            assert y + gap.size.height <= area[1]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=5),
    st.integers(0, 130),
    st.integers(0, 45),
    st.booleans(),
)
def test_any_network_fills_exactly_its_area(
    sizes: list[int], width: int, height: int, ascii_mode: bool
) -> None:
    if sum(a * b for a, b in itertools.pairwise(sizes)) > 4000:
        sizes = [min(size, 30) for size in sizes]
    rows = draw(network(*sizes, weight="-0.25", value="1.5"), width, height, ascii_mode=ascii_mode)
    assert [len(line) for line in plain(rows)] == [width] * height
    if ascii_mode:
        assert all(line.isascii() for line in plain(rows))


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("sizes", [FORWARD_221, DEEP_2221, (2, 3, 1), (3, 2, 2)])
def test_a_weight_is_nearer_to_its_own_line_than_to_any_other(
    sizes: tuple[int, ...], area: tuple[int, int]
) -> None:
    layout = laid_out(network(*sizes, weight="-1"), *area)
    for gap in layout.gaps:
        for wire in gap.wires:
            x, y = weight_at(layout, wire)
            own = abs(wire.line.at(x + 0.5) - y)
            others = [abs(w.line.at(x + 0.5) - y) for w in gap.wires if w is not wire]
            assert own <= 0.75
            assert all(own < other for other in others)


@pytest.mark.parametrize("area", AREAS)
def test_weights_of_a_gap_stand_in_one_column_in_the_order_of_the_nodes(
    area: tuple[int, int],
) -> None:
    layout = laid_out(course_network(), *area)
    for gap in layout.gaps:
        places = [wire.label for wire in gap.wires if wire.label]
        assert len(places) == len(gap.wires)
        assert len({x for x, _ in places}) == 1
        assert [y for _, y in places] == sorted(y for _, y in places)


def test_decimal_points_stand_under_each_other() -> None:
    diagram = with_edge(network(2, 2, 1, weight="0.25"), (0, 0, 1), weight="-10.5")
    layout = laid_out(diagram, 60, 12)
    lines = plain(draw(diagram, 60, 12))
    points = {
        lines[y].index(".", x)
        for wire in layout.gaps[0].wires
        for x, y in [weight_at(layout, wire)]
    }
    assert len(points) == 1


@pytest.mark.parametrize("area", AREAS)
def test_the_course_networks_are_pictures_in_every_area(area: tuple[int, int]) -> None:
    for sizes in (FORWARD_221, DEEP_2221):
        lines = plain(draw(network(*sizes), *area))
        assert sum(line.count("╭") for line in lines) == sum(sizes)


@pytest.mark.parametrize("area", [*AREAS, (60, 11), (60, 13), (60, 14)])
def test_the_output_stands_midway_between_two_nodes(area: tuple[int, int]) -> None:
    _, hidden, output = laid_out(course_network(), *area).boxes
    assert hidden[0].y + hidden[1].y == 2 * output[0].y


def test_labels_that_would_share_a_row_are_moved_apart() -> None:
    lines = tuple(Line(0, y0, 20, y1) for y0, y1 in [(0, 4), (1, 4), (2, 4), (4, 4)])
    found = place_labels(lines, (0, 1, 2, 3), 12, 1)
    assert found is not None
    assert len({place.y for place in found.places}) == 4
