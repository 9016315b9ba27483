"""What the panel of the data shows: a data set of the course, or a table of the learner's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from rich.text import Text

from lessons.datasets.overview import Overview, overview
from lessons.labs.base import Lab
from lessons.labs.playground.lab import PlaygroundLab
from lessons.tables.overview import OwnOverview
from tui.render import data, own_data
from tui.render.data import RowsTable
from tui.theme import Palette
from tui.widgets.images import Picture

BASE_RATE = "base rate"
"""What labs hide where a question asks how many rows are of a class."""


class Page(Protocol):
    """A data set in words and tables."""

    @property
    def title(self) -> str:
        """Its name and how large it is."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its first images with their labels, where its rows are images."""

    @property
    def rows(self) -> RowsTable:
        """Its first rows, where they are none."""

    def about(self, colors: Palette) -> Text:
        """What it is and what is asked."""

    def columns(self, width: int, colors: Palette) -> Text:
        """A line or two for each column."""


@dataclass(frozen=True, eq=False)
class CoursePage:
    """A data set of the course; `hidden` keeps to itself how many rows each class has."""

    of: Overview
    hidden: bool

    @property
    def title(self) -> str:
        rows = f"{self.of.rows:,}"
        if self.of.images is not None:
            return f"{self.of.name}, {rows} images"
        return f"{self.of.name}, {rows} rows of {len(self.of.columns)} columns"

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        if self.of.images is None:
            return ()
        labels = self.of.first[:, -1].astype(int)
        return tuple(
            Picture(pixels, caption=str(label))
            for pixels, label in zip(self.of.images, labels, strict=False)
        )

    @cached_property
    def rows(self) -> RowsTable:
        return data.rows_table(self.of)

    def about(self, colors: Palette) -> Text:
        return data.about(self.of, colors, hidden=self.hidden)

    def columns(self, width: int, colors: Palette) -> Text:
        return data.columns(self.of, width, colors, hidden=self.hidden)


@dataclass(frozen=True, eq=False)
class OwnPage:
    """A table of the learner's own."""

    of: OwnOverview
    pictures: tuple[Picture, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.of.own.problem.name}, {self.of.rows:,} rows of {self.of.width:,} columns"

    @cached_property
    def rows(self) -> RowsTable:
        return own_data.rows_table(self.of)

    def about(self, colors: Palette) -> Text:
        return own_data.about(self.of, colors)

    def columns(self, width: int, colors: Palette) -> Text:
        return own_data.columns(self.of, width, colors)


def page_of(lab: Lab) -> Page:
    """The data behind a lab that has any. Raises DataError where their file is damaged."""
    if isinstance(lab, PlaygroundLab) and (own := lab.own_data()) is not None:
        return OwnPage(own)
    return CoursePage(overview(lab.dataset), BASE_RATE in lab.hiding)
