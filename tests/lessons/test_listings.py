"""The code that a lab shows runs as it stands, and prints the numbers that the lab shows.

Listings for Keras run on Keras where it is installed. Everywhere they run on this engine, which
has Keras's names, so that a wrong shape or name is found without Keras too.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
import sys
import types
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.losses import CategoricalCrossentropy
from lessons.backpropagation import networks
from lessons.course import lessons
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.base import Lab
from lessons.labs.forward.lab import ForwardLab, ForwardScene
from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.training.lab import TrainingLab
from lessons.labs.training.setup import TrainingScene
from lessons.learning.recipe import OPTIMIZERS
from lessons.spec import Lesson, Page
from tests.lessons.results import advance
from tests.lessons.training_labs import take, wages

SCENES = [(lesson, page) for lesson in lessons() for page in lesson.pages]
STEPS = 3

needs_keras = pytest.mark.skipif(
    importlib.util.find_spec("keras") is None or os.environ.get("KERAS_BACKEND") != "jax",
    reason="real Keras is not installed, or not told to train on JAX",
)

BANK = ForwardScene(inputs=(2.0, 3.0), weights=(((1.0, 1.0), (-1.0, 1.0)), ((2.0, -1.0),)))
TANH = ForwardScene(inputs=BANK.inputs, weights=BANK.weights, activation="tanh")
DEEP = ForwardScene(
    inputs=(3.0, 5.0),
    weights=(((2.0, 4.0), (4.0, -5.0)), ((-1.0, 1.0), (2.0, 2.0)), ((-3.0, 7.0),)),
    activation="relu",
)


def runs_or_diverges(source: str) -> bool:
    """Whether a listing gets to its end, with one epoch of each training.

    Without scaling it need not: the lesson is about that.
    """
    try:
        run(re.sub(r"epochs=\d+", "epochs=1", source))
    except engine.Diverged:
        assert "SGD" in source
        assert "StandardScaler()" not in source
        return False
    return True


def run(source: str) -> tuple[dict[str, Any], str]:
    """Runs a listing in a namespace of its own; returns that and what was printed."""
    names: dict[str, Any] = {"__name__": "__main__"}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "<listing>", "exec"), names)
    return names, printed.getvalue()


def printed_numbers(source: str) -> list[float]:
    """The numbers that a listing prints."""
    return [float(found) for found in re.findall(r"-?\d[\d.]*(?:e[+-]?\d+)?", run(source)[1])]


def listing(lab: Lab, title: str) -> str:
    (code,) = (code for code in lab.code() if code.title.startswith(title))
    return code.source


def needs(source: str, package: str) -> bool:
    return bool(re.search(rf"^(import|from) {package}\b", source, flags=re.M))


@pytest.fixture
def engine_as_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """This engine under the name of Keras."""
    parts: dict[str, dict[str, object]] = {
        "keras": {"Input": engine.Input, "Sequential": engine.Sequential},
        "keras.callbacks": vars(engine.callbacks),
        "keras.layers": {"Dense": engine.Dense, "Input": engine.Input},
        "keras.losses": {"CategoricalCrossentropy": CategoricalCrossentropy},
        "keras.models": {"load_model": engine.load_model},
        "keras.optimizers": {"SGD": engine.SGD, "Adam": engine.Adam},
        "keras.utils": {
            "set_random_seed": np.random.default_rng,
            "to_categorical": engine.to_categorical,
        },
    }
    for name, content in parts.items():
        module = types.ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("callbacks", "layers", "losses", "models", "optimizers", "utils"):
        monkeypatch.setattr(sys.modules["keras"], name, sys.modules[f"keras.{name}"], raising=False)


def sources(scenes: Iterable[tuple[Lesson, Page]] = SCENES) -> Iterator[str]:
    """Every listing of every scene of the course, at its start and a few steps on.

    Where it trains ten epochs, one is enough to see that it runs: some train on 89,648 rows.
    """
    seen = set()
    for lesson, page in scenes:
        lab = lesson.make_lab(1)
        lab.show(page.scene)
        for _ in range(2):
            for code in lab.code():
                assert code.title
                source = code.source.replace("epochs=10,", "epochs=1,")
                if source not in seen:
                    seen.add(source)
                    yield source
            for _ in range(STEPS):
                advance(lab)


# all listings


def test_every_listing_of_the_course_runs_as_it_stands() -> None:
    ran = 0
    for source in sources():
        if not needs(source, "keras"):
            ran += runs_or_diverges(source)
    assert ran >= 10


@pytest.mark.usefixtures("engine_as_keras")
def test_every_listing_for_keras_runs_on_this_engine() -> None:
    ran = 0
    for source in sources():
        if needs(source, "keras"):
            ran += runs_or_diverges(source)
    assert ran >= 5


@needs_keras
@pytest.mark.keras
@pytest.mark.filterwarnings("ignore")  # Keras's own
@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
def test_every_listing_for_keras_runs_on_keras(lesson: Lesson) -> None:
    for source in sources((lesson, page) for page in lesson.pages):
        if needs(source, "keras"):
            run(source)


def test_listings_fit_the_panel() -> None:
    widest = max((line for source in sources() for line in source.splitlines()), key=len)
    assert len(widest) <= 100


# forward propagation


def edited() -> ForwardLab:
    lab = ForwardLab(TANH)
    lab.set("input 0", "-0.3")
    lab.set("weight 0 1 1", "1/3")
    return lab


@pytest.mark.parametrize(
    ("lab", "output"),
    [(ForwardLab(BANK), 9.0), (ForwardLab(TANH), 1.2382242525694254), (ForwardLab(DEEP), 364.0)],
    ids=["bank", "tanh", "deep"],
)
def test_the_numpy_lines_print_the_output(lab: ForwardLab, output: float) -> None:
    assert printed_numbers(listing(lab, "NumPy")) == pytest.approx([output], rel=1e-15)


def test_the_numpy_lines_follow_an_edit_to_the_last_digit() -> None:
    lab = edited()
    assert printed_numbers(listing(lab, "NumPy")) == [
        pytest.approx(lab.trace.outputs[0], rel=1e-15)
    ]


@pytest.mark.usefixtures("engine_as_keras")
@pytest.mark.parametrize(
    "lab",
    [ForwardLab(BANK), ForwardLab(TANH), ForwardLab(DEEP), edited()],
    ids=("bank", "tanh", "deep", "edited"),
)
def test_the_keras_lines_print_the_output_too(lab: ForwardLab) -> None:
    numbers = printed_numbers(listing(lab, "Keras"))
    assert numbers[-1] == pytest.approx(lab.trace.outputs[0], rel=1e-5)


# one weight


@pytest.mark.parametrize("updates", [0, 1, 5])
def test_the_numpy_lines_print_slope_and_new_weight(updates: int) -> None:
    lab = OneWeightLab(OneWeightScene(updates=updates))
    slope, weight = printed_numbers(listing(lab, "NumPy"))
    if updates == 0:
        assert slope == -24
        assert weight == pytest.approx(2.24)
    assert slope == pytest.approx(lab.snapshot().rows[-1].slope)
    lab.step()
    assert weight == pytest.approx(lab.snapshot().rows[-1].weight, rel=1e-14)


@pytest.mark.usefixtures("engine_as_keras")
def test_the_keras_lines_print_the_new_weight() -> None:
    numbers = printed_numbers(listing(OneWeightLab(OneWeightScene()), "Keras"))
    assert numbers[-1] == pytest.approx(2.24, rel=1e-6)


def test_the_lines_follow_an_edit_and_the_rate() -> None:
    lab = OneWeightLab(OneWeightScene())
    lab.set("target", "-7.5")
    lab.set("rate", "1/9")
    _, weight = printed_numbers(listing(lab, "NumPy"))
    lab.step()
    assert weight == pytest.approx(lab.snapshot().rows[-1].weight, rel=1e-14)
    assert weight == pytest.approx(-7)  # 2 - 1/9 · 2 · (6 + 7.5) · 3


# backpropagation


@pytest.mark.parametrize("name", ["TABLE", "DEEP", "DRAWN"])
@pytest.mark.parametrize("updates", [0, 3])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "linear"])
def test_the_numpy_lines_print_every_slope_and_every_new_weight(
    name: str, updates: int, activation: str
) -> None:
    scene = getattr(networks, name)
    lab = BackpropLab(replace(scene, updates=updates, activation=activation))
    items = [item for nodes in lab.trace.layers for node in nodes for item in node.products]
    names = run(listing(lab, "NumPy"))[0]
    layers = range(1, len(lab.trace.layers) + 1)
    slopes = np.concatenate([names[f"gradient_{k}"].ravel() for k in layers])
    told = [item.slope or 0.0 for item in items]
    np.testing.assert_allclose(slopes, told, rtol=1e-12, atol=1e-12)
    weights = np.concatenate([names[f"weights_{k}"].ravel() for k in layers])
    moved = [item.weight - lab.rate * (item.slope or 0.0) for item in items]
    np.testing.assert_allclose(weights, moved, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("engine_as_keras")
def test_the_keras_lines_print_the_weights_after_the_update() -> None:
    numbers = printed_numbers(listing(BackpropLab(networks.TABLE), "Keras"))
    assert numbers[-6:] == pytest.approx([0, 0.94, 2, 2.82, 0.94, 2.82])


# training


@pytest.mark.parametrize("optimizer", tuple(OPTIMIZERS))
def test_the_program_for_this_engine_ends_with_the_labs_own_weights(optimizer: str) -> None:
    lab = wages(TrainingScene(optimizer=optimizer, batch_size=128), seed=3)
    names, printed = run(listing(lab, "this engine"))
    take(lab, 10 * lab.steps_per_epoch)
    np.testing.assert_array_equal(names["model"].parameters, lab.model.parameters)
    assert f"loss: {lab.snapshot().curves.train[1][-1]:.4f}" in printed
    assert f"val_loss: {lab.snapshot().validation_loss:.4f}" in printed


def test_the_program_follows_the_settings() -> None:
    lab = wages()
    for field, text in (("optimizer", "sgd"), ("rate", "0.000001"), ("scaling", "off")):
        lab.set(field, text)
    names, _ = run(listing(lab, "this engine"))
    take(lab, 10 * lab.steps_per_epoch)
    np.testing.assert_array_equal(names["model"].parameters, lab.model.parameters)


@pytest.mark.parametrize("optimizer", tuple(OPTIMIZERS))
@pytest.mark.parametrize("steps", [1, 15])
def test_the_numpy_lines_print_the_last_change_of_the_weight(optimizer: str, steps: int) -> None:
    lab = take(wages(TrainingScene(optimizer=optimizer)), steps)
    for row, column in ((0, 0), (3, 50), (8, 99)):
        lab.point(row, column)
        (change,) = printed_numbers(listing(lab, "NumPy"))
        wanted = float(lab.optimizer.change[lab.cursor_in_parameters()])
        assert change == pytest.approx(wanted, rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("optimizer", tuple(OPTIMIZERS))
def test_a_rate_changed_since_does_not_change_the_last_change(optimizer: str) -> None:
    lab: TrainingLab = take(wages(TrainingScene(optimizer=optimizer)), 3)
    lab.point(1, 1)
    before = listing(lab, "NumPy")
    lab.set("rate", "0.5")
    assert listing(lab, "NumPy") == before
