"""The course's loop over learning rates, in Keras's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.labs.race.lane import INPUT, TARGET, WEIGHT, recipe_of
from lessons.labs.race.setup import HANDED_ON, ONE_WEIGHT
from lessons.learning.listing import Package, data_lines, imports, layers, loss_text

if TYPE_CHECKING:
    from lessons.labs.race.lab import RaceLab

FIRST = 10
"""Epochs of the program as long as fewer are taken; on one weight, steps."""


def listings(lab: RaceLab) -> tuple[Code, ...]:
    """The race as one program for Keras and for this engine."""
    make = _one_weight if lab.setup.track == ONE_WEIGHT else _table
    return (
        Code("Keras: a new model for each rate", "\n".join(make(lab, "keras"))),
        Code("this engine", "\n".join(make(lab, "engine"))),
    )


def _rates(lab: RaceLab) -> str:
    rates = [repr(float(entry.rate)) for entry in lab.settings.lanes]
    return f"[{', '.join(rates)}]"


def _one_weight(lab: RaceLab, package: Package) -> list[str]:
    keras = package == "keras"
    kind = "" if keras else ', dtype="float64"'
    # float32 holds numbers up to 3e38, float64 up to 2e308
    sooner = ": in Keras's float32 sooner than here" if keras else ""
    names = (
        [
            "from keras import Input, Sequential",
            "from keras.callbacks import TerminateOnNaN",
            "from keras.layers import Dense",
            "from keras.optimizers import SGD",
        ]
        if keras
        else ["from engine import SGD, Dense, Input, Sequential, TerminateOnNaN"]
    )
    return [
        "import numpy as np",
        *names,
        "",
        f"x, y = np.array([[{INPUT}]]), np.array([[{TARGET}]])",
        "",
        f"for rate in {_rates(lab)}:",
        f"    model = Sequential([Input((1,)), Dense(1, use_bias=False)]{kind})",
        f"    model.set_weights([np.array([[{WEIGHT}]])])",
        '    model.compile(optimizer=SGD(learning_rate=rate), loss="mean_squared_error")',
        f"    # a loss of inf or nan ends the training{sooner}",
        f"    model.fit(x, y, batch_size=1, epochs={max(lab.position, FIRST)}, verbose=0,",
        "              callbacks=[TerminateOnNaN()])",
        "    print(rate, model.get_weights()[0])",
    ]


def _table(lab: RaceLab, package: Package) -> list[str]:
    recipe = recipe_of(lab.settings.scaling, lab.settings.seed)
    epochs = max(lab.position // lab.race.per_epoch, FIRST)
    seed = recipe.seed
    new = (
        [f"    keras.utils.set_random_seed({seed})  # the same weights every time"]
        if package == "keras"
        else []
    )
    ending = (
        "    ])" if package == "keras" else f"    ], seed={seed})  # the same weights every time"
    )
    return [
        *imports(lab.problem, recipe, package, "SGD", ("TerminateOnNaN",)),
        "",
        *data_lines(lab.problem, recipe),
        "",
        "",
        "def new_model():",
        *new,
        "    return Sequential([",
        *(f"        {layer}," for layer in layers(lab.problem, recipe)),
        ending,
        "",
        "",
        *_loop(lab, epochs, loss_text(lab.problem, recipe)),
    ]


def _loop(lab: RaceLab, epochs: int, loss: str) -> list[str]:
    lanes = lab.settings.lanes
    handed_on = any(entry.after is not None for entry in lanes)
    body = [
        f"    model.compile(optimizer=SGD(learning_rate=rate), loss={loss},",
        '                  metrics=["accuracy"])',
        f"    model.fit(x, y, batch_size=32, epochs={HANDED_ON if handed_on else epochs},",
        "              validation_data=(x_held_out, y_held_out),",
        "              callbacks=[TerminateOnNaN()])",
    ]
    if not handed_on:
        return [f"for rate in {_rates(lab)}:", "    model = new_model()", *body]
    return [
        "trained = []",
        "# rate, and whose model it goes on with: None is a new one",
        f"for rate, after in {[(float(entry.rate), entry.after) for entry in lanes]}:",
        "    model = new_model()",
        "    if after is not None:",
        "        model.set_weights(trained[after])",
        *body,
        "    trained.append(model.get_weights())",
    ]
