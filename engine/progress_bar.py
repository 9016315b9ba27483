"""The progress of training on standard output, in Keras's look (keras/src/utils/progbar.py).

On a terminal one line is drawn over and over:

    12/100 ━━━━━━━━━━━━━━━━━━━━ 3s 2ms/step - accuracy: 0.5000 - loss: 0.6931

first the time that is left, at the end the time that it took. Elsewhere (a pipe, a file) only the
finished lines are written. A standard output that is closed or cannot be written is no reason to
end the training: then nothing is shown.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from engine.arguments import whole

Numbers = Mapping[str, Any]

BAR_WIDTH = 20
#: seconds between two drawings: twenty a second look smooth, and cost nothing to speak of
INTERVAL = 0.05
#: a look at the clock every so many seconds, judged by the pace of the steps so far
_LOOK_EVERY = INTERVAL / 5
_NEVER = sys.maxsize

_BOLD, _GREEN, _GREY, _PLAIN = "\x1b[1m", "\x1b[32m", "\x1b[37m", "\x1b[0m"


class ProgressBar:
    """Shows how far an epoch is, and its numbers.

    `fit` calls `start`, then `look` once `step >= next_look`, then `finish`, for every epoch.

    Args:
        steps: steps in an epoch.
        epochs: the number of the last epoch; with 1 there is no line "Epoch 1/1".
        verbose: 0 nothing, 1 or "auto" the bar, 2 a line per epoch.

    Raises:
        ValueError: verbose is something else.
    """

    def __init__(self, steps: int, epochs: int = 1, verbose: int | str = 1) -> None:
        self.verbose = checked_verbose(verbose)
        self.steps = whole("steps", steps)
        self.epochs = epochs
        self.next_look = _NEVER
        self._live = self.verbose == 1 and _is_terminal()
        self._colours = self._live and not os.environ.get("NO_COLOR") and _is_colourful()
        self._glyphs = "━━" if self._colours else "━─"
        if not _can_write(self._glyphs):
            self._glyphs = "=."
        self._shown = 0  # the width of the unfinished line on the screen
        self._epoch = 0
        self._start = self._drawn_at = self._first_step_at = time.perf_counter()

    def start(self, epoch: int = 0) -> None:
        """An epoch begins; the first is 0."""
        if self.verbose == 1 and self.epochs > 1:
            _write(f"Epoch {epoch + 1}/{self.epochs}\n")
        self._epoch = epoch
        self._start = self._drawn_at = self._first_step_at = time.perf_counter()
        self.next_look = 1 if self._live else _NEVER

    def look(self, step: int, numbers: Callable[[], Numbers]) -> None:
        """`step` steps are done: draw if it is time to, and set when to look again.

        `numbers` is only called when something is drawn.
        """
        now = time.perf_counter()
        if step == 1:
            self._first_step_at = now
        pace = max((now - self._start) / step, 1e-9)
        self.next_look = step + max(1, int(_LOOK_EVERY / pace))
        if now - self._drawn_at >= INTERVAL:
            self._draw(step, numbers(), now)

    def finish(self, numbers: Numbers) -> None:
        """The epoch has ended; `numbers` are its own."""
        self.next_look = _NEVER
        if not self.verbose:
            return
        seconds = time.perf_counter() - self._start
        per_step = _per_step(seconds / self.steps)
        if self._live:
            self.erase()
            pieces = [self._head(self.steps, f"{seconds:.0f}s {per_step}"), *_pieces(numbers)]
            _write("\n".join(_folded(pieces, _width())) + "\n")
            return
        head = f"Epoch {self._epoch + 1}/{self.epochs}"
        if self.verbose == 1:
            head = f"{self.steps}/{self.steps}"
        _write(" - ".join([head, f"{seconds:.0f}s", per_step, *_pieces(numbers)]) + "\n")

    def erase(self) -> None:
        """Take the unfinished line away, so that something else can be printed."""
        global _unfinished
        _unfinished = None
        if self._shown:
            _write("\r" + " " * self._shown + "\r")
            self._shown = 0

    def leave(self) -> None:
        """Training ended in the middle: what is drawn stays, and the next line is free."""
        global _unfinished
        _unfinished = None
        self.next_look = _NEVER
        if self._shown:
            _write("\n")
            self._shown = 0

    def _draw(self, step: int, numbers: Numbers, now: float) -> None:
        global _unfinished
        self._drawn_at = now
        # The first step also pays for what is only done once: it tells nothing about the others.
        pace = (now - self._first_step_at) / (step - 1) if step > 1 else now - self._start
        left = _clock(pace * (self.steps - step))
        line = " - ".join([self._head(step, f"{left} {_per_step(pace)}"), *_pieces(numbers)])
        line = _cut(line, _width() - 1)  # a terminal wraps when its last column is filled
        width = _visible(line)
        _write("\r" + line + " " * (self._shown - width))
        self._shown = width
        _unfinished = self

    def _head(self, step: int, times: str) -> str:
        count = f"{step:{len(str(self.steps))}d}/{self.steps}"
        room = min(BAR_WIDTH, _width() - 1 - len(count) - len(times) - 2)
        if room < 4:
            return f"{count} {times}"
        done = room * step // self.steps
        parts = (self._glyphs[0] * done, self._glyphs[1] * (room - done))
        if not self._colours:
            return f"{count} {''.join(parts)} {times}"
        bar = f"{_GREEN}{parts[0]}{_GREY}{parts[1]}{_PLAIN}"
        return f"{_BOLD}{count}{_PLAIN} {bar} {times}"


_unfinished: ProgressBar | None = None


def say(text: str) -> None:
    """Print a line; a bar that is being drawn makes room for it."""
    if _unfinished is not None:
        _unfinished.erase()
    _write(text + "\n")


def checked_verbose(verbose: Any) -> int:
    """0, 1 or 2; "auto" is 1.

    Raises:
        ValueError: it is something else.
    """
    if isinstance(verbose, str) and verbose == "auto":
        return 1
    if not isinstance(verbose, int) or verbose not in (0, 1, 2):
        raise ValueError(f"verbose must be 0, 1, 2 or 'auto', not {verbose!r}.")
    return int(verbose)


# -- words ---------------------------------------------------------------------------------------


def _pieces(numbers: Numbers) -> list[str]:
    return [f"{name}: {_short(value)}" for name, value in numbers.items()]


def _short(value: Any) -> str:
    try:
        return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"
    except (TypeError, ValueError):  # a callback may have put anything into the logs
        return str(value)


def _per_step(seconds: float) -> str:
    if seconds >= 1 or seconds == 0:
        return f"{seconds:.0f}s/step"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.0f}ms/step"
    return f"{seconds * 1e6:.0f}us/step"


def _clock(seconds: float) -> str:
    whole_seconds = int(seconds)
    minutes, rest = divmod(whole_seconds, 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes_left:02d}:{rest:02d}"
    return f"{minutes}:{rest:02d}" if minutes else f"{whole_seconds}s"


def _folded(pieces: list[str], width: int) -> list[str]:
    """The pieces on as few lines as the width allows; a piece is never broken."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        longer = f"{lines[-1]} - {piece}"
        if _visible(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _visible(line: str) -> int:
    """How many columns a line takes, colours aside."""
    for code in (_BOLD, _GREEN, _GREY, _PLAIN):
        line = line.replace(code, "")
    return len(line)


def _cut(line: str, width: int) -> str:
    """The line without what does not fit; colours stand at its beginning and are kept whole."""
    too_much = _visible(line) - max(width, 1)
    if too_much <= 0:
        return line
    tail = line.rpartition(_PLAIN)[2]
    if too_much > len(tail):  # narrower than the count and the bar: then without colours
        for code in (_BOLD, _GREEN, _GREY, _PLAIN):
            line = line.replace(code, "")
    return line[: len(line) - too_much]


# -- the other side ------------------------------------------------------------------------------


def _is_terminal() -> bool:
    try:
        return bool(sys.stdout.isatty())
    except (AttributeError, ValueError):  # no standard output, or a closed one
        return False


def _is_colourful() -> bool:
    return os.environ.get("TERM", "dumb") != "dumb"


def _can_write(glyphs: str) -> bool:
    try:
        glyphs.encode(sys.stdout.encoding or "ascii")
    except (AttributeError, LookupError, TypeError, UnicodeEncodeError):
        return False
    return True


def _width() -> int:
    """Columns of the terminal; 80 when it does not know."""
    return shutil.get_terminal_size((80, 24)).columns or 80


def _write(text: str) -> None:
    stream = sys.stdout
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:  # the name of a metric, say
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except (AttributeError, OSError, ValueError):
        pass  # closed, or nobody reads any more
