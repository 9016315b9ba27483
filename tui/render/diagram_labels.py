"""Where the weight of every edge is written, so that nobody can mistake whose it is.

A label sits on its own line, which is broken around it. All labels of one gap between two layers
prefer one common column: there the lines of m x n nodes lie furthest apart at 1/(n + 1) of the way,
and reading down the column goes through the edges in order. Where no column keeps foreign lines
away from the labels, each label looks for the best place along its own line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """An edge between two ports, in cells: it starts in (x0, y0) and ends in (x1, y1)."""

    x0: int
    y0: int
    x1: int
    y1: int

    def at(self, x: float) -> float:
        """The row of the line at column `x`."""
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / max(1, self.x1 - self.x0)


class Place(NamedTuple):
    """The left end of a label's slot."""

    x: int
    y: int


class Placement(NamedTuple):
    """Places in the order of the labels, and how many foreign lines pass behind labels."""

    places: tuple[Place, ...]
    crossed: int


# Cells a gap needs beside the slot: line on both sides of it and the arrowhead.
SLOT_MARGIN = 3
_PREFERRED = 0.36
_COLUMNS = 12
_CROSSED = 100.0
_CROWDED = 5.0
_OFF_LINE = 3.0
_OFF_PREFERRED = 8.0


@lru_cache(maxsize=512)
def place_labels(
    lines: tuple[Line, ...], labelled: tuple[int, ...], width: int, height: int
) -> Placement | None:
    """Places for the slots (`width` x `height` cells) of `lines[i]` for i in `labelled`.

    None when they do not fit without overlapping. Pure, and cached: while a computation is stepped
    through, the geometry stays the same.
    """
    if not labelled:
        return Placement((), 0)
    columns = _columns(lines[labelled[0]], width)
    rows = max(max(line.y0, line.y1) for line in lines) + height
    if not columns or len(labelled) * height > rows * 2:
        return None
    found = [_score(lines, labelled, places, width, height) for places in
             _in_one_column(lines, labelled, columns, width, height)]  # fmt: skip
    best = min(found, default=None, key=lambda scored: scored[0])
    if best is None or best[1].crossed:
        places = _one_by_one(lines, labelled, columns, width, height)
        if places is not None:
            scored = _score(lines, labelled, places, width, height)
            if best is None or scored[1].crossed < best[1].crossed:
                best = scored
    return best[1] if best else None


def _columns(line: Line, width: int) -> list[int]:
    """Left ends that a slot may have, thinned to a dozen."""
    first, last = line.x0 + 1, line.x1 - 1 - width
    if last < first:
        return []
    step = max(1, (last - first) // _COLUMNS + 1)
    return list(range(first, last + 1, step))


def _in_one_column(
    lines: Sequence[Line], labelled: Sequence[int], columns: list[int], width: int, height: int
) -> Iterator[list[Place]]:
    """For every column, all slots in it, one below the other and each on its line."""
    for x in columns:
        centre = x + (width - 1) / 2
        order = sorted(labelled, key=lambda i: (lines[i].at(centre), lines[i].y0))
        rows = _spread([round(lines[i].at(centre)) for i in order], height)
        places = {i: Place(x, y) for i, y in zip(order, rows, strict=True)}
        if all(_touches(lines[i], places[i], width, height) for i in labelled):
            yield [places[i] for i in labelled]


def _spread(rows: list[int], height: int) -> list[int]:
    """Ascending rows moved apart to `height`, about the same distance up and down."""
    down, up = list(rows), list(rows)
    for k in range(1, len(rows)):
        down[k] = max(rows[k], down[k - 1] + height)
    for k in range(len(rows) - 2, -1, -1):
        up[k] = min(rows[k], up[k + 1] - height)
    # The mean of two sequences with steps of at least `height` has such steps too.
    return [(a + b) // 2 for a, b in zip(down, up, strict=True)]


def _touches(line: Line, place: Place, width: int, height: int) -> bool:
    """Whether the line runs through the slot and the slot is between the rows of its ends."""
    low, high = sorted((line.at(place.x - 1), line.at(place.x + width)))
    top, bottom = min(line.y0, line.y1), max(line.y0, line.y1)
    inside = top <= place.y and place.y + height - 1 <= bottom + height - 1
    return inside and low - 0.5 <= place.y + height - 1 and place.y <= high + 0.5


def _one_by_one(
    lines: Sequence[Line], labelled: Sequence[int], columns: list[int], width: int, height: int
) -> list[Place] | None:
    """The best free place for each label, the edges with the steepest lines first."""
    taken: dict[int, Place] = {}
    for i in sorted(labelled, key=lambda i: -abs(lines[i].y1 - lines[i].y0)):
        options = []
        for x in columns:
            place = Place(x, round(lines[i].at(x + (width - 1) / 2)))
            if any(_overlap(place, other, width, height) for other in taken.values()):
                continue
            cost = _CROSSED * _crossed(lines, i, place, width, height)
            cost += _OFF_PREFERRED * abs(_share(lines[i], place, width) - _PREFERRED)
            options.append((cost, place))
        if not options:
            return None
        taken[i] = min(options)[1]
    return [taken[i] for i in labelled]


def _overlap(a: Place, b: Place, width: int, height: int) -> bool:
    return abs(a.x - b.x) < width and abs(a.y - b.y) < height


def _share(line: Line, place: Place, width: int) -> float:
    """How far along its line a slot sits, from 0 at the source to 1 at the target."""
    return (place.x + (width - 1) / 2 - line.x0) / max(1, line.x1 - line.x0)


def _crossed(lines: Sequence[Line], own: int, place: Place, width: int, height: int) -> int:
    """How many other lines pass behind the text of a label."""
    x, y = place
    ends = (x + 1, x + (width - 1) / 2, x + width - 2)
    crossed = 0
    for i, line in enumerate(lines):
        if i == own:
            continue
        rows = [line.at(end) for end in ends]
        if min(rows) < y + height - 0.5 and max(rows) > y - 0.5:
            crossed += 1
    return crossed


def _score(
    lines: Sequence[Line], labelled: Sequence[int], places: list[Place], width: int, height: int
) -> tuple[float, Placement]:
    """How bad places are: foreign lines behind labels, crowding, distance from the own line."""
    crossed = sum(
        _crossed(lines, i, place, width, height) for i, place in zip(labelled, places, strict=True)
    )
    cost = _CROSSED * crossed
    rows = sorted(place.y for place in places)
    nearest = min((b - a for a, b in pairwise(rows)), default=9)
    cost += _CROWDED * max(0, height + 1 - nearest)
    for i, place in zip(labelled, places, strict=True):
        centre = place.x + (width - 1) / 2
        cost += _OFF_LINE * abs(lines[i].at(centre) - place.y)
        cost += _OFF_PREFERRED * abs(_share(lines[i], place, width) - _PREFERRED)
    return cost, Placement(tuple(places), crossed)
