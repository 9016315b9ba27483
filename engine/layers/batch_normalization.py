"""BatchNormalization: each node's values brought to mean 0 and variance 1, then learned anew.

Ioffe & Szegedy 2015; arguments and moving numbers as in
keras/src/layers/normalization/batch_normalization.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine import initializers, regularizers
from engine.arguments import flag, number
from engine.configs import serialize
from engine.layers.base import Array, Layer, Shape, Wanted


class BatchNormalization(Layer):
    """y = gamma (x - mean) / sqrt(variance + epsilon) + beta, for each node of the last axis.

    In training, mean and variance are those of the batch, and the moving ones follow them:
    moving = momentum moving + (1 - momentum) batch's. Otherwise the moving ones are used.

    Args:
        axis: the axis of the nodes; only the last one.
        momentum: how much of the moving numbers stays in each step, from 0 to 1.
        epsilon: keeps the division away from 0.
        center, scale: whether there is a beta, a gamma.

    Raises:
        ValueError: another axis, or a number out of range.
    """

    off = Layer.off | {
        "beta_constraint": None,
        "gamma_constraint": None,
        "synchronized": False,
        "renorm": False,
        "renorm_clipping": None,
        "renorm_momentum": 0.99,
    }
    differs_in_training = True
    gamma: Array
    gamma_gradient: Array
    beta: Array
    beta_gradient: Array
    moving_mean: Array
    moving_variance: Array

    def __init__(
        self,
        axis: int | list[int] = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: str | initializers.Initializer = "zeros",
        gamma_initializer: str | initializers.Initializer = "ones",
        moving_mean_initializer: str | initializers.Initializer = "zeros",
        moving_variance_initializer: str | initializers.Initializer = "ones",
        beta_regularizer: str | regularizers.Regularizer | None = None,
        gamma_regularizer: str | regularizers.Regularizer | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        if isinstance(axis, list) and len(axis) == 1:  # as in files of Keras 2
            axis = axis[0]
        self.momentum = number("momentum", momentum, high=1.0)
        self.epsilon = number("epsilon", epsilon)
        if not self.epsilon:
            raise ValueError(f"epsilon must be a number above 0, not {epsilon!r}.")
        self.axis = axis
        self.center, self.scale = flag("center", center), flag("scale", scale)
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)

    def build(self, input_shape: Shape) -> None:
        if not input_shape or self.axis not in (-1, len(input_shape)):
            raise ValueError(
                f"BatchNormalization works along the last axis only: axis=-1, not {self.axis!r}, "
                f"for rows of shape {input_shape}."
            )
        super().build(input_shape)

    def trainable_wanted(self) -> dict[str, Wanted]:
        shape = self.input_shape[-1:]
        wanted = {}
        if self.scale:
            wanted["gamma"] = Wanted(shape, self.gamma_initializer, self.gamma_regularizer)
        if self.center:
            wanted["beta"] = Wanted(shape, self.beta_initializer, self.beta_regularizer)
        return wanted

    def statistics_wanted(self) -> dict[str, Wanted]:
        shape = self.input_shape[-1:]
        return {
            "moving_mean": Wanted(shape, self.moving_mean_initializer),
            "moving_variance": Wanted(shape, self.moving_variance_initializer),
        }

    def forward(self, x: Array, training: bool = False) -> Array:
        self._training = training
        # Axes before the last are only more rows: what is normalized is each node's values.
        rows = x.reshape(-1, x.shape[-1])
        if training:
            self._mean, self._variance = rows.mean(axis=0), rows.var(axis=0)
            self._follow(self.moving_mean, self._mean)
            self._follow(self.moving_variance, self._variance)
        else:
            self._mean, self._variance = self.moving_mean, self.moving_variance
        self._deviation = np.sqrt(self._variance + self.epsilon)
        self._normal = (rows - self._mean) / self._deviation
        y: Array = self._normal * self.gamma if self.scale else self._normal
        y = y + self.beta if self.center else y
        return y.reshape(x.shape)

    def _follow(self, moving: Array, of_batch: Array) -> None:
        moving *= self.momentum
        moving += of_batch * (1 - self.momentum)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        """With n the normalized values and s the slope that arrives, per node:

        dgamma = sum s n, dbeta = sum s. Let g = gamma s / deviation. With the moving numbers
        dx = g; with the batch's, which depend on x too, dx = g - mean(g) - n mean(g n).
        """
        slope = value_slope.reshape(self._normal.shape)
        if self.scale:
            np.sum(slope * self._normal, axis=0, out=self.gamma_gradient)
        if self.center:
            np.sum(slope, axis=0, out=self.beta_gradient)
        if not self.passes_slope:
            return None
        dx: Array = (slope * self.gamma if self.scale else slope) / self._deviation
        if self._training:
            dx = dx - dx.mean(axis=0) - self._normal * (dx * self._normal).mean(axis=0)
        return dx.reshape(value_slope.shape)

    def terms(self, rows: int) -> dict[str, Array]:
        epsilon = np.full(self._mean.shape, self.epsilon)
        found = {"mean": self._mean, "variance": self._variance, "epsilon": epsilon}
        return found | {name: getattr(self, name) for name in self.trainable_wanted()}

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "axis": self.axis,
            "momentum": self.momentum,
            "epsilon": self.epsilon,
            "center": self.center,
            "scale": self.scale,
            "beta_initializer": serialize(self.beta_initializer),
            "gamma_initializer": serialize(self.gamma_initializer),
            "moving_mean_initializer": serialize(self.moving_mean_initializer),
            "moving_variance_initializer": serialize(self.moving_variance_initializer),
            "beta_regularizer": regularizers.serialize(self.beta_regularizer),
            "gamma_regularizer": regularizers.serialize(self.gamma_regularizer),
        }
