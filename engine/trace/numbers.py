"""Every number of a row, each with its name and the formula that gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from engine import layers
from engine.trace.formulas import activations, penalties
from engine.trace.formulas import layers as of_layers
from engine.trace.formulas.losses import RowLoss
from engine.trace.formulas.text import number, product, total, weighted_sum
from engine.trace.records import Node, Number, Step, Term, Trace
from engine.trace.stages import Pass, Stage


class RowNumbers:
    """Writes the numbers of one row, in the order in which they are computed."""

    def __init__(
        self, seen: Pass, row: int, loss: RowLoss | None, penalty_formula: Callable[[], str]
    ) -> None:
        self._stages, self._seen, self._row = seen.stages, seen, row
        self._loss, self._penalty_formula = loss, penalty_formula
        self._alone = len(seen.outputs) == 1

    def __call__(self, trace: Trace) -> Iterator[Number]:
        """Forward from the inputs to the loss, then backward to the weights."""
        for name, value in zip(trace.input_names, trace.inputs, strict=True):
            yield Number(name, value, "given")
        for nodes in trace.layers:
            for node in nodes:
                yield from self._forward(node)
        if trace.loss is None or self._loss is None:
            return
        yield from self._of_loss(trace, self._loss)
        for layer in reversed(range(len(trace.layers))):
            for node in trace.layers[layer]:
                yield from self._backward(trace, node)

    # -- forward -----------------------------------------------------------------------------

    def _forward(self, node: Node) -> Iterator[Number]:
        for each in node.products:
            yield Number(each.name, each.weight, "a weight of the model")
            yield Number(f"{each.name} × its input", each.value, each.formula)
        for term in node.terms[1:]:  # the first is the value of the node before
            yield Number(f"{term.name} of {node.name}", term.value, self._of_term(node, term))
        if node.bias is not None:
            yield Number(f"bias of {node.name}", node.bias, "a bias of the model")
        first = node.steps[0].input_name if node.steps else node.name
        yield Number(first, node.pre_activation, node.pre_activation_formula)
        for step in node.steps:
            yield Number(step.name, step.value, step.formula)

    def _of_term(self, node: Node, term: Term) -> str:
        stage, training = self._stages[node.layer], self._seen.training
        if term.name == "factor":
            assert isinstance(stage.layer, layers.Dropout)
            return of_layers.factor(term.value, stage.layer.rate, training)
        values = node.values_of_terms()
        if term.name == "normalized input":
            return of_layers.normalized_input(values)
        if training and term.name in ("mean", "variance"):
            column = _floats(stage.x[:, _positions(stage, node.index)])
            if term.name == "mean":
                return of_layers.mean(column)
            return of_layers.variance(column, values["mean"])
        return of_layers.TERMS[term.name]

    def _of_loss(self, trace: Trace, loss: RowLoss) -> Iterator[Number]:
        assert trace.loss is not None and trace.target is not None
        names = [node.name for node in trace.layers[-1]] if trace.layers else trace.input_names
        if trace.error is None:
            yield from (Number("target", value, "given") for value in trace.target)
        else:
            compared = zip(names, trace.outputs, trace.target, trace.error, strict=True)
            for name, output, target, error in compared:
                yield Number(f"target of {name}", target, "given")
                yield Number(f"error of {name}", error, f"{number(output)} - {number(target)}")
        if trace.sample_weight is not None:
            yield Number("sample weight", trace.sample_weight, "given")
        if trace.penalty:
            yield Number("penalty", trace.penalty, self._penalty_formula())
        yield Number("loss", trace.loss, loss.value(trace.penalty))

    # -- backward ----------------------------------------------------------------------------

    def _backward(self, trace: Trace, node: Node) -> Iterator[Number]:
        if node.value_slope is None:
            return
        value_slope = self._value_slope(trace, node)
        yield Number(f"slope of {node.name}", node.value_slope, value_slope)
        for step in reversed(node.steps):
            yield from self._through(node, step)
        yield from self._of_weights(node)
        if self._seen.training and node.kind == "BatchNormalization":
            yield from self._of_batch(node)

    def _value_slope(self, trace: Trace, node: Node) -> str:
        if node.layer == len(trace.layers) - 1:
            assert self._loss is not None
            return self._loss.slope(node.index)
        after = trace.layers[node.layer + 1]
        if after[0].kind == "Dense":
            taken = [
                (each.products[node.index].weight, each.pre_activation_slope) for each in after
            ]
            return weighted_sum((weight, slope or 0.0) for weight, slope in taken)
        return self._passed_back(after[node.index])

    def _passed_back(self, node: Node) -> str:
        """How a node of Dropout or BatchNormalization hands its slope to the node before."""
        slope, terms = node.pre_activation_slope or 0.0, node.values_of_terms()
        if node.kind == "Dropout":
            return product(terms["factor"], slope)
        if not self._seen.training:
            return of_layers.scaled_back(terms, slope)
        scaled, normalized = self._scaled(node)
        return of_layers.batch_back(
            of_layers.scaled(terms, slope),
            float(np.mean(scaled)),
            terms["normalized input"],
            float(np.mean(np.multiply(scaled, normalized))),
        )

    def _through(self, node: Node, step: Step) -> Iterator[Number]:
        """f'(z) of an activation, and the slope that it passes back to z."""
        title = f"slope of {step.activation} at {step.input_name}"
        yield Number(title, step.activation_slope, step.activation_slope_formula)
        if step.input_slope is not None and step.value_slope is not None:
            formula = self._passed_through(node, step, step.value_slope)
            yield Number(f"slope of {step.input_name}", step.input_slope, formula)

    def _passed_through(self, node: Node, step: Step, value_slope: float) -> str:
        stage = self._stages[node.layer]
        if self._seen.partners and stage is self._stages[-1] and step is node.steps[-1]:
            assert self._loss is not None
            return self._loss.partner_slope(node.index)
        if step.function.elementwise:
            return activations.passed_back(step.activation_slope, value_slope)
        mixed, place = stage.mixed_with(step.function, node.index)
        after = node.steps.index(step) + 1
        slopes = stage.slopes[after]
        assert slopes is not None
        values = _floats(stage.values[after][self._row, mixed])
        return activations.mixed_back(values, _floats(slopes[self._row, mixed]), place)

    def _of_weights(self, node: Node) -> Iterator[Number]:
        for each in node.products:
            if each.slope is not None:
                yield Number(f"slope of {each.name}", each.slope, each.slope_formula)
        if node.bias is not None and node.bias_slope is not None:
            formula = number(node.pre_activation_slope or 0.0) + self._penalty(node, "bias")
            yield Number(f"slope of bias of {node.name}", node.bias_slope, formula)
        for term in node.terms:
            if term.slope is not None:
                title = f"slope of {term.name} of {node.name}"
                yield Number(title, term.slope, self._of_learned(node, term.name))

    def _of_learned(self, node: Node, name: str) -> str:
        """The slope of gamma or beta: a sum over the places of the row that have the same one."""
        stage = self._stages[node.layer]
        assert stage.pre_activation_slope is not None
        places = self._row, stage.same_weight(node.index, name)
        slopes = _floats(stage.pre_activation_slope[places])
        text = total(slopes)
        if name == "gamma":
            normalized = _floats(stage.terms["normalized input"][places])
            text = weighted_sum(zip(slopes, normalized, strict=True))
        return text + self._penalty(node, name)

    def _penalty(self, node: Node, name: str) -> str:
        """What the penalty adds, where the row is all of its batch."""
        stage = self._stages[node.layer]
        if not self._alone:
            return ""
        weights = stage.weights[name]
        weight = float(weights[node.index % len(weights)])
        return penalties.slope(stage.regularizers.get(name), weight)

    # -- BatchNormalization in training --------------------------------------------------------

    def _of_batch(self, node: Node) -> Iterator[Number]:
        """What the slope at the input of the node is made of: means over the whole batch."""
        slope, stage = node.pre_activation_slope, self._stages[node.layer - 1]
        if slope is None or node.layer == 0 or stage.value_slope is None:
            return
        terms, title = node.values_of_terms(), f"slope of {node.name}"
        scaled, normalized = self._scaled(node)
        formula = of_layers.scaled_back(terms, slope)
        yield Number(f"scaled {title}", of_layers.scaled(terms, slope), formula)
        yield Number(f"mean scaled {title}", float(np.mean(scaled)), of_layers.mean(scaled))
        pairs = list(zip(scaled, normalized, strict=True))
        value = float(np.mean(np.multiply(scaled, normalized)))
        title = f"mean scaled {title} × normalized input"
        yield Number(title, value, of_layers.mean_product(pairs))

    def _scaled(self, node: Node) -> tuple[list[float], list[float]]:
        """The scaled slopes and normalized inputs over the batch."""
        stage = self._stages[node.layer]
        assert stage.pre_activation_slope is not None
        places = _positions(stage, node.index)
        factor = of_layers.scaled(node.values_of_terms(), 1.0)
        scaled = stage.pre_activation_slope[:, places] * factor
        return _floats(scaled), _floats(stage.terms["normalized input"][:, places])


def _positions(stage: Stage, node: int) -> list[int]:
    """The nodes of a row that BatchNormalization normalizes together with this one."""
    width = stage.shape[-1]
    return list(range(node % width, stage.x.shape[1], width))


def _floats(values: np.ndarray) -> list[float]:
    return [float(value) for value in values.ravel()]
