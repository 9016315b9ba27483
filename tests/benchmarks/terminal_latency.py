"""How fast the app answers, in a real pseudo-terminal. It prints tables and asserts nothing.

    python tests/benchmarks/terminal_latency.py
    python tests/benchmarks/terminal_latency.py --command "dl-tutor open 3.2" --keys space,b
    python tests/benchmarks/terminal_latency.py --memory 3600

Measured are: `--version`; from the command to the first full screen; from a key to the repaint that
shows its effect, idle and while training; frames and bytes a second; with --memory, the memory over
that many seconds of training. Progress goes to a temporary folder, so the user's own stays as it
is. Linux and macOS; memory on Linux only (it is read from /proc). Run it on a machine with a core
to spare, because the terminal's side needs one too.

An entry `a/b` in a list of keys means: measure a, then press b to undo it. How the repaint that
answers a key is told from those of training: see key_timer.py.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.key_timer import Answers, KeyTimer
from tests.benchmarks.pseudo_terminal import BLANK, Grid, PseudoTerminal

Row = tuple[str, ...]

SETTLED = 0.7  # seconds without output after which a screen counts as finished
FULL = 0.95  # the part of the settled screen that makes a screen full


# --- starting ----------------------------------------------------------------------------------


def time_start(setting: Setting) -> tuple[float, float, float]:
    """Seconds from the command to its first byte, its first full screen and its last byte."""
    with setting.open() as terminal:
        chunks = terminal.read(20, quiet=SETTLED)
        if not chunks:
            sys.exit(f"{setting.command[0]} wrote nothing within 20 seconds.")
        frames = [frame for chunk in chunks for frame in terminal.screen.feed(chunk)]
        settled = frames[-1].grid if frames else terminal.screen.copy()
        fulls = (frame.last for frame in frames if likeness(frame.grid, settled) >= FULL)
        full = next(fulls, chunks[-1].time)
        began = terminal.started
        return chunks[0].time - began, full - began, chunks[-1].time - began


def likeness(grid: Grid, settled: Grid) -> float:
    """The part of the settled screen's characters that stand where they belong."""
    pairs = [
        (cell[0] == final[0])
        for row, last in zip(grid, settled, strict=True)
        for cell, final in zip(row, last, strict=True)
        if final[0] != BLANK[0]
    ]
    return sum(pairs) / max(len(pairs), 1)


def time_version(command: Sequence[str]) -> float:
    """Wall time of one `--version`, in seconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


# --- memory ------------------------------------------------------------------------------------


def watch_memory(terminal: PseudoTerminal, seconds: float, every: float) -> list[Row]:
    """Let the app run on; one row for each sample, then the growth over the second half."""
    rows: list[Row] = []
    samples: list[tuple[float, float]] = []
    began = time.perf_counter()
    while (elapsed := time.perf_counter() - began) < seconds:
        chunks = terminal.read(min(every, seconds - elapsed))
        now = time.perf_counter() - began
        memory = resident(terminal.pid)
        if memory is None:
            sys.exit(f"The app ended, or /proc is not there, after {now:.0f} s.")
        samples.append((now, memory))
        size = sum(len(chunk.data) for chunk in chunks) / (now - elapsed)
        rows.append((f"{now:.0f}", f"{memory:.1f}", f"{size / 1024:.0f}"))
        print("  ".join(f"{cell:>8}" for cell in rows[-1]), flush=True)
    later = samples[len(samples) // 2 :]
    grown = later[-1][1] - later[0][1]
    hours = max(later[-1][0] - later[0][0], 1e-9) / 3600
    print(
        f"peak {max(memory for _, memory in samples):.1f} MB, second half "
        f"{grown:+.2f} MB ({grown / hours:+.1f} MB an hour)"
    )
    return rows


def resident(pid: int) -> float | None:
    """The memory of a process in MB (2**20 bytes), or None when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    lines = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) / 1024 if lines else None


def worked(pid: int) -> float:
    """Seconds that a process has worked so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks: int = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks


# --- the command line --------------------------------------------------------------------------


@dataclass(frozen=True)
class Setting:
    """What to start, how large its terminal is, and its environment."""

    command: list[str]
    columns: int
    rows: int
    environment: dict[str, str]

    def open(self) -> PseudoTerminal:
        return PseudoTerminal(self.command, self.columns, self.rows, self.environment)


def percentile(values: Iterable[float], part: int) -> float | None:
    """The smallest value that `part` percent of the values do not exceed."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(0, -(-len(ordered) * part // 100) - 1)]


def milliseconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.1f}"


def show(heads: Row, rows: Sequence[Row]) -> None:
    """Print a table, numbers to the right."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    print(flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--command", default="dl-tutor open 3.2")
    parser.add_argument("--version-command", help="default: the command up to `open`, --version")
    parser.add_argument("--size", default="120x32", help="columns x rows")
    parser.add_argument("--keys", default="space,b", help="measured while idle")
    parser.add_argument("--train", default="r", help="the key that starts training; '' for none")
    parser.add_argument("--train-keys", default="]/[,[/],?/escape", help="measured while training")
    parser.add_argument("--before", default="", help="keys to press once before measuring")
    parser.add_argument("--presses", type=int, default=40, help="of each key")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--memory", type=float, metavar="SECONDS", help="measure only memory")
    parser.add_argument("--every", type=float, default=5, help="seconds between memory samples")
    return parser.parse_args()


def answer_row(when: str, answers: Answers) -> Row:
    """One line of the table of keys."""
    times = (answers.first, answers.last)
    shown = (milliseconds(percentile(t, part)) for t in times for part in (50, 95))
    return when, answers.key, str(len(answers.last)), *shown, str(answers.unanswered)


def keys_of(text: str) -> list[str]:
    return [key for key in text.split(",") if key]


def measure_starts(options: argparse.Namespace, setting: Setting) -> None:
    head = setting.command
    head = head[: head.index("open")] if "open" in head else head[:1]
    version = shlex.split(options.version_command or shlex.join([*head, "--version"]))
    runs = [time_version(version) for _ in range(options.starts)]
    starts = [time_start(setting) for _ in range(options.starts)]
    names = ("first byte", "first full screen", "last byte")
    timed = [(shlex.join(version), runs), *zip(names, zip(*starts, strict=True), strict=True)]
    show(
        ("start, ms", "runs", "median", "worst"),
        [
            (name, str(len(times)), milliseconds(median(times)), milliseconds(max(times)))
            for name, times in timed
        ],
    )


def begin(options: argparse.Namespace, terminal: PseudoTerminal) -> None:
    terminal.frames(20, quiet=SETTLED)
    for key in keys_of(options.before):
        terminal.press(key)
        terminal.frames(2, quiet=0.3)


def measure_keys(options: argparse.Namespace, setting: Setting) -> None:
    rows: list[Row] = []
    with setting.open() as terminal:
        begin(options, terminal)
        idle = KeyTimer(terminal, options.presses)
        idle.watch(1)
        for key in keys_of(options.keys):
            rows.append(answer_row("idle", idle.measure(key, learn=False)))
        if options.train:
            terminal.press(options.train)
            terminal.frames(1)
            busy = KeyTimer(terminal, options.presses)
            began = time.perf_counter()
            frames = busy.watch(4)
            rate = len(frames) / (time.perf_counter() - began)
            for key in keys_of(options.train_keys):
                rows.append(answer_row("training", busy.measure(key, learn=True)))
            print(f"frames a second while training: {rate:.1f}\n")
    show(
        ("key to repaint, ms", "key", "answers", "first p50", "p95", "last p50", "p95", "silent"),
        rows,
    )


def main() -> None:
    options = arguments()
    columns, rows = map(int, options.size.split("x"))
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("COLUMNS", "LINES")
            },
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "DL_TUTOR_HOME": home,
        }
        setting = Setting(shlex.split(options.command), columns, rows, environment)
        print(f"{options.command}, {columns}x{rows}\n")
        if options.memory:
            with setting.open() as terminal:
                begin(options, terminal)
                if options.train:
                    terminal.press(options.train)
                print("  ".join(f"{head:>8}" for head in ("seconds", "MB", "KB/s")))
                watch_memory(terminal, options.memory, options.every)
            return
        measure_starts(options, setting)
        measure_keys(options, setting)


if __name__ == "__main__":
    try:
        main()
    except FileNotFoundError as error:
        sys.exit(f"There is no {error.filename}. Give the command that starts it with --command.")
