"""Sequential: layers one after the other, with Keras's names (keras/src/models/sequential.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import losses, metrics, optimizers
from engine.checks import as_numbers, as_rows, as_targets
from engine.layers import Input, Layer, Shape, as_shape

if TYPE_CHECKING:
    from engine.callbacks import Callback, History

Array = NDArray[Any]

#: rows that go through the network at once when nothing is learned: fits a processor's cache
ROWS_AT_ONCE = 1024


class Sequential:
    """A network whose layers follow each other.

    Args:
        layers: the layers in order; more can be added with `add`.
        dtype: "float32", or "float64" for work whose last digits matter (not in Keras).
        seed: makes the initial weights and the shuffling of `fit` repeatable (not in Keras).
        name: shown by `summary`.

    Attributes:
        layers: the layers, Input left out, as in Keras.
        parameters: all weights in one flat vector; the layers' kernels and biases are views of it.
        gradient: d loss / d parameters of the last training step, flat in the same order.
        optimizer, loss, metrics_names: set by `compile`.
        history: the History of the last `fit`.
    """

    def __init__(
        self,
        layers: Sequence[Layer] | None = None,
        *,
        dtype: str = "float32",
        seed: int | None = None,
        name: str | None = None,
    ) -> None:
        if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise ValueError(f"dtype must be 'float32' or 'float64', not {dtype!r}.")
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.seed = seed
        self.name = name or "sequential"
        self.layers: list[Layer] = []
        self.parameters: Array = np.zeros(0, dtype=self.dtype)
        self.gradient: Array = np.zeros(0, dtype=self.dtype)
        self.optimizer: optimizers.Optimizer | None = None
        self.loss: losses.Loss | None = None
        self.metrics_names: tuple[str, ...] = ()
        self.history: History | None = None
        self.stop_training = False
        self.built = False
        self._input_shape: Shape | None = None
        self._seeds = np.random.SeedSequence(seed)
        self._fit_seeds = np.random.default_rng(self._seeds.spawn(1)[0])
        for layer in layers or ():
            self.add(layer)

    # -- making the network ------------------------------------------------------------------

    def add(self, layer: Layer) -> None:
        """Append a layer. The weights exist as soon as the shape of the input is known."""
        if not isinstance(layer, Layer):
            raise ValueError(f"add needs a layer such as Dense(10), not {layer!r}.")
        if any(layer is present for present in self.layers):
            raise ValueError(f"Layer {layer.name!r} is already in this model; make a new one.")
        if isinstance(layer, Input):
            if self.layers or self._input_shape:
                raise ValueError("Input says what the data looks like, so it must come first.")
            self._input_shape = layer.given_input_shape
            return
        if not self.layers and self._input_shape is None:
            self._input_shape = layer.given_input_shape
        self._give_name(layer)
        self.layers.append(layer)
        self.built = False
        if self._input_shape is not None:
            self._build()

    def build(self, input_shape: Shape | int) -> None:
        """Create the weights for rows of this shape, such as (9,).

        A leading None for the number of rows, as Keras writes it, is dropped.
        """
        if isinstance(input_shape, tuple) and input_shape and input_shape[0] is None:
            input_shape = input_shape[1:]
        shape = as_shape(input_shape)
        if self._input_shape not in (None, shape):
            raise ValueError(
                f"This model already expects rows of shape {self._input_shape}, not {shape}."
            )
        self._input_shape = shape
        self._build()

    def _build(self) -> None:
        """Lay all weights out in one flat vector; weights that exist keep their values."""
        if self.built or not self.layers or self._input_shape is None:
            return
        shape = self._input_shape
        old = [[weight.copy() for weight in _weights_if_attached(layer)] for layer in self.layers]
        for index, layer in enumerate(self.layers):
            layer.is_first = index == 0
            layer.build(shape)
            shape = layer.output_shape
        size = sum(layer.count_params() for layer in self.layers)
        self.parameters = np.zeros(size, dtype=self.dtype)
        self.gradient = np.zeros(size, dtype=self.dtype)
        start = 0
        for layer, kept in zip(self.layers, old, strict=True):
            start = layer.attach(self.parameters, self.gradient, start)
            for index, (wanted, initializer) in enumerate(layer.weights_wanted().values()):
                rng = None if kept else np.random.default_rng(self._seeds.spawn(1)[0])
                layer.weights[index][...] = kept[index] if kept else initializer(wanted, rng)
        self.built = True

    def _give_name(self, layer: Layer) -> None:
        taken = {present.name for present in self.layers}
        if layer.name is None:
            kind = type(layer).__name__.lower()
            names = (
                kind if number == 0 else f"{kind}_{number}" for number in range(len(taken) + 1)
            )
            layer.name = next(name for name in names if name not in taken)
        elif layer.name in taken:
            raise ValueError(f"There is already a layer called {layer.name!r} in this model.")

    @property
    def input_shape(self) -> Shape:
        """The shape of one row of the data."""
        self._need_weights()
        return self._input_shape or ()

    @property
    def output_shape(self) -> Shape:
        """The shape of the prediction for one row."""
        self._need_weights()
        return self.layers[-1].output_shape

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
        self.optimizer = optimizers.get(optimizer)
        self.loss = losses.get(loss)
        self.metrics_names = tuple(metrics or ())
        for name in self.metrics_names:
            _known_metric(name)

    # -- using it ----------------------------------------------------------------------------

    def __call__(self, x: Any) -> Array:
        """The predictions for rows x: (rows, *input_shape) -> (rows, *output_shape)."""
        return self.predict(x)

    def predict(self, x: Any, batch_size: int | None = None, verbose: Any = 0) -> Array:
        """The predictions for rows x, (rows, *output_shape). Nothing is learned.

        `batch_size` only bounds the memory in use; the numbers do not depend on it.
        """
        self._build_for(x)
        rows = as_rows(x, self.input_shape, self.dtype)
        return self._predict_rows(rows, batch_size or ROWS_AT_ONCE)

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
        rows, targets = self.check_data(x, y)
        logs = self.evaluate_rows(rows, targets)
        if return_dict:
            return logs
        return logs["loss"] if len(logs) == 1 else list(logs.values())

    def evaluate_rows(self, x: Array, y: Array) -> dict[str, float]:
        """{"loss": ..., metric: ...} on arrays that `check_data` has already passed."""
        _, loss = self._need_compiled()
        predictions = self._predict_rows(x, ROWS_AT_ONCE)
        running = metrics.RunningMetrics(self.metrics_names, y.shape[-1], self.dtype)
        running.add(y, predictions)
        return {"loss": loss.value(y, predictions)} | running.means()

    def compute_gradient(self, x: Array, y: Array) -> tuple[float, Array]:
        """Forward and back for one batch: fills `gradient`, changes no weight.

        Returns the loss and the predictions (rows, outputs); the array is reused by the next
        call. x and y must be arrays of the model's dtype and shapes.
        """
        loss = self.loss
        assert loss is not None
        p = self._forward(x)
        last = self.layers[-1]
        partner = loss.partner is not None and loss.partner == _activation_name(last)
        out = self._slope_buffer(p)
        slope = loss.partner_slope(y, p, out=out) if partner else loss.slope(y, p, out=out)
        value = loss.value(y, p)
        passed = last.backward(slope, at_pre_activation=partner)
        for layer in reversed(self.layers[:-1]):
            passed = layer.backward(passed)  # type: ignore[arg-type]
        return value, p

    def train_on_batch(self, x: Any, y: Any) -> float:
        """One optimizer step on exactly these rows; returns their loss before the step."""
        rows, targets = self.check_data(x, y)
        optimizer, _ = self._need_compiled()
        value, _ = self.compute_gradient(rows, targets)
        optimizer.update(self.parameters, self.gradient)
        return value

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
        """Train for some epochs; see engine.training.fit, which this is."""
        from engine.training import fit

        return fit(
            self,
            x,
            y,
            batch_size=batch_size,
            epochs=epochs,
            verbose=verbose,
            callbacks=callbacks,
            validation_split=validation_split,
            validation_data=validation_data,
            shuffle=shuffle,
        )

    # -- looking at it -----------------------------------------------------------------------

    def count_params(self) -> int:
        """How many numbers the network learns."""
        self._need_weights()
        return int(self.parameters.size)

    def get_weights(self) -> list[Array]:
        """Copies of all weights: kernel (inputs, units), bias (units,), layer by layer."""
        self._need_weights()
        return [weight.copy() for layer in self.layers for weight in layer.weights]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Put these weights in place, in the order of `get_weights`.

        Raises:
            ValueError: their number, a shape or a value does not fit. Nothing is changed then.
        """
        self._need_weights()
        views = [weight for layer in self.layers for weight in layer.weights]
        arrays = [as_numbers(weight, f"weights[{i}]") for i, weight in enumerate(weights)]
        if [a.shape for a in arrays] != [v.shape for v in views]:
            raise ValueError(
                f"This model has weights of shapes {_shapes(views)}, but got {_shapes(arrays)}."
            )
        if not all(np.isfinite(array).all() for array in arrays):
            raise ValueError("Weights must be finite numbers; at least one is not.")
        for view, array in zip(views, arrays, strict=True):
            view[...] = array

    def summary(self, print_fn: Callable[[str], Any] | None = None) -> None:
        """Print a table of the layers, their output shapes and parameter counts."""
        self._need_weights()
        show = print_fn or print
        show(f'Model: "{self.name}"')
        show(f"{'Layer (type)':<32}{'Output Shape':<20}{'Param #':>12}")
        show("-" * 64)
        for layer in self.layers:
            label = f"{layer.name} ({type(layer).__name__})"
            shape = "(" + ", ".join(["None", *map(str, layer.output_shape)]) + ")"
            show(f"{label:<32}{shape:<20}{layer.count_params():>12,}")
        show("-" * 64)
        show(f"Total params: {self.count_params():,}")

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

    # -- inside ------------------------------------------------------------------------------

    def check_data(self, x: Any, y: Any, what: str = "") -> tuple[Array, Array]:
        """x and y as arrays that fit this compiled model; `what` goes before their names.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: x or y does not fit; the message says how.
        """
        _, loss = self._need_compiled()
        self._build_for(x)
        rows = as_rows(x, self.input_shape, self.dtype, f"{what}x")
        targets = as_targets(y, len(rows), self.output_shape, self.dtype, f"{what}y")
        loss.check_targets(targets)
        return rows, targets

    def next_seed(self) -> int:
        """A new seed for each `fit`, the same sequence again for the same model seed."""
        return int(self._fit_seeds.integers(2**31))

    def _predict_rows(self, x: Array, rows_at_once: int) -> Array:
        result = np.empty((len(x), *self.output_shape), dtype=self.dtype)
        for start in range(0, len(x), rows_at_once):
            part = slice(start, start + rows_at_once)
            result[part] = self._forward(x[part])
        return result

    def _forward(self, x: Array) -> Array:
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def _slope_buffer(self, p: Array) -> Array:
        buffer: Array | None = getattr(self, "_slope", None)
        if buffer is None or buffer.shape != p.shape or buffer.dtype != p.dtype:
            buffer = self._slope = np.empty_like(p)
        return buffer

    def _build_for(self, x: Any) -> None:
        if not self.layers:
            raise RuntimeError("The model has no layers yet: add some first.")
        if not self.built:
            shape = as_numbers(x, "x").shape[1:]
            self.build(shape or (1,))

    def _need_weights(self) -> None:
        if not self.layers:
            raise RuntimeError("The model has no layers yet: add some first.")
        if not self.built:
            raise RuntimeError(
                "The model does not know yet how many inputs it has, so it has no weights. "
                "Give the first layer an input_shape, start with Input(shape=...), or fit it."
            )

    def _need_compiled(self) -> tuple[optimizers.Optimizer, losses.Loss]:
        if self.optimizer is None or self.loss is None:
            raise RuntimeError(
                "The model has not been compiled: call compile(optimizer=..., loss=...) first."
            )
        return self.optimizer, self.loss


def _known_metric(name: str) -> None:
    metrics.get(name)


def _weights_if_attached(layer: Layer) -> list[Array]:
    return layer.weights if hasattr(layer, "kernel") else []


def _activation_name(layer: Layer) -> str | None:
    activation = getattr(layer, "activation", None)
    return activation.name if activation is not None else None


def _shapes(arrays: Sequence[Array]) -> str:
    return ", ".join(str(array.shape) for array in arrays) or "none"
