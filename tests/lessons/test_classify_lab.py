"""The classification lab: one-hot, softmax, cross-entropy and base rate, and going between them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from lessons.labs.base import Refused
from lessons.labs.classify.lab import ClassifyLab, ClassifyScene
from lessons.labs.classify.scene import VIEWS, View, concealed
from tests.lessons.test_listings import listing, printed_numbers

WORKED: tuple[View, ...] = ("one-hot", "softmax", "loss", "base rate")
TITANIC = ClassifyScene(shows="base rate", data="titanic")


def opened(shows: View, **numbers: object) -> ClassifyLab:
    return ClassifyLab(1, replace(ClassifyScene(shows=shows), **numbers))  # type: ignore[arg-type]


def worked_out(lab: ClassifyLab) -> ClassifyLab:
    while lab.can("step"):
        lab.step()
    return lab


def probabilities(lab: ClassifyLab) -> list[float | None]:
    return [one.share for one in lab.snapshot().view.classes]


# all views


@pytest.mark.parametrize("shows", WORKED)
def test_a_step_uncovers_one_number_and_back_covers_it_again(shows: View) -> None:
    lab = opened(shows)
    seen = []
    while lab.can("step"):
        seen.append(lab.snapshot())
        lab.step()
    assert len(seen) == lab.end >= 4
    for before in reversed(seen):
        lab.back()
        for part in ("lines", "rows", "classes"):
            here, there = (getattr(one.view, part, None) for one in (lab.snapshot(), before))
            assert here == there
    with pytest.raises(Refused, match="This is the start"):
        lab.back()


@pytest.mark.parametrize("shows", WORKED)
def test_at_the_end_it_says_what_can_be_done(shows: View) -> None:
    lab = worked_out(opened(shows))
    with pytest.raises(Refused, match=r"All is computed\. b takes a step back, e changes a number"):
        lab.step()


def test_w_goes_through_the_views_and_each_stays_where_it_was() -> None:
    lab = opened("one-hot")
    lab.step()
    for name in (*VIEWS[1:], VIEWS[0]):
        lab.turn("shows")
        assert lab.snapshot().shows == name
    assert lab.position == 1


def test_the_view_can_be_chosen_and_nothing_else_is_one() -> None:
    lab = opened("one-hot")
    lab.set("shows", "loss")
    assert lab.snapshot().shows == "loss"
    with pytest.raises(Refused, match="one of one-hot, softmax, loss, base rate, training"):
        lab.set("shows", "weights")


def test_what_is_hidden_is_hidden_in_views_opened_later_too() -> None:
    lab = opened("one-hot")
    lab.show(ClassifyScene(conceal=("softmax 2 1 0.1",)), ("softmax 2 1 0.1",))
    lab.set("shows", "softmax")
    assert probabilities(worked_out(lab)) == [None] * 3
    lab.set("shows", "one-hot")
    lab.hide(())
    lab.set("shows", "softmax")
    assert None not in probabilities(lab)


def test_names_that_are_concealed_are_read_by_their_kind() -> None:
    names = ("loss 0.9", "one-hot", "softmax 2 1 0.1", "loss 0.5")
    assert concealed(names, "loss") == (("0.9",), ("0.5",))
    assert concealed(names, "softmax") == (("2", "1", "0.1"),)
    assert concealed(names, "shifted") == ()


@pytest.mark.parametrize("shows", WORKED)
def test_undo_and_reset_bring_back_what_was_there(shows: View) -> None:
    lab = worked_out(opened(shows))
    before = lab.snapshot().view.lines
    field = lab.fields()[0]
    other = next((one for one in field.choices if one != field.text), "0.25")
    lab.set(field.id, other)
    assert lab.snapshot().view.lines != before
    lab.undo()
    assert lab.snapshot().view.lines == before
    lab.reset()
    assert (lab.position, lab.end) == (0, 0)
    lab.undo()
    assert lab.snapshot().view.lines == before


# one-hot


def test_the_printed_shots_are_turned_one_by_one() -> None:
    lab = opened("one-hot")
    assert [row.target for row in lab.snapshot().view.rows] == ["1", "0", "0", "0"]
    assert {row.columns for row in lab.snapshot().view.rows} == {("", "")}
    lab.step()
    assert [row.columns for row in lab.snapshot().view.rows[:2]] == [("0", "1"), ("", "")]
    worked_out(lab)
    assert [row.columns for row in lab.snapshot().view.rows[1:]] == [("1", "0")] * 3


def test_another_target_turns_to_the_other_column() -> None:
    lab = worked_out(opened("one-hot"))
    lab.set("row 2", "1")
    assert lab.snapshot().view.rows[1].columns == ("0", "1")
    assert lab.snapshot().view.lines[1] == "row 2, class 1: missed 0, made 1"


# softmax


def test_the_probabilities_are_those_of_the_curriculum() -> None:
    shares = probabilities(worked_out(opened("softmax")))
    assert shares == pytest.approx([0.659, 0.242, 0.099], abs=5e-4)


@pytest.mark.parametrize("added", ["100", "-37.5", "1000", "-1000"])
def test_the_same_added_to_all_scores_changes_nothing(added: str) -> None:
    lab = worked_out(opened("softmax"))
    before = probabilities(lab)
    lab.set("added", added)
    assert probabilities(lab) == pytest.approx(before, rel=1e-12)


def test_powers_that_cannot_be_held_are_said_to_be_so_and_the_shares_are_right() -> None:
    lab = worked_out(opened("softmax", added=1000.0))
    assert lab.snapshot().view.classes[0].power == "too large"
    assert lab.snapshot().view.lines[4] == "class 0: 1 / 1.5174 = 0.659"
    told = lab.explain("probability 0")
    assert "the largest score is taken off every score first" in told.meaning
    assert told.where[1] == ("e^(-1)", "for score 1001, less 1002")


def test_two_equal_scores_share_alike_and_a_lead_of_one_gives_the_sigmoid_of_one() -> None:
    lab = worked_out(opened("softmax", scores=(1.0, 1.0)))
    assert probabilities(lab) == [0.5, 0.5]
    lab.set("score 1", "0")
    assert probabilities(lab)[0] == pytest.approx(1 / (1 + math.exp(-1)), rel=1e-12)


def test_another_number_of_classes_starts_the_computation_again() -> None:
    lab = worked_out(opened("softmax"))
    lab.set("classes", "4")
    assert (lab.position, len(lab.snapshot().view.classes)) == (0, 4)
    assert sum(filter(None, probabilities(worked_out(lab)))) == pytest.approx(1)


def test_a_question_hides_its_scores_however_they_are_shifted_and_no_others() -> None:
    scene = ClassifyScene(shows="softmax", conceal=("softmax 2 1 0.1",))
    lab = ClassifyLab(1, scene)
    lab.show(scene, scene.conceal)
    worked_out(lab)
    for field, text, hidden in (("added", "7", True), ("score 0", "2.5", False)):
        lab.set(field, text)
        assert (probabilities(lab)[0] is None) == hidden


def test_the_question_about_the_shift_leaves_the_scores_as_they_were_in_sight() -> None:
    scene = ClassifyScene(shows="softmax", added=100.0, conceal=("shifted 2 1 0.1",))
    lab = ClassifyLab(1, scene)
    lab.show(scene, scene.conceal)
    assert probabilities(worked_out(lab)) == [None] * 3
    lab.set("added", "0")
    assert None not in probabilities(lab)


# cross-entropy and accuracy


@pytest.mark.parametrize(
    ("share", "loss"), [(0.5, 0.6931), (0.9, 0.1054), (0.51, 0.6733), (1.0, 0.0), (0.01, 4.6052)]
)
def test_a_row_costs_minus_the_logarithm_of_what_its_true_class_was_given(
    share: float, loss: float
) -> None:
    lab = worked_out(opened("loss", given=(share,), truths=(1,)))
    assert float(lab.snapshot().view.rows[0].loss) == pytest.approx(loss, abs=5e-5)


def test_a_true_class_that_was_given_nothing_costs_much_but_not_without_end() -> None:
    lab = worked_out(opened("loss", given=(0.0,), truths=(1,)))
    assert float(lab.snapshot().view.rows[0].loss) == pytest.approx(-math.log(1e-7), abs=1e-3)
    assert "hold p at 0.0000001 or more" in lab.explain("loss of row 1").meaning


def test_accuracy_jumps_where_the_loss_only_moves() -> None:
    lab = worked_out(opened("loss", given=(0.6, 0.49), truths=(1, 1)))
    seen = []
    for share in ("0.49", "0.50", "0.51"):
        lab.set("row 2", share)
        view = lab.snapshot().view
        seen.append((view.accuracy, round(float(view.mean), 2)))
    assert seen == [("0.5", 0.61), ("0.5", 0.6), ("1", 0.59)]


def test_at_half_and_half_the_first_class_is_taken() -> None:
    view = worked_out(opened("loss", given=(0.5, 0.5), truths=(0, 1))).snapshot().view
    assert [(row.says, row.verdict) for row in view.rows] == [
        ("missed", "right"),
        ("missed", "wrong"),
    ]


def test_while_a_loss_is_asked_for_the_curve_and_the_mean_stay_hidden() -> None:
    scene = ClassifyScene(shows="loss", given=(0.9, 0.2), truths=(1, 1), conceal=("loss 0.9",))
    lab = ClassifyLab(1, scene)
    lab.show(scene, scene.conceal)
    view = worked_out(lab).snapshot().view
    assert [row.loss for row in view.rows] == ["?", "1.6094"]
    assert (view.mean, view.curve) == ("?", None)
    lab.hide(())
    assert lab.snapshot().view.curve is not None


# the base rate


def test_always_saying_died_is_right_on_809_of_1309() -> None:
    lab = worked_out(ClassifyLab(1, TITANIC))
    view = lab.snapshot().view
    assert [one.rows for one in view.classes] == ["809", "500"]
    assert view.accuracy == "61.8 %"
    share = 809 / 1309
    entropy = -share * math.log(share) - (1 - share) * math.log(1 - share)
    assert float(view.loss) == pytest.approx(entropy, abs=5e-5)


def test_always_saying_the_smaller_class_is_right_on_the_others() -> None:
    lab = worked_out(ClassifyLab(1, TITANIC))
    lab.set("always", "survived")
    assert lab.snapshot().view.accuracy == "38.2 %"


def test_about_45_of_100_shots_go_in() -> None:
    view = worked_out(opened("base rate")).snapshot().view
    assert view.rows == 128_069
    assert view.classes[1].part == pytest.approx(0.45, abs=0.01)


# code


def test_the_numpy_lines_print_the_numbers_of_the_lab() -> None:
    softmax = worked_out(opened("softmax", scores=(1.5, -0.5, 0.25), added=3.0))
    assert printed_numbers(listing(softmax, "NumPy")) == pytest.approx(
        [share for share in probabilities(softmax) if share is not None], rel=1e-6
    )
    loss = worked_out(opened("loss")).snapshot().view
    *losses, mean, accuracy = printed_numbers(listing(opened("loss"), "NumPy"))
    assert losses == pytest.approx([float(row.loss) for row in loss.rows], abs=5e-5)
    assert mean == pytest.approx(float(loss.mean), abs=5e-5)
    assert accuracy == float(loss.accuracy)


def test_the_engine_lines_print_the_same() -> None:
    lab = worked_out(opened("softmax"))
    assert printed_numbers(listing(lab, "this engine")) == pytest.approx(
        probabilities(lab), rel=1e-6
    )
    view = worked_out(opened("loss")).snapshot().view
    mean, accuracy = printed_numbers(listing(opened("loss"), "this engine"))
    assert mean == pytest.approx(float(view.mean), abs=1e-4)
    assert accuracy == float(view.accuracy)
