"""How long a lesson takes to open, and each of its pages; and the memory the app has then.

    python tests/benchmarks/opening.py
    python tests/benchmarks/opening.py --lessons 3.3,4.6 --size 80x24 --run 10

For every lesson the app is started on its contents, in a pseudo-terminal and with an empty home. It
is left alone until everything is loaded; then enter opens the lesson, `n` turns its pages, and with
--run the last page's lab runs for so many seconds at full speed. What counts is the time from the
key to the first frame that shows what stands there in the end (95 % of it). The bar is 0.3 s, and
150 MB. CPU is what the app worked in that time and a moment after: on a busy machine it says more
than the clock. It prints a table and asserts nothing. Linux only (memory is read from /proc).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lessons.course import chapters
from lessons.outline import Outline
from tests.benchmarks.pseudo_terminal import PseudoTerminal
from tests.benchmarks.terminal_latency import FULL, Row, likeness, resident, show, worked

BAR_SECONDS, BAR_MEGABYTES = 0.3, 150
LOADED = 4.0
"""Seconds after which everything is loaded; a quiet terminal does not tell."""


def downs_to(wanted: Outline) -> int:
    """How often `down` is pressed in fresh contents, whose cursor is on the first lesson."""
    choices = [one for chapter in chapters() for one in ("test-out", *chapter.outlines)]
    return choices.index(wanted) - 1


@dataclass(frozen=True)
class Answer:
    """Seconds from a key to what it shows, by the clock and of work."""

    clock: float
    worked: float


def answer(terminal: PseudoTerminal, key: str, patience: float) -> Answer:
    """How soon the first frame comes that shows what stands there `patience` later."""
    before = worked(terminal.pid)
    pressed = terminal.press(key)
    frames = terminal.frames(patience)
    if not frames:
        return Answer(0.0, 0.0)
    settled = frames[-1].grid
    shown = next(one.last for one in frames if likeness(one.grid, settled) >= FULL)
    return Answer(shown - pressed, worked(terminal.pid) - before)


def measure(outline: Outline, size: tuple[int, int], run: float) -> Row:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"DL_TUTOR_HOME": home, "TERM": "xterm-256color"}
        with PseudoTerminal([sys.executable, "-m", "tui"], *size, environment) as terminal:
            terminal.frames(LOADED)
            for _ in range(downs_to(outline)):
                terminal.press("down")
                terminal.frames(0.3, quiet=0.05)
            terminal.frames(0.5)
            opened = answer(terminal, "enter", 2.5)
            turns = [answer(terminal, "n", 1.0) for _ in outline.pages[1:]]
            memory = resident(terminal.pid) or 0.0
            if run:
                for key in ("+", "+", "+", "+", "+", "r"):
                    terminal.press(key)
                    terminal.frames(0.2)
                terminal.read(run)
                memory = max(memory, resident(terminal.pid) or 0.0)
    slowest = max(turns, key=lambda turn: turn.worked, default=Answer(0.0, 0.0))
    page = outline.pages[turns.index(slowest) + 1][0] if turns else ""
    over = max(opened.worked, slowest.worked) > BAR_SECONDS or memory > BAR_MEGABYTES
    times = (opened.clock, opened.worked, slowest.clock, slowest.worked)
    return (
        f"{outline.number} {outline.id}",
        *(f"{1000 * seconds:.0f}" for seconds in times),
        page,
        f"{memory:.0f}",
        "over" if over else "",
    )


def main() -> None:
    """Measure the lessons and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lessons", default="", help="numbers, with commas; default: all")
    parser.add_argument("--size", default="120x32", help="columns x rows")
    parser.add_argument("--run", type=float, default=0.0, help="seconds to run the last lab")
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    wanted = options.lessons.split(",") if options.lessons else None
    found = []
    for chapter in chapters():
        for outline in chapter.outlines:
            if wanted is None or outline.number in wanted:
                found.append(measure(outline, (columns, rows), options.run))
                print("  ".join(found[-1]), file=sys.stderr, flush=True)
    show(("lesson", "opens, ms", "CPU", "slowest page, ms", "CPU", "page", "MB", ""), found)


if __name__ == "__main__":
    main()
