"""A straight model beside a small network: lab.py moves, state.py is what is seen."""
