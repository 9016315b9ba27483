"""fit: what it holds out and weighs, how it ends, and what it says to bad arguments."""

from __future__ import annotations

import re
import threading
from typing import Any

import numpy as np
import pytest

from engine import (
    SGD,
    Callback,
    Dense,
    Diverged,
    Input,
    LambdaCallback,
    Sequential,
    TerminateOnNaN,
    Trainer,
)
from engine.fit_data import class_weights, hold_out_last

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(20, 3)), RNG.normal(size=20)


def small(rate: float = 0.01, metrics=("mae",)) -> Sequential:
    model = Sequential([Input((3,)), Dense(1)], seed=1)
    model.compile(SGD(rate), "mse", metrics=list(metrics))
    return model


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


# -- what is held out ----------------------------------------------------------------------------


def test_the_held_out_rows_are_views_of_the_data() -> None:
    weights = RNG.uniform(size=20)
    x, y, kept, (val_x, val_y, val_weights) = hold_out_last(X, Y, weights, 0.3)
    for part, whole in ((x, X), (val_x, X), (y, Y), (val_y, Y), (kept, weights)):
        assert part is not None
        assert np.shares_memory(part, whole)
    assert np.array_equal(np.concatenate([x, val_x]), X)
    assert np.array_equal(val_weights, weights[14:])
    assert (len(x), len(val_x)) == (14, 6)


def test_given_validation_data_go_before_a_split() -> None:
    model = small()
    history = model.fit(X, Y, validation_split=0.5, validation_data=(X[:4], Y[:4]), verbose=0)
    assert history.history["val_loss"] == [model.evaluate(X[:4], Y[:4])[0]]


def test_the_size_of_validation_batches_only_changes_their_hooks() -> None:
    histories, batches = [], []
    for size in (3, 20):
        seen: list[int] = []
        watch = LambdaCallback(on_test_batch_end=lambda batch, logs, seen=seen: seen.append(batch))
        given: dict[str, Any] = {
            "validation_data": (X, Y),
            "validation_batch_size": size,
            "callbacks": watch,
        }
        histories.append(small().fit(X, Y, verbose=0, **given).history)
        batches.append(seen)
    for name, values in histories[0].items():
        assert values == pytest.approx(histories[1][name])
    assert batches == [[0, 1, 2, 3, 4, 5, 6], [0]]


# -- weights of classes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "y",
    [
        [0, 1, 2, 1],
        [[0.0], [1.0], [2.0], [1.0]],
        np.eye(3)[[0, 1, 2, 1]],
        np.array([0, 1, 2, 1], dtype=np.uint8),
    ],
)
def test_the_weight_of_a_row_is_that_of_its_class(y) -> None:
    assert class_weights(y, {0: 0.5, 2: 4}).tolist() == [0.5, 1.0, 4.0, 1.0]


@pytest.mark.parametrize(
    ("y", "of_class", "message"),
    [
        ([0, 1], [1.0, 2.0], "class_weight must be a dict such as {0: 1.0, 1: 5.0}"),
        ([0, 1], {"cat": 1.0}, "got 'cat': 1.0"),
        ([0, 1], {0: "heavy"}, "of class 0 must be a number, 0 or more, not 'heavy'"),
        ([0, 1], {0: -1.0}, "0 or more, not -1.0"),
        ([0, 1], {0: float("nan")}, "0 or more, not nan"),
        ([0, 1], {1.5: 1.0}, "a class, a whole number"),
        ([0.5, 1], {0: 1.0}, "targets that are classes 0, 1, 2 and so on, but y has 0.5"),
        ([0, 1], {2: 1.0, 3: 2.0}, "weights for 2, 3, but y has only the classes 0, 1"),
    ],
)
def test_bad_class_weights(y, of_class, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        class_weights(y, of_class)


def test_class_weights_and_sample_weights_exclude_each_other_as_in_keras() -> None:
    with pytest.raises(ValueError, match="either class_weight or sample_weight"):
        small().fit(X, Y > 0, class_weight={0: 1.0}, sample_weight=np.ones(20))


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.ones(19), "sample_weight has shape (19,), but there are 20 rows"),
        (np.ones((20, 2)), "shape (20, 2)"),
        (1.0, "shape ()"),
        (np.full(20, np.nan), "sample_weight must hold finite numbers only"),
        (["a"] * 20, "sample_weight must hold numbers only"),
    ],
)
@pytest.mark.parametrize("validation_split", [0.0, 0.3])
def test_bad_sample_weights(weights, message: str, validation_split: float) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        small().fit(X, Y, sample_weight=weights, validation_split=validation_split, verbose=0)


# -- other arguments -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"initial_epoch": -1}, "initial_epoch must be a whole number, 0 or more, not -1"),
        ({"validation_freq": 0}, "validation_freq must be a whole number, 1 or more, not 0"),
        ({"validation_freq": (1, 3)}, "validation_freq must be a whole number"),
        ({"validation_freq": [1, 0]}, "validation_freq must be a whole number, 1 or more, not 0"),
        (
            {"validation_data": (X, Y), "validation_batch_size": 0},
            "validation_batch_size must be a whole number, 1 or more, not 0",
        ),
        ({"validation_data": (X,)}, "a pair (x, y), or (x, y, sample_weight)"),
        ({"validation_data": (X, Y, Y[:3])}, "validation sample_weight has shape (3,)"),
        ({"validation_split": 1.0}, "between 0 and 1"),
        ({"verbose": 3}, "verbose must be 0, 1, 2 or 'auto', not 3"),
    ],
)
def test_bad_arguments(arguments, message: str) -> None:
    model = small()
    before = model.parameters.copy()
    with pytest.raises(ValueError, match=re.escape(message)):
        model.fit(X, Y, **arguments)
    assert np.array_equal(model.parameters, before)


def test_a_batch_larger_than_the_data_is_all_of_it() -> None:
    assert small().fit(X, Y, batch_size=1000, verbose=0).params["steps"] == 1


def test_without_epochs_nothing_happens() -> None:
    model = small()
    before = model.parameters.copy()
    history = model.fit(X, Y, epochs=0, verbose=0)
    assert (history.history, history.epoch) == ({}, [])
    assert np.array_equal(model.parameters, before)


def test_the_history_is_the_models_before_the_first_hook() -> None:
    model, seen = small(), []
    watch = LambdaCallback(on_train_begin=lambda logs: seen.append(model.history))
    assert model.fit(X, Y, verbose=0, callbacks=[watch]) is seen[0]


# -- how it ends ---------------------------------------------------------------------------------


class Hooks(Callback):
    """Notes the names of the hooks at the end of things."""

    def __init__(self) -> None:
        self.logs: list[tuple[str, dict[str, float]]] = []

    def on_train_batch_end(self, batch, logs=None) -> None:
        self.logs.append((f"batch {batch}", dict(logs)))

    def on_epoch_end(self, epoch, logs=None) -> None:
        self.logs.append((f"epoch {epoch}", dict(logs)))

    def on_train_end(self, logs=None) -> None:
        self.logs.append(("end", dict(logs)))


def explode(callbacks: list[Callback], **given: Any) -> Sequential:
    model = small(rate=30.0)
    given = {"batch_size": 5, "epochs": 1000, "shuffle": False, "verbose": 0} | given
    model.fit(X, Y, callbacks=callbacks, **given)
    return model


def test_a_diverging_loss_raises_and_leaves_the_history() -> None:
    model, hooks = small(rate=30.0), Hooks()
    with pytest.raises(Diverged, match="Try a smaller learning rate"):
        model.fit(X, Y, epochs=1000, verbose=0, callbacks=[hooks])
    assert model.history is not None
    assert model.history.epoch == list(range(len(model.history.history["loss"])))
    assert np.isfinite(model.history.history["loss"]).all()
    assert hooks.logs[-1][0] != "end"


@pytest.mark.parametrize("hooks", [[], [Hooks()]], ids=["nobody looks", "every batch is looked at"])
def test_terminate_on_nan_ends_with_the_weights_before_the_bad_batch(hooks, capsys) -> None:
    model = explode([TerminateOnNaN(), *hooks])
    assert re.fullmatch(r"Batch \d: the loss is nan, training ends here\n", capsys.readouterr().out)
    history = model.history
    assert history is not None
    loss = history.history["loss"]
    assert np.isnan(loss[-1])
    assert np.isfinite(loss[:-1]).all()
    assert np.isfinite(history.history["mae"]).all()

    alone = small(rate=30.0)
    trainer = Trainer(alone, X, Y, batch_size=5, shuffle=False)
    for _ in range(1000):
        before = alone.parameters.copy()
        try:
            trainer.step()
        except Diverged:
            break
    assert np.array_equal(model.parameters, before)
    assert np.isfinite(before).all()
    assert len(loss) == trainer.step_count // 4 + 1


def test_the_other_callbacks_hear_of_the_bad_batch_and_of_the_end() -> None:
    hooks = Hooks()
    model = explode([TerminateOnNaN(), hooks], validation_data=(X, Y))
    assert model.history is not None
    *_, batch, epoch, end = hooks.logs
    assert batch[0].startswith("batch ")
    assert epoch[0] == f"epoch {len(model.history.epoch) - 1}"
    assert end[0] == "end"
    for _, logs in (batch, epoch, end):
        assert np.isnan(logs["loss"])
    assert "val_loss" in epoch[1]


def test_terminate_on_nan_may_raise() -> None:
    with pytest.raises(RuntimeError, match=r"Batch \d: the loss is nan.*smaller learning rate"):
        explode([TerminateOnNaN(raise_error=True)])


def test_fit_works_in_another_thread() -> None:
    done = []
    thread = threading.Thread(target=lambda: done.append(small().fit(X, Y, verbose=0)))
    thread.start()
    thread.join()
    assert done[0].epoch == [0]
