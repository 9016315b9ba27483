"""The lines lab without a screen: forwards, back, edits, undo, and what training reaches."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.basics.interactions.lesson import LONG, TRAINED, problem
from lessons.course import find
from lessons.labs.base import Refused
from lessons.labs.lines.lab import LinesLab
from lessons.labs.lines.setup import LAST_SEED, LinesScene
from tests.lessons.results import advance
from tests.lessons.test_listings import listing, printed_numbers, run

SEEDS = range(20)
BEST = 10.928985488976927
"""Loss of the best straight model on balance and working, by least squares."""


def lab_of(seed: int = 1, **scene) -> LinesLab:
    return LinesLab(problem(), seed, LinesScene(**scene))


def numbers(lab: LinesLab) -> list[tuple[float, tuple[float, ...]]]:
    return [(model.loss, model.gaps) for model in lab.snapshot().models]


def bits(lab: LinesLab) -> bytes:
    return b"".join(learner.model.parameters.tobytes() for learner in lab.learners)


def field(lab: LinesLab, name: str) -> str:
    return next(one.text for one in lab.fields() if one.id == name)


# what training reaches, over many seeds: the pages say so


@pytest.mark.parametrize("seed", SEEDS)
def test_the_network_gets_below_the_best_straight_model_and_its_lines_spread(seed: int) -> None:
    straight, network = lab_of(seed, epochs=TRAINED).snapshot().models
    assert straight.loss == pytest.approx(BEST, abs=0.06)
    assert network.loss < 5
    assert network.gaps[0] < 3
    assert network.gaps[1] > 13


@pytest.mark.parametrize("seed", SEEDS)
def test_the_straight_model_ends_at_the_same_place_from_everywhere(seed: int) -> None:
    (straight,) = lab_of(seed, models=("straight",), epochs=LONG).snapshot().models
    assert straight.loss == pytest.approx(BEST, abs=1e-4)
    assert straight.gaps == pytest.approx((8.12, 8.12), abs=0.005)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_an_activation_the_network_is_no_better(seed: int) -> None:
    straight, network = lab_of(seed, activation="none", epochs=LONG).snapshot().models
    assert network.loss == pytest.approx(straight.loss, abs=0.01)
    assert network.gaps[0] == pytest.approx(network.gaps[1], abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_there_is_no_interaction_the_lines_stay_nearly_parallel(seed: int) -> None:
    straight, network = (
        lab_of(seed, axis="accounts", places=(1.0, 5.0), epochs=LONG).snapshot().models
    )
    assert network.loss > straight.loss - 0.5
    assert abs(network.gaps[1] - network.gaps[0]) < 2.5


@pytest.mark.parametrize("nodes", [1, 8])
def test_lines_of_a_straight_model_are_parallel_at_every_epoch(nodes: int) -> None:
    lab = lab_of(nodes=nodes)
    for _ in range(30):
        straight = lab.snapshot().models[0]
        retired, working = straight.lines
        np.testing.assert_allclose(working - retired, straight.gaps[0], atol=1e-4)
        lab.step()


# moving


def test_a_step_is_an_epoch_for_both() -> None:
    lab = lab_of()
    before = numbers(lab)
    lab.step()
    assert (lab.position, lab.end) == (1, 1)
    assert all(now[0] < then[0] for now, then in zip(numbers(lab), before, strict=True))


def test_back_is_exact() -> None:
    lab = lab_of()
    seen = [bits(lab)]
    for _ in range(40):
        lab.step()
        seen.append(bits(lab))
    for position in (39, 38, 12, 0, 25, 40):
        lab.go(position)
        assert bits(lab) == seen[position]
    lab.back()
    assert bits(lab) == seen[39]
    assert lab.end == 40


def test_the_start_has_no_step_back() -> None:
    with pytest.raises(Refused):
        lab_of().back()


def test_scrubbing_says_where_it_is() -> None:
    lab = lab_of(epochs=80)
    lab.scrub(-1)
    assert (lab.position, lab.said) == (78, "Epoch 78 of 80.")


def test_the_curve_has_the_loss_of_every_epoch_with_the_start() -> None:
    lab = lab_of()
    losses = []
    for _ in range(10):
        losses.append([model.loss for model in lab.snapshot().models])
        lab.step()
    for at, model in enumerate(lab.snapshot().models):
        x, y = model.losses
        np.testing.assert_array_equal(x, range(11))
        np.testing.assert_allclose(y[:10], [one[at] for one in losses], rtol=1e-6)


def test_rows_alone_cannot_be_trained() -> None:
    lab = lab_of(models=())
    for action in ("step", "run", "rate", "redraw", "back", "scrub"):
        assert not lab.can(action)
    for do in (lab.step, lab.redraw, lambda: lab.change_rate(1)):
        with pytest.raises(Refused, match="only the rows"):
            do()
    assert lab.why_not_run
    assert [one.id for one in lab.fields()] == ["input"]


def test_too_large_a_rate_stops_both_at_the_same_epoch() -> None:
    lab = lab_of()
    lab.set("rate", "10")
    while advance(lab):
        assert lab.position < 1000
    assert lab.why_not_run.startswith("Stopped after epoch")
    assert len({learner.timeline.position for learner in lab.learners}) == 1
    assert len({learner.timeline.end for learner in lab.learners}) == 1
    assert lab.snapshot().stopped
    assert not lab.can("step")
    lab.back()
    lab.set("rate", "0.01")
    assert lab.can("step")


# editing


def test_the_rate_changes_from_here_on_and_forgets() -> None:
    lab = lab_of(epochs=10)
    lab.go(5)
    lab.set("rate", "0.05")
    assert (lab.settings.rate, lab.end) == (0.05, 5)
    assert "forgotten" in lab.said
    lab.step()
    lab.undo()
    assert (lab.settings.rate, lab.position) == (0.02, 5)
    lab.change_rate(-1)
    assert lab.settings.rate == 0.01


@pytest.mark.parametrize(
    ("name", "text"),
    [("input", "accounts"), ("nodes", "2"), ("activation", "none"), ("seed", "7")],
)
def test_a_setting_starts_again_and_undo_brings_all_back(name: str, text: str) -> None:
    lab = lab_of(epochs=20)
    before, places = bits(lab), lab.places
    lab.set(name, text)
    assert (lab.position, lab.end, field(lab, name)) == (0, 0, text)
    lab.undo()
    assert (lab.position, lab.end, lab.places) == (20, 20, places)
    assert bits(lab) == before


def test_the_same_setting_again_changes_nothing() -> None:
    lab = lab_of(epochs=20)
    for one in lab.fields():
        lab.set(one.id, one.text)
    assert lab.position == 20


def test_another_input_brings_its_own_places() -> None:
    lab = lab_of()
    lab.set("input", "accounts")
    assert lab.places == (1.0, 5.0)
    assert lab.snapshot().x_range == (1.0, 5.0)


def test_the_places_of_the_gaps_can_be_moved() -> None:
    lab = lab_of(epochs=TRAINED)
    lab.set("near", "50")
    network = lab.snapshot().models[1]
    assert lab.snapshot().places == (50.0, 90.0)
    at = int(np.argmin(abs(lab.snapshot().along - 50)))
    assert network.gaps[0] == pytest.approx(network.lines[1][at] - network.lines[0][at], abs=0.2)


@pytest.mark.parametrize(
    ("name", "text"),
    [("seed", "1.5"), ("seed", "-1"), ("near", "101"), ("rate", "-1"), ("nodes", "5"), ("far", "")],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(name: str, text: str) -> None:
    lab = lab_of(epochs=5)
    with pytest.raises(Refused):
        lab.set(name, text)
    assert lab.position == 5
    assert not lab.can("undo")


def test_new_random_weights_and_back() -> None:
    lab = lab_of(epochs=5)
    before = bits(lab)
    lab.redraw()
    assert (lab.settings.seed, lab.position) == (2, 0)
    lab.undo()
    assert bits(lab) == before


def test_the_last_seed_is_followed_by_the_first() -> None:
    lab = lab_of(LAST_SEED)
    lab.redraw()
    assert lab.settings.seed == 0


def test_reset_goes_to_the_scenes_settings_and_the_same_weights() -> None:
    lab = lab_of()
    start = bits(lab)
    lab.set("nodes", "3")
    lab.step()
    lab.reset()
    assert (lab.settings.nodes, lab.position) == (8, 0)
    assert bits(lab) == start


# explaining


def test_a_gap_is_the_difference_of_two_predictions() -> None:
    lab = lab_of(epochs=TRAINED)
    told = lab.explain("network far gap")
    one, zero, gap = (float(text) for text in told.filled[6:].replace(" = ", " - ").split(" - "))
    assert one - zero == pytest.approx(gap, abs=2e-4)
    assert gap == pytest.approx(lab.snapshot().models[1].gaps[1], abs=1e-4)


def test_a_hidden_gap_is_not_told() -> None:
    lab = lab_of(epochs=LONG)
    lab.hide(("straight gap",))
    assert lab.explain("straight near gap").filled == "gap = ? - ? = ?"
    assert "the same at every place" not in lab.explain("straight near gap").meaning
    assert lab.snapshot().models[0].gaps_hidden
    assert not lab.snapshot().models[1].gaps_hidden


def test_without_activation_the_explanation_says_why_nothing_bends() -> None:
    assert "adds up as well" in lab_of(activation="none").explain("network far gap").meaning


# code


@pytest.mark.parametrize("activation", ["relu", "none"])
def test_the_program_ends_with_the_labs_own_weights_and_gaps(activation: str) -> None:
    lab = lab_of(3, activation=activation, epochs=30)
    source = listing(lab, "this engine")
    names, _ = run(source)
    for learner in lab.learners:
        np.testing.assert_array_equal(names[learner.name].parameters, learner.model.parameters)
    shown = [number for loss, gaps in numbers(lab) for number in (loss, *gaps)]
    assert printed_numbers(source) == pytest.approx(shown, rel=1e-4, abs=1e-4)


def test_the_program_follows_the_settings() -> None:
    lab = lab_of()
    for name, text in (("input", "accounts"), ("nodes", "3"), ("rate", "0.05"), ("seed", "9")):
        lab.set(name, text)
    source = listing(lab, "Keras")
    for part in ('"accounts"', "Dense(3", "learning_rate=0.05", "set_random_seed(9)"):
        assert part in source


def test_the_lesson_opens_with_the_rows() -> None:
    lesson = find("interactions")
    lab = lesson.make_lab(1)
    lab.show(lesson.pages[0].scene)
    assert lab.snapshot().models == ()
