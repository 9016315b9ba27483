"""Sequential: a network that learns, with Keras's names (keras/src/models/sequential.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import losses, metrics, optimizers
from engine.checks import as_numbers, as_rows, as_targets
from engine.network import Network

if TYPE_CHECKING:
    from engine.callbacks import Callback, History

Array = NDArray[Any]

#: rows that go through the network at once when nothing is learned: fits a processor's cache
ROWS_AT_ONCE = 1024


class Sequential(Network):
    """A network of layers that follow each other: Sequential([Input((2,)), Dense(1)]).

    Its arguments, `add`, `build`, and the weights are described at Network. `seed` makes the
    shuffling of `fit` repeatable too.

    Attributes:
        optimizer, loss, metrics_names: set by `compile`.
        history: the History of the last `fit`.
        stop_training: a callback sets it to end `fit` after the current epoch.
    """

    optimizer: optimizers.Optimizer | None = None
    loss: losses.Loss | None = None
    metrics_names: tuple[str, ...] = ()
    history: History | None = None
    stop_training = False

    def compile(
        self,
        optimizer: str | optimizers.Optimizer = "rmsprop",
        loss: str | losses.Loss | None = None,
        metrics: Sequence[str] | None = None,
    ) -> None:
        """Choose how to learn: the optimizer, the loss to bring down, the metrics to report.

        Raises:
            ValueError: an unknown name (with the nearest match), or no loss.
        """
        if loss is None:
            raise ValueError("compile needs a loss, such as compile(loss='mean_squared_error').")
        if isinstance(metrics, str):
            raise ValueError(f"metrics must be a list: metrics=[{metrics!r}].")
        checked = optimizers.get(optimizer), losses.get(loss), check_metrics(metrics or ())
        self.optimizer, self.loss, self.metrics_names = checked

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int = 32,
        epochs: int = 1,
        verbose: int | str = "auto",
        callbacks: Sequence[Callback] | None = None,
        validation_split: float = 0.0,
        validation_data: tuple[Any, Any] | None = None,
        shuffle: bool = True,
    ) -> History:
        """Train for some epochs and return the History of their logs.

        Args:
            x, y: the data, (rows, *input_shape) and (rows, *output_shape).
            batch_size: rows per step.
            epochs: passes over the data.
            verbose: 0 prints nothing, 2 a line per epoch, 1 or "auto" two lines as Keras does.
            callbacks: called at Keras's hooks.
            validation_split: this fraction of the rows, the LAST ones, before any shuffling, is
                held out.
            validation_data: a pair (x, y) to use instead of a split.
            shuffle: a new order of the rows in each epoch.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: the data does not fit the model, or an argument makes no sense.
            Diverged: training left the finite numbers; `history` has the epochs before that.
        """
        from engine.fitting import fit

        return fit(
            self,
            x,
            y,
            batch_size=batch_size,
            epochs=epochs,
            verbose=verbose,
            callbacks=callbacks or (),
            validation_split=validation_split,
            validation_data=validation_data,
            shuffle=shuffle,
        )

    def compute_gradient(self, x: Any, y: Any) -> tuple[float, Array]:
        """Fill `gradient` for exactly these rows; returns their loss and predictions.

        The weights stay as they are. Raises what `evaluate` raises.
        """
        rows, targets = self.check_data(x, y)
        _, loss = self.need_compiled()
        predictions = self.forward(rows).copy()
        return self.backward(loss, targets, predictions), predictions

    def train_on_batch(self, x: Any, y: Any) -> float:
        """One optimizer step on exactly these rows; returns their loss before the step."""
        from engine.training import Trainer

        rows, targets = self.check_data(x, y)
        return Trainer(self, rows, targets, batch_size=len(rows), shuffle=False).step()

    def __call__(self, x: Any) -> Array:
        """The predictions for rows x: (rows, *input_shape) -> (rows, *output_shape)."""
        return self.predict(x)

    def predict(self, x: Any, batch_size: int | None = None, verbose: Any = 0) -> Array:
        """The predictions for rows x, (rows, *output_shape). Nothing is learned.

        `batch_size` only bounds the memory in use, and nothing is printed whatever `verbose` is.
        """
        self._build_for(x)
        return self._predict_rows(
            as_rows(x, self.input_shape, self.dtype), batch_size or ROWS_AT_ONCE
        )

    def evaluate(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = None,
        verbose: Any = 0,
        return_dict: bool = False,
    ) -> Any:
        """The loss on these rows; with metrics, [loss, metric, ...], or a dict by name.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: x or y does not fit the model.
        """
        logs = self.evaluate_rows(*self.check_data(x, y))
        if return_dict:
            return logs
        return logs["loss"] if len(logs) == 1 else list(logs.values())

    def evaluate_rows(self, x: Array, y: Array) -> dict[str, float]:
        """{"loss": ..., metric: ...} on arrays that `check_data` has passed."""
        _, loss = self.need_compiled()
        predictions = self._predict_rows(x, ROWS_AT_ONCE)
        running = metrics.RunningMetrics(self.metrics_names, y.shape[-1], self.dtype)
        running.add(y, predictions)
        return {"loss": loss.value(y, predictions)} | running.means()

    def _predict_rows(self, x: Array, rows_at_once: int) -> Array:
        result = np.empty((len(x), *self.output_shape), dtype=self.dtype)
        for start in range(0, len(x), rows_at_once):
            part = slice(start, start + rows_at_once)
            result[part] = self.forward(x[part])
        return result

    # -- checks ------------------------------------------------------------------------------

    def check_data(self, x: Any, y: Any, what: str = "") -> tuple[Array, Array]:
        """x and y as arrays that fit this compiled model; `what` goes before their names.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: x or y does not fit; the message says how.
        """
        _, loss = self.need_compiled()
        self._build_for(x)
        rows = as_rows(x, self.input_shape, self.dtype, f"{what}x")
        targets = as_targets(y, len(rows), self.output_shape, self.dtype, f"{what}y")
        loss.check_targets(targets)
        return rows, targets

    def need_compiled(self) -> tuple[optimizers.Optimizer, losses.Loss]:
        """The optimizer and the loss; RuntimeError, saying what to do, before `compile`."""
        if self.optimizer is None or self.loss is None:
            raise RuntimeError(
                "The model has not been compiled: call compile(optimizer=..., loss=...) first."
            )
        return self.optimizer, self.loss

    def _build_for(self, x: Any) -> None:
        """Take the shape of a row from the data when nobody has said it before."""
        if not self.built:
            if not self.layers:
                self.need_weights()
            self.build(as_numbers(x, "x").shape[1:] or (1,))

    # -- looking at it -----------------------------------------------------------------------

    def summary(self, print_fn: Callable[[str], Any] = print) -> None:
        """Print a table of the layers, their output shapes and parameter counts."""
        self.need_weights()
        print_fn(f'Model: "{self.name}"')
        print_fn(f"{'Layer (type)':<32}{'Output Shape':<20}{'Param #':>12}")
        print_fn("-" * 64)
        for layer in self.layers:
            label = f"{layer.name} ({type(layer).__name__})"
            shape = "(" + ", ".join(["None", *map(str, layer.output_shape)]) + ")"
            print_fn(f"{label:<32}{shape:<20}{layer.count_params():>12,}")
        print_fn("-" * 64)
        print_fn(f"Total params: {self.count_params():,}")

    def get_config(self) -> dict[str, Any]:
        """What it takes to make the same network again, weights aside."""
        return {
            "name": self.name,
            "dtype": self.dtype.name,
            "input_shape": self._input_shape,
            "layers": [
                {"class_name": type(layer).__name__, "config": layer.get_config()}
                for layer in self.layers
            ],
        }


def check_metrics(names: Sequence[str]) -> tuple[str, ...]:
    """The names, all of them known.

    Raises:
        ValueError: a name is unknown; the message has the nearest match.
    """
    for name in names:
        metrics.get(name)
    return tuple(names)
