"""What every hidden node responds to, as maps over the plane: lab.py moves, state.py is seen."""
