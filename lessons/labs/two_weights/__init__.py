"""Two weights of a network: their errors, the loss over both, and the way down. lab.py moves."""
