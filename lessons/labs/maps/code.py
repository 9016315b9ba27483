"""The lines that train the lab's network in Keras's words, and a node's map in NumPy."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from engine import Dense
from lessons.datasets import plane
from lessons.labs.base import Code
from lessons.labs.maps.run import BATCH_SIZE
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.maps.lab import MapsLab

WIDTH = 88
FIRST = 30
"""Epochs in the listing before there are any."""

FUNCTIONS = {
    "tanh": "np.tanh({})",
    "relu": "np.maximum({}, 0)",
    "sigmoid": "1 / (1 + np.exp(-({})))",
    "linear": "{}",
}


def listings(lab: MapsLab) -> tuple[Code, ...]:
    """Training as one program for Keras, for this engine, and the map of the node pointed at."""
    programs = (
        Code("Keras", _program(lab, "keras")),
        Code("this engine", _program(lab, "engine")),
    )
    layer, node = lab.cursor
    output = layer == len(lab.settings.hidden)
    if lab.hides_score if output else lab.hides_maps:
        return programs
    name = "the output" if output else f"layer {layer + 1} node {node}"
    return (*programs, Code(f"NumPy: the map of {name}", _map(lab, layer, node)))


def _program(lab: MapsLab, package: str) -> str:
    settings = lab.settings
    seed = f", seed={settings.seed}" if package == "engine" else ""
    layers = ["Input((2,))"]
    layers += [f'Dense({size}, activation="{settings.activation}")' for size in settings.hidden]
    layers.append('Dense(1, activation="sigmoid")')
    return "\n".join(
        [
            *_imports(package, settings.seed),
            "",
            f'points = plane.load("{settings.data}")',
            'x = points.select("x", "y").values',
            'y = points.column("class")',
            "",
            "model = Sequential([",
            *(f"    {layer}," for layer in layers),
            f"]{seed})",
            "model.compile(",
            f"    optimizer=Adam(learning_rate={float(settings.rate)!r}),",
            '    loss="binary_crossentropy",',
            '    metrics=["accuracy"],',
            ")",
            f"model.fit(x, y, batch_size={BATCH_SIZE}, epochs={lab.position or FIRST}, verbose=0)",
            "print(model.evaluate(x, y, verbose=0))",
        ]
    )


def _imports(package: str, seed: int) -> list[str]:
    if package == "engine":
        return [
            "from engine import Adam, Dense, Input, Sequential",
            "from lessons.datasets import plane",
        ]
    return [
        "import keras",
        "from keras import Input, Sequential",
        "from keras.layers import Dense",
        "from keras.optimizers import Adam",
        "",
        "# the points are this course's",
        "from lessons.datasets import plane",
        "",
        f"keras.utils.set_random_seed({seed})",
    ]


def _map(lab: MapsLab, layer: int, node: int) -> str:
    """The way to one node's map, with the weights of now, on a coarse grid that can be printed."""
    edge = exact(plane.EDGE)
    lines = [
        "import numpy as np",
        "",
        "# places of the plane, from the top left to the lower right",
        f"side = np.linspace(-{edge}, {edge}, 13)",
        "x, y = np.meshgrid(side, side[::-1])",
        "values = np.column_stack([x.ravel(), y.ravel()])",
    ]
    for at in range(layer + 1):
        dense = lab.model.layers[at]
        assert isinstance(dense, Dense)
        assert dense.bias is not None
        only = slice(node, node + 1) if at == layer else slice(None)
        last = at == len(lab.settings.hidden)
        function = FUNCTIONS["sigmoid" if last else lab.settings.activation]
        lines += [
            "",
            f"# layer {at + 1}: a row for each input, a column for each node",
            *_array("weights", dense.kernel[:, only]),
            *_array("bias", dense.bias[only]),
            f"values = {function.format('values @ weights + bias')}",
        ]
    return "\n".join([*lines, "", "print(np.round(values.reshape(13, 13), 2))"])


def _array(name: str, values: np.ndarray) -> list[str]:
    """An assignment of an array, with the digits that give these very numbers back."""
    numbers = np.vectorize(lambda number: f"{number:.9g}", otypes=[object])(values)
    if values.ndim == 1:
        return _wrapped(f"{name} = np.array([{', '.join(numbers)}])", "    ")
    rows = [_wrapped(f"    [{', '.join(row)}],", "     ") for row in numbers]
    return [f"{name} = np.array([", *(line for row in rows for line in row), "])"]


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False)
