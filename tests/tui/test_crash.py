"""A fault in the app: the learner gets his terminal back, one line, and no traceback."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.terminal import Terminal

LEAVE_ALTERNATE_SCREEN = "\x1b[?1049l"

PROGRAM = """
import sys, types
from textual.app import App
from textual.widgets import Label

class Broken(App):
    def __init__(self, **ignored):
        super().__init__()
{body}

sys.modules["tui.app"] = types.SimpleNamespace(DLTutor=Broken)
from tui.cli import main
sys.exit(main([]))
"""

FAULTS = {
    "in the constructor": "        self.missing.attribute",
    "while composing": "    def compose(self):\n        yield Label(str(1 / 0))",
    "when mounted": "    def on_mount(self):\n        1 / 0",
    "at a key": "    def on_key(self):\n        1 / 0",
    "in a timer": "    def on_key(self):\n        self.set_timer(0.01, lambda: 1 / 0)",
    "in a worker": (
        "    def on_key(self):\n        self.run_worker(self.fail())\n"
        "    async def fail(self):\n        1 / 0"
    ),
    "in a style": "    CSS = 'Label { colour: blue; }'",
    "by panic": "    def on_key(self):\n        self.panic('ZeroDivisionError: 1 / 0')",
    "twice": "    def on_key(self):\n        self.call_later(lambda: [][1])\n        1 / 0",
}


@pytest.mark.parametrize("body", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_the_app_gets_one_line(body: str, data_home: Path):
    terminal = Terminal("-c", PROGRAM.format(body=body))
    if "on_key" in body:
        terminal.read_until("\x1b[?1049h")
        terminal.type("k")

    code = terminal.end()

    assert code == 1
    after = terminal.output.rpartition(LEAVE_ALTERNATE_SCREEN)[2]
    assert "dl-tutor: a fault in dl-tutor stopped it" in after
    assert "Traceback" not in terminal.output
    assert str(data_home / "crash.log") in after
    log = (data_home / "crash.log").read_text()
    if "1 / 0" in body:
        assert "ZeroDivisionError" in after
        assert "ZeroDivisionError" in log


def test_kill_gives_the_terminal_back(data_home: Path):
    terminal = Terminal("-c", PROGRAM.format(body="    def on_ready(self):\n        self.bell()"))
    terminal.read_until("\x07")

    os.kill(terminal.pid, signal.SIGTERM)

    assert terminal.end() == 128 + signal.SIGTERM
    assert LEAVE_ALTERNATE_SCREEN in terminal.output
    assert "Traceback" not in terminal.output
    assert not (data_home / "crash.log").exists()


def test_leaving_with_a_message_is_no_fault(data_home: Path):
    body = "    def on_mount(self):\n        self.exit(return_code=3, message='goodbye')"
    terminal = Terminal("-c", PROGRAM.format(body=body))

    assert terminal.end() == 3
    assert "goodbye" in terminal.output
    assert not (data_home / "crash.log").exists()
