"""Where the texts of marks go: beside their points, off the curves, off each other."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from tui.render.axes import column_of

Cell = tuple[int, int]
"""A cell of the canvas as (column, row), rows counted from the bottom."""

_COVERED = 3  # how much worse it is to cover a cell of a curve than to leave the row of the point


@dataclass(frozen=True)
class Label:
    """A point in the unit square with a text beside it."""

    x: float
    y: float
    text: str
    role: int


@dataclass(frozen=True)
class Placed:
    """A label with the cell of its point, and the first cell of its text if that has a place."""

    label: Label
    point: Cell
    text_at: Cell | None


def place(labels: list[Label], busy: set[Cell], size: tuple[int, int]) -> list[Placed]:
    """Places for all labels inside the unit square, in their order.

    `busy` are the cells of the curves, which a text may cover only when there is no better place.
    The last labels choose first; of points in one cell only the last has a text.
    """
    placed: list[Placed] = []
    taken: set[Cell] = set()
    for label in reversed(labels):
        if not (0 <= label.x <= 1 and 0 <= label.y <= 1):
            continue
        point = column_of(label.x, size[0]), column_of(label.y, size[1])
        text_at = None
        if label.text and point not in taken:
            text_at = _best_place(point, cell_len(label.text), busy, taken, size)
        taken.add(point)
        if text_at is not None:
            taken.update(_cells(text_at, cell_len(label.text)))
        placed.append(Placed(label, point, text_at))
    return placed[::-1]


def _cells(first: Cell, length: int) -> set[Cell]:
    return {(column, first[1]) for column in range(first[0], first[0] + length)}


def _best_place(
    point: Cell, length: int, busy: set[Cell], taken: set[Cell], size: tuple[int, int]
) -> Cell | None:
    """The place that covers least: right or left of the point, then a row above, then below."""
    best: tuple[int, Cell] | None = None
    for rank, rows in enumerate((0, 1, -1)):
        for column in (point[0] + 2, point[0] - 1 - length):
            row = point[1] + rows
            cells = _cells((column, row), length)
            if column < 0 or column + length > size[0] or not 0 <= row < size[1]:
                continue
            if cells & taken:
                continue
            cost = rank + _COVERED * len(cells & busy)
            if best is None or cost < best[0]:
                best = cost, (column, row)
    return best[1] if best else None
