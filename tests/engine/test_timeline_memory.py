"""A Timeline stays in its memory and never takes long for a step back."""

from __future__ import annotations

import gc
import tracemalloc
import weakref

import numpy as np
import pytest

from engine import Timeline, Trainer
from tests.engine.timelines import OPTIMIZERS, one_weight, picture, room_for


def run(timeline: Timeline, steps: int) -> Timeline:
    for _ in range(steps):
        timeline.forward()
    return timeline


@pytest.fixture
def replayed(monkeypatch) -> list[int]:
    """One number: the steps that trainers have replayed."""
    count, replay = [0], Trainer.replay

    def counting(trainer: Trainer) -> float:
        count[0] += 1
        return replay(trainer)

    monkeypatch.setattr(Trainer, "replay", counting)
    return count


def steps_back(timeline: Timeline, steps: int, replayed: list[int]) -> list[int]:
    """How many steps each of so many steps back replays."""
    counts = []
    for step in range(timeline.position - 1, timeline.position - 1 - steps, -1):
        replayed[0] = 0
        timeline.back()
        assert timeline.position == step
        counts.append(replayed[0])
    return counts


def test_memory_is_bounded_and_the_beginning_is_kept(make_trainer) -> None:
    trainer = make_trainer("adam")
    memory = room_for(trainer, 60)
    timeline = run(Timeline(trainer, memory=memory), 20_000)
    for step in (12_345, 3, 9_999, 19_999):
        timeline.go(step)
        assert timeline.nbytes <= memory
        assert timeline.checkpoints[0] == 0
        assert len(timeline.checkpoints) <= 60


def test_what_is_counted_is_what_is_taken(make_trainer) -> None:
    """The memory that Python really takes for it is the one that the timeline reports."""
    trainer = make_trainer("adam")
    memory = room_for(trainer, 200)
    run(Timeline(make_trainer("adam")), 10)  # what is made once for all
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        timeline = run(Timeline(trainer, memory=memory), 8_000)
        now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(timeline.checkpoints) == 200
    assert peak - before <= memory
    assert now - before >= 0.7 * memory, "and it is made use of"


def test_gaps_are_nearly_even_all_through_the_history(make_trainer) -> None:
    trainer = make_trainer("adam")
    timeline = Timeline(trainer, memory=room_for(trainer, 100))
    for end in (9_000, 14_000, 20_000):
        run(timeline, end - timeline.end)
        gaps = np.diff([*timeline.checkpoints, end])
        # 24 of the 100 lie around the present
        assert gaps.max() <= 1.5 * end / 76


def test_after_going_on_from_early_gaps_become_narrow_where_one_goes(make_trainer) -> None:
    trainer = make_trainer("sgd")
    timeline = run(Timeline(trainer, memory=room_for(trainer, 60)), 20_000)
    wide = np.diff([step for step in timeline.checkpoints if step <= 4_000]).max()
    timeline.go(4_000)
    timeline.set_learning_rate(0.02)
    run(timeline, 1_000)
    for place in range(100, 5_001, 100):
        timeline.go(place)
    timeline.go(5_000)
    assert np.diff(timeline.checkpoints).max() <= wide / 2


@pytest.mark.parametrize("states", [16, 100])
def test_a_step_back_is_quick_wherever_it_is(replayed, states) -> None:
    """No step back replays more than 250 steps, however wide the gaps that it comes through."""
    timeline = run(one_weight(0.01, states=states), 10_000)
    steps = np.array(timeline.checkpoints)
    widest = int(np.diff(steps).argmax())
    left, right = int(steps[widest]), int(steps[widest + 1])
    for place in (right + 2, right, right - 1, left + 40, 10_000):
        timeline.go(place)
        count = min(place, right - left + 50)
        assert max(steps_back(timeline, count, replayed)) <= 250


def test_the_first_steps_back_after_a_jump_are_quick_from_everywhere(replayed) -> None:
    timeline = run(one_weight(0.01, states=60), 20_000)
    for place in np.random.default_rng(0).integers(50, 20_000, size=60):
        timeline.go(int(place))
        assert max(steps_back(timeline, 15, replayed)) <= 250


def test_steps_back_after_steps_on_are_quick_too(replayed) -> None:
    timeline = run(one_weight(0.01, states=60), 20_000)
    timeline.go(5_000)
    for on, back in ((700, 300), (30, 900), (1, 40), (1_500, 1_200)):
        run(timeline, on)
        assert max(steps_back(timeline, back, replayed)) <= 250


def test_a_long_way_back_costs_few_steps_each(replayed) -> None:
    timeline = run(one_weight(0.01, states=60), 20_000)
    assert np.mean(steps_back(timeline, 3_000, replayed)) <= 60


def test_a_jump_replays_a_gap_and_rarely_two(replayed) -> None:
    timeline = run(one_weight(0.01, states=60), 20_000)
    widest = int(np.diff(timeline.checkpoints).max())
    counts = []
    for place in np.random.default_rng(1).integers(0, 20_001, size=150):
        replayed[0] = 0
        timeline.go(int(place))
        counts.append(replayed[0])
    assert max(counts) <= 2 * widest
    assert np.median(counts) <= 0.6 * widest
    assert np.mean(np.array(counts) > widest) <= 0.05


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_exact_where_checkpoints_were_thinned(make_trainer, optimizer) -> None:
    trainer = make_trainer(OPTIMIZERS[optimizer]())
    timeline = Timeline(trainer, memory=room_for(trainer, 12))
    wanted = {}
    for step in range(1, 3_001):
        timeline.forward()
        if step in (77, 600, 1_499, 1_500, 2_400, 3_000):
            wanted[step] = picture(timeline)
    for step in (1_500, 77, 2_400, 3_000, 600):
        timeline.go(step)
        assert picture(timeline) == wanted[step]
    timeline.go(1_540)
    for _ in range(40):
        timeline.back()
    assert picture(timeline) == wanted[1_500]
    timeline.back()
    assert picture(timeline) == wanted[1_499]


def test_too_little_memory_is_said_at_once(make_trainer) -> None:
    with pytest.raises(ValueError, match=r"needs a memory of at least [\d,]+ bytes.*not 1,000"):
        Timeline(make_trainer("adam"), memory=1_000)


def test_a_history_that_nobody_looks_at_any_more_is_free_at_once(make_trainer) -> None:
    trainer = make_trainer("adam")
    timeline = run(Timeline(trainer), 20)
    history = weakref.ref(timeline)
    gc.disable()
    try:
        del timeline
        assert history() is None
    finally:
        gc.enable()
    for _ in range(trainer.steps_per_epoch):
        trainer.step()  # its epochs have nowhere to be recorded now, and go on


def test_a_timeline_can_be_told_to_take_less_memory_and_more_again(make_trainer) -> None:
    trainer = make_trainer("adam")
    timeline = run(Timeline(trainer, memory=room_for(trainer, 100)), 3000)
    timeline.go(1234)
    seen = picture(timeline)
    little = room_for(trainer, 8)
    timeline.use_memory(little)
    assert timeline.nbytes <= little
    assert len(timeline.checkpoints) <= 8
    assert timeline.checkpoints[0] == 0
    for step in (2999, 3, 1234):
        timeline.go(step)
        assert timeline.nbytes <= little
    assert picture(timeline) == seen
    timeline.use_memory(room_for(trainer, 100))
    timeline.go(3000)
    run(timeline, 3000)
    assert len(timeline.checkpoints) > 20
    with pytest.raises(ValueError, match="at least"):
        timeline.use_memory(1000)


def test_a_jump_that_is_not_to_be_ready_for_steps_back_takes_one_step(
    make_trainer, replayed
) -> None:
    trainer = make_trainer("adam")
    timeline = run(Timeline(trainer, memory=room_for(trainer, 40)), 20_000)
    for kept in timeline.checkpoints[-30:1:-7]:
        replayed[0] = 0
        timeline.go(kept + 1, ready=False)
        assert replayed[0] == 1
        shown = picture(timeline)
        timeline.go(kept + 200)
        timeline.go(kept + 1)
        assert picture(timeline) == shown
