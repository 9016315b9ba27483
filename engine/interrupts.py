"""Ctrl-C while a model trains: the running step ends first, so that its weights are whole."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class DeferredInterrupt:
    """In its `with` block the first Ctrl-C only sets `asked`; `stop` then raises.

    A second Ctrl-C raises KeyboardInterrupt at once. Nothing is changed outside the main thread,
    or where the program has its own idea of Ctrl-C.
    """

    def __init__(self) -> None:
        self.asked = False
        self._installed = False

    def __enter__(self) -> Self:
        in_main_thread = threading.current_thread() is threading.main_thread()
        if in_main_thread and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._on_signal)
            self._installed = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._installed:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._installed = False
        if kind is None and self.asked:
            self.stop()

    def stop(self) -> None:
        """Raise the KeyboardInterrupt that was put off."""
        self.asked = False
        raise KeyboardInterrupt

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            signal.default_int_handler(number, frame)
        self.asked = True
