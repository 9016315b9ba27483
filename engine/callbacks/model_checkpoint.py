"""ModelCheckpoint (keras/src/callbacks/model_checkpoint.py)."""

from __future__ import annotations

import os
from pathlib import Path

from engine.arguments import flag, whole
from engine.callbacks.base import Logs
from engine.callbacks.monitor import MonitorCallback
from engine.progress_bar import say


class ModelCheckpoint(MonitorCallback):
    """Saves the model, or its weights, while it trains.

    Args:
        filepath: where to. It may hold {epoch}, counted from 1, and names of the logs, as in
            "model-{epoch:02d}-{val_loss:.2f}.keras"; {batch} too where save_freq is a number.
            It ends in ".keras" or ".h5", for weights only in ".weights.h5".
        monitor: the name that tells which epoch is best.
        verbose: 1 says what is saved and why.
        save_best_only: save only when `monitor` is better than ever before.
        save_weights_only: `save_weights` instead of `save`.
        mode: "min", "max" or "auto", which tells by the name.
        save_freq: "epoch", or every so many batches.
        initial_value_threshold: with save_best_only, the number that the first save must beat.

    Raises:
        ValueError: filepath has another ending or a name that the logs do not have, save_freq is
            neither, an unknown mode, or a monitor whose direction the name does not tell.
        OSError: the file cannot be written.
    """

    def __init__(
        self,
        filepath: str | os.PathLike[str],
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: str = "auto",
        save_freq: str | int = "epoch",
        initial_value_threshold: float | None = None,
    ) -> None:
        super().__init__(monitor, mode, best=initial_value_threshold)
        if not isinstance(filepath, str | os.PathLike):
            raise TypeError(f"filepath must be the path of a file, not {filepath!r}.")
        self.filepath = os.fspath(filepath)
        self.verbose = verbose
        self.save_best_only = flag("save_best_only", save_best_only)
        self.save_weights_only = flag("save_weights_only", save_weights_only)
        if isinstance(save_freq, str) and save_freq != "epoch":
            raise ValueError(f"save_freq must be 'epoch' or a number of batches, not {save_freq!r}")
        self.save_freq = save_freq if save_freq == "epoch" else whole("save_freq", save_freq)
        endings = (".weights.h5",) if save_weights_only else (".keras", ".h5")
        if not self.filepath.endswith(endings):
            what = "With save_weights_only, filepath" if save_weights_only else "filepath"
            raise ValueError(f"{what} must end in {' or '.join(endings)}: {self.filepath!r}.")
        self._batches_since = 0
        self._epoch = 0

    @property
    def wants_batches(self) -> bool:
        return self.save_freq != "epoch"

    def on_train_begin(self, logs: Logs | None = None) -> None:
        if self.save_best_only:
            super().on_train_begin(logs)

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        if self.save_freq == "epoch":
            return
        self._batches_since += 1
        if self._batches_since >= int(self.save_freq):
            self._batches_since = 0
            self._save_if_wanted(self._epoch, {"batch": batch + 1} | (logs or {}))

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        if self.save_freq == "epoch":
            self._save_if_wanted(epoch, logs or {})

    def _save_if_wanted(self, epoch: int, logs: Logs) -> None:
        reason = self._reason_to_save(epoch, logs)
        if reason is None:
            return
        path = self._path(epoch, logs)
        if path.is_dir():
            raise OSError(f"ModelCheckpoint writes a file, but {path} is a folder.")
        path.parent.mkdir(parents=True, exist_ok=True)
        save = self.model.save_weights if self.save_weights_only else self.model.save
        save(str(path), overwrite=True)
        if self.verbose:
            say(f"Epoch {epoch + 1}: {reason}saved {path}")

    def _reason_to_save(self, epoch: int, logs: Logs) -> str | None:
        """Why to save now, for the message; None when there is nothing to save."""
        if not self.save_best_only:
            return ""
        current = self.monitored(logs)
        if current is None:  # saved once too often is better than not at all
            return ""
        before = "nothing" if self.best is None else f"{self.best:.5f}"
        if self.improves(current, self.best):
            self.best = current
            return f"{self.monitor} went from {before} to {current:.5f}, "
        if self.verbose:
            say(f"Epoch {epoch + 1}: {self.monitor} is not better than {before}, nothing saved")
        return None

    def _path(self, epoch: int, logs: Logs) -> Path:
        try:
            return Path(self.filepath.format(**{"epoch": epoch + 1} | logs))
        except (KeyError, IndexError) as error:
            raise ValueError(
                f"filepath={self.filepath!r} asks for {{{error.args[0]}}}, which is not in the "
                f"logs. They have: {', '.join(['epoch', *logs])}."
            ) from error
        except (ValueError, AttributeError) as error:
            raise ValueError(
                f"filepath={self.filepath!r} cannot be filled in: {error}. "
                "Write it like 'model-{epoch:02d}-{val_loss:.2f}.keras'."
            ) from error
