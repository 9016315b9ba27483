"""The program that does a training in Keras's words: for Keras itself, and for this engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe

Package = Literal["keras", "engine"]

OF_SCORES = "CategoricalCrossentropy(from_logits=True)"
"""The loss of a recipe with `from_logits`, as it is typed."""


def program(
    problem: Problem,
    recipe: Recipe,
    package: Package,
    *,
    epochs: int,
    data: Sequence[str] | None = None,
    callbacks: str = "",
) -> str:
    """A whole program that runs as it stands and ends with the weights of this recipe.

    `data` are the lines that make x, y, x_held_out and y_held_out, where they are not rows of a
    table. `callbacks` is written into the call of fit: ``[EarlyStopping(patience=2)]``.
    """
    name, arguments = optimizer_call(recipe.optimizer, recipe.rate)
    loss = recipe.loss_for(problem)
    extra = [f"    callbacks={callbacks},"] if callbacks else []
    metrics = ['    metrics=["accuracy"],'] if problem.classifies else []
    lines = [
        *_imports(problem, recipe, package, name, "EarlyStopping" in callbacks),
        "",
        *([f"keras.utils.set_random_seed({recipe.seed})", ""] if package == "keras" else []),
        *(data_lines(problem, recipe) if data is None else data),
        "",
        "model = Sequential([",
        *(f"    {layer}," for layer in _layers(problem, recipe)),
        "])" if package == "keras" else f"], seed={recipe.seed})",
        "model.compile(",
        f"    optimizer={name}({arguments}),",
        f"    loss={OF_SCORES}," if recipe.from_logits else f'    loss="{loss}",',
        *metrics,
        ")",
        "model.fit(",
        f"    x, y, batch_size={recipe.batch_size}, epochs={epochs},",
        "    validation_data=(x_held_out, y_held_out),",
        *extra,
        ")",
    ]
    return "\n".join(lines)


def _layers(problem: Problem, recipe: Recipe) -> list[str]:
    more = f', activation="{recipe.activation}"'
    if recipe.initializer != "glorot_uniform":
        more += f', kernel_initializer="{recipe.initializer}"'
    softmax = ', activation="softmax"' if problem.classifies and not recipe.from_logits else ""
    last = f"Dense({problem.outputs}{softmax})"
    hidden = [f"Dense({units}{more})" for units in recipe.hidden]
    return [f"Input(({len(problem.features)},))", *hidden, last]


def _imports(
    problem: Problem, recipe: Recipe, package: Package, optimizer: str, stops: bool
) -> list[str]:
    data = f"from lessons.datasets import {problem.name}"
    ours = (["StandardScaler"] if recipe.scaling else []) + ["split"]
    ours += ["to_categorical"] if problem.classifies else []
    if package == "engine":
        names = [optimizer, "Dense", *(["EarlyStopping"] if stops else []), "Input", "Sequential"]
        losses = ["from engine.losses import CategoricalCrossentropy"] if recipe.from_logits else []
        return [f"from engine import {', '.join([*names, *ours])}", *losses, data]
    return [
        "import keras",
        "from keras import Input, Sequential",
        *(["from keras.callbacks import EarlyStopping"] if stops else []),
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
