"""The NumPy and the Keras lines for one activation at one place."""

from __future__ import annotations

from lessons.labs.base import Code
from lessons.numbers import exact

# Value and slope of each function at z, as an expression.
_NUMPY = {
    "linear": ("z", "1.0"),
    "tanh": ("np.tanh(z)", "1 - value * value"),
    "relu": ("np.maximum(0, z)", "np.where(z > 0, 1.0, 0.0)"),
    "leaky_relu": ("np.maximum(0.2 * z, z)", "np.where(z >= 0, 1.0, 0.2)"),
    "sigmoid": ("1 / (1 + np.exp(-z))", "value * (1 - value)"),
    "softplus": ("np.logaddexp(0, z)", "1 / (1 + np.exp(-z))"),
}


def listings(activation: str, z: float) -> tuple[Code, ...]:
    """The value and the slope in NumPy, and the value of such a node in Keras."""
    value, slope = _NUMPY[activation]
    numpy = f"""\
import numpy as np

z = {exact(z)}
value = {value}
slope = {slope}
print(value, slope)"""
    keras = f"""\
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense

node = Dense(1, activation="{activation}", use_bias=False)
model = Sequential([Input((1,)), node])
model.set_weights([np.array([[1.0]])])  # weight 1: the sum is the input
print(model.predict(np.array([[{exact(z)}]])))"""
    return Code("NumPy", numpy), Code("Keras", keras)
