"""ASCII mode: a filter over everything the app paints, so that it is complete by construction."""

from __future__ import annotations

import unicodedata

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.render.glyphs import ASCII

_UNKNOWN = "?"
_DIAGONALS = {"\u2571": "/", "╲": "\\"}


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each character once, when it first comes."""

    def __missing__(self, code: int) -> str:
        replacement = to_ascii_character(chr(code))
        self[code] = replacement
        return replacement


def to_ascii_character(character: str) -> str:
    """ASCII of the same width for one character: `?` for what nobody foresaw.

    A character of two cells becomes two characters, one of no cells (a combining accent) becomes
    nothing, so that columns stay where they are.
    """
    if character < "\x80":
        return character
    width = get_character_cell_size(character)
    if width == 0:
        return ""
    known = _known(character) or _UNKNOWN
    return known if len(known) == width else known[0] * width


def _known(character: str) -> str:
    code = ord(character)
    if character in ASCII:
        return ASCII[character]
    if 0x2800 <= code <= 0x28FF:
        return _braille(code)
    if 0x2500 <= code <= 0x257F:
        return _box(character)
    if 0x2580 <= code <= 0x259F:
        return _block(character)
    if 0x1FB00 <= code <= 0x1FBAF:  # sextants and other pieces of blocks
        return "#"
    return _letter(character)


def _braille(code: int) -> str:
    dots = (code & 0xFF).bit_count()
    return " " if dots == 0 else "." if dots <= 2 else "*"


def _box(character: str) -> str:
    """Box drawing: `-` or `|` for a straight piece, `=` for a heavy one, `+` where lines meet."""
    words = set(unicodedata.name(character, "").replace("-", " ").split())
    if "DIAGONAL" in words:
        return "X" if "CROSS" in words else _DIAGONALS[character]
    across = words & {"HORIZONTAL", "LEFT", "RIGHT"}
    along = words & {"VERTICAL", "UP", "DOWN"}
    if across and along:
        return "+"
    if across:
        return "=" if words & {"HEAVY", "DOUBLE"} and "LIGHT" not in words else "-"
    return ":" if "DASH" in words else "|"


def _block(character: str) -> str:
    if character in "▏▕▎▌▐":
        return "|"
    if character in "▁▂▔":
        return "_" if character != "▔" else "-"
    if character == "░":
        return "."
    return "#"


def _letter(character: str) -> str:
    """The plain letter under an accent, `e` for é; empty when there is none."""
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain[:1]


_TABLE = _Table()


def to_ascii(text: str) -> str:
    """The text in ASCII, as many cells wide as before."""
    return text if text.isascii() else text.translate(_TABLE)


class AsciiFilter(LineFilter):
    """Turns every cell that is not ASCII into one that is, in the last step before the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with ASCII text; styles and widths are kept."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(to_ascii(segment.text), segment.style)
            for segment in segments
        ]
