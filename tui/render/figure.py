"""What a plot shows: curves, marks and axes as frozen data, without any drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from tui.render.thin import Floats, finite

Numbers = Sequence[float] | NDArray[np.floating] | NDArray[np.integer]
LineStyle = Literal["line", "dots", "dashes", "scatter", "points"]

STYLE_OF_ROLE: dict[str, LineStyle] = {
    "train": "line",
    "validation": "dots",
    "batch": "scatter",
    "curve": "line",
    "path": "points",
    "ghost": "dashes",
    "mark": "points",
    "weight": "line",
    "slope": "dashes",
}
"""How each role is drawn when a curve does not say: roles differ without their colours too."""

_LARGEST = 1e300  # so that a span cannot overflow
_FLAT = 1e-5  # spans smaller than this share of the values are drawn as a constant


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve: x and y of the same length, a role that gives it colour and style, a label.

    Points that are not finite are left out.
    """

    x: Numbers
    y: Numbers
    role: str = "curve"
    label: str = ""
    style: LineStyle | None = None

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise ValueError(
                f"a curve has one y for each x, but {self.label or self.role!r} has "
                f"{len(self.x)} x and {len(self.y)} y"
            )
        if self.role not in STYLE_OF_ROLE:
            raise ValueError(
                f"no role {self.role!r} for a curve; there are {', '.join(STYLE_OF_ROLE)}"
            )

        if self.style is not None and self.style not in get_args(LineStyle):
            raise ValueError(
                f"no style {self.style!r} for a curve; there are {', '.join(get_args(LineStyle))}"
            )

    @property
    def drawn_as(self) -> LineStyle:
        """The style asked for, or the one of the role."""
        return self.style or STYLE_OF_ROLE[self.role]

    def points(self, log_y: bool = False) -> tuple[Floats, Floats]:
        """Its finite points, shapes (n,); the y as powers of ten when the axis is logarithmic."""
        x = np.asarray(self.x, dtype=np.float64)
        y = np.asarray(self.y, dtype=np.float64)
        x, y = finite(x, y)
        if log_y:
            positive = y > 0
            x, y = x[positive], np.log10(y[positive])
        return np.clip(x, -_LARGEST, _LARGEST), np.clip(y, -_LARGEST, _LARGEST)


@dataclass(frozen=True)
class Mark:
    """A point with a short text beside it, in the colour of a role."""

    x: float
    y: float
    text: str = ""
    role: str = "mark"


@dataclass(frozen=True, eq=False)
class Figure:
    """Everything a plot shows in one frame.

    Without a range, an axis takes in all the data and ends at round numbers. `cursor` draws a
    vertical line at one x. `log_y` leaves out what is not positive. `empty` stands in the middle
    as long as there is nothing to draw.
    """

    curves: tuple[Curve, ...] = ()
    x_label: str = ""
    y_label: str = ""
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    cursor: float | None = None
    marks: tuple[Mark, ...] = ()
    log_y: bool = False
    empty: str = "nothing to draw yet"

    def goes_on_from(self, other: Figure) -> bool:
        """Whether at most points have come to the curves of the other one."""
        alike = replace(self, x_range=other.x_range)
        return _rest(alike) == _rest(other) and all(
            _named(one) == _named(two) and len(one.x) >= len(two.x)
            for one, two in zip(self.curves, other.curves, strict=True)
        )

    def looks_like(self, other: Figure) -> bool:
        """Whether the other one would be drawn the same, point by point."""
        return _rest(self) == _rest(other) and all(
            _named(one) == _named(two)
            and np.array_equal(one.x, two.x, equal_nan=True)
            and np.array_equal(one.y, two.y, equal_nan=True)
            for one, two in zip(self.curves, other.curves, strict=True)
        )


def _named(curve: Curve) -> tuple[object, ...]:
    """All of a curve but its points."""
    return curve.label, curve.role, curve.style


def _rest(figure: Figure) -> tuple[object, ...]:
    """All of a figure but its points."""
    return (
        len(figure.curves),
        *(getattr(figure, one.name) for one in fields(figure) if one.name != "curves"),
    )


def extent(values: Sequence[Floats], asked: tuple[float, float] | None) -> tuple[float, float]:
    """The range of an axis: the one asked for if it is one, else that of all the values.

    A single value, or values that hardly differ, get room above and below.
    """
    if asked is not None and np.isfinite(asked).all() and asked[0] != asked[1]:
        return min(asked), max(asked)
    filled = [array for array in values if array.size]
    if not filled:
        return 0.0, 1.0
    low = min(float(array.min()) for array in filled)
    high = max(float(array.max()) for array in filled)
    size = max(abs(low), abs(high))
    if high - low <= _FLAT * size or high == low:
        room = size / 2 or 1.0  # half of the smallest number there is, is 0
        return low - room, high + room
    return low, high
