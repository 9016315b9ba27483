"""Random networks and settings, run in Keras on JAX and in the engine; prints where they differ.

    python -m tests.engine.keras_reference.compare 100       # needs keras and jax
    python -m tests.engine.keras_reference.compare 1 --from 37 --show

Each case is made from its number alone, so that one can be run again. This is not a part of the
tests: what it finds becomes a case of the tables.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

import engine
from tests.engine.keras_reference.agreement import differences
from tests.engine.keras_reference.make import all_data, keras_on_jax, run
from tests.engine.keras_reference.replay import replay
from tests.engine.keras_reference.table import Described, array, case, dense, layer, network, of
from tests.engine.keras_reference.table_layers import ACTIVATIONS
from tests.engine.keras_reference.table_optimizers import OWN, RATES, SCHEDULES, SHARED

#: wider than in the tests: a random network may double a rounding error in each step
TOLERANCE = {"float64": 1e-6, "float32": 2e-3}

Rng = np.random.Generator


def one_of(rng: Rng, choices: Sequence[Any]) -> Any:
    return choices[int(rng.integers(len(choices)))]


def maybe(rng: Rng, chance: float, **arguments: Any) -> Described:
    return arguments if rng.random() < chance else {}


#: (targets, last layer, losses, metrics)
TASKS: list[tuple[str, Described, list[Any], list[Any]]] = [
    (
        "onehot",
        dense(4, "softmax"),
        ["categorical_crossentropy", "mse", "binary_crossentropy", "huber"],
        ["accuracy", "mse", "categorical_accuracy", of("metrics.Precision"), "mae"],
    ),
    (
        "onehot",
        dense(4),
        [of("losses.CategoricalCrossentropy", from_logits=True)],
        ["acc", "mse"],
    ),
    (
        "labels",
        dense(4, "softmax"),
        ["sparse_categorical_crossentropy"],
        ["accuracy", "sparse_categorical_accuracy"],
    ),
    (
        "labels_column",
        dense(4),
        [of("losses.SparseCategoricalCrossentropy", from_logits=True)],
        ["accuracy"],
    ),
    (
        "bits",
        dense(1, "sigmoid"),
        ["bce", "mse", "mae", "huber"],
        ["accuracy", "mae", "binary_accuracy", of("metrics.Precision"), of("metrics.Recall")],
    ),
    (
        "bits_flat",
        dense(1),
        [of("losses.BinaryCrossentropy", from_logits=True), "hinge"],
        ["accuracy", "mse"],
    ),
    (
        "three_bits",
        dense(3, "sigmoid"),
        ["binary_crossentropy", "mse"],
        ["accuracy", "binary_accuracy", of("metrics.Recall"), of("metrics.Precision")],
    ),
    ("signs", dense(1, "tanh"), ["hinge", "mse"], ["mae"]),
    ("values", dense(2), ["mse", "mae", of("losses.Huber", delta=0.4)], ["mae", "mse"]),
    ("value_flat", dense(1), ["mse", "mean_absolute_error", "huber"], ["mae", "mse"]),
]


def regularizer(rng: Rng) -> Any:
    strength, other = rng.uniform(0.001, 0.05, size=2).round(4).tolist()
    return one_of(
        rng,
        [
            "l2",
            of("regularizers.L1", l1=strength),
            of("regularizers.L2", l2=strength),
            of("regularizers.L1L2", l1=strength, l2=other),
        ],
    )


def activation_layer(rng: Rng) -> Described:
    number = round(rng.uniform(0.05, 0.6), 2)
    chosen: Described = one_of(
        rng,
        [
            layer("Activation", activation=one_of(rng, ACTIVATIONS)),
            layer(
                "ReLU",
                **maybe(rng, 0.5, max_value=number + 0.4),
                **maybe(rng, 0.5, negative_slope=number / 2),
                **maybe(rng, 0.5, threshold=number / 2),
            ),
            layer("LeakyReLU", **maybe(rng, 0.5, negative_slope=number)),
            layer("ELU", **maybe(rng, 0.5, alpha=number)),
            layer("Softmax"),
        ],
    )
    return chosen


def normalization(rng: Rng) -> Described:
    return layer(
        "BatchNormalization",
        **maybe(rng, 0.4, momentum=round(rng.uniform(0, 0.99), 2)),
        **maybe(rng, 0.4, epsilon=0.01),
        **maybe(rng, 0.3, center=False),
        **maybe(rng, 0.3, scale=False),
        **maybe(rng, 0.2, gamma_regularizer=regularizer(rng)),
    )


def hidden_layers(rng: Rng) -> list[Described]:
    layers = []
    for _ in range(rng.integers(0, 4)):
        layers.append(
            dense(
                int(rng.integers(2, 9)),
                one_of(rng, [None, *ACTIVATIONS]),
                **maybe(rng, 0.2, use_bias=False),
                **maybe(rng, 0.2, kernel_regularizer=regularizer(rng)),
                **maybe(rng, 0.1, bias_regularizer=regularizer(rng)),
            )
        )
        if rng.random() < 0.25:
            layers.append(normalization(rng))
        if rng.random() < 0.3:
            layers.append(activation_layer(rng))
        if rng.random() < 0.1:
            layers.append(layer("Dropout", rate=0.0))
    return layers


def optimizer(rng: Rng) -> Any:
    name = one_of(rng, list(RATES))
    options: Described = {"learning_rate": RATES[name]}
    if rng.random() < 0.5:
        options |= one_of(rng, OWN[name])
    if rng.random() < 0.4:
        options |= one_of(rng, list(SHARED.values()))
    if rng.random() < 0.25:
        options["learning_rate"] = one_of(rng, list(SCHEDULES.values()))
    return of(f"optimizers.{name}", **options)


def fit_arguments(rng: Rng, y: str, scheduled: bool) -> Described:
    chosen: Described = {"batch_size": one_of(rng, [1, 7, 16, 20, 40, 64, None]), "epochs": 3}
    chosen |= maybe(rng, 0.5, validation_split=one_of(rng, [0.1, 0.25, 0.5]))
    chosen |= one_of(
        rng,
        [
            {},
            {},
            {"sample_weight": array("weights")},
            {"class_weight": {"pairs": [[0, 0.3], [1, 2.0], [2, 1.5]]}} if "value" not in y else {},
        ],
    )
    chosen |= maybe(rng, 0.2, initial_epoch=1)
    if rng.random() < 0.4:
        monitor = "val_loss" if "validation_split" in chosen else "loss"
        stop = of(
            "callbacks.EarlyStopping",
            monitor=monitor,
            **maybe(rng, 0.5, patience=1),
            **maybe(rng, 0.5, restore_best_weights=True),
            **maybe(rng, 0.3, min_delta=0.05),
        )
        reduce = of(
            "callbacks.ReduceLROnPlateau", monitor=monitor, patience=0, min_delta=0.3, factor=0.5
        )
        chosen["callbacks"] = [stop] if scheduled or rng.random() < 0.5 else [reduce, stop]
        chosen["epochs"] = 6
    return chosen


def random_case(number: int) -> Described:
    rng = np.random.default_rng(number)
    y, last, losses, metrics = one_of(rng, TASKS)
    pictures = rng.random() < 0.15
    layers = network(*hidden_layers(rng), last=last)
    if pictures:
        before = one_of(rng, [[], [normalization(rng)], [activation_layer(rng)]])
        layers = network(*before, layer("Flatten"), *layers[1:], inputs=[2, 3])
    rule = optimizer(rng)
    scheduled = isinstance(rule["learning_rate"], dict)
    described = case(
        f"random_{number}",
        "values",
        x="pictures" if pictures else one_of(rng, ["x", "x", "x", "x_ties", "x_whole"]),
        y=y,
        layers=layers,
        loss=one_of(rng, losses),
        metrics=[each for each in metrics if rng.random() < 0.6],
        optimizer=rule,
        dtype=one_of(rng, ["float64"] * 7 + ["float32"]),
        fits=[fit_arguments(rng, y, scheduled) for _ in range(rng.integers(1, 3))],
        scale=one_of(rng, [1, 1, 1, 0.2, 5]),
    )
    if rng.random() < 0.2:
        described["evaluate"] = {"sample_weight": array("weights"), "batch_size": 9}
    return described


def disagreements(keras: Any, described: Described, data: dict[str, Any]) -> list[str]:
    initial, theirs = run(keras, described, data)
    try:
        ours = replay(engine, described, data, initial)
    except Exception as error:  # whatever it is, it is a finding
        return [f"{type(error).__name__}: {error}"]
    return differences(ours, theirs, TOLERANCE[described["dtype"]])


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("count", type=int, help="how many cases")
    reader.add_argument("--from", type=int, default=0, dest="start", help="the first number")
    reader.add_argument("--show", action="store_true", help="print each case in full")
    asked = reader.parse_args()
    keras, data, wrong = keras_on_jax(), all_data(), 0
    for number in range(asked.start, asked.start + asked.count):
        described = random_case(number)
        if asked.show:
            print(json.dumps(described, indent=1))
        found = disagreements(keras, described, data)
        wrong += bool(found)
        for line in found[:5]:
            print(f"{number}: {line}", flush=True)
    print(f"{asked.count} cases, {wrong} differ")


if __name__ == "__main__":
    main()
