"""The race lab: lanes from the same start, forwards and back, falls, and whose model goes on."""

from __future__ import annotations

import numpy as np
import pytest

from lessons import course
from lessons.labs.base import Refused
from lessons.labs.race.lab import RaceLab
from lessons.labs.race.lane import PUT_AWAY
from lessons.labs.race.setup import HANDED_ON, MOST_LANES, ONE_WEIGHT, Entry, RaceScene
from lessons.learning.problems import titanic
from tests.lessons.test_listings import run

THREE = (Entry(0.000001), Entry(0.01), Entry(1.0))


def weight(*rates: float, steps: int = 0) -> RaceLab:
    lanes = tuple(map(Entry, rates))
    return RaceLab(titanic(), 3, RaceScene(track=ONE_WEIGHT, lanes=lanes, steps=steps))


def rows(*lanes: Entry, epochs: int = 0, scaling: bool = False, seed: int = 3) -> RaceLab:
    scene = RaceScene(lanes=lanes or THREE, scaling=scaling, shows="training loss")
    lab = RaceLab(titanic(), seed, scene)
    for _ in range(epochs * lab.race.per_epoch):
        lab.step()
    return lab


def parameters(lab: RaceLab) -> list[np.ndarray]:
    return [lane.timeline.trainer.model.parameters.copy() for lane in lab.race.lanes]


def last(lab: RaceLab) -> tuple[float | None, ...]:
    return lab.snapshot().rows[-1].values


# one weight, with the numbers of the curriculum


def test_a_thousand_steps_at_a_millionth_move_the_weight_to_2_0238() -> None:
    lab = weight(0.000001, steps=1000)
    assert last(lab)[0] == pytest.approx(2.0238, abs=5e-5)


def test_one_step_at_rate_1_goes_to_26_with_a_loss_of_4624() -> None:
    lab = weight(1.0, steps=1)
    assert last(lab) == pytest.approx([26])
    lab.turn("shows")
    assert last(lab) == pytest.approx([4624])
    assert lab.snapshot().lanes[0].curve[1][0] == 16


def test_the_lane_that_explodes_stops_and_the_others_go_on() -> None:
    lab = weight(0.01, 1.0)
    while not lab.snapshot().lanes[1].fallen:
        lab.step()
    fall = lab.snapshot().lanes[1].fall
    assert fall is not None
    assert fall.word == "inf"
    assert f"Rate 1 stops at step {fall.step}" in lab.said
    lab.step()
    lab.step()
    slow, fast = last(lab)
    assert slow == pytest.approx(10 / 3)
    assert fast is None
    assert lab.race.lanes[1].position == fall.step - 1
    assert lab.position == fall.step + 2


def test_going_back_before_the_fall_brings_the_lane_back() -> None:
    lab = weight(0.01, 1.0, steps=140)
    lab.go(3)
    assert not lab.snapshot().lanes[1].fallen
    assert last(lab)[1] == pytest.approx(10 / 3 - 4 / 3 * (-17) ** 3)
    lab.go(lab.end)
    assert lab.snapshot().lanes[1].fallen


def test_when_every_lane_has_stopped_there_is_no_step() -> None:
    lab = weight(1.0, steps=140)
    position = lab.position
    assert not lab.can("step")
    assert not lab.can("run")
    with pytest.raises(Refused, match="The lane has stopped"):
        lab.step()
    assert lab.position == position
    lab.back()
    lab.step()


# real rows


def test_all_lanes_start_with_the_same_weights_and_the_same_batch() -> None:
    lab = rows()
    first, *others = parameters(lab)
    for other in others:
        np.testing.assert_array_equal(first, other)
    lab.set("shows", "each batch")
    lab.step()
    losses = last(lab)
    assert losses[0] == losses[1] == losses[2]
    lab.step()
    losses = last(lab)
    assert len(set(losses)) == 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_story_holds_from_several_starts(seed: int) -> None:
    """A millionth hardly moves; 0.01 learns; 1 kills nearly all nodes and says the base rate."""
    lab = rows(epochs=3, seed=seed)
    tiny, good, large = last(lab)
    share = titanic().y_train[:, 1].mean()
    guess = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    assert tiny == pytest.approx(lab.race.lanes[0].first_loss, rel=0.1)
    assert large == pytest.approx(guess, abs=0.02)
    assert good is not None
    assert good < guess
    dead = [sum(lane.dead or ()) for lane in lab.snapshot().lanes]
    assert dead[2] >= 190
    assert max(dead[:2]) <= 80


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_scaled_columns_rate_1_learns_and_learns_more_than_the_others(seed: int) -> None:
    lab = rows(epochs=3, seed=seed, scaling=True)
    tiny, good, large = last(lab)
    assert large is not None
    assert good is not None
    assert tiny is not None
    assert large < good < tiny
    assert large < 0.5


def test_a_good_rate_cannot_learn_with_the_model_of_a_rate_that_killed_it() -> None:
    lab = rows(Entry(1.0), Entry(0.01), Entry(0.01, after=0), epochs=HANDED_ON)
    killed, new, handed_on = lab.race.lanes
    assert handed_on.first_loss == pytest.approx(0.67, abs=0.02)
    assert sum(new.dead) < 80
    assert min(sum(killed.dead), sum(handed_on.dead)) >= 190
    _, good, stuck = last(lab)
    assert good is not None
    assert stuck is not None
    assert good < stuck - 0.01


def test_b_takes_the_step_back_for_all_to_the_bit() -> None:
    lab = rows()
    kept = []
    for _ in range(40):
        kept.append(parameters(lab))
        lab.step()
    for wanted in reversed(kept):
        lab.back()
        for lane, before in zip(parameters(lab), wanted, strict=True):
            np.testing.assert_array_equal(lane, before)


def test_the_program_under_c_ends_with_the_weights_of_the_last_lane() -> None:
    lab = rows(Entry(0.01), Entry(0.1), scaling=True)
    (source,) = (code.source for code in lab.code() if code.title == "this engine")
    names, printed = run(source)
    for _ in range(10 * lab.race.per_epoch):
        lab.step()
    np.testing.assert_array_equal(names["model"].parameters, parameters(lab)[-1])
    assert f"loss: {last(lab)[1]:.4f}" in printed


# lanes come and go


def test_a_lane_that_is_added_starts_the_race_again_and_asks_for_its_rate() -> None:
    lab = weight(0.01, steps=5)
    lab.act("add")
    assert (lab.position, lab.asks) == (0, "rate 1")
    lab.set("rate 1", "0.02")
    assert [lane.rate for lane in lab.snapshot().lanes] == ["0.01", "0.02"]
    lab.undo()
    lab.undo()
    assert [lane.rate for lane in lab.snapshot().lanes] == ["0.01"]
    assert lab.position == 5


def test_a_lane_that_is_removed_leaves_the_others_where_they_are() -> None:
    lab = weight(0.01, 0.1, steps=5)
    lab.act("remove")
    assert lab.position == 5
    lab.step()
    lab.step()
    lab.undo()
    assert lab.position == 5
    lab.go(lab.end)
    assert {lane.position for lane in lab.race.lanes} == {7}


def test_there_is_room_for_six_lanes_and_one_has_to_stay() -> None:
    lab = weight(0.01)
    with pytest.raises(Refused, match="One lane has to stay"):
        lab.act("remove")
    for _ in range(MOST_LANES - 1):
        lab.act("add")
    assert len({entry.rate for entry in lab.settings.lanes}) == MOST_LANES
    with pytest.raises(Refused, match="6 lanes are the most"):
        lab.act("add")


@pytest.mark.parametrize("text", ["-1", "nan", "1e9", "fast"])
def test_a_rate_that_is_none_changes_nothing(text: str) -> None:
    lab = weight(0.01, steps=2)
    with pytest.raises(Refused):
        lab.set("rate 0", text)
    assert (lab.position, lab.settings.lanes) == (2, (Entry(0.01),))


def test_every_lane_has_a_rate_of_its_own_so_the_rate_keys_do_nothing() -> None:
    lab = weight(0.01)
    assert not lab.can("rate")
    with pytest.raises(Refused, match="e edits it"):
        lab.change_rate(1)


# turning the page


def test_the_race_is_there_again_when_its_page_is_opened_again() -> None:
    pages = course.find("4.1").pages
    here, there = (page.scene for page in pages if page.id in ("race", "flat"))
    assert isinstance(here, RaceScene)
    lab = RaceLab(titanic(), 3, here)
    for _ in range(2 * lab.race.per_epoch):
        lab.step()
    lab.set("rate 1", "0.02")
    for _ in range(lab.race.per_epoch):
        lab.step()
    lab.set("axis", "logarithmic")
    lab.go(7)
    before, weights = lab.snapshot(), parameters(lab)

    lab.show(there)
    assert (lab.position, lab.end, lab.axis) == (0, 0, "linear")  # another page, another race
    lab.show(here)

    after = lab.snapshot()
    assert after.said == "The race as you left it. 0 starts again."
    assert after.rows == before.rows
    assert (lab.position, lab.end, lab.axis) == (7, before.end, "logarithmic")
    for left, found in zip(weights, parameters(lab), strict=True):
        np.testing.assert_array_equal(left, found)
    lab.go(lab.end)
    assert lab.race.settings.lanes[1] == Entry(0.02)
    lab.reset()
    assert lab.race.settings.lanes == here.lanes
    assert lab.end == 0


def test_the_races_of_pages_that_are_not_open_take_little_memory() -> None:
    lab = rows()
    for _ in range(40 * lab.race.per_epoch):
        lab.step()
    race = lab.race
    lab.show(RaceScene(lanes=THREE, page="another"))
    assert all(lane.timeline.nbytes <= PUT_AWAY for lane in race.lanes)
