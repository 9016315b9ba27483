"""What a screen leaves behind when it is gone."""

from __future__ import annotations

from textual._styles_cache import StylesCache


def let_go() -> None:
    """Let the painted lines of screens that are gone be freed.

    Textual remembers the colours of a thousand widgets together with all their lines. Looking
    through those for garbage kept a key waiting for a tenth of a second, now and then.
    """
    StylesCache.get_inner_outer.cache_clear()
