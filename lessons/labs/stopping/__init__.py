"""Early stopping, epoch by epoch, on a list of losses or a real run: watch.py asks the engine."""
