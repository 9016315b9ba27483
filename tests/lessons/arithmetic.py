"""Finds the arithmetic that a text claims, such as ``2 × (-1) + 3 × 1 = 1``, and works it out.

Only numbers, + - × / and parentheses are understood; a claim with anything else in it, such as
``prediction - 10 = -4`` or ``? × 2 = ?``, is none. What the text rounded may be off by as much as
the rounding explains, and by no more.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
TOKEN = rf"(?:{NUMBER}|[-+×/()])"
EXPRESSION = rf"{TOKEN}(?:\s?{TOKEN})*"

OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
SHOWN_DECIMALS = 4
"""Numbers with this many decimals may have been rounded; 0.01 is meant as it stands."""


@dataclass(frozen=True)
class Claim:
    """Two expressions that a text says are equal."""

    left: str
    right: str

    @property
    def holds(self) -> bool:
        """Whether both sides are equal, as far as their written digits go."""
        return self.holds_rounded()

    def holds_rounded(self, decimals: int | None = None) -> bool:
        """The same where every number may have been rounded to `decimals`, then written short."""
        allowed = 1e-9 + sum(_slack(side, decimals) for side in (self.left, self.right))
        return abs(value(self.left) - value(self.right)) <= allowed


def claims(text: str) -> tuple[Claim, ...]:
    """Everything that `text` says about numbers with =, ≈ or "is" between two expressions."""
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text.replace("−", "-"))  # 11,201
    parts = re.split(r"\s(?:=|≈|is)\s", text)
    return tuple(claim for left, right in pairwise(parts) for claim in _claim(left, right))


def _claim(before: str, after: str) -> Iterator[Claim]:
    left, right = _tail(before), _head(after)
    if left is None or right is None:
        return
    # A name such as "node 0" ends in a number as well; a number alone has to start its sentence.
    alone = re.search(rf"(?:^|[.:;]\s)-?{NUMBER}$", before)
    if _computes(left) or (alone and _computes(right)):
        yield Claim(left, right)


def _tail(text: str) -> str | None:
    """The expression that `text` ends with."""
    found = re.search(rf"(?<![\w.?]){EXPRESSION}$", text.rstrip())
    if not found or re.match(r"[×/+)]|-\s", found.group()):
        return None  # it goes on to the left, with something that is no number
    tail = found.group()
    while tail.startswith("(") and not _parses(tail):
        tail = tail[1:].lstrip()
    return tail if _parses(tail) else None


def _head(text: str) -> str | None:
    """The expression that `text` starts with."""
    found = re.match(EXPRESSION, text)
    if not found or re.match(r"\w", text[found.end() :]):
        return None
    head = re.sub(r"\s*\($", "", found.group())
    while head.endswith(")") and not _parses(head):
        head = head[:-1].rstrip()
    return head if _parses(head) else None


def value(expression: str) -> float:
    """What an expression amounts to, nan when it divides by 0, so that nothing equals it.

    Raises SyntaxError or ValueError where it is none.
    """
    try:
        return _value(_tree(expression))
    except ZeroDivisionError:
        return math.nan


def _tree(expression: str) -> ast.expr:
    return ast.parse(expression.strip().replace("×", "*"), mode="eval").body


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_value(inside)
        case ast.UnaryOp(op=ast.UAdd(), operand=inside):
            return _value(inside)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
            return OPERATIONS[type(op)](_value(left), _value(right))
        case _:
            raise ValueError(f"not arithmetic: {ast.unparse(node)}")


def _parses(expression: str) -> bool:
    try:
        value(expression)
    except (SyntaxError, ValueError):
        return False
    return True


def _computes(expression: str) -> bool:
    return any(isinstance(node, ast.BinOp) for node in ast.walk(_tree(expression)))


def _slack(expression: str, decimals: int | None) -> float:
    """How far the value may be off because the numbers in it were rounded when written."""
    alone = not _computes(expression)
    exact, slack = value(expression), 0.0
    for found in re.finditer(NUMBER, expression):
        half = _half_unit(found.group(), alone, decimals)
        nudged = repr(float(found.group()) + half)
        slack += abs(
            value(expression[: found.start()] + nudged + expression[found.end() :]) - exact
        )
    return slack


def _half_unit(number: str, alone: bool, decimals: int | None) -> float:
    """By how much rounding may have changed a number that is written like this."""
    exponent = Decimal(number).as_tuple().exponent
    assert isinstance(exponent, int)
    if decimals is not None and exponent < 0 and "e" not in number:
        return 0.5 * 10.0**-decimals
    # A result may be rounded to any decimal; what goes into a sum is given, or has many.
    rounded = exponent > 0 or exponent <= (-1 if alone else -SHOWN_DECIMALS)
    return 0.5 * 10.0**exponent if rounded or "e" in number else 0.0
