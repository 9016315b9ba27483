"""The questions of 3.4. The engine trains, saves, loads and predicts to answer them."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from engine import StandardScaler, load_model
from lessons.building.save_reload_predict import fresh
from lessons.building.save_reload_predict.labels import column, labels
from lessons.labs.saving.network import Trained, predict
from lessons.labs.saving.setup import EPOCHS, RECIPE
from lessons.learning.problems import titanic
from lessons.spec import Check, Choice, Number, Numbers, Slip

GIVEN = ((0.3, 0.7), (0.8, 0.2))
HALF, LOW = 0.5, 0.15
SEED = 1

SAME, NEARLY, OTHERS = (
    "the same, to the last bit",
    "nearly the same: a file rounds",
    "something else, until it is trained",
)
AS_BEFORE, NO_USE, AN_ERROR = (
    "about as many labels are right as before",
    "no better than saying “died” of everybody",
    "predict stops with an error",
)


def questions() -> dict[str, Check]:
    """Every question by the id of its page."""
    asked = (_file(), _load(), _columns(), _labels(), _lower(), _scaled(), _raw())
    return {check.id: check for check in asked}


@cache
def trained() -> Trained:
    """The network of the first seed, after its epochs."""
    network = Trained(titanic(), SEED)
    network.go(EPOCHS)
    return network


@cache
def _rows_in_the_file() -> float:
    """Rows of training data in a file: what it is larger by than that of half of them, in rows."""
    x, y = titanic().scaled[0], titanic().y_train
    half = len(x) // 2
    more = _size_after(x, y) - _size_after(x[:half], y[:half])
    return float(more / (x[0].nbytes * (len(x) - half)) * len(x))


def _size_after(x: np.ndarray, y: np.ndarray) -> int:
    """Bytes of the file of a network that has seen these rows once."""
    model = RECIPE.build(titanic())
    model.fit(x, y, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model_file.h5"
        model.save(path)
        return path.stat().st_size


@cache
def _after_loading() -> str:
    """What a reloaded network predicts, compared with the one that was saved."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model_file.keras"
        trained().model.save(path)
        reloaded = load_model(path)
    before = trained().predictions
    after = predict(reloaded, titanic().scaled[1])
    if np.array_equal(before, after):
        return SAME
    return NEARLY if np.allclose(before, after, atol=1e-3) else OTHERS


@cache
def _with_raw_rows() -> str:
    """What becomes of the labels when the rows are not scaled."""
    actual = titanic().y_validation.argmax(axis=1)
    raw = (trained().of_raw_rows[:, 1] > HALF) == actual
    scaled = (trained().predictions[:, 1] > HALF) == actual
    died = actual == 0
    return NO_USE if raw.mean() - died.mean() < 0.1 * scaled.mean() else AS_BEFORE


def age() -> float:
    """How old the first of the held-out passengers was."""
    return float(titanic().x_validation[0, titanic().features.index("age")])


def scaled_age() -> float:
    """What the network gets for that age."""
    ages = titanic().x_train[:, titanic().features.index("age")]
    return float(StandardScaler().fit(ages).transform([age()])[0])


def _file() -> Check:
    return Number(
        id="file",
        prompt="How many of these passengers' rows are in the file?",
        answer=_rows_in_the_file,
        hints=(
            "What does a network need to predict? Does it look anything up?",
            "It multiplies and adds, with its weights. The rows have done their part.",
            "After learning from half of them the file has the same size, to the byte.",
        ),
        worked="{answer}: the rows have changed the weights, and stay where they are",
        slips=(
            Slip(
                answer=lambda: float(len(titanic().x_train)),
                says="A network looks nothing up. What it learned is in the weights alone.",
            ),
        ),
    )


def _load() -> Check:
    return Choice(
        id="load",
        prompt="What will the reloaded network predict, compared with the one in memory?",
        options=(SAME, NEARLY, OTHERS),
        answer=_after_loading,
        because={
            NEARLY: "Each weight is written with all its bits; no digits are cut off.",
            OTHERS: "The weights come from the file. Nothing random and nothing to learn is left.",
        },
        hints=(
            "What settles a prediction? Which part of that is in the file?",
            "Layers, activations, weights and biases: all of it is in the file.",
            "The same numbers, multiplied and added in the same order.",
        ),
        worked="{answer}: the same numbers, multiplied and added in the same order",
    )


def _columns() -> Check:
    return Numbers(
        id="columns",
        variant=fresh.columns,
        prompt="What is predictions[:, 1]?",
        answer=lambda: column(GIVEN),
        decimals=1,
        hints=(
            "Rows stand before the comma, columns after it.",
            "All rows, and of each the column that is counted as 1.",
            "Columns are counted from 0: of each row, the second number.",
        ),
        worked="Of each row the second number: {answer}",
    )


def _labels() -> Check:
    return Numbers(
        id="labels",
        variant=fresh.labels_of_two,
        prompt="The probabilities are 0.7 and 0.2. Which two labels?",
        answer=lambda: labels(GIVEN, HALF),
        hints=(
            "Compare each with 0.5.",
            "One is above 0.5. The other one is not.",
            "The first is above the threshold, so its label is the one for yes.",
        ),
        worked="0.7 is above 0.5 and 0.2 is not: {answer}",
    )


def _lower() -> Check:
    return Numbers(
        id="lower",
        prompt="The probabilities are 0.7 and 0.2. Which two labels now?",
        answer=lambda: labels(GIVEN, LOW),
        hints=(
            "The probabilities are as before. What are they compared with?",
            "Is the smaller one, 0.2, above 0.15?",
            "Both are above 0.15.",
        ),
        worked="0.7 and 0.2 are both above 0.15: {answer}",
    )


def _scaled() -> Check:
    return Number(
        id="scaled",
        variant=fresh.scaled,
        prompt="Which number does the network get for an age of 52?",
        answer=scaled_age,
        decimals=2,
        hints=(
            "How far is 52 from the mean? Then: how many deviations is that?",
            "52 - 29.42 is 22.58.",
            "22.58 / 12.92.",
        ),
        worked="(52 - 29.42) / 12.92 ≈ {answer}",
        slips=(
            Slip(
                answer=lambda: age() - float(titanic().x_train[:, 1].mean()),
                says="22.58 is the distance from the mean. Divide it by the deviation, 12.92.",
            ),
        ),
    )


def _raw() -> Check:
    return Choice(
        id="raw",
        prompt="What happens?",
        options=(AS_BEFORE, NO_USE, AN_ERROR),
        answer=_with_raw_rows,
        because={
            AS_BEFORE: "An age of 52 arrives as 52, where the weights were made for 1.75.",
            AN_ERROR: "There are ten columns of numbers, as the network wants. Nothing is amiss.",
        },
        hints=(
            "Which number does a weight for the age meet now, and which was it made for?",
            "It was made for numbers around 0, mostly between -2 and 2.",
            "A node that meets 52 for 1.75 is far off, and nothing tells the network.",
        ),
        worked="{answer}: it takes 52 years for 52 deviations",
    )
