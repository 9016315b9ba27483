"""Experiments made up for tests, and the lab that makes real ones."""

from __future__ import annotations

from typing import Any

from lessons.labs.experiments.lab import ExperimentsLab
from lessons.labs.experiments.scene import ExperimentsScene
from lessons.learning.experiment import Curve, Experiment
from lessons.learning.recipe import Recipe


def experiment(
    hidden: tuple[int, ...] = (5,),
    val_loss: float | None = 0.5,
    *,
    seed: int = 1,
    rate: float = 0.01,
    **changes: Any,
) -> Experiment:
    """An experiment that nobody has made."""
    sizes = (2, *hidden, 1)
    values: dict[str, Any] = {
        "data": "hills",
        "recipe": Recipe(hidden=hidden, rate=rate, seed=seed),
        "rows": 64,
        "held_out": 192,
        "parameters": sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1)),
        "epochs": 200,
        "seconds": 0.25,
        "loss": None if val_loss is None else val_loss / 2,
        "val_loss": val_loss,
        "best_epoch": None if val_loss is None else 20,
        "best_val_loss": val_loss,
        "curve": Curve() if val_loss is None else Curve((1, 200), (1.0, 0.2), (1.1, val_loss)),
        "lesson": "4.5",
    }
    return Experiment(**{**values, **changes})


def ran(lab: ExperimentsLab) -> ExperimentsLab:
    """The lab after it has run until it stops by itself."""
    while lab.can("run"):
        lab.step()
    return lab


def lab_with(scene: ExperimentsScene | None = None, seed: int = 1) -> ExperimentsLab:
    """A lab at a scene, with short experiments so that tests are quick."""
    lab = ExperimentsLab(seed, scene or ExperimentsScene(), "4.5")
    if lab.trial is not None and not lab.plan:
        lab.set("epochs", "5")
    return lab
