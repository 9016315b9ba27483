"""A traced batch: its rows one by one, and the slopes of the weights over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.losses import Loss
from engine.trace.formulas import penalties
from engine.trace.formulas.layers import mean
from engine.trace.formulas.losses import RowLoss
from engine.trace.formulas.of_losses import row_loss
from engine.trace.formulas.text import plus, total, weighted_sum
from engine.trace.naming import names_of, names_of_inputs, weight_name
from engine.trace.nodes import Nodes, number_at, numbers_of, plain
from engine.trace.numbers import RowNumbers
from engine.trace.records import Number, Trace, Weight
from engine.trace.stages import Pass, Stage

Array = NDArray[Any]


class BatchTrace:
    """Everything about a batch.

    Attributes:
        loss: of the batch, None without targets: the mean of its rows' plus `penalty`, the
            regularizers' part of it.
        outputs: (rows, outputs).
        input_names: what the inputs of a row are called.
    """

    def __init__(
        self, x: Array, y: Array | None, weights: Array | None, seen: Pass, loss: Loss | None
    ) -> None:
        self.loss, self.penalty = seen.loss, seen.penalty
        self.outputs = seen.outputs
        self.input_names = names_of_inputs(x.shape[1:])
        self._x, self._y, self._weights = x.reshape(len(x), -1), y, weights
        self._seen, self._stages = seen, seen.stages
        self._names = names_of(seen.stages, self.input_names)
        self._loss = loss

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._x)

    # -- rows --------------------------------------------------------------------------------

    @property
    def rows(self) -> Iterator[Trace]:
        """The rows one after the other; each is put together when it is asked for."""
        return (self.row(index) for index in range(len(self)))

    def row(self, index: int) -> Trace:
        """Everything about one row of the batch. Its weights' slopes are its share of the sum."""
        if not isinstance(index, int | np.integer) or not -len(self) <= index < len(self):
            raise ValueError(
                f"There is no row {index!r}: this batch has rows 0 to {len(self) - 1}."
            )
        outputs = self.outputs[index]
        target = None if self._y is None else self._y[index]
        # Labels of sparse_categorical_crossentropy are not subtracted from probabilities.
        error = outputs - target if target is not None and target.shape == outputs.shape else None
        nodes = Nodes(self._stages, self._names, self.input_names, index)
        alone = len(self) == 1
        return Trace(
            inputs=numbers_of(self._x[index]),
            input_names=self.input_names,
            layers=tuple(nodes.of_layer(layer) for layer in range(len(self._stages))),
            outputs=numbers_of(outputs),
            target=None if target is None else numbers_of(target),
            error=None if error is None else numbers_of(error),
            loss=self.loss if alone else number_at(self._seen.row_losses, index),
            loss_name="" if self._loss is None else self._loss.name,
            penalty=self.penalty if alone else 0.0,
            sample_weight=number_at(self._weights, index),
            _write=RowNumbers(self._seen, index, self._row_loss(index), self._penalty_formula),
        )

    def _row_loss(self, index: int) -> RowLoss | None:
        if self._loss is None or self._y is None:
            return None
        weight = number_at(self._weights, index)
        y, p = self._y[index], self.outputs[index]
        return row_loss(self._loss, y, p, weight, len(self), self._seen.partners)

    # -- the batch ---------------------------------------------------------------------------

    @property
    def loss_formula(self) -> str:
        """How `loss` came about: the mean of the rows' losses, and the penalty."""
        if self._seen.row_losses is None:
            return ""
        return mean([float(each) for each in self._seen.row_losses]) + plus(self.penalty)

    def numbers(self) -> Iterator[Number]:
        """The numbers of the batch that are of no single row, its loss first."""
        if self.loss is None:
            return
        if self.penalty:
            yield Number("penalty", self.penalty, self._penalty_formula())
        yield Number("loss", self.loss, self.loss_formula)
        for weight in self.weights():
            if weight.slope is not None:
                yield Number(f"slope of {weight.name}", weight.slope, weight.slope_formula)

    def _penalty_formula(self) -> str:
        parts = [
            penalties.penalty(regularizer, stage.weights[name])
            for stage in self._stages
            for name, regularizer in stage.regularizers.items()
        ]
        return " + ".join(parts)

    def weights(self) -> Iterator[Weight]:
        """Every number that the network learns, in the order of `model.parameters`."""
        for layer, stage in enumerate(self._stages):
            for name, values in stage.weights.items():
                for place in np.ndindex(values.shape):
                    yield self._weight(layer, name, place)

    def _weight(self, layer: int, name: str, place: tuple[int, ...]) -> Weight:
        stage, node = self._stages[layer], self._names[layer][place[-1]]
        title = f"{name} of {node}"
        if name == "kernel":
            title = weight_name(self._sources(layer)[place[0]], node)
        value, slope = (
            plain(stage.weights[name][place]),
            number_at(stage.gradients.get(name), place),
        )
        return Weight(title, layer, value, slope, self._sum(stage, name, place))

    def _sources(self, layer: int) -> Sequence[str]:
        return self._names[layer - 1] if layer else self.input_names

    def _sum(self, stage: Stage, name: str, place: tuple[int, ...]) -> str:
        """The sum over the rows whose result is the slope of a weight."""
        slopes = stage.pre_activation_slope
        if slopes is None:
            return ""
        nodes = [place[-1]] if stage.kind == "Dense" else stage.same_weight(place[-1], name)
        arriving = slopes[:, nodes].ravel()
        if name == "kernel":
            text = weighted_sum(zip(stage.x[:, place[0]], arriving, strict=True))
        elif name == "gamma":
            normalized = stage.terms["normalized input"][:, nodes].ravel()
            text = weighted_sum(zip(arriving, normalized, strict=True))
        else:
            text = total(arriving)
        weight = float(stage.weights[name][place])
        return text + penalties.slope(stage.regularizers.get(name), weight)
