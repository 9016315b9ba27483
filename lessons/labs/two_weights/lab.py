"""Two weights of a network: what they predict, how wrong that is, and the way down.

In a scene by line, a step computes the next number of the table and an edit turns a weight. In
every other scene a step is an update of gradient descent; turning a weight by hand leads to a new
place as well, and all places can be gone back to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine import Diverged
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.labs.two_weights import seen
from lessons.labs.two_weights.code import loss_listings, update_listings
from lessons.labs.two_weights.outlook import NEXT, of_the_next
from lessons.labs.two_weights.path import Path
from lessons.labs.two_weights.scene import TwoWeightsScene, Veil, shown_of_place, title_of
from lessons.labs.two_weights.state import TwoWeightsSnapshot
from lessons.labs.two_weights.surface import Standing, Surface, Weights
from lessons.numbers import exact, short

RATES = (0.0001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.2, 0.5, 1.0)
HIGHEST = 10.0
LOST = (
    "Stopped at step {}: the next loss would be too large to be held. b goes back, [ lowers the "
    "rate."
)


class TwoWeightsLab(Lab):
    """Turns two weights by hand or by gradient descent, with the errors they make."""

    kind = "two_weights"
    title = "two weights"

    def __init__(self, scene: TwoWeightsScene) -> None:
        super().__init__()
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> TwoWeightsScene:
        """The scene as a TwoWeightsScene."""
        assert isinstance(self.scene, TwoWeightsScene)
        return self.scene

    def _begin(self) -> None:
        scene = self.setup
        self._surface, self._path = Surface(scene.data), Path(scene.weights)
        self._rate = scene.rate
        self._line = self._farthest = 0
        self._stopped = ""

    def _arrive(self) -> None:
        scene = self.setup
        self.pace = scene.pace
        if scene.by_line:
            self.go(scene.lines if scene.lines >= 0 else len(scene.plan))
            return
        for _ in range(scene.updates):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        surface, rate, kept = self._surface, self._rate, self._path.keep()
        places = (self._line, self._farthest, self._stopped)

        def restore() -> None:
            self._surface, self._rate, self._path = surface, rate, kept.restore()
            self._line, self._farthest, self._stopped = places

        return restore

    @property
    def position(self) -> int:
        return self._line if self.setup.by_line else self._path.position

    @property
    def end(self) -> int:
        return self._farthest if self.setup.by_line else self._path.end

    @property
    def weights(self) -> Weights:
        """The two weights as they are now."""
        return self._path.weights

    @property
    def standing(self) -> Standing:
        """What the engine says of the network at these weights."""
        return self._surface.at(self.weights)

    @property
    def _descends(self) -> bool:
        return self.setup.rate > 0 and not self.setup.by_line

    @property
    def _veil(self) -> Veil:
        return Veil(self.setup, self.hiding, self._surface)

    # -- moving -------------------------------------------------------------------------------

    def can(self, action: Action) -> bool:
        if action == "rate":
            return self._descends
        if action in ("step", "run"):
            return not self._why_no_step
        return super().can(action)

    @property
    def _why_no_step(self) -> str:
        if self.setup.by_line:
            done = self._line >= len(self.setup.plan)
            return "All is computed. e turns a weight, 0 starts again." if done else ""
        if not self._descends:
            return "Here the weights are turned by hand: press e."
        return self._stopped

    @property
    def why_not_run(self) -> str:
        return self._why_no_step

    @property
    def step_name(self) -> str:  # type: ignore[override]
        if not self.setup.by_line:
            return "update" if self._descends else "step"
        plan = self.setup.plan
        return plan[min(self._line, len(plan) - 1)][1]

    def step(self) -> None:
        if self._why_no_step:
            raise Refused(self._why_no_step)
        self.said = ""
        if self.setup.by_line:
            self._line += 1
            self._farthest = max(self._farthest, self._line)
        elif self._path.position < self._path.end:
            self._path.position += 1
        else:
            self._update()

    def _update(self) -> None:
        try:
            after = self._surface.descend(self.weights, self._rate)
        except Diverged:
            self._stopped = LOST.format(self.position)
            raise Refused(self._stopped) from None
        self._path.add(after.weights, "update")

    def go(self, position: int) -> None:
        self.said = self._stopped = ""
        if self.setup.by_line:
            self._line = min(max(position, 0), len(self.setup.plan))
            self._farthest = max(self._farthest, self._line)
        else:
            self._path.position = min(max(position, 0), self._path.end)

    # -- the learning rate, the weights, the targets ------------------------------------------

    def change_rate(self, direction: int) -> None:
        if not self._descends:
            raise Refused("Nothing descends here: there is no learning rate.")
        field = self._field("rate")
        rate = field.nudged(direction)
        if rate == self._rate:
            raise Refused(f"The learning rate stays at {short(rate, 6)}.")
        self._set_rate(rate)

    def _set_rate(self, rate: float) -> None:
        if rate == self._rate:
            return
        forgets = self.position < self.end
        self._path.forget_later()
        self._rate, self._stopped = rate, ""
        self.said = f"Learning rate {short(rate, 6)}, from here on."
        if forgets:
            self.said += " The steps that came after are forgotten."

    def fields(self) -> tuple[Field, ...]:
        scene = self.setup
        on_map = scene.shows == "map"
        found = [
            Field(
                f"weight {index}",
                f"weight {index}",
                exact(weight),
                nudge=scene.nudge,
                shown=short(weight, 6),
                axis="xy"[index] if on_map else "",
            )
            for index, weight in enumerate(self.weights)
        ]
        if self._descends:
            rate = exact(self._rate)
            found.append(Field("rate", "learning rate", rate, low=0, high=HIGHEST, ladder=RATES))
        if scene.shows == "table":
            targets = self._surface.data.targets
            names = (
                ["target"] if len(targets) == 1 else [f"target {i}" for i in range(len(targets))]
            )
            found += [
                Field(f"target {row}", name, exact(target), low=-1000, high=1000)
                for row, (name, target) in enumerate(zip(names, targets, strict=True))
            ]
        return tuple(found)

    def _apply(self, field: Field, text: str) -> None:
        value = field.read(text)
        if field.id == "rate":
            self._set_rate(value)
            return
        kind, index = field.id.split(" ")
        if kind == "target":
            self._set_target(int(index), value)
        else:
            self._turn(int(index), value)

    def _set_target(self, row: int, value: float) -> None:
        data = self._surface.data
        targets = tuple(value if at == row else old for at, old in enumerate(data.targets))
        self._surface = Surface(replace(data, targets=targets))
        self._path = Path(self.weights)
        self.said = f"The target is {short(value)} now."

    def _turn(self, index: int, value: float) -> None:
        one, other = self.weights
        weights = (value, other) if index == 0 else (one, value)
        if weights == self.weights:
            return
        forgets = self.position < self.end
        self._stopped = ""
        if self.setup.by_line:
            self._path = Path(weights)
        else:
            self._path.add(weights, "hand")
        self.said = f"weight {index} is now {short(value)}."
        if forgets and not self.setup.by_line:
            self.said += " What came after is forgotten."

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> TwoWeightsSnapshot:
        return seen.snapshot(self)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        scene = self.setup
        if scene.by_line:
            return tuple(title_of(row, name, scene) for row, name in scene.plan)
        found = shown_of_place(scene)
        if self._descends:
            found += [f"{name} {i}" for name in ("slope of weight", "new weight") for i in (0, 1)]
            # Beside the update the place that it led to: the row with the mark.
            found += [f"{name} now" for name in shown_of_place(scene)] if self._just_updated else []
            found += [NEXT] if self._next is not None else []
        return tuple(found)

    @property
    def _next(self) -> Standing | None:
        """Where the next update leads to; None where a question asks for it, or nothing moves."""
        if self._veil.anything:
            return None
        try:
            return self._surface.descend(self.weights, self._rate)
        except Diverged:
            return None

    def current(self) -> str:
        names = self.explainable()
        if self.setup.by_line:
            return names[max(self._line - 1, 0)]
        return "new weight 0" if self._just_updated else names[0]

    @property
    def _just_updated(self) -> bool:
        path = self._path
        return path.position > 0 and path.how(path.position) == "update"

    def explain(self, name: str) -> Explanation:
        if name == NEXT and self._next is not None:
            here = seen.words(self, self.position)
            return of_the_next(here, self._next, f"the step after step {self.position}")
        now, name = name.endswith(" now"), name.removesuffix(" now")
        step = self.position if now else self._explained_step
        words = seen.words(self, step)
        title = name if self.setup.by_line or not self._descends else f"{name} at step {step}"
        if name.startswith(("slope of", "new weight")):
            kind = "slopes" if name.startswith("slope") else "new weights"
            return words.explain_weight(kind, int(name[-1]), title)
        kind, _, row = name.partition(" of row ")
        below = kind in ("mean error", "loss")
        return words.explain(kind, -1 if below else int(row or 0), title)

    @property
    def _explained_step(self) -> int:
        """The place whose numbers are written out: the one that the last update began at."""
        return self._path.position - 1 if self._just_updated else self._path.position

    def code(self) -> tuple[Code, ...]:
        data, veil, step = self._surface.data, self._veil, self._path.position
        if not self._descends:
            return loss_listings(data, self.weights)
        # The code of an update must not start at weights that a question asks for.
        while step > 0 and "weights" in veil.of_place(self._path, step):
            step = self._path.chain_start(step) if self._just_updated else step - 1
        values = self._surface.values.tolist()
        return update_listings(values, data.targets, self._path.at(step), self._rate)
