"""Activation functions: their value, their slope f'(z), and how they pass a slope back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine import activations
from engine.activations import ActivationFunction
from engine.activations.rectified import SELU_ALPHA, SELU_SCALE
from engine.trace.formulas.text import bare, magnitude, near_one, number, product, weighted_sum

#: from here on exp is out of the range of float64
LARGEST_EXPONENT = 700


def called(function: ActivationFunction) -> str:
    """The name, with the parameters that differ from those of the plain function."""
    changed = _changed(function)
    return f"{function.name} with {', '.join(changed)}" if changed else function.name


def value(function: ActivationFunction, z: float, beside: Sequence[float], place: int) -> str:
    """f(z); for softmax with all the numbers that it mixes, z being the one at `place`."""
    if function.name == "linear":
        return number(z)
    if function.elementwise:
        return f"{function.name}({_arguments(function, z)})"
    return softmax(beside, place)


def softmax(zs: Sequence[float], place: int) -> str:
    """exp(z0) ÷ (exp(z0) + exp(z1) + ...)"""
    powers = exponentials(zs)
    return f"{powers[place]} ÷ ({' + '.join(powers)})"


def exponentials(zs: Sequence[float]) -> list[str]:
    """exp(z) of each, all divided by that of the largest where they would be out of range."""
    top = max(zs)
    shift = f" - {number(top)}" if abs(top) > LARGEST_EXPONENT else ""
    return [f"exp({bare(z)}{shift})" for z in zs]


def slope(function: ActivationFunction, z: float, a: float, rate: float) -> str:
    """f'(z), which is `rate`, from z or from a = f(z)."""
    write = SLOPES.get(type(function))
    if write is not None:
        return write(function, z, a, rate)
    return f"{function.name}'({_arguments(function, z)})"


def passed_back(rate: float, value_slope: float) -> str:
    """The chain rule for a function of one number: the slope that arrives × f'(z)."""
    return product(value_slope, rate)


def mixed_back(a: Sequence[float], value_slopes: Sequence[float], place: int) -> str:
    """The chain rule through softmax: a × (s - (s0 × a0 + s1 × a1 + ...))."""
    row = weighted_sum(zip(value_slopes, a, strict=True))
    return f"{number(a[place])} × ({number(value_slopes[place])} - ({row}))"


def _changed(function: ActivationFunction) -> list[str]:
    plain = activations.get(function.name).get_config()
    config = function.get_config()
    return [f"{name}={value}" for name, value in config.items() if plain[name] != value]


def _arguments(function: ActivationFunction, z: float) -> str:
    return ", ".join([bare(z), *_changed(function)])


# -- the slope of each ---------------------------------------------------------------------------


def _relu(function: Any, z: float, a: float, rate: float) -> str:
    top, corner = function.max_value, function.threshold
    if top is not None and z >= top and z > corner:
        return f"{number(rate)} because {bare(z)} {'>' if z > top else '='} {number(top)}"
    sign = ">" if z > corner else "<" if z < corner else "="
    return f"{number(rate)} because {bare(z)} {sign} {number(corner)}"


def _relu6(function: Any, z: float, a: float, rate: float) -> str:
    where = f"0 < {bare(z)} < 6" if rate else f"{bare(z)} {'≤ 0' if z <= 0 else '≥ 6'}"
    return f"{number(rate)} because {where}"


def _hard_sigmoid(function: Any, z: float, a: float, rate: float) -> str:
    if rate:
        return f"1 ÷ 6 because -3 < {bare(z)} < 3"
    return f"0 because {bare(z)} {'≤ -3' if z < 0 else '≥ 3'}"


def _leaky_relu(function: Any, z: float, a: float, rate: float) -> str:
    return f"{number(rate)} because {bare(z)} {'≥' if z >= 0 else '<'} 0"


def _elu(function: Any, z: float, a: float, rate: float) -> str:
    if z > 0:
        return f"1 because {bare(z)} > 0"
    return f"{number(a)} + {number(function.alpha)} because {bare(z)} ≤ 0"


def _selu(function: Any, z: float, a: float, rate: float) -> str:
    if z > 0:
        return f"{number(SELU_SCALE)} because {bare(z)} > 0"
    bend = product(SELU_SCALE, SELU_ALPHA)
    return f"{number(a)} + {bend} because {bare(z)} ≤ 0"


def _a_times_rest(function: Any, z: float, a: float, rate: float) -> str:
    return f"{near_one(a)} × (1 - {near_one(a)})"


def _tanh(function: Any, z: float, a: float, rate: float) -> str:
    return f"1 - {near_one(a)} × {near_one(a)}"


def _silu(function: Any, z: float, a: float, rate: float) -> str:
    chance = f"sigmoid({bare(z)})"
    return f"{chance} + {number(a)} × (1 - {chance})"


def _mish(function: Any, z: float, a: float, rate: float) -> str:
    bent = f"tanh(softplus({bare(z)}))"
    return f"{bent} + {number(z)} × (1 - {bent} × {bent}) × sigmoid({bare(z)})"


def _linear(function: Any, z: float, a: float, rate: float) -> str:
    return "1 because linear leaves its input as it is"


SLOPES: dict[type[ActivationFunction], Callable[[Any, float, float, float], str]] = {
    activations.Linear: _linear,
    activations.ReLU: _relu,
    activations.ReLU6: _relu6,
    activations.HardSigmoid: _hard_sigmoid,
    activations.LeakyReLU: _leaky_relu,
    activations.ELU: _elu,
    activations.SELU: _selu,
    activations.Sigmoid: _a_times_rest,
    activations.Softmax: _a_times_rest,
    activations.Tanh: _tanh,
    activations.Softplus: lambda function, z, a, rate: f"sigmoid({bare(z)})",
    activations.Softsign: lambda function, z, a, rate: f"1 ÷ (1 + {magnitude(z)})²",
    activations.SiLU: _silu,
    activations.Mish: _mish,
    activations.Exponential: lambda function, z, a, rate: f"exp({bare(z)})",
}
