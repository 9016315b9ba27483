"""A program on a pseudo-terminal, and what stands on its screen after every frame it paints.

Only what Textual writes is understood: cursor positions, text, styles, clearing, and the marks of
"synchronized output" (mode 2026) around each frame, which are asked for in the answer to its query.
Reading comes first and understanding later: bytes are collected with their times, and parsed when
nothing is being measured.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, str]  # the character and its style, as the escape sequence has it
Grid = list[list[Cell]]

BLANK: Cell = (" ", "")
KEYS = {
    "space": " ",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "comma": ",",
}


@dataclass(frozen=True)
class Chunk:
    """Bytes that arrived together, and when (seconds on the performance counter)."""

    time: float
    data: bytes


@dataclass(frozen=True)
class Frame:
    """One repaint: when its first and its last byte arrived, and the screen after it."""

    first: float
    last: float
    grid: Grid


class PseudoTerminal:
    """A program with a terminal of its own. Use it in a `with` block: leaving ends the program."""

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]
    ) -> None:
        self.screen = Screen(columns, rows)
        self._file, program_side = pty.openpty()
        # The size has to be there before the program asks for it.
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        try:
            self._program = subprocess.Popen(
                command,
                stdin=program_side,
                stdout=program_side,
                stderr=program_side,
                env=dict(environment),
                start_new_session=True,
            )
        finally:
            os.close(program_side)
        self.pid = self._program.pid

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.terminate()
        self.read(2)  # so that a program that still has something to say does not block
        self._program.kill()
        self._program.wait()
        os.close(self._file)

    def press(self, key: str) -> float:
        """Send a key by its name or as itself; returns when."""
        at = time.perf_counter()
        os.write(self._file, KEYS.get(key, key).encode())
        return at

    def read(self, seconds: float, quiet: float | None = None) -> list[Chunk]:
        """What the program writes in the next seconds, or until it was quiet for so long."""
        chunks: list[Chunk] = []
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            wait = end - now
            if quiet is not None and chunks:
                wait = min(wait, quiet)
            if not select.select([self._file], [], [], wait)[0]:
                break
            try:
                data = os.read(self._file, 1 << 16)
            except OSError:  # how Linux says that the program is gone
                break
            if not data:
                break
            chunks.append(Chunk(time.perf_counter(), data))
            if b"\x1b[?2026$p" in data:
                os.write(self._file, b"\x1b[?2026;2$y")
        return chunks

    def frames(self, seconds: float, quiet: float | None = None) -> list[Frame]:
        """As `read`, as the frames that were finished in that time."""
        chunks = self.read(seconds, quiet)
        return [frame for chunk in chunks for frame in self.screen.feed(chunk)]


class Screen:
    """What a terminal would show."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.grid: Grid = [[BLANK] * columns for _ in range(rows)]
        self._x = self._y = 0
        self._style = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._frame_began: float | None = None
        self._marked = False

    def feed(self, chunk: Chunk) -> Iterator[Frame]:
        """Take in some bytes; yields the screen after every frame that they finish.

        A program that does not mark its frames gets one for every chunk.
        """
        text = self._rest + self._decoder.decode(chunk.data)
        position = 0
        while position < len(text):
            token = TOKEN.match(text, position)
            if token is None:
                break
            position = token.end()
            mark = self._take(token)
            if mark == "h":
                self._frame_began, self._marked = chunk.time, True
            elif mark == "l" and self._frame_began is not None:
                yield Frame(self._frame_began, chunk.time, self.copy())
                self._frame_began = None
        self._rest = text[position:]
        if not self._marked:
            yield Frame(chunk.time, chunk.time, self.copy())

    def copy(self) -> Grid:
        """The cells as they are now."""
        return [row.copy() for row in self.grid]

    def _take(self, token: re.Match[str]) -> str:
        """One token; returns "h" or "l" for the marks at a frame's begin and end, else ""."""
        if token["text"]:
            for character in token["text"]:
                self._put(character)
        elif token["final"]:
            if token["parameters"] == "?2026":
                return token["final"]
            self._control(token["parameters"], token["final"])
        elif token[0] == "\r":
            self._x = 0
        elif token[0] == "\n":
            self._y = min(self._y + 1, self.rows - 1)
        return ""

    def _put(self, character: str) -> None:
        if self._y < self.rows and self._x < self.columns:
            self.grid[self._y][self._x] = (character, self._style)
        self._x += 1

    def _control(self, parameters: str, final: str) -> None:
        if final == "m":
            fresh = parameters in ("", "0") or parameters.startswith("0;")
            added = parameters.removeprefix("0").removeprefix(";") if fresh else parameters
            self._style = added if fresh or not self._style else f"{self._style};{added}"
        elif final in "Hf":
            row, _, column = parameters.partition(";")
            self._y, self._x = int(row or 1) - 1, int(column or 1) - 1
        elif (final == "J" and parameters == "2") or (final == "h" and parameters == "?1049"):
            self.grid = [[BLANK] * self.columns for _ in range(self.rows)]
        elif final == "K" and self._y < self.rows:
            self.grid[self._y][self._x :] = [BLANK] * (self.columns - self._x)


TOKEN = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"  # control sequence
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # title, link, clipboard, …
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"  # other escapes
    r"|[\x00-\x1a\x1c-\x1f\x7f]"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
