"""The lines of code behind the four views that compute: NumPy, this engine, Keras."""

from __future__ import annotations

import numpy as np

from lessons.labs.base import Code
from lessons.numbers import exact


def one_hot_listings(targets: tuple[int, ...]) -> tuple[Code, ...]:
    """One-hot by Keras, by this engine, and by NumPy."""
    given = f"shot_result = {_list(targets)}"
    return (
        Code(
            "Keras",
            f"""\
from keras.utils import to_categorical

{given}
y = to_categorical(shot_result, 2)
print(y)""",
        ),
        Code(
            "this engine",
            f"""\
from engine import to_categorical

{given}
y = to_categorical(shot_result, 2)
print(y)""",
        ),
        Code(
            "NumPy",
            f"""\
import numpy as np

{given}
y = np.eye(2)[shot_result]  # row k of this table is the one-hot row of class k
print(y)""",
        ),
    )


def softmax_listings(scores: tuple[float, ...]) -> tuple[Code, ...]:
    """Softmax by NumPy, and as the layer of a network."""
    count = len(scores)
    layer = f"""\
# weights of 1 and 0 pass each score on as it is
model = Sequential([Input(({count},)), Dense({count}, activation="softmax", use_bias=False)])
model.set_weights([np.eye({count})])
print(model.predict(np.array([{_list(scores)}]), verbose=0))"""
    return (
        Code(
            "NumPy",
            f"""\
import numpy as np

scores = np.array({_list(scores)})
# the largest is taken off first: it changes nothing, and no power gets too large
powers = np.exp(scores - scores.max())
probabilities = powers / powers.sum()
print(probabilities)""",
        ),
        Code("Keras", f"{_KERAS}\n\n{layer}"),
        Code("this engine", f"{_ENGINE}\n\n{layer}"),
    )


def loss_listings(truths: tuple[int, ...], predicted: np.ndarray) -> tuple[Code, ...]:
    """Cross-entropy and accuracy by NumPy, and as a network measures them."""
    rows = "\n".join(f"    {_list(row)}," for row in predicted)
    data = f"""\
y = np.eye(2)[{_list(truths)}]  # the true classes, one-hot
p = np.array([
{rows}
])"""
    model = f"""\
{data}

# a network that passes on what it is given, measured on these rows
model = Sequential([Input((2,)), Dense(2, use_bias=False)])
model.set_weights([np.eye(2)])
model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
print(model.evaluate(p, y, verbose=0))"""
    return (
        Code(
            "NumPy",
            f"""\
import numpy as np

{data}

p = np.clip(p, 1e-7, 1 - 1e-7)  # ln(0) has no value
losses = -(y * np.log(p)).sum(axis=1)
accuracy = (p.argmax(axis=1) == y.argmax(axis=1)).mean()
print(losses, losses.mean(), accuracy)""",
        ),
        Code("Keras", f"{_KERAS}\n\n{model}"),
        Code("this engine", f"{_ENGINE}\n\n{model}"),
    )


def base_rate_listings(data: str, always: int) -> tuple[Code, ...]:
    """Counting the classes of a data set, and what always saying the same is worth."""
    return (
        Code(
            "NumPy",
            f"""\
import numpy as np
from lessons.datasets import {data}

target = {data}.load().column({data}.TARGET).astype(int)
counts = np.bincount(target)
shares = counts / counts.sum()
print(counts, shares)
print("accuracy", shares[{always}])
print("loss", -(shares * np.log(shares)).sum())""",
        ),
    )


_KERAS = """\
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense"""

_ENGINE = """\
import numpy as np
from engine import Dense, Input, Sequential"""


def _list(numbers: tuple[float, ...] | np.ndarray) -> str:
    return f"[{', '.join(exact(float(one)) for one in numbers)}]"
