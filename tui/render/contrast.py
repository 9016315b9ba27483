"""Contrast of colours, as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#contrast-minimum)."""

from __future__ import annotations

from textual.color import Color

TEXT_CONTRAST = 4.5
LINE_CONTRAST = 3.0


def luminance(color: Color) -> float:
    """Relative luminance, 0 for black to 1 for white."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(first: Color, second: Color) -> float:
    """Contrast ratio of two colours, 1 for the same to 21 for black and white."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(color: Color, background: Color, ratio: float) -> Color:
    """The colour, moved towards white or black just far enough to reach a contrast ratio."""
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    end = white if contrast(white, background) > contrast(black, background) else black
    for tenth in range(10):
        moved = color.blend(end, tenth / 10)
        if contrast(moved, background) >= ratio:
            return moved
    return end
