"""Training a network on a table: batch by batch, with every earlier batch a key away.

The engine's Trainer takes the steps, its Timeline restores any of them to the bit. The lab adds
what the learner decides: optimizer, learning rate, batch size, scaling, and what to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine import Dense, Diverged, Input, Optimizer, Scaler, Sequential, Timeline, Trainer
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused, Scene
from lessons.labs.training.code import listings
from lessons.labs.training.setup import (
    AXES,
    OPTIMIZERS,
    RATES,
    SHOWS,
    Problem,
    Settings,
    TrainingScene,
)
from lessons.labs.training.state import Curves, TrainingSnapshot, Weights, latest, names_of
from lessons.labs.training.words import explain
from lessons.numbers import exact, short


class TrainingLab(Lab):
    """Trains a regression network on a Problem, forwards and back."""

    kind = "training"
    title = "training"
    step_name = "batch"
    paces = (5.0, 20.0, 100.0, 300.0, 1000.0, None)
    pace = 100.0

    def __init__(self, problem: Problem, hidden: tuple[int, ...], seed: int, scene: Scene) -> None:
        super().__init__()
        self.problem = problem
        self.hidden = hidden
        self._first_seed = self._seed = seed
        self.axis = AXES[0]
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, revealed: bool = True) -> None:
        assert isinstance(scene, TrainingScene)
        self._seed = self._first_seed
        self.layer, self.shows, self.cursor = scene.layer, scene.shows, (0, 0)
        super().show(scene, revealed)

    def reset(self) -> None:
        scene = self.scene
        assert isinstance(scene, TrainingScene)
        rate = OPTIMIZERS[scene.optimizer][1] if scene.rate is None else scene.rate
        self.settings = Settings(scene.optimizer, rate, scene.batch_size, scene.scaling)
        self._before: Curves | None = None
        self._build()
        for _ in range(scene.steps):
            self.step()
        self.said = ""

    def _build(self) -> None:
        """The network of the present seed and settings, at step 0."""
        problem, settings = self.problem, self.settings
        self.model = Sequential([Input((len(problem.features),))], seed=self._seed)
        for units in self.hidden:
            self.model.add(Dense(units, activation="relu"))
        self.model.add(Dense(1))
        make, _ = OPTIMIZERS[settings.optimizer]
        self.model.compile(optimizer=make(settings.rate), loss="mean_squared_error")
        scaler = Scaler().fit(problem.x_train)
        scaled = scaler.transform if settings.scaling else lambda x: x
        self._trainer = Trainer(
            self.model,
            scaled(problem.x_train),
            problem.y_train,
            batch_size=settings.batch_size,
            validation_data=(scaled(problem.x_validation), problem.y_validation),
            # As fit does it, so that the program under `c` ends with these very weights.
            seed=self.model.next_shuffle_seed(),
        )
        self._timeline = Timeline(self._trainer)
        self._rates = [(0, settings.rate)]
        self._stopped = ""

    def _rebuild(self, settings: Settings, why: str) -> None:
        """Start again with other settings, and keep the curve so far to compare with."""
        kept = self._curves() if self._timeline.end >= self._trainer.steps_per_epoch else None
        self._before = kept or self._before
        self.settings = settings
        self._build()
        self.said = f"{why}: starts again from the same weights."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def position(self) -> int:
        return self._timeline.position

    @property
    def end(self) -> int:
        return self._timeline.end

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch."""
        return self._trainer.steps_per_epoch

    @property
    def epochs(self) -> int:
        """Epochs finished at this position."""
        return self._trainer.epoch

    @property
    def optimizer(self) -> Optimizer:
        """The optimizer, with its running means and its last change."""
        return self._trainer.optimizer

    @property
    def last_loss(self) -> float | None:
        """The loss of the last batch, before its update; None before the first."""
        return self._trainer.last_loss

    @property
    def last_rate(self) -> float:
        """The learning rate with which the last step was taken; before it, the one of the next."""
        return [rate for step, rate in self._rates if step < max(self.position, 1)][-1]

    @property
    def last_rows(self) -> int:
        """How many rows the last batch had; 0 before the first."""
        rows = self._trainer.batch_rows
        return 0 if rows is None else len(rows)

    @property
    def seed(self) -> int:
        """The seed of the present weights and shuffling."""
        return self._seed

    def can(self, action: Action) -> bool:
        if action in ("rate", "redraw"):
            return True
        if action in ("step", "run"):
            return not self._stopped
        return super().can(action)

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if self._stopped:
            raise Refused(self._stopped)
        self.said = ""
        try:
            self._timeline.forward()
        except Diverged as problem:
            self._stopped = (
                f"Stopped after batch {self.position}: {problem.reason}. "
                "b goes back, [ lowers the rate, 0 starts again."
            )
            raise Refused(self._stopped) from None

    def go(self, position: int) -> None:
        self._timeline.go(min(max(position, 0), self.end))
        self.settings = replace(self.settings, rate=self._trainer.learning_rate)
        self._stopped = ""
        self.said = ""

    def redraw(self) -> None:
        self._seed += 1
        self._rebuild(self.settings, f"New random weights (seed {self._seed})")
        self.said = f"New random weights, seed {self._seed}."

    # -- settings -----------------------------------------------------------------------------

    def change_rate(self, direction: int) -> None:
        now = self.settings.rate
        further = [rate for rate in RATES if (rate - now) * direction > 1e-9 * now]
        if not further:
            raise Refused(f"The learning rate stays at {short(now, 6)}.")
        self._set_rate(min(further) if direction > 0 else max(further))

    def _set_rate(self, rate: float) -> None:
        self._timeline.set_learning_rate(rate)
        earlier = [(step, old) for step, old in self._rates if step < self.position]
        self._rates = [*earlier, (self.position, rate)]
        self.settings = replace(self.settings, rate=rate)
        self._stopped = ""
        self.said = f"Learning rate {short(rate, 6)}, from batch {self.position} on."

    def fields(self) -> tuple[Field, ...]:
        rows = len(self.problem.x_train)
        sizes = [size for size in (1, 8, 16, 32, 64, 128) if size < rows]
        settings = self.settings
        return (
            Field("optimizer", "optimizer", settings.optimizer, tuple(OPTIMIZERS)),
            Field("rate", "learning rate", exact(settings.rate), low=0, high=10, ladder=RATES),
            Field(
                "batch",
                "batch size",
                str(settings.batch_size),
                (*(str(size) for size in sizes), str(rows)),
            ),
            Field("scaling", "scaling", "on" if settings.scaling else "off", ("on", "off")),
            Field("layer", "layer shown", str(self.layer + 1), self._layer_choices()),
            Field("shows", "table shows", self.shows, SHOWS),
            Field("axis", "loss axis", self.axis, AXES),
        )

    def _layer_choices(self) -> tuple[str, ...]:
        return tuple(str(layer + 1) for layer in range(len(self.hidden) + 1))

    def _apply(self, field: Field, text: str) -> None:
        settings = self.settings
        match field.id:
            case "rate":
                self._set_rate(field.read(text))
            case "optimizer":
                rate = OPTIMIZERS[text][1]
                self._rebuild(replace(settings, optimizer=text, rate=rate), f"Optimizer {text}")
            case "batch":
                self._rebuild(replace(settings, batch_size=int(text)), f"Batches of {text} rows")
            case "scaling":
                self._rebuild(replace(settings, scaling=text == "on"), f"Scaling {text}")
            case "layer":
                self.layer = int(text) - 1
                self.cursor = (0, 0)
            case "shows":
                self.shows = text
            case "axis":
                self.axis = text

    def _way_back(self, field: Field) -> Callable[[], None]:
        if field.id != "optimizer":
            return super()._way_back(field)
        settings = self.settings  # with the learning rate, which goes with the optimizer
        return lambda: self._rebuild(settings, f"Optimizer {field.text}")

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> TrainingSnapshot:
        trainer = self._trainer
        return TrainingSnapshot(
            position=self.position,
            end=self.end,
            epoch=trainer.epoch,
            batch=trainer.batch_in_epoch,
            steps_per_epoch=trainer.steps_per_epoch,
            rows=len(self.problem.x_train),
            held_out=len(self.problem.x_validation),
            parameters=self.model.count_params(),
            settings=self.settings,
            seed=self._seed,
            loss=self.last_loss,
            validation_loss=latest(self._timeline.val_loss, self.position),
            log_axis=self.axis == "logarithmic",
            curves=self._curves(),
            before=self._before,
            weights=self._weights(),
            stopped=bool(self._stopped),
            said=self.said or self._stopped,
        )

    def _curves(self) -> Curves:
        return Curves.of(self._timeline, self.settings.label)

    def _weights(self) -> Weights:
        layer = self.model.layers[self.layer]
        shape, place = layer.kernel.shape, layer.kernel_slice
        values = {
            "value": self.model.parameters,
            "slope": self.model.gradient,
            "change": self._trainer.optimizer.change,
        }[self.shows]
        rows, columns = names_of(self.problem.features, self.hidden, self.layer)
        return Weights(
            layer=self.layer,
            shows=self.shows,
            values=values[place].reshape(shape).copy(),
            rows=rows,
            columns=columns,
            hidden=self.shows in self.hiding,
        )

    # -- explaining ---------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """Put the cursor on a weight of the layer shown."""
        self.cursor = (row, column)

    def cursor_in_parameters(self) -> int:
        """Where the weight under the cursor stands in the flat vectors."""
        layer = self.model.layers[self.layer]
        row, column = self.cursor
        return int(layer.kernel_slice.start + row * layer.kernel.shape[1] + column)

    def explainable(self) -> tuple[str, ...]:
        return ("weight", "slope", "change", "loss", "epoch")

    def current(self) -> str:
        return {"value": "weight"}.get(self.shows, self.shows)

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
