"""Saving and loading models, in the two formats of Keras 3.

models.py            the four functions: which format, in what order
paths.py             what a path is, and writing all or nothing
text.py, zips.py,
hdf5.py, attributes.py
                     reading JSON, zip archives and HDF5 without trusting them
keras_file.py        the .keras format, and .weights.h5
h5_file.py           the older .h5 format
reading.py           configs -> layers, by a whitelist; keras2.py what Keras 2 called things
writing.py           layers -> configs
compiling.py         optimizer, loss and metrics
optimizer_state.py   what an optimizer remembers
weights.py           the weights of layers
extras.py            a model's scaler and notes, which Keras does not have

h5py is imported when a file is written or read, not before.
"""

from engine.storage.errors import StorageError
from engine.storage.models import load_model, load_weights, save_model, save_weights

__all__ = ["StorageError", "load_model", "load_weights", "save_model", "save_weights"]
