"""Which numbers of a pass are hidden, because a page asks for them."""

from __future__ import annotations

from dataclasses import replace

from engine import Diverged
from lessons.labs.backprop.passes import Passes, Setup
from lessons.labs.backprop.scene import BackpropScene


class Questions:
    """Knows the numbers that a page's question is about: those of its scene and its updates."""

    def __init__(self, scene: BackpropScene) -> None:
        self._scene = scene
        self._passes = Passes(scene.setup, scene.rate)
        self.offset = 0
        """How many updates of the scene lie before the first pass of the lab: edits begin anew."""

    def are_about(self, setup: Setup) -> bool:
        """Whether `setup` has the scene's numbers, or those after some of its updates."""
        try:
            self._passes.reach(self.offset)
        except Diverged:
            return False
        weights = self._passes.weights(self.offset)
        return setup == replace(self._scene.setup, weights=weights)

    def hidden(self, names: tuple[str, ...], passes: Passes, number: int) -> frozenset[str]:
        """Which of `names` are hidden in pass `number`, without what follows from them."""
        return self._scene.hides(names, number + self.offset, passes.rates_before(number))
