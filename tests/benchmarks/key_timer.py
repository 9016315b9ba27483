"""From a key to the repaint that answers it, also while the screen changes by itself.

Cells that change while no key is pressed never count. With `learn`, only those cells count that
changed in each of a few presses made beforehand, because training may at any time paint a cell that
it left alone until then.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from tests.benchmarks.pseudo_terminal import Frame, Grid, PseudoTerminal

Place = tuple[int, int]

PATIENCE = 2.0  # seconds to wait for a repaint before a key counts as unanswered
LEARNING = 3  # presses before measuring, to learn where a key shows


@dataclass
class Answers:
    """What was measured for one key: seconds from the key to its repaint's first and last byte."""

    key: str
    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    unanswered: int = 0


class KeyTimer:
    """Presses keys in a running app and finds the repaint that answers each."""

    def __init__(self, terminal: PseudoTerminal, presses: int) -> None:
        self.terminal = terminal
        self.presses = presses
        self.random = random.Random(0)
        self.restless: set[Place] = set()

    def watch(self, seconds: float) -> list[Frame]:
        """Let the app run and note the cells that change without a key."""
        before = self.terminal.screen.copy()
        frames = self.terminal.frames(seconds)
        for frame in frames:
            self.restless |= changed(before, frame.grid)
        return frames

    def measure(self, entry: str, learn: bool) -> Answers:
        """Press one key again and again; `learn` first finds out where it shows."""
        key, _, undo = entry.partition("/") if len(entry) > 1 else (entry, "", "")
        answers = Answers(key)
        places = self._learn(key, undo) if learn else None
        for _ in range(self.presses):
            self._press(key, places, answers)
            self._undo(undo)
        return answers

    def _learn(self, key: str, undo: str) -> set[Place]:
        """The cells that change with every press, and not by themselves."""
        found: list[set[Place]] = []
        for _ in range(LEARNING):
            before = self.terminal.screen.copy()
            self.terminal.press(key)
            self.terminal.frames(0.5)
            found.append(changed(before, self.terminal.screen.copy()))
            self._undo(undo)
        return set.intersection(*found) - self.restless

    def _press(self, key: str, places: set[Place] | None, answers: Answers) -> None:
        # An uneven pause, so that the keys do not fall in step with the frames.
        self.terminal.frames(self.random.uniform(0.1, 0.3))
        before = self.terminal.screen.copy()
        pressed = self.terminal.press(key)
        end = pressed + PATIENCE
        while (now := time.perf_counter()) < end:
            # Read for a while without parsing, so that parsing delays no time stamp.
            for frame in self.terminal.frames(min(0.25, end - now)):
                seen = changed(before, frame.grid)
                if seen & places if places is not None else seen - self.restless:
                    answers.first.append(frame.first - pressed)
                    answers.last.append(frame.last - pressed)
                    return
        answers.unanswered += 1

    def _undo(self, key: str) -> None:
        if key:
            self.terminal.frames(0.1)
            self.terminal.press(key)
            self.terminal.frames(0.4)


def changed(before: Grid, after: Grid) -> set[Place]:
    """The cells, (row, column), in which two screens differ."""
    return {
        (y, x)
        for y, (old, new) in enumerate(zip(before, after, strict=True))
        if old != new
        for x in range(len(old))
        if old[x] != new[x]
    }
