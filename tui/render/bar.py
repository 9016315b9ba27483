"""A share as a bar of blocks, to an eighth of a cell."""

from __future__ import annotations

import math

EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
FULL, LIGHT = "█", "░"


def bar(share: float, width: int) -> str:
    """The part `share`, from 0 to 1, of `width` cells; blank behind it."""
    eighths = round(min(max(_number(share), 0.0), 1.0) * width * 8)
    whole, rest = divmod(eighths, 8)
    return (FULL * whole + EIGHTHS[rest]).ljust(width)


def divided(share: float, width: int) -> tuple[str, str]:
    """`width` cells between two sides: `share` of them for the first, the rest for the second."""
    cells = round(min(max(_number(share), 0.0), 1.0) * width)
    return FULL * cells, LIGHT * (width - cells)


def _number(share: float) -> float:
    return 0.0 if math.isnan(share) else share
