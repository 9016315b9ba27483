"""Learning rates raced side by side: the same start, the same batches, another rate each.

Every lane is a training of the engine's with a timeline of its own. A lane whose numbers become too
large stops there and says why; the others go on. A step is one batch in every lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused, Scene
from lessons.labs.race.code import listings
from lessons.labs.race.race import Race
from lessons.labs.race.setup import (
    AXES,
    FRESH,
    LARGE,
    MOST_LANES,
    ONE_WEIGHT,
    OWN_RATES,
    SHOWS,
    SMALL,
    TITANIC,
    Entry,
    RaceScene,
    Settings,
    fields_of,
    rate_text,
)
from lessons.labs.race.state import RaceSnapshot, snapshot_of
from lessons.labs.race.words import explain, explainable, falls
from lessons.learning.outlets import Outlet, outlets_of
from lessons.learning.problem import Problem


class RaceLab(Lab):
    """Races learning rates on the one-weight problem or on a table."""

    kind = "race"
    title = "race"
    step_name = "batch"
    redrawn = "New random weights for all lanes"
    acts: Mapping[str, str] = {"add": "add a rate", "remove": "remove it"}
    paces = (2.0, 10.0, 30.0, 100.0, 300.0, None)
    pace = 30.0
    undo_depth = 2  # each keeps a race with its history

    def __init__(self, problem: Problem, seed: int, scene: RaceScene) -> None:
        super().__init__()
        self.problem = problem
        self._first_seed = seed
        self._left: dict[RaceScene, tuple[Race, str, str]] = {}
        super().show(scene)  # there is no race yet that could be left

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        """Put the lab into `scene`, with the race that was left there if there was one."""
        self.race.put_away()
        self._left[self.setup] = self.race, self.shows, self.axis
        super().show(scene, hidden)

    def _begin(self) -> None:
        scene = self.setup
        self.step_name = "step" if scene.track == ONE_WEIGHT else "batch"
        self.dataset = "" if scene.track == ONE_WEIGHT else self.problem.name
        self.shows = scene.shows or SHOWS[scene.track][0]
        self.axis = AXES[1] if scene.log_axis else AXES[0]
        self._start(Settings(scene.lanes, scene.scaling, self._first_seed))

    def _start(self, settings: Settings) -> None:
        self.race = Race(self.setup.track, self.problem, settings)

    def _arrive(self) -> None:
        if (left := self._left.pop(self.setup, None)) is not None:
            self.race, self.shows, self.axis = left
            self.race.take_up()
            self.said = "The race as you left it. 0 starts again." if self.race.end else ""
            return
        for _ in range(self.setup.steps):
            if self.race.over:
                break
            self.race.forward()

    def _keepsake(self) -> Callable[[], None]:
        race, position = self.race, self.position

        def restore() -> None:
            self.race = race
            self.race.go(position)

        return restore

    def _restart(self, settings: Settings, why: str) -> None:
        """Start again with other settings: a race is fair only where all start together."""
        if settings == self.settings:
            return
        self._start(settings)
        self.said = f"{why}: all lanes start again, from the same weights."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> RaceScene:
        """The scene as a RaceScene."""
        assert isinstance(self.scene, RaceScene)
        return self.scene

    @property
    def settings(self) -> Settings:
        """The settings of this race."""
        return self.race.settings

    @property
    def position(self) -> int:
        return self.race.position

    @property
    def end(self) -> int:
        return self.race.end

    @property
    def why_not_run(self) -> str:
        if not self.race.over:
            return ""
        each = "The lane has" if len(self.race.lanes) == 1 else "Every lane has"
        return f"{each} stopped. b goes back, e edits a rate, m adds one."

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return not self.race.over
        if action == "redraw":
            return self.setup.track == TITANIC
        return super().can(action)

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if self.race.over:
            raise Refused(self.why_not_run)
        self.said = falls(self, self.race.forward())

    def go(self, position: int) -> None:
        self.race.go(position)
        self.said = ""

    def scrub(self, direction: int) -> None:
        super().scrub(direction)
        self.said = f"{self.step_name.capitalize()} {self.position} of {self.end}."

    def _reseed(self) -> int:
        if self.setup.track == ONE_WEIGHT:
            raise Refused("The one weight starts at 2: nothing here is random.")
        seed = self.settings.seed + 1
        self._start(replace(self.settings, seed=seed))
        return seed

    def change_rate(self, direction: int) -> None:
        raise Refused("Every lane has a rate of its own: e edits it, m adds one.")

    # -- lanes and settings -------------------------------------------------------------------

    def act(self, name: str) -> None:
        way_back, lanes = self._keepsake(), self.settings.lanes
        if name == "add":
            rate = self._add(lanes)
            self._remember(f"the lane with rate {rate_text(rate)}", way_back)
            self.asks = f"rate {len(lanes)}"
        elif name == "remove":
            gone = self._remove(lanes)
            self._remember(f"removing rate {rate_text(gone.rate)}", way_back)
        else:
            super().act(name)

    def _add(self, lanes: tuple[Entry, ...]) -> float:
        if len(lanes) == MOST_LANES:
            raise Refused(f"{MOST_LANES} lanes are the most. del removes the last, e edits a rate.")
        taken = {entry.rate for entry in lanes}
        rate = next(one for one in OWN_RATES if one not in taken)
        self._restart(
            replace(self.settings, lanes=(*lanes, Entry(rate))), f"Rate {rate_text(rate)}"
        )
        return rate

    def _remove(self, lanes: tuple[Entry, ...]) -> Entry:
        if len(lanes) == 1:
            raise Refused("One lane has to stay. e edits its rate, m adds another.")
        self.race = self.race.without_last()
        self.said = f"Rate {rate_text(lanes[-1].rate)} has left the race."
        return lanes[-1]

    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.settings, self.setup, self.shows, self.axis)

    def _apply(self, field: Field, text: str) -> None:
        settings = self.settings
        what, _, place = field.id.partition(" ")
        match what:
            case "rate":
                rate = field.read(text)
                changed = replace(settings.lanes[int(place)], rate=rate)
                self._change(int(place), changed, f"Rate {rate_text(rate)}")
            case "start":
                after = None if text == FRESH else field.choices.index(text) - 1
                changed = replace(settings.lanes[int(place)], after=after)
                self._change(int(place), changed, f"Lane {int(place) + 1} with {text}")
            case "scaling":
                self._restart(replace(settings, scaling=text == "on"), f"Scaling {text}")
            case "shows":
                self.shows = text
            case "axis":
                self.axis = text

    def _change(self, place: int, entry: Entry, why: str) -> None:
        lanes = self.settings.lanes
        changed = (*lanes[:place], entry, *lanes[place + 1 :])
        self._restart(replace(self.settings, lanes=changed), why)

    # -- painting, explaining -----------------------------------------------------------------

    def hides(self, entry: Entry) -> bool:
        """Whether a question asks about this lane: then none of its numbers is seen."""
        track = self.setup.track
        if track == ONE_WEIGHT:
            small, large = "small rate" in self.hiding, "large rate" in self.hiding
            return (small and entry.rate < SMALL) or (large and entry.rate > LARGE)
        if "handed on" in self.hiding and entry.after is not None:
            return True
        scaled = self.settings.scaling and f"scaled {rate_text(entry.rate)}" in self.hiding
        return scaled or "losses" in self.hiding

    @property
    def hides_dead(self) -> bool:
        """Whether a question asks what has become of the hidden nodes."""
        return "dead" in self.hiding

    def snapshot(self) -> RaceSnapshot:
        return snapshot_of(self)

    def explainable(self) -> tuple[str, ...]:
        return explainable(self)

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def outlets(self) -> tuple[Outlet, ...]:
        """Network and history of each lane, and the loop over all of them."""
        runs = [(lane.entry.rate, lane.run) for lane in self.race.lanes if lane.run is not None]
        found: list[Outlet] = []
        for place, (rate, run) in enumerate(runs):
            listings = self.code() if place == 0 else ()
            stem = f"{run.problem.name}-rate-{rate_text(rate)}"
            found += [
                replace(one, id=f"{one.id} {place}", title=f"rate {rate_text(rate)}: {one.title}")
                for one in outlets_of(run, stem, listings)
            ]
        return tuple(found)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
