"""Backpropagation, one slope at a time: lab.py moves, state.py is what is seen."""
