"""Classes of a widget, changed together: each change looks at the styles of all that is inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.dom import DOMNode


def dress(node: DOMNode, worn: Mapping[str, bool]) -> None:
    """Put classes on and take others off; styles are worked out once, and only for a change."""
    if _change(node, worn):
        node.update_node_styles(animate=False)


def dress_only(node: DOMNode, worn: Mapping[str, bool], dressed: Iterable[DOMNode]) -> None:
    """The same where no other node than those of `dressed` has a style for these classes."""
    if _change(node, worn):
        node.app.stylesheet.update_nodes(dressed)


def _change(node: DOMNode, worn: Mapping[str, bool]) -> bool:
    before = node.classes
    for name, on in worn.items():
        node.set_class(on, name, update=False)
    return node.classes != before
