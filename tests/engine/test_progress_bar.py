"""The progress bar: Keras's look on a terminal, plain lines elsewhere, and no way to end `fit`."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine import progress_bar
from engine.progress_bar import ProgressBar, checked_verbose, say
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]
NUMBERS = {"accuracy": 0.5, "loss": 0.6931}

FIT = """
import time
import numpy as np
from engine import Dense, EarlyStopping, Input, LambdaCallback, Sequential

x = np.random.default_rng(0).normal(size=(640, 2))
model = Sequential([Input((2,)), Dense(1, activation="sigmoid")], seed=0)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
slow = LambdaCallback(on_train_batch_end=lambda batch, logs: time.sleep(0.01))
stop = EarlyStopping("loss", min_delta=9, verbose=1)
model.fit(x, x[:, 0] > 0, epochs=EPOCHS, verbose=VERBOSE, callbacks=[slow, stop])
"""


def fit(epochs: int = 3, verbose: Any = 1) -> str:
    return FIT.replace("EPOCHS", str(epochs)).replace("VERBOSE", repr(verbose))


def colourless(text: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", text)


def drawings(text: str) -> list[str]:
    """What stood on the line at some time: carriage returns part them."""
    return [part.rstrip() for part in re.split(r"[\r\n]+", text) if part.strip()]


class Screen(io.StringIO):
    """A terminal of memory."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """A clock that stands until the test moves it."""
    now = [0.0]
    monkeypatch.setattr(progress_bar, "time", SimpleNamespace(perf_counter=lambda: now[0]))
    return now


@pytest.fixture
def screen(monkeypatch) -> Screen:
    screen = Screen()
    monkeypatch.setattr(progress_bar, "sys", SimpleNamespace(stdout=screen))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return screen


def run(bar: ProgressBar, clock: list[float], seconds: float, numbers: Mapping = NUMBERS) -> int:
    """An epoch whose steps take so long each; how often the bar wanted to look."""
    looks = 0
    bar.start(0)
    for step in range(1, bar.steps + 1):
        clock[0] += seconds
        if step >= bar.next_look:
            looks += 1
            bar.look(step, lambda: numbers)
    bar.finish(numbers)
    return looks


# -- on a terminal -------------------------------------------------------------------------------


def test_the_look_is_that_of_keras() -> None:
    terminal = Terminal("-c", fit())
    assert terminal.end() == 0
    lines = [line.rpartition("\r")[2] for line in terminal.output.replace("\r\n", "\n").split("\n")]
    assert lines[0] == "Epoch 1/3"
    assert "\x1b[32m━" in lines[1]
    assert re.fullmatch(
        r"20/20 ━{20} 0s \d+ms/step - accuracy: 0\.\d{4} - loss: 0\.\d{4}", colourless(lines[1])
    )
    assert lines[4] == "Epoch 2: stopped early"
    halfway = [drawn for drawn in drawings(colourless(terminal.output)) if "10/20 " in drawn]
    assert len(halfway) <= 2
    assert len(drawings(terminal.output)) > 6, "it moves"


def test_one_line_is_drawn_over_and_over(screen: Screen, clock: list[float]) -> None:
    run(ProgressBar(100, epochs=5), clock, seconds=0.125)
    text = colourless(screen.getvalue())
    first, *drawn = drawings(text)
    assert first == "Epoch 1/5"
    assert drawn[0] == (
        "  1/100 ━━━━━━━━━━━━━━━━━━━━ 12s 125ms/step - accuracy: 0.5000 - loss: 0.6931"
    )
    assert drawn[49].startswith(" 50/100 ━━━━━━━━━━━━━━━━━━━━ 6s 125ms/step")
    assert drawn[-1].startswith("100/100 ━━━━━━━━━━━━━━━━━━━━ 12s 125ms/step")
    assert text.count("\n") == 2


def test_how_far_it_is_shows_in_colour(screen: Screen, clock: list[float]) -> None:
    run(ProgressBar(100), clock, seconds=0.125)
    halfway = drawings(screen.getvalue())[49]
    assert f"\x1b[32m{'━' * 10}\x1b[37m{'━' * 10}\x1b[0m" in halfway


@pytest.mark.parametrize("variable", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_without_colour_it_shows_in_the_glyphs(screen, clock, monkeypatch, variable) -> None:
    monkeypatch.setenv(*variable)
    run(ProgressBar(100), clock, seconds=0.125)
    assert "\x1b" not in screen.getvalue()
    assert " 50/100 ━━━━━━━━━━────────── 6s" in screen.getvalue()


def test_a_terminal_without_these_glyphs_gets_ascii(screen, clock, monkeypatch) -> None:
    monkeypatch.setattr(Screen, "encoding", "ascii")
    monkeypatch.setenv("NO_COLOR", "1")
    run(ProgressBar(100), clock, seconds=0.125)
    assert screen.getvalue().isascii()
    assert " 50/100 ==========.......... 6s" in screen.getvalue()


def test_it_is_drawn_twenty_times_a_second_and_looks_at_the_clock_little_more(
    screen, clock
) -> None:
    looks = run(ProgressBar(200_000), clock, seconds=1e-5)  # two seconds
    drawn = len(drawings(screen.getvalue()))
    assert 30 <= drawn <= 42
    assert looks < 300


def test_the_first_step_does_not_count_for_the_time_left(screen, clock) -> None:
    bar = ProgressBar(11)
    bar.start()
    clock[0] += 5.0
    bar.look(1, lambda: NUMBERS)
    clock[0] += 1.0
    bar.look(2, lambda: NUMBERS)
    assert " 2/11 ━━━━━━━━━━━━━━━━━━━━ 9s 1s/step" in colourless(screen.getvalue())


@pytest.mark.parametrize("columns", ["0", "1", "7", "20", "39", "40", "60", "200"])
def test_no_line_is_wider_than_the_terminal(screen, clock, monkeypatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    width = int(columns) or 80
    run(ProgressBar(100), clock, seconds=0.1)
    text = colourless(screen.getvalue())
    drawn, final = text[: text.rindex("\r")], text[text.rindex("\r") + 1 :]
    assert max(len(part) for part in drawn.split("\r")) <= max(width - 1, 1)
    for word in ("100/100", "accuracy: 0.5000", "loss: 0.6931"):
        assert word in final, "at the end nothing is cut off"
    if width >= 24:
        assert max(map(len, final.split("\n"))) <= width


def test_what_is_said_meanwhile_gets_a_line_of_its_own(screen, clock) -> None:
    bar = ProgressBar(10)
    bar.start()
    clock[0] += 1.0
    bar.look(1, lambda: NUMBERS)
    say("hello")
    bar.finish(NUMBERS)
    lines = colourless(screen.getvalue()).split("\n")
    assert lines[0].endswith(" \rhello"), "the bar has been wiped out"
    assert lines[1].startswith("10/10")


def test_a_bar_left_in_the_middle_frees_the_line(screen, clock) -> None:
    bar = ProgressBar(10)
    bar.start()
    clock[0] += 1.0
    bar.look(1, lambda: NUMBERS)
    bar.leave()
    assert screen.getvalue().endswith("0.6931\n")
    say("hello")
    assert screen.getvalue().endswith("0.6931\nhello\n")


# -- numbers and times ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, "0.5000"), (1e-3, "1.0000e-03"), (0.0, "0.0000e+00"), (-2.0, "-2.0000"),
     (float("nan"), "nan"), (float("inf"), "inf"), ("word", "word"), (None, "None")],
)  # fmt: skip
def test_numbers_are_written_as_in_keras(screen, clock, value, shown: str) -> None:
    run(ProgressBar(1), clock, seconds=0.1, numbers={"x": value})
    assert screen.getvalue().endswith(f" - x: {shown}\n")


@pytest.mark.parametrize(
    ("seconds", "left", "pace"),
    [(2e-5, "0s", "20us"), (0.002, "0s", "2ms"), (1.5, "2:27", "2s"), (60, "1:38:00", "60s")],
)
def test_times_are_written_as_in_keras(screen, clock, seconds: float, left, pace: str) -> None:
    bar = ProgressBar(100)
    bar.start()
    clock[0] += 1
    bar.look(1, lambda: {})
    clock[0] += seconds
    bar._drawn_at = 0.0  # so that it is time to draw again
    bar.look(2, lambda: {})
    assert colourless(screen.getvalue()).rstrip().endswith(f"{left} {pace}/step")


# -- elsewhere -----------------------------------------------------------------------------------


def run_piped(program: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


TAIL = r"0s - \d+ms/step - accuracy: 0\.\d{4} - loss: 0\.\d{4}"


def test_a_pipe_gets_plain_lines() -> None:
    done = run_piped(fit())
    lines = done.stdout.splitlines()
    assert done.stderr == ""
    assert lines[0] == "Epoch 1/3"
    assert re.fullmatch(f"20/20 - {TAIL}", lines[1])
    assert lines[2] == "Epoch 2/3"
    assert re.fullmatch(f"20/20 - {TAIL}", lines[3])
    assert lines[4:] == ["Epoch 2: stopped early"]


def test_auto_is_1_and_a_single_epoch_has_no_number() -> None:
    assert re.fullmatch(f"20/20 - {TAIL}\n", run_piped(fit(epochs=1, verbose="auto")).stdout)


def test_verbose_2_is_a_line_for_each_epoch() -> None:
    lines = run_piped(fit(verbose=2)).stdout.splitlines()
    assert re.fullmatch(f"Epoch 1/3 - {TAIL}", lines[0])
    assert re.fullmatch(f"Epoch 2/3 - {TAIL}", lines[1])
    terminal = Terminal("-c", fit(epochs=1, verbose=2))
    assert terminal.end() == 0
    assert re.fullmatch(f"Epoch 1/1 - {TAIL}\r\n", terminal.output)


def test_verbose_0_is_silent() -> None:
    assert run_piped(fit(epochs=1, verbose=0)).stdout == ""


@pytest.mark.parametrize(
    "close",
    ["import sys; sys.stdout.close()", "import sys; sys.stdout = None", "import os; os.close(1)"],
)
def test_without_a_standard_output_training_goes_on(close: str) -> None:
    tell = "\nimport sys; print(len(model.history.epoch), file=sys.stderr); import os; os._exit(0)"
    done = run_piped(close + fit(epochs=2) + tell)
    assert done.stderr.splitlines()[-1] == "2"
    assert "Error" not in done.stderr


@pytest.mark.parametrize(("name", "written"), [("précision", "pr?cision"), ("ok", "ok")])
def test_a_name_that_cannot_be_written_is_no_error(monkeypatch, name: str, written: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(progress_bar, "sys", SimpleNamespace(stdout=stream))
    bar = ProgressBar(1)
    bar.start()
    bar.finish({name: np.float32(0.5)})
    stream.seek(0)
    assert stream.read().endswith(f" - {written}: 0.5000\n")


@pytest.mark.parametrize("verbose", ["loud", 3, -1, 1.0, None])
def test_verbose_is_checked(verbose) -> None:
    with pytest.raises(ValueError, match="verbose must be 0, 1, 2 or 'auto'"):
        checked_verbose(verbose)
    assert checked_verbose("auto") == checked_verbose(True) == 1
