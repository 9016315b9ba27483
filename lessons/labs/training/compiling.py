"""What compiling does, for a learner who looks on: it chooses, and changes no weight."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe

NOT_COMPILED = "Not compiled: no loss to bring down, no optimizer to do it. e, then compiled: yes."


@lru_cache(maxsize=8)
def changed_by_compiling(problem: Problem, recipe: Recipe) -> int:
    """How many weights differ before and after the network of this recipe is compiled."""
    model = recipe.network(problem)
    before = model.parameters.copy()
    recipe.compile(model, problem)
    return int(np.count_nonzero(model.parameters != before))
