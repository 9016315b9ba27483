"""What is said of a place on the way down, and of the step that comes next."""

from __future__ import annotations

from lessons.labs.base import Explanation
from lessons.labs.two_weights.surface import Standing
from lessons.labs.two_weights.words import DECIMALS, SMALL, Words
from lessons.numbers import operand, short, total

NEXT = "next step"


def of_the_error(error: float) -> str:
    """What a single error says, in words."""
    if abs(error) < SMALL:
        return "The error is 0: this row is predicted exactly."
    side = "low" if error < 0 else "high"
    return f"The prediction is {short(abs(error))} too {side}."


def of_the_loss(before: float, now: float) -> str:
    """What a move by hand did to the loss."""
    if abs(now - before) < SMALL:
        return f"Loss {short(now)}, as before."
    return f"Loss {short(before)} → {short(now)}: {'lower' if now < before else 'higher'}."


def of_the_squares(before: float | None, now: Standing) -> str:
    """The squared errors of several rows, and what a move by hand did to their mean."""
    squares = ", ".join(short(square, 2) for square in now.squares)
    said = f"Squared errors {squares}: loss "
    if before is None or abs(now.loss - before) < SMALL:
        return f"{said}{short(now.loss, 2)}."
    way = "lower" if now.loss < before else "higher"
    return f"{said}{short(before, 2)} → {short(now.loss, 2)}, {way}."


def of_the_next(words: Words, after: Standing, title: str) -> Explanation:
    """What the next update multiplies the error by; of several rows, the loss it leads to."""
    before, rate = words.standing, short(words.rate, DECIMALS)
    if len(before.errors) > 1:
        squares = total([short(square, DECIMALS) for square in after.squares])
        filled = f"({squares}) / {len(after.squares)} = {short(after.loss, DECIMALS)}"
        way = "higher" if after.loss > before.loss else "lower"
        return Explanation(
            title,
            f"The next step moves both weights against their slopes. The loss there is {way}.",
            "next loss = the sum of all squared errors there / number of rows",
            f"next loss = {filled}",
        )
    one, other = words.sources
    squares = total([f"{short(v, DECIMALS)} × {operand(v, DECIMALS)}" for v in words.values[0]])
    error, new = short(before.errors[0], DECIMALS), short(after.errors[0], DECIMALS)
    factor = f"1 - {rate} × 2 × ({squares})"
    where: tuple[tuple[str, str], ...] = ()
    if abs(before.errors[0]) > SMALL:
        ratio = after.errors[0] / before.errors[0]
        ratio = 0.0 if abs(ratio) < SMALL else ratio
        where = (
            ("the error is multiplied by", f"{factor} = {short(ratio, DECIMALS)}"),
            ("the loss, its square, by", f"{_squared(ratio)} = {short(ratio**2, DECIMALS)}"),
        )
    return Explanation(
        title,
        "Each step multiplies the error by the same number. A number beyond 1 or below -1 "
        "makes error and loss grow.",
        f"next error = error × (1 - rate × 2 × ({one} × {one} + {other} × {other}))",
        f"next error = {error} × ({factor}) = {'0' if abs(after.errors[0]) < SMALL else new}",
        where,
    )


def _squared(number: float) -> str:
    return f"{short(number, DECIMALS)} × {operand(number, DECIMALS)}"


def of_the_rate(before: Standing, after: Standing, lowest: float) -> str:
    """What the next step does, measured by the loss that is left above the lowest."""
    above, left = before.loss - lowest, after.loss - lowest
    if above < SMALL:
        return "At the lowest loss: the slopes are 0 and nothing moves."
    if before.weights == after.weights:
        return "The step is too short to move any digit of the weights."
    if len(before.errors) == 1:
        ratio = after.errors[0] / before.errors[0]
        size = short(abs(ratio), 3)
        if abs(ratio) < SMALL:
            return "One step lands on the lowest loss: the error is 0."
        if abs(abs(ratio) - 1) < SMALL:
            return "Bounces for ever: the error changes its sign, not its size."
        if ratio < -1:
            return f"Diverges: each step leaves {size} times the error."
        if ratio < 0:
            return f"Overshoots, comes closer: {size} of the error is left."
        return f"Converges: each step leaves {size} of the error."
    if left > above * (1 + SMALL):
        return "Diverges: the next step raises the loss."
    return f"The next step takes the loss from {short(before.loss)} to {short(after.loss)}."
