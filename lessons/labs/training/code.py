"""The lines that train the lab's network in Keras's words, and one optimizer step in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.training.lab import TrainingLab


def listings(lab: TrainingLab) -> tuple[Code, ...]:
    """Training as one program for Keras, for this engine, and the last change in NumPy."""
    return (
        Code("Keras", _program(lab, "keras", "keras.utils.set_random_seed({seed})", "")),
        Code("this engine", _program(lab, "engine", "", ", seed={seed}")),
        Code("NumPy: the last change of one weight", _change(lab)),
    )


def _program(lab: TrainingLab, package: str, seeding: str, seed_argument: str) -> str:
    settings, seed = lab.settings, lab.seed
    name, arguments = _optimizer(settings.optimizer, settings.rate)
    layers = [f"Input(({len(lab.problem.features)},))"]
    layers += [f'Dense({units}, activation="relu")' for units in lab.hidden] + ["Dense(1)"]
    lines = [
        *_imports(package, name, lab.problem.name),
        "",
        *([seeding.format(seed=seed), ""] if seeding else []),
        *_data(lab),
        "",
        "model = Sequential([",
        *(f"    {layer}," for layer in layers),
        f"]{seed_argument.format(seed=seed)})",
        "model.compile(",
        f"    optimizer={name}({arguments}),",
        '    loss="mean_squared_error",',
        ")",
        "model.fit(",
        f"    x, y, batch_size={settings.batch_size}, epochs={max(lab.epochs, 10)},",
        "    validation_data=(x_held_out, y_held_out),",
        ")",
    ]
    return "\n".join(lines)


def _imports(package: str, optimizer: str, dataset: str) -> list[str]:
    data = f"from lessons.datasets import {dataset}"
    if package == "engine":
        names = f"{optimizer}, Dense, Input, Sequential, StandardScaler, split"
        return [f"from engine import {names}", data]
    return [
        "import keras",
        "from keras import Input, Sequential",
        "from keras.layers import Dense",
        f"from keras.optimizers import {optimizer}",
        "",
        "# the data, and how it is split and scaled, are this course's",
        "from engine import StandardScaler, split",
        data,
    ]


def _data(lab: TrainingLab) -> list[str]:
    problem = lab.problem
    lines = [
        "rows, held_out = split("
        f"{problem.name}.load(), {problem.held_out}, seed={problem.split_seed})",
        f'x = rows.without("{problem.target}").values',
        f'y = rows.column("{problem.target}")',
        f'x_held_out = held_out.without("{problem.target}").values',
        f'y_held_out = held_out.column("{problem.target}")',
    ]
    if lab.settings.scaling:
        lines += [
            "scaler = StandardScaler().fit(x)",
            "x = scaler.transform(x)",
            "x_held_out = scaler.transform(x_held_out)",
        ]
    return lines


def _optimizer(optimizer: str, rate: float) -> tuple[str, str]:
    """Class and arguments of an optimizer, as they are typed."""
    arguments = f"learning_rate={float(rate)!r}"
    if optimizer == "adam":
        return "Adam", arguments
    if "momentum" in optimizer:
        arguments += ", momentum=0.9"
    if "nesterov" in optimizer:
        arguments += ", momentum=0.9, nesterov=True"
    return "SGD", arguments


def _change(lab: TrainingLab) -> str:
    """The update of the weight under the cursor, with the values of the last batch put in."""
    at = lab.cursor_in_parameters()
    optimizer = lab.optimizer
    values = {name: exact(float(slot[at])) for name, slot in optimizer.slots.items()}
    slope, rate = exact(float(lab.model.gradient[at])), exact(lab.last_rate)
    if lab.position == 0:
        return "# no batch has been taken yet: press space, then c\nprint(0.0)"
    if lab.settings.optimizer == "adam":
        return f"""\
import numpy as np

# running means of the slopes and of their squares, and batches so far
m = {values["m"]}
v = {values["v"]}
t = {lab.position}
learning_rate = {rate}

alpha = learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
change = -alpha * m / (np.sqrt(v) + 1e-7)
print(change)"""
    rule = "-learning_rate * slope"
    lines = [f"slope = {slope}", f"learning_rate = {rate}"]
    if "velocity" in values:
        lines.append("# velocity: 0.9 × the one before - learning_rate × slope")
        lines.append(f"velocity = {values['velocity']}")
        rule = "velocity"
        if "nesterov" in lab.settings.optimizer:
            rule = "0.9 * velocity - learning_rate * slope"
    return "\n".join([*lines, f"change = {rule}", "print(change)"])
