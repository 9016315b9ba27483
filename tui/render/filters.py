"""The last step before the terminal: which filters every painted line goes through."""

from __future__ import annotations

from collections.abc import Sequence

from textual.filter import LineFilter, Monochrome, NoColor

from tui.render.ascii import AsciiFilter

# One instance each: Textual caches a filtered line by its filter.
_ASCII = AsciiFilter()
_NO_COLOR = NoColor()


def fitting_filters(
    filters: Sequence[LineFilter], *, native_ansi: bool, ascii_only: bool
) -> list[LineFilter]:
    """The filters of an app, mended for NO_COLOR in a theme of terminal colours, and for ASCII.

    Textual decides how to take colours away before it knows the theme. Its `Monochrome` reads the
    terminal's default colours as black, and paints black on black.
    """
    fitting = [_NO_COLOR if native_ansi and isinstance(f, Monochrome) else f for f in filters]
    return [*fitting, _ASCII] if ascii_only else fitting
