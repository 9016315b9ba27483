"""What can be seen of compiling: it chooses, and no weight moves. And the losses to choose from."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.training.setup import TrainingScene
from tests.lessons.training_labs import small, take, wages

UNCOMPILED = TrainingScene(compiled=False, conceal=("compiled",))


def test_a_network_that_is_not_compiled_cannot_learn_and_says_what_to_do() -> None:
    lab = wages(UNCOMPILED)
    assert not lab.can("step")
    assert not lab.can("run")
    with pytest.raises(Refused, match=r"Not compiled: .* e, then compiled: yes"):
        lab.step()
    assert lab.position == 0


def test_compiling_leaves_every_weight_as_it_is_and_then_it_learns() -> None:
    lab = wages(UNCOMPILED)
    before = lab.model.parameters.copy()
    lab.set("compiled", "yes")
    assert lab.said == "Compiled: adam, mean squared error."
    np.testing.assert_array_equal(lab.model.parameters, before)
    lab.step()
    assert not np.array_equal(lab.model.parameters, before)
    lab.undo()
    assert not lab.can("step")
    np.testing.assert_array_equal(lab.model.parameters, before)


def test_how_many_weights_it_changes_is_hidden_while_it_is_asked() -> None:
    lab = wages()
    lab.show(UNCOMPILED, UNCOMPILED.conceal)
    view = lab.snapshot().compiling
    assert view is not None
    assert (view.done, view.changed) == (False, None)
    lab.hide(())
    view = lab.snapshot().compiling
    assert view is not None
    assert view.changed == 0


def test_elsewhere_there_is_nothing_to_compile() -> None:
    assert wages().snapshot().compiling is None
    assert "compiled" not in [field.id for field in wages().fields()]


def test_the_mean_absolute_error_is_what_is_brought_down_when_it_is_chosen() -> None:
    lab = small()
    weights = lab.model.parameters.copy()
    lab.set("loss", "mean_absolute_error")
    np.testing.assert_array_equal(lab.model.parameters, weights)
    take(lab, 3)
    x, y = lab.run.inputs(lab.problem.x_validation), lab.problem.y_validation
    errors = lab.model.predict(x, verbose=0).ravel() - np.ravel(y)
    assert lab.snapshot().validation_loss == pytest.approx(float(np.abs(errors).mean()), rel=1e-5)
    assert "|predicted - actual|" in lab.explain("loss").formula


def test_a_run_with_another_loss_is_nothing_to_compare_with() -> None:
    lab = take(small(), 12)
    lab.set("loss", "mean_absolute_error")
    assert lab.snapshot().before is None
    take(lab, 12)
    lab.set("batch", "1")
    assert lab.snapshot().before is not None
