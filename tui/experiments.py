"""The learner's experiments: one readable JSON file that outlives quitting.

Kept in `experiments.json` in the data folder, beside the progress. Every change is on the disk
when the method returns, on top of what another dl-tutor may have saved meanwhile.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lessons.learning.experiment import Curve, Experiment
from lessons.learning.recipe import Recipe
from tui.home import data_folder
from tui.storage import Document, Unusable, expect, is_count

VERSION = 1

MOST = 1000
"""Experiments that the log takes: a file of a megabyte or two."""

FULL = (
    f"The log holds {MOST:,} experiments and takes no more. "
    "E opens it: S saves it as CSV, delete makes room."
)


class ExperimentLog:
    """The log. Made by `ExperimentLog.load`; no method raises for what the disk does."""

    def __init__(self, document: Document, experiments: tuple[Experiment, ...]) -> None:
        self._document = document
        self._experiments = experiments
        self._full = False

    @classmethod
    def load(cls, folder: Path | None = None) -> ExperimentLog:
        """Read the log kept in `folder` (default: the user's data folder).

        A missing file is an empty log. A damaged or foreign one is set aside; `notice` tells.
        """
        path = (data_folder() if folder is None else folder) / "experiments.json"
        document = Document(path, kind="experiments", version=VERSION)
        return cls(document, document.load(_parse) or ())

    @property
    def notice(self) -> str | None:
        """What the learner should know: the file was set aside or cannot be saved, it is full."""
        told = (self._document.notice, FULL if self._full else None)
        return " ".join(filter(None, told)) or None

    @property
    def path(self) -> Path:
        """The file."""
        return self._document.path

    @property
    def saved(self) -> bool:
        """Whether the last change is on the disk; if not, `notice` says why."""
        return self._document.saved

    @property
    def all(self) -> tuple[Experiment, ...]:
        """Every experiment, the oldest first."""
        return self._experiments

    def refresh(self) -> tuple[Experiment, ...]:
        """Every experiment, with what another dl-tutor may have added since."""
        if self._document.changed_elsewhere():
            self._experiments = self._document.load(_parse) or self._experiments
        return self._experiments

    def add(self, experiment: Experiment, now: datetime | None = None) -> None:
        """Keep an experiment that has just ended; a full log tells in `notice` that it does not."""
        when = (now or datetime.now()).astimezone().isoformat(timespec="microseconds")

        def append(log: tuple[Experiment, ...]) -> tuple[Experiment, ...]:
            self._full = len(log) >= MOST
            taken = {one.id for one in log}
            fresh = next(name for name in iter(_new_id, None) if name not in taken)
            return log if self._full else (*log, replace(experiment, id=fresh, when=when))

        self._change(append)

    def remove(self, ids: Collection[str]) -> tuple[Experiment, ...]:
        """Forget these experiments; returns them, so that `restore` can bring them back."""
        gone: list[Experiment] = []

        def forget(log: tuple[Experiment, ...]) -> tuple[Experiment, ...]:
            gone.extend(one for one in log if one.id in ids)
            return tuple(one for one in log if one.id not in ids)

        self._change(forget)
        self._full = False
        return tuple(gone)

    def restore(self, experiments: Iterable[Experiment]) -> None:
        """Bring back what was removed, to its place in time."""
        back = tuple(experiments)

        def insert(log: tuple[Experiment, ...]) -> tuple[Experiment, ...]:
            known = {one.id for one in log}
            whole = (*log, *(one for one in back if one.id not in known))
            return tuple(sorted(whole, key=_moment))

        self._change(insert)

    def _change(self, change: Callable[[tuple[Experiment, ...]], tuple[Experiment, ...]]) -> None:
        with self._document.alone():
            changed = change(self.refresh())
            if changed != self._experiments:
                self._experiments = changed
                self._document.save({"experiments": [_content(one) for one in changed]})


def _new_id() -> str:
    return secrets.token_hex(4)


def _moment(one: Experiment) -> tuple[float, str]:
    """When it ended, in seconds; what has no readable date comes first."""
    try:
        return datetime.fromisoformat(one.when).timestamp(), one.when
    except (ValueError, OverflowError, OSError):
        return 0.0, one.when


# -- to JSON and back -------------------------------------------------------------------------


def _content(one: Experiment) -> dict[str, Any]:
    """The experiment as the JSON object that `_parse_one` reads: who, what and when come first."""
    content = asdict(one)
    first = ("id", "when", "lesson", "data")
    return {name: content[name] for name in (*first, *content)}


def _parse(content: dict[str, Any]) -> tuple[Experiment, ...]:
    """The experiments in a JSON object; raises `Unusable` naming the first wrong value."""
    listed = content.get("experiments", [])
    if not isinstance(listed, list):
        raise Unusable("experiments should be a list")
    found = tuple(_parse_one(f"experiment {at}", one) for at, one in enumerate(listed, start=1))
    if len({one.id for one in found}) < len(found):
        raise Unusable("two experiments have the same id")
    return found


def _parse_one(place: str, value: object) -> Experiment:
    one = expect(place, value, dict)
    known: dict[str, Any] = {
        **{name: expect(f"{place}, {name}", one.get(name, ""), str) for name in _TEXTS},
        **{name: expect(f"{place}, {name}", one.get(name), int) for name in _COUNTS},
        **{name: _number(f"{place}, {name}", one.get(name)) for name in _NUMBERS},
    }
    if not known["id"]:
        raise Unusable(f"{place} has no id")
    best = one.get("best_epoch")
    return Experiment(
        **known,
        recipe=_parse_recipe(f"{place}, recipe", one.get("recipe")),
        seconds=_number(f"{place}, seconds", one.get("seconds")) or 0.0,
        best_epoch=None if best is None else expect(f"{place}, best_epoch", best, int),
        diverged=expect(f"{place}, diverged", one.get("diverged", False), bool),
        curve=_parse_curve(f"{place}, curve", one.get("curve", {})),
    )


_TEXTS = ("id", "when", "lesson", "data")
_COUNTS = ("rows", "held_out", "parameters", "epochs")
_NUMBERS = ("loss", "val_loss", "best_val_loss", "accuracy", "val_accuracy")


def _parse_recipe(place: str, value: object) -> Recipe:
    recipe = expect(place, value, dict)
    hidden = _list(f"{place}, hidden", recipe.get("hidden"))
    if not all(is_count(nodes) for nodes in hidden):
        raise Unusable(f"{place}, hidden should be whole numbers")
    usual = Recipe()
    known: dict[str, Any] = {"hidden": tuple(hidden)}
    for field in fields(Recipe):
        if field.name in ("hidden", "rate"):
            continue
        default = getattr(usual, field.name)
        given = recipe.get(field.name, default)
        known[field.name] = expect(f"{place}, {field.name}", given, type(default))
    rate = _number(f"{place}, rate", recipe.get("rate"))
    return Recipe(**known, rate=usual.rate if rate is None else rate)


def _parse_curve(place: str, value: object) -> Curve:
    curve = expect(place, value, dict)
    epochs = _list(f"{place}, epochs", curve.get("epochs", []))
    losses = [_list(f"{place}, {name}", curve.get(name, [])) for name in ("loss", "val_loss")]
    if any(len(one) != len(epochs) for one in losses):
        raise Unusable(f"{place} should have as many losses as epochs")
    loss, val_loss = (
        tuple(_number(place, number) or 0.0 for number in numbers) for numbers in losses
    )
    return Curve(tuple(expect(place, epoch, int) for epoch in epochs), loss, val_loss)


def _list(place: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Unusable(f"{place} should be a list")
    return value


def _number(place: str, value: object) -> float | None:
    """A finite number or None; JSON has no others, but Python reads and writes NaN."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unusable(f"{place} should be a number")
    if not abs(value) < 1e300:
        raise Unusable(f"{place} is too large")
    return float(value)
