"""A playground as a short code: what it is, what was done to it, and the step it stands at.

Whoever pastes the code gets the same weights at the same step: the network is trained again with
the same seed, and what was changed on the way is changed again at the same steps. (Sums of float32
may be rounded differently on another kind of processor, in digits that do not show.)
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib
from dataclasses import dataclass, fields, replace
from typing import Any

from lessons.labs.playground.limits import checked
from lessons.labs.playground.play import DATA, Play, usual_for
from lessons.labs.playground.run import PlayRun

MARK = "dl1."
LONGEST = 20_000
"""Characters of a code; longer ones are not looked at."""
MOST_STEPS = 1_000_000
LARGEST = 100_000
"""Bytes that a code may grow to when it is unpacked."""


class NotACode(ValueError):
    """A text is no code of a playground; the message says what was expected."""


@dataclass(frozen=True)
class Change:
    """What was done at a step: a rate, weights set by their place, the places frozen from there."""

    step: int
    rate: float | None = None
    values: tuple[tuple[int, float], ...] = ()
    frozen: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Shared:
    """A playground, the changes made on the way, in order, and the step it stands at."""

    play: Play
    changes: tuple[Change, ...] = ()
    step: int = 0


def shared(run: PlayRun) -> Shared:
    """The present state of a run."""
    first, *later = run.rates
    changes = {step: Change(step, rate=rate) for step, rate in later if step <= run.position}
    frozen: frozenset[int] = frozenset()
    for step, done in run.timeline.interventions.by_step.items():
        if step > run.position:
            break
        turned = None if done.frozen == frozen else tuple(sorted(done.frozen))
        change = changes.get(step, Change(step))
        changes[step] = replace(change, values=done.values, frozen=turned)
        frozen = done.frozen
    play = replace(run.recipe, rate=first[1]).normal()
    return Shared(play, tuple(changes[step] for step in sorted(changes)), run.position)


def encode(state: Shared) -> str:
    """The code of a playground: one word of letters, digits, -, _ and a point."""
    usual = usual_for(state.play.data)
    told = {
        one.name: getattr(state.play, one.name)
        for one in fields(Play)
        if getattr(state.play, one.name) != getattr(usual, one.name) or one.name == "data"
    }
    content: dict[str, Any] = {"p": told}
    if state.step:
        content["s"] = state.step
    if state.changes:
        content["c"] = [
            [one.step, one.rate, [list(pair) for pair in one.values], one.frozen]
            for one in state.changes
        ]
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    packed = zlib.compress(text.encode("utf-8"), 9)
    return MARK + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def decode(text: str) -> Shared:
    """The playground of a code; white space in it does not matter.

    Raises NotACode for anything else, also for a code whose numbers make no sense.
    """
    word = "".join(text.split())
    if not word.startswith(MARK):
        raise NotACode(f"A playground code begins with {MARK} and has no spaces.")
    if len(word) > LONGEST:
        raise NotACode(f"A playground code has {LONGEST:,} characters at most.")
    content = _unpacked(word.removeprefix(MARK))
    try:
        play = _play(content["p"])
        changes = tuple(_change(one) for one in content.get("c", []))
        step = _whole(content.get("s", 0), MOST_STEPS)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotACode("This playground code is damaged, or a newer dl-tutor made it.") from None
    return Shared(play, tuple(one for one in changes if one.step <= step), step)


def _unpacked(packed: str) -> dict[str, Any]:
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(raw, LARGEST)
        if not unpacking.eof:
            raise ValueError("cut short, or far too long")
        content = json.loads(text)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise NotACode("This playground code is cut short or mistyped: copy all of it.") from None
    if not isinstance(content, dict):
        raise NotACode("This playground code is damaged.")
    return content


def _play(told: dict[str, Any]) -> Play:
    """A Play of what was told, with every value checked. Raises ValueError, TypeError, KeyError."""
    known = {one.name for one in fields(Play)}
    if not isinstance(told, dict) or not told.keys() <= known:
        raise ValueError("something else")
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in told.items()
    }
    if values["data"] not in DATA:
        raise ValueError(values["data"])
    return checked(replace(usual_for(values["data"]), **values))


def _change(told: list[Any]) -> Change:
    step, rate, values, frozen = told
    return Change(
        _whole(step, MOST_STEPS),
        None if rate is None else _number(rate, 0.0, 1000.0),
        tuple((_whole(place, 10**7), _number(value, -1e30, 1e30)) for place, value in values),
        None if frozen is None else tuple(_whole(place, 10**7) for place in frozen),
    )


def _whole(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(value)
    return value


def _number(value: Any, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not (math.isfinite(value) and low <= value <= high):
        raise ValueError(value)
    return float(value)
