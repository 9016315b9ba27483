"""The words that all formulas are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def number(value: float) -> str:
    """Six digits at most; a negative number in brackets, so that it can stand anywhere."""
    return _bracketed(bare(value))


def bare(value: float) -> str:
    """Six digits at most, for where no brackets are needed: between others, or |x|."""
    return f"{value + 0.0:.6g}"


def near_one(value: float) -> str:
    """A number that may be taken from 1: just below 1 with as many digits as that needs."""
    return _bracketed(f"{value:.10g}") if 0.999 < abs(value) < 1 else number(value)


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def product(left: float, right: float) -> str:
    """left × right."""
    return f"{number(left)} × {number(right)}"


def plus(value: float) -> str:
    """ " + value", or nothing when it is 0."""
    return f" + {number(value)}" if value else ""


def total(values: Iterable[float]) -> str:
    """a + b + ..."""
    return " + ".join(number(value) for value in values) or "0"


def weighted_sum(pairs: Iterable[tuple[float, float]], bias: float | None = None) -> str:
    """a × b + c × d + ... + bias."""
    parts = [product(left, right) for left, right in pairs]
    if bias is not None:
        parts.append(number(bias))
    return " + ".join(parts) or "0"


def mean(parts: Sequence[str]) -> str:
    """(a + b) ÷ 2, or the part itself where there is one."""
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)}) ÷ {len(parts)}"


def magnitude(value: float) -> str:
    """|value|."""
    return f"|{bare(value)}|"


def because(formula: str, reasons: Sequence[str]) -> str:
    """The formula, and why it is this one where that is not plain to see."""
    return f"{formula} because {', '.join(reasons)}" if reasons else formula
