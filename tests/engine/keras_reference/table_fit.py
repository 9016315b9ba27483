"""Cases for what fit, evaluate and train_on_batch are given, for callbacks, and for float32."""

from __future__ import annotations

from typing import Any

from tests.engine.keras_reference.table import Described, array, case, dense, layer, of

ADAM = of("optimizers.Adam", learning_rate=0.02)
#: with it the validation loss falls until epoch 3, then rises
FAST = of("optimizers.SGD", learning_rate=0.1, momentum=0.9)
VALIDATION = [array("x_other"), array("onehot_other")]
WEIGHTED_VALIDATION = [*VALIDATION, array("weights_other")]

batches = [
    case("batch_of_one", "classes", fit={"batch_size": 1, "epochs": 1}),
    case("batch_of_all", "classes", fit={"batch_size": 40}),
    case("batch_larger_than_the_data", "classes", fit={"batch_size": 100}),
    case("batch_unsaid", "classes", fit={"batch_size": None}),
    case("one_row", "classes", x="x_one", y="onehot_one"),
    case("one_row_value", "values", x="x_one", y="values_one", optimizer=ADAM),
    case("whole_numbers_in", "classes", x="x_whole", optimizer=ADAM),
    case("huge_inputs", "classes", dense(8, "relu"), x="x_huge", optimizer=ADAM),
    case("many_ties_in", "bits", dense(8, "relu"), x="x_ties", optimizer=ADAM),
]

validation = [
    case("split_quarter", "classes", fit={"validation_split": 0.25}),
    case("split_third", "values", fit={"validation_split": 0.33}),
    case("split_almost_all", "classes", fit={"validation_split": 0.9}),
    case(
        "split_weighted",
        "classes",
        fit={"validation_split": 0.3, "sample_weight": array("weights")},
    ),
    case("validation_data", "classes", fit={"validation_data": VALIDATION}),
    case(
        "validation_data_over_split",
        "classes",
        fit={"validation_data": VALIDATION, "validation_split": 0.5},
    ),
    case("validation_data_weighted", "classes", fit={"validation_data": WEIGHTED_VALIDATION}),
    case(
        "validation_batch_size",
        "classes",
        fit={"validation_data": WEIGHTED_VALIDATION, "validation_batch_size": 5},
    ),
    case(
        "validation_every_other_epoch",
        "classes",
        fit={"validation_data": VALIDATION, "validation_freq": 2},
    ),
    case(
        "validation_at_chosen_epochs",
        "classes",
        fit={"validation_data": VALIDATION, "validation_freq": [1, 4]},
    ),
    case(
        "validation_regularized",
        "classes",
        dense(8, "tanh", kernel_regularizer="l2"),
        fit={"validation_data": WEIGHTED_VALIDATION, "sample_weight": array("weights")},
    ),
    case(
        "validation_normalized",
        "classes",
        dense(8),
        layer("BatchNormalization", momentum=0.5),
        fit={"validation_data": VALIDATION},
    ),
]

SOME_CLASSES = {"pairs": [[0, 2.0], [2, 0.5], [3, 0.0]]}  # class 1 is not there: it counts once
BOTH_BITS = {"pairs": [[0, 0.5], [1, 3.0]]}

weights = [
    case("sample_weight", "classes", fit={"sample_weight": array("weights")}),
    case("sample_weight_bits", "bits", fit={"sample_weight": array("weights")}),
    case("sample_weight_values", "values", fit={"sample_weight": array("weights")}),
    case("sample_weight_labels", "labels", fit={"sample_weight": array("weights")}),
    case("sample_weight_mae", "values", loss="mae", fit={"sample_weight": array("weights")}),
    case("sample_weight_huber", "values", loss="huber", fit={"sample_weight": array("weights")}),
    case("sample_weight_saturated", "labels", scale=60, fit={"sample_weight": array("weights")}),
    case("sample_weight_column", "values", fit={"sample_weight": array("weights_column")}),
    case("sample_weight_nothing", "classes", fit={"sample_weight": array("weights_nothing")}),
    case("sample_weight_zero", "classes", fit={"sample_weight": array("weights_zero")}),
    case(
        "sample_weight_metrics",  # metrics stay unweighted
        "bits",
        fit={"sample_weight": array("weights"), "validation_split": 0.3},
        metrics=["accuracy", "mse", of("metrics.Precision")],
        evaluate={"sample_weight": array("weights")},
    ),
    case("class_weight_onehot", "classes", fit={"class_weight": SOME_CLASSES}),
    case("class_weight_labels", "labels", fit={"class_weight": SOME_CLASSES}),
    case(
        "class_weight_labels_column",
        "labels",
        y="labels_column",
        fit={"class_weight": SOME_CLASSES},
    ),
    case("class_weight_bits", "bits", fit={"class_weight": BOTH_BITS}),
    case("class_weight_bits_flat", "bits", y="bits_flat", fit={"class_weight": BOTH_BITS}),
    case(
        "class_weight_split", "classes", fit={"class_weight": SOME_CLASSES, "validation_split": 0.3}
    ),
    case("evaluate_weighted", "classes", evaluate={"sample_weight": array("weights")}),
    case(
        "evaluate_in_batches",
        "classes",
        evaluate={"sample_weight": array("weights"), "batch_size": 7},
    ),
]

epochs = [
    case("initial_epoch", "classes", fit={"initial_epoch": 2, "epochs": 5}),
    case("initial_epoch_past_the_end", "classes", fit={"initial_epoch": 5, "epochs": 5}),
    case("fit_again", "classes", optimizer=ADAM, again={"epochs": 2, "batch_size": 8}),
    case(
        "fit_again_from_there",
        "classes",
        optimizer=of(
            "optimizers.SGD",
            momentum=0.9,
            learning_rate=of(
                "optimizers.schedules.ExponentialDecay",
                initial_learning_rate=0.1,
                decay_steps=3,
                decay_rate=0.7,
            ),
        ),
        again={"epochs": 6, "initial_epoch": 4, "validation_split": 0.2},
    ),
]


def stopping(name: str, epochs: int = 10, optimizer: dict = FAST, **arguments: Any) -> Described:
    callback = of("callbacks.EarlyStopping", **arguments)
    fit = {"epochs": epochs, "validation_split": 0.4, "callbacks": [callback]}
    return case(name, "classes", optimizer=optimizer, fit=fit)


def plateau(name: str, **arguments: Any) -> Described:
    callback = of("callbacks.ReduceLROnPlateau", **arguments)
    fit = {"epochs": 10, "validation_split": 0.4, "callbacks": [callback]}
    return case(name, "classes", optimizer=FAST, fit=fit)


callbacks = [
    stopping("stopping"),
    stopping("stopping_patience", patience=2),
    stopping("stopping_restores", patience=3, restore_best_weights=True),
    stopping("stopping_restores_at_the_end", epochs=4, patience=9, restore_best_weights=True),
    stopping("stopping_min_delta", patience=1, min_delta=0.17),
    stopping("stopping_accuracy", monitor="val_accuracy", patience=1),
    stopping(
        "stopping_mode_max",
        monitor="val_accuracy",
        mode="max",
        patience=2,
        restore_best_weights=True,
    ),
    stopping("stopping_mode_min", monitor="val_accuracy", mode="min", patience=1),
    stopping("stopping_on_loss", monitor="loss", patience=1, restore_best_weights=True),
    stopping("stopping_baseline_met", baseline=1.4, patience=4),
    stopping("stopping_baseline", baseline=1.3, patience=2),
    stopping("stopping_baseline_restores", baseline=1.3, patience=2, restore_best_weights=True),
    stopping(
        "stopping_start_from_epoch", start_from_epoch=4, patience=1, restore_best_weights=True
    ),
    stopping("stopping_never", optimizer=of("optimizers.SGD", learning_rate=0.05), patience=1),
    plateau("plateau", patience=1),
    plateau("plateau_factor", factor=0.5, patience=0),
    plateau("plateau_cooldown", factor=0.5, patience=1, cooldown=2),
    plateau("plateau_min_lr", factor=0.5, patience=0, min_lr=0.03),
    plateau("plateau_min_delta", factor=0.5, patience=1, min_delta=0.17),
    plateau("plateau_accuracy", monitor="val_accuracy", mode="max", factor=0.5, patience=0),
    case(
        "scheduler",
        "classes",
        fit={"callbacks": [of("callbacks.LearningRateScheduler", schedule={"function": "halve"})]},
    ),
    case(
        "scheduler_of_the_epoch_alone",
        "classes",
        optimizer=ADAM,
        fit={
            "callbacks": [of("callbacks.LearningRateScheduler", schedule={"function": "by_epoch"})],
            "validation_split": 0.25,
            "initial_epoch": 1,
        },
    ),
    case(
        "callbacks_together",
        "classes",
        optimizer=FAST,
        fit={
            "epochs": 10,
            "validation_split": 0.4,
            "callbacks": [
                of("callbacks.ReduceLROnPlateau", factor=0.3, patience=1),
                of("callbacks.EarlyStopping", patience=3, restore_best_weights=True),
                of("callbacks.TerminateOnNaN"),
            ],
        },
    ),
]

steps = [
    case(
        "steps",
        "classes",
        dense(8, "relu", kernel_regularizer="l2"),
        layer("BatchNormalization"),
        optimizer=ADAM,
        steps=[{"rows": [0, 16]}, {"rows": [16, 32]}, {"rows": [32, 40], "return_dict": True}],
        fits=[],
    ),
    case(
        "steps_weighted",
        "bits",
        optimizer=ADAM,
        metrics=["accuracy", "mae"],
        steps=[
            {"rows": [0, 16], "sample_weight": array("weights")},
            {"rows": [16, 40], "class_weight": BOTH_BITS},
        ],
    ),
    case(
        "steps_without_metrics", "values", metrics=None, steps=[{"rows": [0, 40]}, {"rows": [5, 6]}]
    ),
]

FLOAT32: Described = {"dtype": "float32"}

single_precision = [
    case("float32_classes", "classes", dense(8, "relu"), optimizer=ADAM, **FLOAT32),
    case("float32_labels", "labels", dense(8, "gelu"), **FLOAT32),
    case("float32_bits", "bits", dense(8, "elu"), optimizer="rmsprop", **FLOAT32),
    case("float32_values", "values", dense(8, "silu"), optimizer="nadam", **FLOAT32),
    case("float32_normalization", "values", dense(8), layer("BatchNormalization"), **FLOAT32),
    case("float32_regularized", "classes", dense(8, "tanh", kernel_regularizer="l1l2"), **FLOAT32),
    case("float32_saturated", "classes", scale=20, **FLOAT32),
    case("float32_saturated_bits", "bits", scale=20, **FLOAT32),
    case("float32_saturated_labels", "labels", scale=20, **FLOAT32),
    case(
        "float32_weighted",
        "classes",
        fit={"sample_weight": array("weights"), "validation_split": 0.3},
        optimizer=of("optimizers.AdamW", learning_rate=0.01, clipnorm=0.1),
        **FLOAT32,
    ),
]

CASES = [
    *batches,
    *validation,
    *weights,
    *epochs,
    *callbacks,
    *steps,
    *single_precision,
]
