"""What pointing at a picture of the digits lab does, or drawing on its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.labs.digits.lab import DigitsLab

LAST = 9


def touch(lab: DigitsLab, what: str, column: float, row: float) -> None:
    """Choose a picture (its number is `column`), a cell of the matrix, or draw on the sheet."""
    match what:
        case "picture" if lab.view == "images":
            lab.images.jump(int(column))
        case "picture" if lab.view in lab.pointed:
            lab.pointed[lab.view] = int(column)
        case "cell":
            lab.cell = (_digit(row), _digit(column))
        case "pen" | "eraser":
            lab.sheet.begin(column, row, erase=what == "eraser")
        case "move":
            lab.sheet.move(column, row)
        case "lift":
            lab.sheet.lift()


def _digit(place: float) -> int:
    return min(max(int(place), 0), LAST)
