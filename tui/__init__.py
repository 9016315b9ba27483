"""The app: everything that knows the screen. `__version__` lives here; nothing is imported."""

__version__ = "0.1.0"
