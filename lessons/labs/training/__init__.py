"""Training a network on a table: lab.py moves, state.py is what is seen."""
