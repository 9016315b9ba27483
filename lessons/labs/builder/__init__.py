"""Specifying a network: network.py is what is built, lab.py moves, state.py is what is seen."""
