"""The digits lab: its views, one training behind them, what is hidden, drawing."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Dense, Diverged, Input, Sequential
from lessons.labs.base import Refused
from lessons.labs.digits.lab import DigitsLab
from lessons.labs.digits.results import Results, pairs_mixed_up
from lessons.labs.digits.scene import TRACK, DigitsScene
from lessons.labs.digits.state import Confusion, Drawn, Gallery, Mistakes, Nodes, Shuffled, Training
from lessons.labs.digits.tracks import order_of_pixels, shuffled
from lessons.learning.problems import digits

EPOCH = 125


def lab_at(view: str, *, seed: int = 1, epochs: int = 0) -> DigitsLab:
    return DigitsLab(digits(), seed, DigitsScene(view=view, epochs=epochs))


def take(lab: DigitsLab, steps: int) -> DigitsLab:
    for _ in range(steps):
        lab.step()
    return lab


@pytest.fixture(scope="module")
def trained() -> DigitsLab:
    """A lab with two epochs behind it; the tests that share it only look."""
    return lab_at("training", epochs=2)


# one training for all pages


def test_what_was_trained_on_one_page_is_there_on_the_next() -> None:
    lab = take(lab_at("training"), 7)
    weights = lab.training.model.parameters.copy()
    lab.show(DigitsScene(view="nodes"))
    assert (lab.position, lab.end) == (7, 7)
    np.testing.assert_array_equal(lab.training.model.parameters, weights)


def test_a_page_that_wants_more_training_goes_on_from_there_and_one_that_wants_less_does_not() -> (
    None
):
    lab = take(lab_at("training"), 3)
    lab.show(DigitsScene(view="mistakes", epochs=1))
    assert lab.position == EPOCH
    straight = lab_at("training", epochs=1)
    np.testing.assert_array_equal(lab.training.model.parameters, straight.training.model.parameters)
    take(lab, 2)
    lab.show(DigitsScene(view="drawing", epochs=1))
    assert lab.position == EPOCH + 2


def test_a_page_on_the_untrained_network_goes_back_to_the_start_and_forgets_nothing() -> None:
    lab = take(lab_at("training"), 9)
    after = lab.training.model.parameters.copy()
    lab.show(DigitsScene(view="training", untrained=True))
    assert (lab.position, lab.end) == (0, 9)
    lab.go(lab.end)
    np.testing.assert_array_equal(lab.training.model.parameters, after)


@pytest.mark.parametrize("view", TRACK)
def test_reset_goes_to_the_start_and_undo_comes_back_to_the_bit(view: str) -> None:
    lab = take(lab_at(view), 4)
    lab.touch("pen", 10, 10)
    weights, ink = lab.training.model.parameters.copy(), lab.sheet.ink
    lab.reset()
    if view == "drawing":
        assert lab.sheet.is_empty
        assert lab.position == 4
    else:
        assert (lab.position, lab.end) == (0, 0)
    lab.undo()
    assert (lab.position, lab.end) == (4, 4)
    np.testing.assert_array_equal(lab.training.model.parameters, weights)
    np.testing.assert_array_equal(lab.sheet.ink, ink)


def test_new_weights_come_with_the_next_seed_and_can_be_undone() -> None:
    lab = take(lab_at("training"), 2)
    first = lab.training.start_kernel
    lab.redraw()
    assert lab.recipe.seed == 2
    assert lab.position == 0
    assert (lab.training.start_kernel != first).any()
    lab.undo()
    assert (lab.recipe.seed, lab.position) == (1, 2)


def test_where_nothing_is_random_there_are_no_new_weights() -> None:
    for view in ("images", "inputs"):
        lab = lab_at(view)
        assert not lab.can("redraw")
        with pytest.raises(Refused):
            lab.redraw()
        with pytest.raises(Refused):
            lab.change_rate(1)


def test_a_network_without_hidden_layers_has_a_picture_for_each_digit() -> None:
    lab = take(lab_at("nodes"), 2)
    lab.touch("picture", 37, 0)
    lab.set("network", "none")
    part = lab.snapshot().part
    assert isinstance(part, Nodes)
    assert part.kernel.shape == (784, 10)
    assert part.names[3] == "output 3"
    assert part.cursor == 9
    lab.undo()
    part = lab.snapshot().part
    assert isinstance(part, Nodes)
    assert (part.kernel.shape[1], part.cursor, lab.position) == (50, 37, 2)


def test_training_that_goes_wild_stops_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lab = lab_at("training")

    def diverge() -> None:
        raise Diverged(step=1, reason="the loss is nan")

    monkeypatch.setattr(lab.training, "forward", diverge)
    with pytest.raises(Refused, match="0 starts again"):
        lab.step()
    assert not lab.can("step")
    lab.show(DigitsScene(view="confusion", epochs=1))  # opening a page must not fail
    lab.snapshot()
    lab.set("shows", "images")
    lab.step()


def test_a_rate_that_is_far_too_high_shows_what_it_does() -> None:
    lab = lab_at("training")
    lab.set("rate", "10")
    take(lab, EPOCH)
    for view in TRACK:
        lab.set("shows", view)
        lab.snapshot()
        assert all(lab.explain(name).filled for name in lab.explainable())


# what the network says


def test_accuracy_loss_and_confusion_agree_with_the_engine(trained: DigitsLab) -> None:
    results, problem = trained.results(), digits()
    logs = trained.training.model.evaluate_rows(problem.x_validation, problem.y_validation)
    assert results.accuracy == pytest.approx(logs["accuracy"])
    assert results.loss == pytest.approx(logs["loss"], rel=1e-5)
    assert results.confusion.sum() == 1000
    assert np.trace(results.confusion) == results.right
    assert results.confusion.sum(axis=1).tolist() == np.bincount(results.labels).tolist()


def test_the_worst_mistake_is_the_most_costly_one_and_no_right_answer_is_among_them(
    trained: DigitsLab,
) -> None:
    results = trained.results()
    costs = results.losses[results.worst]
    assert (np.diff(costs) <= 0).all()
    assert (results.said[results.worst] != results.labels[results.worst]).all()
    assert len(results.worst) == 1000 - results.right


def test_the_images_of_a_cell_are_those_it_counts(trained: DigitsLab) -> None:
    results = trained.results()
    for cell in ((4, 9), (0, 0), (3, 5)):
        assert len(results.images_in(cell)) == results.confusion[cell]


def test_pairs_count_both_ways_and_no_right_answers() -> None:
    confusion = np.array([[5, 2, 0], [1, 7, 3], [0, 0, 9]])
    assert pairs_mixed_up(confusion).tolist() == [[0, 3, 0], [0, 0, 3], [0, 0, 0]]


def test_a_class_that_is_never_said_is_no_problem() -> None:
    sure = np.zeros((20, 10), dtype=np.float32)
    sure[:, 3] = 1
    labels = np.arange(20) % 10
    results = Results(0, sure, labels, sure)
    assert results.right == 2
    assert results.loss == pytest.approx(0.9 * -np.log(1e-7))


def test_activity_is_the_mean_of_a_nodes_value_over_the_images_of_a_digit(
    trained: DigitsLab,
) -> None:
    problem, layer = digits(), trained.training.model.layers[0]
    fours = problem.x_validation[problem.y_validation[:, 4] == 1]
    bias = np.asarray(trained.training.model.get_weights()[1])
    values = np.maximum(fours @ layer.kernel + bias, 0)
    np.testing.assert_allclose(trained.results().activity[4], values.mean(axis=0), rtol=1e-4)


def test_while_it_runs_results_wait_for_the_end_of_the_epoch() -> None:
    lab = take(lab_at("confusion"), 3)
    assert lab.results().step == 3
    lab.running = True
    take(lab, 4)
    assert lab.results().step == 3
    take(lab, EPOCH)
    assert lab.results().step == EPOCH + 7
    take(lab, 1)
    lab.running = False
    assert lab.results().step == EPOCH + 8


def test_results_of_a_step_that_came_again_with_another_rate_are_new() -> None:
    lab = take(lab_at("confusion"), 6)
    before = lab.results().probabilities
    lab.go(2)
    lab.set("rate", "0.05")
    take(lab, 4)
    assert lab.position == 6
    assert (lab.results().probabilities != before).any()


# views


@pytest.mark.parametrize(
    ("view", "part"),
    [("images", Gallery), ("confusion", Confusion), ("mistakes", Mistakes), ("drawing", Drawn)],
)
def test_a_view_is_turned_to_by_key_and_its_part_is_painted(view: str, part: type) -> None:
    lab = lab_at("training")
    while lab.view != view:
        lab.turn("shows")
    assert isinstance(lab.snapshot().part, part)


def test_views_that_would_give_an_answer_away_are_not_offered() -> None:
    lab = lab_at("images")
    lab.hide(("outputs", "shuffled", "confusion"))
    assert lab.fields()[0].choices == ("images", "inputs")
    lab.hide(("shuffled", "confusion"))
    offered = lab.fields()[0].choices
    assert "drawing" in offered
    assert "shuffled" not in offered
    assert "confusion" not in offered
    lab.hide(())
    assert lab.fields()[0].choices == tuple(TRACK)


def test_what_is_asked_is_not_in_the_snapshot_nor_in_the_code() -> None:
    lab = DigitsLab(digits(), 1, DigitsScene(view="training"))
    lab.hide(("inputs", "outputs", "parameters", "chance"))
    view = lab.snapshot()
    assert view.sizes == ("?", "50", "50", "?")
    assert view.parameters is None
    assert isinstance(view.part, Training)
    assert view.part.hides_loss
    assert lab.code() == ()
    assert not lab.can("code")


def test_pointing_outside_of_what_there_is_takes_the_nearest() -> None:
    lab = lab_at("images")
    lab.touch("picture", 10**6, 0)
    assert lab.position == 4999
    with pytest.raises(Refused):
        lab.step()
    lab.set("shows", "nodes")
    lab.touch("picture", -5, 0)
    assert lab.node == 0
    lab.touch("picture", 999, 0)
    assert lab.node == 49
    lab.touch("cell", 99, -3)
    assert lab.cell == (0, 9)


def test_the_corner_never_moves_and_the_middle_does(trained: DigitsLab) -> None:
    lab = trained
    lab.show(DigitsScene(view="nodes"))
    part = lab.snapshot().part
    assert isinstance(part, Nodes)
    assert digits().x_train[:, 0].max() == 0
    assert part.moved[0] == 0
    assert part.moved[1] > 0.01


# shuffled pixels


def test_shuffling_moves_every_image_in_the_same_way_and_loses_nothing() -> None:
    problem, mixed = digits(), shuffled(digits())
    order = order_of_pixels(784)
    assert sorted(order) == list(range(784))
    np.testing.assert_array_equal(mixed.x_train[:, 5], problem.x_train[:, order[5]])
    np.testing.assert_array_equal(mixed.x_validation[:, 700], problem.x_validation[:, order[700]])
    np.testing.assert_array_equal(mixed.y_train, problem.y_train)


def test_a_network_with_its_weights_shuffled_alike_says_the_same() -> None:
    """The reason for the answer: a sum does not mind the order of its terms."""
    order, problem = order_of_pixels(784), digits()
    plain = Sequential([Input((784,)), Dense(10, activation="softmax")], seed=3)
    other = Sequential([Input((784,)), Dense(10, activation="softmax")], seed=3)
    kernel, bias = plain.get_weights()
    other.set_weights([kernel[order], bias])
    rows = problem.x_validation[:50]
    np.testing.assert_allclose(
        plain.predict(rows, verbose=0), other.predict(rows[:, order], verbose=0), rtol=1e-4
    )


def test_the_shuffled_images_take_no_memory_of_their_own() -> None:
    problem, mixed = digits(), shuffled(digits())
    assert np.shares_memory(mixed.x_train._rows, problem.x_train)  # type: ignore[attr-defined]


def test_what_undo_keeps_gives_up_memory_until_it_comes_back() -> None:
    lab = take(lab_at("shuffled"), 3 * EPOCH)
    kept = lab.pair
    full = kept.plain.timeline.nbytes
    lab.redraw()
    assert lab.pair is not kept
    assert kept.plain.timeline.nbytes <= kept.plain.timeline.least_memory < full
    lab.undo()
    assert lab.pair is kept
    assert lab.pair.position == 3 * EPOCH
    take(lab, 3 * EPOCH)
    assert kept.shuffled.timeline.nbytes > kept.shuffled.timeline.least_memory


def test_the_pair_is_given_memory_of_the_training_which_goes_back_all_the_same() -> None:
    lab = take(lab_at("training"), 3 * EPOCH)
    before, full = lab.training.start_kernel, lab.training.timeline.nbytes
    lab.show(DigitsScene(view="shuffled"))
    take(lab, 1)
    assert lab.training.timeline.nbytes <= lab.training.timeline.least_memory < full
    lab.show(DigitsScene(view="training"))
    lab.go(0)
    assert (lab.training.model.layers[0].kernel == before).all()
    assert lab.end == 3 * EPOCH


def test_both_trainings_keep_step_and_a_seed_is_noted_at_the_fifth_epoch() -> None:
    lab = take(lab_at("shuffled"), 5 * EPOCH - 1)
    assert lab.pair.plain.position == lab.pair.shuffled.position == 5 * EPOCH - 1
    assert lab.tried == {}
    lab.step()
    part = lab.snapshot().part
    assert isinstance(part, Shuffled)
    ((seed, plain, mixed),) = part.tried
    assert seed == 1
    assert plain == pytest.approx(lab.pair.plain.results(running=False).accuracy)
    assert mixed == pytest.approx(lab.pair.shuffled.results(running=False).accuracy)
    lab.back()
    assert lab.pair.shuffled.position == 5 * EPOCH - 1


# drawing


def drawn_seven(lab: DigitsLab) -> np.ndarray:
    """A 7 by arrow keys: along the top, then down to the left."""
    lab.touch("pen", 8, 6)
    for column in range(9, 21):
        lab.touch("move", column, 6)
    for row in range(7, 23):
        lab.touch("move", 20 - (row - 6) / 2, row)
    lab.touch("lift", 0, 0)
    part = lab.snapshot().part
    assert isinstance(part, Drawn)
    assert part.probabilities is not None
    return part.probabilities


def test_a_trained_network_reads_a_drawn_seven_and_wherever_it_is_drawn() -> None:
    lab = lab_at("drawing", epochs=2)
    given = drawn_seven(lab)
    assert given.argmax() == 7
    assert given.sum() == pytest.approx(1, abs=1e-5)


def test_the_probabilities_move_while_it_trains_in_front_of_the_drawing() -> None:
    lab = lab_at("drawing")
    before = drawn_seven(lab)
    part = take(lab, 20).snapshot().part
    assert isinstance(part, Drawn)
    assert part.probabilities is not None
    assert (part.probabilities != before).any()


def test_centring_can_be_turned_off() -> None:
    lab = lab_at("drawing", epochs=1)
    lab.touch("pen", 4, 4)
    lab.touch("move", 4, 9)
    part = lab.snapshot().part
    assert isinstance(part, Drawn)
    assert (part.given.ink != lab.sheet.ink).any()
    lab.set("centring", "off")
    part = lab.snapshot().part
    assert isinstance(part, Drawn)
    np.testing.assert_array_equal(part.given.ink, lab.sheet.ink)


def test_an_empty_sheet_has_no_probabilities_and_says_whether_it_is_trained() -> None:
    part = lab_at("drawing").snapshot().part
    assert isinstance(part, Drawn)
    assert part.probabilities is None
    assert not part.trained


def test_undo_takes_strokes_back_first_then_the_edit() -> None:
    lab = lab_at("drawing")
    lab.set("network", "10")
    drawn_seven(lab)
    assert lab.can("undo")
    lab.undo()
    assert lab.sheet.is_empty
    lab.undo()
    assert lab.recipe.hidden == (50, 50)
    with pytest.raises(Refused):
        lab.undo()
