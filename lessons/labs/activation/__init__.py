"""Activation functions: lab.py moves, state.py is what is seen, network.py compares them."""
