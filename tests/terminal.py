"""A pseudo-terminal to run programs in, for what a pipe cannot show."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]


class Terminal:
    """`python ...` in a pseudo-terminal of 100x30, its output collected as text."""

    def __init__(self, *words: str) -> None:
        self.output = ""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            # Whoever started the tests may ignore ctrl+c; a shell in a terminal does not.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.environ.update(TERM="xterm-256color", COLUMNS="100", LINES="30")
            os.execv(sys.executable, [sys.executable, *words])

    def read_until(self, text: str, seconds: float = 20.0) -> str:
        """Read until `text` has appeared (or the program has ended); fail after `seconds`."""
        end = time.monotonic() + seconds
        while text not in self.output:
            if not select.select([self.handle], [], [], max(0.0, end - time.monotonic()))[0]:
                raise AssertionError(f"{text!r} did not appear in {self.output!r}")
            try:
                self.output += os.read(self.handle, 65536).decode(errors="replace")
            except OSError:  # the other side is closed
                break
        return self.output

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def interrupt(self) -> None:
        """Press ctrl+c until the program has ended.

        One that comes after a prompt and before the reading of its answer is not seen by Python
        until the next one comes.
        """
        for _ in range(10):
            with suppress(OSError):
                self.type("\x03")
            with suppress(AssertionError):
                self.read_until("\0 never printed", seconds=2.0)
                return

    def end(self) -> int:
        """Read the rest and return the exit code."""
        self.read_until("\0 never printed")
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.handle)
        return code
