"""A traced batch: its rows one by one, and the slopes of the weights over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import activations
from engine.activations import ActivationFunction
from engine.layers import Dense
from engine.trace import formulas
from engine.trace.records import Node, Product, Term, Trace
from engine.trace.stages import Pass, Stage, names_of

Array = NDArray[Any]


@dataclass(frozen=True)
class Weight:
    """One number that the network learns, with dL/dweight over the whole batch and its formula."""

    name: str
    layer: int
    value: float
    slope: float | None
    slope_formula: str


class BatchTrace:
    """Everything about a batch.

    Attributes:
        loss: of the batch, None without targets; `penalty` is the regularizers' part of it.
        outputs: (rows, outputs).
        input_names: what the inputs of a row are called.
    """

    def __init__(self, x: Array, y: Array | None, seen: Pass, loss_name: str) -> None:
        self.loss, self.penalty = seen.loss, seen.penalty
        self.outputs = seen.outputs
        self.input_names = _input_names(x.shape[1:])
        self._x, self._y = x.reshape(len(x), -1), y
        self._stages = seen.stages
        self._names = names_of(seen.stages, self.input_names)
        self._loss_name = loss_name

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._x)

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
        return Trace(
            inputs=_numbers(self._x[index]),
            input_names=self.input_names,
            layers=tuple(self._nodes(layer, index) for layer in range(len(self._stages))),
            outputs=_numbers(outputs),
            target=None if target is None else _numbers(target),
            error=None if error is None else _numbers(error),
            loss=self.loss,
            loss_name=self._loss_name,
            penalty=self.penalty,
        )

    def weights(self) -> Iterator[Weight]:
        """Every number that the network learns, in the order of `model.parameters`."""
        for layer, stage in enumerate(self._stages):
            if stage.layer is None:
                continue
            for name in stage.layer.trainable_wanted():
                values = getattr(stage.layer, name)
                for place in np.ndindex(values.shape):
                    yield self._weight(layer, name, place, float(values[place]))

    def _weight(self, layer: int, name: str, place: tuple[int, ...], value: float) -> Weight:
        stage, node = self._stages[layer], self._names[layer][place[-1]]
        gradient = stage.gradients.get(name)
        slope = None if gradient is None else _number(gradient[place])
        if name != "kernel":
            return Weight(f"{name} of {node}", layer, value, slope, self._sum(stage, name, place))
        title = f"weight {_short(self._sources(layer)[place[0]])}→{_short(node)}"
        return Weight(title, layer, value, slope, self._sum(stage, name, place))

    def _sum(self, stage: Stage, name: str, place: tuple[int, ...]) -> str:
        """The sum over the rows whose result is the slope of a weight."""
        slopes = stage.pre_activation_slope
        if slopes is None:
            return ""
        if name in formulas.TERM_SLOPES:
            return formulas.TERM_SLOPES[name]
        arriving = slopes[:, place[-1]]
        penalty = formulas.plus(float(stage.penalty_slopes[name][place]))
        if name == "kernel":
            pairs = list(zip(stage.x[:, place[0]], arriving, strict=True))
            return formulas.weighted_sum(pairs, None) + penalty
        return " + ".join(formulas.number(float(slope)) for slope in arriving) + penalty

    # -- nodes -------------------------------------------------------------------------------

    def _sources(self, layer: int) -> Sequence[str]:
        return self._names[layer - 1] if layer else self.input_names

    def _nodes(self, layer: int, row: int) -> tuple[Node, ...]:
        names, sources = self._names[layer], self._sources(layer)
        return tuple(self._node(layer, row, index, names, sources) for index in range(len(names)))

    def _node(
        self, layer: int, row: int, index: int, names: Sequence[str], sources: Sequence[str]
    ) -> Node:
        stage = self._stages[layer]
        bias = getattr(stage.layer, "bias", None)
        slope = _at(stage.pre_activation_slope, row, index)
        named = [_called(each) for each in stage.activations if each.name != "linear"]
        mixed = not all(each.elementwise for each in stage.activations)
        rate = stage.activation_slope
        bias_slope = _at(stage.gradients.get("bias"), index) if len(self) == 1 else slope
        return Node(
            name=names[index],
            layer=layer,
            index=index,
            products=self._products(layer, row, index, names[index], sources),
            bias=None if bias is None else _number(bias[index]),
            bias_slope=None if bias is None else bias_slope,
            pre_activation=_number(stage.values[0][row, index]),
            activation=", then ".join(named) or "linear",
            value=_number(stage.values[-1][row, index]),
            activation_slope=1.0 if rate is None else _number(rate[row, index]),
            value_slope=_at(stage.value_slope, row, index),
            pre_activation_slope=slope,
            kind=stage.kind,
            terms=tuple(
                Term(name, _number(values[row, index]), self._term_slope(stage, name, index))
                for name, values in stage.terms.items()
            ),
            beside=_numbers(stage.values[0][row]) if mixed else (),
        )

    def _term_slope(self, stage: Stage, name: str, index: int) -> float | None:
        gradient = stage.gradients.get(name)
        return None if gradient is None else _number(gradient[index % len(gradient)])

    def _products(
        self, layer: int, row: int, index: int, name: str, sources: Sequence[str]
    ) -> tuple[Product, ...]:
        stage = self._stages[layer]
        if not isinstance(stage.layer, Dense):
            return ()
        kernel = stage.layer.kernel
        node_slope = _at(stage.pre_activation_slope, row, index)
        slopes = self._kernel_slopes(stage, row, index)
        penalty = stage.penalty_slopes.get("kernel")
        with np.errstate(all="ignore"):
            values = stage.x[row] * kernel[:, index]
        return tuple(
            Product(
                name=f"weight {_short(label)}→{_short(name)}",
                layer=layer,
                node=index,
                source=source,
                input=_number(stage.x[row, source]),
                weight=_number(kernel[source, index]),
                value=_number(values[source]),
                slope=None if slopes is None else _number(slopes[source]),
                node_slope=node_slope,
                penalty_slope=0.0
                if penalty is None or len(self) > 1
                else float(penalty[source, index]),
            )
            for source, label in enumerate(sources)
        )

    def _kernel_slopes(self, stage: Stage, row: int, index: int) -> Array | None:
        if stage.pre_activation_slope is None:
            return None
        if len(self) == 1:
            whole: Array = stage.gradients["kernel"][:, index]
            return whole
        share: Array = stage.x[row] * stage.pre_activation_slope[row, index]
        return share


def _called(activation: ActivationFunction) -> str:
    """The name, with the parameters that differ from those of the plain function."""
    plain = activations.get(activation.name).get_config()
    changed = [
        f"{name}={value}" for name, value in activation.get_config().items() if plain[name] != value
    ]
    return f"{activation.name} with {', '.join(changed)}" if changed else activation.name


def _input_names(shape: tuple[int, ...]) -> tuple[str, ...]:
    places = (",".join(map(str, place)) for place in np.ndindex(shape))
    return tuple(f"input {place}" for place in places)


def _short(name: str) -> str:
    return name.removeprefix("node ").removeprefix("input ")


def _at(slopes: Array | None, *place: int) -> float | None:
    return None if slopes is None else _number(slopes[place])


def _numbers(row: Array) -> tuple[float, ...]:
    return tuple(_number(value) for value in row.reshape(-1))


def _number(value: Any) -> float:
    """A plain float; adding 0 turns -0.0, which would show as "-0", into 0."""
    return float(value) + 0.0
