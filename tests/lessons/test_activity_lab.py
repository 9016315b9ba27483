"""Nodes that die on the Titanic: what kills them, and what does not bring them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from engine import Diverged
from lessons.labs.activity.lab import ActivityLab
from lessons.labs.activity.run import WatchedRun
from lessons.labs.activity.setup import RAW, ActivityScene
from lessons.labs.base import Refused
from lessons.learning.problems import titanic
from lessons.learning.recipe import Recipe
from lessons.tuning.dying_neurons.scenes import deaths, trained
from tests.lessons.test_listings import listing, printed_numbers

SEEDS = (1, 2, 3)
SMALL = replace(RAW, hidden=(6, 6))

each_seed = pytest.mark.parametrize("seed", SEEDS)


def lab(scene: ActivityScene | None = None, seed: int = 1) -> ActivityLab:
    return ActivityLab(titanic(), seed, scene or ActivityScene(recipe=SMALL))


def take(one: ActivityLab | WatchedRun, steps: int) -> None:
    for _ in range(steps):
        one.step() if isinstance(one, ActivityLab) else one.forward()


def dead(one: ActivityLab) -> list[np.ndarray]:
    return [layer.dead for layer in one.snapshot().layers]


@each_seed
class TestStory:
    def test_raw_columns_and_a_high_rate_kill_nearly_all(self, seed: int) -> None:
        run = trained(replace(RAW, seed=seed), 5)
        assert sum(deaths(run)) >= 190
        log = run.logs()[-1]
        assert log.loss == pytest.approx(lab().base, abs=0.02)

    def test_some_are_dead_before_the_first_batch(self, seed: int) -> None:
        assert 30 <= sum(deaths(trained(replace(RAW, seed=seed), 0))) <= 60

    def test_a_low_rate_kills_few_more(self, seed: int) -> None:
        before = deaths(trained(replace(RAW, seed=seed), 0))
        after = deaths(trained(replace(RAW, seed=seed, rate=0.001), 5))
        assert abs(sum(after) - sum(before)) <= 5

    def test_scaled_columns_kill_hardly_any_at_the_same_rate(self, seed: int) -> None:
        run = trained(replace(RAW, seed=seed, scaling=True), 5)
        assert sum(deaths(run)) <= 6
        assert (run.logs()[-1].loss or 9) < 0.5

    @pytest.mark.parametrize("initializer", ["he_normal", "random_normal"])
    def test_another_initializer_does_not_help(self, seed: int, initializer: str) -> None:
        run = trained(replace(RAW, seed=seed, initializer=initializer), 5)
        assert sum(deaths(run)) >= 190

    def test_sigmoid_nodes_do_not_die(self, seed: int) -> None:
        assert sum(deaths(trained(replace(RAW, seed=seed, activation="sigmoid"), 5))) == 0

    def test_leaky_nodes_do_not_die_but_the_numbers_explode(self, seed: int) -> None:
        run = WatchedRun(titanic(), replace(RAW, seed=seed, activation="leaky_relu"))
        with pytest.raises(Diverged):
            take(run, 29)
        assert sum(deaths(run)) == 0

    def test_a_dead_node_of_layer_1_stays_dead_at_every_rate(self, seed: int) -> None:
        run = WatchedRun(titanic(), replace(RAW, seed=seed))
        take(run, 5)
        layer = run.model.layers[0]
        before = run.activity()[0].dead.copy()
        assert 0 < before.sum() < 100
        kept = layer.kernel[:, before].copy()
        for rate in (1.0, 0.001):
            run.set_rate(rate)
            take(run, 30)
            assert run.activity()[0].dead[before].all()
            np.testing.assert_array_equal(layer.kernel[:, before], kept)

    def test_the_weights_of_a_dead_node_have_slope_0_and_no_others_do(self, seed: int) -> None:
        run = WatchedRun(titanic(), replace(RAW, seed=seed, rate=0.01))
        take(run, 3)
        found = run.activity()
        for layer, slopes in zip(found, run.slopes_over_all(), strict=True):
            assert (slopes[:, layer.dead] == 0).all()
        # In layer 2 a living node may still get nothing: the layer before it may be silent.
        assert (np.abs(run.slopes_over_all()[0][:, ~found[0].dead]).max(axis=0) > 0).all()


class TestMoving:
    def test_going_back_brings_back_every_weight_and_every_cell(self) -> None:
        one = lab()
        take(one, 3)
        weights, cells = one.run.model.parameters.copy(), dead(one)
        take(one, 7)
        for _ in range(7):
            one.back()
        np.testing.assert_array_equal(one.run.model.parameters, weights)
        np.testing.assert_array_equal(dead(one), cells)

    def test_looking_changes_nothing(self) -> None:
        one, other = lab(), lab()
        for _ in range(8):
            take(one, 1)
            take(other, 1)
            for name in one.explainable():
                one.explain(name)
        np.testing.assert_array_equal(one.run.model.parameters, other.run.model.parameters)
        np.testing.assert_array_equal(one.run.model.gradient, other.run.model.gradient)

    def test_the_curve_has_a_count_for_each_batch_and_forgets_what_is_taken_anew(self) -> None:
        one = lab()
        take(one, 6)
        assert [len(x) for x, _ in one.snapshot().deaths] == [7, 7]
        assert [y[-1] for _, y in one.snapshot().deaths] == [row.sum() for row in dead(one)]
        one.go(2)
        one.change_rate(-1)
        assert [len(x) for x, _ in one.snapshot().deaths] == [3, 3]
        take(one, 1)
        assert [y[-1] for _, y in one.snapshot().deaths] == [row.sum() for row in dead(one)]

    def test_what_is_seen_after_another_rate_is_not_what_was_there_before(self) -> None:
        one = lab(ActivityScene(recipe=replace(SMALL, rate=0.01)))
        take(one, 4)
        highest = one.activity[0].highest.copy()
        one.back()
        one.set("rate", "0.001")
        one.step()
        assert one.position == 4
        assert (one.activity[0].highest != highest).any()

    def test_numbers_that_are_too_large_stop_it_and_say_what_to_do(self) -> None:
        one = lab(ActivityScene(recipe=replace(RAW, activation="leaky_relu")))
        with pytest.raises(Refused, match="b goes back"):
            take(one, 29)
        assert not one.can("run")
        one.back()
        assert one.can("run")


class TestSettings:
    def test_each_setting_starts_again_and_can_be_undone(self) -> None:
        for field, text in (
            ("scaling", "on"),
            ("activation", "tanh"),
            ("initializer", "he_normal"),
            ("optimizer", "adam"),
        ):
            one = lab()
            take(one, 2)
            weights = one.run.model.parameters.copy()
            one.set(field, text)
            assert (one.position, one.can("undo")) == (0, True)
            one.undo()
            assert one.position == 2
            np.testing.assert_array_equal(one.run.model.parameters, weights)

    def test_the_run_before_is_kept_to_compare_with(self) -> None:
        one = lab()
        take(one, 3)
        one.set("scaling", "on")
        before = one.snapshot().before
        assert before is not None
        assert before.recipe.unlike(one.run.recipe) == "unscaled"
        assert len(before.deaths[0]) == 4
        one.set("scaling", "off")  # from a run without a batch: the one before that stays
        assert one.snapshot().before is before
        one.reset()
        assert one.snapshot().before is None

    def test_new_weights_are_of_another_seed(self) -> None:
        one = lab()
        before = one.run.model.parameters.copy()
        one.redraw()
        assert (one.run.model.parameters != before).any()
        one.undo()
        np.testing.assert_array_equal(one.run.model.parameters, before)

    def test_the_cursor_stays_among_the_nodes(self) -> None:
        one = lab()
        one.point(9, 99)
        assert one.cursor == (1, 5)
        one.set("layer", "1")
        one.set("node", "3")
        assert "layer 1 node 3" in one.snapshot().pointed


class TestWords:
    def pages(self) -> Iterator[tuple[int, ActivityLab]]:
        one = lab()
        take(one, 4)
        for node in range(6):
            one.point(0, node)
            yield node, one

    def test_a_node_says_on_how_many_rows_it_is_above_0(self) -> None:
        for node, one in self.pages():
            weights, bias, *_ = one.run.model.get_weights()
            z = one.run.rows @ weights + bias
            above = int((z[:, node] > 0).sum())
            assert f"{above} / 916 = " in one.explain("node").filled
            assert ("dead" in one.snapshot().pointed) is (above == 0)

    def test_nothing_is_told_while_the_question_is_open(self) -> None:
        one = lab(ActivityScene(recipe=SMALL, tag="rate", conceal=("dead@rate",)))
        one.hide(("dead@rate",))
        take(one, 3)
        view = one.snapshot()
        assert (view.layers, view.deaths, view.hidden) == ((), (), True)
        assert one.explain("dead nodes").filled == "dead nodes = ?"
        assert not any("dead" in code.source.partition("model.fit")[2] for code in one.code())

    def test_other_pages_show_their_nodes_while_it_is_open(self) -> None:
        one = lab(ActivityScene(recipe=SMALL))
        one.hide(("dead@rate",))
        assert one.snapshot().layers


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
def test_the_listing_counts_the_same_dead_nodes(activation: str) -> None:
    rate = 0.01 if activation == "leaky_relu" else 0.1
    recipe: Recipe = replace(SMALL, activation=activation, rate=rate)
    one = lab(ActivityScene(recipe=recipe, steps=29))
    numbers = printed_numbers(listing(one, "this engine"))
    counts = [int(layer.sum()) for layer in dead(one)]
    assert numbers[-4::2] == counts
