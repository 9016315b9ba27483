"""The saving lab as programs: train, save, load, predict, in a folder that goes away again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from engine.storage.models import ENDINGS
from lessons.labs.base import Code
from lessons.labs.saving.setup import FORGOTTEN, RECIPE
from lessons.learning.listing import Package, program

if TYPE_CHECKING:
    from lessons.labs.saving.lab import SavingLab


def listings(lab: SavingLab) -> tuple[Code, ...]:
    """For Keras, for this engine, and the labels alone."""
    labels = Code("NumPy: from probabilities to labels", _labels(lab))
    if lab.setup.given:
        return (labels,)
    return (
        Code("Keras", _saving(lab, "keras")),
        Code("this engine", _saving(lab, "engine")),
        labels,
    )


def _saving(lab: SavingLab, package: Package) -> str:
    recipe = replace(RECIPE, seed=lab.network.seed)
    trains = program(lab.problem, recipe, package, epochs=max(lab.settings.epochs, 1))
    name = PurePath(lab.settings.path).name
    name = name if name.endswith(ENDINGS) else "model_file.keras"
    source = "keras.models" if package == "keras" else "engine"
    lines = [
        "import tempfile",
        "from pathlib import Path",
        "",
        trains,
        "",
        f"from {source} import load_model",
        "",
    ]
    if package == "keras":
        lines += ["# Keras does not save the scaler: keep scaler.mean_ and scaler.scale_ yourself"]
    elif lab.settings.scaler != FORGOTTEN:
        lines += ["model.scaler = scaler  # is saved with the model; it is applied by you"]
    lines += [
        "with tempfile.TemporaryDirectory() as folder:  # a folder of your own, to keep the file",
        f"    path = Path(folder) / {name!r}",
        "    model.save(path)",
        "    reloaded = load_model(path)",
        "",
        "before = model.predict(x_held_out, verbose=0)",
        "predictions = reloaded.predict(x_held_out, verbose=0)",
        "print(abs(predictions - before).max())",
        "",
        "probability = predictions[:, 1]  # of class 1: survived",
        f"labels = probability > {lab.settings.threshold:g}",
        "print((labels == y_held_out[:, 1]).sum())",
    ]
    return "\n".join(lines)


def _labels(lab: SavingLab) -> str:
    first = max(lab.position - 3, 0)
    rows = lab.predictions[first : first + 3]
    table = ",\n    ".join(f"[{float(zero)!r}, {float(one)!r}]" for zero, one in rows)
    return f"""\
import numpy as np

predictions = np.array([
    {table},
])
probability = predictions[:, 1]
labels = (probability > {lab.settings.threshold:g}).astype(int)
print(probability)
print(labels)"""
