"""The names of nodes, in full or cut to their number under a heading that has the word."""

from __future__ import annotations

from tui.render.diagram_view import Diagram


class Names:
    """The names of a diagram. `node 1.0` under the heading `node` is `1.0`."""

    def __init__(self, diagram: Diagram) -> None:
        count = len(diagram.layers)
        self.titles: tuple[str, ...] = (*diagram.layer_titles, *[""] * count)[:count]
        self._names = [[node.name for node in nodes] for nodes in diagram.layers]
        self._words = [_shared_word(names) for names in self._names]

    def headings(self, full: bool) -> tuple[str, ...]:
        """What stands above each layer: its title, or the word that its short names leave out."""
        if full:
            return self.titles
        pairs = zip(self.titles, self._words, strict=True)
        return tuple(title or word for title, word in pairs)

    def name(self, layer: int, index: int | None, full: bool) -> str:
        """What is written at node `index` of a layer; nothing for the nodes left out."""
        if index is None:
            return ""
        name, word = self._names[layer][index], self._words[layer]
        if full or not word:
            return name
        # A name that is all word may only go where the heading says it.
        number = name[len(word) + 1 :]
        return number if number or not self.titles[layer] else name


def _shared_word(names: list[str]) -> str:
    """The word before the number that all names of a layer share, "" if they share none."""
    words = {name.rpartition(" ")[0] or name for name in names}
    return words.pop() if len(words) == 1 else ""
