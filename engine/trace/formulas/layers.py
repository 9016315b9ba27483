"""Dropout and BatchNormalization: their values, and the slopes that they pass back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.trace.formulas.text import number, product, total, weighted_sum

Terms = Mapping[str, float]


def normalized_input(terms: Terms) -> str:
    """(input - mean) ÷ √(variance + epsilon)"""
    return f"({number(terms['input'])} - {number(terms['mean'])}) ÷ {_deviation(terms)}"


def _normalized(terms: Terms) -> str:
    scale = f"{number(terms['gamma'])} × " if "gamma" in terms else ""
    shift = f" + {number(terms['beta'])}" if "beta" in terms else ""
    return f"{scale}{number(terms['normalized input'])}{shift}"


def _deviation(terms: Terms) -> str:
    return f"√({number(terms['variance'])} + {number(terms['epsilon'])})"


#: how a node that is not Dense makes its pre-activation of its terms
OF_KIND: dict[str, Callable[[Terms], str]] = {
    "Activation": lambda terms: number(terms["input"]),
    "Dropout": lambda terms: product(terms["input"], terms["factor"]),
    "BatchNormalization": _normalized,
}

#: where a term comes from that is not worked out
TERMS = {
    "mean": "the moving mean of the model",
    "variance": "the moving variance of the model",
    "epsilon": "given",
    "gamma": "a weight of the model",
    "beta": "a weight of the model",
}


def factor(value: float, rate: float, training: bool) -> str:
    """What Dropout multiplies by."""
    if not training or rate == 0:
        return "1 because nothing is dropped"
    return f"1 ÷ (1 - {number(rate)})" if value else "0 because it is dropped"


def scaled(terms: Terms, slope: float) -> float:
    """The value of `scaled_back`."""
    deviation = math.sqrt(terms["variance"] + terms["epsilon"])
    return terms.get("gamma", 1.0) * slope / deviation


def scaled_back(terms: Terms, slope: float) -> str:
    """gamma ÷ √(variance + epsilon) × slope"""
    return f"{number(terms.get('gamma', 1.0))} ÷ {_deviation(terms)} × {number(slope)}"


def batch_back(scaled: float, mean: float, normalized: float, mean_product: float) -> str:
    """In training, where mean and variance depend on the input as well."""
    return f"{number(scaled)} - {number(mean)} - {product(normalized, mean_product)}"


def mean(values: Sequence[float]) -> str:
    """(a + b + ...) ÷ how many"""
    return f"({total(values)}) ÷ {len(values)}"


def mean_product(pairs: Sequence[tuple[float, float]]) -> str:
    """(a × b + c × d + ...) ÷ how many"""
    return f"({weighted_sum(pairs)}) ÷ {len(pairs)}"


def variance(values: Sequence[float], centre: float) -> str:
    """((a - mean)² + (b - mean)² + ...) ÷ how many"""
    return f"({_squares(values, centre)}) ÷ {len(values)}"


def _squares(values: Iterable[float], centre: float) -> str:
    return " + ".join(f"({number(value)} - {number(centre)})²" for value in values)
