"""The program that does a training in Keras's words: for Keras itself, and for this engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe

Package = Literal["keras", "engine"]

WIDEST = 88
"""Characters of a line of imports; longer ones become two."""

OF_SCORES = "CategoricalCrossentropy(from_logits=True)"
"""The loss of a recipe with `from_logits`, as it is typed."""


def program(
    problem: Problem,
    recipe: Recipe,
    package: Package,
    *,
    epochs: int,
    data: Sequence[str] | None = None,
    helpers: Sequence[str] | None = None,
    callbacks: str = "",
) -> str:
    """A whole program that runs as it stands and ends with the weights of this recipe.

    `data` are the lines that make x, y, x_held_out and y_held_out, where they are not rows of a
    table, and `helpers` what they take from the engine. `callbacks` is written into the call of
    fit: ``[EarlyStopping(patience=2)]``.
    """
    name, arguments = optimizer_call(recipe.optimizer, recipe.rate)
    extra = [f"    callbacks={callbacks},"] if callbacks else []
    metrics = ['    metrics=["accuracy"],'] if problem.classifies else []
    stops = ["EarlyStopping"] if "EarlyStopping" in callbacks else []
    numpy = ["import numpy as np", ""] if any("np." in line for line in data or ()) else []
    lines = [
        *numpy,
        *imports(problem, recipe, package, name, stops, helpers),
        "",
        *([f"keras.utils.set_random_seed({recipe.seed})", ""] if package == "keras" else []),
        *(data_lines(problem, recipe) if data is None else data),
        "",
        "model = Sequential([",
        *(f"    {layer}," for layer in layers(problem, recipe)),
        "])" if package == "keras" else f"], seed={recipe.seed})",
        "model.compile(",
        f"    optimizer={name}({arguments}),",
        f"    loss={loss_text(problem, recipe)},",
        *metrics,
        ")",
        "model.fit(",
        f"    x, y, batch_size={recipe.batch_size}, epochs={epochs},",
        "    validation_data=(x_held_out, y_held_out),",
        *extra,
        ")",
    ]
    return "\n".join(lines)


def loss_text(problem: Problem, recipe: Recipe) -> str:
    """The loss as it is given to compile."""
    return OF_SCORES if recipe.from_logits else f'"{recipe.loss_for(problem)}"'


def layers(problem: Problem, recipe: Recipe) -> list[str]:
    """The layers as they are given to Sequential."""
    more = f', activation="{recipe.activation}"'
    if recipe.initializer != "glorot_uniform":
        more += f', kernel_initializer="{recipe.initializer}"'
    softmax = ', activation="softmax"' if problem.classifies and not recipe.from_logits else ""
    last = f"Dense({problem.outputs}{softmax})"
    hidden = [f"Dense({units}{more})" for units in recipe.hidden]
    return [f"Input(({len(problem.features)},))", *hidden, last]


def imports(
    problem: Problem,
    recipe: Recipe,
    package: Package,
    optimizer: str,
    callbacks: Sequence[str] = (),
    helpers: Sequence[str] | None = None,
) -> list[str]:
    """The imports of a program that trains this with this optimizer and these callbacks."""
    data = f"from lessons.datasets import {problem.name}"
    ours = (["StandardScaler"] if recipe.scaling else []) + ["split"]
    ours += ["to_categorical"] if problem.classifies else []
    ours = ours if helpers is None else list(helpers)
    if package == "engine":
        names = [optimizer, "Dense", *sorted({*callbacks, "Input", "Sequential"})]
        losses = ["from engine.losses import CategoricalCrossentropy"] if recipe.from_logits else []
        lines = [f"from engine import {', '.join([*names, *ours])}"]
        if len(lines[0]) > WIDEST:
            lines = [f"from engine import {', '.join(part)}" for part in (names, ours)]
        return [*lines, *losses, data]
    return [
        "import keras",
        "from keras import Input, Sequential",
        *(f"from keras.callbacks import {name}" for name in callbacks),
        "from keras.layers import Dense",
        *(["from keras.losses import CategoricalCrossentropy"] if recipe.from_logits else []),
        f"from keras.optimizers import {optimizer}",
        "",
        "# the data, and how it is split and scaled, are this course's",
        f"from engine import {', '.join(ours)}",
        data,
    ]


def data_lines(problem: Problem, recipe: Recipe) -> list[str]:
    """The lines that load, split and scale the rows of a table."""
    seed = "" if problem.split_seed is None else f", seed={problem.split_seed}"
    lines = [f"rows, held_out = split({problem.name}.load(), {problem.held_out}{seed})"]
    for rows, ending in (("rows", ""), ("held_out", "_held_out")):
        column = f'{rows}.column("{problem.target}")'
        if problem.classifies:
            column = f"to_categorical({column}, {problem.outputs})"
        lines += [
            f'x{ending} = {rows}.without("{problem.target}").values',
            f"y{ending} = {column}",
        ]
    if recipe.scaling:
        lines += [
            "scaler = StandardScaler().fit(x)",
            "x = scaler.transform(x)",
            "x_held_out = scaler.transform(x_held_out)",
        ]
    return lines


def optimizer_call(optimizer: str, rate: float) -> tuple[str, str]:
    """Class and arguments of an optimizer of OPTIMIZERS, as they are typed."""
    arguments = f"learning_rate={float(rate)!r}"
    if optimizer == "adam":
        return "Adam", arguments
    if "momentum" in optimizer:
        arguments += ", momentum=0.9"
    if "nesterov" in optimizer:
        arguments += ", momentum=0.9, nesterov=True"
    return "SGD", arguments
