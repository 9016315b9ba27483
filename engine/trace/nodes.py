"""The nodes of one row, put together from the arrays of the pass."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import activations
from engine.trace.formulas import penalties
from engine.trace.formulas.activations import called
from engine.trace.naming import names_of_values, then, weight_name
from engine.trace.records import Node, Product, Step, Term
from engine.trace.stages import Stage

Array = NDArray[Any]


class Nodes:
    """Makes the nodes of one row.

    The slopes of weights are the row's share of them; where the row is all of its batch they are
    the whole, penalty included.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        names: Sequence[Sequence[str]],
        input_names: Sequence[str],
        row: int,
    ) -> None:
        self._stages, self._names, self._input_names = stages, names, input_names
        self._row = row

    def of_layer(self, layer: int) -> tuple[Node, ...]:
        """The nodes of that stage."""
        return tuple(self._node(layer, index) for index in range(len(self._names[layer])))

    def _node(self, layer: int, index: int) -> Node:
        stage, name = self._stages[layer], self._names[layer][index]
        bias = stage.weights.get("bias")
        steps = self._steps(stage, name, index)
        return Node(
            name=name,
            layer=layer,
            index=index,
            products=self._products(layer, index),
            bias=number_at(bias, index),
            bias_slope=None if bias is None else self._share(stage, "bias", index),
            pre_activation=plain(stage.values[0][self._row, index]),
            activation=then(stage.activations),
            value=plain(stage.values[-1][self._row, index]),
            activation_slope=math.prod(step.activation_slope for step in steps),
            value_slope=number_at(stage.value_slope, (self._row, index)),
            pre_activation_slope=number_at(stage.pre_activation_slope, (self._row, index)),
            kind=stage.kind,
            terms=tuple(
                Term(term, plain(values[self._row, index]), self._share(stage, term, index))
                for term, values in stage.terms.items()
            ),
            steps=steps,
        )

    def _share(self, stage: Stage, name: str, node: int) -> float | None:
        """The row's share of the slope of a bias, beta or gamma."""
        gradient, slopes = stage.gradients.get(name), stage.pre_activation_slope
        if gradient is None or slopes is None:
            return None
        if len(stage.x) == 1:
            return plain(gradient[node % len(gradient)])
        places = (self._row, stage.same_weight(node, name))
        arriving = slopes[places]
        if name == "gamma":
            arriving = arriving * stage.terms["normalized input"][places]
        return plain(arriving.sum())

    # -- activations -------------------------------------------------------------------------

    def _steps(self, stage: Stage, name: str, node: int) -> tuple[Step, ...]:
        names = names_of_values(name, stage)
        return tuple(self._step(stage, names, step, node) for step in stage.steps())

    def _step(self, stage: Stage, names: Sequence[str], step: int, node: int) -> Step:
        place = self._row, node
        function = stage.activations[step] if step >= 0 else activations.get("linear")
        before, after = max(step, 0), step + 1
        beside: tuple[float, ...] = ()
        own = 0
        if not function.elementwise:
            mixed, own = stage.mixed_with(function, node)
            beside = numbers_of(stage.values[before][self._row, mixed])
        return Step(
            name=names[-1] if step < 0 else names[after],
            input_name=names[before],
            activation=called(function),
            input=plain(stage.values[before][place]),
            value=plain(stage.values[after][place]),
            activation_slope=plain(stage.rates[step][place]) if step >= 0 else 1.0,
            input_slope=number_at(stage.slopes[before], place),
            value_slope=number_at(stage.slopes[after], place),
            function=function,
            beside=beside,
            place=own,
        )

    # -- products ----------------------------------------------------------------------------

    def _products(self, layer: int, index: int) -> tuple[Product, ...]:
        stage, row = self._stages[layer], self._row
        if stage.kind != "Dense":
            return ()
        kernel, name = stage.weights["kernel"], self._names[layer][index]
        sources = self._names[layer - 1] if layer else self._input_names
        with np.errstate(all="ignore"):
            values = stage.x[row] * kernel[:, index]
            slopes = self._kernel_slopes(stage, index)
        added, formulas = self._penalty_slopes(stage, index)
        return tuple(
            Product(
                name=weight_name(label, name),
                layer=layer,
                node=index,
                source=source,
                input=plain(stage.x[row, source]),
                weight=plain(kernel[source, index]),
                value=plain(values[source]),
                slope=number_at(slopes, source),
                node_slope=number_at(stage.pre_activation_slope, (row, index)),
                penalty_slope=float(added[source]),
                penalty_formula=formulas[source],
            )
            for source, label in enumerate(sources)
        )

    def _kernel_slopes(self, stage: Stage, index: int) -> Array | None:
        if stage.pre_activation_slope is None:
            return None
        if len(stage.x) == 1:
            whole: Array = stage.gradients["kernel"][:, index]
            return whole
        share: Array = stage.x[self._row] * stage.pre_activation_slope[self._row, index]
        return share

    def _penalty_slopes(self, stage: Stage, index: int) -> tuple[Array, list[str]]:
        """What the penalty adds to each slope of the node's weights, none for a row of many."""
        weights = stage.weights["kernel"][:, index]
        added, regularizer = np.zeros_like(weights), stage.regularizers.get("kernel")
        if regularizer is None or len(stage.x) > 1:
            return added, [""] * len(added)
        regularizer.add_slope(weights, added)
        return added, [penalties.slope(regularizer, float(weight)) for weight in weights]


def number_at(values: Array | None, place: int | tuple[int, ...]) -> float | None:
    """The number at that place; None where there are none."""
    return None if values is None else plain(values[place])


def numbers_of(row: Array) -> tuple[float, ...]:
    """All numbers of an array, in one line."""
    return tuple(plain(value) for value in row.reshape(-1))


def plain(value: Any) -> float:
    """A plain float; adding 0 turns -0.0, which would show as "-0", into 0."""
    return float(value) + 0.0
