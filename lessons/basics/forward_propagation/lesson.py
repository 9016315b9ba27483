"""1.2 Forward propagation: multiply and add, one product at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine import Trace, trace
from lessons.basics.forward_propagation import fresh
from lessons.labs.forward.lab import ForwardLab, ForwardScene, build
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Lesson, Number, Numbers, Slip

INPUTS = (2.0, 3.0)
WEIGHTS = (((1.0, 1.0), (-1.0, 1.0)), ((2.0, -1.0),))
PASSES = 100


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="1.2",
        id="forward-propagation",
        title="Forward propagation",
        summary="How a network turns inputs into a prediction: multiply, add, and again.",
        minutes=8,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: ForwardLab(_scene()),
        facts=_facts,
    )


def _scene(until: str = "", conceal: tuple[str, ...] = ()) -> ForwardScene:
    return ForwardScene(inputs=INPUTS, weights=WEIGHTS, until=until, conceal=conceal)


def _scenes() -> dict[str, ForwardScene]:
    return {
        "inputs": _scene(),
        "node-0": _scene(conceal=("node 0",)),
        "node-1": _scene(until="node 0", conceal=("node 1",)),
        "output": _scene(until="node 1", conceal=("output",)),
        "no-learning": _scene(until="output"),
        "numpy": _scene(until="node 0"),
        "edit": _scene(until="output"),
        "recap": _scene(until="output"),
    }


def _run(inputs: tuple[float, ...] = INPUTS) -> Trace:
    return trace(build(WEIGHTS, "linear"), np.array(inputs))


def _node(index: int) -> float:
    return _run().layers[0][index].value


def _after_many_passes() -> float:
    model = build(WEIGHTS, "linear")
    return float([model.predict(np.array([INPUTS]), verbose=0) for _ in range(PASSES)][-1][0, 0])


def _doubled() -> tuple[float, ...]:
    return tuple(2 * value for value in INPUTS)


def _checks() -> dict[str, Check]:
    return {
        "node-0": Number(
            id="node-0",
            prompt="What is the value of node 0?",
            answer=lambda: _node(0),
            variant=fresh.node(0),
            hints=(
                "Two products, then one sum.",
                "The products are 2 × 1 and 3 × 1.",
                "Add 2 and 3.",
            ),
            worked="2 × 1 + 3 × 1 = {answer}",
            slips=(
                Slip(
                    answer=lambda: INPUTS[0] * INPUTS[1],
                    says="6 is 2 × 3. Inputs meet their weights, not each other: 2 × 1 and 3 × 1.",
                ),
            ),
        ),
        "node-1": Number(
            id="node-1",
            prompt="What is the value of node 1?",
            answer=lambda: _node(1),
            variant=fresh.node(1),
            hints=(
                "The same two inputs, other weights.",
                "The products are 2 × (-1) and 3 × 1.",
                "Add -2 and 3.",
            ),
            worked="2 × (-1) + 3 × 1 = {answer}",
            slips=(
                Slip(
                    answer=lambda: sum(INPUTS),
                    says="5 is the sum of the inputs. The first weight is -1: 2 × (-1) = -2.",
                ),
                Slip(
                    answer=lambda: INPUTS[0] - INPUTS[1],
                    says="-1 is 2 - 3. The minus belongs to the first input: -2 + 3.",
                ),
            ),
        ),
        "output": Number(
            id="output",
            prompt="What is the output?",
            answer=lambda: _run().outputs[0],
            variant=fresh.output,
            hints=(
                "The output node multiplies and adds like every node.",
                "The products are 5 × 2 and 1 × (-1).",
                "Add 10 and -1.",
            ),
            worked="5 × 2 + 1 × (-1) = {answer}",
            slips=(
                Slip(
                    answer=lambda: _node(0) + _node(1),
                    says="6 is 5 + 1. Each hidden value meets its weight first: 5 × 2, 1 × (-1).",
                ),
                Slip(
                    answer=lambda: 2 * _node(0) + _node(1),
                    says="11 is 5 × 2 + 1. The second weight is -1, so 1 is taken off.",
                ),
            ),
        ),
        "no-learning": Number(
            id="no-learning",
            prompt=f"What is the output after {PASSES} passes?",
            answer=_after_many_passes,
            hints=(
                "Which number in the network has changed after one pass?",
                "Same inputs, same weights, same sums.",
                "The output of pass 100 is the output of pass 1.",
            ),
            worked=f"Same inputs, same weights: pass {PASSES} gives {{answer}} again. "
            "Only training moves weights.",
            slips=(
                Slip(
                    answer=lambda: PASSES * _run().outputs[0],
                    says="900 is 9 × 100. Passes do not add up: each begins with the inputs.",
                ),
            ),
        ),
        "numpy": Numbers(
            id="numpy",
            prompt="np.array([2, 3]) * np.array([-1, 1]) gives which two numbers?",
            answer=lambda: tuple(p.value for p in _run().layers[0][1].products),
            hints=(
                "Item by item, no sum yet.",
                "First with first, second with second.",
                "2 × (-1), and 3 × 1.",
            ),
            worked="2 × (-1) and 3 × 1 are {answer}; the sum comes after",
        ),
        "edit": Number(
            id="edit",
            prompt="Inputs 4 and 6. What is the output?",
            answer=lambda: _run(_doubled()).outputs[0],
            hints=(
                "Work it out from the left, or follow one factor of 2 through the sums.",
                "Node 0 is 4 × 1 + 6 × 1, node 1 is 4 × (-1) + 6 × 1.",
                "10 × 2 + 2 × (-1).",
            ),
            worked="10 × 2 + 2 × (-1) = {answer}: twice the inputs, twice the output",
            slips=(
                Slip(
                    answer=lambda: _run().outputs[0],
                    says="9 was the output for 2 and 3. Node 0 is 4 × 1 + 6 × 1 now.",
                ),
            ),
        ),
    }


def _facts() -> dict[str, str]:
    run = _run()
    hidden, (out,) = WEIGHTS
    return {
        "children": short(INPUTS[0]),
        "accounts": short(INPUTS[1]),
        "weight_0": short(hidden[0][0]),
        "weights_1": " and ".join(short(w) for w in hidden[1]),
        "weights_1_list": ", ".join(short(w) for w in hidden[1]),
        "weights_out": " and ".join(short(w) for w in out),
        "node_0": short(run.layers[0][0].value),
        "node_1": short(run.layers[0][1].value),
        "output": short(run.outputs[0]),
        "doubled": " and ".join(short(value) for value in _doubled()),
        "passes": str(PASSES),
    }
