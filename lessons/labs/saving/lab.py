"""A trained network is saved, reloaded, and asked about rows, one at a time.

A step predicts the next held-out row. Saving and loading are done with real files, where the
learner says; what is on the disk stays there, and going back or undoing does not touch it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.labs.saving import files, words
from lessons.labs.saving.code import listings
from lessons.labs.saving.network import DoesNotFit, Loaded, Trained, predict_held_out
from lessons.labs.saving.seen import seen
from lessons.labs.saving.setup import (
    DEFAULT_FILE,
    FILE,
    KEPT,
    RELOADED,
    SavingScene,
    Settings,
    fields_of,
)
from lessons.labs.saving.state import SavingSnapshot
from lessons.learning.problem import Problem
from lessons.numbers import short


class SavingLab(Lab):
    """Predicts rows with a network and with the same one from a file."""

    kind = "saving"
    title = "save, load, predict"
    step_name = "row"
    dataset = "titanic"
    pace = 20.0
    paces = (1.0, 5.0, 20.0, 60.0, None)
    undo_depth = 4
    acts: Mapping[str, str] = {"save": "save", "load": "load"}

    def __init__(self, problem: Problem, seed: int, scene: SavingScene) -> None:
        super().__init__()
        self.problem = problem
        self._first_seed = seed
        self._path, self._scaler = DEFAULT_FILE, KEPT
        self.loaded: Loaded | None = None
        self._written: files.Contents | None = None
        self.network = Trained(problem, seed)
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    @property
    def setup(self) -> SavingScene:
        """The scene as a SavingScene."""
        assert isinstance(self.scene, SavingScene)
        return self.scene

    def _begin(self) -> None:
        """What the learner saved and loaded stays, from page to page."""
        scene = self.setup
        self._position = self._end = 0
        self._may_replace: Path | None = None
        if self.network.seed != self._first_seed:
            self._take(Trained(self.problem, self._first_seed))
        self.settings = Settings(
            scene.threshold, scene.epochs, self._path, self._scaler, scene.shows
        )
        if not scene.given:
            self.network.go(scene.epochs)

    def _take(self, network: Trained) -> None:
        self.network, self._written = network, None

    def _arrive(self) -> None:
        self._position = self._end = self.setup.rows

    def _keepsake(self) -> Callable[[], None]:
        kept = (self._position, self._end, self.settings, self.loaded, self._written)
        network = self.network

        def restore() -> None:
            self._position, self._end, self.settings, self.loaded, self._written = kept
            self._path, self._scaler = self.settings.path, self.settings.scaler
            self.network = network
            if not self.setup.given:
                network.go(self.settings.epochs)

        return restore

    # -- where it stands ----------------------------------------------------------------------

    @property
    def predictions(self) -> np.ndarray:
        """Of all rows: (rows, 2), the probabilities of class 0 and of class 1."""
        given = self.setup.given
        return np.array(given) if given else self.network.predictions

    @cached_property
    def actual(self) -> np.ndarray:
        """The class of each held-out row."""
        classes: np.ndarray = self.problem.y_validation.argmax(axis=1)
        return classes

    @property
    def count(self) -> int:
        """How many rows there are to predict."""
        return len(self.setup.given) or len(self.problem.x_validation)

    @property
    def position(self) -> int:
        return self._position

    @property
    def end(self) -> int:
        return self._end

    @property
    def file(self) -> files.Contents:
        """What the file holds, once written or read, or what would be written now."""
        if self._written is not None:
            return self._written
        with self.network.with_scaler(self.settings.scaler == KEPT):
            return files.contents(self.network.model, files.expanded(self.settings.path))

    def probability(self, row: int) -> float | None:
        """Of class 1 for a row; None while a question asks for that column."""
        if self.setup.given and "[:,1]" in self.hiding:
            return None
        return float(self.predictions[row, 1])

    def label_text(self, row: int) -> str:
        """The label of a row, or ? while a question asks for it."""
        asked = {f"label at {short(self.settings.threshold)}", "[:,1]"} & set(self.hiding)
        if self.setup.given and asked:
            return "?"
        return str(int(float(self.predictions[row, 1]) > self.settings.threshold))

    def right_at(self, threshold: float | np.ndarray) -> np.ndarray:
        """Whether the label of each row is right; never for given predictions.

        With thresholds of shape (n, 1): (n, rows).
        """
        labels = self.predictions[:, 1].astype(float) > threshold
        if self.setup.given:
            return np.zeros_like(labels)
        right: np.ndarray = labels == self.actual
        return right

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return self._position < self.count
        if action == "redraw":
            return not self.setup.given
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        return "" if self._position < self.count else "All rows are predicted. b goes back."

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if self._position >= self.count:
            raise Refused(self.why_not_run)
        self._position += 1
        self._end = max(self._end, self._position)
        self._may_replace = None
        out_of_sight = self.settings.shows == FILE
        self.said = f"Row {self._position - 1} is predicted: w shows it." if out_of_sight else ""

    def go(self, position: int) -> None:
        self._position = min(max(position, 0), self._end)
        self.said, self._may_replace = "", None

    def redraw(self) -> None:
        if self.setup.given:
            raise Refused("These predictions are given. The next pages have a network again.")
        way_back = self._keepsake()
        seed = self.network.seed + 1
        self._take(Trained(self.problem, seed))
        self.network.go(self.settings.epochs)
        self._remember("the new network", way_back)
        self.said = f"Another network, seed {seed}, trained as the first. u brings that one back."

    # -- files --------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        """`save` the network to the file, or `load` one from there. Raises Refused."""
        if name in ("save", "load") and self.setup.given:
            raise Refused("These predictions are given: there is no network here to save or load.")
        if name == "save":
            self._save()
        elif name == "load":
            self._load()
        else:
            super().act(name)

    def _save(self) -> None:
        path = files.expanded(self.settings.path)
        confirmed, self._may_replace = self._may_replace == path, None
        if files.exists(path) and not path.is_dir() and not confirmed:
            self._may_replace = path
            raise Refused(
                f"{path.name} is there already. S once more replaces it; e gives another name."
            )
        try:
            with self.network.with_scaler(self.settings.scaler == KEPT):
                self._written = files.save(self.network.model, path, replace=confirmed)
        except files.FileProblem as problem:
            raise Refused(str(problem)) from None
        self.settings = replace(self.settings, shows=FILE)
        size = f"{self._written.size:,} bytes"
        self.said = f"Saved {path.name} in {self._written.folder}: {size}. L loads it."

    def _load(self) -> None:
        path = files.expanded(self.settings.path)
        try:
            model, contents = files.load(path)
            predictions = predict_held_out(model, self.problem)
        except (files.FileProblem, DoesNotFit) as problem:
            raise Refused(str(problem)) from None
        way_back = self._keepsake()
        self.loaded, self._written = Loaded(path.name, predictions), contents
        self.settings = replace(self.settings, shows=RELOADED)
        self._remember("loading", way_back)
        scaler = "with its scaler" if contents.scaled_columns else "without a scaler"
        self.said = f"Loaded {path.name} into a new network, {scaler}. Space compares row by row."

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.settings, bool(self.setup.given))

    def _apply(self, field: Field, text: str) -> None:
        settings, self._may_replace = self.settings, None
        match field.id:
            case "threshold":
                self.settings = replace(settings, threshold=field.read(text))
                self.said = ""
            case "path":
                if not text.strip():
                    raise Refused("A file needs a name, such as model_file.keras.")
                self._set_file(text.strip())
            case "ending":
                if text != field.text:
                    self._set_file(_with_ending(settings.path, text))
            case "scaler":
                self._scaler = text
                self.settings, self._written = replace(settings, scaler=text), None
            case "epochs":
                self._learn(field, text)
            case "shows":
                self.settings = replace(settings, shows=text)

    def _set_file(self, path: str) -> None:
        self._path, self._written = path, None
        self.settings = replace(self.settings, path=path)
        self.said = f"S saves to {path}, L loads from there."

    def _learn(self, field: Field, text: str) -> None:
        epochs = field.read(text)
        if epochs != round(epochs):
            raise Refused("epochs: a whole number.")
        self.network.go(int(epochs))
        self.settings = replace(self.settings, epochs=int(epochs))
        self.said = f"The network in memory after {int(epochs)} epochs. Files stay as they are."

    # -- painting and explaining --------------------------------------------------------------

    def snapshot(self) -> SavingSnapshot:
        return seen(self)

    def explainable(self) -> tuple[str, ...]:
        return words.names(self)

    def explain(self, name: str) -> Explanation:
        return words.explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)


def _with_ending(path: str, ending: str) -> str:
    try:
        return str(Path(path).with_suffix(ending))
    except ValueError:
        raise Refused(f"{path} is not the name of a file; type one.") from None
