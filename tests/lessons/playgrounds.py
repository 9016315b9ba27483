"""Playgrounds for the tests: any setting, any number of steps, and all of it as bytes."""

from __future__ import annotations

from typing import Any

from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.play import Play
from lessons.labs.playground.share import Shared


def playground(**settings: Any) -> PlaygroundLab:
    return PlaygroundLab(PlayScene(shared=Shared(Play(**settings))))


def take(lab: PlaygroundLab, steps: int) -> PlaygroundLab:
    for _ in range(steps):
        lab.step()
    return lab


def bits(lab: PlaygroundLab) -> bytes:
    run = lab.run
    slots = [run.trainer.optimizer.slots[name] for name in sorted(run.trainer.optimizer.slots)]
    return b"".join(one.tobytes() for one in (run.model.parameters, run.model.gradient, *slots))
