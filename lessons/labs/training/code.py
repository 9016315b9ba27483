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
    settings, problem, seed = lab.settings, lab.problem, lab.seed
    name, arguments = _optimizer(settings.optimizer, settings.rate)
    if package == "keras":
        imports = [
            "import keras",
            "from keras import Input, Sequential",
            "from keras.layers import Dense",
            f"from keras.optimizers import {name}",
            "from engine import Scaler, split",
        ]
    else:
        imports = [f"from engine import {name}, Dense, Input, Scaler, Sequential, split"]
    lines = [
        *imports,
        f"from lessons.datasets import {problem.name}",
        "",
        *([seeding.format(seed=seed)] if seeding else []),
        f"rows, held_out = split({problem.name}.load(), 0.3, seed={problem.split_seed})",
        f'x, y = rows.without("{problem.target}").values, rows.column("{problem.target}")',
        f'x_held_out = held_out.without("{problem.target}").values',
        f'y_held_out = held_out.column("{problem.target}")',
    ]
    if settings.scaling:
        lines += [
            "scaler = Scaler().fit(x)",
            "x, x_held_out = scaler.transform(x), scaler.transform(x_held_out)",
        ]
    layers = [f"Input(({len(problem.features)},))"]
    layers += [f'Dense({units}, activation="relu")' for units in lab.hidden] + ["Dense(1)"]
    lines += ["", "model = Sequential(["]
    lines += [f"    {layer}," for layer in layers]
    lines += [
        f"]{seed_argument.format(seed=seed)})",
        f'model.compile(optimizer={name}({arguments}), loss="mean_squared_error")',
        f"model.fit(x, y, batch_size={settings.batch_size}, epochs={max(lab.epochs, 10)},",
        "          validation_data=(x_held_out, y_held_out))",
    ]
    return "\n".join(lines)


def _optimizer(optimizer: str, rate: float) -> tuple[str, str]:
    """Class and arguments of an optimizer, as they are typed."""
    arguments = f"learning_rate={exact(rate)}"
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
    if lab.settings.optimizer == "adam":
        return f"""\
import numpy as np

m = {values["m"]}  # running mean of the slopes, this batch included
v = {values["v"]}  # running mean of their squares
t = {lab.position}  # batches so far
learning_rate = {rate}

if t == 0:
    print("no batch has been taken yet")
else:
    alpha = learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    change = -alpha * m / (np.sqrt(v) + 1e-7)
    print(change)"""
    rule = "-learning_rate * slope"
    lines = [f"slope = {slope}", f"learning_rate = {rate}"]
    if "velocity" in values:
        lines.append(f"velocity = {values['velocity']}  # 0.9 × velocity - learning_rate × slope")
        rule = "velocity"
        if "nesterov" in lab.settings.optimizer:
            rule = "0.9 * velocity - learning_rate * slope"
    return "\n".join([*lines, f"change = {rule}", "print(change)"])
