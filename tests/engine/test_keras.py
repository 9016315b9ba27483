"""The engine lands on the same numbers as Keras: weights, predictions, history, evaluation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import Dense, Input, Sequential, optimizers

FOLDER = Path(__file__).parent / "keras_reference"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text())["cases"]
ARRAYS = dict(np.load(FOLDER / "arrays.npz"))


def model_of(case: dict[str, Any]) -> Sequential:
    x = ARRAYS[case["arrays"]["X"]]
    layers = [Dense(**layer) for layer in case["layers"]]
    model = Sequential([Input(x.shape[1:]), *layers], dtype=case["dtype"])
    model.set_weights([ARRAYS[key] for key in case["arrays"]["initial_weights"]])
    kind = optimizers.OPTIMIZERS[case["optimizer"]["class_name"].lower()]
    model.compile(kind(**case["optimizer"]["config"]), case["loss"], case["metrics"])
    return model


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_training_gives_what_keras_gives(case: dict[str, Any]) -> None:
    model, arrays, tolerance = model_of(case), case["arrays"], case["tolerance"]
    x, y = ARRAYS[arrays["X"]], ARRAYS[arrays["y"]]
    before = model.evaluate(x, y, return_dict=True)
    assert before == pytest.approx(case["evaluate_before_fit"], rel=tolerance)
    np.testing.assert_allclose(model.predict(x), ARRAYS[arrays["pred_before"]], atol=tolerance)

    history = model.fit(
        x,
        y,
        batch_size=case["batch_size"],
        epochs=case["epochs"],
        validation_split=case["validation_split"],
        shuffle=False,
        verbose=0,
    )

    assert history.history.keys() == case["history"].keys()
    for name, values in case["history"].items():
        assert history.history[name] == pytest.approx(values, rel=tolerance), name
    for weight, key in zip(model.get_weights(), arrays["final_weights"], strict=True):
        np.testing.assert_allclose(weight, ARRAYS[key], rtol=0, atol=tolerance)
    np.testing.assert_allclose(model.predict(x), ARRAYS[arrays["pred_after"]], atol=tolerance)
