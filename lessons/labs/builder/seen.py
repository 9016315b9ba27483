"""The building lab as it is seen: its rows, its counts, and a remark on the chosen layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.builder import words
from lessons.labs.builder.network import LISTING, names_of
from lessons.labs.builder.state import HIDDEN, BuilderSnapshot, LayerRow

if TYPE_CHECKING:
    from lessons.labs.builder.lab import BuilderLab


def seen(lab: BuilderLab) -> BuilderSnapshot:
    """All that a view paints, with what is asked for left out."""
    return BuilderSnapshot(
        position=lab.position,
        end=lab.end,
        rows=(_input_row(lab), *_layer_rows(lab)),
        inputs_hidden=lab.hides_inputs,
        total=lab.count_of_all(lab.network),
        depth=_depth(lab),
        compared=_compared(lab),
        detail=_detail(lab),
        said=lab.said,
    )


def _input_row(lab: BuilderLab) -> LayerRow:
    inputs = lab.network.inputs
    text = HIDDEN if lab.hides_inputs else str(inputs)
    name = names_of(lab.network)[0]
    return LayerRow(name, f"Input(({text},))", inputs, "", "", "", lab.chosen == 0)


def _layer_rows(lab: BuilderLab) -> tuple[LayerRow, ...]:
    network = lab.network
    return tuple(
        LayerRow(
            name=name,
            code=layer.code,
            nodes=layer.units,
            activation=layer.activation,
            arithmetic=_arithmetic(lab, at - 1),
            count=lab.count_of(at - 1),
            chosen=at == lab.chosen,
            fresh=at == lab.fresh,
        )
        for at, (name, layer) in enumerate(
            zip(names_of(network)[1:], network.layers, strict=True), start=1
        )
    )


def _arithmetic(lab: BuilderLab, at: int) -> str:
    """How a count comes about; nothing of it while the count is asked for."""
    if lab.count_of(at) == HIDDEN:
        return HIDDEN
    return words.weights_and_biases(*lab.network.pairs[at])


def _depth(lab: BuilderLab) -> str:
    if not lab.complete:
        return ""
    hidden = lab.network.hidden_layers
    number = HIDDEN if lab.hides(f"depth of {lab.network.name}") else str(hidden)
    return f"{number} hidden layer{'' if number == '1' else 's'}"


def _compared(lab: BuilderLab) -> str:
    if not lab.setup.compares or lab.network == LISTING:
        return ""
    return f"the listing, {LISTING.name}: {lab.count_of_all(LISTING)}"


def _detail(lab: BuilderLab) -> str:
    if not lab.chosen and lab.hides_inputs:
        return "inputs: they are drawn once you have answered"
    if not lab.chosen:
        return "inputs: nothing is computed here, so there is nothing to learn"
    network, at = lab.network, lab.chosen - 1
    asked = lab.count_of(at) == HIDDEN
    return words.detail(at, network.pairs[at][0], network.layers[at], asked)
