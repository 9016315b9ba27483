"""Network: layers that follow each other, forward and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.activations import ActivationFunction
from engine.layers import Layer
from engine.losses import Loss
from engine.stack import Stack

Array = NDArray[Any]


class Network(Stack):
    """Layers that follow each other, forward and back; `Compiled` and `Sequential` add the rest.

    Its arguments, `add`, `build` and the weights are described at Stack.

    Attributes:
        watch_forward, watch_backward: called after each layer's pass, by which `trace` looks over
            the shoulder of the very passes that training makes; None for nobody.
    """

    watch_forward: Callable[[Layer, Array], None] | None = None
    watch_backward: Callable[[Layer, Array, bool], None] | None = None

    def forward(self, x: Array, training: bool = False) -> Array:
        """(rows, *input_shape) -> (rows, *output_shape), in an array that the next call reuses.

        x must be an array of the model's dtype; `predict` takes anything. With `training`, layers
        such as Dropout do what they do while the network learns.
        """
        for layer in self.layers:
            x = layer.forward(x, training)
            if self.watch_forward is not None:
                self.watch_forward(layer, x)
        return x

    def backward(self, loss: Loss, y: Array, p: Array, weights: Array | None = None) -> float:
        """Fill `gradient` for the batch that `forward` has just turned into p; returns its loss.

        y is (rows, target width), p (rows, outputs), `weights` one number per row: how much it
        counts. The loss has the regularizers' penalty in it. No weight is changed.
        """
        last = self.layers[-1]
        activation: ActivationFunction | None = getattr(last, "activation", None)
        # Cross-entropy and softmax cancel: together their slope is p - y, shorter and exact.
        partners = activation is not None and activation.name == loss.partner
        out = self._slope_buffer(p)
        slope = loss.partner_slope(y, p, out=out) if partners else loss.slope(y, p, out=out)
        if weights is None:
            value = loss.partner_value(y, p) if partners else loss.value(y, p)
        else:
            value = weighted_loss(loss, y, p, weights)
            slope *= weights[:, None]
        passed: Array | None = slope
        for layer in reversed(self.layers):
            if passed is None:
                break
            arrived, here = passed, partners and layer is last
            passed = layer.backward(arrived, at_pre_activation=here)
            if self.watch_backward is not None:
                self.watch_backward(layer, arrived, here)
        for regularizer, weight, gradient in self._regularized:
            regularizer.add_slope(weight, gradient)
        return value + self.penalty() if self._regularized else value

    def penalty(self) -> float:
        """What the regularizers add to the loss, with the weights as they are."""
        return sum(regularizer.penalty(weight) for regularizer, weight, _ in self._regularized)

    def make_noise(self, seed: int, step: int) -> None:
        """Set what the layers that work by chance draw in this step: the same for the same two."""
        for place, layer in enumerate(self._noisy):
            layer.noise = (seed, step, place)

    def _slope_buffer(self, p: Array) -> Array:
        buffer: Array | None = getattr(self, "_slope", None)
        if buffer is None or buffer.shape != p.shape or buffer.dtype != p.dtype:
            buffer = self._slope = np.empty_like(p)
        return buffer


def weighted_loss(loss: Loss, y: Array, p: Array, weights: Array) -> float:
    """The mean over the rows of each row's loss times its weight, as Keras takes it."""
    return float(np.dot(weights, loss.per_row(y, p))) / len(p)
