"""What the race lab is given and what the learner decides: the track, the lanes, the scene."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Field, Scene
from lessons.numbers import exact

MOST_LANES = 6
"""Lanes that have room side by side, and a line of their own in the plot."""

RATES = (0.0, *(10.0**power for power in range(-6, 7)))
"""What an arrow key goes through."""

TOP_RATE = 1e6

OWN_RATES = (0.1, 0.001, 0.0001, 10.0, 100.0, 0.00001, 0.02, 0.05, 0.2)
"""What a lane that is added starts from, until the learner says another rate."""

SMALL, LARGE = 0.001, 0.1
"""On the one weight, a question about a small rate asks about all below, one about a large rate
about all above."""

ONE_WEIGHT, TITANIC = "one weight", "titanic"

SHOWS = {
    ONE_WEIGHT: ("weight", "loss"),
    TITANIC: ("each batch", "training loss", "validation loss", "validation accuracy"),
}
"""What the plot and the table can show, for each track."""

AXES = ("linear", "logarithmic")

FRESH = "new weights"
"""How a lane starts that builds a new model."""

HANDED_ON = 3
"""Epochs that a model has been trained for when it is handed on to another rate."""


@dataclass(frozen=True)
class Entry:
    """A lane before the start: its learning rate, and whose model it goes on with."""

    rate: float
    after: int | None = None
    """The place of an earlier lane whose trained model this one goes on with; None: a new one."""


@dataclass(frozen=True)
class RaceScene(Scene):
    """The track, the lanes, and how many batches are taken when the page opens."""

    track: str = TITANIC
    lanes: tuple[Entry, ...] = (Entry(0.000001), Entry(0.01), Entry(1.0))
    scaling: bool = False
    shows: str = ""
    """One of SHOWS for the track; empty: the first."""
    log_axis: bool = False
    steps: int = 0
    hands_on: bool = False
    """Whether the learner may let a lane go on with the model of an earlier one."""
    page: str = ""
    """The page that it belongs to: its race is there again when the page is."""


@dataclass(frozen=True)
class Settings:
    """What the learner decides: each of them starts the race again."""

    lanes: tuple[Entry, ...]
    scaling: bool
    seed: int


def rate_text(rate: float) -> str:
    """A rate as the course writes it: 0.000001, 0.01, 1."""
    text = exact(rate)
    return f"{rate:.6f}" if rate == 1e-6 else f"{rate:.5f}" if rate == 1e-5 else text


def fields_of(settings: Settings, scene: RaceScene, shows: str, axis: str) -> tuple[Field, ...]:
    """All that can be changed, the rates first."""
    fields: list[Field] = []
    for place, entry in enumerate(settings.lanes):
        fields.append(
            Field(
                f"rate {place}",
                f"rate of lane {place + 1}",
                exact(entry.rate),
                low=0.0,
                high=TOP_RATE,
                ladder=RATES,
                shown=rate_text(entry.rate),
            )
        )
        if scene.hands_on and place:
            choices = (FRESH, *(f"lane {one + 1}'s model" for one in range(place)))
            at = 0 if entry.after is None else entry.after + 1
            fields.append(
                Field(f"start {place}", f"lane {place + 1} starts with", choices[at], choices)
            )
    if scene.track == TITANIC:
        on = "on" if settings.scaling else "off"
        fields.append(Field("scaling", "scaling", on, ("on", "off")))
    fields.append(Field("shows", "shows", shows, SHOWS[scene.track], undoable=False))
    fields.append(Field("axis", "axis", axis, AXES, undoable=False))
    return tuple(fields)
