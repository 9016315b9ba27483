"""Initializers: the numbers that a layer's weights and biases start from.

Names, defaults and formulas: keras/src/initializers/random_initializers.py and
constant_initializers.py. "Glorot" is Glorot & Bengio 2010, "he" is He et al. 2015, "lecun" is
LeCun et al. 1998. For a kernel of shape (inputs, units), fan_in = inputs and fan_out = units.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.arguments import number, whole
from engine.configs import Configured, resolve

Array = NDArray[np.float64]

# The standard deviation of a normal distribution that is cut off at two standard deviations.
TRUNCATED_DEVIATION = 0.87962566103423978


class Initializer(Configured):
    """Draws an array of a shape. Without a seed of its own it uses the model's generator.

    Raises:
        ValueError: the seed is not a whole number, 0 or more.
    """

    keras_module: ClassVar[str] = "keras.initializers"
    seed: int | None = None

    def __call__(self, shape: tuple[int, ...], rng: np.random.Generator | None = None) -> Array:
        """Float64 numbers of that shape; a seed given to the initializer wins over `rng`."""
        if self.seed is not None or rng is None:
            rng = np.random.default_rng(self.seed)
        return self.draw(shape, rng)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        """Float64 numbers of that shape from that generator."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same initializer again."""
        return dict(vars(self))


class Constant(Initializer):
    """Every number is `value`."""

    def __init__(self, value: float = 0.0) -> None:
        self.value = number("value", value, low=-math.inf)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return np.full(shape, self.value, dtype=np.float64)

    def get_config(self) -> dict[str, Any]:
        return {"value": self.value}


class Zeros(Constant):
    """Every number is 0."""

    def __init__(self) -> None:
        super().__init__(0.0)

    def get_config(self) -> dict[str, Any]:
        return {}


class Ones(Constant):
    """Every number is 1."""

    def __init__(self) -> None:
        super().__init__(1.0)

    def get_config(self) -> dict[str, Any]:
        return {}


class RandomNormal(Initializer):
    """Normal numbers around `mean` with standard deviation `stddev`."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        self.mean = number("mean", mean, low=-math.inf)
        self.stddev = number("stddev", stddev, low=0.0)
        self.seed = _seed(seed)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.normal(self.mean, self.stddev, shape)


class TruncatedNormal(RandomNormal):
    """Normal numbers as of RandomNormal, those beyond two standard deviations drawn again."""

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return self.mean + _truncated_normal(shape, self.stddev, rng)


class RandomUniform(Initializer):
    """Numbers between `minval` and `maxval`, all equally likely."""

    def __init__(
        self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None
    ) -> None:
        self.minval = number("minval", minval, low=-math.inf)
        self.maxval = number("maxval", maxval, low=self.minval)
        self.seed = _seed(seed)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.uniform(self.minval, self.maxval, shape)


class VarianceScaling(Initializer):
    """Numbers whose variance is scale / fan, so that signals neither grow nor fade with width.

    Args:
        scale: above 0.
        mode: what the fan is: "fan_in", "fan_out", or "fan_avg", the mean of the two.
        distribution: "uniform" draws within +-sqrt(3 scale / fan); "truncated_normal" (or
            "normal") cuts off at two standard deviations; "untruncated_normal" does not.
        seed: makes the numbers repeatable.

    Raises:
        ValueError: scale is not above 0, or mode, distribution or seed are not as above.
    """

    off: ClassVar[Mapping[str, Any]] = {"input_axes": None, "output_axes": None}

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
    ) -> None:
        self.scale = number("scale", scale, low=0.0)
        if not self.scale:
            raise ValueError("scale must be above 0, because with 0 all weights would be equal.")
        self.mode = _one_of("mode", mode, ("fan_in", "fan_out", "fan_avg"))
        wanted = "truncated_normal" if distribution == "normal" else distribution
        known = ("uniform", "truncated_normal", "untruncated_normal")
        self.distribution = _one_of("distribution", wanted, known)
        self.seed = _seed(seed)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        fan_in, fan_out = _fans(shape)
        fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        variance = self.scale / max(1.0, fan)
        if self.distribution == "uniform":
            limit = float(np.sqrt(3.0 * variance))
            return rng.uniform(-limit, limit, shape)
        if self.distribution == "untruncated_normal":
            return rng.normal(0.0, float(np.sqrt(variance)), shape)
        return _truncated_normal(shape, float(np.sqrt(variance)) / TRUNCATED_DEVIATION, rng)


class _Named(VarianceScaling):
    """A VarianceScaling that is known by a name; its seed is all that can be chosen."""

    settings: ClassVar[tuple[float, str, str]]

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(*self.settings, seed=seed)

    def get_config(self) -> dict[str, Any]:
        return {"seed": self.seed}


class GlorotUniform(_Named):
    """Uniform within +-sqrt(6 / (fan_in + fan_out)): what Dense uses unless told otherwise."""

    settings = (1.0, "fan_avg", "uniform")


class GlorotNormal(_Named):
    """Truncated normal with variance 2 / (fan_in + fan_out)."""

    settings = (1.0, "fan_avg", "truncated_normal")


class HeUniform(_Named):
    """Uniform within +-sqrt(6 / fan_in): suits ReLU."""

    settings = (2.0, "fan_in", "uniform")


class HeNormal(_Named):
    """Truncated normal with variance 2 / fan_in: suits ReLU."""

    settings = (2.0, "fan_in", "truncated_normal")


class LecunUniform(_Named):
    """Uniform within +-sqrt(3 / fan_in)."""

    settings = (1.0, "fan_in", "uniform")


class LecunNormal(_Named):
    """Truncated normal with variance 1 / fan_in: suits SELU."""

    settings = (1.0, "fan_in", "truncated_normal")


class Identity(Initializer):
    """`gain` on the diagonal of a kernel, 0 elsewhere."""

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = number("gain", gain, low=-math.inf)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        if len(shape) != 2:
            raise ValueError(
                f"Identity makes a kernel, shape (inputs, units), but {shape} is asked for. "
                "Use another initializer, such as 'zeros', for a bias."
            )
        return self.gain * np.eye(*shape)


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """(fan_in, fan_out) of weights of that shape, (inputs, units) for a kernel."""
    if len(shape) < 2:
        return math.prod(shape), math.prod(shape)
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


def _truncated_normal(shape: tuple[int, ...], deviation: float, rng: np.random.Generator) -> Array:
    """Normal numbers; those beyond two standard deviations are drawn again."""
    numbers = rng.standard_normal(shape)
    while (beyond := np.abs(numbers) > 2.0).any():
        numbers[beyond] = rng.standard_normal(int(beyond.sum()))
    return numbers * deviation


def _one_of(name: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, known))}, not {value!r}.")
    return str(value)


def _seed(seed: Any) -> int | None:
    return None if seed is None else whole("seed", seed, low=0)


#: every name that may be written, with its class; class names are taken as well
INITIALIZERS: dict[str, type[Initializer]] = {
    "zeros": Zeros,
    "zero": Zeros,
    "ones": Ones,
    "one": Ones,
    "constant": Constant,
    "random_normal": RandomNormal,
    "normal": RandomNormal,
    "random_uniform": RandomUniform,
    "uniform": RandomUniform,
    "truncated_normal": TruncatedNormal,
    "variance_scaling": VarianceScaling,
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
    "lecun_uniform": LecunUniform,
    "lecun_normal": LecunNormal,
    "identity": Identity,
}


def get(initializer: str | Mapping[str, Any] | Initializer) -> Initializer:
    """The initializer of that name with its defaults, the initializer itself, or one from JSON.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    example = "a name such as 'glorot_uniform' or an object such as GlorotUniform(seed=1)"
    return resolve("initializer", initializer, INITIALIZERS, Initializer, example)
