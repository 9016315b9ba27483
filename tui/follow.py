"""Being told of a new theme, for as long as one is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakMethod, ref

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.theme import Theme


def follow_theme(node: DOMNode, redraw: Callable[[], object]) -> None:
    """Call `redraw`, a method of `node`, for every new theme.

    Textual's signal keeps what it calls until the theme changes. That would hold on to every panel
    and lesson that was left, with all its history; so `node` and its method are held weakly.
    """
    weak, method = ref(node), WeakMethod(redraw)

    def told(_theme: Theme) -> None:
        if (there := weak()) is not None and (call := method()) is not None:
            there.call_next(call)

    # At once: for later, the signal itself would make a call that holds on to the node.
    node.app.theme_changed_signal.subscribe(node, told, immediate=True)
