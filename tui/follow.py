"""Being told of a new theme, for as long as one is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakMethod

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.theme import Theme


def follow_theme(node: DOMNode, redraw: Callable[[], object]) -> None:
    """Call `redraw`, a method of `node`, for every new theme.

    Textual's signal keeps what it calls until the theme changes. A method would hold on to a lesson
    that was left, with all its history; so it is held weakly.
    """
    method = WeakMethod(redraw)

    def told(_theme: Theme) -> None:
        if (call := method()) is not None:
            call()

    node.app.theme_changed_signal.subscribe(node, told)
