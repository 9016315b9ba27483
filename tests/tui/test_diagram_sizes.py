"""Diagrams of large networks and in tight places: nothing is left out without a word."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest

from tests.tui.diagrams import (
    AREAS,
    FORWARD_221,
    course_network,
    laid_out,
    network,
    with_edge,
    with_node,
)
from tui.render.diagram import Diagram, DiagramNode, draw, plain


def test_layers_of_eight_are_drawn_in_full() -> None:
    text = "\n".join(plain(draw(network(3, 8, 8, 2), 110, 30)))
    assert "⋮" not in text
    for layer, index in itertools.product((1, 2), range(8)):
        assert f"node {layer}.{index}" in text


def test_a_large_layer_says_how_many_nodes_are_left_out() -> None:
    layout = laid_out(network(9, 100, 100, 1), 76, 18)
    for slots, size in zip(layout.slots, (9, 100, 100, 1), strict=True):
        assert sum(slot.node is not None for slot in slots) + sum(s.hidden for s in slots) == size
        assert slots[0].node == 0
        assert slots[-1].node == size - 1
        assert len(slots) <= 8
    assert "⋮ 93 more" in "\n".join(plain(draw(network(9, 100, 100, 1), 76, 18)))


def test_what_is_computed_in_a_large_layer_is_never_left_out() -> None:
    diagram = with_edge(network(9, 100, 100, 1, weight="-0.25"), (1, 40, 57), state="active")
    diagram = with_edge(diagram, (1, 40, 57), weight="0.75")
    for area in AREAS:
        layout = laid_out(diagram, *area)
        assert 40 in {slot.node for slot in layout.slots[1]}
        assert 57 in {slot.node for slot in layout.slots[2]}
        assert "0.75" in "\n".join(plain(draw(diagram, *area)))


def test_where_many_edges_meet_only_the_weights_into_the_active_node_are_written() -> None:
    diagram = with_node(network(8, 8, 1, weight="-0.25"), (1, 3), state="active")
    gap = laid_out(diagram, 76, 18).gaps[0]
    assert {wire.edge.target for wire in gap.wires if wire.label} == {3}
    assert sum(wire.label is not None for wire in gap.wires) == 8


def test_an_active_weight_without_room_on_its_edge_is_written_below_the_picture() -> None:
    diagram = with_edge(
        network(3, 8, 8, 2, value="-0.25", weight="-0.125"), (1, 2, 4), state="active"
    )
    last = plain(draw(diagram, 56, 12))[-1]
    assert last.strip() == "▸ node 1.2 → node 2.4: weight -0.125"


def test_unlabelled_edges_show_the_sign_of_their_weight_by_stroke_and_colour() -> None:
    pictures = {}
    for sign in (1, -1):
        diagram = network(8, 8, 8)
        diagram = replace(
            diagram, edges=tuple(replace(e, strength=sign * 0.9) for e in diagram.edges)
        )
        rows = draw(diagram, 110, 30)
        roles = {
            ink.role
            for row in rows
            for run, ink in row
            if any("\u2800" < c <= "\u28ff" for c in run)
        }
        assert roles == {"positive" if sign > 0 else "negative"}
        pictures[sign] = plain(rows)
    assert pictures[1] != pictures[-1]


def test_a_place_too_small_for_a_picture_gets_a_list_with_every_number() -> None:
    diagram = with_edge(course_network(), (0, 1, 1), state="active")
    assert [line.rstrip() for line in plain(draw(diagram, 30, 5))] == [
        " input 0 2",
        " input 1 3",
        " node 0 5 ← 1 1",
        " node 1 1 ← -1 ▸1",
        " output 9 ← 2 -1",
    ]


def test_a_list_cut_short_keeps_the_active_node_and_says_how_much_is_missing() -> None:
    diagram = with_node(network(9, 100, 1), (1, 57), state="active")
    lines = plain(draw(diagram, 24, 4))
    assert any("▸node 57" in line for line in lines)
    assert lines[-1].rstrip() == "… 107 more"


@pytest.mark.parametrize("value", ["-1234.5679", "1.2382", "1e-07"])
def test_boxes_widen_to_the_longest_value(value: str) -> None:
    text = "\n".join(plain(draw(network(*FORWARD_221, value=value), 60, 12)))
    assert text.count(value) == 5


def test_long_values_are_cut_only_as_the_last_resort_and_visibly() -> None:
    diagram = network(*FORWARD_221, value="1.2382242525694254")
    assert "\n".join(plain(draw(diagram, 110, 12))).count("1.2382242525694254") == 5
    narrow = "\n".join(plain(draw(diagram, 56, 12)))
    assert narrow.count("1.2382242…") + narrow.count("1.23822425…") == 5


def test_names_of_data_columns_keep_their_words() -> None:
    bare = network(3, 2, 1)
    names = ("education_yrs", "experience_yrs", "age")
    inputs = tuple(DiagramNode(name, "1") for name in names)
    diagram = replace(bare, layers=(inputs, *bare.layers[1:]))
    text = "\n".join(plain(draw(diagram, 48, 12)))
    assert all(name in text for name in names)


def test_wide_characters_keep_the_columns() -> None:
    diagram = with_node(course_network(), (0, 0), name="入力 0", value="値")
    for line in draw(diagram, 60, 12):
        assert sum(len(text) + sum(c in "入力値" for c in text) for text, _ in line) == 60


def test_an_empty_network_draws_nothing() -> None:
    assert plain(draw(Diagram((), ()), 8, 2)) == [" " * 8] * 2


def test_a_small_network_is_drawn_well_within_a_frame() -> None:
    diagram = with_edge(course_network(), (0, 1, 0), state="active")
    draw(diagram, 60, 12)
    spent = []
    for _ in range(20):
        start = time.perf_counter()
        draw(diagram, 60, 12)
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.005
