"""The playground: any network on any data, trained forwards and back, edited on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lessons.labs.base import Action, Code, Explanation, Field, Refused, Scene
from lessons.labs.playground.arrival import Arrival
from lessons.labs.playground.changing import changed, counted
from lessons.labs.playground.code import listings
from lessons.labs.playground.fields import fields_of
from lessons.labs.playground.gallery import exhibit
from lessons.labs.playground.goal import Finish
from lessons.labs.playground.hands import (
    freeze_node,
    go_to_best,
    log_run,
    look,
    touch,
    way_back_of_hands,
)
from lessons.labs.playground.moving import STRIDES, MovingLab
from lessons.labs.playground.picture import picture
from lessons.labs.playground.play import TABLES, Play
from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.scene import PlayScene
from lessons.labs.playground.share import encode, shared
from lessons.labs.playground.state import PANELS, PastPlay, PlaySnapshot
from lessons.labs.playground.words import explain, explainable, node_name
from lessons.learning.experiment import Experiment
from lessons.numbers import short
from lessons.tables.overview import OwnOverview, own_overview
from lessons.tables.problem import OwnProblem


class PlaygroundLab(MovingLab):
    """Trains the network of a Play. Positions are batches."""

    way_out = (
        "0 starts again, then [ lowers the rate; or go back with , to before the loss rose, then [."
    )
    kind = "playground"
    title = "playground"
    paces = (2.0, 10.0, 50.0, 200.0, 1000.0, None)
    pace = 200.0
    undo_depth = 5  # each keeps a run with its history
    acts: Mapping[str, str] = {
        **{"add": "layer", "remove": "layer away", "mark": "freeze"},
        **{"save": "to the log", "best": "best epoch"},
    }

    def __init__(self, scene: PlayScene) -> None:
        super().__init__()
        self.shows = PANELS[0]
        self._finished: list[Experiment] = []
        self._home: tuple[OwnProblem, Callable[[], None]] | None = None
        """The learner's own table, and the way back to what was trained on it."""
        self.in_log: object = None
        """What was handed to the log last."""
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, PlayScene)
        self.shows = scene.shows
        self.cursor = (0, 0)
        super().show(scene, hidden)

    def open(self, scene: PlayScene) -> None:
        """Show another scene; it can be undone."""
        way_back, lost = self._leave(), self.end > 0
        self.show(scene)
        self._remember("opening another scene", way_back)
        self.said = "u brings back the run that was here." if lost and not self.arriving else ""

    def go_home(self, own: OwnProblem) -> bool:
        """Back to a table of the learner's own, as it was left; False where it never was here."""
        if self.run.on_own_table and self.run.own is own:
            return True
        if self._home is None or self._home[0] is not own:
            return False
        there = self._keepsake()

        def away() -> None:
            self._leave()  # the table with what was trained on it since
            there()

        self._remember("going back to your table", away)
        self._home[1]()
        self.said = ""
        return True

    def _leave(self) -> Callable[[], None]:
        """What brings back all of this, kept as well where a table of the learner's own is left."""
        way_back = self._keepsake()
        if self.run.on_own_table and self.run.own is not None:
            self._home = self.run.own, way_back
        return way_back

    @property
    def setup(self) -> PlayScene:
        """The scene as a PlayScene."""
        assert isinstance(self.scene, PlayScene)
        return self.scene

    def _begin(self) -> None:
        self._before: PastPlay | None = None
        self._start(self.setup.shared.play)
        self._arrival = Arrival(self.run, self.setup.shared)

    def reset(self) -> None:
        """Start again: the same data, network and seed, no step taken. It can be undone."""
        way_back = self._keepsake()
        self._restart(self._first, "Started again")
        self._remember("starting again", way_back)
        self.said = "Started again with the same weights. u brings back what was there."

    def _start(self, play: Play) -> None:
        self.run = PlayRun(play, self.setup.own)
        self.dataset = play.data if play.data in TABLES else ""
        self.stopped = ""
        self._arrival = None
        if self.shows not in self.panels:
            self.shows = PANELS[0]
        ends = self.run.on_own_table and self.setup.goal.anywhere
        self._finish = Finish(self.run, self.setup.goal) if ends else None
        self.point(*self.cursor)

    def _restart(self, play: Play, why: str) -> None:
        """Begin with another playground, and keep the curves so far to compare with."""
        self._leave()
        if self.run.end >= self.run.steps_per_epoch and not self.stopped:
            self._before = PastPlay(self.run.recipe, self.run.curves())
        self._start(play.normal())
        self.said = f"{why}: starts again."

    def _keepsake(self) -> Callable[[], None]:
        run, position = self.run, self.position
        others = (self._before, self.stopped, self._arrival, self._finish)
        scene, shows = self.scene, self.shows

        def restore() -> None:
            self.run = run
            run.go(min(position, run.end))
            self._before, self.stopped, self._arrival, self._finish = others
            self.scene, self.shows = scene, shows
            self.dataset = run.recipe.data if run.recipe.data in TABLES else ""
            self.point(*self.cursor)

        return restore

    # -- where it stands ----------------------------------------------------------------------

    @property
    def play(self) -> Play:
        """Everything that names the playground, with the rate of here."""
        return self.run.recipe

    @property
    def _first(self) -> Play:
        """The same with the rate that it began with."""
        return replace(self.play, rate=self.run.rates[0][1])

    @property
    def has_data(self) -> bool:
        return self.run.on_own_table or super().has_data

    def own_data(self) -> OwnOverview | None:
        """What was understood of the learner's own table, while it is the one trained on."""
        if self.run.own is None or not self.run.on_own_table:
            return None
        return own_overview(self.run.own, scaled=self.play.scaling)

    @property
    def panels(self) -> tuple[str, ...]:
        """What can be brought to the front: there is a map where the data are points."""
        return tuple(one for one in PANELS if one != "map" or self.play.on_the_plane)

    @property
    def question(self) -> str:
        """What the gallery asks of this scene, as long as it is the one that was opened."""
        found = exhibit(self.setup.exhibit)
        return found.question if found else ""

    def tell(self) -> str:
        """What there is to be found in this scene of the gallery. Raises Refused elsewhere."""
        found = exhibit(self.setup.exhibit)
        if found is None:
            raise Refused("G opens the gallery: each of its scenes has something to be found.")
        return found.find

    @property
    def scene_code(self) -> str:
        """The code that opens this very state. Raises Refused for a table of one's own."""
        if self.run.on_own_table:
            raise Refused("A code is too short to hold your table: O saves the network instead.")
        return encode(shared(self.run))

    # -- moving -------------------------------------------------------------------------------

    def _reseed(self) -> int:
        self._restart(replace(self._first, seed=self.play.seed + 1), self.redrawn)
        return self.play.seed

    def can(self, action: Action) -> bool:
        if action == "rate":
            return self.play.schedule == "constant"
        return super().can(action)

    def change_rate(self, direction: int) -> None:
        if self.play.schedule != "constant":
            raise Refused(
                f"The {self.play.schedule} schedule sets the rate: e, schedule, constant."
            )
        way_back = way_back_of_hands(self) if self.position < self.end else None
        super().change_rate(direction)
        if way_back is not None:
            self._remember("learning rate", way_back)
            self.said += " u brings them back."

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        return (
            *fields_of(self.run, self.cursor),
            Field("stride", "space takes", self.stride, STRIDES, undoable=False, group="view"),
            Field("shows", "shown", self.shows, self.panels, undoable=False, group="view"),
        )

    def act(self, name: str) -> None:
        match name:
            case "add":
                self.set("layers", counted(self._field("layers"), 1))
            case "remove":
                self.set("layers", counted(self._field("layers"), -1))
            case "save":
                log_run(self)
            case "best":
                go_to_best(self)
            case "mark":
                self._remember("freezing", freeze_node(self))
            case _:
                super().act(name)

    def hand_on(self, experiment: Experiment) -> None:
        """Have it kept in the learner's log."""
        self._finished.append(experiment)

    def take_finished(self) -> tuple[Experiment, ...]:
        finished, self._finished = tuple(self._finished), []
        return finished

    def _way_back(self, field: Field) -> Callable[[], None]:
        sets_rate = field.id == "rate" and self.can("rate")
        if sets_rate or field.id.startswith(("weight ", "frozen ")):
            return way_back_of_hands(self)
        return super()._way_back(field)

    def _apply(self, field: Field, text: str) -> None:
        kind, _, which = field.id.partition(" ")
        if field.id == "rate":
            self._apply_rate(field.read(text))
        elif field.id in ("stride", "shows"):
            look(self, field.id, text)
        elif kind in ("weight", "frozen") and which:
            touch(self, field, text)
        elif text != field.text:
            self._restart(
                changed(replace(self.play, rate=self.run.rates[0][1]), field, text),
                f"{field.label} = {text}",
            )

    def _apply_rate(self, rate: float) -> None:
        if rate <= 0:
            raise Refused("A learning rate is above 0.")
        if self.play.schedule == "constant":
            self._set_rate(rate)
        elif rate != self.play.rate:
            self._restart(replace(self.play, rate=rate), f"Rate {short(rate, 6)}")

    # -- painting -----------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """Point at a node: its layer and its number, both from 0, or the nearest there is."""
        layer = min(max(row, 0), len(self.run.dense) - 1)
        self.cursor = (layer, min(max(column, 0), self.run.dense[layer].units - 1))

    def snapshot(self) -> PlaySnapshot:
        return picture(self)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return explainable(self.run)

    def current(self) -> str:
        return node_name(self.run, *self.cursor)

    def explain(self, name: str) -> Explanation:
        return explain(name, self.run)

    def code(self) -> tuple[Code, ...]:
        return listings(self.run)
