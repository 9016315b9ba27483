"""The network of the saving lab, and where a page wants the lab to be."""

from __future__ import annotations

from dataclasses import dataclass

from engine.storage.models import ENDINGS
from lessons.labs.base import Field, Scene
from lessons.learning.recipe import Recipe

RECIPE = Recipe(hidden=(50, 50), seed=1)
EPOCHS, MOST_EPOCHS = 10, 20
DEFAULT_FILE = "model_file.keras"

PREDICTIONS, THRESHOLD, FILE, RELOADED, INPUTS, RAW = SHOWS = (
    "predictions",
    "threshold",
    "file",
    "reloaded",
    "inputs",
    "raw rows",
)
"""What the table can be about."""

KEPT, FORGOTTEN = SCALERS = ("saved with it", "forgotten")
"""What happens to the scaler of the inputs when the network is saved."""


@dataclass(frozen=True)
class SavingScene(Scene):
    """A trained network and the rows it predicts.

    `conceal` takes "[:,1]" (the second column of given predictions), "label at 0.5" (the labels of
    given predictions at that threshold), "rows in the file", "difference", "scaled age" and "raw".
    """

    shows: str = PREDICTIONS
    threshold: float = 0.5
    rows: int = 0
    """How many rows are predicted when the page opens."""
    epochs: int = EPOCHS
    given: tuple[tuple[float, float], ...] = ()
    """Predictions that are given, of two classes, instead of those of a network."""


@dataclass(frozen=True)
class Settings:
    """What the learner decides."""

    threshold: float
    epochs: int
    path: str = DEFAULT_FILE
    scaler: str = KEPT
    shows: str = PREDICTIONS


def fields_of(settings: Settings, given: bool) -> tuple[Field, ...]:
    """What can be edited, with the values of now. Given predictions have a threshold alone."""
    threshold = Field(
        "threshold", "threshold", f"{settings.threshold:g}", low=0, high=1, nudge=0.05
    )
    if given:
        return (threshold,)
    ending = next((one for one in ENDINGS if settings.path.endswith(one)), "")
    # A path may have any ending that the learner types; from there, too, a known one is a key away.
    endings = ENDINGS if ending else (*ENDINGS, "")
    return (
        threshold,
        Field("path", "file", settings.path, free=True),
        Field("ending", "format", ending, endings),
        Field("scaler", "scaler", settings.scaler, SCALERS),
        Field("epochs", "epochs", str(settings.epochs), low=0, high=MOST_EPOCHS),
        Field("shows", "table shows", settings.shows, SHOWS, undoable=False),
    )
