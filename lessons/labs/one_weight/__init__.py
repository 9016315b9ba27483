"""Gradient descent on one weight: lab.py moves, state.py is what is seen."""
