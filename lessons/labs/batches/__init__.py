"""Stochastic gradient descent: a few rows for each update. lab.py moves, state.py is seen."""
