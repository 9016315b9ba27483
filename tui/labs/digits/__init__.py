"""The digits lab on the screen: view.py puts the parts together, one module for each kind."""
