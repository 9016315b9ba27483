"""A Timeline shows any step again, to the bit, in bounded memory."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import SGD, Adam, Dense, Diverged, Input, RMSprop, Sequential, Timeline, Trainer

OPTIMIZERS = {
    "sgd": lambda: SGD(0.05),
    "momentum": lambda: SGD(0.02, momentum=0.9),
    "nesterov": lambda: SGD(0.02, momentum=0.9, nesterov=True),
    "adam": lambda: Adam(0.01),
    "rmsprop": lambda: RMSprop(0.01),
}


def picture(timeline: Timeline) -> tuple[Any, ...]:
    """Everything a learner can see of the model, as bits."""
    trainer = timeline.trainer
    optimizer, model = trainer.optimizer, trainer.model
    return (
        timeline.position,
        model.parameters.tobytes(),
        model.gradient.tobytes(),
        optimizer.change.tobytes(),
        tuple((name, slot.tobytes()) for name, slot in optimizer.slots.items()),
        optimizer.iterations,
        trainer.learning_rate,
        trainer.last_loss,
        None if trainer.batch_rows is None else tuple(trainer.batch_rows),
        tuple(trainer.next_rows),
        trainer.epoch,
    )


def curves(timeline: Timeline) -> list[list[list[float]]]:
    series = (timeline.step_loss, timeline.train_loss, timeline.val_loss)
    return [[column.tolist() for column in one.arrays()] for one in series]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_forward_back_forward_gives_identical_bits(make_trainer, optimizer, dtype) -> None:
    timeline = Timeline(make_trainer(OPTIMIZERS[optimizer](), dtype=dtype))
    on_the_way = [picture(timeline)]
    for _ in range(75):
        timeline.forward()
        on_the_way.append(picture(timeline))
    recorded = curves(timeline)
    for step in reversed(range(75)):
        timeline.back()
        assert picture(timeline) == on_the_way[step]
    for step in range(1, 76):
        timeline.forward()
        assert picture(timeline) == on_the_way[step]
    assert curves(timeline) == recorded, "nothing is recorded twice"


ACTIONS = st.lists(
    st.one_of(
        st.integers(1, 60).map(lambda steps: ("forward", steps)),
        st.integers(1, 20).map(lambda steps: ("back", steps)),
        st.floats(0, 1).map(lambda part: ("go", part)),
        st.sampled_from([0.001, 0.01, 0.05]).map(lambda rate: ("rate", rate)),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(OPTIMIZERS)), ACTIONS)
def test_any_walk_ends_where_plain_training_ends(make_trainer, optimizer, actions) -> None:
    """Rates and all: the step shown is the one that training straight to it would show."""
    timeline = Timeline(make_trainer(OPTIMIZERS[optimizer]()), memory=20_000)
    rates = {0: timeline.trainer.learning_rate}
    for action, amount in actions:
        if action == "forward":
            for _ in range(amount):
                timeline.forward()
        elif action == "back":
            for _ in range(amount):
                timeline.back()
        elif action == "go":
            timeline.go(round(amount * timeline.end))
        else:
            timeline.set_learning_rate(amount)
            rates = {s: rate for s, rate in rates.items() if s < timeline.position}
            rates[timeline.position] = amount
            assert timeline.end == timeline.position

    straight = Timeline(make_trainer(OPTIMIZERS[optimizer]()))
    losses = []
    for step in range(timeline.position):
        straight.trainer.learning_rate = rates.get(step, straight.trainer.learning_rate)
        losses.append(straight.forward())
    straight.trainer.learning_rate = rates.get(timeline.position, straight.trainer.learning_rate)
    assert picture(timeline) == picture(straight)
    assert timeline.step_loss.arrays()[3].tolist()[: len(losses)] == losses
    assert len(timeline.step_loss) == timeline.end
    assert len(timeline.train_loss) == timeline.end // timeline.trainer.steps_per_epoch


def test_position_and_end(make_trainer) -> None:
    timeline = Timeline(make_trainer())
    assert (timeline.position, timeline.end) == (0, 0)
    for _ in range(10):
        timeline.forward()
    timeline.go(4)
    assert (timeline.position, timeline.end) == (4, 10)
    timeline.back()
    timeline.forward()
    timeline.forward()
    assert (timeline.position, timeline.end) == (5, 10)
    timeline.go(10)
    timeline.forward()
    assert (timeline.position, timeline.end) == (11, 11)


def test_at_step_0_nothing_has_changed_yet(make_trainer) -> None:
    timeline = Timeline(make_trainer("adam"))
    for _ in range(5):
        timeline.forward()
    timeline.go(0)
    timeline.back()
    trainer = timeline.trainer
    assert timeline.position == 0
    assert not trainer.model.gradient.any()
    assert not trainer.optimizer.change.any()
    assert trainer.batch_rows is None
    assert trainer.last_loss is None


def test_a_step_that_was_never_taken(make_trainer) -> None:
    timeline = Timeline(make_trainer())
    timeline.forward()
    with pytest.raises(ValueError, match="Step 2 is not recorded: there are 0 to 1"):
        timeline.go(2)
    with pytest.raises(ValueError, match="Step -1 is not recorded"):
        timeline.go(-1)


def test_a_timeline_can_begin_in_the_middle(make_trainer) -> None:
    trainer = make_trainer("adam")
    for _ in range(5):
        trainer.step()
    timeline = Timeline(trainer)
    start = picture(timeline)
    for _ in range(5):
        timeline.forward()
    timeline.go(timeline.start)
    assert picture(timeline) == start
    with pytest.raises(ValueError, match="there are 5 to 10"):
        timeline.go(4)


def test_the_curves_stand_at_their_steps(make_trainer) -> None:
    rng = np.random.default_rng(0)
    held_out = rng.normal(size=(5, 3)), rng.normal(size=5)
    timeline = Timeline(make_trainer(validation_data=held_out))
    losses = [timeline.forward() for _ in range(9)]
    assert timeline.step_loss.arrays()[0].tolist() == list(range(1, 10))
    assert timeline.step_loss.arrays()[3].tolist() == losses
    assert timeline.train_loss.arrays()[0].tolist() == [4, 8]
    assert timeline.val_loss.arrays()[0].tolist() == [4, 8]
    assert timeline.train_loss.arrays()[3][-1] == pytest.approx(
        np.average(losses[4:8], weights=[8, 8, 8, 2])
    )


def test_someone_else_may_listen_to_the_epochs_too(make_trainer) -> None:
    trainer, heard = make_trainer(), []
    trainer.on_epoch_end = lambda epoch, logs: heard.append(epoch)
    timeline = Timeline(trainer)
    for _ in range(8):
        timeline.forward()
    timeline.go(2)
    timeline.go(8)
    assert heard == [0, 1]


# -- learning rates ------------------------------------------------------------------------------


def test_a_new_rate_counts_from_here_and_the_old_future_is_forgotten(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(0.1), dtype="float64"))
    for _ in range(12):
        timeline.forward()
    timeline.go(6)
    timeline.set_learning_rate(0.5)
    assert timeline.end == 6
    assert timeline.step_loss.arrays()[0][-1] == 6
    assert timeline.train_loss.arrays()[0][-1] == 4
    for _ in range(6):
        timeline.forward()
    timeline.go(6)
    assert timeline.trainer.learning_rate == 0.5, "the rate of the next step is shown"
    assert np.array_equal(
        timeline.trainer.optimizer.change, -0.1 * timeline.trainer.model.gradient
    ), "the last step was taken with the old one"
    timeline.back()
    assert timeline.trainer.learning_rate == 0.1


def test_no_checkpoint_of_the_old_future_survives(make_trainer) -> None:
    timeline, straight = (Timeline(make_trainer("adam")) for _ in range(2))
    for _ in range(200):
        timeline.forward()
    timeline.go(10)
    timeline.set_learning_rate(0.1)
    for step in range(200):
        if step == 10:
            straight.set_learning_rate(0.1)
        straight.forward()
        if step >= 10:
            timeline.forward()
    shown = picture(straight)
    assert picture(timeline) == shown
    for step in (150, 100, 50, 200):
        timeline.go(step)
    assert picture(timeline) == shown


def test_a_rate_set_on_the_trainer_is_recorded_as_well(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(0.1)))
    for step in range(10):
        if step == 5:
            timeline.trainer.learning_rate = 0.02
        timeline.forward()
    shown = picture(timeline)
    timeline.go(3)
    assert timeline.trainer.learning_rate == 0.1
    timeline.go(10)
    assert picture(timeline) == shown


def test_a_bad_rate_changes_nothing(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(0.1)))
    for _ in range(5):
        timeline.forward()
    timeline.go(3)
    with pytest.raises(ValueError, match="learning_rate must be a"):
        timeline.set_learning_rate(float("nan"))
    assert (timeline.end, timeline.trainer.learning_rate) == (5, 0.1)


# -- divergence ----------------------------------------------------------------------------------


def one_weight(rate: float, **options: int) -> Timeline:
    model = Sequential([Input((1,)), Dense(1, use_bias=False)], dtype="float64")
    model.set_weights([[[2.0]]])
    model.compile(SGD(rate), "mse")
    return Timeline(Trainer(model, [[3.0]], [10.0]), **options)


def until_it_diverges(timeline: Timeline) -> Diverged:
    for _ in range(10_000):
        try:
            timeline.forward()
        except Diverged as diverged:
            return diverged
    raise AssertionError("10,000 steps and no divergence")


def test_divergence_stops_at_the_last_finite_step() -> None:
    timeline = one_weight(1.0)
    diverged = until_it_diverges(timeline)
    trainer = timeline.trainer
    assert timeline.diverged is diverged
    assert timeline.position == timeline.end == diverged.step - 1
    assert np.isfinite(trainer.model.parameters).all()
    assert np.isfinite(trainer.model.gradient).all()
    shown = picture(timeline)
    assert until_it_diverges(timeline) is diverged, "nothing is computed again"
    timeline.go(timeline.end - 1)
    cleared: Diverged | None = timeline.diverged
    assert cleared is None
    timeline.forward()
    assert picture(timeline) == shown
    assert until_it_diverges(timeline).step == diverged.step


def test_weights_that_blow_up_in_an_update_are_taken_back() -> None:
    timeline = one_weight(0.01)
    timeline.forward()
    shown = picture(timeline)
    timeline.set_learning_rate(1e308)
    until_it_diverges(timeline)
    timeline.set_learning_rate(0.01)
    assert picture(timeline) == shown
    assert timeline.diverged is None


def test_divergence_at_the_very_first_step() -> None:
    timeline = one_weight(1e308)
    assert until_it_diverges(timeline).step == 1
    assert timeline.position == timeline.end == 0
    assert timeline.trainer.model.parameters.tolist() == [2.0]
    assert timeline.trainer.model.gradient.tolist() == [0.0]


def test_a_smaller_rate_gets_on_after_divergence() -> None:
    timeline = one_weight(1.0)
    until_it_diverges(timeline)
    timeline.go(2)
    timeline.set_learning_rate(0.05)
    for _ in range(100):
        timeline.forward()
    assert timeline.trainer.model.parameters[0] == pytest.approx(10 / 3)


# -- memory and time -----------------------------------------------------------------------------


def test_memory_is_bounded_and_the_beginning_is_kept(make_trainer) -> None:
    memory = 100_000
    timeline = Timeline(make_trainer("adam"), memory=memory)
    for _ in range(20_000):
        timeline.forward()
    for step in (12_345, 3, 9_999, 19_999):
        timeline.go(step)
        assert timeline._checkpoints.nbytes <= memory
        assert timeline.checkpoints[0] == 0


def test_checkpoints_are_close_near_the_present_and_nowhere_too_far(make_trainer) -> None:
    timeline = Timeline(make_trainer("adam"), memory=100_000)
    most = timeline._checkpoints.most
    for _ in range(20_000):
        timeline.forward()
    for present in (20_000, 7_777):
        timeline.go(present)
        steps = np.array([*timeline.checkpoints, timeline.end])
        gaps = np.diff(steps)
        assert gaps.max() <= 5 * 20_000 / most
        nearest = steps[steps < present].max()
        assert present - nearest <= 64


def test_a_step_back_is_quick_wherever_it_is(monkeypatch) -> None:
    """No step back replays more than 250 steps, where gaps are over 1,000 steps wide."""
    timeline = one_weight(0.01, memory=40_000)
    for _ in range(20_000):
        timeline.forward()
    replay, replayed = timeline.trainer.replay, 0

    def count() -> float:
        nonlocal replayed
        replayed += 1
        return replay()

    monkeypatch.setattr(timeline.trainer, "replay", count)
    steps = np.array(timeline.checkpoints)
    widest = int(np.diff(steps).argmax())
    assert steps[widest + 1] - steps[widest] > 1_000
    for place, steps_back in ((int(steps[widest + 1]) + 2, 1_300), (20_000, 300), (7_777, 300)):
        timeline.go(place)
        for step in range(place - 1, place - steps_back, -1):
            replayed = 0
            timeline.back()
            assert timeline.position == step
            assert replayed <= 250


def test_too_little_memory_is_said_at_once(make_trainer) -> None:
    with pytest.raises(ValueError, match="a timeline needs room for three, but memory is 1,000"):
        Timeline(make_trainer("adam"), memory=1_000)
