"""Handwritten digits: lab.py moves, tracks.py is what moves, state.py and seen.py what is seen."""
