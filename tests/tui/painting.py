"""Paints an app without a terminal: once for each key, when everything has come to rest.

On a terminal a clock does it 60 times a second, and lines are cut up into the pieces that changed.
Here nothing goes anywhere, so every widget paints what it has to, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.screen import Screen


class Stopped:
    """In place of the clock that has a screen laid out and painted."""

    def pause(self) -> None:
        """It stands still already."""

    def resume(self) -> None:
        """It stands still for good."""


@contextmanager
def painting_at_rest() -> Iterator[None]:
    """Nothing is laid out or painted by the clock, and nothing is cut up."""
    put_together = Compositor.render_update

    def paint_widgets(
        self: Compositor, full: bool = False, screen_stack: list[Any] | None = None, **how: bool
    ) -> object:
        if full:  # a picture of the screen is taken
            return put_together(self, full, screen_stack, **how)
        visible_screen_stack.set(screen_stack or [])
        changed = list(self._dirty_regions)
        self._dirty_regions.clear()
        if changed:
            part = Region.from_union(changed).intersection(self.size.region)
            for _ in self._get_renders(part):
                pass
        return None

    with (
        patch.object(Screen, "_update_timer", Stopped()),
        patch.object(Compositor, "render_update", paint_widgets),
    ):
        yield


def lay_out(screen: Screen[Any]) -> None:
    """What the clock does, without the painting."""
    screen._compositor_refresh = lambda: None  # type: ignore[method-assign]
    try:
        screen._on_timer_update()
    finally:
        del screen._compositor_refresh
