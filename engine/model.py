"""Sequential: a network that learns, with Keras's names (keras/src/models/sequential.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from engine import descriptions
from engine.checks import as_numbers
from engine.compiled import Compiled

if TYPE_CHECKING:
    from engine.callbacks import Callback, History
    from engine.data import StandardScaler

Array = NDArray[Any]


class Sequential(Compiled):
    """A network of layers that follow each other: Sequential([Input((2,)), Dense(1)]).

    Its arguments, `add`, `build` and the weights are described at Stack, `compile`, `predict`
    and `evaluate` at Compiled. `seed` makes the shuffling of `fit` repeatable too.

    Attributes:
        history: the History of the last `fit`.
        stop_training: a callback sets it to end `fit` after the current batch.
        scaler: the StandardScaler that the inputs went through, if you set it: it is saved with
            the model and comes back with `load_model`. It is applied by you, not by the model.
        notes: anything that JSON can hold and that belongs to the model, such as what the columns
            of its table were turned into: it is saved and comes back too. Keras ignores it.
    """

    history: History | None = None
    stop_training = False
    scaler: StandardScaler | None = None
    notes: Mapping[str, Any] | None = None

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: int | str = "auto",
        callbacks: Sequence[Callback] | Callback | None = None,
        validation_split: float = 0.0,
        validation_data: Sequence[Any] | None = None,
        shuffle: bool = True,
        class_weight: Mapping[int, float] | None = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        *,
        validation_batch_size: int | None = None,
        validation_freq: int | Sequence[int] = 1,
    ) -> History:
        """Train for some epochs and return the History of their logs.

        Args:
            x, y: the data, (rows, *input_shape), and the targets that the loss asks for.
            batch_size: rows per step; 32 unless given.
            epochs: the epoch at which to stop; passes over the data when `initial_epoch` is 0.
            verbose: 0 prints nothing, 1 or "auto" a progress bar, 2 a line per epoch.
            callbacks: called at Keras's hooks.
            validation_split: this fraction of the rows, the LAST ones, before any shuffling, is
                held out.
            validation_data: (x, y) or (x, y, sample weights) to use instead of a split.
            shuffle: a new order of the rows in each epoch.
            class_weight: class -> how much its rows count in the loss.
            sample_weight: (rows,): how much each row counts in the loss.
            initial_epoch: the number of the first epoch, to go on with a training.
            validation_batch_size: bounds the memory of validating, nothing else.
            validation_freq: validate every so many epochs, or after the epochs of a list.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: the data does not fit the model, or an argument makes no sense.
            Diverged: training left the finite numbers. `history` has the epochs before that, and
                the weights are those before the step that failed.
        """
        from engine.fitting import fit

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
            class_weight=class_weight,
            sample_weight=sample_weight,
            initial_epoch=initial_epoch,
            validation_batch_size=validation_batch_size,
            validation_freq=validation_freq,
        )

    def compute_gradient(
        self, x: Any, y: Any, sample_weight: Any = None, *, training: bool = False
    ) -> tuple[float, Array]:
        """Fill `gradient` for exactly these rows; returns their loss and predictions.

        Weights and statistics stay as they are. With `training`, the layers do what they do in a
        step: Dropout drops, BatchNormalization takes the batch's own mean. Raises what `evaluate`
        raises.
        """
        rows, targets, weights = self.check_data(x, y, sample_weight)
        _, loss = self.need_compiled()
        kept = self.statistics.copy()
        with np.errstate(all="ignore"):  # what overflows comes out as inf, as in Keras
            predictions = self.forward(rows, training).copy()
            value = self.backward(loss, targets, predictions, weights)
        np.copyto(self.statistics, kept)
        return value, predictions

    def train_on_batch(
        self,
        x: Any,
        y: Any,
        sample_weight: Any = None,
        class_weight: Mapping[int, float] | None = None,
        return_dict: bool = False,
    ) -> Any:
        """One optimizer step on exactly these rows; returns their loss, before the step.

        With metrics: [loss, metric, ...], or a dict by name.

        Raises:
            RuntimeError: the model has not been compiled.
            ValueError: the data does not fit the model.
            Diverged: the step left the finite numbers. The model is as it was before.
        """
        from engine.fit_data import class_weights
        from engine.training import Trainer
        from engine.training_state import Diverged

        self.need_compiled()
        if class_weight is not None:
            sample_weight = class_weights(y, class_weight, sample_weight)
        rows = np.atleast_1d(as_numbers(x, "x")).shape[0] or 1
        trainer = Trainer(
            self,
            x,
            y,
            batch_size=rows,
            shuffle=False,
            sample_weight=sample_weight,
        )
        trainer.seed = self.next_shuffle_seed()  # Dropout drops others in every step
        logs: dict[str, float] = {}
        trainer.on_epoch_end = lambda _, of_epoch: logs.update(of_epoch)
        before = trainer.state()
        try:
            trainer.step()
        except Diverged:
            trainer.restore(before)
            raise
        return descriptions.in_order(logs, trainer.log_names, return_dict)

    # -- writing it down ---------------------------------------------------------------------

    def summary(
        self, line_length: int | None = None, *, print_fn: Callable[[str], Any] | None = None
    ) -> None:
        """Print a table of the layers, their output shapes and parameter counts.

        `line_length` is the least width of the table, `print_fn` what gets its lines.
        """
        for line in descriptions.summary(self, line_length or 0):
            (print_fn or print)(line)

    def get_config(self) -> dict[str, Any]:
        """What it takes to make the same network again, weights aside, in Keras's form."""
        return descriptions.network_config(self)

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """The network of such a config, with new weights.

        Raises:
            ValueError: it is not the config of a Sequential, or has a layer we do not have.
        """
        return cls(**descriptions.network_arguments(config))

    def save(self, filepath: str | PathLike[str], overwrite: bool = True) -> None:
        """Write network, weights, compile settings and optimizer to a .keras or .h5 file.

        Raises:
            StorageError: another ending, or something in the model that no file can hold.
            FileExistsError: the file is there and `overwrite` is False.
            OSError: the file cannot be written. One that was there is as it was.
        """
        from engine.storage import save_model

        save_model(self, filepath, overwrite=overwrite)

    def save_weights(self, filepath: str | PathLike[str], overwrite: bool = True) -> None:
        """Write the weights alone to a .weights.h5 file; raises what `save` raises."""
        from engine.storage import save_weights

        save_weights(self, filepath, overwrite=overwrite)

    def load_weights(self, filepath: str | PathLike[str]) -> None:
        """Put the weights of a file in place of this model's; raises what `load_model` raises."""
        from engine.storage import load_weights

        load_weights(self, filepath)
