"""Initializers: the numbers that a layer's weights and biases start from.

Names, defaults and formulas: keras/src/initializers/random_initializers.py and
constant_initializers.py. "Glorot" is Glorot & Bengio 2010, "he" is He et al. 2015, "lecun" is
LeCun et al. 1998. For a kernel of shape (inputs, units), fan_in = inputs and fan_out = units.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.names import look_up

Array = NDArray[np.float64]

# The standard deviation of a normal distribution that is cut off at two standard deviations.
TRUNCATED_DEVIATION = 0.87962566103423978


class Initializer:
    """Draws an array of a shape. Without a seed of its own it uses the model's generator."""

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed

    def __call__(self, shape: tuple[int, ...], rng: np.random.Generator | None = None) -> Array:
        """Float64 numbers of that shape; a seed given to the initializer wins over `rng`."""
        if self.seed is not None or rng is None:
            rng = np.random.default_rng(self.seed)
        return self.draw(shape, rng)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same initializer again."""
        return dict(vars(self))


class Constant(Initializer):
    """Every number is `value`."""

    def __init__(self, value: float = 0.0) -> None:
        super().__init__()
        self.value = value

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
        super().__init__(seed)
        self.mean = mean
        self.stddev = stddev

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.normal(self.mean, self.stddev, shape)


class RandomUniform(Initializer):
    """Numbers between `minval` and `maxval`, all equally likely."""

    def __init__(
        self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None
    ) -> None:
        super().__init__(seed)
        self.minval = minval
        self.maxval = maxval

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.uniform(self.minval, self.maxval, shape)


class VarianceScaling(Initializer):
    """Numbers whose variance is scale / fan, so that signals neither grow nor fade with width.

    The fan is fan_in, or (fan_in + fan_out) / 2 for "fan_avg". Uniform: within
    +-sqrt(3 scale / fan). Normal: cut off at two standard deviations, as Keras does.
    """

    scale = 1.0
    mode = "fan_in"
    distribution = "uniform"

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        fan_in, fan_out = _fans(shape)
        fan = fan_in if self.mode == "fan_in" else (fan_in + fan_out) / 2
        variance = self.scale / max(1.0, fan)
        if self.distribution == "uniform":
            limit = float(np.sqrt(3.0 * variance))
            return rng.uniform(-limit, limit, shape)
        return _truncated_normal(shape, float(np.sqrt(variance)) / TRUNCATED_DEVIATION, rng)


class GlorotUniform(VarianceScaling):
    """Uniform within +-sqrt(6 / (fan_in + fan_out)): what Dense uses unless told otherwise."""

    mode = "fan_avg"


class GlorotNormal(VarianceScaling):
    """Truncated normal with variance 2 / (fan_in + fan_out)."""

    mode = "fan_avg"
    distribution = "normal"


class HeUniform(VarianceScaling):
    """Uniform within +-sqrt(6 / fan_in): suits ReLU."""

    scale = 2.0


class HeNormal(VarianceScaling):
    """Truncated normal with variance 2 / fan_in: suits ReLU."""

    scale = 2.0
    distribution = "normal"


class LecunUniform(VarianceScaling):
    """Uniform within +-sqrt(3 / fan_in)."""


class LecunNormal(VarianceScaling):
    """Truncated normal with variance 1 / fan_in: suits SELU."""

    distribution = "normal"


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    if len(shape) == 1:
        return shape[0], shape[0]
    return int(np.prod(shape[:-1])), shape[-1]


def _truncated_normal(shape: tuple[int, ...], deviation: float, rng: np.random.Generator) -> Array:
    """Normal numbers; those beyond two standard deviations are drawn again."""
    numbers = rng.standard_normal(shape)
    while (beyond := np.abs(numbers) > 2.0).any():
        numbers[beyond] = rng.standard_normal(int(beyond.sum()))
    return numbers * deviation


INITIALIZERS: dict[str, type[Initializer]] = {
    "zeros": Zeros,
    "ones": Ones,
    "constant": Constant,
    "random_normal": RandomNormal,
    "random_uniform": RandomUniform,
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
    "lecun_uniform": LecunUniform,
    "lecun_normal": LecunNormal,
}


def get(initializer: str | Initializer) -> Initializer:
    """The initializer of that name with its defaults, or the initializer itself.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if isinstance(initializer, Initializer):
        return initializer
    if not isinstance(initializer, str):
        raise ValueError(
            "An initializer is a name such as 'glorot_uniform' or an object such as "
            f"GlorotUniform(seed=1), not {initializer!r}."
        )
    return look_up("initializer", initializer, INITIALIZERS)()


def name_of(initializer: Initializer) -> str:
    """The name under which `get` finds this kind of initializer."""
    return next(name for name, kind in INITIALIZERS.items() if kind is type(initializer))
