"""The numbers of lesson 2.7, all of them the engine's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lessons.backpropagation.networks import DEEP, DRAWN, TABLE, numbers, weights_into
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.nudge import nudge, places
from lessons.labs.backprop.passes import Passes
from lessons.labs.backprop.scene import BackpropScene
from lessons.numbers import short

HIDDEN, OUT, FIRST = weights_into(TABLE, 0), weights_into(TABLE, 1), weights_into(DEEP, 0)
"""Names of the weights: into the hidden nodes, to the output, of the layer before."""

LAST = HIDDEN[-1]
NUDGE, LARGE = 0.001, 0.1
STEPS = 5


def another_input() -> BackpropScene:
    """First input 2 instead of 0, and a target that keeps the error as it was."""
    moved = replace(TABLE, network="two", inputs=(2.0, 1.0))
    return replace(moved, target=numbers(moved)["output"] - numbers(TABLE)["error"])


def change(by: float) -> float:
    """How much the loss really changes when the last hidden weight is nudged."""
    return nudge(Passes(TABLE.setup, TABLE.rate), 0, LAST, by).loss - numbers(TABLE)["loss"]


def stepped(updates: int) -> dict[str, float]:
    """The numbers of the pass after so many updates, by name."""
    passes = Passes(TABLE.setup, TABLE.rate)
    passes.reach(updates)
    return numbers(replace(TABLE, weights=passes.weights(updates)))


def claims() -> dict[str, float]:
    """The table with the slip: slopes of weights stand where slopes of nodes belong."""
    true = numbers(DRAWN)
    told = {name: true[name] for name in ("∂ output", *(f"∂ {name}" for name in OUT))}
    nodes = [true[f"∂ {name}"] for name in OUT]
    told |= {f"∂ node {at}": slope for at, slope in enumerate(nodes)}
    for name, item in places(BackpropLab(DRAWN).trace).items():
        if item.layer == 0:
            told[f"∂ {name}"] = item.input * nodes[item.node] * true[f"gate of node {item.node}"]
    return told


def first_wrong() -> str:
    """Name of the first number of the table that the engine disagrees with."""
    true = numbers(DRAWN)
    return next(name for name, told in claims().items() if told != true[name])


def facts() -> dict[str, str]:
    """What the pages quote."""
    table, claimed, after = numbers(TABLE), claims(), stepped(1)
    slope = table[f"∂ {LAST}"]
    hidden = BackpropLab(DEEP).trace.layers[0]
    other = another_input()
    return {
        "inputs": _both(TABLE.inputs),
        "weights_0": _both(TABLE.weights[0][0]),
        "weights_1": _both(TABLE.weights[0][1]),
        "weights_out": _both(TABLE.weights[1][0]),
        "hidden_weights": _list(table[name] for name in HIDDEN),
        "hidden_slopes": _list(table[f"∂ {name}"] for name in HIDDEN),
        "target": short(TABLE.target),
        "output": short(table["output"]),
        "error": short(table["error"]),
        "output_slope": short(table["∂ output"]),
        "node_0": short(table["node 0"]),
        "node_1": short(table["node 1"]),
        "node_slope_0": short(table["∂ node 0"]),
        "node_slope_1": short(table["∂ node 1"]),
        "out_slope_0": short(table[f"∂ {OUT[0]}"]),
        "out_slope_1": short(table[f"∂ {OUT[1]}"]),
        "other_input": short(other.inputs[0]),
        "other_target": short(other.target),
        "last_weight": short(table[LAST]),
        "last_slope": short(slope),
        "nudge": short(NUDGE),
        "real_change": short(change(NUDGE), 6),
        "off_small": short(abs(change(NUDGE) - slope * NUDGE), 6),
        "off_large": short(abs(change(LARGE) - slope * LARGE), 6),
        "rate": short(TABLE.rate),
        "new_hidden": _list(after[name] for name in HIDDEN),
        "new_out": _both(after[name] for name in OUT),
        "outputs": _list((stepped(k)["output"] for k in range(STEPS + 1)), 3),
        "drawn_out": _both(DRAWN.weights[1][0]),
        "drawn_weight": short(DRAWN.weights[1][0][1]),
        "drawn_target": short(DRAWN.target),
        "claim_output": _row((claimed["∂ output"],)),
        "claim_out_weights": _row(claimed[f"∂ {name}"] for name in OUT),
        "claim_nodes": _row(claimed[f"∂ node {at}"] for at in (0, 1)),
        "claim_hidden": _row(claimed[f"∂ {name}"] for name in HIDDEN),
        "slipped": short(claimed["∂ node 1"]),
        "deep_inputs": _both(DEEP.inputs),
        "sum_10": short(hidden[0].pre_activation),
        "sum_11": short(hidden[1].pre_activation),
    }


def _both(pair: Iterable[float]) -> str:
    return " and ".join(short(number) for number in pair)


def _list(row: Iterable[float], decimals: int = 4) -> str:
    return ", ".join(short(number, decimals) for number in row)


def _row(row: Iterable[float]) -> str:
    return "   ".join(short(number).rjust(2) for number in row)
