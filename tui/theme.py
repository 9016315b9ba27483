"""The two themes of the app, and the colours of its roles in any theme.

Everything that means something on screen has a role: a weight, a slope, the training loss. A role
has one colour in each theme and, everywhere, a sign that works without it (see `SIGN_OF_STYLE` in
`tui.render.glyphs`). Widgets ask `palette(app)` and never name a colour themselves, so they look
right in Textual's built-in themes too.

Contrast follows WCAG 2.2: at least 4.5:1 for text, 3:1 for lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.render.contrast import LINE_CONTRAST, TEXT_CONTRAST, readable

if TYPE_CHECKING:
    from textual.app import App

_DARK_ROLES = {
    "node": "#d8dde6",
    "weight": "#79b0ff",
    "slope": "#f5a35c",
    "train": "#ecc94f",
    "validation": "#4fd0d8",
    "ghost": "#737d92",
    "mark": "#ffffff",
    "dim": "#8c96a9",
    "line": "#667188",
    "accent": "#b3a5ee",
    "positive": "#79b0ff",
    "negative": "#f5a35c",
}

_LIGHT_ROLES = {
    "node": "#2b2f36",
    "weight": "#1557c4",
    "slope": "#b04300",
    "train": "#7d5f00",
    "validation": "#006f7d",
    "ghost": "#807b70",
    "mark": "#000000",
    "dim": "#66625a",
    "line": "#8a857a",
    "accent": "#5a48b0",
    "positive": "#1557c4",
    "negative": "#b04300",
}

# The sixteen colours of the terminal have no orange, and a yellow that no white background bears.
_ANSI_DARK_ROLES = {
    "node": "ansi_default",
    "weight": "ansi_bright_blue",
    "slope": "ansi_bright_red",
    "train": "ansi_bright_yellow",
    "validation": "ansi_bright_cyan",
    "ghost": "ansi_bright_black",
    "mark": "ansi_bright_white",
    "dim": "ansi_bright_black",
    "line": "ansi_bright_black",
    "accent": "ansi_bright_magenta",
    "positive": "ansi_bright_blue",
    "negative": "ansi_bright_red",
}

_ANSI_LIGHT_ROLES = {
    **_ANSI_DARK_ROLES,
    "weight": "ansi_blue",
    "slope": "ansi_red",
    "train": "ansi_default",
    "validation": "ansi_cyan",
    "mark": "ansi_default",
    "accent": "ansi_magenta",
    "positive": "ansi_blue",
    "negative": "ansi_red",
}

ROLES = tuple(_DARK_ROLES)


def role_variables(dark: bool) -> dict[str, str]:
    """The CSS variables of the roles, `dl-weight` for the role weight, for themes without them.

    An app returns this from `get_theme_variable_defaults`, so that `$dl-weight` in a stylesheet
    works in every theme.
    """
    return {f"dl-{role}": color for role, color in _roles(dark).items()}


def _roles(dark: bool, ansi: bool = False) -> dict[str, str]:
    if ansi:
        return _ANSI_DARK_ROLES if dark else _ANSI_LIGHT_ROLES
    return _DARK_ROLES if dark else _LIGHT_ROLES


DARK = Theme(
    name="dl-dark",
    dark=True,
    primary="#b3a5ee",
    secondary="#8c96a9",
    accent="#b3a5ee",
    warning="#ecc94f",
    error="#f08a7a",
    success="#8cc9a1",
    foreground="#d8dde6",
    background="#10141b",
    surface="#151a23",
    panel="#1b212c",
    variables={
        **role_variables(True),
        "border": "#667188",
        "border-blurred": "#667188",
        "block-cursor-background": "#b3a5ee",
        "block-cursor-foreground": "#10141b",
        "block-cursor-text-style": "none",
        "footer-background": "#10141b",
        "footer-item-background": "#10141b",
        "footer-key-foreground": "#b3a5ee",
        "footer-description-foreground": "#a9b1c0",
        "scrollbar": "#3a4355",
        "scrollbar-hover": "#667188",
        "scrollbar-active": "#b3a5ee",
        "scrollbar-background": "#151a23",
        "scrollbar-background-hover": "#151a23",
        "scrollbar-background-active": "#151a23",
        "scrollbar-corner-color": "#151a23",
        "input-selection-background": "#b3a5ee 35%",
    },
)

LIGHT = Theme(
    name="dl-light",
    dark=False,
    primary="#5a48b0",
    secondary="#66625a",
    accent="#5a48b0",
    warning="#7d5f00",
    error="#b3261e",
    success="#2f6b46",
    foreground="#2b2f36",
    background="#fbf8f1",
    surface="#f7f3ea",
    panel="#f1ece1",
    variables={
        **role_variables(False),
        "border": "#8a857a",
        "border-blurred": "#8a857a",
        "block-cursor-background": "#5a48b0",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "footer-background": "#fbf8f1",
        "footer-item-background": "#fbf8f1",
        "footer-key-foreground": "#5a48b0",
        "footer-description-foreground": "#5b574f",
        "scrollbar": "#cfc8b9",
        "scrollbar-hover": "#8a857a",
        "scrollbar-active": "#5a48b0",
        "scrollbar-background": "#f7f3ea",
        "scrollbar-background-hover": "#f7f3ea",
        "scrollbar-background-active": "#f7f3ea",
        "scrollbar-corner-color": "#f7f3ea",
        "input-selection-background": "#5a48b0 30%",
    },
)

THEMES = (DARK, LIGHT)


@dataclass(frozen=True)
class Palette:
    """The colour of every role in the theme in use, all readable on its background."""

    node: Color
    weight: Color
    slope: Color
    train: Color
    validation: Color
    ghost: Color
    mark: Color
    dim: Color
    line: Color
    accent: Color
    positive: Color
    negative: Color
    text: Color
    background: Color
    dark: bool
    ansi: bool = False

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Computed once: styles and colours are looked up by their palette, cell by cell."""
        return hash(tuple(getattr(self, field.name) for field in fields(self)))

    def color(self, role: str) -> Color:
        """The colour of a role; `KeyError` names the roles when there is none of that name."""
        if role not in _COLOR_FIELDS:
            raise KeyError(f"no role {role!r}; there are {', '.join(sorted(_COLOR_FIELDS))}")
        color: Color = getattr(self, role)
        return color

    def style(
        self,
        role: str,
        *,
        bold: bool = False,
        italic: bool = False,
        reverse: bool = False,
        underline: bool = False,
    ) -> Style:
        """A Rich style in the colour of a role, without a background of its own; cached."""
        return _style(self.color(role), bold, italic, reverse, underline)

    def ramp(self, amount: float) -> Color:
        """A colour between dim and full for a signed amount in [-1, 1]: blue above 0, orange below.

        The sign itself has to be written beside it. Outside [-1, 1] the ends are used.
        """
        if math.isnan(amount):  # NaN has no sign and no size
            return self.dim
        end = self.positive if amount > 0 else self.negative
        strength = min(1.0, abs(amount))
        if self.ansi:
            return end if strength >= 0.15 else self.dim
        # A step away from grey at once, so that small numbers show their side as well.
        return self.dim.blend(end, 0.2 + 0.8 * strength) if strength else self.dim


_COLOR_FIELDS = frozenset(field.name for field in fields(Palette)) - {"dark", "ansi"}


@lru_cache(maxsize=512)
def _style(color: Color, bold: bool, italic: bool, reverse: bool, underline: bool) -> Style:
    return Style(
        color=color.rich_color,
        bold=bold or None,
        italic=italic or None,
        reverse=reverse or None,
        underline=underline or None,
    )


def palette(app: App[Any]) -> Palette:
    """The palette of the theme that the app shows now.

    Themes of ours name the roles in their variables. In any other theme the roles take the colours
    of our dark or light theme, adjusted to be readable on its background; themes of plain terminal
    colours take those.
    """
    theme, variables = app.current_theme, app.theme_variables
    last = _last.get(app)
    if last is not None and last[0] is theme and last[1] is variables:
        return last[2]
    wanted = tuple(theme.variables.get(f"dl-{role}", "") for role in ROLES)
    made = _palette(
        wanted,
        variables.get("background", ""),
        variables.get("foreground", ""),
        theme.dark,
        theme.ansi,
    )
    _last[app] = (theme, variables, made)
    return made


_last: WeakKeyDictionary[App[Any], tuple[Theme, dict[str, str], Palette]] = WeakKeyDictionary()
"""What an app asked for last: every line asks, and a theme seldom changes."""


@lru_cache(maxsize=32)
def _palette(
    wanted: tuple[str, ...], background: str, foreground: str, dark: bool, ansi: bool
) -> Palette:
    defaults = _roles(dark, ansi)
    colors: dict[str, Any] = {
        role: Color.parse(own or defaults[role]) for role, own in zip(ROLES, wanted, strict=True)
    }
    if ansi:
        plain = Color.parse("ansi_default")
        return Palette(**colors, text=plain, background=plain, dark=dark, ansi=True)
    base = Color.parse(background or ("#10141b" if dark else "#fbf8f1"))
    text = Color.parse(foreground or colors["node"].hex)
    fitted: dict[str, Any] = {
        role: readable(color, base, LINE_CONTRAST if role in ("line", "ghost") else TEXT_CONTRAST)
        for role, color in colors.items()
    }
    return Palette(**fitted, text=readable(text, base, TEXT_CONTRAST), background=base, dark=dark)
