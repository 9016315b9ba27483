"""How much of the engine's speed is left inside the app: steps a second of the same fit.

    python tests/benchmarks/training_in_app.py

The app runs in a pseudo-terminal of 120x32, lesson 3.2, with curve and weight table at 20 frames a
second and no limit to the pace. The same lab is stepped in a process of its own. Both in turn,
several rounds; what counts is the ratio. It asserts nothing. Wants a core to spare for the
terminal's side.
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

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.pseudo_terminal import PseudoTerminal

OUTSIDE = """
import sys
from time import perf_counter
from lessons.course import find
lab = find("3.2").make_lab(1)
seconds, steps = float(sys.argv[1]), 0
for _ in range(500):
    lab.step()
begun = perf_counter()
while (now := perf_counter()) - begun < seconds:
    for _ in range(50):
        lab.step()
    steps += 50
print(steps / (now - begun))
"""

ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def outside(seconds: float) -> float:
    """Steps a second of the lab alone."""
    command = [sys.executable, "-c", OUTSIDE, str(seconds)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | ENVIRONMENT
    )
    return float(done.stdout)


def inside(seconds: float) -> float:
    """Steps a second of the lab in the running app, read off its screen."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tui", "open", "3.2"]
        with PseudoTerminal(
            command, 120, 32, os.environ | {"DL_TUTOR_HOME": home, "TERM": "xterm-256color"}
        ) as terminal:
            terminal.read(5.0, quiet=1.0)
            for key in ("n", "n", "n", "+", "+", "+", "r"):
                terminal.press(key)
                terminal.read(3.0, quiet=0.4)
            first = terminal.frames(0.7)[-1]
            last = terminal.frames(seconds)[-1]
            seconds_between: float = last.first - first.first
            return (step_of(last.grid) - step_of(first.grid)) / seconds_between


def step_of(grid: list[list[tuple[str, str]]]) -> int:
    """The number of the step that stands on the screen."""
    text = "\n".join("".join(cell[0] for cell in row) for row in grid)
    found = re.search(r"step (\d+)", text)
    if not found:
        raise SystemExit(f"no step on the screen:\n{text}")
    return int(found[1])


def main() -> None:
    """Measure both in turn and print the ratio of each round."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    ratios = []
    for _ in range(options.rounds):
        alone, app = outside(options.seconds), inside(options.seconds)
        ratios.append(app / alone)
        print(f"alone {alone:8.0f}   in the app {app:8.0f} steps/s   ratio {app / alone:.2f}")
    print(f"median ratio {median(ratios):.2f}, worst {min(ratios):.2f}")


if __name__ == "__main__":
    main()
