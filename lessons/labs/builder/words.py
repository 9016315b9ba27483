"""What the building lab explains: where each count comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.labs.builder.network import LayerSpec
from lessons.labs.builder.state import HIDDEN

if TYPE_CHECKING:
    from lessons.labs.builder.lab import BuilderLab

SHAPE, TOTAL = "input shape", "all parameters"


def names(lab: BuilderLab) -> tuple[str, ...]:
    """All that can be explained now."""
    layers = tuple(name_of(at) for at in range(len(lab.network.layers)))
    return (SHAPE, *layers, TOTAL) if layers else (SHAPE,)


def name_of(at: int) -> str:
    """The name of a layer's count."""
    return f"parameters of layer {at + 1}"


def explain(name: str, lab: BuilderLab) -> Explanation:
    """Where a number comes from."""
    if name == SHAPE:
        return _shape(lab)
    if name == TOTAL:
        return _total(lab)
    return _layer(name, int(name.rpartition(" ")[2]) - 1, lab)


def _shape(lab: BuilderLab) -> Explanation:
    inputs = HIDDEN if lab.hides_inputs else str(lab.network.inputs)
    return Explanation(
        SHAPE,
        "One row of the data, without the row count: as many numbers as there are features. "
        "A network takes any number of rows.",
        "input shape = (columns,)",
        f"input shape = ({inputs},)",
        where=(("columns", "the features; the target is none of them"),),
    )


def _layer(name: str, at: int, lab: BuilderLab) -> Explanation:
    network = lab.network
    values, nodes = network.pairs[at]
    read = HIDDEN if at == 0 and lab.hides_inputs else f"{values:,}"
    source = "the nodes of the layer before" if at else "the inputs"
    return Explanation(
        name,
        "Every node has one weight for each value that comes in, and one bias.",
        "parameters = values in × nodes + nodes",
        f"parameters = {HIDDEN}"
        if lab.hides_bent
        else f"parameters = {read} × {nodes:,} + {nodes:,} = {lab.count_of(at)}",
        where=(
            (
                "values in",
                f"{read}: {source}",
            ),
            ("nodes", f"{nodes:,}, each with a bias"),
        ),
    )


def _total(lab: BuilderLab) -> Explanation:
    network = lab.network
    parts = [lab.count_of(at) for at in range(len(network.layers))]
    whole = lab.count_of_all(network)
    return Explanation(
        TOTAL,
        "What training can change: the weights and biases of all layers together.",
        "all parameters = the sum over the layers",
        f"all parameters = {' + '.join(parts)} = {whole}"
        if len(parts) > 1
        else f"all parameters = {whole}",
        where=(("parameters", "weights and biases"),),
    )


def weights_and_biases(values: int, nodes: int) -> str:
    """How a layer's parameters are counted: 9 × 100 + 100."""
    return f"{values:,} × {nodes:,} + {nodes:,}"


def detail(at: int, values: int, layer: LayerSpec, asked: bool) -> str:
    """What a layer holds, in words; less of it while a question asks for its count."""
    nodes = f"layer {at + 1}: {layer.units:,} node{'s' if layer.units > 1 else ''}"
    each = "each " if layer.units > 1 else ""
    if asked:
        return f"{nodes}, {each or 'which '}reads all values before it"
    weights = f"{values:,} weight{'s' if values > 1 else ''}"
    return f"{nodes}, {each}with {weights} and a bias"
