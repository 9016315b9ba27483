"""Activation functions as layers of their own (keras/src/layers/activations/)."""

from __future__ import annotations

from typing import Any

from engine import activations
from engine.layers.base import Array, Layer, Shape


class ActivationLayer(Layer):
    """a = f(x), the same shape as x; subclasses choose `activation`, which is f."""

    activation: activations.ActivationFunction

    def forward(self, x: Array, training: bool = False) -> Array:
        a, _ = self._buffers_for(len(x))
        self._x = x
        return self.activation.value(x, out=a)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        if not self.passes_slope:
            return None
        if at_pre_activation:
            return value_slope
        a, dx = self._buffers_for(len(value_slope))
        return self.activation.backward(self._x, a, value_slope, out=dx)

    def _buffer_shapes(self) -> tuple[Shape, ...]:
        return self.input_shape, self.input_shape


class Activation(ActivationLayer):
    """The activation function of that name as a layer."""

    def __init__(
        self, activation: str | activations.ActivationFunction | None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.activation = activations.get(activation)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"activation": activations.serialize(self.activation)}


class ReLU(ActivationLayer):
    """max(x, 0); or with a slope below `threshold`, or cut off at `max_value`."""

    def __init__(
        self,
        max_value: float | None = None,
        negative_slope: float = 0.0,
        threshold: float = 0.0,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.activation = activations.ReLU(
            negative_slope=negative_slope, max_value=max_value, threshold=threshold
        )

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | self.activation.get_config()


class LeakyReLU(ActivationLayer):
    """x for x > 0, else negative_slope x. As a layer the slope is 0.3 unless given."""

    def __init__(self, negative_slope: float = 0.3, **options: Any) -> None:
        super().__init__(**options)
        self.activation = activations.LeakyReLU(negative_slope=negative_slope)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | self.activation.get_config()


class ELU(ActivationLayer):
    """x for x > 0, else alpha (exp(x) - 1)."""

    def __init__(self, alpha: float = 1.0, **options: Any) -> None:
        super().__init__(**options)
        self.activation = activations.ELU(alpha=alpha)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | self.activation.get_config()


class Softmax(ActivationLayer):
    """exp(x) of each node, divided by their sum: over the last axis, the only one there is."""

    def __init__(self, axis: int = -1, **options: Any) -> None:
        super().__init__(**options)
        if axis != -1:
            raise ValueError(f"Softmax works along the last axis only: axis=-1, not {axis!r}.")
        self.activation = activations.get("softmax")

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"axis": -1}
