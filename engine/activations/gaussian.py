"""The standard normal distribution, which gelu needs and NumPy does not have.

erfc(x) exp(x^2) for x >= 0 as a Chebyshev series in (x - k) / (x + k) with k = 3.75: the form of
J. L. Schonfelder, "Chebyshev expansions for the error and related functions", Mathematics of
Computation 32 (1978), 1232-1240. The coefficients were computed for this file from that
definition with 40 digits; the first one left out is 9e-19.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

CENTRE = 3.75
#: beyond this many standard deviations, erfc is 0 in float64
FAR = 40.0
COEFFICIENTS = (
    0.3050715409616002,
    -0.4348412727125775,
    0.1763511936436055,
    -0.06071079560924941,
    0.017712068995694115,
    -0.004321119385567294,
    0.0008542166768870987,
    -0.00012715509060916275,
    1.1248167243671189e-05,
    3.1306388542182096e-07,
    -2.70988068537762e-07,
    3.073762270140769e-08,
    2.5156203848176232e-09,
    -1.0289299213203187e-09,
    2.9944052119950173e-11,
    2.6051789687267056e-11,
    -2.634839924171969e-12,
    -6.434045098907545e-13,
    1.1245740180142794e-13,
    1.7281533389635404e-14,
    -4.264101695404877e-15,
    -5.453719784500443e-16,
    1.586976070899555e-16,
    2.08998370772268e-17,
    -5.900527724518659e-18,
)


def probability_below(z: Array) -> Array:
    """The chance that a standard normal number is below z, any shape: erfc(-z / sqrt 2) / 2.

    Within 1e-15 in float64; small chances on the left keep their leading digits.
    """
    distance = np.minimum(np.abs(z), FAR)
    tail = 0.5 * _scaled_erfc(distance * np.sqrt(0.5).astype(z.dtype))
    tail *= np.exp(-0.5 * distance * distance)
    below: Array = np.where(z < 0, tail, 1.0 - tail)
    return below


def density(z: Array) -> Array:
    """The density of the standard normal distribution, exp(-z^2 / 2) / sqrt(2 pi)."""
    distance = np.minimum(np.abs(z), FAR)
    height: Array = np.exp(-0.5 * distance * distance) * float(1 / np.sqrt(2 * np.pi))
    return height


def _scaled_erfc(x: Array) -> Array:
    """erfc(x) exp(x^2) for x >= 0, by Clenshaw's recurrence."""
    # In float32, what comes after the first 14 terms is below the last digit.
    terms = COEFFICIENTS if x.dtype == np.float64 else COEFFICIENTS[:14]
    t = (x - CENTRE) / (x + CENTRE)
    twice = 2.0 * t
    later, latest = np.zeros_like(x), np.zeros_like(x)
    for coefficient in reversed(terms[1:]):
        later, latest = latest, twice * latest - later + coefficient
    result: Array = t * latest - later + terms[0]
    return result
