"""One view per kind of lab, under the same names as in lessons/labs."""

from __future__ import annotations

import importlib

from lessons.labs.base import Lab
from tui.labs.base import LabView

VIEWS = {
    "activation": ("tui.labs.activation", "ActivationView"),
    "backprop": ("tui.labs.backprop", "BackpropView"),
    "experiments": ("tui.labs.experiments", "ExperimentsView"),
    "forward": ("tui.labs.forward", "ForwardView"),
    "maps": ("tui.labs.maps", "MapsLabView"),
    "lines": ("tui.labs.lines", "LinesView"),
    "one_weight": ("tui.labs.one_weight", "OneWeightView"),
    "playground": ("tui.labs.playground", "PlaygroundView"),
    "two_weights": ("tui.labs.two_weights", "TwoWeightsView"),
    "batches": ("tui.labs.batches", "BatchesView"),
    "builder": ("tui.labs.builder", "BuilderView"),
    "classify": ("tui.labs.classify", "ClassifyView"),
    "race": ("tui.labs.race", "RaceView"),
    "saving": ("tui.labs.saving", "SavingView"),
    "stopping": ("tui.labs.stopping", "StoppingView"),
    "digits": ("tui.labs.digits.view", "DigitsView"),
    "training": ("tui.labs.training", "TrainingView"),
    "several": ("tui.labs.several", "SeveralView"),
    "activity": ("tui.labs.activity", "ActivityView"),
    "layer_slopes": ("tui.labs.layer_slopes", "LayerSlopesView"),
    "worked": ("tui.labs.worked", "WorkedView"),
}
"""For each kind of lab, the module and the class of its view."""


def view_of(lab: Lab) -> LabView:
    """A new view for this kind of lab. Views are imported when a lesson first needs them."""
    return view_of_kind(lab.kind, id="lab-view")


def view_of_kind(kind: str, *, id: str | None = None) -> LabView:
    """A new view for labs of that kind."""
    module, name = VIEWS[kind]
    view: LabView = getattr(importlib.import_module(module), name)(id=id)
    return view
