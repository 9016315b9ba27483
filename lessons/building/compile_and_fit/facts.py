"""What the engine says of losses, of compiling, and of first steps."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine import SGD, Activation, Adam, Dense, Input, Optimizer, Sequential
from lessons.datasets import wages
from lessons.labs.training.compiling import changed_by_compiling
from lessons.labs.training.lab import TrainingLab
from lessons.labs.training.setup import TrainingScene
from lessons.learning import problems
from lessons.learning.recipe import Recipe

HIDDEN = (100, 100)
SEED = 1
SMALL, LARGE = 1.0, 1000.0
ERRORS = (1.0, -1.0, 10.0)
START, INPUT, TARGET, RATE = 2.0, 3.0, 10.0, 0.01
"""One weight, one row: the loss is (3w - 10)²."""


def lab(scene: TrainingScene) -> TrainingLab:
    """The lab of the lesson, in a scene."""
    return TrainingLab(problems.wages(), HIDDEN, SEED, scene)


def changed() -> float:
    """How many weights compiling changes."""
    return float(changed_by_compiling(problems.wages(), Recipe(hidden=HIDDEN, seed=SEED)))


def loss_of_errors(loss: str, errors: tuple[float, ...] = ERRORS) -> float:
    """What a loss makes of these errors."""
    model = Sequential([Input((1,)), Activation("linear")], dtype="float64")
    model.compile(loss=loss)
    return float(model.evaluate(np.asarray(errors)[:, None], np.zeros((len(errors), 1))))


@cache
def guess_the_mean() -> float:
    """Mean squared error of a model that answers the mean wage to everything."""
    wage = wages.load().column(wages.TARGET)
    return loss_of_errors("mean_squared_error", tuple(wage - wage.mean()))


def first_change() -> float:
    """How far Adam's first step moves a weight that has a slope, at its usual rate."""
    at = lab(TrainingScene(shows="change"))
    at.step()
    slopes = np.abs(at.model.gradient)
    change = np.abs(at.optimizer.change)
    return float(np.median(change[slopes > slopes.max() / 1000]))


def _one_weight(optimizer: Optimizer) -> Sequential:
    """The weight at its start, with the slope of its row known."""
    model = Sequential([Input((1,)), Dense(1, use_bias=False)], dtype="float64")
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    model.set_weights([np.array([[START]])])
    _ = model.compute_gradient(np.array([[INPUT]]), np.array([[TARGET]]))
    return model


def slope() -> float:
    """The slope of that weight."""
    return float(_one_weight(SGD()).gradient[0])


def moved_by(optimizer: Optimizer) -> float:
    """How far the first step of an optimizer moves that weight."""
    model = _one_weight(optimizer)
    model.train_on_batch(np.array([[INPUT]]), np.array([[TARGET]]))
    return abs(float(model.parameters[0]) - START)


def moved_by_adam() -> float:
    """The same for Adam."""
    return moved_by(Adam(RATE))


def moved_by_sgd() -> float:
    """The same for plain gradient descent."""
    return moved_by(SGD(RATE))


def slope_ratio() -> float:
    """Slopes of two weights on one row whose inputs are SMALL and LARGE."""
    model = Sequential([Dense(1, use_bias=False, input_shape=(2,))], dtype="float64")
    model.compile(optimizer=Adam(), loss="mean_squared_error")
    model.set_weights([np.zeros((2, 1))])
    _ = model.compute_gradient(np.array([[SMALL, LARGE]]), np.array([[1.0]]))
    small, large = model.gradient
    return float(large / small)


def linear_loss() -> float:
    """Mean squared error of the best straight model on the training rows, by least squares."""
    train = problems.wages()
    columns = np.column_stack([np.ones(len(train.x_train)), train.x_train])
    best, *_ = np.linalg.lstsq(columns, train.y_train, rcond=None)
    return float(((columns @ best - train.y_train) ** 2).mean())
