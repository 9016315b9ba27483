"""Experiments on capacity: lab.py trains and keeps the log, state.py is what is seen of it."""
