"""Saving a network and predicting with what was reloaded: network.py trains, files.py is about
files, lab.py moves, state.py is what is seen."""
