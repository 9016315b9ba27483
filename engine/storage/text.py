"""JSON from a file that may be hostile: bounded in size and depth, plain finite values only."""

from __future__ import annotations

import json
import math
from typing import Any

from engine.storage.errors import StorageError

#: bytes; a layer takes about 1,000, and what JSON becomes in memory is up to 30 times as large
LARGEST_JSON = 4_000_000

#: levels of lists and dicts in each other; Keras's files have about 12
DEEPEST_JSON = 60


def parse_object(text: bytes | str, what: str) -> dict[str, Any]:
    """The JSON object in `text`; `what` names it in messages.

    Raises:
        StorageError: too large, too deep, not JSON, not an object, or with NaN or infinity in it.
    """
    if len(text) > LARGEST_JSON:
        raise StorageError(
            f"{what} takes {len(text):,} bytes; more than {LARGEST_JSON:,} is not read."
        )
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError:
        raise StorageError(f"{what} has too many lists and objects in each other.") from None
    except ValueError as error:
        raise StorageError(f"{what} is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise StorageError(f"{what} is a {type(value).__name__} where an object is expected.")
    _check_depth(value, what)
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} stands where a number is expected")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:40]} is too large")
    return number


def _check_depth(value: Any, what: str) -> None:
    level = [value]
    for _ in range(DEEPEST_JSON):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise StorageError(f"{what} has more than {DEEPEST_JSON} lists and objects in each other.")
