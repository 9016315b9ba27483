"""Stochastic gradient descent in batches: updates, epochs, gradients, and what runs beside."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from lessons.backpropagation.stochastic_gradient_descent.scenes import FOUR, ROWS, TWO
from lessons.labs.base import Refused
from lessons.labs.batches.lab import ENOUGH, BatchesLab
from lessons.labs.batches.problem import Problem, angle
from lessons.labs.batches.state import Gradient
from tests.lessons.arithmetic import claims
from tests.lessons.test_listings import printed_numbers, run

SIDE = replace(ROWS, beside="all rows")
ORDERS = replace(ROWS, beside="another order")


@pytest.fixture
def lab() -> BatchesLab:
    return BatchesLab(1, ROWS)


def take(lab: BatchesLab, steps: int) -> BatchesLab:
    for _ in range(steps):
        lab.step()
    return lab


def slopes(gradient: Gradient | None) -> list[float]:
    """The slopes as they are seen; none where they are hidden."""
    return [] if gradient is None else list(gradient.slopes or ())


def listing(lab: BatchesLab, title: str) -> str:
    (code,) = (code for code in lab.code() if code.title.startswith(title))
    return code.source


# rows, updates, epochs


def test_every_row_is_used_once_in_an_epoch(lab: BatchesLab) -> None:
    for epoch in (1, 2, 3):
        take(lab, 3)
        view = lab.snapshot()
        assert (view.epoch, view.batch, view.per_epoch) == (epoch, 3, 3)
        assert sorted(row for batch in view.order for row in batch) == list(range(12))
        assert "waiting" not in {row.state for row in view.rows}


def test_a_row_waits_then_is_in_the_batch_then_used(lab: BatchesLab) -> None:
    assert {row.state for row in lab.snapshot().rows} == {"waiting"}
    take(lab, 2)
    view = lab.snapshot()
    states = [row.state for row in view.rows]
    assert [states.count(state) for state in ("now", "used", "waiting")] == [4, 4, 4]
    assert {row.number for row in view.rows if row.state == "now"} == set(view.order[-1])
    take(lab, 2)
    assert [row.state for row in lab.snapshot().rows].count("waiting") == 8


def test_the_last_batch_takes_what_is_left() -> None:
    lab = take(BatchesLab(1, replace(ROWS, size=8)), 2)
    assert [len(batch) for batch in lab.snapshot().order] == [8, 4]
    gradient = lab.snapshot().batch_gradient
    assert gradient is not None
    assert gradient.rows == 4


def test_each_epoch_has_an_order_of_its_own(lab: BatchesLab) -> None:
    first = take(lab, 3).snapshot().order
    assert take(lab, 3).snapshot().order != first


# gradients


def test_the_slopes_are_those_of_the_curriculum() -> None:
    lab = take(BatchesLab(1, FOUR), 1)
    view = lab.snapshot()
    assert slopes(view.batch_gradient) == [-5]
    assert slopes(view.full_gradient) == [-15]
    assert [row.slopes for row in view.rows] == [(-2,), (-8,), (-18,), (-32,)]
    assert slopes(take(lab, 1).snapshot().batch_gradient) == [-25]


def test_a_step_by_one_row_makes_the_loss_rise() -> None:
    lab = take(BatchesLab(1, TWO), 1)
    assert list(lab.run.weights) == [1]
    assert lab.snapshot().lines[-1] == "loss of all 2 rows: 1 → 2, higher"


def test_with_all_rows_both_gradients_are_one() -> None:
    view = take(BatchesLab(1, replace(ROWS, size=0)), 1).snapshot()
    assert view.batch_gradient is not None
    assert view.batch_gradient.slopes == pytest.approx(view.full_gradient.slopes)
    assert view.angle == pytest.approx(0, abs=1e-4)


def test_the_batches_of_an_epoch_are_right_on_average() -> None:
    lab = take(BatchesLab(1, replace(ROWS, rate=0.0)), 3)
    slopes = np.mean([update.slopes for update in lab.run.updates], axis=0)
    np.testing.assert_allclose(slopes, lab.snapshot().full_gradient.slopes or ())


def test_angles() -> None:
    assert angle((1, 0), (0, 2)) == pytest.approx(90)
    assert angle((1, 1), (-2, -2)) == pytest.approx(180)
    assert angle((0, 0), (1, 0)) is None
    assert angle((1,), (2,)) is None


def test_the_map_shows_where_all_rows_would_have_led(lab: BatchesLab) -> None:
    (drawn,) = take(lab, 1).snapshot().maps
    assert drawn.full_step is not None
    problem = Problem(ROWS.inputs, ROWS.targets)
    full = problem.at(ROWS.weights, problem.rows).slopes
    wanted = [w - 0.1 * s for w, s in zip(ROWS.weights, full, strict=True)]
    assert drawn.full_step[0] == ROWS.weights
    assert drawn.full_step[1] == pytest.approx(wanted)


# back and forth


def test_going_back_is_exact(lab: BatchesLab) -> None:
    places = [take(lab, 1).run.weights for _ in range(40)]
    for position in (39, 3, 17, 1):
        lab.go(position)
        assert lab.run.weights == places[position - 1]
        assert lab.end == 40
    lab.back()
    assert lab.run.weights == ROWS.weights
    assert lab.snapshot().batch_gradient is None
    lab.scrub(1)
    assert lab.position == 1
    assert take(lab, 39).run.weights == places[-1]


def test_there_is_an_end(lab: BatchesLab) -> None:
    take(lab, ENOUGH)
    assert not lab.can("run")
    with pytest.raises(Refused, match="enough"):
        lab.step()
    lab.back()
    assert lab.can("step")


def test_a_rate_that_is_too_high_stops_and_can_be_left() -> None:
    lab = BatchesLab(1, replace(SIDE, size=1))
    lab.set("rate", "10")
    with pytest.raises(Refused, match="too large to be held"):
        take(lab, 100)
    at = lab.position
    assert not lab.can("step")
    assert lab.snapshot().stopped
    assert all(np.isfinite(place).all() for drawn in lab.snapshot().maps for place in drawn.path)
    lab.back()
    assert lab.position == at - 1
    lab.go(0)
    lab.set("rate", "0.1")
    assert "forgotten" in lab.said
    assert take(lab, 5).position == lab.end == 5


# beside it


def test_all_rows_take_one_update_in_an_epoch() -> None:
    lab = take(BatchesLab(1, SIDE), 7)
    left, right = lab.snapshot().maps
    assert (left.updates, right.updates) == (7, 2)
    assert right.path[0] == left.path[0] == ROWS.weights
    alone = take(BatchesLab(1, replace(ROWS, size=0)), 2)
    assert right.path[-1] == pytest.approx(alone.run.weights)
    lab.go(2)
    assert [drawn.updates for drawn in lab.snapshot().maps] == [2, 0]


def test_another_order_goes_another_way_with_as_many_updates() -> None:
    lab = take(BatchesLab(1, ORDERS), 9)
    left, right = lab.snapshot().maps
    assert (left.name, right.name) == ("seed 1", "seed 2")
    assert left.updates == right.updates == 9
    assert left.path[-1] != right.path[-1]
    assert take(BatchesLab(2, ROWS), 9).run.path == right.path


def test_the_one_beside_learns_with_the_same_rates() -> None:
    lab = take(BatchesLab(1, ORDERS), 4)
    lab.change_rate(1)
    take(lab, 4)
    lab.snapshot()
    lab.go(6)
    lab.change_rate(-1)
    take(lab, 3)
    other = BatchesLab(2, ROWS)
    for update in lab.run.updates:
        if update.rate != other.run.rate:
            other.set("rate", str(update.rate))
        other.step()
    assert lab.snapshot().maps[1].path == other.run.path


def test_ctrl_r_draws_another_order_and_keeps_the_old_one_beside() -> None:
    lab = take(BatchesLab(1, ORDERS), 6)
    before = lab.run.path
    lab.redraw()
    assert lab.position == 0
    left, right = take(lab, 6).snapshot().maps
    assert (left.name, right.name) == ("seed 2", "seed 1")
    assert right.path == before
    lab.undo()
    assert (lab.position, lab.run.path, lab.settings.seed) == (6, before, 1)


# settings


@pytest.mark.parametrize(
    ("field", "text", "per_epoch"), [("size", "1", 12), ("size", "8", 2), ("size", "all", 1)]
)
def test_another_batch_size_starts_again(
    lab: BatchesLab, field: str, text: str, per_epoch: int
) -> None:
    take(lab, 5).set(field, text)
    assert (lab.position, lab.run.weights) == (0, ROWS.weights)
    assert lab.snapshot().per_epoch == per_epoch
    lab.undo()
    assert lab.position == 5


def test_what_cannot_be_is_refused(lab: BatchesLab) -> None:
    for field, text in (("size", "3"), ("seed", "1.5"), ("seed", "-1"), ("rate", "x")):
        with pytest.raises(Refused):
            lab.set(field, text)
    assert lab.settings == ROWS.settings(1)
    assert not lab.can("undo")
    with pytest.raises(Refused, match="not shuffled"):
        BatchesLab(1, FOUR).redraw()


def test_the_same_seed_gives_the_same_weights(lab: BatchesLab) -> None:
    weights = take(lab, 30).run.weights
    lab.reset()
    assert lab.position == 0
    assert take(lab, 30).run.weights == weights
    lab.undo()
    assert lab.run.weights == weights


def test_a_snapshot_is_frozen(lab: BatchesLab) -> None:
    with pytest.raises(FrozenInstanceError):
        lab.snapshot().position = 3  # type: ignore[misc]


# what is hidden


def test_a_hidden_slope_is_nowhere_until_it_is_settled() -> None:
    lab = BatchesLab(1, FOUR)
    lab.hide(("four:slope 0 1",))
    view = take(lab, 1).snapshot()
    assert slopes(view.batch_gradient) == []
    assert slopes(view.full_gradient) == [-15]
    assert lab.explain("batch slope").filled.endswith("= ?")
    lab.hide(("rows:slope 0 1",))
    assert slopes(lab.snapshot().batch_gradient) == [-5]


def test_a_hidden_loss_hides_the_curve_and_the_errors_that_tell_it() -> None:
    lab = BatchesLab(1, TWO)
    lab.hide(("two:loss", "two:slope"))
    view = take(lab, 2).snapshot()
    assert view.curve is None
    assert view.lines[-1] == "loss of all 2 rows: ? → ?"
    assert [row.error for row in view.rows] == [None, None]


# words and code


@pytest.mark.parametrize("scene", [ROWS, FOUR, TWO, replace(ROWS, size=1), replace(ROWS, size=0)])
@pytest.mark.parametrize("steps", [0, 1, 5])
def test_explanations_hold(scene, steps) -> None:
    lab = take(BatchesLab(1, scene), steps)
    assert lab.current() in lab.explainable()
    for name in lab.explainable():
        told = lab.explain(name)
        lines = (told.filled, *(line for _, line in told.where))
        assert [one for line in lines for one in claims(line) if not one.holds_rounded(4)] == []


def test_the_batch_slope_is_written_out_row_by_row() -> None:
    told = take(BatchesLab(1, FOUR), 2).explain("batch slope")
    assert told.filled == "slope = (-18 + (-32)) / 2 = -25"
    assert told.where == (("row 2", "2 × (-3) × 3 = -18"), ("row 3", "2 × (-4) × 4 = -32"))


@pytest.mark.parametrize("steps", [0, 1, 4, 6])
@pytest.mark.parametrize("scene", [ROWS, FOUR, replace(ROWS, size=8)])
def test_the_numpy_lines_are_the_last_update(scene, steps) -> None:
    lab = take(BatchesLab(1, scene), steps)
    printed = printed_numbers(listing(lab, "NumPy"))
    if steps == 0:
        lab.step()
    update = lab.run.last
    assert update is not None
    assert printed == pytest.approx([*update.slopes, *update.after], rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("steps", [1, 3, 5, 40])
def test_the_lines_for_this_engine_are_all_updates(lab: BatchesLab, steps: int) -> None:
    take(lab, steps)
    lab.change_rate(-1)
    take(lab, 2)
    names, _ = run(listing(lab, "this engine"))
    assert tuple(names["model"].parameters) == lab.run.weights


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_the_keras_lines_are_this_epoch(lab: BatchesLab, steps: int) -> None:
    take(lab, steps)
    source = listing(lab, "Keras").replace("keras.layers", "engine.layers")
    source = source.replace("keras.optimizers", "engine.optimizers").replace("keras", "engine")
    names, _ = run(source)
    assert names["model"].get_weights()[0][:, 0] == pytest.approx(lab.run.weights, rel=1e-5)
