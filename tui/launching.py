"""Running the app in this process.

Imports of NumPy, Textual and the lessons stay inside the functions: see `tui.cli`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.command import Arguments, Mistake

if TYPE_CHECKING:
    from lessons.labs.playground.lab import PlayScene
    from tui.screens.table import TableScreen


def launch(
    arguments: Arguments,
    *,
    start: str | None = None,
    play: Callable[[], PlayScene] | None = None,
    table: Callable[[], TableScreen] | None = None,
) -> int:
    """Run the app; return its exit code, or raise what stopped it.

    `start` is the id of a lesson to open; `play` makes the scene of the playground to open,
    `table` the screen of a table.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Mistake(
            "the app needs a terminal, and its input or output goes elsewhere; "
            "dl-tutor lessons prints the list as text"
        )
    prepare_process()
    from tui.app import DLTutor
    from tui.crash import CrashGuard

    class GuardedTutor(CrashGuard, DLTutor):
        """The app as it is launched: a fault in it is logged, not printed."""

    app = GuardedTutor(
        start=start,
        seed=arguments.seed,
        ascii=arguments.ascii,
        play=play() if play is not None else None,
        table=table() if table is not None else None,
    )
    terminated = _close_when_terminated()
    app.run()
    if app.crash is not None:
        raise app.crash
    return 128 + signal.SIGTERM if terminated else app.return_code or 0


def _close_when_terminated() -> list[int]:
    """Let `kill` end the app as ctrl+c ends asyncio: tidily, with the terminal given back.

    Returns a list that holds the signal once it has come.
    """
    came: list[int] = []

    def end(number: int, frame: object) -> None:
        came.append(number)
        signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, end)
    return came


def prepare_process() -> None:
    """Settle what must be settled before Textual and NumPy are imported."""
    # What is imported stays. Looking through it for garbage again and again took a seventh of the
    # time to the first screen; `tui.preload` takes it up again.
    gc.disable()
    # Textual paints on a timer of its own, 60 times a second. At 240 a key waits a quarter as long
    # for its repaint; the app's own frame rate decides how often there is anything new to paint.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    keep_to_one_thread()
    # The thread that reads the keyboard needs the interpreter several times per key; while the app
    # trains, it should wait for it half a millisecond at most instead of five.
    sys.setswitchinterval(0.0005)


def keep_to_one_thread() -> None:
    """Let NumPy compute in one thread; it reads this when it is imported.

    The networks here are too small to share among threads: waking them costs more than it saves.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
