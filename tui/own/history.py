"""`dl-tutor train --history`: the losses of each epoch in a file."""

from __future__ import annotations

from engine import CSVLogger
from engine.callbacks.base import Logs


class HistoryFile(CSVLogger):
    """Counts epochs from 1, as every line and screen here does; Keras's own counts from 0."""

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        super().on_epoch_end(epoch + 1, logs)
