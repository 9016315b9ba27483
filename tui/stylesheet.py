"""The app's style sheet, which reads every style once for a theme and remembers it."""

from __future__ import annotations

from functools import lru_cache

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_THEMES = 6
"""So many themes are remembered: ours, and four that are tried in the palette."""
_SOURCES = 512
"""Style files and widgets' own styles; the whole app has fewer."""


@lru_cache(maxsize=_THEMES)
def _rules_under(
    variables: frozenset[tuple[str, str]],
) -> LRUCache[tuple[object, ...], list[RuleSet]]:
    """The rules read so far with these variables; they are never changed once read."""
    return LRUCache(_SOURCES)


class RememberingStylesheet(Stylesheet):
    """A style sheet that never reads the same style twice under the same theme.

    Textual forgets what it has read whenever the theme is set, so that a start reads everything
    twice and every change of theme reads it again. Reading was a third of a start's work.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = _rules_under(frozenset(variables.items()))

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme, and what was read under it before."""
        self._parse_cache = LRUCache(1)  # the base class empties it, and ours is shared
        super().set_variables(variables)
        self._parse_cache = _rules_under(frozenset(variables.items()))

    def reparse(self) -> None:
        """Take the rules of the present theme; only what is new under it is read."""
        self.parse()
