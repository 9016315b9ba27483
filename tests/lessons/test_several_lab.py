"""Several labs behind one: the kind of scene says which is in front."""

from __future__ import annotations

import pytest

from lessons.course import find
from lessons.labs.base import Lab, Scene
from lessons.labs.several.lab import SeveralLab

LESSON = find("dying-neurons")


def opened(page_id: str) -> SeveralLab:
    page = next(page for page in LESSON.pages if page.id == page_id)
    lab = LESSON.make_lab(1)
    assert isinstance(lab, SeveralLab)
    lab.show(page.scene)
    return lab


@pytest.mark.parametrize(
    ("page", "kind", "step"),
    [
        ("flat", "worked", "row"),
        ("ten", "worked", "layer"),
        ("tanh", "activation", "slide"),
        ("nodes", "activity", "batch"),
        ("flow", "layer_slopes", "layer back"),
        ("learn", "layer_slopes", "batch"),
    ],
)
def test_each_page_has_its_own(page: str, kind: str, step: str) -> None:
    lab = opened(page)
    assert lab.snapshot().kind == lab.inside.kind == kind
    assert lab.step_name == step


def test_a_lab_is_made_once_and_shown_anew() -> None:
    lab = opened("nodes")
    inside = lab.inside
    lab.step()
    lab.show(next(page for page in LESSON.pages if page.id == "flow").scene)
    lab.show(next(page for page in LESSON.pages if page.id == "nodes").scene)
    assert lab.inside is inside
    assert lab.position == 0


def test_edits_are_undone_in_the_lab_where_they_were_made() -> None:
    lab = opened("flat")
    lab.set("weight 0", "5")
    assert lab.can("undo")
    lab.undo()
    assert "weight 0" in lab.said
    assert not lab.can("undo")


def test_a_scene_that_no_lab_knows_is_a_mistake_that_says_so() -> None:
    with pytest.raises(TypeError, match="no lab here shows a Scene; there are some for Activation"):
        opened("flat").show(Scene())


def test_nothing_that_a_lab_can_do_is_kept_from_the_one_in_front() -> None:
    own = {"undo_depth", "redrawn"}  # read only by a lab itself
    asked_of_labs = {name for name in vars(Lab) if not name.startswith("_")} - own
    assert asked_of_labs - set(vars(SeveralLab)) == set()


def test_a_training_behind_it_can_be_taken_along() -> None:
    lab = find("classification").make_lab(1)
    assert lab.outlets() == ()  # rows and their targets: no network yet
    while lab.snapshot().shows != "training":
        lab.turn("shows")
    assert {"keras", "h5", "history"} <= {outlet.id for outlet in lab.outlets()}
