"""The programs that the playground shows run as they stand, on this engine and on real Keras."""

from __future__ import annotations

import importlib.util
import os
import re
from typing import Any

import pytest

from lessons.labs.playground.code import program
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.play import Play, usual_for
from lessons.labs.playground.share import Shared

needs_keras = pytest.mark.skipif(
    importlib.util.find_spec("keras") is None or os.environ.get("KERAS_BACKEND") != "jax",
    reason="real Keras is not installed, or not told to train on JAX",
)

PLAYS = {
    "plain": Play(),
    "everything": Play(
        data="moons",
        hidden=(3, 2),
        activations=("relu", "tanh"),
        features=("x1", "x2", "x1·x2", "sin x1"),
        regularizer="l1",
        dropout=0.2,
        schedule="cosine",
        optimizer="sgd, nesterov 0.9",
        initializer="he_normal",
        scaling=True,
    ),
    "heights": Play(data="hills", hidden=(4,), schedule="exponential", regularizer="l2"),
    "no hidden layer": Play(data="circle", hidden=(), features=("x1²", "x2²")),
    "titanic": usual_for("titanic"),
    "wages": usual_for("wages"),
    "digits": usual_for("digits"),
}

each = pytest.mark.parametrize("play", PLAYS.values(), ids=PLAYS)


def source(play: Play, package: Any) -> str:
    lab = PlaygroundLab(PlayScene(shared=Shared(play)))
    return re.sub(r"epochs=\d+", "epochs=1", program(lab.run, package))


def run(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(text, "<listing>", "exec"), names)
    return names


@each
def test_it_ends_with_the_weights_of_the_playground(play: Play) -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(play)))
    for _ in range(lab.run.steps_per_epoch):
        lab.step()
    theirs = run(source(play, "engine"))["model"].get_weights()
    for mine, other in zip(lab.run.model.get_weights(), theirs, strict=True):
        assert mine == pytest.approx(other, abs=2e-5)


@needs_keras
@pytest.mark.keras
@pytest.mark.filterwarnings("ignore")  # Keras's own
@each
def test_it_runs_on_keras(play: Play) -> None:
    model = run(source(play, "keras"))["model"]
    lab = PlaygroundLab(PlayScene(shared=Shared(play)))
    assert model.count_params() == lab.run.model.count_params()
