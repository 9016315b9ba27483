"""The cursor on an activation: the numbers there, the curves around it, where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from lessons.labs.activation.functions import DIGITS, FLAT, WORDINGS, apply, filled, verdict
from lessons.labs.activation.scene import RIGHT
from lessons.labs.activation.state import Part, Reading, Slide
from lessons.labs.base import Explanation
from lessons.numbers import short

PARTS: tuple[Part, ...] = get_args(Part)

POINTS = 241
"""Places at which a curve is computed."""

ROOM = 0.08
"""Room above and below the curves, as a share of their height: a flat end is not the frame."""

SYMBOLS = {"value": "f(z)", "slope": "slope"}


@dataclass(frozen=True)
class Cursor:
    """A place z on an activation. `hiding` holds names such as ``slope sigmoid``."""

    activation: str
    z: float
    hiding: tuple[str, ...]
    parts: tuple[Part, ...] = PARTS
    """What is spoken of at all."""

    @property
    def hidden(self) -> frozenset[Part]:
        """What is not to be seen of this activation."""
        return frozenset(
            part
            for part in PARTS
            if part not in self.parts or f"{part} {self.activation}" in self.hiding
        )

    def slide(self) -> Slide:
        """All that is seen of it."""
        _, slope = self._numbers()
        far = RIGHT if abs(self.z) <= RIGHT else 1.25 * abs(self.z)
        places = np.linspace(-far, far, POINTS)
        curves = dict(zip(PARTS, apply(self.activation, places), strict=True))
        seen_of = [curves[part] for part in PARTS if part not in self.hidden] or [np.zeros(1)]
        low, high = float(np.min(seen_of)), float(np.max(seen_of))
        room = ROOM * (high - low)
        seen = "slope" not in self.hidden
        return Slide(
            z=self.z,
            readings=(Reading("z", self.z, "", ""), *(self.reading(part) for part in self.parts)),
            verdict=verdict(self.activation, self.z, slope) if seen else "",
            flat=seen and abs(slope) < FLAT,
            curve=(places, curves["value"], curves["slope"]),
            low=low - room,
            high=high + room,
            hidden=self.hidden,
        )

    def _numbers(self) -> tuple[float, float]:
        (value,), (slope,) = apply(self.activation, np.array([self.z]))
        return float(value), float(slope)

    def reading(self, part: Part) -> Reading:
        """One of its numbers with the formula."""
        value, slope = self._numbers()
        words, hidden = WORDINGS[self.activation], "value" in self.hidden
        number = None if part in self.hidden else value if part == "value" else slope
        formula = words.value if part == "value" else words.slope
        put_in = words.value_filled if part == "value" else words.slope_filled
        return Reading(part, number, formula, filled(put_in, self.z, value, hidden=hidden))

    def explain(self, name: str) -> Explanation:
        """Where the value or the slope comes from."""
        part: Part = "slope" if name == "slope" else "value"
        reading, symbol = self.reading(part), SYMBOLS[part]
        result = "?" if reading.number is None else short(reading.number, DIGITS)
        meaning = WORDINGS[self.activation].meaning
        if part == "slope":
            meaning = "How much the value changes when z grows a little: how steep the curve is."
        if reading.number is None:
            meaning += " The result stays hidden until you have answered the question."
        # Some slopes have nothing to put z into: they only ask on which side of 0 it is.
        how = f"{symbol} = {reading.filled} = {result}"
        if not reading.filled:
            how = f"{symbol} = {result}, because z is {short(self.z, DIGITS)}"
        return Explanation(
            f"{part} of {self.activation}", meaning, f"{symbol} = {reading.formula}", how
        )
