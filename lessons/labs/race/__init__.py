"""Learning rates raced side by side from the same weights: lab.py moves, state.py is seen."""
