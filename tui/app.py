"""The app: screens, themes, and the keys that work everywhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.geometry import Size
from textual.screen import Screen

from lessons.course import Chapter
from tui.preload import import_all
from tui.progress import Progress
from tui.render.filters import fitting_filters
from tui.screens.contents import ContentsScreen
from tui.screens.small import SmallNotice, too_small
from tui.settings import Settings
from tui.standing import Standing
from tui.stylesheet import RememberingStylesheet
from tui.theme import THEMES, role_variables

if TYPE_CHECKING:
    from lessons.labs.playground.lab import PlaygroundLab, PlayScene
    from tui.experiments import ExperimentLog
    from tui.labs.ended import ExperimentEnded
    from tui.screens.table import TableScreen

DEFAULT_SEED = 1
SOON = 0.2
"""Seconds from the first paint, or what is imported would hold up the next ones."""

STYLES = Path(__file__).parent / "styles"


class DLTutor(App[None]):
    """The course in a terminal.

    `start` is the id of a lesson to open at once, `seed` the seed of weights and shuffling,
    `play` opens the playground at a scene, `table` a table, `ascii` draws without braille and box
    characters. With `manual` nothing runs by the clock: tests move the runner by stated numbers.
    """

    TITLE = "dl-tutor"
    CSS_PATH = [*sorted(STYLES.glob("*.tcss")), *sorted(STYLES.glob("labs/*.tcss"))]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "keys", id="app.help", tooltip="The keys here"),
        Binding("g", "glossary", "glossary", id="app.glossary", tooltip="The words of the course"),
        Binding(
            "E", "experiments", "experiments", id="app.experiments", tooltip="Your experiments"
        ),
        Binding("P", "playground", "playground", id="app.play", tooltip="The playground"),
        Binding("t", "switch_theme", "theme", id="app.theme", tooltip="Light or dark"),
        Binding("q", "quit", "quit", id="app.quit", tooltip="Quit; progress is saved"),
        Binding("ctrl+p", "command_palette", "palette", id="app.palette", tooltip="All commands"),
    ]

    def __init__(
        self,
        start: str | None = None,
        seed: int | None = None,
        ascii: bool = False,
        *,
        play: PlayScene | None = None,
        table: TableScreen | None = None,
        manual: bool = False,
    ) -> None:
        self.settings = Settings.load()
        self.ascii_mode = ascii or self.settings.ascii
        super().__init__()
        self.progress = Progress.load()
        self._experiments: ExperimentLog | None = None
        self.played: PlaygroundLab | None = None
        self._begun = False
        self._told: set[str] = set()
        self._was_through = False
        """Whether the end of the course had been reached when the contents were last shown."""
        self._start, self._play, self._table = start, play, table
        self._seed = DEFAULT_SEED if seed is None else seed
        self._manual = manual
        for theme in THEMES:
            self.register_theme(theme)
        known = self.settings.theme in self.available_themes
        self.theme = self.settings.theme if known else THEMES[0].name
        # Made for this theme from the start: Textual's own is made for its default one.
        self.stylesheet = RememberingStylesheet(variables=self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The roles' colours, so that Textual's own themes have them too."""
        return role_variables(self.current_theme.dark)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Everything on the screen goes through these; the last makes it ASCII when asked to."""
        return fitting_filters(
            super().get_line_filters(),
            native_ansi=self.native_ansi_color,
            ascii_only=self.ascii_mode,
        )

    def on_mount(self) -> None:
        """Show the contents, then the lesson that was asked for."""
        self._was_through = Standing(self.progress).through
        self.push_screen(ContentsScreen())
        if self._start:
            self.open_lesson(self._start)
        if self._play is not None:
            self.open_playground(self._play)
        if self._table is not None:
            self.push_screen(self._table)
        if not self._manual:
            self.screen.call_after_refresh(self.set_timer, SOON, self._preload)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self._begun = True
        self._fit(self.size)
        self.tell()

    def tell(self) -> None:
        """Say what is wrong with the learner's files, each thing once."""
        log = self._experiments.notice if self._experiments else None
        for notice in (self.progress.notice, self.settings.notice, log):
            if notice and notice not in self._told:
                self._told.add(notice)
                self.notify(notice, title="Please note", timeout=12, markup=False)

    def _preload(self) -> None:
        """Import what the lessons need while the learner reads the contents."""
        # In a thread: the imports take a good part of a second, and a key must not wait for them.
        Thread(target=import_all, args=(self._loaded,), daemon=True).start()

    def _loaded(self) -> None:
        """All lessons are in, said from the thread: the contents can count their questions."""
        with contextlib.suppress(RuntimeError):  # the app may have ended meanwhile
            self.call_later(self._recount)

    def _recount(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ContentsScreen):
                screen.fill()

    async def on_event(self, event: events.Event) -> None:
        """Let a running lab give way to a key before the key begins its way through the app."""
        if isinstance(event, events.Key) and (give_way := getattr(self.screen, "give_way", None)):
            give_way()
        await super().on_event(event)

    # -- screens ------------------------------------------------------------------------------

    def open_lesson(self, lesson_id: str) -> None:
        """Open a lesson, by its id."""
        from lessons.course import find
        from tui.screens.lesson import LessonScreen

        self.push_screen(
            LessonScreen(
                find(lesson_id),
                seed=self._seed,
                frame_rate=self.settings.frame_rate,
                manual=self._manual,
            )
        )

    def open_playground(self, scene: PlayScene | None = None, *, runs: bool = False) -> None:
        """Open the playground: at a scene (running at once?), as it was left, or at its first."""
        from lessons.labs.playground.lab import PlaygroundLab, PlayScene
        from tui.screens.playground import PlaygroundScreen

        if scene is not None or self.played is None:
            self.played = PlaygroundLab(scene or PlayScene())
        rate, manual = self.settings.frame_rate, self._manual
        self.push_screen(PlaygroundScreen(self.played, frame_rate=rate, manual=manual, runs=runs))

    def action_playground(self) -> None:
        """The playground, over whatever is open; the one that is open already stays."""
        from tui.screens.modal import Panel
        from tui.screens.playground import PlaygroundScreen

        if not isinstance(self.screen, Panel | SmallNotice | PlaygroundScreen):
            self.open_playground()

    def open_quiz(self, kind: str, chapter: Chapter) -> None:
        """Open the test-out of a chapter, or its recap."""
        from tui.screens.quiz import QuizScreen
        from tui.sitting import recap, test_out

        begin = recap if kind == "recap" else test_out
        sitting = begin(chapter, self.progress, self._seed)
        if sitting.asked:
            self.push_screen(
                QuizScreen(
                    sitting,
                    seed=self._seed,
                    frame_rate=self.settings.frame_rate,
                    manual=self._manual,
                )
            )

    def show_contents(self) -> None:
        """Leave what is open: the lesson, or a test-out or recap.

        When it was the last one of the course, the closing page comes first.
        """
        self.pop_screen()
        through = Standing(self.progress).through
        if through and not self._was_through:
            self.open_closing()
        self._was_through = through

    def open_closing(self) -> None:
        """Show what was learned in the whole course, and what to do next."""
        from tui.screens.closing import ClosingScreen

        self.push_screen(ClosingScreen())

    def action_help(self) -> None:
        """The keys of the screen that is open."""
        from tui.screens.help import HelpPanel
        from tui.screens.modal import Panel

        if not isinstance(self.screen, Panel):
            self.push_screen(HelpPanel(self.screen))

    def action_glossary(self) -> None:
        """The words of the course, over whatever is open."""
        from tui.screens.glossary import GlossaryPanel

        if not isinstance(self.screen, GlossaryPanel | SmallNotice):
            self.push_screen(GlossaryPanel(), self._go_to_lesson)

    # -- experiments --------------------------------------------------------------------------

    @property
    def experiments(self) -> ExperimentLog:
        """The learner's experiments, read when they are first asked for."""
        if self._experiments is None:
            from tui.experiments import ExperimentLog

            self._experiments = ExperimentLog.load()
        return self._experiments

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's own commands of the palette, and the log."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Experiments", "Your experiments, to compare", self.action_experiments)

    def action_experiments(self) -> None:
        """The log of experiments, over whatever is open."""
        from tui.screens.experiments import ExperimentsScreen
        from tui.screens.modal import Panel

        if not isinstance(self.screen, ExperimentsScreen | Panel | SmallNotice):
            self.experiments.refresh()
            self.push_screen(ExperimentsScreen())

    def on_experiment_ended(self, event: ExperimentEnded) -> None:
        """Keep an experiment, and let the labs know."""
        self.experiments.add(event.experiment)
        self.share_log()
        self.tell()

    def asks_for(self, name: str) -> bool:
        """Whether an open question of a lesson asks for the number of this name."""
        from tui.labs.pane import LabPane

        panes = (pane for screen in self.screen_stack for pane in screen.query(LabPane))
        return any(name in pane.lab.hiding for pane in panes)

    def share_log(self) -> None:
        """Tell the labs that are open what the log holds now."""
        from tui.labs.pane import LabPane

        for screen in self.screen_stack:
            for pane in screen.query(LabPane):
                pane.know(self.experiments.all)

    def _go_to_lesson(self, lesson_id: str | None) -> None:
        """The glossary was left for a lesson: open it, unless it is open."""
        from tui.screens.lesson import LessonScreen

        if lesson_id is None:
            return
        while not isinstance(self.screen, ContentsScreen):
            # A question of a test-out or recap is a LessonScreen too, but not the lesson.
            if type(self.screen) is LessonScreen and self.screen.lesson.id == lesson_id:
                return
            self.pop_screen()
        self.open_lesson(lesson_id)

    # -- size and theme -----------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size a notice stands there; it goes when the terminal has grown."""
        if self._begun:
            self._fit(event.size)

    def _fit(self, size: Size) -> None:
        small = too_small(size.width, size.height)
        if isinstance(self.screen, SmallNotice):
            if small:
                self.screen.say(size.width, size.height)
            else:
                self.pop_screen()
        elif small:
            self.push_screen(SmallNotice())

    def action_switch_theme(self) -> None:
        """From dark to light, or back."""
        dark, light = (theme.name for theme in THEMES)
        self.theme = light if self.current_theme.dark else dark

    def _keep_theme(self, name: str) -> None:
        if name != self.settings.theme:
            self.settings.theme = name
            self.settings.save()
            self.tell()
