"""Backpropagation, one slope at a time: forward, back, and the update that ends a pass.

A step is one number of a pass: the value of a node, the error, a slope, a gate. The last step of a
pass is the update, which moves every weight. Every number comes out of the engine's `trace`, every
update out of its `Trainer`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine import Diverged, Trace
from lessons.labs.backprop.code import listings
from lessons.labs.backprop.fields import edited, fields_of
from lessons.labs.backprop.nudge import NAME, NONE, nudge, places
from lessons.labs.backprop.passes import Passes
from lessons.labs.backprop.picture import Picture
from lessons.labs.backprop.plan import Operation, concealed, plan
from lessons.labs.backprop.questions import Questions
from lessons.labs.backprop.scene import BackpropScene
from lessons.labs.backprop.state import BackpropSnapshot, Phase
from lessons.labs.backprop.words import RULES, UPDATE, Words, rule
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.numbers import short

ROWS = 12
"""Updates that are listed when going by update."""
SMALL = 1e-9
"""An error this small is what rounding leaves."""


class BackpropLab(Lab):
    """Steps through backpropagation, with every weight, input and target open to editing."""

    kind = "backprop"
    title = "forward and back"
    pace = 2.0

    operations: tuple[Operation, ...] = ()
    """The steps of a pass, without its update."""

    def __init__(self, scene: BackpropScene) -> None:
        super().__init__()
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> BackpropScene:
        """The scene as a BackpropScene."""
        if not isinstance(self.scene, BackpropScene):
            kind = type(self.scene).__name__
            raise TypeError(f"a BackpropLab shows a BackpropScene, not a {kind}")
        return self.scene

    def _begin(self) -> None:
        self._questions = Questions(self.setup)
        self._start(Passes(self.setup.setup, self.setup.rate))
        self._nudged, self._by = self.setup.nudge, 0.001

    def _start(self, passes: Passes) -> None:
        self._passes = passes
        self.operations = plan(passes.trace(0))
        self._pass = self._stage = self._farthest = 0
        self._stopped = ""

    def _arrive(self) -> None:
        scene = self.setup
        self.go(scene.updates * self._stride)
        if scene.until:
            names = [operation.name for operation in self.operations]
            self.go(self.position + names.index(scene.until) + 1)

    def _keepsake(self) -> Callable[[], None]:
        passes, operations, questions = self._passes, self.operations, self._questions
        where = self._pass, self._stage, self._farthest
        offset, nudged = questions.offset, (self._nudged, self._by)

        def restore() -> None:
            self._passes, self.operations, self._questions = passes, operations, questions
            self._passes.reach(where[0])
            self._pass, self._stage, self._farthest = where
            self._questions.offset, (self._nudged, self._by) = offset, nudged
            self._stopped = ""

        return restore

    @property
    def _stride(self) -> int:
        return 1 if self.setup.by_update else len(self.operations) + 1

    @property
    def trace(self) -> Trace:
        """Every number of the present pass, from the engine."""
        return self._passes.trace(self._pass)

    @property
    def updates(self) -> int:
        """Updates taken so far."""
        return self._pass

    @property
    def rate(self) -> float:
        """The learning rate of the next update."""
        return self._passes.rate(self._pass)

    @property
    def done(self) -> tuple[Operation, ...]:
        """The steps of this pass that are computed."""
        return self.operations if self.setup.by_update else self.operations[: self._stage]

    @property
    def position(self) -> int:
        return self._pass * self._stride + self._stage

    @property
    def end(self) -> int:
        return self._farthest

    # -- what is hidden -----------------------------------------------------------------------

    @property
    def hiding(self) -> tuple[str, ...]:
        # With other numbers these are no longer the numbers of the question; undone, they are.
        return super().hiding if self._questions.are_about(self._passes.setup) else ()

    def _hidden(self, number: int) -> frozenset[str]:
        """Names of what pages hide in pass `number`, without what follows from it."""
        return self._questions.hidden(self.hiding, self._passes, number)

    @property
    def _gives_away(self) -> bool:
        """Whether the new weights would tell a number that is hidden in this pass."""
        names = (*(operation.name for operation in self.operations), *places(self.trace))
        return not self._hidden(self._pass).isdisjoint(names)

    # -- moving -------------------------------------------------------------------------------

    def can(self, action: Action) -> bool:
        if action == "rate":
            return True
        if action in ("step", "run") and self._at_update:
            still = action == "run" and self._still
            return not (self._stopped or self._gives_away or still)
        return super().can(action)

    @property
    def _at_update(self) -> bool:
        return len(self.done) == len(self.operations)

    @property
    def _still(self) -> bool:
        """Whether an update would move nothing that can be seen."""
        slopes = (item.slope or 0.0 for item in places(self.trace).values())
        return all(abs(slope) < SMALL for slope in slopes)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        if self._at_update:
            return UPDATE
        kind = self.operations[self._stage].kind
        return "slope" if kind in ("output slope", "weight") else kind

    @property
    def why_not_run(self) -> str:
        if self._stopped or not self._at_update:
            return self._stopped
        if self._gives_away:
            return "The new weights would give away what a question asks for. Answer it first."
        return "Every slope is 0: nothing moves any more. b goes back." if self._still else ""

    def step(self) -> None:
        if not self.can("step"):
            raise Refused(self.why_not_run)
        self.go(self.position + 1)

    def go(self, position: int) -> None:
        self._stopped = ""
        number, stage = divmod(max(position, 0), self._stride)
        try:
            self._passes.reach(number)
        except Diverged:
            self._pass, self._stage = self._passes.count - 1, self._stride - 1
            self._stopped = (
                f"Stopped at step {self._pass}: the next loss would be too large to be held. "
                "b goes back, [ lowers the rate."
            )
            raise Refused(self._stopped) from None
        self._pass, self._stage = number, stage
        self._farthest = max(self._farthest, self.position)
        self.said = self._rule()

    def _rule(self) -> str:
        """What the step that was just taken does, in words."""
        if self.done and not self.setup.by_update:
            return rule(self.done[-1], self._passes.setup.activation)
        return RULES[UPDATE] if self._pass else ""

    # -- editing ------------------------------------------------------------------------------

    def change_rate(self, direction: int) -> None:
        rate = self._field("rate").nudged(direction)
        if rate == self.rate:
            raise Refused(f"The learning rate stays at {short(rate, 6)}.")
        self._set_rate(rate)

    def _set_rate(self, rate: float) -> None:
        if rate == self.rate:
            return
        forgets = self.position < self.end
        self._passes.set_rate(self._pass, rate)
        self._stopped = ""
        self._farthest = self.position
        self.said = f"Learning rate {short(rate, 6)}, from here on."
        if forgets:
            self.said += " The steps that came after are forgotten."

    def fields(self) -> tuple[Field, ...]:
        now = self._passes.setup, self.trace, self.rate, self._nudged, self._by
        fields = tuple(fields_of(*now))
        # Where a page is about nudging, by how much comes first.
        return fields if self.setup.nudge == NONE else (fields[-1], *fields[:-1])

    def _apply(self, field: Field, text: str) -> None:
        if field.id == NAME:
            self._nudged = text
            self.said = "" if text == NONE else f"{text}, nudged by {short(self._by)}."
            return
        value = field.read(text)
        if field.id == "rate":
            self._set_rate(value)
        elif field.id == "by":
            self._by = value
        else:
            self._edit(field, value)

    def _edit(self, field: Field, value: float) -> None:
        """New numbers: the present weights, with one number changed, are the start now."""
        now = replace(self._passes.setup, weights=self._passes.weights(self._pass))
        setup, stage = edited(now, self.trace, field.id, value), self._stage
        self._questions.offset += self._pass
        self._start(Passes(setup, self.rate))
        self._stage = self._farthest = stage
        self.said = f"{field.label} is now {short(value)}: everything after it follows."

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> BackpropSnapshot:
        words, stepped = self._words(), not self.setup.by_update
        picture = Picture(self.trace, words, self.operations, self.done)
        known = {operation.name for operation in self.done}
        return BackpropSnapshot(
            updates=self._pass,
            phase=self._phase(),
            layers=picture.layers(stepped),
            edges=picture.edges(stepped),
            target=short(self._passes.setup.target),
            error=words.error() if "error" in known else "",
            loss=words.loss() if "loss" in known else "",
            rate=short(self.rate, 6),
            lines=self._lines(),
            nudge=self._nudge(known),
            slope_room=picture.slope_room,
            said=self.said or self._stopped,
        )

    def _phase(self) -> Phase:
        if not self.done:
            return "update" if self._pass else "forward"
        return "forward" if self.done[-1].kind in ("node", "error", "loss") else "backward"

    def _words(self, number: int | None = None) -> Words:
        at = self._pass if number is None else number
        unknown = concealed(self.operations, self._hidden(at))
        return Words(self._passes.trace(at), self._passes.rate(at), unknown)

    def _lines(self) -> tuple[str, ...]:
        if self.setup.by_update:
            first = max(self._pass - ROWS + 1, 0)
            return tuple(self._words(k).summary(k) for k in range(first, self._pass + 1))
        words = self._words()
        lines = tuple(words.line(operation) for operation in self.done)
        return (*self._last_update(), *lines)

    def _last_update(self) -> tuple[str, ...]:
        """The lines of the update that led to this pass."""
        if not self._pass:
            return ()
        return tuple(self._words(self._pass - 1).update_lines(self._hidden(self._pass)))

    def _nudge(self, known: set[str]) -> tuple[str, ...]:
        if self._nudged == NONE:
            return ()
        hidden = self._words().hidden | self._hidden(self._pass)
        return nudge(self._passes, self._pass, self._nudged, self._by).lines(hidden, known)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return (*(operation.name for operation in self.operations), UPDATE)

    def current(self) -> str:
        if self.done and not self.setup.by_update:
            return self.done[-1].name
        return UPDATE if self._pass or self.done else self.operations[0].name

    def explain(self, name: str) -> Explanation:
        if name != UPDATE:
            return self._words().explain(next(o for o in self.operations if o.name == name))
        just_taken = self._pass > 0 and not self._stage
        number = self._pass - 1 if just_taken else self._pass
        return self._words(number).explain_update(self._hidden(number + 1))

    def code(self) -> tuple[Code, ...]:
        number = self._pass
        weights = set(places(self.trace))
        while number and weights & self._hidden(number):
            number -= 1  # the code must not hold a weight that a question asks for
        return listings(self._passes.setup, self._passes.weights(number), self.rate)
