"""Classes instead of numbers: one-hot targets, softmax, cross-entropy, base rate, training.

`lab.py` is one lab with five views; each view is a small lab of its own in a file of its name.
"""
