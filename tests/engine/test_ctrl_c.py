"""Ctrl-C while a model trains, in a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: trains until somebody presses Ctrl-C, then shows what is left
PROGRAM = """
import signal, sys
import numpy as np
from engine import Callback, CSVLogger, Dense, Input, LambdaCallback, Sequential

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have left it ignored
rng = np.random.default_rng(0)
x, y = rng.normal(size=(2000, 4)), rng.normal(size=2000)
model = Sequential([Input((4,)), Dense(50, activation="relu"), Dense(1)], seed=0)
model.compile("adam", "mse")
log = CSVLogger(sys.argv[1])

def tell(epoch, logs):
    if epoch == 2:
        print("training", flush=True)

ended = []
tell = LambdaCallback(on_epoch_end=tell, on_train_end=ended.append)
optimizer = model.optimizer
try:
    model.fit(x, y, epochs=10**6, batch_size=16, verbose=0, callbacks=[log, tell])
except KeyboardInterrupt:
    epochs = len(model.history.epoch)
    assert epochs >= 3 and len(model.history.history["loss"]) == epochs
    lines = open(sys.argv[1]).read().splitlines()
    assert len(lines) == epochs + 1, (len(lines), epochs)
    assert not ended
    assert np.isfinite(model.parameters).all()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    steps = optimizer.iterations
    model.fit(x, y, verbose=0)
    assert optimizer.iterations == steps + 63
    assert model.predict(x[:3]).shape == (3, 1)
    print("fine")
"""

#: a callback that does not come back: the first Ctrl-C waits for it, the second does not
STUCK = """
import signal, time
import numpy as np
from engine import Dense, Input, LambdaCallback, Sequential

signal.signal(signal.SIGINT, signal.default_int_handler)
model = Sequential([Input((1,)), Dense(1)], seed=0)
model.compile("sgd", "mse")

def wait(batch, logs):
    print("stuck", flush=True)
    while True:
        time.sleep(0.01)

try:
    model.fit([1.0], [1.0], verbose=0, callbacks=[LambdaCallback(on_train_batch_end=wait)])
except KeyboardInterrupt:
    print("out")
"""

#: whoever has an idea of their own of Ctrl-C keeps it
OWN = """
import signal
import numpy as np
from engine import Dense, Input, LambdaCallback, Sequential

seen = []
mine = lambda number, frame: seen.append(number)
signal.signal(signal.SIGINT, mine)
model = Sequential([Input((1,)), Dense(1)], seed=0)
model.compile("sgd", "mse")
press = LambdaCallback(on_train_batch_begin=lambda batch, logs: signal.raise_signal(signal.SIGINT))
model.fit([1.0], [1.0], epochs=2, verbose=0, callbacks=[press])
assert seen == [signal.SIGINT] * 2 and signal.getsignal(signal.SIGINT) is mine
print("fine")
"""

#: pressed in the hooks of the last epoch: it must not get lost
LAST = """
import signal
from engine import Dense, Input, LambdaCallback, Sequential

signal.signal(signal.SIGINT, signal.default_int_handler)
model = Sequential([Input((1,)), Dense(1)], seed=0)
model.compile("sgd", "mse")
press = LambdaCallback(on_epoch_end=lambda epoch, logs: signal.raise_signal(signal.SIGINT))
try:
    model.fit([1.0], [1.0], verbose=0, callbacks=[press])
except KeyboardInterrupt:
    print("fine", model.history.epoch)
"""


def start(program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(program: subprocess.Popen[str], line: str) -> None:
    assert program.stdout is not None
    assert program.stdout.readline() == line + "\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_leaves_a_model_that_works_and_the_history(tmp_path: Path) -> None:
    program = start(PROGRAM, str(tmp_path / "log.csv"))
    try:
        wait_for(program, "training")
        program.send_signal(signal.SIGINT)
        assert program.communicate(timeout=60) == ("fine\n", "")
    finally:
        program.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_the_second_ctrl_c_does_not_wait() -> None:
    program = start(STUCK)
    try:
        wait_for(program, "stuck")
        program.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(timeout=0.5)
        program.send_signal(signal.SIGINT)
        assert program.communicate(timeout=60) == ("out\n", "")
    finally:
        program.kill()


@pytest.mark.parametrize(("program", "line"), [(OWN, "fine\n"), (LAST, "fine [0]\n")])
def test_ctrl_c_pressed_in_a_hook(program: str, line: str) -> None:
    out, errors = start(program).communicate(timeout=60)
    assert (out, errors) == (line, "")
