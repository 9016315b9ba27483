"""2.6 Backpropagation: slopes flow back one node at a time, and ReLU gates them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine import activations
from lessons.backpropagation.backpropagation import fresh
from lessons.backpropagation.networks import DEEP, TABLE, last, numbers, weights_into
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.scene import BackpropScene
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Choice, Lesson, Number, Numbers, Slip

FORWARD, BACKPROP, UPDATE = "forward propagation", "backpropagation", "the update"
NEEDED = "the error, the value of every node, and which sums were above 0"
FIRST = "weight input 0→node 1.1"


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.6",
        id="backpropagation",
        title="Backpropagation",
        summary="How the slope of every weight is found: from the error back, node by node.",
        minutes=14,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: BackpropLab(TABLE),
        facts=_facts,
    )


def _table(until: str = "", *conceal: str) -> BackpropScene:
    return replace(TABLE, until=until, conceal=conceal)


def _deep(until: str, *conceal: str) -> BackpropScene:
    return replace(DEEP, until=until, conceal=tuple(f"deep:{name}" for name in conceal))


def _scenes() -> dict[str, BackpropScene]:
    # The slopes of the output weights read 6 and 18 too: they are not to answer the question.
    hidden = ("∂ node 0", "∂ node 1", *(f"∂ {name}" for name in weights_into(TABLE, 1)))
    behind = [f"∂ {name}" for name in weights_into(DEEP, 0) if name.endswith("1.0")]
    return {
        "one-error": _table(),
        "forward": _table(),
        "output": _table("∂ output"),
        "node-slopes": _table("∂ output", *hidden),
        "gate": _table("∂ node 1", "gate of node 0", "gate of node 1"),
        "sum": _deep("gate of node 1.0", "∂ node 1.1"),
        "shut": _deep("gate of node 1.1", *behind),
        "three-factors": _deep(behind[-1], f"∂ {FIRST}"),
        "needs": _deep(last(DEEP)),
        "moves": _table(),
        "recap": _deep(last(DEEP)),
    }


def _table_number(name: str) -> float:
    return numbers(TABLE)[name]


def _deep_number(name: str) -> float:
    return numbers(DEEP)[name]


def _relu_slopes() -> tuple[float, ...]:
    relu, sums = activations.get("relu"), np.array([3.0, -3.0])
    return tuple(float(slope) for slope in relu.slope(sums, relu.value(sums)))


def _what_moves_weights() -> str:
    """Take one training step in the lab, and see after which part the weights differ."""
    lab = BackpropLab(TABLE)
    weights = [edge.weight for edge in lab.snapshot().edges]
    while True:
        part = {"slope": BACKPROP, "gate": BACKPROP, "update": UPDATE}.get(lab.step_name, FORWARD)
        lab.step()
        if [edge.weight for edge in lab.snapshot().edges] != weights:
            return part


def _slopes_of_ways_out() -> float:
    """The slopes of the two weights out of node 1.1 added up: a known slip."""
    ways = (f"∂ weight node 1.1→node 2.{k}" for k in (0, 1))
    return sum(_deep_number(name) for name in ways)


def _checks() -> dict[str, Check]:
    return {
        "node-slopes": Numbers(
            id="node-slopes",
            variant=fresh.node_slopes,
            prompt="The slopes of node 0 and of node 1?",
            answer=lambda: (_table_number("∂ node 0"), _table_number("∂ node 1")),
            hints=(
                "Each is its own weight times the slope of the output.",
                "Node 0 has weight 1 and node 1 has weight 3; the output has slope 6.",
                "1 × 6, and 3 × 6.",
            ),
            worked="1 × 6 = 6, and 3 × 6 = 18",
        ),
        "gate": Numbers(
            id="gate",
            prompt="The slope of ReLU where the sum is 3, and where it is -3?",
            answer=_relu_slopes,
            hints=(
                "A slope says how much a small change is passed on. It is not the value of ReLU.",
                "From 3 to 3.001 ReLU grows by as much. From -3 to -2.999 it does not move.",
                "All of a change for the sum 3, nothing of it for the sum -3.",
            ),
            worked="Above 0 all passes on: 1. Below 0 nothing does: 0. The size does not matter.",
        ),
        "sum": Number(
            id="sum",
            variant=fresh.summed_ways,
            prompt="What is the slope of node 1.1?",
            answer=lambda: _deep_number("∂ node 1.1"),
            hints=(
                "Two ways on. Each is weight × slope of the node it feeds. Add them.",
                "The ways are 1 × 6 and 3 × 18.",
                "6 + 54.",
            ),
            worked="1 × 6 + 3 × 18 = {answer}",
            slips=(
                Slip(
                    answer=_slopes_of_ways_out,
                    says="24 is 6 + 18. Each slope first meets its weight: 1 × 6, and 3 × 18.",
                ),
                Slip(
                    answer=lambda: _deep_number("∂ node 2.1") * 3,
                    says="54 is 3 × 18, one way of two. The way through node 2.0 adds 1 × 6.",
                ),
            ),
        ),
        "shut": Numbers(
            id="shut",
            prompt="The slopes of the two weights into node 1.0?",
            answer=lambda: tuple(_deep_number(f"∂ weight input {k}→node 1.0") for k in (0, 1)),
            hints=(
                "Is the gate of node 1.0 open or shut?",
                "Its sum is -1. What does ReLU let through there, of whatever slope?",
                "0.5 × 36 × 0, and 1 × 36 × 0.",
            ),
            worked="0.5 × 36 × 0 = 0, and 1 × 36 × 0 = 0: this row cannot move them",
        ),
        "three-factors": Number(
            id="three-factors",
            variant=fresh.three_factors,
            prompt="The slope of the first weight into node 1.1?",
            answer=lambda: _deep_number(f"∂ {FIRST}"),
            hints=(
                "Three factors; the weight itself is none of them.",
                "Value in 0.5, slope of node 1.1 60, open gate 1.",
                "0.5 × 60 × 1.",
            ),
            worked="0.5 × 60 × 1 = {answer}",
            slips=(
                Slip(
                    answer=lambda: _deep_number(FIRST) * _deep_number("∂ node 1.1"),
                    says="240 is 4 × 60. The factor is the value that goes in, not the weight.",
                ),
                Slip(
                    answer=lambda: _deep_number(FIRST) * _deep_number(f"∂ {FIRST}"),
                    says="120 has the weight 4 in it. Only value in, slope and gate: 0.5 × 60 × 1.",
                ),
                Slip(
                    answer=lambda: _deep_number("∂ node 1.1"),
                    says="60 is the slope of the node. The value that goes in, 0.5, is missing.",
                ),
            ),
        ),
        "needs": Choice(
            id="needs",
            prompt="Which numbers of the forward pass does the way back need?",
            options=(
                "none: it goes the other way",
                "only the error",
                NEEDED,
                "only the values of the hidden nodes",
            ),
            answer=lambda: NEEDED,
            because={
                "none: it goes the other way": "It begins with 2 × error. "
                "Without a prediction there is no error.",
                "only the error": "The slope of a weight has the value that goes in as a factor.",
                "only the values of the hidden nodes": "It begins with 2 × error, "
                "and the error takes the prediction.",
            },
            hints=(
                "Take the three factors one by one: where does each come from?",
                "The value that goes in, the slope of the node, the gate.",
                "The slope begins with the error, values go in, and sums decide about the gates.",
            ),
            worked="The way back needs {answer}.",
        ),
        "moves": Choice(
            id="moves",
            prompt="Which part of a training step changes weights?",
            options=(FORWARD, BACKPROP, UPDATE, "all three"),
            answer=_what_moves_weights,
            because={
                FORWARD: "Forward propagation only reads the weights.",
                BACKPROP: "Backpropagation finds slopes. The weights it meets stay as they are.",
                "all three": "Two of the three only read the weights. Watch the lines.",
            },
            hints=(
                "Press space and look at the numbers on the lines, after each press.",
                "Values come on the way there, slopes on the way back. When do weights change?",
                "Only the very last press of the pass changes them. The key bar names it.",
            ),
            worked="Forward finds values, backpropagation finds slopes. Weights move in {answer}.",
        ),
    }


def _facts() -> dict[str, str]:
    table, deep = numbers(TABLE), numbers(DEEP)
    hidden = BackpropLab(DEEP).trace.layers[0]
    quoted: dict[str, Any] = {
        "target": TABLE.target,
        "output": table["output"],
        "error": table["error"],
        "output_slope": table["∂ output"],
        "weight_0": table["weight node 0→output"],
        "weight_1": table["weight node 1→output"],
        "way_0": deep["weight node 1.1→node 2.0"],
        "way_1": deep["weight node 1.1→node 2.1"],
        "way_00": deep["weight node 1.0→node 2.0"],
        "way_10": deep["weight node 1.0→node 2.1"],
        "slope_20": deep["∂ node 2.0"],
        "slope_21": deep["∂ node 2.1"],
        "slope_10": deep["∂ node 1.0"],
        "slope_11": deep["∂ node 1.1"],
        "sum_10": hidden[0].pre_activation,
        "first_weight": deep[FIRST],
        "first_input": DEEP.inputs[0],
    }
    return {name: short(value) for name, value in quoted.items()}
