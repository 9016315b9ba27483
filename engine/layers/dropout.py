"""Dropout: nodes that are switched off by chance while the network learns.

Srivastava et al. 2014; scaled as in keras/src/layers/regularization/dropout.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arguments import whole
from engine.layers.base import Array, Layer, Shape


class Dropout(Layer):
    """In training, each input is 0 with chance `rate`, else divided by 1 - rate; else x itself.

    Which ones is a pure function of `noise`, which the model sets before every step: the same
    step of the same training always drops the same nodes, so it can be taken again exactly.

    Args:
        rate: the chance to be dropped, from 0 to 1.
        seed: of this layer's own choices; without it they follow from the training's seed.

    Raises:
        ValueError: the rate is not a number from 0 to 1.
    """

    off = Layer.off | {"noise_shape": None}
    differs_in_training = True

    def __init__(self, rate: float, seed: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= 1:
            raise ValueError(f"Dropout needs a rate from 0 to 1, such as 0.5, not {rate!r}.")
        self.rate = float(rate)
        self.seed = None if seed is None else whole("Dropout: seed", seed, low=0)
        #: (seed of the training, number of the step, place of the layer)
        self.noise: tuple[int, int, int] = (0, 0, 0)
        self._mask: Array | None = None

    def forward(self, x: Array, training: bool = False) -> Array:
        self._mask = None
        if not training or self.rate == 0:
            return x
        a, _, mask = self._buffers_for(len(x))
        self._mask = self._draw(mask)
        return np.multiply(x, mask, out=a)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        if not self.passes_slope:
            return None
        if self._mask is None:
            return value_slope
        return np.multiply(value_slope, self._mask, out=self._buffers_for(len(value_slope))[1])

    def _draw(self, mask: Array) -> Array:
        """Fill `mask` with 0 and 1 / (1 - rate)."""
        if self.rate == 1:
            mask.fill(0)
            return mask
        seed, step, place = self.noise
        # Philox counts instead of remembering: any step's numbers are there at once.
        source = np.random.Philox(
            key=(seed if self.seed is None else self.seed) % 2**64, counter=[0, 0, place, step]
        )
        np.random.Generator(source).random(dtype=mask.dtype, out=mask)
        np.greater_equal(mask, mask.dtype.type(self.rate), out=mask)
        np.multiply(mask, mask.dtype.type(1 / (1 - self.rate)), out=mask)
        return mask

    def terms(self, rows: int) -> dict[str, Array]:
        return {"factor": np.ones(self.input_shape) if self._mask is None else self._mask}

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"rate": self.rate, "seed": self.seed, "noise_shape": None}

    def _buffer_shapes(self) -> tuple[Shape, ...]:
        return self.input_shape, self.input_shape, self.input_shape
