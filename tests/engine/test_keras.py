"""The engine lands on the same numbers as Keras: weights, predictions, history, evaluation.

keras_reference/README.md says what the cases are and how they were made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine
from engine import Dense, Input, Sequential, optimizers
from tests.engine.keras_reference import make
from tests.engine.keras_reference.agreement import TOLERANCE, differences, stored_outcome
from tests.engine.keras_reference.replay import replay

FOLDER = Path(__file__).parent / "keras_reference"


def stored(name: str, arrays: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    return json.loads((FOLDER / name).read_text())["cases"], dict(np.load(FOLDER / arrays))


CASES, ARRAYS = stored("cases.json", "arrays.npz")
ORIGINALS, ORIGINAL_ARRAYS = stored("originals.json", "originals.npz")


def test_the_cases_are_those_of_the_tables() -> None:
    described = [{k: v for k, v in c.items() if k not in ("outcome", "arrays")} for c in CASES]
    assert described == json.loads(json.dumps(make.CASES))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_engine_gives_what_keras_gives(case: dict[str, Any]) -> None:
    initial, keras = stored_outcome(case, ARRAYS["numbers"])
    ours = replay(engine, case, ARRAYS, initial)
    assert not differences(ours, keras, TOLERANCE[case["dtype"]])


def original_model(case: dict[str, Any]) -> Sequential:
    x = ORIGINAL_ARRAYS[case["arrays"]["X"]]
    layers = [Dense(**layer) for layer in case["layers"]]
    model = Sequential([Input(x.shape[1:]), *layers], dtype=case["dtype"])
    model.set_weights([ORIGINAL_ARRAYS[key] for key in case["arrays"]["initial_weights"]])
    kind = getattr(optimizers, case["optimizer"]["class_name"])
    model.compile(kind(**case["optimizer"]["config"]), case["loss"], metrics=case["metrics"])
    return model


@pytest.mark.parametrize("case", ORIGINALS, ids=[case["name"] for case in ORIGINALS])
def test_training_lands_where_the_given_runs_landed(case: dict[str, Any]) -> None:
    model, arrays, tolerance = original_model(case), case["arrays"], case["tolerance"]
    x, y = ORIGINAL_ARRAYS[arrays["X"]], ORIGINAL_ARRAYS[arrays["y"]]
    before = model.evaluate(x, y, return_dict=True)
    assert before == pytest.approx(case["evaluate_before_fit"], rel=tolerance)
    keras = ORIGINAL_ARRAYS[arrays["pred_before"]]
    np.testing.assert_allclose(model.predict(x), keras, rtol=0, atol=tolerance)

    history = model.fit(
        x,
        y,
        batch_size=case["batch_size"],
        epochs=case["epochs"],
        validation_split=case["validation_split"],
        shuffle=False,
        verbose=0,
    )

    assert list(history.history) == list(case["history"])
    for name, values in case["history"].items():
        assert history.history[name] == pytest.approx(values, rel=tolerance), name
    for weight, key in zip(model.get_weights(), arrays["final_weights"], strict=True):
        np.testing.assert_allclose(weight, ORIGINAL_ARRAYS[key], rtol=0, atol=tolerance)
    keras = ORIGINAL_ARRAYS[arrays["pred_after"]]
    np.testing.assert_allclose(model.predict(x), keras, rtol=0, atol=tolerance)
