"""A case worked out by hand, line by line: lab.py moves, each other file is a kind of case."""
