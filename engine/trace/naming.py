"""What the numbers of a trace are called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.activations import ActivationFunction
from engine.trace.formulas.activations import called
from engine.trace.stages import Stage

#: what a layer that is not Dense adds to the name of a node
WORDS = {"Dropout": "after dropout", "BatchNormalization": "normalized"}


def names_of_inputs(shape: tuple[int, ...]) -> tuple[str, ...]:
    """ "input 0", or "input 0,1" where a row has more axes than one."""
    places = (",".join(map(str, place)) for place in np.ndindex(shape))
    return tuple(f"input {place}" for place in places)


def weight_name(source: str, node: str) -> str:
    """ "weight 0→output"."""
    return f"weight {_short(source)}→{_short(node)}"


def then(activations: Sequence[ActivationFunction]) -> str:
    """ "tanh, then relu"; "linear" for none."""
    return ", then ".join(called(each) for each in activations) or "linear"


def names_of_values(node: str, stage: Stage) -> list[str]:
    """The names of a node's `Stage.values`: the pre-activation first, the node itself last."""
    if not stage.steps():
        return [node]
    between = [f"{node} after {then(stage.activations[:k])}" for k in range(1, len(stage.steps()))]
    return [f"pre-activation of {node}", *between, node]


def _short(name: str) -> str:
    return name.removeprefix("node ").removeprefix("input ")


def names_of(stages: Sequence[Stage], input_names: Sequence[str]) -> list[list[str]]:
    """What the nodes of each stage are called.

    "node 0" in the only hidden Dense layer, "node 2.0" in the second of several, "output" at the
    end; a stage that is not Dense adds a word to the names that flow into it.
    """
    dense = [stage for stage in stages if stage.kind == "Dense"]
    names: list[list[str]] = []
    before = list(input_names)
    for stage in stages:
        if stage.kind == "Dense":
            size = stage.values[0].shape[1]
            before = _dense_names(dense.index(stage), len(dense), size)
        else:
            word = WORDS.get(stage.kind) or f"after {then(stage.activations)}"
            before = [f"{name} {word}" for name in before]
        names.append(before)
    return names


def _dense_names(layer: int, depth: int, size: int) -> list[str]:
    if layer == depth - 1:
        return ["output"] if size == 1 else [f"output {index}" for index in range(size)]
    prefix = "node " if depth == 2 else f"node {layer + 1}."
    return [f"{prefix}{index}" for index in range(size)]
