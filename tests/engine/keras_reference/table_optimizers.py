"""Cases for optimizers and learning-rate schedules."""

from __future__ import annotations

from typing import Any

from tests.engine.keras_reference.table import Described, case, dense, layer, of

#: every optimizer with a rate at which it moves in twelve steps
RATES = {
    "SGD": 0.1,
    "RMSprop": 0.01,
    "Adagrad": 0.1,
    "Adadelta": 1.0,
    "Adam": 0.01,
    "AdamW": 0.01,
    "Adamax": 0.02,
    "Nadam": 0.01,
}

#: what every optimizer has; the numbers are such that they bite
SHARED: dict[str, dict[str, Any]] = {
    "weight_decay": {"weight_decay": 0.05},
    "clipnorm": {"clipnorm": 0.05},
    "clipvalue": {"clipvalue": 0.01},
    "global_clipnorm": {"global_clipnorm": 0.05},
}

OWN: dict[str, list[dict[str, Any]]] = {
    "SGD": [{"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"nesterov": True}],
    "RMSprop": [
        {"rho": 0.7},
        {"momentum": 0.8},
        {"centered": True},
        {"centered": True, "momentum": 0.8},
        {"epsilon": 0.01},
    ],
    "Adagrad": [{"initial_accumulator_value": 0.01}, {"epsilon": 0.1}],
    "Adadelta": [{"rho": 0.8}, {"epsilon": 0.001}],
    "Adam": [{"amsgrad": True}, {"beta_1": 0.8, "beta_2": 0.9}, {"epsilon": 0.1}],
    "AdamW": [{"weight_decay": 0.2}, {"amsgrad": True}, {"beta_1": 0.5}],
    "Adamax": [{"beta_1": 0.8, "beta_2": 0.9}, {"epsilon": 0.1}],
    "Nadam": [{"beta_1": 0.8, "beta_2": 0.9}, {"epsilon": 0.1}],
}

#: options that only show when they meet
TOGETHER: list[tuple[str, dict[str, Any]]] = [
    ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.02, "clipnorm": 0.1}),
    ("RMSprop", {"centered": True, "momentum": 0.9, "weight_decay": 0.02, "clipvalue": 0.02}),
    ("Adam", {"amsgrad": True, "weight_decay": 0.02, "global_clipnorm": 0.1}),
    ("AdamW", {"amsgrad": True, "clipnorm": 0.1}),
    ("Nadam", {"weight_decay": 0.02, "global_clipnorm": 0.1}),
]

SCHEDULES: dict[str, Described] = {
    "exponential": of(
        "optimizers.schedules.ExponentialDecay",
        initial_learning_rate=0.1,
        decay_steps=4,
        decay_rate=0.5,
    ),
    "staircase": of(
        "optimizers.schedules.ExponentialDecay",
        initial_learning_rate=0.1,
        decay_steps=4,
        decay_rate=0.5,
        staircase=True,
    ),
    "steps": of(
        "optimizers.schedules.PiecewiseConstantDecay",
        boundaries=[3, 7],
        values=[0.1, 0.05, 0.01],
    ),
    "cosine": of("optimizers.schedules.CosineDecay", initial_learning_rate=0.1, decay_steps=8),
    "cosine_alpha": of(
        "optimizers.schedules.CosineDecay", initial_learning_rate=0.1, decay_steps=9, alpha=0.2
    ),
    "cosine_warmup": of(
        "optimizers.schedules.CosineDecay",
        initial_learning_rate=0.01,
        decay_steps=6,
        alpha=0.1,
        warmup_target=0.1,
        warmup_steps=4,
    ),
}


def told(name: str, options: dict[str, Any]) -> str:
    values = (f"{key}_{str(value).replace('.', '')}" for key, value in options.items())
    return "_".join([name, *values])


def optimizer_case(label: str, name: str, options: dict[str, Any]) -> Described:
    chosen = of(f"optimizers.{name}", **({"learning_rate": RATES[name]} | options))
    return case(label, "classes", optimizer=chosen)


CASES = [
    *(case(f"optimizer_{name.lower()}", "values", optimizer=name.lower()) for name in RATES),
    *(optimizer_case(name, name, {}) for name in RATES),
    *(
        optimizer_case(f"{name}_{label}", name, options)
        for name in RATES
        for label, options in SHARED.items()
    ),
    *(
        optimizer_case(told(name, options), name, options)
        for name, several in OWN.items()
        for options in several
    ),
    *(optimizer_case(f"together_{name}", name, options) for name, options in TOGETHER),
    *(
        optimizer_case(f"schedule_{label}_{name}", name, {"learning_rate": schedule})
        for label, schedule in SCHEDULES.items()
        for name in ("SGD", "Adam")
    ),
    optimizer_case("schedule_decay_AdamW", "AdamW", {"learning_rate": SCHEDULES["exponential"]}),
    case(
        "optimizer_adam_on_dead_nodes",  # their slopes are 0 from the first step on
        "classes",
        dense(8, "relu"),
        initial=[None, -20, None, None],
        optimizer=of("optimizers.Adam", learning_rate=0.01),
    ),
    case(
        "clipnorm_on_dead_nodes",
        "classes",
        dense(8, "relu"),
        initial=[None, -20, None, None],
        optimizer=of("optimizers.SGD", learning_rate=0.1, clipnorm=0.05),
    ),
    *(
        case(
            f"{name}_of_nothing",  # every slope is 0: there is nothing to make shorter
            "bits",
            y="nothing",
            loss="mse",
            last=dense(1),
            initial=[None, None, 0, 0],
            optimizer=of("optimizers.Adam", learning_rate=0.1, **{name: 0.05}),
        )
        for name in ("clipnorm", "global_clipnorm")
    ),
    case(
        "weight_decay_of_normalization",
        "values",
        dense(8),
        layer("BatchNormalization"),
        optimizer=of("optimizers.AdamW", learning_rate=0.01, weight_decay=0.5),
    ),
]
