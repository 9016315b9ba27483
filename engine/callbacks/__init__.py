"""Callbacks: what is called while `fit` runs, with Keras's names."""

from engine.callbacks.base import Callback, Logs
from engine.callbacks.callback_list import CallbackList
from engine.callbacks.csv_logger import CSVLogger
from engine.callbacks.early_stopping import EarlyStopping
from engine.callbacks.history import History
from engine.callbacks.lambda_callback import LambdaCallback
from engine.callbacks.learning_rate import LearningRateScheduler, ReduceLROnPlateau
from engine.callbacks.model_checkpoint import ModelCheckpoint
from engine.callbacks.terminate_on_nan import TerminateOnNaN

__all__ = [
    "CSVLogger",
    "Callback",
    "CallbackList",
    "EarlyStopping",
    "History",
    "LambdaCallback",
    "LearningRateScheduler",
    "Logs",
    "ModelCheckpoint",
    "ReduceLROnPlateau",
    "TerminateOnNaN",
]
