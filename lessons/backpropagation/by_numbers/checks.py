"""The questions of lesson 2.7."""

from __future__ import annotations

from lessons.backpropagation.by_numbers import fresh
from lessons.backpropagation.by_numbers.facts import (
    FIRST,
    HIDDEN,
    LAST,
    NUDGE,
    OUT,
    another_input,
    change,
    claims,
    first_wrong,
    stepped,
)
from lessons.backpropagation.networks import DEEP, DRAWN, TABLE, numbers
from lessons.spec import Check, Choice, Number, Numbers, Slip


def _table(name: str) -> float:
    return numbers(TABLE)[name]


def checks() -> dict[str, Check]:
    """All of them, by the id of their page."""
    return {**_forward_and_back(), **_nudges_and_steps(), **_the_slip()}


def _forward_and_back() -> dict[str, Check]:
    return {
        "network": Number(
            id="network",
            variant=fresh.network,
            prompt="What is the output?",
            answer=lambda: _table("output"),
            hints=(
                "Two hidden nodes first: input × weight, added up, through ReLU.",
                "Node 0 is 0 × 0 + 1 × 1, node 1 is 0 × 2 + 1 × 3. Both are above 0.",
                "1 × 1 + 3 × 3.",
            ),
            worked="Nodes 1 and 3; then 1 × 1 + 3 × 3 = {answer}",
            slips=(
                Slip(
                    answer=lambda: _table("node 0") + _table("node 1"),
                    says="4 is 1 + 3. The hidden values meet the weights 1 and 3 first.",
                ),
            ),
        ),
        "output-slope": Number(
            id="output-slope",
            variant=fresh.output_slope,
            prompt="What is the slope of the output?",
            answer=lambda: _table("∂ output"),
            hints=(
                "The slope of a squared error is not the error itself.",
                "It has a 2 in front.",
                "2 × 3.",
            ),
            worked="2 × 3 = {answer}",
            slips=(
                Slip(
                    answer=lambda: _table("error"),
                    says="3 is the error. The slope of its square is twice as large: 2 × 3.",
                ),
                Slip(
                    answer=lambda: _table("loss"),
                    says="9 is the loss, 3 × 3. Its slope is 2 × 3.",
                ),
            ),
        ),
        "output-weights": Numbers(
            id="output-weights",
            variant=fresh.output_weights,
            prompt="The slopes of the two weights to the output?",
            answer=lambda: tuple(_table(f"∂ {name}") for name in OUT),
            hints=(
                "What goes in over each of these two weights?",
                "The values 1 and 3 go in. The output has slope 6 and no activation.",
                "1 × 6 × 1, and 3 × 6 × 1.",
            ),
            worked="1 × 6 × 1 = 6, and 3 × 6 × 1 = 18",
        ),
        "table": Numbers(
            id="table",
            variant=fresh.table,
            prompt="The slopes of these four weights, in this order?",
            answer=lambda: tuple(_table(f"∂ {name}") for name in HIDDEN),
            hints=(
                "Each is input × slope of the node × 1. The weights 0, 1, 2, 3 are no factors.",
                "The inputs go 0, 1, 0, 1; the node slopes go 6, 6, 18, 18.",
                "0 × 6, 1 × 6, 0 × 18, 1 × 18.",
            ),
            worked="0 × 6 = 0, 1 × 6 = 6, 0 × 18 = 0, 1 × 18 = 18",
        ),
        "zero-weight": Number(
            id="zero-weight",
            prompt="What is the slope of the weight 0 now?",
            answer=lambda: numbers(another_input())[f"∂ {HIDDEN[0]}"],
            hints=(
                "Go through the three factors. Is the weight one of them?",
                "The value that goes in is 2, the slope of node 0 is 6, its gate is open.",
                "2 × 6 × 1.",
            ),
            worked="2 × 6 × 1 = {answer}: the weight is no factor. A weight of 0 learns.",
            slips=(
                Slip(
                    answer=lambda: _table(f"∂ {HIDDEN[0]}"),
                    says="0 has the weight in it. Only input, slope and gate count: 2 × 6 × 1.",
                ),
            ),
        ),
        "first-layer": Numbers(
            id="first-layer",
            prompt="The slopes of the first layer: two into node 1.0, two into node 1.1?",
            answer=lambda: tuple(numbers(DEEP)[f"∂ {name}"] for name in FIRST),
            hints=(
                "First the slopes of nodes 1.0 and 1.1, over two ways each. Then the gates.",
                "Node 1.0: 0 × 6 + 2 × 18, gate shut. Node 1.1: 1 × 6 + 3 × 18, gate open.",
                "Into 1.0: 0.5 × 36 × 0, 1 × 36 × 0. Into 1.1: 0.5 × 60 × 1, 1 × 60 × 1.",
            ),
            worked="0.5 × 36 × 0 = 0, 1 × 36 × 0 = 0, 0.5 × 60 × 1 = 30, 1 × 60 × 1 = 60",
        ),
    }


def _nudges_and_steps() -> dict[str, Check]:
    return {
        "nudge": Number(
            id="nudge",
            prompt="By how much does the loss change, predicted from the slope?",
            answer=lambda: change(NUDGE),
            decimals=3,
            hints=(
                "The slope is the change of the loss for each 1 that the weight grows.",
                "The weight grows by 0.001, not by 1.",
                "18 × 0.001.",
            ),
            worked="18 × 0.001 = {answer}",
            slips=(
                Slip(
                    answer=lambda: _table(f"∂ {LAST}"),
                    says="18 is the slope: the change for a nudge of 1. The nudge is 0.001.",
                ),
            ),
        ),
        "update": Number(
            id="update",
            prompt="The last hidden weight is 3, its slope 18. What is it after the update?",
            answer=lambda: stepped(1)[LAST],
            decimals=2,
            hints=(
                "Weight minus learning rate times slope.",
                "0.01 × 18 is 0.18.",
                "3 - 0.18.",
            ),
            worked="3 - 0.01 × 18 = {answer}",
            slips=(
                Slip(
                    answer=lambda: 2 * _table(LAST) - stepped(1)[LAST],
                    says="3.18 is 3 + 0.18. A positive slope means less weight, less loss: minus.",
                ),
                Slip(
                    answer=lambda: _table(LAST) - _table(f"∂ {LAST}"),
                    says="-15 takes off the whole slope. Only 0.01 of it: 3 - 0.01 × 18.",
                ),
            ),
        ),
        "next": Number(
            id="next",
            prompt="What is the output after the update?",
            answer=lambda: stepped(1)["output"],
            decimals=3,
            hints=(
                "Forward again, with the new weights on both layers.",
                "The hidden values are 0.94 and 2.82, and so are the weights to the output.",
                "0.94 × 0.94 + 2.82 × 2.82.",
            ),
            worked="0.94 × 0.94 + 2.82 × 2.82 = {answer}",
            slips=(
                Slip(
                    answer=lambda: stepped(1)["node 0"] * 1 + stepped(1)["node 1"] * 3,
                    says="9.4 takes the old weights 1 and 3. They moved too: 0.94 and 2.82.",
                ),
            ),
        ),
    }


def _the_slip() -> dict[str, Check]:
    options = {
        name: f"{name} = {claims()[name]:g}"
        for name in ("∂ output", f"∂ {OUT[1]}", "∂ node 0", "∂ node 1")
    }
    return {
        "slip": Choice(
            id="slip",
            prompt="Which number is the first wrong one?",
            options=tuple(options.values()),
            answer=lambda: options[first_wrong()],
            because={
                options["∂ output"]: "The output is 1 × 1 + 3 × 2, the error 3, so 2 × 3 is right.",
                options[f"∂ {OUT[1]}"]: "The value 3 goes in, the output has slope 6: 18 is right.",
                options["∂ node 0"]: "Its weight to the output is 1, and 1 × 6 is right.",
            },
            hints=(
                "Work it out from the output back, as you did before, with the new weights.",
                "The output is 1 × 1 + 3 × 2. Which two lines of the table read the same?",
                "The slope of a node takes the weight that leads out of it. For node 1 it is 2.",
            ),
            worked="{answer} is wrong: node 1 has weight 2 to the output, and 2 × 6 = 12.",
        ),
        "mended": Number(
            id="mended",
            prompt="What is the slope of the last hidden weight, 3?",
            answer=lambda: numbers(DRAWN)[f"∂ {LAST}"],
            hints=(
                "First the slope of node 1, then value in × that slope × gate.",
                "The slope of node 1 is 2 × 6, and the gate is open.",
                "1 × 2 × 6 × 1.",
            ),
            worked="1 × 2 × 6 × 1 = {answer}",
            slips=(
                Slip(
                    answer=lambda: claims()[f"∂ {LAST}"],
                    says="18 is what the table says. The slope of node 1 is 2 × 6, not 3 × 6.",
                ),
            ),
        ),
    }
