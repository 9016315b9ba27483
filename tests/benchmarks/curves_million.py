"""Two curves of a hundred, ten thousand and a million points: what recording and painting cost.

    python tests/benchmarks/curves_million.py [--size 66x14]

The training curve falls and wobbles, with one spike far from the end. A painted plot is what a
frame of a running lab costs at most. It prints a table and asserts nothing, but says whether the
spike is seen: whether it is drawn in the upper half of the plot, where nothing else is.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import Series
from lessons.learning.curves import points
from tui.app import DLTutor
from tui.render.figure import Curve, Figure
from tui.render.picture import picture
from tui.theme import palette

COUNTS = (100, 10_000, 1_000_000)
SPIKE = 5.0
PAINTS = 30
BRAILLE = re.compile("[\u2801-\u28ff]")


def recorded(count: int) -> tuple[Series, Series]:
    """A training and a validation curve, point by point as a Timeline records them."""
    draw = np.random.default_rng(0)
    x = np.arange(1, count + 1)
    falls = 0.3 + 0.4 * np.exp(-4 * x / count)
    train = falls + draw.normal(0, 0.02, count)
    train[count // 3] = SPIKE
    pair = (Series(), Series())
    for series, values in zip(pair, (train, falls + 0.05), strict=True):
        for at, value in zip(x.tolist(), values.tolist(), strict=True):
            series.append(at, value)
    return pair


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="66x14", help="columns x rows of the plot")
    columns, rows = map(int, parser.parse_args().size.split("x"))
    colors = palette(DLTutor())
    print("   points   record, us each   paint, ms median   worst   memory, KB   spike")
    for count in COUNTS:
        begun = perf_counter()
        series = recorded(count)
        each = (perf_counter() - begun) / (2 * count)
        times = []
        for _ in range(PAINTS):
            begun = perf_counter()
            train, validation = (Curve(*points(one, 1), "train") for one in series)
            drawn = picture(Figure((train, validation)), (columns, rows), colors)
            times.append(perf_counter() - begun)
        lines = ["".join(part.text for part in line) for line in drawn.lines[1 : rows // 2]]
        seen = "seen" if any(map(BRAILLE.search, lines)) else "lost"
        memory = sum(one.nbytes for one in series) / 1024
        print(
            f"{count:9,}   {1e6 * each:15.2f}   {1e3 * median(times):16.1f}   "
            f"{1e3 * max(times):5.1f}   {memory:10.0f}   {seen}"
        )


if __name__ == "__main__":
    main()
