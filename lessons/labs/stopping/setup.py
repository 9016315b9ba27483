"""What the early stopping lab is given and what the learner decides."""

from __future__ import annotations

from dataclasses import dataclass

from engine import EarlyStopping
from lessons.labs.base import Field, Scene
from lessons.numbers import exact

LOSSES = (0.70, 0.66, 0.67, 0.65, 0.66, 0.66, 0.64)
"""The validation losses of the course's exercise."""

FEWEST, MOST = 2, 15
"""Losses that a list has."""

PATIENCE = (0, 10)

EPOCHS = 30
"""What a real run is asked for, as `epochs` of fit."""

NODES = ("10", "50", "100", "200")
"""Nodes of each of the two hidden layers of a real run."""

LISTED, REAL = "the list", "a real run"

ON, OFF = "on", "off"


@dataclass(frozen=True)
class Settings:
    """What the learner decides about EarlyStopping."""

    patience: int = 2
    min_delta: float = 0.0
    restore: bool = False

    def callback(self) -> EarlyStopping:
        """The engine's own callback with these settings."""
        return EarlyStopping(
            patience=self.patience,
            min_delta=self.min_delta,
            restore_best_weights=self.restore,
        )

    @property
    def call(self) -> str:
        """It as it is typed, with what is not Keras's own choice."""
        more = f", min_delta={exact(self.min_delta)}" if self.min_delta else ""
        more += ", restore_best_weights=True" if self.restore else ""
        return f"EarlyStopping(patience={self.patience}{more})"


@dataclass(frozen=True)
class StoppingScene(Scene):
    """Where the losses come from, what is set, and how many epochs are over at the start."""

    source: str = LISTED
    losses: tuple[float, ...] = LOSSES
    settings: Settings = Settings()
    nodes: int = 100
    epochs: int = 0


def fields_of(
    settings: Settings, source: str, losses: tuple[float, ...], nodes: int
) -> tuple[Field, ...]:
    """All that can be changed."""
    low, high = PATIENCE
    fields = [
        Field("patience", "patience", str(settings.patience), low=low, high=high),
        Field("restore", "restore_best_weights", ON if settings.restore else OFF, (OFF, ON)),
        Field("delta", "min_delta", exact(settings.min_delta), low=0, high=10, nudge=0.005),
    ]
    if source == REAL:
        fields.append(Field("nodes", "nodes per layer", str(nodes), NODES))
        return tuple(fields)
    return (
        *fields,
        *(
            Field(
                f"loss {at}", f"loss of epoch {at + 1}", exact(loss), low=0, high=1000, nudge=0.01
            )
            for at, loss in enumerate(losses)
        ),
    )
