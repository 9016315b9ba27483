"""The lines that do what the batches lab just did: one update in NumPy, this epoch in Keras."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.labs.base import Code
from lessons.labs.batches.run import Run, Update
from lessons.numbers import exact

A_LINE = 88


def listings(run: Run) -> tuple[Code, ...]:
    """The last update (the first, before any), and the training so far."""
    return (
        Code("NumPy: one update", _numpy(run)),
        Code("Keras: this epoch", _keras(run)),
        Code("this engine: all updates", _engine(run)),
    )


def _numpy(run: Run) -> str:
    last = run.last
    rows = last.rows if last else run.next_rows
    weights = last.before if last else run.start
    rate = last.rate if last else run.rate
    inputs = [run.problem.x[row] for row in rows]
    targets = [float(run.problem.y[row, 0]) for row in rows]
    named = "all rows" if len(rows) == len(run.problem.rows) else f"rows {_list(rows)}"
    return "\n".join(
        [
            "import numpy as np",
            "",
            f"# the batch: {named}",
            *_array("inputs", [_row(one) for one in inputs]),
            *_array("targets", [exact(one) for one in targets]),
            f"weights = np.array({_row(weights)})",
            f"learning_rate = {exact(rate)}",
            "",
            "errors = inputs @ weights - targets",
            "gradient = (2 * errors[:, None] * inputs).mean(axis=0)",
            "weights = weights - learning_rate * gradient",
            "print(gradient, weights)",
        ]
    )


def _keras(run: Run) -> str:
    """The updates of this epoch, in the order that the lab took; before any, the first one."""
    updates = _of_this_epoch(run)
    order = [row for update in updates for row in update.rows] or list(run.next_rows)
    weights = updates[0].before if updates else run.start
    rate = updates[-1].rate if updates else run.rate
    size = run.settings.size or len(run.problem.rows)
    return "\n".join(
        [
            "import numpy as np",
            "from keras import Input, Sequential",
            "from keras.layers import Dense",
            "from keras.optimizers import SGD",
            "",
            *_data(run),
            f"order = {_list(order)}  # the rows of this epoch, as the lab drew them",
            "",
            f"model = Sequential([Input(({len(weights)},)), Dense(1, use_bias=False)])",
            f"model.set_weights([np.array([{_row(weights)}]).T])",
            f"model.compile(optimizer=SGD(learning_rate={float(rate)!r}), "
            'loss="mean_squared_error")',
            "# with shuffle=True, the default, Keras draws a new order in every epoch",
            "model.fit(",
            "    inputs[order], targets[order],",
            f"    batch_size={size}, epochs=1, shuffle=False, verbose=0,",
            ")",
            "print(model.get_weights()[0][:, 0])",
        ]
    )


def _of_this_epoch(run: Run) -> list[Update]:
    """The updates of this epoch so far, from the last change of the learning rate on."""
    first = (run.position - 1) // run.per_epoch * run.per_epoch if run.position else 0
    updates = run.updates[first : run.position]
    while updates and updates[0].rate != updates[-1].rate:
        del updates[0]
    return updates


def _engine(run: Run) -> str:
    settings, updates = run.settings, run.updates[: run.position]
    size = settings.size or len(run.problem.rows)
    rates = [update.rate for update in updates]
    changes = [(at, rate) for at, rate in enumerate(rates) if at == 0 or rate != rates[at - 1]]
    first = changes[0][1] if changes else run.rate
    model = f"Sequential([Input(({len(run.start)},)), Dense(1, use_bias=False)], "
    lines = [
        "import numpy as np",
        "from engine import SGD, Dense, Input, Sequential, Trainer",
        "",
        *_data(run),
        f'model = {model}dtype="float64")',
        f"model.set_weights([np.array([{_row(run.start)}]).T])",
        f'model.compile(optimizer=SGD({exact(first)}), loss="mean_squared_error")',
        "trainer = Trainer(",
        f"    model, inputs, targets, batch_size={size},",
        f"    shuffle={settings.shuffle}, seed={settings.seed},",
        ")",
        f"for update in range({len(updates)}):",
    ]
    for at, rate in changes[1:]:
        lines += [f"    if update == {at}:", f"        trainer.learning_rate = {exact(rate)}"]
    return "\n".join([*lines, "    trainer.step()", "print(model.parameters)"])


def _data(run: Run) -> list[str]:
    return [
        *_array("inputs", [_row(one) for one in run.problem.x]),
        *_array("targets", [f"[{exact(float(one))}]" for one in run.problem.y[:, 0]]),
    ]


def _array(name: str, parts: Sequence[str]) -> list[str]:
    """An array, on as many lines as it needs."""
    whole = f"{name} = np.array([{', '.join(parts)}])"
    if len(whole) <= A_LINE:
        return [whole]
    lines = [f"{name} = np.array(["]
    line = "   "
    for part in parts:
        if len(line) + len(part) + 2 > A_LINE:
            lines.append(line)
            line = "   "
        line += f" {part},"
    return [*lines, line, "])"]


def _row(numbers: Sequence[float]) -> str:
    return f"[{', '.join(exact(float(number)) for number in numbers)}]"


def _list(numbers: Sequence[int]) -> str:
    return f"[{', '.join(map(str, numbers))}]"
