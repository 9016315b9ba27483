"""A Timeline shows any step again, to the bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import BatchNormalization, Dense, Dropout, Timeline
from tests.engine.timelines import OPTIMIZERS, curves, picture, room_for


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


def test_dropout_and_batch_normalization_come_back_to_the_bit(make_trainer) -> None:
    layers = [Dense(6, "relu"), BatchNormalization(), Dropout(0.4), Dense(1)]
    timeline = Timeline(make_trainer("adam", layers=layers))
    on_the_way = [picture(timeline)]
    for _ in range(75):
        timeline.forward()
        on_the_way.append(picture(timeline))
    assert np.any(timeline.trainer.model.statistics != 0)
    for step in (74, 60, 3, 0, 75, 40, 41):
        timeline.go(step)
        assert picture(timeline) == on_the_way[step]


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
@given(st.sampled_from(sorted(set(OPTIMIZERS) - {"cosine"})), ACTIONS)  # a schedule sets the rates
def test_any_walk_ends_where_plain_training_ends(make_trainer, optimizer, actions) -> None:
    """Rates and all: the step shown is the one that training straight to it would show."""
    trainer = make_trainer(OPTIMIZERS[optimizer]())
    timeline = Timeline(trainer, memory=room_for(trainer, 8))
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


@pytest.mark.parametrize("step", [1.5, "2", None])
def test_a_step_is_a_whole_number(make_trainer, step: Any) -> None:
    timeline = Timeline(make_trainer())
    for _ in range(3):
        timeline.forward()
    with pytest.raises(ValueError, match="is not recorded: there are 0 to 3"):
        timeline.go(step)


def test_what_a_timeline_is_made_of(make_trainer) -> None:
    not_a_trainer: Any = 5
    with pytest.raises(TypeError, match="A Timeline records a Trainer, not 5"):
        Timeline(not_a_trainer)
    lots: Any = "a lot"
    with pytest.raises(ValueError, match="memory must be a whole number"):
        Timeline(make_trainer(), memory=lots)
