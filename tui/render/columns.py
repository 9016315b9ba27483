"""Numbers in columns: aligned on the decimal point, of one width, still while training runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

NOT_A_NUMBER = "nan"
INFINITE = "inf"


@dataclass(frozen=True)
class NumberColumn:
    """A format for a column of numbers: `digits` before the point and `decimals` after it.

    `signed` writes the plus of a positive number too, as a change or a slope deserves.
    """

    digits: int = 2
    decimals: int = 4
    signed: bool = False

    @cached_property
    def width(self) -> int:
        """Cells of one number: a place for the sign, the digits, the point and the decimals."""
        return 1 + self.digits + (1 + self.decimals if self.decimals else 0)

    def format(self, value: float) -> str:
        """The number, exactly `width` cells wide; one that does not fit is written with e."""
        if math.isnan(value):
            return self._word(NOT_A_NUMBER, "?")
        if math.isinf(value):
            sign = "-" if value < 0 else "+" if self.signed else ""
            return self._word(sign + INFINITE, "<" if value < 0 else ">")
        text = f"{value:{self._spec}}"
        if len(text) > self.width:
            return self._scientific(value)
        if abs(value) <= self._rounds_to_zero and not any(digit in text for digit in "123456789"):
            # -0.0000 says no more than 0.0000, and its sign looks as if it meant something
            return text.replace("-", " ").replace("+", " ")
        return text

    @cached_property
    def _spec(self) -> str:
        return f"{'+' if self.signed else '-'}{self.width}.{self.decimals}f"

    @cached_property
    def _rounds_to_zero(self) -> float:
        return 0.5 * 10.0**-self.decimals

    def _scientific(self, value: float) -> str:
        for decimals in range(self.decimals, -1, -1):
            mantissa, exponent = f"{value:.{decimals}e}".split("e")
            text = f"{mantissa}e{int(exponent)}"
            if len(text) <= self.width:
                return text.rjust(self.width)
        return self._word(">" if value > 0 else "<", "")

    def _word(self, word: str, short: str) -> str:
        """A word, or a short one where it does not fit, at the right end of the cells."""
        return (word if len(word) <= self.width else short).rjust(self.width)

    @property
    def limit(self) -> float:
        """The magnitude from which a number no longer fits, being rounded up to one more digit."""
        return 10.0**self.digits - 0.5 * 10.0**-self.decimals


LEAST_DIGITS = 3
"""Digits that say how large a number is; below that a cell would mislead."""

MOST_DECIMALS = 6
"""A number that needs more of them is easier to read with an e."""

NOTHING = 1e-9
"""What rounding leaves of a 0."""


def fitted(value: float, room: int, decimals: int = 4) -> str:
    """A number in at most `room` cells, 7 at least: `1.0000`, `-160.000`, `0.000610`, `-1.47e9`.

    With fewer decimals where there is no room for all, with more where a small number would
    lose its digits, and in scientific notation only where it does not fit otherwise.
    """
    if not math.isfinite(value):
        return (str(value) if math.isnan(value) else "-inf" if value < 0 else INFINITE)[:room]
    if abs(value) < NOTHING:
        value = 0.0
    if value and abs(value) < 10.0 ** (1 - LEAST_DIGITS):
        decimals = least = max(decimals, LEAST_DIGITS - 1 - math.floor(math.log10(abs(value))))
    else:
        least = min(decimals, 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0)
    for kept in range(decimals, least - 1, -1) if decimals <= MOST_DECIMALS else ():
        text = f"{value:.{kept}f}"
        if len(text) <= room:
            return text
    for kept in range(LEAST_DIGITS, 0, -1):
        mantissa, exponent = f"{value:.{kept}e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
        if len(text) <= room:
            return text
    return text


NEARLY_ZERO = "~0"
"""Stands for a number that is not 0, but vanishes beside numbers in a large power of ten."""


@dataclass(frozen=True)
class Scale:
    """A column and the power of ten its numbers are in: cells show `value / 10**exponent`."""

    column: NumberColumn
    exponent: int = 0

    @property
    def factor(self) -> float:
        """What a value is multiplied with before `column` formats it."""
        return 10.0**-self.exponent

    def format(self, shown: float) -> str:
        """A number that is multiplied by `factor` already, as wide as the column."""
        if self.exponent > 0 and 0 < abs(shown) <= 0.5 * 10.0**-self.column.decimals:
            return NEARLY_ZERO.rjust(self.column.width)
        return self.column.format(shown)

    @property
    def note(self) -> str:
        """What the cells are in, `×1e-6`, or nothing when they are as they are; 7 cells at most."""
        return f"×1e{self.exponent}" if self.exponent else ""


def scale_for(
    largest: float,
    *,
    significant: int = 5,
    signed: bool = False,
    previous: Scale | None = None,
) -> Scale:
    """The scale for a table whose largest magnitude is `largest`; the `previous` one if it serves.

    Every scale of the same `significant` digits has the same width, so a table never moves
    sideways. Slopes of a millionth and weights of a million are shown in a power of ten that is
    a multiple of three, instead of as zeros or with an e in every cell. The previous scale stays
    until the largest number outgrows it or has shrunk to a twentieth of its first digit: numbers
    that hover around 1 must not make the point jump.
    """
    if not math.isfinite(largest) or largest <= 0:
        return previous or Scale(NumberColumn(1, significant - 1, signed))
    if previous is not None and previous.column.signed == signed:
        shown = largest * previous.factor
        column = previous.column
        if 0.05 * 10 ** (column.digits - 1) <= shown < column.limit:
            return previous
    exponent = 0
    if not 5e-4 <= largest < 10 ** (significant - 1) - 0.05:
        exponent = 3 * math.floor(math.log10(largest) / 3)
    shown = largest * 10.0**-exponent
    for digits in range(1, significant):
        column = NumberColumn(digits, significant - digits, signed)
        if shown < column.limit:
            return Scale(column, exponent)
    return Scale(NumberColumn(significant - 1, 1, signed), exponent)


def nice_step(span: float, most: int, *, whole: bool = False) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that cuts `span` into at most `most` parts.

    With `whole` it is a whole number, 1 at least.

    After Heckbert, "Nice numbers for graph labels", Graphics Gems (1990).
    """
    if not math.isfinite(span) or span <= 0:
        return 1.0
    raw = span / max(1, most)
    power = 10.0 ** math.floor(math.log10(raw))
    if whole:
        power = max(1.0, power)
    for factor in (1.0, 2.0, 2.5, 5.0):
        step = factor * power
        if step >= raw * (1 - 1e-9) and not (whole and step % 1):
            return step
    return 10.0 * power


def decimals_of(step: float) -> int:
    """How many decimals the multiples of a nice step need: 0 for 20, 1 for 0.5, 2 for 0.25."""
    for decimals in range(16):
        if abs(round(step, decimals) - step) <= abs(step) * 1e-6:
            return decimals
    return 16


def tick_label(value: float, step: float) -> str:
    """A short label of a tick: `0.3`, never `0.30000000000000004`; `20k`, `3M`, `2e-7`."""
    if abs(value) < step * 1e-6:
        return "0"
    size = abs(value)
    if size >= 1e9 or step >= 1e8 or step < 1e-4:
        return _short_scientific(value, step)
    for limit, letter in ((1e6, "M"), (1e4, "k")):
        if size >= limit:
            scale = limit if letter == "M" else 1e3
            return f"{value / scale:.{decimals_of(step / scale)}f}{letter}"
    return f"{value:.{decimals_of(step)}f}"


def _short_scientific(value: float, step: float) -> str:
    exponent = math.floor(math.log10(abs(value)) + 1e-9)
    decimals = min(3, decimals_of(step / 10.0**exponent))
    mantissa = f"{value / 10.0**exponent:.{decimals}f}"
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{exponent}"


def plain(value: float, significant: int = 6) -> str:
    """A number in a sentence: as many digits as it needs, at most `significant`; `0.3`, `-24`."""
    if not math.isfinite(value):
        return str(value)
    text = f"{value:.{significant}g}"
    if "e" not in text:
        return "0" if text == "-0" else text
    mantissa, exponent = text.split("e")
    return f"{mantissa}e{int(exponent)}"
