"""Metrics: by hand, as Keras has them, under Keras's names, and in parts of any size."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import metrics
from engine.configs import serialize
from engine.metrics import MeanMetric, Metric, Precision, Recall

KERAS = json.loads((Path(__file__).parent / "keras_functions" / "values.json").read_text())


def result(metric: Metric, y: np.ndarray, p: np.ndarray) -> float:
    return metric.result(metric.sums(y, p), len(p))


def by_name(name: str, outputs: int, target_width: int) -> MeanMetric:
    metric = metrics.resolve(name, outputs=outputs, target_width=target_width)
    assert isinstance(metric, MeanMetric)
    return metric


def test_accuracy_of_one_column_asks_for_more_than_one_half() -> None:
    y, p = np.array([[1.0], [0], [1], [0]]), np.array([[0.9], [0.5], [0.5], [0.7]])
    assert by_name("accuracy", 1, 1).per_row(y, p).tolist() == [True, True, False, False]


@pytest.mark.parametrize("y", [np.eye(3), np.array([[0.0], [1], [2]])])
def test_accuracy_of_several_columns_asks_which_is_largest(y: np.ndarray) -> None:
    p = np.array([[0.4, 0.3, 0.3], [0.2, 0.2, 0.6], [0.1, 0.2, 0.7]])
    assert by_name("acc", 3, y.shape[1]).per_row(y, p).tolist() == [True, False, True]


def test_precision_and_recall_by_hand() -> None:
    y, p = np.array([[1.0], [1], [1], [0], [0]]), np.array([[0.9], [0.8], [0.5], [0.6], [0.1]])
    assert result(Precision(), y, p) == 2 / 3
    assert result(Recall(), y, p) == 2 / 3
    assert result(Recall(thresholds=0.4), y, p) == 1
    assert result(Precision(), y, p * 0) == 0
    assert result(Recall(), y * 0, p) == 0


# -- as Keras has them ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case", KERAS["metrics"], ids=lambda case: f"{case['name']}-{case['config']}"
)
def test_results_are_those_of_keras(case: dict[str, Any]) -> None:
    metric = metrics.get({"class_name": case["name"], "config": case["config"]})
    y, p = np.array(case["y"], float), np.array(case["p"])
    assert result(metric, y, p) == pytest.approx(case["result"], rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("case", KERAS["accuracies"], ids=lambda case: case["class_name"])
def test_accuracy_is_the_one_that_keras_takes(case: dict[str, Any]) -> None:
    y, p = np.array(case["y"], float), np.array(case["p"])
    metric = by_name("acc", p.shape[1], y.shape[1])
    assert (type(metric).__name__, metric.name) == (case["class_name"], case["name"])
    assert result(metric, y, p) == pytest.approx(case["result"])
    assert result(metrics.get("acc"), y, p) == pytest.approx(case["result"])


@pytest.mark.parametrize("case", KERAS["history_names"], ids=lambda case: case["metrics"])
def test_names_in_history_are_those_of_keras(case: dict[str, Any]) -> None:
    given = eval(case["metrics"], vars(metrics))  # code of ours, such as "[Recall(), 'mae']"
    chosen = [metrics.resolve(each, outputs=1, target_width=1) for each in given]
    assert sorted(metrics.unique_names(chosen)) == case["names"]


# -- running -------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=6), st.booleans())
@example([metrics.ROWS_AT_ONCE, 1], False)
@example([metrics.ROWS_AT_ONCE - 1, 1, 1], False)
@example([1, metrics.ROWS_AT_ONCE + 1], False)
def test_running_metrics_do_not_depend_on_the_batches(sizes: list[int], pause: bool) -> None:
    rng = np.random.default_rng(sum(sizes))
    rows = sum(sizes)
    y, p = rng.integers(0, 2, (rows, 2)) * 1.0, rng.uniform(size=(rows, 2))
    chosen = [by_name("accuracy", 2, 2), Precision(), by_name("mae", 2, 2), Recall()]
    running = metrics.RunningMetrics(chosen, 2, 2, np.float64)
    start = 0
    for size in sizes:
        running.add(y[start : start + size], p[start : start + size])
        start += size
        if pause:
            running.restore(running.state())
    hits = ((p > 0.5) & (y == 1)).sum()
    assert running.results() == {
        "accuracy": (p.argmax(axis=1) == y.argmax(axis=1)).mean(),
        "precision": pytest.approx(hits / max((p > 0.5).sum(), 1)),
        "mae": pytest.approx(np.abs(y - p).mean()),
        "recall": pytest.approx(hits / max(y.sum(), 1)),
    }
    running.reset()
    running.add(y[:1], p[:1])
    assert running.results()["mae"] == pytest.approx(np.abs(y - p)[0].mean())


def test_targets_may_have_fewer_columns_than_predictions() -> None:
    chosen = [by_name("accuracy", 3, 1), by_name("sparse_categorical_crossentropy", 3, 1)]
    running = metrics.RunningMetrics(chosen, 1, 3, np.float32)
    running.add(np.array([[2.0], [0]]), np.array([[0.25, 0.25, 0.5], [0.25, 0.5, 0.25]]))
    logs = running.results()
    assert logs["accuracy"] == 0.5
    assert logs["sparse_categorical_crossentropy"] == pytest.approx(1.5 * math.log(2))


def test_without_rows_or_metrics_there_is_nothing_to_tell() -> None:
    assert math.isnan(
        metrics.RunningMetrics([Precision()], 1, 1, np.float32).results()["precision"]
    )
    nothing = metrics.RunningMetrics([], 1, 1, np.float32)
    nothing.add(np.ones((2, 1)), np.ones((2, 1)))
    assert nothing.results() == {}
    assert nothing.state() == (0, ())


def test_a_state_holds_all_sums() -> None:
    running = metrics.RunningMetrics([Precision(), Recall()], 1, 1, np.float64)
    running.add(np.array([[1.0], [1], [0]]), np.array([[0.9], [0.1], [0.7]]))
    state, results = running.state(), running.results()
    assert (state[0], list(state[1])) == (3, [1, 1, 1, 1])
    running.reset()
    running.restore(state)
    assert running.results() == results


# -- names, arguments, columns -------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(metrics.METRICS) - {"accuracy", "acc"}))
def test_a_metric_is_made_again_from_its_config(name: str) -> None:
    metric = metrics.get(name)
    again = metrics.get(serialize(metric))
    assert type(again) is type(metric)
    assert again.get_config() == metric.get_config()
    assert again.name == name


def test_a_config_of_keras_is_read() -> None:
    config = {"name": "precision_1", "dtype": "float32", "thresholds": 0.4, "top_k": None}
    metric = metrics.get({"class_name": "Precision", "config": config | {"class_id": None}})
    assert isinstance(metric, Precision)
    assert (metric.name, metric.threshold) == ("precision_1", 0.4)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: metrics.get("acuracy"), "Did you mean 'accuracy'?"),
        (lambda: metrics.get("crossentropy"), "There is no metric called 'crossentropy'"),
        (lambda: Precision(thresholds=[0.1, 0.2]), "precision takes one threshold"),
        (lambda: Recall(thresholds=1.5), "recall: thresholds must be a number, from 0 to 1"),
        (lambda: metrics.BinaryAccuracy(threshold=-1), "binary_accuracy: threshold"),
        (lambda: metrics.get({"class_name": "Precision", "config": {"top_k": 2}}), "top_k=2"),
        (lambda: metrics.get({"class_name": "Accuracy", "config": {}}), r"metrics=\['accuracy'\]"),
    ],
)
def test_metrics_that_do_not_exist(attempt: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        attempt()


@pytest.mark.parametrize(
    ("name", "outputs", "width"),
    [
        ("mse", 3, 1),
        ("Precision", 3, 1),
        ("binary_accuracy", 3, 1),
        ("categorical_accuracy", 3, 1),
        ("categorical_accuracy", 1, 1),
        ("sparse_categorical_accuracy", 3, 3),
        ("sparse_categorical_accuracy", 1, 1),
        ("sparse_categorical_crossentropy", 3, 3),
    ],
)
def test_columns_that_a_metric_cannot_work_on(name: str, outputs: int, width: int) -> None:
    with pytest.raises(ValueError, match=f"^{name} .* {outputs} output"):
        metrics.resolve(name, outputs=outputs, target_width=width)
