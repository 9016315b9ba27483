"""The themes are readable, and every theme of Textual's gives every role a readable colour."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tui.render.contrast import LINE_CONTRAST, TEXT_CONTRAST, contrast, luminance, readable
from tui.theme import ROLES, THEMES, Palette, palette, role_variables

GROUNDS = ("background", "surface", "panel")
TEXT_ROLES = tuple(role for role in ROLES if role not in ("line", "ghost"))


class Themed(App[None]):
    """An app in a theme of choice, whose style sheet names a role."""

    CSS = "Screen { color: $dl-weight; }"

    def __init__(self, theme: str) -> None:
        super().__init__()
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_variables(dark=True)


async def palette_of(theme: str) -> Palette:
    app = Themed(theme)
    async with app.run_test(size=(20, 5)):
        return palette(app)


@pytest.mark.parametrize(
    ("color", "expected"), [("#000000", 0.0), ("#ffffff", 1.0), ("#808080", 0.2159)]
)
def test_luminance_is_that_of_wcag(color, expected):
    assert luminance(Color.parse(color)) == pytest.approx(expected, abs=5e-5)


def test_contrast_of_the_grey_every_guide_names():
    # 767676 on white is the lightest grey that passes 4.5:1 (WebAIM, contrast checker).
    assert contrast(Color.parse("#767676"), Color.parse("#ffffff")) == pytest.approx(4.54, abs=0.01)
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_of_a_role_is_readable_on_every_ground(theme, ground, role):
    color, on = Color.parse(theme.variables[f"dl-{role}"]), Color.parse(getattr(theme, ground))
    assert contrast(color, on) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
def test_lines_and_plain_text_are_readable_on_every_ground(theme, ground):
    on = Color.parse(getattr(theme, ground))
    for name in ("dl-line", "dl-ghost", "border", "border-blurred"):
        assert contrast(Color.parse(theme.variables[name]), on) >= LINE_CONTRAST, name
    for name in ("foreground", "primary", "secondary", "accent", "warning", "error", "success"):
        assert contrast(Color.parse(getattr(theme, name)), on) >= TEXT_CONTRAST, name


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_on_the_cursor_and_keys_of_the_footer_are_readable(theme):
    def both(first: str, second: str) -> float:
        return contrast(Color.parse(theme.variables[first]), Color.parse(theme.variables[second]))

    assert both("block-cursor-foreground", "block-cursor-background") >= TEXT_CONTRAST
    assert both("footer-key-foreground", "footer-background") >= TEXT_CONTRAST
    assert both("footer-description-foreground", "footer-background") >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_every_step_of_the_ramp_is_readable(theme):
    colors = await palette_of(theme.name)
    for step in range(-10, 11):
        assert contrast(colors.ramp(step / 10), colors.background) >= TEXT_CONTRAST, step


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_our_themes_keep_the_colours_they_name(theme):
    colors = await palette_of(theme.name)
    for role in ROLES:
        assert colors.color(role) == Color.parse(theme.variables[f"dl-{role}"])


@pytest.mark.parametrize("name", [name for name, t in BUILTIN_THEMES.items() if not t.ansi])
async def test_built_in_themes_get_readable_roles(name):
    colors = await palette_of(name)
    for role in TEXT_ROLES:
        assert contrast(colors.color(role), colors.background) >= TEXT_CONTRAST, role
    assert contrast(colors.line, colors.background) >= LINE_CONTRAST
    assert colors.dark is BUILTIN_THEMES[name].dark


@pytest.mark.parametrize("name", [name for name, theme in BUILTIN_THEMES.items() if theme.ansi])
async def test_terminal_themes_use_the_colours_of_the_terminal(name):
    colors = await palette_of(name)
    assert colors.ansi
    assert all(colors.color(role).ansi is not None for role in ROLES)
    assert colors.positive != colors.negative


async def test_no_role_is_a_colour_that_a_white_terminal_swallows():
    colors = await palette_of("ansi-light")
    pale = {Color.parse(f"ansi_{name}") for name in ("white", "bright_white", "bright_yellow")}
    assert not pale & {colors.color(role) for role in ROLES}


async def test_training_validation_weights_and_slopes_differ_in_every_theme():
    for name in ("dl-dark", "dl-light", "nord", "ansi-dark", "ansi-light"):
        colors = await palette_of(name)
        roles = (colors.train, colors.validation, colors.weight, colors.slope)
        assert len(set(roles)) == 4, name


async def test_the_palette_follows_a_change_of_theme():
    app = Themed("dl-dark")
    async with app.run_test(size=(20, 5)) as pilot:
        before = palette(app)
        app.theme = "dl-light"
        await pilot.pause()
        after = palette(app)
    assert before.dark
    assert not after.dark
    assert before.train != after.train


async def test_ramp_is_blue_above_zero_orange_below_and_grey_for_no_number():
    colors = await palette_of("dl-dark")
    assert colors.ramp(1) == colors.positive
    assert colors.ramp(-1) == colors.negative
    assert colors.ramp(5) == colors.positive
    assert colors.ramp(0) == colors.dim == colors.ramp(float("nan"))
    assert colors.ramp(0.3).b > colors.ramp(0.3).r
    assert colors.ramp(-0.3).r > colors.ramp(-0.3).b


async def test_an_unknown_role_is_named_with_those_that_exist():
    colors = await palette_of("dl-dark")
    with pytest.raises(KeyError, match=r"no role 'weigth'; there are .*weight"):
        colors.color("weigth")


def test_readable_moves_a_colour_only_as_far_as_needed():
    paper, ink, yellow = (Color.parse(c) for c in ("#fbf8f1", "#2b2f36", "#ecc94f"))
    assert readable(ink, paper, TEXT_CONTRAST) == ink
    moved = readable(yellow, paper, TEXT_CONTRAST)
    assert contrast(moved, paper) >= TEXT_CONTRAST
    assert moved.r > moved.b  # still a yellow
