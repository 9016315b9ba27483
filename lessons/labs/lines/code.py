"""The lines that train the same models in Keras's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.lines.lab import LinesLab

FIRST = 100
"""Epochs of the program as long as none has been taken."""


def listings(lab: LinesLab) -> tuple[Code, ...]:
    """The rows alone, or training the models as a program for Keras and for this engine."""
    if not lab.learners:
        return (Code("the rows", _rows_alone(lab)),)
    return (
        Code("Keras", _program(lab, keras=True)),
        Code("this engine", _program(lab, keras=False)),
    )


def _rows_alone(lab: LinesLab) -> str:
    problem, axis = lab.problem, lab.settings.axis
    return "\n".join(
        [
            f"from lessons.datasets import {problem.name}",
            "",
            f"rows = {problem.name}.load()",
            f'print(rows.column("{axis}")[:5])',
            f'print(rows.column("{problem.group.column}")[:5])',
            f'print(rows.column("{problem.target}")[:5])',
        ]
    )


def _program(lab: LinesLab, *, keras: bool) -> str:
    settings = lab.settings
    epochs = lab.position or FIRST
    names = [learner.name for learner in lab.learners]
    every = f"({', '.join(names)}{',' if len(names) == 1 else ''})"
    near, far = (exact(place) for place in lab.places)
    return "\n".join(
        [
            *_imports(lab, keras),
            "",
            *([f"keras.utils.set_random_seed({settings.seed})", ""] if keras else []),
            *_data(lab),
            "",
            *(line for name in names for line in _model(name, lab, keras)),
            "",
            f"# each group (0, 1) at {near} and at {far}",
            f"places = scaler.transform([[{near}, 0], [{near}, 1], [{far}, 0], [{far}, 1]])",
            f"for model in {every}:",
            f"    optimizer = SGD(learning_rate={float(settings.rate)!r})",
            '    model.compile(optimizer=optimizer, loss="mean_squared_error")',
            f"    model.fit(x, y, batch_size={lab.rows}, epochs={epochs}, verbose=0)",
            "    loss = model.evaluate(x, y, verbose=0)",
            "    low_0, low_1, high_0, high_1 = model.predict(places, verbose=0).ravel()",
            "    print(loss, low_1 - low_0, high_1 - high_0)",
        ]
    )


def _imports(lab: LinesLab, keras: bool) -> list[str]:
    data = f"from lessons.datasets import {lab.problem.name}"
    if not keras:
        names = "SGD, Dense, Input, Sequential, StandardScaler"
        return ["import numpy as np", "", f"from engine import {names}", data]
    return [
        "import keras",
        "import numpy as np",
        "from keras import Input, Sequential",
        "from keras.layers import Dense",
        "from keras.optimizers import SGD",
        "",
        "# the data, and how it is scaled, are this course's",
        "from engine import StandardScaler",
        data,
    ]


def _data(lab: LinesLab) -> list[str]:
    problem, axis = lab.problem, lab.settings.axis
    return [
        f"rows = {problem.name}.load()",
        f'x = np.column_stack([rows.column("{axis}"), rows.column("{problem.group.column}")])',
        f'y = rows.column("{problem.target}")',
        "scaler = StandardScaler().fit(x)",
        "x = scaler.transform(x)",
    ]


def _model(name: str, lab: LinesLab, keras: bool) -> list[str]:
    settings = lab.settings
    seed = "" if keras else f", seed={settings.seed}"
    if name == "straight":
        return [f"straight = Sequential([Input((2,)), Dense(1)]{seed})"]
    activation = "" if settings.activation == "none" else f', activation="{settings.activation}"'
    return [
        "network = Sequential([",
        "    Input((2,)),",
        f"    Dense({settings.nodes}{activation}),",
        "    Dense(1),",
        f"]{seed})",
    ]
