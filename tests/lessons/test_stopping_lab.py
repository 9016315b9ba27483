"""The early stopping lab: where it stops and why, what it never sees, whose weights stay."""

from __future__ import annotations

import numpy as np
import pytest

from engine import EarlyStopping
from lessons.labs.base import Refused
from lessons.labs.stopping.lab import StoppingLab
from lessons.labs.stopping.setup import EPOCHS, LOSSES, REAL, Settings, StoppingScene
from lessons.labs.stopping.source import Real
from lessons.learning.problems import titanic
from lessons.learning.recipe import Recipe
from lessons.tuning.early_stopping.checks import stop_after
from tests.lessons.test_listings import printed_numbers, run


def listed(settings: Settings | None = None, losses: tuple[float, ...] = LOSSES) -> StoppingLab:
    scene = StoppingScene(settings=settings or Settings(), losses=losses)
    return StoppingLab(titanic(), 1, scene)


def real(settings: Settings | None = None, seed: int = 1) -> StoppingLab:
    return StoppingLab(titanic(), seed, StoppingScene(source=REAL, settings=settings or Settings()))


def until_it_stops(lab: StoppingLab) -> StoppingLab:
    while lab.can("run"):
        lab.step()
    return lab


def whats(lab: StoppingLab) -> list[str]:
    return [row.what for row in lab.snapshot().rows]


# the list of the curriculum


@pytest.mark.parametrize(("patience", "stop", "best"), [(1, 3, 2), (2, 6, 4)])
def test_it_stops_where_the_curriculum_says(patience: int, stop: int, best: int) -> None:
    view = until_it_stops(listed(Settings(patience))).snapshot()
    assert (view.position, view.stopped, view.best_epoch) == (stop, stop, best)


@pytest.mark.parametrize("patience", [3, 10])
def test_with_more_patience_the_last_loss_is_seen(patience: int) -> None:
    view = until_it_stops(listed(Settings(patience))).snapshot()
    assert (view.position, view.stopped, view.best_epoch) == (7, None, 7)


def test_patience_0_is_taken_as_1() -> None:
    assert stop_after(Settings(0)) == stop_after(Settings(1)) == 3


def test_thirty_epochs_with_patience_2_run_at_least_3() -> None:
    assert stop_after(Settings(), [1.0 + at for at in range(EPOCHS)]) == 3
    assert stop_after(Settings(), [-1.0 * at for at in range(EPOCHS)]) == EPOCHS


def test_min_delta_says_how_much_lower_counts() -> None:
    lab = until_it_stops(listed(Settings(min_delta=0.015)))
    assert lab.snapshot().stopped == 4
    assert "below 0.66, but not by more than min_delta (0.015)" in lab.reason


def test_every_epoch_is_explained_and_the_stop_at_its_own() -> None:
    lab = listed()
    said = []
    for _ in range(7):
        lab.step()
        said.append(lab.reason)
    assert "best so far" in said[0]
    assert "0.66 beats 0.7 of epoch 1" in said[1]
    assert "0.67 does not beat 0.66 of epoch 2: 1 without a new best" in said[2]
    assert "It stops here, after epoch 6" in said[5]
    assert "patience is 2" in said[5]
    assert "never saw this. 0.64 would have been a new best" in said[6]
    assert whats(lab) == ["best", "best", "", "best", "", "stops", "unseen"]


def test_a_run_pauses_at_the_stop_and_space_goes_on_past_it() -> None:
    lab = until_it_stops(listed())
    assert not lab.can("run")
    assert lab.can("step")
    assert "space goes on all the same" in lab.why_not_run
    lab.step()
    assert lab.snapshot().stopped == 6
    with pytest.raises(Refused, match="the last"):
        lab.step()


def test_going_back_takes_the_stop_back_too() -> None:
    lab = until_it_stops(listed())
    lab.back()
    view = lab.snapshot()
    assert (view.stopped, view.rows[-1].waited, view.kept) == (None, 1, None)


@pytest.mark.parametrize(("restore", "kept"), [(False, (6, 0.66)), (True, (4, 0.65))])
def test_whose_weights_stay(restore: bool, kept: tuple[int, float]) -> None:
    lab = until_it_stops(listed(Settings(restore=restore)))
    assert lab.snapshot().kept == kept
    (held,) = lab.source.model.get_weights()
    assert held.item() == kept[0]  # the weight of the list's model is the number of the epoch


@pytest.mark.parametrize("seed", range(20))
def test_the_rule_under_c_stops_where_the_engine_does(seed: int) -> None:
    rng = np.random.default_rng(seed)
    losses = tuple(round(float(loss), 2) for loss in rng.uniform(0.5, 0.8, size=9))
    settings = Settings(int(rng.integers(0, 4)), min_delta=float(rng.choice([0.0, 0.03])))
    lab = until_it_stops(listed(settings, losses))
    view = lab.snapshot()
    assert printed_numbers(lab.code()[0].source) == [view.position, view.best_epoch]


# editing the list


def test_an_edited_loss_changes_what_has_been_decided() -> None:
    lab = until_it_stops(listed())
    lab.set("loss 4", "0.6")
    assert (lab.position, lab.snapshot().stopped, lab.snapshot().best_epoch) == (6, None, 5)
    lab.undo()
    assert lab.snapshot().stopped == 6


def test_epochs_can_be_added_and_removed() -> None:
    lab = listed()
    lab.act("add")
    assert (len(lab.losses), lab.asks) == (8, "loss 7")
    lab.act("remove")
    lab.act("remove")
    assert list(lab.losses) == list(LOSSES[:-1])
    lab.undo()
    assert list(lab.losses) == list(LOSSES)
    for _ in range(5):
        lab.act("remove")
    with pytest.raises(Refused, match="2 epochs have to stay"):
        lab.act("remove")


def test_removing_an_epoch_that_is_over_goes_back_before_it() -> None:
    lab = listed(Settings(10))
    for _ in range(7):
        lab.step()
    lab.act("remove")
    assert (lab.position, lab.end) == (6, 6)


@pytest.mark.parametrize("text", ["-1", "11", "2.5", "nan", "two"])
def test_a_patience_that_is_none_is_refused(text: str) -> None:
    lab = listed()
    with pytest.raises(Refused):
        lab.set("patience", text)
    assert lab.settings.patience == 2


# a real run


@pytest.mark.parametrize("restore", [False, True])
def test_it_is_what_fit_does_with_the_engines_callback(restore: bool) -> None:
    lab = until_it_stops(real(Settings(restore=restore)))
    problem = titanic()
    (x, x_held_out), recipe = problem.scaled, Recipe(seed=1)
    model = recipe.build(problem)
    history = model.fit(
        x,
        problem.y_train,
        epochs=EPOCHS,
        batch_size=recipe.batch_size,
        validation_data=(x_held_out, problem.y_validation),
        callbacks=[EarlyStopping(patience=2, restore_best_weights=restore)],
        verbose=0,
    )
    view = lab.snapshot()
    assert view.stopped == len(history.history["val_loss"])
    assert list(view.val_losses) == history.history["val_loss"]
    assert view.kept is not None
    for ours, theirs in zip(lab.source.model.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert view.kept[1] == pytest.approx(view.val_losses[view.kept[0] - 1], rel=1e-6)


def test_going_back_a_whole_epoch_is_exact() -> None:
    lab = real()
    assert isinstance(lab.source, Real)
    kept = []
    for _ in range(4):
        kept.append(lab.source.run.model.parameters.copy())
        lab.step()
    for wanted in reversed(kept):
        lab.back()
        np.testing.assert_array_equal(lab.source.run.model.parameters, wanted)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_past_the_stop_the_training_loss_falls_and_the_validation_loss_does_not(seed: int) -> None:
    lab = real(Settings(restore=True), seed)
    while lab.can("step"):
        lab.step()
    view = lab.snapshot()
    assert view.stopped is not None
    assert view.stopped < 15
    assert view.train_losses[-1] < view.train_losses[view.stopped - 1] - 0.02
    assert view.val_losses[-1] > min(view.val_losses) + 0.01


def test_the_program_under_c_stops_at_the_same_epoch() -> None:
    lab = until_it_stops(real(Settings(restore=True)))
    (source,) = (code.source for code in lab.code() if code.title == "this engine")
    names, printed = run(source)
    assert f"Epoch {lab.position}/30" in printed
    assert f"Epoch {lab.position + 1}/30" not in printed
    _ = lab.watched  # the callback has put the weights into the model
    for ours, theirs in zip(
        lab.source.model.get_weights(), names["model"].get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)
