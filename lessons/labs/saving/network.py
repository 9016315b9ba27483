"""The network of the saving lab: trained once, and what it predicts after any of its epochs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from engine import Sequential, Trainer
from engine.data import DataError
from engine.training_state import TrainerState
from lessons.labs.saving.setup import RECIPE
from lessons.learning.problem import Problem

Array = np.ndarray

MOST_LEARNED = 64
"""Networks that are kept; each takes less than 50 kB."""


@dataclass(frozen=True, eq=False)
class _Learned:
    """A network after some epochs: all that training goes on with, and its predictions."""

    state: TrainerState
    scaled: Array
    raw: Array


_learned: dict[tuple[str, int, int], _Learned] = {}
"""By problem, seed and epochs: what was trained once is there at once."""


class Trained:
    """A network that learns the problem epoch by epoch, and stands after one of them."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.recipe = recipe = replace(RECIPE, seed=seed)
        self.model: Sequential = recipe.build(problem)
        self.model.scaler = problem.scaler
        self._trainer = Trainer(
            self.model,
            problem.scaled[0],
            problem.y_train,
            batch_size=recipe.batch_size,
            # As fit does it, so that the program under `c` ends with these very weights.
            seed=self.model.next_shuffle_seed(),
        )
        self._untrained = self._trainer.state()

    @property
    def epochs(self) -> int:
        """The epochs that it has learned."""
        return self._trainer.epoch

    def go(self, epochs: int) -> None:
        """To how it is after so many epochs; those that are new are trained."""
        start = max((at for at in range(epochs + 1) if self._key(at) in _learned), default=0)
        if not start <= self.epochs <= epochs:
            kept = _learned.get(self._key(start))
            self._trainer.restore(kept.state if kept else self._untrained)
        for _ in range((epochs - self.epochs) * self._trainer.steps_per_epoch):
            self._trainer.step()
        self._now()

    @contextmanager
    def with_scaler(self, kept: bool) -> Iterator[None]:
        """The model has its scaler only where it is `kept`: for saving it."""
        self.model.scaler = self.problem.scaler if kept else None
        try:
            yield
        finally:
            self.model.scaler = self.problem.scaler

    def _key(self, epochs: int) -> tuple[str, int, int]:
        return self.problem.name, self.seed, epochs

    def _now(self) -> _Learned:
        key = self._key(self.epochs)
        if key not in _learned:
            while len(_learned) >= MOST_LEARNED:
                del _learned[next(iter(_learned))]
            raw = self.problem.x_validation.astype(np.float32)
            _learned[key] = _Learned(
                self._trainer.state(),
                predict(self.model, self.problem.scaled[1]),
                predict(self.model, raw),
            )
        return _learned[key]

    @property
    def predictions(self) -> Array:
        """Of the held-out rows, scaled as the training rows were: (rows, classes)."""
        return self._now().scaled

    @property
    def of_raw_rows(self) -> Array:
        """Of the same rows as they stand in the table."""
        return self._now().raw

    def scores(self, row: int) -> tuple[float, float]:
        """What the two output nodes add up for a held-out row, before softmax."""
        _ = self.model.forward(self.problem.scaled[1][row : row + 1])
        first, second = self.model.layers[-1].pre_activation(1)[0]  # type: ignore[attr-defined]
        return float(first), float(second)


@dataclass(frozen=True, eq=False)
class Loaded:
    """A network from a file: the name of the file, and what it says of the held-out rows."""

    name: str
    predictions: Array


class DoesNotFit(ValueError):
    """A model from a file is made for other rows; the message says how."""


def predict(model: Sequential, rows: Array) -> Array:
    """Predictions, (rows, outputs), that nothing changes later."""
    return np.array(model.predict(rows, verbose=0))


def predict_held_out(model: Sequential, problem: Problem) -> Array:
    """What a model from a file says of the held-out rows, scaled by its own scaler if it has one.

    Raises DoesNotFit.
    """
    inputs, outputs = len(problem.features), problem.outputs
    if not model.built or model.input_shape != (inputs,) or model.output_shape != (outputs,):
        shape = f"{model.input_shape} to {model.output_shape}" if model.built else "unknown shape"
        raise DoesNotFit(
            f"That network is {shape}; the passengers need ({inputs},) to ({outputs},)."
        )
    rows = problem.x_validation
    if model.scaler is not None:
        try:
            rows = model.scaler.transform(rows)
        except DataError as error:
            raise DoesNotFit(f"Its scaler is for other rows. {error}") from error
    return predict(model, rows.astype(np.float32))
