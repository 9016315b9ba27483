"""Cases for losses and metrics."""

from __future__ import annotations

from tests.engine.keras_reference.table import Described, case, dense, of

SHORT_NAMES = [
    ("mse", "values"),
    ("MSE", "values"),
    ("mae", "values"),
    ("mean_absolute_error", "values"),
    ("huber", "values"),
    ("bce", "bits"),
    ("hinge", "bits"),
    ("mse", "bits"),
    ("mse", "classes"),
    ("binary_crossentropy", "classes"),
    ("MeanSquaredError", "values"),
]

names = [case(f"loss_{name}_{task}", task, loss=name) for name, task in SHORT_NAMES]

LOGITS = [
    ("BinaryCrossentropy", "bits", dense(1)),
    ("CategoricalCrossentropy", "classes", dense(4)),
    ("SparseCategoricalCrossentropy", "labels", dense(4)),
]

logits = [
    case(f"logits_{name}", task, loss=of(f"losses.{name}", from_logits=True), last=last)
    for name, task, last in LOGITS
] + [
    case(
        f"logits_{name}_huge",
        task,
        loss=of(f"losses.{name}", from_logits=True),
        last=last,
        scale=60,
        optimizer=of("optimizers.SGD", learning_rate=0.01),
    )
    for name, task, last in LOGITS
]

SATURATED: Described = {"scale": 60, "optimizer": of("optimizers.SGD", learning_rate=0.05)}
NO_PROBABILITIES: Described = {"optimizer": of("optimizers.SGD", learning_rate=0.01)}

saturated = [
    case("saturated_bits", "bits", **SATURATED),
    case("saturated_classes", "classes", **SATURATED),
    case("saturated_labels", "labels", **SATURATED),
    case("saturated_three_bits", "bits", y="three_bits", last=dense(3, "sigmoid"), **SATURATED),
    case("saturated_mse", "classes", loss="mse", **SATURATED),
    case("classes_of_sigmoids", "classes", last=dense(4, "sigmoid")),
    case("labels_of_sigmoids", "labels", last=dense(4, "sigmoid")),
    case("classes_of_sigmoids_saturated", "classes", last=dense(4, "sigmoid"), **SATURATED),
    case("labels_of_sigmoids_saturated", "labels", last=dense(4, "sigmoid"), **SATURATED),
    case("bits_of_numbers", "bits", last=dense(1), **NO_PROBABILITIES),
    case("bits_of_softmax", "bits", y="onehot", last=dense(4, "softmax")),
    case("classes_of_exponentials", "classes", last=dense(4, "exponential"), **NO_PROBABILITIES),
    case("classes_of_relu", "classes", last=dense(4, "relu"), **NO_PROBABILITIES),
    case("classes_soft_targets", "classes", y="shares"),
    case("bits_soft_targets", "bits", y="share"),
]

objects = [
    case("huber_half", "values", loss=of("losses.Huber", delta=0.5)),
    case("huber_wide", "values", loss=of("losses.Huber", delta=3.0)),
    case("hinge_signs", "bits", y="signs", loss="hinge", last=dense(1, "tanh")),
    case("hinge_bits", "bits", loss="hinge", last=dense(1)),
    case("hinge_three_bits", "bits", y="three_bits", loss="hinge", last=dense(3, "tanh")),
    case("loss_object_mse", "values", loss=of("losses.MeanSquaredError")),
    case("loss_object_mae", "values", loss=of("losses.MeanAbsoluteError")),
    case("loss_object_hinge", "bits", y="signs", loss=of("losses.Hinge"), last=dense(1)),
    case("smoothing_bits", "bits", loss=of("losses.BinaryCrossentropy", label_smoothing=0.2)),
    case(
        "smoothing_classes",
        "classes",
        loss=of("losses.CategoricalCrossentropy", label_smoothing=0.2),
    ),
    case(
        "smoothing_logits",
        "classes",
        last=dense(4),
        loss=of("losses.CategoricalCrossentropy", label_smoothing=0.1, from_logits=True),
    ),
]

#: the error of some rows is exactly where the loss has a corner
corners = [
    case("corner_mae", "bits", loss="mae", last=dense(1), initial=[None, None, 0, 1]),
    case("corner_huber", "bits", loss="huber", last=dense(1), initial=[None, None, 0, 1]),
    case(
        "corner_hinge", "bits", y="signs", loss="hinge", last=dense(1), initial=[None, None, 0, 1]
    ),
]

shapes_of_y = [
    case("bits_flat", "bits", y="bits_flat"),
    case("bits_integers", "bits", y="bits_integers"),
    case("bits_booleans", "bits", y="bits_booleans"),
    case("three_bits", "bits", y="three_bits", last=dense(3, "sigmoid")),
    case("value_flat", "values", y="value_flat", last=dense(1), metrics=["mae", "mse"]),
    case("value_column", "values", y="value", last=dense(1), metrics=["mae", "mse"]),
    case("labels_column", "labels", y="labels_column"),
    case("labels_floats", "labels", y="labels_floats"),
    case("two_classes", "labels", y="bits_flat", last=dense(2, "softmax")),
    case("two_classes_column", "labels", y="bits_integers", last=dense(2, "softmax")),
]

EVERY_BINARY = [
    "accuracy",
    "mse",
    "mae",
    "binary_accuracy",
    of("metrics.Precision"),
    of("metrics.Recall"),
]

metrics = [
    case("metrics_bits", "bits", metrics=EVERY_BINARY, fit={"validation_split": 0.3}),
    case("metrics_bits_flat", "bits", y="bits_flat", metrics=EVERY_BINARY),
    case(
        "metrics_three_bits", "bits", y="three_bits", last=dense(3, "sigmoid"), metrics=EVERY_BINARY
    ),
    case(
        "metrics_classes",
        "classes",
        metrics=["acc", "categorical_accuracy", "mean_squared_error", "mean_absolute_error"],
        fit={"validation_split": 0.3},
    ),
    case("metrics_classes_binary", "classes", metrics=EVERY_BINARY),
    case("metrics_labels", "labels", metrics=["accuracy", "sparse_categorical_accuracy"]),
    case("metrics_labels_column", "labels", y="labels_column", metrics=["acc"]),
    case("metrics_of_two_values", "values", metrics=["accuracy", "mse", "mae"]),
    case("metrics_of_a_value", "values", y="value", last=dense(1), metrics=["accuracy", "mse"]),
    case("metrics_soft", "classes", y="shares", metrics=["accuracy", "mae"]),
    case(
        "metrics_objects",
        "bits",
        metrics=[
            of("metrics.BinaryAccuracy", threshold=0.3),
            of("metrics.BinaryAccuracy", name="strict", threshold=0.8),
            of("metrics.Precision", thresholds=0.4, name="p"),
            of("metrics.Recall", thresholds=0.6, name="r"),
            of("metrics.MeanSquaredError"),
            of("metrics.MeanAbsoluteError", name="off_by"),
        ],
    ),
    case("metrics_objects_classes", "classes", metrics=[of("metrics.CategoricalAccuracy")]),
    case("metrics_objects_labels", "labels", metrics=[of("metrics.SparseCategoricalAccuracy")]),
    case("metrics_by_class_name", "bits", metrics=["Precision", "Recall", "BinaryAccuracy"]),
    case("metrics_by_snake_name", "bits", metrics=["precision", "recall"]),
    case("metrics_twice", "values", metrics=["mae", "mae", "mse"]),
    case("metrics_two_of_a_kind", "bits", metrics=[of("metrics.Recall"), of("metrics.Recall")]),
    case("metrics_none", "values", metrics=None),
    case("metrics_never_positive", "bits", y="nothing", metrics=EVERY_BINARY),
    case("metrics_always_positive", "bits", y="everything", metrics=EVERY_BINARY),
    case(
        "metrics_dead",  # no row is called positive: precision has nothing to divide by
        "bits",
        metrics=EVERY_BINARY,
        initial=[0, 0, 0, -3],
        optimizer=of("optimizers.SGD", learning_rate=0.01),
    ),
    case("metrics_ties", "classes", initial=[0, 0, 0, 0]),
    case("metrics_ties_bits", "bits", initial=[0, 0, 0, 0], metrics=EVERY_BINARY),
    case("metrics_ties_labels", "labels", initial=[0, 0, 0, 0]),
    case("metrics_crossentropy", "classes", loss="mse", metrics=["categorical_crossentropy"]),
    case("metrics_crossentropy_bits", "bits", loss="mse", metrics=["binary_crossentropy", "bce"]),
]

CASES = [*names, *logits, *saturated, *objects, *corners, *shapes_of_y, *metrics]
