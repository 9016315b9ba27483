"""A neural-network engine on NumPy, with Keras's names. These are the public ones."""

from engine.callbacks import Callback, History
from engine.data import Scaler, Table, read_csv, split, to_categorical
from engine.layers import Activation, Dense, Flatten, Input, Layer
from engine.model import Sequential
from engine.optimizers import SGD, Adam, Optimizer, RMSprop
from engine.series import Series
from engine.timeline import Timeline
from engine.trace import Node, Product, Trace, trace
from engine.training import Diverged, Trainer, TrainerState

__all__ = [
    "SGD",
    "Activation",
    "Adam",
    "Callback",
    "Dense",
    "Diverged",
    "Flatten",
    "History",
    "Input",
    "Layer",
    "Node",
    "Optimizer",
    "Product",
    "RMSprop",
    "Scaler",
    "Sequential",
    "Series",
    "Table",
    "Timeline",
    "Trace",
    "Trainer",
    "TrainerState",
    "read_csv",
    "split",
    "to_categorical",
    "trace",
]
