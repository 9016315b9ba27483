"""How a shot is drawn: where from, how well defended, how hurried, and whether it goes in.

Every number here was chosen so that the table looks like what is known of the real log: its
columns, their ranges and means, how they hang together, how many shots go in from where, and that
nothing can foretell more than about 62 in 100 of them.
"""

from __future__ import annotations

import numpy as np

SEED, ROWS = 23, 128_069
CLOCK = 24.0
"""Seconds in which a team has to shoot."""
CLOCK_OFF = 0.043
"""Part of the shots that are taken at the end of a quarter, when the shot clock is off and 0."""


def draw(seed: int, rows: int) -> np.ndarray:
    """(rows, 6): shot_clock, dribbles, touch_time, shot_dis, close_def_dis, shot_result."""
    rng = np.random.default_rng(seed)
    distance, long_range = _distance(rng, rows)
    dribbles = _dribbles(rng, long_range)
    touch = _touch_time(rng, dribbles)
    defender = _defender(rng, distance, dribbles)
    clock = CLOCK - CLOCK * rng.beta(1.6, 1.75, rows)
    clock[rng.random(rows) < CLOCK_OFF] = 0.0
    features = np.round(np.column_stack([clock, dribbles, touch, distance, defender]), 1)
    made = rng.random(rows) < chance(features)
    return np.column_stack([features, made])


def chance(features: np.ndarray) -> np.ndarray:
    """The probability that each shot goes in, (rows,), from its five features (rows, 5).

    It falls quickly over the first 9 feet and slowly after; an open shot helps most close to the
    basket; a short clock and a long time with the ball cost a little. No network can know more.
    """
    clock, _, touch, distance, defender = features.T
    near = np.clip(1 - distance / 9, 0, 1)
    far = 0.012 * np.maximum(distance - 10, 0) + 0.12 * np.maximum(distance - 27, 0)
    openness = (0.60 + 0.45 * near) * (np.log1p(defender) - 1.35)
    hurry = 0.026 * (np.where(clock == 0, 8, clock) - 12)
    held = 0.035 * (np.minimum(touch, 8) - 2.5)
    score = -0.61 + 1.92 * near - far + openness + hurry - held
    return np.asarray(1 / (1 + np.exp(-score)))


def _distance(rng: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Feet to the basket, and which shots are from behind the line that makes them worth three."""
    kind = rng.choice(3, rows, p=[0.40, 0.34, 0.26])
    places = [rng.gamma(2.0, 2.2, rows), rng.uniform(6, 22, rows), 22 + rng.gamma(3.0, 0.85, rows)]
    return np.clip(np.choose(kind, places), 0.1, None), kind == 2


def _dribbles(rng: np.random.Generator, long_range: np.ndarray) -> np.ndarray:
    """Half of the shooters shoot at once, and three quarters of those far out."""
    at_once = rng.random(len(long_range)) < np.where(long_range, 0.75, 0.45)
    return np.where(at_once, 0.0, np.minimum(rng.geometric(0.25, len(long_range)), 32))


def _touch_time(rng: np.random.Generator, dribbles: np.ndarray) -> np.ndarray:
    """A moment to catch and aim, and close to a second for each dribble."""
    catch, each = rng.gamma(1.6, 0.45, len(dribbles)), rng.gamma(14, 0.93 / 14, len(dribbles))
    return np.minimum(0.3 + catch + dribbles * each, 24.9)


def _defender(rng: np.random.Generator, distance: np.ndarray, dribbles: np.ndarray) -> np.ndarray:
    """Feet to the nearest defender: farther out there is more room, who dribbles is guarded."""
    room = 1.5 + 0.17 * np.minimum(distance, 30) - 0.10 * np.minimum(dribbles, 6)
    spread, more = rng.gamma(4.2, 1 / 4.2, len(distance)), rng.exponential(0.35, len(distance))
    return np.asarray(room * spread + more)
