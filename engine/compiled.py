"""Compiled: a network that has a loss, so that it can be judged on data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import descriptions, losses, metrics, optimizers
from engine.arguments import whole
from engine.checks import as_numbers, as_rows, as_targets, as_weights
from engine.network import Network, weighted_loss

if TYPE_CHECKING:
    from engine.callbacks import Callback, CallbackList

Array = NDArray[Any]

#: rows that go through the network at once when nothing is learned: fits a processor's cache
ROWS_AT_ONCE = 1024


class Compiled(Network):
    """A network with an optimizer, a loss and metrics: it predicts and evaluates.

    Attributes:
        optimizer, loss, metrics_given: set by `compile`.
    """

    optimizer: optimizers.Optimizer | None = None
    loss: losses.Loss | None = None
    metrics_given: tuple[Any, ...] = ()

    def compile(
        self,
        optimizer: str | optimizers.Optimizer = "rmsprop",
        loss: str | losses.Loss | None = None,
        *,
        metrics: Sequence[str | metrics.Metric] | None = None,
        **others: Any,
    ) -> None:
        """Choose how to learn: the optimizer, the loss to bring down, the metrics to report.

        `others` are Keras's further arguments, taken at the values at which they do nothing here.

        Raises:
            ValueError: an unknown name (with the nearest match), no loss, or another argument
                that asks for something this engine does not have.
        """
        descriptions.check_idle(others)
        if loss is None:
            raise ValueError("compile needs a loss, such as compile(loss='mean_squared_error').")
        checked = optimizers.get(optimizer), losses.get(loss), descriptions.metric_list(metrics)
        self.optimizer, self.loss, self.metrics_given = checked

    @property
    def compiled(self) -> bool:
        """Whether `compile` has been called."""
        return self.optimizer is not None

    # -- predicting --------------------------------------------------------------------------

    @property
    def metrics_names(self) -> list[str]:
        """What `evaluate` returns, in this order: the loss, then the metrics."""
        return ["loss", *self.running_metrics().names]

    def __call__(self, x: Any, training: bool = False) -> Array:
        """The predictions for rows x: (rows, *input_shape) -> (rows, *output_shape).

        With `training`, layers do what they do in training: Dropout drops anew at every call.
        """
        if not training:
            return self.predict(x)
        with self._built_for(x), np.errstate(all="ignore"):
            rows = as_rows(x, self.input_shape, self.dtype)
            self.make_noise(self.next_shuffle_seed(), 0)
            return self.forward(rows, training=True).copy()

    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: Any = 0,
        *,
        callbacks: Sequence[Callback] | Callback | None = None,
    ) -> Array:
        """The predictions for rows x, (rows, *output_shape). Nothing is learned.

        `batch_size` only bounds the memory in use, and nothing is printed whatever `verbose` is.
        """
        rows_at_once = _rows_at_once(batch_size)
        with self._built_for(x):
            rows = as_rows(x, self.input_shape, self.dtype)
        if not callbacks:
            return self._predict_rows(rows, min(rows_at_once, ROWS_AT_ONCE))
        hooks = self._hooks(callbacks)
        hooks.on_predict_begin()
        predictions = self._predict_rows(rows, rows_at_once, hooks)
        hooks.on_predict_end()
        return predictions

    def predict_on_batch(self, x: Any) -> Array:
        """The predictions for rows x, taken as one batch."""
        return self.predict(x)

    def test_on_batch(
        self, x: Any, y: Any, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """What `evaluate` returns, for rows that are taken as one batch."""
        return self.evaluate(x, y, sample_weight=sample_weight, return_dict=return_dict)

    def evaluate(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = None,
        verbose: Any = 0,
        sample_weight: Any = None,
        *,
        callbacks: Sequence[Callback] | Callback | None = None,
        return_dict: bool = False,
    ) -> Any:
        """The loss on these rows; with metrics, [loss, metric, ...], or a dict by name.

        `batch_size` only bounds the memory in use, and nothing is printed whatever `verbose` is.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: x or y does not fit the model.
        """
        rows_at_once = _rows_at_once(batch_size)
        data = self.check_data(x, y, sample_weight)
        hooks = self._hooks(callbacks) if callbacks else None
        with np.errstate(all="ignore"):  # what overflows comes out as inf, as in Keras
            if hooks is None:
                logs = self.evaluate_rows(*data, batch_size=min(rows_at_once, ROWS_AT_ONCE))
            else:
                hooks.on_test_begin()
                logs = self.evaluate_rows(*data, batch_size=rows_at_once, hooks=hooks)
                hooks.on_test_end(dict(sorted(logs.items())))
        return descriptions.in_order(logs, list(logs), return_dict)

    def evaluate_rows(
        self,
        x: Array,
        y: Array,
        weights: Array | None = None,
        *,
        batch_size: int | None = None,
        hooks: Callback | None = None,
    ) -> dict[str, float]:
        """{"loss": ..., metric: ...} on arrays that `check_data` has passed.

        `hooks` are called around every batch, with the means over the rows so far.
        """
        logs: dict[str, float] = {}
        for part in self.evaluating(x, y, weights, batch_size=batch_size, hooks=hooks):
            logs = part
        return logs

    def evaluating(
        self,
        x: Array,
        y: Array,
        weights: Array | None = None,
        *,
        batch_size: int | None = None,
        hooks: Callback | None = None,
    ) -> Iterator[dict[str, float]]:
        """`evaluate_rows` a part at a time, for whoever has to do something else in between.

        Each part yields; the last yields the logs, those before it only for `hooks`. The weights
        must stay as they are until the end.
        """
        _, loss = self.need_compiled()
        rows_at_once = _rows_at_once(batch_size)
        running, total, penalty, logs = self.running_metrics(), 0.0, self.penalty(), {}
        for batch, start in enumerate(range(0, len(x), rows_at_once)):
            if hooks is not None:
                hooks.on_test_batch_begin(batch)
            part = slice(start, start + rows_at_once)
            with np.errstate(all="ignore"):  # what overflows comes out as inf, as in Keras
                p, of_part = self.forward(x[part]), None if weights is None else weights[part]
                running.add(y[part], p)
                total += _loss_of(loss, y[part], p, of_part) * len(p)
                if hooks is not None or start + len(p) == len(x):
                    logs = {"loss": total / (start + len(p)) + penalty} | running.results()
            if hooks is not None:
                hooks.on_test_batch_end(batch, dict(sorted(logs.items())))
            yield logs

    def running_metrics(self) -> metrics.RunningMetrics:
        """The metrics of `compile`, resolved for this model's outputs, with no rows yet."""
        _, loss = self.need_compiled()
        outputs = self.output_shape[-1]
        width = loss.target_width(outputs)
        resolved = [
            metrics.resolve(given, outputs=outputs, target_width=width, loss=loss)
            for given in self.metrics_given
        ]
        return metrics.RunningMetrics(resolved, width, outputs, self.dtype)

    def _predict_rows(self, x: Array, rows_at_once: int, hooks: Callback | None = None) -> Array:
        result = np.empty((len(x), *self.output_shape), dtype=self.dtype)
        with np.errstate(all="ignore"):  # what overflows comes out as inf, as in Keras
            for batch, start in enumerate(range(0, len(x), rows_at_once)):
                part = slice(start, start + rows_at_once)
                if hooks is not None:
                    hooks.on_predict_batch_begin(batch)
                result[part] = self.forward(x[part])
                if hooks is not None:
                    hooks.on_predict_batch_end(batch, {"outputs": result[part]})
        return result

    def _hooks(self, callbacks: Sequence[Callback] | Callback) -> CallbackList:
        from engine.callbacks import CallbackList

        hooks = CallbackList(callbacks)
        hooks.set_model(self)
        return hooks

    # -- checks ------------------------------------------------------------------------------

    def check_data(
        self, x: Any, y: Any, sample_weight: Any = None, *, what: str = ""
    ) -> tuple[Array, Array, Array | None]:
        """x, y and the rows' weights as arrays that fit this compiled model.

        `what` goes before their names in messages.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: x or y does not fit; the message says how.
        """
        _, loss = self.need_compiled()
        with self._built_for(x):
            return self._check_data(loss, x, y, sample_weight, what)

    def _check_data(
        self, loss: losses.Loss, x: Any, y: Any, sample_weight: Any, what: str
    ) -> tuple[Array, Array, Array | None]:
        rows = as_rows(x, self.input_shape, self.dtype, f"{what}x")
        if len(self.output_shape) != 1:
            raise ValueError(
                f"The model's output has shape {self.output_shape} for each row, but a loss "
                "needs one axis of outputs. Put Flatten() before the last Dense layer."
            )
        targets = as_targets(y, len(rows), self.output_shape[0], loss, self.dtype, f"{what}y")
        return (
            rows,
            targets,
            as_weights(sample_weight, len(rows), self.dtype, f"{what}sample_weight"),
        )

    def check_validation(self, data: Any) -> tuple[Array, Array, Array | None] | None:
        """validation_data, (x, y) or (x, y, sample weights), as arrays; None stays None.

        Raises:
            ValueError: it is neither, or does not fit the model; the message says how.
        """
        if data is None:
            return None
        if not isinstance(data, tuple | list) or len(data) not in (2, 3):
            raise ValueError("validation_data must be a pair (x, y), or (x, y, sample_weight).")
        return self.check_data(*data, what="validation ")

    def need_compiled(self) -> tuple[optimizers.Optimizer, losses.Loss]:
        """The optimizer and the loss; RuntimeError, saying what to do, before `compile`."""
        if self.optimizer is None or self.loss is None:
            raise RuntimeError(
                "The model has not been compiled: call compile(optimizer=..., loss=...) first."
            )
        return self.optimizer, self.loss

    @contextmanager
    def _built_for(self, x: Any) -> Iterator[None]:
        """Take the shape of a row from the data when nobody has said it before.

        What is raised inside takes it back: data that was refused decides nothing.
        """
        if self.built:
            yield
            return
        if not self.layers:
            self.need_weights()
        with self._all_or_nothing():
            self.build(_shape_of_a_row(as_numbers(x, "x")))
            yield


def _shape_of_a_row(x: Array) -> tuple[int, ...]:
    """The shape of one row of x; plain numbers, one per row, are one column.

    Raises:
        ValueError: there is nothing to take it from.
    """
    if x.ndim == 0:
        raise ValueError("x is a single number: it must be an array or a list of rows.")
    if 0 in x.shape:
        raise ValueError(f"x has shape {x.shape}: there must be at least one row and one column.")
    return x.shape[1:] or (1,)


def _rows_at_once(batch_size: int | None) -> int:
    return ROWS_AT_ONCE if batch_size is None else whole("batch_size", batch_size)


def _loss_of(loss: losses.Loss, y: Array, p: Array, weights: Array | None) -> float:
    return loss.value(y, p) if weights is None else weighted_loss(loss, y, p, weights)
