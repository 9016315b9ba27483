"""A neural-network engine on NumPy, with Keras's names. These are the public ones."""

from engine import (
    activations,
    callbacks,
    initializers,
    layers,
    losses,
    metrics,
    optimizers,
    regularizers,
)
from engine.callbacks import (
    Callback,
    CSVLogger,
    EarlyStopping,
    History,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    TerminateOnNaN,
)
from engine.data import (
    StandardScaler,
    Table,
    read_csv,
    split,
    to_categorical,
    train_test_split,
)
