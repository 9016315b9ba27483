"""Widgets of the app: each takes one frozen snapshot, paints it, and never touches the model."""
