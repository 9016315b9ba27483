"""Small trainers that the tests of training, timelines and fitting share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import Dense, Input, Optimizer, Sequential, Trainer

MakeTrainer = Callable[..., Trainer]


@pytest.fixture(scope="session")
def make_trainer() -> MakeTrainer:
    """make_trainer(optimizer, ...): 26 rows of 3 inputs, 3-4-1 or `layers`, batches of 8."""

    def make(optimizer: str | Optimizer = "sgd", **options: Any) -> Trainer:
        rng = np.random.default_rng(5)
        x = rng.normal(size=(26, 3))
        y = np.tanh(x[:, 0]) - x[:, 1] * x[:, 2]
        dtype = options.pop("dtype", "float32")
        layers = options.pop("layers", [Dense(4, "tanh"), Dense(1)])
        model = Sequential([Input((3,)), *layers], dtype=dtype, seed=1)
        model.compile(optimizer, "mse", metrics=options.pop("metrics", ["mae"]))
        return Trainer(model, x, y, **{"batch_size": 8, "seed": 3} | options)

    return make
