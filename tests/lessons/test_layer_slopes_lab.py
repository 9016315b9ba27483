"""Slopes per layer: how they fade, with which activation and which start, and who learns."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.layer_slopes.lab import LayerSlopesLab
from lessons.labs.layer_slopes.run import Trio
from lessons.labs.layer_slopes.setup import Settings, SlopesScene
from lessons.learning.problems import titanic
from tests.lessons.test_listings import listing, printed_numbers

SEEDS = (1, 2, 3)
SIGMOID, TANH, RELU = 0, 1, 2
BASE = 0.6666
"""The loss of saying to everybody how many died."""

each_seed = pytest.mark.parametrize("seed", SEEDS)


def lab(scene: SlopesScene | None = None, seed: int = 1) -> LayerSlopesLab:
    return LayerSlopesLab(titanic(), seed, scene or SlopesScene(depth=3))


def sizes(depth: int, initializer: str, seed: int) -> np.ndarray:
    """(networks, layers), as they start."""
    settings = Settings(depth, initializer, "sgd", 0.1, seed)
    return np.array(Trio(titanic(), settings).slopes())


def losses(settings: Settings, epochs: int) -> list[float]:
    trio = Trio(titanic(), settings)
    for _ in range(epochs * trio.runs[0].steps_per_epoch):
        trio.forward()
    return [float(curves.train[1][-1]) for curves in trio.curves()]


def take(one: LayerSlopesLab, steps: int) -> LayerSlopesLab:
    for _ in range(steps):
        one.step()
    return one


@each_seed
class TestStory:
    def test_sigmoid_fades_and_tanh_does_not(self, seed: int) -> None:
        found = sizes(8, "glorot_uniform", seed)
        assert found[SIGMOID, 0] < found[SIGMOID, -1] / 10_000
        assert found[TANH, 0] > found[TANH, -1] / 10
        assert (np.diff(np.log(found[SIGMOID])) > 0).all()  # smaller with every layer back

    def test_he_normal_makes_the_slopes_of_relu_larger(self, seed: int) -> None:
        glorot, he = (sizes(8, name, seed)[RELU, 0] for name in ("glorot_uniform", "he_normal"))
        assert he > 2 * glorot

    def test_weights_that_start_too_small_make_all_of_them_fade(self, seed: int) -> None:
        assert (sizes(8, "random_normal", seed)[:, 0] < 1e-6).all()

    def test_more_layers_fade_more(self, seed: int) -> None:
        few, some, many = (sizes(n, "glorot_uniform", seed)[SIGMOID, 0] for n in (2, 8, 20))
        assert many < some < few

    def test_the_deep_sigmoid_does_not_learn_and_the_others_do(self, seed: int) -> None:
        sigmoid, tanh, relu = losses(Settings(8, "glorot_uniform", "sgd", 0.1, seed), 12)
        assert sigmoid == pytest.approx(BASE, abs=0.01)
        assert max(tanh, relu) < 0.6


def test_two_layers_of_sigmoid_learn() -> None:
    assert losses(Settings(2, "glorot_uniform", "sgd", 0.1, 2), 12)[SIGMOID] < 0.62


def test_with_adam_even_the_deep_sigmoid_learns() -> None:
    assert losses(Settings(8, "glorot_uniform", "adam", 0.01, 1), 12)[SIGMOID] < 0.6


def test_a_small_start_leaves_all_three_at_the_base() -> None:
    found = losses(Settings(8, "random_normal", "sgd", 0.1, 1), 8)
    assert found == pytest.approx([BASE] * 3, abs=0.01)


@pytest.mark.parametrize(
    ("initializer", "learns"), [("glorot_uniform", False), ("he_normal", True)]
)
def test_twenty_layers_of_relu_need_he_normal(initializer: str, learns: bool) -> None:
    relu = losses(Settings(20, initializer, "sgd", 0.1, 1), 20)[RELU]
    assert (relu < 0.6) is learns


class TestSizes:
    def test_they_are_those_of_finite_differences(self) -> None:
        """One weight of each layer, nudged, against the slope that the mean is made of."""
        one = lab(SlopesScene(depth=2))
        run = one.run.runs[TANH]
        x, y = run.inputs(titanic().x_train), titanic().y_train
        one.snapshot()
        run.model.compute_gradient(x, y)
        slopes = [layer.kernel_gradient.copy() for layer in run.model.layers]
        for layer, slope in zip(run.model.layers, slopes, strict=True):
            kernel, before = layer.kernel, float(layer.kernel[0, 0])
            found = []
            for moved in (before + 0.02, before - 0.02):
                kernel[0, 0] = moved
                p = run.model.predict(x, verbose=0).astype("float64")
                found.append(float(-(y * np.log(p)).sum(axis=1).mean()))
            kernel[0, 0] = before
            numerical = (found[0] - found[1]) / 0.04
            assert float(slope[0, 0]) == pytest.approx(numerical, rel=0.02, abs=1e-4)
        means = [float(np.abs(slope).mean()) for slope in slopes]
        assert one.columns()[TANH].slopes == pytest.approx(means)

    def test_the_three_start_from_the_same_weights(self) -> None:
        kernels = [run.model.layers[1].kernel for run in lab().run.runs]
        np.testing.assert_array_equal(kernels[0], kernels[1])
        np.testing.assert_array_equal(kernels[0], kernels[2])

    @pytest.mark.parametrize("steps", [0, 29])
    def test_the_listing_prints_them(self, steps: int) -> None:
        one = lab(SlopesScene(depth=3, steps=steps))
        one.point(0, TANH)
        printed = printed_numbers(listing(one, "this engine"))[-8:]
        assert printed[0::2] == [1, 2, 3, 4]
        assert printed[1::2] == pytest.approx(one.columns()[TANH].slopes, rel=1e-3)


class TestFlow:
    def test_a_step_shows_one_layer_more_from_the_output_back(self) -> None:
        one = lab(SlopesScene(depth=3, flows=True))
        assert all(slope is None for slope in one.columns()[0].slopes)
        take(one, 2)
        seen = [slope is not None for slope in one.columns()[0].slopes]
        assert seen == [False, False, True, True]
        one.back()
        assert (one.position, one.end) == (1, 2)

    def test_it_ends_at_the_first_layer(self) -> None:
        one = take(lab(SlopesScene(depth=3, flows=True)), 4)
        assert not one.can("step")
        with pytest.raises(Refused, match="first layer"):
            one.step()
        with pytest.raises(Refused, match="Nothing is trained"):
            one.change_rate(1)

    def test_another_depth_shows_all_of_it(self) -> None:
        one = take(lab(SlopesScene(depth=3, flows=True)), 1)
        one.set("depth", "20")
        assert all(slope is not None for slope in one.columns()[0].slopes)
        one.undo()
        assert (one.depth, one.position) == (3, 1)


class TestTraining:
    def test_going_back_brings_back_every_weight(self) -> None:
        one = take(lab(), 3)
        weights = [run.model.parameters.copy() for run in one.run.runs]
        slopes = one.columns()
        take(one, 4)
        one.go(3)
        for run, before in zip(one.run.runs, weights, strict=True):
            np.testing.assert_array_equal(run.model.parameters, before)
        assert one.columns() == slopes

    def test_one_that_diverges_stops_all_at_the_same_batch(self) -> None:
        one = lab(SlopesScene(depth=2, initializer="he_normal"))
        one.set("rate", "10")
        for run in one.run.runs:
            run.model.layers[-1].kernel[:] = 1e30
        with pytest.raises(Refused):
            take(one, 200)
        assert len({run.position for run in one.run.runs}) == 1
        assert one.why_not_run

    @pytest.mark.parametrize(
        ("field", "text"), [("depth", "5"), ("initializer", "he_normal"), ("optimizer", "adam")]
    )
    def test_an_edit_starts_again_and_can_be_undone(self, field: str, text: str) -> None:
        one = take(lab(), 2)
        before = one.columns()
        one.set(field, text)
        assert one.position == 0
        one.undo()
        assert one.position == 2
        assert one.columns() == before

    def test_a_part_of_a_layer_is_refused(self) -> None:
        one = lab()
        for text in ("2.5", "1", "21", "nan"):
            with pytest.raises(Refused):
                one.set("depth", text)

    def test_the_cursor_stays_among_the_layers(self) -> None:
        one = lab(SlopesScene(depth=8))
        assert one.cursor == (8, 0)
        one.set("depth", "2")
        assert one.cursor == (2, 0)
        one.point(99, 99)
        assert one.cursor == (2, 2)

    def test_slopes_in_question_are_hidden_everywhere(self) -> None:
        one = lab()
        one.hide(("slopes sigmoid",))
        assert set(one.columns()[SIGMOID].slopes) == {None}
        assert None not in one.columns()[TANH].slopes
        assert one.explain("size of the slopes").filled == "size = ?"
        assert "kernel_gradient" not in listing(one, "this engine")
