"""What happens when the program itself fails: one line for the learner, the rest into a log."""

from __future__ import annotations

import contextlib
import platform
import tempfile
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import __version__
from tui.home import data_folder

if TYPE_CHECKING:
    from textual.app import App

    _App = App[None]
else:
    _App = object

LOG = "crash.log"


class Crashed(Exception):
    """Textual stopped the app without an exception of ours; the message is what it had to say."""


class CrashGuard(_App):
    """Mix into an App: an unhandled exception ends it quietly and stays in `crash`.

    Textual would print the traceback over the learner's terminal. Put this before App.
    """

    crash: BaseException | None = None

    def _handle_exception(self, error: Exception) -> None:
        self.crash = self.crash or error
        super()._handle_exception(error)

    def panic(self, *renderables: Any) -> None:
        """Note that the app was stopped, for instance by the thread that reads the keyboard."""
        said = "\n".join(str(renderable) for renderable in renderables)
        self.crash = self.crash or Crashed(said or "the app was stopped")
        super().panic(*renderables)

    def _print_error_renderables(self) -> None:
        if self.crash is not None:
            self._exit_renderables.clear()
        super()._print_error_renderables()


def explain(error: BaseException) -> str:
    """Write the details of `error` to the log and return one line that says where they are."""
    summary = "".join(traceback.format_exception_only(error)).strip().splitlines()[0]
    place = _write_log(error)
    details = f"the details are in {place}" if place else "the details could not be written"
    return f"a fault in dl-tutor stopped it ({summary}). Your progress is saved; {details}"


def _write_log(error: BaseException) -> Path | None:
    """Return the file written: in the data folder, else among the temporary files, else None."""
    report = (
        f"dl-tutor {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{datetime.now().isoformat(timespec='seconds')}\n\n"
        + "".join(traceback.format_exception(error))
    )
    for folder in (data_folder(), Path(tempfile.gettempdir())):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / LOG).write_text(report, encoding="utf-8", errors="backslashreplace")
            return folder / LOG
    return None
