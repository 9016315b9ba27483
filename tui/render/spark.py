"""A curve in one line: a block for each part of it, as high as its value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCKS = "▁▂▃▄▅▆▇█"


def spark(values: NDArray[np.floating], width: int) -> str:
    """The values from 0 to the largest as at most `width` blocks, oldest first."""
    parts = np.array_split(values, min(width, len(values)))
    heights = np.array([part.mean() for part in parts])
    top = float(heights.max()) or 1.0
    levels = np.clip(np.rint(heights / top * (len(BLOCKS) - 1)), 0, len(BLOCKS) - 1).astype(int)
    return "".join(BLOCKS[level] for level in levels)
