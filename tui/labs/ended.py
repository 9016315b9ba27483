"""What a lab's pane says when an experiment has ended."""

from __future__ import annotations

from textual.message import Message

from lessons.learning.experiment import Experiment


class ExperimentEnded(Message):
    """An experiment has come to its end and should be kept in the learner's log."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.experiment = experiment
