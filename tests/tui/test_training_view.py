"""What the loss plot takes in."""

from __future__ import annotations

from lessons.course import find
from tui.labs.training_curves import figure_of


def training_lab():
    return find("3.2").make_lab(1)


def test_the_first_batches_stand_in_the_first_epoch() -> None:
    lab = training_lab()
    lab.step()
    assert figure_of(lab.snapshot()).x_range == (0.0, 1.0)


def test_the_run_before_is_in_sight_whole_while_the_next_one_begins() -> None:
    lab = training_lab()
    for _ in range(5 * lab.steps_per_epoch):
        lab.step()
    lab.set("scaling", "off")
    assert lab.position == 0
    figure = figure_of(lab.snapshot())
    before = next(curve for curve in figure.curves if curve.role == "ghost")
    assert before.label == "before: scaled"
    assert figure.x_range == (0.0, 5.0)
    assert max(before.x) == 5.0


def test_beside_the_run_before_single_batches_are_shown_until_the_first_epoch_ends() -> None:
    lab = training_lab()
    for _ in range(5 * lab.steps_per_epoch):
        lab.step()
    lab.set("scaling", "off")
    lab.step()
    assert "each batch" in [curve.label for curve in figure_of(lab.snapshot()).curves]
    for _ in range(lab.steps_per_epoch):
        lab.step()
    labels = [curve.label for curve in figure_of(lab.snapshot()).curves]
    assert labels == ["before: scaled", "training", "validation"]
