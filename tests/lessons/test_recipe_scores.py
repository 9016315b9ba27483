"""A recipe whose last layer gives scores: softmax is part of the loss, and nothing is clipped."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.learning.problems import titanic
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run
from tests.lessons.test_listings import run

SCORES = Recipe(hidden=(8,), optimizer="sgd", rate=0.1, from_logits=True)


def test_scores_and_probabilities_make_the_same_steps_while_nothing_is_clipped() -> None:
    one = Run(titanic(), SCORES)
    other = Run(titanic(), Recipe(hidden=(8,), optimizer="sgd", rate=0.1))
    for _ in range(60):
        one.forward()
        other.forward()
    np.testing.assert_allclose(one.model.parameters, other.model.parameters, atol=1e-5)


def test_a_network_that_is_sure_and_wrong_still_gets_slopes_for_its_scores() -> None:
    """Probabilities of exactly 0 are clipped: with softmax in the network nothing comes back."""
    problem = titanic()
    for from_logits, learns in ((True, True), (False, False)):
        recipe = Recipe(hidden=(4,), scaling=False, from_logits=from_logits)
        model = recipe.build(problem)
        model.set_weights([weights * 0 for weights in model.get_weights()])
        model.layers[-1].weights[1][:] = (40.0, -40.0)  # everybody died
        model.compute_gradient(problem.x_train, problem.y_train)
        assert bool(np.abs(model.gradient).max() > 0.1) is learns


@pytest.mark.parametrize("package", ["engine"])
def test_the_program_ends_with_the_same_weights(package: str) -> None:
    from lessons.learning.listing import program

    source = program(titanic(), SCORES, package, epochs=1)  # type: ignore[arg-type]
    own = Run(titanic(), SCORES)
    for _ in range(own.steps_per_epoch):
        own.forward()
    names, _ = run(source)
    np.testing.assert_array_equal(names["model"].parameters, own.model.parameters)
