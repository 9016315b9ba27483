"""Where a page wants the backpropagation lab to be."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.backprop.nudge import NONE
from lessons.labs.backprop.passes import Matrix, Setup
from lessons.labs.base import Scene


@dataclass(frozen=True)
class BackpropScene(Scene):
    """A network, one row of data, and how far its pass has come.

    Names in `conceal` read ``∂ node 1``; with @2 they hide from pass 2 on, and with ``deep:``
    before them only where the scene's `network` is called deep.
    """

    inputs: tuple[float, ...] = ()
    weights: tuple[Matrix, ...] = ()
    target: float = 0.0
    activation: str = "relu"
    rate: float = 0.01
    network: str = ""
    updates: int = 0
    """Updates that are already taken when the page opens."""
    until: str = ""
    """Name of the number up to which all of that pass is computed; empty: nothing is yet."""
    by_update: bool = False
    """True: space takes a whole pass with its update. False: one number."""
    nudge: str = NONE
    """Name of the weight that is nudged when the page opens."""

    @property
    def setup(self) -> Setup:
        """The network and its row."""
        return Setup(self.inputs, self.weights, self.target, self.activation)

    def hides(self, names: tuple[str, ...], number: int, rates: frozenset[float]) -> frozenset[str]:
        """Which of `names` are hidden in pass `number`, when these rates led there."""
        found = set()
        for name in names:
            network, colon, rest = name.rpartition(":")
            rest, _, first = rest.partition("@")
            elsewhere = bool(colon) and network != self.network
            # Another rate leads to other numbers than those of a question about a later pass.
            others = bool(first) and not rates <= {self.rate}
            if not elsewhere and not others and number >= int(first or 0):
                found.add(rest)
        return frozenset(found)
