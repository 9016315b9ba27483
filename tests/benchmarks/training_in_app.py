"""How much of the engine's speed is left inside the app: steps a second of the same fit.

    python tests/benchmarks/training_in_app.py
    python tests/benchmarks/training_in_app.py --lesson 3.3 --page train
    python tests/benchmarks/training_in_app.py --lesson 4.3 --page curves --size 200x50

The app runs in a pseudo-terminal, with a lesson at 20 frames a second and no limit to the pace. The
same lab is stepped in a process of its own; so is, for the labs of the shots, the bare Trainer
without any way back. All in turn, several rounds; what counts is the ratio (the bar is 0.60 of the
lab alone). Frames are counted on the way. Where other programs take the core away, the ratio by
the clock says little; what a frame costs does not depend on them, and tells what the ratio is with
a core for the app and 20 frames a second. It asserts nothing. Linux only. Wants a core to spare
for the terminal's side. From a key to its repaint while this trains:

    python tests/benchmarks/terminal_latency.py --command "dl-tutor open 3.3" \\
        --before n,n,n,n,n,n,n,n,n,n,+,+,+ --train-keys "]/[,?/escape"
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lessons.course import find
from tests.benchmarks.pseudo_terminal import PseudoTerminal
from tests.benchmarks.terminal_latency import worked
from tui.progress import Progress

OUTSIDE = """
import sys
from time import process_time as clock
from lessons.course import find
lesson, seconds, steps = find(sys.argv[1]), float(sys.argv[3]), 0
lab = lesson.make_lab(1)
lab.show(next(page.scene for page in lesson.pages if page.id == sys.argv[2]))
for _ in range(500):
    lab.step()
begun = clock()
while (now := clock()) - begun < seconds:
    for _ in range(50):
        lab.step()
    steps += 50
print(steps / (now - begun))
"""

BARE = """
import sys
from time import process_time as clock
from engine import Trainer
from lessons.learning import problems
from lessons.learning.recipe import Recipe
problem, seconds, steps = problems.shots(), float(sys.argv[1]), 0
trainer = Trainer(Recipe().build(problem), problem.scaled[0], problem.y_train, batch_size=32)
for _ in range(500):
    trainer.step()
begun = clock()
while (now := clock()) - begun < seconds:
    for _ in range(50):
        trainer.step()
    steps += 50
print(steps / (now - begun))
"""

FRAMES = 20
"""A second: the rate that the app paints with."""
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def outside(program: str, *arguments: str) -> float:
    """Steps a second that a program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | ENVIRONMENT,
    )
    return float(done.stdout)


class Inside(NamedTuple):
    """Steps, frames and seconds of work, all in a second by the clock."""

    steps: float
    frames: float
    work: float

    def frame_costs(self, alone: float) -> float:
        """Seconds of work for a frame: what is left after the steps, at the speed of alone."""
        return (self.work - self.steps / alone) / self.frames


def inside(lesson: str, page: str, size: tuple[int, int], seconds: float) -> Inside:
    """How fast the lab is in the running app, read off its screen."""
    with tempfile.TemporaryDirectory() as home:
        Progress.load(Path(home)).set_page(find(lesson).id, page)
        command = [sys.executable, "-m", "tui", "open", lesson]
        environment = os.environ | {"DL_TUTOR_HOME": home, "TERM": "xterm-256color"}
        with PseudoTerminal(command, *size, environment) as terminal:
            terminal.read(5.0)  # until everything is loaded, that too
            # The arrow keys' page is kept; faster until there is no limit.
            for key in ("+", "+", "+", "+", "+", "r"):
                terminal.press(key)
                terminal.read(3.0, quiet=0.4)
            first = terminal.frames(0.7)[-1]
            before = worked(terminal.pid)
            frames = terminal.frames(seconds)
            work = worked(terminal.pid) - before
            last = frames[-1]
            between: float = last.first - first.first
            steps = step_of(last.grid) - step_of(first.grid)
            return Inside(steps / between, len(frames) / between, work / between)


def step_of(grid: list[list[tuple[str, str]]]) -> int:
    """The step that stands on the screen; of an epoch's batches, those before count too."""
    text = "\n".join("".join(cell[0] for cell in row) for row in grid)
    if found := re.search(r"epoch (\d+)\W+batch +([\d,]+)/([\d,]+)", text):
        epoch, batch, batches = (int(number.replace(",", "")) for number in found.groups())
        return epoch * batches + batch
    if found := re.search(r"step (\d+)", text):
        return int(found[1])
    raise SystemExit(f"no step on the screen:\n{text}")


def main() -> None:
    """Measure all in turn and print the ratio of each round."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lesson", default="3.2")
    parser.add_argument("--page", default="", help="id of a page; default: the last")
    parser.add_argument("--size", default="120x32", help="columns x rows")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    page = options.page or find(options.lesson).pages[-1].id
    columns, rows = map(int, options.size.split("x"))
    ratios = []
    for _ in range(options.rounds):
        bare = outside(BARE, str(options.seconds)) if options.lesson in ("3.3", "4.3") else 0.0
        alone = outside(OUTSIDE, options.lesson, page, str(options.seconds))
        app = inside(options.lesson, page, (columns, rows), options.seconds)
        cost = app.frame_costs(alone)
        ratios.append(1 - FRAMES * cost)
        print(
            f"bare {bare:6.0f}   alone {alone:6.0f}   in the app {app.steps:6.0f} steps/s, "
            f"ratio {app.steps / alone:.2f}   {app.frames:.0f} frames/s of {1000 * cost:.1f} ms"
            f"   with a core for itself {ratios[-1]:.2f}",
            flush=True,
        )
    print(f"with a core for itself: median {median(ratios):.2f}, worst {min(ratios):.2f}")


if __name__ == "__main__":
    main()
