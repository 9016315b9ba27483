"""Digits as pictures, made when they are drawn; and a part of the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

from textual.containers import Container
from textual.widgets import Static

from lessons.labs.digits.state import DigitsSnapshot
from tui.labs.base import LabView
from tui.theme import palette
from tui.widgets.images import Images, Picture

SIDE = 28


class Pictures(Sequence[Picture]):
    """So many pictures, each made by `make` when it is asked for."""

    def __init__(self, count: int, make: Callable[[int], Picture]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Picture: ...
    @overload
    def __getitem__(self, at: slice) -> list[Picture]: ...
    def __getitem__(self, at: int | slice) -> Picture | list[Picture]:
        if isinstance(at, slice):
            return [self._make(one) for one in range(self._count)[at]]
        return self._make(range(self._count)[at])


class Part(Container):
    """What stands on the screen in one view of the lab."""

    _shown: tuple[object, ...] = ()

    def show(self, snapshot: DigitsSnapshot) -> None:
        """Paint the part of the snapshot that is this one's."""
        raise NotImplementedError

    def is_new(self, *what: object) -> bool:
        """Whether this is other than what is shown, or shown in other colours.

        Pictures are not painted twenty times a second while an epoch goes on behind them.
        """
        what = (*what, palette(self.app))
        new, self._shown = what != self._shown, what
        return new

    def on_images_cursor_moved(self, event: Images.CursorMoved) -> None:
        """A picture was pointed at: the lab is told, and paints."""
        event.stop()
        self.post_message(LabView.Wanted("touch", ("picture", event.index, 0)))

    def write(self, name: str, text: Any) -> None:
        """Put a text into the Static `name`; its height is fixed, so nothing else is laid out."""
        self.query_one(f"#{name}", Static).update(text, layout=False)
