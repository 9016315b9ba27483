"""Formulas with the values put in, as text: "2 × 4 + 3 × (-5) + 1"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


def number(value: float) -> str:
    """Six digits at most; a negative number in brackets, so that it can stand anywhere."""
    text = f"{value + 0.0:.6g}"
    return f"({text})" if text.startswith("-") else text


def product(left: float, right: float) -> str:
    """left × right."""
    return f"{number(left)} × {number(right)}"


def plus(value: float) -> str:
    """ " + value", or nothing when it is 0."""
    return f" + {number(value)}" if value else ""


def weighted_sum(pairs: Sequence[tuple[float, float]], bias: float | None) -> str:
    """a × b + c × d + ... + bias."""
    parts = [product(left, right) for left, right in pairs]
    if bias is not None:
        parts.append(number(bias))
    return " + ".join(parts) or "0"


def activation(name: str, z: float, beside: Sequence[float], index: int) -> str:
    """f(z), with all the pre-activations of the layer where the function mixes them."""
    if name == "linear":
        return number(z)
    name, _, options = name.partition(" with ")
    options = f", {options}" if options else ""
    if beside:
        inside = ", ".join(number(each) for each in beside)
        return f"number {index} of {name}({inside})"
    return f"{name}({number(z)}{options})"


def loss(name: str, outputs: Sequence[float], target: Sequence[float]) -> str:
    """The loss of these outputs and targets by its name."""
    predicted = ", ".join(number(each) for each in outputs)
    actual = ", ".join(number(each) for each in target)
    return f"{name.replace('_', ' ')} of predicted ({predicted}) and actual ({actual})"


def _normalized(terms: Mapping[str, float]) -> str:
    inside = f"({number(terms['input'])} - {number(terms['mean'])})"
    below = f"√({number(terms['variance'])} + {number(terms['epsilon'])})"
    scale = f"{number(terms['gamma'])} × " if "gamma" in terms else ""
    shift = f" + {number(terms['beta'])}" if "beta" in terms else ""
    return f"{scale}{inside} ÷ {below}{shift}"


#: how a node that is not Dense makes its pre-activation of its terms
OF_KIND: dict[str, Callable[[Mapping[str, float]], str]] = {
    "Activation": lambda terms: number(terms["input"]),
    "Dropout": lambda terms: product(terms["input"], terms["factor"]),
    "BatchNormalization": _normalized,
}

#: where a term comes from
TERMS = {
    "input": "the value of the node before",
    "factor": "0 when dropped; else 1 ÷ (1 - rate) in training and 1 out of it",
    "mean": "of the batch in training, else the moving mean",
    "variance": "of the batch in training, else the moving variance",
    "epsilon": "keeps the division away from 0",
    "gamma": "learned",
    "beta": "learned",
}

#: where the slope of a learned term comes from
TERM_SLOPES = {
    "gamma": "the slope of the pre-activation × the normalized input, added over the rows",
    "beta": "the slope of the pre-activation, added over the rows",
}
