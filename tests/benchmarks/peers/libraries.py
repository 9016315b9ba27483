"""The rounds of the engine and of the libraries: each as its users would write it, in float32.

Every function here is called in a process of its own, imports its library there, and returns what
does one round. Weights go on from round to round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.benchmarks.peers.workloads import Workload, one_hot

Round = Callable[[], object]


def engine(work: Workload) -> Round:
    """Sequential.fit, and predict."""
    from engine import SGD, Adam, Dense, Input, Sequential

    x, y = work.data()
    hidden = [Dense(width, activation="relu") for width in work.widths[1:-1]]
    last = Dense(work.widths[-1], activation="softmax" if work.classifies else None)
    model = Sequential([Input((work.widths[0],)), *hidden, last], seed=0)
    loss = "categorical_crossentropy" if work.classifies else "mean_squared_error"
    model.compile(Adam() if work.optimizer == "adam" else SGD(), loss)
    y = one_hot(y, work.widths[-1]) if work.classifies else y
    if work.predicts:
        return lambda: model.predict(x)
    return lambda: model.fit(x, y, batch_size=work.batch, epochs=work.epochs, verbose=0)


def scikit_learn(work: Workload) -> Round:
    """MLPClassifier or MLPRegressor; partial_fit is one epoch in batches, shuffled.

    Of two classes it makes one sigmoid output, which is less work than softmax.
    """
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    x, y = work.data()
    options: dict[str, Any] = {
        "hidden_layer_sizes": work.widths[1:-1],
        "solver": work.optimizer,
        "batch_size": work.batch,
        "learning_rate_init": 0.001 if work.optimizer == "adam" else 0.01,
        "alpha": 0.0,
        "momentum": 0.0,
        "random_state": 0,
    }
    if work.classifies:
        model = MLPClassifier(**options)
        model.partial_fit(x[: work.batch], y[: work.batch], classes=range(work.widths[-1]))
    else:
        model = MLPRegressor(**options)
        y = y[:, 0]
    if work.predicts:
        return lambda: model.predict_proba(x)
    return lambda: [model.partial_fit(x, y) for _ in range(work.epochs)]


def torch(work: Workload) -> Round:
    """Eager, with batches cut by hand from a shuffled copy: no DataLoader."""
    import torch as library
    from torch import nn

    library.set_num_threads(1)
    library.manual_seed(0)
    x, y = (library.from_numpy(array) for array in work.data())
    layers: list[Any] = []
    for inputs, outputs in zip(work.widths[:-1], work.widths[1:], strict=True):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    loss_of = nn.CrossEntropyLoss() if work.classifies else nn.MSELoss()
    kind, rate = (
        (library.optim.Adam, 0.001) if work.optimizer == "adam" else (library.optim.SGD, 0.01)
    )
    optimizer = kind(model.parameters(), lr=rate)

    def epoch() -> float:
        order = library.randperm(len(x))
        shuffled, targets = x[order], y[order]
        total = 0.0
        for start in range(0, len(x), work.batch):
            optimizer.zero_grad()
            rows = slice(start, start + work.batch)
            loss = loss_of(model(shuffled[rows]), targets[rows])
            loss.backward()
            optimizer.step()
            total += loss.item()
        return total

    def predict() -> object:
        with library.no_grad():
            return library.softmax(model(x), dim=1).numpy()

    return predict if work.predicts else lambda: [epoch() for _ in range(work.epochs)]


def keras(work: Workload) -> Round:
    """Keras 3 on JAX: fit, and predict in large batches, which it is quicker with than with 32."""
    import keras as library

    if library.backend.backend() != "jax":
        raise ImportError(f"Keras runs on {library.backend.backend()} here, not on JAX.")
    x, y = work.data()
    hidden = [library.layers.Dense(width, activation="relu") for width in work.widths[1:-1]]
    last = library.layers.Dense(work.widths[-1], activation="softmax" if work.classifies else None)
    model = library.Sequential([library.Input((work.widths[0],)), *hidden, last])
    loss = "categorical_crossentropy" if work.classifies else "mean_squared_error"
    model.compile(optimizer=work.optimizer, loss=loss)
    y = one_hot(y, work.widths[-1]) if work.classifies else y
    if work.predicts:
        return lambda: model.predict(x, batch_size=4096, verbose=0)
    return lambda: model.fit(x, y, batch_size=work.batch, epochs=work.epochs, verbose=0)
