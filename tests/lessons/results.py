"""What a learner can read off a lab: results in its table, its lines and its explanations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lessons.labs.activation.lab import ActivationLab
from lessons.labs.activity.lab import ActivityLab
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.state import NodeState
from lessons.labs.base import Lab, Refused
from lessons.labs.batches.lab import BatchesLab
from lessons.labs.builder.lab import BuilderLab
from lessons.labs.classify.lab import ClassifyLab
from lessons.labs.digits.lab import DigitsLab
from lessons.labs.experiments.lab import ExperimentsLab
from lessons.labs.forward.lab import ForwardLab
from lessons.labs.layer_slopes.lab import LayerSlopesLab
from lessons.labs.lines.lab import LinesLab
from lessons.labs.maps.lab import MapsLab
from lessons.labs.one_weight.lab import OneWeightLab
from lessons.labs.race.lab import RaceLab
from lessons.labs.saving.lab import SavingLab
from lessons.labs.several.lab import SeveralLab
from lessons.labs.stopping.lab import StoppingLab
from lessons.labs.training.lab import TrainingLab
from lessons.labs.two_weights.lab import TwoWeightsLab
from lessons.labs.worked.lab import WorkedLab
from tests.lessons import (
    shown_builder,
    shown_classify,
    shown_digits,
    shown_dying,
    shown_race,
    shown_saving,
    shown_stopping,
    shown_training,
)
from tests.lessons.shown_experiments import answer_in_sight, shown_experiments

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")

ROW = {
    "weight": "weight",
    "prediction": "prediction",
    "error": "error",
    "loss": "loss",
    "loss_slope": "slope at the prediction",
    "slope": "slope",
}
"""What the one-weight lab's table can show, and the name under which it is hidden."""


def advance(lab: Lab) -> bool:
    """One step on, as space takes it. False where there is none, or where training ends."""
    try:
        lab.step()
    except Refused:
        return False
    return True


def results(lab: Lab) -> tuple[float, ...]:
    """All numbers that are shown as the result of something. Raises KeyError for a new kind."""
    lab = lab.inside if isinstance(lab, SeveralLab) and type(lab) not in SHOWN else lab
    shown = SHOWN[type(lab)](lab)  # a new kind of lab says here what can be read off it
    return tuple(float(text) for text in shown if NUMBER.fullmatch(text))


def _equals(lines: tuple[str, ...]) -> Iterator[str]:
    """What stands behind the last = of each line."""
    yield from (line.rpartition(" = ")[2] for line in lines)


def _explained(lab: Lab) -> tuple[str, ...]:
    told = [lab.explain(name) for name in lab.explainable()]
    where = tuple(line for one in told for _, line in one.where)
    return (*(one.filled for one in told), *where)


def _forward(lab: ForwardLab) -> Iterator[str]:
    view = lab.snapshot()
    yield from (node.value for layer in view.layers[1:] for node in layer)
    yield from _equals(view.lines)
    yield from _equals(_explained(lab))


def _one_weight(lab: OneWeightLab) -> Iterator[str]:
    view = lab.snapshot()
    # Who is asked for a slope may see the prediction: at weight 4 both are 12.
    given = "prediction" if "high:slope@0" in lab.scene.conceal else None
    for row, hidden in zip(view.rows, view.hidden, strict=True):
        shown = {key: name for key, name in ROW.items() if name not in hidden and name != given}
        yield from (repr(getattr(row, key)) for key in shown)
    lines = (*view.lines, *_explained(lab))
    yield from _equals(tuple(line for line in lines if line.partition(" = ")[0] != given))


def _backprop(lab: BackpropLab) -> Iterator[str]:
    """Only the numbers that the page asks for: 6 and 18 stand in many places of this lesson."""
    view = lab.snapshot()
    names = {name.rpartition(":")[2].partition("@")[0] for name in lab.scene.conceal}
    for node in (node for layer in view.layers for node in layer):
        yield from (text for name, text in _seen_of(node) if name in names)
    for edge in view.edges:
        yield edge.weight if edge.field in names else ""
        yield edge.slope if f"∂ {edge.field}" in names else ""
    told = [lab.explain(name) for name in lab.explainable()]
    where = [f"{name} = {line}" for one in told for name, line in one.where]
    for line in (*view.lines, *(one.filled for one in told), *where):
        name, _, rest = line.partition(" = ")
        if name in names:
            yield re.split(r"[,:]", rest.rpartition(" = ")[2] or rest)[0]
    if "nudge" in names:
        yield from _equals(view.nudge[1:])


def _seen_of(node: NodeState) -> Iterator[tuple[str, str]]:
    yield node.name, node.value
    yield f"∂ {node.name}", node.slope
    yield f"gate of {node.name}", {"open": "1", "shut": "0"}.get(node.gate, node.gate)


def _activation(lab: ActivationLab) -> Iterator[str]:
    view = lab.snapshot()
    if view.shows == "curves":
        # Who is asked for a slope may see the value: that of tanh nears 1, its slope at 0 is 1.
        asked = {name.partition(" ")[0] for name in lab.scene.conceal} or {"value", "slope"}
        readings = [one for one in view.slide.readings if one.name in asked]
        yield from (repr(one.number) for one in readings if one.number is not None)
        yield from _equals(tuple(lab.explain(name).filled for name in asked))
        return
    yield from (cell for row in view.comparison.results[1:] for cell in row.cells)
    yield from _equals(view.comparison.lines)
    yield from _equals(_explained(lab))


def _maps(lab: MapsLab) -> Iterator[str]:
    view = lab.snapshot()
    yield from (repr(one) for one in (view.loss, view.accuracy) if one is not None)
    yield from _equals(_explained(lab))


def _seen(numbers: dict[str, float | None], hidden: frozenset[str]) -> Iterator[str]:
    for name, number in numbers.items():
        if number is not None and name not in hidden:
            yield repr(number)


def _two_weights(lab: TwoWeightsLab) -> Iterator[str]:
    view = lab.snapshot()
    yield from (node.value for node in (view.layers or [()])[-1])
    if view.by_line:
        for row in view.rows:
            known = {"prediction": row.prediction, "error": row.error, "squared error": row.squared}
            yield from _seen(known, row.hidden)
        for foot in view.feet:
            yield from _seen({"mean error": foot.error, "loss": foot.squared}, foot.hidden)
    else:
        for place in view.places:
            numbers = {"weights": place.weights, "slopes": place.slopes, "error": (place.error,)}
            numbers |= {"loss": (place.loss,), "prediction": (place.prediction,)}
            for name, values in numbers.items():
                yield from () if name in place.hidden else map(repr, values)
    for line in (*_equals(view.lines), *_equals(_explained(lab)), view.verdict):
        yield from NUMBER.findall(line)


def _lines(lab: LinesLab) -> Iterator[str]:
    for model in lab.snapshot().models:
        yield repr(model.loss)
        if not model.gaps_hidden:
            yield from (repr(gap) for gap in model.gaps)
    yield from _equals(_explained(lab))


def _batches(lab: BatchesLab) -> Iterator[str]:
    view = lab.snapshot()
    if view.per_epoch is not None:
        yield str(view.per_epoch)
    for row in view.rows:
        yield from map(repr, (row.error, *(row.slopes or ())))
    for gradient in (view.batch_gradient, view.full_gradient):
        if gradient is not None:
            yield from map(repr, (*(gradient.slopes or ()), gradient.loss))
    for drawn in view.maps:
        yield from map(repr, (*drawn.path[-1], drawn.loss))
    if view.curve is not None:
        yield from (repr(number) for place in view.curve.path for number in place)
    epoch = "updates in an epoch"
    told = [lab.explain(name) for name in lab.explainable() if name != epoch]
    lines = [one.filled for one in told] + [line for one in told for _, line in one.where]
    for line in _equals((*view.lines, *lines)):
        yield from NUMBER.findall(line.rpartition(": ")[2])
    yield lab.explain(epoch).filled.partition(" = ")[0]


SHOWN: dict[type[Lab], Callable[..., Iterator[str]]] = {
    ActivationLab: _activation,
    ActivityLab: shown_dying.activity,
    BackpropLab: _backprop,
    BatchesLab: _batches,
    BuilderLab: shown_builder.shown,
    ClassifyLab: shown_classify.shown,
    ExperimentsLab: shown_experiments,
    DigitsLab: shown_digits.shown,
    ForwardLab: _forward,
    LayerSlopesLab: shown_dying.layer_slopes,
    MapsLab: _maps,
    OneWeightLab: _one_weight,
    RaceLab: shown_race.shown,
    SavingLab: shown_saving.shown,
    StoppingLab: shown_stopping.shown,
    TrainingLab: shown_training.shown,
    TwoWeightsLab: _two_weights,
    WorkedLab: shown_dying.worked,
    LinesLab: _lines,
}


def shows_answer(lab: Lab) -> bool:
    """Whether the lab shows what the question with options asks for that it may have to hide.

    What is pictured has no numbers to look for; elsewhere the numbers in question must be hidden.
    """
    if type(lab) in PICTURED:
        return PICTURED[type(lab)](lab)
    return not set(lab.scene.conceal) <= set(lab.hiding)


def _maps_pictured(lab: MapsLab) -> bool:
    view = lab.snapshot()
    asked = lab.setup.conceal
    seen = {"maps": not view.layers[0][0].hidden, "linear": not view.decision.hidden}
    if view.settings.activation != "linear":
        seen["linear"] = False  # another network than the one that is asked about
    return any(seen[name] for name in asked)


PICTURED: dict[type[Lab], Callable[..., bool]] = {
    MapsLab: _maps_pictured,
    ExperimentsLab: answer_in_sight,
}
