"""How the course writes numbers, and how it reads the ones a learner types."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

LIMIT = 1e6
"""The largest size of a number that a learner may put into a lab."""


class NotANumber(ValueError):
    """What was typed cannot be read; the message says what is accepted."""


def short(value: float, decimals: int = 4) -> str:
    """Write a number as a person would: ``5``, ``2.24``, ``-0.5``, ``1.2e-07``.

    At most `decimals` digits after the point, without trailing zeros; scientific where that
    would hide the number. Never ``-0``, ``inf`` or ``nan``: those read as words.
    """
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "too large"
    if value != 0 and (abs(value) < 0.5 * 10**-decimals or abs(value) >= 1e9):
        return f"{value:.{max(decimals - 1, 1)}g}"
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def exact(value: float) -> str:
    """The shortest text that reads back as exactly this number: ``2``, ``0.1``, ``1e-07``."""
    text = repr(float(value))
    return text.removesuffix(".0")


def written(value: float) -> str:
    """A limit as it can be typed: a whole number with all of its digits."""
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else short(value)


def operand(value: float, decimals: int = 4) -> str:
    """A number inside a formula: negative ones get parentheses, as in ``2 - 0.01 × (-24)``."""
    text = short(value, decimals)
    return f"({text})" if text.startswith("-") else text


def total(terms: list[str]) -> str:
    """Join written terms to a sum; a term that starts with a minus is put in parentheses."""
    first, *rest = terms
    return " + ".join([first, *(f"({t})" if t.startswith("-") else t for t in rest)])


def with_thousands(text: str) -> str:
    """A written whole number as the pages write it, 11201 as 11,201; any other stays as it is."""
    return f"{int(text):,}" if re.fullmatch(r"-?\d{4,}", text) else text


def plain(value: float) -> str:
    """A number as it is read: 17,820 and not 1.782e+04."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e12 else f"{value:.4g}"


def percent(share: float) -> str:
    """A part of 1 as a percentage: ``61.8 %``."""
    return f"{100 * share:.1f} %"


def listed(texts: Sequence[str]) -> str:
    """One after the other, as in a sentence: ``2, 1 and 0.1``."""
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last


_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?"
_ONE = re.compile(rf"({_NUMBER})(?:\s*/\s*({_NUMBER}))?")


def read(text: str) -> float:
    """Read one number: decimals or a fraction, with a comma or a point.

    Raises NotANumber with a sentence that says what is accepted.
    """
    cleaned = text.strip().replace("−", "-")
    found = _ONE.fullmatch(cleaned)
    if not found:
        came = f"“{cleaned}” is not a number" if cleaned else "Nothing typed yet"
        raise NotANumber(f"{came}: type one like 5, -2.5 or 1/9.")
    top, bottom = (float((part or "1").replace(",", ".")) for part in found.groups())
    if bottom == 0:
        raise NotANumber("A fraction cannot have 0 below the line.")
    value = top / bottom
    if not math.isfinite(value):
        raise NotANumber("That number is too large to be held.")
    return value


_THOUSANDS = re.compile(r"([+-]?[1-9]\d{0,2})((?:[,\s'’]\d{3})+)")


def without_thousands(text: str) -> str:
    """A whole number as it is read, without what people put between thousands: 11,201 is 11201.

    For where whole numbers are asked for; elsewhere a comma is a decimal comma. Any other text
    comes back as it is.
    """
    found = _THOUSANDS.fullmatch(text.strip())
    return found[1] + re.sub(r"\D", "", found[2]) if found else text


def read_limited(text: str, low: float = -LIMIT, high: float = LIMIT) -> float:
    """Read one number between `low` and `high`, both included; raises NotANumber."""
    try:
        value = read(text)
    except NotANumber:
        if text.strip().lower().lstrip("+-") in {"nan", "inf", "infinity"}:
            raise NotANumber(f"“{text.strip()}” is not a number a weight can have.") from None
        raise
    if not low <= value <= high:
        raise NotANumber(f"Out of range: from {written(low)} to {written(high)}, please.")
    return value


def read_several(text: str, count: int) -> tuple[float, ...]:
    """Read `count` numbers as `parts_of` separates them. Raises NotANumber."""
    return tuple(read(part) for part in parts_of(text, count))


def parts_of(text: str, count: int) -> tuple[str, ...]:
    """Separate `count` numbers, with or without brackets: ``[0.7 1.6]``, ``0.7; 1.6``, ``6 18``.

    A comma followed by a space, or the only one between two whole numbers, separates; elsewhere
    it is a decimal comma. Raises NotANumber.
    """
    cleaned = re.sub(r"[\[\](){}]", " ", text.replace("−", "-"))
    parts = [part for part in re.split(r"\s*;\s*|,\s+|\s+", cleaned.strip()) if part]
    if len(parts) != count:
        by_comma = [part for part in cleaned.replace(" ", "").split(",") if part]
        parts = by_comma if len(by_comma) == count else parts
    if len(parts) != count:
        raise NotANumber(f"{count} numbers are asked for, with a space between them.")
    return tuple(parts)
